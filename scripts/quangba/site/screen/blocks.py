"""
Blocks: running text as headings, paragraphs and items, for sheets that set it in their own way.

A translation keeps the blocks of its source: those of two languages can stand side by side. What
does not belong on such a sheet is left out: notes about what a page still lacks, tables, drawings.
A name stays where a link was, and an address that leads off the site stays in words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape

from markupsafe import Markup

from quangba.source.lenient import LenientParser

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

BLOCKS = {
    "h2": "heading",
    "h3": "subheading",
    "p": "text",
    "li": "item",
    "dt": "item",
    "dd": "text",
}
"""Elements that hold lines of text, and what they are called here."""

KEPT = frozenset({"strong", "em", "b", "i", "sub", "sup", "br", "bdi"})
"""Elements inside a line that paper shows as well."""

LEFT_OUT = frozenset(
    {"table", "figure", "pre", "details", "svg", "script", "style", "video", "audio", "form"}
)
"""Elements without whose content a text can be read."""

NOTES = frozenset({"admonition", "headerlink", "footnote", "footnote-backref"})
"""Classes of elements that are left out likewise."""

BLANKS = re.compile("[ \t\r\n\f]+")
"""What browsers show as one blank; those that hold words together stay."""

VOID = frozenset({"br", "img", "hr", "wbr", "input", "source", "col"})

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Block:
    """Some lines of text."""

    kind: str
    """``heading``, ``subheading``, ``text``, ``item``, or ``step`` of an ordered list."""
    html: Markup
    """With emphasis and foreign words marked, and nothing else."""


@dataclass
class Section:
    """A heading of the second level and what stands below it."""

    title: Markup = field(default_factory=Markup)
    blocks: list[Block] = field(default_factory=list)

    def of(self, *kinds: str) -> list[Markup]:
        """Return the blocks of some kinds."""
        return [block.html for block in self.blocks if block.kind in kinds]


class BlockReader(LenientParser):
    """Reads blocks from what Markdown became."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._kind = "text"
        self._parts: list[str] = []
        self._lists: list[str] = []
        self._closing: list[tuple[str, str]] = []
        self._deaf = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self._deaf or tag in LEFT_OUT or NOTES & {*(given.get("class") or "").split()}:
            self._deaf += tag not in VOID
            return
        if tag in ("ol", "ul"):
            self.flush()
            self._lists.append(tag)
        elif tag in BLOCKS:
            self.begin(tag)
        elif tag == "br":
            self._parts.append("<br>")
        elif tag not in VOID:
            start, end = inline(tag, given)
            self._parts.append(start)
            self._closing.append((tag, end))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._deaf:
            self._deaf -= tag not in VOID
        elif tag in ("ol", "ul"):
            self.flush()
            del self._lists[-1:]
        elif tag in BLOCKS:
            self.flush()
        elif self._closing and self._closing[-1][0] == tag:
            self._parts.append(self._closing.pop()[1])

    def handle_data(self, data: str) -> None:
        if not self._deaf:
            self._parts.append(escape(data, quote=False))

    def begin(self, tag: str) -> None:
        """Begin a block; a paragraph that begins an item is the item."""
        kind = BLOCKS[tag]
        if tag == "li" and self._lists[-1:] == ["ol"]:
            kind = "step"
        if tag == "p" and self._kind in ("item", "step") and not "".join(self._parts).strip():
            return
        self.flush()
        self._kind = kind

    def flush(self) -> None:
        """End a block."""
        ends = [end for _, end in reversed(self._closing)]
        text = BLANKS.sub(" ", "".join([*self._parts, *ends]))
        if Markup(text).striptags():
            self.blocks.append(Block(self._kind, Markup(text.strip())))
        self._kind, self._parts, self._closing = "text", [], []


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def blocks(html: str) -> list[Block]:
    """
    Return the blocks of a text.

    >>> found = blocks('<h2>A <a href="#">b</a></h2><ol><li><p>Hộ <strong>chiếu</strong></p></ol>')
    >>> [(block.kind, str(block.html)) for block in found]
    [('heading', 'A b'), ('step', 'Hộ <strong>chiếu</strong>')]
    """
    reader = BlockReader()
    reader.feed(html)
    reader.close()
    reader.flush()
    return reader.blocks


def sections(html: str) -> list[Section]:
    """Return the sections of a text; the first has no title where text stands before a heading."""
    found = [Section()]
    for block in blocks(html):
        if block.kind == "heading":
            found.append(Section(block.html))
        else:
            found[-1].blocks.append(block)
    return [section for section in found if section.blocks]


def inline(tag: str, given: dict[str, str | None]) -> tuple[str, str]:
    """Return how an element inside a line begins and ends on paper."""
    lang = given.get("lang")
    marked = f' lang="{escape(lang)}"' if lang else ""
    name = tag if tag in KEPT else "span" if lang else ""
    return (f"<{name}{marked}>", f"</{name}>") if name else ("", "")
