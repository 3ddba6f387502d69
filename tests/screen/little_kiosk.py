"""
A little kiosk: the scripts of the screen on pages that follow the markup contract and nothing else.

Its server behaves as the one on a device does as far as pages notice: it answers heartbeats, can be
slow, and can go away and come back on the same port.
"""

from __future__ import annotations

import json
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Locator, Page

from chromium import Handler, read_headers

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

PAGES = Path(__file__).with_name("pages")
SCRIPTS = Path(__file__).parents[2] / "overrides" / "kiosk" / "assets" / "javascripts"

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
)

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>'

NAMES = ("", "visit/", "visit/food/", "visit/bay/", "find/", "way/")
"""Pages of each language, from its root."""

LANGUAGES = {"vi": "", "ja": "ja/"}

SCREEN = {"width": 1080, "height": 1920}
"""An upright screen."""

GATE = {
    "id": "test",
    "page": "index.md",
    "languages": ["ja", "vi"],
    "idle": {"question_s": 60, "answer_s": 20, "extensions": 10},
}

PATIENCE = 8000
"""Milliseconds until something that does not come is missed."""

READY = "html[data-ready]"

STEP = 0.25
"""Seconds after which ``idle.js`` looks again."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Answers(Handler):
    """Answers as the server of a device does."""

    server: Served

    def setup(self) -> None:
        super().setup()
        self.server.open.add(self.connection)

    def finish(self) -> None:
        self.server.open.discard(self.connection)
        super().finish()

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            self.close_connection = True  # the server was stopped, or nobody listens any more

    def parse_request(self) -> bool:
        good = super().parse_request()
        if good:
            self.server.asked.append((self.command, self.path))
            time.sleep(next((s for n, s in self.server.slow.items() if n in self.path), 0))
        return good

    def do_POST(self) -> None:  # noqa: N802 (so the library calls it)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.server.answer is None:
            self.send_response(HTTPStatus.NOT_FOUND)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.server.beats.append(json.loads(body))
        data = json.dumps(self.server.answer).encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


class Served(ThreadingHTTPServer):
    """A server that notes what it was asked."""

    daemon_threads = True

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.folder = folder
        self.rules = read_headers(folder)
        self.open: set[socket.socket] = set()
        self.asked: list[tuple[str, str]] = []
        self.beats: list[dict[str, Any]] = []
        self.answer: dict[str, Any] | None = None
        self.slow: dict[str, float] = {}
        super().__init__(("127.0.0.1", port), Answers)
        threading.Thread(target=self.serve_forever, args=[0.05], daemon=True).start()

    def finish_request(self, request: Any, client_address: Any) -> None:
        Answers(request, client_address, self, directory=str(self.folder), rules=self.rules)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: browsers go away in the middle."""

    def stop(self) -> None:
        """Go away, with all connections."""
        self.shutdown()
        self.server_close()
        for connection in list(self.open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


class Kiosk:
    """A screen in front of somebody who has one finger."""

    def __init__(self, page: Page, server: Served) -> None:
        self.page, self.server = page, server
        self.port = server.server_address[1]
        self.address = f"http://127.0.0.1:{self.port}/"

    def go(self, path: str = "") -> Page:
        """Begin at a page."""
        if self.page.url == "about:blank":  # as a kiosk starts: the first entry of the history
            self.page.evaluate("url => location.replace(url)", self.address + path)
            self.page.wait_for_url(self.address + path)
        else:
            self.page.goto(self.address + path)
        self.ready()
        return self.page

    def ready(self) -> None:
        """Wait until taps are handled."""
        self.page.wait_for_selector(READY, state="attached")

    def until(self, expression: str, seconds: float = 10) -> None:
        """Wait until something is true on the page (its policy allows no code from texts)."""
        end = time.monotonic() + seconds
        while not self.holds(expression):
            assert time.monotonic() < end, expression
            self.page.wait_for_timeout(20)

    def holds(self, expression: str) -> bool:
        """Tell whether something is true on the page; not while another page comes."""
        try:
            return bool(self.page.evaluate(expression))
        except Error as error:
            if "Execution context was destroyed" in error.message:
                return False
            raise

    def hold_clock(self) -> None:
        """From now on the clocks of pages stand, until ``later()`` lets them run on."""
        self.page.clock.install(time="2026-11-14T08:00:00")
        self.page.clock.pause_at("2026-11-14T08:00:01")

    def later(self, seconds: float) -> None:
        """Let the clock of the page run on; it was held before."""
        self.page.clock.run_for(round(1000 * seconds))

    def later_until(self, expression: str, seconds: float = 30) -> None:
        """Let the clock of the page run on until something is true, by steps of the idle timer."""
        for _ in range(round(seconds / STEP)):
            if self.holds(expression):
                return
            self.later(STEP)
        self.until(expression, 1)

    def tap(self, selector: str) -> None:
        """Touch the middle of an element, whatever lies over it."""
        self.touch(self.page.locator(selector).first)

    def touch(self, element: Locator) -> None:
        """Touch the middle of an element that was found already."""
        element.scroll_into_view_if_needed()
        box = element.bounding_box()
        assert box, element
        self.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def tap_to(self, selector: str, path: str) -> None:
        """Touch something, and wait for the page to which it leads."""
        self.tap(selector)
        self.arrive(path)

    def arrive(self, path: str) -> None:
        """Wait for a page."""
        self.page.wait_for_url(self.address + path)
        self.ready()

    @property
    def path(self) -> str:
        """Where the screen is."""
        return self.page.url.removeprefix(self.address)

    @property
    def storage(self) -> dict[str, str]:
        """What the session remembers."""
        found: dict[str, str] = self.page.evaluate("({...sessionStorage})")
        return found

    @property
    def top(self) -> float:
        """How far the page is scrolled, in pixels."""
        found: float = self.page.evaluate("document.querySelector('.view').scrollTop")
        return found

    def scroll(self, top: int) -> None:
        """Bring a page to a place, as a finger would."""
        self.page.evaluate("top => document.querySelector('.view').scrollTo(0, top)", top)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def write_kiosk(folder: Path, media: str = "", **idle: float) -> Path:
    """Write the little kiosk; ``idle`` are times of its gate, in seconds."""
    shutil.copytree(SCRIPTS, folder / "assets" / "javascripts", dirs_exist_ok=True)
    shutil.copy(PAGES / "page.css", folder)
    gate = {**GATE, "idle": {**GATE["idle"], **idle}}  # type: ignore[dict-item]
    files = {
        "gate.js": f"globalThis.GATE = {json.dumps(gate)};\n",
        "one.svg": SVG,
        "two.svg": SVG,
        "file.pdf": "%PDF",
        "_headers": f"/*\n  Content-Security-Policy: {POLICY}\n  Cache-Control: no-cache\n",
        "attract/index.html": (PAGES / "attract.html").read_text(encoding="utf-8"),
        "led/index.html": (PAGES / "led.html").read_text(encoding="utf-8"),
    }
    template = (PAGES / "page.html").read_text(encoding="utf-8")
    for lang, root in LANGUAGES.items():
        for path in NAMES:
            up = "../" * f"{root}{path}".count("/") or "./"
            links = " ".join(f'<a href="{up}{root}{n}">{n or "home"}</a>' for n in NAMES)
            filled = {
                "media": media, "lang": lang, "root": root, "path": path, "up": up, "links": links,
                "name": f"{path}index.md", "mode": {"": "home", "find/": "find"}.get(path, "page"),
            }  # fmt: skip
            text = template
            for name, value in filled.items():
                text = text.replace(f"{{{name}}}", value)
            files[f"{root}{path}index.html"] = text
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@contextmanager
def kiosk_in(browser: Browser, folder: Path, **options: Any) -> Iterator[Kiosk]:
    """Serve a folder, and open a screen with a finger in front of it."""
    server = Served(folder)
    try:
        with on_screen(browser, **options) as page:
            yield Kiosk(page, server)
    finally:
        server.stop()


@contextmanager
def on_screen(browser: Browser, **options: Any) -> Iterator[Page]:
    """Open a screen that can be touched."""
    context = browser.new_context(viewport=SCREEN, has_touch=True, **options)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    try:
        yield context.new_page()
    finally:
        context.close()
