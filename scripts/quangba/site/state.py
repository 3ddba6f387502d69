"""
State: what a build leaves for the next one, so that its cost follows what changed.

The published folder itself is the store of what was rendered: the state says from what, and how
each file was left there. It lies in ``.cache/quangba/builds/`` and may be deleted at any time. A
state that cannot be read, is of another program or of other settings is no state.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import stat
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from quangba.catalogs.workspace import Workspace
from quangba.errors import Problem, QuangbaError
from quangba.files import fail, second_name, write_bytes
from quangba.media.pictures import Picture
from quangba.search.index import Document
from quangba.site.forking import collector_at_rest
from quangba.site.inputs import Inputs, Signature, told
from quangba.site.outline import Entry, Outline
from quangba.site.outputs import Rendered
from quangba.site.publishing import Edition
from quangba.source.gate import Approval

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

Line = tuple[str, int, str]
"""What MkDocs or a plugin tells: logger, level, text."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Anchors:
    """Places in a page, and the places in other pages that it links to."""

    present: frozenset[str]
    links: dict[str, dict[str, str]]
    """By path of the page that is linked to: anchor, and the link as it was written."""


@dataclass
class Said:
    """What was said of a page while it was read and rendered."""

    problems: list[Problem] = field(default_factory=list)
    told: list[Line] = field(default_factory=list)


@dataclass
class Built:
    """One language, built."""

    pages: list[Rendered] = field(default_factory=list)
    outline: Outline = field(default_factory=Outline)
    anchors: dict[str, Anchors] = field(default_factory=dict)
    metas: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Front matter by page, where templates of the theme may show it in the navigation."""
    documents: bytes = b""
    """Pages as they can be found, by name, as :func:`pack` has them: few builds ask for them."""
    said: dict[str, Said] = field(default_factory=dict)
    """By page, of those of which anything was said."""
    problems: list[Problem] = field(default_factory=list)
    told: list[Line] = field(default_factory=list)
    """What was said of no single page."""
    pictures: dict[str, Picture] = field(default_factory=dict)
    """Pictures that its pages show, by path from ``content/``."""
    films: set[str] = field(default_factory=set)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    """QR codes that are asked for, by page; those of no page under no name."""
    whole: bool = True
    """True when all its pages were rendered, in this build."""


@dataclass
class Judged:
    """What the gate said of a page."""

    approval: Approval | None
    problems: list[Problem]


@dataclass
class State:
    """What is known of a site that was published."""

    site: str
    """The published folder."""
    inputs: Inputs
    digests: dict[str, tuple[Signature, int, bytes]]
    heads: dict[str, bytes]
    """What other pages can know of a page, by page."""
    judged: dict[str, Judged]
    referrers: dict[str, list[str]]
    assets: dict[str, list[str]]
    """Pictures and other files that a page shows, by page."""
    faces: dict[tuple[str, str], Edition]
    """Editions without texts, by page and language."""
    shown: dict[tuple[str, str], bytes]
    """What other pages show of a page in a language, by page and language."""
    files: dict[str, Signature]
    """Every file of the site, as it was left."""
    scripts: dict[str, list[str]]
    """Source expressions of inline scripts, by page that has any."""
    parts: dict[str, bytes]
    """Digests of the languages' states, by code: one that could not be kept is of another build."""
    newest: dict[str, str]
    """ISO date of the newest approval or review, by language."""


KEPT = (State, Built, Judged, Said, Anchors, Inputs, Outline, Entry, Rendered, Document, Picture)

FORMAT = b"quangba build " + told(
    [(kind.__name__, [(each.name, each.type) for each in fields(kind)]) for kind in KEPT]
)
"""What every state begins with; another one when anything that is kept has another form."""


@dataclass
class Store:
    """The states of one edition of a site."""

    folder: Path
    edition: str

    def path(self, part: str) -> Path:
        """Return where a part of the state is: ``site``, or a language."""
        return self.folder / f"{self.edition}-{part}.state"

    def load(self, part: str, expected: bytes = b"") -> object | None:
        """Return a part; None when there is none that is whole, or it is not the expected one."""
        try:
            data = self.path(part).read_bytes()
            digest, body = data[len(FORMAT) :][:32], data[len(FORMAT) + 32 :]
            if not data.startswith(FORMAT) or hashlib.sha256(body).digest() != digest:
                return None
            if expected and digest != expected:
                return None
            with collector_at_rest():
                found: object = pickle.loads(body)
        except Exception:
            # Whatever is wrong with it: everything is built anew.
            return None
        return found

    def save(self, part: str, found: object) -> bytes:
        """Keep a part and return its digest; a disk that is full only costs time later."""
        body = pickle.dumps(found, pickle.HIGHEST_PROTOCOL)
        digest = hashlib.sha256(body).digest()
        with suppress(QuangbaError, OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            write_bytes(self.path(part), FORMAT + digest + body)
        return digest


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def pack(documents: dict[str, Document]) -> bytes:
    """Return documents as bytes, which are handed on and kept as they are."""
    return pickle.dumps(documents, pickle.HIGHEST_PROTOCOL)


def unpack(data: bytes) -> dict[str, Document]:
    """Return the documents in what :func:`pack` gave."""
    found: dict[str, Document] = pickle.loads(data)
    return found


def head_of(workspace: Workspace, name: str) -> bytes:
    """Return a digest of what other pages, lists and the navigation can know of a page."""
    page = workspace.page(name)
    known = [page.meta, page.facts, workspace.assets_of(name), page.unread]
    if not page.meta.get("title"):
        # Its title comes from a heading; which one, only its Markdown knows.
        known.append(page.digest)
    return told(known)


def files_of(folder: Path, known: dict[str, Signature] | None = None) -> dict[str, Signature]:
    """
    Return all files of a site, as they are; hidden ones at its root belong to the server.

    In place of the time of the last change of the entry, which is new whenever a second name comes
    or goes, it has the permissions: a file that was closed is opened again.
    ``known`` are files that nobody need look at. Raises ``OSError``: what is not in this list would
    not be in the next site.
    """
    known = known or {}
    found = {}
    base = len(str(folder)) + 1
    for top, folders, names in os.walk(folder, onerror=fail):
        if len(top) < base:
            folders[:] = [name for name in folders if not name.startswith(".")]
            names = [name for name in names if not name.startswith(".")]
        for name in names:
            path = f"{top}/{name}"
            if path[base:] in known:
                found[path[base:]] = known[path[base:]]
                continue
            status = os.lstat(path)
            mode = stat.S_IMODE(status.st_mode)
            found[path[base:]] = status.st_size, status.st_mtime_ns, mode, status.st_ino
    return found


def link(old: str, new: str, *, copied: bool) -> bool:
    """
    Give a file of the old site a second place in the new one; ``copied`` where it may change.

    What is there stays. True when it is now a second name of the old file. Raises ``OSError``.
    """
    if not copied:
        with suppress(OSError):  # a file system without second names
            try:
                second_name(old, new)
            except FileExistsError:
                return False
            return True
    if not os.path.lexists(new):
        Path(new).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(old, new)
    return False
