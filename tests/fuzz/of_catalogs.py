"""Targets of the rooms catalogs, review and exchange."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache

from fuzz import samples
from fuzz.oracles import (
    blanks,
    page_of,
    text_of,
    texts_of,
    told,
)
from fuzz.samples import LANGUAGES, edited, written
from quangba.catalogs.glossary import Glossary, read_table
from quangba.catalogs.interface import translations
from quangba.catalogs.message import Message
from quangba.catalogs.pofile import parse as parse_po
from quangba.catalogs.pofile import serialise
from quangba.catalogs.tbx import read_tbx, write_tbx
from quangba.catalogs.terms import read_csv, write_csv
from quangba.errors import QuangbaError
from quangba.exchange.adopt import align
from quangba.exchange.arrival import is_workbook
from quangba.exchange.protect import Protected, TagError
from quangba.exchange.replies import Importer, Returned, Reviewer
from quangba.exchange.sheets import read_workbook
from quangba.exchange.xliff import read_xliff
from quangba.review.checking import Checker
from quangba.source.segment import Collected, Segment

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def po(data: bytes) -> None:
    """A catalog: what is read is written, and read again the same."""
    with suppress(QuangbaError):
        parse_po(data, "a.po", "en")
    try:
        catalog = parse_po(data, "a.po", "en", mend=True)
    except QuangbaError as error:
        told([error.problem])
        return
    text = serialise(catalog)
    again = parse_po(text.encode("utf-8"), "a.po", "en")
    assert serialise(again) == text, "not canonical"
    assert len(again.messages) == len(catalog.messages)
    for one, other in zip(
        (*catalog.active, *catalog.obsolete), (*again.active, *again.obsolete), strict=True
    ):
        for name in ("msgid", "msgstr", "msgctxt", "fuzzy", "obsolete", "previous", "state"):
            assert getattr(one, name) == getattr(other, name), name
        assert one.was_reviewed == other.was_reviewed
    translations(again)


def check(data: bytes) -> None:
    """Every check of a translation."""
    code, source, target = texts_of(data, 3)
    code = code if code in LANGUAGES[1:] else "en"
    if not source.strip() or not target.strip():
        return
    message = Message(source, target)
    segment = Segment(source)
    page = Collected([segment])
    findings = checker().message(message, segment, samples.language(code), page, "a.po")
    problems = [finding.problem for finding in findings]
    told(problems)
    assert not [each for each in problems if each.code == "review-failed"], "a check failed"


@cache
def checker() -> Checker:
    """Return the checks of the real site."""
    return Checker(samples.workspace())


def glossary(data: bytes) -> None:
    """A glossary as a table: what is sound is written and read again the same."""
    table = read_csv(data, "glossary.csv")
    told(table.problems)
    read_table(written("glossary.csv", data), "glossary.csv")
    if table.problems:
        return
    again = read_csv(write_csv(table.terms, table.languages).encode("utf-8"), "glossary.csv")
    assert again.terms == table.terms
    known = Glossary(table.terms, table.languages)
    text = text_of(data)[:2000]
    for code in LANGUAGES:
        known.matches(text, code)
    known.difference(text, "vi", text, "en")
    for term in table.terms[:5]:
        known.whole(term.name, "vi", "en")


def terms(data: bytes) -> None:
    """Terms in texts, with the real glossary."""
    code, source, target = texts_of(data, 3)
    code = code if code in LANGUAGES else "en"
    found = samples.glossary()
    for match in found.matches(source, "vi"):
        assert match.start < match.end
    found.difference(source, "vi", target, code)
    found.whole(source, "vi", code)


def tbx(data: bytes) -> None:
    """A glossary as TBX."""
    table = read_tbx(data, "a.tbx")
    told(table.problems)
    if not table.problems:
        read_tbx(write_tbx(table.terms, "a").encode("utf-8"), "a.tbx")


def taken(read: Callable[[], Returned]) -> None:
    """Read what came back and judge it, without writing."""
    try:
        returned = read()
    except QuangbaError as error:
        told([error.problem])
        return
    told(returned.problems)
    told(refusal.problem for refusal in returned.refusals)
    if returned.language in LANGUAGES[1:]:
        language = samples.language(returned.language)
        importer = Importer(samples.workspace(), language, Reviewer("Chị Hoa", True))
        result = importer.run(returned, dry_run=True)
        told(result.findings)
        told(refusal.problem for refusal in result.refusals)


def xlsx(data: bytes) -> None:
    """A workbook with a changed member."""
    members = dict(samples.workbook())
    name = sorted(members)[data[0] % len(members)] if data else "xl/workbook.xml"
    if name.startswith("xl/sharedStrings") or data[:1] > b"\xc0":
        name = "xl/sharedStrings.xml" if "xl/sharedStrings.xml" in members else name
    members[name] = edited(members[name], data[1:])
    taken(lambda: read_workbook(samples.zipped(members), "a.xlsx"))


def xlsx_zip(data: bytes) -> None:
    """A workbook whose ZIP file was changed."""
    book = edited(samples.zipped(samples.workbook()), data)

    def read() -> Returned:
        is_workbook(book, "a.xlsx")
        return read_workbook(book, "a.xlsx")

    taken(read)


def xliff(data: bytes) -> None:
    """XLIFF that comes back."""
    taken(lambda: read_xliff(data, "a.xlf"))


def xliff_edited(data: bytes) -> None:
    """Our own XLIFF, changed a little."""
    taken(lambda: read_xliff(edited(samples.xliff(), data), "a.xlf"))


def protect(data: bytes) -> None:
    """Markup as tags, and back."""
    source, typed = texts_of(data, 2)
    protected = Protected(source)
    if "⟦" not in source:
        try:
            back = protected.restore(protected.source)
        except TagError:
            back = source
        assert blanks(back) == blanks(source) or protected.things
    protected.show(typed)
    protected.missing(typed)
    with suppress(TagError):
        protected.restore(typed)


def adopt(data: bytes) -> None:
    """Translated Markdown beside its source."""
    sides = []
    for text in texts_of(data, 2):
        page = page_of(text)
        if page.unread:
            return
        site = samples.workspace()
        sides.append(site.collect(page).segments)
    for source, target in align(sides[0], sides[1]).pairs:
        assert source.kind == target.kind
