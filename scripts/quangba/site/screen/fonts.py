"""
Fonts of the kiosk edition: cut down to the characters of the site, and proof that none is missing.

A kiosk has no fonts but its own. Each language has a row of faces; a character is drawn by the
first of them that has it. ``fonts.css`` holds the same rows for the browser, and a test compares
them. A character that no face has would be an empty box on the glass: the build says so.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path

import brotli
import fontTools
from fontTools.ttLib import TTFont

from quangba.errors import Problem, QuangbaError
from quangba.files import put
from quangba.media.faces import FOLDER, Face
from quangba.media.keeping import keep_sealed, sealed
from quangba.media.own_faces import COMMON
from quangba.site.forking import share_out
from quangba.site.outputs import Output
from quangba.site.own_fonts import write_own_fonts
from quangba.site.screen.painted import Painted, read_site
from quangba.source.assets import digest

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

WEIGHTS = (400, 600)

PLACE = "assets/fonts"
"""Where fonts are in a site."""

MARKS = frozenset(map(chr, (0xB7, *range(0x2010, 0x2028))))
"""
Quotation marks, dashes and dots: Chinese and Japanese set them full-width in their own faces, all
others in the Latin one.
"""

ROWS = {
    "zh": ("letters", "sc", "jp", "kr", "marks"),
    "ja": ("letters", "jp", "sc", "kr", "marks"),
    "ko": ("letters", "marks", "kr", "jp", "sc"),
}
"""Faces by language, the first choice first; ``letters`` and ``marks`` are both the Latin face."""

OTHERS = ("letters", "marks", "sc", "jp", "kr")
"""Faces of all other languages: a Korean name in a French text is drawn by ``kr``."""

KANA = "".join(map(chr, (*range(0x3041, 0x3097), *range(0x3099, 0x3100))))
JAMO = "".join(map(chr, range(0x3131, 0x3164)))

TYPED = {
    "zh": "，。！？：；（）《》「」“”‘’、…—·",
    "ja": f"{KANA}、。！？：；（）「」『』・…〜～",
    "ko": f"{JAMO}“”‘’…·",
}
"""
What people type and scripts add, whether a page has it or not. Syllables of Korean that are typed
and stand nowhere are drawn by a face of their own: see ``fonts.css``.
"""

FEATURES = ("calt", "ccmp", "halt", "kern", "liga", "ljmo", "locl", "mark", "mkmk", "tjmo", "vjmo")
"""
OpenType features that are kept. ``halt`` is how Chromium closes up full-width punctuation; what is
left out is for vertical text and for choices that no stylesheet of ours makes.
"""

FEW = 2
"""Fonts that are not worth a further process."""

WHOLE = 3
"""Characters without a glyph that are told with their names."""

NAMED = 8
"""Characters without a glyph that are told at all: a script has hundreds."""

RECIPE = 1
"""Changes whenever the same characters shall give other bytes."""

INVISIBLE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
"""Unicode categories that need no glyph: a browser draws spaces and joiners without one."""

SELECTORS = frozenset((*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
"""Code points that choose a form of the character before them; without that form it stays as is."""

WIDE_BLANK = "\u3000"
"""The one blank whose width a face must give."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Family:
    """A face in all its weights."""

    name: str
    """In the names of files: ``sc``."""
    source: str
    """In the names of the whole fonts: ``noto-sans-sc``."""
    whole: bool = False
    """True: every character is kept, because anything may be typed or come from the device."""
    folder: Path = FOLDER
    """Where the whole fonts are."""

    def face(self, weight: int) -> Face:
        """Return the whole font in a weight."""
        return Face(f"{self.source}-{weight}", self.folder)

    def file(self, weight: int) -> str:
        """Return the name of the file in the site."""
        return f"kiosk-{self.name}-{weight}.woff2"

    @cached_property
    def characters(self) -> frozenset[int]:
        """Code points that the face has in every weight."""
        return frozenset[int].intersection(*(self.face(weight).characters for weight in WEIGHTS))

    def draws(self, character: str) -> bool:
        """Tell whether the face draws a character, if need be from a letter and its marks: ǎ, ȟ."""
        if ord(character) in self.characters:
            return True
        parts = unicodedata.normalize("NFD", character)
        # HarfBuzz puts the parts together; only of a face that is not cut down are they all there.
        return self.whole and len(parts) > 1 and self.characters.issuperset(map(ord, parts))


LATIN = Family("latin", "be-vietnam-pro", whole=True)

FAMILIES = {
    "letters": LATIN,
    "marks": LATIN,
    "sc": Family("sc", "noto-sans-sc"),
    "jp": Family("jp", "noto-sans-jp"),
    "kr": Family("kr", "noto-sans-kr"),
}
"""What the places in a row are drawn with."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def finish_fonts(outputs: list[Output]) -> list[Problem]:
    """
    Write the fonts of a site whose pages are all written; return which characters have no glyph.

    One problem for each language: it names the page where the first of them was met.
    """
    folder, settings = outputs[0].folder, outputs[0].context.workspace.settings
    faces = outputs[0].context.faces
    own = tuple(Family(face.language, face.stem, True, face.folder) for face in faces)
    roots = {output.root: output.context.language.code for output in outputs}
    painted = read_site(folder, roots)
    chosen = choose(painted, roots.values(), own)

    def part(fonts: Sequence[tuple[Family, int]]) -> None:
        for family, weight in fonts:
            data = cut(family.face(weight).path, chosen[family.name], settings.cache / "fonts")
            put(folder / PLACE / family.file(weight), data)

    share_out([(family, weight) for family in families(own) for weight in WEIGHTS], part, FEW)
    write_own_fonts(
        outputs, {face: {w: f.file(w) for w in WEIGHTS} for face, f in zip(faces, own, strict=True)}
    )
    pages = {
        f"{page.url}index.html": settings.page_file(page.name)
        for output in outputs
        for page in output.pages
    }
    lacking: dict[str, dict[str, str]] = {}
    for (language, character), places in painted.needed.items():
        if visible(character) and face_of(character, language, own) is None:
            lacking.setdefault(language, {})[character] = places.first
    problems = [missing(lacking[language], language, pages) for language in sorted(lacking)]
    return [*problems, *(Problem.at("glyph-picture", name) for name in painted.drawings)]


def families(own: tuple[Family, ...] = ()) -> Iterator[Family]:
    """Yield every family once, those that the site brings last."""
    yield from dict.fromkeys((*FAMILIES.values(), *own))


@cache
def face_of(character: str, language: str, own: tuple[Family, ...] = ()) -> str | None:
    """
    Return the place in the language's row that draws a character; None when no face has it.

    Faces that the site brings (``own``) draw, in every row, what the Latin face lacks.

    >>> [face_of(c, 'ja') for c in 'a直“'], face_of('直', 'zh'), face_of('“', 'ko')
    (['letters', 'jp', 'jp'], 'sc', 'marks')
    """
    if ord(character) not in COMMON and not LATIN.draws(character):
        for family in own:
            if family.draws(character):
                return family.name
    for place in ROWS.get(language, OTHERS):
        if place in ("letters", "marks") and (place == "marks") != (character in MARKS):
            continue
        if FAMILIES[place].draws(character):
            return place
    return None


def visible(character: str) -> bool:
    """
    Tell whether a character needs a glyph.

    >>> [visible(c) for c in 'a\\u3000\\u00a0\\u200b\\ufe0f🎉']
    [True, True, False, False, False, True]
    """
    if character == WIDE_BLANK:
        return True
    return unicodedata.category(character) not in INVISIBLE and ord(character) not in SELECTORS


def choose(
    painted: Painted, languages: Iterable[str], own: tuple[Family, ...] = ()
) -> dict[str, frozenset[int]]:
    """Return the code points that each family has to keep in a site of some languages, by name."""
    chosen = {family.name: {ord(" ")} for family in families(own)}
    wanted = set(painted.needed)
    for language in languages:
        wanted |= {(language, c) for c in painted.wished.union(TYPED.get(language, ""))}
    for language, character in wanted:
        place = face_of(character, language, own) if visible(character) else None
        if place:
            chosen[FAMILIES[place].name if place in FAMILIES else place].add(ord(character))
    for family in families(own):
        if family.whole:
            chosen[family.name] |= family.characters
    return {name: frozenset(codes) for name, codes in chosen.items()}


def cut(source: Path, codes: frozenset[int], folder: Path) -> bytes:
    """Return a font with some characters only, as WOFF2; from the cache when it was made before."""
    path = folder / f"{key(source, codes)}.woff2"
    data = sealed(path)
    if data is None:
        data = subset(source, codes)
        with suppress(QuangbaError):  # a closed disk only costs time later
            keep_sealed(path, data)
    return data


def key(source: Path, codes: Iterable[int]) -> str:
    """Return the name of a font in the cache: all that its bytes depend on."""
    made_by = [RECIPE, *FEATURES, fontTools.version, brotli.__version__]
    text = json.dumps([made_by, digest(source), sorted(codes)])
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:24]


def subset(source: Path, codes: Iterable[int]) -> bytes:
    """Return a font with some of its characters; the same bytes at any time and place."""
    from fontTools.subset import (  # loads a while; most fonts are kept from before
        Options,
        Subsetter,
    )

    options = Options(layout_features=list(FEATURES), hinting=False, name_IDs=["*"])
    options.notdef_outline = True
    stream = BytesIO()
    with TTFont(source, recalcTimestamp=False) as font:
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=codes)
        subsetter.subset(font)
        font.flavor, font.flavorData = "woff2", None
        font.save(stream)
    return stream.getvalue()


def missing(places: dict[str, str], language: str, pages: dict[str, str]) -> Problem:
    """
    Say that no face of a language has some characters.

    ``places`` are the files where they were met, in that order; ``pages`` are Markdown files by the
    files that they became.
    """
    first, characters = next(iter(places.values())), sorted(places)
    names = [shown(character, whole=len(characters) <= WHOLE) for character in characters]
    return Problem.at(
        "glyph-missing",
        pages.get(first, first),
        characters=", ".join([*names[:NAMED], *(["…"] if len(names) > NAMED else [])]),
        count=len(characters),
        language=language,
    )


def shown(character: str, *, whole: bool) -> str:
    """
    Name a character for people, with ``whole`` by code and name, too.

    >>> shown('ก', whole=False), shown('ก', whole=True)
    ('“ก”', '“ก” (U+0E01 THAI CHARACTER KO KAI)')
    """
    mark = unicodedata.category(character).startswith("M")
    seen = f"\u25cc{character}" if mark else character
    sign = f"“{seen if seen.isprintable() else chr(0x25A1)}”"
    name = f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
    return f"{sign} ({name})" if whole else sign
