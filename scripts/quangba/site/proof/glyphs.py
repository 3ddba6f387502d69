"""
Glyphs: which characters of the pages the shipped fonts draw, as the built style sheets say.

A character is drawn when some ``@font-face`` rule has it in its ``unicode-range`` and the file of
that rule has a glyph for it. Which face a language prefers is not asked here: the tests do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from fontTools.ttLib import TTFont, TTLibError

if TYPE_CHECKING:
    from quangba.site.proof.subject import Subject  # it is what the rules are asked about

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FACE = re.compile(r"@font-face\s*+\{([^}]*+)(?:\}|\Z)")
SOURCE = re.compile(r"url\(\s*[\"']?([^\"')]+)")
RANGE = re.compile(r"unicode-range\s*:\s*([^;]+)")
SPAN = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", re.IGNORECASE)

UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
"""Unicode categories that a browser draws without a glyph: spaces, joiners, line ends."""

SELECTORS = frozenset((*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
"""Code points that only choose a form of the character before them."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Shipped:
    """One file of a font with the characters that a style sheet lets it draw."""

    file: str
    codes: frozenset[int]


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def shipped_fonts(subject: Subject) -> list[Shipped]:
    """Return the fonts that the style sheets of a site bring."""
    found: dict[str, set[int]] = {}
    for sheet, text in subject.built.style_sheets():
        for rule in FACE.findall(text):
            for address in SOURCE.findall(rule):
                file = subject.built.target(sheet, address).file
                if file:
                    codes = characters_of((subject.built.folder / file).read_bytes())
                    wanted = RANGE.search(rule)
                    spans = SPAN.findall(wanted[1]) if wanted else [("0", "10FFFF")]
                    found.setdefault(file, set()).update(within(codes, spans))
    return [Shipped(file, frozenset(codes)) for file, codes in sorted(found.items())]


@lru_cache(maxsize=64)
def characters_of(data: bytes) -> frozenset[int]:
    """Return the code points that a font has; none of a file that is no font."""
    try:
        with TTFont(BytesIO(data), lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (TTLibError, OSError, ValueError, AssertionError):
        return frozenset()


def within(codes: frozenset[int], spans: list[tuple[str, str]]) -> Iterator[int]:
    """
    Yield the code points that lie in spans of ``unicode-range``.

    >>> sorted(within(frozenset({0x41, 0x5A, 0x3B1}), [('41', ''), ('50', '60')]))
    [65, 90]
    """
    for first, last in spans:
        start, end = int(first, 16), int(last or first, 16)
        yield from (code for code in codes if start <= code <= end)


def by_language(subject: Subject) -> dict[str, dict[str, str]]:
    """Return the characters of each language with the first page where they stand."""
    found: dict[str, dict[str, str]] = {}
    for file, page in subject.documents.items():
        known = found.setdefault(page.language, {})
        for character in page.characters.difference(known):
            known[character] = file
    return found


def seen(character: str) -> bool:
    """
    Tell whether a character needs a glyph.

    >>> [seen(c) for c in 'a \\u200b\\u3000']
    [True, False, False, False]
    """
    return unicodedata.category(character) not in UNSEEN and ord(character) not in SELECTORS


def undrawn(fonts: list[Shipped], characters: list[str]) -> list[str]:
    """Return the characters that no font draws, not even from a letter and its marks: ǎ."""
    everything = frozenset[int]().union(*(font.codes for font in fonts))
    left = []
    for character in characters:
        parts = {ord(part) for part in unicodedata.normalize("NFD", character)}
        if ord(character) not in everything and not any(f.codes >= parts for f in fonts):
            left.append(character)
    return left


def coverage(subject: Subject) -> dict[str, Any]:
    """
    Return the fonts of a site, and by language what they draw and what they leave.

    ``system`` counts the wide characters of East Asia (UAX #11) that the fonts leave to the
    reader's own system, which is meant so on the portal; ``left`` lists every other character.
    """
    fonts = shipped_fonts(subject)
    rows = {}
    for language, characters in sorted(by_language(subject).items()):
        wanted = sorted(filter(seen, characters))
        left = undrawn(fonts, wanted)
        system = [c for c in left if unicodedata.east_asian_width(c) in "WF"]
        rows[language] = {
            "characters": len(wanted),
            "drawn": len(wanted) - len(left),
            "system": len(system),
            "left": [{"character": c, "file": characters[c]} for c in left if c not in set(system)],
        }
    sizes = subject.built.sizes
    return {
        "fonts": [
            {"file": font.file, "bytes": sizes[font.file], "characters": len(font.codes)}
            for font in fonts
        ],
        "languages": rows,
    }


def missing_glyphs(subject: Subject) -> Iterator[tuple[str, list[str]]]:
    """Yield each language by the first page with a character that no shipped font draws."""
    fonts = shipped_fonts(subject)
    for language, characters in sorted(by_language(subject).items()):
        left = undrawn(fonts, sorted(filter(seen, characters)))
        yield (characters[left[0]] if left else language), left
