"""
Reading: one HTML file as what the rules ask about.

A page is cut into tags with one regular expression. The same tags stand on hundreds of pages, so
that each different one is understood once; a site of 600 pages is read in about a second.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import NamedTuple

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

INSIDE = r"""(?:[^"'>]|"[^"]*(?:"|\Z)|'[^']*(?:'|\Z))*+(?:>|\Z)"""
"""
What stands in a tag behind its name, and its end: a ``>`` in quotes is none. As in HTML, what is
never closed ends with the file; so every expression here reads a file once.
"""

COMMENT = r"<!--(?:.*?-->|.*)"

TOKEN = re.compile(
    COMMENT + r"|<(?P<raw>script|style)(?=[\s/>])(?P<given>" + INSIDE + r")"
    r"(?P<code>.*?)(?:</(?P=raw)\s*+>|\Z)"
    r"|</(?P<end>title|a|button|label)\s*+>"
    r"|<(?P<tag>[a-z][^\s/>]*+)(?P<attributes>" + INSIDE + r")",
    re.DOTALL | re.IGNORECASE,
)
"""What matters of a page: start tags, whole scripts and styles, and the ends of a few elements."""

MARKUP = re.compile(
    COMMENT + r"|<(script|style)(?=[\s/>])" + INSIDE + r".*?(?:</\1\s*+>|\Z)"
    r"|</?[a-z]" + INSIDE + r"|<[!?][^>]*+(?:>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
"""Everything that is no text."""

BODY = re.compile(r"<body\b" + INSIDE, re.IGNORECASE)

ATTRIBUTE = re.compile(
    r"""([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?"""  # href="a b" hidden
)

WORDS = re.compile(r"(?:^|>)\s*+[^\s<]")
"""The beginning of a text between tags: ``<b> Xem``."""

HEADINGS = {f"h{level}": level for level in range(1, 7)}

FETCHED = {
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "script": ("src",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "iframe": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "input": ("src",),
    "use": ("href", "xlink:href"),
    "image": ("href", "xlink:href"),
}
"""What a browser fetches by itself, by tag; ``link`` depends on its ``rel``."""

RELATIONS = frozenset(
    {"stylesheet", "icon", "preload", "modulepreload", "manifest", "prefetch", "apple-touch-icon"}
)
"""Relations of ``link`` whose file is fetched."""

DATA_BLOCKS = ("application/json", "application/ld+json")
"""Types of ``script`` that no browser runs."""

TYPED = frozenset({"input", "select", "textarea"})

UNLABELLED = frozenset({"hidden", "submit", "button", "reset", "image"})
"""Types of ``input`` that need no label."""

NAMES = ("aria-label", "aria-labelledby", "title")
"""Attributes that give an element a name by themselves."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Tag:
    """A start tag; one object stands for all that are written alike."""

    name: str
    attributes: dict[str, str]
    identity: str = ""
    """Its ``id``."""
    asks: tuple[tuple[str, str], ...] = ()
    """Ids of other elements that it names: attribute and id."""
    wrong: tuple[str, ...] = ()
    """Rules that its attributes alone break."""
    plain: bool = False
    """True when no rule asks about it."""

    def get(self, name: str) -> str:
        """Return an attribute, empty when it is not there."""
        return self.attributes.get(name, "")

    @property
    def named(self) -> bool:
        """Tell whether an attribute names the element."""
        return any(self.attributes.get(name, "").strip() for name in NAMES)


class Fetched(NamedTuple):
    """A file that a browser fetches for a page."""

    address: str
    """As it is written in the page."""
    tag: Tag
    first: bool
    """True for a file of the first view: no ``loading=lazy``, no style sheet for printers."""


Lead = tuple[str | None, str]
"""
Path from the root of the site and fragment; None for the path of what is elsewhere. For a file of
one gate the path is that of the site it is laid over.
"""


@dataclass
class Document:
    """One HTML file."""

    file: str
    """Path from the folder of the site."""
    size: int
    """Bytes."""
    language: str = ""
    """``lang`` of the whole page."""
    title: str = ""
    metas: dict[str, str] = field(default_factory=dict)
    """``content`` by ``name``, or by ``http-equiv`` in small letters."""
    canonical: list[str] = field(default_factory=list)
    alternates: list[tuple[str, str]] = field(default_factory=list)
    """``hreflang`` and address of the versions in other languages."""
    links: list[str] = field(default_factory=list)
    """Where ``a`` and ``form`` lead, as written."""
    fetched: list[Fetched] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    headings: list[int] = field(default_factory=list)
    mains: int = 0
    characters: set[str] = field(default_factory=set)
    """Characters of the texts between tags, those of ``head`` left out."""
    wrong: list[tuple[str, str]] = field(default_factory=list)
    """What one tag alone shows to be wrong: name of the rule and the tag."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Ids that the page itself names: attribute and id."""
    leads: dict[str, Lead] = field(default_factory=dict)
    """Where the addresses in ``links`` and ``fetched`` lead (``folder.py``)."""

    @property
    def indexed(self) -> bool:
        """Tell whether search engines may list the page."""
        return "noindex" not in self.metas.get("robots", "")

    @property
    def moved(self) -> bool:
        """Tell whether the page does nothing but lead to another."""
        return "refresh" in self.metas


class Reader:
    """Reads one page from its first tag to its last."""

    def __init__(self, document: Document, text: str) -> None:
        self.document, self.text = document, text
        self.labels = 0
        """Labels that are open."""
        self.open: dict[str, tuple[int, Tag]] = {}
        """Links and buttons that are open: where their content begins, and their tag."""
        self.unlabelled: list[Tag] = []
        self.labelled: set[str] = set()

    def read(self) -> None:
        """Read the page."""
        for match in TOKEN.finditer(self.text):
            kind = match.lastgroup
            if kind == "attributes":
                tag = parse(match["tag"], match["attributes"])
                if not tag.plain:
                    self.start(tag, match.end())
            elif kind == "end":
                self.close(match["end"].lower(), match.start())
            elif kind:
                self.raw(parse(match["raw"], match["given"]), match["code"])
        body = BODY.search(self.text)
        shown = MARKUP.sub("", self.text[body.end() :] if body else self.text)
        self.document.characters.update(unescape(shown) if "&" in shown else shown)
        for tag in self.unlabelled:
            if tag.get("id") not in self.labelled:
                self.note("label", tag)

    def raw(self, tag: Tag, code: str) -> None:
        """Take a script or a style element with its content."""
        self.inspect(tag)
        if tag.name == "style":
            self.note("inline-style", tag)
        elif tag.get("src"):
            self.fetch(tag)
        elif code.strip() and tag.get("type").lower() not in DATA_BLOCKS:
            self.note("inline-script", tag)

    def start(self, tag: Tag, after: int) -> None:
        """Take a start tag that some rule asks about."""
        self.inspect(tag)
        if tag.name in FETCHED:
            self.fetch(tag)
        take = TAKERS.get(tag.name)
        if take:
            take(self, tag, after)

    def inspect(self, tag: Tag) -> None:
        """Take what the attributes of any tag say."""
        document = self.document
        if tag.identity:
            if tag.identity in document.ids:
                self.note("id-twice", tag)
            document.ids.add(tag.identity)
        document.asked += tag.asks
        for rule in tag.wrong:
            self.note(rule, tag)

    def fetch(self, tag: Tag) -> None:
        """Take what a browser fetches for a tag."""
        first = tag.get("loading") != "lazy" and tag.name not in ("video", "audio", "track")
        for name in FETCHED[tag.name]:
            value = tag.get(name)
            addresses = candidates(value) if name == "srcset" else [value]
            self.document.fetched += [
                Fetched(one, tag, first and tag.name != "source" and name != "srcset")
                for one in addresses
                if one and not one.startswith("#")
            ]

    def close(self, name: str, at: int) -> None:
        """Take an end tag."""
        if name == "label":
            self.labels -= 1
        elif name in self.open:
            begins, tag = self.open.pop(name)
            inside = self.text[begins:at]
            if name == "title":
                self.document.title = self.document.title or unescape(inside).strip()
            elif not (has_words(inside) or tag.named):
                self.note("nameless", tag)

    def note(self, rule: str, tag: Tag) -> None:
        """Note what is wrong with a tag."""
        self.document.wrong.append((rule, shown_tag(tag)))

    # What single tags mean

    def html(self, tag: Tag, after: int) -> None:
        """Take the language of the page."""
        self.document.language = tag.get("lang")

    def begin(self, tag: Tag, after: int) -> None:
        """Remember where a title, a link or a button begins."""
        self.open[tag.name] = (after, tag)
        if tag.name == "a":
            address = tag.get("href")
            if address:
                self.document.links.append(address)

    def meta(self, tag: Tag, after: int) -> None:
        """Take what the page says of itself."""
        name = tag.get("name") or tag.get("http-equiv").lower()
        if name:
            self.document.metas.setdefault(name, tag.get("content"))
        if name == "viewport" and re.search(
            r"user-scalable\s*=\s*(?:no|0)|maximum-scale\s*=\s*1(?:\.0*)?\b", tag.get("content")
        ):
            self.note("zoom", tag)

    def link(self, tag: Tag, after: int) -> None:
        """Take versions in other languages, the address of the page, style sheets, icons."""
        relations, address = tag.get("rel").lower().split(), tag.get("href")
        if "canonical" in relations:
            self.document.canonical.append(address)
        if "alternate" in relations and tag.get("hreflang"):
            self.document.alternates.append((tag.get("hreflang"), address))
        elif RELATIONS.intersection(relations) and address:
            self.document.fetched.append(Fetched(address, tag, tag.get("media") != "print"))

    def heading(self, tag: Tag, after: int) -> None:
        """Take the level of a heading."""
        self.document.headings.append(HEADINGS[tag.name])

    def main(self, tag: Tag, after: int) -> None:
        """Count the main parts."""
        self.document.mains += 1

    def image(self, tag: Tag, after: int) -> None:
        """Ask for the words that stand for a picture."""
        if "alt" not in tag.attributes and tag.get("role") != "presentation":
            self.note("alt", tag)

    def label(self, tag: Tag, after: int) -> None:
        """Begin a label."""
        self.labels += 1
        if tag.get("for"):
            self.labelled.add(tag.get("for"))

    def field(self, tag: Tag, after: int) -> None:
        """Ask for the label of what people type or choose."""
        named = self.labels > 0 or tag.named
        if not named and tag.get("type").lower() not in UNLABELLED:
            self.unlabelled.append(tag)

    def form(self, tag: Tag, after: int) -> None:
        """Take where a form leads."""
        if tag.get("action"):
            self.document.links.append(tag.get("action"))

    def frame(self, tag: Tag, after: int) -> None:
        """Ask for the name of a frame."""
        if not tag.named:
            self.note("nameless", tag)


TAKERS: dict[str, Callable[[Reader, Tag, int], None]] = {
    "html": Reader.html,
    "title": Reader.begin,
    "a": Reader.begin,
    "button": Reader.begin,
    "meta": Reader.meta,
    "link": Reader.link,
    "main": Reader.main,
    "img": Reader.image,
    "label": Reader.label,
    "form": Reader.form,
    "iframe": Reader.frame,
    **dict.fromkeys(HEADINGS, Reader.heading),
    **dict.fromkeys(TYPED, Reader.field),
}
"""What is done with tags by their name."""

ASKS = ("for", "aria-labelledby", "aria-describedby", "aria-controls")
"""Attributes that name the ids of other elements."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def read_document(file: str, text: str, size: int = 0) -> Document:
    """
    Read the text of an HTML file of so many bytes.

    >>> page = read_document('a.html', '<html lang=vi><title>A &amp; B</title><body><h1>Ô</h1>')
    >>> page.language, page.title, page.headings, sorted(page.characters)
    ('vi', 'A & B', [1], ['Ô'])
    """
    document = Document(file, size)
    Reader(document, text).read()
    return document


@lru_cache(maxsize=1 << 17)
def parse(name: str, attributes: str) -> Tag:
    """
    Understand a start tag; of an attribute that is written twice the first counts, as in HTML.

    >>> parse('A', ' href="x?a=1&amp;b=2" HIDDEN id=y').attributes
    {'href': 'x?a=1&b=2', 'hidden': '', 'id': 'y'}
    """
    name = name.lower()
    found: dict[str, str] = {}
    for match in ATTRIBUTE.finditer(attributes):
        value = match[2] or match[3] or match[4] or ""
        found.setdefault(match[1].lower(), unescape(value) if "&" in value else value)
    identity = found.get("id", "")
    asks = tuple((ask, one) for ask in ASKS for one in found.get(ask, "").split())
    wrong = tuple(faults(found))
    known = name in TAKERS or name in FETCHED
    return Tag(name, found, identity, asks, wrong, not (known or identity or asks or wrong))


def faults(attributes: dict[str, str]) -> Iterator[str]:
    """Yield the rules that attributes break in whatever tag: styles, scripts, a forced order."""
    for name, value in attributes.items():
        if name == "style":
            yield "inline-style"
        elif name.startswith("on"):
            yield "inline-script"
        elif name == "tabindex" and value.strip().isdigit() and int(value) > 0:
            yield "tabindex"


def has_words(inside: str) -> bool:
    """
    Tell whether the content of a link or a button has words, or a picture that has some.

    >>> has_words('<b> Xem </b>'), has_words('<img alt="Xem">'), has_words('<svg></svg> ')
    (True, True, False)
    """
    if WORDS.search(inside):
        return True
    return any(tag.get("alt").strip() or tag.named for tag in tags(inside))


def tags(text: str) -> Iterator[Tag]:
    """Yield the start tags of a piece of HTML."""
    for match in TOKEN.finditer(text):
        if match["tag"]:
            yield parse(match["tag"], match["attributes"])
        elif match["raw"]:
            yield parse(match["raw"], match["given"])


def candidates(srcset: str) -> list[str]:
    """
    Return the addresses of a ``srcset``.

    >>> candidates('a.avif 480w, b.avif 960w')
    ['a.avif', 'b.avif']
    """
    return [part.split()[0] for part in srcset.split(",") if part.strip()]


def shown_tag(tag: Tag) -> str:
    """
    Return a tag short enough to be told.

    >>> shown_tag(parse('img', ' src="a.svg" class="x"'))
    '<img src="a.svg">'
    """
    for name in ("id", "src", "href", "name", "class"):
        if tag.get(name):
            return f'<{tag.name} {name}="{tag.get(name)[:80]}">'
    return f"<{tag.name}>"
