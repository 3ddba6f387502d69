"""
Staging: a build goes into a folder beside the published one and takes its place when it is whole.

Whatever fails before that leaves the old site as it was. On Linux the two folders change places
in one step, so that there is a whole site at every moment; elsewhere the exchange is two renames,
and a run that is killed between them is completed by the next one.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import stat
from collections.abc import Callable, Container, Iterable
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from quangba.errors import QuangbaError, say
from quangba.files import Volume, fail, flush_tree, sync_folders, unwritable
from quangba.site.forking import beside
from quangba.site.stopping import Stopping

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

AT_FDCWD = -100
RENAME_EXCHANGE = 2
"""Of ``renameat2(2)``: relative to the working folder; the two names change places."""

CANNOT = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP)
"""What kernels and file systems answer that cannot exchange."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Staging:
    """The folders of one build."""

    def __init__(self, published: Path) -> None:
        """Take the place of a site; one that is a link leads to where the site is, and stays."""
        try:
            self.published = published = Path(os.path.realpath(published))
            if published.is_symlink():
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
            for folder in [one for one in published.parents if not one.exists()][::-1]:
                folder.mkdir(exist_ok=True)
                folder.chmod(0o755)  # web servers enter, whatever the umask is
        except OSError as error:
            raise QuangbaError("site-place", published, what=error.strerror) from error
        self.new = published.with_name(f".{published.name}.new")
        self.old = published.with_name(f".{published.name}.old")
        self.lock = FileLock(published.with_name(f".{published.name}.lock"), timeout=0)
        self.volume: Volume | None = None
        """Where the site is built, watched while it is."""
        self.stopping = Stopping(self.end)

    def begin(self) -> None:
        """
        Clear what an interrupted run left.

        Raises ``QuangbaError`` when a build is running (``build-running``), or no folder can take
        the place of what is there (``site-taken``, ``site-mounted``, ``file-unwritable``).
        """
        if self.published.exists() and not self.published.is_dir():
            raise QuangbaError("site-taken", self.published)
        if self.published.is_mount():
            raise QuangbaError("site-mounted", self.published)
        try:
            self.lock.acquire()
        except Timeout as error:
            raise QuangbaError("build-running", self.published.name) from error
        except OSError as error:
            raise unwritable(self.lock.lock_file, error) from error
        try:
            self.restore()
            for folder in (self.new, self.old):
                remove(folder)
            self.new.mkdir()
            self.volume = Volume(self.new)
        except OSError as error:
            self.clear()
            self.lock.release()
            raise unwritable(self.new, error) from error
        self.stopping.begin()

    def publish(
        self,
        linked: Iterable[str] = (),
        afterwards: Callable[[], None] = lambda: None,
        ours: Callable[[Path], bool] = lambda path: False,
    ) -> None:
        """
        Put the new site in the place of the old one; hidden files such as .well-known stay.

        Of these, what an earlier build wrote (``ours``) goes with the old site. ``linked`` are
        files, from the root of the site, that are second names of those of the old one: these need
        nothing. ``afterwards`` is called when the new site stands, while the old one is removed.
        Raises ``QuangbaError`` (``file-unwritable``) and leaves the old site.
        """
        known = {f"{self.new}/{name}" for name in linked}
        try:
            open_to_readers(self.new, known)
            if self.published.is_dir():
                for path in self.published.glob(".*"):
                    carry(path, self.new / path.name, ours)
            if not (self.volume and self.volume.flush()):
                flush_tree(self.new, known)
        except OSError as error:
            raise unwritable(self.published, error) from error
        with self.stopping.held():
            try:
                self.swap()
            except OSError as error:
                raise unwritable(self.published, error) from error
            sync_folders([self.published.parent])
            try:
                with beside(self.clear):
                    afterwards()
                    self.clear_from_behind()
            finally:
                self.end()
        if self.stopping.asked:
            self.stopping.leave(
                say(
                    "Đã dừng, sau khi trang web mới được phát hành.",
                    "Stopped, after the new site was published.",
                )
            )

    def swap(self) -> None:
        """Let the new site appear; raises ``OSError``, and then the old one is there."""
        if not self.published.exists():
            os.replace(self.new, self.published)
        elif not exchange(self.new, self.published):
            try:
                os.replace(self.published, self.old)
                os.replace(self.new, self.published)
            finally:
                self.restore()

    def restore(self) -> None:
        """Put the old site back that lost its place and got no successor."""
        if self.old.is_dir() and not self.published.exists():
            os.replace(self.old, self.published)

    def end(self) -> None:
        """Remove what is no longer needed and let other builds run."""
        with suppress(OSError):
            self.restore()
        self.clear()
        if self.volume:
            self.volume.close()
        self.lock.release()
        self.stopping.end()

    def clear(self) -> None:
        """Remove the folders of the build; where the old site lost its place, it stays aside."""
        for folder in (self.new, self.old) if self.published.exists() else (self.new,):
            with suppress(OSError):
                remove(folder, together=True)

    def clear_from_behind(self) -> None:
        """Remove what another process has not come to, which begins at the other end."""
        with suppress(OSError):
            for path in sorted(self.new.iterdir(), reverse=True):
                with suppress(OSError):
                    remove(path, together=True)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def open_to_readers(folder: Path, known: Container[str] = ()) -> None:
    """Let web servers read a site, whatever the umask was: folders 755, files 644."""
    for top, _, names in os.walk(folder, onerror=fail):
        for path in (top, *(f"{top}/{name}" for name in names)):
            if path in known:
                continue
            mode = os.lstat(path).st_mode
            wanted = 0o755 if stat.S_ISDIR(mode) else 0o644
            if stat.S_IMODE(mode) != wanted and not stat.S_ISLNK(mode):
                os.chmod(path, wanted)  # noqa: PTH101 (thousands of them)


def carry(old: Path, new: Path, ours: Callable[[Path], bool]) -> None:
    """
    Copy a file, folder or link that servers keep beside the pages, unless a new one is there.

    Files that are ``ours`` are left behind.
    """
    mode = old.lstat().st_mode
    if stat.S_ISDIR(mode):
        made = not os.path.lexists(new)
        if made:
            new.mkdir()
        if new.is_dir() and not new.is_symlink():
            for path in old.iterdir():
                carry(path, new / path.name, ours)
        if made:
            shutil.copystat(old, new)
    elif stat.S_ISREG(mode) and ours(old):
        return
    elif (stat.S_ISREG(mode) or stat.S_ISLNK(mode)) and not os.path.lexists(new):
        # A server may take a file away meanwhile: those of an ACME challenge live for seconds.
        with suppress(FileNotFoundError):
            shutil.copy2(old, new, follow_symlinks=False)


def remove(path: Path, *, together: bool = False) -> None:
    """
    Remove a folder, or whatever else has its name; raises ``OSError``.

    Who does it ``together`` with others goes on where something is gone already.
    """
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path, ignore_errors=together)


def exchange(first: Path, second: Path) -> bool:
    """
    Let two folders change places in one step (``renameat2``, Linux 3.15 and glibc 2.28).

    False where system or file system cannot, and nothing was done; raises ``OSError``.
    """
    library = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    call = getattr(library, "renameat2", None)
    if call is None:
        return False
    if call(AT_FDCWD, os.fsencode(first), AT_FDCWD, os.fsencode(second), RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(first), None, str(second))
