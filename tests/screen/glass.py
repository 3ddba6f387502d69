"""
A pane of glass: our own kiosk as a screen of a given size shows it, and what is measured there.

The sizes come from the same function that writes ``gate.css``, so every screen can be looked at
without building it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser, Page

from chromium import LANGUAGES, serve
from quangba.site.screen.overlay import stylesheet
from quangba.source.profiles import Profile, Screen

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SCRIPT = Path(__file__).with_name("glass.js").read_text(encoding="utf-8")

SCREENS = {
    "21.5": Screen(21.5, 1080, 1920, 900, 600),
    "32": Screen(32, 1080, 1920, 800, 600),
    "43": Screen(43, 1080, 1920, 700, 600),
    "55 wide": Screen(55, 1920, 1080, 750, 700),
}
"""By diagonal in inches; issue 6 names these."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Glass:
    """One screen that shows pages of one gate."""

    def __init__(self, page: Page, server: str, screen: Screen) -> None:
        self.page, self.server, self.screen = page, server, screen

    def show(self, path: str, language: str = "vi", *, status: int = 200, **state: str) -> Page:
        """Open a page with what a visitor chose: ``size="4"``, ``reach="low"``."""
        folder = "" if path == "attract/" else LANGUAGES[language]
        if self.page.url == "about:blank":  # nothing can be remembered there
            self.page.goto(f"{self.server}404.html")
        self.page.evaluate(
            "state => { sessionStorage.clear();"
            " for (const [k, v] of Object.entries(state)) sessionStorage.setItem(`qb-${k}`, v); }",
            state,
        )
        answer = self.page.goto(f"{self.server}{folder}{path}")
        assert answer is not None
        assert answer.status == status, path
        self.page.locator("html[data-ready]").wait_for(state="attached")
        self.page.evaluate("document.fonts.ready.then(() => null)")
        self.page.evaluate(SCRIPT)
        return self.page

    def found(self, *names: str) -> list[str]:
        """Return what functions of ``glass.js`` find wrong."""
        wrong: list[str] = self.page.evaluate(
            "names => names.flatMap(name => glass[name]().map(each => `${name}: ${each}`))",
            list(names),
        )
        return wrong


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@contextmanager
def pane(browser: Browser, folder: Path, profile: Profile, screen: Screen) -> Iterator[Glass]:
    """Hang a screen of a size up at a gate, whose site is in a folder."""
    css = stylesheet(replace(profile, screen=screen))
    size = {"width": screen.width_px, "height": screen.height_px}
    with serve(folder, {"/gate.css": css}) as server:
        context = browser.new_context(viewport=size, has_touch=True, reduced_motion="reduce")  # type: ignore[arg-type]
        yield Glass(context.new_page(), server, screen)
        context.close()
