"""
XLIFF 1.2: entries for translators' programs, which nearly all read this version.

One ``file`` is one page. Markup is inline elements, which those programs protect: ``g`` around
words, ``x`` for what has none. The English in between and the previous source are ``alt-trans``.
What a unit was when it went out stands in a context group, so that it is known what was done to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.metadata import version as version_of
from xml.etree import ElementTree

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from quangba.catalogs.message import State
from quangba.catalogs.tbx import DEEPEST, LANG, child, language_code, local
from quangba.catalogs.workspace import UI
from quangba.errors import Problem, QuangbaError
from quangba.exchange.protect import TAG, Protected, Thing
from quangba.exchange.replies import Reply, Returned
from quangba.exchange.rows import Decision, Row, Sheet
from quangba.mt.archive import printable
from quangba.review.checking import UI_SOURCE
from quangba.settings import Language

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

Element = ElementTree.Element

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

OWN = "quangba"
"""Our name in the file, and who our notes are from."""

COUNT = "x-quangba-units"
VERSION = "x-quangba-version"
STATE = "x-quangba-state"
"""What we keep in counts and contexts."""

STATES = {
    State.MISSING: "needs-translation",
    State.DRAFT: "needs-review-translation",
    State.TRANSLATED: "translated",
    State.REVIEWED: "final",
}
"""``state`` of a target by the state of its entry."""

STALE = "needs-review-translation"

FINISHED = ("final", "signed-off")

KINDS = {"**": "bold", "__": "bold", "*": "italic", "_": "italic", "[": "link"}
"""``ctype`` by the opening piece of markup."""

LEAVES = ("source", "target", "note", "context", "count")
"""Elements whose blanks count."""

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML cannot hold."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------

# Writing


def write_xliff(sheets: Iterable[Sheet], language: Language, source: Language) -> bytes:
    """Return the document of a language."""
    root = ElementTree.Element("xliff", {"version": "1.2", "xmlns": NAMESPACE})
    for sheet in sheets:
        attributes = {
            "original": sheet.page,
            "source-language": UI_SOURCE if sheet.page == UI else source.html_lang,
            "target-language": language.html_lang,
            "datatype": "x-markdown",
            "tool-id": OWN,
        }
        file = ElementTree.SubElement(root, "file", attributes)
        header = child(file, "header")
        counts = child(header, "count-group", name=OWN)
        count = str(len(sheet.rows))
        child(counts, "count", count, **{"count-type": COUNT, "unit": "trans-unit"})
        tool = {"tool-id": OWN, "tool-name": "Quảng Bá", "tool-version": version_of(OWN)}
        child(header, "tool", **tool)
        body = child(file, "body")
        for row in sheet.rows:
            add_unit(body, row)
    indent(root)
    text = ElementTree.tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def add_unit(body: Element, row: Row) -> None:
    """Append an entry."""
    message, protected = row.message, row.protected
    state = STALE if message.stale else STATES[message.state]
    approved = "yes" if message.state is State.REVIEWED else "no"
    attributes = {"id": row.id, "resname": row.segment.kind, "approved": approved}
    unit = ElementTree.SubElement(body, "trans-unit", {**attributes, SPACE: "preserve"})
    add_text(child(unit, "source"), protected.source, protected)
    target = child(unit, "target", state=state)
    if message.stale:
        target.set("state-qualifier", "fuzzy-match")
    elif message.machine:
        target.set("state-qualifier", "leveraged-mt")
    add_text(target, row.target, protected)
    group = child(unit, "context-group", name=OWN, purpose="information")
    child(group, "context", row.version, **{"context-type": VERSION})
    child(group, "context", f"{approved} {state}", **{"context-type": STATE})
    if message.pivot:
        add_alternative(unit, "reference", "", message.pivot, "en")
    if row.previous:
        add_alternative(unit, "previous-version", row.previous, message.msgstr, "")
    for text in (*row.notes, *row.legend, *row.terms, *row.findings):
        child(unit, "note", legal(text), **{"from": OWN})


def add_alternative(unit: Element, kind: str, source: str, target: str, language: str) -> None:
    """Append another translation than the one that is wanted."""
    found = child(unit, "alt-trans", alttranstype=kind, origin=OWN)
    if source:
        child(found, "source", legal(source))
    translation = child(found, "target", legal(target))
    if language:
        translation.set(LANG, language)


def add_text(element: Element, text: str, protected: Protected) -> None:
    """Write a text with inline elements in the place of its tags."""
    inside = [element]
    things = {thing.number: thing for thing in protected.things}
    done = 0
    for match in TAG.finditer(text) if things else ():
        append_text(inside[-1], text[done : match.start()])
        done = match.end()
        thing = things.get(int(match[2]))
        if thing is None or len(thing.pieces) != 2:
            index = int(match[3] or 0) or (len(thing.pieces) - 1 if thing and match[1] else 0)
            name = f"{match[2]}.{index}" if index else match[2]
            piece = thing.pieces[index] if thing and index < len(thing.pieces) else ""
            kind = f"x-{thing.kind}" if thing else "x-unknown"
            attributes = {"id": name, "ctype": kind, "equiv-text": legal(piece)}
            ElementTree.SubElement(inside[-1], "x", attributes)
        elif match[1]:
            if len(inside) > 1:
                inside.pop()
        else:
            inside.append(ElementTree.SubElement(inside[-1], "g", pair(thing)))
    append_text(inside[-1], text[done:])


def pair(thing: Thing) -> dict[str, str]:
    """Return the attributes of the element around the words of some markup."""
    kind = KINDS.get(thing.pieces[0], "x-span")
    return {"id": str(thing.number), "ctype": kind, "equiv-text": legal(" … ".join(thing.pieces))}


def append_text(element: Element, text: str) -> None:
    """Append a text behind the last child of an element."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + legal(text)
    else:
        element.text = (element.text or "") + legal(text)


def legal(text: str) -> str:
    """Return a text as XML can hold it."""
    return ILLEGAL.sub("\ufffd", text)


def indent(element: Element, level: int = 1) -> None:
    """Put elements on lines of their own, except inside texts."""
    if len(element) and local(element) not in LEAVES:
        element.text = "\n" + "  " * level
        for each in element:
            indent(each, level + 1)
            each.tail = "\n" + "  " * level
        element[-1].tail = "\n" + "  " * (level - 1)


# Reading


def read_xliff(data: bytes, file: str) -> Returned:
    """
    Read a document that comes back; units may be missing.

    Raises ``QuangbaError`` when it cannot be used at all.
    """
    root = parsed(data, file)
    if local(root) != "xliff":
        raise QuangbaError("import-kind", file)
    version = root.get("version", "")
    if not version.startswith("1."):
        raise QuangbaError("import-xliff-version", file, version=version[:10] or "?")
    files = [element for element in root.iter() if local(element) == "file"]
    languages = [language_code(element.get("target-language", "")) for element in files]
    returned = Returned(file, next(filter(None, languages), ""))
    for element, language in zip(files, languages, strict=True):
        read_page(element, language, returned)
    if not returned.replies and not returned.refusals:
        raise QuangbaError("import-sheetless", file)
    returned.language = returned.language or returned.replies[0].language
    returned.unique()
    return returned


def parsed(data: bytes, file: str) -> Element:
    """Parse XML that may be hostile."""
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise QuangbaError("import-hostile", file, what="DOCTYPE") from error
    except ElementTree.ParseError as error:
        what = expat_sentence(error)
        raise QuangbaError("import-broken", file, error.position[0], what=what) from error
    except (ValueError, LookupError) as error:
        raise QuangbaError("import-broken", file, what=printable(str(error))) from error
    return root


def expat_sentence(error: ElementTree.ParseError) -> str:
    """Return what a parser says, without the place."""
    return printable(str(error).partition(":")[0])


def read_page(element: Element, language: str, returned: Returned) -> None:
    """Read the units of one page."""
    page = element.get("original", "")
    units = [each for each in element.iter() if local(each) == "trans-unit"]
    for unit in units:
        reply = read_unit(unit, page)
        if reply.id.count(":") < 2 or not reply.version:
            returned.refuse(reply, "import-unknown")
        elif language and language != language_code(reply.language):
            returned.refuse(reply, "import-foreign", language=language)
        else:
            returned.replies.append(reply)
    counts = (each for each in element.iter() if each.get("count-type") == COUNT)
    said = next((count.text or "" for count in counts), "")
    missing = int(said) - len(units) if said.isdecimal() and len(said) < 8 else 0
    if missing > 0:
        problem = Problem.at("import-missing", f"{returned.file}, {page}", count=missing)
        returned.problems.append(problem)


def read_unit(unit: Element, page: str) -> Reply:
    """Read a unit."""
    contexts = {each.get("context-type"): each.text or "" for each in unit.iter("*")}
    parts = {local(each): each for each in reversed(unit)}
    source, target = parts.get("source"), parts.get("target")
    said = "".join(tagged(source)) if source is not None else None
    words = "".join(source.itertext())[:40] if source is not None else ""
    now = (unit.get("approved", "no"), target.get("state", "") if target is not None else "")
    notes = (each for each in unit if local(each) == "note" and each.get("from") != OWN)
    return Reply(
        f"{page} “{' '.join(words.split())}”",
        unit.get("id", ""),
        contexts.get(VERSION, ""),
        "".join(tagged(target)) if target is not None else "",
        decision(now, contexts.get(STATE, "")),
        " ".join((note.text or "").strip() for note in notes).strip(),
        said,
    )


def decision(now: tuple[str, str], before: str) -> Decision:
    """
    Say what ``approved`` and ``state`` of a unit ask for; as they went out they ask for nothing.

    The state counts: several programs approve whatever is typed.

    >>> [decision(now, 'no translated').name for now in (('yes', 'final'), ('yes', 'translated'))]
    ['REVIEWED', 'ACCEPT']
    >>> decision(('yes', 'final'), 'yes final').name
    'NONE'
    """
    approved, state = now
    if " ".join(now) == before:
        return Decision.NONE
    if (state in FINISHED and not before.endswith(FINISHED)) or (approved == "yes" and not state):
        return Decision.REVIEWED
    return Decision.ACCEPT if state in ("translated", *FINISHED) else Decision.NONE


def tagged(element: Element, depth: int = 0) -> Iterator[str]:
    """Yield the text of an element with tags in the place of inline elements."""
    yield element.text or ""
    for each in element if depth < DEEPEST else ():
        name = local(each)
        number, _, index = (each.get("rid") or each.get("id") or "").partition(".")
        if name == "ept":
            yield f"⟦/{number}⟧"
        elif name in ("bpt", "ph", "it", "x", "bx"):
            yield f"⟦{number}:{index}⟧" if index else f"⟦{number}⟧"
        elif name == "ex":
            yield f"⟦/{number}⟧"
        elif name == "g":
            yield f"⟦{number}⟧"
            yield from tagged(each, depth + 1)
            yield f"⟦/{number}⟧"
        else:
            yield from tagged(each, depth + 1)
        yield each.tail or ""
