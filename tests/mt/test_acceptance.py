"""What is accepted of a machine's answers: every flaw is seen, and good texts pass."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quangba.catalogs.glossary import Glossary
from quangba.catalogs.terms import Rule, Term
from quangba.mt.acceptance import (
    FLAWS,
    Flaw,
    flaw_of,
    marks_difference,
    strange_character,
)
from quangba.mt.markup import mark

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

GLOSSARY = Glossary(
    (
        Term(
            {
                "vi": ("vịnh Hạ Long",),
                "en": ("Ha Long Bay",),
                "zh": ("下龙湾",),
                "ja": ("ハロン湾",),
                "ko": ("하롱베이",),
                "fr": ("baie d’Ha Long",),
            },
            case=True,
            french="f",
        ),
        Term({"vi": ("Sán Chỉ",)}, rule=Rule.KEEP, case=True),
        Term({"vi": ("Hạ Long",), "en": ("Halong",)}, rule=Rule.FORBIDDEN),
    )
)

# ----------------------------------------------------------------------------
# Helpers
# ----------------------------------------------------------------------------


def judged(source: str, target: str, language: str) -> Flaw | None:
    """Judge a translation from Vietnamese; both texts are without marks."""
    return flaw_of(source, "vi", target, language, GLOSSARY)


def script(source: str, target: str, language: str) -> bool:
    """Tell whether the language of an answer is refused."""
    return judged(source, target, language) in ("script", "copy")


# ----------------------------------------------------------------------------
# Good texts
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        pytest.param("Mua vé tàu ở cảng.", "Buy boat tickets at the port.", "en", id="en"),
        pytest.param("Mua vé tàu ở cảng.", "在港口买船票。", "zh", id="zh"),
        pytest.param("Mua vé tàu ở cảng.", "港で船の切符を買います。", "ja", id="ja"),
        pytest.param("Mua vé tàu ở cảng.", "항구에서 배표를 삽니다.", "ko", id="ko"),
        pytest.param("Mua vé tàu ở cảng.", "Achetez vos billets à l’embarcadère.", "fr", id="fr"),
        pytest.param("Mua vé tàu ở cảng.", "Kaufen Sie größere Fahrkarten.", "de", id="de"),
        pytest.param("Mua vé tàu ở cảng.", "ຊື້ປີ້ເຮືອ", "lo", id="lo"),
        pytest.param("Mua vé tàu ở cảng.", "Купите билеты.", "ru", id="ru"),
        pytest.param("Mua vé tàu ở cảng.", "anything at all", "xx", id="unknown"),
        pytest.param("Thăm vịnh Hạ Long nhé.", "Visit Ha Long Bay.", "en", id="term"),
        pytest.param("Người Sán Chỉ ở đây.", "这里住着Sán Chỉ人。", "zh", id="kept_term"),
        pytest.param("Sản phẩm OCOP ở đây.", "这里有OCOP产品。", "zh", id="code_of_the_source"),
        pytest.param("Có homestay ở đây.", "这里有homestay。", "zh", id="word_of_the_source"),
        pytest.param("Ông Trần Quốc Tảng ở đây.", "这里供奉Trần Quốc Tảng。", "zh", id="name"),
        pytest.param("Giá 1.500.000 đồng.", "The price is 1,500,000 VND.", "en", id="numbers"),
        pytest.param("Giá 12 tỷ đồng.", "价格为120亿越南盾。", "zh", id="scaled_number"),
        pytest.param("Mở cửa lúc 7 giờ.", "Open at 7:00.", "en", id="time"),
        pytest.param("Sun World", "Sun World", "en", id="name_is_no_copy"),
        pytest.param("Khu nghỉ dưỡng", "Resort", "en", id="short"),
        pytest.param("Năm 2020–2025 tăng.", "2020~2025년에 증가했습니다.", "ko", id="range"),
        pytest.param("Café", "Café", "fr", id="same_word"),
    ],
)
def test_good_text_is_accepted(source: str, target: str, language: str) -> None:
    assert judged(source, target, language) is None


# ----------------------------------------------------------------------------
# Marks
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target",
    [
        pytest.param("\ue200Buy\ue300 it", id="dropped"),
        pytest.param("\ue200Buy\ue300 \ue100 \ue100", id="doubled"),
        pytest.param("\ue200Buy\ue300 \ue101", id="other"),
        pytest.param("\ue300Buy\ue200 \ue100", id="turned_around"),
        pytest.param("\ue200\ue300Buy \ue100", id="empty_span"),
        pytest.param("\ue200 \ue300Buy \ue100", id="blank_span"),
        pytest.param("\ue200Buy \ue100", id="open"),
    ],
)
def test_marks(target: str) -> None:
    assert judged(mark("**Mua** `ls`").text, target, "en") == "marks"


def test_crossing_spans() -> None:
    assert marks_difference(mark("**a** *b*").text, "\ue200a\ue201b\ue300c\ue301") == "≠"


@pytest.mark.parametrize("target", ["", " ", "\n", "\ue100"])
def test_empty(target: str) -> None:
    source = "Mua vé \ue100" if target == "\ue100" else "Mua vé"
    assert judged(source, target, "en") == "empty"


@pytest.mark.parametrize("target", [".", "...", "“”", "-", "()"])
def test_punctuation_is_empty(target: str) -> None:
    assert judged("Mua vé", target, "en") == "empty"


@pytest.mark.parametrize("target", ["\ue200:\ue300 tickets", "tickets \ue200 ,\ue300"])
def test_span_around_nothing_but_punctuation(target: str) -> None:
    assert judged(mark("**Mua** vé").text, target, "en") == "marks"


@pytest.mark.parametrize("target", ["Buy \ue200tick\ue300ets", "It is \ue2009\ue300.75 of 3"])
def test_span_inside_a_word(target: str) -> None:
    source = mark("Mua **vé** nhé" if "tick" in target else "Có **9,75** của 3").text
    assert judged(source, target, "en") == "marks"


def test_spans_that_were_side_by_side_may_not_nest() -> None:
    assert judged(mark("**Mua** *vé*").text, "\ue200Buy \ue201tickets\ue301\ue300", "en") == "marks"


# ----------------------------------------------------------------------------
# Characters
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "added",
    [
        *"*_`[]<>{}|\\~^=",
        "\u200b",
        "\u200d",
        "\u200f",
        "\u202e",
        "\u2066",
        "\u2028",
        "\ufeff",
        "\u00ad",
        "\U000e0041",
        "\ufffd",
        "\u2047",
        "\x00",
        "\x02",
        "\x9b",
        "\ue000",
        "\uf8ff",
        "\U000f0000",
        "\u0378",
        chr(0xD800),
        "<b>",
        "</a>",
        "**",
        "](x)",
        "&#x202E;<",
    ],
)
def test_strange_characters(added: str) -> None:
    assert judged("Mua vé tàu", f"Boat tickets {added} here", "en") == "characters"


def test_character_of_the_source_is_not_strange() -> None:
    assert strange_character("a = b", "a = c") is None
    assert strange_character("a * b * c", "a * c") is None


def test_strange_characters_are_counted() -> None:
    assert strange_character("Giá < 5", "<b>Price</b> < 5") == "<"


@pytest.mark.parametrize(
    "target",
    [
        pytest.param("Boat\n\ntickets", id="line_ends"),
        pytest.param("Boat\ttickets", id="tab"),
        pytest.param("Boat :smile: tickets", id="emoji_code"),
        pytest.param("Boat ++ctrl+c++ tickets", id="keys"),
        pytest.param("Boat &#8203; tickets", id="hidden_entity"),
        pytest.param("Boat &lt;b&gt; tickets", id="entity"),
        pytest.param("Boat @somebody tickets", id="mention"),
        pytest.param("Boat tickets $x$", id="formula"),
        pytest.param("Boat tickets 😀", id="emoji"),
        pytest.param("# Boat tickets", id="heading"),
    ],
)
def test_markup_that_has_no_special_character(target: str) -> None:
    assert judged("Mua vé tàu", target, "en") is not None


@pytest.mark.parametrize(
    "address",
    [
        "a@b.com",
        "a.b+c@d-e.vn",
        "https://evil.example/x",
        "http://evil.example",
        "www.evil.example",
        "evil.com",
        "evil.com/x",
        "evil.info",
        "evil.cn/x",
        "quangninh.gov.vn",
    ],
)
def test_address_that_the_source_does_not_have(address: str) -> None:
    assert judged("Mua vé tàu", f"Boat tickets at {address} here", "en") == "marks"


@pytest.mark.parametrize("address", ["ftp://evil", "mailto:a"])
def test_other_address_that_the_source_does_not_have(address: str) -> None:
    assert judged("Mua vé tàu", f"Boat tickets at {address} here", "en") is not None


@pytest.mark.parametrize(
    "target", ["船票x.com海湾", "船票www.evil.xyz", "船票https://evil", "x.cn船票"]
)
def test_address_glued_to_han(target: str) -> None:
    assert judged("Mua vé tàu", target, "zh") == "marks"


# ----------------------------------------------------------------------------
# Numbers and terms
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "target"),
    [
        pytest.param("Giá 12 đồng", "Price: 13 dong", id="changed"),
        pytest.param("Giá 12 đồng", "The price in dong", id="dropped"),
        pytest.param("Giá rẻ", "Price: 5 dong", id="added"),
        pytest.param("Giá 12 tỷ", "12 million", id="scale"),
        pytest.param("Giá 1.500 đồng", "1.500 dong", id="separator"),
        pytest.param("Tăng 12,5%", "Up 12.5", id="percent"),
        pytest.param("Ngày 2/9/2025", "9 February 2025", id="day_and_month"),
        pytest.param("Giá 12 và 12", "Price: 12", id="said_once"),
        pytest.param("Năm 2025", "2025, 2025", id="said_twice"),
        pytest.param("Theo luật", "Decree 76/2020/NĐ-CP", id="decree"),
    ],
)
def test_numbers(source: str, target: str) -> None:
    assert judged(source, target, "en") == "numbers"


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        pytest.param("Thăm vịnh Hạ Long", "Visit the bay", "en", id="lost"),
        pytest.param("Thăm vịnh Hạ Long", "Visit Long Ha Bay", "en", id="changed"),
        pytest.param("Thăm vịnh Hạ Long", "参观海湾", "zh", id="zh"),
        pytest.param("Từ vịnh Hạ Long đến vịnh Hạ Long", "From Ha Long Bay", "en", id="once"),
        pytest.param("Người Sán Chỉ", "San Chi people", "en", id="kept"),
        pytest.param("Thăm đảo", "Visit Halong", "en", id="forbidden"),
    ],
)
def test_terms(source: str, target: str, language: str) -> None:
    assert judged(source, target, language) == "terms"


def test_term_in_a_span() -> None:
    source = mark("Thăm **vịnh *Hạ Long*** nhé").text
    assert judged(source, "Visit \ue200Ha Long \ue201Bay\ue301\ue300", "en") is None
    assert judged(source, "Visit \ue200the \ue201bay\ue301\ue300", "en") == "terms"


# ----------------------------------------------------------------------------
# Language
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "language"),
    [
        pytest.param("Mua vé tàu ở cảng", "en", id="vietnamese_for_en"),
        pytest.param("Mua vé tàu ở cảng", "fr", id="vietnamese_for_fr"),
        pytest.param("Mua vé tàu ở cảng", "zh", id="vietnamese_for_zh"),
        pytest.param("Mua vé tàu ở cảng", "ja", id="vietnamese_for_ja"),
        pytest.param("Mua vé tàu ở cảng", "ko", id="vietnamese_for_ko"),
        pytest.param("Mua vé tàu ở cảng", "de", id="vietnamese_for_de"),
        pytest.param("Mua vé tàu ở cảng", "lo", id="vietnamese_for_lo"),
        pytest.param("Mua ve tau o cang", "en", id="unaccented_for_en"),
        pytest.param("Mua ve tau o cang", "zh", id="unaccented_for_zh"),
        pytest.param("Buy tickets at the port", "zh", id="english_for_zh"),
        pytest.param("Buy tickets at the port", "ja", id="english_for_ja"),
        pytest.param("Buy tickets at the port", "ko", id="english_for_ko"),
        pytest.param("Buy tickets at the port", "lo", id="english_for_lo"),
        pytest.param("在港口买船票", "en", id="chinese_for_en"),
        pytest.param("在港口买船票", "ko", id="chinese_for_ko"),
        pytest.param("港で切符を買う", "zh", id="japanese_for_zh"),
        pytest.param("チケット", "zh", id="katakana_for_zh"),
        pytest.param("在港口买船票然后乘船去看海湾和岛屿", "ja", id="chinese_for_ja"),
        pytest.param("항구에서 배표 사기", "ja", id="korean_for_ja"),
        pytest.param("港口에서 배표 사기", "ko", id="han_in_ko"),
        pytest.param("Buy tickets at the роrt", "en", id="cyrillic_letters"),
        pytest.param("Buy tiϲkets at the port", "en", id="greek_letters"),
        pytest.param("Buy tickets at the 港", "en", id="one_han"),
        pytest.param("Bán vé đường sắt", "en", id="other_vietnamese"),
        pytest.param("Achetez đồ ici", "fr", id="vietnamese_word_in_fr"),
        pytest.param("Compre boletos aquí, señor", "fr", id="spanish_for_fr"),
    ],
)
def test_wrong_language(target: str, language: str) -> None:
    assert script("Mua vé tàu ở cảng", target, language)


@pytest.mark.parametrize("language", ["en", "fr", "zh", "ja", "ko", "de", "lo", "xx"])
def test_copy_without_letters_that_only_vietnamese_has(language: str) -> None:
    assert script("Xem giá vé", "Xem giá vé", language)
    assert script("Xem giá vé tàu", "Xem giá vé tàu.", language)


@pytest.mark.parametrize(
    ("target", "language"),
    [
        pytest.param("Buy vé tàu at the harbour", "en", id="en"),
        pytest.param("Achetez vé tàu ici", "fr", id="fr"),
        pytest.param("在港口买vé", "zh", id="zh"),
        pytest.param("在港口mua vé", "zh", id="zh_ascii"),
        pytest.param("항구에서 vé 사기", "ko", id="ko"),
        pytest.param("vé", "en", id="word"),
    ],
)
def test_word_that_was_left_in_vietnamese(target: str, language: str) -> None:
    assert script("mua vé tàu ở cảng" if target != "vé" else "vé", target, language)


@pytest.mark.parametrize(
    ("target", "language"),
    [
        pytest.param("拜寨汽车站", "ja", id="simplified_for_ja"),
        pytest.param("买船票", "ja", id="simplified_word_for_ja"),
        pytest.param("在港口買船票", "zh", id="traditional_for_zh"),
        pytest.param("駅の広場".replace("の", ""), "zh", id="japanese_han_for_zh"),
    ],
)
def test_han_of_another_language(target: str, language: str) -> None:
    assert script("Mua vé tàu ở cảng", target, language)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_latin_languages_are_not_told_apart(language: str) -> None:
    # Letters cannot tell; whether a package answers in its language is a matter of its hash.
    assert judged("Mua vé tàu ở cảng", "Kauf Fahrkarten am Hafen", language) is None


@pytest.mark.parametrize(
    ("source", "target", "flaw"),
    [
        pytest.param("Mua vé", "Buy the boat tickets here at the port", None, id="short"),
        pytest.param("Mua vé tàu ở cảng rất dễ dàng nhé", "Buy", "length", id="too_short"),
        pytest.param("Mua vé tàu ở cảng rất dễ dàng", "very long " * 20, "length", id="too_long"),
        pytest.param("Mua vé tàu ở cảng rất dễ dàng nhé", "Tickets", None, id="terse"),
    ],
)
def test_length(source: str, target: str, flaw: str | None) -> None:
    assert judged(source, target, "en") == flaw


def test_length_of_a_short_text() -> None:
    assert judged("Mua vé", "very long answers to two short words " * 8, "en") == "length"


# ----------------------------------------------------------------------------
# All flaws
# ----------------------------------------------------------------------------


def test_every_flaw_can_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind, (vietnamese, english) in FLAWS.items():
        monkeypatch.setenv("QUANGBA_LANG", "vi")
        assert Flaw(kind, "x").sentence == f"{vietnamese}: x"
        assert Flaw(kind).sentence == vietnamese
        monkeypatch.setenv("QUANGBA_LANG", "en")
        assert Flaw(kind, "x").sentence == Flaw(kind, "x").english == f"{english}: x"


@settings(max_examples=300, deadline=None)
@given(
    target=st.text(max_size=40),
    language=st.sampled_from(["en", "fr", "zh", "ja", "ko", "de", "lo", "xx", "th"]),
)
def test_any_answer_is_judged(target: str, language: str) -> None:
    flaw = judged(mark("**Mua** `ls` ở {fact:x}").text, target, language)
    assert flaw in FLAWS
    assert flaw is not None
    assert flaw.english.startswith(FLAWS[flaw][1])


@settings(max_examples=300, deadline=None)
@given(target=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
def test_what_is_accepted_for_chinese_is_chinese(target: str) -> None:
    if judged("Mua vé tàu ở cảng", target, "zh") is None:
        letters = [char for char in target if char.isalpha()]
        han = [char for char in letters if "\u2e80" <= char <= "\ufaff" or char > "\U0001ffff"]
        assert 2 * len(han) >= len(letters)
