"""
Receipts: what became of a stick, written onto it, with the counts of the device (row R24).

``receipts/<gate>-<serial>-<n>.json`` on the stick, n counting up; beside it the months of
``counts/`` as ``counts-<gate>-<month>.jsonl``. Nothing in them is about a person.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from quangba.errors import Problem, QuangbaError
from quangba.files import remove_leftovers, write_many, write_text
from quangba.kiosk.counting import MONTH

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FOLDER = "receipts"

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def write_receipt(stick: Path, receipt: dict[str, Any], counts: Path) -> Path:
    """
    Write a receipt and the counts of a device; return the file of the receipt.

    Raises ``QuangbaError`` (``kiosk-no-receipt``) when the stick is read-only, full or gone, or
    when ``receipts`` is a link that leads somewhere else.
    """
    folder, gate = stick / FOLDER, receipt["gate"]
    try:
        folder.mkdir(exist_ok=True)
        if folder.is_symlink():
            raise QuangbaError("kiosk-no-receipt", stick.name, what=FOLDER)
        remove_leftovers(folder)
        months = [path for path in counts.glob("*.jsonl") if MONTH.fullmatch(path.stem)]
        write_many(
            (folder / f"counts-{gate}-{path.name}", path.read_bytes()) for path in sorted(months)
        )
        path = free_name(folder, f"{gate}-{receipt['serial'] or 0}")
        write_text(path, json.dumps(receipt, ensure_ascii=False, indent=1) + "\n")
    except OSError as error:
        what = error.strerror or str(error)
        raise QuangbaError("kiosk-no-receipt", stick.name, what=what) from error
    except QuangbaError as error:
        what = str(dict(error.problem.values).get("what"))
        raise QuangbaError("kiosk-no-receipt", stick.name, what=what) from error
    return path


def free_name(folder: Path, start: str) -> Path:
    """Return the first of ``<start>-1.json``, ``<start>-2.json``, … that is not there yet."""
    number = 1
    while (path := folder / f"{start}-{number}.json").exists():
        number += 1
    return path


def sentences(problem: Problem) -> dict[str, str]:
    """Return what a receipt says of a problem."""
    return {
        "file": problem.file,
        "code": problem.code,
        "vi": problem.text("vi"),
        "en": problem.text("en"),
    }


def sticks(paths: Iterable[Path]) -> list[Path]:
    """Return the folders that receipts go to, each once; none for what is not there any more."""
    found = []
    for path in paths:
        with suppress(OSError):
            if path.exists():
                found.append(path if path.is_dir() else path.parent)
    return list(dict.fromkeys(found))
