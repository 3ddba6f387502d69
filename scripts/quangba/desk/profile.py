"""Profile: who sits at the desk, and in which language it speaks; kept in the site's cache."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from quangba.catalogs.pofile import COLLISION
from quangba.errors import QuangbaError
from quangba.files import write_text
from quangba.source.text import CONTROL, HIDDEN, has_letters, nfc

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FILE = "desk.json"
"""Its name in the cache, which is never committed: a name may be personal data."""

LONGEST_NAME = 80
"""Characters of a reviewer's name or role."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Profile:
    """What the desk remembers between two runs."""

    reviewer: str = ""
    """Name, or only a role; empty until somebody gave it."""
    ui: str = ""
    """Code of the language of the interface; empty for the language of the site."""

    @classmethod
    def read(cls, path: Path) -> Profile:
        """Read a profile; one that is missing or broken is an empty one."""
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return cls()
        known = data if isinstance(data, dict) else {}
        reviewer, ui = known.get("reviewer"), known.get("ui")
        try:
            reviewer = reviewer_name(reviewer) if isinstance(reviewer, str) else ""
        except QuangbaError:
            reviewer = ""
        return cls(reviewer, ui if isinstance(ui, str) else "")

    def write(self, path: Path) -> None:
        """Write the profile durably."""
        write_text(path, json.dumps(asdict(self), ensure_ascii=False) + "\n")


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def reviewer_name(text: str) -> str:
    """
    Return the name or role of a reviewer on one line.

    Raises ``QuangbaError`` (``desk-reviewer-wrong``) for one that is empty, too long, or has
    characters that nobody sees.

    >>> reviewer_name(' Chị  Hoa ')
    'Chị Hoa'
    """
    name = nfc(text).strip()
    if not sound_line(name) or not has_letters(name) or len(name) > LONGEST_NAME:
        raise QuangbaError("desk-reviewer-wrong", longest=LONGEST_NAME)
    return " ".join(name.split())


def sound_line(text: str) -> bool:
    """
    Tell whether a text is one line of characters that people see and that a catalog can hold.

    >>> [sound_line(text) for text in ('Hoa', 'Hoa\\n', 'Hoa\\u202e', 'Hoa\\ud800', '#-#-#-#-#')]
    [True, False, False, False, False]
    """
    return one_line(text) and not HIDDEN.search(text) and COLLISION not in text


def one_line(text: str) -> bool:
    """Tell whether a text has neither line ends nor control characters nor halves of characters."""
    halved = any("\ud800" <= char <= "\udfff" for char in text)
    return not (halved or CONTROL.search(text) or any(char in "\n\r\t" for char in text))
