"""
Answers: one request, one file of one release, or the reason why not.

A document is only given from the release that is shown now, and never kept by the browser; what it
loads comes from the release in its address (``kiosk/addresses.py``), and is asked about each time
(304 when it is still the same). So an old page is impossible, and so is a page of two releases.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from os import fdopen, stat_result
from typing import TYPE_CHECKING, Any

from quangba.kiosk.addresses import Address, Refused, is_own, origin_of, parse, release_of
from quangba.kiosk.heartbeat import LARGEST, WrongBeat, read_beat
from quangba.kiosk.rules import DEFAULT, TYPES, Headers, headers_for, read_rules, type_of
from quangba.kiosk.shown import Found, Release
from quangba.messages import MESSAGES

if TYPE_CHECKING:
    from quangba.kiosk.serve import Connection, Server

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

RANGE = re.compile(r"bytes=(?P<first>[0-9]{0,15})-(?P<last>[0-9]{0,15})")
"""``bytes=0-1023``, ``bytes=-500``; several ranges at once are answered with the whole file."""

WORK = 900.0
"""Seconds that one answer may take: a film is read as it plays."""

WAITING = """<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Quảng Bá</title>
<link rel="stylesheet" href="/waiting.css">
<h1>{vi}</h1>
<p lang="en">{en}</p>
</html>
"""
"""What stands on a screen before the first installation."""

LOOK = b"""html { height: 100%; background: #0c474a; color: #f4f3ef; font: 5vmin/1.4 sans-serif; }
body { display: grid; place-content: center; gap: 4vmin; min-height: 90%; padding: 8vmin; }
h1, p { margin: 0; font-size: inherit; font-weight: 600; }
"""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Span:
    """Bytes of a file: from the first, and how many."""

    first: int
    count: int


class Answers(BaseHTTPRequestHandler):
    """
    Answers the requests of one connection.

    The base class reads requests and no more: no files, no log, no pages of errors of its own.
    """

    protocol_version = "HTTP/1.1"
    server: Server  # type: ignore[assignment]
    connected: Connection

    def __init__(self, connected: Connection, server: Server) -> None:
        self.connected = connected
        super().__init__(connected.stream, connected.peer, server)  # type: ignore[arg-type]

    # The base class's

    def version_string(self) -> str:
        """Tell no versions."""
        return "quangba"

    def log_message(self, format: str, *given: Any) -> None:
        """Keep no record: who looked at what is nobody's business."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what could not be read; nothing of it is said again."""
        self.close_connection = True
        self.request_version = self.protocol_version
        self.plain(HTTPStatus(code))

    def setup(self) -> None:
        """Limit how long one read or write may take."""
        super().setup()
        self.connection.settimeout(self.server.patience)

    def handle_one_request(self) -> None:
        """Wait for a request, and answer it."""
        self.connected.rest(self.server.rest)
        super().handle_one_request()

    def parse_request(self) -> bool:
        """Read the head of a request; from then on the connection is at work."""
        read = super().parse_request()
        self.connected.work(self.server.rest if self.command == "POST" else WORK)
        return read

    def do_GET(self) -> None:
        self.guarded(self.get)

    def do_HEAD(self) -> None:
        self.guarded(self.get)

    def do_POST(self) -> None:
        self.guarded(self.post)

    # Requests

    def guarded(self, answer: Any) -> None:
        """Answer; what is refused gets its status and closes the connection if a body may wait."""
        try:
            self.admit()
            answer()
        except Refused as refused:
            if self.command not in ("GET", "HEAD"):
                self.close_connection = True
            self.plain(refused.status)

    def admit(self) -> None:
        """Refuse what was not sent to this server by its own name, or has two readings."""
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1:
            raise Refused(HTTPStatus.BAD_REQUEST)
        if not is_own(hosts[0].strip(), self.server.port):
            raise Refused(HTTPStatus.MISDIRECTED_REQUEST)
        if len(self.headers.get_all("Content-Length", [])) > 1:
            raise Refused(HTTPStatus.BAD_REQUEST)
        bodies = (
            self.headers.get("Content-Length", "0") != "0" or "Transfer-Encoding" in self.headers
        )
        if bodies and self.command != "POST":
            self.close_connection = True

    def get(self) -> None:
        """Answer GET and HEAD."""
        if self.path == "/health":
            self.send_json(json.dumps(self.server.agent.health(), sort_keys=True).encode("utf-8"))
            return
        address = parse(self.path)
        current = self.server.shows.current()
        if current is None:
            self.wait(address)
            return
        release = self.release_for(address, current)
        if release is None:
            return
        found = release.find(address.parts)
        if found is not None and not found.status:
            found = release.find((*address.parts, "index.html"))
            if found is not None and not address.folder and address.parts:
                found.close()
                path, mark, query = address.rest.partition("?")
                self.redirect(release, f"{path}/{mark}{query}")
                return
        elif found is not None and address.folder:
            found.close()
            found = None
        if found is None or not found.status:
            self.missing(release, address)
            return
        name = "index.html" if address.folder or not address.parts else address.parts[-1]
        self.send_file(release, address.path, name, found)

    def release_for(self, address: Address, current: Release) -> Release | None:
        """
        Return the release to answer from; None when the browser was sent elsewhere.

        A document comes from the release that is shown now. All else comes from the one in its
        address; without a number there it is that of the page which asks.
        """
        if address.serial == current.serial:
            return current
        if self.is_document(address):
            self.redirect(current, address.rest)
            return None
        if address.serial is None:
            asking = release_of(self.headers.get("Referer", ""), self.server.port)
            kept = None if asking is None else self.server.shows.kept(asking)
            self.redirect(kept or current, address.rest)
            return None
        kept = self.server.shows.kept(address.serial)
        if kept is None:
            raise Refused(HTTPStatus.NOT_FOUND)
        return kept

    def is_document(self, address: Address) -> bool:
        """
        Tell whether a page is asked for: the browser says so, or its address looks like one.

        A script that asks whether a page is there (HEAD) means the one that it would lead to.
        """
        wanted = self.headers.get("Sec-Fetch-Dest")
        if wanted and self.command != "HEAD":
            return wanted in ("document", "iframe")
        return address.is_document

    def post(self) -> None:
        """Take a heartbeat."""
        address = parse(self.path)
        if address.parts != ("beat",) or address.folder:
            raise Refused(HTTPStatus.METHOD_NOT_ALLOWED)
        origin = self.headers.get("Origin")
        site = self.headers.get("Sec-Fetch-Site", "same-origin")
        if origin is not None and not is_own(origin_of(origin), self.server.port):
            raise Refused(HTTPStatus.FORBIDDEN)
        if site != "same-origin" or self.headers.get_content_type() != "application/json":
            raise Refused(HTTPStatus.FORBIDDEN)
        try:
            beat = read_beat(self.body())
        except WrongBeat as error:
            raise Refused(HTTPStatus.BAD_REQUEST) from error
        asking = release_of(self.headers.get("Referer", ""), self.server.port)
        loaded = address.serial if asking is None else asking
        self.send_json(self.server.agent.hear(beat, loaded).json())

    def body(self) -> bytes:
        """Read a body; its length must be said, and small."""
        length = self.headers.get("Content-Length", "")
        if "Transfer-Encoding" in self.headers or not re.fullmatch(r"[0-9]{1,9}", length):
            raise Refused(HTTPStatus.LENGTH_REQUIRED)
        if int(length) > LARGEST:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        data = self.rfile.read(int(length))
        if len(data) != int(length):
            raise Refused(HTTPStatus.BAD_REQUEST)
        return data

    # Answers

    def send_file(
        self,
        release: Release,
        path: str,
        name: str,
        found: Found,
        status: HTTPStatus = HTTPStatus.OK,
    ) -> None:
        """Send a file, or a part of it, or word that it is still the same."""
        assert found.status is not None
        with fdopen(found.handle, "rb") as file:
            kind = type_of(name)
            page = kind.startswith("text/html")
            headers = [("Content-Type", kind), *self.headers_of(release, path)]
            cached = any(name.lower() == "cache-control" for name, _ in headers)
            if page or not cached or self.server.preview:
                headers = [pair for pair in headers if pair[0].lower() != "cache-control"]
                headers.append(("Cache-Control", "no-store" if page else "no-cache"))
            tag = etag(release.serial, found.status)
            if status is not HTTPStatus.OK or page:
                self.begin(status, headers, found.status.st_size)
                self.send_span(file, Span(0, found.status.st_size))
                return
            headers += [("ETag", tag), ("Accept-Ranges", "bytes")]
            if matches(self.headers.get("If-None-Match", ""), tag):
                self.begin(HTTPStatus.NOT_MODIFIED, headers, None)
                return
            size = found.status.st_size
            asked = self.asked_range(tag)
            span = Span(0, size) if asked is None else cut(asked, size)
            if span is None:
                headers.append(("Content-Range", f"bytes */{size}"))
                self.begin(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers, 0)
                return
            if asked is not None:
                last = span.first + span.count - 1
                headers.append(("Content-Range", f"bytes {span.first}-{last}/{size}"))
                status = HTTPStatus.PARTIAL_CONTENT
            self.begin(status, headers, span.count)
            self.send_span(file, span)

    def headers_of(self, release: Release, path: str) -> Headers:
        """Return what ``_headers`` of a release says of a path."""
        return headers_for(read_rules(release.read("_headers") or b""), path) or DEFAULT

    def asked_range(self, tag: str) -> tuple[str, str] | None:
        """Return the first and the last byte that are asked for, as written; None for all."""
        matched = RANGE.fullmatch(self.headers.get("Range", "").strip())
        if matched is None or self.headers.get("If-Range", tag).strip() != tag:
            return None
        first, last = matched["first"], matched["last"]
        backwards = first and last and int(last) < int(first)
        return None if backwards or not (first or last) else (first, last)

    def send_span(self, file: Any, span: Span) -> None:
        """Send bytes of a file; fewer than were promised end the connection."""
        if self.command == "HEAD" or not span.count:
            return
        if self.connection.sendfile(file, span.first, span.count) != span.count:
            self.close_connection = True

    def missing(self, release: Release, address: Address) -> None:
        """Answer with the page for what is not there, in the language of the address."""
        first = address.parts[0] if address.parts else ""
        for parts in ((first, "404.html"), ("404.html",)):
            found = release.find(parts) if parts[0] else None
            if found is not None and found.status:
                self.send_file(release, address.path, "404.html", found, HTTPStatus.NOT_FOUND)
                return
        self.plain(HTTPStatus.NOT_FOUND)

    def wait(self, address: Address) -> None:
        """Say that there is no release yet, or how its installation goes."""
        if address.parts == ("waiting.css",):
            self.begin(HTTPStatus.OK, [("Content-Type", TYPES[".css"]), *DEFAULT], len(LOOK))
            self.put(LOOK)
            return
        board = self.server.agent.board
        message = board.read(self.server.agent.clock.monotonic()) if board else None
        _, vietnamese, english = MESSAGES["kiosk-waiting"]
        vi, en = (message.vi, message.en) if message else (vietnamese, english)
        data = WAITING.format(vi=html.escape(vi), en=html.escape(en)).encode("utf-8")
        headers = [("Content-Type", TYPES[".html"]), ("Refresh", "3"), *DEFAULT]
        headers.append(("Cache-Control", "no-store"))
        self.begin(HTTPStatus.SERVICE_UNAVAILABLE, headers, len(data))
        self.put(data)

    def redirect(self, release: Release, rest: str) -> None:
        """Send the browser to an address in a release."""
        headers = [("Location", f"/r/{release.serial}{rest}"), ("Cache-Control", "no-store")]
        self.begin(HTTPStatus.FOUND, headers, 0)

    def send_json(self, data: bytes) -> None:
        """Send an answer for a program."""
        headers = [("Content-Type", "application/json"), ("Cache-Control", "no-store"), *DEFAULT]
        self.begin(HTTPStatus.OK, headers, len(data))
        self.put(data)

    def plain(self, status: HTTPStatus) -> None:
        """Say a status and nothing else."""
        data = f"{status.value}\n".encode("ascii")
        headers = [("Content-Type", TYPES[".txt"]), ("Cache-Control", "no-store"), *DEFAULT]
        if status is HTTPStatus.METHOD_NOT_ALLOWED:
            headers.append(("Allow", "GET, HEAD"))
        self.begin(status, headers, len(data))
        self.put(data)

    def begin(self, status: HTTPStatus, headers: Headers, length: int | None) -> None:
        """Send the head of an answer."""
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if length is not None:
            self.send_header("Content-Length", str(length))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()

    def put(self, data: bytes) -> None:
        """Send a short body."""
        if self.command != "HEAD":
            self.wfile.write(data)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def etag(serial: int, status: stat_result) -> str:
    """Return a tag that is another for every file of every release; no file is hashed for it."""
    parts = (serial, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    return '"' + "-".join(f"{part:x}" for part in parts) + '"'


def matches(header: str, tag: str) -> bool:
    """
    Tell whether ``If-None-Match`` names a tag (RFC 9110 §13.1.2, weak comparison).

    >>> matches('W/"a", "b"', '"b"'), matches('*', '"b"'), matches('', '"b"')
    (True, True, False)
    """
    given = [one.strip().removeprefix("W/") for one in header.split(",")]
    return given == ["*"] or tag in given


def cut(asked: tuple[str, str], size: int) -> Span | None:
    """
    Return the bytes of a file that a range means; None where it has none such (416).

    >>> cut(('', '5'), 100), cut(('90', ''), 100), cut(('100', ''), 100)
    (Span(first=95, count=5), Span(first=90, count=10), None)
    """
    first, last = asked
    if not first:
        count = min(int(last), size)
        return Span(size - count, count) if count else None
    if int(first) >= size:
        return None
    return Span(int(first), min(int(last or size - 1), size - 1) - int(first) + 1)
