"""
Rows: entries on their way to another program and back, whatever the format of the file.

A row names its entry and what was shown of it, so that on the way back it is known whether the
reviewer touched the text and whether somebody else changed the entry meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property

from quangba.catalogs.edits import identifier, version
from quangba.catalogs.message import Message, State
from quangba.catalogs.workspace import SITE, UI, Workspace
from quangba.errors import Problem, QuangbaError, say
from quangba.exchange.protect import Protected, Thing
from quangba.review.checking import Checker
from quangba.settings import Language
from quangba.source.segment import FACT, Collected, Segment
from quangba.source.text import fingerprint, nfc

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LONGEST = 32_000
"""Characters of a text; Excel cuts a cell after 32,767 without a word."""

STATES = {
    State.MISSING: ("chưa dịch", "missing"),
    State.DRAFT: ("bản nháp", "draft"),
    State.TRANSLATED: ("đã dịch", "translated"),
    State.REVIEWED: ("đã thẩm định", "reviewed"),
}
"""What states are called, in Vietnamese and English."""

STALE = ("đã cũ", "stale")

OPEN = ("missing", "draft", "stale", "translated")
"""States of entries that wait for a person: everything that is not reviewed."""

EDITOR = "to editor:"
"""Begins a comment of a reviewer to the editor of the page."""

TITLES = {SITE: ("Tên gọi chung", "Site"), UI: ("Giao diện", "Interface")}
"""Names of the catalogs that belong to no page."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Decision(Enum):
    """What a reviewer says about a translation, besides its text."""

    NONE = ("", "")
    """Nothing: the text counts when it was changed."""
    ACCEPT = ("chấp nhận", "accept")
    """It is right as it stands here."""
    REVIEWED = ("đã thẩm định", "reviewed")
    """It is right, and may bear the name of who reviewed it."""
    SKIP = ("bỏ qua", "skip")
    """Leave the entry as it is."""


@dataclass(frozen=True)
class Row:
    """An entry as it goes out."""

    page: str
    """Name of the page, or of a catalog that belongs to none."""
    language: Language
    message: Message
    segment: Segment
    findings: tuple[str, ...] = ()
    """What the checks say, one sentence each."""
    terms: tuple[str, ...] = ()
    """Terms of the source and what they are called: ``vịnh Hạ Long → ハロン湾``."""
    legend: tuple[str, ...] = ()
    """What the tags stand for."""
    answer: str | None = None
    """The reviewer's text, where it comes back to her; None: that of the catalog."""
    decision: Decision = Decision.NONE
    comment: str = ""
    """The reviewer's comment, where it comes back to her."""

    @cached_property
    def protected(self) -> Protected:
        """The source with tags."""
        return Protected(self.message.msgid, plain=self.segment.plain)

    @cached_property
    def shown(self) -> str:
        """The translation with tags, as the catalog has it."""
        return self.protected.show(self.message.msgstr)

    @property
    def target(self) -> str:
        """The text that people find in the file."""
        return self.shown if self.answer is None else self.answer

    @property
    def id(self) -> str:
        """Names the entry: language, entry, page, e.g. ``ja:b5c96c614c08:visit/yen-tu.md``."""
        return f"{self.language.code}:{identifier(self.message.key)}:{self.page}"

    @property
    def version(self) -> str:
        """Names what was shown: the version of the entry, and of the text in the file."""
        return f"v{version(self.message)}.{fingerprint(self.target)}"

    @property
    def previous(self) -> str:
        """The source that a stale translation was made for."""
        return self.message.previous or "" if self.message.stale else ""

    @property
    def notes(self) -> list[str]:
        """What editors say to translators, and what reviewers have said to editors."""
        said = [comment for comment in self.message.comments if comment.startswith(EDITOR)]
        context = self.segment.msgctxt
        # The context of front matter is its kind.
        about = [context] if context and context != self.segment.kind else []
        return [*about, *self.segment.notes, *said]


@dataclass
class Sheet:
    """The rows of one page."""

    page: str
    title: str
    """What people call the page."""
    rows: list[Row] = field(default_factory=list)


class Collector:
    """Collects rows of a language."""

    def __init__(self, workspace: Workspace, language: Language) -> None:
        self.workspace, self.language = workspace, language
        self.checker = Checker(workspace)
        self.problems: list[Problem] = []
        """Pages that could not be read, and texts too long for a cell."""

    def sheets(self, names: Iterable[str], states: Collection[str]) -> list[Sheet]:
        """Return pages with the rows whose state is among ``states``, in document order."""
        found = []
        for name in names:
            try:
                rows = [row for row in self.rows(name) if state_names(row.message) & set(states)]
                rows = [row for row in rows if self.fits(row)]
                if rows:
                    found.append(Sheet(name, title(self.workspace, name), rows))
            except QuangbaError as error:
                self.problems.append(error.problem)
        return found

    def fits(self, row: Row) -> bool:
        """Tell whether a row's texts fit into cells."""
        if max(len(row.protected.source), len(row.target)) <= LONGEST:
            return True
        file = self.workspace.catalog_file(self.language, row.page)
        line, msgid = row.message.line, row.message.msgid[:60]
        self.problems.append(Problem.at("export-long", file, line, msgid=msgid))
        return False

    def rows(self, name: str) -> Iterator[Row]:
        """Yield the entries of a page that stand on it."""
        catalog = self.workspace.catalog(self.language, name)
        index = catalog.index() if catalog else {}
        for segment in {segment.key: segment for segment in self.workspace.segments(name)}.values():
            if segment.key in index:
                yield self.row(name, index[segment.key], segment)

    def row(self, name: str, message: Message, segment: Segment) -> Row:
        """Return an entry with all that a reviewer wants to know about it."""
        row = Row(name, self.language, message, segment)
        file = self.workspace.catalog_file(self.language, name)
        page = collected(self.workspace, name)
        checker = self.checker.of(name)
        findings = checker.message(message, segment, self.language, page, file)
        return replace(
            row,
            findings=tuple(sentence(each.problem) for each in findings if not each.waiver),
            terms=tuple(dict.fromkeys(self.terms(segment.msgid, checker.site.source_language))),
            legend=tuple(self.explain(thing) for thing in row.protected.things),
        )

    def terms(self, text: str, source: str) -> Iterator[str]:
        """Yield the terms of a text in the language ``source`` with the form to write."""
        if source == self.language.code:
            return
        for match in self.checker.site.glossary.matches(nfc(text), source):
            form = match.term.preferred(self.language.code)
            if form:
                yield f"{match.form} → {form}"

    def explain(self, thing: Thing) -> str:
        """Say what the tags of some markup stand for, facts with their value."""
        tags = "…".join((thing.tags[0], *thing.tags[-1:])[: len(thing.pieces)])
        fact = FACT.fullmatch(thing.pieces[0])
        if fact and fact[1] in self.workspace.facts.entries:
            words = self.workspace.interface(self.language).gettext
            value = self.workspace.facts.entries[fact[1]].format(self.language.html_lang, words)
            return f"{tags} = {value}"
        if thing.pieces[0] == "[":
            where = thing.pieces[-1].removeprefix("](").removesuffix(")")
            return f"{tags} = " + say(f"liên kết tới {where}", f"link to {where}")
        if thing.free:
            return f"{tags} = " + say("chữ nhấn mạnh", "emphasis")
        return f"{tags} = {' … '.join(thing.pieces)}"


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def collected(workspace: Workspace, name: str) -> Collected:
    """Return what the texts of a catalog may refer to."""
    return Collected() if name in TITLES else workspace.collected(name)


def title(workspace: Workspace, name: str) -> str:
    """Return what people call a page: its title, its heading, or its name."""
    if name in TITLES:
        return " / ".join(TITLES[name])
    said = workspace.page(name).meta.get("title")
    if not said:
        headings = (s.msgid for s in workspace.segments(name) if s.kind == "heading 1")
        said = next(headings, "")
    return str(said).strip() or name


def sentence(problem: Problem) -> str:
    """Return a problem without its place, which a reviewer has before her eyes."""
    return replace(problem, file="", line=0).text()


def state_names(message: Message) -> set[str]:
    """
    Return the names that commands know an entry's state by.

    >>> sorted(state_names(Message('Vé', 'Ticket', previous='Vé tàu', fuzzy=True)))
    ['stale', 'translated']
    """
    names = {STATES[message.state][1]}
    return names | {STALE[1]} if message.stale else names


def state_label(message: Message) -> str:
    """
    Name an entry's state for reviewers.

    >>> state_label(Message('Vé', 'Ticket', previous='Vé tàu', fuzzy=True))
    'đã cũ / stale: đã dịch / translated'
    """
    label = " / ".join(STATES[message.state])
    return f"{' / '.join(STALE)}: {label}" if message.stale else label
