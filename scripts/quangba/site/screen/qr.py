"""
QR codes (ISO/IEC 18004) as drawings: one small SVG file for each text, shared by all languages.

Texts are UTF-8 in byte mode without an ECI header, as cameras of phones expect them. A code stands
on a screen at least 76 mm wide with its quiet zone, and with at least four pixels for each module,
whatever the screen is: :data:`PIXELS` is the drawing's own size, millimetres are the style sheet's.
"""

from __future__ import annotations

import hashlib
from functools import cache
from itertools import groupby
from pathlib import Path

import segno

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FOLDER = "qr/"
"""Where the drawings are, from the root of the site."""

QUIET = 4
"""Modules of white around a code (ISO/IEC 18004 §6.3.8)."""

PIXELS = 4
"""CSS pixels of a module at a drawing's own size; fewer, and cameras see grey edges only."""

LARGEST = 15
"""
The largest version: 77 modules and the quiet zone, 0.89 mm each at 76 mm.

Cameras held 0.6 m away read modules down to 0.8 mm.
"""

CAPACITY = 412
"""Bytes that fit version 15 at level M (ISO/IEC 18004, table 7)."""

SHORT = 60
"""Bytes that fit version 5 at level Q: an address of usual length gets the better correction."""

END = b"</svg>\n"
"""What a drawing ends with, by which one that is whole is known."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def fits(content: str) -> bool:
    """Tell whether a text is short enough for a code that a phone can read off a screen."""
    return 0 < len(content.encode("utf-8")) <= CAPACITY


def file_name(content: str) -> str:
    """
    Return the address of a text's drawing, from the root of the site.

    >>> file_name('https://quangninh.example/')
    'qr/365d8c46a37e1f56.svg'
    """
    return f"{FOLDER}{hashlib.sha256(content.encode('utf-8')).hexdigest()[:16]}.svg"


def key(content: str) -> str:
    """Return the name of a drawing in a cache: it also depends on how drawings are made."""
    return hashlib.sha256(f"{stamp()}\x1f{content}".encode()).hexdigest()[:32]


@cache
def stamp() -> str:
    """Return what all drawings depend on besides their texts."""
    return f"{segno.__version__}\x1f{Path(__file__).read_text(encoding='utf-8')}"


def drawing(content: str) -> bytes:
    """
    Return the code of a text as SVG: dark on white, whatever the colours of the page are.

    Raises ``segno.DataOverflowError`` for texts that do not fit; ask :func:`fits` first.

    >>> drawing('https://quangninh.example/').partition(b'><')[0]
    b'<svg xmlns="http://www.w3.org/2000/svg" width="148" height="148" viewBox="0 0 37 37"'
    """
    short = len(content.encode("utf-8")) <= SHORT
    code = segno.make(
        content,
        error="q" if short else "m",
        mode="byte",
        encoding="utf-8",
        eci=False,
        micro=False,
        boost_error=True,
    )
    side = len(code.matrix) + 2 * QUIET
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side * PIXELS}" height="{side * PIXELS}"'
        f' viewBox="0 0 {side} {side}"><path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
        f'<path stroke="#000" shape-rendering="crispEdges" d="{strokes(code.matrix)}"/>'
    )
    return svg.encode("ascii") + END


def strokes(matrix: tuple[bytearray, ...]) -> str:
    """
    Return the dark modules of a code as one path of lines, one module thick.

    >>> strokes((bytearray([1, 1, 0, 1]), bytearray([0, 0, 0, 0]), bytearray([0, 1, 1, 1])))
    'M4 4.5h2m1 0h1M5 6.5h3'
    """
    path: list[str] = []
    for y, row in enumerate(matrix):
        x, pen = 0, None
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                moved = f"M{x + QUIET} {y + QUIET}.5" if pen is None else f"m{x - pen} 0"
                path.append(f"{moved}h{length}")
                pen = x + length
            x += length
    return "".join(path)
