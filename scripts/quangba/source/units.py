"""
Units and currencies bound to their numbers: 50,000 USD is not 50.000 đồng.

A measure is a number with what stands behind it (or before it, as in US$50). Two texts agree when
each value has the same unit in both: “5 km and 3 ha” is not “3 km and 5 ha”.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from quangba.source.number_words import EXACT, LATIN, words_of
from quangba.source.quantities import Quantity
from quangba.source.unit_words import SYMBOLS, WORDS

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

CURRENCIES = ("VND", "USD", "EUR", "CNY", "JPY", "KRW")

PERCENTS = ("%", "pp")
"""Per cent, and percentage points."""

ALWAYS = (*PERCENTS, "°C", "°F")
"""Units that stand with every number."""

DURATIONS = ("second", "minute", "hour", "day", "night", "week", "month", "year")
"""Units whose words are so common (năm, 日, an) that only another one of them says something."""

BEFORE = re.compile(
    r"(?P<USD>USD|US\$|\$)\s?$|(?P<EUR>EUR|€)\s?$|(?P<VND>VND|VNĐ|₫)\s?$|(?P<CNY>CNY|RMB)\s?$"
    rf"|(?P<KRW>KRW|₩)\s?$|(?P<JPY>JPY)\s?$|(?P<km>(?<![{LATIN}])[Kk]m)\s?$"
)
"""Units that may stand before the number; the km of a road does."""

HOURLY = re.compile(r"(?:[时時]速|시속)\s?$")
"""Makes kilometres a speed."""

COORDINATED = re.compile(
    r"\s?(?:[-\u2010-\u2015\u2212~〜～、/]|,|đến|tới|và|hoặc|hay|to|and|or|à|et|ou|至|到|和|或"
    r"|から|と|または|에서|부터|또는|와|과|및)\s?(?:(?:từ|from|de)\s)?",
    re.I,
)
"""What may stand between two numbers of which only the second has the unit written."""

MASKED = re.compile("[\ue000-\uf8ff]")
"""A character that stands for a number that is not in the text."""

SCALE = (
    "nghìn|ngàn|triệu|tỷ|tỉ|thousand|millions?|billion|mille|milliards?|de(?= )"
    "|[千百万亿億兆천백만억조]"
)
"""Words between a number and its unit; none is empty, nor the beginning of another and itself."""

UNITS = {
    "VND": "đồng|VND|VNĐ|₫|dongs?|dôngs?|越南盾|盾|(?:ベトナム)?ドン|(?:베트남 )?동",
    "USD": r"USD|US\$|đô la(?: Mỹ)?|(?:US )?dollars?|美元|米?ドル|(?:미국 )?달러",
    "EUR": "EUR|euros?|欧元|ユーロ|유로",
    "km": "km|kilomet(?:er|re)s?|kilomètres?|公里|千米|キロ(?:メートル)?(?!グラム)"
    "|킬로(?!그램)(?:미터)?",
    "m": "m|mét|met(?:er|re)s?|mètres?|米|メートル|미터",
    "ha": "ha|hectares?|héc-ta|公顷|ヘクタール|헥타르",
    "kg": "kg|kilograms?|kilogrammes?|公斤|千克|キログラム|킬로그램",
}
"""Forms in any of the site's languages, for texts of a language that is not told."""

MEASURED = {
    unit: re.compile(
        rf"\d(?:[\s\ue200-\ue3ff]|{SCALE})*(?:{forms})(?![²³\d])(?![A-Za-zÀ-ỹ])",
        re.IGNORECASE if unit != "m" else 0,
    )
    for unit, forms in UNITS.items()
}
"""A number with its unit or currency, as far as a list of seven goes; masks bear their own."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Measure(NamedTuple):
    """A number and its unit."""

    start: int
    end: int
    """Where the text of both ends."""
    value: str
    """The number written plainly, or the character of a number that is not in the text."""
    unit: str
    """``km²``, ``VND``, ``%``; empty for none."""


class Exchange(NamedTuple):
    """A value that has another unit in the translation."""

    here: Measure
    there: Measure


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@lru_cache(maxsize=16)
def unit_pattern(code: str) -> tuple[re.Pattern[str], tuple[str, ...]] | None:
    """Return the pattern of a unit behind a number, and the units by the number of their group."""
    if code not in WORDS:
        return None
    words = WORDS[code]
    names = tuple(dict.fromkeys((*words, *SYMBOLS)))
    # Latin letters end a unit; so do digits: m2 is no m.
    closed = rf"(?![{LATIN}0-9²³])"
    spaced = code in ("vi", "en", "fr")
    forms = []
    for name in names:
        case = "" if name in ("m", "t", "g", "l") else "i"
        worded = f"(?{case}:{words[name]}){closed if spaced else ''}" if name in words else ""
        symbols = f"(?:{SYMBOLS[name]}){closed}" if name in SYMBOLS else ""
        forms.append(f"({'|'.join(filter(None, (worded, symbols)))})")
    link = r"(?:d[eu]\s|d['’]|of\s)?" if spaced else ""
    return re.compile(rf"[\s-]?\s?{link}(?:{'|'.join(forms)})"), names


def measures(text: str, language: str, found: list[Quantity]) -> list[Measure]:
    """
    Return the numbers of a text that are no dates or codes, each with its unit.

    >>> from quangba.source.quantities import quantities
    >>> [(m.value, m.unit) for m in measures('5–7 km', 'vi', quantities('5–7 km', 'vi'))]
    [('5', 'km'), ('7', 'km')]
    """
    known = unit_pattern(words_of(language).code)
    if known is None:
        return []
    made = [measure(text, known, *span) for span in numbered(text, found)]
    for index, (low, high) in reversed(list(enumerate(pairwise(made)))):
        high = made[index + 1]
        if not low.unit and high.unit and COORDINATED.fullmatch(text, low.end, high.start):
            made[index] = low._replace(unit=high.unit)
    return made


def numbered(text: str, found: list[Quantity]) -> list[tuple[int, int, str, str]]:
    """Return the numbers that a unit may belong to, in order: where they are, value and kind."""
    spans = [
        (each.start, each.end, format(EXACT.normalize(each.values[0]), "f"), each.kind)
        for each in found
        if each.kind in ("number", "percent", "version", "ordinal")
    ]
    masks = [(mask.start(), mask.end(), mask[0], "fact") for mask in MASKED.finditer(text)]
    return sorted(spans + masks)


def measure(
    text: str,
    known: tuple[re.Pattern[str], tuple[str, ...]],
    start: int,
    end: int,
    value: str,
    kind: str,
) -> Measure:
    """Return a number with its unit."""
    pattern, names = known
    if kind == "percent":
        return Measure(start, end, value, "%")
    match = None if kind == "ordinal" else pattern.match(text, end)
    if match and match.lastindex:
        unit = names[match.lastindex - 1]
        ward = match[0] == "동" and len(value) < 3
        if ward or (kind == "fact" and unit in DURATIONS):
            return Measure(start, end, value, "")
        if unit == "km" and HOURLY.search(text[max(0, start - 4) : start]):
            unit = "km/h"
        return Measure(start, match.end(), value, unit)
    before = BEFORE.search(text[max(0, start - 5) : start])
    if before and before.lastgroup:
        return Measure(start - len(before[0]), end, value, before.lastgroup)
    return Measure(start, end, value, "")


def exchanges(here: list[Measure], there: list[Measure]) -> Iterator[Exchange]:
    """Yield values that stand in both texts with different units."""
    found: list[Exchange] = []
    for value in dict.fromkeys(each.value for each in here):
        sides = [[each for each in side if each.value == value] for side in (here, there)]
        before, after = (Counter(each.unit for each in side) for side in sides)
        if before == after or not after:
            continue
        gone = [each for each in sides[0] if (before - after)[each.unit]]
        new = [each for each in sides[1] if (after - before)[each.unit]]
        found += [Exchange(*pair) for pair in zip(gone, new, strict=False)]
    lost = {each.here.unit for each in found if not each.there.unit}
    gained = {each.there.unit for each in found if not each.here.unit}
    units = [{each.unit for each in side} for side in (here, there)]
    pairs = {(each.here.unit, each.there.unit) for each in found}
    for each in found:
        mine, theirs = each.here.unit, each.there.unit
        # 50 per cent in 4 years is not 4 per cent in 50 years.
        both = (theirs, mine) in pairs or (mine or theirs) in lost & gained
        if both or differs(mine, theirs, units):
            yield each


def differs(before: str, after: str, units: list[set[str]]) -> bool:
    """
    Tell whether two units are sure to be different.

    A unit may be left out where another number has it: “100 millions de dongs, le deuxième de 50
    millions”.
    """
    if before and after:
        return (before in DURATIONS) == (after in DURATIONS)
    if (before or after) in DURATIONS:
        return False
    if (before or after) in ALWAYS:
        return True
    return before not in units[1] if before else after not in units[0]


def unit_difference(source: str, target: str) -> str | None:
    """
    Name a unit or currency behind a number that one text has and the other has not.

    >>> unit_difference('Giá 50.000 đồng', '50,000 USD'), unit_difference('5 ha', '5公顷')
    ('−VND', None)
    """
    for unit, pattern in MEASURED.items():
        before, after = pattern.search(source), pattern.search(target)
        if bool(before) != bool(after):
            return ("−" if before else "+") + unit
    return None
