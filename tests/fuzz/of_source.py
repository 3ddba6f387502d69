"""Targets of the rooms source and mt: pages, data files, numbers, pictures, drafts."""

from __future__ import annotations

import io
import posixpath
from contextlib import suppress
from pathlib import Path

import yaml

from fuzz import samples
from fuzz.oracles import (
    TODAY,
    Attributes,
    Forced,
    blanks,
    extension,
    inspector,
    markdown,
    page_of,
    rendered,
    text_of,
    texts_of,
    told,
)
from fuzz.samples import LANGUAGES, edited, scratch, written
from quangba.errors import QuangbaError
from quangba.kiosk import recall
from quangba.mt import archive as packages
from quangba.mt.loops import repeats
from quangba.mt.markup import MarkupError, mark
from quangba.mt.record import parse_record
from quangba.mt.sentences import split
from quangba.mt.typography import finish
from quangba.source import numbers
from quangba.source.areas import read_areas
from quangba.source.data import DataError, load
from quangba.source.facts import read_facts
from quangba.source.gate import read_approval, read_units, secrecy_mark
from quangba.source.kinds import text_patterns
from quangba.source.occurrences import next_day, occurrences
from quangba.source.pages import SNIPPET, front_matter_segments
from quangba.source.profiles import read_profiles
from quangba.source.quantities import quantities
from quangba.source.segment import Collected, Segment
from quangba.source.segmenter import collect
from quangba.source.statements import Version, add_version, new_version
from quangba.source.svg import check_svg, svg_size
from quangba.source.text import nfc, slug
from quangba.source.video import check_captions

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def segments(data: bytes) -> None:
    """Markdown, segmented and rendered: a translation that says the same changes nothing."""
    text, translation = texts_of(data, 2)
    page = page_of(text)
    if page.unread or SNIPPET in text:
        return
    found = collect(markdown(), extension(), page.body, page.body_line)
    assert not any("\x02" in segment.msgid for segment in found.segments)
    html = rendered(page.body, lambda segment: segment.msgid)
    assert extension().found.segments == [
        Segment(**{**vars(s), "line": o.line})
        for s, o in zip(found.segments, extension().found.segments, strict=True)
    ]
    if "{" not in page.body and nested(page.body):
        # Where lines are joined, two braces can become one attribute list. A reference that is
        # written out can change how Python-Markdown reads a bracket that nobody closed.
        forced = rendered(page.body, lambda segment: Forced(segment.msgid))
        assert blanks(forced) == blanks(html), "identity is seen"
    if translation:
        shown = rendered(page.body, lambda segment: sound(segment, translation, found))
        more = Attributes(shown).found - Attributes(html).found
        assert not more, f"a translation added {sorted(more)[:3]}"


def nested(text: str) -> bool:
    """
    Tell whether every bracket of a text has its other half.

    >>> nested('[a [b]] c'), nested('a] [b')
    (True, False)
    """
    depth = 0
    for char in text:
        depth += (char == "[") - (char == "]")
        if depth < 0:
            return False
    return depth == 0


def sound(segment: Segment, translation: str, page: Collected) -> str | None:
    """Return a translation that may be shown, or None."""
    return None if inspector().difference(segment, translation, page) else translation


def markup(data: bytes) -> None:
    """Text and translation before the inspector: what it lets pass adds nothing."""
    source, target, kind = texts_of(data, 3)
    source = " ".join(source.split())
    if not source or "\x02" in source or "\x03" in source:
        return
    page = Collected([Segment(source)], [], {"a": "/x/"}, ["1"], [])
    told_what = inspector().difference(Segment(source, plain=kind == "plain"), target, page)
    assert inspector().difference(Segment(source), source, page) is None
    assert told_what is None or told_what.strip()


def front_matter(data: bytes) -> None:
    """A page's front matter, and all that is asked of it."""
    site = samples.workspace()
    page = page_of(text_of(data), "visit/fuzz.md")
    told(page.problems)
    if page.unread:
        return
    for _, container, key in front_matter_segments(page, text_patterns(page.meta, ["title"])):
        assert isinstance(container[key], str)
    decision = site.gate.decide(page)
    told(decision.problems)
    occurrences(page.meta, TODAY)
    next_day(page.meta, TODAY)


def statement(data: bytes) -> None:
    """A statement gets one more version, and nothing else changes."""
    text = text_of(data)
    page = page_of(text, "statements/fuzz.md")
    facts = samples.workspace().facts
    try:
        version = new_version(page, facts, "Sửa", TODAY)
    except QuangbaError as error:
        told([error.problem])
        return
    try:
        added = add_version(text, version, page.file)
    except QuangbaError as error:
        told([error.problem])
        return
    again = page_of(added, "statements/fuzz.md")
    assert {**again.meta, "versions": 0} == {**page.meta, "versions": 0}
    assert again.body == page.body
    assert isinstance(version, Version)


def yaml_data(data: bytes) -> None:
    """YAML that people write."""
    try:
        found = load(text_of(data))
    except DataError:
        return
    try:
        again = yaml.safe_dump(found, allow_unicode=True, sort_keys=False)
    except ValueError:
        return  # a number that nobody can print
    assert repr(load(again)) == repr(found)


def facts(data: bytes) -> None:
    """``facts.yml``: what is accepted can be shown in every language."""
    try:
        found = read_facts(written("facts.yml", data), "facts.yml")
    except QuangbaError as error:
        told([error.problem])
        return
    told(found.problems)
    for fact in found.entries.values():
        assert fact.fingerprint
        fact.expired(TODAY)
        for code in (*LANGUAGES, "ium"):
            shown = fact.format(code)
            assert shown.strip()
            assert len(shown) < 2000, "a figure without end"
    told(found.check(list(found.entries), "a.md", {}, TODAY))


def settings(data: bytes) -> None:
    """Areas, units, gates, recalls and approvals."""
    path = written("data.yml", data)
    site = samples.workspace()
    for read in (
        lambda: read_areas(path, "areas.yml"),
        lambda: read_units(path, "units.yml"),
        lambda: recall.read_minimum(path),
        lambda: profiles(path, site),
    ):
        try:
            read()
        except QuangbaError as error:
            told([error.problem])
    approval, problems = read_approval(path, page_of("# a"))
    told(problems)
    if approval:
        approval.write(scratch() / "written.yml")


def profiles(path: Path, site: samples.Workspace) -> None:
    """Read the profiles of gates."""
    found = read_profiles(
        path,
        "gates.yml",
        content=site.settings.content,
        pages=site.names,
        languages=LANGUAGES,
        units=site.units,
    )
    told(found.problems)
    for profile in found.entries.values():
        for screen in (profile.screen, profile.led):
            assert screen.reach_px >= 0
            assert screen.capital_mm > 0


def figures(data: bytes) -> None:
    """Numbers of a text and its translation."""
    code, source, target = texts_of(data, 3)
    code = code if code in LANGUAGES else "en"
    source, target = nfc(source), nfc(target)
    assert numbers.difference(source, "vi", source, "vi") is None
    numbers.difference(source, "vi", target, code)
    numbers.localise(target, code, source, "vi")
    for quantity in quantities(target, code)[:20]:
        assert 0 <= quantity.start <= quantity.end <= len(target)
        numbers.render(target[quantity.start : quantity.end], code, "fr")


def pictures(data: bytes) -> None:
    """SVG and captions."""
    for read in (
        lambda: check_svg(written("a.svg", data)),
        lambda: svg_size(written("a.svg", data)),
        lambda: check_captions(written("a.vtt", data)),
    ):
        try:
            read()
        except QuangbaError as error:
            told([error.problem])


def words(data: bytes) -> None:
    """Texts on their way through a draft: marks, sentences, typography; secrecy marks."""
    code, text = texts_of(data, 2)
    code = code if code in LANGUAGES else "en"
    text = nfc(text)
    try:
        marked = mark(text)
        assert marked.restore(marked.text) == text or "\ue000" <= max(text) <= "\uf8ff"
    except MarkupError:
        pass
    split(text, "vi")
    finish(text, code)
    repeats(text, text)
    secrecy_mark(text)
    slug(text)


def package(data: bytes) -> None:
    """A translation package: metadata, record, and the ZIP file around it."""
    with suppress(ValueError, TypeError, LookupError, AttributeError, RecursionError):
        parse_record("vi_en-1.9", data)
    for read in (
        lambda: packages.parse_metadata(data, "a"),
        lambda: opened(edited(samples.zipped(samples.package()), data)),
    ):
        try:
            read()
        except QuangbaError as error:
            told([error.problem])


def opened(data: bytes) -> None:
    """Open a package and read all its members."""
    found = packages.Archive(io.BytesIO(data), "a.argosmodel")
    for name, member in found.members.items():
        assert posixpath.normpath(name) == name
        for chunk in found.chunks(member):
            assert chunk
