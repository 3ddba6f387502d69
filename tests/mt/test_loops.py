"""Loops are seen in every script; what the source repeats, and what languages repeat, is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quangba.mt.loops import repeats

SOURCE = "Vịnh Hạ Long là di sản thiên nhiên thế giới."


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("bay bay bay bay", id="word"),
        pytest.param("Bay, bay, bay, bay, bay", id="word-with-commas"),
        pytest.param("Ha Long Bay is the bay of the bay of the bay of the sea", id="phrase"),
        pytest.param("from Ha Long to Cam Pha from Ha Long to Cam Pha", id="said-twice"),
        pytest.param(
            "Ha Long Bay is big. The sea is deep. Ha Long Bay is old. Ha Long Bay is far.",
            id="not-in-a-row",
        ),
        pytest.param("Hạ Long " * 40, id="until-the-cap"),
        pytest.param("umberumberumberumber", id="inside-a-word"),
        pytest.param("Haaaaaaaaaa Long", id="letter"),
        pytest.param("下龙湾湾湾湾湾", id="chinese-character"),
        pytest.param("下龙湾下龙湾下龙湾", id="chinese-word"),
        pytest.param("世界自然遗产下龙湾，世界自然遗产下龙湾，", id="chinese-said-twice"),
        pytest.param("ハロン湾はハロン湾はハロン湾は", id="japanese"),
        pytest.param("하롱베이는 하롱베이는 하롱베이는 하롱베이는", id="korean"),
        pytest.param("하하하하하하하", id="korean-syllable"),
        pytest.param("la baie de la baie de la baie de la baie", id="french"),
        pytest.param(". . . . . . . . . . . .", id="signs"),
        pytest.param("-,-,-,-,-,-,", id="pairs-of-signs"),
    ],
)
def test_a_loop_is_seen(text: str) -> None:
    assert repeats(text, SOURCE)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        pytest.param("Ha Long Bay is a world heritage site.", SOURCE, id="plain"),
        pytest.param("1, 1, 1, 1", "1, 1, 1, 1", id="the-source-repeats-too"),
        pytest.param("1,000,000,000 dong", "một tỉ đồng", id="zeros"),
        pytest.param("more and more and more boats", "ngày càng nhiều tàu", id="idiom"),
        pytest.param("no, no, no", "không", id="three-times"),
        pytest.param("Wait......", "Đợi đã…", id="dots"),
        pytest.param("等一下……", "Đợi đã…", id="chinese-ellipsis"),
        pytest.param("看看", "xem", id="chinese-doubling"),
        pytest.param("いろいろな島々", "nhiều đảo", id="japanese-doubling"),
        pytest.param("ドンドンドン", "thùng thùng thùng", id="drums"),
        pytest.param("Cốc cốc cốc cốc", "Toc toc toc toc", id="knocking"),
        pytest.param("anh ơi, anh à, anh về", "come home", id="vietnamese"),
        pytest.param(
            "the port of Cam Pha, the port of Hon Gai, the port of Van Don",
            "cảng Cẩm Phả, cảng Hòn Gai, cảng Vân Đồn",
            id="list",
        ),
        pytest.param(
            "the People's Committee of Ha Long, the People's Committee of Mong Cai, "
            "the People's Committee of Uong Bi and the People's Committee of Cam Pha",
            "UBND Hạ Long, UBND Móng Cái, UBND Uông Bí và UBND Cẩm Phả",
            id="name-of-an-office",
        ),
        pytest.param("7:00–11:00, 13:00–17:00", "7:00–11:00, 13:00–17:00", id="hours"),
        pytest.param("Mississippi", "Mississippi", id="letters"),
        pytest.param("", "", id="nothing"),
        pytest.param("x", "", id="one"),
    ],
)
def test_what_is_no_loop(text: str, source: str) -> None:
    assert not repeats(text, source)


WORDS = st.lists(
    st.sampled_from(["vịnh", "đảo", "1", "2", ",", ".", "bay", "海", "湾"]), max_size=40
)


@given(WORDS)
def test_a_text_never_repeats_more_than_itself(words: list[str]) -> None:
    assert not repeats(" ".join(words), " ".join(words))


@given(st.text(), st.text())
def test_any_text_can_be_asked_about(text: str, source: str) -> None:
    assert repeats(text, source) in (True, False)


@given(st.text(alphabet="abcdđeêg 海湾섬", min_size=1, max_size=30).filter(str.strip))
def test_whatever_is_said_twenty_times_is_a_loop(phrase: str) -> None:
    assert repeats(f"{phrase} " * 20, "Vịnh Hạ Long")
