"""Reading: the text of a page as its readers see it, section by section."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from quangba.search.tokens import clean

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SILENT = frozenset({"script", "style", "template", "svg", "math", "noscript"})
"""Elements whose text nobody reads."""

MARKS = frozenset({"headerlink", "footnote-ref", "footnote-backref"})
"""Classes of links that are signs, not text."""

BLOCKS = re.compile(
    "address|article|aside|blockquote|br|caption|d[dlt]|details|div|fieldset|fig(caption|ure)|h[1-6r]"
    "|header|footer|li|main|nav|ol|option|p|pre|section|summary|table|t(body|d|foot|h|head|r)|ul"
)
"""Elements that begin and end a line."""

ENDS = (".", "!", "?", ":", ";", "…", "。", "！", "？", "：", "；", ")", "”", "»", "」")
"""What ends a sentence: after it, the next line needs no sign."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4"})

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Section:
    """A heading and what stands below it, up to the next one."""

    heading: str = ""
    anchor: str = ""
    """Identifier of the heading; empty for what stands before the first one."""
    text: str = ""
    """Paragraphs, items and cells; a middle dot stands between those that are no sentences."""


class Reader:
    """Gathers sections, called by libxml2's parser for HTML, which reads whatever there is."""

    def __init__(self) -> None:
        self.found: list[Section] = [Section()]
        self._silent: list[str] = []
        self._heading = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        if tag in SILENT or MARKS.intersection(attributes.get("class", "").split()):
            self._silent.append(tag)
        elif self._silent:
            return
        elif tag in HEADINGS:
            self.found.append(Section(anchor=attributes.get("id", "")))
            self._heading = True
        elif BLOCKS.fullmatch(tag):
            self.add("\n")

    def end(self, tag: str) -> None:
        """End an element."""
        if self._silent:
            if tag == self._silent[-1]:
                self._silent.pop()
        elif tag in HEADINGS:
            self._heading = False
        elif BLOCKS.fullmatch(tag):
            self.add("\n")

    def data(self, data: str) -> None:
        """Take a text."""
        if not self._silent:
            self.add(data)

    def close(self) -> list[Section]:
        """Return what was found."""
        return self.found

    def add(self, text: str) -> None:
        """Add text to the heading or to what stands below it."""
        section = self.found[-1]
        if self._heading:
            section.heading += text
        else:
            section.text += text


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def read(html: str) -> list[Section]:
    """
    Return the sections of an article.

    >>> for section in read('<p>Một</p><h2 id="ve">Vé</h2><ul><li>Hai<li>Ba <b>bốn</b></ul>'):
    ...     print(section)
    Section(heading='', anchor='', text='Một')
    Section(heading='Vé', anchor='ve', text='Hai · Ba bốn')
    """
    from lxml import etree  # it takes a while to load, and a build of few changes needs none

    parser = etree.HTMLParser(target=Reader(), encoding="utf-8", huge_tree=True)
    parser.feed(html.encode("utf-8", "replace"))
    read: list[Section] = parser.close()
    found = (Section(flat(s.heading), s.anchor, lines(s.text)) for s in read)
    return [section for section in found if section.heading or section.text]


def flat(text: str) -> str:
    """Return a clean text on one line."""
    return " ".join(clean(text).split())


def lines(text: str) -> str:
    """
    Return a clean text whose lines follow each other on one.

    >>> lines('Vé. \\n\\n Hạ Long\\nCô Tô')
    'Vé. Hạ Long · Cô Tô'
    """
    found = ""
    for line in filter(None, map(flat, text.split("\n"))):
        found += f"{blank_after(found)}{line}"
    return found


def blank_after(text: str) -> str:
    """Return what stands between a text and its next line."""
    if not text:
        return ""
    return " " if text.endswith(ENDS) else " · "
