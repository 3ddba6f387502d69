"""
Occurrences: on which days an event falls, this year and next.

An event's front matter has a rule (``when``: a day, or days, of each solar or lunar year), or a
list of dates, and ``editions``: days that somebody announced for one year. An edition takes the
place of what the rule says for its year. The choices made here:

- A lunar rule means the plain month, not the leap month of the same number that may follow it.
- The last day of a month stands for a day that it lacks: day 30 in a month of 29.
- A rule that ends in an earlier month than it starts in ends in the next year.
- A rule with ``end_month`` alone lasts to the end of that month.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date
from markupsafe import Markup, escape

from quangba.errors import Problem
from quangba.source import lunar
from quangba.source.facts import format_day, locale_of
from quangba.source.kinds import Path_, dotted, line_at, plain, wrong_value
from quangba.source.labels import LABELS
from quangba.source.pages import Page

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

AROUND = LABELS["event_note"]["around"]
"""What is said of an event with ``about: true``; its translations live in ``ui.po``."""

LEAP_YEAR = 2024
"""A year in which every day of a solar year exists."""

SAME_EVENT = 60
"""Days within which an edition is the rule's event of a year, moved; else its own year decides."""

INTERVALS = {
    "vi": {
        "d": ("d–", "d 'tháng' M 'năm' y"),
        "M": ("d 'tháng' M – ", "d 'tháng' M 'năm' y"),
        "y": ("d 'tháng' M 'năm' y – ", "d 'tháng' M 'năm' y"),
    }
}
"""Where documents write dates otherwise than CLDR: ``facts.DATE_PATTERNS`` for intervals."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Occurrence:
    """An event, once."""

    start: date
    end: date
    """Its last day."""
    exact: bool = True
    """Whether it is on these days, not around them."""
    sure: bool = True
    """Whether nobody has to confirm it first."""
    source: dict[str, Any] | None = None
    """Who announced these days; None for days that a rule gives."""
    key: str = ""
    """Its name among the occurrences of the event, which stays when the days change: ``2026``."""


@dataclass(frozen=True)
class Rule:
    """Days of each year."""

    lunar: bool
    month: int
    day: int
    end_month: int | None = None
    end_day: int | None = None

    @property
    def crosses(self) -> bool:
        """Tell whether the event ends in the year after the one in which it starts."""
        return self.end_month is not None and self.end_month < self.month

    def days(self, year: int) -> tuple[date, date]:
        """Return first and last day in a year of the calendar; raises ``ValueError``."""
        start = self.at(year, self.month, self.day)
        if self.end_month is None and self.end_day is None:
            return start, start
        month = self.end_month or self.month
        return start, self.at(year + self.crosses, month, self.end_day or 31)

    def at(self, year: int, month: int, day: int) -> date:
        """Return a day of a year, or the last one of its month."""
        if self.lunar:
            return lunar.to_solar(year, month, min(day, lunar.month_of(year, month).days))
        return date(year, month, min(day, monthrange(year, month)[1]))

    def year_of(self, day: date) -> int:
        """Return the year of the calendar that a day is in."""
        return lunar.to_lunar(day).year if self.lunar else day.year

    def year_of_edition(self, start: date) -> int:
        """Return the year of the rule whose event was announced for a day."""
        year = self.year_of(start)
        distance = {y: abs((self.days(y)[0] - start).days) for y in (year, year - 1, year + 1)}
        nearest = min(distance, key=lambda y: distance[y])
        return nearest if distance[nearest] <= SAME_EVENT else year


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def occurrences(meta: dict[str, Any], today: date) -> list[Occurrence]:
    """
    Return what an event's front matter says of this and next year, in order.

    One-off dates are returned whatever their year. What is wrong is left out;
    :func:`event_problems` says it.
    """
    found = list(editions(meta))
    if rule_of(meta) or not listed(meta):
        found += by_rule(meta, {item.key.partition("+")[0] for item in found}, today)
        first, last = date(today.year, 1, 1), date(today.year + 1, 12, 31)
        found = [item for item in found if item.end >= first and item.start <= last]
    return sorted(found, key=lambda item: (item.start, item.end, item.key))


def next_day(meta: dict[str, Any], today: date) -> date | None:
    """Return the first day of the event that is on or comes next; None when none is known."""
    coming = [item.start for item in occurrences(meta, today) if item.end >= today]
    return min(coming, default=None)


def by_rule(meta: dict[str, Any], announced: set[str], today: date) -> Iterator[Occurrence]:
    """Yield what the rule gives for the years around today, except those that were announced."""
    rule = rule_of(meta)
    if rule is None:
        return
    exact, sure = meta.get("about") is not True, meta.get("status") != "unconfirmed"
    for year in range(today.year - 1, today.year + 2):
        if str(year) in announced:
            continue
        try:
            start, end = rule.days(year)
        except ValueError:
            continue  # a year that the lunar calendar cannot reckon, or a day that never is
        if end >= start:
            yield Occurrence(start, end, exact, sure, None, str(year))


def editions(meta: dict[str, Any]) -> Iterator[Occurrence]:
    """Yield the days that were announced: ``editions``, or the dates of an event without a rule."""
    rule = rule_of(meta)
    seen: set[str] = set()
    for _, item in [*listed(meta), *entries(meta.get("editions"))]:
        start = iso(item.get("start"))
        end = iso(item.get("end", start))
        if start is None or end is None or end < start:
            continue
        key = start.isoformat()
        if rule:
            try:
                key = str(rule.year_of_edition(start))
            except ValueError:
                continue
        number = 2
        while key in seen:
            key = f"{key.partition('+')[0]}+{number}"
            number += 1
        seen.add(key)
        source = item.get("source")
        sure = rule is not None or meta.get("status") != "unconfirmed" or bool(source)
        yield Occurrence(start, end, True, sure, source if isinstance(source, dict) else None, key)


def rule_of(meta: dict[str, Any]) -> Rule | None:
    """Return the rule of an event, None when it has none that can be used."""
    when = meta.get("when")
    if not isinstance(when, dict) or when.get("calendar") not in ("lunar", "solar"):
        return None
    numbers = [when.get(name) for name in ("month", "day", "end_month", "end_day")]
    month, day, end_month, end_day = (n if type(n) is int and n > 0 else None for n in numbers)
    if month is None or day is None or max(month, end_month or 1) > 12:
        return None
    return Rule(when["calendar"] == "lunar", month, day, end_month, end_day)


def listed(meta: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    """Return the dates of an event that has no rule, each with its place in the list."""
    when = meta.get("when")
    return entries(when.get("dates")) if isinstance(when, dict) else []


def entries(value: Any) -> list[tuple[int, dict[str, Any]]]:
    """Return the mappings of a list, each with its place."""
    items = value if isinstance(value, list) else []
    return [(i, item) for i, item in enumerate(items) if isinstance(item, dict)]


def iso(value: Any) -> date | None:
    """Return an ISO date as front matter holds it."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


# What is wrong


def event_problems(page: Page) -> Iterator[Problem]:
    """Report what a schema cannot say of an event: days that never are, ends before starts."""
    if page.meta.get("type") != "event":
        return
    rule = rule_of(page.meta)
    if rule:
        yield from rule_problems(page, rule)
    announced: list[tuple[Path_, dict[str, Any]]] = [
        (("when", "dates", i), item) for i, item in listed(page.meta)
    ]
    for i, item in entries(page.meta.get("editions")):
        announced.append((("editions", i), item))
        if not item.get("source"):
            path: Path_ = ("editions", i)
            shown = dotted((*path, "source"))
            yield Problem.at(
                "kind-missing", page.file, line_at(page, path), field=shown, kind="event"
            )
    for path, item in announced:
        start, end = iso(item.get("start")), iso(item.get("end"))
        if start and end and end < start:
            yield ends_first(page, (*path, "end"), format_day(str(start), "vi"))


def rule_problems(page: Page, rule: Rule) -> Iterator[Problem]:
    """Report what is wrong with a rule."""
    for month, day, name in (
        (rule.month, rule.day, "day"),
        (rule.end_month or rule.month, rule.end_day, "end_day"),
    ):
        longest = 30 if rule.lunar else monthrange(LEAP_YEAR, month)[1]
        if day is not None and day > longest:
            yield wrong_value(page, ("when", name), day, f"1–{longest}")
            return
    same = rule.end_month in (None, rule.month)
    if same and rule.end_day is not None and rule.end_day < rule.day:
        yield ends_first(page, ("when", "end_day"), f"{rule.day}/{rule.month}")


def ends_first(page: Page, path: Path_, start: str) -> Problem:
    """Say that an event ends before it starts."""
    line = line_at(page, path)
    return Problem.at("event-ends-first", page.file, line, field=dotted(path), start=start)


# What readers see


def occurrence_views(
    meta: dict[str, Any], language: str, today: date, interface: Callable[[str], str] = str
) -> list[dict[str, Any]]:
    """
    Return the occurrences of an event as templates show them.

    ``start``, ``end``: ISO dates. ``text``: the days, as the language writes them. ``rule``: the
    lunar date in words, or nothing. ``past``: over when the site was built. ``exact``, ``sure``,
    ``source``: see :class:`Occurrence`.
    """
    lunar_words = rule_words(meta, language, interface)
    return [
        {
            "start": item.start.isoformat(),
            "end": item.end.isoformat(),
            "text": escape(day_words(item, language, interface)),
            "rule": lunar_words,
            "past": item.end < today,
            "exact": item.exact,
            "sure": item.sure,
            "source": item.source and {k: escape(v) for k, v in plain(item.source).items()},
        }
        for item in occurrences(meta, today)
    ]


def rule_words(
    meta: dict[str, Any], language: str, interface: Callable[[str], str] = str
) -> Markup:
    """Say the lunar date of an event in words; nothing for other events."""
    rule = rule_of(meta)
    if rule is None or not rule.lunar:
        return Markup("")
    days = rule.month, rule.day, rule.end_month, rule.end_day
    return escape(lunar.in_words(*days, language, interface))


def day_words(item: Occurrence, language: str, interface: Callable[[str], str] = str) -> str:
    """Return the days of an occurrence, “around” included."""
    text = interval(item.start, item.end, language)
    if item.exact:
        return text
    words = interface(AROUND)
    return (words if words.count("{date}") == 1 else AROUND).replace("{date}", text)


def interval(start: date, end: date, language: str) -> str:
    """
    Format the days from one to another by CLDR, with the month written out.

    >>> interval(date(2026, 6, 25), date(2026, 6, 28), 'en')
    '25–28 June 2026'
    >>> interval(date(2026, 2, 26), date(2026, 5, 16), 'ja')
    '2026年2月26日～5月16日'
    """
    if start == end:
        return format_day(start.isoformat(), language)
    locale = locale_of(language)
    differ = "y" if start.year != end.year else "M" if start.month != end.month else "d"
    patterns = INTERVALS.get(locale.language) or locale.interval_formats.get("yMMMd", {})
    parts = patterns.get(differ)
    if not parts:
        return f"{format_day(str(start), language)} – {format_day(str(end), language)}"
    texts = []
    for day, part in zip((start, end), parts, strict=False):
        pattern = re.sub(r"(?<!M)MMM(?!M)", "MMMM", part).replace("\u2009", " ")
        text = format_date(day, pattern, locale=locale)
        texts.append(re.sub(r"^1(?=\D)", "1er", text) if locale.language == "fr" else text)
    return "".join(texts)
