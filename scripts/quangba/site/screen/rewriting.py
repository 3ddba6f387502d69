"""
Links in the HTML of a page, given another shape.

The HTML is read by the standard library's parser, as everywhere in this package, and written anew:
only tags and attributes that the parser understood, every other ``<`` as text. So a browser sees no
link that was not seen here, however broken the HTML is. Comments and what never belongs into the
text of a page (scripts, styles, ``<base>``) are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import escape

from quangba.site.pictures import written
from quangba.site.screen.destinations import leads_off
from quangba.source.lenient import LenientParser

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

VOID = frozenset(
    {
        *("area", "br", "col", "embed", "hr", "img", "input"),
        *("param", "source", "track", "wbr"),
    }
)
"""Elements without content (HTML §13.1.2)."""

UNREAD = frozenset({"script", "style"})
"""Elements that go with all that they hold."""

DROPPED = UNREAD | {"base", "link", "meta"}
"""Elements that no text of a page has; a base or a refresh would lead everything elsewhere."""

FOREIGN = frozenset({"svg", "math"})
"""Elements inside which HTML has no buttons: links there become groups."""

LEADING = frozenset({"href", "xlink:href", "action", "formaction", "ping"})
"""Attributes that can take a reader away."""

WINDOWS = frozenset({"target", "ping", "download", "rel"})
"""Attributes of links inside that would open something besides the page, or say nothing here."""

TAG = re.compile(r"[a-z][a-z0-9]*(?:[:-][a-z0-9]+)*")
ATTRIBUTE = re.compile(r"(?!on)[a-z_:@][a-z0-9_:.@-]*")
"""Names that are written; handlers of events are not."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Open:
    """An element that is open, or a link, which is written when it ends."""

    name: str
    link: bool = False
    at: int = 0
    """Where what the link holds begins in the output."""
    attributes: dict[str, str] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)


Shape = Callable[[dict[str, str], str, str], str]
"""Makes the HTML of a link from its attributes, its text and the HTML that it holds."""


class LinkRewriter(LenientParser):
    """
    Writes HTML anew, each ``<a href>`` as ``shape`` has it.

    A link ends where another begins and where an element ends that holds it, as in a browser.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__(convert_charrefs=True)
        self.shape = shape
        self.output: list[str] = []
        self.open: list[Open] = []
        self._unread = ""

    def rewrite(self, html: str) -> str:
        """Return the HTML of a page, written anew."""
        self.feed(html)
        self.close()
        self.end_down_to(next((n for n, each in enumerate(self.open) if each.link), None))
        return "".join(self.output)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._unread or tag in DROPPED or not TAG.fullmatch(tag):
            self._unread = self._unread or (tag if tag in UNREAD else "")
            return
        given = attributes(attrs)
        if tag == "a" and not self.foreign():
            self.end_down_to(self.place("a"))
            if "href" in given:
                self.open.append(Open("a", True, len(self.output), given))
                return
        self.output.append(start(self.written_as(tag), given))
        if tag not in VOID:
            self.open.append(Open(tag))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read ``<path/>`` as empty in drawings only, ``<a/>`` as ``<a>``: as browsers do."""
        if not self.foreign():
            self.handle_starttag(tag, attrs)
        elif not self._unread and tag not in DROPPED and TAG.fullmatch(tag):
            self.output.append(f"{start(self.written_as(tag), attributes(attrs))[:-1]}/>")

    def handle_endtag(self, tag: str) -> None:
        if self._unread:
            self._unread = "" if tag == self._unread else self._unread
            return
        if tag in DROPPED or not TAG.fullmatch(tag):
            return
        place, foreign = self.place(tag), self.foreign()
        link = place is not None and self.open[place].link
        self.end_down_to(place)
        if not link and (tag != "a" or place is not None):
            self.output.append(f"</{'g' if foreign and tag == 'a' else tag}>")

    def handle_data(self, data: str) -> None:
        if self._unread:
            return
        self.output.append(escape(data, quote=False))
        for each in self.open:
            if each.link:
                each.text.append(data)

    def parse_html_declaration(self, i: int) -> int:
        """Read ``<![foo[bar]]>`` as a comment up to the next ``>``, as browsers do."""
        return self.parse_bogus_comment(i, report=False)

    def foreign(self) -> bool:
        """Tell whether this is inside a drawing or a formula."""
        return any(each.name in FOREIGN for each in self.open)

    def written_as(self, tag: str) -> str:
        """Return the name under which an element is written: in a drawing no link stays one."""
        return "g" if tag == "a" and self.foreign() else tag

    def place(self, tag: str) -> int | None:
        """Return the innermost open element of a name."""
        places = (n for n in reversed(range(len(self.open))) if self.open[n].name == tag)
        return next(places, None)

    def end_down_to(self, place: int | None) -> None:
        """End an open element and all in it; links among them are written."""
        while place is not None and len(self.open) > place:
            ended = self.open.pop()
            if ended.link:
                inner = "".join(self.output[ended.at :])
                label = " ".join("".join(ended.text).split())
                self.output[ended.at :] = [self.shape(ended.attributes, label, inner)]


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def attributes(given: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    """
    Return the attributes of a tag, the first of each name as in browsers.

    >>> attributes([('href', 'a'), ('href', 'b'), ('onclick', 'x'), ('hidden', None)])
    {'href': 'a', 'hidden': ''}
    """
    found: dict[str, str] = {}
    for name, value in given:
        if ATTRIBUTE.fullmatch(name):
            found.setdefault(name, value or "")
    return found


def start(tag: str, given: dict[str, str]) -> str:
    """
    Return a start tag without what would lead off the site.

    >>> start('use', {'href': '#mark'}), start('area', {'href': 'https://a.vn', 'alt': '<'})
    ('<use href="#mark">', '<area alt="&lt;">')
    """
    kept = [(n, value) for n, value in given.items() if n not in LEADING or not leads_off(value)]
    return f"<{tag}{written(kept)}>"
