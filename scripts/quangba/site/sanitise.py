"""
The last wall: only HTML that is allowed reaches a page, whatever the walls before it let through.

The gate refuses what runs or loads something (``source/pages.py``), and a translation cannot add
markup (``source/markup.py``). Both judge what was written. Here what became of it is judged, when
facts, pictures and takeaways were put in and before a template holds it: by nh3, which parses as
browsers do and writes again what stands on a list. Published is always what nh3 wrote, so that no
tag can be read in two ways and none can close a part of the page that it did not open. Whatever is
missing afterwards is a problem, and a strict build is refused.

Comments go without a word: they are for editors. HTML that is sound has the same elements,
attributes and texts before and after.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import nh3

from quangba.errors import Problem
from quangba.site.screen.destinations import leads_off
from quangba.source.lenient import LenientParser
from quangba.source.pages import Page
from quangba.source.segmenter import SEGMENT_NAMES
from quangba.source.text import CONTROL, HIDDEN

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ELEMENTS = frozenset(
    re.findall(
        r"\w+",
        """
    h1 h2 h3 h4 h5 h6 p div section article aside header footer address blockquote pre hr
    figure figcaption details summary ul ol li dl dt dd
    table caption colgroup col thead tbody tfoot tr th td
    a abbr b bdi bdo br cite code data del dfn em i ins kbd mark q rp rt ruby s samp small span
    strong sub sup time u var wbr
    img picture source audio video track
    input label button svg path
    """,
    )
)
"""
Elements of Markdown and its extensions, of pictures and films, of tabs and of takeaways.

No form sends anything: the only inputs are those that open a tab or show a ticked box.
"""

EVERYWHERE = frozenset(
    {"id", "class", "lang", "dir", "title", "translate", "role", "tabindex", SEGMENT_NAMES}
)

ATTRIBUTES = {
    "*": EVERYWHERE,
    "a": {"href", "hreflang", "type", "rel", "download", "name"},
    "audio": {"src", "controls", "preload"},
    "button": {"data-label", "data-qr", "data-text", "data-plain", "data-plain-text"},
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "del": {"datetime"},
    "details": {"open", "name"},
    "div": {"data-tabs"},
    "img": {
        *("alt", "src", "srcset", "sizes", "width", "height", "align"),
        *("loading", "decoding", "fetchpriority"),
    },
    "input": {"name", "checked", "disabled"},
    "ins": {"datetime"},
    "label": {"for"},
    "li": {"value"},
    "ol": {"start", "type", "reversed"},
    "path": {"d"},
    "source": {"src", "srcset", "sizes", "type", "media", "width", "height"},
    "svg": {"viewBox", "xmlns"},
    "td": {"align", "colspan", "rowspan", "headers"},
    "th": {"align", "colspan", "rowspan", "headers", "scope"},
    "time": {"datetime"},
    "track": {"src", "kind", "srclang", "label", "default"},
    "video": {
        *("src", "poster", "controls", "width", "height"),
        *("preload", "loop", "muted", "playsinline"),
    },
}
"""Attributes by element; no ``style`` and no ``on…``."""

VALUES = {
    "a": {"target": {"_blank"}},
    "button": {"type": {"button"}},
    "input": {"type": {"radio", "checkbox"}},
}
"""Attributes that may only say one of a few things."""

SCHEMES = {"http", "https", "mailto", "tel"}
"""Where a link may lead besides pages and files of the site."""

FETCHED = frozenset({"src", "srcset", "poster"})
"""Attributes whose addresses a browser fetches by itself: they never leave the site."""

GONE = {"script", "style", "template", "title", "textarea", "iframe", "object", "noscript"}
"""Elements whose content goes with them; that of all others stays as text."""

FIELD = re.compile(r'<input(?: (?!type=)[^\s"=<>]+="[^"]*")*>')
"""An input that opens no tab and shows no ticked box, as nh3 writes it."""

APART = re.compile(r"[,\s]+")
"""What stands between the addresses and sizes of a ``srcset``: ``a.jpg 640w, b.jpg 960w``."""

SHOWN = 60
"""Characters of a value that people are shown."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Tags(LenientParser):
    """Lists what begins and ends: ``('p', '', '')``, ``('p', 'id', 'a')``, ``('/p', '', '')``."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, "", ""))
        self.found += [(tag, name, value or "") for name, value in attrs]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.found.append((f"/{tag}", "", ""))


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def fetched_here(element: str, attribute: str, value: str) -> str | None:
    """
    Return the value of an attribute, None when a browser would fetch something from elsewhere.

    >>> fetched_here('img', 'srcset', 'a.jpg 1x, //evil.example/b.jpg 2x')
    >>> fetched_here('a', 'href', 'https://evisa.gov.vn/')
    'https://evisa.gov.vn/'
    """
    if attribute not in FETCHED:
        return value
    found = APART.split(value) if attribute == "srcset" else [value]
    return None if any(leads_off(address) for address in found) else value


CLEANER = nh3.Cleaner(
    tags=set(ELEMENTS),
    clean_content_tags=GONE,
    attributes={name: set(allowed) for name, allowed in ATTRIBUTES.items()},
    attribute_filter=fetched_here,
    generic_attribute_prefixes={"aria-"},
    tag_attribute_values=VALUES,
    url_schemes=SCHEMES,
    link_rel=None,
)


def sanitise(html: str) -> tuple[str, list[str]]:
    """
    Return HTML of which every element and attribute is allowed, and what had to be left out.

    >>> sanitise('<p onclick="x()">Vé <a href="javascript:x">tàu</a></p></main>')
    ('<p>Vé <a>tàu</a></p>', ['onclick="x()"', 'href="javascript:x"', '</main>'])
    >>> sanitise('<p>Gọi &#8238;21 43 <input type="text" name="q"></p>')
    ('<p>Gọi 21 43 </p>', ['<input>', 'U+202E'])
    """
    # Where the type of an input had to go, a field for text was left.
    cleaned = FIELD.sub("", CLEANER.clean(html))
    if cleaned == html and not unseen(html):
        return html, []
    removed = [*lost(html, cleaned), *(f"U+{ord(one):04X}" for one in unseen(cleaned))]
    for pattern in (CONTROL, HIDDEN):
        cleaned = pattern.sub("", cleaned)
    return cleaned, list(dict.fromkeys(removed))


def unseen(html: str) -> list[str]:
    """Return the characters that no reader sees; of references nh3 leaves none."""
    return [match[0] for pattern in (CONTROL, HIDDEN) for match in pattern.finditer(html)]


def clean_page(html: str, page: Page, catalog: str | None) -> tuple[str, list[Problem]]:
    """
    Return what may be published of a page's HTML, and what is wrong with the rest.

    ``catalog`` is the file whose translations are shown, None in the source language. Only what the
    page itself does not have came from there: so every language says the same of one mistake.
    """
    cleaned, removed = sanitise(html)
    problems = []
    for what in removed:
        line = line_of(page, what)
        file = page.file if line or not catalog else catalog
        problems.append(Problem.at("page-cleaned", file, line, what=what))
    return cleaned, problems


def lost(before: str, after: str) -> Iterator[str]:
    """Yield the tags and attributes that stand in the first text and not in the second."""
    given, kept = tags(before), Counter(tags(after))
    short = Counter(item[:2] for item in given) - Counter(item[:2] for item in kept.elements())
    if not short:
        return
    whole: set[str] = set()
    for item in sorted(given, key=lambda item: kept[item] > 0):
        tag, name, value = item
        if short[tag, name] <= 0 or (name and tag in whole):
            continue
        short[tag, name] -= 1
        if not name:
            whole |= {tag, f"/{tag}"} if not tag.startswith("/") else set()
            yield f"<{tag}>"
        else:
            yield f'{name}="{value[:SHOWN]}"' if value else name


def tags(html: str) -> list[tuple[str, str, str]]:
    """Return what begins and ends in HTML."""
    reader, text = Tags(), without_comments(html)
    # Beyond the last one no tag ends, and Python's parser would look for it from each beginning.
    reader.feed(text[: text.rfind(">") + 1])
    reader.close()
    return reader.found


def without_comments(html: str) -> str:
    """
    Return HTML without its comments; Python's parser looks for the end of each to the end of all.

    >>> without_comments('A<!-- <b> -->B<!-->C<!-- D'), without_comments('<!-- A')
    ('ABC', '')
    """
    parts, at = [], 0
    while (start := html.find("<!--", at)) >= 0:
        parts.append(html[at:start])
        inner = start + 4
        if html.startswith((">", "->"), inner):
            at = html.index(">", inner) + 1
        elif (end := html.find("-->", inner)) >= 0:
            at = end + 3
        else:
            return "".join(parts)
    return "".join([*parts, html[at:]])


def line_of(page: Page, what: str) -> int:
    """Return the line of a page on which a part stands that was left out, 0 when it is not seen."""
    name = re.sub(r'[<>]|="?', " ", what).split()
    text = page.text.lower()
    for part in (what, *reversed(name)):
        at = text.find(part.strip('"').lower())
        if at >= 0:
            return text.count("\n", 0, at) + 1
    return 0
