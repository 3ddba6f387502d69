"""Pictures as cameras, scanners and attackers make them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageCms, ImageDraw

SIDECAR = "author: Nhóm\nlicence: CC BY 4.0\nsource: tự vẽ\n"

Maker = Callable[..., Path]


def scene(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Return a picture with colours, edges and a red upper left corner."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    draw = ImageDraw.Draw(image)
    draw.ellipse((width // 2, height // 3, width - 1, height - 1), fill="#0c5c5e")
    draw.rectangle((0, 0, width // 4, height // 4), fill="#ff0000")
    return image.convert(mode)


def exif_with_place(orientation: int = 1) -> Image.Exif:
    """Return what a phone writes: maker, number, place, which side is up."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretPhone"
    exif.get_ifd(0x8825).update({1: "N", 2: (20.0, 57.0, 1.0), 3: "E", 4: (107.0, 4.0, 1.0)})
    return exif


def wide_gamut() -> bytes:
    """Return an ICC profile that is not sRGB: LAB, as bytes."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


def swapped_srgb() -> bytes:
    """Return a profile in which red and blue are exchanged: sRGB with two tags renamed."""
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return data.replace(b"rXYZ", b"tmp_").replace(b"bXYZ", b"rXYZ").replace(b"tmp_", b"bXYZ")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes that claims to be very large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\0" * 100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")
