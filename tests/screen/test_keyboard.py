"""The keyboard on the screen: what its keys write, what is found, and hostile hands."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from find_screen import before, faults, field, find, results, tap
from playwright.sync_api import Browser, expect

from chromium import Visitor

pytestmark = pytest.mark.browser

GATE = "mong-cai"


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
# Keys
# ----------------------------------------------------------------------------


def test_syllables_are_made_and_taken_apart_key_by_key(used: Visitor) -> None:
    page = find(used, "ko")
    page.evaluate("async () => { window.h = await import('/assets/javascripts/hangul.js') }")
    made = "keys => [...keys].reduce(h.put, '')"
    for keys, text in {
        "ㅎㅏㄹㄹㅗㅇ": "할롱",
        "ㅎㅏㄹㅗㅇ": "하롱",
        "ㄲㅗㅏㅇㄴㅣㄴ": "꽝닌",
        "ㄷㅏㄹㄱ": "닭",
        "ㄷㅏㄹㄱㅏ": "달가",
        "ㄱㅏㅂㅅㅣ": "갑시",
        "ㅇㅡㅣㅇㅛ": "의요",
        "ㄱㅏㄸㅏ": "가따",
        "ㅗㅏ": "ㅘ",
        "ㅏㅏ": "ㅏㅏ",
        "ㅋㅋㅋ": "ㅋㅋㅋ",
    }.items():
        assert page.evaluate(made, keys) == text
    left = """text => {
      const found = [];
      while (text) found.push(text = h.drop(text));
      return found;
    }"""
    assert page.evaluate(left, "할롱") == ["할로", "할ㄹ", "할", "하", "ㅎ", ""]
    assert page.evaluate(left, "꽝닭") == ["꽝달", "꽝다", "꽝ㄷ", "꽝", "꽈", "꼬", "ㄲ", ""]
    assert page.evaluate("[h.drop('a'), h.drop(''), h.initials('하롱 2')]") == [
        None,
        None,
        "ㅎㄹ 2",
    ]


def test_every_syllable_comes_from_its_keys(used: Visitor) -> None:
    page = find(used, "ko")
    wrong = page.evaluate(
        """async () => {
          const {put, drop} = await import('/assets/javascripts/hangul.js');
          const keys = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ'];
          const wrong = [];
          for (let code = 0xac00; code < 0xd7a4; code += 1) {
            for (let text = String.fromCharCode(code); text; text = drop(text)) {
              const rest = drop(text); // one key gives it back
              if (!keys.some(key => put(rest, key) === text)) wrong.push(text);
            }
          }
          return wrong;
        }"""
    )
    assert wrong == []


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("はろん", "はろん"),
        ("か゛ー", "がー"),
        ("か゛゛", "か"),
        ("は゛゜", "ぱ"),
        ("は゜゛", "ば"),
        ("う゛あ小", "ゔぁ"),
        ("つ小小", "つ"),
        ("゛゜小", ""),
        ("ん゛", "ん"),
    ],
)
def test_marks_change_the_kana_before_them(used: Visitor, keys: str, text: str) -> None:
    page = find(used, "ja")
    tap(page, keys)
    assert field(page).input_value() == text


def test_layers_of_letters_digits_and_doubled_consonants(used: Visitor) -> None:
    page = find(used, "ko")
    tap(page, "⇧ㄲㅗㅏㅇ")  # one doubled consonant, then the plain ones are back
    assert field(page).input_value() == "꽝"
    page.locator('[data-layer="qwerty"]').tap()
    tap(page, "lng")
    page.locator('[data-layer="digits"]').tap()
    tap(page, "1")
    page.locator('[data-layer="jamo"]').tap()
    tap(page, "ㅎㅏ")
    assert field(page).input_value() == "꽝lng1하"
    erase = page.locator("[data-act=erase]")
    for _ in range(6):
        erase.tap()
    assert field(page).input_value() == "꽝"


# ----------------------------------------------------------------------------
# What is found
# ----------------------------------------------------------------------------


FINDS = {
    "vi": [
        ("yen tu", "yen tu", "Yên Tử"),
        ("vinh ha long", "vinh ha long", "Vịnh Hạ Long"),
        ("đen cua ong", "đen cua ong", "Đền Cửa Ông"),
    ],
    "en": [("ha long bay", "ha long bay", "Ha Long Bay")],
    "fr": [
        ("étapes", "étapes", "Étapes pour investir"),
        ("etapes", "etapes", "Étapes pour investir"),
        ("baie d’ha", "baie d’ha", "Baie d’Ha Long"),
    ],
    "zh": [
        ("xialong", "xialong", "下龙湾"),
        ("xlw", "xlw", "下龙湾"),
        ("xia long wan", "xia long wan", "下龙湾"),
        ("gnbwg", "gnbwg", "广宁博物馆"),
        ("bowuguan", "bowuguan", "广宁博物馆"),
        ("halong", "halong", "下龙湾"),
        ("lng", "lng", "广宁液化天然气（LNG）发电厂"),
    ],
    "ja": [
        ("はろん", "はろん", "ハロン湾"),
        ("はろんわん", "はろんわん", "ハロン湾"),
        ("とうしのて", "とうしのて", "投資の手順"),
        ("たひ゛の", "たびの", "旅の基本情報"),
        ("う゛あ小んと゛んこ", "ゔぁんどんこ", "ヴァンドン高級複合観光サービス区"),
    ],
    "ko": [
        ("ㅎㅏㄹㄹㅗㅇ", "할롱", "하롱베이"),
        ("ㅎㅏㄹㅗㅇ", "하롱", "하롱베이"),
        ("ㅎㄹㅂㅇ", "ㅎㄹㅂㅇ", "하롱베이"),
    ],
}
"""Keys, what they write, and the page that comes first."""


@pytest.mark.parametrize(
    ("code", "keys", "text", "first"),
    [(code, *finds) for code, several in FINDS.items() for finds in several],
)
def test_what_people_type_finds_the_page(
    used: Visitor, code: str, keys: str, text: str, first: str
) -> None:
    page = find(used, code)
    tap(page, keys)
    assert field(page).input_value() == text
    expect(page.locator(".find__status")).to_contain_text(text)
    assert results(page)[0].split("\n")[0] == first
    assert len(results(page)) <= 20
    assert faults(used) == []


def test_a_word_that_was_meant_is_found_in_texts_too(used: Visitor) -> None:
    page = find(used, "zh")
    tap(page, "xialong")
    expect(page.locator(".find__status")).to_contain_text("xialong")
    found = results(page)
    assert found[:3] == ["下龙湾", "下龙国际客运港", "下龙狂欢节"]
    assert any("下龙" not in title for title in found)  # its text or its names say 下龙
    assert len(found) == 20
    expect(page.locator(".find__more")).to_contain_text("20")


def test_nothing_found_leads_to_the_index(used: Visitor) -> None:
    page = find(used, "vi")
    tap(page, "xyzzq")
    status = page.locator(".find__status")
    expect(status).to_contain_text("“xyzzq”")
    assert len(status.inner_text().split("\n")) == 2
    assert results(page) == []
    expect(page.locator(".find__signs")).to_be_visible()
    page.locator(".find__sign", has_text="Y").tap()
    expect(page.locator(".find__group a")).to_contain_text(["Yên Tử"])
    assert field(page).input_value() == ""
    expect(page.locator(".keyboard")).to_be_hidden()


def test_a_search_that_does_not_load_says_so(upright: Visitor) -> None:
    upright.page.route("**/search/index.js", lambda route: route.abort())
    page = find(upright, "en")
    tap(page, "ha")
    status = page.locator(".find__status")
    expect(status).to_have_text(status.get_attribute("data-failed") or "")
    expect(page.locator(".find__signs")).to_be_visible()


# ----------------------------------------------------------------------------
# What nobody should do
# ----------------------------------------------------------------------------


def test_a_thousand_keys_are_forty_characters(used: Visitor) -> None:
    page = find(used, "vi")
    field(page).tap()
    page.evaluate(
        """() => {
          const keys = [...document.querySelectorAll('.keyboard__key[data-key]')];
          for (let i = 0; i < 1000; i += 1) {
            keys[i % keys.length].dispatchEvent(new PointerEvent('pointerdown', {bubbles: true}));
          }
        }"""
    )
    assert len(field(page).input_value()) == 40
    expect(page.locator(".find__status")).not_to_be_empty()
    page.locator("[data-act=erase]").tap()
    assert len(field(page).input_value()) == 39


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=window.hacked=1>",
        '" onfocus=window.hacked=1 x="',
        "👨‍👩‍👧‍👦🏝️",
        "\u202eđảo\u0000\ufeff",
        "%s{query}{count}$&",
        "ㅤㅤㅤ",
        "(((((",
        "は" * 5000,
    ],
)
def test_what_a_program_writes_stays_text(used: Visitor, text: str) -> None:
    page = find(used, "ja")
    field(page).tap()
    images = page.locator("img").count()
    page.evaluate(
        """text => {
          const field = document.querySelector('.find__field input');
          field.value = text;
          field.dispatchEvent(new Event('input', {bubbles: true}));
        }""",
        text,
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.hacked") is None
    assert page.locator("img").count() == images
    assert len(field(page).input_value()) <= 80  # 40 characters, in UTF-16 units
    for _ in range(3):
        page.locator("[data-act=erase]").tap()
    assert faults(used) == []


def test_a_family_goes_with_one_key(used: Visitor) -> None:
    page = find(used, "en")
    tap(page, "a")
    page.evaluate("document.querySelector('.find__field input').value = 'a👨‍👩‍👧‍👦'")
    page.locator("[data-act=erase]").tap()
    assert field(page).input_value() == "a"


def test_the_field_takes_nothing_but_our_keys(used: Visitor) -> None:
    page = find(used, "en")
    assert field(page).get_attribute("readonly") is not None
    assert field(page).get_attribute("inputmode") == "none"
    assert page.locator("input:not([readonly]), textarea, [contenteditable]").count() == 0


def test_keys_of_a_hardware_keyboard(upright: Visitor) -> None:
    page = find(upright, "vi")
    page.keyboard.type("yen tux")
    page.keyboard.press("Backspace")
    assert field(page).input_value() == "yen tu"
    expect(page.locator(".find__results a").first).to_contain_text("Yên Tử")
    page.keyboard.press("Escape")
    expect(page.locator(".keyboard")).to_be_hidden()
    page.keyboard.press("Control+a")
    page.locator(".find__clear").focus()
    page.keyboard.press("Space")  # presses the button and writes no blank
    assert field(page).input_value() == ""
    expect(page.locator(".find__signs")).to_be_visible()
    page.locator(".find__sign").nth(2).focus()
    page.keyboard.press("Enter")
    assert page.locator(".find__sign").nth(2).get_attribute("aria-expanded") == "true"
    field(page).focus()
    page.keyboard.press("Enter")
    page.locator('.keyboard__key[data-key="q"]').focus()
    page.keyboard.press("Enter")
    assert field(page).input_value() == "q"
