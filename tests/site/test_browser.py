"""The built site in a real browser: on a phone, with a keyboard, for poor sight."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from chromium import LANGUAGES, PHONE, Visitor

pytestmark = pytest.mark.browser

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

PAGES = {
    "home": "",
    "place": "visit/ha-long-bay/",
    "visas": "visit/visas/",
    "why": "invest/why/",
    "steps": "invest/steps/",
    "gate": "gates/mong-cai/",
    "sources": "about/sources/",
}

CONTRAST = """() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgba = colour => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3]));
  const light = colour => {
    const [r, g, b] = colour.map(c => c / 255)
      .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const background = element => {
    if (!element) return [255, 255, 255];
    const colour = rgba(getComputedStyle(element).backgroundColor);
    return colour[3] === 1 ? colour.slice(0, 3) : over(colour, background(element.parentElement));
  };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let seen = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const under = background(element);
    const text = over(rgba(style.color), under);
    const [a, b] = [light(text), light(under)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700);
    seen += 1;
    if (ratio < (large ? 3 : 4.5)) {
      poor.push(`${ratio.toFixed(2)} ${element.tagName}.${element.className}: `
        + walker.currentNode.data.trim().slice(0, 40));
    }
  }
  return {seen, poor};
}"""

BROKEN = "[...document.images].filter(i => i.complete && !i.naturalWidth).map(i => i.src)"

OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  const wide = [...document.querySelectorAll('body *')].filter(element => {
    if (!element.checkVisibility() || element.closest('table, pre, svg')) return false;
    if (element.closest('.hidden, .skip')) return false;
    const box = element.getBoundingClientRect();
    return box.width > 0 && (box.right > width + 1 || box.left < -1);
  }).map(element => `${element.tagName}.${element.className}`);
  const scroll = document.scrollingElement.scrollWidth - width;
  return [...(scroll > 0 ? [`scrolls by ${scroll} px`] : []), ...new Set(wide)].slice(0, 8);
}"""

CLIPPED = """() => [...document.querySelectorAll('body *')].filter(element => {
  if (!element.checkVisibility() || element.closest('.hidden, .skip, svg')) return false;
  const style = getComputedStyle(element);
  const text = [...element.childNodes].some(n => n.nodeType === 3 && n.data.trim());
  if (element.clientWidth <= 1) return false; // for screen readers only
  const hides = [style.overflowX, style.overflowY].some(v => v === 'hidden' || v === 'clip');
  return text && hides && (element.scrollWidth > element.clientWidth + 1
    || element.scrollHeight > element.clientHeight + 1);
}).map(element => `${element.tagName}.${element.className}: ${element.textContent.slice(0, 30)}`)"""

# ----------------------------------------------------------------------------
# Helpers
# ----------------------------------------------------------------------------

by_language = pytest.mark.parametrize("code", LANGUAGES)
by_page = pytest.mark.parametrize("name", PAGES)

# ----------------------------------------------------------------------------
# Every kind of page in every language, on a phone
# ----------------------------------------------------------------------------


@by_page
@by_language
def test_page_on_a_phone(phone: Visitor, code: str, name: str) -> None:
    """One visit: requests, width, contrast in light and dark, and text of double size."""
    phone.forget()
    page = phone.go(LANGUAGES[code] + PAGES[name])
    found = {
        "other origins": phone.foreign,
        "complaints": phone.complaints,
        "too wide": page.evaluate(OVERFLOW),
        "clipped": page.evaluate(CLIPPED),
        "broken pictures": page.evaluate(BROKEN),
    }
    backgrounds = set()
    page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        contrast = page.evaluate(CONTRAST)
        assert contrast["seen"] > 40
        found[f"contrast in {scheme}"] = contrast["poor"]
        backgrounds.add(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found["too wide at double size"] = page.evaluate(OVERFLOW)
    found["clipped at double size"] = page.evaluate(CLIPPED)
    assert {what: problems for what, problems in found.items() if problems} == {}
    assert len(backgrounds) == 2


# ----------------------------------------------------------------------------
# Header, languages, keyboard
# ----------------------------------------------------------------------------


@by_language
def test_language_menu_opens_by_one_tap_and_leads_to_the_same_page(
    phone: Visitor, code: str
) -> None:
    page = phone.go(LANGUAGES[code] + PAGES["visas"])
    menu = page.locator("header .menu--languages")
    assert not menu.locator("nav").is_visible()
    menu.locator("summary").tap()
    assert menu.locator("nav").is_visible()
    addresses = menu.locator("a").evaluate_all("links => links.map(a => [a.hreflang, a.href])")
    tags = {other: "zh-Hans" if other == "zh" else other for other in LANGUAGES}
    assert addresses == [
        [tags[other], phone.server + folder + PAGES["visas"]] for other, folder in LANGUAGES.items()
    ]
    other = "en" if code == "ja" else "ja"
    menu.locator(f'a[hreflang="{other}"]').tap()
    page.wait_for_url(phone.server + LANGUAGES[other] + PAGES["visas"])
    assert page.locator("html").get_attribute("lang") == other


@by_language
def test_opening_one_menu_closes_the_other(phone: Visitor, code: str) -> None:
    page = phone.go(LANGUAGES[code])
    page.locator("header .menu--languages > summary").tap()
    page.locator("header .menu--sections > summary").tap()
    assert page.locator("header .menu--sections > nav").is_visible()
    assert not page.locator("header .menu--languages > nav").is_visible()
    box = page.locator("header .menu--sections > nav").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]


@by_language
def test_targets_in_the_header_are_large_enough_for_a_finger(phone: Visitor, code: str) -> None:
    page = phone.go(LANGUAGES[code] + PAGES["place"])
    page.evaluate("document.querySelectorAll('header details').forEach(d => d.open = true)")
    small = page.evaluate(
        """() => [...document.querySelectorAll('header a, header summary')]
          .filter(element => element.checkVisibility() && !element.closest('.skip'))
          .map(element => [element.textContent.trim(), element.getBoundingClientRect()])
          .filter(([_, box]) => box.height < 44 || box.width < 44)
          .map(([text, box]) => `${text} ${box.width} × ${box.height}`)"""
    )
    assert small == []


@by_language
def test_the_first_tab_reaches_the_link_to_the_content(desktop: Visitor, code: str) -> None:
    page = desktop.go(LANGUAGES[code] + PAGES["why"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().y") >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")


def test_everything_that_the_keyboard_reaches_shows_that_it_is_reached(desktop: Visitor) -> None:
    page = desktop.go(PAGES["steps"])
    unseen = []
    for _ in range(25):
        page.keyboard.press("Tab")
        unseen += page.evaluate(
            """() => {
              const element = document.activeElement, style = getComputedStyle(element);
              const ring = parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== 'none';
              const box = element.getBoundingClientRect();
              const shown = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
              return ring && shown ? [] : [element.outerHTML.slice(0, 80)];
            }"""
        )
    assert unseen == []


def test_menus_work_with_the_keyboard(desktop: Visitor) -> None:
    page = desktop.go(PAGES["visas"])
    page.locator("header .menu--languages > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.getAttribute('hreflang')")
    assert focused == "vi"


# ----------------------------------------------------------------------------
# Fonts, desktop, print
# ----------------------------------------------------------------------------


def test_vietnamese_is_set_in_be_vietnam_pro_from_our_own_files(phone: Visitor) -> None:
    phone.forget()
    page = phone.go("")
    page.evaluate("document.fonts.ready")
    assert "Be Vietnam Pro" in page.evaluate("getComputedStyle(document.body).fontFamily")
    assert page.evaluate("""document.fonts.check('16px "Be Vietnam Pro"', 'Ếặộữ')""")
    fonts = [urlsplit(url).path for url in phone.fetched if url.endswith(".woff2")]
    assert any("vietnamese-400" in path for path in fonts), fonts


@pytest.mark.parametrize("code", ["zh", "ja", "ko"])
def test_pages_in_other_scripts_name_fonts_of_their_own(phone: Visitor, code: str) -> None:
    page = phone.go(LANGUAGES[code])
    family = page.evaluate("getComputedStyle(document.body).fontFamily")
    assert {"zh": "Noto Sans SC", "ja": "Noto Sans JP", "ko": "Noto Sans KR"}[code] in family


@by_language
def test_home_on_a_desktop(desktop: Visitor, code: str) -> None:
    desktop.forget()
    page = desktop.go(LANGUAGES[code])
    assert desktop.foreign == []
    assert desktop.complaints == []
    assert page.evaluate(OVERFLOW) == []
    assert page.locator("header nav.sections").is_visible()
    line = page.evaluate(
        "(() => { const p = document.querySelector('.prose p');"
        " return p.getBoundingClientRect().width / parseFloat(getComputedStyle(p).fontSize); })()"
    )
    assert line <= 45, "a line is too long to read"


@by_language
def test_the_page_for_what_is_not_found_is_whole_at_any_depth(phone: Visitor, code: str) -> None:
    phone.forget()
    phone.go(f"{LANGUAGES[code]}no/such/page/", status=404)
    assert phone.foreign == []
    failed = [text for text in phone.complaints if "404" not in text]
    assert failed == []
    assert "Be Vietnam Pro" in phone.page.evaluate("getComputedStyle(document.body).fontFamily")
    home = phone.page.locator("main a").last.get_attribute("href")
    assert home == "/" + LANGUAGES[code]


def test_printed_pages_leave_menus_out(desktop: Visitor) -> None:
    page = desktop.go(PAGES["gate"])
    page.emulate_media(media="print")
    assert page.locator("main h1").is_visible()
    assert not page.locator("header .menu--sections").is_visible()
    assert not page.locator("header nav.sections").is_visible()
    page.emulate_media(media="screen")


def test_nothing_moves_for_those_who_want_no_motion(desktop: Visitor) -> None:
    page = desktop.go(PAGES["home"])
    moving = """() => [...document.querySelectorAll('*')].filter(element => {
      const style = getComputedStyle(element);
      return style.animationName !== 'none' || style.transitionDuration !== '0s'
        || style.scrollBehavior === 'smooth';
    }).length"""
    assert page.evaluate(moving) > 0  # the arrows, for all others
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(moving) == 0
    page.emulate_media(reduced_motion="no-preference")
