"""
Lettering: a card as pixels, 1200 × 630, in the language of its page.

On the left a page of deep sea with one rounded shoulder, as on a karst: mark and site, what kind of
page it is, its title. On the right its picture. Colours are those of ``tokens.css``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFilter

from quangba.media.faces import EAST, Face
from quangba.media.raster import Art, drawn
from quangba.media.sizes import HEIGHT, WIDTH
from quangba.media.typeset import MEASURE, cleaned, em_width, runs, set_lines, shortened

if TYPE_CHECKING:
    from quangba.media.cards import Card  # it calls this when a card is not kept

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

PANEL = 660
"""Width of the page of text; the rest is picture."""

SHOULDER = 210
"""Radius of its upper right corner."""

MARGIN = 64
"""Room at the left, above and below."""

TEXT = PANEL - MARGIN - 44
"""Width of lines."""

BAND, BAND_TEXT, BAND_QUIET = "#0c474a", "#f4f3ef", "#bcd2ce"
BAND_LINE, LIGHT, MIST = "#35696b", "#f58d76", "#f7f2e8"

SIZES = ((72, 2), (62, 3), (54, 3), (47, 4), (40, 5))
"""Sizes of a title in pixels and the most lines it may have in each; the first that fits."""

LEADING, LEADING_EAST = 1.29, 1.34
"""Height of a line in ems; 1.29 leaves stacked Vietnamese marks (Ế, Ặ) their room."""

LABEL, SITE, NOTE = 25, 31, 21
"""Sizes of the small texts."""

LARGEST = 200_000
"""Bytes of a card; some networks do not show heavier ones."""

QUALITIES = (88, 80, 70, 60, 45)

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(eq=False)
class Letterer:
    """Draws cards."""

    art: Art
    """Pictures as pixels."""
    mark: Path | None = None
    own: tuple[Face, ...] = ()

    def draw(self, card: Card, names: Sequence[str] = ()) -> Image.Image:
        """Draw a card; ``names`` stand in its title and should not be broken."""
        language, own = card.language, self.own
        image = self.begun(card.art, language, card.site, card.note).copy()
        draw = ImageDraw.Draw(image)
        foot = HEIGHT - MARGIN
        lines, size = title_lines(card.title, language, names, own)
        leading = size * (LEADING_EAST if language in EAST else LEADING)
        # The last line stands on the foot or above its rule; what is free is under the mark.
        baseline = foot - (76 if card.note else 4) - leading * (len(lines) - 1)
        label = fitting(card.label, language, LABEL, own)
        above = (MARGIN, baseline - size * 0.95 - 28)
        write_line(draw, above, card.label, language, label, LIGHT, own)
        for number, line in enumerate(lines):
            at = (optical(line, size), baseline + number * leading)
            write_line(draw, at, line, language, size, BAND_TEXT, own)
        return image

    @lru_cache(maxsize=64)  # noqa: B019 (one object for a build)
    def begun(self, art: Path | None, language: str, site: str, note: str) -> Image.Image:
        """Draw what many cards have in common: all but the title and the label above it."""
        image = self.ground(art)
        draw = ImageDraw.Draw(image)
        write_line(draw, (MARGIN + 62, MARGIN + 34), site, language, SITE, BAND_TEXT, self.own)
        if note:
            foot = HEIGHT - MARGIN
            draw.line((MARGIN, foot - 38, PANEL - 44, foot - 38), BAND_LINE, 2)
            size = fitting(note, language, NOTE, self.own)
            write_line(draw, (MARGIN, foot), note, language, size, BAND_QUIET, self.own)
        return image

    def ground(self, path: Path | None) -> Image.Image:
        """Draw picture, panel and mark."""
        image = Image.new("RGB", (WIDTH, HEIGHT), BAND)
        art = self.art.window(path, WIDTH - PANEL, HEIGHT, SHOULDER) if path else None
        if art is not None:
            image.paste(art, (PANEL - SHOULDER, 0))
            image.paste(MIST, mask=mist_mask())
        image.paste(BAND, mask=panel_mask())
        if self.mark:
            paste_mark(image, self.mark, (MARGIN - 4, MARGIN - 4), 50, BAND_TEXT)
            if art is None:
                paste_mark(image, self.mark, (PANEL + 50, 96), 440, BAND_LINE)
        return image


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@lru_cache(maxsize=1)
def panel_mask() -> Image.Image:
    """Return where the page of text is, with a smooth shoulder; mode ``L``."""
    scale = 4
    mask = Image.new("L", (PANEL * scale, HEIGHT * scale), 0)
    draw = ImageDraw.Draw(mask)
    corners = (False, True, False, False)
    draw.rounded_rectangle(
        (0, 0, PANEL * scale - 1, HEIGHT * scale - 1), SHOULDER * scale, 255, corners=corners
    )
    full = Image.new("L", (WIDTH, HEIGHT), 0)
    full.paste(mask.resize((PANEL, HEIGHT), Image.Resampling.LANCZOS))
    return full


@lru_cache(maxsize=1)
def mist_mask() -> Image.Image:
    """Return the mist between the layers: dark foliage would melt into the panel; mode ``L``."""
    return panel_mask().filter(ImageFilter.GaussianBlur(20))


def paste_mark(image: Image.Image, mark: Path, at: tuple[int, int], size: int, colour: str) -> None:
    """Draw the mark in a colour."""
    svg = mark.read_text(encoding="utf-8").replace("currentColor", colour)
    drawing = drawn(svg, size)
    image.paste(drawing, at, drawing.getchannel("A"))


def title_lines(
    title: str, language: str, names: Sequence[str], own: tuple[Face, ...] = ()
) -> tuple[list[str], int]:
    """Return the lines of a title and their size in pixels: large, if the breaks are good there."""
    choices = []
    for size, most in SIZES:
        found = set_lines(title, language, TEXT / size, most, names, own)
        if found:
            choices.append((found[1] + (SIZES[0][0] - size) * 1.4, found[0], size))
    if choices:
        _, lines, size = min(choices)
        return lines, size
    size, most = SIZES[-1]
    return shortened(title, language, TEXT / size, most, own), size


def fitting(text: str, language: str, size: int, own: tuple[Face, ...] = ()) -> int:
    """Return the size in pixels at which a small text stands in one line."""
    width = em_width(cleaned(text), language, own) * size
    return size if width <= TEXT else max(12, int(size * TEXT / width))


def optical(line: str, size: int) -> float:
    """Return where a line begins: an opening bracket hangs, for its own half is empty."""
    return MARGIN - (size * 0.5 if line[0] in "（〔［｛〈《「『【〖" else size * 0.03)


def write_line(
    draw: ImageDraw.ImageDraw,
    at: tuple[float, float],
    text: str,
    language: str,
    size: int,
    colour: str,
    own: tuple[Face, ...] = (),
) -> None:
    """Write one line; ``at`` is where its baseline begins."""
    x, y = at
    for run in runs(cleaned(text), language, own):
        if run.face is None:
            x += run.space * size / MEASURE
            continue
        font = run.face.font(size)
        draw.text((x, y), run.text, fill=colour, font=font, anchor="ls")
        x += font.getlength(run.text)


def jpeg(image: Image.Image) -> bytes:
    """Encode a card, as well as :data:`LARGEST` allows."""
    data = b""
    for quality in QUALITIES:
        stream = BytesIO()
        image.save(stream, "JPEG", quality=quality, optimize=True, subsampling="4:4:4")
        data = stream.getvalue()
        if len(data) <= LARGEST:
            break
    return data
