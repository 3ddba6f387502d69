"""
The live site: what the desk shows, as the files are now.

A desk stays open for hours while ``git pull``, Poedit and other desks write the same files. Every
request first looks at their times and sizes: a catalog that changed is read anew, and when the
content changed the catalogs are brought in line with it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from threading import RLock

from babel.support import NullTranslations

from quangba.catalogs.edits import Key, identifier, version
from quangba.catalogs.interface import translations
from quangba.catalogs.message import Catalog, Message, State
from quangba.catalogs.update import Updater
from quangba.catalogs.workspace import SITE, UI, Workspace
from quangba.desk.recall import Recall
from quangba.desk.sentences import Voice, gettext_noop
from quangba.errors import Problem, QuangbaError, Severity
from quangba.review.checking import UI_SOURCE, Checker, Finding
from quangba.settings import Language, Settings
from quangba.source.lunar import today
from quangba.source.segment import Collected, Segment

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

OWN_TITLES = {
    SITE: gettext_noop("Names, navigation and figures"),
    UI: gettext_noop("Texts of the interface"),
}
"""What the catalogs are called that belong to no page."""

LIKE_OWN = ("site.md", "ui.md")
"""Pages that keep their ending in addresses, as in the names of their catalogs."""

Stamp = tuple[int, int, int]
"""Time, size and number of a file; all 0 when there is none."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Verdict:
    """What is found in a text as it would be if somebody accepted it now."""

    findings: tuple[Finding, ...] = ()
    unsound: str = ""
    """What the markup loses or adds, so that the text would not be shown."""

    @property
    def blocking(self) -> list[Finding]:
        """Errors that nobody has waived."""
        return [finding for finding in self.findings if finding.severity >= Severity.ERROR]


@dataclass(frozen=True)
class Entry:
    """A text of a page with its translation, as the catalog has it."""

    segment: Segment
    message: Message
    state: State
    """As readers' pages count it: a sample review is none when the site is no sample."""
    index: int
    """Place in the order of the page, from 0."""
    verdict: Callable[[], Verdict] = field(repr=False, compare=False)

    @property
    def open(self) -> bool:
        """Tell whether something is left for a reviewer."""
        return self.state is not State.REVIEWED or self.message.stale or bool(self.unsound)

    @property
    def unsound(self) -> str:
        """What the markup loses or adds."""
        return self.verdict().unsound

    @property
    def ready(self) -> bool:
        """Tell whether a person has accepted the text, and nothing but the stamp is left."""
        return (
            self.state >= State.TRANSLATED
            and not self.message.stale
            and not self.unsound
            and not self.verdict().blocking
        )


class LiveSite:
    """One site, open in the desk; use it while holding :attr:`lock`."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.lock = RLock()
        """Markdown, catalogs and caches are for one thread at a time."""
        self.problems: list[Problem] = []
        """What kept pages and catalogs out of the last synchronisation."""
        self._content: list[tuple[str, Stamp]] = []
        self._stamps: dict[tuple[str, str], Stamp] = {}
        self._learned: dict[tuple[str, str], Stamp] = {}
        self._complete: dict[tuple[str, str], Stamp] = {}
        self._glossary: Stamp = (0, 0, 0)
        self._verdicts: dict[tuple[str, str, Key], tuple[str, Verdict]] = {}
        self.generation = 0
        """Changes when all that was found in texts may be something else."""
        self.begin()

    def begin(self) -> None:
        """Forget everything that was read."""
        self.workspace = Workspace(self.settings)
        self._recall: dict[str, Recall] = {}
        self._voices: dict[str, tuple[Stamp, Voice]] = {}
        self._stamps.clear()
        self._learned.clear()
        self.judge_anew()

    def judge_anew(self) -> None:
        """Forget what was found in texts."""
        self.generation += 1
        self._verdicts.clear()
        self.__dict__.pop("checker", None)

    # What changed underneath

    def look(self) -> None:
        """Notice what changed since the last look; the day may be another one, too."""
        content = list(self.content())
        if content != self._content:
            self._complete.clear()
            self.synchronise(content)
        glossary = stamp_of(self.settings.catalogs / "glossary.csv")
        if glossary != self._glossary:
            self._glossary = glossary
            self.judge_anew()
        self.workspace.today = today()

    def synchronise(self, content: list[tuple[str, Stamp]]) -> None:
        """Bring the catalogs in line with the content, and read everything anew."""
        try:
            self.problems = Updater(Workspace(self.settings)).run().problems
        except QuangbaError as error:
            # Another command writes catalogs just now; the next look tries again.
            self.problems = [error.problem]
        else:
            self._content = content
        self.begin()

    def content(self) -> Iterator[tuple[str, Stamp]]:
        """Yield every file that segments are made of."""
        for root in (self.settings.content, self.settings.templates):
            for folder, _, files in os.walk(root) if root else ():
                for name in files:
                    if name.endswith((".md", ".yml", ".html")):
                        path = Path(folder) / name
                        yield str(path), stamp_of(path)

    def stamp(self, language: Language, name: str) -> Stamp:
        """Return what tells whether a catalog is still the one that was read."""
        return stamp_of(self.workspace.catalog_path(language, name))

    # Pages and catalogs

    def language(self, code: str) -> Language | None:
        """Return a language of the site."""
        return next((each for each in self.settings.languages if each.code == code), None)

    def names(self, language: Language) -> list[str]:
        """Return what can be reviewed in a language; the source has interface texts alone."""
        own = [UI] if language == self.settings.source else [SITE, UI]
        pages = [] if language == self.settings.source else self.workspace.names
        return [*pages, *own]

    def name_at(self, language: Language, address: str) -> str | None:
        """Return the page of an address, ``visit/yen-tu``; None when there is none."""
        for name in (address, f"{address}.md"):
            if name in self.names(language) and self.address(name) == address:
                return name
        return None

    @staticmethod
    def address(name: str) -> str:
        """
        Return how a page is called in addresses: ``visit/yen-tu``, ``site``.

        A page ``site.md`` keeps its ending, to leave the site's own texts alone.
        """
        return name if name.lower() in LIKE_OWN else name.removesuffix(".md")

    def title(self, name: str, voice: Voice) -> str:
        """Return the title of a page in its own language."""
        if name in OWN_TITLES:
            return voice.text(OWN_TITLES[name])
        title = self.workspace.page(name).meta.get("title")
        if isinstance(title, str) and title.strip():
            return title
        segments = self.workspace.collected(name).segments
        heading = next((each.msgid for each in segments if each.kind == "heading 1"), None)
        return heading or self.workspace.file_title(name) or name

    def unit(self, name: str) -> str:
        """Return the code of the unit that owns a page; nothing where none does."""
        owner = None if name in OWN_TITLES else self.workspace.page(name).meta.get("owner")
        return owner if isinstance(owner, str) else ""

    def unit_name(self, unit: str) -> str:
        """Return the name of a unit."""
        return str(self.workspace.units.get(unit, {}).get("name") or unit)

    def catalog(self, language: Language, name: str) -> Catalog | None:
        """Return a catalog as its file is now; raises ``QuangbaError`` when it cannot be read."""
        key = (language.code, name)
        stamp = self.stamp(language, name)
        if self._stamps.get(key) != stamp:
            self.workspace.forget(language, name)
            self._stamps[key] = stamp
        return self.workspace.catalog(language, name)

    def entries(self, language: Language, name: str) -> list[Entry]:
        """Return the texts of a page in its order, each once."""
        index = self.index(language, name)
        if self.lacking(index, language, name):
            # Somebody deleted the catalog or brought back an older one.
            self.synchronise(self._content)
            index = self.index(language, name)
        found: dict[Key, Entry] = {}
        for segment in self.workspace.segments(name):
            message = index.get(segment.key)
            if message is not None and segment.key not in found:
                found[segment.key] = self.entry(language, name, segment, message, len(found))
        return list(found.values())

    def index(self, language: Language, name: str) -> dict[Key, Message]:
        """Return the messages of a catalog; nothing where there is none."""
        catalog = self.catalog(language, name)
        return catalog.index() if catalog else {}

    def lacking(self, index: dict[Key, Message], language: Language, name: str) -> bool:
        """Tell whether a catalog lacks a text of its page, once for each state of its file."""
        key, stamp = (language.code, name), self.stamp(language, name)
        if self._complete.get(key) == stamp:
            return False
        self._complete[key] = stamp
        return any(segment.key not in index for segment in self.workspace.segments(name))

    def entry(
        self, language: Language, name: str, segment: Segment, message: Message, index: int
    ) -> Entry:
        """Return one text of a page."""

        def verdict() -> Verdict:
            return self.verdict(language, name, segment, message)

        return Entry(segment, message, self.state(message), index, verdict)

    def find(self, language: Language, name: str, identity: str) -> Entry:
        """Return the text of this identifier; raises ``QuangbaError`` when the page has none."""
        for entry in self.entries(language, name):
            if identifier(entry.message.key) == identity:
                return entry
        raise QuangbaError("desk-gone")

    def state(self, message: Message) -> State:
        """Return who made a translation; sample reviews count only while the site is a sample."""
        stamp = message.reviewed
        if message.state is State.REVIEWED and stamp and stamp.role == "sample":
            return State.REVIEWED if self.settings.options.sample else State.TRANSLATED
        return message.state

    # What is known about a text

    def source(self, name: str) -> str:
        """Return the code of the language that a page is translated from."""
        return UI_SOURCE if name == UI else self.settings.source.code

    def page(self, name: str) -> Collected:
        """Return what the texts of a page may refer to."""
        return Collected() if name in OWN_TITLES else self.workspace.collected(name)

    @cached_property
    def checker(self) -> Checker:
        """Checks translations."""
        return Checker(self.workspace)

    def verdict(self, language: Language, name: str, segment: Segment, message: Message) -> Verdict:
        """Return what is found in a text, from memory while the text is the same."""
        key = (language.code, name, message.key)
        now = version(message)
        known = self._verdicts.get(key)
        if known is None or known[0] != now:
            known = (now, self.judge(language, name, segment, message))
            self._verdicts[key] = known
        return known[1]

    def judge(self, language: Language, name: str, segment: Segment, message: Message) -> Verdict:
        """
        Check a text against the present source.

        Reports compare a stale text with the source that it was made for; here somebody is about
        to say that it fits the new one.
        """
        if not message.msgstr:
            return Verdict()
        message = accepted(message)
        page = self.page(name)
        what = self.workspace.inspector.difference(segment, message.msgstr, page)
        checker = self.checker.of(name)
        file = self.workspace.catalog_file(language, name)
        found: list[Finding] = []
        try:
            found += checker.message(message, segment, language, page, file)
        except Exception as error:
            # Checks may come from other packages; one that fails must not close the page.
            problem = Problem.at("desk-check-failed", file, what=type(error).__name__)
            found = [Finding("checks", problem, message)]
        return Verdict(tuple(found), what or "")

    def recall(self, language: Language, source: str) -> Recall:
        """Return the texts that were translated before in a language, as the files are now."""
        recall = self._recall.setdefault(f"{source} {language.code}", Recall())
        for name in self.names(language):
            if self.source(name) != source:
                continue
            key = (language.code, name)
            stamp = self.stamp(language, name)
            if self._learned.get(key) != stamp:
                where = "mkdocs.yml" if name == SITE else self.settings.page_file(name)
                where = "quangba" if name == UI else where
                catalog = None
                with suppress(QuangbaError):
                    catalog = self.catalog(language, name)
                recall.learn(name, where, catalog.active if catalog else ())
                self._learned[key] = stamp
        return recall

    # The interface

    def voice(self, code: str) -> Voice:
        """Return who speaks a language of the interface."""
        language = self.language(code) or self.settings.source
        stamp = self.stamp(language, UI)
        known = self._voices.get(language.code)
        if known is None or known[0] != stamp:
            try:
                texts = translations(self.catalog(language, UI))
            except QuangbaError:
                # The list says what is wrong with the catalog; until then texts are English.
                texts = NullTranslations()
            known = self._voices[language.code] = (stamp, Voice(language.code, texts))
        return known[1]


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def stamp_of(path: Path) -> Stamp:
    """Return what tells whether a file is still the one that was read."""
    try:
        seen = path.stat()
    except OSError:
        return (0, 0, 0)
    return (seen.st_mtime_ns, seen.st_size, seen.st_ino)


def accepted(message: Message) -> Message:
    """Return a message as it is when somebody says that it fits the present source."""
    return replace(message, previous=None, fuzzy=False, unsure=False)
