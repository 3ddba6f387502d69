"""
Durable changes: flushed to the disk, so that power may go at any moment afterwards.

Unlike ``quangba.files``, which tolerates network disks that cannot flush a folder, a failed flush
is an error here: a release that may not be on the disk is not shown.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

UNSUPPORTED = (errno.EINVAL, errno.ENOTSUP, errno.EROFS)
"""What file systems answer that have nothing to flush for a folder; all else is a failure."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def flush(path: Path) -> None:
    """Flush a file, or the names in a folder; raises ``OSError``."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in UNSUPPORTED or not path.is_dir():
            raise
    finally:
        os.close(handle)


def flush_tree(folder: Path) -> None:
    """
    Flush everything in a folder, the folder itself last; raises ``OSError``.

    One ``sync`` writes it all at once, ten times faster than file by file; ``fsync`` then finds
    nothing left to write and says whether each file arrived.
    """
    os.sync()
    for top, _, names in os.walk(folder, topdown=False, onerror=fail):
        for name in names:
            flush(Path(top, name))
        flush(Path(top))


def fail(error: OSError) -> None:
    """Raise what ``os.walk`` would pass over."""
    raise error


def replace(path: Path, data: bytes) -> None:
    """Replace a file by another; raises ``OSError`` and leaves the old one."""
    temporary = path.with_name(f".{path.name}.tmp")
    # On a stick, what lies there may be a link to somewhere else.
    temporary.unlink(missing_ok=True)
    try:
        with temporary.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        rename(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def rename(old: Path, new: Path) -> None:
    """Rename a file or folder into a folder, and flush both; raises ``OSError``."""
    os.replace(old, new)
    for folder in dict.fromkeys([old.parent, new.parent]):
        flush(folder)


def link(path: Path, target: str) -> None:
    """Let a symbolic link lead elsewhere, in one step; raises ``OSError``."""
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(target)
    rename(temporary, path)
