"""The glossary: reading the table, finding terms in six scripts, and what a translation owes."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quangba.catalogs.glossary import Glossary, Rule, Term
from quangba.catalogs.terms import read_csv, write_csv
from quangba.errors import QuangbaError
from quangba.settings import load_settings

ROOT = Path(__file__).parents[2]

TABLE = """\
vi,en,zh,ja,ko,fr,kind,rule,case,french,note
Hạ Long,Ha Long,下龙,ハロン,하롱,Ha Long,place,required,x,,
vịnh Hạ Long,Ha Long Bay,下龙湾,ハロン湾,하롱베이,baie d’Ha Long,place,required,x,f,
Quảng Ninh,Quang Ninh,广宁,クアンニン,꽝닌,Quang Ninh,place,required,x,,
người Dao,Dao people | Dao,瑶族,ザオ族,자오족,Dao,people,required,x,mp,
Dao,Dao,瑶族,ザオ族,자오족,Dao,people,required,x,mp,
lễ hội,festival,庙会 | 节庆,祭り,축제,fête,tourism,required,,f,
khu kinh tế,economic zone,经济区,経済区,경제구역,zone économique,investment,required,,f,
cửa khẩu,border gate,口岸,国境ゲート,국경관문,poste-frontière,border,required,,m,
Lý Hỏa,Lihuo,里火,里火,리훠,Lihuo,place,required,x,,
sân vận động Cửa Ông,,,,,,place,required,x,,
thị thực điện tử,e-visa,电子签证,電子ビザ,전자비자,visa électronique,practical,required,,m,
Sun World,,,,,,tourism,keep,x,,
Quảng Ninh,,光宁,,광닌,,place,forbidden,x,,
,Halong,,,,baie d’Along,place,forbidden,,,
"""


@pytest.fixture
def glossary() -> Glossary:
    table = read_csv(TABLE.encode("utf-8"), "glossary.csv")
    assert not table.problems
    return Glossary(table.terms, table.languages)


def forms(glossary: Glossary, text: str, language: str = "vi") -> list[str]:
    return [text[match.start : match.end] for match in glossary.matches(text, language)]


# ----------------------------------------------------------------------------
# Reading
# ----------------------------------------------------------------------------


def one(row: str, header: str = "vi,en,rule,case,note") -> list[tuple[str, int]]:
    table = read_csv(f"{header}\n{row}\n".encode(), "g.csv")
    return [(problem.code, problem.line) for problem in table.problems]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        pytest.param(",market,required,,", "glossary-nameless", id="no-vi"),
        pytest.param("chợ,market,must,,", "glossary-value", id="unknown-rule"),
        pytest.param("chợ,market,,,", "glossary-value", id="no-rule"),
        pytest.param("chợ,market,required,maybe,", "glossary-value", id="case"),
        pytest.param("chợ,=cmd|' /C calc'!A0,required,,", "glossary-formula", id="equals"),
        pytest.param("+chợ,market,required,,", "glossary-formula", id="plus"),
        pytest.param("-chợ,market,required,,", "glossary-formula", id="minus"),
        pytest.param("@chợ,market,required,,", "glossary-formula", id="at"),
        pytest.param("\tchợ,market,required,,", "glossary-formula", id="tab"),
        pytest.param("chợ,market,required,, =1+1", "glossary-formula", id="blank-before"),
        pytest.param("chợ,market | =SUM(A1),required,,", "glossary-formula", id="alternative"),
        pytest.param("ch\u200bợ,market,required,,", "glossary-hidden", id="zero-width"),
        pytest.param("chợ,mar\u0007ket,required,,", "glossary-hidden", id="control"),
        pytest.param("chợ,mar\ue101ket,required,,", "glossary-hidden", id="private-use"),
        pytest.param("chợ,m,required,,", "glossary-form", id="one-letter"),
        pytest.param("chợ,省,required,,", "glossary-form", id="one-character"),
        pytest.param("chợ,113,required,,", "glossary-form", id="no-letter"),
        pytest.param("chợ,market,keep,,", "glossary-keep", id="keep-with-forms"),
        pytest.param("chợ,,forbidden,,", "glossary-empty", id="forbids-nothing"),
        pytest.param("chợ,market,required,,,more", "glossary-cells", id="too-many-cells"),
        pytest.param('"chợ,market,required,,', "glossary-csv", id="open-quote"),
    ],
)
def test_a_bad_row_is_reported_with_its_line(row: str, code: str) -> None:
    assert one(row) == [(code, 2)]


def test_duplicates_and_contradictions_name_both_lines() -> None:
    data = "vi,en,rule\nchợ nổi,floating market,required\nChợ nổi,market,required\n"
    (problem,) = read_csv(data.encode(), "g.csv").problems
    assert (problem.code, problem.line, dict(problem.values)["first"]) == (
        "glossary-duplicate",
        3,
        2,
    )
    data = "vi,en,rule\nchợ nổi,floating market,required\n,floating market,forbidden\n"
    (problem,) = read_csv(data.encode(), "g.csv").problems
    assert (problem.code, problem.line) == ("glossary-contradiction", 3)


def test_lines_are_counted_over_cells_with_line_ends() -> None:
    data = 'vi,rule,note\nchợ nổi,keep,"một\nhai"\n\nsai,nope,\n'
    (problem,) = read_csv(data.encode(), "g.csv").problems
    assert problem.line == 5


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "glossary-header", id="empty"),
        pytest.param(b"en,rule\n", "glossary-header", id="no-vi"),
        pytest.param(b"vi,en\n", "glossary-header", id="no-rule-column"),
        pytest.param(b"vi,rule,source\n", "glossary-column", id="unknown-column"),
        pytest.param(b"vi,rule,en,EN\n", "glossary-column", id="column-twice"),
        pytest.param("vi,rule\nchợ".encode("utf-16"), "glossary-charset", id="utf-16"),
        pytest.param(b"vi,rule\nch\xf2", "glossary-charset", id="windows-1258"),
        pytest.param(b"vi,rule\n" + b"x" * 5_000_000, "glossary-large", id="large"),
    ],
)
def test_a_file_that_cannot_be_read(data: bytes, code: str) -> None:
    assert code in [problem.code for problem in read_csv(data, "g.csv").problems]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
def test_files_as_spreadsheets_save_them(separator: str, end: str, bom: bytes) -> None:
    rows = [
        ["vi", "en", "Rule", "case"],
        ["chợ nổi", "market | floating market", "REQUIRED", "TRUE"],
    ]
    data = bom + "".join(separator.join(row) + end for row in rows).encode()
    table = read_csv(data, "g.csv")
    assert not table.problems
    (term,) = table.terms
    assert term.forms == {"vi": ("chợ nổi",), "en": ("market", "floating market")}
    assert term.rule is Rule.REQUIRED
    assert term.case


def test_decomposed_letters_are_composed_and_further_languages_are_columns() -> None:
    data = unicodedata.normalize(
        "NFD", "vi,de,lo,rule\nvịnh Hạ Long,Ha-Long-Bucht,ອ່າວຮາລອງ,required\n"
    )
    table = read_csv(data.encode(), "g.csv")
    assert table.languages == ("vi", "en", "zh", "ja", "ko", "fr", "de", "lo")
    glossary = Glossary(table.terms, table.languages)
    assert glossary.whole("Vịnh Hạ Long", "vi", "de") == "Ha-Long-Bucht"
    assert glossary.difference("vịnh Hạ Long", "vi", "ທີ່ອ່າວຮາລອງງາມ", "lo") is None


def test_a_missing_file_is_an_empty_glossary(tmp_path: Path) -> None:
    glossary = Glossary.read(tmp_path / "glossary.csv", "locales/glossary.csv")
    assert not glossary
    assert glossary.matches("vịnh Hạ Long", "vi") == []
    assert glossary.difference("vịnh Hạ Long", "vi", "bay", "en") is None
    assert glossary.whole("vịnh Hạ Long", "vi", "en") is None


def test_reading_raises_the_first_problem_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "glossary.csv"
    path.write_text("vi,rule\nchợ nổi,nope\n", encoding="utf-8")
    with pytest.raises(QuangbaError) as caught:
        Glossary.read(path, "locales/glossary.csv")
    assert caught.value.problem.place == "locales/glossary.csv:2"
    with pytest.raises(QuangbaError) as caught:
        Glossary.read(tmp_path, "locales/glossary.csv")
    assert caught.value.problem.code == "file-unreadable"


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    table = read_csv(b"vi,en,rule,note\n" + data, "g.csv")
    glossary = Glossary(table.terms, table.languages)
    assert isinstance(glossary.matches("vịnh Hạ Long", "vi"), list)


def test_writing_and_reading_again_loses_nothing(glossary: Glossary) -> None:
    text = write_csv(glossary.terms, glossary.languages)
    again = read_csv(text.encode(), "g.csv")
    assert not again.problems
    assert again.terms == glossary.terms
    assert write_csv(again.terms, again.languages) == text


# ----------------------------------------------------------------------------
# Matching
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        pytest.param("Đến vịnh Hạ Long.", "vi", ["vịnh Hạ Long"], id="longer-wins"),
        pytest.param("Vịnh Hạ Long và Hạ Long", "vi", ["Vịnh Hạ Long", "Hạ Long"], id="both"),
        pytest.param("vịnh\nHạ\u00a0Long", "vi", ["vịnh\nHạ\u00a0Long"], id="blanks"),
        pytest.param("VỊNH HẠ LONG", "vi", ["VỊNH HẠ LONG"], id="capitals"),
        pytest.param("Hạ Longa, xHạ Long, Hạ Long2", "vi", [], id="inside-words"),
        pytest.param("Hạ Long\u0301", "vi", [], id="combining-mark-after"),
        pytest.param("con dao, hạ long", "vi", [], id="case-matters"),
        pytest.param("_Hạ Long_ **Hạ Long** (Hạ Long)", "vi", ["Hạ Long"] * 3, id="markup"),
        pytest.param("Hạ \ue100Long", "vi", [], id="not-over-a-mark"),
        pytest.param("\ue100Hạ Long\ue3ff", "vi", ["Hạ Long"], id="marks-are-boundaries"),
        pytest.param("LỄ HỘI, Lễ hội", "vi", ["LỄ HỘI", "Lễ hội"], id="case-does-not-matter"),
        pytest.param("Lý Hoả", "vi", ["Lý Hoả"], id="other-place-of-the-tone"),
        pytest.param("Economic zones", "en", ["Economic zones"], id="plural"),
        pytest.param("Quang Ninhs", "en", [], id="names-have-no-plural"),
        pytest.param("zones économiques", "fr", ["zones économiques"], id="french-plural"),
        pytest.param("postes-frontières", "fr", ["postes-frontières"], id="french-compound"),
        pytest.param("la baie d'Ha Long", "fr", ["baie d'Ha Long"], id="apostrophe"),
        pytest.param("去下龙湾和下龙", "zh", ["下龙湾", "下龙"], id="chinese"),
        pytest.param("하롱베이에서는 꽝닌은", "ko", ["하롱베이", "꽝닌"], id="korean"),
        pytest.param("ハロン湾でクアンニンの", "ja", ["ハロン湾", "クアンニン"], id="japanese"),
        pytest.param("光宁", "zh", [], id="forbidden-is-no-match"),
        pytest.param("Sun World", "ko", ["Sun World"], id="kept"),
        pytest.param("thămSun World", "vi", [], id="latin-touching"),
        pytest.param("在Sun World玩", "zh", ["Sun World"], id="latin-in-chinese"),
    ],
)
def test_matches(glossary: Glossary, text: str, language: str, found: list[str]) -> None:
    assert forms(glossary, text, language) == found


def test_the_longest_wins_even_when_a_shorter_one_begins_earlier() -> None:
    terms = tuple(
        Term({"vi": (form,)}) for form in ("cửa khẩu", "khẩu quốc tế Móng Cái", "thăm cửa khẩu")
    )
    text = "thăm cửa khẩu quốc tế Móng Cái"
    assert forms(Glossary(terms), text) == ["khẩu quốc tế Móng Cái"]
    terms = (*terms, Term({"vi": ("thăm cửa",)}))
    assert forms(Glossary(terms), text) == ["thăm cửa", "khẩu quốc tế Móng Cái"]


def test_a_match_tells_term_and_form(glossary: Glossary) -> None:
    (match,) = glossary.matches("Các LỄ HỘI", "vi")
    assert match.form == "lễ hội"
    assert match.term.preferred("en") == "festival"
    assert match.term.accepted("zh") == ("庙会", "节庆")
    assert match.term.line == 7


def test_many_terms_in_a_long_text(glossary: Glossary) -> None:
    assert len(glossary.matches("Hạ Long " * 3000, "vi")) == 3000


@given(st.text("Hạ Longvịh下龙湾하롱 \ue100a", max_size=40), st.sampled_from(["vi", "zh", "ko"]))
def test_matches_are_in_order_and_never_overlap(text: str, language: str) -> None:
    table = read_csv(TABLE.encode("utf-8"), "glossary.csv")
    text = unicodedata.normalize("NFC", text)
    end = 0
    for match in Glossary(table.terms).matches(text, language):
        assert end <= match.start < match.end <= len(text)
        assert "\ue100" not in text[match.start : match.end]
        end = match.end


# ----------------------------------------------------------------------------
# Whole texts
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        pytest.param("vịnh Hạ Long", "fr", "baie d’Ha Long", id="as-it-is"),
        pytest.param("Vịnh Hạ Long", "fr", "Baie d’Ha Long", id="capital"),
        pytest.param("Vịnh Hạ Long", "zh", "下龙湾", id="no-capitals"),
        pytest.param("LỄ HỘI", "en", "FESTIVAL", id="capitals"),
        pytest.param("**Lễ hội:**", "en", "**Festival:**", id="edges-stay"),
        pytest.param("Lễ hội:", "fr", "Fête :", id="french-colon"),
        pytest.param("Lễ hội.", "zh", "庙会。", id="chinese-stop"),
        pytest.param("\ue100Lễ hội\ue101", "ko", "\ue100축제\ue101", id="marks"),
        pytest.param("Vi\u0323nh Ha\u0323 Long", "en", "Ha Long Bay", id="decomposed"),
        pytest.param("Sun World", "ja", "Sun World", id="kept"),
        pytest.param("Lễ hội 2025", "en", None, id="a-number-too"),
        pytest.param("Lễ hội Hạ Long", "en", None, id="two-terms"),
        pytest.param("vịnh hạ long", "en", None, id="wrong-case"),
        pytest.param("Sân vận động Cửa Ông", "zh", None, id="no-form"),
        pytest.param("Vịnh Hạ Long", "de", None, id="unknown-language"),
        pytest.param("", "en", None, id="empty"),
    ],
)
def test_whole(glossary: Glossary, text: str, language: str, expected: str | None) -> None:
    assert glossary.whole(text, "vi", language) == expected


def test_whole_from_the_pivot(glossary: Glossary) -> None:
    assert glossary.whole("Ha Long Bay", "en", "zh") == "下龙湾"
    assert glossary.whole("Economic zones", "en", "ko") == "경제구역"


# ----------------------------------------------------------------------------
# Differences
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "target", "language", "expected"),
    [
        pytest.param("Đến vịnh Hạ Long", "来下龙湾", "zh", None, id="there"),
        pytest.param("Đến vịnh Hạ Long", "来下龙", "zh", "−下龙湾", id="shorter-is-not-enough"),
        pytest.param("Đến Hạ Long", "来下龙湾", "zh", None, id="a-longer-name-serves"),
        pytest.param("vịnh Hạ Long, Hạ Long", "下龙湾", "zh", "−下龙", id="longer-takes-its-own"),
        pytest.param("vịnh Hạ Long, Hạ Long", "下龙湾、下龙", "zh", None, id="one-of-each"),
        pytest.param("Quảng Ninh, Quảng Ninh", "Quang Ninh", "en", "−Quang Ninh", id="counted"),
        pytest.param("Lễ hội", "节庆", "zh", None, id="alternative"),
        pytest.param("Lễ hội", "the Festivals", "en", None, id="plural-and-case"),
        pytest.param("Lễ hội", "festivalgoer", "en", "−festival", id="inside-a-word"),
        pytest.param("Các khu kinh tế", "les zones économiques", "fr", None, id="french-plural"),
        pytest.param("Hạ Long", "하롱은", "ko", None, id="particle"),
        pytest.param("con dao", "knife", "en", None, id="another-word"),
        pytest.param("Tại Sun World", "サンワールドで", "ja", "−Sun World", id="kept-name-lost"),
        pytest.param("Tại Sun World", "Sun Worldで", "ja", None, id="kept-name"),
        pytest.param("Quảng Ninh", "광닌 꽝닌", "ko", "+광닌", id="forbidden"),
        pytest.param("Tỉnh", "HALONG", "en", "+HALONG", id="forbidden-in-capitals"),
        pytest.param("Hãng Halong Plastic", "Halong Plastic", "en", None, id="quoted"),
        pytest.param("Quảng Ninh", "Quang Ninh", "de", None, id="language-without-forms"),
        pytest.param("sân vận động Cửa Ông", "stadium", "en", None, id="empty-cell"),
        pytest.param("Vi\u0323nh Ha\u0323 Long", "Bay", "en", "−Ha Long Bay", id="decomposed"),
    ],
)
def test_difference(
    glossary: Glossary, source: str, target: str, language: str, expected: str | None
) -> None:
    assert glossary.difference(source, "vi", target, language) == expected


def test_difference_at_the_second_hop(glossary: Glossary) -> None:
    assert glossary.difference("Visit Ha Long Bay.", "en", "访问下龙湾。", "zh") is None
    assert glossary.difference("Visit Ha Long Bay.", "en", "访问哈龙湾。", "zh") == "−下龙湾"


# ----------------------------------------------------------------------------
# Our own glossary
# ----------------------------------------------------------------------------


def test_our_glossary_is_sound_and_covers_the_languages_of_the_site() -> None:
    settings = load_settings(str(ROOT / "mkdocs.yml"))
    glossary = Glossary.read(settings.catalogs / "glossary.csv", "locales/glossary.csv")
    assert len(glossary.terms) > 150
    text = "Từ Móng Cái đến vịnh Hạ Long"
    for language in settings.targets:
        matches = glossary.matches(text, "vi")
        assert [match.form for match in matches] == ["Móng Cái", "vịnh Hạ Long"]
        assert all(match.term.preferred(language.code) for match in matches)
