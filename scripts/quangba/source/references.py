"""Reference links: ``[Hạ Long]`` and ``[Yên Tử][]`` would lose their target in another language."""

from __future__ import annotations

import re
from collections.abc import Collection

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SKIPPED = re.compile(
    r"""
    (`+)(?!`).*?(?<!`)\1(?!`)    # `[code]`
    | \\.                        # \[
    """,
    re.VERBOSE | re.DOTALL,
)
"""What the inline phase takes out before it looks for links."""

LABEL = re.compile(r"\s?\[([^\[\]]*)\]")
"""The second half of a reference: ``[label]``, after at most one blank."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def expand_references(text: str, labels: Collection[str]) -> str:
    """
    Write the label of every reference link behind its text, as Python-Markdown finds it.

    >>> expand_references('Xem [Hạ Long] và [đảo][].', {'hạ long', 'đảo'})
    'Xem [Hạ Long][Hạ Long] và [đảo][đảo].'
    """
    return "".join(expand(text, labels)) if "[" in text and labels else text


def expand(text: str, labels: Collection[str], *, images_only: bool = False) -> list[str]:
    """Return the parts of the text; inside a link's text only images can be references."""
    parts: list[str] = []
    done = at = 0
    while at < len(text):
        skipped = SKIPPED.match(text, at)
        if skipped:
            at = skipped.end()
            continue
        close = closing(text, at) if text[at] == "[" else -1
        if close < 0:
            at += 1
            continue
        inner, image = text[at + 1 : close], text[:at].endswith("!") and not escaped(text, at - 1)
        given = LABEL.match(text, close + 1)
        named = given is not None and normal(given[1]) in labels
        known = is_label(inner, labels) and (image or not images_only)
        if named or text.startswith("(", close + 1):
            parts += [text[done : at + 1], *expand(inner, labels, images_only=True)]
            done, at = close, given.end() if given and named else close + 1
        elif known:
            end = given.end() if given and not given[1] else close + 1
            parts += [text[done : close + 1], f"[{' '.join(inner.split())}]"]
            done = at = end
        else:
            # A bracket that is no label hides the short references in it, not its images.
            parts += [text[done : at + 1], *expand(inner, labels, images_only=True)]
            done, at = close, close + 1
    return [*parts, text[done:]]


def closing(text: str, start: int) -> int:
    """Return where the bracket that opens at ``start`` closes, or −1."""
    depth, at = 0, start
    while at < len(text):
        skipped = SKIPPED.match(text, at)
        if skipped:
            at = skipped.end()
            continue
        depth += {"[": 1, "]": -1}.get(text[at], 0)
        if depth == 0:
            return at
        at += 1
    return -1


def escaped(text: str, at: int) -> bool:
    """Tell whether an odd number of backslashes stands before a character."""
    before = text[:at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def is_label(text: str, labels: Collection[str]) -> bool:
    """Tell whether a link's text is a label; code in it hides it from Python-Markdown."""
    return not SKIPPED.search(text) and normal(text) in labels


def normal(label: str) -> str:
    """Return a label as Python-Markdown stores it: lower case, single blanks."""
    return re.sub(r"\s+", " ", label).lower()
