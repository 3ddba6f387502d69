"""
Prose: running text for fingers. Nothing small is left to touch, nothing is folded away.

A link inside a line is as high as its letters and cannot be 20 mm. So it stays in the text as a
marked name, and the section in which it stands ends with large buttons, one for each page that it
names: where the thought ends, the hand finds what the eye has just read. What leads off the site
(``site/screen/takeaways.py`` made buttons of it) goes the same way.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any

from quangba.source.lenient import LenientParser

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

HEADINGS = ("h2", "h3")
"""A section begins with each of them that stands in nothing else."""

DROPPED = frozenset({"headerlink", "footnote-backref"})
"""Classes of links that only help with a mouse."""

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ],
)
"""Elements without an end tag (HTML standard, 13.1.2)."""

FOREIGN = frozenset({"svg", "math"})
"""Elements inside which a slash does end a tag."""

ABROAD = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
"""``https://…``, ``mailto:…``, ``//host``: nothing that a screen at a gate can open."""

TAG = re.compile(r"<[^>]*>")

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Way:
    """Something that a text names and a hand can touch."""

    url: str
    """Relative address, not escaped; empty for a button that shows a code to take along."""
    html: str
    """What the text says there."""
    start: str = ""
    """Start tag of that button as it was made."""


@dataclass
class Section:
    """A heading with the text below it, or the text before the first heading."""

    html: str = ""
    ways: list[Way] = field(default_factory=list)

    def add(self, way: Way) -> None:
        """Add a way, each place once."""
        if (way.url, way.start) not in [(known.url, known.start) for known in self.ways]:
            self.ways.append(way)


class Sections(LenientParser):
    """Divides a page's HTML into sections and lifts out what can be touched."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.sections = [Section()]
        self.open: list[str] = []
        """Elements that are open, outermost first, as they will be closed."""
        self.lifted: list[tuple[Way, int] | None] = []
        """Links and buttons that are open, with the place at which what they say begins."""
        self.silent = 0
        """Elements that are open inside one that is left out."""
        self.labels: list[str] = []
        """What stands at the head of the columns of a table."""
        self.cell: list[str] | None = None
        self.column = 0

    @property
    def here(self) -> Section:
        """The section that is being written."""
        return self.sections[-1]

    def write(self, text: str) -> None:
        """Write to the section."""
        if not self.silent:
            self.here.html += text

    # Tags

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in given}
        if self.silent:
            self.silent += tag not in VOID
            return
        if tag == "h1" or DROPPED & set(attributes.get("class", "").split()):
            self.silent = 1
            return
        if not self.open and tag in HEADINGS:
            self.sections.append(Section())
        text = self.get_starttag_text() or ""
        if tag == "a" and "href" in attributes:
            text = self.lift(Way(attributes["href"], ""))
        elif tag == "button" and "take" in attributes.get("class", "").split():
            text = self.lift(Way("", "", text))
        elif tag in ("a", "button"):
            self.lifted.append(None)
        elif tag == "details":
            text = f'<div class="fold {attributes.get("class", "")}">'.replace(' ">', '">')
        elif tag == "summary":
            text = '<p class="fold__title">'
        elif tag in ("td", "th", "tr", "table"):
            text = self.in_table(tag, text)
        self.write(text)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        if self.silent:
            return
        if tag in VOID or FOREIGN & set(self.open):
            self.write(self.get_starttag_text() or "")
        else:  # <p/> opens a paragraph, whatever the slash says
            self.handle_starttag(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if self.silent:
            self.silent -= tag not in VOID
            return
        if tag in VOID or tag not in self.open:
            return
        while self.open.pop() != tag:
            pass
        if tag in ("a", "button") and self.lifted:
            tag = self.land(tag)
        elif tag in ("th", "td") and self.cell is not None:
            self.labels.append("".join(self.cell).strip())
            self.cell = None
        self.write({"details": "</div>", "summary": "</p>"}.get(tag, f"</{tag}>"))

    def lift(self, way: Way) -> str:
        """Remember a link or button; return what stands in its place."""
        text = '<span class="named">'
        if way.url.startswith("#") or (way.url and ABROAD.match(way.url)):
            text = "<span>"
        self.lifted.append((way, len(self.here.html) + len(text)))
        return text

    def land(self, tag: str) -> str:
        """Put a link or button that ends to the ways of the section; return the end tag."""
        found = self.lifted.pop()
        if found is None:
            return tag
        way, start = found
        way.html = self.here.html[start:].strip()
        if way.start or not (way.url.startswith("#") or ABROAD.match(way.url)):
            self.here.add(way)
        return "span"

    def in_table(self, tag: str, text: str) -> str:
        """Give each cell the head of its column, for a narrow screen that shows rows as blocks."""
        if tag == "table":
            self.labels = []
        elif tag == "tr":
            self.column = 0
        elif "thead" in self.open:
            self.cell = []
        elif tag in ("td", "th"):
            label = self.labels[self.column] if self.column < len(self.labels) else ""
            self.column += 1
            if label:
                return f'{text[:-1]} data-label="{escape(label)}">'
        return text

    # Everything else

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append(data)
        self.write(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_reference(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_reference(f"&#{name};")

    def handle_reference(self, text: str) -> None:
        """Keep a character reference as it is written."""
        if self.cell is not None:
            self.cell.append(unescape(text))
        self.write(text)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def sections(html: str) -> list[Section]:
    """
    Divide the HTML of a page into sections without anything small to touch.

    >>> [s] = sections('<p>Xem <a href="../b/">trang <em>B</em></a>.</p>')
    >>> s.html, s.ways
    ('<p>Xem <span class="named">trang <em>B</em></span>.</p>', [Way(url='../b/', html='trang \
<em>B</em>', start='')])
    """
    parser = Sections()
    parser.feed(html)
    parser.close()
    return [section for section in parser.sections if section.html.strip()]


def prose(html: str, title: Callable[[str], str | None]) -> list[dict[str, Any]]:
    """
    Return the sections of a page for its template.

    Each has ``html`` and ``ways``; a way has ``url`` and ``title`` (what ``title`` says of the
    address, else the words of the text), or ``button``: the HTML of a button to take along. All of
    them are HTML.
    """
    return [
        {"html": section.html, "ways": [way_view(way, title) for way in section.ways]}
        for section in sections(html)
    ]


def way_view(way: Way, title: Callable[[str], str | None]) -> dict[str, Any]:
    """Return one way for a template."""
    if way.start:
        return {"url": None, "button": f"{way.start}{way.html}</button>"}
    known = title(way.url)
    words = escape(known) if known else TAG.sub("", way.html)
    return {"url": escape(way.url), "title": words, "button": None}
