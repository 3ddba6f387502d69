"""
Making releases: from a built kiosk edition to one signed file for each gate.

A release holds what all gates share and the overlay of its gate (``_gates/<id>/``) laid over it;
nothing else that begins with ``_`` but ``_headers``. It depends on the commit, the built site and
the keys alone: made twice, it has the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from quangba.catalogs.workspace import Workspace
from quangba.errors import QuangbaError
from quangba.files import discard, sync_folders, unwritable
from quangba.kiosk import archive
from quangba.kiosk.archive import BLOCK, CHUNK, SUFFIX
from quangba.kiosk.commit import Head, read_head
from quangba.kiosk.keys import SIGNATURES, key_id
from quangba.kiosk.manifest import (
    APPROVAL,
    CHECKS,
    FILES_MOST,
    GATE,
    LARGEST,
    MANIFEST_LARGEST,
    Entry,
    Manifest,
)
from quangba.kiosk.names import clashes, is_sound, printable
from quangba.kiosk.recall import RECALL, read_minimum
from quangba.kiosk.signing import sign
from quangba.kiosk.tree import OddFile, list_files
from quangba.source.gate import read_approval

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

GATES = "_gates"
HEADERS = "_headers"
PROFILE = "gate.json"
LOCK = "requirements.lock"

SITE_MOST = 2 * FILES_MOST
"""Files of a built site, those of all gates and for printing included."""

LIFETIME = timedelta(days=90)
"""Time after which a screen says that its content is old (design.md §9)."""

Progress = Callable[[int, int], None]
"""Told how many bytes are done, and how many there are."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Making:
    """What releases have in common that are made together."""

    workspace: Workspace
    site: Path
    """Folder of the built kiosk edition."""
    head: Head
    serial: int
    min_serial: int
    """From ``recall.yml``."""
    keys: Sequence[Ed25519PrivateKey]

    def make(self, gate: str, folder: Path, progress: Progress) -> tuple[Path, Manifest]:
        """
        Make the release of a gate; return its file in a folder, and what it says about itself.

        Raises ``QuangbaError`` for what cannot be released, and then leaves nothing behind.
        """
        profile = read_profile(self.site, gate)
        files = choose_files(self.site, gate)
        manifest = Manifest(
            site=self.workspace.site_name,
            gate=gate,
            serial=self.serial,
            created=self.head.created,
            expires=self.head.created + LIFETIME,
            min_serial=self.min_serial,
            commit=self.head.commit,
            dirty=bool(self.head.changed),
            lock=lock_hash(self.workspace.settings.root / LOCK),
            profile=profile,
            languages=tuple(profile["languages"]),
            approvals=self.approvals(files),
            files=tuple(entry_of(path, source) for path, source in sorted(files.items())),
        )
        raw = manifest.encode()
        signature = sign(raw, self.keys)
        # Every file has a header and is filled up to a block.
        size = manifest.total + len(raw) + 2 * BLOCK * len(files)
        if size > LARGEST or len(raw) > MANIFEST_LARGEST or len(files) > FILES_MOST:
            raise QuangbaError("kiosk-too-large", self.site, size=size >> 20, files=len(files))
        path = folder / f"{gate}-{self.serial}{SUFFIX}"
        with replaced(path) as stream:
            contents = read_again(manifest, files, progress)
            archive.write(stream, manifest, signature, contents)
        return path, manifest

    def approvals(self, files: Collection[str]) -> dict[str, dict[str, str]]:
        """Return date, role and document of the approval of each page that is in a release."""
        found = {}
        for name in self.workspace.names:
            approval, _ = read_approval(
                self.workspace.gate.approval_file(name), self.workspace.page(name)
            )
            if approval and not approval.withdrawn and address(name) in files:
                found[name] = {part: getattr(approval, part) for part in sorted(APPROVAL)}
        return found


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def prepare(
    workspace: Workspace,
    site: Path,
    keys: Sequence[Ed25519PrivateKey],
    serial: int | None,
    *,
    dirty: bool = False,
) -> Making:
    """
    Return what all releases of a site have in common.

    Raises ``QuangbaError`` for keys that are missing or too many, a commit that is not what lies
    in the folder or in the site (unless ``dirty``), and a serial that was recalled.
    """
    if not keys:
        raise QuangbaError("kiosk-key-missing")
    if len({key_id(key.public_key()) for key in keys}) < len(keys) or len(keys) > SIGNATURES:
        raise QuangbaError("kiosk-key-count")
    head = read_head(workspace.settings.root)
    if head.changed and not dirty:
        raise QuangbaError("kiosk-dirty", count=len(head.changed), first=head.changed[0])
    list_gates(site)
    if (site / "index.html").stat().st_mtime < head.created.timestamp() and not dirty:
        raise QuangbaError("kiosk-site-old", site)
    least = read_minimum(workspace.settings.data / RECALL)
    number = serial or head.serial
    if number < least:
        raise QuangbaError("kiosk-serial-recalled", serial=number, least=least)
    return Making(workspace, site, head, number, least, keys)


def list_gates(site: Path) -> list[str]:
    """Return the gates that a built kiosk edition has, sorted; raises ``QuangbaError``."""
    if not (site / "index.html").is_file():
        raise QuangbaError("kiosk-no-site", site)
    found = sorted(path.parent.name for path in site.glob(f"{GATES}/*/{PROFILE}"))
    if not found:
        raise QuangbaError("kiosk-no-gates", site)
    return found


def read_profile(site: Path, gate: str) -> dict[str, Any]:
    """Return the profile of a gate as the build wrote it; raises ``QuangbaError``."""
    known = list_gates(site)
    if gate not in known:
        raise QuangbaError("kiosk-gate-unknown", site, gate=gate, known=", ".join(known))
    path = site / GATES / gate / PROFILE
    try:
        profile = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise QuangbaError("kiosk-gate-profile", path) from error
    if not GATE.fullmatch(gate) or not isinstance(profile, dict):
        raise QuangbaError("kiosk-gate-profile", path)
    if profile.get("id") != gate or not CHECKS["languages"](profile.get("languages")):
        raise QuangbaError("kiosk-gate-profile", path)
    return profile


def choose_files(site: Path, gate: str) -> dict[str, Path]:
    """
    Return the files of a release by their paths in it.

    Raises ``QuangbaError`` for a site with links or devices, and for names that do not work on
    every system or clash where case does not count.
    """
    try:
        listed = list_files(site, SITE_MOST)
    except OddFile as odd:
        raise QuangbaError("kiosk-site-odd", site, path=printable(odd.path)) from odd
    except OverflowError as error:
        raise QuangbaError("kiosk-too-large", site, size="?", files=SITE_MOST) from error
    except OSError as error:
        raise unreadable(site, error) from error
    overlay = f"{GATES}/{gate}/"
    shared = [path for path in listed if not path.startswith("_") or path == HEADERS]
    files = {path: site / path for path in shared}
    files |= {p.removeprefix(overlay): site / p for p in listed if p.startswith(overlay)}
    for path in files:
        if not is_sound(path):
            raise QuangbaError("kiosk-site-name", site, path=printable(path))
    for one, other in clashes(files):
        raise QuangbaError("kiosk-site-clash", site, one=one, other=other)
    return files


def address(page: str) -> str:
    """
    Return the path at which a page stands in a site.

    >>> address('visit/index.md'), address('gates/mong-cai.md')
    ('visit/index.html', 'gates/mong-cai/index.html')
    """
    stem = page.removesuffix(".md")
    return f"{stem}.html" if stem.split("/")[-1] == "index" else f"{stem}/index.html"


def pieces(source: Path) -> Iterator[bytes]:
    """Yield the content of a file; raises ``QuangbaError`` (``file-unreadable``)."""
    try:
        with source.open("rb") as stream:
            while data := stream.read(CHUNK):
                yield data
    except OSError as error:
        raise unreadable(source, error) from error


def entry_of(path: str, source: Path) -> Entry:
    """Return what a manifest says of a file."""
    digest, size = hashlib.sha256(), 0
    for data in pieces(source):
        digest.update(data)
        size += len(data)
    return Entry(path, size, digest.hexdigest())


def unreadable(path: Path, error: OSError) -> QuangbaError:
    """Make the error for what cannot be read of a site."""
    return QuangbaError("file-unreadable", path, what=error.strerror or str(error))


def lock_hash(path: Path) -> str:
    """Return the SHA-256 of ``requirements.lock``; of nothing where a site has none."""
    return hashlib.sha256(path.read_bytes() if path.is_file() else b"").hexdigest()


def read_again(
    manifest: Manifest, files: Mapping[str, Path], progress: Progress
) -> Iterator[Iterator[bytes]]:
    """
    Yield the contents of a release's files; raises ``QuangbaError`` (``kiosk-site-changed``).

    They were read before for their hashes, and somebody may build meanwhile.
    """
    done = 0
    for entry in manifest.files:
        source = files[entry.path]
        yield unchanged(source, entry)
        done += entry.size
        progress(done, manifest.total)


def unchanged(source: Path, entry: Entry) -> Iterator[bytes]:
    """Yield the content of a file; raises ``QuangbaError`` if it is another by now."""
    digest = hashlib.sha256()
    for data in pieces(source):
        digest.update(data)
        yield data
    if digest.hexdigest() != entry.sha256:
        raise QuangbaError("kiosk-site-changed", source)


@contextmanager
def replaced(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes its place when it is whole; raises ``QuangbaError``."""
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, path)
        sync_folders([path.parent])
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        discard(str(temporary))
