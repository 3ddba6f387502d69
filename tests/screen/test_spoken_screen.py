"""Spoken summaries on the screen: one large button, and as at first for the next visitor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from find_pages import contexts, environment
from little_kiosk import Kiosk, kiosk_in, write_kiosk
from playwright.sync_api import Browser
from spoken_sounds import mp3

from quangba.site.screen.views import ScreenView

pytestmark = pytest.mark.browser

SOUND = "document.querySelector('audio')"

SHOWN = "[...document.querySelectorAll('[data-act=play] span')].map(s => s.checkVisibility())"
"""Whether “Listen” and “Pause” are seen."""


def rendered(status: str = "published", spoken: dict[str, str] | None = None) -> str:
    """Render the partial as a page gets it."""
    context = contexts()["vi"]
    template = environment(context.texts).get_template("partials/spoken.html")
    return template.render(q=SimpleNamespace(page={"spoken": spoken}, status=status))


@pytest.fixture
def kiosk(browser: Browser, tmp_path: Path) -> Iterator[Kiosk]:
    part = rendered(spoken={"src": "{up}a.mp3", "type": "audio/mpeg"})
    folder = write_kiosk(tmp_path, part, question_s=60)
    (folder / "a.mp3").write_bytes(mp3(30))
    with kiosk_in(browser, folder) as kiosk:
        kiosk.go("visit/")
        yield kiosk


def test_the_button_plays_and_pauses_and_says_what_it_does(kiosk: Kiosk) -> None:
    assert kiosk.page.evaluate(SHOWN) == [True, False]
    assert not [path for _, path in kiosk.server.asked if path.endswith(".mp3")]
    kiosk.tap("[data-act=play]")
    kiosk.until(f"{SOUND}.currentTime > 0.2")
    assert kiosk.page.evaluate(SHOWN) == [False, True]
    kiosk.tap("[data-act=play]")
    kiosk.until(f"{SOUND}.paused")
    kiosk.until(f"{SHOWN}.join() === 'true,false'")
    place = kiosk.page.evaluate(f"{SOUND}.currentTime")
    kiosk.tap("[data-act=play]")
    kiosk.until(f"{SOUND}.currentTime > {place} + 0.1")


def test_the_next_visitor_finds_volume_place_and_words_as_at_first(kiosk: Kiosk) -> None:
    kiosk.tap("[data-act=play]")
    kiosk.until(f"{SOUND}.currentTime > 0.2")
    kiosk.page.evaluate(f"{SOUND}.volume = 1")
    # The page stays in sight for as long as the next one needs.
    kiosk.server.slow["/attract/"] = 1
    seen: list[str] = []
    kiosk.page.expose_function("note", lambda text: seen.append(text))
    left = f"[{SOUND}.paused, {SOUND}.currentTime, {SOUND}.volume, {SHOWN}].join()"
    kiosk.page.evaluate(
        f"document.addEventListener('kiosk:end', () => setTimeout(() => note({left}), 300))"
    )
    kiosk.page.evaluate("import('/assets/javascripts/session.js').then(({ end }) => void end())")
    kiosk.arrive("attract/")
    assert seen == ["true,0,0.5,true,false"]
    assert not [name for name in kiosk.storage if "volume" in name]
    kiosk.go("visit/")
    assert kiosk.page.evaluate(f"[{SOUND}.volume, {SOUND}.currentTime]") == [0.5, 0]
    assert kiosk.page.evaluate(SHOWN) == [True, False]


def test_a_recording_that_is_not_there_takes_its_button_out_of_use(kiosk: Kiosk) -> None:
    (kiosk.server.folder / "a.mp3").unlink()
    kiosk.tap("[data-act=play]")
    button = "document.querySelector('[data-act=play]')"
    kiosk.until(f"{button}.ariaDisabled === 'true'")
    kiosk.until(f"{SOUND}.paused && {SHOWN}.join() === 'true,false'")
    kiosk.tap("[data-act=play]")
    assert kiosk.page.evaluate(f"{SOUND}.paused")
    assert kiosk.page.evaluate("qbEarly.errors") == 0


def test_a_recording_that_is_broken_does_so_too(kiosk: Kiosk) -> None:
    (kiosk.server.folder / "a.mp3").write_bytes(mp3(1)[:200] + b"?" * 5000)
    kiosk.tap("[data-act=play]")
    kiosk.until(f"{SOUND}.paused || {SOUND}.ended")
    kiosk.until(f"{SHOWN}.join() === 'true,false'")


def test_the_button_lies_below_the_opening_and_is_large(browser: Browser) -> None:
    html = rendered(spoken={"src": "a.mp3?x=1&y=2", "type": "audio/mpeg"})
    assert "controls" not in html
    assert 'src="a.mp3?x=1&amp;y=2"' in html
    styles = Path(__file__).parents[2] / "overrides" / "kiosk" / "assets" / "stylesheets"
    css = "".join((styles / n).read_text("utf-8") for n in ("tokens.css", "kiosk.css", "parts.css"))
    page = browser.new_page(viewport={"width": 1080, "height": 1920})
    sizes = ":root { --mm: 2.71px; --cap: 7.3; --reach: 870px; --wide: 1080px; --high: 1920px }"
    page.set_content(f"<style>{css}{sizes}</style><main class=view>{html}</main>")
    box = page.locator("[data-act=play]").bounding_box()
    assert box
    assert box["height"] >= 20 * 2.71
    assert box["width"] >= 20 * 2.71
    page.close()


def test_a_page_shows_it_after_its_title_only_where_it_is_published() -> None:
    context = contexts()["vi"]
    q = ScreenView(context, None, "visit/").base("published")
    spoken = {"src": "audio/a.mp3", "type": "audio/mpeg"}
    q["page"] = {"type": "article", "title": "Vịnh", "glance": [], "spoken": spoken}
    q["record"] = {"meta": {}}
    html = environment(context.texts).get_template("main.html").render(q=q, base_url=".", page=None)
    main = html[html.index("<main") : html.index("</main>")]
    order = ["<h1>", '<figure class="spoken">', 'class="sheet"']
    assert [main.index(part) for part in order] == sorted(main.index(part) for part in order)
    assert re.findall(r'<button\b[^>]*data-act="play"', main)
    assert "<audio" not in rendered("missing", spoken)
    assert "<audio" not in rendered()
