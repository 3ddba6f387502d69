"""Art of cards: any picture of the site as pixels of one size, cut to where something is."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from io import BytesIO
from math import ceil
from pathlib import Path

import resvg_py
from PIL import Image, ImageFilter

from quangba.errors import QuangbaError
from quangba.files import raise_failure
from quangba.media.encode import encoders, normalised
from quangba.media.keeping import keep
from quangba.source.assets import damage, digest
from quangba.source.svg import svg_size

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LONGEST = 10
"""Times that one side of a drawing may have the length of the other."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Art:
    """Pictures as pixels, kept in a folder that may be deleted at any time."""

    cache: Path

    @cached_property
    def stamp(self) -> str:
        """What pixels depend on besides their source."""
        return f"{digest(Path(__file__))} {version('resvg_py')} {encoders()}"

    def key(self, path: Path, *size: int) -> str:
        """Return the name of a picture in the cache."""
        text = f"{digest(path)}\x1f{size}\x1f{self.stamp}"
        return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]

    def window(self, path: Path, width: int, height: int, bleed: int = 0) -> Image.Image | None:
        """
        Return a picture cut to a size, around what it shows; None when it cannot be used.

        The mode is ``RGB``, the width ``bleed + width``: at the left it goes on behind something.
        What shines through becomes white.
        """
        kept = self.cache / f"{self.key(path, width, height, bleed)}.png"
        try:
            with Image.open(kept, formats=("PNG",)) as found:
                return found.convert("RGB")
        except (OSError, SyntaxError, ValueError):
            pass  # Not made yet, or cut off by a full disk: it is made now.
        problem = damage(path)
        if problem:
            return None
        try:
            image = cut(pixels(path, bleed + width, height), width, height, bleed)
        except (QuangbaError, ValueError):
            return None
        except OSError as error:
            raise_failure(error)
            return None
        stream = BytesIO()
        image.save(stream, "PNG", compress_level=3)
        with suppress(QuangbaError):  # a closed disk only costs time later
            keep(kept, stream.getvalue())
        return image


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def pixels(path: Path, width: int, height: int) -> Image.Image:
    """
    Decode a photograph, or draw an SVG so that it covers a size; mode ``RGB``.

    Raises ``ValueError`` for a drawing like a thread, which would become larger than memory.
    """
    if path.suffix.lower() == ".svg":
        across, down = svg_size(path)
        if not 1 / LONGEST <= across / down <= LONGEST:
            raise ValueError(f"{across} × {down}")
        size = max(width, ceil(height * across / down))
        image = drawn(path.read_text(encoding="utf-8-sig"), size)
    else:
        image = normalised(path)
    if image.mode != "RGBA":
        return image.convert("RGB")
    paper = Image.new("RGB", image.size, "#ffffff")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def drawn(svg: str, width: int) -> Image.Image:
    """
    Draw an SVG; mode ``RGBA``. Raises ``ValueError`` for one that cannot be drawn.

    Fonts of this computer are left out: the same drawing gives the same pixels everywhere.
    """
    data = resvg_py.svg_to_bytes(svg_string=svg, width=width, skip_system_fonts=True)
    with Image.open(BytesIO(bytes(data)), formats=("PNG",)) as image:
        return image.convert("RGBA")


def cut(image: Image.Image, width: int, height: int, bleed: int = 0) -> Image.Image:
    """Cut a picture to a size: scaled to cover it, and the part with the most to see."""
    whole = bleed + width
    scale = max(whole / image.width, height / image.height)
    size = max(whole, round(image.width * scale)), max(height, round(image.height * scale))
    covering = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    left = max(0, busiest(covering, width) - bleed)
    top = (covering.height - height) // 2
    return covering.crop((left, top, left + whole, top + height))


def busiest(image: Image.Image, width: int) -> int:
    """Return the left edge of the window with the most edges in it, rather near the middle."""
    room = image.width - width
    if room <= 0:
        return 0
    steps = 64
    edges = image.convert("L").filter(ImageFilter.FIND_EDGES)
    row = list(edges.resize((steps, 1), Image.Resampling.BOX).tobytes())
    span = max(1, round(steps * width / image.width))
    middle = (steps - span) / 2

    def worth(start: int) -> float:
        # What stands in the middle of the window counts more than what its edge cuts.
        weights = [1 - 0.6 * abs(2 * (i + 0.5) / span - 1) for i in range(span)]
        seen = sum(a * b for a, b in zip(row[start : start + span], weights, strict=True))
        return seen * (1 - 0.15 * abs(start - middle) / max(middle, 1))

    best = max(range(steps - span + 1), key=lambda start: (worth(start), -abs(start - middle)))
    return min(room, round(best * image.width / steps))
