"""
Keys: the letters of a keyboard on the screen, for a language that has none of ours.

``locales/lo/keyboard.txt`` has a line for each row and a blank between two keys. A key types one
letter or mark; the layouts that the package has itself are in ``keyboard.js``.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

from quangba.errors import QuangbaError
from quangba.source.text import nfc

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FILE = "keyboard.txt"
"""Keys of a language, in its folder of the catalogs."""

ROWS, KEYS = 5, 11
"""The most that a finger can tell apart on the smallest screen: those of our own layouts."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def keys_of(catalogs: Path, language: str) -> list[list[str]]:
    """Read the keys of a language by rows; none without the file. Raises ``QuangbaError``."""
    path = catalogs / language / FILE
    file = f"{catalogs.name}/{language}/{FILE}"
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return []
    except UnicodeDecodeError as error:
        raise QuangbaError("keyboard-wrong", file, what="UTF-8") from error
    except OSError as error:
        raise QuangbaError("file-unreadable", file, what=error.strerror) from error
    rows = [nfc(line).split() for line in text.splitlines() if line.strip()]
    for number, row in enumerate(rows, 1):
        wrong = next((key for key in row if not is_key(key)), "")
        if wrong or len(row) > KEYS or number > ROWS:
            raise QuangbaError("keyboard-wrong", file, number, what=wrong[:20] or f"{len(row)}")
    return rows


def is_key(key: str) -> bool:
    """
    Tell whether a key types one letter or mark.

    >>> [is_key(key) for key in ('ກ', '\u0eb4', 'kh', '<', '7')]
    [True, True, False, False, False]
    """
    return len(key) == 1 and unicodedata.category(key)[0] in "LM"
