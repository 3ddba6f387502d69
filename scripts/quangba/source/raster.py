"""
Raster pictures: what a file really is, and whether it may be decoded at all.

Editors upload what they have. Nothing is decoded before its size, its kind and its number of pixels
are known to be harmless, and only by the decoders named here: never by what a name promises.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from quangba.errors import QuangbaError

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FORMATS = {
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".png": "PNG",
    ".webp": "WEBP",
    ".avif": "AVIF",
    ".gif": "GIF",
}
"""
Kinds of pictures by the ending of their names.

No TIFF, HEIC or PSD: their decoders are large, rare in Pillow or often wrong, and every camera and
every program can export JPEG.
"""

DECODERS = tuple(dict.fromkeys(FORMATS.values()))
"""What Pillow may open."""

LARGEST_BYTES = 40_000_000
"""Bytes of a file."""

LARGEST_PIXELS = 64_000_000
"""Pixels of a picture: more than cameras make, and 256 MB when decoded with transparency."""

LARGEST_SIDE = 20_000
"""Pixels along one side."""

COUNT = re.compile(r"\((\d+) pixels\)")
"""Pillow's sentence about a bomb: ``Image size (400000000 pixels) exceeds limit…``."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@contextmanager
def opened(path: Path) -> Iterator[Image.Image]:
    """
    Open a picture whose head was found harmless; its pixels are not decoded yet.

    Raises ``QuangbaError`` with a code that begins with ``asset-`` for every file that is not a
    sound, still picture of the kind that its name says, also when decoding fails inside.
    """
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise QuangbaError("asset-format", asset=path.name, found=suffix or path.name)
    try:
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            raise QuangbaError(
                "asset-heavy",
                asset=path.name,
                size=size // 1_000_000,
                limit=LARGEST_BYTES // 1_000_000,
            )
        with warnings.catch_warnings():
            # What Pillow only warns of has more pixels than we take.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(path, formats=DECODERS)
        with image:
            check_head(image, path)
            yield image
    except QuangbaError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        count = COUNT.search(str(error))
        pixels = int(count[1]) if count else 2 * LARGEST_PIXELS
        raise too_many(path, pixels) from error
    except Exception as error:
        # Decoders meet hostile bytes here; they raise whatever the bytes make them raise.
        what = str(error).replace(str(path), path.name) or type(error).__name__
        raise QuangbaError("asset-broken", asset=path.name, what=what) from error


def check_head(image: Image.Image, path: Path) -> None:
    """Compare what a file says about itself with its name and with our limits."""
    suffix, found = path.suffix.lower(), image.format or "?"
    if found == "MPO":
        found = "JPEG"  # Phones write a second picture behind the first.
    if found != FORMATS[suffix]:
        raise QuangbaError("asset-content", asset=path.name, suffix=suffix, found=found)
    if image.width * image.height > LARGEST_PIXELS or max(image.size) > LARGEST_SIDE:
        raise too_many(path, image.width * image.height)
    frames = 1 if image.format == "MPO" else getattr(image, "n_frames", 1)
    if frames > 1:
        # The first frame alone would be another picture than the one that was approved.
        raise QuangbaError("asset-animated", asset=path.name, frames=frames)


def too_many(path: Path, pixels: int) -> QuangbaError:
    """Make the error for a picture with too many pixels."""
    return QuangbaError(
        "asset-pixels",
        asset=path.name,
        pixels=round(pixels / 1_000_000),
        limit=LARGEST_PIXELS // 1_000_000,
    )


def check_raster(path: Path) -> None:
    """
    Decode a picture once, to find what is cut off or damaged; raises as :func:`opened`.

    JPEG is decoded at an eighth of its size, which reads every byte and costs a fifth of the time.
    """
    with opened(path) as image:
        if image.format in ("JPEG", "MPO"):
            image.draft(None, (image.width // 8, image.height // 8))
        image.load()
