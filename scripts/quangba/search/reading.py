"""Reading: the text of a page as its readers see it, section by section."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quangba.search.tokens import clean
from quangba.source.lenient import LenientParser

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


class Reader(LenientParser):
    """Gathers sections."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Section] = [Section()]
        self._silent: list[str] = []
        self._heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in SILENT or MARKS.intersection((given.get("class") or "").split()):
            self._silent.append(tag)
        elif self._silent:
            return
        elif tag in HEADINGS:
            self.found.append(Section(anchor=given.get("id") or ""))
            self._heading = True
        elif BLOCKS.fullmatch(tag):
            self.add("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take ``<br/>`` and ``<path/>`` for what they are: they hold nothing."""
        if BLOCKS.fullmatch(tag) and not self._silent:
            self.add("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            if tag == self._silent[-1]:
                self._silent.pop()
        elif tag in HEADINGS:
            self._heading = False
        elif BLOCKS.fullmatch(tag):
            self.add("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.add(data)

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
    reader = Reader()
    reader.feed(html)
    reader.close()
    found = (Section(flat(s.heading), s.anchor, lines(s.text)) for s in reader.found)
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
