"""
Folder: a built site as a server gives it out, its files, their sizes and where addresses lead.

What lies under ``_gates/<gate>/`` in the kiosk edition is laid over the other files at its gate.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import posixpath
import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from quangba.errors import QuangbaError
from quangba.media.keeping import keep
from quangba.site.forking import share_out
from quangba.site.proof import reading
from quangba.site.proof.reading import Document, Lead, read_document

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

TEXTS = frozenset({".css", ".js", ".json", ".svg"})
"""Endings of files of a first view that servers compress on their way."""

FEW = 16
"""Pages for which no further process is worth its start."""

LEVEL = 6
"""Of gzip: what servers do unless they are told otherwise."""

KINDS = {
    ".html": "pages",
    ".css": "styles",
    ".js": "scripts",
    ".woff2": "fonts",
    ".woff": "fonts",
    ".ttf": "fonts",
    ".otf": "fonts",
    ".svg": "pictures",
    ".png": "pictures",
    ".jpg": "pictures",
    ".jpeg": "pictures",
    ".webp": "pictures",
    ".avif": "pictures",
    ".gif": "pictures",
    ".mp4": "films",
    ".webm": "films",
    ".mp3": "films",
}
"""What files are, by ending; everything else is ``other``."""

OVERLAY = re.compile(r"_gates/[^/]+/")
"""``_gates/mong-cai/``: files of one gate (``site/screen/overlay.py``)."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Target(NamedTuple):
    """Where an address leads."""

    foreign: bool = False
    """True: to another origin, or to something that is no file of the site."""
    file: str = ""
    """Path from the folder of the site; empty when nothing is there."""
    fragment: str = ""


class Ways(NamedTuple):
    """Where the addresses in a page lead."""

    away: dict[str, None]
    """Addresses of other origins, and of what is no file, in the order of the page."""
    lost: list[str]
    """Addresses at which the site has nothing."""
    places: list[tuple[str, str, str]]
    """Addresses of places in pages: as written, file, and id of the place."""


@dataclass
class Built:
    """The folder of a built site; ``site_url`` is its public address or empty."""

    folder: Path
    site_url: str = ""
    documents: dict[str, Document] = field(default_factory=dict)
    """HTML files by their path, as :meth:`read` found them."""
    digest: str = ""
    """SHA-256 over the names and the contents of all files but hidden ones."""
    svgs: dict[str, bytes] = field(default_factory=dict)
    """Drawings whose text holds what :data:`LIVELY` looks for."""
    sent: dict[str, int] = field(default_factory=dict)
    """Bytes on the wire of the files that were asked for so far."""

    @cached_property
    def sizes(self) -> dict[str, int]:
        """Bytes of every file by its path from the folder, sorted; links are no files."""
        found = {}
        root = str(self.folder)
        for folder, _, names in os.walk(root):
            for name in names:
                path = f"{folder}{os.sep}{name}"
                if not os.path.islink(path):  # noqa: PTH114 (once for each of some thousand files)
                    inside = path[len(root) + 1 :].replace(os.sep, "/")
                    found[inside] = os.stat(path).st_size  # noqa: PTH116 (as above)
        return dict(sorted(found.items()))

    def read(self, kept: Path | None = None) -> None:
        """
        Read every file once: pages for what they say, all for the digest.

        ``kept`` is a file of the cache: pages that it knows are not read again.
        """
        known = recall(kept, self.site_url) if kept else {}
        whole, pages = hashlib.sha256(), dict[str, str]()
        unread: dict[str, bytes] = {}
        for name in self.sizes:
            data = (self.folder / name).read_bytes()
            digest = hashlib.sha256(data).hexdigest()
            if not any(part.startswith(".") for part in name.split("/")):
                # Hidden files are a server's: a build carries them over from the old site.
                whole.update(f"{name}\n{digest}\n".encode())
            if name.endswith(".html"):
                pages[name] = digest
                if (name, digest) not in known:
                    unread[name] = data
            elif name.endswith(".svg") and LIVELY.search(data):
                self.svgs[name] = data
        self.digest = whole.hexdigest()
        read = self.read_all(unread)
        fresh = {key: read.get(key[0]) or known[key] for key in pages.items()}
        self.documents = {name: page for (name, _), page in fresh.items()}
        if kept and fresh.keys() != known.keys():
            remember(kept, self.site_url, fresh)

    def read_all(self, unread: dict[str, bytes]) -> dict[str, Document]:
        """Read pages, in as many processes as there may be."""

        def part(names: Sequence[str]) -> dict[str, Document]:
            return {name: self.document(name, unread[name]) for name in names}

        parts = share_out(list(unread), part, FEW)
        return {name: page for found in parts for name, page in found.items()}

    def document(self, name: str, data: bytes) -> Document:
        """Read one page; what is no UTF-8 in it becomes U+FFFD."""
        page = read_document(name, data.decode("utf-8", "replace"), len(data))
        for address in (*page.links, *(fetched.address for fetched in page.fetched)):
            if address not in page.leads:
                page.leads[address] = lead(name, address, self.site_url)
        return page

    def sent_bytes(self, file: str) -> int:
        """Return the bytes on the wire of a file, texts compressed."""
        if file not in self.sent:
            text = posixpath.splitext(file)[1] in TEXTS
            size = self.sizes[file]
            self.sent[file] = compressed((self.folder / file).read_bytes()) if text else size
        return self.sent[file]

    def target(self, page: str, address: str) -> Target:
        """
        Return where an address in a page leads.

        >>> site = Built(Path('.'), 'https://a.example/')
        >>> site.sizes = {'index.html': 1, 'en/index.html': 1}
        >>> site.target('en/x/index.html', '../?q=1#top')
        Target(foreign=False, file='en/index.html', fragment='top')
        >>> site.target('index.html', 'https://a.example/en/').file
        'en/index.html'
        >>> site.target('index.html', 'mailto:a@b.example').foreign
        True
        """
        return self.there(page, lead(page, address, self.site_url))

    def there(self, page: str, found: Lead) -> Target:
        """Return what a path leads to among the files that are there."""
        path, fragment = found
        if path is None:
            return Target(foreign=True)
        overlay = OVERLAY.match(page) if page.startswith("_") else None
        if overlay and path != page and overlay[0] + path in self.sizes:
            path = overlay[0] + path
        return Target(file=path if path in self.sizes else "", fragment=fragment)

    def ways(self, page: Document) -> Ways:
        """Return where the links and the fetched files of a page lead."""
        ways = Ways({}, [], [])
        away, lost, places = ways
        inside = not page.file.startswith("_")
        for address, found in page.leads.items():
            path, fragment = found
            if path is None:
                away[address] = None
            elif inside and path in self.sizes:
                if fragment:
                    places.append((address, path, fragment))
            else:
                target = self.there(page.file, found)
                if not target.file:
                    lost.append(address)
                elif fragment:
                    places.append((address, target.file, fragment))
        return ways

    def address(self, file: str) -> str:
        """Return the public address of a page, without the site's own when none is known."""
        return self.site_url + quote(file.removesuffix("index.html"))

    def weights(self) -> dict[str, int]:
        """Return the bytes of the site by what its files are."""
        found = dict.fromkeys((*dict.fromkeys(KINDS.values()), "other"), 0)
        for name, size in self.sizes.items():
            found[KINDS.get(posixpath.splitext(name)[1], "other")] += size
        return found

    def style_sheets(self) -> Iterator[tuple[str, str]]:
        """Yield the style sheets: path and text."""
        for name in self.sizes:
            if name.endswith(".css"):
                yield name, (self.folder / name).read_text(encoding="utf-8", errors="replace")


LIVELY = re.compile(
    rb"<script|<foreignObject|\son[a-z]+\s*=|javascript:|<!ENTITY"
    rb"|(?:href|src)\s*=\s*[\"']\s*(?:https?:)?//",
    re.IGNORECASE,
)
"""What no drawing of the site may hold: scripts, entities, addresses elsewhere."""

Known = dict[tuple[str, str], Document]
"""Pages that were read before, by path and SHA-256."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def recall(kept: Path, site_url: str) -> Known:
    """Return the pages in a file of the cache; none when it is not as this program wrote it."""
    try:
        data = kept.read_bytes()
        mark, body = data[:32], data[32:]
        found = pickle.loads(body) if mark == marked(body, site_url) else {}
    except Exception:
        # Whatever is wrong with it: every page is read.
        return {}
    return found if isinstance(found, dict) else {}


def remember(kept: Path, site_url: str, pages: Known) -> None:
    """Keep pages for the next build; a disk that is full only costs time later."""
    body = pickle.dumps(pages, pickle.HIGHEST_PROTOCOL)
    with suppress(QuangbaError, OSError):
        keep(kept, marked(body, site_url) + body)


def marked(body: bytes, site_url: str) -> bytes:
    """Return the SHA-256 over what was kept, for whom, and by which version of this room."""
    made_by = [path.read_bytes() for path in (Path(__file__), Path(reading.__file__))]
    return hashlib.sha256(b"\0".join([*made_by, site_url.encode(), body])).digest()


def lead(page: str, address: str, site_url: str) -> Lead:
    """
    Return where an address in a page leads, whether anything is there or not.

    >>> lead('_gates/mong-cai/index.html', 'a.svg#b', ''), lead('a.html', '//b.example/', '')
    (('a.svg', 'b'), (None, ''))
    """
    if site_url and address.startswith(site_url):
        address = "/" + address[len(site_url) :]
    if ":" in address or address.startswith("//"):
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            return None, ""
    path, _, fragment = address.partition("#")
    path = path.partition("?")[0]
    if not path:
        return page, fragment
    overlay = OVERLAY.match(page) if page.startswith("_") else None
    path = unquote(path) if "%" in path else path
    return follow(page[overlay.end() :] if overlay else page, path), fragment


def follow(page: str, path: str) -> str:
    """
    Return the file that a path in a page leads to, whether it is there or not.

    >>> follow('en/visit/index.html', '../a.svg'), follow('en/index.html', '..'), follow('a', '/b/')
    ('en/a.svg', 'index.html', 'b/index.html')
    """
    folder, rest = page.rpartition("/")[0], path
    while rest.startswith("../"):
        folder, rest = folder.rpartition("/")[0], rest[3:]
    if rest.startswith("/"):
        folder, rest = "", rest[1:]
    joined = f"{folder}/{rest}" if folder and rest else folder or rest
    if "./" in rest or rest.endswith("."):
        joined = posixpath.normpath(joined).lstrip("/.")
    if joined and (rest.endswith(("/", ".")) or not rest):
        joined = joined.rstrip("/") + "/"
    return f"{joined}index.html" if not joined or joined.endswith("/") else joined


def compressed(data: bytes) -> int:
    """Return how many bytes gzip makes of a file."""
    packer = zlib.compressobj(LEVEL, wbits=31)
    return len(packer.compress(data)) + len(packer.flush())
