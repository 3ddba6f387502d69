"""
Ways out: whatever fingers, a keyboard that somebody plugged in, or a page itself try, the screen
stays on its own pages, in one window, with nothing of the browser before them.

Keys that the browser keeps for itself (Ctrl+T, Alt+F4) reach no page where they work; the policies
and flags of the device are against those. Here each key must be refused by the page that gets it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from little_kiosk import Kiosk, kiosk_in, write_kiosk
from playwright.sync_api import Browser, CDPSession

pytestmark = pytest.mark.browser

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

START = "visit/"

LOOSE = """
window.loose = [];
window.broken = [];
const allowed = new Set(["Tab", "Enter", " ", "Escape", "ArrowUp", "ArrowDown", "ArrowLeft",
  "ArrowRight", "PageUp", "PageDown", "Home", "End", "Control", "Shift", "Alt", "Meta"]);
const left = (type, name = () => type, when = () => true) => addEventListener(type,
  event => !event.defaultPrevented && when(event) && loose.push(name(event)));
for (const type of ["contextmenu", "auxclick", "dragstart", "drop", "dragover", "copy", "cut",
  "paste", "submit", "selectstart", "dblclick"]) left(type);
left("keydown", ({key}) => `key ${key}`, ({key, target, ctrlKey, altKey, metaKey}) =>
  ctrlKey || altKey || metaKey ? !/^(Control|Alt|Meta)$/.test(key)
    : !allowed.has(key) && !target.matches("input"));
left("wheel", () => "zoom", ({ctrlKey}) => ctrlKey);
left("click", () => "link", ({target}) => target.closest?.("a, [type=file]"));
document.addEventListener("securitypolicyviolation", event => broken.push(event.violatedDirective));
"""
"""Notes what the page left to the browser, and what its policy had to stop."""

LEFT = """() => {
  const wrong = [...loose, ...broken];
  if (visualViewport.scale !== 1) wrong.push("zoomed");
  if (!document.activeElement.matches("input") && String(getSelection())) wrong.push("selected");
  if (document.fullscreenElement || document.pictureInPictureElement) wrong.push("another view");
  if (document.title === "escaped") wrong.push("script");
  if (!document.querySelector("[data-act=home]")?.checkVisibility()) wrong.push("no way home");
  loose.length = broken.length = 0;
  return wrong;
}"""

SETTLED = """(({ready, busy}) => ready && busy === undefined)(
  document.documentElement?.dataset ?? {})"""

CLEAR = """() => {
  document.querySelector(".view").scrollTo(0, 0);
  document.getElementById("field").value = "";
  getSelection().removeAllRanges();
}"""

KEYS = (
    *(f"Control+{key}" for key in "acdfghjklnoprstuvwxyz"),
    *(f"Control+{key}" for key in ("0", "1", "9", "+", "-", "Tab", "F4", "Enter", "PageDown")),
    *(f"Control+Shift+{key}" for key in ("B", "C", "I", "J", "M", "N", "O", "T", "W", "Delete")),
    *(f"Alt+{key}" for key in ("ArrowLeft", "ArrowRight", "Home", "d", "f", "F4", "Enter", "Tab")),
    *(f"F{number}" for number in range(1, 13)),
    *("Shift+F10", "Meta+l", "Meta+d", "Backspace", "Shift+Backspace", "Insert", "Delete", "/"),
    *("ContextMenu", "PrintScreen"),
)
"""Shortcuts of Chromium."""

SPECIAL = ("BrowserBack", "BrowserHome", "BrowserSearch", "LaunchMail", "ZoomIn")
"""Keys of some keyboards, which Playwright does not have."""

SPECIAL_KEY = """key => document.body.dispatchEvent(
  new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}))"""

# ----------------------------------------------------------------------------
# The screen
# ----------------------------------------------------------------------------


@dataclass
class Prison:
    """A screen, and everything that the browser did beside it."""

    kiosk: Kiosk
    cdp: CDPSession
    happened: list[str] = field(default_factory=list)
    entries: int = 0

    def points(self, *places: tuple[float, float]) -> list[dict[str, float]]:
        """Return fingers at places."""
        return [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]

    def fingers(self, kind: str, *places: tuple[float, float]) -> None:
        """Put fingers on the glass (touchStart), move them (touchMove), lift them (touchEnd)."""
        points = self.points(*places)
        self.cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def swipe(self, start: tuple[float, float], end: tuple[float, float], steps: int = 6) -> None:
        """Draw one finger over the glass."""
        self.fingers("touchStart", start)
        for step in range(1, steps + 1):
            part = step / steps
            x, y = (a + (b - a) * part for a, b in zip(start, end, strict=True))
            self.fingers("touchMove", (x, y))
        self.fingers("touchEnd")

    def middle(self, selector: str) -> tuple[float, float]:
        """Return the middle of an element."""
        box = self.kiosk.page.locator(selector).first.bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def hold(self, selector: str) -> None:
        """Press long."""
        self.fingers("touchStart", self.middle(selector))
        self.kiosk.page.wait_for_timeout(700)
        self.fingers("touchEnd")

    def mouse(self, selector: str, **how: Any) -> None:
        """Click with a mouse that somebody plugged in."""
        self.kiosk.page.locator(selector).first.click(no_wait_after=True, **how)

    def drag(self, selector: str) -> None:
        """Draw something away with a mouse."""
        mouse = self.kiosk.page.mouse
        mouse.move(*self.middle(selector))
        mouse.down()
        mouse.move(600, 900, steps=4)
        mouse.up()

    def run(self, script: str) -> None:
        """Let the page itself try something, as a mistake of ours would."""
        self.kiosk.page.evaluate(f"async () => {{ try {{ {script} }} catch {{}} }}")

    def escape(self) -> list[str]:
        """Return what is wrong now."""
        page = self.kiosk.page
        page.wait_for_timeout(30)
        self.kiosk.until(SETTLED)
        wrong = [*self.happened]
        if not page.url.startswith(self.kiosk.address):
            wrong.append(f"at {page.url}")
        wrong += page.evaluate(LEFT)
        if len(page.context.pages) != 1:
            wrong.append("another window")
        if page.evaluate("history.length") != self.entries:
            wrong.append("a longer history")
        self.happened.clear()
        return wrong


@pytest.fixture(scope="module")
def screen(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prison]:
    folder = write_kiosk(tmp_path_factory.mktemp("prison"))
    with kiosk_in(browser, folder) as kiosk:
        page, context = kiosk.page, kiosk.page.context
        prison = Prison(kiosk, context.new_cdp_session(page))
        noted = prison.happened

        def dismiss(dialog: Any) -> None:
            noted.append(f"dialog {dialog.type}")
            dialog.dismiss()

        page.on("dialog", dismiss)
        page.on("download", lambda _: noted.append("download"))
        page.on("filechooser", lambda _: noted.append("file chooser"))
        context.on("page", lambda one: noted.append(f"window {one.url}"))
        context.on("serviceworker", lambda _: noted.append("service worker"))
        context.on(
            "request",
            lambda request: (
                request.url.startswith(kiosk.address) or noted.append(f"request {request.url}")
            ),
        )
        page.add_init_script(LOOSE)
        kiosk.go(START)
        prison.entries = page.evaluate("history.length")
        yield prison


@pytest.fixture
def prison(screen: Prison) -> Prison:
    """The screen at the page where every attempt begins."""
    if screen.kiosk.path != START or screen.kiosk.page.locator("dialog[open]").count():
        screen.kiosk.page.evaluate(f"location.replace('/{START}')")
        screen.kiosk.arrive(START)
    screen.kiosk.page.evaluate(CLEAR)
    screen.happened.clear()
    return screen


# ----------------------------------------------------------------------------
# The ways
# ----------------------------------------------------------------------------


def pinch(prison: Prison, first: float, last: float) -> None:
    """Move two fingers from one distance to another, in pixels."""
    prison.fingers("touchStart", (500 - first / 2, 900), (500 + first / 2, 900))
    for step in range(1, 11):
        apart = first + (last - first) * step / 10
        prison.fingers("touchMove", (500 - apart / 2, 900), (500 + apart / 2, 900))
    prison.fingers("touchEnd")
    prison.kiosk.page.wait_for_timeout(100)


def mash(prison: Prison) -> None:
    """Put ten fingers on the glass, and move and lift them anyhow."""
    hand = [(80 + 95 * number, 300 + 140 * (number % 4)) for number in range(10)]
    prison.fingers("touchStart", *hand)
    for shift in (30, -60, 90):
        prison.fingers("touchMove", *[(x + shift % 50, y + shift) for x, y in hand])
    prison.fingers("touchEnd")


def two_taps(prison: Prison) -> None:
    """Tap twice, quickly."""
    for _ in range(2):
        prison.kiosk.page.touchscreen.tap(700, 1300)


def two_fingers(prison: Prison) -> None:
    """Tap with two fingers, which is a right click elsewhere."""
    prison.fingers("touchStart", (400, 800), (600, 800))
    prison.fingers("touchEnd")


def three_fingers(prison: Prison) -> None:
    """Swipe with three fingers, which changes windows elsewhere."""
    prison.fingers("touchStart", (200, 900), (400, 900), (600, 900))
    prison.fingers("touchMove", (500, 900), (700, 900), (900, 900))
    prison.fingers("touchEnd")


def drop(prison: Prison) -> None:
    """Drop a file from elsewhere."""
    data = {"items": [], "files": ["/etc/hostname"], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        event = {"type": kind, "x": 500, "y": 900, "data": data}
        prison.cdp.send("Input.dispatchDragEvent", event)


def typed(*keys: str) -> Callable[[Prison], None]:
    """Return the attempt to use keys while the field has the focus."""

    def attempt(prison: Prison) -> None:
        prison.kiosk.page.focus("#field")
        for key in keys:
            prison.kiosk.page.keyboard.press(key)

    return attempt


def zoom_by_wheel(prison: Prison) -> None:
    """Turn the wheel while Ctrl is held."""
    keyboard = prison.kiosk.page.keyboard
    prison.kiosk.page.mouse.move(500, 900)
    keyboard.down("Control")
    prison.kiosk.page.mouse.wheel(0, -300)
    keyboard.up("Control")


def mark_by_mouse(prison: Prison) -> None:
    """Draw over text with a mouse, and click three times."""
    prison.drag("h1")
    prison.mouse("h1", click_count=3)


GESTURES: dict[str, Callable[[Prison], None]] = {
    "long press on a link": lambda p: p.hold(".links a >> nth=2"),
    "long press on text": lambda p: p.hold("h1"),
    "long press on a picture": lambda p: p.hold("#image"),
    "long press on a field": lambda p: p.hold("#field"),
    "two taps": two_taps,
    "two fingers": two_fingers,
    "three fingers": three_fingers,
    "ten fingers": mash,
    "pinch out": lambda p: pinch(p, 60, 900),
    "pinch in": lambda p: pinch(p, 900, 60),
    "swipe from the left edge": lambda p: p.swipe((1, 900), (900, 900)),
    "swipe from the right edge": lambda p: p.swipe((1079, 900), (100, 900)),
    "swipe from the top edge": lambda p: p.swipe((500, 1), (500, 1500)),
    "swipe from the bottom edge": lambda p: p.swipe((500, 1919), (500, 200)),
    "pull to load again": lambda p: p.swipe((700, 1000), (700, 1800)),
    "drag a link": lambda p: p.drag(".links a >> nth=2"),
    "drag a picture": lambda p: p.drag("#image"),
    "drop a file": drop,
    "right click on a link": lambda p: p.mouse(".links a >> nth=2", button="right"),
    "right click on a picture": lambda p: p.mouse("#image", button="right"),
    "right click on text": lambda p: p.mouse("h1", button="right"),
    "middle click on a link": lambda p: p.mouse(".links a >> nth=2", button="middle"),
    "middle click on text": lambda p: p.mouse("h1", button="middle"),
    "Ctrl+click": lambda p: p.mouse(".links a >> nth=2", modifiers=["Control"]),
    "Shift+click": lambda p: p.mouse(".links a >> nth=2", modifiers=["Shift"]),
    "Ctrl+Shift+click": lambda p: p.mouse(".links a >> nth=2", modifiers=["Control", "Shift"]),
    "Alt+click": lambda p: p.mouse(".links a >> nth=2", modifiers=["Alt"]),
    "Meta+click": lambda p: p.mouse(".links a >> nth=2", modifiers=["Meta"]),
    "wheel with Ctrl": zoom_by_wheel,
    "mark text": mark_by_mouse,
    "another site": lambda p: p.kiosk.tap("#outside"),
    "a link for a new window": lambda p: p.kiosk.tap("#window"),
    "mail": lambda p: p.kiosk.tap("#mail"),
    "a call": lambda p: p.kiosk.tap("#call"),
    "a script as a link": lambda p: p.kiosk.tap("#script"),
    "a file": lambda p: p.kiosk.tap("#file"),
    "a download": lambda p: p.kiosk.tap("#load"),
    "a page that is gone": lambda p: p.kiosk.tap("#gone"),
    "a form by its button": lambda p: p.kiosk.tap("#send"),
    "a form by Enter": typed("x", "Enter"),
    "marking and pasting": typed("x", "Control+a", "Control+x", "Control+v", "Shift+Insert"),
    "Enter with Ctrl on a link": typed("Tab", "Tab", "Shift+Tab", "Control+Enter"),
    "leaving the page by Tab": typed(*["Tab"] * 40),
}

SCRIPTS = {
    "open": "open('https://example.com/')",
    "open, own page": "open('/')",
    "print": "print()",
    "alert": "alert(1); confirm(1); prompt(1)",
    "another site": "location.href = 'https://example.com/'",
    "another site, assigned": "location.assign('https://example.com/')",
    "another site, replaced": "location.replace('https://example.com/')",
    "another port": "location.href = 'http://127.0.0.1:1/'",
    "a mail": "location.href = 'mailto:a@example.com'",
    "an inner page": "location.href = '/visit/food/'",
    "an anchor": "location.hash = 'end'",
    "history": "history.pushState(null, '', '/way/'); history.pushState(null, '', '#x')",
    "back": "history.back(); history.go(-1)",
    "a form": "document.getElementById('form').submit()",
    "a form elsewhere": "form.action = 'https://example.com/'; form.submit()",
    "a link": "Object.assign(document.createElement('a'), {href: 'https://example.com/'}).click()",
    "a download": (
        "Object.assign(document.createElement('a'), {href: '/one.svg', download: 'x'}).click()"
    ),
    "a file": (
        "const input = Object.assign(document.createElement('input'), {type: 'file'});"
        " document.body.append(input); input.click(); input.remove()"
    ),
    "a picker": "await showOpenFilePicker()",
    "full screen": "await document.documentElement.requestFullscreen()",
    "a refresh": (
        "document.head.append(Object.assign(document.createElement('meta'),"
        " {httpEquiv: 'refresh', content: '0; url=https://example.com/'}))"
    ),
}


def test_there_are_more_than_sixty_ways() -> None:
    assert len(KEYS) + len(GESTURES) + len(SCRIPTS) >= 120


@pytest.mark.parametrize("name", GESTURES)
def test_no_gesture_leads_out(prison: Prison, name: str) -> None:
    GESTURES[name](prison)
    assert prison.escape() == []


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_mistake_of_a_page_leads_out(prison: Prison, name: str) -> None:
    prison.run(SCRIPTS[name])
    prison.kiosk.page.wait_for_timeout(70)
    assert prison.escape() == []
    prison.kiosk.page.reload()  # Playwright would wait for what was refused
    prison.kiosk.ready()


def test_no_key_leads_out(prison: Prison) -> None:
    for key in (*KEYS, *SPECIAL):
        if key in SPECIAL:
            prison.kiosk.page.evaluate(SPECIAL_KEY, key)
        else:
            prison.kiosk.page.keyboard.press(key)
        assert (key, prison.escape()) == (key, [])
        assert prison.kiosk.path == START


def test_keys_that_people_need_work(prison: Prison) -> None:
    page = prison.kiosk.page
    page.focus(".links a >> nth=0")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "home"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    prison.kiosk.until("document.querySelector('.view').scrollTop > 1000")
    page.focus("#field")
    page.keyboard.type("Hạ Long")
    page.keyboard.press("Backspace")
    assert page.input_value("#field") == "Hạ Lon"
    page.focus("#details summary")
    page.keyboard.press("Space")
    assert page.evaluate("document.getElementById('details').open")


def test_nothing_is_kept_outside_the_session(prison: Prison) -> None:
    prison.kiosk.tap_to("[data-act=find]", "find/")
    page = prison.kiosk.page
    assert page.context.cookies() == []
    assert page.context.service_workers == []
    kept = """async () => [localStorage.length, document.cookie,
      (await indexedDB.databases()).length, (await caches.keys()).length,
      (await navigator.serviceWorker.getRegistrations()).length]"""
    assert page.evaluate(kept) == [0, "", 0, 0, 0]
    assert prison.happened == []


def test_on_the_real_screen_no_gesture_leads_out(browser: Browser, kiosk: Path) -> None:
    with kiosk_in(browser, kiosk) as real:
        page = real.page
        page.add_init_script(LOOSE)
        foreign: list[str] = []
        page.on("request", lambda r: r.url.startswith(real.address) or foreign.append(r.url))
        real.go("attract/")
        real.tap_to("[data-lang=en]", "en/")
        prison = Prison(real, page.context.new_cdp_session(page))
        prison.entries = page.evaluate("history.length")
        for name in ("ten fingers", "pinch out", "two fingers", "swipe from the left edge"):
            GESTURES[name](prison)
            assert (name, prison.escape()) == (name, [])
        prison.hold(".view h1")
        prison.hold(".bar a")
        prison.mouse(".bar a", button="right")
        assert prison.escape() == []
        assert foreign == []
