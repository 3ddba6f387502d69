"""
Inline: Python-Markdown's inline phase, which leaves out patterns that cannot match.

Every text is tried with every pattern, and most texts hold none of their signs. Where we reach
inside Python-Markdown; ``tests/source/test_inline.py`` guards its version.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown, inlinepatterns
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

PINNED = "3.11.3"
"""Version of Python-Markdown that this module was written for."""

NAME, PRIORITY = "inline", 20
"""As Python-Markdown registers it."""

SIGNS = {
    inlinepatterns.BACKTICK_RE: "`",
    inlinepatterns.ESCAPE_RE: "\\",
    inlinepatterns.LINK_RE: "[",
    inlinepatterns.IMAGE_LINK_RE: "[",
    inlinepatterns.AUTOLINK_RE: "<",
    inlinepatterns.AUTOMAIL_RE: "<",
    inlinepatterns.LINE_BREAK_RE: "\n",
    inlinepatterns.HTML_RE: "<",
    inlinepatterns.ENTITY_RE: "&",
    r"\[\^([^\]]*)\]": "[",  # footnotes
}
"""A character without which a regular expression matches nothing."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class QuickInline(InlineProcessor):
    """Does what its parent does; a pattern is tried where one of its signs stands."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        self.patterns = [(pattern, signs_of(pattern)) for pattern in self.inlinePatterns]
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        number = patternIndex
        if isinstance(data, AtomicString):
            return data
        # Patterns take signs away and add none.
        there = set(data)
        start = 0
        apply: Any = getattr(self, "_InlineProcessor__applyPattern")  # noqa: B009 (a private name)
        while number < len(self.patterns):
            pattern, signs = self.patterns[number]
            matched = False
            if signs is None or not signs.isdisjoint(there):
                data, matched, start = apply(pattern, data, number, start)
            if not matched:
                number += 1
        return data


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def signs_of(pattern: Any) -> frozenset[str] | None:
    """Return characters of which a text must have one for the pattern; None if that is unknown."""
    if type(pattern) is inlinepatterns.DelimiterProcessor:
        return frozenset(token[0] for token in pattern.tokens)
    sign = SIGNS.get(getattr(pattern, "pattern", ""))
    return frozenset(sign) if sign and pattern.compiled_re.pattern == pattern.pattern else None


def quicken(md: Markdown) -> Markdown:
    """Let a converter go the quick way, unless an extension has a way of its own; return it."""
    if type(md.treeprocessors[NAME]) is InlineProcessor:
        md.treeprocessors.register(QuickInline(md), NAME, PRIORITY)
    return md
