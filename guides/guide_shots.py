"""Screenshots of the guides: the real desk, the live preview and the pages for managers."""

from __future__ import annotations

import io
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from guide_site import ALONE, CODE, DRAFT, FESTIVAL, NEW, PAGE, WRONG, Site
from guide_tables import ROOT, choose

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]

VIEW = {"width": 1280, "height": 800}

IMAGES = ROOT / "guides" / "images"

COLOURS = 64
"""Colours of a screenshot; enough for text and few enough for a small file."""

PATIENCE = 900
"""Seconds that the live preview may take to start."""

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/[\w-]+/")

SECRET = re.compile(r":\d+/[\w-]{20,}/")
"""Port and token in the address of a desk; others at each start."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Camera:
    """A browser that takes screenshots of one language's guide."""

    def __init__(self, browser: Browser, language: str) -> None:
        self.language = language
        context = browser.new_context(
            viewport=VIEW, reduced_motion="reduce", color_scheme="light", locale=language
        )
        self.page: Page = context.new_page()

    def open(self, address: str) -> None:
        """Open an address."""
        self.page.goto(address, wait_until="load")

    def shoot(self, name: str) -> None:
        """Save what is seen."""
        self.page.evaluate("document.fonts.ready")
        data = self.page.screenshot(animations="disabled", caret="hide")
        small = Image.open(io.BytesIO(data)).convert("RGB").quantize(COLOURS, dither=0)
        IMAGES.mkdir(exist_ok=True)
        small.save(IMAGES / f"{name}.{self.language}.png", optimize=True)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@contextmanager
def camera(language: str) -> Iterator[Camera]:
    """Open a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield Camera(browser, language)
        browser.close()


def desk(site: Site) -> None:
    """Start the desk as reviewers do, and take pictures of it."""
    command = [sys.executable, "-u", "-m", "quangba.cli", "review", "--no-browser"]
    with subprocess.Popen(
        command,
        cwd=site.root,
        env=site.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as process:
        try:
            assert process.stdout is not None
            lines = [next(process.stdout), next(process.stdout)]
            told = SECRET.sub(":50123/Wm3…/", "".join(lines).rstrip())
            site.keep("desk", f"$ quangba review\n{told}")
            found = ADDRESS.search(lines[0])
            assert found, lines
            with camera(site.language) as eye:
                sit(eye, found[0], site)
        finally:
            process.terminate()


def sit(eye: Camera, address: str, site: Site) -> None:
    """Go through the desk as a reviewer would; nothing is saved before the last picture."""
    page = eye.page
    ui = f"?ui={site.language}"
    eye.open(address + ui)
    expect(page.locator("#welcome")).to_be_visible()
    page.locator("#welcome-field").fill(choose(site.language, "Bàn Nhật Bản", "Japan Desk"))
    eye.shoot("welcome")
    page.keyboard.press("Enter")
    expect(page.locator("#welcome")).to_have_count(0)
    eye.open(f"{address}?lang={CODE}")
    eye.shoot("queue")
    eye.open(f"{address}{CODE}/{PAGE.removesuffix('.md')}")
    expect(page.locator("#source")).to_be_visible()
    page.frame_locator("#frame").locator("h1").wait_for()
    go_to(page, NEW)
    eye.shoot("stale")
    go_to(page, DRAFT)
    eye.shoot("draft")
    go_to(page, WRONG)
    eye.shoot("finding")
    go_to(page, ALONE)
    page.locator('[data-action^="waive-"]').first.click()
    page.locator("#waive-field").fill(
        choose(
            site.language,
            "“đừng đi một mình” viết thành “2 người trở lên”",
            "“do not go alone” is said as “two or more people”",
        )
    )
    eye.shoot("waive")
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+k")
    expect(page.locator("#help-dialog")).to_be_visible()
    eye.shoot("keys")
    page.keyboard.press("Escape")
    conflict(page, site)
    eye.shoot("conflict")


def go_to(page: Page, source: str) -> None:
    """Skip until the text is the current one."""
    for _ in range(60):
        if source in page.locator("#source").inner_text():
            page.wait_for_timeout(700)  # checks and the lit place in the page follow
            return
        page.keyboard.press("Alt+s")
        page.wait_for_timeout(50)
    raise RuntimeError(f"the desk does not come to “{source}”")


def conflict(page: Page, site: Site) -> None:
    """Write into a text that somebody else changes meanwhile; the file is as before after it."""
    go_to(page, WRONG)
    path = site.root / "locales" / CODE / "LC_MESSAGES" / PAGE.replace(".md", ".po")
    before = path.read_bytes()
    page.locator("#target").fill("グループは2人以上で行動してください。")
    path.write_bytes(before.replace("3人以上が".encode(), "2人以上が".encode()))
    page.keyboard.press("Control+s")
    expect(page.locator("#conflict-dialog, #alerts .alert").first).to_be_visible()
    if not page.locator("#conflict-dialog").is_visible():
        page.locator("#alerts .button").first.click()
    expect(page.locator("#conflict-dialog")).to_be_visible()
    path.write_bytes(before)


def preview(site: Site) -> None:
    """Start the live preview as editors do, and take pictures of a page that is behind."""
    port = free_port()
    log = site.root / "serve.log"
    command = [sys.executable, "-m", "mkdocs", "serve", "--no-livereload"]
    with (
        log.open("w") as output,
        subprocess.Popen(
            [*command, "--dev-addr", f"127.0.0.1:{port}"],
            cwd=site.root,
            env=site.environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/")
            with camera(site.language) as eye:
                url = PAGE.removesuffix(".md")
                for name, folder in (("preview", ""), ("behind", f"/{CODE}")):
                    eye.open(f"{address}{folder}/{url}/")
                    # Why the page is kept back stands above its text.
                    show(eye.page, ".notice--held")
                    eye.shoot(name)
                eye.open(f"{address}/{url}/")
                show(eye.page, "[id^=qb-related-]")
                eye.shoot("related")
                eye.open(f"{address}/{FESTIVAL.removesuffix('.md')}/")
                show(eye.page, ".when")
                eye.shoot("event")
        finally:
            process.terminate()


def show(page: Page, selector: str) -> None:
    """Scroll to the first of some elements; what stands above it stays in sight."""
    page.locator(selector).first.evaluate(
        "each => scrollTo(0, each.getBoundingClientRect().top + scrollY - 250)"
    )
    page.wait_for_timeout(500)  # pictures that come into sight are loaded now


def managers(site: Site) -> None:
    """Take pictures of the pages for managers."""
    with camera(site.language) as eye:
        eye.open((site.root / "reports" / "status.html").as_uri())
        eye.shoot("status")
        report = next((site.root / "reports").glob("*/report.*.html"))
        eye.open(report.as_uri())
        eye.shoot("report")


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def wait_for(address: str) -> None:
    """Wait until something answers; raises ``TimeoutError``."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urlopen(address):
                return
        except URLError:
            time.sleep(0.5)
    raise TimeoutError(address)
