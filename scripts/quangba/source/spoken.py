"""
Spoken summaries: a recording of each language, named in the front matter of a page.

``spoken: {vi: audio/ha-long-bay.vi.mp3, ja: audio/ha-long-bay.ja.mp3}``, paths from ``content/``.
A reader hears the recording of the language that is read and never another one (EN 301 549,
5.1.3.14); the page itself is the text that stands for it (WCAG 1.2.1).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeGuard

from quangba.errors import Problem, QuangbaError
from quangba.source.pages import Page

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SOUNDS = {".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".ogg": "audio/ogg", ".opus": "audio/ogg"}
"""Recordings that Chromium of Debian plays, and their media types."""

LARGEST = 10_000_000
"""Bytes of a recording: ten minutes of speech at 128 kbit/s."""

LANGUAGE = re.compile(r"\.([a-z]{2})\.\w+\Z")
"""``audio/ha-long-bay.ja.mp3``"""

PLACE = re.compile(
    rb"""
    quicktime\.location                          # ----:com.apple.quicktime.location.ISO6709
    | (?<![a-z]) (?:geo_?)? location=            # LOCATION=Ha Long, in a comment of Ogg
    | geo_?location
    | gps_?(?:coord|lat|loc|lon|pos)             # exif:GPSLatitude, TXXX GPSPosition
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Where recorders and programs write the place of a recording."""

PLACE_BOXES = (b"\xa9xyz", b"loci\x00\x00\x00\x00")
"""The same in MP4 (3GPP TS 26.244, section 8), outside of the sound itself."""

OGG_CODECS = {".ogg": (b"OpusHead", b"\x01vorbis"), ".opus": (b"OpusHead",)}
"""How the first packet begins (RFC 7845, section 5.1; Vorbis I, section 4.2.1)."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def spoken_files(meta: dict[str, Any]) -> list[str]:
    """Return the recordings of a page."""
    spoken = meta.get("spoken")
    named = spoken.values() if isinstance(spoken, dict) else []
    return [posixpath.normpath(name) for name in named if isinstance(name, str) and name]


def spoken_problems(page: Page) -> list[Problem]:
    """Report entries that are no recording, and recordings that belong to another language."""
    if "spoken" not in page.meta:
        return []
    spoken, line = page.meta["spoken"], page.line_of("spoken:")
    if not isinstance(spoken, dict):
        return [Problem.at("spoken-file", page.file, line, spoken=str(spoken)[:60])]
    problems, heard = [], dict[str, str]()
    for language, name in spoken.items():
        if not is_sound(name):
            shown = f"{language}: {name}"[:60]
            problems.append(Problem.at("spoken-file", page.file, line, spoken=shown))
            continue
        named = LANGUAGE.search(name.lower())
        other = heard.setdefault(posixpath.normpath(name), str(language))
        if other == language and named:
            other = named[1]
        if other != language:
            values = {"asset": name, "language": language, "other": other}
            problems.append(Problem.at("spoken-language", page.file, line, **values))
    return problems


def is_sound(name: object) -> TypeGuard[str]:
    """
    Tell whether an entry names a recording of this site.

    >>> [is_sound(name) for name in ("audio/a.mp3", "https://example.org/a.mp3", "a.wav", None)]
    [True, False, False, False]
    """
    return isinstance(name, str) and Path(name).suffix.lower() in SOUNDS and "://" not in name


def check_spoken(path: Path) -> None:
    """Raise ``QuangbaError`` for a recording that is none, is too large or tells its place."""
    size = path.stat().st_size
    if size > LARGEST:
        megabytes, limit = -(-size // 1_000_000), LARGEST // 1_000_000
        raise QuangbaError("spoken-heavy", asset=path.name, size=megabytes, limit=limit)
    data, suffix = path.read_bytes(), path.suffix.lower()
    boxes = dict(boxes_of(data)) if suffix == ".m4a" else {}
    if suffix == ".mp3":
        sound = is_mp3(data)
    elif suffix == ".m4a":
        sound = next(iter(boxes), b"") == b"ftyp" and b"soun" in boxes.get(b"moov", b"")
    else:
        # The head of a page of one packet has 28 bytes (RFC 3533, section 6).
        sound = data[:5] == b"OggS\0" and data[28:].startswith(OGG_CODECS[suffix])
    if not sound:
        raise QuangbaError("spoken-content", asset=path.name, suffix=suffix)
    # Tags of MP3 may be UTF-16.
    words = list(boxes.values()) or [data.replace(b"\0", b"") if suffix == ".mp3" else data]
    told = any(PLACE.search(each) for each in words)
    if told or any(place in each for each in boxes.values() for place in PLACE_BOXES):
        raise QuangbaError("spoken-place", asset=path.name)


def is_mp3(data: bytes) -> bool:
    """Tell whether a frame of MPEG audio, layer III, stands at the beginning or after the tag."""
    start = 0
    if data[:3] == b"ID3" and len(data) > 10:
        # ID3v2.4, section 3.1: seven bits in each byte of the size; a footer is told by a flag.
        size = 0
        for byte in data[6:10]:
            size = size << 7 | byte & 0x7F
        start = 10 + size + (10 if data[5] & 0x10 else 0)
    frame = data[start:].lstrip(b"\0")[:4]
    if len(frame) < 4 or frame[0] != 0xFF or frame[1] & 0xE0 != 0xE0:
        return False
    version, layer = frame[1] >> 3 & 3, frame[1] >> 1 & 3
    bitrate, rate = frame[2] >> 4, frame[2] >> 2 & 3
    return version != 1 and layer == 1 and bitrate not in (0, 15) and rate != 3


def boxes_of(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield type and content of the outermost boxes of an MP4 but the sound (ISO 14496-12, 4.2)."""
    start = 0
    while start + 8 <= len(data):
        size, kind = int.from_bytes(data[start : start + 4]), data[start + 4 : start + 8]
        head = 8
        if size == 1:
            size, head = int.from_bytes(data[start + 8 : start + 16]), 16
        end = start + size if size else len(data)
        if end < start + head:
            return
        if kind != b"mdat":
            yield kind, data[start + head : end]
        start = end
