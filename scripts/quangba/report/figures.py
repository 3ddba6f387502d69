"""Figures of a year: its tables, from what a history tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from quangba.catalogs.message import Message, State
from quangba.report.events import Event, Kind, Maker, StaleRun, Standing
from quangba.report.history import History
from quangba.report.phrases import Phrases
from quangba.report.repository import Moment
from quangba.report.tables import Cell, Names, Table, day_or_text, median
from quangba.review.effort import words

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

COUNTED = (Kind.PUBLISHED, Kind.RETURNED, Kind.CHANGED, Kind.WITHDRAWN, Kind.REMOVED)

OUT = (Kind.WITHDRAWN, Kind.REMOVED)
IN = (Kind.PUBLISHED, Kind.RETURNED)

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Period:
    """A year, up to the commit that a report is made for."""

    year: int
    moments: list[Moment]
    """All commits up to its end, oldest first; never empty."""

    @property
    def start(self) -> date:
        """Its first day."""
        return date(self.year, 1, 1)

    @property
    def last(self) -> Moment:
        """The commit that it ends with."""
        return self.moments[-1]

    @property
    def commits(self) -> int:
        """How many commits lie in it."""
        return sum(moment.when.date() >= self.start for moment in self.moments)

    def holds(self, day: date | None) -> bool:
        """Tell whether a day lies in the year."""
        return day is not None and day.year == self.year


@dataclass
class Figures:
    """The tables of one year."""

    history: History
    period: Period
    end: date
    """The last day that the report covers."""
    say: Phrases
    names: Names

    def __post_init__(self) -> None:
        self.told = self.history.told
        self.languages = self.history.settings.languages
        self.titles = {lang.code: self.say.language_name(lang) for lang in self.languages}
        self.events = [event for event in self.told.events if self.period.holds(event.day)]

    # Publication

    def standing(self, page: str, language: str) -> Standing:
        """Return how a page stands in a language at the end."""
        return self.history.standing.get((page, language), Standing())

    def unit(self, code: str) -> str:
        """Return the name of a unit."""
        known = self.history.units.get(code, {})
        return str(known.get("name") or code) if code else self.say("no unit")

    def by_language(self) -> Table:
        """Count editions by language, from the start of the period to its end."""
        rows: list[tuple[Cell, ...]] = []
        for code, title in self.titles.items():
            happened = Counter(event.kind for event in self.events if event.language == code)
            stands = [s for (_, language), s in self.history.standing.items() if language == code]
            end = sum(standing.in_force for standing in stands)
            came = sum(happened[kind] for kind in IN) - sum(happened[kind] for kind in OUT)
            counts = [happened[kind] for kind in COUNTED]
            held = sum(standing.in_force and not standing.visible for standing in stands)
            rows.append((title, end - came, *counts, end, held))
        columns = ("language", "at start", *map(str, COUNTED), "at end", "held")
        return Table("by language", columns, summed(rows, self.total_word), total=True)

    @property
    def total_word(self) -> str:
        """The word before a sum."""
        return self.say("total")

    def by_unit(self) -> Table:
        """Count editions by owner."""
        found: dict[str, Counter[str]] = {}
        for event in self.events:
            found.setdefault(event.unit, Counter())[event.kind] += 1
        source = self.languages[0].code
        for (page, language), standing in self.history.standing.items():
            if standing.in_force and page in self.history.pages:
                counts = found.setdefault(self.history.pages[page].unit, Counter())
                counts["editions"] += 1
                counts["pages"] += language == source
        order = sorted(found.items(), key=lambda item: (-item[1]["pages"], self.unit(item[0])))
        rows: list[tuple[Cell, ...]] = [
            (self.unit(code), c["pages"], c["editions"], *(c[kind] for kind in COUNTED))
            for code, c in order
        ]
        columns = ("unit", "pages at end", "editions at end", *map(str, COUNTED))
        total = summed(rows, self.total_word) if rows else []
        return Table("by unit", columns, total, "no events", total=True)

    def day_by_day(self) -> Table:
        """List what happened, languages together."""
        joined: dict[Event, list[str]] = {}
        for event in self.events:
            same = Event(**{**vars(event), "language": ""})
            joined.setdefault(same, []).append(self.titles[event.language])
        rows = [
            (
                event.day,
                self.say(event.kind),
                event.title,
                f"{event.before} → {event.page}" if event.before else event.page,
                self.unit(event.unit),
                self.joined(titles),
                event.commit,
            )
            for event, titles in joined.items()
        ]
        columns = ("day", "what", "page", "path", "unit", "languages", "commit")
        return Table("events", columns, list(rows), "no events")

    def joined(self, titles: list[str]) -> str:
        """Name languages, or say that it is all of them."""
        if len(titles) == len(self.titles) > 2:
            return self.say("all languages", n=len(titles))
        return ", ".join(titles)

    # The end of the period

    def pages(self) -> Table:
        """Show every page in every language at the end of the period."""
        rows: list[tuple[Cell, ...]] = []
        for name, known in sorted(self.history.pages.items()):
            cells = [self.end_cell(name, code) for code in self.titles]
            rows.append((known.title, name, self.unit(known.unit), *cells))
        columns = ("page", "path", "unit", *self.titles)
        return Table("end pages", columns, rows, "no pages", headings=self.titles)

    def end_cell(self, name: str, language: str) -> str:
        """Say how a page stands in a language."""
        standing = self.standing(name, language)
        if standing.visible:
            catalog = self.history.catalogs.get((language, name))
            if self.unfinished(name, language):
                return self.say("cell machine")
            behind = sum(message.stale for message in catalog.active) if catalog else 0
            return self.say("cell behind", n=behind) if behind else self.say("cell visible")
        if standing.withdrawn:
            return self.say("cell withdrawn")
        if standing.in_force:
            return self.say("cell held", day=standing.since)
        return self.say("cell never")

    def unfinished(self, name: str, language: str) -> bool:
        """Tell whether readers see machine drafts, or the source where nothing is translated."""
        meta = self.history.pages[name].decision.page.meta
        if language == self.languages[0].code:
            return False
        if self.history.settings.policy(name, meta) != "machine":
            return False
        catalog = self.history.catalogs.get((language, name))
        return not catalog or any(m.state < State.TRANSLATED for m in catalog.active)

    def amount(self) -> Table:
        """Count texts at the end of the period by state."""
        rows: list[tuple[Cell, ...]] = []
        for code, title in list(self.titles.items())[1:]:
            messages = list(self.messages(code))
            states = Counter(m.state for m in messages if not m.stale)
            rows.append(
                (
                    title,
                    len(messages),
                    states[State.REVIEWED],
                    states[State.TRANSLATED],
                    states[State.DRAFT],
                    states[State.MISSING],
                    sum(message.stale for message in messages),
                    sum(words(m.msgid) for m in messages if m.state is State.REVIEWED),
                    sum(words(m.msgid) for m in messages),
                )
            )
        columns = (
            *("language", "texts", "reviewed", "translated", "draft", "missing", "behind"),
            *("words reviewed", "words total"),
        )
        return Table("amount", columns, rows, "no pages")

    def messages(self, language: str) -> Iterable[Message]:
        """Yield the texts of all pages in a language at the end of the period."""
        for (code, name), catalog in self.history.catalogs.items():
            if code == language and name in self.history.pages:
                yield from catalog.active

    # Work

    def work(self) -> Table:
        """Count translated words, every text once for each language and maker."""
        rows: list[tuple[Cell, ...]] = []
        for code, title in list(self.titles.items())[1:]:
            once = {
                (work.maker, work.text): work.words
                for work in self.told.work
                if work.language == code and self.period.holds(work.day)
            }
            texts = Counter(maker for maker, _ in once)
            counts = Counter[Maker]()
            for (maker, _), number in once.items():
                counts[maker] += number
            rows.append(
                (
                    title,
                    texts[Maker.MACHINE],
                    counts[Maker.MACHINE],
                    counts[Maker.ACCEPTED],
                    texts[Maker.PEOPLE],
                    counts[Maker.PEOPLE],
                )
            )
        columns = (
            *("language", "machine texts", "machine words", "accepted words"),
            *("people texts", "people words"),
        )
        rows = summed(rows, self.total_word) if any(any(row[1:]) for row in rows) else []
        return Table("work", columns, rows, "no work", total=True)

    def reviewers(self) -> Table:
        """Count reviewed words by reviewer and language, every text once."""
        found: dict[tuple[str, str, str], dict[str, int]] = {}
        days: dict[tuple[str, str, str], list[str]] = {}
        for review in self.told.reviews:
            if self.period.holds(review.day):
                key = (review.who, review.role, review.language)
                found.setdefault(key, {})[review.text] = review.words
                days.setdefault(key, []).append(review.stamped)
        order = list(self.titles)
        rows = [
            (
                self.person("reviewer", who),
                self.role(role),
                self.titles[code],
                len(texts),
                sum(texts.values()),
                day_or_text(min(days[who, role, code])),
                day_or_text(max(days[who, role, code])),
            )
            for (who, role, code), texts in sorted(
                found.items(), key=lambda item: (item[0][0], order.index(item[0][2]), item[0][1])
            )
        ]
        columns = ("who", "role", "language", "texts", "words", "first", "last")
        return Table("reviewers", columns, list(rows), "no reviewers")

    def person(self, part: str, who: str) -> str:
        """Name a person, or give a number."""
        return self.names.shown(self.say, part, who)

    def role(self, role: str) -> str:
        """Say whether something counts as official."""
        return self.say(f"role {role}") if role in ("sample", "official") else role

    # Stale texts

    def open_runs(self) -> list[StaleRun]:
        """Return the runs that last at the end of the period."""
        return [run for run in self.told.stale if run.ended is None]

    def lag(self) -> Table:
        """Measure by language how long translations lagged behind."""
        rows: list[tuple[Cell, ...]] = []
        for code, title in list(self.titles.items())[1:]:
            renewed = [
                run.days(self.end)
                for run in self.told.stale
                if run.language == code
                and run.outcome == "renewed"
                and self.period.holds(run.ended)
            ]
            still = [run for run in self.open_runs() if run.language == code]
            rows.append(
                (
                    title,
                    len(renewed),
                    median(renewed),
                    max(renewed, default=None),
                    len(still),
                    sum(run.words for run in still),
                    min((run.since for run in still), default=None),
                )
            )
        columns = ("language", "renewed", "median", "longest", "still open", "words", "oldest")
        return Table("lag", columns, rows if any(r[1] or r[4] for r in rows) else [], "no lag")

    def still_behind(self) -> Table:
        """List where translations still lag behind."""
        found: dict[tuple[str, str, date], list[StaleRun]] = {}
        for run in self.open_runs():
            found.setdefault((run.page, run.language, run.since), []).append(run)
        order = list(self.titles)
        rows = [
            (
                self.title_of(page),
                page,
                self.titles[code],
                since,
                (self.end - since).days,
                len(runs),
                sum(run.words for run in runs),
            )
            for (page, code, since), runs in sorted(
                found.items(), key=lambda item: (item[0][2], item[0][0], order.index(item[0][1]))
            )
        ]
        columns = ("page", "path", "language", "since", "days", "texts", "words")
        return Table("open", columns, list(rows), "no open")

    def title_of(self, page: str) -> str:
        """Return the title of a page."""
        known = self.history.pages.get(page)
        return known.title if known else page

    # Decisions

    def approvals(self) -> Table:
        """List the approvals that were recorded."""
        rows = [
            (
                entry.day,
                entry.title,
                entry.page,
                self.unit(entry.unit),
                self.person("approver", entry.who),
                day_or_text(entry.dated),
                entry.document or self.say("no document"),
                self.role(entry.role),
            )
            for entry in self.told.approvals
            if self.period.holds(entry.day)
        ]
        columns = ("recorded", "page", "path", "unit", "approver", "dated", "document", "role")
        return Table("approvals", columns, list(rows), "no approvals")

    def withdrawals(self) -> Table:
        """List the withdrawals that were recorded."""
        rows = [
            (
                entry.day,
                entry.title,
                entry.page,
                self.unit(entry.unit),
                self.person("requester", entry.who),
                day_or_text(entry.dated),
                entry.reason or self.say("no reason"),
            )
            for entry in self.told.withdrawals
            if self.period.holds(entry.day)
        ]
        columns = ("recorded", "page", "path", "unit", "requester", "dated", "reason")
        return Table("withdrawals", columns, list(rows), "no withdrawals")


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def summed(rows: list[tuple[Cell, ...]], word: str) -> list[tuple[Cell, ...]]:
    """
    Put the sum of rows of figures under them.

    >>> summed([('en', 1, 2), ('ja', 3, 4)], 'Σ')[-1]
    ('Σ', 4, 6)
    """
    columns = list(zip(*rows, strict=True))[1:]
    total = tuple(sum(v for v in column if isinstance(v, int)) for column in columns)
    return [*rows, (word, *total)]
