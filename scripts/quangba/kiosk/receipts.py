"""
Receipts: what became of a stick, written onto it, with the counts of the device (row R24).

``receipts/<gate>-<serial>-<n>.json`` on the stick, n counting up; beside it the months of
``counts/`` as ``counts-<gate>-<month>.jsonl``. Nothing in them is about a person.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from quangba.errors import Problem, QuangbaError
from quangba.files import remove_leftovers
from quangba.kiosk.counting import MONTH
from quangba.kiosk.durable import replace

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
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        remove_leftovers(folder)
        for month in sorted(counts.glob("*.jsonl")):
            if MONTH.fullmatch(month.stem):
                replace(folder / f"counts-{gate}-{month.name}", month.read_bytes())
        path = free_name(folder, f"{gate}-{receipt['serial'] or 0}")
        replace(path, json.dumps(receipt, ensure_ascii=False, indent=1).encode() + b"\n")
    except OSError as error:
        what = error.strerror or str(error)
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
