"""
Fit: whether the tiles of a gate's home hold their words, measured before anybody stands there.

A tile says its topic in large letters and the title of its page in small ones. In a language that
needs many letters (French does) a title may need a line more than the tile has, and the last tiles
would slip under the bar. So the width of the text in a tile is decided here, goes into ``gate.css``
as ``--tile``, and every text is set in it with the faces of the screen. Lengths are in mm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape

from quangba.errors import Problem
from quangba.media.faces import Face
from quangba.media.typeset import set_lines
from quangba.site.outputs import Output
from quangba.site.screen.views import ScreenView
from quangba.site.social import LETTERING
from quangba.source.profiles import Profile, Screen

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

CAPITAL = 0.73
"""Height of a capital by size of type: the least of all faces (also in ``tokens.css``)."""

BASE_SHARE = 0.024
"""Least size of type on a large screen, of its short side: ``--base``."""

TITLE_SHARE, TITLE_MM = {True: 0.8, False: 0.7}, 4.8
"""Type of a title, of ``--base``, and the least height of its capitals (US 508, 402.4)."""

LABEL_SHARE = {True: 1.3, False: 1.0}
"""Type of a topic, of ``--base``: on a roomy screen, on a narrow one (``parts.css`` has both)."""

ROOMY, WIDE = 34, 20
"""Width of what scrolls, in sizes of type, from which tiles are roomy, and stand two by two."""

BESIDE = 0.62
"""Share of a wide screen's width that is not the picture (``kiosk.css``)."""

GUTTER = {True: 0.04, False: 0.024}
"""Margin at each side, of the screen's width: upright, wide."""

GAP, INSIDE = 4, 6
"""Between two tiles; left and right of the text in one."""

SHARE, FIRST = {True: 0.66, False: 0.74}, 0.5
"""Share of a tile that its text takes: on a roomy screen, on a narrow one; the first of all."""

LINES, SLACK = 3, 0.25
"""Height of a tile in lines of its topic, which titles share in small type, and a little more."""

MOST = 6
"""Lines that no text needs: it does not fit."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class TileSize:
    """How a gate's tiles are on its screen, at the first size of text."""

    columns: int
    text: float
    """Width of the text."""
    first: float
    """Width of the text of the first tile, which takes the whole row."""
    label: float
    """Size of type of the topic."""
    title: float
    """Size of type of the title."""


@dataclass(frozen=True)
class TileText:
    """What one tile says in one language."""

    language: str
    label: str
    title: str
    """Empty where it would repeat the topic."""


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def tile_size(screen: Screen) -> TileSize:
    """
    Return how tiles are on a screen.

    >>> size = tile_size(Screen(32, 1080, 1920, 800, 600))
    >>> size.columns, round(size.text), round(size.label), round(size.title)
    (2, 114, 13, 8)
    """
    least = min(screen.width_mm, screen.height_mm) * BASE_SHARE
    base = max(screen.capital_mm / CAPITAL, least)
    content = screen.width_mm * (1 if screen.portrait else BESIDE)
    roomy, columns = content / base > ROOMY, 2 if content / base > WIDE else 1
    inner = content - 2 * screen.width_mm * GUTTER[screen.portrait]
    tile = (inner - (columns - 1) * GAP) / columns
    return TileSize(
        columns=columns,
        text=tile * SHARE[roomy] - INSIDE,
        first=inner * FIRST,
        label=base * LABEL_SHARE[roomy],
        title=max(TITLE_MM / CAPITAL, base * TITLE_SHARE[roomy]),
    )


def properties(screen: Screen) -> dict[str, str]:
    """Return the custom properties of ``gate.css`` that tell the style sheets of the same."""
    size = tile_size(screen)
    return {"--columns": str(size.columns), "--tile": f"{size.text:.2f}"}


def line_count(
    text: str, language: str, size: float, width: float, own: tuple[Face, ...] = ()
) -> int:
    """Return how many lines a text takes at a size of type; too many when a word is too wide."""
    if not text:
        return 0
    counts = (n for n in range(1, MOST) if set_lines(text, language, width / size, n, own=own))
    return next(counts, MOST)


def long_texts(
    texts: Iterable[TileText], size: TileSize, own: tuple[Face, ...] = ()
) -> Iterator[str]:
    """Yield what to make shorter of each tile that is too high; the first one is wide."""
    for number, tile in enumerate(texts):
        width = size.text if number else size.first
        label = line_count(tile.label, tile.language, size.label, width, own)
        title = line_count(tile.title, tile.language, size.title, width, own)
        if label + title * size.title / size.label > LINES + SLACK:
            yield tile.label if label >= LINES else tile.title


def tile_texts(output: Output, profile: Profile) -> list[TileText]:
    """Return what the tiles of a gate say in the language of ``output``."""
    code = output.context.language.code
    tiles = ScreenView(output.context, output.nav, "").tiles(profile)
    found = []
    for tile in filter(None, tiles):
        label = unescape(str(tile["label"]))
        title = unescape(str(tile["record"]["title"])) if tile["record"] else ""
        found.append(TileText(code, label, title if title != label else ""))
    return found


def check_tiles(output: Output) -> list[Problem]:
    """Report the texts of tiles that are too long in a language, for every gate."""
    context = output.context
    file = context.workspace.profiles.file
    own = tuple(face.face(LETTERING) for face in context.faces)
    return [
        Problem.at(
            "gate-tile-long",
            file,
            profile.line,
            gate=profile.id,
            language=context.language.name,
            text=text,
            lines=LINES,
        )
        for profile in context.workspace.profiles.entries.values()
        for text in long_texts(tile_texts(output, profile), tile_size(profile.screen), own)
    ]
