"""
Leaflets: the sheets of a built kiosk edition, printed to PDF by Chromium.

The folder of the build is served on this computer, sheet after sheet is printed by Chromium's own
command line, and its two dates are set to that of the commit: nothing else in such a file tells
when it was made, so that the same build, printed twice by the same Chromium, has the same bytes.
``leaflets.json`` keeps what every sheet was made of (all that Chromium asked for, by SHA-256). A
sheet of which nothing changed is left alone: a run that was interrupted goes on where it was.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from filelock import FileLock, Timeout

from quangba.errors import QuangbaError
from quangba.files import sync_folders, unwritable, write_bytes

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SHEETS = "_print"
"""Where a build has its sheets: ``_print/mong-cai/zh/index.html``."""

INDEX = "leaflets.json"
"""What the leaflets of a folder were made of."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
"""Names of the program on different systems."""

PATIENCE = 120
"""Seconds for one sheet; it takes three on an office computer."""

SIDES = 2

OPTIONS = (
    "--headless",
    "--no-pdf-header-footer",
    "--virtual-time-budget=20000",  # fonts and leaflet.js end before the page is printed
    "--user-agent=quangba",  # it becomes “Creator” in the PDF
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-gpu",
    "--disable-sync",
    "--hide-scrollbars",
)
"""Chromium prints one page and asks nobody on the network for anything."""

DATE = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}[+-]\d\d'\d\d'\)")
"""``/CreationDate (D:20261126103753+00'00')`` (ISO 32000-1, 7.9.4)"""

PAGE = re.compile(rb"/Type\s*/Page\b")

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Sheet:
    """A leaflet of a gate."""

    gate: str
    name: str
    """Code of its language, or of two: ``zh``, ``vi-zh``."""

    @property
    def url(self) -> str:
        """Its address from the root of the build."""
        return f"{SHEETS}/{self.gate}/{self.name}/"

    @property
    def file(self) -> str:
        """Name of its PDF."""
        return f"{self.gate}-{self.name}.pdf"


class Served(ThreadingHTTPServer):
    """A built site on this computer, which notes what it gave."""

    daemon_threads = True

    def __init__(self, site: Path) -> None:
        self.site = site.resolve()
        self.given: dict[str, str] = {}
        """SHA-256 of what was asked for, by path from the root; nothing for what was not there."""
        super().__init__(("127.0.0.1", 0), Answers)

    @property
    def address(self) -> str:
        """Where Chromium finds it."""
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: the browser may go away in the middle."""


class Answers(BaseHTTPRequestHandler):
    """Gives files of the site and nothing else."""

    server: Served

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path).lstrip("/")
        name = f"{path}index.html" if path.endswith("/") or not path else path
        data = read_inside(self.server.site, name)
        self.server.given[name] = digest(data)
        self.send_response(HTTPStatus.OK if data is not None else HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", content_type(name))
        self.send_header("Content-Length", str(len(data or b"")))
        self.end_headers()
        self.wfile.write(data or b"")

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@dataclass
class Printer:
    """Prints sheets of one build into one folder."""

    site: Path
    out: Path
    created: datetime
    """Time of the commit (UTC)."""
    browser: str
    """The program."""
    version: str
    server: Served
    known: dict[str, Any] = field(default_factory=dict)
    """What ``leaflets.json`` says, by name of the PDF."""

    def is_current(self, sheet: Sheet) -> bool:
        """Tell whether a PDF is there, whole, and made of what the build has now."""
        entry = self.known.get(sheet.file)
        if not isinstance(entry, dict) or entry.get("made") != self.made:
            return False
        inputs = entry.get("inputs")
        if not isinstance(inputs, dict) or f"{sheet.url}index.html" not in inputs:
            return False
        if entry.get("pdf") != digest(read_inside(self.out, sheet.file)):
            return False
        return all(digest(read_inside(self.site, name)) == was for name, was in inputs.items())

    @property
    def made(self) -> dict[str, str]:
        """What all leaflets depend on besides the build."""
        return {"browser": self.version, "created": self.created.isoformat()}

    def print(self, sheet: Sheet) -> None:
        """Print a sheet; raises ``QuangbaError`` and leaves the old one."""
        self.server.given.clear()
        with temporary_folder(self.out) as folder:
            made = folder / "sheet.pdf"
            url = f"{self.server.address}{sheet.url}"
            run_browser([*command(self.browser, folder), f"--print-to-pdf={made}", url], sheet)
            data = dated(made.read_bytes(), self.created, sheet)
        write_bytes(self.out / sheet.file, data)
        sync_folders([self.out])
        entry = {"pdf": digest(data), "made": self.made, "inputs": dict(self.server.given)}
        self.known[sheet.file] = entry
        text = json.dumps(self.known, ensure_ascii=False, indent=1, sort_keys=True)
        write_bytes(self.out / INDEX, f"{text}\n".encode())


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def list_sheets(site: Path, gates: Sequence[str] = (), names: Sequence[str] = ()) -> list[Sheet]:
    """
    Return the sheets of a build, or those of some gates and languages, sorted.

    Raises ``QuangbaError``: no build, no sheets in it, an unknown gate or language.
    """
    if not (site / "index.html").is_file():
        raise QuangbaError("kiosk-no-site", site)
    found = sorted(
        (path.parent.parent.name, path.parent.name)
        for path in site.glob(f"{SHEETS}/*/*/index.html")
    )
    if not found:
        raise QuangbaError("leaflet-none", site)
    for wanted, place, code in ((gates, 0, "leaflet-gate"), (names, 1, "leaflet-language")):
        known = sorted({pair[place] for pair in found})
        for value in wanted:
            if value not in known:
                raise QuangbaError(code, site, value=value, known=", ".join(known))
    return [
        Sheet(gate, name)
        for gate, name in found
        if (not gates or gate in gates) and (not names or name in names)
    ]


@contextmanager
def printing(site: Path, out: Path, created: datetime) -> Iterator[Printer]:
    """
    Give a printer for one build and one folder, which nobody else uses meanwhile.

    Raises ``QuangbaError``: no Chromium, the folder is in use or cannot be written.
    """
    browser = find_browser()
    version = version_of(browser)
    try:
        out.mkdir(parents=True, exist_ok=True)
        lock = FileLock(out / ".lock", timeout=0)
        lock.acquire()
    except Timeout as error:
        raise QuangbaError("leaflet-busy", out) from error
    except OSError as error:
        raise unwritable(out, error) from error
    try:
        for left in out.glob(".printing-*"):
            shutil.rmtree(left, ignore_errors=True)
        with Served(site) as server:
            threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
            try:
                yield Printer(site, out, created, browser, version, server, read_index(out))
            finally:
                server.shutdown()
    finally:
        lock.release()


def read_index(out: Path) -> dict[str, Any]:
    """Return what ``leaflets.json`` says; nothing when it is not there or damaged."""
    with suppress(OSError, ValueError, RecursionError):
        found = json.loads((out / INDEX).read_bytes())
        if isinstance(found, dict):
            return found
    return {}


# Chromium


def find_browser() -> str:
    """Return the program; raises ``QuangbaError`` where there is none."""
    for name in BROWSERS:
        found = shutil.which(name)
        if found:
            return found
    raise QuangbaError("leaflet-no-browser")


def version_of(browser: str) -> str:
    """Return what a browser says that it is; raises ``QuangbaError`` when it does not start."""
    try:
        answer = subprocess.run(
            [browser, "--version"], capture_output=True, timeout=PATIENCE, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise QuangbaError("leaflet-browser", browser, what=str(error)) from error
    return answer.stdout.decode("utf-8", "replace").strip()


def command(browser: str, folder: Path) -> list[str]:
    """Return how Chromium is started with a profile of its own."""
    options = [*OPTIONS, f"--user-data-dir={folder / 'profile'}"]
    if getattr(os, "geteuid", lambda: None)() == 0:
        # Its sandbox cannot be had by root, as in containers; it opens our own pages only.
        options.append("--no-sandbox")
    return [browser, *options]


def run_browser(words: list[str], sheet: Sheet) -> None:
    """Run Chromium to its end, or end it; raises ``QuangbaError`` when no PDF comes."""
    made = Path(words[-2].partition("=")[2])
    environment = {**os.environ, "TZ": "UTC"}
    with tempfile.TemporaryFile() as told:
        try:
            process = subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=told,
                env=environment,
                start_new_session=True,  # Ctrl+C is for us, and we end all of its processes
            )
        except OSError as error:
            raise QuangbaError("leaflet-browser", words[0], what=error.strerror) from error
        try:
            code = process.wait(PATIENCE)
        except subprocess.TimeoutExpired as error:
            raise QuangbaError("leaflet-slow", sheet.file, seconds=PATIENCE) from error
        finally:
            end(process)
        if code or not made.is_file():
            told.seek(0)
            lines = told.read().decode("utf-8", "replace").strip().splitlines()
            what = lines[-1] if lines else f"exit {code}"
            raise QuangbaError("leaflet-browser", words[0], what=what)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a browser with all its processes."""
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        else:
            process.kill()
    process.wait()


@contextmanager
def temporary_folder(out: Path) -> Iterator[Path]:
    """Give a folder that is gone afterwards; beside the PDFs, where a packed browser may write."""
    folder = Path(tempfile.mkdtemp(prefix=".printing-", dir=out.resolve()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# PDF


def dated(data: bytes, created: datetime, sheet: Sheet) -> bytes:
    """
    Return a PDF with both dates set; their length stays, and so all places in the file.

    Raises ``QuangbaError`` for one that has other dates, or not two pages.
    """
    pages = len(PAGE.findall(data))
    if pages != SIDES:
        raise QuangbaError("leaflet-pages", sheet.file, pages=pages)
    day = created.strftime("(D:%Y%m%d%H%M%S+00'00')").encode("ascii")
    changed, count = DATE.subn(lambda match: b"/" + match[1] + b" " + day, data)
    if count != 2 or len(changed) != len(data):
        raise QuangbaError("leaflet-dates", sheet.file)
    return changed


# Files


@functools.cache
def content_type(name: str) -> str:
    """Return the type of a file."""
    known = {".js": "text/javascript", ".woff2": "font/woff2", ".svg": "image/svg+xml"}
    kind = known.get(Path(name).suffix) or guess_type(name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def read_inside(folder: Path, name: str) -> bytes | None:
    """Return a file below a folder; None when there is none, or when it lies elsewhere."""
    try:
        root = folder.resolve()
        path = (root / name).resolve()
        return path.read_bytes() if path.is_relative_to(root) else None
    except (OSError, ValueError):
        return None


def digest(data: bytes | None) -> str:
    """Return the SHA-256 of a file, nothing for one that is not there."""
    return "" if data is None else hashlib.sha256(data).hexdigest()
