"""Engine: what is found, in which order and with which words marked, in six languages."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from quangba.search.index import Document
from quangba.search.reading import Section

pytestmark = pytest.mark.browser

Open = Callable[[Sequence[Document], str], Any]

# ----------------------------------------------------------------------------
# A small site in six languages
# ----------------------------------------------------------------------------


def document(url: str, title: str, text: str = "", **more: Any) -> Document:
    group = {"visit": "place", "events": "event"}.get(url.split("/")[0], "page")
    heading = more.pop("heading", "")
    sections = [Section("", "", text)]
    if heading:
        sections.append(Section(heading, "anchor", more.pop("below", "")))
    return Document(url, group, title, sections=sections, **more)


BAY, DA_BAC, VAN_DON = "visit/bay/", "visit/da-bac/", "visit/van-don/"
MONEY, PLAN, FEAST = "invest/money/", "invest/plan/", "events/feast/"

NAMES = ["Vịnh Hạ Long", "Ha Long Bay", "下龙湾", "ハロン湾", "하롱베이", "halong"]
DISTRICT = ["huyện Vân Đồn", "Vân Đồn", "vandon"]

SITES: dict[str, list[Document]] = {
    "vi": [
        document(BAY, "Vịnh Hạ Long", "Hàng nghìn đảo đá vôi giữa biển lặng.", names=NAMES),
        document(DA_BAC, "Thác Đá Bạc", "Dòng suối ở rừng. Gần vịnh Hạ Long."),
        document(VAN_DON, "Đặc khu Vân Đồn", "Đảo và sân bay.", names=DISTRICT),
        document(MONEY, "Vốn đầu tư", "Vốn 900 triệu đồng. Thủ tục hòa giải.", heading="Dự án"),
        document(PLAN, "An toàn", "Đi lại an toàn.", heading="Hỏi đáp", below="Ăn gì ở Đông Triều"),
        document(FEAST, "Lễ hội Hạ Long", "Mùa xuân."),
    ],
    "en": [
        document(BAY, "Ha Long Bay", "Thousands of limestone islands.", names=NAMES),
        document(DA_BAC, "Da Bac Falls", "A forest stream near Ha Long Bay."),
        document(VAN_DON, "Van Don", "Islands and an airport.", names=DISTRICT),
        document(MONEY, "Capital", "Companies and their accountants.", heading="Festival money"),
        document(FEAST, "Spring festival", "Pilgrims climb the mountain."),
    ],
    "zh": [
        document(BAY, "下龙湾", "数千座石灰岩岛屿。", names=NAMES),
        document(DA_BAC, "瀑布", "靠近下龙市的森林。", also=["vịnh Hạ Long", "halong"]),
        document(VAN_DON, "云屯", "岛屿和机场。", names=DISTRICT),
        document(MONEY, "投资", "海湾的项目。"),
    ],
    "ja": [
        document(BAY, "ハロン湾", "数千の石灰岩の島々。", names=NAMES),
        document(DA_BAC, "滝", "バイトゥロン湾の近く。", also=["vịnh Bái Tử Long"]),
        document(VAN_DON, "ヴァンドン", "島々と空港。", names=DISTRICT),
        document(MONEY, "投資", "ハロンの会社。"),
    ],
    "ko": [
        document(BAY, "하롱베이", "수천 개의 석회암 섬.", names=NAMES),
        document(DA_BAC, "폭포", "하롱 근처의 숲. 배 이야기."),
        document(VAN_DON, "번돈", "섬과 공항.", names=DISTRICT),
        document(MONEY, "투자", "회사와 절차."),
    ],
    "fr": [
        document(BAY, "Baie d’Ha Long", "Des milliers d’îles calcaires.", names=NAMES),
        document(DA_BAC, "Cascade", "Une forêt près de la baie d’Ha Long."),
        document(VAN_DON, "Vân Dôn", "Des îles et un aéroport.", names=DISTRICT),
        document(MONEY, "Investir", "Les sociétés étrangères."),
    ],
}

# ----------------------------------------------------------------------------
# Found
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "query", "first"),
    [
        # Vietnamese: with and without marks, half typed, in haste, wrongly
        ("vi", "ha long", BAY),
        ("vi", "Hạ Long", BAY),
        ("vi", "HẠ LONG", BAY),
        ("vi", "Ha\u0323 Long", BAY),
        ("vi", "hạ lo", BAY),
        ("vi", "halong", BAY),
        ("vi", "vinh ha lomg", BAY),
        ("vi", "da bac", DA_BAC),
        ("vi", "Đá Bạc", DA_BAC),
        ("vi", "đá b", DA_BAC),
        ("vi", "huyện Vân Đồn", VAN_DON),
        ("vi", "huyen van don", VAN_DON),
        ("vi", "le hoi ha long", FEAST),
        ("vi", "dong trieu", PLAN),
        ("vi", "Đông Triều", PLAN),
        ("vi", "hoà giải", MONEY),
        ("vi", "下龙", BAY),
        # English
        ("en", "ha long", BAY),
        ("en", "Hạ Long", BAY),
        ("en", "vịnh hạ long", BAY),
        ("en", "festval", FEAST),
        ("en", "festival", FEAST),
        ("en", "acountants", MONEY),
        ("en", "huyện vân đồn", VAN_DON),
        ("en", "ハロン", BAY),
        # Chinese
        ("zh", "下龙", BAY),
        ("zh", "下龙湾", BAY),
        ("zh", "湾", BAY),
        ("zh", "ha long", BAY),
        ("zh", "Hạ Long", BAY),
        ("zh", "van don", VAN_DON),
        # Japanese: katakana, hiragana, half width, either way to write a sound
        ("ja", "ハロン", BAY),
        ("ja", "はろん", BAY),
        ("ja", "ﾊﾛﾝ", BAY),
        ("ja", "ハロン湾", BAY),
        ("ja", "バンドン", VAN_DON),
        ("ja", "Hạ Long", BAY),
        # Korean: while a syllable is being typed, with and without a blank
        ("ko", "하롱", BAY),
        ("ko", "하로", BAY),
        ("ko", "ㅎ", BAY),
        ("ko", "하롱 베이", BAY),
        ("ko", "하롱베이에서", BAY),
        ("ko", "섬", BAY),
        ("ko", "ha long", BAY),
        # French
        ("fr", "ha long", BAY),
        ("fr", "baie d'ha long", BAY),
        ("fr", "foret", DA_BAC),
        ("fr", "societes etrangeres", MONEY),
        ("fr", "vân đồn", VAN_DON),
    ],
)
def test_the_best_comes_first(engine: Open, language: str, query: str, first: str) -> None:
    assert engine(SITES[language], language).urls(query)[0] == first


@pytest.mark.parametrize(
    ("language", "query", "urls"),
    [
        pytest.param("vi", "án", {MONEY}, id="marks_are_meant"),
        pytest.param("vi", "an", {MONEY, PLAN}, id="without_marks_all"),
        pytest.param("vi", "ăn", {PLAN}, id="another_mark"),
        pytest.param("vi", "àn", {MONEY, PLAN}, id="marks_that_stand_nowhere"),
        pytest.param("vi", "qwxyzzy", set(), id="nothing"),
        pytest.param("zh", "北京烤鸭", set(), id="nothing_in_han"),
        pytest.param("ko", "서울", set(), id="nothing_in_hangul"),
        pytest.param("en", "stream airport", {DA_BAC, VAN_DON}, id="some_of_the_words"),
    ],
)
def test_what_is_found_at_all(engine: Open, language: str, query: str, urls: set[str]) -> None:
    assert set(engine(SITES[language], language).urls(query)) == urls


def test_title_before_names_before_headings_before_text(engine: Open) -> None:
    pages = [
        document("text/", "One", "About the lighthouse."),
        document("heading/", "Two", heading="Lighthouse"),
        document("names/", "Three", names=["lighthouse"]),
        document("title/", "Lighthouse"),
        document("also/", "Four", also=["lighthouse"]),
    ]
    order = ["title/", "names/", "heading/", "text/", "also/"]
    assert engine(pages, "en").urls("lighthouse") == order


def test_words_that_stand_together_count_more(engine: Open) -> None:
    apart = (
        "Vốn hai triệu. Tiền đồng. Triệu người, đồng ruộng. Nhiều triệu đồng nữa. Đồng và triệu."
    )
    pages = [document("a/", "Vốn", apart), document("b/", "Phường", "Một phường: Đông Triều.")]
    assert engine(pages, "vi").urls("dong trieu") == ["b/", "a/"]


def test_results_are_grouped_by_kind_the_best_first(engine: Open) -> None:
    found = engine(SITES["vi"], "vi").find("hạ long")
    assert found["groups"] == ["Places", "Events"]
    assert found["count"] == 3
    assert not found["near"]


def test_what_only_comes_close_is_said_to(engine: Open) -> None:
    vi = engine(SITES["vi"], "vi")
    assert vi.find("ha lomg")["near"]
    assert not vi.find("ha lon")["near"]


def test_a_last_word_that_is_whole_is_not_continued(engine: Open) -> None:
    en = engine(SITES["en"], "en")
    assert en.urls("compan") == [MONEY]
    assert not en.find("compan")["near"]
    assert en.find("compan ")["near"] or en.find("compan ")["count"] == 0


# ----------------------------------------------------------------------------
# Marked
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "query", "marked"),
    [
        pytest.param("vi", "ha long", {"Hạ Long"}, id="neighbours_are_one_mark"),
        pytest.param("vi", "án", {"án"}, id="only_what_was_meant"),
        pytest.param("zh", "下龙湾", {"下龙湾"}, id="pairs_are_one_mark"),
        pytest.param("zh", "湾", {"湾"}, id="one_character_of_a_pair"),
        pytest.param("ja", "ハロン", {"ハロン"}, id="no_half_of_a_run"),
        pytest.param("ja", "はろん", {"ハロン"}, id="hiragana"),
        pytest.param("ko", "하로", {"하롱"}, id="half_a_syllable"),
        pytest.param("en", "limest", {"limestone"}, id="half_a_word"),
        pytest.param("fr", "iles", {"îles"}, id="without_accent"),
    ],
)
def test_marked_words(engine: Open, language: str, query: str, marked: set[str]) -> None:
    assert set(engine(SITES[language], language).marked(query)) == marked


def test_the_passage_shows_the_words_and_links_to_their_section(engine: Open) -> None:
    filler = "Một câu không liên quan đến điều được hỏi. " * 40
    page = document("a/", "Trang", filler, heading="Vé tàu", below=f"{filler}Vé tàu cao tốc. Hết.")
    [item] = engine([page], "vi").find("vé tàu cao tốc")["items"]
    assert item["anchor"] == "anchor"
    assert item["heading"] == [["Vé tàu", True]]
    text = "".join(part for part, _ in item["text"])
    assert text.startswith("… Một câu")
    assert text.endswith("được hỏi. Vé tàu cao tốc. Hết.")
    assert len(text) < 220


def test_a_title_that_says_it_all_comes_with_the_summary(engine: Open) -> None:
    page = document("a/", "Vịnh Hạ Long", "Vịnh Hạ Long.", summary="Di sản thế giới.")
    [item] = engine([page], "vi").find("hạ long")["items"]
    assert item["text"] == [["Di sản thế giới.", False]]
    assert item["anchor"] == ""


def test_the_original_title_is_shown_where_it_was_meant(engine: Open) -> None:
    pages = [document("a/", "下龙湾", original="Vịnh Hạ Long")]
    zh = engine(pages, "zh")
    assert zh.find("ha long")["items"][0]["original"] == [["Vịnh ", False], ["Hạ Long", True]]
    assert zh.find("下龙")["items"][0]["original"] == []


def test_parts_are_the_text_itself(engine: Open) -> None:
    for language, pages in SITES.items():
        for item in engine(pages, language).find("ha long")["items"]:
            title = next(page.title for page in pages if page.url == item["url"])
            assert "".join(part for part, _ in item["title"]) == title


# ----------------------------------------------------------------------------
# Hostile queries
# ----------------------------------------------------------------------------

HOSTILE = {
    "empty": "",
    "blanks": " \t\u3000\u00a0 ",
    "long": "hạ long " * 1250,
    "one_long_word": "a" * 10_000,
    "long_han": "下龙湾" * 3333,
    "long_hangul": "하롱베이" * 2500,
    "html": "<img src=x onerror=alert(1)><script>alert(2)</script>",
    "emoji": "🏝️👨‍👩‍👧‍👦 hạ 🏖️",
    "only_emoji": "🏝️👨‍👩‍👧‍👦",
    "controls": "".join(map(chr, range(32))) + "\x7f\x80ha",
    "lone_surrogates": "\ud83c ha \udf34",
    "bidi": "\u202eha long\u202c\u2066",
    "marks_without_letters": "\u0301" * 500,
    "zalgo": "h" + "\u0301\u0302\u0323" * 200 + "a",
    "prototype": "__proto__ constructor toString hasOwnProperty",
    "expression": "(.*)+$ [a-z]* \\d{9,} ^(a+)+$",
    "astral": "𠀀" * 5000,
    "null": "null undefined NaN true",
    "digits": "9" * 10_000,
}


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("language", ["vi", "ja", "ko"])
def test_hostile_queries_do_no_harm(engine: Open, language: str, query: str) -> None:
    asked = engine(SITES[language], language)
    asked.find("ha long")
    before = time.perf_counter()
    found = asked.find(query)
    assert time.perf_counter() - before < 1
    assert found["count"] == len(found["items"])
    assert found["words"] <= 12
