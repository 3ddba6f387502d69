"""The index of all pages: signs, order and readings in six languages, with our own titles."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from find_pages import ROOT, contexts, find_html, pages

from quangba.errors import Severity
from quangba.site.screen.alphabets import DIGITS, LATIN, OTHER, missing, read
from quangba.site.screen.find import check_readings, find_view, index_of
from quangba.site.screen.readings import FILE, Readings

# ----------------------------------------------------------------------------
# Helpers
# ----------------------------------------------------------------------------

CODES = ("vi", "en", "zh", "ja", "ko", "fr")

by_language = pytest.mark.parametrize("code", CODES)


def readings(code: str) -> Readings:
    """Return our own readings of a language."""
    return Readings.read(ROOT / "locales", code)


def ordered(code: str, *titles: str) -> list[str]:
    return sorted(titles, key=lambda title: read(title, readings(code)).key)


def given(folder: Path, code: str, text: str | bytes) -> Readings:
    path = folder / "locales" / code / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return Readings.read(folder / "locales", code)


# ----------------------------------------------------------------------------
# Signs
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "title", "sign"),
    [
        ("vi", "Ăn gì ở Quảng Ninh", "A"),
        ("vi", "Đền Cửa Ông", "Đ"),
        ("vi", "Dự án đầu tư", "D"),
        ("vi", "Ưu đãi đầu tư", "U"),
        ("vi", "UNESCO ghi danh quần thể Yên Tử", "U"),
        ("vi", "“Ô tô” và “Ốc”", "O"),
        ("vi", "2 ngày ở Cô Tô", DIGITS),
        ("vi", "…", OTHER),
        ("vi", "", OTHER),
        ("en", "A day ashore for cruise passengers", "D"),
        ("en", "The bay", "B"),
        ("en", "Theatre", "T"),
        ("en", "An", "A"),
        ("en", "2025 GRDP estimate published", DIGITS),
        ("en", "下龙湾", OTHER),
        ("fr", "À propos de ce site", "A"),
        ("fr", "La nouvelle loi sur l’investissement est en vigueur", "N"),
        ("fr", "L’UNESCO inscrit l’ensemble de Yên Tu", "U"),
        ("fr", "Les portes d’entrée de Quang Ninh", "P"),
        ("fr", "Un voyage accessible à tous", "V"),
        ("fr", "Étapes pour investir", "E"),
        ("fr", "Œuvres", "O"),
        ("fr", "Des îles", "I"),
        ("zh", "下龙湾", "X"),
        ("zh", "安子山", "A"),
        ("zh", "绿色下龙（Hạ Long Xanh）综合城区", "L"),
        ("zh", "《投资法》", "T"),
        ("zh", "Cửa Ông祠", "C"),
        ("zh", "Dương Huy工业集群", "D"),
        ("zh", "2025年GRDP估计数公布", DIGITS),
        ("ja", "ハロン湾", "は"),
        ("ja", "ヴァンドン経済区", "あ"),
        ("ja", "ズオンフイ（Dương Huy）工業クラスター", "さ"),
        ("ja", "チャーコーとモンカイ", "た"),
        ("ja", "このウェブサイトについて", "か"),
        ("ja", "投資の手順", "た"),
        ("ja", "旅の基本情報", "た"),
        ("ja", "日本担当（ジャパンデスク）", "な"),
        ("ja", "誰もが楽しめる旅", "た"),
        ("ja", "UNESCOがイエントゥの遺跡群を登録", LATIN),
        ("ja", "SIMカード", LATIN),
        ("ja", "２０２５年のGRDP", DIGITS),
        ("ja", "翠玉", OTHER),
        ("ko", "하롱베이", "ㅎ"),
        ("ko", "꽝닌 박물관", "ㄱ"),
        ("ko", "띠엔꿍 동굴과 더우고 동굴", "ㄷ"),
        ("ko", "짜꼬와 몽까이", "ㅈ"),
        ("ko", "SIM 카드", LATIN),
        ("ko", "2025년 GRDP 추정치 발표", DIGITS),
        ("lo", "ແຂວງກວາງນິງ", "ຂ"),
        ("lo", "ວຽງຈັນ", "ວ"),
        ("de", "Übersicht", "U"),
    ],
)
def test_a_title_stands_under_its_sign(code: str, title: str, sign: str) -> None:
    assert read(title, readings(code)).sign == sign


# ----------------------------------------------------------------------------
# Order
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "titles"),
    [
        ("vi", ["Ba", "Bà", "Bả", "Bã", "Bá", "Bạ", "Ban", "Băng", "Bâng", "Be", "Bê"]),
        ("vi", ["Cảng biển Hải Hà", "Cảng hàng không", "Carnaval Hạ Long", "Có số", "Cô Tô"]),
        ("vi", ["Du lịch", "Dữ liệu mở", "Đầu tư", "Đền Cửa Ông", "Đường sắt", "Giấy phép"]),
        ("vi", ["Lễ hội", "Lễ hội Bạch Đằng", "Lễ hội - Quan Lạn", "Lễ hội và sự kiện"]),
        ("en", ["Bai Chay", "A bay", "Binh Lieu", "The coast", "Van Don", "2025", "下龙湾"]),
        ("fr", ["Coté", "Côte", "Côté", "Cotes"]),
        ("fr", ["Baie d’Ha Long", "Binh Liêu", "Porte-frontière", "Les portes", "Zone"]),
        ("zh", ["安子山", "白藤江", "北风生", "茶古", "芒街", "下龙湾"]),
        ("zh", ["海岸四日游", "海河风电", "河内", "横模口岸"]),
        ("ja", ["かあさん", "カーニバル", "かき", "かぎ", "がき", "きゃく", "きやく"]),
        ("ja", ["バクダン", "はと", "パリ", "ハロン湾", "ひ"]),
        ("ja", ["海岸をたどる4日間", "カイチエン・ゴルフ場", "キエンゾー", "季節と天気"]),
        ("ko", ["가나", "개인", "까이찌엔", "꽝닌", "나", "하롱", "ABC", "2025"]),
    ],
)
def test_titles_are_in_the_order_of_their_language(code: str, titles: list[str]) -> None:
    assert ordered(code, *reversed(titles)) == titles


# ----------------------------------------------------------------------------
# Readings that people gave
# ----------------------------------------------------------------------------


def test_the_longest_word_is_taken(tmp_path: Path) -> None:
    found = given(tmp_path, "ja", "日: ひ\n日本: にほん\n湾: ワン\n")
    assert found.problems == []
    assert read("日本湾", found).typed == "日本:にほん 湾:わん"
    assert read("日の湾", found).typed == "日:ひ の 湾:わん"


def test_a_name_is_read_as_people_say(tmp_path: Path) -> None:
    assert read("重山", Readings("zh")).sign == "Z"
    found = given(tmp_path, "zh", "重山: chóng shān\n旅: lv3\n")
    assert found.problems == []
    assert read("重山旅行", found).typed == "重:chong 山:shan 旅:lv 行:xing"
    assert read("重山", found).sign == "C"


@pytest.mark.parametrize(
    "text",
    [
        "湾: 湾\n",
        "湾: wan\n",
        "湾:\n",
        "湾: [わん]\n",
        "1: いち\n",
        "- 湾\n",
        "湾\n",
        '湾: "<b>"\n',
    ],
)
def test_a_wrong_entry_is_left_out_and_named(tmp_path: Path, text: str) -> None:
    found = given(tmp_path, "ja", text)
    assert found.words == {}
    assert [problem.code for problem in found.problems] == ["readings-wrong"]
    assert found.problems[0].file == "locales/ja/readings.yml"
    assert found.problems[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    "text",
    [
        '"\u200b": わん\n',
        b"\xff\xfe",
        "湾: わん\n湾: わん\n",
        "a: [",
        "a: &a わん\nb: *a\n",
        "[" * 99,
    ],
)
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, text: str | bytes) -> None:
    found = given(tmp_path, "ja", text)
    assert [problem.code for problem in found.problems] == ["data-yaml"]
    assert found.words == {}


@pytest.mark.parametrize("text", ["", "# only a remark\n", "\ufeff湾: わん\n"])
def test_an_empty_file_is_no_mistake(tmp_path: Path, text: str) -> None:
    assert given(tmp_path, "ja", text).problems == []


def test_words_with_signs_of_expressions_are_words(tmp_path: Path) -> None:
    found = given(tmp_path, "ja", '"湾(.*)": わん\n')
    assert read("湾(.*)と湾", found).units[-1].sound == ""
    assert read("湾(.*)と湾", found).units[0].sound == "わん"


def test_a_title_that_nobody_can_read_is_found_all_the_same() -> None:
    reading = read("翠玉の湾", readings("ja"))
    assert missing(reading)
    assert reading.typed == "翠 玉 の 湾:わん"
    assert not missing(read("…", readings("ja")))
    assert not missing(read("ハロン翠", readings("ja")))


def test_a_missing_reading_names_title_file_and_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    context = contexts()["ja"]
    monkeypatch.setattr(
        context, "title_of", lambda name: "翠玉" if name.endswith("food.md") else "あ"
    )
    output: Any = SimpleNamespace(context=context)
    (problem,) = check_readings(output)
    assert problem.severity is Severity.WARNING
    for language in ("vi", "en"):
        said = problem.text(language)
        assert said.startswith("locales/ja/readings.yml: ")
        assert "翠玉" in said
        assert "投資: とうし" in said


# ----------------------------------------------------------------------------
# Our own pages
# ----------------------------------------------------------------------------


@by_language
def test_every_page_but_the_home_page_is_listed_once(code: str) -> None:
    context = contexts()[code]
    listed = [entry.url for group in index_of(context) for entry in group.entries]
    published = [page.url for page in pages(context) if page.kind != "home"]
    assert sorted(listed) == sorted(published)
    assert len(listed) > 80


@by_language
def test_each_sign_stands_once_and_none_is_a_stopgap(code: str) -> None:
    signs = [group.label for group in index_of(contexts()[code])]
    assert len(set(signs)) == len(signs)
    assert OTHER not in signs
    if code == "vi":
        assert signs.index("Đ") == signs.index("D") + 1


@by_language
def test_our_readings_are_whole(code: str) -> None:
    """Every title of ours is read to its last character; a new one needs a line in the file."""
    output: Any = SimpleNamespace(context=contexts()[code])
    assert check_readings(output) == []
    for page in pages(contexts()[code]):
        units = read(page.title, readings(code)).units
        assert [unit.text for unit in units if not unit.sound] == [], page.title


@by_language
def test_the_page_links_to_every_page_and_holds_nothing_inline(code: str) -> None:
    context = contexts()[code]
    html = find_html(context)
    assert html == find_html(context)
    rows = re.findall(r'<a class="find__row hit" href="([^"]+)"', html)
    expected = [entry.url for group in index_of(context) for entry in group.entries]
    root = "../" * context.file("find/").count("/")
    resolved = [row.removeprefix("../") for row in rows]
    assert [context.file(url) for url in resolved] == expected
    assert root in html
    assert not re.search(
        r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=|https?://(?!www\.w3)", html
    )


def test_nothing_of_a_title_is_taken_for_html(monkeypatch: pytest.MonkeyPatch) -> None:
    context = contexts()["zh"]
    title = '"><img src=x onerror=alert(1)>下龙'
    monkeypatch.setattr(context, "title_of", lambda name: title)
    view = find_view(context, lambda url: f'"><b>{url}')
    entry = view["groups"][0]["entries"][0]
    assert "<" not in entry["title"] + entry["url"] + entry["typed"]
    html = find_html(context)
    assert "<img src=x" not in html
    assert "&lt;img src=x" in html


def test_each_language_has_its_keyboard() -> None:
    names = {code: find_view(context, str)["keyboard"] for code, context in contexts().items()}
    assert names == {
        "vi": "vietnamese",
        "en": "qwerty",
        "zh": "qwerty",
        "ja": "kana",
        "ko": "jamo",
        "fr": "azerty",
    }
