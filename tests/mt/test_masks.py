"""Mask styles: what is written for a model is read back, and whatever goes wrong is seen."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quangba.mt.acceptance import marks_difference
from quangba.mt.markup import MARK, balanced, mark
from quangba.mt.masks import STYLES, Style, Written, write

A, B, C = "\ue100", "\ue101", "\ue102"
OPENING, CLOSING = "\ue200", "\ue300"

ALL = [pytest.param(style, id=style.name) for style in STYLES]

# ----------------------------------------------------------------------------
# Helpers
# ----------------------------------------------------------------------------


def shown(text: str, style: Style) -> Written:
    """Write a text that can be written."""
    written = write(text, style)
    assert written is not None
    return written


def one(style: Style, number: int) -> str:
    """Return the mask with a number, from 1."""
    return f"{style.before}{style.first + number - 1}{style.after}"


# ----------------------------------------------------------------------------
# There and back
# ----------------------------------------------------------------------------


@pytest.mark.parametrize("style", ALL)
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"Vé {A} tại {B} đẹp", id="masks"),
        pytest.param(f"Vé {OPENING}tàu{CLOSING} đẹp", id="span"),
        pytest.param(f"{A} vé {B}", id="edges"),
        pytest.param(f"Vé ({A}), “{B}”.", id="punctuation"),
        pytest.param(" ".join(map(chr, range(0xE100, 0xE140))), id="as_many_as_there_can_be"),
        pytest.param("Vé tàu", id="no_marks"),
        pytest.param("", id="empty"),
    ],
)
def test_comes_back(style: Style, text: str) -> None:
    written = shown(text, style)
    assert not MARK.search(written.text)
    assert "_" not in written.text
    read = written.read(written.text)
    assert read is not None
    assert marks_difference(text, read) is None
    assert read.replace(" ", "") == text.replace(" ", "")


@settings(max_examples=200, deadline=None)
@given(
    style=st.sampled_from(STYLES),
    parts=st.lists(
        st.sampled_from(["vé ", " tàu", "đẹp", ", ", ". ", "(", ")", "#", "#", "<", ">", " "]),
        max_size=12,
    ),
)
def test_any_marked_text_comes_back(style: Style, parts: list[str]) -> None:
    text, masks, spans, opened = "", 0, 0, []
    for part in parts:
        if part == "#":
            text, masks = text + chr(0xE100 + masks), masks + 1
        elif part == "<":
            text, spans = text + chr(0xE200 + spans) + "a", spans + 1
            opened.append(spans - 1)
        elif part == ">" and opened:
            text += chr(0xE300 + opened.pop())
        elif part not in "<>":
            text += part
    text += "".join(chr(0xE300 + number) for number in reversed(opened))
    written = write(text, style)
    if written is None:
        return
    read = written.read(written.text)
    assert read is not None
    assert MARK.findall(read) == MARK.findall(text)
    assert balanced(read)
    assert "".join(read.split()) == "".join(text.split())


@pytest.mark.parametrize("style", ALL)
def test_numbers_in_the_text_stay(style: Style) -> None:
    text = f"Vé {A} giá 12.500 và 2025"
    written = shown(text, style)
    assert written.read(written.text) == text


@pytest.mark.parametrize("style", ALL)
def test_order_may_change(style: Style) -> None:
    written = shown(f"Vé {A} tại {B}", style)
    read = written.read(f"At {one(style, 2)} tickets {one(style, 1)}")
    assert read == f"At {B} tickets {A}"


@pytest.mark.parametrize("style", [p for p in ALL if p.values[0].before and p.values[0].after])  # type: ignore[union-attr]
def test_blanks_inside_a_mask_are_forgiven(style: Style) -> None:
    written = shown(f"Vé {A} đẹp", style)
    assert written.read(f"A {style.before} 1 {style.after} b") == f"A {A} b"


@pytest.mark.parametrize("style", ALL)
def test_mask_before_punctuation_is_read(style: Style) -> None:
    written = shown(f"Vé {A} đẹp", style)
    for after in (".", ",", ":", ")", "。", " "):
        assert written.read(f"Ticket {one(style, 1)}{after}") == f"Ticket {A}{after}"


@pytest.mark.parametrize("style", [p for p in ALL if p.values[0].after])  # type: ignore[union-attr]
def test_mask_glued_to_words_is_read(style: Style) -> None:
    written = shown(f"Vé {A} đẹp", style)
    assert written.read(f"船票{one(style, 1)}很好") == f"船票{A}很好"


@pytest.mark.parametrize("style", [p for p in ALL if p.values[0].before])  # type: ignore[union-attr]
@pytest.mark.parametrize("before", [".", ",", "2025.", "5"])
def test_mask_after_punctuation_is_read(style: Style, before: str) -> None:
    written = shown(f"Vé {A} đẹp", style)
    assert written.read(f"Ticket{before}{one(style, 1)} b") == f"Ticket{before}{A} b"


@pytest.mark.parametrize("text", [f"H{A}O", f"vịnh{A}, đẹp", f"một{A}hai", f"tên{A}tệp"])
@pytest.mark.parametrize("style", ALL)
def test_blanks_for_the_model_are_taken_away(style: Style, text: str) -> None:
    written = shown(text, style)
    assert written.read(written.text) == text


# ----------------------------------------------------------------------------
# What goes wrong
# ----------------------------------------------------------------------------


@pytest.mark.parametrize("style", ALL)
@pytest.mark.parametrize(
    "numbers",
    [
        pytest.param([1], id="dropped"),
        pytest.param([1, 1, 2], id="doubled"),
        pytest.param([1, 1], id="doubled_and_dropped"),
        pytest.param([], id="all_dropped"),
    ],
)
def test_lost_and_doubled_masks_are_noticed(style: Style, numbers: list[int]) -> None:
    text = f"Vé {A} tại {B}"
    read = shown(text, style).read("Ticket " + " at ".join(one(style, n) for n in numbers))
    assert read is not None
    assert marks_difference(text, read)


@pytest.mark.parametrize("style", [p for p in ALL if p.values[0].before])  # type: ignore[union-attr]
def test_invented_mask_is_noticed(style: Style) -> None:
    for number in (0, 3, 9, 64, 999):
        assert (
            shown(f"Vé {A} tại {B}", style).read(
                f"{one(style, 1)} {one(style, 2)} {one(style, number)}"
            )
            is None
        )


def test_invented_number_stays_a_number() -> None:
    # A mask that is nothing but a number cannot be told from one; the numbers are compared later.
    number = next(style for style in STYLES if style.name == "number")
    assert shown(f"Vé {A}", number).read("Ticket 701 for 709") == f"Ticket {A} for 709"


@pytest.mark.parametrize(
    ("answer", "sound"),
    [
        pytest.param([1, 2, 3, 4], True, id="order"),
        pytest.param([3, 4, 1, 2], True, id="spans_change_places"),
        pytest.param([1, 3, 2, 4], False, id="crossing"),
        pytest.param([2, 1, 3, 4], False, id="end_first"),
        pytest.param([1, 2, 4, 3], False, id="second_end_first"),
    ],
)
@pytest.mark.parametrize("style", ALL)
def test_order_of_spans(style: Style, answer: list[int], sound: bool) -> None:
    text = mark("Xem **vé** và *tàu*").text
    written = shown(text, style)
    read = written.read(" x ".join(one(style, number) for number in answer))
    assert read is not None
    assert (marks_difference(text, read) is None) == sound


def test_empty_span_is_noticed() -> None:
    text = mark("Xem **vé** nhé").text
    read = shown(text, STYLES[0]).read("See [1] [2] please")
    assert read is not None
    assert marks_difference(text, read)


def test_blanks_inside_a_span_are_taken_away() -> None:
    read = shown(mark("Xem **vé** nhé").text, STYLES[0]).read("See [1]  ticket  [2] please")
    assert read == f"See {OPENING}ticket{CLOSING} please"


@pytest.mark.parametrize("style", ALL)
def test_text_that_has_something_like_a_mask_is_not_written(style: Style) -> None:
    assert write(f"Vé {one(style, 1)} và {A}", style) is None
    assert write(f"Vé {one(style, 9)} và {A}", style) is None


@pytest.mark.parametrize("style", ALL)
def test_text_without_marks_is_always_written(style: Style) -> None:
    text = f"Vé {one(style, 1)} đẹp"
    written = write(text, style)
    assert written is not None
    assert written.read(written.text) == text


@settings(max_examples=200, deadline=None)
@given(
    answer=st.text(st.sampled_from("[]#ZX⟦⟧ 0123789.,a船\n"), max_size=30),
    style=st.sampled_from(STYLES),
)
def test_any_answer_is_read(answer: str, style: Style) -> None:
    text = f"Vé {A} {OPENING}tàu{CLOSING} {B}"
    read = shown(text, style).read(answer)
    assert read is None or set(MARK.findall(read)) <= set(MARK.findall(text))
