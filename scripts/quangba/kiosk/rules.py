"""
Headers and types of files: ``_headers`` as static hosts read it, and what holds where it is silent.

A block of ``_headers`` is a pattern of paths (``*`` stands for anything) and, indented, what
answers to them carry. Several blocks may match; where they name the same header, both are sent,
as static hosts do. What would break the framing of an answer is not taken from the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

Headers = list[tuple[str, str]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "media-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'none'"
)

DEFAULT: Headers = [
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
]
"""What a page without ``_headers`` carries: it is as closed as any."""

OURS = frozenset(
    {
        "accept-ranges", "connection", "content-encoding", "content-length", "content-range",
        "content-type", "date", "etag", "keep-alive", "location", "server", "set-cookie",
        "trailer", "transfer-encoding", "upgrade",
    }
)  # fmt: skip
"""Headers that only the server sets; a cookie would outlive the visitor."""

NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
"""A header's name (RFC 9110 §5.6.2)."""

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".woff": "font/woff",
    ".ttf": "font/ttf",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".pdf": "application/pdf",
}
"""Types by ending: a table of our own, because that of a system differs from device to device."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Rule:
    """A block of ``_headers``."""

    pattern: re.Pattern[str]
    headers: tuple[tuple[str, str], ...]


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def read_rules(data: bytes) -> list[Rule]:
    """
    Read ``_headers``; a line that is none of it is passed over.

    >>> [rule.headers for rule in read_rules(b'/assets/*\\n  Cache-Control: no-cache\\n')]
    [(('Cache-Control', 'no-cache'),)]
    """
    blocks: list[tuple[str, Headers]] = []
    for line in data.decode("utf-8", "replace").replace("\r\n", "\n").split("\n"):
        if line.startswith("/"):
            blocks.append((line.strip(), []))
        elif line.strip() and not line.lstrip().startswith("#") and blocks:
            name, colon, value = (part.strip() for part in line.partition(":"))
            if colon and is_safe(name, value):
                blocks[-1][1].append((name, value))
    return [Rule(pattern_of(path), tuple(headers)) for path, headers in blocks if headers]


def is_safe(name: str, value: str) -> bool:
    """Tell whether a header may be taken from a file."""
    plain = value.isascii() and value.isprintable()
    return bool(NAME.fullmatch(name)) and name.lower() not in OURS and plain


def pattern_of(path: str) -> re.Pattern[str]:
    """
    Make the pattern of a block: what stands between two stars is taken where it comes first.

    >>> [bool(pattern_of('/media/*').match(path)) for path in ('/media/a/b.mp4', '/med')]
    [True, False]
    """
    first, *others = map(re.escape, path.split("*"))
    if not others:
        return re.compile(rf"{first}\Z")
    *middle, last = others
    # Without going back: ten stars would take the tenth power of the length.
    between = "".join(f"(?>.*?{part})" for part in middle)
    return re.compile(rf"{first}{between}.*{last}\Z", re.DOTALL)


def headers_for(rules: list[Rule], path: str) -> Headers:
    """Return what answers to a path carry, in the order of the file."""
    return [pair for rule in rules if rule.pattern.match(path) for pair in rule.headers]


def type_of(name: str) -> str:
    """
    Return the type of a file by its ending.

    >>> type_of('index.html'), type_of('film.MP4'), type_of('LICENSE')
    ('text/html; charset=utf-8', 'video/mp4', 'application/octet-stream')
    """
    return TYPES.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")
