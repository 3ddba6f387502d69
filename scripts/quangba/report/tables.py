"""Tables: what every form of a report (HTML, workbook, Markdown) is made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from quangba.report.phrases import Phrases

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

Cell = str | int | date | None

NUMBERS = frozenset(
    {
        "at start", "published", "returned", "changed", "withdrawn", "removed", "at end", "held",
        "pages at end", "editions at end", "texts", "words", "reviewed", "translated", "draft",
        "missing", "behind", "words reviewed", "words total", "machine texts", "machine words",
        "accepted words", "people texts", "people words", "renewed", "median", "longest",
        "still open", "days", "minutes", "words left", "to translate", "shown", "pages",
    }
)  # fmt: skip
"""Columns of figures, which are set to the right."""

SHORT = 12
"""Rows of a table that is kept together on paper."""

DAYS = frozenset(
    {
        "day", "recorded", "dated", "since", "first", "last", "oldest", "last review",
        "source read", "approved on", "changed on",
    }
)  # fmt: skip
"""Columns of days, which are kept on one line."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Table:
    """Rows under columns; names of columns are phrases (``report/phrases.py``)."""

    name: str
    """The phrase that is its title; also the name of its sheet."""
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    empty: str = ""
    """The phrase that stands where there are no rows."""
    headings: dict[str, str] = field(default_factory=dict)
    """Titles of columns that are no phrases: languages."""
    total: bool = False
    """True when the last row sums up the others."""

    @property
    def short(self) -> bool:
        """Tell whether it fits on a sheet of paper together with something else."""
        return len(self.rows) <= SHORT

    def is_number(self, column: str) -> bool:
        """Tell whether a column holds figures."""
        return column in NUMBERS

    def kind(self, column: str) -> str:
        """Return how a column looks: ``number``, ``day``, its own name, or nothing."""
        if column in NUMBERS:
            return "number"
        if column in DAYS:
            return "day"
        return column if column in ("path", "commit", "what", "language") else ""


@dataclass
class Section:
    """A chapter of a report."""

    name: str
    """The phrase that is its title."""
    tables: list[Table]
    about: str = ""
    """The phrase that introduces it."""


@dataclass
class Names:
    """Names of people as they stand on record, or a number for each of them."""

    roles_only: bool
    known: dict[tuple[str, str], int] = field(default_factory=dict)

    def shown(self, say: Phrases, part: str, who: str) -> str:
        """Return a name, or a number: the same for one person in a part of the report."""
        if not self.roles_only or not who:
            return who
        count = sum(place == part for place, _ in self.known)
        number = self.known.setdefault((part, who), count + 1)
        return say(f"{part} n", n=number)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def day_or_text(text: str) -> Cell:
    """
    Return a day where a record holds one, and its text where somebody wrote something else.

    >>> day_or_text('2026-11-22'), day_or_text('hôm qua'), day_or_text('')
    (datetime.date(2026, 11, 22), 'hôm qua', None)
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text or None


def median(values: Iterable[int]) -> int | None:
    """
    Return the middle value, the upper one of two; None when there is none.

    >>> median([3, 1, 12, 2]), median([])
    (3, None)
    """
    ordered = sorted(values)
    return ordered[len(ordered) // 2] if ordered else None
