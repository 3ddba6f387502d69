"""
Adopt: take over a site that people have translated before, one Markdown file for each language.

Source and translation are put through the same segmenter, so both are lists of segments, and the
lists are laid side by side section by section. Only what fits without a guess is taken: the same
headings of the same levels, and between them the same kinds of text in the same order. A section
that does not fit is reported with its lines and left to people; the sections around it are taken.

A text that people wrote here is never replaced. What a check calls wrong is taken as *unsure*.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from quangba.catalogs.edits import Edit, edit, version
from quangba.catalogs.message import Message, State
from quangba.catalogs.workspace import Workspace
from quangba.errors import Problem, Report, Severity
from quangba.review.checking import Checker
from quangba.settings import Language
from quangba.source.pages import Page, list_pages, read_page
from quangba.source.segment import Collected, Segment

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

HEADING = re.compile(r"heading ([1-6])")
"""The kind of a segment that begins a section."""

FRONT_MATTER = "front matter"

DEEPEST = 6

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------

Segments = Sequence[Segment]
Pair = tuple[Segment, Segment]


@dataclass
class Alignment:
    """What of a page lies side by side with its translation, and what does not."""

    pairs: list[Pair] = field(default_factory=list)
    left: list[tuple[Segments, Segments]] = field(default_factory=list)
    """Parts of the page and of its translation that do not fit each other."""


@dataclass
class Adopted:
    """What was taken over in one language."""

    taken: int = 0
    unsure: int = 0
    """How many of those taken a check calls wrong."""
    kept: int = 0
    """Texts that people had translated here already."""
    left: int = 0
    """Texts of the translation that did not fit, or whose source is no longer on the page."""
    files: int = 0
    """Files of the translation that belong to a page."""
    report: Report = field(default_factory=Report)


class Adopter:
    """Takes translated Markdown over into the catalogs of a site."""

    def __init__(self, workspace: Workspace, folder: Path) -> None:
        self.workspace, self.folder = workspace, folder
        self.files = list_pages(folder)
        self.checker = Checker(workspace)

    def run(
        self,
        language: Language,
        names: Sequence[str],
        progress: Callable[[int, int], None] = lambda done, total: None,
        *,
        write: bool = True,
    ) -> Adopted:
        """
        Take over the translations of some pages; without ``write`` only tell what would be taken.

        Raises ``QuangbaError`` when a catalog cannot be written.
        """
        result = Adopted()
        for number, name in enumerate(names):
            progress(number, len(names))
            file = self.file_of(name, language)
            if file is None:
                continue
            result.files += 1
            self.page(language, name, file, result, write=write)
        progress(1, 1)
        for file in self.unknown(language):
            result.report.add("adopt-unknown", self.shown(file))
        return result

    def page(
        self, language: Language, name: str, file: str, result: Adopted, *, write: bool
    ) -> None:
        """Take over one page."""
        translation = self.read(file)
        # In a file that cannot be read there is nothing to lay beside anything.
        unreadable = [p for p in translation.problems if p.severity >= Severity.ERROR]
        result.report.take(unreadable)
        if unreadable:
            return
        source, here = self.source_of(name, file, language), self.workspace.collected(name)
        aligned = align((source or here).segments, self.workspace.collect(translation).segments)
        for part, other in aligned.left:
            result.left += len(other)
            result.report.take([self.unaligned(name, part, translation.file, other)])
        texts = {segment.key: segment for segment in here.segments}
        edits = []
        index = self.index(language, name)
        for old, new in aligned.pairs:
            segment, message = texts.get(old.key), index.get(old.key)
            text = without_suffix(new.msgid, language)
            if segment is None or message is None:
                result.left += 1
                result.report.add(
                    "adopt-gone", translation.file, new.line, msgid=old.msgid[:60], page=name
                )
            elif message.state > State.DRAFT:
                result.kept += message.msgstr != text
            elif message.msgstr != text or message.machine:
                edits.append(
                    self.take(language, name, message, segment, text, translation.file, new, result)
                )
        wanted = [each for each in edits if each]
        result.taken += len(wanted)
        if write and wanted:
            edit(self.workspace, language, name, wanted)

    def take(
        self,
        language: Language,
        name: str,
        message: Message,
        segment: Segment,
        text: str,
        file: str,
        new: Segment,
        result: Adopted,
    ) -> Edit | None:
        """Return the edit that takes a text over; None for one that could not be shown."""
        collected = self.workspace.collected(name)
        what = self.workspace.inspector.difference(segment, text, collected)
        if what:
            result.left += 1
            result.report.add("adopt-unsound", file, new.line, msgid=segment.msgid[:60], what=what)
            return None
        candidate = Message(message.msgid, text, message.msgctxt)
        found = self.checker.message(candidate, segment, language, collected, file)
        wrong = [finding for finding in found if finding.severity >= Severity.ERROR]
        result.unsure += bool(wrong)
        for finding in wrong:
            problem = finding.problem
            result.report.take([Problem(problem.code, file, new.line, problem.values)])
        origin = f"from: {file}:{new.line}"

        def change(entry: Message) -> None:
            entry.msgstr, entry.fuzzy = text, bool(wrong)
            entry.mt, entry.pivot, entry.reviewed = None, None, None
            entry.previous, entry.unsure = None, False
            entry.comments = [c for c in entry.comments if not c.startswith("from: ")] + [origin]

        return Edit(message.key, version(message), change)

    def index(self, language: Language, name: str) -> dict[tuple[str | None, str], Message]:
        """Return the entries of a page by key."""
        catalog = self.workspace.catalog(language, name)
        return catalog.index() if catalog else {}

    def unaligned(self, name: str, part: Segments, file: str, other: Segments) -> Problem:
        """Say which part of a page does not fit its translation."""
        where = self.workspace.settings.page_file(name)
        lines = part[0].line if part else 0
        return Problem.at(
            "adopt-unaligned",
            file,
            other[0].line if other else 0,
            source=f"{where}:{lines}" if lines else where,
            here=len(part),
            there=len(other),
        )

    # Files

    def read(self, file: str) -> Page:
        """Read a file of the folder."""
        return read_page(self.folder, file, self.shown(file))

    def shown(self, file: str) -> str:
        """
        Return the path of a file as people know it: from the project, else from the folder.

        It stands in catalogs, which everybody may read; where somebody's own folder is does not.
        """
        settings = self.workspace.settings
        if self.folder.is_relative_to(settings.root):
            return settings.relative(self.folder / file)
        return f"{self.folder.name}/{file}"

    def file_of(self, name: str, language: Language) -> str | None:
        """Return the file with the translation of a page: ``a.ja.md``, ``ja/a.md`` or ``a.md``."""
        return next((f for f in self.candidates(name, language) if f in self.files), None)

    def candidates(self, name: str, language: Language) -> Iterator[str]:
        """Yield where a page may stand in a language; the plain name only if no other does."""
        stem = name.removesuffix(".md")
        for code in dict.fromkeys((language.code, language.html_lang, language.locale)):
            yield f"{stem}.{code}.md"
            yield f"{code}/{name}"
        if not self.mixed:
            yield name

    @property
    def mixed(self) -> bool:
        """Tell whether the folder holds several languages, so that plain names are the source."""
        codes = {language.code for language in self.workspace.settings.languages}
        parts = (re.split(r"[/.]", file) for file in self.files)
        return any(codes & {part[0], part[-2]} for part in parts)

    def source_of(self, name: str, file: str, language: Language) -> Collected | None:
        """Return what the translation was made from, where the folder holds it too."""
        source = self.workspace.settings.source
        others = [*self.candidates(name, source), name] if self.mixed else []
        found = next((other for other in others if other in self.files and other != file), None)
        return self.workspace.collect(self.read(found)) if found else None

    def unknown(self, language: Language) -> list[str]:
        """Return the files in a language that belong to no page of this site."""
        known = {f for name in self.workspace.names for f in self.candidates(name, language)}
        codes = {language.code, language.html_lang, language.locale}
        return [
            file
            for file in self.files
            if file not in known
            and (not self.mixed or codes & {file.partition("/")[0], file.split(".")[-2]})
        ]


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def align(source: Segments, target: Segments) -> Alignment:
    """
    Lay the segments of a page and of its translation side by side.

    >>> page = [Segment('Vé', 'heading 2'), Segment('Mua ở cảng.')]
    >>> other = [Segment('Tickets', 'heading 2'), Segment('At the port.')]
    >>> [(a.msgid, b.msgid) for a, b in align(page, other).pairs]
    [('Vé', 'Tickets'), ('Mua ở cảng.', 'At the port.')]
    >>> align(page, [*other, Segment('By boat.')]).left[0][1][-1].msgid
    'By boat.'
    """
    result = Alignment()
    # A field that the translation lacks is only not translated.
    for name in dict.fromkeys(s.kind for s in target if is_field(s)):
        fit(result, [s for s in source if s.kind == name], [s for s in target if s.kind == name])
    body = [[s for s in segments if not is_field(s)] for segments in (source, target)]
    sections(result, body[0], body[1], 1)
    return result


def is_field(segment: Segment) -> bool:
    """Tell whether a segment stands in the front matter."""
    return segment.kind.startswith(FRONT_MATTER)


def sections(result: Alignment, source: Segments, target: Segments, level: int) -> None:
    """Align by headings of a level, as far as both sides have as many of them."""
    here, there = split(source, level), split(target, level)
    if level > DEEPEST:
        fit(result, source, target)
    elif len(here) != len(there):
        result.left.append((source, target))
    elif len(here) == 1:
        sections(result, source, target, level + 1)
    else:
        for part, other in zip(here, there, strict=True):
            sections(result, part, other, level + 1)


def split(segments: Segments, level: int) -> list[Segments]:
    """
    Split segments before each heading of a level; what stands before the first one is the first.

    >>> [len(part) for part in split([Segment('a'), Segment('b', 'heading 2')], 2)]
    [1, 1]
    """
    starts = [i for i, s in enumerate(segments) if level_of(s) == level]
    bounds = [0, *starts, len(segments)]
    return [segments[a:b] for a, b in pairwise(bounds)]


def level_of(segment: Segment) -> int:
    """Return the level of a heading, 0 for other texts."""
    match = HEADING.fullmatch(segment.kind)
    return int(match[1]) if match else 0


def fit(result: Alignment, source: Segments, target: Segments) -> None:
    """Pair texts whose kinds are the same all along."""
    if [s.kind for s in source] == [s.kind for s in target]:
        result.pairs += zip(source, target, strict=True)
    elif source or target:
        result.left.append((source, target))


def without_suffix(text: str, language: Language) -> str:
    """
    Let links to pages in the language lead to the pages themselves, as the site's do.

    >>> without_suffix('[Port](port.en.md#a)', Language('en', 'English', 'en'))
    '[Port](port.md#a)'
    """
    return re.sub(rf"(\]\([^()\s]*)\.{re.escape(language.code)}\.md\b", r"\1.md", text)
