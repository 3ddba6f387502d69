"""Blanks, signs and ends, as each language has them."""

from __future__ import annotations

import pytest
from checked import entry_of, said

MODULES = "spacing", "punctuation", "ends"


def names(source: str, target: str, language: str = "en") -> set[str]:
    """Return the names of the checks that speak."""
    return set(said(entry_of(source, target, language), *MODULES))


@pytest.mark.parametrize(
    ("source", "target", "language", "name"),
    [
        pytest.param("Vé tàu", "Boat  ticket", "en", "blanks", id="double"),
        pytest.param("Vé tàu", "Boat ticket ", "en", "blanks", id="trailing"),
        pytest.param("Vé, tàu", "Tickets , boats", "en", "blanks", id="before-comma"),
        pytest.param("Vé tàu", "船 票", "zh", "blanks", id="between-han"),
        pytest.param("Vé, tàu", "Tickets,boats", "en", "missing-blanks", id="after-comma"),
        pytest.param("Vé. Tàu.", "표입니다.배입니다.", "ko", "missing-blanks", id="korean-stop"),
        pytest.param("Vé: tàu", "Billets: bateaux", "fr", "french-spaces", id="french-colon"),
        pytest.param("Vé: tàu", "Billets : bateaux", "fr", "french-spaces", id="french-breaks"),
        pytest.param("Vé: tàu", "“Vé” : « bateaux »", "fr", "french-spaces", id="guillemets"),
        pytest.param("Đảo rất đẹp", "섬 은 아름답다", "ko", "korean-particles", id="particle"),
        pytest.param("Vé tàu", "- Boat ticket", "en", "list-marks", id="bullet"),
        pytest.param("Vé, tàu", "船,票", "zh", "wide-signs", id="ascii-comma"),
        pytest.param("Vé, tàu", "船，切符", "ja", "wide-signs", id="chinese-comma"),
        pytest.param("Vé. Tàu.", "买票.2025年坐船。", "zh", "wide-signs", id="ascii-stop"),
        pytest.param("Vé, tàu", "배，표", "ko", "wide-signs", id="wide-in-korean"),
        pytest.param("Vé, tàu", "Tickets，boats", "en", "wide-signs", id="wide-in-english"),
        pytest.param("Vé (tàu) đẹp", "票（船)好", "zh", "wide-signs", id="bracket-width"),
        pytest.param("Vé “tàu”", 'The "boat" ticket', "en", "signs", id="straight-quotes"),
        pytest.param("Vé", "The gate's ticket", "en", "signs", id="straight-apostrophe"),
        pytest.param("Vé “tàu”", "The «boat» ticket", "en", "quotes", id="foreign-quotes"),
        pytest.param("Mua vé.", "买票。。", "zh", "doubled-signs", id="doubled"),
        pytest.param("Mua vé.", "Buy a ticket", "en", "no-end", id="no-end"),
        pytest.param("Mua vé", "买票。", "zh", "needless-end", id="needless-end"),
        pytest.param("Mua vé?", "Buy a ticket.", "en", "other-end", id="other-end"),
        pytest.param("Mua vé.", "切符を買う？", "ja", "other-end", id="became-a-question"),
        pytest.param("Có vé? Hãy hỏi.", "You have one. Ask.", "en", "questions", id="question"),
    ],
)
def test_a_slip_is_found_by_one_check(source: str, target: str, language: str, name: str) -> None:
    assert name in names(source, target, language)


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        pytest.param("Có vé không?", "切符はありますか。", "ja", id="japanese-question"),
        pytest.param("Bốn nơi:", "4か所あります。", "ja", id="japanese-colon"),
        pytest.param("Vé: tàu, xe?", "Billets\u00a0: bateaux, bus\u202f?", "fr", id="french"),
        pytest.param("**Vé.** Tàu.", "**票。**船。", "zh", id="bold"),
        pytest.param("Xem evisa.gov.vn, v.v.", "See evisa.gov.vn, etc.", "en", id="address"),
        pytest.param("Mở 8:30, 1,5 km", "Open 8:30, 1.5 km", "en", id="figures"),
        pytest.param("“Kỳ quan”", "「新・世界七不思議 自然版」", "ja", id="blank-in-a-name"),
        pytest.param("![Vé](a.jpg) Vé", "![票](a.jpg) 票", "zh", id="behind-a-picture"),
        pytest.param("1. Vé", "1. Tickets", "en", id="number-of-the-source"),
        pytest.param("Vé (tàu)", "표(배)", "ko", id="korean-bracket"),
    ],
)
def test_good_typography_passes(source: str, target: str, language: str) -> None:
    assert names(source, target, language) == set()


def test_the_sentence_shows_how_to_write_it() -> None:
    found = said(entry_of("Vé, tàu", "船,票", "zh"), *MODULES)
    assert found == {"wide-signs": [{"wrong": "船,票", "right": "船，票"}]}


def test_a_blank_at_the_end_is_shown() -> None:
    found = said(entry_of("Vé", "Ticket "), *MODULES)
    assert found["blanks"] == [{"wrong": "Ticket␣", "right": "Ticket"}]


def test_an_unfinished_text_has_one_finding() -> None:
    source = "Hãy mua vé tại cảng tàu khách và hỏi giờ."
    assert names(source, "Buy tickets at the port and") == set()
    assert set(said(entry_of(source, "Buy tickets at the port and"), "prose")) >= {"breaks-off"}
