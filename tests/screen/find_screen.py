"""One finger before the page for finding, in the browser."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from chromium import LANGUAGES, Visitor, visitor
from quangba.source.profiles import Screen

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

UPRIGHT = Screen(21.5, 1080, 1920, 850, 600)
"""The smallest panel: the least room for keys."""

SCREENS = {
    "21 upright": UPRIGHT,
    "21 wide": Screen(21.5, 1920, 1080, 900, 600),
    "32 upright": Screen(32, 1080, 1920, 800, 600),
    "43 upright": Screen(43, 1080, 1920, 700, 600),
    "55 wide": Screen(55, 1920, 1080, 700, 600),
}

GLASS = """values => {
  const {style} = document.documentElement;
  for (const [name, value] of Object.entries(values)) style.setProperty(name, value);
}"""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def before(browser: Browser, address: str, screen: Screen = UPRIGHT) -> Any:
    """Stand before a screen."""
    size = {"width": screen.width_px, "height": screen.height_px}
    return visitor(browser, address, viewport=size, has_touch=True)


def glass(page: Page, screen: Screen) -> None:
    """Give an open page another panel, as its ``gate.css`` would."""
    page.set_viewport_size({"width": screen.width_px, "height": screen.height_px})
    values = {
        "--mm": f"{screen.px_per_mm}px",
        "--cap": f"{screen.capital_mm}",
        "--reach": f"{screen.reach_px}px",
        "--wide": f"{screen.width_px}px",
        "--high": f"{screen.height_px}px",
    }
    page.evaluate(GLASS, values)


def find(visitor: Visitor, code: str) -> Page:
    """Open the page of a language, where it is not open, and wait until taps are answered."""
    page, path = visitor.page, f"{LANGUAGES[code]}find/"
    if page.url != visitor.server + path:
        visitor.go(path)
        expect(page.locator("html[data-ready]")).to_be_attached()
    elif page.locator(".find__clear").is_enabled():
        page.locator(".find__clear").tap()
    glass(page, UPRIGHT)
    return page


def field(page: Page) -> Locator:
    return page.locator(".find__field input")


def tap(page: Page, keys: str) -> None:
    """Tap keys of the keyboard, which is opened before."""
    if not page.locator(".keyboard").is_visible():
        field(page).tap()
    for key in keys:
        if key == "⇧":
            page.locator("[data-layer=shift]").tap()
        else:
            page.locator(f'.keyboard__key[data-key="{key}"]').tap()


def results(page: Page) -> list[str]:
    """Return the titles that were found, once they are there."""
    return page.locator(".find__results .find__title").all_inner_texts()


def faults(visitor: Visitor) -> list[str]:
    """Return complaints about the page; that the agent of a kiosk is not here is none."""
    return [c for c in visitor.complaints if "Failed to load resource" not in c]
