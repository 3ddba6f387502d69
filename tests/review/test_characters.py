"""Characters that were lost, that nobody sees, or that only look right are found."""

from __future__ import annotations

import unicodedata

import pytest
from markdown import Markdown

from quangba.catalogs.glossary import Glossary
from quangba.catalogs.message import Message
from quangba.review.checking import all_checks
from quangba.review.entry import Entry, Site
from quangba.source.markup import Inspector
from quangba.source.segment import Segment

NAMES = (
    "lost-character",
    "hidden-character",
    "line-break",
    "look-alike",
    "decomposed",
    "mojibake",
    "entity",
    "wide-space",
)


def found(target: str, language: str = "en", source: str = "Mua vé tàu") -> list[str]:
    """Return the names of the checks of this module that speak."""
    site = Site("vi", Glossary(), Inspector(Markdown()))
    entry = Entry(Message(source, target), Segment(source), language, site)
    return [name for name in NAMES for _ in all_checks()[name](entry)]


@pytest.mark.parametrize(
    ("target", "language", "expected"),
    [
        pytest.param("Buy tick\ufffdts", "en", "lost-character", id="lost"),
        *(
            pytest.param(f"Buy{char} tickets", "en", "hidden-character", id=f"{ord(char):04X}")
            for char in "\u200b\u200d\u200f\u202e\u2066\ufeff\u00ad\x02\x9b"
        ),
        pytest.param("Buy\uf8ff tickets", "en", "hidden-character", id="private"),
        pytest.param("Buy\ttickets", "en", "line-break", id="tab"),
        pytest.param("Buy\ntickets", "en", "line-break", id="newline"),
        pytest.param("Buy tiсkets", "en", "look-alike", id="cyrillic"),
        pytest.param("Buy а ticket", "en", "look-alike", id="cyrillic-word"),
        pytest.param("Buy tiϲkets", "en", "look-alike", id="greek"),
        pytest.param("ＦＤＩを見る", "ja", "look-alike", id="full-width"),
        pytest.param("ハ口ンの船", "ja", "look-alike", id="mouth"),
        pytest.param("港ーの船", "ja", "look-alike", id="long-vowel"),
        pytest.param("二O二五年", "zh", "look-alike", id="zero"),
        pytest.param(unicodedata.normalize("NFD", "Café"), "fr", "decomposed", id="latin"),
        pytest.param(unicodedata.normalize("NFD", "배표"), "ko", "decomposed", id="hangul"),
        pytest.param("CafÃ© au port", "fr", "mojibake", id="accent"),
        pytest.param("Itâ€™s here", "en", "mojibake", id="quote"),
        pytest.param("Buy &amp; go", "en", "entity", id="entity"),
        pytest.param("港\u3000の船", "ja", "wide-space", id="wide-space"),
    ],
)
def test_a_strange_character_is_found(target: str, language: str, expected: str) -> None:
    assert found(target, language) == [expected]


@pytest.mark.parametrize(
    ("target", "language"),
    [
        pytest.param("L’été, « visité » à Hanoï\u00a0: 5 °C", "fr", id="french"),
        pytest.param("行こう！\u3000船で", "ja", id="wide-space"),
        pytest.param("ハノイへバスで。コーヒー", "ja", id="particle"),
        pytest.param("5 µm, Ω", "en", id="signs"),
    ],
)
def test_good_characters_are_left_alone(target: str, language: str) -> None:
    assert found(target, language) == []


def test_what_the_source_has_may_stay() -> None:
    assert found("A &amp; B", source="A &amp; B") == []
    assert found("A\nB", source="C\nD") == []
