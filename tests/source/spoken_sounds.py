"""Small recordings made by hand, for tests: silence as MP3, and heads of the other kinds."""

from __future__ import annotations

FRAME = b"\xff\xfb\x10\xc0" + b"\0" * 100
"""MPEG-1, layer III, 32 kbit/s, 44,100 Hz, mono: 1,152 samples of silence."""

OPUS = b"OggS\0\x02" + b"\0" * 20 + b"\x01\x13OpusHead\x01\x01" + b"\0" * 90
VORBIS = b"OggS\0\x02" + b"\0" * 20 + b"\x01\x1e\x01vorbis" + b"\0" * 90
THEORA = b"OggS\0\x02" + b"\0" * 20 + b"\x01\x2a\x80theora" + b"\0" * 90


def mp3(seconds: float = 1) -> bytes:
    """Return silence that browsers play."""
    return FRAME * max(1, round(seconds * 44_100 / 1152))


def tagged(text: bytes) -> bytes:
    """Return a short MP3 with a tag (ID3v2.4)."""
    size = bytes(len(text) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x04\0\0" + size + text + FRAME


def box(kind: bytes, content: bytes) -> bytes:
    """Return a box of an MP4."""
    return (len(content) + 8).to_bytes(4) + kind + content


def m4a(more: bytes = b"", sound: bytes = b"\0" * 64) -> bytes:
    """Return the boxes of an M4A."""
    movie = box(b"hdlr", b"\0" * 8 + b"soun" + b"\0" * 12) + more
    return box(b"ftyp", b"M4A \0\0\0\0") + box(b"mdat", sound) + box(b"moov", movie)
