"""The folders of a site as they must be before anything is read: files, with names to be used."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from quangba.errors import QuangbaError, say

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LONGEST = 200
"""Bytes of a name: what is made of it has a longer one, and file systems end at 255."""

FOREIGN = frozenset('<>:"|?*\\')
"""Characters that no file on Windows has in its name; ``/`` has none anywhere."""

STANDING = ("search", "find")
"""Addresses of pages that no Markdown file makes."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def check_tree(folder: Path, root: Path) -> None:
    """
    Raise ``QuangbaError`` for what nobody may read or nobody can name; names begin at ``root``.

    ``file-special`` a pipe, a socket or a device, also at the end of a link: who opens a pipe
    waits for ever, and ``/dev/zero`` never ends.
    ``file-link`` a link to a folder: MkDocs follows it, in circles or through the whole computer.
    ``file-name`` a name that not every computer can hold, or that another one is taken for.
    ``file-unreadable`` a folder that cannot be listed.

    A link to nothing is a matter of those who ask for it.
    """
    waiting = [folder] if folder.is_dir() else []
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            name = shown(os.path.relpath(here, root))
            raise QuangbaError("file-unreadable", name, what=error.strerror) from error
        taken: dict[str, str] = {}
        for entry in found:
            check_name(entry, taken, root)
            if entry.is_dir(follow_symlinks=False):
                waiting.append(Path(entry))
            elif entry.is_symlink() or not entry.is_file():
                check_kind(entry, root)


def check_name(entry: os.DirEntry[str], taken: dict[str, str], root: Path) -> None:
    """Raise ``file-name`` for a name, or for one that looks or sorts as one of ``taken``."""
    name, what = entry.name, None
    if not name.isprintable() or not FOREIGN.isdisjoint(name):
        wrong = next(c for c in name if not c.isprintable() or c in FOREIGN)
        what = say(f"có ký tự {shown(wrong)}", f"it has the character {shown(wrong)}")
    elif len(name.encode("utf-8")) > LONGEST:
        what = say(f"dài hơn {LONGEST} byte", f"it is longer than {LONGEST} bytes")
    folded = unicodedata.normalize("NFC", name).casefold()
    other = taken.setdefault(folded, name)
    if what is None and other != name:
        what = say(f"nhiều máy coi là một với {other}", f"many computers take it for {other}")
    if what:
        raise QuangbaError("file-name", shown(os.path.relpath(entry.path, root)), what=what)


def check_kind(entry: os.DirEntry[str], root: Path) -> None:
    """Raise ``file-special`` or ``file-link`` for what is neither a file nor a folder itself."""
    try:
        mode = entry.stat().st_mode
    except OSError:
        return
    name = os.path.relpath(entry.path, root)
    if stat.S_ISDIR(mode):
        raise QuangbaError("file-link", name, target=shown(os.path.realpath(entry.path)))
    if not stat.S_ISREG(mode):
        raise QuangbaError("file-special", name)


def taken_addresses(names: Iterable[str], languages: Iterable[str]) -> dict[str, str]:
    """
    Return the pages whose address something else has, with what has it.

    A page in a folder that is called as a language would stand among the pages of the language.

    >>> taken_addresses(['a.md', 'a/index.md', 'en/b.md', 'find.md'], ['en'])
    {'a/index.md': 'a.md', 'en/b.md': '/en/', 'find.md': '/find/'}
    """
    known: dict[str, str] = {}
    found: dict[str, str] = {}
    folders = frozenset(languages)
    for name in names:
        stem = name.removesuffix(".md")
        place = "" if stem == "index" else stem.removesuffix("/index")
        first = known.setdefault(place, name)
        folder = place.partition("/")[0]
        if folder in folders or place in STANDING:
            found[name] = f"/{folder}/"
        elif first != name:
            found[name] = first
    return found


def shown(text: str) -> str:
    """
    Return a name with codes in place of what cannot be seen or is no Unicode.

    >>> shown('a\\u202eb\\udcff'), shown('vịnh')
    ('a\\\\u202eb\\\\udcff', 'vịnh')
    """
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
