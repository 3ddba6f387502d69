"""
Quick: Python-Markdown, which does not look for what cannot be there.

Every text is tried with every pattern, and every block with every kind of block; most hold none of
their signs. Where we reach inside Python-Markdown; ``tests/source/test_quick.py`` guards its
version.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown, blockprocessors, inlinepatterns
from markdown.blockprocessors import BlockProcessor
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

BLOCKS: dict[str, tuple[type[BlockProcessor], Callable[[str], bool]]] = {
    "hashheader": (blockprocessors.HashHeaderProcessor, lambda block: "#" in block),
    "setextheader": (
        blockprocessors.SetextHeaderProcessor,
        lambda block: "\n=" in block or "\n-" in block,
    ),
    "hr": (
        blockprocessors.HRProcessor,
        lambda block: any(block.count(sign) >= 3 for sign in "-_*"),
    ),
}
"""Kinds of blocks, and what tells at once that a block may be one."""

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
    for name, (kind, possible) in BLOCKS.items():
        processors = md.parser.blockprocessors
        processor = processors[name] if name in processors else None  # noqa: SIM401 (no get)
        if type(processor) is kind:
            vars(processor)["test"] = asked_if(possible, processor.test)
    return md


def asked_if(
    possible: Callable[[str], bool], test: Callable[[Element, str], bool]
) -> Callable[[Element, str], bool]:
    """Return a test that is made where it is possible that it says yes."""
    return lambda parent, block: possible(block) and test(parent, block)
