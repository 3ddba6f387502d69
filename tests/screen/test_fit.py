"""Tiles that hold their words, and the word about those that do not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from find_pages import ROOT, contexts

from quangba.errors import Severity
from quangba.site.outputs import Output
from quangba.site.screen import fit
from quangba.site.screen.fit import (
    TileText,
    check_tiles,
    line_count,
    long_texts,
    properties,
    tile_size,
)
from quangba.source.profiles import Profile, Screen

SMALL = Screen(21.5, 1080, 1920, 900, 600)
LARGE = Screen(43, 1080, 1920, 700, 600)
WIDE = Screen(55, 1920, 1080, 750, 700)
SCREENS = (SMALL, Screen(32, 1080, 1920, 800, 600), LARGE, WIDE)

FRENCH = (
    "Informations pratiques détaillées pour préparer votre traversée de la frontière "
    "et la suite de votre voyage"
)
"""A title that no tile holds."""

FOOD = "visit/food.md"


def tiles(label: str, title: str, language: str = "fr") -> list[TileText]:
    """Return a wide first tile and another one with the same words."""
    return [TileText(language, label, title)] * 2


# ----------------------------------------------------------------------------
# Sizes
# ----------------------------------------------------------------------------


@pytest.mark.parametrize("screen", SCREENS)
def test_a_tile_is_a_target_with_room_for_words(screen: Screen) -> None:
    size = tile_size(screen)
    assert size.text > 60
    assert size.first > size.text
    assert size.label * fit.CAPITAL >= screen.capital_mm - 0.01
    assert size.title * fit.CAPITAL >= fit.TITLE_MM - 0.01


def test_larger_screens_have_wider_tiles() -> None:
    assert tile_size(SMALL).text < tile_size(LARGE).text
    assert tile_size(Screen(10, 600, 1024, 1000, 600)).columns == 1


def test_the_style_sheet_learns_what_is_measured_against() -> None:
    assert properties(LARGE) == {"--columns": "2", "--tile": f"{tile_size(LARGE).text:.2f}"}


# ----------------------------------------------------------------------------
# Texts
# ----------------------------------------------------------------------------


@pytest.mark.parametrize("screen", SCREENS)
def test_a_french_title_that_is_too_long_is_found_on_every_screen(screen: Screen) -> None:
    found = list(long_texts(tiles("Informations utiles", FRENCH), tile_size(screen)))
    assert FRENCH in found


def test_short_words_fit_in_every_script() -> None:
    for language, label, title in (
        ("vi", "Tại đây", "Cửa khẩu quốc tế Móng Cái"),
        ("zh", "在本口岸", "芒街国际口岸"),
        ("ja", "このゲートで", "モンカイ国際国境ゲート"),
        ("ko", "이 관문에서", "몽까이 국제 국경관문"),
        ("fr", "À cette porte", "Que manger à Quang Ninh ?"),
    ):
        assert not list(long_texts(tiles(label, title, language), tile_size(SMALL)))


def test_what_is_too_long_is_named_the_topic_or_the_title() -> None:
    size = tile_size(SMALL)
    assert list(long_texts(tiles(FRENCH, ""), size)) == [FRENCH, FRENCH]
    assert next(long_texts(tiles(FRENCH, "Bref"), size)) == FRENCH
    assert list(long_texts(tiles("Aide", FRENCH), size))[-1] == FRENCH


def test_the_first_tile_is_wide() -> None:
    title = "Poste-frontière international de Mong Cai, ses abords et ses services"
    found = list(long_texts(tiles("Se renseigner", title), tile_size(SMALL)))
    assert found == [title]


def test_one_endless_word_never_fits() -> None:
    assert line_count("Anticonstitutionnellement" * 9, "fr", 10, 80) == fit.MOST
    assert line_count("", "fr", 10, 80) == 0
    assert line_count("Aide", "fr", 10, 80) == 1


# ----------------------------------------------------------------------------
# The build
# ----------------------------------------------------------------------------


def french(title: str | None = None) -> Output:
    """Return our own site in French, with another title for the page about eating."""
    known = contexts()["fr"]
    context = replace(known, records={}, _metas={})
    if title:
        context.meta_of(FOOD)["title"] = title
    return Output(context, ROOT)


def test_our_own_tiles_fit_in_six_languages() -> None:
    found = [p for c in contexts().values() for p in check_tiles(Output(c, ROOT))]
    assert [problem.text("en") for problem in found] == []


def test_a_title_that_is_too_long_is_said_for_each_gate_that_shows_it() -> None:
    found = check_tiles(french(FRENCH))
    shown = [g.id for g in contexts()["fr"].workspace.profiles.entries.values() if shows(g, FOOD)]
    assert [dict(problem.values)["gate"] for problem in found] == shown
    problem = found[0]
    assert (problem.code, problem.severity) == ("gate-tile-long", Severity.ERROR)
    assert problem.file.endswith("gates.yml")
    assert problem.line > 0
    for language in ("vi", "en"):
        sentence = problem.text(language)
        for part in (shown[0], "Français", FRENCH):
            assert part in sentence
        assert sentence.endswith(".")


def test_a_page_that_is_not_published_has_no_tile_to_measure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    output = french(FRENCH)
    monkeypatch.setattr(type(output.context.publisher), "published", lambda *given: False)
    assert check_tiles(output) == []


def shows(gate: Profile, page: str) -> bool:
    """Tell whether a gate has a tile for a page."""
    return page in [tile.page for tile in gate.tiles]
