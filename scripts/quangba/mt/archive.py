"""Archive: a translation package as a file that may be broken or hostile."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from quangba.errors import QuangbaError
from quangba.files import sync_folders
from quangba.source.text import nfc

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

Progress = Callable[[int, int], None]
"""Told how many bytes are done, and how many there are."""

CHUNK = 1 << 20
"""Bytes that are unpacked at once."""

LARGEST = 2 << 30
"""Bytes that a package may have, packed or unpacked; the largest one known has 0.4 GB."""

RATIO = 20
"""Times that a package may be larger unpacked; weights hardly shrink, word lists 5 times."""

SMALL = 10 << 20
"""Bytes that may be unpacked whatever the ratio."""

MEMBERS = 2_000
"""Files and folders that a package may have; Stanza's are some dozens."""

METADATA = "metadata.json"

METADATA_LARGEST = 64 << 10
"""Bytes that ``metadata.json`` may have; real ones have 200."""

WEIGHTS = "model/model.bin"

TOKENIZERS = ("sentencepiece.model", "bpe.model")

WANTED = re.compile(
    r"""metadata\.json | README\.md | LICENSE[\w.-]* | sentencepiece\.model | bpe\.model
      | model/(?: model\.bin | config\.json | [\w.-]*vocabulary[\w.-]*\.(?:txt|json) )""",
    re.VERBOSE | re.ASCII,
)
"""Files that are unpacked."""

NEVER_USED = re.compile(r"(?:stanza|minisbd|spacy)/.*", re.DOTALL)
"""Sentence splitters, which real packages carry and this project never loads: left packed."""

FOLDERS = re.compile(r"(?:model/|(?:stanza|minisbd|spacy)/.*)?", re.DOTALL)
"""Folders that a package may name in front of its files."""

RESERVED = re.compile(
    r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])\s*(?:\..*)?", re.IGNORECASE
)
"""Devices of Windows, whatever their extension (Microsoft, Naming Files, Paths, Namespaces)."""

FORBIDDEN = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')
"""Characters that no system takes, or that mean a drive, a stream or a folder on Windows."""

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

ENCRYPTED = 0x1 | 0x40 | 0x2000
"""Bits of a member's flags: encrypted, strongly encrypted, names hidden (APPNOTE 4.4.4)."""

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""What ``zipfile`` raises for files that it cannot read; NotImplementedError is a RuntimeError."""

LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?")

VERSION = re.compile(r"\d{1,4}(?:\.\d{1,4}){0,3}", re.ASCII)

TEXTS = ("argos_version", "code", "from_name", "target_prefix", "to_name")
"""Entries of ``metadata.json`` that are texts when they are there."""

LISTS = (
    "dependencies",
    "from_codes",
    "languages",
    "links",
    "source_languages",
    "target_languages",
    "to_codes",
)
"""Entries of ``metadata.json`` that are lists when they are there."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Content:
    """What a file holds."""

    size: int
    """Bytes."""
    sha256: str
    """SHA-256, lower-case hexadecimal."""


@dataclass(frozen=True)
class Metadata:
    """What a package says about itself."""

    source: str
    """Language it translates from."""
    target: str
    """Language it translates into."""
    version: str
    """Version, e.g. ``1.9``."""


class Archive:
    """
    A package whose bytes were verified; its content is still believed to be hostile.

    Every member is judged before the first is unpacked. ``stanza/``, ``minisbd/`` and ``spacy/``
    are judged by name and stay packed. ``pinned`` says that the bytes are those of a release in
    the manifest: other files with harmless names are then left packed instead of refused.
    Raises ``QuangbaError`` with the reason.
    """

    def __init__(self, stream: BinaryIO, file: str, *, pinned: bool = False) -> None:
        self.stream, self.file, self.pinned = stream, file, pinned
        self.size = stream.seek(0, os.SEEK_END)
        with self.reading():
            opened = zipfile.ZipFile(stream)
        self.read, self.infos = opened.open, opened.infolist()
        self.members = self.judge()
        for name in (METADATA, WEIGHTS):
            self.require(name)
        self.require(*TOKENIZERS)
        self.metadata = self.read_metadata()

    # Reading

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Turn everything that a broken zip file raises into one sentence."""
        try:
            yield
        except BROKEN as error:
            raise self.refusal("models-broken", what=printable(str(error))) from error

    def refusal(self, code: str, **values: object) -> QuangbaError:
        """Make the error for this file."""
        return QuangbaError(code, self.file, 0, **values)

    def require(self, *names: str) -> None:
        """Refuse a package that has none of these files, or only empty ones."""
        if not any(name in self.members and self.members[name].file_size for name in names):
            raise self.refusal("models-incomplete", member=" / ".join(names))

    def read_metadata(self) -> Metadata:
        """Return what ``metadata.json`` says."""
        member = self.members[METADATA]
        if member.file_size > METADATA_LARGEST:
            raise self.refusal("models-too-large", member=METADATA)
        with self.reading(), self.read(member) as stream:
            data = stream.read(METADATA_LARGEST)
            if stream.read(1):
                raise self.refusal("models-too-large", member=METADATA)
        return parse_metadata(data, self.file)

    # Judging

    def judge(self) -> dict[str, zipfile.ZipInfo]:
        """Return the members to unpack by their names inside the top folder."""
        if len(self.infos) > MEMBERS:
            raise self.refusal("models-too-large", member=f"{len(self.infos)} > {MEMBERS}")
        seen, tops, wanted = set(), set(), dict[str, zipfile.ZipInfo]()
        for member in self.infos:
            self.check_kind(member)
            self.check_name(member)
            name = member.orig_filename
            key = nfc(nfc(name.rstrip("/")).casefold())
            if key in seen:
                raise self.refusal("models-duplicate", member=printable(name))
            seen.add(key)
            top, _, rest = name.partition("/")
            tops.add(top)
            if self.is_wanted(member, rest):
                wanted[rest] = member
        if len(tops) != 1 or not any("/" in member.filename for member in self.infos):
            raise self.refusal("models-folders", folders=printable(", ".join(sorted(tops)[:5])))
        self.check_size(sum(member.file_size for member in wanted.values()))
        return wanted

    def check_kind(self, member: zipfile.ZipInfo) -> None:
        """Refuse links, devices, encrypted members and rare compressions."""
        name = printable(member.orig_filename)
        mode = member.external_attr >> 16
        is_folder = member.orig_filename.endswith("/")
        if stat.S_IFMT(mode) not in (0, stat.S_IFDIR if is_folder else stat.S_IFREG):
            raise self.refusal("models-link", member=name)
        if member.flag_bits & ENCRYPTED:
            raise self.refusal("models-encrypted", member=name)
        if member.compress_type not in METHODS:
            raise self.refusal("models-broken", what=f"{name}: {member.compress_type}")

    def check_name(self, member: zipfile.ZipInfo) -> None:
        """Refuse a name that could leave the folder or mean something else on another system."""
        name = member.orig_filename
        # ``zipfile`` cuts names at NUL and replaces them by what an extra field says.
        if member.filename != name or not is_safe(name):
            raise self.refusal("models-unsafe", member=printable(name))

    def is_wanted(self, member: zipfile.ZipInfo, name: str) -> bool:
        """Tell whether a file is unpacked; ``name`` is the one inside the top folder."""
        if member.is_dir():
            known = FOLDERS.fullmatch(name)
        elif WANTED.fullmatch(name):
            return True
        else:
            known = NEVER_USED.fullmatch(name)
        # A file beside the top folder is reported as a second top folder.
        if not known and not self.pinned and "/" in member.filename:
            raise self.refusal("models-unexpected", member=printable(member.filename))
        return False

    def check_size(self, size: int) -> None:
        """Refuse a bomb."""
        if size > min(LARGEST, max(SMALL, self.size * RATIO)):
            raise self.refusal("models-too-large", member=f"{size} / {self.size} bytes")

    # Unpacking

    def unpack(self, folder: Path, progress: Progress) -> dict[str, Content]:
        """
        Write the files into a new folder, flush them, and return what was written.

        Sizes are counted, whatever the headers say. Raises ``OSError`` when the disk is full.
        """
        total = sum(member.file_size for member in self.members.values())
        found, done = dict[str, Content](), 0
        folder.mkdir()
        (folder / "model").mkdir()
        for name, member in sorted(self.members.items()):
            digest, size = hashlib.sha256(), 0
            with (folder / name).open("xb") as stream:
                for data in self.chunks(member):
                    size += len(data)
                    self.check_size(done + size)
                    digest.update(data)
                    stream.write(data)
                    progress(done + size, total)
                stream.flush()
                os.fsync(stream.fileno())
            done += size
            found[name] = Content(size, digest.hexdigest())
        sync_folders([folder / "model", folder])
        return found

    def chunks(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        """Read a member piece by piece; its checksum is verified at the end."""
        with self.reading():
            source = self.read(member)
        with source:
            while True:
                with self.reading():
                    data = source.read(CHUNK)
                if not data:
                    return
                yield data


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def is_safe(name: str) -> bool:
    """
    Tell whether a member's name stays where it belongs, on every system.

    >>> [is_safe(name) for name in ('en_ja/model/', '../x', '/x', 'C:/x', 'a/nul.txt', 'a/b. ')]
    [True, False, False, False, False, False]
    """
    parts = name.removesuffix("/").split("/")
    return not FORBIDDEN.search(name) and all(
        part and part[-1] not in ". " and not RESERVED.fullmatch(part) for part in parts
    )


def printable(text: str) -> str:
    """Return a foreign text as a terminal may show it, at most 80 characters."""
    return "".join(char if char.isprintable() else "?" for char in text[:80])


def parse_metadata(data: bytes, file: str) -> Metadata:
    """
    Read ``metadata.json`` strictly.

    Raises ``QuangbaError`` (``models-metadata``) with the entry that is missing or wrong.
    """
    try:
        found = json.loads(data.decode("utf-8"), object_pairs_hook=once, parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise QuangbaError("models-metadata", file, item=printable(str(error))) from error
    wrong = next(wrong_entries(found), None)
    if wrong:
        raise QuangbaError("models-metadata", file, item=wrong)
    return Metadata(found["from_code"], found["to_code"], found["package_version"])


def wrong_entries(found: Any) -> Iterator[str]:
    """Yield the entries of ``metadata.json`` that cannot be used."""
    if not isinstance(found, dict):
        yield "{ }"
        return
    for name, pattern in (
        ("from_code", LANGUAGE),
        ("to_code", LANGUAGE),
        ("package_version", VERSION),
    ):
        value = found.get(name)
        if not isinstance(value, str) or not pattern.fullmatch(value):
            yield name
    if found.get("from_code") == found.get("to_code"):
        yield "to_code"
    if found.get("type", "translate") != "translate":
        yield "type"
    for names, kind in ((TEXTS, str), (LISTS, list)):
        yield from (name for name in names if name in found and not isinstance(found[name], kind))


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make a JSON object; no name may stand twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("an entry stands twice")
    return found


def refuse(constant: str) -> None:
    """Refuse ``NaN`` and ``Infinity``, which are not JSON."""
    raise ValueError(constant)
