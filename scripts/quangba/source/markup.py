"""
What a translation may not change: links, images, code, HTML, attributes, facts.

Source and translation are put through the inline phase of the same Markdown extensions and the
results are compared. A translation can therefore never add HTML, a script or a new link target,
whatever syntax it tries.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from xml.etree.ElementTree import Element, SubElement, tostring

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension

from quangba.source.anchors import processor
from quangba.source.segment import FACT, PLACEHOLDER, TOKEN, Collected, Place, Segment
from quangba.source.segmenter import OPAQUE
from quangba.source.text import CONTROL, HIDDEN, LONG_REFERENCE, unescape
from quangba.source.visible import SPOKEN

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

Structure = Counter[tuple[str, ...]]
"""Multiset of what stands in a text besides words: ``('a', 'href=/x/')``, ``('fact', 'y')``."""

FREE = frozenset({"em", "strong", "del", "ins", "mark", "sub", "sup", "small", "b", "i", "u", "br"})
"""Emphasis that a language may use differently: Chinese and Japanese have no italics."""

SIMPLE = re.compile(
    r"(?:[^\W_\x00-\x7f]++|[A-Za-z0-9]{1,30}+(?![A-Za-z0-9])"
    r"|[ ,;()“”‘’–—…。，、；（）]++|[-.](?=[\d ]|$))*+"
)
"""A text of words and commas: it has no structure, whatever extensions are configured."""

ORDINARY = re.compile(
    r"\*\*(?P<strong>[^*\[\]]+)\*\*|\*(?P<em>[^*\[\]]+)\*"
    r"|\[(?P<words>[^*\[\]]+)\]\((?P<target>[\w./#-]+)\)"
    r"|\{fact:(?P<fact>\w+)\}"
)
"""Markup of most texts: ``**đậm**``, ``[Vân Đồn](van-don.md#tau)``, ``{fact:visitors_2025}``."""

SPOKEN_IN_TAG = re.compile(
    rf"""(\s(?:{"|".join(SPOKEN)})\s*=\s*)("[^"<>]*"|'[^'<>]*')""", re.IGNORECASE
)
"""``<abbr title="Ủy ban nhân dân">``: the value is language, the rest of the tag is not."""

LONGEST = 10_000
"""Characters of a translation; Python-Markdown looks through all of it for each sign in it."""

BRACKETS = 100
"""How much oftener ``[`` may stand in a translation than in its source."""

ENTITY = re.compile(r"&[A-Za-z0-9#]+;")

ATTRIBUTE = re.compile(r'".*=', re.DOTALL)
"""What could end an attribute and begin another."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Inspector:
    """Tell the structure of texts, with a Markdown instance of its own."""

    def __init__(self, md: Markdown) -> None:
        self.md = md
        self.known: dict[tuple[object, ...], Structure] = {}

    def difference(self, segment: Segment, target: str, page: Collected) -> str | None:
        """
        Say what a translation lost or added, or None when it is sound.

        ``page`` tells the reference links and footnotes that texts may name, and every place that
        shows the segment: what is harmless in a paragraph may be an attribute list in a heading.
        """
        if target == segment.msgid:
            return None
        if len(target) > LONGEST:
            return f"+{target[:20]}…"
        if target.count("[") > segment.msgid.count("[") + BRACKETS:
            return "+["
        number = LONG_REFERENCE.search(target)
        if number:
            return f"+{number[0][:20]}…"
        hidden = added_characters(segment.msgid, target)
        if hidden:
            return f"+U+{ord(hidden):04X}"
        toc = processor(self.md, "toc")
        if toc and toc.marker and target.strip() == toc.marker:
            return f"+{toc.marker}"
        places = page.places.get(segment.key, set())
        for place in sorted(places | {segment.place}):
            if place[0]:
                what = plain_difference(segment.msgid, target)
            else:
                what = self.inline_difference(segment.msgid, target, place, page)
            if what:
                return what
        return None

    def inline_difference(
        self, source: str, target: str, place: Place, page: Collected
    ) -> str | None:
        """Compare two texts of inline Markdown, each with what stands around it in its block."""
        found = outline(source)
        if found is not None and found == outline(target):
            return None
        _, tag, before, after, nested = place
        return describe(
            self.structure(before + source + after, tag, nested, page),
            self.structure(before + target + after, tag, nested, page),
        )

    def structure(self, text: str, tag: str, nested: bool, page: Collected) -> Structure:
        """Return what stands in the text besides words."""
        labels = (*page.references.items(), *page.footnotes) if "[" in text else ()
        key = (text, tag, nested, labels)
        if key not in self.known:
            self.known[key] = self.inspect(text, tag, nested, page)
        return self.known[key].copy()

    def inspect(self, text: str, tag: str, nested: bool, page: Collected) -> Structure:
        """Run the inline phase over a text and count what it made."""
        found = literals(text)
        md = self.md
        md.reset()
        md.references = {label: (url, "") for label, url in page.references.items()}
        for extension in md.registeredExtensions:
            if isinstance(extension, FootnoteExtension):
                extension.footnotes.update(dict.fromkeys(page.footnotes, ""))
                extension.unique_prefix = 0
        root = Element("div")
        block = SubElement(root, tag)
        ignored = [root, SubElement(block, "ul" if tag == "li" else "p")] if nested else [root]
        # Facts and tokens are letters to the inline phase, as the placeholders in their stead are.
        block.text = TOKEN.sub(PLACEHOLDER, FACT.sub("0", text))
        for name in ("inline", "attr_list"):
            if name in md.treeprocessors:
                md.treeprocessors[name].run(root)
        toc = processor(md, "toc")
        for element in root.iter():
            if element not in ignored:
                count(element, found)
            if toc and toc.marker and not len(element) and is_marker(element, toc.marker):
                found[("toc",)] += 1
        for raw in md.htmlStash.rawHtmlBlocks:
            html = raw if isinstance(raw, str) else tostring(raw, "unicode")
            if not ENTITY.fullmatch(html):
                found[("html", SPOKEN_IN_TAG.sub(r'\1""', html))] += 1
                found.update(("token", "html") for _ in range(html.count(PLACEHOLDER)))
        return found


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def count(element: Element, found: Structure) -> None:
    """Count an element, with every attribute and, where it is no language, its text."""
    attributes = []
    for name, value in sorted(element.attrib.items()):
        # A block placeholder in an attribute would break out of its quotes.
        if name not in SPOKEN or PLACEHOLDER in (value or ""):
            attributes.append(f"{name}={value}")
    opaque = element.tag in OPAQUE or "arithmatex" in element.get("class", "").split()
    if element.tag not in FREE or attributes:
        text = ("".join(element.itertext()),) if opaque else ()
        found[(str(element.tag), *attributes, *text)] += 1


def is_marker(element: Element, marker: str) -> bool:
    """Tell whether the table of contents would take the place of an element: ``*[TOC]*``."""
    return (element.text or "").strip() == marker


def is_simple(text: str) -> bool:
    """
    Tell whether a text is nothing but words.

    >>> is_simple('Vé tàu, vé xe.'), is_simple('Vé *tàu*'), is_simple('www.example.com')
    (True, False, False)
    """
    return SIMPLE.fullmatch(text) is not None


@lru_cache(maxsize=10_000)  # the source of every translation is asked about in every language
def outline(text: str) -> tuple[str, ...] | None:
    """
    Return links and facts of a text that has no other markup but emphasis, None for other texts.

    It spares most texts the inline phase; what it does not know is inspected there.

    >>> outline('**Vé** mua tại [cảng](a.md), {fact:x}'), outline('Vé `a`')
    (('a.md', 'fact:x'), None)
    """
    found = []

    def words(match: re.Match[str]) -> str:
        if match["target"] or match["fact"]:
            found.append(match["target"] or f"fact:{match['fact']}")
        return match["strong"] or match["em"] or match["words"] or "0"

    rest = ORDINARY.sub(words, text)
    return tuple(sorted(found)) if is_simple(rest) else None


def added_characters(source: str, target: str) -> str | None:
    """
    Return a character that readers cannot see and that the source does not have, or None.

    Entities count: ``&#x202E;`` turns the rest of the line around as well.
    """
    known: set[str] | None = None
    for text in (target, unescape(target)) if "&" in target else (target,):
        for pattern in (CONTROL, HIDDEN):
            for match in pattern.finditer(text):
                known = set(unescape(source)) if known is None else known
                if match[0] not in known:
                    return match[0]
    return None


def plain_difference(source: str, target: str) -> str | None:
    """
    Compare texts that are not Markdown: facts and tokens stay, nothing may become a tag.

    Templates of themes put such texts into attributes as they are, so that a quotation mark
    followed by ``name=`` would begin another attribute.

    >>> plain_difference('Vé', 'A" http-equiv="refresh')
    '+"='
    """
    for mark in "<>":
        if target.count(mark) > source.count(mark):
            return "+" + mark
    if ATTRIBUTE.search(target) and not ATTRIBUTE.search(source):
        return '+"='
    return describe(literals(source), literals(target))


def literals(text: str) -> Structure:
    """
    Count the facts and tokens of a text.

    >>> literals('{fact:a} và {1}') == {('fact', 'a'): 1, ('token', '{1}'): 1}
    True
    """
    found: Structure = Counter(("fact", match[1]) for match in FACT.finditer(text))
    found.update(("token", match[0]) for match in TOKEN.finditer(text))
    return found


def describe(source: Structure, target: Structure) -> str | None:
    """
    Name the first thing that was lost (−) or added (+).

    >>> describe(Counter({('a', 'href=/x/'): 1}), Counter())
    '−a href=/x/'
    """
    for sign, things in (("−", source - target), ("+", target - source)):
        for thing in sorted(things):
            return sign + " ".join(thing)
    return None
