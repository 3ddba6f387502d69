"""
Encoding: one picture as an editor supplied it becomes the files that browsers choose from.

AVIF first, WebP for browsers without it, JPEG for all others; PNG instead of JPEG where something
shines through. What cameras write into a file (place, time, serial numbers, names) is left behind;
turning and colours are applied to the pixels first. The same bytes in give the same bytes out.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import PIL
from PIL import Image, ImageCms, ImageOps, features

from quangba.source.assets import digest
from quangba.source.raster import opened

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

WIDTHS = (400, 800, 1200, 1600)
"""Widths in pixels: a card on a phone, a phone of high density, a laptop, a large screen."""

FORMATS: dict[str, dict[str, Any]] = {
    "avif": {"quality": 55, "speed": 6, "subsampling": "4:2:0", "max_threads": 1},
    "webp": {"quality": 78, "method": 5},
    "jpeg": {"quality": 80, "progressive": True, "optimize": True, "subsampling": "4:2:0"},
    "png": {"optimize": True},
}
"""Options of Pillow's encoders, by format."""

SUFFIXES = {"avif": "avif", "webp": "webp", "jpeg": "jpg", "png": "png"}

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Variant:
    """One file of a picture."""

    format: str
    width: int
    height: int

    @property
    def suffix(self) -> str:
        """The end of its name: ``-800.avif``."""
        return f"-{self.width}.{SUFFIXES[self.format]}"


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def encoders() -> str:
    """Name the versions of everything that decides about the bytes, this module among them."""
    libraries = ("avif", "webp", "jpg", "zlib", "littlecms2")
    versions = [PIL.__version__, *(features.version(name) for name in libraries)]
    return repr((digest(Path(__file__)), versions))


def normalised(path: Path) -> Image.Image:
    """
    Decode a picture: upright, in sRGB, 8 bits, no wider than we need, without metadata.

    Returns a picture of mode ``RGB``, or ``RGBA`` where something shines through. Raises
    ``QuangbaError`` as :func:`quangba.source.raster.opened`.
    """
    with opened(path) as image:
        widest = WIDTHS[-1]
        if image.format in ("JPEG", "MPO"):
            # Decoders of JPEG halve for free; twice the size is left for a good reduction.
            side = 2 * widest
            image.draft(None, (side, side * image.height // max(image.width, 1)))
        image.load()
        profile = image.info.get("icc_profile")
        upright = ImageOps.exif_transpose(image)
        if upright.width > widest and upright.mode in ("RGB", "L", "CMYK"):
            upright = resized(upright, widest)
        result = opaque(to_srgb(eight_bits(upright), profile))
        result.info = {}
        return result


def eight_bits(image: Image.Image) -> Image.Image:
    """Bring a picture of any mode to 8 bits and one of ``L``, ``RGB``, ``RGBA``, ``CMYK``."""
    if image.mode.startswith(("I", "F")):
        # 16-bit grey; converting it directly would cut off everything above 255.
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("P", "PA", "LA", "La", "RGBa") or "transparency" in image.info:
        return image.convert("RGBA")
    if image.mode in ("L", "RGB", "RGBA", "CMYK"):
        return image
    return image.convert("RGB")


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert colours to sRGB; a profile that cannot be used is as good as none."""
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if alpha else image
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            found = ImageCms.profileToProfile(colours, source, target, outputMode="RGB")
            colours = found or colours
        except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
            pass
    if colours.mode != "RGB":
        colours = colours.convert("RGB")
    if alpha:
        colours.putalpha(alpha)
    return colours


def opaque(image: Image.Image) -> Image.Image:
    """Drop an alpha channel through which nothing shines."""
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        return image.convert("RGB")
    return image


def resized(image: Image.Image, width: int) -> Image.Image:
    """Make a picture narrower, in proportion."""
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def widths_for(width: int) -> list[int]:
    """
    Return the widths to make of a picture, never more than it has.

    >>> widths_for(4000), widths_for(1000), widths_for(120)
    ([400, 800, 1200, 1600], [400, 800, 1000], [120])
    """
    own = min(width, WIDTHS[-1])
    return [*(each for each in WIDTHS if each < own), own]


def encoded(image: Image.Image) -> list[tuple[Variant, bytes]]:
    """Encode a normalised picture in every format and width, the best format first."""
    last = "png" if image.mode == "RGBA" else "jpeg"
    found = []
    for width in widths_for(image.width):
        small = resized(image, width) if width < image.width else image
        for name in ("avif", "webp", last):
            stream = BytesIO()
            small.save(stream, name, **FORMATS[name])
            found.append((Variant(name, small.width, small.height), stream.getvalue()))
    order = list(FORMATS)
    return sorted(found, key=lambda each: (order.index(each[0].format), each[0].width))
