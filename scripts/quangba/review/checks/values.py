"""
Values: numbers, dates, times, percentages, units and currencies say the same on both sides.

One mistake is one finding. :mod:`quangba.review.differences` compares a pair of texts once, and
sorts what it finds by kind; each check reports the kind that is its own. Numbers of documents,
telephones and facts are masks, which the checks of structure compare.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quangba.errors import Severity
from quangba.mt.markup import MARK, Marked, without_spans
from quangba.review.checking import Values, check
from quangba.review.differences import HIDDEN, Difference, differences
from quangba.review.entry import Entry, once
from quangba.review.precedence import unless

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SHOWN = frozenset({"unit", "rest", "entity", "escape", "phone", "road", "decree"})
"""Masks whose text belongs to numbers: km², the ~ of a range, 18 in QL18."""

KNOWN = 0xF000
"""First private-use character for masks that are the same on both sides."""

# ----------------------------------------------------------------------------
# Checks
# ----------------------------------------------------------------------------


def reported(entry: Entry, kind: str) -> Iterator[Values]:
    """Yield the differences of a kind with both values."""
    for each in found(entry):
        if each.kind == kind:
            yield {"source": each.source, "target": each.target}


@once
def found(entry: Entry) -> tuple[Difference, ...]:
    """Return what differs in an entry."""
    return tuple(
        each
        for source, target in visible(entry)
        for each in differences(source, entry.source_language, target, entry.language)
    )


@check(
    Severity.ERROR,
    "bản gốc ghi “{source}”, bản dịch lại ghi “{target}”. Hãy sửa con số trong bản dịch.",
    "the source says “{source}”, the translation says “{target}”. Correct the number.",
)
def numbers(entry: Entry) -> Iterator[Values]:
    """Find numbers that are not the same."""
    return reported(entry, "numbers")


@check(
    Severity.ERROR,
    "bản gốc có “{source}”, bản dịch không có số này. Hãy bổ sung.",
    "the source has “{source}”, and the translation lacks it. Add it.",
)
def missing_number(entry: Entry) -> Iterator[Values]:
    """Find numbers, dates and times that the translation lacks."""
    return reported(entry, "missing")


@check(
    Severity.ERROR,
    "bản dịch có “{target}” mà bản gốc không có. Hãy bỏ đi, hoặc bổ sung vào bản gốc.",
    "the translation has “{target}”, which the source does not have. Remove it, or add it there.",
)
@unless(
    "facts",
    "codes",
    "links",
    "structure",
    "mojibake",
    "other-tongue",
    "changed",
    "untranslated",
)
def added_number(entry: Entry) -> Iterator[Values]:
    """Find numbers, dates and times that only the translation has."""
    return reported(entry, "added")


@check(
    Severity.NOTE,
    "bản gốc nhắc “{source}” nhiều lần hơn bản dịch. Hãy xem câu còn đủ ý không.",
    "the source says “{source}” more often than the translation. See that nothing is lost.",
)
def repeated_year(entry: Entry) -> Iterator[Values]:
    """Find years that are said once for two sentences."""
    return reported(entry, "repeated")


@check(
    Severity.NOTE,
    "bản dịch ghi số “{target}” mà bản gốc không ghi. Hãy xem có đúng ý không.",
    "the translation says “{target}” where the source has no number. See that this is meant.",
)
def counted_one(entry: Entry) -> Iterator[Values]:
    """Find a 1 that languages add of themselves: per head is 1인당."""
    return reported(entry, "one")


@check(
    Severity.ERROR,
    "bản gốc ghi ngày giờ “{source}”, bản dịch lại ghi “{target}”. Hãy sửa lại cho đúng.",
    "the source has the date or time “{source}”, the translation “{target}”. Correct it.",
)
def dates(entry: Entry) -> Iterator[Values]:
    """Find dates, months, years and times that are not the same; also day and month exchanged."""
    return reported(entry, "dates")


@check(
    Severity.ERROR,
    "bản gốc ghi “{source}”, bản dịch lại ghi “{target}”. Hãy xem phần trăm hay điểm phần trăm.",
    "the source says “{source}”, the translation “{target}”. See whether it is per cent or points.",
)
def percent(entry: Entry) -> Iterator[Values]:
    """Find numbers that are percentages, or percentage points, on one side only."""
    return reported(entry, "percent")


@check(
    Severity.ERROR,
    "bản gốc ghi “{source}”, bản dịch lại ghi “{target}”. Hãy sửa đơn vị tiền trong bản dịch.",
    "the source says “{source}”, the translation “{target}”. Correct the currency.",
)
def currency(entry: Entry) -> Iterator[Values]:
    """Find amounts in another currency."""
    return reported(entry, "currency")


@check(
    Severity.ERROR,
    "bản gốc ghi “{source}”, bản dịch lại ghi “{target}”. Hãy sửa đơn vị trong bản dịch.",
    "the source says “{source}”, the translation “{target}”. Correct the unit.",
)
def units(entry: Entry) -> Iterator[Values]:
    """Find numbers with another unit."""
    for values in reported(entry, "units"):
        if not says_degrees(entry, values):
            yield values


def says_degrees(entry: Entry, values: Values) -> bool:
    """
    Tell whether 23,5 °C became 23.5度 or 23.5도, as Japanese and Korean weather reports say it.
    """
    number = str(values["target"])
    said = any(f"{number}{sign}" in entry.after for sign in DEGREES)
    return said and str(values["source"]).endswith("°C")


@check(
    Severity.WARNING,
    "bản gốc ghi “{source}”, bản dịch đảo thành “{target}”. Hãy xem có bị đảo nhầm không.",
    "the source says “{source}”, the translation puts “{target}”. See which is the right order.",
)
def swapped_values(entry: Entry) -> Iterator[Values]:
    """Find values that changed places: the ends of a range, two years, two facts."""
    return reported(entry, "swapped")


@check(
    Severity.NOTE,
    "bản gốc ghi “{source}”, bản dịch ghi theo thứ tự khác: “{target}”. Hãy xem có bị đảo không.",
    "the source says “{source}”, the translation in another order: “{target}”. See which is right.",
)
def order_of_values(entry: Entry) -> Iterator[Values]:
    """Find numbers in another order, which a language may want."""
    return reported(entry, "order")


DEGREES = "度도"

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def visible(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the pairs of texts, with masks for what is the same on both sides, and units shown."""
    marks: dict[str, str] = {}
    sides = [shown(side, marks) for side in entry.marked]
    yield sides[0], sides[1]
    words = [side.words for side in entry.marked]
    if len(words[0]) == len(words[1]):
        yield from zip(*words, strict=True)


def shown(side: Marked, marks: dict[str, str]) -> str:
    """Return the words of a text; equal things have equal masks, whatever text they are in."""

    def write(match: re.Match[str]) -> str:
        literal = side.literals.get(match[0])
        if literal is None:
            return " "
        raw = literal.write()
        if literal.kind in SHOWN:
            return "\u00a0" if raw in ("&nbsp;", "&#160;") else raw
        if literal.kind != "fact":
            # No letters, digits or blanks: nothing is read across it.
            return HIDDEN
        return marks.setdefault(raw, chr(KNOWN + len(marks)))

    return MARK.sub(write, without_spans(side.text))
