"""Trees: which files lie in a folder."""

from __future__ import annotations

import os
import stat
from pathlib import Path

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class OddFile(Exception):  # noqa: N818 (it is what was found, and the caller says what it means)
    """Raised for what is neither a file nor a folder: links, devices, pipes, sockets."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def list_files(folder: Path, most: int) -> list[str]:
    """
    Return the paths of all files in a folder, from it and with slashes, sorted; no link is
    followed.

    Raises :class:`OddFile`, and ``OverflowError`` when there are more than ``most``.
    """
    found: list[str] = []
    folders = [""]
    while folders:
        inside = folders.pop()
        with os.scandir(folder / inside) as listing:
            for item in listing:
                path = f"{inside}{item.name}"
                mode = item.stat(follow_symlinks=False).st_mode
                if stat.S_ISDIR(mode):
                    folders.append(f"{path}/")
                elif stat.S_ISREG(mode):
                    found.append(path)
                else:
                    raise OddFile(path)
                if len(found) + len(folders) > most:
                    raise OverflowError(most)
    return sorted(found)
