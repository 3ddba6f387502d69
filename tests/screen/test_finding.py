"""Finding with one finger: the index, sizes on five panels, what a session remembers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from find_screen import SCREENS, before, faults, field, find, glass, results, tap
from playwright.sync_api import Browser, FloatRect, Page, expect

from chromium import LANGUAGES, Visitor
from quangba.source.profiles import Screen

pytestmark = pytest.mark.browser

GATE = "mong-cai"

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")

RULES = """async () => {
  const options = {resultTypes: ['violations']};
  const found = await axe.run(document, options);
  return found.violations.map(v => `${v.id}: ${v.nodes.map(n => n.target).slice(0, 3)}`);
}"""

SIZES = """selector => {
  const mm = parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--mm'));
  return [...document.querySelectorAll(selector)].filter(e => e.checkVisibility()).map(element => {
    const box = element.getBoundingClientRect();
    const below = getComputedStyle(element, '::after').bottom;
    return {
      name: element.textContent.trim().slice(0, 20),
      wide: box.width / mm,
      high: box.height / mm,
      capital: parseFloat(getComputedStyle(element).fontSize) * 0.73 / mm,
      below: -parseFloat(below) / mm,
      left: box.left,
      right: innerWidth - box.right,
    };
  });
}"""
"""Millimetres of what one touches; capitals of our faces are 0.73 of their size high or more."""

SPILLS = """() => {
  const spilled = [];
  const walker = document.createTreeWalker(document.querySelector('.find'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const parent = text.parentElement;
    if (!text.data.trim() || !parent.checkVisibility() || parent.closest('.hidden')) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const box = parent.closest('button, a, p, h1, h2').getBoundingClientRect();
    for (const line of range.getClientRects()) {
      const inside = line.left >= box.left - 1 && line.right <= box.right + 1;
      const middle = (line.top + line.bottom) / 2;
      const half = parseFloat(getComputedStyle(parent).fontSize) / 2; // lines are higher than signs
      const low = middle - half < box.top - 1 || middle + half > box.bottom + 1;
      const glass = line.left >= 0 && line.right <= innerWidth;
      if (!inside || !glass || (low && parent.closest('button, a'))) spilled.push(text.data.trim());
    }
  }
  return spilled;
}"""
"""Texts that stand out of what holds them, or of the glass."""

OPENED = """() => [...document.querySelectorAll('.find__sign')].map(sign => {
  sign.click();
  const shown = [...document.querySelectorAll('.find__group')].filter(e => e.checkVisibility());
  const links = shown.flatMap(group => [...group.querySelectorAll('a')]);
  return [shown.map(e => e.querySelector('h2').textContent).join(), links.map(a => a.href)];
})"""
"""What each sign opens: the label of every group that is then seen, and its pages."""

by_language = pytest.mark.parametrize("code", LANGUAGES)


@pytest.fixture
def upright(browser: Browser, gate_server: Callable[[str], str]) -> Iterator[Visitor]:
    """Stand before an upright screen that nobody has used yet."""
    with before(browser, gate_server(GATE)) as found:
        yield found


@pytest.fixture(scope="module")
def used(browser: Browser, gate_server: Callable[[str], str]) -> Iterator[Visitor]:
    """Stand before one that somebody used: only the field is emptied."""
    with before(browser, gate_server(GATE)) as found:
        yield found


# ----------------------------------------------------------------------------
# The index
# ----------------------------------------------------------------------------


@by_language
def test_one_group_is_open_and_every_page_is_two_taps_away(used: Visitor, code: str) -> None:
    page = find(used, code)
    every = page.locator(".find__group a").evaluate_all("links => links.map(a => a.href)")
    opened = page.evaluate(OPENED)
    assert [href for _, hrefs in opened for href in hrefs] == every
    assert len(every) > 80
    signs = page.locator(".find__sign").all_inner_texts()
    assert [label for label, _ in opened] == signs
    page.locator(".find__sign").last.tap()
    assert page.locator(".find__sign[aria-expanded=true]").all_inner_texts() == signs[-1:]
    assert page.locator(".find__label:visible").all_inner_texts() == signs[-1:]


def test_the_last_row_of_a_long_list_comes_above_the_field(used: Visitor) -> None:
    page = find(used, "ko")
    page.locator(".find__sign").first.tap()
    last = page.locator(".find__group a:visible").last
    page.locator(".view").evaluate("view => view.scrollTo({top: 1e6, behavior: 'instant'})")
    row = last.bounding_box()
    assert row is not None
    assert row["y"] + row["height"] <= box(page, ".find__dock")["y"]
    last.tap()
    page.wait_for_url(lambda url: "/find/" not in url)


# ----------------------------------------------------------------------------
# Sizes
# ----------------------------------------------------------------------------


@by_language
def test_what_one_touches_has_its_size_on_every_panel(used: Visitor, code: str) -> None:
    page = find(used, code)
    for screen in SCREENS.values():
        page.locator(".find__sign").first.tap()
        glass(page, screen)
        measure(page, ".find__sign", ".find__row", ".find__clear", ".find__field")
        if not page.locator(".keyboard").is_visible():
            field(page).tap()
        for _ in range(page.locator(".keyboard__key--small").count() + 1):
            measure(page, ".keyboard__key")
            page.locator(".keyboard__key--small").last.tap()
        bar, dock = box(page, ".bar"), box(page, ".find__dock")
        assert dock["y"] + dock["height"] <= bar["y"] + 1
        assert page.evaluate(SPILLS) == []


def box(page: Page, selector: str) -> FloatRect:
    """Return where something is, in pixels."""
    found = page.locator(selector).first.bounding_box()
    assert found is not None, selector
    return found


def measure(page: Page, *selectors: str, wide: float = 20) -> None:
    """Check millimetres: targets, capitals, how far below itself a target reaches."""
    for selector in selectors:
        found = page.evaluate(SIZES, selector)
        assert found, selector
        for part in found:
            assert part["wide"] > wide - 0.1, part
            assert part["high"] > 19.9, part
            assert part["capital"] > 7.2, part
            assert part["left"] >= 0, part
            assert part["right"] >= 0, part
            if selector != ".find__field":
                assert part["below"] > 2.9, part


def test_keys_keep_15_mm_on_a_narrow_glass(used: Visitor) -> None:
    page = find(used, "ja")
    field(page).tap()
    glass(page, Screen(15.6, 1080, 1920, 1000, 600))  # 194 mm wide: no room for ten of 20 mm
    measure(page, ".keyboard__key", wide=15)
    assert page.evaluate(SPILLS) == []


@by_language
def test_text_of_twice_the_size_spills_nowhere(upright: Visitor, code: str) -> None:
    upright.page.add_init_script("sessionStorage.setItem('qb-size', '4')")
    page = find(upright, code)
    assert page.evaluate(SPILLS) == []
    tap(page, {"ja": "は", "ko": "ㅎ"}.get(code, "h"))
    expect(page.locator(".find__results a").first).to_be_visible()
    assert page.evaluate(SPILLS) == []
    view, row, dock = (box(page, at) for at in (".view", ".find__results a", ".find__dock"))
    assert view["y"] <= row["y"] < dock["y"]


def test_on_a_wide_screen_the_keyboard_is_always_open(
    browser: Browser, gate_server: Callable[[str], str]
) -> None:
    with before(browser, gate_server(GATE), SCREENS["21 wide"]) as found:
        page = find(found, "en")
        glass(page, SCREENS["21 wide"])
        expect(page.locator(".keyboard")).to_be_visible()
        tap(page, "ha long")
        expect(page.locator(".find__results a").first).to_be_visible()
        page.locator(".find__clear").tap()
        page.locator(".find__sign").nth(3).tap()
        expect(page.locator(".keyboard")).to_be_visible()
        expect(page.locator("[data-act=done]")).to_be_hidden()
        pages, dock = box(page, ".find__pages"), box(page, ".find__dock")
        assert pages["x"] + pages["width"] <= dock["x"] + 1


# ----------------------------------------------------------------------------
# A session and its end
# ----------------------------------------------------------------------------


def test_the_way_back_leads_to_what_was_found(upright: Visitor) -> None:
    page = find(upright, "vi")
    tap(page, "ha long")
    page.locator("[data-act=done]").tap()
    expect(page.locator(".keyboard")).to_be_hidden()
    expect(page.locator(".find__status")).to_contain_text("ha long")
    found = results(page)
    page.locator(".find__results a").nth(1).tap()
    page.wait_for_url(lambda url: "/find/" not in url)
    expect(page.locator("html[data-ready]")).to_be_attached()
    page.locator("[data-act=back]").tap()
    page.wait_for_url("**/find/")
    expect(page.locator(".find__status")).to_contain_text("ha long")
    assert results(page) == found
    assert field(page).input_value() == "ha long"
    expect(page.locator(".keyboard")).to_be_hidden()


def test_another_language_begins_anew(upright: Visitor) -> None:
    page = find(upright, "vi")
    tap(page, "ha")
    expect(page.locator(".find__results a").first).to_be_visible()
    page = find(upright, "ja")
    assert field(page).input_value() == ""
    expect(page.locator(".find__signs")).to_be_visible()


def test_nothing_is_remembered_when_a_session_ends(upright: Visitor) -> None:
    page = find(upright, "vi")
    tap(page, "ha long")
    page.evaluate(
        """() => {
          document.dispatchEvent(new CustomEvent('kiosk:end'));
          sessionStorage.clear();
        }"""
    )
    page.wait_for_timeout(300)  # what was under way would have been written by now
    assert page.evaluate("sessionStorage.getItem('qb-find')") is None
    assert page.evaluate("[localStorage.length, document.cookie]") == [0, ""]


def test_what_is_remembered_may_be_anything(used: Visitor) -> None:
    page = find(used, "vi")
    for kept in ["", "null", "7", "[]", '{"lang":"vi"}', '{"lang":"vi","query":5,"open":"x"}', "{"]:
        page.evaluate("kept => sessionStorage.setItem('qb-find', kept)", kept)
        page.reload()
        expect(page.locator("html[data-ready]")).to_be_attached()
        assert page.locator(".find__sign[aria-expanded=true]").all_inner_texts() == ["A"]
    assert faults(used) == []


# ----------------------------------------------------------------------------
# Rules
# ----------------------------------------------------------------------------


@by_language
def test_axe_finds_nothing_and_nobody_else_is_asked(used: Visitor, code: str) -> None:
    page = find(used, code)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(RULES) == []
    tap(page, {"ja": "はろ", "ko": "ㅎㅏ"}.get(code, "ha"))
    expect(page.locator(".find__results a").first).to_be_visible()
    assert page.evaluate(RULES) == []
    assert used.foreign == []
    assert [c for c in used.complaints if "Content Security Policy" in c] == []
