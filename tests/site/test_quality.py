"""
What was promised about the built site, measured: rules for accessibility, valid HTML, budgets.

Budgets are bytes and shares of the window, never time: the same content gives the same numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import axe_playwright_python
import html5lib
import pytest
from crawler import file_of
from playwright.sync_api import Browser, Page

from chromium import LANGUAGES, Visitor, on_a_phone, sent_bytes, visitor

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
"""axe-core, as the package brings it: nothing is fetched."""

CHECK = """async contrast => {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const rules = {'color-contrast': {enabled: contrast}};
  const options = {resultTypes: ['violations'], runOnly: {type: 'tag', values: tags}, rules};
  const found = await axe.run(document, options);
  return found.violations.flatMap(rule => rule.nodes.map(node =>
    `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary.replace(/\\s+/g, ' ')}`));
}"""

GROUNDS = """() => {
  const PARTS = ['backgroundColor', 'backgroundImage', 'opacity', 'filter', 'mixBlendMode',
    'position', 'visibility', 'clipPath'];
  const TYPE = ['color', 'fontSize', 'fontWeight', 'textShadow', 'webkitTextFillColor'];
  const said = (style, names) => names.map(name => style[name]).join(' ');
  const known = new Map([[null, '']]);
  const under = element => {
    if (!known.has(element)) {
      const painted = ['::before', '::after'].map(name => getComputedStyle(element, name))
        .map(style => style.content === 'none' ? '' : said(style, [...PARTS, ...TYPE]));
      const own = [said(getComputedStyle(element), PARTS), ...painted].join('|');
      known.set(element, `${under(element.parentElement)}/${own}`);
    }
    return known.get(element);
  };
  const grounds = new Set();
  for (const element of document.querySelectorAll('body, body *')) {
    const written = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!(written || element.matches('input, select, textarea, button'))) continue;
    if (!element.checkVisibility()) continue;
    const disabled = element.closest(':disabled, [aria-disabled=true]') ? 'disabled' : '';
    grounds.add(`${under(element)} ${said(getComputedStyle(element), TYPE)} ${disabled}`);
  }
  return [...grounds];
}"""
"""What texts look like: colour, size and weight, and all that lies under them."""

KINDS = {
    "home": "",
    "hub": "visit/",
    "place": "visit/ha-long-bay/",
    "itinerary": "visit/itineraries/cruise-day/",
    "route": "visit/getting-here/",
    "visas": "visit/visas/",
    "events": "events/",
    "event": "events/yen-tu-spring-festival/",
    "gate": "gates/mong-cai/",
    "steps": "invest/steps/",
    "projects": "invest/projects/",
    "project": "invest/projects/ha-long-xanh/",
    "zone": "invest/zones/van-don/",
    "contact": "invest/contacts/japan-desk/",
    "news": "news/grdp-2025/",
    "statements": "statements/",
    "open-data": "about/open-data/",
    "credits": "about/credits/",
    "sources": "about/sources/",
    "search": "search/",
    "404": "no/such/page/",
}
"""One page of each kind."""

MEASURED = {
    "home": "",
    "place": "visit/ha-long-bay/",
    "projects": "invest/projects/",
    "article": "invest/infrastructure/",
}
"""The pages whose budgets issue 5 sets."""

KB = 1000
BUDGETS = {"HTML": 60 * KB, "CSS": 40 * KB, "JavaScript": 60 * KB, "first view": 350 * KB}
SHIFT = 0.05

SHIFTED_IN = ("vi", "ja")
"""Languages in which we look whether anything jumps."""

SHIFTED = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 400);
})"""

SPACING = """* {
  line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
}
p { margin-block-end: 2em !important; }"""
"""WCAG 1.4.12."""

LOST = """() => {
  const width = document.documentElement.clientWidth;
  const name = element => `${element.tagName}.${element.className}: `
    + element.textContent.trim().slice(0, 40);
  const lost = [];
  if (document.scrollingElement.scrollWidth > width) lost.push('scrolls sideways');
  for (const element of document.querySelectorAll('body *')) {
    if (!element.checkVisibility() || element.closest('.hidden, .skip, svg, table, pre')) continue;
    const box = element.getBoundingClientRect();
    if (box.width && (box.right > width + 1 || box.left < -1)) lost.push(`wide ${name(element)}`);
    const style = getComputedStyle(element);
    const hides = [style.overflowX, style.overflowY].some(v => v === 'hidden' || v === 'clip');
    const text = [...element.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (text && hides && element.clientWidth > 1 && (element.scrollWidth > element.clientWidth + 1
      || element.scrollHeight > element.clientHeight + 1)) lost.push(`cut ${name(element)}`);
  }
  return lost.slice(0, 8);
}"""
"""Text that is cut off or outside the window."""

by_language = pytest.mark.parametrize("code", LANGUAGES)
by_kind = pytest.mark.parametrize("kind", KINDS)
by_measured = pytest.mark.parametrize("name", MEASURED)
browsing = pytest.mark.browser

# ----------------------------------------------------------------------------
# axe: no violation
# ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def judged() -> set[str]:
    """What texts look like whose contrast axe found good; contrast takes most of its time."""
    return set()


def violations(page: Page, judged: set[str]) -> list[str]:
    """
    Return what axe finds wrong with a page, its folded parts opened.

    Contrast is asked about where some text looks as none did on pages that were found good.
    """
    page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    grounds = set(page.evaluate(GROUNDS))
    found: list[str] = page.evaluate(CHECK, not grounds <= judged)
    if not found:
        judged |= grounds
    return found


@browsing
@by_kind
@by_language
def test_axe_finds_nothing(phone: Visitor, judged: set[str], code: str, kind: str) -> None:
    page = phone.go(LANGUAGES[code] + KINDS[kind], status=404 if kind == "404" else 200)
    assert violations(page, judged) == []


@browsing
@pytest.mark.parametrize("kind", ["home", "place", "projects"])
@pytest.mark.parametrize("code", ["vi", "zh", "fr"])
def test_axe_finds_nothing_in_the_dark(
    dark: Visitor, judged: set[str], code: str, kind: str
) -> None:
    assert violations(dark.go(LANGUAGES[code] + KINDS[kind]), judged) == []


@browsing
@by_language
def test_axe_finds_nothing_in_what_opens(phone: Visitor, judged: set[str], code: str) -> None:
    page = phone.go(LANGUAGES[code] + KINDS["place"])
    page.locator("header .menu--sections > summary").click()
    page.evaluate("document.querySelectorAll('header details details').forEach(d => d.open = true)")
    assert violations(page, judged) == []
    page.keyboard.press("Escape")
    page.goto(page.url)
    page.locator("[data-search]").click()
    page.locator(".search-dialog[open]").wait_for()
    assert violations(page, judged) == []


@browsing
def test_a_text_that_looks_new_is_judged(phone: Visitor, judged: set[str]) -> None:
    """In its colour, in what it stands on, and in what it is on a page that was good before."""
    for spoil in ("color = '#aaa'", "background = '#777'", "opacity = '0.4'"):
        page = phone.go(KINDS["place"])
        assert violations(page, judged) == []
        page.evaluate(f"document.querySelector('main .prose p').style.{spoil}")
        assert [each.split(":")[0] for each in violations(page, judged)] == ["color-contrast"]


@pytest.fixture(scope="module")
def dark(browser: Browser, server: str) -> Iterator[Visitor]:
    """Visit on a phone whose owner likes it dark."""
    with visitor(browser, server, **on_a_phone(color_scheme="dark")) as found:
        yield found


# ----------------------------------------------------------------------------
# Valid HTML
# ----------------------------------------------------------------------------


def errors(file: Path) -> list[str]:
    """Return the parse errors of a page by the HTML standard, with their lines."""
    parser = html5lib.HTMLParser()
    parser.parse(file.read_bytes(), transport_encoding="utf-8")
    return [f"{line}: {error} {data}" for (line, _), error, data in parser.errors]


def test_every_vietnamese_page_is_valid(portal: Path) -> None:
    folder = portal / "site" / "portal"
    targets = set(LANGUAGES) - {"vi"}
    files = [
        path for path in folder.rglob("*.html") if path.relative_to(folder).parts[0] not in targets
    ]
    assert len(files) > 40
    assert {str(path.relative_to(folder)): e for path in files if (e := errors(path))} == {}


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "vi"])
def test_one_page_of_each_kind_is_valid(portal: Path, code: str) -> None:
    folder = portal / "site" / "portal" / LANGUAGES[code]
    files = [
        folder / "404.html" if kind == "404" else folder / path / "index.html"
        for kind, path in KINDS.items()
    ]
    assert {str(path.relative_to(folder)): e for path in files if (e := errors(path))} == {}


# ----------------------------------------------------------------------------
# Budgets
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class FirstView:
    """What happens when somebody opens a page who has nothing of the site yet."""

    foreign: tuple[str, ...]
    complaints: tuple[str, ...]
    fetched: frozenset[str]
    """Paths."""
    shift: float


@pytest.fixture(scope="module")
def first_view(browser: Browser, server: str) -> Callable[[str, str], FirstView]:
    """Return a function that opens a page of a language, each once."""

    @cache
    def look(code: str, name: str) -> FirstView:
        with visitor(browser, server, **on_a_phone(locale=code)) as phone:
            page = phone.go(LANGUAGES[code] + MEASURED[name])
            notes = tuple(phone.foreign), tuple(phone.complaints)
            fetched = {urlsplit(url).path for url in phone.fetched if url.startswith(server)}
            shift = page.evaluate(SHIFTED) if code in SHIFTED_IN else 0
        return FirstView(*notes, frozenset(fetched), shift)

    return look


@browsing
@by_measured
@by_language
def test_first_view_keeps_its_budget(
    first_view: Callable[[str, str], FirstView], portal: Path, code: str, name: str
) -> None:
    """Everything that a phone fetches at load, texts compressed; nobody is asked but us."""
    view = first_view(code, name)
    assert view.foreign == ()
    assert view.complaints == ()
    folder = portal / "site" / "portal"
    files = [folder / file_of(path) for path in view.fetched]
    page = folder / LANGUAGES[code] / MEASURED[name] / "index.html"
    assert page in files
    spent = {
        "HTML": page.stat().st_size,
        "CSS": sum(sent_bytes(file) for file in files if file.suffix == ".css"),
        "JavaScript": sum(sent_bytes(file) for file in files if file.suffix == ".js"),
        "first view": sum(sent_bytes(file) for file in files),
    }
    assert {what: spent[what] for what, most in BUDGETS.items() if spent[what] > most} == {}


@browsing
@by_measured
@pytest.mark.parametrize("code", SHIFTED_IN)
def test_nothing_jumps(first_view: Callable[[str, str], FirstView], code: str, name: str) -> None:
    assert first_view(code, name).shift <= SHIFT


# ----------------------------------------------------------------------------
# Keyboard
# ----------------------------------------------------------------------------


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => !!document.activeElement?.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


@browsing
@by_language
def test_the_keyboard_reaches_search_languages_and_filters(desktop: Visitor, code: str) -> None:
    page = desktop.go(LANGUAGES[code] + KINDS["projects"])
    tab_to(page, "header [data-search]")
    page.keyboard.press("Enter")
    page.locator(".search-dialog[open]").wait_for()
    assert page.evaluate("document.activeElement.matches('.search-dialog input')")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('[data-search]')")
    tab_to(page, "header .menu--languages > summary")
    page.keyboard.press("Enter")
    tab_to(page, 'header .menu--languages a[hreflang="ko"]')
    page.keyboard.press("Escape")
    tab_to(page, "#qb-text")
    tab_to(page, "#qb-sector")
    tab_to(page, "#qb-projects tbody a")


# ----------------------------------------------------------------------------
# Text of double size, text with more room
# ----------------------------------------------------------------------------


@browsing
@pytest.mark.parametrize("kind", ["home", "place", "projects"])
@pytest.mark.parametrize("code", ["vi", "ja", "fr"])
def test_nothing_is_lost_with_larger_text_or_more_room(
    phone: Visitor, code: str, kind: str
) -> None:
    """WCAG 1.4.4 and 1.4.12."""
    page = phone.go(LANGUAGES[code] + KINDS[kind])
    page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found: dict[str, Any] = {"200 %": page.evaluate(LOST)}
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.evaluate(
        """text => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(text);
          document.adoptedStyleSheets = [sheet];
        }""",
        SPACING,
    )
    found["spacing"] = page.evaluate(LOST)
    assert {how: lost for how, lost in found.items() if lost} == {}
