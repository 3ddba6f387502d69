"""
Faces: the fonts that pictures are lettered with, and which of them draws which character.

Han characters have forms that differ between China, Japan and Korea (直 骨 今), under one code. So
the language of the text chooses the face, and only what its face lacks comes from another.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path

from PIL import ImageFont

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FOLDER = Path(__file__).parent / "fonts"

EAST = ("zh", "ja", "ko")

LATIN_END = 0x2000
"""Letters, digits and signs before this are drawn by the Latin face in every language."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Face:
    """One font file."""

    name: str
    folder: Path = FOLDER

    @property
    def path(self) -> Path:
        """The file, in WOFF2."""
        return self.folder / f"{self.name}.woff2"

    @cached_property
    def characters(self) -> frozenset[int]:
        """Code points that the face has glyphs for."""
        from fontTools.ttLib import TTFont  # it takes a while to load, and few builds draw

        with TTFont(self.path, lazy=True) as font:
            return frozenset(font.getBestCmap())

    def font(self, size: int) -> ImageFont.FreeTypeFont:
        """Return the face at a size in pixels."""
        return load(self.path, size)


LATIN = Face("be-vietnam-pro-600")
CHINESE = Face("noto-sans-sc-600")
JAPANESE = Face("noto-sans-jp-600")
KOREAN = Face("noto-sans-kr-600")

CHAINS = {
    "zh": (CHINESE, JAPANESE, KOREAN, LATIN),
    "ja": (JAPANESE, CHINESE, KOREAN, LATIN),
    "ko": (LATIN, KOREAN, JAPANESE, CHINESE),
}
"""Faces for what is not Latin, by language, the first choice first. Korean sets Latin quotes."""

OTHERS = (LATIN, CHINESE, JAPANESE, KOREAN)
"""Faces of all other languages."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def face_of(character: str, language: str, own: tuple[Face, ...] = ()) -> Face | None:
    """
    Return the face that draws a character in a text of a language, None when none has it.

    ``own`` are the faces of the site, which draw what those of the package lack.

    >>> [face_of(c, 'ja').name for c in '直a“'], face_of('直', 'zh').name, face_of('ᚠ', 'vi')
    (['noto-sans-jp-600', 'be-vietnam-pro-600', 'noto-sans-jp-600'], 'noto-sans-sc-600', None)
    """
    code = ord(character)
    if code < LATIN_END and code in LATIN.characters:
        return LATIN
    for face in (*CHAINS.get(language, OTHERS), *own):
        if code in face.characters:
            return face
    return None


@cache
def load(path: Path, size: int) -> ImageFont.FreeTypeFont:
    """Open a font file at a size in pixels."""
    try:
        return ImageFont.truetype(path, size)
    except OSError:
        # A FreeType that was built without Brotli cannot read WOFF2.
        return ImageFont.truetype(BytesIO(converted(path)), size)


@cache
def converted(path: Path) -> bytes:
    """Return a WOFF2 font as TrueType."""
    from fontTools.ttLib import TTFont

    stream = BytesIO()
    with TTFont(path) as font:
        font.flavor = None
        font.save(stream)
    return stream.getvalue()
