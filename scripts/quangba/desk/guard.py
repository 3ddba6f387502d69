"""
The guard: who may speak to the desk.

The desk listens on this computer alone, but every page in the reviewer's browser can send requests
here too. A secret in the address keeps them out; the header ``Host`` those that reach us under
another name (DNS rebinding); ``Origin`` and ``Sec-Fetch-Site`` those that another page sends.
"""

from __future__ import annotations

import secrets

from flask import Request, Response

from quangba.errors import QuangbaError

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LARGEST = 256 * 1024
"""Bytes of a request."""

HOSTS = ("127.0.0.1", "localhost")

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; frame-ancestors 'self'; "
    "base-uri 'none'; form-action 'self'"
)
"""Content Security Policy of the desk: no inline script or style, nothing from the network."""

PREVIEW_POLICY = (
    "default-src 'self'; script-src 'none'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; object-src 'none'; frame-ancestors 'self'; base-uri 'none'; "
    "form-action 'none'"
)
"""The same for pages of the site: no script at all."""

HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def new_token() -> str:
    """Return the secret of one run."""
    return secrets.token_urlsafe(24)


def admit(request: Request, token: str, port: int) -> int:
    """Return 0 for a request that may pass, else the HTTP status that it is refused with."""
    hosts = {f"{host}:{port}" for host in HOSTS}
    if request.headers.get("Host", "").lower() not in hosts:
        return 403
    if not has_token(request.path, token):
        return 404
    if request.method not in ("GET", "HEAD"):
        origin = request.headers.get("Origin")
        site = request.headers.get("Sec-Fetch-Site", "same-origin")
        own = origin is None or origin in {f"http://{host}" for host in hosts}
        if not own or site != "same-origin" or request.mimetype != "application/json":
            return 403
    return 0


def has_token(path: str, token: str) -> bool:
    """
    Tell whether a path begins with the secret; the time this takes says nothing about it.

    >>> has_token('/abc/ja/index', 'abc'), has_token('/abd/', 'abc'), has_token('/abc', 'abc')
    (True, False, False)
    """
    given, slash, _ = path.removeprefix("/").partition("/")
    same = secrets.compare_digest(given.encode("utf-8", "replace"), token.encode("ascii"))
    return same and bool(slash)


def secure(response: Response) -> Response:
    """Put the headers of the desk on a response that does not bring its own."""
    for name, value in HEADERS.items():
        response.headers[name] = value
    response.headers.setdefault("Content-Security-Policy", POLICY)
    return response


def own_text(body: bytes) -> str:
    """Return the text of a body; raises ``QuangbaError`` for one that is not UTF-8."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise QuangbaError("desk-request") from error
