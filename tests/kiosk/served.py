"""A device folder with releases, a server in a thread, and clients that speak over sockets."""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from quangba.kiosk.agent import Agent
from quangba.kiosk.clock import Clock, stamp
from quangba.kiosk.serve import Server, listen
from quangba.kiosk.shown import Device, Shows

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

CREATED = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)

HEADERS = """/*
  Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'
  X-Content-Type-Options: nosniff
/assets/fonts/*
  Cache-Control: public, max-age=31536000, immutable
"""

FILM = bytes(range(256)) * 4096
"""A megabyte in which every place can be told."""

# ----------------------------------------------------------------------------
# Releases
# ----------------------------------------------------------------------------


def site(serial: int) -> dict[str, str | bytes]:
    """Return a small site in which every file says the release that it belongs to."""
    mark = f"release {serial} "
    return {
        "index.html": f"<!doctype html><title>home {mark}</title>",
        "404.html": f"<!doctype html><title>missing {mark}</title>",
        "attract/index.html": f"<!doctype html><title>attract {mark}</title>",
        "visit/index.html": f"<!doctype html><title>visit {mark}</title>",
        "ja/index.html": f"<!doctype html><title>ja home {mark}</title>",
        "ja/404.html": f"<!doctype html><title>ja missing {mark}</title>",
        "ja/visit/index.html": f"<!doctype html><title>ja visit {mark}</title>",
        "gate.js": f"globalThis.GATE = '{mark}';",
        "assets/kiosk.css": f"/* {mark} */ body {{ }}",
        "assets/fonts/a.woff2": f"font {mark}",
        "assets/large.js": f"// {mark}\n" * 20_000,
        "media/film.mp4": FILM,
        "_headers": HEADERS,
        "_gates/mong-cai/index.html": "<!doctype html><title>never</title>",
    }


def add_release(root: Path, serial: int, **manifest: Any) -> Path:
    """Put a release into a device folder; it is not shown by that."""
    folder = root / "releases" / str(serial)
    write(folder / "site", site(serial))
    facts = {
        "serial": serial,
        "created": stamp(CREATED),
        "expires": stamp(CREATED + timedelta(days=90)),
        "languages": ["vi", "zh", "en", "ja"],
        "profile": {"idle": {"question_s": 60, "answer_s": 20, "extensions": 10}},
        **manifest,
    }
    (folder / "release.json").write_text(json.dumps(facts))
    return folder


def write(folder: Path, files: dict[str, str | bytes]) -> None:
    """Write files."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def show(root: Path, serial: int) -> None:
    """Switch as installations do: a new link, renamed over the old one."""
    link = root / ".current.tmp"
    link.symlink_to(f"releases/{serial}")
    os.replace(link, root / "current")


def device(root: Path, *serials: int) -> Path:
    """Make a device folder that shows the last of its releases."""
    root.mkdir(exist_ok=True)
    (root / "device.json").write_text('{"gate": "mong-cai"}')
    for serial in serials:
        add_release(root, serial)
    if serials:
        show(root, serials[-1])
    return root


# ----------------------------------------------------------------------------
# Time
# ----------------------------------------------------------------------------


@dataclass
class FakeClock(Clock):
    """A clock that moves when it is told to."""

    now: datetime = CREATED + timedelta(days=1)
    seconds: float = 5000.0
    """What the monotonic clock says."""

    def wall(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        return self.seconds

    def pass_by(self, seconds: float) -> None:
        """Let time pass on both clocks."""
        self.seconds += seconds
        self.now += timedelta(seconds=seconds)


# ----------------------------------------------------------------------------
# Server and clients
# ----------------------------------------------------------------------------


@contextmanager
def running(shows: Shows, agent: Agent | None = None, **more: Any) -> Iterator[Server]:
    """Serve, and stop in order."""
    server = Server([listen("127.0.0.1", 0)], shows, agent or Agent(shows), **more)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join(30)
        assert not thread.is_alive()


@contextmanager
def serving(root: Path, **more: Any) -> Iterator[Server]:
    """Serve a device folder."""
    shows = Device(root)
    with running(shows, Agent(shows, root), **more) as server:
        yield server


@dataclass
class Got:
    """An answer."""

    status: int
    headers: dict[str, str]
    body: bytes = b""
    all_headers: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.body.decode()


def get(
    server: Server,
    path: str,
    method: str = "GET",
    body: bytes | None = None,
    **headers: str,
) -> Got:
    """Ask once; headers are written with ``_`` for ``-``."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, sent)
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    pairs = answer.getheaders()
    return Got(answer.status, {name.lower(): value for name, value in pairs}, data, pairs)


def follow(server: Server, path: str, **headers: str) -> tuple[str, Got]:
    """
    Ask as a browser does, going where it is sent; return the last address.

    Far more turns than a browser takes: on a busy machine every turn may meet another release.
    """
    for _ in range(500):
        got = get(server, path, **headers)
        if got.status != 302:
            return path, got
        path = got.headers["location"]
    raise AssertionError(path)


def raw(server: Server, data: bytes) -> bytes:
    """Send bytes as they are, and return all that comes back until the server ends it."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as stream:
        stream.sendall(data)
        stream.shutdown(socket.SHUT_WR)
        received = b""
        while more := stream.recv(65536):
            received += more
    return received


def beat(server: Server, page: str | None = None, **told: Any) -> Got:
    """Send a heartbeat as the page at an address does."""
    body = json.dumps(
        {
            "release": 1,
            "language": "vi",
            "page": "attract/",
            "state": "attract",
            "touched": None,
            "painted": True,
            **told,
        }
    ).encode()
    origin = server.address.rstrip("/")
    headers = {"Content_Type": "application/json", "Origin": origin}
    if page is not None:
        headers["Referer"] = origin + page
    return get(server, "/beat", "POST", body, **headers)
