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
from pathlib import Path

from filelock import FileLock, Timeout

from quangba.errors import QuangbaError
from quangba.files import unwritable

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
        self.published = published
        self.new = published.with_name(f".{published.name}.new")
        self.old = published.with_name(f".{published.name}.old")
        try:
            published.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable(published.parent, error) from error
        self.lock = FileLock(published.with_name(f".{published.name}.lock"), timeout=0)

    def begin(self) -> None:
        """Clear what an interrupted run left; raises ``QuangbaError`` when one is running."""
        try:
            self.lock.acquire()
        except Timeout as error:
            raise QuangbaError("build-running", self.published.name) from error
        if self.old.exists() and not self.published.exists():
            os.replace(self.old, self.published)
        try:
            for folder in (self.new, self.old):
                if folder.exists():
                    shutil.rmtree(folder)
            self.new.mkdir()
        except OSError as error:
            self.lock.release()
            raise unwritable(self.new, error) from error

    def publish(self) -> None:
        """Put the new site in the place of the old one; hidden files such as .well-known stay."""
        if not self.published.exists():
            os.replace(self.new, self.published)
        else:
            self.carry_hidden_files()
            if not exchange(self.new, self.published):
                os.replace(self.published, self.old)
                os.replace(self.new, self.published)
        self.end()

    def carry_hidden_files(self) -> None:
        """Copy what servers keep beside the pages, where the new site has not its own."""
        for path in self.published.glob(".*"):
            for file in [path, *path.rglob("*")]:
                copy = self.new / file.relative_to(self.published)
                if file.is_dir():
                    copy.mkdir(exist_ok=True)
                elif not copy.exists():
                    shutil.copy2(file, copy)

    def end(self) -> None:
        """Remove what is no longer needed and let other builds run."""
        for folder in (self.new, self.old):
            shutil.rmtree(folder, ignore_errors=True)
        self.lock.release()


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


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
