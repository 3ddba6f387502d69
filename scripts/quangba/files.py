"""Durable files: a killed run leaves the old file or the new one, never half of one."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from quangba.errors import QuangbaError


def write_bytes(path: Path, data: bytes) -> None:
    """
    Replace a file: temporary file in the same folder, flushed to the disk, renamed.

    The folder itself is flushed by :func:`sync_folders`. Raises ``QuangbaError``
    (``file-unwritable``) and leaves the old file when the disk is full or closed.
    """
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.stat().st_mode & 0o200:
            raise PermissionError(13, "Permission denied")
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as error:
        if temporary:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
        raise QuangbaError("file-unwritable", path, what=error.strerror or str(error)) from error


def write_text(path: Path, text: str) -> None:
    """Replace a text file (UTF-8, ``\\n``) durably."""
    write_bytes(path, text.encode("utf-8"))
    sync_folders([path.parent])


def sync_folders(folders: Iterable[Path]) -> None:
    """Flush renames in folders to the disk, once for a batch; Windows has no such call."""
    if os.name == "nt":
        return
    for folder in {folder.resolve() for folder in folders}:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove_leftovers(folder: Path) -> None:
    """Remove temporary files that a killed run left behind."""
    for path in folder.rglob(".*.tmp"):
        with contextlib.suppress(OSError):
            path.unlink()
