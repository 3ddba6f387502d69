"""
TBX: terms to and from terminology tools (ISO 30042).

Written: TBX-Basic of 2019 in DCA style. Read: that, and the older ``martif`` files (TBX 2008),
with or without a namespace. XML that declares a document type or an entity is refused unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from xml.etree import ElementTree
from xml.parsers import expat

from quangba.catalogs.terms import (
    GENDERS,
    SOURCE,
    Rule,
    Table,
    Term,
    ordered,
    refused,
    term_problems,
)
from quangba.errors import Problem
from quangba.source.text import nfc

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

Element = ElementTree.Element

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

LARGEST = 20_000_000
"""Bytes of a file that a terminology tool exports."""

DEEPEST = 40
"""Levels of elements; TBX has ten."""

CONCEPTS = ("conceptEntry", "termEntry")
SECTIONS = ("langSec", "langSet")
TERMS = ("termSec", "tig", "ntig")
"""Elements of ISO 30042:2019, then of TBX 2008."""

PREFERRED = "preferredTerm-admn-sts"
ADMITTED = "admittedTerm-admn-sts"
DEPRECATED = "deprecatedTerm-admn-sts"

REFUSED_STATUS = re.compile("deprecated|superseded|forbidden|notrecommended|obsolete", re.I)
"""Statuses of forms that may not be used, as tools write them."""

PREFERRED_STATUS = re.compile("preferred", re.I)

GRAMMAR = {"m": "masculine", "f": "feminine"}

OWN = "quangba:"
"""Begins the value that holds what TBX-Basic has no place for."""

TRADITIONAL = ("hant", "tw", "hk", "mo")
"""What marks Chinese in traditional characters, which is another language for readers."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class HostileError(Exception):
    """Raised for XML that could make a reader fetch or grow something."""


class Guard:
    """
    Looks through a document before a tree is made of it.

    ``concepts`` are the lines on which its concepts begin, in the order of the document.
    """

    def __init__(self) -> None:
        self.depth = 0
        self.concepts: list[int] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self.refuse_doctype
        self.parser.EntityDeclHandler = self.refuse_entity
        self.parser.StartElementHandler = self.enter
        self.parser.EndElementHandler = self.leave

    def refuse_doctype(self, *_: object) -> None:
        raise HostileError("DOCTYPE")

    def refuse_entity(self, *_: object) -> None:
        raise HostileError("ENTITY")

    def enter(self, name: str, _: object) -> None:
        self.depth += 1
        if name.rpartition(" ")[2] in CONCEPTS:
            self.concepts.append(self.parser.CurrentLineNumber)
        if self.depth > DEEPEST:
            raise ValueError(f"{DEEPEST}+ levels")

    def leave(self, *_: object) -> None:
        self.depth -= 1


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------

# Writing


def write_tbx(terms: Iterable[Term], title: str) -> str:
    """Return terms as a TBX-Basic document."""
    root = ElementTree.Element(
        "tbx", {"type": "TBX-Basic", "style": "dca", LANG: SOURCE, "xmlns": NAMESPACE}
    )
    description = child(child(root, "tbxHeader"), "fileDesc")
    child(child(description, "titleStmt"), "title", title)
    child(child(description, "sourceDesc"), "p", title)
    body = child(child(root, "text"), "body")
    for number, term in enumerate(terms, 1):
        add_concept(body, term, f"c{number}")
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, "unicode") + "\n"


def child(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> Element:
    """Append an element with a text."""
    found = ElementTree.SubElement(parent, tag, attributes)
    found.text = text or None
    return found


def add_concept(body: Element, term: Term, name: str) -> None:
    """Append a term with all its forms."""
    concept = child(body, "conceptEntry", id=name)
    if term.kind:
        child(concept, "descrip", term.kind, type="subjectField")
    own = [str(term.rule), "case" if term.case else "", f"french={term.french}"]
    details = " ".join(word for word in own if word and not word.endswith("="))
    child(concept, "admin", OWN + details, type="projectSubset")
    if term.note:
        child(concept, "note", term.note)
    for language, forms in term.forms.items():
        section = child(concept, "langSec")
        section.set(LANG, language)
        for index, form in enumerate(forms):
            add_form(section, term, language, form, first=index == 0)


def add_form(section: Element, term: Term, language: str, form: str, *, first: bool) -> None:
    """Append one form with its status."""
    entry = child(section, "termSec")
    child(entry, "term", form)
    status = PREFERRED if first else ADMITTED
    if term.rule is Rule.FORBIDDEN and language != SOURCE:
        status = DEPRECATED
    child(entry, "termNote", status, type="administrativeStatus")
    if language == "fr" and first and term.french:
        child(entry, "termNote", GRAMMAR[term.french[0]], type="grammaticalGender")


# Reading


def read_tbx(data: bytes, file: str) -> Table:
    """Read a TBX document; concepts without a Vietnamese term are reported and left out."""
    guard = Guard()
    problem = unsafe(guard, data, file)
    if problem:
        return Table(problems=(problem,))
    root = ElementTree.fromstring(data)
    concepts = [element for element in root.iter() if local(element) in CONCEPTS]
    if local(root) not in ("tbx", "martif") and not concepts:
        return refused("tbx-syntax", file, what=f"<{local(root)[:40]}>")
    terms, problems = [], []
    for concept, line in zip(concepts, guard.concepts, strict=True):
        for term in concept_terms(concept, line):
            if term.rule is not Rule.FORBIDDEN and SOURCE not in term.forms:
                problems.append(Problem.at("glossary-skipped", file, line, term=term.name[:60]))
            else:
                terms.append(term)
    problems += term_problems(terms, file)
    languages = chain.from_iterable(term.forms for term in terms)
    return Table(tuple(terms), ordered(languages), tuple(problems))


def unsafe(guard: Guard, data: bytes, file: str) -> Problem | None:
    """Say why a document may not be read, or None: too large, hostile or malformed."""
    if len(data) > LARGEST:
        return Problem.at("glossary-large", file, largest=LARGEST // 1_000_000)
    try:
        guard.parser.Parse(data, True)
    except HostileError as error:
        return Problem.at("tbx-hostile", file, guard.parser.CurrentLineNumber, what=error)
    except expat.ExpatError as error:
        return Problem.at("tbx-syntax", file, error.lineno, what=expat.ErrorString(error.code))
    except (ValueError, LookupError) as error:
        return Problem.at("tbx-syntax", file, what=error)
    return None


def local(element: Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def concept_terms(concept: Element, line: int) -> Iterator[Term]:
    """Yield the rows that a concept makes: what is wanted and, apart, what is refused."""
    own = own_details(concept)
    wanted: dict[str, list[str]] = {}
    unwanted: dict[str, list[str]] = {}
    for language, form, status in concept_forms(concept, exact=bool(own)):
        # Who still writes the old Vietnamese name means the term: it is one more form of it.
        old = REFUSED_STATUS.search(status) and language != SOURCE
        (unwanted if old else wanted).setdefault(language, []).append(form)
    rule = Rule(own["rule"]) if own else Rule.REQUIRED
    if rule is Rule.FORBIDDEN and wanted.keys() <= {SOURCE}:
        unwanted = {**wanted, **unwanted}
    elif wanted:
        french = own["french"] if own else grammar(concept)
        yield make_term(concept, wanted, rule, line, "case" in own, french)
        unwanted = {SOURCE: wanted.get(SOURCE, []), **unwanted} if unwanted else {}
    if unwanted:
        french = own["french"] if own and rule is Rule.FORBIDDEN else ""
        yield make_term(concept, unwanted, Rule.FORBIDDEN, line, "case" in own, french)


def make_term(
    concept: Element,
    forms: dict[str, list[str]],
    rule: Rule,
    line: int,
    case: bool,
    french: str,
) -> Term:
    """Make a term of a concept's forms."""
    kinds = [text_of(e) for e in concept.iter() if e.get("type") == "subjectField"]
    notes = [text_of(e) for e in concept.iter() if local(e) == "note"]
    return Term(
        {language: tuple(dict.fromkeys(found)) for language, found in forms.items() if found},
        kinds[0] if kinds else "",
        rule,
        " / ".join(filter(None, notes)),
        case,
        french,
        line,
    )


def own_details(concept: Element) -> dict[str, str]:
    """Return what our own files say about a concept beyond TBX-Basic; nothing for others."""
    for element in concept:
        value = text_of(element)
        if element.get("type") == "projectSubset" and value.startswith(OWN):
            rule, *words = value.removeprefix(OWN).split()[:3] or [""]
            found = {"rule": rule, "french": ""}
            found.update(word.partition("=")[::2] for word in words)
            if found["rule"] in set(Rule) and found["french"] in GENDERS:
                return found
    return {}


def concept_forms(concept: Element, *, exact: bool) -> list[tuple[str, str, str]]:
    """Return language, form and status of a concept's terms, preferred ones first."""
    found = []
    for section in concept.iter():
        if local(section) not in SECTIONS:
            continue
        tag = section.get(LANG) or section.get("lang") or ""
        language = tag.lower() if exact else language_code(tag)
        for entry in section.iter():
            if local(entry) in TERMS and language:
                form = next((text_of(e) for e in entry.iter() if local(e) == "term"), "")
                status = next((text_of(e) for e in entry.iter() if is_status(e)), "")
                if form:
                    found.append((language, " ".join(form.split()), status))
    return sorted(found, key=lambda item: not PREFERRED_STATUS.search(item[2]))


def is_status(element: Element) -> bool:
    """Tell whether an element says how a form may be used, in DCA, DCT or TBX 2008."""
    names = (element.get("type"), local(element))
    return any(name in ("administrativeStatus", "normativeAuthorization") for name in names)


def grammar(concept: Element) -> str:
    """Return gender and number of the French term, as far as a file says them."""
    for section in concept.iter():
        if local(section) in SECTIONS and language_code(section.get(LANG) or "") == "fr":
            said = {e.get("type") or local(e): text_of(e).lower() for e in section.iter()}
            gender = said.get("grammaticalGender", "")[:1]
            plural = "p" if said.get("grammaticalNumber") == "plural" else ""
            return gender + plural if gender in GRAMMAR else ""
    return ""


def text_of(element: Element) -> str:
    """Return the text in an element, in NFC."""
    return nfc("".join(element.itertext())).strip()


def language_code(tag: str) -> str:
    """
    Return the site's code of a language tag: regions do not matter, Chinese characters do.

    >>> [language_code(tag) for tag in ('en-US', 'zh_CN', 'zh-Hant-TW', 'KO')]
    ['en', 'zh', 'zh-hant', 'ko']
    """
    base, *rest = tag.lower().replace("_", "-").split("-")
    return "zh-hant" if base == "zh" and set(rest) & set(TRADITIONAL) else base
