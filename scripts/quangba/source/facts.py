"""
Facts: figures stored once, with source and date, and formatted by CLDR in every language.

``content/_data/facts.yml`` maps a name to value, kind, unit, precision, source and dates; the
Markdown says ``{fact:visitors_2025}``. No translator, person or machine, ever touches the number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
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

from quangba.errors import Problem, QuangbaError
from quangba.source.text import fingerprint

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

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

PRECISIONS = {
    "about": "about {number}",
    "more_than": "more than {number}",
    "nearly": "nearly {number}",
    "from": "from {number}",
}
"""Precision words; their translations live in ``ui.po``."""

SHORT_COMPACT = frozenset({"zh", "ja", "ko"})
"""Languages whose short compact form is the natural one: 万, 億, 만 (CLDR has no long form)."""

CURRENCY_WORDS = {
    ("vi", "VND"): "đồng",
    ("vi", "USD"): "USD",
    ("en", "VND"): "VND",
    ("ja", "VND"): "ベトナムドン",
    ("fr", "VND"): "dongs",
}
"""Names shorter than CLDR's “Vietnamese dong”, as the press of each language writes them."""

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
        '21,28 triệu'
        >>> Fact('v', '', 21280000, 'number', style='compact', digits=2).format('zh')
        '2128万'
        """
        locale = locale_of(language)
        ranged = isinstance(self.value, list)
        text = self.ranged(locale) if ranged else self.scalar(self.value, locale)
        if self.precision:
            text = interface(PRECISIONS[self.precision]).replace("{number}", text)
        return text

    def ranged(self, locale: Locale) -> str:
        """Format a range: the unit once, an en dash between the numbers."""
        low, high = (self.number(value, locale) for value in self.value)
        return self.scalar(self.value[1], locale).replace(high, f"{low}–{high}", 1)

    def number(self, value: float, locale: Locale) -> str:
        """Format a number without its unit."""
        digits = self.digits if self.digits is not None else 3
        if self.style == "compact":
            largest = LARGEST_WORD.get(locale.language)
            if largest and abs(value) >= 1000 * largest:
                number = format_decimal(round(value / largest, digits), locale=locale)
                pattern = format_compact_decimal(2 * largest, format_type="long", locale=locale)
                return pattern.replace("2", number)
            short = locale.language in SHORT_COMPACT
            return format_compact_decimal(
                value,
                format_type="short" if short else "long",
                locale=locale,
                fraction_digits=self.compact_digits(value, locale),
            )
        rounded = round(value, digits)
        return format_decimal(rounded, locale=locale, decimal_quantization=False)

    def compact_digits(self, value: float, locale: Locale) -> int:
        """Keep the precision that was given, whatever the power of ten of the language is."""
        digits = self.digits if self.digits is not None else 1
        if locale.language not in SHORT_COMPACT:
            return digits
        western = 10.0 ** (3 * int((len(str(int(abs(value)))) - 1) // 3))
        eastern = 10.0 ** (4 * int((len(str(int(abs(value)))) - 1) // 4))
        given = western / 10.0**digits
        needed = 0
        while eastern / 10.0**needed > given and needed < 6:
            needed += 1
        return needed

    def scalar(self, value: Any, locale: Locale) -> str:
        """Format one value with its unit."""
        if self.kind == "date":
            return format_day(str(value)[:7] if self.date_format == "month" else value, locale)
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
            if locale.language == "fr" and re.search(r"(million|milliard)s?$", number):
                name = ("de " if name[0] not in "aeiou" else "d’") + name
            pattern = get_currency_unit_pattern(self.unit, count=value, locale=locale)
            return pattern.replace("{0}", number).replace("{1}", name)
        if self.kind == "measure":
            assert self.unit is not None
            unit = UNITS[self.unit]
            text = format_unit(value, unit, "long" if self.unit in WRITTEN_OUT else "short", locale=locale)
            if unit in text:
                # Babel prints the CLDR name where a language only has the short form.
                text = format_unit(value, unit, "short", locale=locale)
            plain = format_decimal(value, locale=locale, decimal_quantization=False)
            return text.replace(plain, number)
        return number


@dataclass
class Facts:
    """The facts of a site."""

    file: str
    """Path as people know it."""
    entries: dict[str, Fact] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def check(self, names: list[str], file: str, lines: dict[str, int], today: date) -> list[Problem]:
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


def locale_of(language: str) -> Locale:
    """Return the CLDR locale of a language code; English when CLDR does not know it."""
    try:
        return Locale.parse(FORMATTING_LOCALES.get(language, language).replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


def read_facts(path: Path, file: str) -> Facts:
    """Read ``facts.yml``; a site without the file has no facts."""
    facts = Facts(file)
    if not path.is_file():
        return facts
    text = path.read_text(encoding="utf-8")
    try:
        data = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise QuangbaError(
            "data-yaml", file, mark.line + 1 if mark else 0, what=getattr(error, "problem", "YAML")
        ) from error
    if not isinstance(data, dict):
        raise QuangbaError("data-yaml", file, 1, what="not `name: value`")
    lines = {
        match[1]: text.count("\n", 0, match.start()) + 1
        for match in re.finditer(r"^([A-Za-z0-9_]+):", text, re.MULTILINE)
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
    if entry["kind"] not in KINDS:
        return f"kind: {entry['kind']}"
    if entry["kind"] == "measure" and entry.get("unit") not in UNITS:
        return f"unit: {entry.get('unit')}"
    if entry["kind"] == "currency" and not re.fullmatch("[A-Z]{3}", str(entry.get("unit"))):
        return f"unit: {entry.get('unit')}"
    if entry.get("precision") and entry["precision"] not in PRECISIONS:
        return f"precision: {entry['precision']}"
    if not isinstance(entry["source"], dict) or not entry["source"].get("title"):
        return "source.title"
    if entry.get("confidence", "high") not in ("high", "medium"):
        return f"confidence: {entry['confidence']}"
    values = entry["value"] if isinstance(entry["value"], list) else [entry["value"]]
    if entry["kind"] == "date":
        if not re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", str(values[0])):
            return f"value: {values[0]}"
    elif not all(isinstance(value, int | float) for value in values):
        return f"value: {entry['value']}"
    return None


def make_fact(name: str, entry: dict[str, Any], line: int) -> Fact:
    """Make a fact from a checked entry."""
    expires = entry.get("expires")
    if isinstance(expires, datetime):
        expires = expires.date()
    elif expires is not None and not isinstance(expires, date):
        expires = date.fromisoformat(str(expires))
    return Fact(
        name,
        str(entry["label"]),
        entry["value"] if isinstance(entry["value"], list | int | float) else str(entry["value"]),
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

    >>> format_day('2025-12', 'ja'), format_day('2025', 'fr')
    ('2025年12月', '2025')
    """
    locale = locale_of(language) if isinstance(language, str) else language
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        return format_date(date.fromisoformat(day), "long", locale=locale)
    if re.fullmatch(r"\d{4}-\d{2}", day):
        return format_skeleton("yMMMM", date.fromisoformat(day + "-01"), locale=locale)
    return day
