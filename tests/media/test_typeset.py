from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quangba.media.compounds import compounds
from quangba.media.faces import CHINESE, JAPANESE, KOREAN, LATIN
from quangba.media.typeset import (
    NOT_FIRST,
    NOT_LAST,
    em_width,
    missing,
    runs,
    set_lines,
    shortened,
)


def lines(text: str, language: str, width: float, *names: str, most: int = 9) -> list[str]:
    found = set_lines(text, language, width, most, names)
    assert found
    return found[0]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ja", ["世界自然遺産", "ハロン湾をめぐる", "一日のクルーズ"]),
        ("ja", ["モンカイ", "国境ゲートを", "歩いて渡る"]),
        ("zh", ["下龙湾一日游：", "船票、时间和码头"]),
        ("ko", ["몽까이 국경을", "건너려면: 서류"]),
        ("vi", ["Cửa khẩu", "Móng Cái:", "giấy tờ"]),
        ("fr", ["Que faire", "à Bai Tu Long ?"]),
    ],
)
def test_lines_break_where_readers_pause(language: str, expected: list[str]) -> None:
    text = ("" if language in ("zh", "ja") else " ").join(expected)
    names = ("ハロン湾", "モンカイ", "国境ゲート", "下龙湾", "Bai Tu Long")
    assert lines(text, language, 8.4, *names) == expected


@pytest.mark.parametrize("language", ["zh", "ja"])
@pytest.mark.parametrize("width", [6.1, 7.1, 8.1, 9.1])
@pytest.mark.parametrize(
    "text",
    [
        "海、山。「森」（川）。",
        "ハロン湾ー、『ちょっと』クルーズ！？",
        "数据（来源）：2025年，《投资法》。",
        "“下龙湾”……“广宁”——海",
    ],
)
def test_kinsoku(text: str, language: str, width: float) -> None:
    found = lines(text, language, width)
    assert "".join(found) == text
    assert not [line for line in found[1:] if line[0] in NOT_FIRST]
    assert not [line for line in found[:-1] if line[-1] in NOT_LAST]


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"])
@pytest.mark.parametrize("width", [6, 7, 9, 12])
def test_french_signs_stay_with_their_words(space: str, width: float) -> None:
    text = f"Vraiment{space}? Non{space}! Dit{space}: «{space}au large{space}»"
    found = lines(text, "fr", width)
    assert not [line for line in found if line[0] in "?!:»" or line[-1] == "«"]


def test_french_numbers_are_not_broken() -> None:
    assert "12\u202f000" in " ".join(lines("Plus de 12\u202f000 hectares", "fr", 5))


def test_a_hard_space_is_none_to_break_at() -> None:
    assert lines("vịnh Hạ\u00a0Long xanh", "vi", 5) == ["vịnh", "Hạ\u00a0Long", "xanh"]


@pytest.mark.parametrize("width", [5, 6, 7])
def test_korean_breaks_at_spaces_only(width: float) -> None:
    text = "하롱베이 여행자를 위한 안내"
    assert " ".join(lines(text, "ko", width)) == text


def test_names_are_kept_together() -> None:
    text = "Khám phá Hạ Long"
    assert lines(text, "vi", 6.2) == ["Khám phá", "Hạ Long"]
    assert lines("参观下龙湾", "zh", 4.1, "下龙湾") == ["参观", "下龙湾"]


def test_a_dash_does_not_begin_a_line() -> None:
    for width in (6, 7, 8, 9):
        assert not [
            line for line in lines("Đường sắt Hà Nội - Quảng Ninh", "vi", width) if line[0] == "-"
        ]


def test_a_number_keeps_its_unit() -> None:
    assert not [line for line in lines("截至2025年12月的项目名单", "zh", 6) if line[0] in "年月"]


def test_too_long_is_said() -> None:
    assert set_lines("một hai ba bốn năm", "vi", 3, 2) is None
    found = shortened("một hai ba bốn năm sáu bảy tám", "vi", 4, 2)
    assert len(found) == 2
    assert found[-1].endswith("…")


def test_a_word_that_is_wider_than_the_line() -> None:
    found = shortened("A" * 400, "en", 5, 2)
    assert len(found) <= 2
    assert all(em_width(line, "en") <= 5 for line in found)


@given(
    st.text("ab ảễ下の、「」ー한글 -–:?«»\u00a0\u202f1", max_size=30),
    st.sampled_from(["vi", "ja", "zh", "ko"]),
)
@settings(max_examples=60, deadline=None)
def test_nothing_is_lost(text: str, language: str) -> None:
    found = set_lines(text, language, 6, 40)
    if found and found[0]:
        assert "".join("".join(found[0]).split()) == "".join(text.split())
        assert all(em_width(line, language) <= 6 for line in found[0])


def test_han_is_drawn_in_the_form_of_the_language() -> None:
    assert [run.face for run in runs("直骨角", "ja")] == [JAPANESE]
    assert [run.face for run in runs("直骨角", "zh")] == [CHINESE]
    assert [run.face for run in runs("直", "ko")] == [KOREAN]
    ja, zh = (
        face.font(100).getmask("直").getbbox() and bytes(face.font(100).getmask("直"))
        for face in (JAPANESE, CHINESE)
    )
    assert ja != zh


def test_mixed_scripts() -> None:
    found = [(run.face, run.text) for run in runs("下龙湾Hạ Long（广宁）", "zh") if run.face]
    assert found == [(CHINESE, "下龙湾"), (LATIN, "Hạ Long"), (CHINESE, "（广宁）")]
    found = [(run.face, run.text) for run in runs("하롱베이 “A”", "ko") if run.face]
    assert found == [(KOREAN, "하롱베이"), (LATIN, " “A”")]
    assert [run.face for run in runs("“下”", "zh")] == [CHINESE]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Vịnh Hạ Long – “di sản” « ễ Ặ » 5\u202f000", "vi", []),
        ("下龙湾：世界自然遗产（2025年）……——", "zh", []),
        ("ハロン湾クルーズ「一日」〜", "ja", []),
        ("하롱베이 크루즈 “하루”", "ko", []),
        ("baie d’Ha Long : où ? œuvre", "fr", []),
        ("a 🙂 b 🙂 ᚠ", "en", ["🙂", "ᚠ"]),
        ("ا", "vi", ["ا"]),
        ("a\u200bb\u00ad\ufe0f", "vi", []),
    ],
)
def test_missing(text: str, language: str, expected: list[str]) -> None:
    assert missing(text, language) == expected


def test_compounds_of_vietnamese() -> None:
    assert compounds(["Dịch vụ, du lịch"] * 3) == ("du lịch", "dịch vụ")
    assert compounds(["một hai", "ba bốn"]) == ()
