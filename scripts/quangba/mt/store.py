"""
Store: the translation packages that are installed on this machine.

``FOLDER/NAME/`` holds a package, ``FOLDER/NAME.json`` its record. A package is installed when both
are there and agree, so that one rename installs or removes it: the record is written while the
folder is not in its place yet. What a killed run leaves is put right by the next one.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from filelock import FileLock, Timeout
from platformdirs import user_data_path

from quangba.errors import Problem, QuangbaError
from quangba.files import move, remove_leftovers, sync_folders, unwritable, write_text
from quangba.mt import manifest
from quangba.mt.archive import LARGEST, Archive, Content, Progress
from quangba.mt.download import Download, has_sha256
from quangba.mt.manifest import Release
from quangba.mt.record import NAME, Record, by_version, describe, parse_record

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

COMPLETE = re.compile(r"\.(?P<name>.+)\.(?P<sha>[0-9a-f]{16})\.[0-9a-f]{8}\.complete")
"""A whole package beside its place, with the start of its archive's SHA-256."""

UNPACKING = re.compile(r"\..+\.[0-9a-f]{8}\.unpacking")
"""A package that is being unpacked."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Installed:
    """A package that is ready for use."""

    name: str
    """E.g. ``vi_en-1.9``."""
    source: str
    """Language it translates from."""
    target: str
    """Language it translates into."""
    version: str
    """E.g. ``1.9``."""
    path: Path
    """Folder that holds ``metadata.json``."""
    sha256: str
    """SHA-256 of the ``.argosmodel`` file."""
    licence: str
    """Licence that the package names; empty when none is known."""
    attribution: str
    """Whom the credits page names; empty when nobody is known."""


class Store:
    """
    The folder of the packages, by default that of this user.

    Reading creates nothing. What changes the store raises ``QuangbaError`` (``models-busy``) while
    another run does the same.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or models_folder()
        self.downloads = self.folder / "downloads"

    # Reading

    def installed(self) -> list[Installed]:
        """Return the packages whose record agrees with their files' sizes, sorted."""
        found = []
        for name in self.names():
            record = self.record(name)
            if record and self.agrees(record):
                found.append(
                    Installed(
                        name=name,
                        source=record.source,
                        target=record.target,
                        version=record.version,
                        path=self.folder / name,
                        sha256=record.sha256,
                        licence=record.licence,
                        attribution=record.attribution,
                    )
                )
        return found

    def names(self) -> list[str]:
        """Return the names of all packages with a record, damaged ones too, sorted."""
        try:
            stems = [path.stem for path in self.folder.iterdir() if path.suffix == ".json"]
        except OSError:
            return []
        return sorted((stem for stem in stems if NAME.fullmatch(stem)), key=by_version)

    def record(self, name: str) -> Record | None:
        """Return the record of a package; None when it is missing or cannot be used."""
        try:
            return parse_record(name, (self.folder / f"{name}.json").read_bytes())
        except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
            return None

    def agrees(self, record: Record) -> bool:
        """Tell whether all files are there with their sizes."""
        folder = self.folder / record.name
        return all(
            file_size(folder / name) == content.size for name, content in record.files.items()
        )

    def calibration(self, installed: Installed) -> Path:
        """Return the path of what was measured about a package."""
        return self.folder / f"{installed.name}.calibration.json"

    def verify(self, name: str) -> list[Problem]:
        """
        Hash every file of an installed package; return what is changed, missing or extra.

        Raises ``QuangbaError`` (``models-not-installed``).
        """
        if name not in self.names():
            raise QuangbaError("models-not-installed", name=name)
        folder, record = self.folder / name, self.record(name)
        if record is None:
            return [Problem.at("models-record", self.folder / f"{name}.json", name=name)]
        problems = []
        for file, content in record.files.items():
            path = folder / file
            if not path.exists():
                problems.append(Problem.at("models-file-missing", path, name=name))
            elif not is_unchanged(path, content):
                problems.append(Problem.at("models-file-changed", path, name=name))
        for path in sorted(folder.rglob("*")):
            is_extra = path.is_symlink() or not path.is_dir()
            if is_extra and path.relative_to(folder).as_posix() not in record.files:
                problems.append(Problem.at("models-file-extra", path))
        return problems

    # Changing

    def fetch(self, release: Release, progress: Progress | None = None) -> Path:
        """
        Download a release, or what is missing of it; return the path of the file.

        Raises ``QuangbaError``: ``models-network``, ``models-wrong-file``, ``models-disk``.
        """
        path = self.downloads / release.file
        part = path.with_suffix(".part")
        with self.changing(), writing(path):
            self.downloads.mkdir(exist_ok=True)
            if path.is_file() and not has_sha256(path, release.sha256):
                path.unlink()
            if not path.is_file():
                job = Download(part, release.size, release.sha256, progress or silent)
                job.run(release.addresses)
                move(part, path)
        return path

    def install(
        self,
        archive: Path,
        *,
        trusted: frozenset[str] = frozenset(),
        progress: Progress | None = None,
    ) -> Installed:
        """
        Install a package from a file, in the place of one with the same name.

        The file's SHA-256 must be in the manifest or in ``trusted``; before that is known, the
        file is not opened as a zip. A downloaded file is removed when its package is installed.
        Raises ``QuangbaError`` and leaves the store as it was.
        """
        with self.changing():
            with opened(archive) as stream:
                digest, size = identify(stream, archive, trusted)
                release = manifest.by_sha256(digest)
                package = Archive(stream, str(archive), pinned=release is not None)
                record = describe(package, release, archive, digest, size)
                fresh = self.unpack(package, record, progress or silent)
            self.publish(fresh, record)
            if archive.parent == self.downloads:
                archive.unlink(missing_ok=True)
        return next(found for found in self.installed() if found.name == record.name)

    def remove(self, name: str) -> None:
        """Remove a package and what was measured; raises ``models-not-installed``."""
        if name not in self.names():
            raise QuangbaError("models-not-installed", name=name)
        with self.changing(), writing(self.folder / name):
            self.put_aside(name)
            (self.folder / f"{name}.json").unlink(missing_ok=True)
            (self.folder / f"{name}.calibration.json").unlink(missing_ok=True)
            sync_folders([self.folder])

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Keep out other runs, and put right what a killed or failed one left."""
        try:
            created = [path for path in (self.folder, *self.folder.parents) if not path.exists()]
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.folder / ".lock", timeout=0)
            lock.acquire()
        except Timeout as error:
            raise QuangbaError("models-busy", self.folder) from error
        except OSError as error:
            raise unwritable(self.folder, error) from error
        try:
            self.settle()
            yield
        finally:
            self.settle()
            self.withdraw(created)
            lock.release()

    def settle(self) -> None:
        """
        Put right what is not in its place.

        A whole package whose record waits for it takes its place; everything else is removed.
        """
        remove_leftovers(self.folder)
        with suppress(OSError):
            self.downloads.rmdir()
        for path in self.folder.glob(".*"):
            found = COMPLETE.fullmatch(path.name)
            if found and self.awaits(found["name"], found["sha"]):
                with suppress(OSError):
                    path.replace(self.folder / found["name"])
            elif found or UNPACKING.fullmatch(path.name):
                shutil.rmtree(path, ignore_errors=True)

    def awaits(self, name: str, sha: str) -> bool:
        """Tell whether a record has no folder and waits for the archive with this SHA-256."""
        record = self.record(name)
        return (
            record is not None
            and record.sha256.startswith(sha)
            and not (self.folder / name).exists()
        )

    def withdraw(self, created: list[Path]) -> None:
        """Remove the folders that this run created, innermost first, when they stayed empty."""
        with suppress(OSError):
            if created and [path.name for path in self.folder.iterdir()] == [".lock"]:
                # A run that locks this very file afterwards sees that it is gone.
                (self.folder / ".lock").unlink()
                for path in created:
                    path.rmdir()

    def unpack(self, package: Archive, record: Record, progress: Progress) -> Path:
        """Unpack a package beside its place; return the folder, complete and flushed."""
        folder = self.unpacking(record.name)
        with writing(self.folder / record.name):
            record.files.update(package.unpack(folder, progress))
            complete = self.complete(record)
            folder.replace(complete)
            sync_folders([self.folder])
        return complete

    def publish(self, fresh: Path, record: Record) -> None:
        """Put an unpacked package in its place; the last rename installs it."""
        home, path = self.folder / record.name, self.folder / f"{record.name}.json"
        with writing(home):
            before = self.record(record.name)
            # The same package is replaced because it is damaged: not to be brought back.
            same = before is not None and before.sha256 == record.sha256
            self.put_aside(record.name, keep=not same)
            if not same:
                (self.folder / f"{record.name}.calibration.json").unlink(missing_ok=True)
            write_text(path, record.text())
            try:
                fresh.replace(home)
            except OSError:
                self.take_back(before, path)
                raise
            sync_folders([self.folder])

    def take_back(self, before: Record | None, path: Path) -> None:
        """Write the record of what was installed before, for :meth:`settle` to bring back."""
        if before:
            write_text(path, before.text())
        else:
            path.unlink()

    def put_aside(self, name: str, *, keep: bool = True) -> None:
        """Move a package out of its place; ``keep`` it for :meth:`settle` to bring back."""
        home, record = self.folder / name, self.record(name)
        if home.is_symlink() or home.is_file():
            home.unlink()
        elif home.exists():
            home.replace(self.complete(record) if record and keep else self.unpacking(name))

    def unpacking(self, name: str) -> Path:
        """Return a new path for a package that nobody wants when the run ends here."""
        return self.folder / f".{name}.{secrets.token_hex(4)}.unpacking"

    def complete(self, record: Record) -> Path:
        """Return a new path for a whole package that is not in its place."""
        end = f"{record.sha256[:16]}.{secrets.token_hex(4)}.complete"
        return self.folder / f".{record.name}.{end}"


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def models_folder() -> Path:
    """Return the folder of the packages: ``$QUANGBA_MODELS``, else in the user's data folder."""
    given = os.environ.get("QUANGBA_MODELS")
    return Path(given) if given else user_data_path("quangba", appauthor=False) / "models"


def silent(done: int, total: int) -> None:
    """Show no progress."""


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn a disk that is full, closed or broken into one sentence."""
    try:
        yield
    except OSError as error:
        raise QuangbaError("models-disk", path, what=error.strerror or str(error)) from error


@contextmanager
def opened(archive: Path) -> Iterator[BufferedReader]:
    """Open a package file once, so that what was hashed is what is unpacked."""
    try:
        if not archive.is_file():
            raise QuangbaError("file-missing", archive)
        stream = archive.open("rb")
    except OSError as error:
        raise QuangbaError("file-unreadable", archive, what=error.strerror or "") from error
    with stream:
        yield stream


def identify(stream: BufferedReader, archive: Path, trusted: frozenset[str]) -> tuple[str, int]:
    """
    Return SHA-256 and size of a file that may be opened as a zip.

    Raises ``QuangbaError`` for a file that is neither in the manifest nor trusted.
    """
    try:
        size = os.fstat(stream.fileno()).st_size
        if size > LARGEST:
            raise QuangbaError("models-too-large", archive, member=f"{size} bytes")
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise QuangbaError("file-unreadable", archive, what=error.strerror or "") from error
    release = manifest.by_sha256(digest)
    if (release and release.size == size) or digest in {text.lower() for text in trusted}:
        return digest, size
    meant = release or manifest.by_file(archive.name)
    if meant is None:
        raise QuangbaError("models-untrusted", archive, sha256=digest)
    if meant.size != size:
        raise QuangbaError("models-size", archive, name=meant.name, size=size, right=meant.size)
    raise QuangbaError("models-hash", archive, name=meant.name, sha256=digest, right=meant.sha256)


def file_size(path: Path) -> int:
    """Return the bytes of a regular file, -1 when there is none."""
    try:
        return path.stat().st_size if not path.is_symlink() and path.is_file() else -1
    except OSError:
        return -1


def is_unchanged(path: Path, content: Content) -> bool:
    """Tell whether a file still holds what was unpacked, and can be read."""
    try:
        return file_size(path) == content.size and has_sha256(path, content.sha256)
    except OSError:
        return False
