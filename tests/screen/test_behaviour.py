"""How the screen behaves under a finger: going, coming back, being left alone, being forgotten."""

from __future__ import annotations

import io
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from little_kiosk import READY, STEP, Kiosk, Served, kiosk_in, on_screen, write_kiosk
from playwright.sync_api import Browser, Page, Route
from served import running

from quangba.kiosk.agent import Agent
from quangba.kiosk.shown import Device

pytestmark = pytest.mark.browser

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

QUICK = {"question_s": 6, "answer_s": 3}
"""Idle times in seconds, on a clock that tests let run on."""

CHOSEN = "(({size, contrast, reach}) => [size, contrast, reach])(document.documentElement.dataset)"

AT_FIRST = ["0", None, None]
"""Size, contrast and reach that nobody has chosen."""

AT_BODY = """new MutationObserver((_, me) => {
  if (!document.body) return;
  me.disconnect();
  window.atBody = {...document.documentElement.dataset};
}).observe(document, {childList: true, subtree: true})"""
"""Notes how <html> is when the body begins: nothing is painted before that."""

IN_LOOP = "location.pathname === '/attract/'"

USED = f"!({IN_LOOP}) && !('busy' in document.documentElement.dataset)"
"""Nobody has begun to leave the page: a tap in between would wait for ever."""

IDLE_OPEN = "document.getElementById('qb-idle').open"

# ----------------------------------------------------------------------------
# Fixtures
# ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_kiosk(tmp_path_factory.mktemp("little"))


@pytest.fixture
def kiosk(browser: Browser, folder: Path) -> Iterator[Kiosk]:
    with kiosk_in(browser, folder) as kiosk:
        yield kiosk


@pytest.fixture
def clocked(kiosk: Kiosk) -> Kiosk:
    kiosk.hold_clock()
    return kiosk


@pytest.fixture
def quick(browser: Browser, tmp_path: Path) -> Iterator[Kiosk]:
    with clocked_in(browser, tmp_path, **QUICK) as kiosk:
        yield kiosk


@contextmanager
def clocked_in(browser: Browser, folder: Path, **idle: float) -> Iterator[Kiosk]:
    """Open a little kiosk whose clock a test lets run on."""
    with kiosk_in(browser, write_kiosk(folder, **idle)) as kiosk:
        kiosk.hold_clock()
        yield kiosk


def entries(kiosk: Kiosk) -> int:
    """Return the length of the history."""
    found: int = kiosk.page.evaluate("history.length")
    return found


# ----------------------------------------------------------------------------
# Going and coming back
# ----------------------------------------------------------------------------


def test_history_stays_at_one_entry_while_somebody_goes_about(kiosk: Kiosk) -> None:
    kiosk.go("attract/")
    at_first = entries(kiosk)
    kiosk.tap_to("[data-lang=ja]", "ja/")
    kiosk.tap_to("text=visit/food/", "ja/visit/food/")
    kiosk.tap_to("[data-act=find]", "ja/find/")
    kiosk.tap("text=#end")
    kiosk.tap("[data-act=languages]")
    kiosk.tap_to("[data-lang=vi]", "find/")
    kiosk.tap_to("[data-act=home]", "")
    kiosk.tap_to("[data-act=back]", "find/")
    assert entries(kiosk) == at_first


def test_back_leads_a_step_back_then_home_then_to_the_loop(kiosk: Kiosk) -> None:
    kiosk.go("ja/visit/")
    kiosk.tap_to("text=visit/bay/", "ja/visit/bay/")
    kiosk.tap_to("[data-act=back]", "ja/visit/")
    kiosk.tap_to("[data-act=back]", "ja/")
    kiosk.tap_to("[data-act=back]", "attract/")
    assert kiosk.storage == {}


def test_back_after_home_leads_where_one_was(kiosk: Kiosk) -> None:
    kiosk.go("visit/")
    kiosk.tap_to("[data-act=home]", "")
    kiosk.tap_to("[data-act=back]", "visit/")


def test_another_language_keeps_page_place_and_way_back(kiosk: Kiosk) -> None:
    kiosk.go()
    kiosk.tap_to("text=visit/food/", "visit/food/")
    kiosk.scroll(1200)
    kiosk.tap("[data-act=languages]")
    kiosk.tap_to("[data-lang=ja]", "ja/visit/food/")
    assert kiosk.top == pytest.approx(1200, abs=20)
    kiosk.tap_to("[data-act=back]", "ja/")


def test_the_language_that_is_shown_closes_the_dialog_and_stays(kiosk: Kiosk) -> None:
    kiosk.go("visit/")
    kiosk.tap("[data-act=languages]")
    kiosk.tap("[data-lang=vi]")
    kiosk.until("!document.querySelector('dialog[open]')")
    assert kiosk.path == "visit/"


def test_a_page_that_a_language_lacks_leads_to_its_home(kiosk: Kiosk) -> None:
    kiosk.go("ja/visit/")
    kiosk.tap("[data-act=languages]")
    kiosk.tap_to("[data-lang=xx]", "ja/")


def test_a_link_that_leads_nowhere_leads_home(kiosk: Kiosk) -> None:
    kiosk.go("ja/visit/")
    kiosk.tap_to("#gone", "ja/")
    kiosk.tap_to("[data-act=back]", "ja/visit/")


def test_back_returns_to_the_place_on_the_page(kiosk: Kiosk) -> None:
    kiosk.go("visit/")
    kiosk.scroll(2345)
    kiosk.tap_to("[data-act=find]", "find/")
    kiosk.tap_to("[data-act=back]", "visit/")
    assert kiosk.top == 2345


def test_an_anchor_scrolls_and_back_returns_without_loading(kiosk: Kiosk) -> None:
    kiosk.go("visit/")
    kiosk.page.evaluate("window.same = true")
    kiosk.tap("text=#end")
    kiosk.until("document.querySelector('.view').scrollTop > 3000")
    assert kiosk.page.evaluate("document.activeElement.id") == "end"
    kiosk.tap("[data-act=back]")
    kiosk.until("document.querySelector('.view').scrollTop === 0")
    assert kiosk.page.evaluate("window.same")


def test_the_stack_is_bounded(kiosk: Kiosk) -> None:
    kiosk.go("visit/")
    kiosk.page.evaluate(
        "sessionStorage.setItem('qb-stack', JSON.stringify(Array(500).fill({path: 'way/'})))"
    )
    kiosk.tap_to("[data-act=home]", "")
    stack = kiosk.page.evaluate("JSON.parse(sessionStorage.getItem('qb-stack'))")
    assert (len(stack), stack[-1]["path"]) == (50, "visit/")


def test_a_stack_that_is_no_stack_is_no_dead_end(kiosk: Kiosk) -> None:
    for text in ("{", "null", "7", '"x"', '[{"path": "../../x"}]', '[{"path": 9}]'):
        kiosk.go("visit/")
        kiosk.page.evaluate("text => sessionStorage.setItem('qb-stack', text)", text)
        kiosk.tap_to("[data-act=back]", "")


def test_a_screen_reader_begins_at_the_content(kiosk: Kiosk) -> None:
    kiosk.go("visit/")
    assert kiosk.page.evaluate("document.activeElement.id") == "qb-content"


def test_buttons_scroll_and_say_when_they_cannot(kiosk: Kiosk) -> None:
    kiosk.go("visit/")
    able = (
        "[...document.querySelectorAll('[data-act=up], [data-act=down]')].map(b => b.ariaDisabled)"
    )
    assert kiosk.page.evaluate(able) == ["true", "false"]
    kiosk.tap("[data-act=down]")
    kiosk.until("document.querySelector('.view').scrollTop > 1000")
    kiosk.until(f"{able}.join() === 'false,false'")
    kiosk.scroll(99999)
    kiosk.until(f"{able}.join() === 'false,true'")
    kiosk.tap("[data-act=up]")
    kiosk.until(f"{able}.join() === 'false,false'")


def test_the_link_under_a_finger_answers_before_the_page_comes(kiosk: Kiosk) -> None:
    kiosk.server.slow["/visit/food/"] = 0.5
    kiosk.go("visit/")
    kiosk.tap("text=visit/food/")
    pressed = kiosk.page.evaluate("[...document.querySelectorAll('.pressed')].map(e => e.text)")
    assert (kiosk.path, pressed) == ("visit/", ["visit/food/"])
    kiosk.arrive("visit/food/")


def test_a_finger_is_answered_before_it_is_lifted(kiosk: Kiosk) -> None:
    kiosk.go("visit/")
    box = kiosk.page.locator("[data-act=settings]").bounding_box()
    assert box
    cdp = kiosk.page.context.new_cdp_session(kiosk.page)
    finger = {"x": box["x"] + 20, "y": box["y"] + 20}
    pressed = "[...document.querySelectorAll('.pressed')].map(e => e.dataset.act).join()"
    cdp.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [finger]})
    assert kiosk.page.evaluate(pressed) == "settings"
    cdp.send("Input.dispatchTouchEvent", {"type": "touchCancel", "touchPoints": []})
    kiosk.until(f"{pressed} === ''")
    assert kiosk.page.locator("dialog[open]").count() == 0


def test_further_taps_count_for_nothing_while_a_page_loads(kiosk: Kiosk) -> None:
    kiosk.server.slow["/visit/food/"] = 0.4
    kiosk.go("visit/")
    boxes = [kiosk.page.locator(s).bounding_box() for s in ("text=visit/food/", "[data-act=home]")]
    for box in boxes * 3:
        assert box
        kiosk.page.touchscreen.tap(box["x"] + 5, box["y"] + 5)
    kiosk.arrive("visit/food/")
    assert kiosk.storage["qb-stack"].count("path") == 1


def test_a_tap_before_the_page_is_ready_is_kept(kiosk: Kiosk) -> None:
    kiosk.go("visit/")
    at_first = entries(kiosk)
    kiosk.server.slow["/idle.js"] = 0.5
    kiosk.page.goto(kiosk.address + "way/", wait_until="domcontentloaded")
    kiosk.tap("text=visit/food/")
    assert kiosk.path == "way/"
    kiosk.arrive("visit/food/")
    assert entries(kiosk) == at_first + 1  # that of goto()


# ----------------------------------------------------------------------------
# A server that goes away
# ----------------------------------------------------------------------------


def test_a_server_that_is_away_is_waited_for(kiosk: Kiosk) -> None:
    kiosk.go("visit/")
    kiosk.server.stop()
    kiosk.tap("text=visit/food/")
    kiosk.until("!document.getElementById('qb-wait').hidden")
    assert kiosk.path == "visit/"
    kiosk.server = Served(kiosk.server.folder, kiosk.port)
    kiosk.arrive("visit/food/")


def test_a_dialog_does_not_hide_that_one_has_to_wait(kiosk: Kiosk) -> None:
    kiosk.go("visit/")
    kiosk.tap("[data-act=languages]")
    kiosk.server.stop()
    kiosk.tap("[data-lang=ja]")
    kiosk.until("!document.getElementById('qb-wait').hidden")
    assert kiosk.page.locator("dialog[open]").count() == 0
    kiosk.server = Served(kiosk.server.folder, kiosk.port)
    kiosk.arrive("ja/visit/")


def test_a_page_that_came_without_its_scripts_mends_itself(clocked: Kiosk) -> None:
    kiosk = clocked
    kiosk.go("visit/")
    cut = lambda route: route.abort()  # noqa: E731
    kiosk.page.route("**/travel.js", cut)
    kiosk.page.goto(kiosk.address + "way/")
    kiosk.page.wait_for_timeout(300)
    assert kiosk.page.locator("html[data-ready]").count() == 0
    kiosk.page.unroute("**/travel.js", cut)
    kiosk.later(2)
    kiosk.ready()
    assert "qb-mend" not in kiosk.storage


@pytest.mark.parametrize("path", ["visit/", "attract/"])
def test_a_script_that_is_missing_for_good_does_not_reload_all_the_time(
    clocked: Kiosk, path: str
) -> None:
    kiosk = clocked
    kiosk.page.route("**/gate.js", lambda route: route.fulfill(status=404))
    kiosk.page.goto(kiosk.address + path)
    kiosk.later(2)
    kiosk.until("sessionStorage.getItem('qb-mend') === '1'")
    kiosk.page.wait_for_load_state()
    kiosk.later(3)
    kiosk.page.wait_for_timeout(300)  # it would have asked and come again by then
    assert kiosk.storage["qb-mend"] == "1"
    assert [method for method, _ in kiosk.server.asked].count("HEAD") == 1


# ----------------------------------------------------------------------------
# Settings
# ----------------------------------------------------------------------------


def test_size_contrast_and_reach_last_for_the_session_and_come_before_paint(kiosk: Kiosk) -> None:
    kiosk.go("visit/")
    kiosk.tap("[data-act=settings]")
    for _ in range(6):
        kiosk.tap("[data-act=larger]")
    kiosk.tap("[data-act=contrast]")
    kiosk.tap("[data-act=reach]")
    assert kiosk.page.evaluate(CHOSEN) == ["4", "high", "low"]
    assert kiosk.page.inner_text("#qb-settings output") in ("200%", "200 %")
    kiosk.tap("#qb-settings [data-act=close]")
    kiosk.page.add_init_script(AT_BODY)
    kiosk.tap_to("[data-act=find]", "find/")
    seen = kiosk.page.evaluate("atBody")
    assert (seen["size"], seen["contrast"], seen["reach"]) == ("4", "high", "low")
    kiosk.tap("[data-act=settings]")
    assert kiosk.page.get_attribute("[data-act=larger]", "aria-disabled") == "true"
    assert kiosk.page.get_attribute("[data-act=contrast]", "aria-pressed") == "true"
    for act in ("smaller", "smaller", "contrast", "reach"):
        kiosk.tap(f"[data-act={act}]")
    assert kiosk.page.evaluate(CHOSEN) == ["2", None, None]


def test_a_size_that_is_none_is_the_first(kiosk: Kiosk) -> None:
    kiosk.go("visit/")
    for size in ("9", "-1", "x", ""):
        kiosk.page.evaluate("size => sessionStorage.setItem('qb-size', size)", size)
        kiosk.page.reload()
        assert kiosk.page.evaluate(CHOSEN) == AT_FIRST


def test_the_place_stays_when_letters_grow(kiosk: Kiosk) -> None:
    kiosk.go("visit/")
    kiosk.scroll(2000)
    kiosk.tap("[data-act=settings]")
    for _ in range(4):
        kiosk.tap("[data-act=larger]")
    assert kiosk.top > 3000


def test_pages_work_where_storage_is_closed(kiosk: Kiosk) -> None:
    closed = "Object.defineProperty(window, 'sessionStorage', {get() { throw new Error() }})"
    kiosk.page.add_init_script(closed)
    kiosk.go("visit/")
    kiosk.tap("[data-act=settings]")
    kiosk.tap("[data-act=larger]")
    kiosk.tap("#qb-settings [data-act=close]")
    kiosk.tap_to("text=visit/food/", "visit/food/")
    kiosk.tap_to("[data-act=back]", "")


# ----------------------------------------------------------------------------
# Dialogs
# ----------------------------------------------------------------------------


def test_languages_come_in_the_order_of_the_gate(kiosk: Kiosk) -> None:
    kiosk.go()
    order = "[...document.querySelectorAll('#qb-languages [data-lang]')].map(a => a.dataset.lang)"
    assert kiosk.page.evaluate(order) == ["ja", "vi", "xx"]


@pytest.mark.parametrize("name", ["languages", "settings", "take"])
def test_dialogs_keep_the_focus_and_close_in_three_ways(kiosk: Kiosk, name: str) -> None:
    kiosk.go()
    dialog = f"document.getElementById('qb-{name}')"
    close = (
        lambda: kiosk.tap(f"#qb-{name} [data-act=close]"),
        lambda: kiosk.page.touchscreen.tap(20, 300),
        lambda: kiosk.page.keyboard.press("Escape"),
    )
    for how in close:
        kiosk.tap("#take" if name == "take" else f"[data-act={name}]")
        assert kiosk.page.evaluate(f"{dialog}.matches(':modal')")
        for _ in range(8):
            kiosk.page.keyboard.press("Tab")
            assert kiosk.page.evaluate(
                f"[{dialog}, document.body].some(one => one.contains(document.activeElement)"
                " && (one !== document.body || document.activeElement === one))"
            )
        how()
        assert not kiosk.page.evaluate(f"{dialog}.open")


def test_a_tap_on_the_edge_of_a_dialog_is_not_outside(kiosk: Kiosk) -> None:
    kiosk.go()
    kiosk.tap("[data-act=settings]")
    box = kiosk.page.locator("#qb-settings").bounding_box()
    assert box
    kiosk.page.touchscreen.tap(box["x"] + 5, box["y"] + 5)
    assert kiosk.page.evaluate("document.getElementById('qb-settings').open")


def test_what_can_be_taken_along_has_a_code_with_and_without_network(kiosk: Kiosk) -> None:
    kiosk.go()
    kiosk.tap("#take")
    shown = (
        "(d => [d.querySelector('img').getAttribute('src'), d.querySelector('p').innerText,"
        " d.querySelector('h2').innerText])(document.getElementById('qb-take'))"
    )
    assert kiosk.page.evaluate(shown) == ["./one.svg", "https://example.com/", "take"]
    kiosk.tap("[data-act=take-plain]")
    assert kiosk.page.evaluate(shown) == ["./two.svg", "plain", "take"]
    assert kiosk.page.get_attribute("[data-act=take-plain]", "aria-pressed") == "true"
    kiosk.tap("#qb-take [data-act=close]")
    kiosk.tap("#take-one")
    assert kiosk.page.evaluate(shown) == ["./one.svg", "https://example.com/", "take one"]
    assert kiosk.page.is_hidden("[data-take=choice]")


# ----------------------------------------------------------------------------
# Idle, and the end
# ----------------------------------------------------------------------------


def test_whoever_leaves_is_forgotten(quick: Kiosk) -> None:
    quick.go("attract/")
    at_first = entries(quick)
    quick.tap_to("[data-lang=ja]", "ja/")
    quick.tap_to("text=visit/food/", "ja/visit/food/")
    quick.tap("[data-act=settings]")
    quick.tap("[data-act=larger]")
    quick.tap("[data-act=contrast]")
    quick.tap("[data-act=reach]")
    quick.tap("#qb-settings [data-act=close]")
    quick.page.fill("#field", "something")
    quick.scroll(1000)
    quick.later_until(IDLE_OPEN)
    assert quick.page.inner_text("#qb-idle output") in ("2", "3")
    quick.later(3.25)
    quick.arrive("attract/")
    assert quick.storage == {}
    assert quick.page.evaluate(CHOSEN) == AT_FIRST
    assert entries(quick) == at_first
    assert quick.page.context.cookies() == []
    assert quick.page.evaluate("localStorage.length") == 0
    quick.tap_to("[data-lang=vi]", "")
    assert (quick.top, quick.page.input_value("#field")) == (0, "")
    assert quick.page.evaluate(CHOSEN) == AT_FIRST


def test_everything_is_forgotten_even_where_the_server_is_away(quick: Kiosk) -> None:
    quick.go("visit/")
    quick.tap("[data-act=settings]")
    quick.tap("[data-act=larger]")
    quick.server.stop()
    quick.later_until("!document.getElementById('qb-wait').hidden")
    assert quick.storage == {}
    assert quick.page.evaluate(CHOSEN) == AT_FIRST
    quick.server = Served(quick.server.folder, quick.port)
    quick.later_until(IN_LOOP)
    quick.arrive("attract/")


def test_the_question_can_be_answered_more_than_ten_times(browser: Browser, tmp_path: Path) -> None:
    with clocked_in(browser, tmp_path, question_s=2, answer_s=40) as kiosk:
        kiosk.go("visit/")
        for _ in range(11):
            kiosk.later_until(IDLE_OPEN)
            kiosk.page.touchscreen.tap(500, 600)
            assert not kiosk.page.evaluate(IDLE_OPEN)
        kiosk.later_until(IDLE_OPEN)
        kiosk.tap("[data-act=stay]")
        assert not kiosk.page.evaluate(IDLE_OPEN)
        assert kiosk.path == "visit/"


def test_the_tap_that_answers_does_nothing_else(quick: Kiosk) -> None:
    quick.go("visit/")
    for selector in ("text=visit/food/", "#take", "[data-act=settings]"):
        box = quick.page.locator(selector).bounding_box()
        assert box
        quick.later_until(IDLE_OPEN)
        quick.page.touchscreen.tap(box["x"] + 5, box["y"] + 5)
        quick.page.wait_for_timeout(100)
        assert quick.page.locator("dialog[open]").count() == 0
    assert quick.path == "visit/"


def test_escape_answers_as_well(quick: Kiosk) -> None:
    quick.go("visit/")
    quick.later_until(IDLE_OPEN)
    quick.page.keyboard.press("Escape")
    assert not quick.page.evaluate(IDLE_OPEN)
    quick.later_until(IDLE_OPEN)
    quick.page.keyboard.press("Escape")
    assert not quick.page.evaluate(IDLE_OPEN)
    assert quick.path == "visit/"


def test_a_suitcase_that_leans_on_the_glass_is_nobody(browser: Browser, tmp_path: Path) -> None:
    with clocked_in(browser, tmp_path, **QUICK) as kiosk:
        kiosk.go("visit/")
        for _ in range(100):
            kiosk.page.touchscreen.tap(900, 1300)
            kiosk.later(2)  # the question would wait for three times as long
            if not kiosk.holds(USED):
                break
        kiosk.later_until(IN_LOOP)
        kiosk.arrive("attract/")


def test_somebody_who_reads_on_is_asked_and_stays(browser: Browser, tmp_path: Path) -> None:
    with clocked_in(browser, tmp_path, **QUICK) as kiosk:
        kiosk.go("visit/")
        for step in range(20):  # longer than the suitcase may
            kiosk.scroll(10 * step)
            kiosk.page.touchscreen.tap(900, 1300)
            kiosk.later(8)
            assert kiosk.page.evaluate(IDLE_OPEN)
        assert kiosk.path == "visit/"


def test_a_clock_that_jumps_changes_nothing(quick: Kiosk) -> None:
    quick.page.clock.set_system_time("2026-11-14T08:00:00")
    quick.go("visit/")
    for moment in ("1970-01-02T00:00:00", "2040-01-01T00:00:00"):
        quick.page.clock.set_system_time(moment)
        quick.page.touchscreen.tap(900, 1300)
        quick.later(0.5)
        assert not quick.page.evaluate(IDLE_OPEN)
    quick.later_until(IDLE_OPEN)
    quick.later(3.25)
    quick.arrive("attract/")


def test_nobody_is_asked_in_the_loop(quick: Kiosk) -> None:
    quick.go("attract/")
    quick.later(20)
    quick.page.wait_for_timeout(200)  # it would have asked for the way by then
    assert quick.path == "attract/"
    assert not any(path == "/attract/" for method, path in quick.server.asked if method == "HEAD")


def test_a_screen_reader_hears_the_countdown_but_not_each_second(
    browser: Browser, tmp_path: Path
) -> None:
    with clocked_in(browser, tmp_path, question_s=2, answer_s=6) as kiosk:
        kiosk.go("visit/")
        heard: dict[str, str] = {}
        for _ in range(100):
            text, live = kiosk.page.evaluate(
                "(o => [o.value, o.ariaLive])(document.querySelector('#qb-idle output'))"
            )
            heard[text] = live
            if text == "4":
                break
            kiosk.later(STEP)
        assert {heard["6"], heard["5"], heard["4"]} == {"off", "polite"}
        assert heard["5"] == "polite"


# ----------------------------------------------------------------------------
# Film and sound
# ----------------------------------------------------------------------------


def write_sound(path: Path, seconds: float) -> None:
    """Write silence."""
    data = io.BytesIO()
    with wave.open(data, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(b"\x80" * int(8000 * seconds))
    path.write_bytes(data.getvalue())


SOUND = """<figure><audio id="sound" controls{more} src="{up}sound.wav"></audio>
<button type="button" data-act="play"><span data-when="still">play</span>
<span data-when="playing" hidden>stop</span></button></figure>
<figure><audio id="other" src="{up}sound.wav"></audio></figure>"""
"""Media of a page; ``{more}`` takes attributes."""


def sounding(tmp_path: Path, seconds: float, more: str = "", **idle: float) -> Path:
    """Write a little kiosk with a sound, which takes its time: so do questions there."""
    times = {"question_s": 0.6, "answer_s": 0.3, **idle}
    folder = write_kiosk(tmp_path, SOUND.replace("{more}", more), **times)
    write_sound(folder / "sound.wav", seconds)
    return folder


def test_nobody_is_asked_while_something_plays(browser: Browser, tmp_path: Path) -> None:
    # For longer than touches that change nothing may go on: a film is long.
    with kiosk_in(browser, sounding(tmp_path, 3.5, question_s=0.2, answer_s=0.05)) as kiosk:
        kiosk.hold_clock()
        kiosk.go("visit/")
        kiosk.tap("[data-act=play]")
        kiosk.until("document.getElementById('sound').currentTime > 0")
        kiosk.page.clock.resume()
        kiosk.until("document.getElementById('sound').currentTime > 3")
        assert not kiosk.page.evaluate(IDLE_OPEN)
        kiosk.arrive("attract/")


def test_what_plays_for_ever_holds_the_question_back_for_a_time(
    browser: Browser, tmp_path: Path
) -> None:
    with kiosk_in(browser, sounding(tmp_path, 0.5, " loop", media_s=1.2)) as kiosk:
        kiosk.go("visit/")
        kiosk.tap("[data-act=play]")
        kiosk.page.wait_for_timeout(1000)
        assert not kiosk.page.evaluate(IDLE_OPEN)
        kiosk.arrive("attract/")


def test_what_is_frozen_holds_nothing_back(browser: Browser, tmp_path: Path) -> None:
    with kiosk_in(browser, sounding(tmp_path, 60)) as kiosk:
        kiosk.go("visit/")
        kiosk.tap("[data-act=play]")
        kiosk.page.evaluate("document.getElementById('sound').playbackRate = 0")
        kiosk.arrive("attract/")


def test_one_button_begins_and_stops_and_one_plays_at_a_time(
    browser: Browser, tmp_path: Path
) -> None:
    state = """['sound', 'other'].map(id => document.getElementById(id).paused)
      .concat(document.querySelector('[data-act=play]').innerText.trim())"""
    with kiosk_in(browser, sounding(tmp_path, 60, question_s=60)) as kiosk:
        kiosk.go("visit/")
        for _ in range(2):
            kiosk.tap("[data-act=play]")
            kiosk.until(f"{state}.join() === 'false,true,stop'")
            kiosk.tap("[data-act=play]")
            kiosk.until(f"{state}.join() === 'true,true,play'")
        kiosk.tap("[data-act=play]")
        kiosk.until(f"{state}.join() === 'false,true,stop'")
        kiosk.page.evaluate("document.getElementById('other').play()")
        kiosk.until(f"{state}.join() === 'true,false,play'")


def test_the_volume_begins_anew(browser: Browser, tmp_path: Path) -> None:
    volume = "document.getElementById('sound').volume"
    with kiosk_in(browser, sounding(tmp_path, 1, question_s=60)) as kiosk:
        kiosk.go("visit/")
        assert kiosk.page.evaluate(volume) == 0.5
        kiosk.page.evaluate(f"{volume} = 0.9")
        kiosk.tap_to("[data-act=back]", "")
        assert kiosk.page.evaluate(volume) == 0.5


# ----------------------------------------------------------------------------
# Attract
# ----------------------------------------------------------------------------

SHOWN = "[...document.querySelectorAll('[data-slide]')].map(s => s.classList.contains('shown'))"


def test_pictures_and_lines_take_turns(kiosk: Kiosk) -> None:
    kiosk.go("attract/")
    for expected in ("false,true", "true,false"):
        kiosk.until(f"{SHOWN}.join() === '{expected}'")
    kiosk.until("document.querySelectorAll('[data-line]')[1].classList.contains('shown')")


def test_nothing_moves_for_those_who_want_no_motion(browser: Browser, folder: Path) -> None:
    with kiosk_in(browser, folder, reduced_motion="reduce") as kiosk:
        kiosk.go("attract/")
        kiosk.page.wait_for_timeout(700)
        assert kiosk.page.evaluate(SHOWN) == [True, False]


def test_a_touch_wakes_the_choice_and_it_falls_asleep_again(quick: Kiosk) -> None:
    quick.go("attract/")
    quick.page.touchscreen.tap(500, 1500)
    assert quick.page.evaluate("document.documentElement.dataset.awake") == "true"
    quick.later_until("!('awake' in document.documentElement.dataset)")


def test_a_language_is_one_tap_away_from_the_loop(kiosk: Kiosk) -> None:
    kiosk.go("attract/")
    kiosk.tap_to("[data-lang=vi]", "")


def test_the_loop_remembers_nothing(kiosk: Kiosk) -> None:
    kiosk.go("visit/")
    kiosk.page.evaluate("sessionStorage.setItem('qb-find', 'secret'); window.name = 'secret'")
    kiosk.go("attract/")
    assert kiosk.storage == {}
    assert kiosk.page.evaluate("window.name") == ""


# ----------------------------------------------------------------------------
# Heartbeat
# ----------------------------------------------------------------------------

CALM: dict[str, Any] = {"release": 7, "reload": False, "message": None, "notice": None}


def beats_of(kiosk: Kiosk, count: int = 1) -> list[dict[str, Any]]:
    """Wait for heartbeats."""
    beats = kiosk.server.beats
    return wait_for(kiosk.page, lambda: beats if len(beats) >= count else None)  # type: ignore[no-any-return]


def wait_for(page: Page, look: Callable[[], Any]) -> Any:
    """Wait until something is there."""
    for _ in range(300):
        if found := look():
            return found
        page.wait_for_timeout(20)
    raise AssertionError


def test_a_beat_says_what_is_shown_and_nothing_of_a_person(kiosk: Kiosk) -> None:
    kiosk.server.answer = CALM
    kiosk.go("ja/visit/food/")
    beat = beats_of(kiosk)[0]
    assert 0 <= beat.pop("touched") < 5
    assert beat == {
        "release": None, "language": "ja", "page": "ja/visit/food/", "state": "use",
        "painted": True, "media": False, "size": [1080, 1920],
    }  # fmt: skip


def test_a_beat_says_that_somebody_is_waited_for(kiosk: Kiosk) -> None:
    kiosk.server.answer = CALM
    kiosk.go("attract/")
    beat = beats_of(kiosk)[0]
    assert (beat["state"], beat["page"], beat["touched"]) == ("attract", "attract/", None)
    assert beat["painted"]


def test_a_large_screen_that_nobody_touches_is_heard_too(kiosk: Kiosk) -> None:
    kiosk.server.answer = CALM
    kiosk.go("led/")
    beat = beats_of(kiosk)[0]
    assert (beat["state"], beat["page"], beat["painted"]) == ("attract", "led/", True)


def test_a_release_is_known_by_its_address(browser: Browser, tmp_path: Path) -> None:
    write_kiosk(tmp_path / "r" / "123")
    (tmp_path / "r" / "123" / "_headers").rename(tmp_path / "_headers")
    with kiosk_in(browser, tmp_path) as kiosk:
        kiosk.server.answer = CALM
        kiosk.go("r/123/ja/visit/")
        beat = beats_of(kiosk)[0]
        assert (beat["release"], beat["page"]) == (123, "ja/visit/")
        kiosk.tap_to("[data-act=back]", "r/123/ja/")


def test_quick_visitors_are_heard_too(kiosk: Kiosk) -> None:
    kiosk.server.answer = CALM
    kiosk.go()
    kiosk.tap_to("text=visit/food/", "visit/food/")
    assert beats_of(kiosk)[0]["page"] == ""


@pytest.mark.parametrize(
    "spoil",
    [
        "document.querySelector('.view').remove()",
        "document.querySelector('.view').style.display = 'none'",
        "document.querySelector('.view').style.opacity = '0'",
        "document.querySelector('.view').replaceChildren()",
        "document.querySelector('.bar').remove()",
        "document.body.replaceChildren()",
        "document.querySelector('link').remove()",
        "for (const _ of 'abc') dispatchEvent(new ErrorEvent('error'))",
    ],
)
def test_a_page_that_shows_nothing_says_so(clocked: Kiosk, spoil: str) -> None:
    kiosk = clocked
    kiosk.server.answer = CALM
    kiosk.go("visit/")
    kiosk.page.evaluate(spoil)
    kiosk.later(0.6)
    assert beats_of(kiosk)[0]["painted"] is False


def test_an_officer_is_told_in_two_languages_over_everything(kiosk: Kiosk) -> None:
    message = {"kind": "working", "vi": "Đang cập nhật.", "en": "Updating <b>now</b>."}
    kiosk.server.answer = {**CALM, "message": message}
    kiosk.go("attract/")
    banner = kiosk.page.wait_for_selector(".officer[role=status][data-kind=working]")
    assert banner
    assert banner.inner_text().split("\n")[::2] == ["Đang cập nhật.", "Updating <b>now</b>."]
    kiosk.server.answer = CALM
    kiosk.go("attract/")
    beats_of(kiosk, 2)
    assert kiosk.page.locator(".officer").count() == 0


def test_a_message_goes_when_the_agent_says_so(kiosk: Kiosk) -> None:
    kiosk.page.clock.install()
    message = {"kind": "done", "vi": "Xong.", "en": "Done."}
    kiosk.server.answer = {**CALM, "message": message}
    kiosk.go("attract/")
    kiosk.page.clock.run_for(600)
    kiosk.page.wait_for_selector(".officer")
    kiosk.server.answer = CALM
    kiosk.page.clock.run_for(10_000)
    kiosk.page.wait_for_selector(".officer", state="detached")


@pytest.mark.parametrize(
    ("notice", "volatile", "line"),
    [(None, True, False), ("aging", False, False), ("old", False, True), ("older", False, True)],
)
def test_what_grows_old_is_hidden_then_said(
    kiosk: Kiosk, notice: str | None, volatile: bool, line: bool
) -> None:
    kiosk.server.answer = {**CALM, "notice": notice}
    kiosk.go("visit/")
    beats_of(kiosk)
    kiosk.until(f"String(document.documentElement.dataset.age ?? 'None') === '{notice}'")
    assert kiosk.page.is_visible("[data-volatile]") is volatile
    assert kiosk.page.is_visible(".age-notice") is line
    kiosk.page.add_init_script(AT_BODY)
    kiosk.tap_to("[data-act=find]", "find/")
    assert kiosk.page.evaluate("atBody.age ?? null") == notice


def test_a_page_loads_again_when_it_is_told_to(kiosk: Kiosk) -> None:
    kiosk.server.answer = {**CALM, "reload": True}
    kiosk.go("attract/")
    kiosk.page.evaluate("window.same = true")
    beats_of(kiosk)
    kiosk.server.answer = CALM
    kiosk.until("!window.same")
    assert kiosk.path == "attract/"


def test_where_no_agent_is_nobody_is_asked_again_soon(clocked: Kiosk) -> None:
    def asked() -> list[str]:
        return [path for method, path in clocked.server.asked if method == "POST"]

    clocked.go("visit/")
    clocked.later(0.6)
    clocked.until("sessionStorage.getItem('qb-mute') !== null")
    assert asked() == ["/beat"]
    clocked.tap_to("[data-act=find]", "find/")
    clocked.later(0.8)
    clocked.page.wait_for_timeout(300)  # a beat would have come by then
    clocked.tap_to("[data-act=home]", "")
    assert asked() == ["/beat"]


def test_an_answer_that_is_none_changes_nothing(kiosk: Kiosk) -> None:
    answers = ["", "{", "[]", "null", '{"message": 5}', '{"notice": {}}']

    def answer(route: Route) -> None:
        route.fulfill(status=200, body=answers.pop() if answers else "{}")

    kiosk.page.route("**/beat", answer)
    kiosk.page.clock.install()
    errors: list[str] = []
    kiosk.page.on("pageerror", lambda error: errors.append(str(error)))
    kiosk.go("attract/")
    for _ in range(50):  # a beat may still wait for its answer when the next one is due
        kiosk.page.clock.run_for(10_000)
        kiosk.page.wait_for_timeout(20)
        if not answers:
            break
    assert answers == []
    assert errors == []
    assert kiosk.page.locator(".officer").count() == 0


def test_page_and_agent_understand_each_other(browser: Browser, tmp_path: Path) -> None:
    for serial in (7, 8):
        write_kiosk(tmp_path / f"releases/{serial}/site")
        (tmp_path / f"releases/{serial}/release.json").write_text("{}")
    (tmp_path / "current").symlink_to("releases/7")
    shows = Device(tmp_path)
    agent = Agent(shows)
    with running(shows, agent) as server, on_screen(browser) as page:
        page.goto(f"{server.address}attract/")
        assert page.url == f"{server.address}r/7/attract/"
        heard = wait_for(page, lambda: agent.last_beat)
        assert (heard.release, heard.page, heard.state) == (7, "attract/", "attract")
        assert (heard.painted, heard.touched, heard.language) == (True, None, "vi")
        page.locator("[data-lang=ja]").tap()
        page.wait_for_url(f"{server.address}r/7/ja/")
        (tmp_path / "next").symlink_to("releases/8")
        (tmp_path / "next").rename(tmp_path / "current")  # a release is installed meanwhile
        page.locator("text=visit/food/").tap()
        page.wait_for_url(f"{server.address}r/8/ja/visit/food/")
        page.locator("[data-act=back]").tap()
        page.wait_for_url(f"{server.address}r/8/ja/")
        page.wait_for_selector(READY, state="attached")
        heard = wait_for(page, lambda: agent.last_beat if agent.last_beat.release == 8 else None)
        assert (heard.state, heard.painted) == ("use", True)


# ----------------------------------------------------------------------------
# Errors
# ----------------------------------------------------------------------------


def test_a_page_with_many_errors_starts_anew(clocked: Kiosk) -> None:
    kiosk = clocked
    kiosk.go("visit/")
    kiosk.page.evaluate("for (const _ of 'abcd') queueMicrotask(() => { throw new Error('x') })")
    kiosk.later(1)
    kiosk.arrive("attract/")


def test_the_loop_with_many_errors_stays_and_says_so(clocked: Kiosk) -> None:
    kiosk = clocked
    kiosk.server.answer = CALM
    kiosk.go("attract/")
    kiosk.page.evaluate("for (const _ of 'abcd') queueMicrotask(() => { throw new Error('x') })")
    kiosk.later(0.6)
    assert beats_of(kiosk)[0]["painted"] is False
    assert kiosk.path == "attract/"


def test_one_error_or_a_missing_picture_changes_nothing(clocked: Kiosk) -> None:
    kiosk = clocked
    kiosk.server.answer = CALM
    kiosk.page.route("**/one.svg", lambda route: route.fulfill(status=404))
    kiosk.go("visit/")
    kiosk.page.evaluate("queueMicrotask(() => { throw new Error('x') })")
    kiosk.later(0.6)
    assert beats_of(kiosk)[0]["painted"] is True
    kiosk.later(1.2)
    kiosk.page.wait_for_timeout(200)  # it would have left by then
    assert kiosk.path == "visit/"
