"""
The screen at a gate on a processor that is six times slower.

*finger*: from the touch to the first frame that answers it (Event Timing, W3C), and from the touch
to the painted page (first contentful paint of the page that comes); the alternative is the portal's
page at the same address, reached by an ordinary link. *language*: the same, for the switch of
languages. *letter*: from a key of the keyboard on the screen to the results; the alternative is the
portal's search, typed into. *memory*: heap, nodes and the renderer's resident memory after two
thousand taps anywhere.

Both sites come from the server of a device (``quangba kiosk serve``), as its release, at
1080 × 1920, touched by real touch events.
"""

from __future__ import annotations

import contextlib
import random
import shutil
import statistics
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Error, Locator, Page, sync_playwright

sys.path.append(str(Path(__file__).parents[1]))

from portal import build_ours as build_portal

from chromium import launch
from desk import percentile
from quangba.kiosk.agent import Agent
from quangba.kiosk.serve import Server, listen
from quangba.kiosk.shown import Device
from support import build

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ROOT = Path(__file__).parents[2]

SLOWER = 6

SCREEN = {"width": 1080, "height": 1920}

ROUNDS = 3

HUBS = ("visit/", "invest/", "gates/mong-cai/")
"""Where a finger begins; it goes on to pages that both sites link from there."""

EACH = 4
"""Pages from each hub."""

PLACE = "visit/yen-tu/"
"""The page whose language is changed."""

LINKS = """() => [...document.querySelectorAll("main a[href]")].filter(a => a.checkVisibility())
  .map(a => a.href.split("#")[0]).filter(href => href !== location.href)"""

LANGUAGES = ("ja", "en", "zh", "ko", "fr")

LETTERS = "halong"

TAPS = 2000
WARM = 200
"""Taps before the first look at the memory: caches fill once."""

AT = "bench-at"

NOTE = f"""
addEventListener("pointerdown", event => {{
  try {{ sessionStorage.setItem("{AT}", performance.timeOrigin + event.timeStamp); }} catch {{}}
}}, true);
window.felt = [];
new PerformanceObserver(list => {{
  for (const {{name, duration}} of list.getEntries()) {{
    if (name === "pointerdown") felt.push(duration);
  }}
}}).observe({{type: "event", durationThreshold: 16, buffered: true}});
"""
"""Notes when a finger came down, across pages, and how long it was until the next frame."""

PAINTED = f"""() => new Promise(done => {{
  const tap = Number(sessionStorage.getItem("{AT}"));
  new PerformanceObserver((list, me) => {{
    const paint = list.getEntriesByName("first-contentful-paint")[0];
    if (!paint) return;
    me.disconnect();
    done(performance.timeOrigin + paint.startTime - tap);
  }}).observe({{type: "paint", buffered: true}});
}})"""
"""Returns the milliseconds from the touch on the page before to the first paint of this one."""

RESULT = """selector => {
  window.shown = null;
  let from = 0;
  for (const type of ["pointerdown", "keydown"]) {
    addEventListener(type, event => { from = event.timeStamp; window.shown = null; }, true);
  }
  new MutationObserver(() => requestAnimationFrame(() => setTimeout(() => {
    window.shown ??= performance.now() - from;
  }))).observe(document.querySelector(selector), {childList: true, subtree: true});
}"""
"""Notes the milliseconds from a key to the frame with the results."""

SETTLED = """(({ready, busy}) => ready && busy === undefined)(
  document.documentElement?.dataset ?? {})"""

ASK = """async href => {
  const before = performance.now();
  await fetch(href, {method: "HEAD", cache: "no-store"});
  return performance.now() - before;
}"""
"""What asking the server before a page costs."""

# ----------------------------------------------------------------------------
# Sites and screens
# ----------------------------------------------------------------------------


def build_kiosk(folder: Path) -> Path:
    """Build the kiosk edition in a folder of its own."""
    for name in ("content", "locales", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("mkdocs.yml", "mkdocs.kiosk.yml"):
        shutil.copy(ROOT / name, folder)
    return build(folder / "mkdocs.kiosk.yml", strict=False)


@contextmanager
def serving(site: Path, root: Path) -> Iterator[str]:
    """Serve a site as the release of a device; give its address."""
    shown = root / "releases" / "1"
    inner = shutil.ignore_patterns("_gates", "_print")
    shutil.copytree(site, shown / "site", ignore=inner)
    (shown / "release.json").write_text("{}")
    (root / "current").symlink_to("releases/1")
    shows = Device(root)
    server = Server([listen("127.0.0.1", 0)], shows, Agent(shows))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"{server.address}r/1/"
    server.stop()
    thread.join(10)


class Screen:
    """A slow screen with a finger in front of it."""

    def __init__(self, page: Page, server: str) -> None:
        self.page, self.server = page, server
        self.cdp: CDPSession = page.context.new_cdp_session(page)
        self.cdp.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

    def go(self, path: str) -> None:
        """Begin at a page, ready for taps."""
        self.page.goto(self.server + path, wait_until="load")
        self.page.wait_for_load_state("networkidle")

    def tap(self, element: Locator) -> None:
        """Touch the middle of an element."""
        element.scroll_into_view_if_needed()
        box = element.bounding_box()
        assert box
        self.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def settle(self) -> None:
        """Wait until no page is on its way: Chromium loses touches between two pages."""
        self.page.wait_for_timeout(20)
        for _ in range(200):
            with contextlib.suppress(Error):  # between two pages
                if self.page.evaluate(SETTLED):
                    return
            self.page.wait_for_timeout(20)

    def link(self, path: str) -> Locator:
        """Return a link that can be touched, by where it leads."""
        number: int = self.page.evaluate(
            """address => [...document.querySelectorAll('a[href]')]
              .findIndex(a => a.href === address && a.checkVisibility())""",
            self.server + path,
        )
        assert number >= 0, path
        return self.page.locator("a[href]").nth(number)

    def follow(self, element: Locator, path: str) -> float:
        """Touch what leads to a page; return the milliseconds until it is painted."""
        self.tap(element)
        self.page.wait_for_url(self.server + path)
        found: float = self.page.evaluate(PAINTED)
        return found

    def feel(self, element: Locator) -> float:
        """Put a finger on something and take it away again; return the milliseconds to a frame."""
        element.scroll_into_view_if_needed()
        box = element.bounding_box()
        assert box
        place = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        self.page.evaluate("felt.length = 0")
        self.cdp.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [place]})
        self.page.wait_for_timeout(250)
        self.cdp.send("Input.dispatchTouchEvent", {"type": "touchCancel", "touchPoints": []})
        self.page.wait_for_timeout(50)
        times: list[float] = self.page.evaluate("felt")
        return max(times, default=16.0)  # shorter ones are not told


@contextmanager
def screen(browser: Browser, server: str) -> Iterator[Screen]:
    """Open a screen."""
    context = browser.new_context(viewport=SCREEN, has_touch=True)  # type: ignore[arg-type]
    context.add_init_script(NOTE)
    yield Screen(context.new_page(), server)
    context.close()


# ----------------------------------------------------------------------------
# Measurements
# ----------------------------------------------------------------------------


def common(browser: Browser, servers: tuple[str, str]) -> dict[str, list[str]]:
    """Return where one can go from each hub, on both sites."""
    found: list[dict[str, set[str]]] = []
    for server in servers:
        with screen(browser, server) as here:
            links = {}
            for hub in HUBS:
                here.go(hub)
                hrefs = here.page.evaluate(LINKS)
                links[hub] = {h.removeprefix(server) for h in hrefs if h.startswith(server)}
            found.append(links)
    return {hub: sorted(found[0][hub] & found[1][hub])[:EACH] for hub in HUBS}


def finger(here: Screen, ways: dict[str, list[str]]) -> dict[str, list[float]]:
    """Go from hubs to pages."""
    found: dict[str, list[float]] = {"touch to feedback": [], "touch to painted page": []}
    for hub, pages in ways.items():
        for path in pages:
            here.go(hub)
            found["touch to feedback"].append(here.feel(here.link(path)))
            here.go(hub)
            found["touch to painted page"].append(here.follow(here.link(path), path))
    return found


def languages_of_kiosk(here: Screen) -> list[float]:
    """Change the language by the dialog of the screen."""
    times = []
    here.go(PLACE)
    for code in LANGUAGES:
        here.tap(here.page.locator("[data-act=languages]"))
        choice = here.page.locator(f"#qb-languages [data-lang={code}]")
        choice.wait_for()
        times.append(here.follow(choice, f"{code}/{PLACE}"))
        here.page.wait_for_selector("html[data-ready]", state="attached")
    return times


def languages_of_portal(here: Screen) -> list[float]:
    """Change the language by the portal's links."""
    times = []
    here.go(PLACE)
    for code in LANGUAGES:
        path = f"{code}/{PLACE}"
        here.page.evaluate("document.querySelectorAll('details').forEach(box => box.open = true)")
        times.append(here.follow(here.link(path), path))
        here.page.wait_for_load_state("networkidle")
    return times


def letters(here: Screen, results: str, write: Callable[[str], None]) -> list[float]:
    """Type letters; return the milliseconds from each to the frame with its results."""
    here.page.evaluate(RESULT, results)
    times = []
    for number, letter in enumerate(LETTERS):
        write(letter)
        shown = None
        while shown is None:
            here.page.wait_for_timeout(20)
            shown = here.page.evaluate("shown")
        here.page.wait_for_timeout(300)
        if number:  # the first one loads the index
            times.append(shown)
    return times


def letters_of_kiosk(here: Screen) -> list[float]:
    """Type on the keyboard of the screen."""
    here.go("find/")
    here.tap(here.page.locator(".find__field"))
    here.page.wait_for_timeout(2000)

    def write(letter: str) -> None:
        here.tap(here.page.locator(f".keyboard [data-key={letter}]"))

    return letters(here, ".find__results", write)


def letters_of_portal(here: Screen) -> list[float]:
    """Type into the portal's search."""
    here.go("search/")
    field = here.page.locator("main input[type=search]").first
    field.click()
    here.page.wait_for_timeout(2000)
    return letters(here, "main .search__results", here.page.keyboard.press)


def asking(here: Screen) -> list[float]:
    """Ask for pages as the screen does before it leaves one."""
    here.go(HUBS[0])
    return [here.page.evaluate(ASK, here.server + PLACE) for _ in range(20)]


# ----------------------------------------------------------------------------
# Memory
# ----------------------------------------------------------------------------


def look(here: Screen, browser: Browser) -> dict[str, float]:
    """Return heap (MB), nodes and resident memory (MB) at one and the same page, cleaned up."""
    here.go("")
    for _ in range(3):
        here.cdp.send("HeapProfiler.collectGarbage")
        here.page.wait_for_timeout(200)
    metrics = here.cdp.send("Performance.getMetrics")["metrics"]
    values = {one["name"]: one["value"] for one in metrics}
    return {
        "heap": values["JSHeapUsedSize"] / 1e6,
        "nodes": values["Nodes"],
        "listeners": values["JSEventListeners"],
        "resident": max(resident(browser), default=0.0),
    }


def resident(browser: Browser) -> list[float]:
    """Return the resident memory of the renderers, in MB."""
    session = browser.new_browser_cdp_session()
    found = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    sizes = []
    for process in found:
        status = Path(f"/proc/{process['id']}/status")
        if process["type"] == "renderer" and status.exists():
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
            sizes.append(int(lines["VmRSS"].split()[0]) / 1000)
    return sizes


def mash(here: Screen, taps: int, chance: random.Random) -> int:
    """Tap anywhere; return how many pages were opened by it."""
    pages: list[str] = []

    def note(frame: Any) -> None:
        pages.append(frame.url)

    here.page.on("framenavigated", note)
    for _ in range(taps):
        here.page.touchscreen.tap(chance.uniform(0, 1080), chance.uniform(0, 1920))
        here.settle()
    here.page.remove_listener("framenavigated", note)
    return len(pages)


# ----------------------------------------------------------------------------
# Rows
# ----------------------------------------------------------------------------


def show(what: str, ours: list[float], other: list[float]) -> None:
    """Print one row: 95th percentiles and medians, in milliseconds."""
    mine, theirs = (
        f"p95 {percentile(times, 0.95):.0f} ms, median {statistics.median(times):.0f} ms"
        if times
        else ""
        for times in (ours, other)
    )
    ratio = f"**{percentile(ours, 0.95) / percentile(other, 0.95):.2f}×**" if other else ""
    print(f"| {what}, {len(ours)} times | {mine} | {theirs} | {ratio} | | |", flush=True)


def kiosk_rows(folder: Path, taps: int = TAPS) -> None:
    """Print what a finger feels, and the memory after many taps."""
    ours, portal = build_kiosk(folder / "kiosk"), build_portal(folder / "portal")
    with sync_playwright() as playwright:
        browser = launch(playwright)
        with (
            serving(ours, folder / "device") as mine,
            serving(portal, folder / "other") as theirs,
        ):
            measure(browser, mine, theirs)
            remember(browser, mine, taps)
        browser.close()


def measure(browser: Browser, mine: str, theirs: str) -> None:
    """Measure both sites in turn."""
    found: dict[str, tuple[list[float], list[float]]] = {}
    ways = common(browser, (mine, theirs))

    def add(what: str, which: int, times: list[float]) -> None:
        found.setdefault(what, ([], []))[which].extend(times)

    for _ in range(ROUNDS):
        for which, server in enumerate((mine, theirs)):
            with screen(browser, server) as here:
                for what, times in finger(here, ways).items():
                    add(what, which, times)
                change = languages_of_portal if which else languages_of_kiosk
                add("touch to page in another language", which, change(here))
                write = letters_of_portal if which else letters_of_kiosk
                add("letter to results", which, write(here))
                if not which:
                    add("of which: asking whether a page is there", which, asking(here))
    for what, (ours, other) in found.items():
        show(f"screen, {what}", ours, other)


def remember(browser: Browser, server: str, taps: int) -> None:
    """Measure the memory before and after."""
    chance = random.Random(7)
    with screen(browser, server) as here:
        here.cdp.send("Performance.enable")
        here.cdp.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        here.go("")
        mash(here, WARM, chance)
        before = look(here, browser)
        pages = mash(here, taps, chance)
        after = look(here, browser)
    for name, unit in (("heap", " MB"), ("nodes", ""), ("listeners", ""), ("resident", " MB")):
        print(
            f"| screen, {name} after {taps:,} taps ({pages} pages) | {after[name]:,.1f}{unit} "
            f"| {before[name]:,.1f}{unit} before | **{after[name] / before[name]:.3f}×** | | |",
            flush=True,
        )


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        kiosk_rows(Path(name))
