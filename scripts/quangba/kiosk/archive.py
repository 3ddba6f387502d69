"""
The file of a release, ``<gate>-<serial>.qbk``: an uncompressed tar of which no bit is free.

Its first two members are ``release.json`` and ``release.json.sig``, then come ``site/<path>`` in
the order of the manifest. Every header follows from the manifest (regular file, mode 0644, no
owner, the time of the commit), so a reader needs not understand tar: it knows the bytes that must
be there and compares. A link, a device, another name, order or size is simply not what was signed.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from quangba.kiosk.keys import SIGNATURE_LARGEST
from quangba.kiosk.manifest import MANIFEST, MANIFEST_LARGEST, SIGNATURE, SITE, Entry, Manifest
from quangba.kiosk.names import split
from quangba.kiosk.refusal import Refusal

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SUFFIX = ".qbk"

BLOCK = 512
"""Bytes of a header; contents are filled up to a multiple with zeros (POSIX.1-1988, ustar)."""

END = bytes(2 * BLOCK)
"""Two empty blocks end a tar."""

NUMBERS = re.compile(rb"([0-7]{11})\x00([0-7]{11})\x00")
"""The fields ``size`` and ``mtime`` of a header: ``00000001234\\0`` twice."""

NUMBERS_AT = 124

CHUNK = 1 << 20
"""Bytes that are read at once."""

FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""No link is followed, and a pipe that lies there does not hold the program."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Reader:
    """Reads a file on a stick, which may be cut short, be pulled out, or be no file at all."""

    def __init__(self, stream: BinaryIO, file: str) -> None:
        self.stream, self.file = stream, file

    def take(self, size: int) -> bytes:
        """Return exactly so many bytes; raises :class:`Refusal` (``kiosk-cut``)."""
        data = self.some(size)
        while len(data) < size:
            more = self.some(size - len(data))
            if not more:
                raise Refusal("kiosk-cut", self.file)
            data += more
        return data

    def some(self, size: int) -> bytes:
        """Return at most so many bytes, none at the end."""
        try:
            return self.stream.read(size)
        except OSError as error:
            raise unreadable(self.file, error) from error

    def expect(self, data: bytes, member: str) -> None:
        """Refuse a file that does not go on like this (``kiosk-altered``)."""
        if self.take(len(data)) != data:
            raise Refusal("kiosk-altered", self.file, member=member)

    def chunks(self, size: int) -> Iterator[bytes]:
        """Yield exactly so many bytes in pieces."""
        while size:
            data = self.take(min(size, CHUNK))
            size -= len(data)
            yield data


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def header(name: str, size: int, mtime: int) -> bytes:
    """
    Return the header of a regular file; raises ``ValueError`` for a name that is too long.

    >>> header('release.json', 8, 0)[124:136]
    b'00000000010\\x00'
    """
    fields = split(name)
    if fields is None:
        raise ValueError(name)
    prefix, base = fields
    before = base.ljust(100, b"\0") + b"0000644\0" + b"0000000\0" * 2
    before += b"%011o\0%011o\0" % (size, mtime)
    after = b"0" + bytes(100) + b"ustar\x0000" + bytes(64) + b"0000000\0" * 2
    after += prefix.ljust(167, b"\0")
    checksum = sum(before) + sum(after) + 8 * ord(" ")
    return before + b"%06o\0 " % checksum + after


def padding(size: int) -> bytes:
    """Return the zeros that follow a content of a size."""
    return bytes(-size % BLOCK)


def head(raw: bytes, signature: bytes, mtime: int) -> bytes:
    """Return the first two members of the file of a release."""
    return b"".join(
        header(name, len(data), mtime) + data + padding(len(data))
        for name, data in ((MANIFEST, raw), (SIGNATURE, signature))
    )


def member(entry: Entry, mtime: int) -> bytes:
    """Return the header of a file of the site."""
    return header(f"{SITE}/{entry.path}", entry.size, mtime)


def write(
    stream: BinaryIO, manifest: Manifest, signature: bytes, contents: Iterable[Iterable[bytes]]
) -> None:
    """Write the file of a release; ``contents`` are those of the manifest's files, in order."""
    mtime = int(manifest.created.timestamp())
    stream.write(head(manifest.encode(), signature, mtime))
    for entry, chunks in zip(manifest.files, contents, strict=True):
        stream.write(member(entry, mtime))
        stream.writelines(chunks)
        stream.write(padding(entry.size))
    stream.write(END)


@contextmanager
def opened(path: Path, file: str) -> Iterator[Reader]:
    """
    Open a file on a stick for reading.

    Raises :class:`Refusal`: ``kiosk-not-a-file`` for links, devices and pipes,
    ``kiosk-unreadable`` when the stick cannot be read.
    """
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise Refusal("kiosk-not-a-file", file)
        stream = open(path, "rb", opener=lambda name, flags: os.open(name, flags | FLAGS))  # noqa: SIM115
    except OSError as error:
        raise unreadable(file, error) from error
    with stream:
        yield Reader(stream, file)


def read_head(path: Path, file: str) -> tuple[bytes, bytes]:
    """
    Return the bytes of ``release.json`` and of its signature.

    Raises :class:`Refusal`: ``kiosk-not-a-file``, ``kiosk-unreadable``, ``kiosk-cut``,
    ``kiosk-altered``.
    """
    found = []
    with opened(path, file) as reader:
        for name, most in ((MANIFEST, MANIFEST_LARGEST), (SIGNATURE, SIGNATURE_LARGEST)):
            block = reader.take(BLOCK)
            numbers = NUMBERS.match(block, NUMBERS_AT)
            size, mtime = (int(number, 8) for number in numbers.groups()) if numbers else (0, 0)
            if size > most or block != header(name, size, mtime):
                raise Refusal("kiosk-altered", file, member=name)
            found.append(reader.take(size))
            reader.expect(padding(size), name)
    return found[0], found[1]


def read_contents(
    path: Path, file: str, manifest: Manifest, signature: bytes
) -> Iterator[tuple[Entry, Iterator[bytes]]]:
    """
    Yield the files of a release with their contents, whose hashes are for the caller to compare.

    Each content must be read to its end before the next. Raises as :func:`read_head`.
    """
    mtime = int(manifest.created.timestamp())
    with opened(path, file) as reader:
        reader.expect(head(manifest.encode(), signature, mtime), MANIFEST)
        for entry in manifest.files:
            reader.expect(member(entry, mtime), entry.path)
            yield entry, reader.chunks(entry.size)
            reader.expect(padding(entry.size), entry.path)
        reader.expect(END, file)
        if reader.some(1):
            raise Refusal("kiosk-altered", file, member=file)


def unreadable(file: str, error: OSError) -> Refusal:
    """Make the refusal of what a stick does not give."""
    return Refusal("kiosk-unreadable", file, what=error.strerror or str(error))
