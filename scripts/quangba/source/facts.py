"""
Facts: figures stored once, with source and date, and formatted by CLDR in every language.

``content/_data/facts.yml`` maps a name to value, kind, unit, precision, source and dates; the
Markdown says ``{fact:visitors_2025}``. No translator, person or machine, ever touches the number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from math import isclose
from pathlib import Path
from typing import Any, Literal

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.numbers import (
    format_compact_decimal,
    format_decimal,
    format_percent,
    get_currency_name,
    get_currency_unit_pattern,
)
from babel.units import format_unit

from quangba.errors import Problem, QuangbaError, say
from quangba.source.data import DataError, load
from quangba.source.text import fingerprint

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

RANGE_MARKS = {"ja": "～", "ko": "~"}
"""What stands between the ends of a range (CLDR ``miscPatterns``); elsewhere an en dash."""

CJK_SPACE = re.compile(r"(?<=[0-9万億兆]) (?=[\u3040-\u30ff\u4e00-\u9fff])")
"""CLDR puts a space before Japanese unit words, the press does not: ``3 時間``."""

FRENCH_LARGE = re.compile(r"(million|milliard)s?$")

STYLES = ("plain", "compact")
DATE_FORMATS = ("day", "month")

NAME = re.compile(r"([A-Za-z0-9_]+):")
"""How a fact begins in ``facts.yml``."""

DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
WHOLE_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")

LARGEST = 1e18
"""Figures are smaller: CLDR has no words beyond."""

LONGEST_SHOWN = 60
"""Characters of a wrong value in a message."""

KINDS = ("number", "percent", "currency", "measure", "date", "year")

UNITS = {
    "km": "length-kilometer",
    "m": "length-meter",
    "km2": "area-square-kilometer",
    "m2": "area-square-meter",
    "ha": "area-hectare",
    "hour": "duration-hour",
    "minute": "duration-minute",
    "day": "duration-day",
    "year": "duration-year",
    "celsius": "temperature-celsius",
    "tonne": "mass-tonne",
}
"""Units of ``facts.yml`` and their CLDR names."""

WRITTEN_OUT = frozenset({"hour", "minute", "day", "year", "tonne", "ha"})
"""Units that read better as a word than as a symbol."""

UNIT_PATTERNS = {
    ("vi", "tonne"): "{0} tấn",
    ("vi", "ha"): "{0} ha",
    ("zh", "tonne"): "{0}吨",
    ("ko", "tonne"): "{0} 톤",
}
"""Units that CLDR names as only dictionaries do: “tấn hệ mét”."""

PRECISIONS = {
    "about": "about {number}",
    "more_than": "more than {number}",
    "nearly": "nearly {number}",
    "from": "from {number}",
}
"""Precision words; their translations live in ``ui.po``."""

CHOICES: dict[str, tuple[object, ...]] = {
    "kind": KINDS,
    "precision": (None, "", False, *PRECISIONS),
    "confidence": ("high", "medium"),
    "style": STYLES,
    "date_format": DATE_FORMATS,
    "digits": (None, 0, 1, 2, 3, 4, 5, 6),
}
"""Entries of ``facts.yml`` that have a few values, and these."""

SHORT_COMPACT = frozenset({"zh", "ja", "ko"})
"""Languages whose short compact form is the natural one: 万, 億, 만 (CLDR has no long form)."""

CURRENCY_WORDS = {
    ("vi", "VND"): "đồng",
    ("vi", "USD"): "USD",
    ("en", "VND"): "VND",
    ("ja", "VND"): "ベトナムドン",
    ("fr", "VND"): "dongs",
    ("fr", "USD"): "dollars américains",
}
"""Names shorter than CLDR's “Vietnamese dong”, as the press of each language writes them."""

MYRIADS = {
    "ja": ((10**12, "兆"), (10**8, "億"), (10**4, "万")),
    "ko": ((10**12, "조 "), (10**8, "억 "), (10**4, "만 ")),
}
"""Languages that read a large number power by power: 3億3080万, 3억 3080만 (not 3.308億)."""

DATE_PATTERNS = {"vi": "d 'tháng' M 'năm' y"}
"""Where documents write a date otherwise than CLDR's long form (“17 tháng 12, 1994”)."""

LARGEST_WORD = {"vi": 10**9, "fr": 10**9}
"""Where CLDR's next word is never said (nghìn tỷ) or misread abroad (French “billion” = 10¹²)."""

FORMATTING_LOCALES = {"en": "en_GB", "zh": "zh_Hans"}
"""Regional conventions of the site's languages: British dates in English."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Fact:
    """One figure with its source."""

    name: str
    label: str
    """What the figure says, in Vietnamese, for lists of sources."""
    value: Any
    """Number, [low, high] or ISO date."""
    kind: str
    unit: str | None = None
    style: str = "plain"
    digits: int | None = None
    precision: str | None = None
    date_format: str = "day"
    as_of: str = ""
    """ISO date, ``YYYY-MM`` or ``YYYY``."""
    expires: date | None = None
    """Last day on which the fact may be shown."""
    estimate: bool = False
    source: dict[str, str] = field(default_factory=dict)
    """``title``, ``publisher``, ``url``."""
    line: int = 0
    """Line in ``facts.yml``."""

    @property
    def fingerprint(self) -> str:
        """Hash of everything that readers see of the fact."""
        shown = (self.value, self.kind, self.unit, self.style, self.digits, self.precision)
        return fingerprint(self.name, repr(shown), self.date_format, self.as_of, length=16)

    def expired(self, today: date) -> bool:
        """Tell whether the fact may no longer be shown."""
        return self.expires is not None and self.expires < today

    def format(self, language: str, interface: Any = str) -> str:
        """
        Return the fact in a language (CLDR); ``interface`` translates :data:`PRECISIONS`.

        >>> Fact('v', '', 21280000, 'number', style='compact', digits=2).format('vi')
        '21,28\\xa0triệu'
        >>> Fact('v', '', 21280000, 'number', style='compact', digits=2).format('zh')
        '2128万'
        """
        locale = locale_of(language)
        ranged = isinstance(self.value, list)
        text = self.ranged(locale) if ranged else self.scalar(self.value, locale)
        # A number and the word behind it stay on one line.
        text = re.sub(r"(?<=\d) (?=\D)", "\u00a0", text)
        if self.precision:
            words = interface(PRECISIONS[self.precision])
            if words.count("{number}") != 1 or set(words) & set('<>&"'):
                # Themes print facts of the front matter as they are: no tag may come from ui.po.
                words = PRECISIONS[self.precision]
            text = words.replace("{number}", text)
        return text

    def ranged(self, locale: Locale) -> str:
        """Format a range: the unit once, an en dash between the numbers."""
        mark = RANGE_MARKS.get(locale.language, "–")
        if self.kind in ("date", "year"):
            return mark.join(self.scalar(value, locale) for value in self.value)
        low, high = (self.number(value, locale) for value in self.value)
        word = re.search(r"[^\d]*$", high)
        if word and low.endswith(word[0]):
            # “2–2.5 million”, not “2 million–2.5 million”.
            low = low.removesuffix(word[0])
        return self.scalar(self.value[1], locale).replace(high, f"{low}{mark}{high}", 1)

    def number(self, value: float, locale: Locale) -> str:
        """Format a number without its unit."""
        digits = self.digits if self.digits is not None else 3
        if self.style == "compact":
            largest = LARGEST_WORD.get(locale.language)
            if largest and abs(value) >= 1000 * largest:
                number = format_decimal(round(value / largest, digits), locale=locale)
                pattern = format_compact_decimal(2 * largest, format_type="long", locale=locale)
                return pattern.replace("2", number)
            if locale.language in MYRIADS and abs(value) >= 10**8:
                return by_myriads(value, MYRIADS[locale.language])
            short = locale.language in SHORT_COMPACT
            text = format_compact_decimal(
                value,
                format_type="short" if short else "long",
                locale=locale,
                fraction_digits=self.compact_digits(value, locale),
            )
            # French counts from two on as plural: 1,55 milliard, 2 milliards.
            one = locale.language == "fr" and text.startswith("1") and not text[1:2].isdigit()
            return FRENCH_LARGE.sub(r"\1", text) if one else text
        rounded = round(value, digits)
        return format_decimal(rounded, locale=locale, decimal_quantization=False)

    def compact_digits(self, value: float, locale: Locale) -> int:
        """Return how many decimals say the same number, whatever powers the language counts in."""
        if self.digits is not None:
            thousands = power_of(value, 3)
            value = round(value / thousands, self.digits) * thousands
        power = power_of(value, 4 if locale.language in SHORT_COMPACT else 3)
        exact = (n for n in range(6) if isclose(round(value / power, n) * power, value))
        return next(exact, 6)

    def scalar(self, value: Any, locale: Locale) -> str:
        """Format one value with its unit."""
        if self.kind == "date":
            day = str(value)
            return format_day(day[:7] if self.date_format == "month" else day, locale)
        if self.kind == "year":
            return str(value)
        if self.kind == "percent":
            digits = self.digits if self.digits is not None else 2
            pattern = locale.percent_formats[None].pattern.replace("#,##0", "#,##0." + "#" * digits)
            return format_percent(round(value / 100, digits + 2), format=pattern, locale=locale)
        number = self.number(value, locale)
        if self.kind == "currency":
            assert self.unit is not None
            name = CURRENCY_WORDS.get((locale.language, self.unit))
            name = name or get_currency_name(self.unit, count=value, locale=locale)
            if locale.language == "fr" and FRENCH_LARGE.search(number):
                name = f"de {name}"
            pattern = get_currency_unit_pattern(self.unit, count=value, locale=locale)
            return pattern.replace("{0}", number).replace("{1}", name)
        if self.kind == "measure":
            assert self.unit is not None
            pattern = UNIT_PATTERNS.get((locale.language, self.unit))
            if pattern:
                return pattern.replace("{0}", number)
            unit = UNITS[self.unit]
            length: Literal["long", "short"] = "long" if self.unit in WRITTEN_OUT else "short"
            text = format_unit(value, unit, length, locale=locale)
            if unit in text:
                # Babel prints the CLDR name where a language only has the short form.
                text = format_unit(value, unit, "short", locale=locale)
            plain = format_decimal(value, locale=locale, decimal_quantization=False)
            text = text.replace(plain, number)
            if locale.language == "fr":
                text = re.sub(r"(millions?|milliards?)\s(?=\w)", r"\1 de ", text)
            return CJK_SPACE.sub("", text)
        return number


@dataclass
class Facts:
    """The facts of a site."""

    file: str
    """Path as people know it."""
    entries: dict[str, Fact] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def check(
        self, names: list[str], file: str, lines: dict[str, int], today: date
    ) -> list[Problem]:
        """Report unknown and expired facts that a page uses."""
        found = []
        for name in names:
            fact = self.entries.get(name)
            line = lines.get(name, 0)
            if fact is None:
                found.append(Problem.at("fact-unknown", file, line, fact=name))
            elif fact.expired(today):
                found.append(
                    Problem.at("fact-expired", file, line, fact=name, day=str(fact.expires))
                )
        return found


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def by_myriads(value: float, words: tuple[tuple[int, str], ...]) -> str:
    """
    Write a large number power by power, down to the smallest word.

    >>> by_myriads(330_800_000, MYRIADS['ja']), by_myriads(17_070_000_000, MYRIADS['ko'])
    ('3億3080万', '170억 7000만')
    """
    text, rest = "", round(value)
    for power, word in words:
        count, rest = divmod(rest, power)
        text += f"{count}{word}" if count else ""
    return text.strip()


def power_of(value: float, digits: int) -> int:
    """
    Return the largest power of 10, in steps of some digits, that a number reaches.

    >>> power_of(21_280_000, 3), power_of(21_280_000, 4)
    (1000000, 10000)
    """
    return int(10 ** (digits * ((len(str(int(abs(value)))) - 1) // digits)))


def known_to_cldr(language: str) -> bool:
    """
    Tell whether CLDR says how a language writes numbers and dates.

    >>> known_to_cldr('lo'), known_to_cldr('ium')
    (True, False)
    """
    try:
        Locale.parse(FORMATTING_LOCALES.get(language, language).replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return False
    return True


def locale_of(language: str) -> Locale:
    """
    Return the CLDR locale of a language code.

    A language that CLDR does not know is one of Việt Nam's: who reads it reads Vietnamese figures.

    >>> str(locale_of('ko')), str(locale_of('ium'))
    ('ko', 'vi')
    """
    given = FORMATTING_LOCALES.get(language, language) if known_to_cldr(language) else "vi"
    return Locale.parse(given.replace("-", "_"))


def read_facts(path: Path, file: str) -> Facts:
    """Read ``facts.yml``; a site without the file has no facts."""
    facts = Facts(file)
    if not path.is_file():
        return facts
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = load(text) or {}
    except DataError as error:
        raise QuangbaError("data-yaml", file, error.line, what=error.what) from error
    except UnicodeDecodeError as error:
        raise QuangbaError("data-yaml", file, what="UTF-8") from error
    except OSError as error:
        raise QuangbaError("file-unreadable", file, what=error.strerror) from error
    if not isinstance(data, dict):
        raise QuangbaError(
            "data-yaml", file, 1, what=say("cần `tên: giá trị`", "not `name: value`")
        )
    lines = {
        match[1]: number
        for number, line in enumerate(text.split("\n"), 1)
        if (match := NAME.match(line))
    }
    for name, entry in data.items():
        line = lines.get(str(name), 0)
        what = wrong(entry)
        if what:
            facts.problems.append(Problem.at("fact-wrong", file, line, fact=name, what=what))
            continue
        facts.entries[str(name)] = make_fact(str(name), entry, line)
    return facts


def wrong(entry: Any) -> str | None:
    """Say what a fact lacks, or None."""
    if not isinstance(entry, dict):
        return "not a mapping"
    for name in ("label", "value", "kind", "as_of", "source"):
        if entry.get(name) in (None, ""):
            return name
    for name, allowed in CHOICES.items():
        if name in entry and entry[name] not in allowed:
            return shown(name, entry[name])
    unit = str(entry.get("unit"))
    if (entry["kind"] == "measure" and unit not in UNITS) or (
        entry["kind"] == "currency" and not re.fullmatch("[A-Z]{3}", unit)
    ):
        return shown("unit", unit)
    source = entry["source"]
    if not isinstance(source, dict) or not source.get("title"):
        return "source.title"
    if not is_day(entry["as_of"]):
        return shown("as_of", entry["as_of"])
    expires = entry.get("expires")
    if expires is not None and not is_whole_day(str(expires)[:10]):
        return shown("expires", expires)
    url = source.get("url")
    if url and not re.match("https?://", str(url)):
        return shown("source.url", url)
    return wrong_value(entry["kind"], entry["value"])


def shown(name: str, value: Any) -> str:
    """Name a value that is wrong; nobody reads all of a long one."""
    return f"{name}: {str(value)[:LONGEST_SHOWN]}"


def wrong_value(kind: str, value: Any) -> str | None:
    """Say what is wrong with the value of a fact, or None."""
    values = value if isinstance(value, list) else [value]
    if isinstance(value, list) and len(value) != 2:
        return shown("value", value)
    if kind == "date":
        sound = all(is_day(item) and len(str(item)) > 4 for item in values)
    else:
        sound = all(type(item) in (int, float) and abs(item) < LARGEST for item in values)
    if not sound or sorted(values, key=str if kind == "date" else float) != values:
        return shown("value", value)
    return None


def is_whole_day(text: str) -> bool:
    """Tell whether a text is an ISO date that exists."""
    return WHOLE_DAY.fullmatch(text) is not None and is_day(text)


def is_day(value: Any) -> bool:
    """
    Tell whether a value is an ISO date, which may lack day or month.

    >>> is_day('2025-12'), is_day(2025), is_day('2025-13')
    (True, True, False)
    """
    text = str(value)
    try:
        date.fromisoformat(text + "-01-01"[: 0 if len(text) > 7 else 3 if len(text) > 4 else 6])
    except ValueError:
        return False
    return DAY.fullmatch(text) is not None


def make_fact(name: str, entry: dict[str, Any], line: int) -> Fact:
    """Make a fact from a checked entry."""
    expires = entry.get("expires")
    expires = date.fromisoformat(str(expires)[:10]) if expires is not None else None
    return Fact(
        name,
        str(entry["label"]),
        entry["value"],
        entry["kind"],
        entry.get("unit"),
        entry.get("style", "plain"),
        entry.get("digits"),
        entry.get("precision"),
        entry.get("date_format", "day"),
        str(entry["as_of"]),
        expires,
        bool(entry.get("estimate")),
        {key: str(value) for key, value in entry["source"].items() if value},
        line,
    )


def format_day(day: str, language: str | Locale) -> str:
    """
    Format an ISO date that may lack day or month: ``2025-12-15``, ``2025-12`` or ``2025``.

    >>> format_day('2025-12', 'ja'), format_day('2025', 'fr'), format_day('2025', 'ja')
    ('2025年12月', '2025', '2025年')
    """
    locale = locale_of(language) if isinstance(language, str) else language
    if not is_day(day):
        return day
    if len(day) == 10:
        pattern = DATE_PATTERNS.get(locale.language, "long")
        text = format_date(date.fromisoformat(day), pattern, locale=locale)
        return re.sub(r"^1 ", "1er ", text) if locale.language == "fr" else text
    if len(day) == 7:
        return format_skeleton("yMMMM", date.fromisoformat(day + "-01"), locale=locale)
    return format_skeleton("y", date(int(day), 1, 1), locale=locale)
