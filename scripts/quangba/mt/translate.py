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
from quangba.catalogs.message import Message, Stamp
from quangba.catalogs.pofile import parse, serialise
from quangba.catalogs.workspace import SITE, UI, Workspace
from quangba.errors import Problem, QuangbaError, say
from quangba.mt.acceptance import Flaw
from quangba.mt.crossing import Rung
from quangba.mt.drafts import Drafting, Journal, Packages
from quangba.mt.ladder import GLOSSARY, Draft, Ladder
from quangba.mt.manifest import leads_to
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
    broken: bool = False
    """True when a package of the route is damaged."""


@dataclass
class Report:
    """What a run did."""

    outcomes: dict[str, Outcome] = field(default_factory=dict)
    """By language code."""
    problems: list[Problem] = field(default_factory=list)
    """Refused texts, and catalogs or packages that could not be used, each once."""

    def tell(self, problem: Problem) -> None:
        """Add a problem, if it is not known yet."""
        if problem not in self.problems:
            self.problems.append(problem)


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
        self.damaged = [name for name in store.names() if name not in self.packages.installed]
        self.journal = Journal(self.settings.cache / "drafts.jsonl")
        self.report = Report()
        self.wait = WAIT
        self.done = 0
        """Answers of models, for the progress."""
        self.later = 0
        """Languages that come after the present one."""

    @property
    def source(self) -> str:
        """The language of the content."""
        return self.settings.source.code

    def run(
        self, languages: Iterable[Language], names: Iterable[str], *, again: bool = False
    ) -> Report:
        """
        Draft the texts of pages in languages; ``again`` also those that are unaccepted drafts.

        Raises ``QuangbaError`` when no package is installed for any of the languages, or when
        another run is under way.
        """
        pages = list(names)
        wanted = list(languages)
        sources = {PIVOT if name == UI else self.source for name in pages}
        ready = [any(self.route(source, language) for source in sources) for language in wanted]
        for name in dict.fromkeys(name for lang in wanted for name in self.damaged_for(lang)):
            self.report.tell(Problem.at("draft-package-broken", name=name, part="model"))
        known = [
            lang for lang, route in zip(wanted, ready, strict=True) if route or leads_to(lang.code)
        ]
        if known and not any(ready) and not self.report.problems:
            self.no_packages(known)
        if not known:
            codes = ", ".join(language.code for language in wanted)
            self.report.tell(Problem.at("draft-people", languages=codes))
        with self.workspace.alone("drafts", "draft-running"), self.freed():
            for number, language in enumerate(wanted, 1):
                self.later = sum(ready[number:])
                self.language(language, pages, again=again)
        return self.report

    def no_packages(self, languages: Iterable[Language]) -> None:
        """Raise the error for a run that no package is there for."""
        codes = ", ".join(language.code for language in languages)
        raise QuangbaError("draft-no-packages", languages=codes)

    def damaged_for(self, language: Language) -> list[str]:
        """Return packages that lead to a language and are not as they were installed."""
        pairs = {(self.source, language.code), (self.source, PIVOT), (PIVOT, language.code)}
        return [name for name in self.damaged if tuple(name.rpartition("-")[0].split("_")) in pairs]

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
        self.report.outcomes[language.code] = Outcome()
        ladders = self.ladders(language)
        memory = self.workspace.memory(language)
        pages: dict[str, Page] = {}
        for name in names:
            if self.origin(name) not in ladders:
                continue
            try:
                page = self.page(language, name, memory, again=again)
            except QuangbaError as error:
                self.report.tell(error.problem)
            else:
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
        texts = [
            ((page.name, segment.key), ladders[self.origin(page.name)].draft(segment))
            for page in pages.values()
            for segment in self.segments_of(page.name)
            if segment.key in page.waiting
        ]
        try:
            drafting.run(texts, order)
        except QuangbaError as error:
            self.report.tell(error.problem)
            for page in pages.values():
                if page.waiting and page.results:
                    self.write(language, page, again=again)

    def origin(self, name: str) -> str:
        """Return the language of a catalog's sources: interface texts are written in English."""
        return PIVOT if name == UI else self.source

    def ladders(self, language: Language) -> dict[str, Ladder]:
        """Return the ways into a language, by the language that they begin in."""
        outcome = self.report.outcomes[language.code]
        found: dict[str, Ladder] = {}
        for source in (self.source, PIVOT):
            route = self.route(source, language)
            if route:
                try:
                    found[source] = Ladder(tuple(map(self.packages.hop, route)), self.glossary)
                except QuangbaError as error:
                    self.report.tell(error.problem)
                    outcome.broken = True
                else:
                    names = "+".join(package.name for package in route)
                    outcome.route = outcome.route or names
        outcome.broken |= not found and bool(self.damaged_for(language))
        return found

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
        keys = {segment.key for segment in self.segments_of(name)}
        if any(not m.msgstr and m.key in keys and memory.knows(m) for m in catalog.active):
            with self.workspace.alone(wait=self.wait):
                # What a person saved since it was read stays.
                catalog = self.workspace.read_catalog(language, name)[0]
                if catalog is None:
                    return None
                reused = [m for m in catalog.active if m.key in keys and memory.reuse(m)]
                for message in reused:
                    uncomment(message)
                self.workspace.write_catalogs([(language, name, catalog)])
                self.report.outcomes[language.code].memory += len(reused)
        collected = Collected() if name in (SITE, UI) else self.workspace.collected(name)
        page = Page(name, collected, set())
        for message in catalog.active:
            if message.key in keys and is_open(message, again=again):
                page.waiting.add(message.key)
            elif message.key in keys and message.stale:
                self.report.outcomes[language.code].people += 1
        return page if page.waiting else None

    def write(self, language: Language, page: Page, *, again: bool) -> None:
        """Write the drafts of a catalog; report what keeps it from being written."""
        try:
            with self.workspace.alone(wait=self.wait):
                self.write_alone(language, page, again=again)
        except QuangbaError as error:
            self.report.tell(error.problem)
            if error.problem.code == "sync-running":
                self.wait = 0

    def write_alone(self, language: Language, page: Page, *, again: bool) -> None:
        """Write the drafts of a catalog into entries that nobody filled meanwhile."""
        catalog = self.workspace.read_catalog(language, page.name)[0]
        if catalog is None:
            return
        segments = {segment.key: segment for segment in self.segments_of(page.name)}
        index = catalog.index()
        file = self.workspace.catalog_file(language, page.name)
        done = Outcome()
        refused: list[tuple[Message, Flaw]] = []
        before = serialise(catalog)
        for key, found in page.results.items():
            message = index.get(key)
            if message is None or not is_open(message, again=again):
                continue
            result = self.judged(segments[key], found, page.collected)
            uncomment(message)
            if isinstance(result, Flaw):
                done.refused += 1
                message.comments.append(REFUSED + result.english)
                refused.append((message, result))
            else:
                done.glossary += result.origin == GLOSSARY
                done.drafted += result.origin != GLOSSARY
                self.put(message, result)
        if serialise(catalog) != before:
            self.workspace.write_catalogs([(language, page.name, catalog)])
        outcome = self.report.outcomes[language.code]
        outcome.refused += done.refused
        outcome.glossary += done.glossary
        outcome.drafted += done.drafted
        # Where they stand now: comments have moved them.
        lines = {m.key: m.line for m in parse(serialise(catalog).encode(), file, "").active}
        for message, flaw in refused:
            values = {"msgid": message.msgid[:60], "why": flaw.sentence}
            self.report.tell(Problem.at("draft-refused", file, lines[message.key], **values))

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
        routes = [(language, self.route(self.source, language)) for language in languages]
        known = [language for language, route in routes if route or leads_to(language.code)]
        if known and not any(route for _, route in routes):
            self.no_packages(known)
        self.journal.keep = False
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


def uncomment(message: Message) -> None:
    """Drop what an earlier run said about a text."""
    message.comments = [c for c in message.comments if not c.startswith((REFUSED, CHECK))]


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
        if done.broken:
            route = say("gói dịch bị hỏng", "a package is damaged")
        rows.append((code, *map(str, counts), route))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
