"""
A disk that fails: it refuses an operation, or loses power, and with it what was not flushed.

Everything that this program does to some folders passes through here, one numbered operation after
another. At the chosen one either an error is raised, once, or the program dies: from then on not
even its ``finally`` blocks reach the disk. A dead disk may also forget, as POSIX allows it to:

- contents that were written and not flushed (``fsync`` of the file) are empty;
- names that were made, moved or removed in a folder that was not flushed are as they were, while
  other folders remember what came later.
"""

from __future__ import annotations

import builtins
import io
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Crash(BaseException):
    """The power is gone."""


class Disk:
    """
    The disk of some folders; ``fail_at`` counts from 1.

    With ``error`` the operation fails with this errno and all others work. ``deaf`` disks take
    ``fsync`` for done.
    """

    def __init__(
        self,
        *folders: Path,
        fail_at: int = 0,
        error: int = 0,
        reads: bool = False,
        deaf: bool = False,
    ) -> None:
        self.folders, self.fail_at, self.error = folders, fail_at, error
        self.reads, self.deaf = reads, deaf
        self.operations: list[str] = []
        self.dead = False
        self.handles: dict[int, Path] = {}
        self.unflushed: set[Path] = set()
        """Files whose contents may be lost."""
        self.pending: dict[Path, list[Change]] = {}
        """What a folder may forget of its names, oldest first."""
        self.attic = Path(mkdtemp(dir=folders[0].parent, prefix="attic-"))

    def owns(self, path: Path) -> bool:
        return any(folder in path.parents or folder == path for folder in self.folders)

    def operation(self, name: str, path: Path) -> None:
        """Count an operation; fail if it is the one."""
        if self.dead:
            raise Crash
        self.operations.append(f"{name} {path.name}")
        if len(self.operations) == self.fail_at:
            if self.error:
                raise OSError(self.error, os.strerror(self.error), str(path))
            self.dead = True
            raise Crash

    # Forgetting

    def save(self, path: Path) -> Path | None:
        """Keep a copy of what is about to go."""
        if not os.path.lexists(path):
            return None
        copy = self.attic / str(len(list(self.attic.iterdir())))
        if path.is_dir() and not path.is_symlink():
            REAL.copytree(path, copy, symlinks=True)
        else:
            REAL.copy2(path, copy, follow_symlinks=False)
        return copy

    def note(self, path: Path, before: Path | None = None, source: Path | None = None) -> None:
        """Note what became of a name, for as long as its folder may forget it."""
        self.pending.setdefault(path.parent, []).append(Change(path, before, source))

    def rename(self, source: Path, target: Path) -> None:
        """Let what is known of everything in a folder be known under its new name."""
        self.unflushed = {moved(path, source, target) for path in self.unflushed}
        for folder in [path for path in self.pending if path == source or source in path.parents]:
            changes = [change.moved(source, target) for change in self.pending.pop(folder)]
            self.pending[moved(folder, source, target)] = changes

    def forget_contents(self) -> None:
        """Lose what was written and not flushed."""
        for path in self.unflushed:
            if path.is_file():
                path.chmod(0o644)
                path.write_bytes(b"")

    def forget_names(self, folder: Path) -> None:
        """Lose what became of the names in a folder since it was flushed."""
        for change in reversed(self.pending[folder]):
            change.undo()


@dataclass(frozen=True)
class Change:
    """What became of a name."""

    path: Path
    before: Path | None
    """Copy of what was there; None where nothing was."""
    source: Path | None
    """Where it came from, if it was moved here."""

    def moved(self, source: Path, target: Path) -> Change:
        """Return it with the names that it has after a rename above it."""
        old = moved(self.source, source, target) if self.source else None
        return Change(moved(self.path, source, target), self.before, old)

    def undo(self) -> None:
        """Make it undone."""
        if os.path.lexists(self.path):
            if self.source and self.source.parent.is_dir():
                REAL.replace(self.path, self.source)
            elif self.path.is_dir() and not self.path.is_symlink():
                shutil.rmtree(self.path)
            else:
                self.path.unlink()
        if self.before and self.path.parent.is_dir():
            REAL.replace(self.before, self.path)


class Stream:
    """A file that is open for writing; every write reaches the disk."""

    def __init__(self, disk: Disk, stream: Any, path: Path) -> None:
        self.disk, self.stream, self.path = disk, stream, path

    def write(self, data: Any) -> int:
        try:
            self.disk.operation("write", self.path)
        except Crash:
            if not self.stream.closed and len(self.disk.operations) == self.disk.fail_at:
                self.stream.write(data[: len(data) // 2])
                self.stream.flush()
            raise
        self.disk.unflushed.add(self.path)
        count: int = self.stream.write(data)
        self.stream.flush()
        return count

    def writelines(self, lines: Any) -> None:
        for data in lines:
            self.write(data)

    def __enter__(self) -> Stream:
        return self

    def __exit__(self, *_: object) -> None:
        self.stream.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


class Real:
    """The functions that the disk stands in front of."""

    def __init__(self) -> None:
        self.open, self.stream = os.open, io.open
        self.replace, self.unlink, self.mkdir, self.rmdir = (
            os.replace,
            os.unlink,
            os.mkdir,
            os.rmdir,
        )
        self.symlink, self.readlink = os.symlink, os.readlink
        self.copytree, self.copy2 = shutil.copytree, shutil.copy2


REAL = Real()

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def absolute(path: Any) -> Path:
    return Path(os.path.abspath(os.fspath(path)))  # noqa: PTH100 (resolve() would follow links)


@contextmanager
def on(disk: Disk) -> Iterator[Disk]:
    """Put a disk in front of everything that this program does to its folders."""
    with pytest.MonkeyPatch.context() as patch:
        for name, function in functions(disk).items():
            patch.setattr(os, name, function)
        for module in (builtins, io):
            patch.setattr(module, "open", opening(disk))
        # Removing a tree by open folders would hide the paths.
        patch.setattr(shutil, "_use_fd_functions", False)
        yield disk


def functions(disk: Disk) -> dict[str, Callable[..., Any]]:
    """Return the functions of ``os`` that change names and flush."""

    def opened(path: Any, flags: int, *args: Any, **more: Any) -> int:
        place = absolute(path)
        if not disk.owns(place):
            return REAL.open(path, flags, *args, **more)
        writes = flags & (os.O_WRONLY | os.O_RDWR)
        if writes or disk.reads:
            disk.operation("open", place)
        new = writes and not os.path.lexists(place)
        handle = REAL.open(path, flags, *args, **more)
        if new:
            disk.note(place)
        disk.handles[handle] = place
        return handle

    def fsync(handle: int) -> None:
        place = disk.handles.get(handle)
        if place is None:
            return
        disk.operation("fsync", place)
        if not disk.deaf:
            disk.unflushed.discard(place)
            disk.pending.pop(place, None)

    def replace(old: Any, new: Any) -> None:
        source, target = absolute(old), absolute(new)
        if not disk.owns(target):
            return REAL.replace(old, new)
        disk.operation("replace", target)
        before = disk.save(target)
        REAL.replace(old, new)
        disk.rename(source, target)
        disk.note(target, before, source)

    def removing(name: str, real: Callable[..., None]) -> Callable[..., None]:
        def remove(path: Any, **more: Any) -> None:
            place = absolute(path)
            if not disk.owns(place) or not os.path.lexists(place):
                return real(path, **more)
            disk.operation(name, place)
            before = disk.save(place)
            real(path, **more)
            disk.note(place, before)

        return remove

    def making(name: str, real: Callable[..., None], at: int) -> Callable[..., None]:
        def make(*args: Any, **more: Any) -> None:
            place = absolute(args[at])
            if not disk.owns(place) or os.path.lexists(place):
                return real(*args, **more)
            disk.operation(name, place)
            real(*args, **more)
            disk.note(place)

        return make

    return {
        "open": opened,
        "fsync": fsync,
        "replace": replace,
        "rename": replace,
        "unlink": removing("unlink", REAL.unlink),
        "rmdir": removing("rmdir", REAL.rmdir),
        "mkdir": making("mkdir", REAL.mkdir, 0),
        "symlink": making("symlink", REAL.symlink, 1),
    }


def opening(disk: Disk) -> Callable[..., Any]:
    """Return ``open`` for a disk."""

    def opened(path: Any, mode: str = "r", *args: Any, **more: Any) -> Any:
        if isinstance(path, int) or not disk.owns(absolute(path)):
            return REAL.stream(path, mode, *args, **more)
        more.setdefault("opener", lambda name, flags: os.open(name, flags, 0o666))
        stream = REAL.stream(path, mode, *args, **more)
        return stream if mode in ("r", "rb") else Stream(disk, stream, absolute(path))

    return opened


def moved(path: Path, source: Path, target: Path) -> Path:
    """Return where a path is after a rename."""
    if path == source or source in path.parents:
        return target / path.relative_to(source)
    return path
