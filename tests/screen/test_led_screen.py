"""The loop of a large screen in the browser: in time, as high as the distance asks, for weeks."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from find_pages import contexts
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser, Error, Page, Route

from chromium import Visitor, visitor
from quangba.site.screen.led import CAP_HEIGHT, COMFORTABLE, led_stylesheet
from quangba.source.profiles import Profile, Screen

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

PATIENCE = 20_000
"""Milliseconds until something that does not come is missed."""

NEVER = 2**30
"""Dwell of a loop that tests step by hand, in milliseconds."""

DWELL = re.compile(r'data-dwell="(\d+)"')
ARTICLE = re.compile(r"<article .*?</article>", re.DOTALL)

SCREENS = {
    "television": Screen(55, 1920, 1080, None, 4000),
    "wall in a hall": Screen(180, 1920, 1080, None, 10_000),
    "wall 3:1": Screen(236, 2880, 960, None, 12_000),
    "wall 4:1": Screen(325, 3840, 960, None, 12_000),
    "upright": Screen(55, 1080, 1920, None, 4000),
}
"""Screens on which everything has its full height."""

READ = 15
"""
Distance by side of a code, at the most. Ten is the rule: walls keep it, televisions are too low for
it, and whoever reads a code off one steps a little nearer.
"""

SMALLEST = 8
"""The step of ``led.css`` for screens that are too small for their distance."""

CAPITALS = """() => [...document.querySelectorAll(".frame")].flatMap((frame) => {
  const pen = document.createElement("canvas").getContext("2d");
  return [...frame.querySelectorAll(".frame__title, .frame__line")]
    .filter((text) => getComputedStyle(text).display !== "none")
    .map((text) => {
      const style = getComputedStyle(text);
      pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
      return [frame.dataset.fit, pen.measureText("H").actualBoundingBoxAscent, text.textContent];
    });
})"""
"""Height of a capital in pixels, in titles and lines; the step of the frame before it."""

NOTES = """() => [...document.querySelectorAll(".languages li, .note p")].map((note) => {
  const pen = document.createElement("canvas").getContext("2d");
  const style = getComputedStyle(note);
  pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  return pen.measureText("H").actualBoundingBoxAscent;
})"""

PLACES = """() => {
  const led = document.querySelector(".led");
  const box = (element) => element?.getBoundingClientRect();
  led.dataset.measuring = "";
  const found = [...document.querySelectorAll(".frame")].map((frame) => ({
    name: `${frame.lang} ${frame.querySelector("h1").textContent}`,
    panel: box(frame.closest(".panel")),
    text: box(frame.querySelector(".frame__text")),
    words: [...frame.querySelectorAll(".frame__text > *")].map(box).filter((one) => one.height),
    code: box(frame.querySelector(".frame__code")),
    drawing: box(frame.querySelector(".frame__drawing")),
  }));
  delete led.dataset.measuring;
  const foot = box(document.querySelector(".foot"));
  return {
    frames: found,
    foot,
    over: [".foot", ".notes"].filter((name) => {
      const all = document.querySelectorAll(`${name}, ${name} *`);
      return [...all].some((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth);
    }),
    picture: box(document.querySelector(".picture[data-shown]")),
    pictures: box(document.querySelector(".pictures")),
    scrolls: document.documentElement.scrollHeight > innerHeight
      || document.documentElement.scrollWidth > innerWidth,
  };
}"""

GROUNDS = """() => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(Number)
      .map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/, 0\\)$/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const texts = ".frame__title, .frame__line, .frame__host, .languages li, .note p";
  return [...document.querySelectorAll(texts)].map((text) => {
    const both = [getComputedStyle(text).color, ground(text)].map(light);
    const [low, high] = both.sort((a, b) => a - b);
    return [text.className || "language", (high + 0.05) / (low + 0.05)];
  });
}"""

browsing = pytest.mark.browser

# ----------------------------------------------------------------------------
# In the browser
# ----------------------------------------------------------------------------


@contextmanager
def hang(
    browser: Browser,
    server: str,
    screen: Screen,
    *,
    dwell: int = NEVER,
    change: Callable[[str], str] = str,
    **options: Any,
) -> Iterator[Visitor]:
    """Hang up a screen at a gate; its loop stands still unless ``dwell`` is given."""

    def page(route: Route) -> None:
        answer = route.fetch()
        html = DWELL.sub(f'data-dwell="{dwell}"', answer.text())
        route.fulfill(response=answer, body=change(html))

    size = {"width": screen.width_px, "height": screen.height_px}
    with visitor(browser, server, viewport=size, **options) as found:
        found.page.route("**/led/", page)
        sizes = led_stylesheet(screen)
        found.page.route(
            "**/led/size.css", lambda route: route.fulfill(body=sizes, content_type="text/css")
        )
        found.go("led/")
        measured(found.page)
        yield found


def measured(page: Page) -> None:
    """Wait until titles are as large as they will be."""
    page.wait_for_selector(".led:not([data-measuring]) .frame[data-fit]", state="attached")


def until(page: Page, expression: str) -> None:
    """Wait until something is true on the page; its policy allows no code from texts."""
    end = time.monotonic() + PATIENCE / 1000
    while not holds(page, expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(20)


def holds(page: Page, expression: str) -> bool:
    """Tell whether something is true on the page; not while it is fetched anew."""
    try:
        return bool(page.evaluate(expression))
    except Error as error:
        if "Execution context was destroyed" in error.message:
            return False
        raise


def only(number: int) -> Callable[[str], str]:
    """Return a change that leaves the first frames of a loop."""

    def change(html: str) -> str:
        for frame in ARTICLE.findall(html)[number:]:
            html = html.replace(frame, "", 1)
        return html

    return change


@pytest.fixture
def server(gate_server: Callable[[str], str], profile: Profile) -> str:
    return gate_server(profile.id)


@browsing
@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_capitals_are_as_high_as_the_distance_asks(
    browser: Browser, server: str, screen: Screen
) -> None:
    least = screen.distance_mm / COMFORTABLE
    with hang(browser, server, screen) as led:
        found = led.page.evaluate(CAPITALS)
        notes = led.page.evaluate(NOTES)
    assert len(found) > 72
    for step, pixels, text in found:
        assert int(step) < SMALLEST
        assert pixels / screen.px_per_mm >= least * 0.995, text
    assert min(notes) / screen.px_per_mm >= least / 2 * 0.995


@browsing
def test_titles_stay_whole_where_a_screen_is_too_small(browser: Browser, server: str) -> None:
    screen = Screen(55, 1920, 1080, None, 10_000)
    with hang(browser, server, screen) as led:
        found = led.page.evaluate(CAPITALS)
        places = led.page.evaluate(PLACES)
    assert min(frame["drawing"]["width"] for frame in places["frames"]) == 0
    comfortable = screen.distance_mm / COMFORTABLE
    for step, pixels, text in found:
        least = comfortable if int(step) < SMALLEST else comfortable * 0.65
        assert pixels / screen.px_per_mm >= least * 0.995, text
    check_places(places, screen, read=40)


@browsing
@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_nothing_overlaps_and_nothing_is_cut(browser: Browser, server: str, screen: Screen) -> None:
    with hang(browser, server, screen) as led:
        check_places(led.page.evaluate(PLACES), screen)
        assert led.page.locator(".note p:visible").count() == 2
        assert led.page.evaluate(
            "[...document.querySelectorAll('.frame')].every((frame) => frame.dataset.fit < 7)"
        )


def check_places(places: dict[str, Any], screen: Screen, read: float = READ) -> None:
    """Check that words are inside their panel, beside the code, and above the last line."""
    assert not places["scrolls"]
    assert places["over"] == []
    assert places["picture"] == places["pictures"]
    assert places["pictures"]["width"] * places["pictures"]["height"] > 0
    for frame in places["frames"]:
        panel, text, code = frame["panel"], frame["text"], frame["code"]
        for words in frame["words"]:
            assert words["top"] >= panel["top"] - 1, frame["name"]
            assert words["bottom"] <= panel["bottom"] + 1, frame["name"]
            assert words["right"] <= panel["right"] + 1, frame["name"]
        if code and code["width"]:
            beside = text["right"] <= code["left"] + 1 or text["bottom"] <= code["top"] + 1
            assert beside, frame["name"]
            assert code["bottom"] <= places["foot"]["top"] + 1 or code["right"] <= screen.width_px
            assert code["right"] <= screen.width_px
            assert code["top"] >= 0
            assert frame["drawing"]["width"] == pytest.approx(frame["drawing"]["height"], abs=1)
            assert frame["drawing"]["width"] / screen.px_per_mm >= screen.distance_mm / read


@browsing
def test_words_stand_on_the_sea_at_seven_to_one(browser: Browser, server: str) -> None:
    with hang(browser, server, SCREENS["television"]) as led:
        found = led.page.evaluate(GROUNDS)
    assert len({name for name, _ in found}) >= 4
    assert [one for one in found if one[1] < 7] == []


@browsing
def test_six_languages_appear_in_turn_and_nothing_leaves_the_machine(
    browser: Browser, server: str, profile: Profile
) -> None:
    record = """<script src="../seen.js"></script>"""
    script = """addEventListener("DOMContentLoaded", () => {
      globalThis.seen = [];
      const note = () => {
        const lang = document.querySelector(".frame[data-shown]").lang;
        if (seen.at(-1) !== lang) seen.push(lang);
      };
      note();
      new MutationObserver(note).observe(document.querySelector(".panel"), {
        subtree: true, attributes: true, attributeFilter: ["data-shown"],
      });
    });"""
    with visitor(browser, server, viewport={"width": 1920, "height": 1080}) as led:
        led.page.route(
            "**/seen.js", lambda route: route.fulfill(body=script, content_type="text/javascript")
        )

        def page(route: Route) -> None:
            answer = route.fetch()
            html = DWELL.sub('data-dwell="30"', answer.text())
            route.fulfill(response=answer, body=html.replace("<link", f"{record}<link", 1))

        led.page.route("**/led/", page)
        led.go("led/")
        until(led.page, "seen.length > 12")
        seen = led.page.evaluate("seen")
        names = [contexts()[code].language.html_lang for code in profile.languages]
        assert seen[:12] == names * 2
        assert led.foreign == []
        assert [
            told for told in led.complaints if "404" in told or "Content Security" in told
        ] == []


@browsing
def test_two_hundred_slides_leave_the_page_as_it_was(browser: Browser, server: str) -> None:
    with hang(browser, server, SCREENS["television"]) as led:
        page = led.page
        client = page.context.new_cdp_session(page)
        client.send("Performance.enable")

        def counted() -> dict[str, float]:
            client.send("HeapProfiler.collectGarbage")
            found = client.send("Performance.getMetrics")["metrics"]
            return {metric["name"]: metric["value"] for metric in found}

        page.evaluate("for (let i = 0; i < 100; i += 1) loop.step()")
        # Drawings are documents of their own: all are there before anything is counted.
        page.evaluate(
            """Promise.allSettled([...document.images].map((image) => {
              image.loading = "eager";
              return image.decode();
            }))"""
        )
        before = counted()
        page.evaluate("for (let i = 0; i < 200; i += 1) loop.step()")
        after = counted()
        for name in ("Nodes", "JSEventListeners", "Documents"):
            assert after[name] <= before[name] + 2, name
        assert after["JSHeapUsedSize"] <= before["JSHeapUsedSize"] * 1.05 + 50_000
        for kind in (".frame", ".picture"):
            assert page.locator(f"{kind}[data-shown]").count() == 1
            assert page.locator(f"{kind}[data-leaving]").count() <= 1
            assert page.locator(f"{kind}[data-coming]").count() == 0


@browsing
def test_after_a_pass_the_page_is_fetched_anew(browser: Browser, server: str) -> None:
    with hang(browser, server, SCREENS["television"], dwell=30, change=only(8)) as led:
        led.page.evaluate("globalThis.old = true")
        until(led.page, "!globalThis.old")
        assert led.page.url == f"{server}led/"
        assert led.page.evaluate("history.length") <= 2
        assert led.page.locator(".frame").count() == 8


@browsing
def test_a_server_that_is_gone_changes_nothing_on_the_screen(browser: Browser, server: str) -> None:
    with hang(browser, server, SCREENS["television"], change=only(4)) as led:
        page = led.page
        page.evaluate("globalThis.old = true; globalThis.times = 0")
        page.evaluate(
            """new MutationObserver((all) => { times += all.length; }).observe(
              document.querySelector(".frame"), { attributeFilter: ["data-shown"] })"""
        )
        page.unroute("**/led/")
        page.route("**/led/", lambda route: route.abort())
        page.evaluate("document.querySelector('.led').dataset.dwell = 20; loop.wait()")
        until(page, "times >= 3")
        assert page.evaluate("globalThis.old")
        assert page.locator(".frame[data-shown]").count() == 1


@browsing
def test_a_page_of_another_kind_is_not_taken_for_the_loop(browser: Browser, server: str) -> None:
    with hang(browser, server, SCREENS["television"], change=only(3)) as led:
        page = led.page
        page.evaluate("globalThis.old = true; globalThis.times = 0")
        page.evaluate(
            """new MutationObserver((all) => { times += all.length; }).observe(
              document.querySelector(".frame"), { attributeFilter: ["data-shown"] })"""
        )
        page.unroute("**/led/")
        page.route("**/led/", lambda route: route.fulfill(body="<h1>Sign in</h1>"))
        page.evaluate("document.querySelector('.led').dataset.dwell = 20; loop.wait()")
        until(page, "times >= 3")
        assert page.evaluate("globalThis.old")


@browsing
def test_what_is_over_is_left_out_and_a_wrong_clock_leaves_the_rest(
    browser: Browser, server: str
) -> None:
    def old(html: str) -> str:
        frames = ARTICLE.findall(html)
        for frame in frames[6:12]:
            html = html.replace(
                frame, frame.replace("<article ", '<article data-until="2000-01-01" '), 1
            )
        return html

    with hang(browser, server, SCREENS["television"], change=old) as led:
        steps = led.page.evaluate("Array.from({ length: 80 }, () => loop.step())")
    assert set(range(6, 12)).isdisjoint(steps)
    assert set(range(12, 72)) <= set(steps)
    every = re.compile("<article ")
    with hang(
        browser,
        server,
        SCREENS["television"],
        change=lambda html: every.sub('<article data-until="2000-01-01" ', html),
    ) as led:
        led.page.evaluate("for (let i = 0; i < 5; i += 1) loop.step()")
        assert led.page.locator(".frame[data-shown] h1").is_visible()


@browsing
def test_a_drawing_that_is_missing_does_not_hold_up_the_loop(browser: Browser, server: str) -> None:
    with hang(browser, server, SCREENS["television"]) as led:
        led.page.route("**/*.svg", lambda route: route.abort())
        led.page.evaluate("document.querySelector('.led').dataset.dwell = 20; loop.wait()")
        until(led.page, "document.querySelector('.frame[data-shown]').dataset.picture === '2'")


@browsing
def test_nothing_moves_for_those_who_want_no_motion_and_nobody_can_touch(
    browser: Browser, server: str
) -> None:
    styles = """() => {
      const of = (name) => getComputedStyle(document.querySelector(name));
      return {
        times: [".frame[data-shown]", ".picture[data-shown]"].map((n) => of(n).transitionDuration),
        cursor: of("html").cursor, pointer: of("body").pointerEvents, select: of("body").userSelect,
      };
    }"""
    with hang(browser, server, SCREENS["television"]) as led:
        found = led.page.evaluate(styles)
        # A change takes longer than a third of a second: nothing flashes three times in one.
        assert all(float(time.removesuffix("s")) > 0.34 for time in found["times"])
        assert (found["cursor"], found["pointer"], found["select"]) == ("none", "none", "none")
    with hang(browser, server, SCREENS["television"], reduced_motion="reduce") as led:
        assert led.page.evaluate(styles)["times"] == ["0s", "0s"]


@browsing
def test_a_title_too_long_for_any_screen_stays_in_its_place(browser: Browser, server: str) -> None:
    long = "Một tên rất dài mà không ai nghĩ là sẽ có trên một màn hình lớn ở cửa khẩu " * 3

    def change(html: str) -> str:
        return html.replace('frame__title">', f'frame__title">{long}', 1)

    with hang(browser, server, SCREENS["television"], change=change) as led:
        places = led.page.evaluate(PLACES)
    first = places["frames"][0]
    assert first["text"]["bottom"] <= first["panel"]["bottom"] + 1
    assert first["text"]["top"] >= first["panel"]["top"] - 1


def test_heights_of_capitals_are_those_of_the_fonts() -> None:
    folder = Path(__file__).parents[2] / "scripts" / "quangba" / "media" / "fonts"
    for path in folder.glob("*.woff2"):
        with TTFont(path) as font:
            assert font["OS/2"].sCapHeight / font["head"].unitsPerEm >= CAP_HEIGHT, path.name
