"""
Translate: fill the catalogs of a site with machine drafts; this is ``quangba translate``.

Only texts that nobody has touched are drafted: missing ones, and drafts that nobody accepted and
whose source changed since. A catalog is written as soon as all of its texts are decided, and read
again just before, so that what a person saved meanwhile stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from quangba.catalogs.glossary import NAME, Glossary
from quangba.catalogs.memory import Memory
from quangba.catalogs.message import Catalog, Message, Stamp
from quangba.catalogs.workspace import SITE, UI, Workspace
from quangba.errors import Problem, QuangbaError, say
from quangba.mt.acceptance import Flaw
from quangba.mt.drafts import Drafting, Journal, Packages
from quangba.mt.ladder import GLOSSARY, Draft, Ladder, Rung
from quangba.mt.routes import PIVOT, find_route
from quangba.mt.store import Installed, Store
from quangba.settings import Language
from quangba.source.segment import Collected, Segment
from quangba.source.segmenter import collect

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

REFUSED = "refused: "
"""The translator's comment on a text that every rung of the ladder failed."""

WAIT = 60.0
"""Seconds that a finished catalog waits for another command to release the catalogs."""

CHECK = "check: names: "
"""The comment on a draft with names that the glossary does not know."""

Key = tuple[str | None, str]
Place = tuple[str, Key]
"""A text in a catalog: name of the page, and key."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Outcome:
    """What a run did in one language; the rest of its texts were not touched."""

    drafted: int = 0
    memory: int = 0
    """Texts that somebody reviewed elsewhere."""
    glossary: int = 0
    """Texts that are a term and nothing else."""
    refused: int = 0
    people: int = 0
    """Texts by people whose source changed: only people may change them."""
    route: str = ""
    """The packages, ``vi_en-1.9+en_zh-1.9``; empty where there are none."""


@dataclass
class Report:
    """What a run did."""

    outcomes: dict[str, Outcome] = field(default_factory=dict)
    """By language code."""
    problems: list[Problem] = field(default_factory=list)
    """Refused texts, and catalogs or packages that could not be used."""


@dataclass
class Page:
    """A catalog whose texts are being drafted."""

    name: str
    collected: Collected
    waiting: set[Key]
    """Texts that are not decided yet."""
    results: dict[Key, Draft | Flaw] = field(default_factory=dict)


class Translator:
    """Drafts the texts of a site."""

    def __init__(
        self,
        workspace: Workspace,
        store: Store | None = None,
        progress: Callable[[int, int], None] = lambda done, all: None,
    ) -> None:
        self.workspace = workspace
        self.settings = workspace.settings
        self.progress = progress
        path = self.settings.catalogs / NAME
        self.glossary = Glossary.read(path, self.settings.relative(path))
        store = store or Store()
        self.packages = Packages(store, store.installed())
        self.journal = Journal(self.settings.cache / "drafts.jsonl")
        self.report = Report()
        self.done = 0
        """Answers of models, for the progress."""
        self.later = 0
        """Languages that come after the present one."""

    def run(
        self, languages: Iterable[Language], names: Iterable[str], *, again: bool = False
    ) -> Report:
        """
        Draft the texts of pages in languages; ``again`` also those that are unaccepted drafts.

        Raises ``QuangbaError`` when no package is installed for any of the languages, or when
        another run is under way.
        """
        wanted = {
            language: self.route(self.settings.source.code, language) for language in languages
        }
        if not any(wanted.values()):
            codes = ", ".join(language.code for language in wanted)
            raise QuangbaError("draft-no-packages", languages=codes)
        pages = list(names)
        with self.workspace.alone("drafts", "draft-running"), self.freed():
            for number, language in enumerate(wanted, 1):
                self.later = sum(map(bool, list(wanted.values())[number:]))
                self.language(language, pages, again=again)
        return self.report

    @contextmanager
    def freed(self) -> Iterator[None]:
        """Free model and journal at the end, whatever happens."""
        try:
            yield
        finally:
            self.packages.close()
            self.journal.close()

    def route(self, source: str, language: Language) -> tuple[Installed, ...] | None:
        """Return the packages to a language, or None."""
        return find_route(self.packages.installed.values(), source, language.code)

    # One language

    def language(self, language: Language, names: list[str], *, again: bool) -> None:
        """Draft the texts of pages in one language."""
        outcome = self.report.outcomes[language.code] = Outcome()
        ladders = {}
        for source in (self.settings.source.code, PIVOT):
            route = self.route(source, language)
            if route:
                try:
                    hops = tuple(map(self.packages.hop, route))
                except QuangbaError as error:
                    self.report.problems.append(error.problem)
                    continue
                ladders[source] = Ladder(hops, self.glossary)
                outcome.route = outcome.route or "+".join(package.name for package in route)
        memory = self.workspace.memory(language)
        pages: dict[str, Page] = {}
        for name in names:
            ladder = ladders.get(PIVOT if name == UI else self.settings.source.code)
            try:
                page = self.page(language, name, memory, again=again) if ladder else None
            except QuangbaError as error:
                self.report.problems.append(error.problem)
                continue
            if page:
                pages[name] = page

        def finished(place: Place, result: Draft | Flaw) -> None:
            page = pages[place[0]]
            page.results[place[1]] = result
            page.waiting.discard(place[1])
            if not page.waiting:
                self.write(language, page, again=again)

        drafting: Drafting[Place, Draft | Flaw] = Drafting(
            self.packages, self.journal, finished, self.answered
        )
        order = dict.fromkeys(hop.package for ladder in ladders.values() for hop in ladder.route)
        segments = [
            (page, segment)
            for page in pages.values()
            for segment in self.segments_of(page.name)
            if segment.key in page.waiting
        ]
        try:
            drafting.run(
                (
                    (
                        (page.name, segment.key),
                        ladders[PIVOT if page.name == UI else self.settings.source.code].draft(
                            segment
                        ),
                    )
                    for page, segment in segments
                ),
                order,
            )
        except QuangbaError as error:
            self.report.problems.append(error.problem)

    def answered(self, left: int) -> None:
        """Tell how far the run is; languages to come are taken to need as much as this one."""
        self.done += 1
        began = len(self.report.outcomes)
        self.progress(self.done, self.done + left + (self.done + left) // began * self.later)

    def segments_of(self, name: str) -> list[Segment]:
        """Return the distinct segments of a page."""
        return list({segment.key: segment for segment in self.workspace.segments(name)}.values())

    def page(self, language: Language, name: str, memory: Memory, *, again: bool) -> Page | None:
        """Return what is to be drafted in a catalog; write what the memory has."""
        catalog = self.workspace.catalog(language, name)
        if catalog is None:
            return None
        outcome = self.report.outcomes[language.code]
        collected = Collected() if name in (SITE, UI) else self.workspace.collected(name)
        keys = {segment.key for segment in self.segments_of(name)}
        page = Page(name, collected, set())
        reused = False
        for message in catalog.active:
            if message.key not in keys:
                continue
            if not message.msgstr and memory.reuse(message):
                outcome.memory += 1
                reused = True
            elif is_open(message, again=again):
                page.waiting.add(message.key)
            elif message.stale:
                outcome.people += 1
        if reused:
            with self.workspace.alone(wait=WAIT):
                self.workspace.write_catalogs([(language, name, catalog)])
        return page if page.waiting else None

    def write(self, language: Language, page: Page, *, again: bool) -> None:
        """Write the drafts of a catalog, into entries that nobody filled meanwhile."""
        outcome = self.report.outcomes[language.code]
        segments = {segment.key: segment for segment in self.segments_of(page.name)}
        file = self.workspace.catalog_file(language, page.name)
        with self.workspace.alone(wait=WAIT):
            catalog = self.workspace.read_catalog(language, page.name)[0] or Catalog("")
            index = catalog.index()
            for key, result in page.results.items():
                message = index.get(key)
                if message is None or not is_open(message, again=again):
                    continue
                result = self.judged(segments[key], result, page.collected)
                message.comments = [
                    comment
                    for comment in message.comments
                    if not comment.startswith((REFUSED, CHECK))
                ]
                if isinstance(result, Flaw):
                    outcome.refused += 1
                    message.comments.append(REFUSED + result.english)
                    self.report.problems.append(
                        Problem.at(
                            "draft-refused",
                            file,
                            message.line,
                            msgid=message.msgid[:60],
                            why=result.sentence,
                        )
                    )
                    continue
                if result.origin == GLOSSARY:
                    outcome.glossary += 1
                else:
                    outcome.drafted += 1
                self.put(message, result)
            self.workspace.write_catalogs([(language, page.name, catalog)])

    def judged(self, segment: Segment, result: Draft | Flaw, collected: Collected) -> Draft | Flaw:
        """Compare the structure of a draft with its source, as the site will before it shows it."""
        if isinstance(result, Flaw):
            return result
        lost = self.workspace.inspector.difference(segment, result.text, collected)
        return Flaw("structure", lost) if lost else result

    def put(self, message: Message, draft: Draft) -> None:
        """Make a message a machine draft."""
        message.msgstr, message.pivot = draft.text, draft.pivot
        message.fuzzy, message.previous, message.unsure = True, None, False
        message.reviewed = None
        if draft.names:
            message.comments.append(CHECK + ", ".join(draft.names))
        day = self.workspace.today.isoformat()
        message.mt = Stamp.make(draft.origin, day, None, message.msgid, message.msgstr)

    # Explaining

    def explain(
        self, text: str, languages: Iterable[Language]
    ) -> Iterator[tuple[Language, Segment, list[Rung], Draft | Flaw]]:
        """
        Draft a text of Markdown and tell everything that was tried; nothing is written.

        Raises as :meth:`run`.
        """
        found = collect(self.workspace.markdown, self.workspace.extension, text, 1)
        results: dict[int, Draft | Flaw] = {}
        routes = [
            (language, self.route(self.settings.source.code, language)) for language in languages
        ]
        if not any(route for _, route in routes):
            codes = ", ".join(language.code for language, _ in routes)
            raise QuangbaError("draft-no-packages", languages=codes)
        with self.freed():
            for language, route in routes:
                for segment in found.segments if route else ():
                    ladder = Ladder(tuple(map(self.packages.hop, route or ())), self.glossary, [])
                    drafting: Drafting[int, Draft | Flaw] = Drafting(
                        self.packages, self.journal, results.__setitem__
                    )
                    drafting.run(
                        [(0, ladder.draft(segment))], [hop.package for hop in ladder.route]
                    )
                    result = self.judged(segment, results[0], found)
                    yield language, segment, ladder.rungs or [], result


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def is_open(message: Message, *, again: bool) -> bool:
    """
    Tell whether a machine may write a message.

    It may where there is nothing, and where a machine wrote and no person accepted it: when the
    source changed since, or when everything is drafted again.
    """
    if not message.msgstr:
        return True
    unaccepted = message.unsure if message.stale else message.fuzzy
    return message.machine and unaccepted and (message.stale or again)


def table(report: Report) -> str:
    """Return what a run did, a line per language."""
    rows: list[tuple[str, ...]] = [
        (
            say("Ngôn ngữ", "Language"),
            say("dịch máy", "drafted"),
            say("bộ nhớ", "memory"),
            say("thuật ngữ", "glossary"),
            say("từ chối", "refused"),
            say("để người dịch", "left to people"),
            "",
        )
    ]
    for code, done in report.outcomes.items():
        counts = (done.drafted, done.memory, done.glossary, done.refused, done.people)
        route = done.route or say("chưa có gói dịch: để người dịch", "no package: left to people")
        rows.append((code, *map(str, counts), route))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
