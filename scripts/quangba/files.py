"""Durable files: a killed run leaves the old file or the new one, never half of one."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import glob
import os
import platform
import re
import secrets
import stat
import sys
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from io import BufferedWriter
from pathlib import Path
from typing import IO

from quangba.errors import QuangbaError

if sys.platform != "win32":
    import fcntl

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

GROUP = 200
"""Files that are open at the same time; systems allow a few hundred."""

UNSUPPORTED = (errno.EINVAL, errno.ENOTSUP, errno.EROFS)
"""What file systems answer that have nothing to flush for a folder; all else is a failure."""

FAILING = frozenset(
    number
    for number, name in errno.errorcode.items()
    if name
    in {
        *("EAGAIN", "EDQUOT", "EINTR", "EIO", "EMFILE", "ENFILE", "ENODEV", "ENOLCK", "ENOMEM"),
        *("ENOSPC", "ENXIO", "ESTALE", "ETIMEDOUT"),
    }
)
"""What the system answers when it fails, whatever the file is; see :func:`raise_failure`."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Staged:
    """A new file that has not taken its place yet."""

    path: Path
    temporary: str
    stream: BufferedWriter


class Volume:
    """
    The file system that a folder is on, watched from now on for what did not reach the disk.

    ``syncfs(2)`` flushes it in one call, and since Linux 5.17 tells every failure, its file
    system's own among them: thousands of files need not be asked one by one.
    """

    def __init__(self, folder: Path) -> None:
        """Begin to watch; raises ``OSError``."""
        tells = sys.platform == "linux" and kernel() >= (5, 17)
        self.call = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None) if tells else None
        self.handle = os.open(folder, os.O_RDONLY) if self.call else -1

    def flush(self) -> bool:
        """Flush it; False where the system cannot say whether all arrived. Raises ``OSError``."""
        if self.call is None or self.handle < 0:
            return False
        if self.call(self.handle):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))
        return True

    def close(self) -> None:
        """Watch no longer; that it fails says nothing of what was flushed."""
        handle, self.handle = self.handle, -1
        if handle >= 0:
            with contextlib.suppress(OSError):
                os.close(handle)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def kernel() -> tuple[int, ...]:
    """Return the version of the system's kernel, as far as it is numbers: 6.12.8-amd64 is 6, 12."""
    numbers = re.match(r"(\d+)\.(\d+)", platform.release())
    return tuple(map(int, numbers.groups())) if numbers else ()


def write_bytes(path: Path, data: bytes) -> None:
    """
    Replace a file: temporary file in the same folder, flushed to the disk, renamed.

    The folder itself is flushed by :func:`sync_folders`. Raises ``QuangbaError``
    (``file-unwritable``) and leaves the old file when the disk is full or closed.
    """
    with staging() as staged:
        staged.append(stage(path, data))
        publish(staged)
    discard_dead(path.parent, f".{glob.escape(path.name)}.*.tmp")


def put(path: Path | str, data: bytes) -> None:
    """
    Write a file into a tree that is not published yet; its folder is made when it lacks.

    A file that is there is replaced, never written into: it may be a second name of a file of the
    site that is published.
    """
    while True:
        try:
            with open(path, "xb") as stream:  # noqa: PTH123 (thousands of them)
                stream.write(data)
            return
        except FileNotFoundError:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        except FileExistsError:
            Path(path).unlink(missing_ok=True)


def second_name(old: Path | str, new: Path | str) -> None:
    """Give a file a second name, in a folder that need not exist; raises ``OSError``."""
    try:
        os.link(old, new)
    except FileNotFoundError:
        Path(new).parent.mkdir(parents=True, exist_ok=True)
        os.link(old, new)


def write_many(files: Iterable[tuple[Path, bytes]]) -> None:
    """
    Replace files durably: all are written and flushed before the first takes its place.

    Raises as :func:`write_bytes`; what was not replaced by then is as it was.
    """
    folders = set()
    with staging() as staged:
        for path, data in files:
            staged.append(stage(path, data, flush=False))
            folders.add(path.parent)
            if len(staged) % GROUP == 0:
                flush(staged[-GROUP:])
        flush(staged)
        publish(staged)
    for folder in folders:
        discard_dead(folder, ".*.tmp")
    sync_folders(folders)


@contextlib.contextmanager
def staging() -> Iterator[list[Staged]]:
    """Remove what was staged and did not take its place."""
    staged: list[Staged] = []
    try:
        yield staged
    finally:
        for file in staged:
            with contextlib.suppress(OSError):
                file.stream.close()
            discard(file.temporary)


def stage(path: Path, data: bytes, *, flush: bool = True) -> Staged:
    """Write a temporary file beside a file, with its permission bits."""
    temporary = f"{path.parent}{os.sep}.{path.name}.{secrets.token_hex(4)}.tmp"
    try:
        mode = mode_of(path)
        if mode is None:
            path.parent.mkdir(parents=True, exist_ok=True)
        stream = open(temporary, "xb", opener=opener(mode or 0o666))  # noqa: SIM115
        try:
            hold(stream)
            stream.write(data)
            stream.flush()
            if flush:
                os.fsync(stream.fileno())
        except OSError:
            stream.close()
            raise
    except OSError as error:
        discard(temporary)
        raise unwritable(path, error) from error
    return Staged(path, temporary, stream)


def flush(staged: Iterable[Staged]) -> None:
    """
    Flush staged files to the disk.

    One ``sync`` writes them all at once, ten times faster than one by one; ``fsync`` then finds
    nothing left to write and says whether each of them arrived.
    """
    waiting = [file for file in staged if not file.stream.closed]
    if len(waiting) > 1 and hasattr(os, "sync"):
        os.sync()
    for file in waiting:
        try:
            os.fsync(file.stream.fileno())
            file.stream.close()
        except OSError as error:
            raise unwritable(file.path, error) from error


def publish(staged: list[Staged]) -> None:
    """Put flushed files in their places."""
    while staged:
        file = staged[0]
        try:
            if os.name == "nt":
                # Windows moves no open file, and removes none.
                file.stream.close()
            os.replace(file.temporary, file.path)
        except OSError as error:
            raise unwritable(file.path, error) from error
        staged.pop(0)
        with contextlib.suppress(OSError):
            file.stream.close()


def discard(temporary: str) -> None:
    """Remove a temporary file, if it is there."""
    with contextlib.suppress(OSError):
        os.unlink(temporary)


def hold(stream: IO[bytes]) -> bool:
    """
    Hold a temporary file; False when another process does, which is at work on it.

    A process that is killed lets go. Where nothing can be held, everything is taken for left.
    """
    if sys.platform != "win32":
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
    return True


def discard_dead(folder: Path, pattern: str) -> None:
    """Remove temporary files that a killed run left behind; those that cannot be found stay."""
    with contextlib.suppress(OSError):
        for temporary in folder.glob(pattern):
            with contextlib.suppress(OSError), temporary.open("rb") as stream:
                if hold(stream):
                    temporary.unlink()


def opener(mode: int) -> Callable[[str, int], int]:
    """Return an opener that creates files with these permission bits."""
    return lambda path, flags: os.open(path, flags, mode)


def mode_of(path: Path) -> int | None:
    """
    Return the permission bits of a file, which the new one gets too; None when there is none.

    Raises ``PermissionError`` when they forbid writing; a rename alone would not ask.
    """
    try:
        mode = path.stat().st_mode & 0o777
    except FileNotFoundError:
        return None
    if not mode & 0o200:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return mode


def write_text(path: Path, text: str) -> None:
    """Replace a text file (UTF-8, ``\\n``) durably."""
    write_bytes(path, text.encode("utf-8"))
    sync_folders([path.parent])


def move(old: Path, new: Path) -> None:
    """Rename a file durably, into a folder that need not exist; raises as :func:`write_bytes`."""
    try:
        new.parent.mkdir(parents=True, exist_ok=True)
        os.replace(old, new)
    except OSError as error:
        raise unwritable(new, error) from error
    sync_folders([old.parent, new.parent])


def sync_folders(folders: Iterable[Path]) -> None:
    """Flush renames in folders to the disk, once for a batch; Windows has no such call."""
    if os.name == "nt":
        return
    for folder in set(folders):
        # Some network file systems cannot flush a folder; the files themselves are flushed.
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def flush_tree(folder: Path, known: Container[str] = ()) -> None:
    """
    Flush everything in a folder, the folder itself last; raises ``OSError``.

    One ``sync`` writes it all at once, ten times faster than file by file; ``fsync`` then finds
    nothing left to write and says whether each file arrived. A file that has a second name was
    flushed under its first; ``known`` are paths of which the caller knows that they have one.
    """
    if hasattr(os, "sync"):
        os.sync()
    for top, _, names in os.walk(folder, topdown=False, onerror=fail):
        for name in names:
            path = f"{top}/{name}"
            if path in known:
                continue
            status = os.lstat(path)
            if stat.S_ISREG(status.st_mode) and status.st_nlink == 1:
                flush_path(path)
        flush_path(top)


def flush_path(path: Path | str) -> None:
    """Flush a file, or the names in a folder (Windows has no such call); raises ``OSError``."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in UNSUPPORTED or not Path(path).is_dir():
            raise
    finally:
        os.close(handle)


def fail(error: OSError) -> None:
    """Raise what ``os.walk`` would pass over; a folder that is not there is empty."""
    if not isinstance(error, FileNotFoundError):
        raise error


def raise_failure(error: OSError) -> None:
    """
    Raise an error that says nothing about a file: of the disk, of memory, of open files.

    Who takes a file that cannot be read for missing or broken would, for a moment's failure,
    forget approvals, leave pages out and give translations up. A file that is missing or closed to
    this user is a matter of the file.
    """
    if error.errno in FAILING:
        raise error


def remove_leftovers(folder: Path) -> None:
    """Remove temporary files that a killed run left behind."""
    discard_dead(folder, "**/.*.tmp")


def unwritable(path: Path | str, error: OSError) -> QuangbaError:
    """Make the error for a file that could not be written."""
    return QuangbaError("file-unwritable", path, what=error.strerror or str(error))
