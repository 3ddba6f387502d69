"""How pages of the screen look: contrast, pictures, lines, the bar that stays, ways to touch."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urljoin

import axe_playwright_python
import html5lib
import pytest
from find_pages import contexts, environment
from glass import SCREENS, Glass, pane
from playwright.sync_api import Browser, Page

from chromium import LANGUAGES as FOLDERS
from quangba.site.screen.views import ScreenView
from quangba.source.profiles import Profile

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
"""axe-core, as the package brings it: nothing is fetched."""

CHECK = """async () => {
  const tags = ['wcag2a', 'wcag2aa', 'wcag2aaa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const options = {
    resultTypes: ['violations'],
    runOnly: {type: 'tag', values: [...tags, 'best-practice']},
    rules: {'color-contrast-enhanced': {enabled: true}},
  };
  const found = await axe.run(document, options);
  return found.violations.flatMap(rule => rule.nodes.map(node =>
    `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary.replace(/\\s+/g, ' ')}`));
}"""

PAGES = {
    "home": "",
    "way": "way/",
    "gate": "gates/mong-cai/",
    "hub": "visit/",
    "place": "visit/ha-long-bay/",
    "visas": "visit/visas/",
    "routes": "visit/getting-here/",
    "itinerary": "visit/itineraries/mong-cai-two-days/",
    "event": "events/yen-tu-spring-festival/",
    "projects": "invest/projects/",
    "project": "invest/projects/ha-long-xanh/",
    "steps": "invest/steps/",
    "contact": "invest/contacts/japan-desk/",
    "sources": "about/sources/",
    "credits": "about/credits/",
}

CODES = tuple(FOLDERS)

INTERNAL = re.compile(r"\]\((?P<page>[\w./-]+\.md)(?:#[\w-]*)?\)")
"""``[Thị thực](../visit/visas.md)`` in Markdown."""

WAY = re.compile(r'<a class="(?:way|card) hit" href="(?P<url>[^"#]*)')

browsing = pytest.mark.browser

# ----------------------------------------------------------------------------
# Fixtures
# ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hang(
    browser: Browser, gate_folder: Callable[[str], Path], profile: Profile
) -> Iterator[Callable[[str], Glass]]:
    """Return a function that hangs a screen up at the first gate, each once."""
    hung: dict[str, Glass] = {}
    with ExitStack() as stack:

        def screen(name: str = "32") -> Glass:
            if name not in hung:
                found = pane(browser, gate_folder(profile.id), profile, SCREENS[name])
                hung[name] = stack.enter_context(found)
            return hung[name]

        yield screen


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong with a page."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(CHECK)
    return found


# ----------------------------------------------------------------------------
# Contrast and what axe knows
# ----------------------------------------------------------------------------


@browsing
@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing_and_every_text_has_seven_to_one(
    hang: Callable[..., Glass], kind: str
) -> None:
    glass = hang()
    code = CODES[list(PAGES).index(kind) % len(CODES)]
    for state in ({}, {"contrast": "high"}):
        page = glass.show(PAGES[kind], code, **state)
        assert glass.found("faint") == []
    assert violations(page) == []


@browsing
@pytest.mark.parametrize("panel", ["languages", "settings", "idle"])
def test_axe_finds_nothing_in_panels(hang: Callable[..., Glass], panel: str) -> None:
    glass = hang()
    page = glass.show(PAGES["place"], "ko")
    page.evaluate(f"document.getElementById('qb-{panel}').showModal()")
    assert glass.found("faint") == []
    assert violations(page) == []


@browsing
def test_axe_finds_nothing_where_the_screen_waits(hang: Callable[..., Glass]) -> None:
    glass = hang()
    page = glass.show("attract/")
    assert glass.found("faint") == []
    assert violations(page) == []


@browsing
def test_a_finger_is_answered_in_full_contrast(hang: Callable[..., Glass]) -> None:
    glass = hang()
    page = glass.show("")
    page.evaluate(
        "document.querySelectorAll('.tile, .key').forEach(e => e.classList.add('pressed'))"
    )
    assert glass.found("faint") == []


# ----------------------------------------------------------------------------
# Picture and page
# ----------------------------------------------------------------------------

SHOWN = """[...document.querySelectorAll('.opening__picture img, .scene img')]
  .filter(image => image.checkVisibility() && image.getBoundingClientRect().width)
  .map(image => [image.parentElement.className, image.naturalWidth > 0,
    image.parentElement.getBoundingClientRect().toJSON()])"""


@browsing
@pytest.mark.parametrize("kind", ["home", "gate", "place", "contact"])
def test_one_picture_fills_the_upper_part_of_an_upright_screen(
    hang: Callable[..., Glass], kind: str
) -> None:
    page = hang().show(PAGES[kind])
    [(_, loaded, box)] = page.evaluate(SHOWN)
    assert loaded
    assert box["width"] == page.evaluate("innerWidth")
    assert box["height"] > 0.2 * page.evaluate("innerHeight")


@browsing
def test_it_stands_beside_the_text_on_a_wide_one(hang: Callable[..., Glass]) -> None:
    page = hang("55 wide").show(PAGES["place"])
    [(name, loaded, box)] = page.evaluate(SHOWN)
    assert (name, loaded, box["left"]) == ("scene", True, 0)
    assert box["right"] <= page.evaluate("glass.view.getBoundingClientRect().left") + 1


@browsing
@pytest.mark.parametrize("name", ["21.5", "43", "55 wide"])
def test_nothing_but_a_picture_is_above_what_was_brought_down(
    hang: Callable[..., Glass], name: str
) -> None:
    page = hang(name).show(PAGES["place"], reach="low")
    [(scene, loaded, box)] = page.evaluate(SHOWN)
    assert (scene, loaded, box["width"]) == ("scene", True, page.evaluate("innerWidth"))
    assert box["bottom"] <= page.evaluate("innerHeight - glass.reach") + 1


@browsing
def test_a_mist_tells_that_there_is_more_and_goes_at_the_end(hang: Callable[..., Glass]) -> None:
    page = hang().show(PAGES["place"])
    mist = "getComputedStyle(glass.view, '::after').opacity"
    page.locator("html[data-more=below]").wait_for(state="attached")
    assert page.evaluate(mist) == "1"
    page.evaluate("glass.view.scrollTop = glass.view.scrollHeight")
    page.locator("html[data-more=none]").wait_for(state="attached")
    assert page.evaluate(mist) == "0"


@browsing
@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("code", ["en", "ja"])
def test_lines_are_not_longer_than_one_reads(
    hang: Callable[..., Glass], name: str, code: str
) -> None:
    page = hang(name).show(PAGES["place"], code)
    longest = page.evaluate(
        """Math.max(...[...document.querySelectorAll('.passage > p')].map(p =>
          p.getBoundingClientRect().width / parseFloat(getComputedStyle(p).fontSize)))"""
    )
    assert longest <= 36  # characters of Chinese and Japanese; twice as many of the others


@browsing
def test_the_bar_is_the_same_on_every_page_in_every_language(hang: Callable[..., Glass]) -> None:
    glass, places = hang(), []
    for number, path in enumerate(list(PAGES.values())[:6]):
        page = glass.show(path, CODES[number % len(CODES)])
        places.append(
            page.evaluate(
                """[...document.querySelectorAll('.bar [data-act]')].map(key => {
                  const {left, top, width, height} = key.getBoundingClientRect();
                  return [key.dataset.act, left, width, innerHeight - top, height].map(v =>
                    typeof v === 'number' ? Math.round(v / 4) : v);
                })"""
            )
        )
    acts = [key[0] for key in places[0]]
    assert acts == ["back", "home", "languages", "find", "settings", "reach", "up", "down"]
    assert all(place == places[0] for place in places)


@browsing
def test_nothing_moves_where_the_screen_waits_for_those_who_want_no_motion(
    hang: Callable[..., Glass],
) -> None:
    page = hang().show("attract/")
    assert page.evaluate("document.getAnimations().length") == 0
    lasting = "getComputedStyle(document.querySelector('.attract__pictures li')).transitionDuration"
    assert page.evaluate(lasting) == "0s"


@browsing
def test_a_touch_brings_the_languages_forward(hang: Callable[..., Glass]) -> None:
    page = hang().show("attract/")
    before = page.evaluate("getComputedStyle(document.querySelector('.greeting')).boxShadow")
    page.touchscreen.tap(540, 300)
    page.locator("html[data-awake]").wait_for(state="attached")
    after = page.evaluate("getComputedStyle(document.querySelector('.greeting')).boxShadow")
    assert after != before


# ----------------------------------------------------------------------------
# The built pages
# ----------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_every_page_that_a_text_names_can_be_touched(kiosk: Path, code: str) -> None:
    context = contexts()[code]
    workspace = context.workspace
    seen = 0
    for name in workspace.names:
        file = kiosk / context.url(name) / "index.html"
        if name == "index.md" or not context.publisher.published(name, context.language):
            continue
        html = file.read_text(encoding="utf-8")
        ways = {urljoin(f"/{context.url(name)}", match["url"]) for match in WAY.finditer(html)}
        text = (workspace.settings.content / name).read_text(encoding="utf-8")
        for match in INTERNAL.finditer(text):
            target = urljoin(name, match["page"])
            if context.publisher.published(target, context.language):
                assert f"/{context.url(target)}" in ways, f"{name} names {target}"
                seen += 1
    assert seen > 20


def test_no_page_has_anything_small_to_touch_or_styles_of_its_own(kiosk: Path) -> None:
    for file in sorted(kiosk.rglob("*.html")):
        if "_print" in file.parts or file.parent.name == "led":
            continue
        html = file.read_text(encoding="utf-8")
        where = file.relative_to(kiosk).as_posix()
        assert html.count("<h1") == 1, where
        assert not re.search(r"<[a-z][^>]*\s(?:style|on[a-z]+)=", html), where
        assert not re.search(r"<style|<script(?![^>]*\bsrc=)", html), where
        for tag in re.findall(r"<(?:a|button|summary|select|textarea)\b[^>]*>", html):
            classes = re.search(r'class="([^"]*)"', tag)
            known = classes[1].split() if classes else []
            assert {"hit", "take"} & set(known), f"{where}: {tag}"


def test_pages_are_valid_html(kiosk: Path) -> None:
    for path in (*PAGES.values(), "attract/", "find/"):
        parser = html5lib.HTMLParser(strict=False)
        parser.parse((kiosk / path / "index.html").read_bytes())
        assert [code for _, code, _ in parser.errors] == [], path


@pytest.mark.parametrize("code", CODES)
def test_a_page_that_a_language_lacks_offers_those_that_have_it(code: str) -> None:
    context = contexts()[code]
    view = ScreenView(context, None, context.file("visit/visas/"))
    q = view.base("missing")
    q["page"] = {"title": "Thị thực", "source_title": "Thị thực"}
    q["languages"] = [{**each, "published": each["code"] != code} for each in view.switch(None)]
    html = environment(context.texts).get_template("main.html").render(q=q, base_url=".", page=None)
    main = html[html.index("<main") : html.index("</main>")]
    assert re.findall(r'data-lang="(\w+)"', main) == [each for each in CODES if each != code]
    assert '<p class="named" lang="vi">Thị thực</p>' in main
    assert main.count("choice--main") == 1
    assert "<h1>" in main


def test_a_home_that_a_language_lacks_does_not_lead_to_itself() -> None:
    context = contexts()["fr"]
    view = ScreenView(context, None, context.file(""))
    q = view.base("missing")
    q["page"] = {"title": "Trang chủ", "source_title": "Trang chủ"}
    q["languages"] = [{**each, "published": each["code"] == "vi"} for each in view.switch(None)]
    html = environment(context.texts).get_template("main.html").render(q=q, base_url=".", page=None)
    main = html[html.index("<main") : html.index("</main>")]
    assert re.findall(r'data-lang="(\w+)"', main) == ["vi"]
    assert 'href="./"' not in main


@pytest.mark.parametrize("status", ["withdrawn", "notfound"])
def test_a_page_that_is_not_there_leads_home(status: str) -> None:
    context = contexts()["fr"]
    q = ScreenView(context, None, "fr/").base(status)
    html = environment(context.texts).get_template("404.html").render(q=q, base_url=".", page=None)
    main = html[html.index("<main") : html.index("</main>")]
    assert re.findall(r"<a\b[^>]*>", main)
    assert main.count("choice--main") == 1


def test_a_film_has_one_large_button_and_its_words() -> None:
    context = contexts()["vi"]
    q = ScreenView(context, None, "visit/").base("published")
    film = {
        "src": "films/a.mp4", "type": "video/mp4", "poster": None, "width": 1280, "height": 720,
        "title": "Vịnh <Hạ Long>", "tracks": [], "credit": None, "transcript": ["Lời 1", "Lời 2"],
    }  # fmt: skip
    q["page"] = {"type": "article", "title": "Phim", "video": film, "glance": []}
    q["record"] = {"meta": {}}
    html = environment(context.texts).get_template("main.html").render(q=q, base_url=".", page=None)
    main = html[html.index("<figure") : html.index("</figure>")]
    assert "controls" not in main
    assert re.findall(r'<button\b[^>]*data-act="(\w+)"', main) == ["play"]
    assert "Vịnh &lt;Hạ Long&gt;" in main
    assert [f"<p>Lời {number}</p>" in main for number in (1, 2)] == [True, True]
