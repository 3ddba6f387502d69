"""TBX: nothing is lost on the way, files of other tools are understood, hostile ones refused."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quangba.catalogs.tbx import read_tbx, write_tbx
from quangba.catalogs.terms import Rule, Table, Term, read_csv, term_problems, write_csv

ROOT = Path(__file__).parents[2]
NAMESPACE = {"t": "urn:iso:std:iso:30042:ed-2"}

MARTIF = """<?xml version="1.0" encoding="UTF-8"?>
<martif type="TBX" xml:lang="en"><martifHeader><fileDesc/></martifHeader><text><body>
<termEntry id="a"><descrip type="subjectField">place</descrip><note>UNESCO</note>
 <langSet xml:lang="vi-VN"><tig><term>vịnh Hạ Long</term></tig></langSet>
 <langSet xml:lang="en-US">
  <ntig><termGrp><term>Halong Bay</term>
   <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termGrp></ntig>
  <ntig><termGrp><term>Bay of Ha Long</term>
   <termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termGrp></ntig>
  <ntig><termGrp><term>Ha Long Bay</term>
   <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termGrp></ntig>
 </langSet>
 <langSet xml:lang="zh-Hant-TW"><tig><term>下龍灣</term></tig></langSet>
 <langSet xml:lang="fr"><tig><term>baie d’Ha Long</term>
  <termNote type="grammaticalGender">feminine</termNote></tig></langSet>
</termEntry>
<termEntry id="b"><langSet xml:lang="en"><tig><term>market</term></tig></langSet></termEntry>
</body></text></martif>"""


def codes(table: Table) -> list[str]:
    return [problem.code for problem in table.problems]


def test_our_glossary_goes_to_tbx_and_back_unchanged() -> None:
    data = (ROOT / "locales" / "glossary.csv").read_bytes()
    table = read_csv(data, "glossary.csv")
    again = read_tbx(write_tbx(table.terms, "glossary").encode(), "g.tbx")
    assert codes(again) == []
    assert again.terms == table.terms
    assert write_csv(again.terms, again.languages).encode() == data


word = st.text("abcđHạ下하 ’<&>\"'", min_size=2, max_size=8).map(str.strip)
form = st.builds(lambda text: f"xy {' '.join(text.split())}".strip(), word)
forms = st.lists(form, min_size=1, max_size=3, unique=True).map(tuple)
texts = st.text("abc <&>ệ\n", max_size=12).map(str.strip)


@given(
    st.dictionaries(st.sampled_from(["vi", "en", "zh", "fr", "de"]), forms, min_size=1),
    st.sampled_from(Rule),
    texts,
    texts,
    st.booleans(),
    st.sampled_from(["", "m", "f", "mp", "fp"]),
)
def test_every_sound_term_comes_back(
    found: dict[str, tuple[str, ...]], rule: Rule, kind: str, note: str, case: bool, french: str
) -> None:
    term = Term(found, kind, rule, note, case, french)
    table = read_tbx(write_tbx([term], "t").encode(), "g.tbx")
    if list(term_problems([term], "")):
        assert table.problems
    else:
        assert table.terms == (term,)


def test_the_document_is_tbx_basic() -> None:
    term = Term({"vi": ("hang động",), "fr": ("grotte", "caverne")}, "nature", french="f")
    refused = Term({"en": ("Halong",)}, rule=Rule.FORBIDDEN)
    root = ElementTree.fromstring(write_tbx([term, refused], "glossary"))
    assert (root.get("type"), root.get("style")) == ("TBX-Basic", "dca")
    assert root.find("t:tbxHeader/t:fileDesc/t:sourceDesc/t:p", NAMESPACE) is not None
    first, second = root.findall("t:text/t:body/t:conceptEntry", NAMESPACE)
    notes = [note.text for note in first.findall(".//t:termNote", NAMESPACE)]
    assert notes == [
        "preferredTerm-admn-sts",
        "preferredTerm-admn-sts",
        "feminine",
        "admittedTerm-admn-sts",
    ]
    assert [note.text for note in second.iterfind(".//t:termNote", NAMESPACE)] == [
        "deprecatedTerm-admn-sts"
    ]


def test_an_older_file_of_another_tool() -> None:
    table = read_tbx(MARTIF.encode(), "old.tbx")
    wanted, refused = table.terms
    assert wanted.forms == {
        "vi": ("vịnh Hạ Long",),
        "en": ("Ha Long Bay", "Bay of Ha Long"),
        "zh-hant": ("下龍灣",),
        "fr": ("baie d’Ha Long",),
    }
    assert (wanted.rule, wanted.kind, wanted.note, wanted.french) == (
        Rule.REQUIRED,
        "place",
        "UNESCO",
        "f",
    )
    assert (refused.rule, refused.forms["en"]) == (Rule.FORBIDDEN, ("Halong Bay",))
    assert refused.forms["vi"] == ("vịnh Hạ Long",)
    assert [(problem.code, problem.line) for problem in table.problems] == [
        ("glossary-skipped", 17)
    ]


def test_duplicates_on_one_line_are_found() -> None:
    entry = (
        '<termEntry><langSet xml:lang="vi"><tig><term>chợ nổi</term></tig></langSet></termEntry>'
    )
    table = read_tbx(f"<martif><text><body>{entry * 2}</body></text></martif>".encode(), "o.tbx")
    assert codes(table) == ["glossary-duplicate"]


def test_an_old_vietnamese_name_still_means_the_term() -> None:
    text = MARTIF.replace(
        "<term>vịnh Hạ Long</term></tig>",
        "<term>vịnh Hạ Long</term></tig><tig><term>vịnh Lục Thủy</term>"
        '<termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></tig>',
    )
    assert read_tbx(text.encode(), "old.tbx").terms[0].forms["vi"] == (
        "vịnh Hạ Long",
        "vịnh Lục Thủy",
    )


BOMB = '<!DOCTYPE t [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><tbx>&b;</tbx>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(BOMB.encode(), "tbx-hostile", id="entities"),
        pytest.param(BOMB.encode("utf-16"), "tbx-hostile", id="entities-utf-16"),
        pytest.param(
            b'<!DOCTYPE tbx SYSTEM "file:///etc/passwd"><tbx/>', "tbx-hostile", id="external"
        ),
        pytest.param(b"<a>" * 5000 + b"</a>" * 5000, "tbx-syntax", id="deep"),
        pytest.param(b"<tbx><text>", "tbx-syntax", id="cut"),
        pytest.param(b"<html/>", "tbx-syntax", id="not-tbx"),
        pytest.param(b"<tbx><x:y/></tbx>", "tbx-syntax", id="unknown-prefix"),
        pytest.param(b'<?xml version="1.0" encoding="nope"?><tbx/>', "tbx-syntax", id="charset"),
        pytest.param(b"", "tbx-syntax", id="empty"),
        pytest.param(b"PK\x03\x04", "tbx-syntax", id="zip"),
        pytest.param(b" " * 20_000_001, "glossary-large", id="large"),
    ],
)
def test_a_file_that_is_refused(data: bytes, code: str) -> None:
    table = read_tbx(data, "bad.tbx")
    assert codes(table) == [code]
    assert table.terms == ()


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    assert isinstance(read_tbx(b"<tbx><text>" + data, "g.tbx").problems, tuple)


@pytest.mark.parametrize(
    ("form", "code"),
    [
        pytest.param("=1+cmd", "glossary-formula", id="formula"),
        pytest.param("ch\u202eợ", "glossary-hidden", id="bidi"),
        pytest.param("a | b", "glossary-form", id="bar"),
        pytest.param("x", "glossary-form", id="one-letter"),
    ],
)
def test_forms_are_judged_as_in_a_table(form: str, code: str) -> None:
    data = write_tbx([Term({"vi": ("chợ nổi",), "en": (form,)})], "t").encode()
    assert code in codes(read_tbx(data, "g.tbx"))
