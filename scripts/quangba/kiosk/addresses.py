"""
Addresses: what a request may ask for, decoded once, and nothing that leads out of a release.

A page and all that it loads come from one release, because the number of the release is part of
the address: ``/r/123/ja/visit/``. Links of pages are relative, so the number stays with whatever a
page loads, without a cookie. Documents are the exception: they are only ever given from the
release that is shown now, so that no tap leads back to an old page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import unquote_to_bytes, urlsplit

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LONGEST = 2048
"""Characters of an address."""

LONGEST_PART = 255
"""Bytes of a name: what file systems allow."""

PREFIX = re.compile(r"/r/(?P<serial>0|[1-9][0-9]{0,11})(?P<rest>/.*)", re.DOTALL)
"""``/r/123/ja/visit/``: the release, and the address in it."""

BROKEN = re.compile(r"%(?![0-9A-Fa-f]{2})")
"""``%zz``, ``%4``: no escapes."""

HOST = re.compile(r"(?P<name>127\.0\.0\.1|localhost|\[::1\])(?::(?P<port>[0-9]{1,5}))?", re.I)
"""``127.0.0.1:8080``; another name means that somebody made it point here (DNS rebinding)."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Refused(Exception):  # noqa: N818 (it is no fault of ours)
    """A request that is not answered; carries the HTTP status."""

    def __init__(self, status: HTTPStatus) -> None:
        self.status = status
        super().__init__(status.phrase)


@dataclass(frozen=True)
class Address:
    """A path, decoded and judged."""

    serial: int | None
    """The release that it names; None when it names none."""
    parts: tuple[str, ...]
    folder: bool
    """True when it ends with a slash."""
    rest: str
    """The path as it was asked for, without the release, and with the query."""

    @property
    def path(self) -> str:
        """
        The decoded path in the release, for the rules of ``_headers``.

        >>> parse('/r/12/visit/y%C3%AAn/?q=1').path
        '/visit/yên/'
        """
        return "/" + "/".join(self.parts) + ("/" if self.folder and self.parts else "")

    @property
    def is_document(self) -> bool:
        """Tell whether the path looks like a page."""
        return self.folder or not self.parts or "." not in self.parts[-1][1:] or self.is_html

    @property
    def is_html(self) -> bool:
        """Tell whether the path names an HTML file."""
        return bool(self.parts) and self.parts[-1].endswith((".html", ".htm"))


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def parse(target: str) -> Address:
    """
    Read the target of a request (RFC 9112 §3.2.1, origin form).

    Raises :class:`Refused`: 400 for what is malformed, 414 for what is too long, 404 for names
    that no release has: ``..``, hidden files, separators that were escaped.

    >>> parse('/r/12/ja/visit/').parts, parse('/assets/a.css').serial
    (('ja', 'visit'), None)
    """
    if len(target) > LONGEST:
        raise Refused(HTTPStatus.REQUEST_URI_TOO_LONG)
    if not target.startswith("/") or not target.isascii() or BROKEN.search(target):
        raise Refused(HTTPStatus.BAD_REQUEST)
    if any(character <= " " or character == "\x7f" for character in target):
        raise Refused(HTTPStatus.BAD_REQUEST)
    path, mark, query = target.partition("?")
    matched = PREFIX.fullmatch(path)
    rest = matched["rest"] if matched else path
    names = [name(part) for part in rest[1:].split("/")]
    folder = names[-1] == ""
    parts = tuple(names[:-1] if folder else names)
    if any(not part or part.startswith(".") for part in parts):
        raise Refused(HTTPStatus.NOT_FOUND)
    serial = int(matched["serial"]) if matched else None
    return Address(serial, parts, folder, rest + mark + query)


def name(part: str) -> str:
    """Decode one name of a path; raises :class:`Refused` for what no file is called."""
    data = unquote_to_bytes(part)
    if len(data) > LONGEST_PART:
        raise Refused(HTTPStatus.NOT_FOUND)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(HTTPStatus.BAD_REQUEST) from error
    if any(character < " " or character in "/\\:\x7f" for character in text):
        raise Refused(HTTPStatus.NOT_FOUND)
    return text


def is_own(host: str, port: int) -> bool:
    """
    Tell whether a ``Host`` header names this computer and this server.

    >>> is_own('127.0.0.1:8080', 8080), is_own('evil.example:8080', 8080), is_own('[::1]', 80)
    (True, False, True)
    """
    matched = HOST.fullmatch(host)
    return matched is not None and int(matched["port"] or 80) == port


def origin_of(address: str) -> str:
    """
    Return ``host:port`` of an ``Origin`` or ``Referer`` over plain HTTP, else nothing.

    >>> origin_of('http://127.0.0.1:8080/r/12/'), origin_of('https://a.example'), origin_of('null')
    ('127.0.0.1:8080', '', '')
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return parts.netloc if parts.scheme == "http" else ""


def release_of(referer: str, port: int) -> int | None:
    """
    Return the release that the page was loaded from which asks, by its ``Referer``.

    >>> release_of('http://127.0.0.1:8080/r/12/ja/', 8080), release_of('http://a.b/r/12/', 8080)
    (12, None)
    """
    if not is_own(origin_of(referer), port):
        return None
    matched = PREFIX.match(urlsplit(referer).path)
    return int(matched["serial"]) if matched else None
