"""
Recall: releases that must not be shown any more.

``content/_data/recall.yml`` holds the lowest serial that may be shown, and why. The next release
carries it to every device; there it removes what is below, and no stick brings that back.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from quangba.errors import QuangbaError
from quangba.files import write_text
from quangba.kiosk.manifest import is_count
from quangba.source.data import DataError, load

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

RECALL = "recall.yml"
"""In ``content/_data``."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def read_minimum(path: Path) -> int:
    """Return the lowest serial that may be shown; 0 without a file. Raises ``QuangbaError``."""
    if not path.is_file():
        return 0
    try:
        data = load(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, DataError) as error:
        raise QuangbaError("kiosk-recall-wrong", path) from error
    least = data.get("min_serial") if isinstance(data, dict) else None
    if not is_count(least):
        raise QuangbaError("kiosk-recall-wrong", path)
    return least


def write_recall(path: Path, serial: int, reason: str, newest: int) -> None:
    """
    Recall a release and all before it.

    ``newest`` is the serial that a release made now would have. Raises ``QuangbaError`` for one
    that was recalled already, and for one that does not exist yet: its successors could not be
    made.
    """
    least = read_minimum(path)
    if serial < least:
        raise QuangbaError("kiosk-recall-lower", path, serial=serial, least=least)
    if serial > newest:
        raise QuangbaError("kiosk-recall-future", path, serial=serial, newest=newest)
    data = {"min_serial": serial + 1, "reason": reason}
    write_text(path, yaml.safe_dump(data, allow_unicode=True, sort_keys=False))
