"""
Durable changes: flushed to the disk, so that power may go at any moment afterwards.

Unlike ``quangba.files``, which tolerates network disks that cannot flush a folder, a failed flush
is an error here: a release that may not be on the disk is not shown.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from quangba.files import flush_path

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


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
        flush_path(folder)


def remove(path: Path) -> None:
    """Remove a file, a link or a folder, if there is one; raises ``OSError``."""
    if not os.path.lexists(path):
        return
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
    flush_path(path.parent)


def link(path: Path, target: str) -> None:
    """Let a symbolic link lead elsewhere, in one step; raises ``OSError``."""
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(target)
    rename(temporary, path)
