"""Assets: pictures and files that pages use, closed by default, each with a licence sidecar."""

from __future__ import annotations

import hashlib
import posixpath
import re
import warnings
from pathlib import Path
from urllib.parse import unquote, urlsplit

from PIL import Image, UnidentifiedImageError

from quangba.errors import Problem
from quangba.source.data import DataError, load
from quangba.source.pages import CODE, Page, inside

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

ACTIVE_SVG = re.compile(
    r"""
    <(?:script|foreignObject|iframe|object|embed|handler|listener)\b
    | [\s/"']on\w+\s*=                                   # onload=
    | javascript:
    | <!(?:ENTITY|DOCTYPE)
    | (?:href|src)\s*=\s*(?![\s"'])                      # href=x
    | (?:href|src)\s*=\s*["'](?!\#|data:image/(?!svg))   # href="https://…"
    | attributeName\s*=\s*["']\s*(?:\w+:)?(?:href|on)    # <set attributeName="href" …>
    | url\(\s*["']?(?!\#|["']?data:image/(?!svg))\S{0,20} # url(https://…)
    | @import
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What an SVG may not hold: scripts, events, entities, anything from elsewhere."""

ACTIVE_FILES = frozenset(
    {".html", ".htm", ".xhtml", ".shtml", ".xml", ".xsl", ".js", ".mjs", ".svgz", ".swf", ".php"}
)
"""Files that a browser or server would run; none of them is a picture or a document."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def links_of(page: Page) -> list[tuple[str, int]]:
    """Return the local targets of a page's links and pictures, each with its line."""
    body = CODE.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), page.body)
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
    for target, line in links_of(page):
        path = urlsplit(target).path
        if path and not path.endswith((".md", "/")) and posixpath.splitext(path)[1]:
            found.setdefault(resolve(page.name, target), line)
    return found


def check_asset(content: Path, asset: str, file: str, line: int) -> list[Problem]:
    """Report what keeps an asset from being published."""
    path = content / asset
    if not path.is_file() or not inside(path, content) or asset.startswith(("_", ".", "../")):
        return [Problem.at("asset-missing", file, line, asset=asset)]
    problems = []
    sidecar = path.with_name(path.name + ".yml")
    if not licence(sidecar):
        problems.append(
            Problem.at("asset-no-licence", file, line, asset=asset, sidecar=f"{asset}.yml")
        )
    what = damage(path)
    if what:
        problems.append(Problem.at("asset-broken", file, line, asset=asset, what=what))
    return problems


def licence(sidecar: Path) -> dict[str, str] | None:
    """Return what a licence sidecar says, or None when it says too little."""
    try:
        data = load(sidecar.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, DataError):
        return None
    if not isinstance(data, dict) or not all(data.get(name) for name in SIDECAR_FIELDS):
        return None
    return {str(name): str(value) for name, value in data.items()}


def damage(path: Path) -> str | None:
    """Say what is wrong with a picture, or None."""
    if path.suffix.lower() in ACTIVE_FILES:
        return path.suffix.lower()
    if path.suffix.lower() == ".svg":
        try:
            text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            return "not UTF-8"
        if "<svg" not in text or "\x00" in text:
            return "not SVG"
        active = ACTIVE_SVG.search(text)
        return active[0].strip() if active else None
    if path.suffix.lower() in (".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif"):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                with Image.open(path) as image:
                    image.verify()
        except (OSError, SyntaxError, ValueError, UnidentifiedImageError) as error:
            return str(error) or type(error).__name__
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            return "too many pixels"
    return None


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, or nothing when it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
