"""
Own faces: fonts that a site brings for scripts of which the package has none.

``fonts: {lo: fonts/noto-sans-lao}`` in the plugin's settings names two files beside ``mkdocs.yml``,
``fonts/noto-sans-lao-400.woff2`` and ``fonts/noto-sans-lao-600.woff2``, and their licence,
``fonts/noto-sans-lao.txt``. They draw what Be Vietnam Pro lacks, in every language of the site: for
browsers they are more files of that family, so no stylesheet has to know them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from quangba.errors import QuangbaError
from quangba.media.faces import LATIN, Face
from quangba.settings import Settings

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

WEIGHTS = (400, 600)

FAMILY = "Be Vietnam Pro"
"""The family that the stylesheets of both editions ask first for every letter."""

COMMON = frozenset((*range(0xA0), *range(0x2000, 0x2070), 0x25CC))
"""
Controls, joiners, dashes, the dotted circle that a mark without a letter stands on: they belong to
no script, so each language takes them from the face that it sets its signs in.
"""

FACE = """@font-face {{
  font-family: "{family}";
  font-style: {style};
  font-weight: {weight};
  font-display: {display};
  src: url("../fonts/{file}") format("woff2");
  unicode-range: {ranges};
}}
"""

HEAD = "/* Faces that the site brings for scripts of its own: see `fonts` in mkdocs.yml. */\n\n"

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class OwnFace:
    """A face in its two weights."""

    language: str
    """Code of the language that it was brought for."""
    folder: Path
    stem: str
    """What the names of its files begin with: ``noto-sans-lao``."""

    def face(self, weight: int) -> Face:
        """Return the face in a weight."""
        return Face(f"{self.stem}-{weight}", self.folder)

    @property
    def licence(self) -> Path:
        """The text of its licence."""
        return self.folder / f"{self.stem}.txt"

    @cached_property
    def name(self) -> str:
        """What the face is called: ``Noto Sans Lao``."""
        from fontTools.ttLib import TTFont  # only sites with a script of their own need it

        with TTFont(self.face(WEIGHTS[0]).path, lazy=True) as font:
            return str(font["name"].getBestFamilyName() or self.stem)

    @cached_property
    def characters(self) -> frozenset[int]:
        """Code points that it draws on pages: what both weights have and Be Vietnam Pro lacks."""
        both = frozenset[int].intersection(*(self.face(w).characters for w in WEIGHTS))
        return both - LATIN.characters - COMMON


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def own_faces(settings: Settings) -> tuple[OwnFace, ...]:
    """
    Return the faces that a site brings, each once.

    Raises ``QuangbaError`` (``font-missing``, ``font-broken``) for one that cannot be used.
    """
    found: dict[str, OwnFace] = {}
    if not settings.options.fonts:
        return ()
    from fontTools.ttLib import TTFont, TTLibError

    for language, stem in settings.options.fonts.items():
        path = settings.root / stem
        own = OwnFace(language, path.parent, path.name)
        for file in (*(own.face(weight).path for weight in WEIGHTS), own.licence):
            if not file.is_file():
                raise QuangbaError("font-missing", settings.relative(file), language=language)
        for weight in WEIGHTS:
            file = own.face(weight).path
            try:
                with TTFont(file, lazy=True) as font:
                    font.getBestCmap()
            except (TTLibError, OSError, ValueError, AssertionError, KeyError) as error:
                raise QuangbaError("font-broken", settings.relative(file)) from error
        found.setdefault(stem, own)
    return tuple(found.values())


def stylesheet(faces: Iterable[tuple[OwnFace, dict[int, str]]], display: str) -> str:
    """Return the rules that give faces to browsers, each with its files by weight."""
    return HEAD + "\n".join(
        FACE.format(
            family=FAMILY,
            style=style,
            weight=weight,
            display=display,
            file=files[weight],
            ranges=ranges(own.characters),
        )
        for own, files in faces
        for weight, style in ((400, "normal"), (600, "normal"), (400, "italic"))
        if own.characters
    )


def ranges(codes: Iterable[int]) -> str:
    """
    Write code points as CSS does.

    >>> ranges([0xe81, 0xe82, 0xe84, 0x17d4])
    'U+E81-E82, U+E84, U+17D4'
    """
    return ", ".join(
        f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}"
        for first, last in runs_of(sorted(codes))
    )


def runs_of(codes: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each run of numbers without a gap."""
    ends = [code for code, after in pairwise(codes) if after != code + 1] + codes[-1:]
    starts = codes[:1] + [after for code, after in pairwise(codes) if after != code + 1]
    yield from zip(starts, ends, strict=True)
