"""
Quantities: what the numbers in a text are worth, as its language writes them.

Number words without digits (hai ngày, two days, 两天) are no quantities; East Asian numbers with a
sign of a power (三百万) are, and so are names of months. A bare ``2/9`` is a fraction that a day
and month may match; ``2.9`` in Vietnamese is a decimal unless it stands behind “ngày”. Text is
expected in Unicode normal form C. Private-use characters and braces (``{fact:…}``) are opaque.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from quangba.source.number_words import (
    EXACT,
    HAN,
    HAN_MONTHS,
    LATIN,
    LONGEST,
    LUNAR,
    MYRIADS,
    RUN,
    date_patterns,
    east_asian,
    east_asian_patterns,
    half_width,
    han_digits,
    roman,
    run_pattern,
    time_patterns,
    words_of,
)

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

STRUCK = "\0"
"""Stands in the text for what was read or must not be read."""

OPAQUE = re.compile(
    r"\{[^{}\n]{0,300}\}"  # {fact:visitors_2025}, {1}, { .class }
    r"|&#?\w{1,10};"  # &#160;
    r"|(?<=m)<sup>[23]</sup>"
    rf"|(?<![{LATIN}])(?:[kcdmh]?m|ha)[23](?![0-9{LATIN}])"  # km2
    r"|(?<![A-Za-z])(?:CO2|CH4|N2O|SO2|NO2|H2O|O3)(?![0-9])"
)
"""Digits that are no numbers."""

LITERAL = re.compile(
    r"`[^`\n]{1,300}`"
    r"|(?:https?://|www\.)[!-~]+"
    r"|(?<=\]\()[^()\s]{1,500}(?=[)\s])"  # [text](page-2.md)
    r"|</?[A-Za-z][^<>]{0,500}>"
    r"|[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,64}(?:\.[A-Za-z0-9-]{1,64})+"
    r"|(?<![0-9/])[0-9]{1,5}/(?:[0-9]{4}/)?[A-ZĐ][A-ZĐ0-9]*(?:-[A-ZĐ0-9]+)*"  # 31/2021/NĐ-CP
)
"""Code, addresses and numbers of documents."""

PHONE = re.compile(
    rf"(?<![0-9{LATIN}.,/-])"
    r"(?:\(?\+[0-9]{1,3}\)?|\(?0[0-9]{2,4}\)?)(?:[ \u00a0.-]?[0-9]){6,11}(?![0-9]|[.,][0-9])"
    r"|(?<![0-9])1[89]00[ \u00a0.][0-9]{4,6}(?![0-9])"  # 1900 1234
)

CURRENCIES = ("USD", "US", "VND", "VNĐ", "EUR", "CNY", "RMB", "JPY", "KRW", "GBP", "SGD", "HKD")
"""Letters right before a number that do not make it a code."""

ATTACHED = re.compile(
    "".join(f"(?<!{code})" for code in CURRENCIES) + rf"(?<=[{LATIN}])[0-9]+(?:[.,][0-9]+)*"
)
"""Digits behind a letter, as in QL18 and PM2.5."""

FRACTION = re.compile(r"(?<![0-9/.,])([0-9]{1,4})\s?[/⁄]\s?([0-9]{1,4})(?![0-9/]|[.,][0-9])")
VULGAR = re.compile("[\u00bc-\u00be\u2150-\u215e]")

CENTURY = re.compile(r"([一二三四五六七八九十]{1,3})\s?世[纪紀]")

ROMAN_WORDS = (
    "thế kỷ|thế kỉ|thứ|quý|chương|mục|điều|phần|loại|hạng|cấp|khóa|khoá|kỳ|đợt|giai đoạn"
    "|century|chapter|article|part|section|class|grade|phase|quarter|term"
    "|chapitre|partie|classe|niveau|phase|trimestre"
)
"""Words before which a single Roman digit is a number."""

ROMANS = re.compile(
    rf"(?<![{LATIN}0-9])(?:(?P<n>[IVX]{{2,8}})(?:[eᵉ]|er|ème)?"
    r"|(?P<x>[IVX])(?:[eᵉ]|er)(?=\s+siècle)"
    rf"|(?:(?i:{ROMAN_WORDS})\s+)(?P<z>[IVX])|(?P<u>[Ⅰ-Ⅻ]))(?![{LATIN}0-9])"
)

PERCENT = re.compile(
    r"\s?(?:%(?!\s?(?:p\b|포인트|ポイント))|phần\s+trăm|per\s?cent(?!age)|pour\s+cent"
    r"|퍼센트(?!\s?포인트)|パーセント(?!ポイント)|프로(?![가-힣]))",
    re.I,
)

ORDINAL = {
    "en": re.compile(r"(?:st|nd|rd|th)(?![A-Za-z])"),
    "fr": re.compile(r"(?:ers?|res?|nde?s?|èmes?|emes?|es?|ᵉʳ?)(?![A-Za-zÀ-ÿ])"),
}
"""What stands behind an ordinal."""

BEFORE = re.compile(r"(?:\bthứ\s|[第제]\s?)$", re.I)
"""What stands before an ordinal."""

NEGATIVE = re.compile(
    r"\u2212$|(?:(?:^|[\s(])(?:âm|minus|(?<!au\s)(?<!du\s)(?<!de\s)moins)\s|零下|[负負]|マイナス|氷点下|영하\s?|마이너스\s?)$",
    re.I,
)
"""What stands before a negative number, besides an ASCII hyphen."""

RANGE = re.compile(
    r"\s?(?:[-\u2010-\u2015\u2212~〜]|đến|tới|to|through|à|至|到|から|에서|부터)\s?", re.I
)
"""What stands between the ends of a range."""

PM = re.compile(
    "p|chiều|tối|下午|晚上|傍晚|午後|夕方|오후|저녁|in the afternoon|in the evening"
    "|de l.après-midi|du soir",
    re.I,
)
NIGHT = re.compile("đêm|夜|밤|at night", re.I)
"""Nine at night is 21:00, one at night 1:00."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Quantity:
    """One number expression in a text."""

    start: int
    """Index in the text of the first character that was read."""
    end: int
    """Index behind the last one: ``12 tỷ``, ``15%``, ``tháng 9 năm 2025``, but no unit."""
    values: tuple[Decimal, ...]
    """One value; year, month, day of a date; hour, minute of a time; both parts of a fraction."""
    kind: str
    """
    ``number``, ``percent``, ``ordinal`` (2nd), ``roman`` (XIX), ``fraction`` (1/2), ``date``,
    ``time``, ``phone``, ``code`` (QL18, 31/2021/NĐ-CP, 1.2.3, addresses: compared literally) or
    ``version`` (a Vietnamese 2.0, which is a decimal written as English does, or no decimal).
    """
    parts: str = ""
    """Of a date, which of ``ymd`` are there."""
    scale: int = 1
    """What the digits were multiplied with, when one word or sign did it."""


class Reading:
    """A text while it is read; what was read is struck out."""

    def __init__(self, text: str, language: str) -> None:
        self.words = words_of(language)
        self.text = half_width(text)
        self.rest = self.text
        self.found: list[Quantity] = []

    def read(self) -> list[Quantity]:
        """Read everything, the surest first."""
        self.take(OPAQUE, lambda match: [])
        self.take(LITERAL, self.literal)
        for pattern in date_patterns(self.words.code):
            self.take(pattern, self.date)
        self.take(PHONE, self.phone)
        for pattern in time_patterns(self.words.code):
            self.take(pattern, self.time)
        if self.words.code in MYRIADS:
            digits, han = east_asian_patterns(self.words.code)
            self.take(digits, self.east_asian)
            self.take(han, self.han)
            self.take(CENTURY, self.century)
        self.take(ATTACHED, self.literal)
        self.take(FRACTION, self.fraction)
        self.take(VULGAR, self.vulgar)
        self.take(ROMANS, self.roman)
        for pattern in self.namesakes():
            self.take(pattern, self.roman)
        self.numbers()
        self.found.sort(key=lambda quantity: quantity.start)
        return spread(self.found, self.text)

    def take(
        self, pattern: re.Pattern[str], make: Callable[[re.Match[str]], list[Quantity] | None]
    ) -> None:
        """Read what a pattern finds and strike it out; what is made None is left alone."""
        pieces, last = [], 0
        for match in pattern.finditer(self.rest):
            made = make(match)
            if made is not None:
                self.found += made
                pieces += [self.rest[last : match.start()], STRUCK * len(match[0])]
                last = match.end()
        if last:
            self.rest = "".join(pieces) + self.rest[last:]

    def literal(self, match: re.Match[str]) -> list[Quantity]:
        """Take the digits as they stand."""
        digits = re.findall("[0-9]+", match[0])
        values = tuple(Decimal(group) for group in digits if len(group) <= LONGEST)
        return [Quantity(match.start(), match.end(), values, "code")] if digits else []

    def phone(self, match: re.Match[str]) -> list[Quantity] | None:
        """Take a telephone number."""
        digits = re.sub("[^0-9]", "", match[0])
        if len(digits) < 9 and digits[0] == "0":
            return None
        return [Quantity(match.start(), match.end(), (Decimal(digits),), "phone")]

    def date(self, match: re.Match[str]) -> list[Quantity]:
        """Take a date, or the part of one."""
        groups = match.groupdict()
        start, end = match.span("q" if groups.get("q") else 0)
        parts = "".join(part for part in "ymd" if groups.get(part))
        values = tuple(Decimal(self.part(groups[part])) for part in parts)
        return [Quantity(start, end, values, "date", parts)]

    def part(self, text: str) -> int:
        """Return the number of a year, month or day."""
        if text.isascii() and text.isdigit():
            return int(text)
        low = re.sub(r"\s+", " ", text.lower()).rstrip(".")
        for names in (self.words.months, self.words.short_months, HAN_MONTHS):
            for name, number in names.items():
                if name.lower() == low:
                    return number
        if self.words.code == "vi":
            found = (n for name, n in LUNAR.items() if re.fullmatch(name, text, re.I))
            return next(found, 5)
        return han_digits(text.lstrip("初"))

    def time(self, match: re.Match[str]) -> list[Quantity]:
        """Take a time of day, in 24 hours."""
        groups = match.groupdict()
        hour, minute = int(groups["h"]), groups.get("n") or "0"
        minute = "30" if minute in ("半", "반", "rưỡi") else minute
        half = groups.get("half") or ""
        if PM.match(half) or (half.lower() in ("trưa", "中午") and hour < 10):
            hour += 12 if hour < 12 else 0
        elif NIGHT.match(half) and 6 <= hour < 12:
            hour += 12
        elif half and half in "aA上午午前凌晨오전" and hour == 12:
            hour = 0
        values = (Decimal(hour), Decimal(minute))
        return [Quantity(match.start(), match.end(), values, "time")]

    def east_asian(self, match: re.Match[str]) -> list[Quantity] | None:
        """Take digits with signs of powers; ``百分之15`` too."""
        text, end = match["v"], match.end()
        if any(len(run) > LONGEST for run in re.findall("[0-9.,]+", text)):
            return None
        value = east_asian(text)
        if value is None and match["tail"]:
            end = match.start("tail")
            text = text[: -len(match["tail"])]
            value = east_asian(text)
        if value is None:
            return None
        start, value = self.signed(match.start(), value)
        kind, start, end = self.kind(start, end)
        signs = re.fullmatch(r"[0-9.,]+ ?([^0-9 ]+)", text)
        scale = int(east_asian("1" + signs[1]) or 1) if signs else 1
        return [Quantity(start, end, (value,), kind, scale=scale)]

    def han(self, match: re.Match[str]) -> list[Quantity] | None:
        """Take a number of Han numerals that has a sign of a power, or is a percentage."""
        text = match["v"]
        counted = (text[0] in HAN or text[0] == "十") and re.search("[百千万萬亿億兆]", text)
        value = east_asian(text) if counted or match["p"] else None
        if value is None:
            return None
        kind = "percent" if match["p"] else "number"
        return [Quantity(match.start(), match.end(), (value,), kind)]

    def century(self, match: re.Match[str]) -> list[Quantity]:
        """Take the number of a century, in Han numerals."""
        return [Quantity(*match.span(1), (Decimal(han_digits(match[1])),), "ordinal")]

    def fraction(self, match: re.Match[str]) -> list[Quantity]:
        """Take a fraction, or a day and month of which one cannot be sure."""
        return [Quantity(*match.span(), (Decimal(match[1]), Decimal(match[2])), "fraction")]

    def vulgar(self, match: re.Match[str]) -> list[Quantity]:
        """Take ½."""
        value = Fraction(unicodedata.numeric(match[0])).limit_denominator(10)
        values = (Decimal(value.numerator), Decimal(value.denominator))
        return [Quantity(*match.span(), values, "fraction")]

    def roman(self, match: re.Match[str]) -> list[Quantity] | None:
        """Take a Roman numeral."""
        name = match.lastgroup or ""
        sign = match[name]
        value = int(unicodedata.numeric(sign)) if name == "u" else roman(sign)
        if value is None:
            return None
        return [Quantity(match.start(name), match.end(), (Decimal(value),), "roman")]

    def namesakes(self) -> list[re.Pattern[str]]:
        """Return patterns of names that come with I, as Bắc Luân I beside Bắc Luân II."""
        starts = [each.start for each in self.found if each.kind == "roman"]
        words = (re.search(r"(\w+)\s$", self.rest[max(0, start - 30) : start]) for start in starts)
        names = {re.escape(word[1]) for word in words if word}
        behind = rf"\s(?P<n>[IVX])(?![{LATIN}0-9])"
        return [re.compile(rf"\b{names.pop()}{behind}")] if len(names) == 1 else []

    def numbers(self) -> None:
        """Take all other digits, with the words that multiply them."""
        pattern, position = run_pattern(self.words.group), 0
        while match := pattern.search(self.rest, position):
            quantity = self.number(match)
            self.found.append(quantity)
            position = quantity.end

    def number(self, match: re.Match[str]) -> Quantity:
        """Read one number with all that belongs to it."""
        read = self.words.value(match[0])
        if read is None:
            return self.literal(match)[0]
        value, proper = read
        scale, end = self.scale(match)
        value = EXACT.multiply(value, Decimal(scale))
        least = scale
        while least > 1:
            # 1 tỷ 500 triệu
            behind = re.compile(rf"\s(?:and\s)?({RUN})").match(self.rest, end)
            more = behind and run_pattern(self.words.group).match(self.rest, behind.start(1))
            read = self.words.value(more[0]) if more else None
            if more is None or read is None:
                break
            smaller, stop = self.scale(more)
            added = EXACT.multiply(read[0], Decimal(smaller))
            if not 1 < smaller < least or added >= least:
                break
            value, end, least, scale = EXACT.add(value, added), stop, smaller, 1
        half = re.compile(r"\s+rưỡi", re.I).match(self.rest, end) if scale > 1 else None
        if half and self.words.code == "vi":
            value, end, scale = EXACT.add(value, Decimal(scale // 2)), half.end(), 1
        start, value = self.signed(match.start(), value)
        kind, start, end = self.kind(start, end)
        if kind == "number" and least == 1 and not proper:
            kind = "version"
        return Quantity(start, end, (value,), kind, scale=scale)

    def scale(self, match: re.Match[str]) -> tuple[int, int]:
        """Return what the words behind a number multiply it with, and where they end."""
        scale, end = 1, match.end()
        for _ in range(3):
            hits = ((pattern.match(self.rest, end), value) for pattern, value in self.words.scales)
            hit, value = next((found for found in hits if found[0]), (None, 1))
            if hit is None:
                break
            scale, end = scale * value, hit.end()
        money = self.rest[max(0, match.start() - 3) : match.start()].strip()
        if scale == 1 and (money[-1:] in tuple("$£€¥₫") or money in CURRENCIES):
            short = re.compile("[mk](?![A-Za-z0-9])", re.I).match(self.rest, end)
            if short:
                return (10**6 if short[0] in "mM" else 10**3), short.end()
        return scale, end

    def kind(self, start: int, end: int) -> tuple[str, int, int]:
        """Return the kind of a number by what stands around it, and where it is then."""
        percent = PERCENT.match(self.rest, end)
        if percent:
            return "percent", start, percent.end()
        if self.rest.endswith("百分之", 0, start):
            return "percent", start - 3, end
        suffix = ORDINAL.get(self.words.code)
        ordinal = suffix.match(self.rest, end) if suffix else None
        if ordinal:
            return "ordinal", start, ordinal.end()
        before = BEFORE.search(self.rest[max(0, start - 6) : start])
        return ("ordinal" if before else "number"), start, end

    def signed(self, start: int, value: Decimal) -> tuple[int, Decimal]:
        """Return where a number starts with its sign, and its value with it."""
        before = self.rest[max(0, start - 12) : start]
        sign = NEGATIVE.search(before)
        if sign and not re.search(r"[0-9%\0]\s?\u2212$", before):
            return start - len(sign[0].lstrip(" (\n\t")), -value
        if re.search(r"(?:^|[\s(至到はも、，：])-$", before) and not re.search(
            r"[0-9%\0]\s*-$", before
        ):
            return start - 1, -value
        return start, value


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def spread(found: list[Quantity], text: str) -> list[Quantity]:
    """Give the lower end of a range what stands behind the upper one alone: 2–2,5 triệu."""
    for index, (low, high) in enumerate(pairwise(found)):
        if low.kind not in ("number", "version") or high.kind not in ("number", "percent"):
            continue
        if low.scale > 1 or (high.scale == 1 and high.kind == "number"):
            continue
        smaller = EXACT.multiply(low.values[0], Decimal(high.scale)) < high.values[0]
        if smaller and RANGE.fullmatch(text, low.end, high.start):
            value = EXACT.multiply(low.values[0], Decimal(high.scale))
            found[index] = replace(low, values=(value,), kind=high.kind, scale=high.scale)
    return found


def quantities(text: str, language: str) -> list[Quantity]:
    """
    Return the numbers of a text, as a language writes them, in their order.

    >>> [str(quantity.values[0]) for quantity in quantities('12 tỷ đồng và 9,75 ha', 'vi')]
    ['12000000000', '9.75']
    """
    return Reading(text, language).read()
