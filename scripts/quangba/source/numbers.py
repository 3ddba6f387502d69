"""
Numbers by value: 1.500.000 đồng is 1,500,000 VND and 150万越南盾, and 12 tỷ is not 12 million.

The numbers of a text and its translation are compared, put in the form of the other language where
they were copied, and written anew. How they are read: :mod:`quangba.source.quantities`.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from babel.dates import format_skeleton
from babel.numbers import format_decimal, format_percent

from quangba.source.facts import Fact, format_day, locale_of
from quangba.source.number_words import BLANKS, MONTH_ORDINALS, half_width, han_digits, words_of
from quangba.source.quantities import Quantity, quantities
from quangba.source.text import nfc

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LONGEST_SHOWN = 60
"""Characters of a value in a difference."""

Items = Counter[tuple[str, str]]
"""Values and roles with their number."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Compared(NamedTuple):
    """The numbers of a text and its translation, and what only one of them has."""

    here: list[Quantity]
    """Numbers of the source."""
    there: list[Quantity]
    """Numbers of the translation."""
    wanted: list[tuple[Quantity, tuple[str, str]]]
    """Values of the source in order, each with the number that it is of."""
    given: list[tuple[Quantity, tuple[str, str]]]
    """Values of the translation, in the same way."""
    missing: Items
    """What only the source has."""
    extra: Items
    """What only the translation has."""


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def plain(value: Decimal) -> str:
    """
    Write a value with nothing but its digits.

    >>> plain(Decimal('1.50E+6')), plain(Decimal('9.750'))
    ('1500000', '9.75')
    """
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def items(quantity: Quantity, text: str) -> list[tuple[str, str]]:
    """Return what is compared of a quantity: values written plainly, with the roles they have."""
    written = text[quantity.start : quantity.end]
    if quantity.kind == "code":
        return [(digits, "") for digits in re.findall("[0-9]+", half_width(written))]
    if quantity.kind == "phone":
        digits = re.sub("[^0-9+]", "", half_width(written))
        return [(re.sub(r"^(?:\+84|0084)0?", "0", digits).lstrip("+"), "")]
    values = [plain(value) for value in quantity.values]
    if quantity.kind == "date":
        return list(zip(values, quantity.parts, strict=True))
    if quantity.kind == "time":
        return [(value, "") for value in values[: 2 if quantity.values[1] else 1]]
    role = {"ordinal": "o", "roman": "r"}.get(quantity.kind, "")
    return [(value, role) for value in values]


def difference(source: str, source_language: str, target: str, language: str) -> str | None:
    """
    Compare the numbers of a text and its translation, both ways; None when they are the same.

    Returns the first value that is missing, with a minus sign, or too many, with a plus.

    >>> difference('12 tỷ đồng', 'vi', '12 million VND', 'en')
    '−12000000000'
    >>> difference('1.500.000 đồng', 'vi', '150万越南盾', 'zh') is None
    True
    """
    found = compare(nfc(source), source_language, nfc(target), language)
    for sign, order, left in (
        ("−", found.wanted, found.missing),
        ("+", found.given, found.extra),
    ):
        first = next((item[0] for _, item in order if left[item]), None)
        if first is not None:
            return sign + (first if len(first) < LONGEST_SHOWN else first[:LONGEST_SHOWN] + "…")
    return mispaired(found.here, found.there)


def compare(source: str, source_language: str, target: str, language: str) -> Compared:
    """Compare the numbers of two texts in normal form C by value."""
    here, there = quantities(source, source_language), quantities(target, language)
    here, there = without_versions(here, source, there, target)
    wanted = [(quantity, item) for quantity in here for item in items(quantity, source)]
    given = [(quantity, item) for quantity in there for item in items(quantity, target)]
    missing, extra = unmatched(
        Counter(item for _, item in wanted), Counter(item for _, item in given)
    )
    if missing:
        missing -= spelled(missing, unread(target, there), language)
    if extra:
        extra -= spelled(extra, unread(source, here), source_language)
    return Compared(here, there, wanted, given, missing, extra)


def unread(text: str, found: list[Quantity]) -> str:
    """
    Return a text with blanks in the place of its numbers: what is left may say one in words.

    >>> unread('初六 12 năm', [Quantity(3, 5, (Decimal(12),), 'number')])
    '初六    năm'
    """
    pieces, last = [], 0
    for quantity in found:
        pieces += [text[last : quantity.start], " " * (quantity.end - quantity.start)]
        last = quantity.end
    return "".join(pieces) + text[last:]


def without_versions(
    here: list[Quantity], source: str, there: list[Quantity], target: str
) -> tuple[list[Quantity], list[Quantity]]:
    """Leave out versions that stand on both sides in the same letters: Web 2.0."""
    sides = ((here, source), (there, target))
    texts = [[text[each.start : each.end] for each in found] for found, text in sides]
    versions = {
        text
        for (found, _), written in zip(sides, texts, strict=True)
        for each, text in zip(found, written, strict=True)
        if each.kind == "version"
    }
    same = Counter(texts[0]) & Counter(texts[1])
    kept: list[list[Quantity]] = []
    for (found, _), written in zip(sides, texts, strict=True):
        left = Counter({text: count for text, count in same.items() if text in versions})
        kept.append([])
        for each, text in zip(found, written, strict=True):
            if left[text]:
                left[text] -= 1
            else:
                kept[-1].append(each)
    return kept[0], kept[1]


def unmatched(wanted: Items, given: Items) -> tuple[Items, Items]:
    """Take away what both sides have; only a day is no month, and a month no day."""
    missing, extra = wanted - given, given - wanted
    # Days before months: “the 4th day of the fourth month” has only the day in digits.
    for value, role in sorted(missing, key=lambda item: item[1]):
        for other in ("", "y", "d", "m", "o", "r"):
            if {role, other} == {"m", "d"}:
                continue
            both = min(missing[value, role], extra[value, other])
            if both:
                missing[value, role] -= both
                extra[value, other] -= both
    return +missing, +extra


def spelled(left: Items, text: str, language: str) -> Items:
    """
    Return those of some items that a text has in words, where these are usual.

    Months of the lunar calendar (the sixth month), days of the week (thứ 2), days and names in
    Han numerals (十八, 二桥).
    """
    words, low = words_of(language), text.lower()
    found: Items = Counter()
    for value, role in left:
        if role == "m" and words.code in MONTH_ORDINALS and value.isdigit():
            ordinals = MONTH_ORDINALS[words.code].split()
            word = dict(enumerate(ordinals, 1)).get(int(value[:3]), "")
            found[value, role] += len(re.findall(rf"\b{word}\b", low)) if word else 0
        if role == "o":
            days = (name for name, day in words.weekdays.items() if str(day) == value)
            found[value, role] += sum(low.count(name.lower()) for name in days)
        if role in ("d", "o", "r") and words.code in ("zh", "ja"):
            runs = re.findall("[一二三四五六七八九十]{1,3}", text)
            found[value, role] += sum(str(han_digits(run)) == value for run in runs)
    return left & found


def mispaired(here: list[Quantity], there: list[Quantity]) -> str | None:
    """Find what equal values hide: days and months that changed partners, or lost percent signs."""
    dates, others = (
        Counter((each.parts, each.values) for each in found if len(each.parts) > 1)
        for found in (here, there)
    )
    parts, other_parts = (
        Counter(
            part for roles, values in found.elements() for part in zip(roles, values, strict=True)
        )
        for found in (dates, others)
    )
    # Ranges differ: “10 đến 20 tháng 6” has the month at the end, 6月10日から20日 at the start.
    if parts == other_parts and dates != others:
        for _, values in dates - others:
            return "−" + "-".join(map(plain, values))
    shares, theirs = ([each for each in found if each.kind == "percent"] for found in (here, there))
    if bool(shares) != bool(theirs):
        sign, first = ("−", shares[0]) if shares else ("+", theirs[0])
        return f"{sign}{plain(first.values[0])}%"
    return None


def write(digits: str, source_language: str, language: str) -> str | None:
    """
    Write digits with separators as another language does, with as many decimals.

    Digits without separators (years, codes) stay as they are.

    >>> write('1.500,50', 'vi', 'en'), write('2025', 'vi', 'fr')
    ('1,500.50', '2025')
    """
    read = words_of(source_language).value(digits)
    if read is None:
        return None
    if digits.isdigit():
        return digits
    decimals = -int(read[0].as_tuple().exponent)
    whole = int(read[0])
    text = format_decimal(whole, locale=locale_of(language)) if whole > 999 else str(whole)
    grouped = len(re.findall("[0-9]+", digits)) > 1 + bool(decimals)
    text = text if grouped else str(whole)
    mark = words_of(language).decimal
    return text + (mark + format(read[0], "f")[-decimals:] if decimals else "")


def localise(target: str, language: str, source: str, source_language: str) -> str:
    """
    Rewrite numbers that were copied from the source as they stand, in the form of the language.

    >>> localise('1.500.000 VND or 12,5%', 'en', '1.500.000 đồng hoặc 12,5%', 'vi')
    '1,500,000 VND or 12.5%'
    """
    forms: dict[str, str] = {}
    left: Counter[str] = Counter()
    for quantity in quantities(source, source_language):
        digits = digits_of(quantity, source)
        form = write(digits, source_language, language) if digits else None
        if form is not None and form != digits and quantity.kind != "version":
            forms[digits] = form
            left[digits] += 1
    pieces, last = [], 0
    for quantity in quantities(target, language) if forms else ():
        digits = digits_of(quantity, target)
        if left[digits]:
            start = target.index(digits, quantity.start)
            pieces += [target[last:start], forms[digits]]
            last = start + len(digits)
            left[digits] -= 1
    return "".join(pieces) + target[last:]


def digits_of(quantity: Quantity, text: str) -> str:
    """Return the only digits of a number, with their separators; nothing when it is no number."""
    written = text[quantity.start : quantity.end]
    runs = re.findall(rf"[0-9]+(?:[.,{BLANKS}][0-9]+)*", written)
    alone = quantity.kind in ("number", "percent", "ordinal", "version") or runs == [written]
    return runs[0] if alone and len(runs) == 1 else ""


def render(literal: str, source_language: str, language: str) -> str | None:
    """
    Write one number expression of the source in another language; None when unsure.

    What is written always reads as the same value in the language.

    >>> render('12 tỷ', 'vi', 'en'), render('2/9/2025', 'vi', 'zh'), render('9,75', 'vi', 'en')
    ('12 billion', '2025年9月2日', '9.75')
    """
    text = literal.strip()
    found = quantities(text, source_language)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(text)):
        return None
    quantity = found[0]
    written = form_of(quantity, text, source_language, language)
    if written is None or difference(text, source_language, written, language):
        return None
    return written if len(quantities(written, language)) == 1 else None


def form_of(quantity: Quantity, text: str, source_language: str, language: str) -> str | None:
    """Write a quantity in a language, without a check; None when it has no sure form."""
    locale, values = locale_of(language), quantity.values
    if quantity.kind in ("code", "phone"):
        return text
    if quantity.kind == "date":
        return form_of_date(quantity, language)
    if quantity.kind == "time":
        sure = quantity.values[1] and not re.search("phút|[분分]", text)
        return f"{values[0]}:{values[1]:0>2}" if sure else None
    if quantity.kind not in ("number", "percent"):
        return None
    digits = digits_of(quantity, text)
    if quantity.kind == "percent" and quantity.scale == 1:
        number = write(digits, source_language, language)
        pattern = format_percent(Decimal("0.08"), locale=locale)
        return pattern.replace("8", number, 1) if number and text[0] != "-" else None
    if quantity.scale == 1 and digits:
        number = write(digits, source_language, language)
        sign = text[: text.index(digits)]
        return number and ("-" if sign else "") + number
    if quantity.kind == "number" and abs(values[0]) < 10**15:
        value = int(values[0]) if values[0] == int(values[0]) else float(values[0])
        compact = Fact("", "", value, "number", style="compact").number(value, locale)
        return compact.replace("\u00a0", " ")
    return None


def form_of_date(quantity: Quantity, language: str) -> str | None:
    """Write a date in a language; None when CLDR has no form for the parts or it is no day."""
    part = {name: int(value) for name, value in zip(quantity.parts, quantity.values, strict=True)}
    year, month, day = part.get("y", 2000), part.get("m", 1), part.get("d", 1)
    try:
        moment = date(year, month, day)
    except ValueError:
        return None
    if quantity.parts in ("ymd", "ym", "y"):
        return format_day(
            moment.isoformat()[: {"ymd": 10, "ym": 7, "y": 4}[quantity.parts]], language
        )
    if quantity.parts in ("md", "m"):
        skeleton = "MMMMd" if quantity.parts == "md" else "MMMM"
        return str(format_skeleton(skeleton, moment, locale=locale_of(language)))
    return None
