"""
What a translation may not change: links, images, code, HTML, attributes, facts.

Source and translation are put through the inline phase of the same Markdown extensions and the
results are compared. A translation can therefore never add HTML, a script or a new link target,
whatever syntax it tries.
"""

from __future__ import annotations

import re
from collections import Counter
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension

from quangba.source.segments import FACT, Collected, Segment
from quangba.source.text import CONTROL, HIDDEN

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

Structure = Counter[tuple[str, ...]]
"""Multiset of what stands in a text besides words, e.g. ``('a', 'href=/x/')`` or ``('fact', 'y')``."""

FREE = frozenset({"em", "strong", "del", "ins", "mark", "sub", "sup", "small", "b", "i", "u", "br"})
"""Emphasis that a language may use differently: Chinese and Japanese have no italics."""

WORDS = frozenset({"title", "alt"})
"""Attributes whose value is language."""

MARKUP = re.compile(r"[<>\[\]`*_{}&\\:@~^=+|#!/$\x02]|www\.|\b[A-Z][A-Za-z]+-\d")
"""A text without any of these has no structure."""

TOKEN = re.compile(r"\{\d+\}")

ENTITY = re.compile(r"&[A-Za-z0-9#]+;")

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

        ``page`` tells the reference links and footnotes that texts may name.
        """
        if target == segment.msgid:
            return None
        hidden = CONTROL.search(target) or HIDDEN.search(target)
        if hidden:
            return f"+U+{ord(hidden[0]):04X}"
        if segment.plain:
            return self.plain_difference(segment.msgid, target)
        if not MARKUP.search(segment.msgid) and not MARKUP.search(target):
            return None
        source = self.structure(segment.msgid, segment.tag, page)
        other = self.structure(target, segment.tag, page)
        return describe(source, other)

    def plain_difference(self, source: str, target: str) -> str | None:
        """Compare texts that are not Markdown: facts and tokens stay, no tag may come in."""
        for mark in "<>":
            if mark in target and mark not in source:
                return mark
        return describe(literals(source), literals(target))

    def structure(self, text: str, tag: str, page: Collected) -> Structure:
        """Return what stands in the text besides words."""
        labels = (*page.references.items(), *page.footnotes) if "[" in text else ()
        key = (text, tag, labels)
        if key not in self.known:
            self.known[key] = self.inspect(text, tag, page)
        return self.known[key].copy()

    def inspect(self, text: str, tag: str, page: Collected) -> Structure:
        """Run the inline phase over a text and count what it made."""
        found = literals(text)
        md = self.md
        md.reset()
        md.references = {label: (url, "") for label, url in page.references.items()}
        for extension in md.registeredExtensions:
            if isinstance(extension, FootnoteExtension):
                extension.footnotes.update(dict.fromkeys(page.footnotes, ""))
        root = Element("div")
        block = SubElement(root, tag)
        # Facts and tokens are letters to the inline phase, as the values that replace them are.
        block.text = TOKEN.sub("0", FACT.sub("0", text))
        for name in ("inline", "attr_list"):
            if name in md.treeprocessors:
                md.treeprocessors[name].run(root)
        for element in root.iter():
            attributes = tuple(
                f"{name}={value}"
                for name, value in sorted(element.attrib.items())
                if name not in WORDS
            )
            if element is root or (element.tag in FREE and not attributes):
                continue
            code = (element.text or "",) if element.tag == "code" else ()
            found[(str(element.tag), *attributes, *code)] += 1
        for raw in md.htmlStash.rawHtmlBlocks:
            html = raw if isinstance(raw, str) else "".join(raw.itertext())
            if not ENTITY.fullmatch(html):
                found[("html", html)] += 1
        if text.strip() == "[TOC]":
            found[("toc",)] += 1
        return found


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


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
