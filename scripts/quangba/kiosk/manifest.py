"""
The manifest of a release: ``release.json``, signed, and read strictly.

It names every file with its size and SHA-256, so that a signature over these bytes is one over the
whole release. Canonical JSON (``kiosk/canonical.py``), format 1, with exactly these entries::

    format      1
    site        name of the site
    gate        id of the gate, e.g. mong-cai
    serial      1, 2, …: commits of the main line
    created     time of the commit, 2026-11-26T10:05:00Z
    expires     created and 90 days: from then on the screen says that it is old, and nothing else
    min_serial  releases below it are recalled
    commit      hash of the commit; dirty: true if the work tree had other files (tests only)
    lock        SHA-256 of requirements.lock
    profile     the gate's entry of gates.yml
    languages   codes, in the order of the gate
    approvals   page: {date, role, document}; who approved is no business of a device
    files       [{path, size, sha256}], sorted by path; total: their bytes
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, TypeGuard

from quangba.kiosk import canonical
from quangba.kiosk.clock import read_stamp, stamp
from quangba.kiosk.names import clashes, is_sound
from quangba.kiosk.refusal import Refusal

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

MANIFEST = "release.json"
SIGNATURE = "release.json.sig"
SITE = "site"
"""Folder of the files, in an archive and on a device."""

FORMAT = 1

MANIFEST_LARGEST = 16 << 20
"""Bytes of a manifest; 5,000 files take 1 MB."""

FILES_MOST = 50_000

LARGEST = (4 << 30) - 1
"""Bytes of a release: a FAT32 stick holds no larger file."""

SERIAL_LARGEST = 2**31 - 1

GATE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

SHA256 = re.compile(r"[0-9a-f]{64}")

COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")

APPROVAL = frozenset({"date", "role", "document"})
"""What a manifest tells of an approval."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """A file of a release."""

    path: str
    """From the root of the site."""
    size: int
    """Bytes."""
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a release says about itself."""

    site: str
    gate: str
    serial: int
    created: datetime
    expires: datetime
    min_serial: int
    commit: str
    dirty: bool
    lock: str
    profile: dict[str, Any]
    languages: tuple[str, ...]
    approvals: dict[str, dict[str, str]]
    files: tuple[Entry, ...]

    @cached_property
    def total(self) -> int:
        """Bytes of all files."""
        return sum(entry.size for entry in self.files)

    def encode(self) -> bytes:
        """Return the bytes that are signed."""
        return canonical.encode(
            {
                **{name: getattr(self, name) for name in PLAIN},
                "format": FORMAT,
                "created": stamp(self.created),
                "expires": stamp(self.expires),
                "files": [vars(entry) for entry in self.files],
                "languages": list(self.languages),
                "total": self.total,
            }
        )


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def parse(raw: bytes, file: str) -> Manifest:
    """
    Read a manifest whose signature was verified.

    Raises :class:`Refusal`: ``kiosk-format`` for one that a newer program made,
    ``kiosk-manifest`` with the entry that is missing or wrong.
    """
    try:
        data = canonical.decode(raw)
    except ValueError as error:
        raise Refusal("kiosk-manifest", file, item="JSON") from error
    if not isinstance(data, dict):
        raise Refusal("kiosk-manifest", file, item="{ }")
    if data.get("format") != FORMAT and is_count(data.get("format")):
        raise Refusal("kiosk-format", file, format=data["format"])
    wrong = next(wrong_entries(data), None)
    if wrong is not None:
        raise Refusal("kiosk-manifest", file, item=wrong)
    return Manifest(
        **{name: data[name] for name in PLAIN},
        created=moment(data["created"]),
        expires=moment(data["expires"]),
        files=tuple(Entry(**entry) for entry in data["files"]),
        languages=tuple(data["languages"]),
    )


def wrong_entries(data: dict[str, Any]) -> Iterator[str]:
    """Yield the names of entries that are missing, wrong or unknown."""
    yield from sorted(data.keys() ^ CHECKS.keys())
    for name, is_right in CHECKS.items():
        if name in data and not is_right(data[name]):
            yield name
    paths = [entry["path"] for entry in data["files"]]
    if paths != sorted(set(paths)) or next(clashes(paths), None):
        yield "files"
    if data["total"] != sum(entry["size"] for entry in data["files"]):
        yield "total"
    if data["min_serial"] > data["serial"]:
        yield "min_serial"


def is_count(value: object, most: int = SERIAL_LARGEST) -> TypeGuard[int]:
    """Tell whether a value is a number from 0; true and false are none."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def is_text(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    """Return a check for texts of a form."""
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def is_time(value: object) -> bool:
    """Tell whether a value is a time as this program writes it."""
    found = read_stamp(value)
    return found is not None and stamp(found) == value


def is_entry(value: object) -> bool:
    """Tell whether a value is a file of a release, with a name that is one everywhere."""
    return (
        isinstance(value, dict)
        and value.keys() == {"path", "size", "sha256"}
        and isinstance(value["path"], str)
        and is_sound(value["path"])
        and is_count(value["size"], LARGEST)
        and is_text(SHA256)(value["sha256"])
    )


def is_approval(value: object) -> bool:
    """Tell whether a value is what a manifest tells of an approval."""
    return (
        isinstance(value, dict)
        and value.keys() == APPROVAL
        and all(isinstance(part, str) for part in value.values())
    )


def moment(text: str) -> datetime:
    """Return a time that was checked."""
    found = read_stamp(text)
    assert found is not None
    return found


CHECKS: dict[str, Callable[[Any], bool]] = {
    "format": lambda value: is_count(value) and value == FORMAT,
    "site": lambda value: isinstance(value, str),
    "gate": is_text(GATE),
    "serial": lambda value: is_count(value) and value > 0,
    "created": is_time,
    "expires": is_time,
    "min_serial": is_count,
    "commit": is_text(COMMIT),
    "dirty": lambda value: isinstance(value, bool),
    "lock": is_text(SHA256),
    "profile": lambda value: isinstance(value, dict),
    "languages": lambda value: (
        isinstance(value, list) and all(map(is_text(LANGUAGE), value)) and bool(value)
    ),
    "approvals": lambda value: isinstance(value, dict) and all(map(is_approval, value.values())),
    "files": lambda value: (
        isinstance(value, list) and len(value) <= FILES_MOST and all(map(is_entry, value))
    ),
    "total": lambda value: is_count(value, LARGEST),
}
"""Each entry of a manifest and what it must be."""

PLAIN = sorted(CHECKS.keys() - {"format", "created", "expires", "files", "languages", "total"})
"""Entries that are written as they are held."""
