"""Sizes on the glass: what a finger, a glove and an eye at arm's length need, in millimetres."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from glass import SCREENS, Glass, pane
from playwright.sync_api import Browser

from quangba.site.screen.fit import tile_size
from quangba.source.profiles import Profile

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

PAGES = {
    "home": "",
    "way": "way/",
    "gate": "gates/mong-cai/",
    "hub": "visit/",
    "place": "visit/ha-long-bay/",
    "visas": "visit/visas/",
    "routes": "visit/getting-here/",
    "itinerary": "visit/itineraries/mong-cai-two-days/",
    "event": "events/yen-tu-spring-festival/",
    "projects": "invest/projects/",
    "project": "invest/projects/ha-long-xanh/",
    "zone": "invest/zones/van-don/",
    "steps": "invest/steps/",
    "contact": "invest/contacts/japan-desk/",
    "news": "news/grdp-2025/",
    "sources": "about/sources/",
    "404": "no/such/page/",
}
"""One page of each kind that this part of the edition draws."""

LANGUAGES = ("vi", "en", "zh", "ja", "ko", "fr")

EVERYWHERE = ("small", "unanswered", "crowded", "tiny", "lost")
"""What holds on every page in every state."""

NARROW = "21.5"
"""The screen on which least fits: every page is looked at there, every third one on the others."""

LARGE = {
    NARROW: ("home", "way", "visas", "routes", "steps", "project"),
    "32": ("home", "gate"),
    "43": ("hub",),
    "55 wide": ("visas", "home"),
}
"""Pages with the most that can go wrong when letters are twice as large."""

PANELS = ("languages", "settings", "idle")

TILES = 7

SEEN = [
    pytest.param(name, kind, id=f"{name}-{kind}")
    for number, name in enumerate(SCREENS)
    for place, kind in enumerate(PAGES)
    if name == NARROW or (place + number) % 3 == 0
]

browsing = pytest.mark.browser

# ----------------------------------------------------------------------------
# Fixtures
# ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hang(
    browser: Browser, gate_folder: Callable[[str], Path], profile: Profile
) -> Iterator[Callable[[str], Glass]]:
    """Return a function that hangs a screen up at the first gate, each once."""
    hung: dict[str, Glass] = {}
    with ExitStack() as stack:

        def screen(name: str) -> Glass:
            if name not in hung:
                found = pane(browser, gate_folder(profile.id), profile, SCREENS[name])
                hung[name] = stack.enter_context(found)
            return hung[name]

        yield screen


def show(glass: Glass, kind: str, **state: str) -> None:
    """Open a page of a kind; each screen takes another language, and all of them in turn."""
    turn = list(SCREENS.values()).index(glass.screen) + list(PAGES).index(kind)
    status = 404 if kind == "404" else 200
    glass.show(PAGES[kind], LANGUAGES[turn % len(LANGUAGES)], status=status, **state)


# ----------------------------------------------------------------------------
# Every page
# ----------------------------------------------------------------------------


@browsing
@pytest.mark.parametrize(("name", "kind"), SEEN)
def test_a_glove_hits_and_an_eye_reads(hang: Callable[[str], Glass], name: str, kind: str) -> None:
    glass = hang(name)
    show(glass, kind)
    upper = ["high"] if glass.screen.portrait else []
    assert glass.found(*EVERYWHERE, *upper) == []


@browsing
@pytest.mark.parametrize(
    ("name", "kind"),
    [pytest.param(n, kind, id=f"{n}-{kind}") for n, kinds in LARGE.items() for kind in kinds],
)
def test_nothing_is_lost_when_letters_are_twice_as_large(
    hang: Callable[[str], Glass], name: str, kind: str
) -> None:
    glass = hang(name)
    sizes = []
    for size in ("0", "4"):
        show(glass, kind, size=size)
        sizes.append(glass.page.evaluate("parseFloat(getComputedStyle(glass.heading).fontSize)"))
    assert sizes[1] == pytest.approx(2 * sizes[0], rel=0.001)
    assert glass.found(*EVERYWHERE) == []


@browsing
@pytest.mark.parametrize("size", ["0", "4"])
@pytest.mark.parametrize("name", SCREENS)
def test_everything_comes_down_to_a_wheelchair(
    hang: Callable[[str], Glass], name: str, size: str
) -> None:
    glass = hang(name)
    for kind in ("home", "gate"):
        show(glass, kind, reach="low", size=size)
        assert glass.found("unreached", *EVERYWHERE) == []
        room = glass.page.evaluate("glass.view.clientHeight / glass.mm")
        assert room > 80, "there is hardly anything to read"


@browsing
@pytest.mark.parametrize("state", [{}, {"reach": "low"}, {"size": "4"}], ids=["", "low", "large"])
@pytest.mark.parametrize("name", SCREENS)
def test_panels_come_up_where_the_hand_is(
    hang: Callable[[str], Glass], name: str, state: dict[str, str]
) -> None:
    glass = hang(name)
    show(glass, "place", **state)
    where = ["high"] if glass.screen.portrait and not state else []
    where += ["unreached"] if "reach" in state else []
    for panel in PANELS:
        glass.page.evaluate(f"document.getElementById('qb-{panel}').showModal()")
        assert glass.found(*EVERYWHERE, *where) == [], panel
        glass.page.evaluate(f"document.getElementById('qb-{panel}').close()")


@browsing
@pytest.mark.parametrize("name", SCREENS)
def test_the_screen_that_waits_offers_every_language(
    hang: Callable[[str], Glass], name: str, profile: Profile
) -> None:
    glass = hang(name)
    glass.show("attract/")
    upper = ["high"] if glass.screen.portrait else []
    assert glass.found(*EVERYWHERE, *upper) == []
    offered = glass.page.evaluate("glass.targets().map(link => link.dataset.lang)")
    assert offered == list(profile.languages)


# ----------------------------------------------------------------------------
# The home of a gate
# ----------------------------------------------------------------------------


@browsing
@pytest.mark.parametrize(
    ("name", "language"),
    [(NARROW, each) for each in LANGUAGES] + [(name, "fr") for name in SCREENS if name != NARROW],
)
def test_all_tiles_are_seen_at_once(hang: Callable[[str], Glass], name: str, language: str) -> None:
    page = hang(name).show("", language)
    tiles = page.locator(".tile")
    assert 0 < tiles.count() <= TILES
    rest = page.evaluate("glass.view.scrollHeight - glass.view.clientHeight")
    assert rest <= 1, f"{rest} pixels of the tiles are below the bar"


@browsing
@pytest.mark.parametrize("name", SCREENS)
def test_texts_of_tiles_are_as_wide_as_they_are_measured(
    hang: Callable[[str], Glass], name: str
) -> None:
    glass = hang(name)
    size = tile_size(glass.screen)
    page = glass.show("")
    widths = page.evaluate(
        """[...document.querySelectorAll('.tile__text')].map(text => {
          const style = getComputedStyle(text);
          return (text.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight))
            / glass.mm;
        })"""
    )
    assert widths[0] == pytest.approx(size.first, abs=1)
    assert widths[1:] == [pytest.approx(size.text, abs=1)] * (len(widths) - 1)
    label, title = page.evaluate(
        """['.tile__label', '.tile__title'].map(name =>
          parseFloat(getComputedStyle(document.querySelector(name)).fontSize) / glass.mm)"""
    )
    assert (label, title) == (pytest.approx(size.label, 0.01), pytest.approx(size.title, 0.01))
