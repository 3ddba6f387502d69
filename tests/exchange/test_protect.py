"""Markup as tags and back: nothing is lost, and what is torn is noticed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quangba.exchange.protect import TAG, Protected, TagError

SOURCE = "**Vé** mua tại [cảng](a.md), giá {fact:gia_ve}, theo 44/NQ-CP, gọi 0203 3825 161."


@pytest.mark.parametrize(
    ("source", "tagged"),
    [
        pytest.param("Vé tàu", "Vé tàu", id="words"),
        pytest.param(
            SOURCE,
            "⟦1⟧Vé⟦/1⟧ mua tại ⟦2⟧cảng⟦/2⟧, giá ⟦3⟧, theo 44/NQ-CP, gọi 0203 3825 161.",
            id="what-is-the-same-everywhere-stays",
        ),
        pytest.param("![Tàu](a.jpg) đi", "⟦1⟧Tàu⟦/1⟧ đi", id="words-of-a-picture"),
        pytest.param('[cảng](a.md "Bảng giờ")', "⟦1⟧cảng⟦1:1⟧Bảng giờ⟦/1⟧", id="link-with-title"),
        pytest.param("**[Vé](a.md)**", "⟦1⟧⟦2⟧Vé⟦/2⟧⟦/1⟧", id="nested"),
        pytest.param("Bấm `code` và {1}", "Bấm ⟦1⟧ và ⟦2⟧", id="code-and-token"),
        pytest.param("Dấu ⟦1⟧ và **đậm**", "Dấu ⟦1⟧ và **đậm**", id="tags-of-its-own"),
    ],
)
def test_markup_becomes_tags_and_comes_back(source: str, tagged: str) -> None:
    protected = Protected(source)
    assert protected.source == tagged
    assert protected.show(source) == tagged
    assert protected.restore(tagged) == source


def test_a_plain_text_has_facts_only() -> None:
    assert Protected("*a* {fact:x}", plain=True).source == "*a* ⟦1⟧"


def test_markup_that_the_source_does_not_have_stays_markdown() -> None:
    protected = Protected("**Vé** [cảng](a.md)")
    shown = protected.show("[port](a.md) [more](b.md) *x*")
    assert shown == "⟦2⟧port⟦/2⟧ [more](b.md) *x*"
    assert protected.restore(shown) == "[port](a.md) [more](b.md) *x*"


def test_two_of_a_kind_are_numbered_in_order() -> None:
    protected = Protected("**a** và **b**")
    assert protected.show("**b**と**a**と**c**") == "⟦1⟧b⟦/1⟧と⟦2⟧a⟦/2⟧と**c**"


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        pytest.param("⟦9⟧", True, id="made-up"),
        pytest.param("⟦3:1⟧", True, id="made-up-piece"),
        pytest.param("⟦1⟧Vé", False, id="not-closed"),
        pytest.param("Vé⟦/1⟧", False, id="not-opened"),
        pytest.param("⟦1⟧a⟦2⟧b⟦/1⟧c⟦/2⟧", False, id="crossing"),
        pytest.param("⟦1⟧⟦/1⟧", False, id="without-words"),
        pytest.param("⟦1⟧⟦/3⟧⟦/1⟧", False, id="end-of-a-mask"),
    ],
)
def test_torn_tags_are_refused(text: str, unknown: bool) -> None:
    with pytest.raises(TagError) as caught:
        Protected(SOURCE).restore(text)
    assert caught.value.unknown is unknown
    assert caught.value.tag in text


@pytest.mark.parametrize("text", ["⟦１⟧a⟦／１⟧", "⟦ 1 ⟧ a ⟦ /1 ⟧", "⟦01⟧a⟦/1⟧"])
def test_tags_typed_by_hand_are_understood(text: str) -> None:
    assert Protected(SOURCE).restore(text).strip() == "**a**"


def test_what_is_missing_is_named_and_emphasis_is_free() -> None:
    protected = Protected(SOURCE)
    assert protected.missing("⟦2⟧港⟦/2⟧ ⟦3⟧") is None
    assert protected.missing("⟦3⟧") == "⟦2⟧…⟦/2⟧"
    assert protected.missing("⟦2⟧港⟦/2⟧") == "⟦3⟧"


PIECES = st.sampled_from(
    ["Vé ", "**đậm**", " ", "[cảng](a.md)", "{fact:x}", "`a`", "*", "]", "<br>", "_", "![h](a.jpg)"]
)


@given(st.lists(PIECES, max_size=8).map("".join))
def test_any_source_comes_back_as_it_was(source: str) -> None:
    protected = Protected(source)
    assert protected.restore(protected.source).split() == source.split()


@given(
    st.lists(st.sampled_from(["⟦1⟧", "⟦/1⟧", "⟦2⟧", "⟦/2⟧", "⟦3⟧", "⟦3:1⟧", "a", " "]), max_size=9)
)
def test_no_tag_is_left_in_a_catalog(parts: list[str]) -> None:
    try:
        restored = Protected(SOURCE).restore("".join(parts))
    except TagError:
        return
    assert not TAG.search(restored)
