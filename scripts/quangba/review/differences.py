"""
Differences between the values of two texts: numbers, dates, percentages, units, their order.

One mistake is one difference, named by the check that reports it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from quangba.source.numbers import Compared, Items, compare, plain, unread
from quangba.source.quantities import Quantity
from quangba.source.spelled import spelled
from quangba.source.text import nfc
from quangba.source.units import (
    CURRENCIES,
    MASKED,
    PERCENTS,
    Measure,
    exchanges,
    measures,
)

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LITERAL = ("phone", "code")
"""Kinds of numbers that the checks of structure compare as they are written."""

HIDDEN = "\ue000"
"""Stands for masks that are no numbers."""

HINTS = ("repeated", "one")
"""Kinds of differences that are hardly ever mistakes."""

FIRST_MONTHS = re.compile(r"(?<![0-9])1\s?[-\u2010-\u2015~～]\s?(1?[0-9])\s?(?:か月|[月월])")
"""The first nine months are January to September: 1～9月."""

COUNTED = re.compile(
    r"\b(?:giải|hạng)\s+(ba|tư|năm)\b|\b(hai|ba|bốn|sáu|bảy|tám|chín|mười)\s+(?:tháng|ngày|năm|giờ|tuần|đêm|lần|nơi)\b(?!\s+âm)"
)
"""Numbers in Vietnamese words that no translation leaves out."""

HALF = re.compile("half|semestre|上半|下半|半年|상반기|하반기|반년", re.I)
"""Six months in another word."""

SAME_YEAR = re.compile(
    r"\b(?:that|the same|this)\s(?:same\s)?year|cùng\s+năm|năm\s+(?:đó|này|ấy)"
    r"|[同当當该該本]一?年|その年|この年|같은\s해|그해|그\s해|해당\s연도|(?:la\s)?même\sannée|cette\sannée",
    re.I,
)

DECADE = re.compile("(1[0-9]|2[01])世[纪紀]([0-9]0)年代")
"""20世纪90年代 is 1990年代."""

ALWAYS = re.compile(r"\b([0-9]+)(\s(?:heures|jours)\ssur)\s\1\b")
"""24 heures sur 24 is 24 hours."""

PARTS = {
    2: "half|halves|moitié|半|절반",
    3: "third|tiers",
    4: "quarter|quart",
    5: "fifth|cinquième",
    10: "tenth|dixième",
}
"""Words for fractions."""

SENTENCE = re.compile(r"[.!?…](?=\s|$)|[。！？]")

TO = re.compile(
    r"[-\u2010-\u2015~～]|đến|tới|\bto\b|\bau?\b|\bà\b|至|到|から|에서|부터|và|and|et", re.I
)

LONGEST_GAP = 16
"""Characters between the ends of a range of days."""

NO_YEAR = re.compile(
    r"(?<![0-9])([12][0-9]{3})\s?(?:[月日時时点點位人件名回番분월일시위명개번회]|(?:st|th|er|e|h)\b)"
)
"""A year that stands where a day does."""

YEAR = re.compile(r"[12][0-9]{3}(?![0-9]|[.,][0-9])")
"""A year that nothing says to be one: 2025-2030."""

LISTED = re.compile(r"[,;.]|^\s?[-\u2010-\u2015~]|\b(?:và|hoặc|hay|đến|còn|trong đó|so với)\b")
"""What stands between numbers of a list, of which no language changes the order."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Difference(NamedTuple):
    """A value that differs, as both texts write it."""

    kind: str
    """Name of the check that reports it."""
    source: str
    """Empty for a value that only the translation has."""
    target: str
    """Empty for a value that the translation lacks."""


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def differences(
    source: str, source_language: str, target: str, language: str
) -> tuple[Difference, ...]:
    """Return what differs between two texts, one difference for one mistake."""
    source, target = nfc(source), nfc(target)
    target = ALWAYS.sub(r"\1\2", DECADE.sub(lambda m: f"{int(m[1]) - 1}{m[2]}年代", target))
    found = compare(source, source_language, target, language)
    if not (found.here or found.there or MASKED.search(source) or COUNTED.search(source)):
        return ()
    texts = source, target
    here = spelled(unread(source, found.here), source_language)
    there = spelled(unread(target, found.there), language)
    sides = found.wanted, found.given
    gone = lost(sides, found.missing, there - months(*sides, found.missing))
    gone = [each for each in gone if not divided(each, target)]
    extra = Counter(found.extra)
    first = FIRST_MONTHS.search(target)
    if first and here[first[1]]:
        extra -= Counter([("1", ""), (first[1], "m")])
    new = lost(sides[::-1], extra, here - months(*sides[::-1], extra))
    made = [*paired(gone, new, texts, found)]
    if source_language == "vi":
        values = {item[0] for _, item in found.given} | set(there)
        made += [
            Difference("missing", match[0], "")
            for match in COUNTED.finditer(source)
            if not spelled(match[1] or match[2], "vi").keys() & values and not HALF.search(target)
        ]
    made += exchanged(found, texts, source_language, language)
    if not any(each.kind not in HINTS for each in made):
        made += mistaken_dates(found, texts) or swapped(found, texts, source_language, language)
    return tuple(made)


def divided(quantity: Quantity, target: str) -> bool:
    """Tell whether a fraction is in words there, or is the 24/24 of what never closes."""
    if quantity.kind != "fraction":
        return False
    above, below = quantity.values
    words = PARTS.get(int(below))
    return above == below or bool(words and re.search(words, target, re.I))


Order = list[tuple[Quantity, tuple[str, str]]]
"""Values in order, each with the number that it is of."""


def months(wanted: Order, given: Order, left: Items) -> Counter[str]:
    """Return the months of a text that the other one has in words: the fourth month."""
    sides = [Counter(item for _, item in side if item[1] == "m") for side in (wanted, given)]
    return Counter(value for value, _ in (sides[0] - sides[1] - left).elements())


def lost(sides: tuple[Order, Order], left: Items, said: Counter[str]) -> list[Quantity]:
    """Return the numbers of which something is left that the other text has not in words."""
    left = +Counter(left)
    if not left:
        return []
    found: set[Quantity] = set()
    strange = strangers(*sides)
    # When the 30 of 17:30 is gone, 7:30 has one as well.
    for quantity, item in sorted(sides[0], key=lambda pair: pair[0] not in strange):
        if not left[item]:
            continue
        left[item] -= 1
        # Months in words were found before; “chín tháng” is no September.
        if said[item[0]] > 0 and item[1] != "m":
            said[item[0]] -= 1
        else:
            found.add(quantity)
    return sorted(found, key=lambda quantity: quantity.start)


def strangers(order: Order, other: Order) -> set[Quantity]:
    """Return the numbers that do not stand in the other text as a whole."""
    left = Counter(wholes(other).values())
    found = set()
    for quantity, whole in wholes(order).items():
        if left[whole]:
            left[whole] -= 1
        else:
            found.add(quantity)
    return found


def wholes(order: Order) -> dict[Quantity, tuple[tuple[str, str], ...]]:
    """Return all that each number of a text is made of."""
    made: dict[Quantity, tuple[tuple[str, str], ...]] = {}
    for quantity, item in order:
        made[quantity] = (*made.get(quantity, ()), item)
    return made


def paired(
    gone: list[Quantity], new: list[Quantity], texts: tuple[str, str], found: Compared
) -> Iterator[Difference]:
    """Yield differences: what is gone beside what stands there instead."""
    new = [each for each in new if each.kind not in LITERAL]
    for quantity in gone:
        if quantity.kind in LITERAL:
            continue
        partner = next((each for each in new if kin(each, quantity)), None)
        if partner:
            new.remove(partner)
            kind = "dates" if dated(quantity) or dated(partner) else "numbers"
            yield Difference(kind, said(quantity, texts[0]), said(partner, texts[1]))
        elif repeated(quantity, texts, found):
            yield Difference("repeated", said(quantity, texts[0]), "")
        else:
            yield Difference("missing", said(quantity, texts[0]), "")
    for quantity in new:
        alone = quantity.values == (Decimal(1),) and not quantity.parts
        yield Difference("one" if alone else "added", "", said(quantity, texts[1]))


def kin(one: Quantity, other: Quantity) -> bool:
    """Tell whether one number may stand for another."""
    return dated(one) == dated(other) or {one.kind, other.kind} & {"number", "fraction"} != set()


def dated(quantity: Quantity) -> bool:
    """Tell whether a number is a date or a time."""
    return quantity.kind in ("date", "time")


def said(quantity: Quantity, text: str) -> str:
    """Return a number as it stands in its text."""
    return text[quantity.start : quantity.end].strip()


def repeated(quantity: Quantity, texts: tuple[str, str], found: Compared) -> bool:
    """Tell whether a year was only not said again: “In 2025, A grew and B fell”."""
    if len(quantity.parts) > 1 and "y" in quantity.parts:
        return said_once(quantity, found)
    if quantity.parts != "y" and not (
        quantity.kind == "number" and 1000 <= quantity.values[0] < 3000
    ):
        return False
    if not any(quantity.values[0] in each.values for each in found.there):
        return False
    counts = [len(SENTENCE.findall(text)) for text in texts]
    return counts[1] < counts[0] or bool(SAME_YEAR.search(texts[1]))


def said_once(date: Quantity, found: Compared) -> bool:
    """Tell whether the year of some dates is said once for all: “2026年3月5日…，4月10日”."""
    year = next(role for role in roles(date) if role[0] == "y")
    there = [set(roles(each)) for each in found.there if each.parts]
    days = [set(roles(each)) - {year} for each in found.here if year in roles(each)]
    return any(year in each for each in there) and all(
        any(day <= each for each in there) for day in days if day
    )


def exchanged(
    found: Compared, texts: tuple[str, str], source_language: str, language: str
) -> list[Difference]:
    """Return the first value with another unit; the others were exchanged with it."""
    here = measures(texts[0], source_language, found.here)
    there = measures(texts[1], language, found.there)
    if not here or not there:
        return []
    for old, new in exchanges(here, there):
        both = {old.unit, new.unit}
        kind = "units"
        if both & set(PERCENTS):
            kind = "percent"
        elif both & set(CURRENCIES):
            kind = "currency"
        return [Difference(kind, worded(old, texts[0]), worded(new, texts[1]))]
    return []


def worded(measure: Measure, text: str) -> str:
    """Return a number with its unit as it stands in its text; a fact as an ellipsis."""
    return re.sub("[\ue000-\uf8ff]", "…", text[measure.start : measure.end]).strip()


def mistaken_dates(found: Compared, texts: tuple[str, str]) -> list[Difference]:
    """Return dates whose days, months and years changed partners, though all are there."""
    sides = [[each for each in side if len(each.parts) > 1] for side in (found.here, found.there)]
    years = {value for side in sides for each in side for part, value in roles(each) if part == "y"}
    keys = [[roles(each, years=len(years) > 1) for each in side] for side in sides]
    parts = [Counter(part for key in side for part in key) for side in keys]
    here, there = Counter(keys[0]), Counter(keys[1])
    # “10 đến 20 tháng 6” has the month at the end, 6月10日から20日 at the start.
    if here != there and parts[0] == parts[1]:
        gone, new = (
            [each for each, key in zip(side, known, strict=True) if (mine - other)[key]]
            for side, known, mine, other in (
                (sides[0], keys[0], here, there),
                (sides[1], keys[1], there, here),
            )
        )
        if gone and new:
            return [Difference("dates", said(gone[0], texts[0]), said(new[0], texts[1]))]
    full = [
        [each for each in side if {"m", "d"} <= set(each.parts) and not ranged(each, side, text)]
        for side, text in zip((found.here, found.there), texts, strict=True)
    ]
    if len(full[0]) == len(full[1]) == len(sides[0]):
        keys = [[roles(each, years=False) for each in side] for side in full]
        gone = [each for each, key in zip(full[0], keys[0], strict=True) if key not in keys[1]]
        new = [each for each, key in zip(full[1], keys[1], strict=True) if key not in keys[0]]
        if gone and new:
            return [Difference("dates", said(gone[0], texts[0]), said(new[0], texts[1]))]
    years = {value for each in found.here for part, value in roles(each) if part == "y"}
    for match in NO_YEAR.finditer(texts[1]):
        if Decimal(match[1]) in years:
            return [Difference("dates", match[1], match[0])]
    days = {each.values for each in found.there if each.parts == "md"}
    for each in found.here:
        month, day = each.values[::-1] if each.kind == "fraction" else (Decimal(0), Decimal(0))
        if month != day and (day, month) in days and (month, day) not in days:
            other = next(one for one in found.there if one.values == (day, month))
            return [Difference("dates", said(each, texts[0]), said(other, texts[1]))]
    return []


def ranged(date: Quantity, side: list[Quantity], text: str) -> bool:
    """Tell whether a date is an end of a range: the other end may have its month."""
    at = side.index(date)
    near = [side[at - 1]] * (at > 0), side[at + 1 : at + 2]
    gaps = [text[each.end : date.start] for each in near[0]]
    gaps += [text[date.end : each.start] for each in near[1]]
    return any(len(gap) < LONGEST_GAP and TO.search(gap) for gap in gaps)


def roles(quantity: Quantity, years: bool = True) -> tuple[tuple[str, Decimal], ...]:
    """Return the parts of a date; one year is often said once for two dates."""
    # What is no date has values without parts.
    pairs = zip(quantity.parts, quantity.values, strict=False)
    return tuple((part, value) for part, value in pairs if years or part != "y")


def swapped(
    found: Compared, texts: tuple[str, str], source_language: str, language: str
) -> list[Difference]:
    """Return two values of the same sort that changed places."""
    known: dict[str, str] = {}
    here = sorts(texts[0], source_language, found.here, known)
    there = sorts(texts[1], language, found.there, known)
    for sort in here.keys() & there.keys():
        order, other = here[sort], there[sort]
        counts = Counter(value for value, *_ in order), Counter(value for value, *_ in other)
        if counts[0] != counts[1]:
            once = {value for value in counts[0] if counts[0][value] == 1 == counts[1][value]}
            order, other = ([each for each in side if each[0] in once] for side in (order, other))
        for (first, *_), (second, *_) in zip(order, other, strict=True):
            if first != second:
                return [
                    Difference(
                        "swapped" if sort or listed(order, first, second, texts[0]) else "order",
                        both(order, first, second, texts[0]),
                        both(other, first, second, texts[1]),
                    )
                ]
    return []


Place = tuple[str, int, int]
"""A value, and where it is in its text."""


def sorts(
    text: str, language: str, found: list[Quantity], known: dict[str, str]
) -> dict[str, list[Place]]:
    """
    Return values in order, by sort: only the same sorts of values are exchanged by mistake.

    The sorts of the source are known: “12 milliards de dongs, dont 3,5 milliards”.
    """
    places = [
        (
            plain(each.values[0]) if each.parts == "y" else str(each.values),
            each.start,
            each.end,
            each.kind + each.parts,
        )
        for each in found
        if dated(each)
    ]
    starts = {start for _, start, *_ in places}
    for each in measures(text, language, found):
        if each.value == HIDDEN or each.start in starts:
            continue
        value, sort = each.value, "fact" if each.value >= HIDDEN else each.unit
        if sort in ("", "year") and YEAR.match(text, each.start):
            sort = "datey"
        places.append((value, each.start, each.end, sort))
    made: dict[str, list[Place]] = {}
    for value, start, end, sort in sorted(places, key=lambda place: place[1]):
        made.setdefault(known.setdefault(value, sort), []).append((value, start, end))
    return made


def listed(order: list[Place], first: str, second: str, text: str) -> bool:
    """Tell whether two numbers without units stand in a list: 30 phường, 22 xã."""
    places = [place for place in order if place[0] in (first, second)]
    return bool(LISTED.search(text[places[0][2] : places[1][1]]))


def both(order: list[Place], first: str, second: str, text: str) -> str:
    """Write two values in the order in which they stand."""
    spans = [(start, end) for value, start, end in order if value in (first, second)]
    written = (re.sub("[\ue000-\uf8ff]", "…", text[start:end]).strip() for start, end in spans)
    return " … ".join(written)
