from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quangba.source.text import CONTROL, HIDDEN, fingerprint, has_letters, slug, unaccent


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Đường Hồ Chí Minh", "Duong Ho Chi Minh", id="vietnamese"),
        pytest.param("đĐ ơƠ ưƯ ạặậ", "dD oO uU aaa", id="letters_without_decomposition"),
        pytest.param("Où çà", "Ou ca", id="french"),
        pytest.param("下龍湾 が 한국 й", "下龍湾 が 한국 й", id="other_scripts_stay"),
    ],
)
def test_unaccent(text: str, expected: str) -> None:
    assert unaccent(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Đi lại: đường bộ & đường thủy", "di-lai-duong-bo-duong-thuy", id="vietnamese"
        ),
        pytest.param("Giờ mở cửa (7:00)", "gio-mo-cua-7-00", id="signs"),
        pytest.param("Đo\u0302ng Trie\u0302\u0300u", "dong-trieu", id="decomposed"),
        pytest.param("  --- ", "", id="nothing"),
        pytest.param("下龍湾", "", id="no_latin"),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text())
def test_slug_is_an_ascii_identifier(text: str) -> None:
    found = slug(text)
    assert found == "" or found.replace("-", "").isalnum()
    assert found.isascii()
    assert slug(found) == found


def test_fingerprint_ignores_wrapping_and_normal_form_alone() -> None:
    first = fingerprint("Vịnh Hạ Long", "Ha Long Bay")
    assert fingerprint(" Vịnh\n Hạ\tLong ", "Ha Long Bay") == first
    assert fingerprint("Vi\u0323nh Ha\u0323 Long", "Ha Long Bay") == first
    assert fingerprint("Vịnh hạ Long", "Ha Long Bay") != first
    assert fingerprint("Vịnh Hạ Long Ha", "Long Bay") != first
    assert fingerprint("Vịnh Hạ LongHa Long Bay") != first


def test_fingerprint_length() -> None:
    assert len(fingerprint("a")) == 8
    assert fingerprint("a", length=16).startswith(fingerprint("a"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Hạ", True), ("下", True), ("12,5 %", False), ("", False), ("→ ★", False)],
)
def test_has_letters(text: str, expected: bool) -> None:
    assert has_letters(text) is expected


@pytest.mark.parametrize("char", ["\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad", "\U000e0041"])
def test_hidden_characters(char: str) -> None:
    assert HIDDEN.search(f"a{char}b")


@pytest.mark.parametrize("char", ["\x00", "\x02", "\x03", "\x1b", "\x7f", "\x9b", "\u2028"])
def test_control_characters(char: str) -> None:
    assert CONTROL.search(f"a{char}b")


@pytest.mark.parametrize("text", ["a\tb\nc", "a\u00a0b", "Việt — “x”…", "万 ～ 円"])
def test_ordinary_characters_are_not_hidden(text: str) -> None:
    assert not HIDDEN.search(text)
    assert not CONTROL.search(text)
