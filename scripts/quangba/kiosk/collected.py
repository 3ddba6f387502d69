"""
Collected: receipts and counts that sticks brought back, read from a folder.

The files come from devices at six gates through many hands: what cannot be read is said and passed
over, copies count once, and of several copies of the same counts the fullest is the latest.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from quangba.errors import Problem, QuangbaError
from quangba.kiosk.clock import read_stamp
from quangba.kiosk.counting import MONTH, Month, read_month

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

RECEIPT = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*-[0-9]{1,12}-[0-9]{1,6}\.json")
"""``mong-cai-123-1.json``"""

COUNTS = re.compile(
    r"counts-(?P<gate>[a-z0-9]+(?:-[a-z0-9]+)*)-(?P<month>[0-9]{4}-[0-9]{2})\.jsonl"
)
"""``counts-mong-cai-2026-11.jsonl``"""

GATE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

LARGEST = 1 << 20
"""Bytes of a file that is read."""

MOST = 20_000
"""Files that are read; six gates leave some hundreds in a year."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Receipt:
    """What became of an installation."""

    gate: str
    when: datetime
    accepted: bool
    code: str
    vi: str
    en: str
    serial: int | None
    """The release that was taken, or the newest that was not."""
    previous: int | None
    """The release that was shown before."""
    shown: int | None
    """The release that is shown since."""
    others: tuple[tuple[str, str], ...] = ()
    """Why each other file was refused, in Vietnamese and English."""


@dataclass
class Collected:
    """What was found in a folder."""

    receipts: list[Receipt] = field(default_factory=list)
    counts: dict[tuple[str, str], Month] = field(default_factory=dict)
    """By gate and month."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def gates(self) -> list[str]:
        """All gates of which something was found."""
        return sorted({one.gate for one in self.receipts} | {gate for gate, _ in self.counts})


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def collect(folder: Path) -> Collected:
    """
    Read the receipts and counts in a folder and the folders in it.

    Raises ``QuangbaError`` (``history-folder``); a file that cannot be read is a problem.
    """
    if not folder.is_dir():
        raise QuangbaError("history-folder", folder)
    found = Collected()
    for path in files(folder):
        name = path.relative_to(folder).as_posix()
        counted = COUNTS.fullmatch(path.name)
        if not counted and not RECEIPT.fullmatch(path.name):
            continue
        try:
            data = read(path)
            if counted:
                take_counts(found, counted["gate"], counted["month"], data, name)
                continue
            receipt = read_receipt(data)
        except (OSError, ValueError) as error:
            what = error.strerror if isinstance(error, OSError) else str(error)
            found.problems.append(Problem.at("history-unread", name, what=what or "?"))
            continue
        if receipt not in found.receipts:
            found.receipts.append(receipt)
    found.receipts.sort(key=lambda receipt: (receipt.gate, receipt.when))
    return found


def files(folder: Path) -> list[Path]:
    """Return the files below a folder, in the order of their names; no link is followed."""
    found: list[Path] = []
    for top, folders, names in os.walk(folder):
        folders.sort()
        found += [Path(top, name) for name in sorted(names) if not Path(top, name).is_symlink()]
        if len(found) > MOST:
            break
    return found[:MOST]


def read(path: Path) -> bytes:
    """Return a file; raises ``ValueError`` for one that is too large to be what it is called."""
    with path.open("rb") as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ValueError(f"> {LARGEST} B")
    return data


def take_counts(found: Collected, gate: str, month: str, data: bytes, name: str) -> None:
    """Add the counts of a month; of two copies the fuller one is the later."""
    if not MONTH.fullmatch(month):
        raise ValueError(month)
    counts = read_month(data, month)
    if counts.damaged:
        what = f"{counts.damaged} ×"
        found.problems.append(Problem.at("history-unread", name, what=what))
    known = found.counts.get((gate, month))
    if known is None or fullness(counts) > fullness(known):
        found.counts[gate, month] = counts


def fullness(month: Month) -> tuple[int, int, int]:
    """Tell how much is in the counts of a month: they only ever grow."""
    days = month.days.values()
    alive, sessions = sum(day.alive for day in days), sum(day.hours.total() for day in days)
    return len(month.days), alive, sessions + month.pages.total()


def read_receipt(data: bytes) -> Receipt:
    """Read a receipt; raises ``ValueError`` with what is wrong in it."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ValueError("JSON") from error
    if not isinstance(found, dict) or found.get("format") != 1:
        raise ValueError("format")
    when = read_stamp(found.get("when"))
    gate = text(found, "gate")
    if when is None:
        raise ValueError("when")
    if not GATE.fullmatch(gate):
        raise ValueError("gate")
    if not isinstance(found.get("accepted"), bool):
        raise ValueError("accepted")
    others = found.get("others", [])
    if not isinstance(others, list) or not all(isinstance(one, dict) for one in others):
        raise ValueError("others")
    return Receipt(
        gate=gate,
        when=when,
        accepted=found["accepted"],
        code=text(found, "code"),
        vi=text(found, "vi"),
        en=text(found, "en"),
        serial=serial(found, "serial"),
        previous=serial(found, "previous"),
        shown=serial(found, "shown"),
        others=tuple((text(one, "vi"), text(one, "en")) for one in others[:50]),
    )


def text(found: dict[str, Any], name: str) -> str:
    """Return a text of a receipt on one line; raises ``ValueError``."""
    value = found.get(name)
    if not isinstance(value, str):
        raise ValueError(name)
    return "".join(char if char.isprintable() else " " for char in value[:500])


def serial(found: dict[str, Any], name: str) -> int | None:
    """Return a serial of a receipt; raises ``ValueError``."""
    value = found.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**12:
        raise ValueError(name)
    return value
