"""Translations that are whole, and those that stop, stutter or say the opposite."""

from __future__ import annotations

import pytest
from checked import entry_of, said

from quangba.review.checking import all_checks

LONG = (
    "Yên Tử là nơi thờ tự. Hãy mặc kín đáo và nói nhỏ. "
    "Trước khi chụp ảnh người đang hành lễ, hãy hỏi họ."
)

FIRST = "Yen Tu is a place of worship. Please dress modestly and speak quietly."

LAST = "Before you photograph people at prayer, ask them."


def names(source: str, target: str, language: str = "en") -> set[str]:
    """Return the names of the checks of prose that speak above a hint."""
    found = said(entry_of(source, target, language), "prose", "sentences")
    return {name for name in found if all_checks()[name].severity > 0}


def hints(source: str, target: str, language: str = "en") -> set[str]:
    """Return the names of all checks of prose that speak."""
    return set(said(entry_of(source, target, language), "prose", "sentences"))


# ----------------------------------------------------------------------------
# Whole
# ----------------------------------------------------------------------------


def test_a_whole_translation_passes() -> None:
    assert hints(LONG, f"{FIRST} {LAST}") == set()


@pytest.mark.parametrize(
    ("target", "name"),
    [
        pytest.param(FIRST, "lost-sentences", id="last-sentence"),
        pytest.param(f"Yen Tu is a place of worship. {LAST}", "lost-sentences", id="middle"),
        pytest.param(f"{FIRST} {LAST} {LAST}", "repeated-sentences", id="doubled"),
        pytest.param(
            f"{FIRST} {LAST} The province has five economic zones.", "added-sentences", id="added"
        ),
        pytest.param(f"{FIRST} Before you photograph people at", "breaks-off", id="cut"),
        pytest.param("Worship.", "lost-sentences", id="short"),
        pytest.param(f"{FIRST} {LAST} " * 3, "repeated-sentences", id="long"),
    ],
)
def test_what_is_missing_or_too_much_is_found(target: str, name: str) -> None:
    assert name in names(LONG, target)


def test_the_lost_sentence_is_named() -> None:
    source = "Cầu dài {fact:dai}. Nơi đây có rất nhiều tàu khách neo đậu. Xem [vé](ve.md)."
    target = "The bridge is {fact:dai} long. See [tickets](ve.md)."
    found = said(entry_of(source, target), "sentences")["lost-sentences"]
    assert found == [{"what": "Nơi đây có rất nhiều tàu khách neo đậu."}]


@pytest.mark.parametrize(
    ("source", "target", "name"),
    [
        pytest.param("Chợ họp cả ngày và đêm trên bến.", "A market.", "too-short", id="short"),
        pytest.param(
            "Chợ họp cả ngày và cả đêm trên bến.",
            "The market is open all day long and all night long, and it has many shops, cafés, "
            "toilets and parking spaces for coaches and cars beside the pier.",
            "too-long",
            id="long",
        ),
        pytest.param(
            "Chợ họp cả ngày và đêm trên bến, ai cũng mua được.", "The market", "no-end", id="cut"
        ),
    ],
)
def test_one_mistake_of_length_is_said_once(source: str, target: str, name: str) -> None:
    found = said(entry_of(source, target), "prose", "sentences", "ends")
    assert set(found) == {name}


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        pytest.param(
            "Kinh tế năm 2025 tăng. Vốn FDI giảm.", "2025年经济增长，FDI下降。", "zh", id="joined"
        ),
        pytest.param("Áp dụng từ ngày", "Applies from", "en", id="label-that-goes-on"),
        pytest.param("Vé", "Admission tickets", "en", id="short-label"),
        pytest.param("a) vé, b) tàu", "a) tickets, b) boats", "en", id="list-letters"),
        pytest.param("Vịnh (Hạ Long)", "下龙湾（Ha Long)", "zh", id="brackets-of-two-widths"),
    ],
)
def test_what_languages_do_otherwise_passes(source: str, target: str, language: str) -> None:
    assert names(source, target, language) == set()


@pytest.mark.parametrize(
    ("target", "sign"),
    [
        pytest.param("Tickets (for boats are sold", "(", id="round"),
        pytest.param("Tickets for boats) are sold", ")", id="never-opened"),
        pytest.param("“Tickets for boats are sold", "“", id="quotation-mark"),
    ],
)
def test_a_lonely_bracket_is_named(target: str, sign: str) -> None:
    assert said(entry_of("Vé (tàu) đang bán", target), "prose")["brackets"] == [{"sign": sign}]


# ----------------------------------------------------------------------------
# Twice
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "language", "what"),
    [
        pytest.param("See the the port", "en", "the", id="word"),
        pytest.param("Le port de de la baie", "fr", "de", id="french"),
        pytest.param("항구에서 항구에서 표를", "ko", "항구에서", id="korean"),
        pytest.param("在码头码头买票", "zh", "码头", id="chinese"),
        pytest.param("ここここで買う", "ja", "ここ", id="kana"),
        pytest.param("the bay of the bay of the bay of", "en", "the bay of", id="loop"),
        pytest.param("A hahahaha boat", "en", "hahahaha", id="stutter"),
    ],
)
def test_words_that_follow_themselves_are_named(target: str, language: str, what: str) -> None:
    found = said(entry_of("Mua vé ở cảng tàu khách", target, language), "prose")
    assert found["repeated-words"] == [{"what": what}]


@pytest.mark.parametrize(
    ("target", "language"),
    [
        pytest.param("Vous vous levez tôt", "fr", id="vous-vous"),
        pytest.param("人人天天看看", "zh", id="chinese-doubles"),
        pytest.param("いろいろな船", "ja", id="japanese-doubles"),
        pytest.param("その他の国の国民", "ja", id="japanese-particles"),
        pytest.param("越南南部和中国国家", "zh", id="across-words"),
        pytest.param("Open 8:00 to 8:00, 1,000,000", "en", id="figures"),
    ],
)
def test_what_is_rightly_said_twice_passes(target: str, language: str) -> None:
    assert "repeated-words" not in names("Mua vé ở cảng tàu khách", target, language)


def test_what_the_source_repeats_the_translation_may() -> None:
    assert "repeated-words" not in names("Đi mãi, đi mãi, đi mãi", "On and on and on and on")


# ----------------------------------------------------------------------------
# Yes and no
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "language"),
    [
        pytest.param("Boats run in storms.", "en", id="en"),
        pytest.param("Les bateaux partent pendant la tempête.", "fr", id="fr"),
        pytest.param("台风时船照常开。", "zh", id="zh"),
        pytest.param("台風のときも船は出ます。", "ja", id="ja"),
        pytest.param("태풍 때 배가 다닙니다.", "ko", id="ko"),
    ],
)
def test_a_lost_not_is_a_hint(target: str, language: str) -> None:
    assert "polarity" in hints("Tàu không chạy khi có bão.", target, language)
    assert "polarity" not in names("Tàu không chạy khi có bão.", target, language)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        pytest.param("Đến bằng đường hàng không.", "Come by air.", id="air"),
        pytest.param("Địa chỉ của đơn vị.", "Address of the unit.", id="address"),
        pytest.param("Có vé không?", "Are there tickets?", id="question"),
        pytest.param("Không ai được vào.", "Nobody may enter; never.", id="kept"),
    ],
)
def test_words_that_only_look_like_no_pass(source: str, target: str) -> None:
    assert not hints(source, target) & {"polarity", "polarity-added"}


def test_an_added_not_is_a_hint() -> None:
    assert "polarity-added" in hints("Tàu chạy khi có bão.", "Boats do not run in storms.")
