"""Assets: pictures and files that pages use, closed by default, each with a licence sidecar."""

from __future__ import annotations

import hashlib
import posixpath
import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from quangba.errors import Problem, QuangbaError
from quangba.files import raise_failure
from quangba.source.data import DataError, load
from quangba.source.pages import Page, holds, without_code
from quangba.source.raster import FORMATS, check_raster
from quangba.source.spoken import SOUNDS, check_spoken, spoken_files
from quangba.source.svg import check_svg
from quangba.source.video import CAPTIONS, TYPES, check_captions, check_video, video_files

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LINK = re.compile(
    r"""
    \]\(\s*<([^>\n]+)>                           # ![alt](<images/a b.svg>)
    | \]\(\s*([^)\s<>]+)                         # ![alt](images/a.svg "title")
    | \b(?:src|href|poster)\s*=\s*["']([^"']+)   # <img src="images/a.svg">
    | ^\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)          # [label]: images/a.svg
    """,
    re.VERBOSE | re.MULTILINE,
)

SIDECAR_FIELDS = ("author", "licence", "source")
"""What a licence sidecar (``picture.svg.yml``) must say."""

ACTIVE_FILES = frozenset(
    {
        *(".html", ".htm", ".xhtml", ".shtml", ".xml", ".xsl", ".css", ".js", ".mjs"),
        *(".svgz", ".swf", ".php"),
    }
)
"""Files that a browser or server would run or obey; none is a picture or a document."""

OTHER_PICTURES = frozenset(
    {".tif", ".tiff", ".bmp", ".heic", ".heif", ".jp2", ".jxl", ".psd", ".eps", ".apng", ".ico"}
)
"""Pictures that browsers do not show, or that we do not decode."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def links_of(page: Page) -> list[tuple[str, int]]:
    """Return the local targets of a page's links and pictures, each with its line."""
    body = without_code(page.body)
    found = []
    for match in LINK.finditer(body):
        target = next(filter(None, match.groups()))
        parts = urlsplit(target)
        if not parts.scheme and not parts.netloc and not target.startswith("/"):
            found.append((target, page.body_line + body.count("\n", 0, match.start())))
    return found


def resolve(page: str, target: str) -> str:
    """
    Return the path from ``content/`` that a relative link leads to.

    >>> resolve('visit/yen-tu.md', '../images/yen-tu.svg')
    'images/yen-tu.svg'
    """
    path = unquote(urlsplit(target).path)
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path))


def assets_of(page: Page) -> dict[str, int]:
    """Return the files (not pages) that a page uses, by path from ``content/``, with a line."""
    found: dict[str, int] = {}
    image = page.meta.get("image")
    if isinstance(image, str) and image:
        found[posixpath.normpath(image)] = page.line_of(image)
    for name in (*video_files(page.meta), *spoken_files(page.meta)):
        found.setdefault(name, page.line_of(name))
    for target, line in links_of(page):
        path = urlsplit(target).path
        if path and not path.endswith((".md", "/")) and posixpath.splitext(path)[1]:
            found.setdefault(resolve(page.name, target), line)
    return found


def check_asset(content: Path, asset: str, file: str, line: int) -> list[Problem]:
    """Report what keeps an asset from being published."""
    path = content / asset
    if not holds(content, asset) or asset.startswith(("_", ".", "../")):
        return [Problem.at("asset-missing", file, line, asset=asset)]
    problems = []
    sidecar = path.with_name(path.name + ".yml")
    # Captions come with their film and stand under its licence.
    if path.suffix.lower() != CAPTIONS and not licence(sidecar):
        problems.append(
            Problem.at("asset-no-licence", file, line, asset=asset, sidecar=f"{asset}.yml")
        )
    problem = damage(path)
    if problem:
        values = {**dict(problem.values), "asset": asset}
        problems.append(Problem.at(problem.code, file, line, **values))
    return problems


def licence(sidecar: Path) -> dict[str, str] | None:
    """Return what a licence sidecar says, or None when it says too little."""
    try:
        data = load(sidecar.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise_failure(error)
        return None
    except (UnicodeDecodeError, DataError):
        return None
    if not isinstance(data, dict) or not all(data.get(name) for name in SIDECAR_FIELDS):
        return None
    return {str(name): str(value) for name, value in data.items()}


def damage(path: Path) -> Problem | None:
    """Say what is wrong with a file, or None; the same state of a file is decoded once."""
    try:
        stat = path.stat()
    except OSError as error:
        return Problem.at("asset-broken", asset=path.name, what=error.strerror)
    return damage_of(path, stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=2000)
def damage_of(path: Path, size: int, changed: int) -> Problem | None:
    """Say what is wrong with one state of a file."""
    suffix = path.suffix.lower()
    try:
        if suffix == ".svg":
            check_svg(path)
        elif suffix in FORMATS:
            check_raster(path)
        elif suffix in TYPES:
            check_video(path)
        elif suffix in SOUNDS:
            check_spoken(path)
        elif suffix == CAPTIONS:
            check_captions(path)
        elif suffix in ACTIVE_FILES or suffix in OTHER_PICTURES:
            raise QuangbaError("asset-format", asset=path.name, found=suffix)
    except QuangbaError as error:
        return error.problem
    except OSError as error:
        raise_failure(error)
        return Problem.at("asset-broken", asset=path.name, what=error.strerror or str(error))
    return None


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, or nothing when it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise_failure(error)
        return ""
