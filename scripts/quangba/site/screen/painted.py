"""
Painted: which characters a built site shows, in which language, and where.

Read is what a browser would read: the written files. *Needed* is what stands in pages, in data that
scripts show (the index of the search, attributes ``data-…``) and in what stylesheets add; a font
must have it. *Wished* is every character in the code of scripts: some of it is shown (the keys of
the keyboard), some is a comment; a font should have it, and nobody is told when none has.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from quangba.site.forking import share_out
from quangba.site.screen.code_texts import attributes_of_styles, texts_of_script, texts_of_styles
from quangba.site.screen.page_reader import read_page

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LETTERED = re.compile(r"<(?:\w+:)?text\b")
"""``<text x="1">``, ``<svg:text>``"""

FEW = 16
"""Pages for which no further process is worth its start."""

SCRIPTS = "assets/javascripts/*.js"
"""The scripts of a theme; those in folders below it are not ours and no page uses them."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Places:
    """Where a character stands."""

    first: str
    """Path of a file from the root of the site."""
    count: int = 1
    """In how many files it stands."""


@dataclass
class Shown:
    """What a page shows."""

    found: dict[str, set[str]]
    """Characters by language."""
    language: str
    """Of the page."""
    styles: list[str]
    """Addresses of its stylesheets."""


@dataclass
class Painted:
    """Characters of a site by language: the first part of a BCP 47 tag, small; ``und`` for none."""

    needed: dict[tuple[str, str], Places] = field(default_factory=dict)
    """By language and character."""
    wished: set[str] = field(default_factory=set)
    """In any language."""
    drawings: list[str] = field(default_factory=list)
    """Paths of pictures (SVG) with letters: no page's fonts reach into a picture."""

    def add(self, language: str, texts: Iterable[str], path: str) -> None:
        """Note what a file shows; control characters are nothing that is shown."""
        for character in sorted(set().union(*texts)):
            if unicodedata.category(character) == "Cc":
                continue
            places = self.needed.get((language, character))
            if places is None:
                self.needed[language, character] = Places(path)
            else:
                places.count += 1


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def read_site(folder: Path, roots: dict[str, str]) -> Painted:
    """
    Return what the site in a folder paints.

    ``roots`` are the languages by the folder they have in the site: ``{"": "vi", "ja/": "ja"}``.
    """
    painted = Painted()
    attributes = frozenset[str]().union(
        *(attributes_of_styles(text(path)) for path in sorted(folder.rglob("*.css")))
    )
    users: dict[str, set[str]] = {}
    pages = {
        path.relative_to(folder).as_posix(): text(path) for path in sorted(folder.rglob("*.html"))
    }
    read = read_pages(list(dict.fromkeys(pages.values())), attributes)
    for name, html in pages.items():
        shown = read[html]
        for language, characters in sorted(shown.found.items()):
            painted.add(language, characters, name)
        for href in shown.styles:
            users.setdefault(target(name, href), set()).add(shown.language)
    for name, languages in sorted(users.items()):
        if (folder / name).is_file():
            for language in sorted(languages):
                painted.add(language, texts_of_styles(text(folder / name)), name)
    for path in sorted(folder.rglob("*.svg")):
        if LETTERED.search(text(path)):
            painted.drawings.append(path.relative_to(folder).as_posix())
    own = set(folder.glob(SCRIPTS))
    for path in sorted(folder.rglob("*.js")):
        name = path.relative_to(folder).as_posix()
        if path in own:
            painted.wished |= set(text(path))
        elif not name.startswith("assets/"):
            painted.add(language_of(name, roots), texts_of_script(text(path)), name)
    return painted


def read_pages(texts: list[str], attributes: frozenset[str]) -> dict[str, Shown]:
    """Read pages, of which gates have many in common, in as many processes as there may be."""

    def part(numbers: Sequence[int]) -> dict[int, Shown]:
        readers = ((number, read_page(texts[number], attributes)) for number in numbers)
        return {number: Shown(r.found, r.language, r.styles) for number, r in readers}

    parts = share_out(range(len(texts)), part, FEW)
    return {texts[number]: shown for found in parts for number, shown in found.items()}


def language_of(name: str, roots: dict[str, str]) -> str:
    """
    Return the language of a file by its place.

    >>> language_of('ja/search/index.js', {'': 'vi', 'ja/': 'ja'})
    'ja'
    >>> language_of('_gates/mong-cai/gate.js', {'': 'vi', 'ja/': 'ja'})
    'vi'
    """
    if name.startswith("_"):
        name = "/".join(name.split("/")[2:])
    return max((root, code) for root, code in roots.items() if name.startswith(root))[1]


def target(page: str, href: str) -> str:
    """
    Return the path from the root of the site to which a page's link leads.

    >>> target('ja/visit/index.html', '../../assets/a.css?v=1')
    'assets/a.css'
    """
    folders = [] if href.startswith("/") else page.split("/")[:-1]
    for part in re.split(r"[?#]", href)[0].split("/"):
        if part == "..":
            folders = folders[:-1]
        elif part not in ("", "."):
            folders = [*folders, part]
    return "/".join(folders)


def text(path: Path) -> str:
    """Read a file; what is no UTF-8 becomes U+FFFD, as in a browser."""
    return path.read_bytes().decode("utf-8-sig", errors="replace")
