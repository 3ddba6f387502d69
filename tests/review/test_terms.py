"""Names and terms: what is missing, changed, forbidden or misspelled."""

from __future__ import annotations

import pytest
from markdown import Markdown

from quangba.catalogs.glossary import Glossary
from quangba.catalogs.message import Message
from quangba.catalogs.terms import Rule, Term
from quangba.errors import Severity
from quangba.review.checking import all_checks
from quangba.review.entry import Entry, Site
from quangba.source.markup import Inspector
from quangba.source.segment import Segment


def place(vietnamese: str, english: str, chinese: str) -> Term:
    """Make the name of a place."""
    forms = {"vi": (vietnamese,), "en": (english,), "zh": (chinese,)}
    return Term(forms, kind="place", case=True)


GLOSSARY = Glossary(
    (
        place("vịnh Hạ Long", "Ha Long Bay", "下龙湾"),
        place("Hạ Long", "Ha Long", "下龙"),
        place("Tiên Yên", "Tien Yen", "先安"),
        place("Móng Cái", "Mong Cai", "芒街"),
        Term({"vi": ("lễ hội",), "en": ("festival",)}, kind="tourism"),
        Term({"vi": ("OCOP",)}, rule=Rule.KEEP, case=True),
        Term({"vi": ("Hạ Long",), "en": ("Halong",)}, rule=Rule.FORBIDDEN, case=True),
    )
)
NAMES = ("name", "term", "kept-term", "forbidden", "name-spelling", "former-district")


def found(source: str, target: str, language: str = "en", kind: str = "paragraph") -> list[str]:
    """Return the names of the checks of this module that speak above a hint."""
    site = Site("vi", GLOSSARY, Inspector(Markdown()))
    entry = Entry(Message(source, target), Segment(source, kind), language, site)
    return [name for name in NAMES for _ in all_checks()[name](entry)]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        pytest.param("Thăm vịnh Hạ Long.", "Visit Mong Cai.", "name", id="swapped"),
        pytest.param("Thăm vịnh Hạ Long.", "Visit the bay.", "name", id="dropped"),
        pytest.param("Thăm Hạ Long.", "Visit Ha Lang.", "name", id="letter"),
        pytest.param("Từ Hạ Long về Hạ Long.", "From Ha Long and back.", "name", id="once"),
        pytest.param("Dự lễ hội.", "Join the party.", "term", id="term"),
        pytest.param("Hàng OCOP.", "Goods of OCOPS.", "kept-term", id="kept"),
        pytest.param("Thăm Hạ Long.", "Visit Halong.", "forbidden", id="forbidden"),
        pytest.param("Đi Mạo Khê.", "Go to Mao Kho.", "name-spelling", id="misspelled"),
        pytest.param("Ở Tiên Yên.", "In Tien Yen District.", "former-district", id="district"),
        pytest.param("Ở Tiên Yên.", "In the district of Tien Yen.", "former-district", id="of"),
    ],
)
def test_a_mistake_is_found_once(source: str, target: str, expected: str) -> None:
    assert found(source, target) == [expected]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        pytest.param("Thăm vịnh Hạ Long.", "Visit Ha Long Bay.", id="name"),
        pytest.param("Lễ hội hay. Lễ hội vui.", "The festival is good, it is fun.", id="pronoun"),
        pytest.param("Đi Mạo Khê.", "Go to Mao Khe.", id="carried-over"),
        pytest.param("Đan Mạch, Tháng Bảy", "Denmark, July", id="country-and-month"),
        pytest.param("Xem [Cách đến Hạ Long](a.md).", "See [Getting here](a.md).", id="title"),
        pytest.param("Huyện Tiên Yên cũ.", "The former Tien Yen District.", id="said-district"),
        pytest.param(
            "Thăm vịnh Hạ Long nhé.", "Thăm vịnh Hạ Long nhé.", id="copy-is-another-check"
        ),
    ],
)
def test_a_good_text_is_left_alone(source: str, target: str) -> None:
    assert found(source, target) == []


def test_a_finding_names_the_other_name() -> None:
    site = Site("vi", GLOSSARY, Inspector(Markdown()))
    text = "Thăm vịnh Hạ Long."
    entry = Entry(Message(text, "Visit Mong Cai."), Segment(text), "en", site)
    (values,) = all_checks()["name"](entry)
    assert values["term"] == "vịnh Hạ Long"
    assert "Mong Cai" in str(values["instead"])


def test_an_unknown_name_is_a_hint() -> None:
    assert all_checks()["unknown-name"].severity is Severity.NOTE
