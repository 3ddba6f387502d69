"""
The desk in a real browser: from a key press to the next text ready for typing.

A page of the project's own, with every Japanese text turned back into a draft, is reviewed by
keyboard: Ctrl+Enter approves a text and goes on to the next one.
"""

from __future__ import annotations

import logging
import shutil
import statistics
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from quangba.catalogs.workspace import Workspace
from quangba.desk.app import create_app
from quangba.desk.live import LiveSite
from quangba.desk.preview import Preview
from quangba.desk.session import Desk
from quangba.settings import load_settings

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ROOT = Path(__file__).parents[2]
PAGES = ("visit/visas.md", "visit/ha-long-bay.md", "gates/mong-cai.md")
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"

WATCH = """() => {
  window.pressed = 0; window.times = [];
  addEventListener('keydown', event => {
    if (event.key === 'Enter' && event.ctrlKey) window.pressed = performance.now();
  }, true);
  addEventListener('focusin', event => {
    if (event.target.tagName !== 'TEXTAREA' || !window.pressed) return;
    const since = window.pressed;
    window.pressed = 0;
    // After the next frame the text is on the screen.
    requestAnimationFrame(() => setTimeout(() => window.times.push(performance.now() - since)));
  }, true);
}"""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def key_to_next(folder: Path) -> list[float]:
    """Review pages by keyboard; return the milliseconds from each key to the next text."""
    for name in ("content", "locales", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    config = str(folder / "mkdocs.yml")
    unreview(config)
    site = LiveSite(load_settings(config))
    site.look()
    logging.getLogger("werkzeug").disabled = True
    desk = Desk(site, Preview(config), "token-of-the-benchmark", 0)
    server = make_server("127.0.0.1", 0, create_app(desk), threaded=True)
    desk.port = server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    times: list[float] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        address = f"http://127.0.0.1:{desk.port}{desk.root}"
        page.request.post(f"{address}api/reviewer", data={"reviewer": "benchmark"})
        for name in PAGES:
            page.goto(f"{address}ja/{name.removesuffix('.md')}", wait_until="networkidle")
            page.evaluate(WATCH)
            page.locator("textarea").first.focus()
            for _ in range(25):
                page.keyboard.press("Control+Enter")
                page.wait_for_timeout(250)
            times += page.evaluate("window.times")
        browser.close()
    server.shutdown()
    return times


def unreview(config: str) -> None:
    """Turn the Japanese texts of the pages into drafts that nobody has accepted."""
    workspace = Workspace(load_settings(config))
    japanese = next(each for each in workspace.settings.targets if each.code == "ja")
    for name in PAGES:
        catalog = workspace.catalog(japanese, name)
        assert catalog is not None
        for message in catalog.active:
            message.fuzzy, message.reviewed = True, None
        workspace.write_catalogs([(japanese, name, catalog)])


def percentile(times: list[float], share: float) -> float:
    """Return the time that a share of all stays under."""
    return statistics.quantiles(times, n=100)[round(share * 100) - 1]
