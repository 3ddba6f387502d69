"""
Chromium for every test that looks at something: how it starts, what it is served, what it notes.

``tests/conftest.py`` starts one for the whole session, because the synchronous interface of
Playwright cannot be opened twice. The server behaves as a host of static files does: the site's
own ``_headers`` are in force, texts are compressed, each language has its page for what is not
found.
"""

from __future__ import annotations

import fnmatch
import functools
import gzip
import os
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.utils import formatdate
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Playwright

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"

ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
"""It runs as root in containers, and asks nobody on the network for anything."""

LANGUAGES = {"vi": "", "en": "en/", "zh": "zh/", "ja": "ja/", "ko": "ko/", "fr": "fr/"}
"""Codes of the languages and their folders in a built site."""

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}

TEXTS = frozenset(
    {".html", ".css", ".js", ".json", ".svg", ".xml", ".atom", ".csv", ".ics", ".txt"}
)
"""Endings of files that a server compresses on their way."""

# ----------------------------------------------------------------------------
# The browser
# ----------------------------------------------------------------------------


def launch(playwright: Playwright, *more: str) -> Browser:
    """Start Chromium."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *more])


def require() -> None:
    """Skip loudly where there is no Chromium; fail in CI, where there must be one."""
    if Path(CHROMIUM).exists():
        return
    message = "CHROMIUM IS NOT INSTALLED: nobody looked at anything in a browser"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


# ----------------------------------------------------------------------------
# The server
# ----------------------------------------------------------------------------


def read_headers(folder: Path) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the rules of a site's ``_headers``: a pattern of paths and what it adds."""
    rules: list[tuple[str, list[tuple[str, str]]]] = []
    file = folder / "_headers"
    for line in file.read_text(encoding="utf-8").splitlines() if file.is_file() else []:
        if line.startswith("/"):
            rules.append((line.strip(), []))
        elif line.strip():
            name, _, value = line.partition(":")
            rules[-1][1].append((name.strip(), value.strip()))
    return rules


@functools.lru_cache(maxsize=1024)
def packed(data: bytes) -> bytes:
    """Compress a text for its way; the same one is asked for again and again."""
    return gzip.compress(data, 6, mtime=0)


def sent_bytes(file: Path) -> int:
    """Return how many bytes a server sends for a file, texts compressed."""
    data = file.read_bytes()
    return len(packed(data) if file.suffix in TEXTS else data)


class Handler(SimpleHTTPRequestHandler):
    """Answers as a host of static files does."""

    protocol_version = "HTTP/1.1"

    disable_nagle_algorithm = True  # head and body are two writes: else 40 ms for each file
    wbufsize = -1

    extensions_map = {  # noqa: RUF012 (so it is in the library)
        **SimpleHTTPRequestHandler.extensions_map,
        ".avif": "image/avif",
        ".webp": "image/webp",
        ".woff2": "font/woff2",
        ".js": "text/javascript; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".atom": "application/atom+xml",
        ".ics": "text/calendar; charset=utf-8",
    }

    def __init__(
        self, *given: Any, rules: list[Any], instead: Mapping[str, str] | None = None, **more: Any
    ) -> None:
        self.rules, self.instead = rules, instead or {}
        super().__init__(*given, **more)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def end_headers(self) -> None:
        path = unquote(urlsplit(self.path).path)
        for pattern, headers in self.rules:
            if fnmatch.fnmatchcase(path, pattern):
                for name, value in headers:
                    self.send_header(name, value)
        super().end_headers()

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        if file.is_dir() and not urlsplit(self.path).path.endswith("/"):
            super().do_GET()  # a redirect to the address with a slash
            return
        if file.is_dir():
            file = file / "index.html"
        if file.is_file():
            self.answer(HTTPStatus.OK, file)
        else:
            first = self.path.split("/")[1]
            language = f"{first}/" if f"{first}/" in LANGUAGES.values() else ""
            self.answer(HTTPStatus.NOT_FOUND, Path(self.directory) / language / "404.html")

    def answer(self, status: HTTPStatus, file: Path) -> None:
        """Send a file that the browser has not; a text compressed, as far as it takes that."""
        data, tag = b"", ""
        other = self.instead.get(self.path)
        if other is not None:
            data = other.encode()
        elif file.is_file():
            found = file.stat()
            data, tag = file.read_bytes(), f'"{found.st_mtime_ns:x}-{found.st_size:x}"'
        if status == HTTPStatus.OK and self.headers.get("If-None-Match") == tag:
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self.send_header("ETag", tag)
            self.end_headers()
            return
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(str(file)))
        if file.suffix in TEXTS and "gzip" in self.headers.get("Accept-Encoding", ""):
            data = packed(data)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        if tag:
            self.send_header("ETag", tag)
            self.send_header("Last-Modified", formatdate(found.st_mtime, usegmt=True))
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def serve(folder: Path, instead: Mapping[str, str] | None = None) -> Iterator[str]:
    """
    Serve a folder on this computer only; give the address.

    ``instead`` are texts of files by path from the root, which are sent in their place. (A route
    of the browser would do that as well, but with one it keeps nothing: every page is slower.)
    """
    handler = functools.partial(
        Handler, directory=str(folder), rules=read_headers(folder), instead=instead
    )
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_address[1]}/"
        http.shutdown()


# ----------------------------------------------------------------------------
# The visitor
# ----------------------------------------------------------------------------


class Visitor:
    """A window of the browser that notes every request and every complaint."""

    def __init__(self, page: Page, server: str) -> None:
        self.page, self.server = page, server
        self.foreign: list[str] = []
        self.complaints: list[str] = []
        self.fetched: list[str] = []
        page.on("request", self.note)
        page.on("console", lambda m: self.complaints.append(f"{m.type}: {m.text}"))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("requestfailed", self.fail)

    def note(self, request: Any) -> None:
        """Note a request, and whether it goes somewhere else."""
        self.fetched.append(request.url)
        if not request.url.startswith((self.server, "data:")):
            self.foreign.append(request.url)

    def fail(self, request: Any) -> None:
        """Note a request that failed, but not one that the visitor did not wait for."""
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed {request.url}: {request.failure}")

    def go(self, path: str, status: int = 200) -> Page:
        """Open an address of the site."""
        response = self.page.goto(self.server + path, wait_until="load")
        assert response is not None
        assert response.status == status, path
        return self.page

    def forget(self) -> None:
        """Begin a new page of notes."""
        for notes in (self.foreign, self.complaints, self.fetched):
            notes.clear()


@contextmanager
def visitor(browser: Browser, server: str, **options: Any) -> Iterator[Visitor]:
    """Open a window of its own for a visitor."""
    context = browser.new_context(**options)
    yield Visitor(context.new_page(), server)
    context.close()


def on_a_phone(**options: Any) -> dict[str, Any]:
    """Return the settings of a window on a phone."""
    return {"viewport": PHONE, "has_touch": True, "is_mobile": True, **options}
