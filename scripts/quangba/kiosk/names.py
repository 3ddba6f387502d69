"""Names of files in a release: the same on every system, a FAT stick included."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LONGEST = 200
"""Bytes of a path in UTF-8."""

NAME, PREFIX = 100, 155
"""Bytes of the two fields that hold a path in a tar header (POSIX.1-1988, ustar)."""

RESERVED = re.compile(
    r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])\s*(?:\..*)?", re.IGNORECASE
)
"""Devices of Windows, whatever their extension (Microsoft, Naming Files, Paths, Namespaces)."""

FORBIDDEN = re.compile(r'[\\:*?"<>|]')
"""Characters that FAT does not take, or that mean a drive or a folder on Windows."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def is_sound(path: str) -> bool:
    """
    Tell whether a path from the release's root is the same everywhere and stays inside.

    >>> [is_sound(path) for path in ('visit/vịnh.html', '../x', '/x', 'a//b', 'nul.txt', 'a. ')]
    [True, False, False, False, False, False]
    """
    return (
        path.isprintable()
        and unicodedata.is_normalized("NFC", path)
        and len(path.encode("utf-8")) <= LONGEST
        and split(f"site/{path}") is not None
        and not FORBIDDEN.search(path)
        and all(
            part and part[-1] not in ". " and not RESERVED.fullmatch(part)
            for part in path.split("/")
        )
    )


def split(path: str) -> tuple[bytes, bytes] | None:
    """
    Divide a path over the fields ``prefix`` and ``name`` of a tar header; None if it is too long.

    >>> split('site/index.html')
    (b'', b'site/index.html')
    >>> split('site/' + 'a' * 90 + '/' + 'b' * 90)[1] == b'b' * 90
    True
    """
    data = path.encode("utf-8")
    if len(data) <= NAME:
        return b"", data
    place = data.find(b"/", len(data) - NAME - 1)
    if 0 < place <= PREFIX:
        return data[:place], data[place + 1 :]
    return None


def clashes(paths: Collection[str]) -> Iterator[tuple[str, str]]:
    """
    Yield pairs of paths that cannot lie side by side where case does not count.

    >>> list(clashes(['a/B.html', 'a/b.html', 'c', 'c/d']))
    [('a/B.html', 'a/b.html'), ('c', 'c/d')]
    """
    seen: dict[str, str] = {}
    for path in paths:
        if (key := folded(path)) in seen:
            yield seen[key], path
        seen[key] = path
    for path in paths:
        parts = folded(path).split("/")
        for depth in range(1, len(parts)):
            if (folder := "/".join(parts[:depth])) in seen:
                yield seen[folder], path


def folded(path: str) -> str:
    """Return a path as file systems compare it that ignore case."""
    return unicodedata.normalize("NFC", path.casefold())


def printable(text: str) -> str:
    """Return a foreign text as a terminal may show it, at most 80 characters."""
    return "".join(char if char.isprintable() else "?" for char in text[:80])
