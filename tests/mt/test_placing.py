"""Placing: bold, italics and links come back around the right words, or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quangba.mt.markup import MARK, Marked, balanced, mark, without_spans
from quangba.mt.placing import (
    attended,
    has_spans,
    occurrences,
    place,
    place_by_attention,
    spans_of,
)

# ----------------------------------------------------------------------------
# Helpers
# ----------------------------------------------------------------------------


def placed(source: str, target: str, evidence: Mapping[str, Sequence[str]]) -> str | None:
    """Place the spans of Markdown in a target; ``#`` in the target is the first mask."""
    marked = mark(source)
    found = place(
        marked.text, target.replace("#", "\ue100"), lambda span: evidence.get(span.words, ())
    )
    return None if found is None else marked.restore(found)


# ----------------------------------------------------------------------------
# Evidence
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "target", "evidence", "expected"),
    [
        pytest.param(
            "Mua **vé** tại cảng",
            "Buy tickets at the port",
            {"vé": ["tickets"]},
            "Buy **tickets** at the port",
            id="once",
        ),
        pytest.param("Mua **vé**", "Buy it", {"vé": ["tickets"]}, None, id="not_there"),
        pytest.param("Mua **vé**", "Buy tickets", {}, None, id="no_evidence"),
        pytest.param("Mua **vé**", "Buy tickets", {"vé": [""]}, None, id="empty_evidence"),
        pytest.param("Mua **vé**", "Buy tickets", {"vé": [". ,"]}, None, id="only_punctuation"),
        pytest.param(
            "Mua **vé**", "A ticket is a ticket", {"vé": ["ticket"]}, None, id="twice"
        ),
        pytest.param(
            "Mua **vé**",
            "Buy passes",
            {"vé": ["tickets", "passes"]},
            "Buy **passes**",
            id="second_hypothesis",
        ),
        pytest.param(
            "Mua **vé**", "Buy TICKETS", {"vé": ["Tickets."]}, "Buy **TICKETS**", id="case"
        ),
        pytest.param(
            "Mua **vé** nhé", "Reports of the port", {"vé": ["port"]}, "Reports of the **port**",
            id="whole_words",
        ),
        pytest.param("Mua **vé**", "the airport", {"vé": ["port"]}, None, id="part_of_a_word"),
        pytest.param(
            "Thăm **đảo** này", "Visiter l’île", {"đảo": ["île"]}, "Visiter l’**île**", id="elision"
        ),
        pytest.param(
            "Tới **cảng** này", "항구에서 만나요", {"cảng": ["항구"]}, "**항구**에서 만나요",
            id="particle",
        ),
        pytest.param(
            "Tới **cảng** này", "请到港口来", {"cảng": ["港口。"]}, "请到**港口**来", id="chinese"
        ),
        pytest.param(
            "Từ [cảng](a.md) tới [bến](b.md)",
            "To the pier from the port",
            {"cảng": ["port"], "bến": ["pier"]},
            "To the [pier](b.md) from the [port](a.md)",
            id="order_changes",
        ),
        pytest.param(
            "Từ [cảng](a.md) tới [cảng](b.md)",
            "From port to port",
            {"cảng": ["port"]},
            "From [port](a.md) to [port](b.md)",
            id="same_words_twice",
        ),
        pytest.param(
            "Từ [cảng](a.md) tới [cảng](b.md)",
            "From port to pier",
            {"cảng": ["port"]},
            None,
            id="same_words_once",
        ),
        pytest.param(
            "Từ [cảng](a.md) và [cảng **lớn**](b.md)",
            "From the port and the large port",
            {"cảng": ["port"], "cảng lớn": ["large port"], "lớn": ["large"]},
            None,
            id="word_in_another_span",
        ),
        pytest.param(
            "Xem [bến **tàu**](a.md) nhé",
            "See the boat pier",
            {"bến tàu": ["boat pier"], "tàu": ["boat"]},
            "See the [**boat** pier](a.md)",
            id="nested",
        ),
        pytest.param(
            "Xem [bến **tàu**](a.md) nhé",
            "See the boat at a pier",
            {"bến tàu": ["pier"], "tàu": ["boat"]},
            None,
            id="inner_outside",
        ),
        pytest.param(
            "Xem **bến** và *tàu*",
            "See the boat pier",
            {"bến": ["boat pier"], "tàu": ["boat"]},
            None,
            id="overlap",
        ),
        pytest.param(
            "Xem **bến tàu** *xanh*",
            "See green boat pier",
            {"bến tàu": ["boat pier"], "xanh": ["green boat"]},
            None,
            id="crossing",
        ),
        pytest.param(
            "**Bến** *tàu*", "Boatpier", {"bến": ["pier"], "tàu": ["boat"]}, None, id="glued"
        ),
        pytest.param(
            "Gõ [`ls`](a.md) nhé", "Type # please", {}, "Type [`ls`](a.md) please", id="mask_only"
        ),
        pytest.param("Gõ [`ls`](a.md) nhé", "Type please", {}, None, id="mask_lost"),
        pytest.param(
            "**Giá vé:** rẻ", "Price: cheap", {}, "**Price:** cheap", id="label"
        ),
        pytest.param("**Giá vé:** rẻ", "价格：便宜", {}, "**价格：**便宜", id="label_full_width"),
        pytest.param("**Giá vé:** rẻ", "Price is cheap", {}, None, id="label_without_colon"),
        pytest.param("**Giá vé:** rẻ: 5", "Price: so: 5", {}, None, id="two_colons"),
        pytest.param(
            "Xem **giá:** rẻ", "See cheap: price", {"giá:": ["price"]}, "See cheap: **price**",
            id="label_not_at_the_start",
        ),
        pytest.param("Xem **a.b*c** nhé".replace("*c", "c"), "See a.b(c", {"a.bc": ["a.b(c"]},
            "See **a.b(c**", id="no_regular_expression"),
    ],
)  # fmt: skip
def test_placed(
    source: str, target: str, evidence: dict[str, list[str]], expected: str | None
) -> None:
    assert placed(source, target, evidence) == expected


@pytest.mark.parametrize("source", ["Tới **[cảng](a.md)** nhé", "Tới [**cảng**](a.md) nhé"])
def test_link_in_bold(source: str) -> None:
    expected = source.replace("Tới", "To the").replace("cảng", "port").replace(" nhé", "")
    assert placed(source, "To the port", {"cảng": ["port"]}) == expected


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("Opening hours: 7:00", "**Opening hours:** 7:00"),
        ("开放时间：7:30至17:00", "**开放时间：**7:30至17:00"),
    ],
)
def test_label_before_a_time(target: str, expected: str) -> None:
    assert placed("**Giờ mở cửa:** 7 giờ", target, {}) == expected


def test_label_with_its_colon_outside() -> None:
    assert placed("**Giá vé**: rẻ", "Price: cheap", {}) == "**Price**: cheap"


@pytest.mark.parametrize("form", ["9", "75", "500"])
def test_part_of_a_number(form: str) -> None:
    assert placed("Có **chín** nhé", "It has 9.75 of 1,500,000", {"chín": [form]}) is None


def test_part_of_a_katakana_word() -> None:
    assert placed("Tới **bến** này", "チケットを買う", {"bến": ["チケ"]}) is None


# ----------------------------------------------------------------------------
# Properties
# ----------------------------------------------------------------------------


@settings(max_examples=200, deadline=None)
@given(
    words=st.lists(st.sampled_from(["vé", "tàu", "cảng", "vịnh", "đảo"]), min_size=1, max_size=6),
    styles=st.lists(st.sampled_from(["{}", "**{}**", "*{}*", "[{}](a.md)", "[**{}** x](b.md)"]),
                    min_size=6, max_size=6),
    target=st.lists(st.sampled_from(["a", "b", "ab", "船", "港口", "é", ",", "x"]), max_size=8),
    form=st.sampled_from(["a", "b", "ab", "船", "é"]),
)  # fmt: skip
def test_nothing_is_ever_torn(
    words: list[str], styles: list[str], target: list[str], form: str
) -> None:
    source = mark(" ".join(s.format(w) for s, w in zip(styles, words, strict=False))).text
    text = " ".join(target)
    found = place(source, text, lambda span: [form, "港口"])
    if found is None:
        return
    assert balanced(found)
    assert without_spans(found) == text
    assert sorted(MARK.findall(found)) == sorted(MARK.findall(source))


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        pytest.param("port", "port, Port and airport", 2, id="latin"),
        pytest.param("é", "été é", 1, id="accent"),
        pytest.param("Đồn", "Vân Đồn", 1, id="vietnamese"),
        pytest.param("湾", "海湾 湾", 2, id="han"),
        pytest.param("c++", "c++ and c", 1, id="signs"),
        pytest.param("12", "12 and 2012", 1, id="digits"),
    ],
)
def test_occurrences(words: str, text: str, expected: int) -> None:
    assert len(occurrences(words, text)) == expected


def test_spans_of_are_outer_first() -> None:
    marked: Marked = mark("a [b **c** d](e) *f*")
    assert [(span.words, span.start, span.end) for span in spans_of(marked.text)] == [
        ("b c d", 2, 7),
        ("c", 4, 5),
        ("f", 8, 9),
    ]
    assert has_spans(marked.text)
    assert not has_spans("a \ue100 b")


# ----------------------------------------------------------------------------
# Attention
# ----------------------------------------------------------------------------


def looks(*best: int) -> list[list[float]]:
    """Return attention in which each target token looks at one of four source tokens."""
    return [[0.9 if at == token else 0.1 for at in range(4)] for token in best]


@pytest.mark.parametrize(
    ("span", "best", "ends", "expected"),
    [
        pytest.param((1, 2), [0, 1, 2, 3], [2, 5, 8, 10], (2, 5), id="one"),
        pytest.param((0, 2), [0, 1, 2, 3], [2, 5, 8, 10], (0, 5), id="from_the_start"),
        pytest.param((2, 4), [2, 3, 0, 1], [2, 5, 8, 10], (0, 5), id="moved"),
        pytest.param((0, 2), [0, 2, 1, 3], [2, 5, 8, 10], (0, 8), id="one_in_between"),
        pytest.param((0, 1), [0, 2, 3, 0], [2, 5, 8, 10], None, id="torn"),
        pytest.param((3, 4), [0, 1, 2, 2], [2, 5, 8, 10], None, id="nobody_looks"),
        pytest.param((3, 4), [0, 1, 2, 3], [2, 5, 8], None, id="too_few_tokens"),
        pytest.param((0, 1), [], [], None, id="empty"),
    ],
)
def test_attended(
    span: tuple[int, int], best: list[int], ends: list[int], expected: tuple[int, int] | None
) -> None:
    assert attended(span, looks(*best), ends) == expected


@pytest.mark.parametrize(
    ("source", "best", "expected"),
    [
        pytest.param("Mua **vé tàu** đi", [0, 2, 1, 3], "Buy **boat tickets** now", id="words"),
        pytest.param("Mua **vé tàu** đi", [1, 0, 3, 2], None, id="torn"),
        pytest.param("**Mua** *vé* tàu đi", [0, 1, 2, 3], "**Buy** *boat* tickets now", id="two"),
        pytest.param("**Mua *vé*** tàu đi", [0, 1, 2, 3], "**Buy *boat*** tickets now", id="in"),
        pytest.param("**Mua** *vé* tàu đi", [0, 0, 1, 3], "**Buy boat** *tickets* now", id="wide"),
    ],
)  # fmt: skip
def test_place_by_attention(source: str, best: list[int], expected: str | None) -> None:
    marked = mark(source)
    target = "Buy boat tickets now"
    found = place_by_attention(
        marked.text, target, looks(*best), lambda text: len(text.split()), [3, 8, 16, 20]
    )
    assert (None if found is None else marked.restore(found)) == expected
