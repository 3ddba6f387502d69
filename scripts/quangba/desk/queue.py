"""Queue: what is left to review, page by page and language by language, in words and minutes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from quangba.catalogs.message import State
from quangba.desk.counts import Counts
from quangba.desk.entries import TO_EDITOR
from quangba.desk.live import Entry, LiveSite, Stamp
from quangba.desk.sentences import Voice
from quangba.errors import Problem, QuangbaError, Severity
from quangba.review.effort import minutes, words
from quangba.settings import Language

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FILTERS = ("lang", "page", "unit", "state", "severity")
"""What the queue can be narrowed by; an empty value is no filter."""

STATES = ("missing", "draft", "stale", "translated", "reviewed")

SEVERITIES = {"error": "errors", "warning": "warnings", "note": "hints"}
"""Severities and the counts of a row that hold them."""

COUNTS = {
    "missing": "missing",
    "draft": "drafts",
    "stale": "stale",
    "translated": "translated",
    "reviewed": "reviewed",
}
"""States and the counts of a row that hold them."""

NOTHING = dict.fromkeys((*COUNTS.values(), "total", "comments", *SEVERITIES.values()), 0)
"""The counts of a row that holds nothing."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Left:
    """What is left of some texts."""

    left: int = 0
    """Texts that are open."""
    words: int = 0
    """Words of their sources."""
    kinds: Counter[str] = field(default_factory=Counter)
    """The same words by what their texts are (:data:`quangba.review.effort.PACES`)."""

    def __post_init__(self) -> None:
        # Kept counts come back as what JSON has.
        self.kinds = Counter(self.kinds)

    @property
    def minutes(self) -> int:
        """Time that a reviewer needs, rounded up."""
        return minutes(self.kinds)

    def take(self, entry: Entry) -> None:
        """Add a text."""
        if entry.open:
            count = words(entry.message.msgid)
            self.left += 1
            self.words += count
            self.kinds[kind(entry)] += count

    def add(self, other: Left) -> None:
        """Add what is left elsewhere."""
        self.left += other.left
        self.words += other.words
        self.kinds += other.kinds

    def data(self) -> dict[str, int]:
        """Return it as the pages of the desk name it."""
        return {"left": self.left, "words": self.words, "minutes": self.minutes}


@dataclass
class Row:
    """A page in a language."""

    language: Language
    name: str
    left: Left = field(default_factory=Left)
    counts: dict[str, int] = field(default_factory=NOTHING.copy)
    """Texts by state, findings by severity, comments to the editor."""
    ready: int = 0
    """Open texts that a person accepted, which only lack the stamp."""
    problem: Problem | None = None
    """Why its catalog cannot be used."""

    @property
    def can_approve(self) -> bool:
        """Tell whether the page can be approved as a whole."""
        return 0 < self.left.left == self.ready


@dataclass
class Queue:
    """All pages in all languages."""

    site: LiveSite
    _rows: dict[tuple[str, str], tuple[tuple[int, Stamp], Row]] = field(default_factory=dict)

    def rows(self) -> list[Row]:
        """Return every row, those with open texts first."""
        languages = [*self.site.settings.targets, self.site.settings.source]
        rows = [self.row(lang, name) for lang in languages for name in self.site.names(lang)]
        return sorted(rows, key=lambda row: not (row.left.left or row.problem))

    @cached_property
    def counts(self) -> Counts:
        """What was counted in earlier runs."""
        return Counts(self.site)

    def prepare(self, progress: Callable[[int, int], None]) -> None:
        """Count everything once, which takes a while where much was never checked."""
        places = [
            (lang, name) for lang in self.site.settings.languages for name in self.site.names(lang)
        ]
        for done, (language, name) in enumerate(places):
            progress(done, len(places))
            self.row(language, name)
        progress(len(places), len(places))
        self.counts.save()

    def row(self, language: Language, name: str) -> Row:
        """Return the counts of a page, from memory while nothing changed."""
        stamp = (self.site.generation, self.site.stamp(language, name))
        known = self._rows.get((language.code, name))
        if known is None or known[0] != stamp:
            try:
                row = self.recount(language, name)
            except QuangbaError as error:
                row = Row(language, name, problem=error.problem)
            known = self._rows[language.code, name] = (stamp, row)
        return known[1]

    def recount(self, language: Language, name: str) -> Row:
        """Return the counts of a page as its catalog is now; raises ``QuangbaError``."""
        key = self.counts.key(language, name)
        known = self.counts.get(key)
        with suppress(TypeError, KeyError):
            left = Left(**known["left"])
            return Row(language, name, left, {**NOTHING, **known["counts"]}, known["ready"])
        row = self.count(language, name)
        counted = {"left": vars(row.left), "counts": row.counts, "ready": row.ready}
        self.counts.put(key, counted)
        return row

    def count(self, language: Language, name: str) -> Row:
        """Count the texts of a page."""
        row = Row(language, name)
        for entry in self.site.entries(language, name):
            row.left.take(entry)
            row.ready += entry.open and entry.ready
            count(entry, row.counts)
        return row

    def view(self, row: Row, root: str, voice: Voice) -> dict[str, Any]:
        """Return a row as the page of the queue shows it."""
        unit = self.site.unit(row.name)
        return {
            "language": row.language.code,
            "language_name": row.language.name,
            "html_lang": row.language.html_lang,
            "page": row.name,
            "title": self.site.title(row.name, voice),
            "unit": unit,
            "unit_name": self.site.unit_name(unit),
            "url": f"{root}{row.language.code}/{self.site.address(row.name)}",
            "problem": voice.problem(row.problem) if row.problem else None,
            **row.left.data(),
            **row.counts,
        }

    def total(self, rows: Iterable[Row]) -> dict[str, int]:
        """Return what is left in some rows."""
        total = Left()
        for row in rows:
            total.add(row.left)
        return total.data()

    def languages(self, rows: Iterable[Row]) -> list[dict[str, Any]]:
        """Return what is left in each language."""
        left = {each.code: Left() for each in self.site.settings.languages}
        for row in rows:
            left[row.language.code].add(row.left)
        return [
            {
                "code": each.code,
                "name": each.name,
                "html_lang": each.html_lang,
                **left[each.code].data(),
            }
            for each in [*self.site.settings.targets, self.site.settings.source]
        ]

    def options(self, voice: Voice) -> dict[str, Any]:
        """Return what can be chosen in each filter."""
        pages = dict.fromkeys(
            name for lang in self.site.settings.languages for name in self.site.names(lang)
        )
        units = dict.fromkeys(filter(None, map(self.site.unit, pages)))
        return {
            "lang": [each.code for each in self.site.settings.languages],
            "page": [
                {"value": name, "name": self.site.title(name, voice)} for name in sorted(pages)
            ],
            "unit": [{"value": unit, "name": self.site.unit_name(unit)} for unit in units],
            "state": list(STATES),
            "severity": list(SEVERITIES),
        }

    def chosen(self, rows: Iterable[Row], filters: Mapping[str, str]) -> list[Row]:
        """Return the rows that pass every filter."""
        return [row for row in rows if self.passes(row, filters)]

    def passes(self, row: Row, filters: Mapping[str, str]) -> bool:
        """Tell whether a row passes every filter; a row that cannot be counted passes by place."""
        wanted = [
            COUNTS.get(filters["state"], ""),
            SEVERITIES.get(filters["severity"], ""),
        ]
        return (
            filters["lang"] in ("", row.language.code)
            and filters["page"] in ("", row.name)
            and filters["unit"] in ("", self.site.unit(row.name))
            and all(row.problem or row.counts[name] for name in wanted if name)
        )


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def kind(entry: Entry) -> str:
    """Return what an open text is to a reviewer; one that would not be shown is to be mended."""
    if entry.state is State.MISSING:
        return "missing"
    if entry.state is State.DRAFT or entry.message.stale or entry.unsound:
        return "draft"
    return "translated"


def count(entry: Entry, counts: dict[str, int]) -> None:
    """Count a text: its state, and what was found in it."""
    counts["total"] += 1
    counts[COUNTS[entry.state.name.lower()]] += 1
    counts["stale"] += entry.message.stale
    counts["comments"] += sum(text.startswith(TO_EDITOR) for text in entry.message.comments)
    for finding in entry.verdict().findings:
        if not finding.waiver:
            counts[SEVERITIES[finding.severity.name.lower()]] += 1
    # A text that would not be shown is as wrong as an error.
    counts[SEVERITIES[Severity.ERROR.name.lower()]] += bool(entry.unsound)


def filters_of(given: Mapping[str, str]) -> dict[str, str]:
    """Return the filters of a request; what was not given is no filter."""
    return {name: given.get(name, "") for name in FILTERS}
