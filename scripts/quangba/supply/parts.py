"""
Parts: the files that are published, installed on devices or shown by the desk.

Foreign works among them are known by what they say of themselves: a font by its own name table, a
script by the comment that it begins with (``/*! MiniSearch 7.2.0, (c) 2022 …``).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

from quangba.errors import Problem, QuangbaError
from quangba.source.assets import licence
from quangba.supply.reuse import Statement, shipped_files, statement_for
from quangba.supply.spdx import canonical

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

PARTS: dict[str, tuple[str, re.Pattern[str]]] = {
    "shared": (
        "styles, scripts and drawings of both editions",
        re.compile(r"overrides/shared/assets/.+"),
    ),
    "portal": ("styles and scripts of the portal", re.compile(r"overrides/portal/assets/.+")),
    "kiosk": (
        "styles and scripts of the screens; faces that are cut to what the pages show",
        re.compile(r"overrides/kiosk/assets/.+|scripts/quangba/media/fonts/.+\.(?:woff2|txt)"),
    ),
    "device": ("units, policies and rules of a device", re.compile(r"kiosk/.+")),
    "desk": ("the review desk", re.compile(r"scripts/quangba/desk/static/.+")),
    "pictures": ("pictures, films and files of pages", re.compile(r"content/(?!_).+")),
    "data": ("data that pages and downloads are made from", re.compile(r"content/_data/[^/]+")),
}
"""Parts by name: what they hold, and which files of the project they are."""

NO_PART = re.compile(r"content/(?!_).+\.(?:md|yml)")
"""Pages, and what stands beside pictures about their licences."""

BUILT = re.compile(
    r"""
    .*\.html | _headers | robots\.txt | sitemap\.xml(?:\.gz)? | \.well-known/security\.txt
    | (?:\w+/)?(?:cards/.+\.jpg | events/.+\.ics | feeds/.+\.atom | search/[\w-]+\.js)
    | (?:\w+/)?data/[\w.-]+\.(?:json|csv|xlsx)
    | media/.+\.(?:avif|webp|jpe?g|png)         # sizes of photographs
    | assets/fonts/kiosk-[\w-]+\.woff2          # cut from the faces in scripts/quangba/media/fonts
    | qr/.+\.svg | (?:_gates/[\w-]+/)?(?:gate\.(?:css|js|json) | led/size\.css)
    """,
    re.VERBOSE,
)
"""Files of a published folder that the build makes; all others are copies of listed ones."""

TEMPLATE = re.compile(r"overrides/.+\.html")

HEADER = re.compile(r"/\*! (?P<name>[\w .-]+?) (?P<version>\d[\w.]*), \(c\)")
"""How a script of others begins."""

WEIGHT = re.compile(r" (?:Thin|Light|Regular|Medium|SemiBold|Bold)$")

ICON = re.compile(r"\.icons/material/(?P<name>[\w-]+)\.svg")
ICONS = re.compile(r"\"\.icons/material/\" ~ (?P<names>[^%]+) ~ \"\.svg\"")
"""How templates draw icons into pages: ``".icons/material/" ~ {'road': 'car'}[mode] ~ ".svg"``."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Work:
    """A work of others among the files."""

    name: str
    version: str
    purl: str = ""
    """Package URL where it has one."""


@dataclass(frozen=True)
class Part:
    """One file."""

    file: str
    """Path from the folder of the project."""
    group: str
    """A name in :data:`PARTS`."""
    sha256: str
    licence: str
    """SPDX expression; the words of the sidecar where those are none."""
    holders: tuple[str, ...]
    work: Work | None


MDI = Work("Material Design Icons", "")
"""Which version of them mkdocs-material brings is not said by it."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def read_parts(root: Path, statements: list[Statement]) -> list[Part]:
    """
    Return the files of all parts, sorted, then the icons that templates draw into pages.

    Raises ``QuangbaError`` for a file without a licence, a picture whose sidecar and ``REUSE.toml``
    do not agree, and a font that cannot be read.
    """
    files = list(shipped_files(root))
    found = [
        part_of(root, file, group, statements)
        for file in files
        for group, (_, pattern) in PARTS.items()
        if pattern.fullmatch(file) and not NO_PART.fullmatch(file)
    ]
    return [*found, *icons(root, [file for file in files if TEMPLATE.fullmatch(file)])]


def icons(root: Path, templates: Iterable[str]) -> Iterator[Part]:
    """Yield the icons that templates name, from the package that brings them."""
    spec = find_spec("material")
    if spec is None or spec.origin is None:
        return
    package = Path(spec.origin).parent
    names = set()
    for template in templates:
        text = (root / template).read_text(encoding="utf-8")
        names |= {found["name"] for found in ICON.finditer(text)}
        names |= {
            name for found in ICONS.finditer(text) for name in re.findall(r"'([\w-]+)'", found[0])
        }
    for name in sorted(names):
        path = package / "templates/.icons/material" / f"{name}.svg"
        if path.is_file():
            file = path.relative_to(package.parent).as_posix()
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            # Their licence lies beside them: “Icons: Apache 2.0”.
            yield Part(file, "icons", digest, "Apache-2.0", ("Pictogrammers",), MDI)


def part_of(root: Path, file: str, group: str, statements: list[Statement]) -> Part:
    """Return one file as a part; raises as :func:`read_parts`."""
    stated = statement_for(file, statements)
    if stated is None:
        raise QuangbaError("supply-no-licence", file)
    path = root / file
    terms, holders = stated.licence, stated.holders
    sidecar = licence(path.with_name(path.name + ".yml"))
    if sidecar:
        # “CC BY 4.0”, as readers are told, is CC-BY-4.0.
        words = sidecar["licence"]
        terms = canonical(words.replace(" ", "-")) or words
        holders = (sidecar["author"],)
        if canonical(terms) and canonical(terms) != stated.licence:
            raise QuangbaError("supply-licences-differ", file, sidecar=words, stated=stated.licence)
    raw = path.read_bytes()
    digest = hashlib.sha256(raw).hexdigest()
    return Part(file, group, digest, terms, holders, work_of(path, file, raw))


def work_of(path: Path, file: str, raw: bytes) -> Work | None:
    """Return the work that a file is of, when it says so itself."""
    if path.suffix == ".woff2":
        return face_of(path, file)
    if path.suffix in {".js", ".css"}:
        found = HEADER.match(raw[:500].decode("utf-8", "replace"))
        if found:
            name, version = found["name"], found["version"]
            return Work(name, version, f"pkg:npm/{name.lower()}@{version}")
    return None


def face_of(path: Path, file: str) -> Work:
    """Return the typeface of a font file and its version; raises ``QuangbaError``."""
    try:
        with TTFont(path, lazy=True) as font:
            names = font["name"]
            family = names.getDebugName(16) or names.getDebugName(1) or ""
            version = re.search(r"\d+\.\d+", names.getDebugName(5) or "")
    except (TTLibError, OSError, KeyError, ValueError) as error:
        raise QuangbaError("supply-file-unreadable", file, what=str(error)[:200]) from error
    return Work(WEIGHT.sub("", family) or path.stem, version[0] if version else "")


def unlisted(folder: Path, parts: Iterable[Part]) -> Iterator[Problem]:
    """Report files of a published folder that are neither listed nor made by the build."""
    known = {part.sha256 for part in parts}
    if not (folder / "index.html").is_file():
        raise QuangbaError("supply-no-site", folder)
    for path in sorted(folder.rglob("*")):
        file = path.relative_to(folder).as_posix()
        if path.is_dir() or BUILT.fullmatch(file):
            continue
        if hashlib.sha256(path.read_bytes()).hexdigest() not in known:
            yield Problem.at("supply-unlisted", f"{folder.name}/{file}")
