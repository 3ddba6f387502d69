"""
Signed releases, on a stick or on a device: verified before anything in them is believed.

A release is a ``.qbk`` file, or a folder with ``release.json``, ``release.json.sig`` and ``site/``,
as rsync brings it and as a device keeps it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from quangba.errors import QuangbaError
from quangba.kiosk import archive
from quangba.kiosk.archive import SUFFIX, opened, unreadable
from quangba.kiosk.keys import SIGNATURE_LARGEST, Keys, signers
from quangba.kiosk.manifest import (
    FILES_MOST,
    MANIFEST,
    MANIFEST_LARGEST,
    SIGNATURE,
    SITE,
    Entry,
    Manifest,
    parse,
)
from quangba.kiosk.names import printable
from quangba.kiosk.refusal import Refusal
from quangba.kiosk.tree import OddFile, list_files

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

Progress = Callable[[int], None]
"""Told how many more bytes are done."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class SignedRelease:
    """A release whose manifest is signed by a trusted key; its files are still to be read."""

    path: Path
    file: str
    """Its name, as people know it."""
    raw: bytes
    """``release.json`` as it was signed."""
    signature: bytes
    signers: tuple[str, ...]
    """Ids of the trusted keys that signed it."""
    manifest: Manifest

    @property
    def digest(self) -> str:
        """SHA-256 of the manifest, and so of the whole release."""
        return hashlib.sha256(self.raw).hexdigest()

    def contents(self) -> Iterator[tuple[Entry, Iterator[bytes]]]:
        """
        Yield every file with its content; each must be read to its end before the next.

        Raises :class:`Refusal` as soon as something is not as it was signed, at the latest after
        the last file: only then is the release known to be sound.
        """
        if self.path.is_dir():
            found = read_folder(self.path, self.file, self.manifest)
        else:
            found = archive.read_contents(self.path, self.file, self.manifest, self.signature)
        for entry, chunks in found:
            yield entry, compared(chunks, entry, self.file)

    def verify(self, progress: Progress = lambda done: None) -> None:
        """Read everything; raises :class:`Refusal` if something is not as it was signed."""
        for _, chunks in self.contents():
            for data in chunks:
                progress(len(data))

    def is_whole(self) -> bool:
        """Tell whether everything is as it was signed."""
        try:
            self.verify()
        except Refusal:
            return False
        return True


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def find(path: Path) -> list[Path]:
    """
    Return the releases at a path: itself, or what lies on a stick.

    Raises ``QuangbaError`` (``file-missing``) and :class:`Refusal` (``kiosk-unreadable``).
    """
    try:
        if not path.is_dir():
            if not path.exists():
                raise QuangbaError("file-missing", path)
            return [path]
        if (path / MANIFEST).is_file():
            return [path]
        return sorted(
            item
            for item in path.iterdir()
            if item.suffix.lower() == SUFFIX and not item.name.startswith(".")
        )
    except OSError as error:
        raise unreadable(path.name, error) from error


def read_release(path: Path, keys: Keys) -> SignedRelease:
    """
    Return the release in a file or folder.

    The signature is verified over the bytes before they are parsed. Raises :class:`Refusal`.
    """
    file = printable(path.name)
    try:
        unpacked = path.is_dir()
    except OSError as error:
        raise unreadable(file, error) from error
    if unpacked:
        raw = read_small(path / MANIFEST, MANIFEST_LARGEST)
        signature = read_small(path / SIGNATURE, SIGNATURE_LARGEST)
    else:
        raw, signature = archive.read_head(path, file)
    trusted = signers(raw, signature, keys, file)
    return SignedRelease(path, file, raw, signature, trusted, parse(raw, file))


def read_small(path: Path, most: int) -> bytes:
    """Return a file of an unpacked release; raises :class:`Refusal`."""
    with opened(path, path.name) as reader:
        data = b""
        while more := reader.some(most + 1 - len(data)):
            data += more
    if len(data) > most:
        raise Refusal("kiosk-altered", path.parent.name, member=path.name)
    return data


def read_folder(
    folder: Path, file: str, manifest: Manifest
) -> Iterator[tuple[Entry, Iterator[bytes]]]:
    """Yield the files of an unpacked release; raises as :meth:`SignedRelease.contents`."""
    try:
        found = list_files(folder / SITE, FILES_MOST)
    except OddFile as odd:
        raise Refusal("kiosk-altered", file, member=printable(odd.path)) from odd
    except OverflowError as error:
        raise Refusal("kiosk-altered", file, member=SITE) from error
    except OSError as error:
        raise unreadable(file, error) from error
    wrong = set(found) ^ {entry.path for entry in manifest.files}
    if wrong:
        raise Refusal("kiosk-altered", file, member=printable(min(wrong)))
    for entry in manifest.files:
        with opened(folder / SITE / entry.path, file) as reader:
            yield entry, reader.chunks(entry.size)
            if reader.some(1):
                raise Refusal("kiosk-altered", file, member=entry.path)


def compared(chunks: Iterator[bytes], entry: Entry, file: str) -> Iterator[bytes]:
    """Pass a content on; raises :class:`Refusal` at its end if it is not what was signed."""
    digest = hashlib.sha256()
    for data in chunks:
        digest.update(data)
        yield data
    if digest.hexdigest() != entry.sha256:
        raise Refusal("kiosk-altered", file, member=entry.path)
