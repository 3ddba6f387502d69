"""The loop of a large screen: which pages speak, in which languages, and what they say."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from find_pages import contexts, workspace

from quangba.settings import Language
from quangba.site.outputs import Output
from quangba.site.publishing import Publisher
from quangba.site.screen.led import (
    MOST,
    TURN_S,
    line,
    next_of,
    slides,
    too_far,
    turns,
    upcoming,
)
from quangba.source.profiles import Profile

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

DWELL = re.compile(r'data-dwell="(\d+)"')
ARTICLE = re.compile(r"<article .*?</article>", re.DOTALL)

# ----------------------------------------------------------------------------
# What it shows
# ----------------------------------------------------------------------------


def outputs(profile: Profile) -> list[Output]:
    """Return the languages of a gate without a build."""
    return [Output(contexts()[code], Path()) for code in profile.languages]


def profiles() -> dict[str, Profile]:
    return workspace().profiles.entries


@pytest.fixture(params=profiles())
def gate(request: pytest.FixtureRequest) -> Profile:
    return profiles()[request.param]


def image(name: str) -> str:
    return str(workspace().page(name).meta.get("image"))


def test_a_loop_begins_with_its_gate_and_shows_no_picture_twice(gate: Profile) -> None:
    found = slides(outputs(gate), gate)
    assert found[0] == gate.page
    assert 8 <= len(found) <= MOST
    pictures = [gate.pictures[0], *map(image, found[1:])]
    assert len(set(pictures)) == len(pictures)
    assert found == slides(outputs(gate), gate)


def test_places_go_before_the_hub_that_shows_their_picture() -> None:
    port = profiles()["ha-long-port"]
    assert image("visit/index.md") == image("visit/ha-long-bay.md")
    found = slides(outputs(port), port)
    assert "visit/ha-long-bay.md" in found
    assert "visit/index.md" not in found


def test_every_language_speaks_on_every_slide(gate: Profile) -> None:
    found = list(turns(outputs(gate), gate))
    codes = [frame.output.context.language.code for frame in found]
    assert codes == list(gate.languages) * len(slides(outputs(gate), gate))


def test_what_a_language_lacks_is_never_shown_in_it(
    gate: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking = {*slides(outputs(gate), gate)[2:]}
    whole = Publisher.published

    def published(publisher: Publisher, name: str, language: Language) -> bool:
        lacks = language.code == "ja" and (name in lacking or name not in known)
        return whole(publisher, name, language) and not lacks

    known = slides(outputs(gate), gate)
    monkeypatch.setattr(Publisher, "published", published)
    found = list(turns(outputs(gate), gate))
    japanese = [f.page for f in found if f.output.context.language.code == "ja"]
    assert lacking.isdisjoint(japanese)
    assert len(japanese) == len(slides(outputs(gate), gate)) == MOST
    assert japanese.count(gate.page) == MOST - 1


def test_a_gate_that_is_not_published_leaves_the_word_to_the_home_page(
    gate: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        Publisher, "published", lambda publisher, name, language: name == "index.md"
    )
    assert slides(outputs(gate), gate) == []
    monkeypatch.setattr(
        Publisher,
        "published",
        lambda publisher, name, language: name == "index.md" or language.code == "vi",
    )
    found = list(turns(outputs(gate), gate))
    strangers = [frame for frame in found if frame.output.context.language.code != "vi"]
    assert {frame.page for frame in strangers} == {"index.md"}


def test_pages_that_more_languages_have_go_first(
    gate: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking = slides(outputs(gate), gate)[1]
    whole = Publisher.published
    monkeypatch.setattr(
        Publisher,
        "published",
        lambda publisher, name, language: (
            whole(publisher, name, language) and (name != lacking or language.code == "vi")
        ),
    )
    found = slides(outputs(gate), gate)
    assert len(found) == MOST
    assert lacking not in found


@pytest.mark.parametrize("code", ["vi", "en", "zh", "ja", "ko", "fr"])
def test_lines_say_who_when_and_how_much(code: str) -> None:
    context = contexts()[code]
    assert line(context, "gates/hoanh-mo.md", None) == context.label("users", "two_countries")
    event = upcoming(context)[0]
    assert "2027" in line(context, event, next_of(context, event))
    assert "11" in line(context, "invest/index.md", None)
    assert "{" not in "".join(line(context, name, None) for name in workspace().names)


def test_events_whose_days_nobody_confirmed_are_left_out() -> None:
    names = upcoming(contexts()["vi"])
    metas = [workspace().page(name).meta for name in workspace().names]
    assert names
    assert any(meta.get("status") == "unconfirmed" for meta in metas)
    assert all(workspace().page(name).meta["status"] != "unconfirmed" for name in names)


def test_a_screen_too_small_for_its_distance_is_told() -> None:
    profile = profiles()["mong-cai"]
    assert list(too_far("gates.yml", profile)) == []
    far = replace(profile, led=replace(profile.led, distance_mm=10_000))
    (problem,) = too_far("gates.yml", far)
    assert problem.code == "led-too-far"
    nearest = float(dict(problem.values)["nearest"]) * 1000  # type: ignore[arg-type]
    assert 4000 < nearest < 10_000
    assert list(too_far("gates.yml", replace(far, led=replace(far.led, distance_mm=nearest)))) == []


# ----------------------------------------------------------------------------
# The built page
# ----------------------------------------------------------------------------


def test_whoever_looks_reads_a_title_within_half_a_minute(kiosk: Path, gate: Profile) -> None:
    html = (kiosk / "_gates" / gate.id / "led" / "index.html").read_text(encoding="utf-8")
    dwell = DWELL.search(html)
    assert dwell
    spoken = re.findall(r'<article [^>]*data-language="(\d)"', html)
    for language in range(len(gate.languages)):
        places = [place for place, code in enumerate(spoken) if code == str(language)]
        gaps = [after - before for before, after in pairwise([*places, places[0] + len(spoken)])]
        assert max(gaps) * int(dwell[1]) <= TURN_S * 1000, gate.languages[language]


def test_the_page_leads_nowhere_and_says_what_it_is(kiosk: Path, gate: Profile) -> None:
    html = (kiosk / "_gates" / gate.id / "led" / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"<(a|button|input|form|video|audio|iframe)\b|\bstyle=|\bon\w+=", html)
    assert html.count("Bản mẫu: không phải ấn phẩm chính thức") == 1
    assert html.count('class="frame__code"') == len(ARTICLE.findall(html))
    for source in re.findall(r'\bsrc="([^"]+)"', html):
        assert (kiosk / "led" / source).resolve().is_file(), source


def test_codes_lead_to_the_page_in_the_language_that_is_shown(kiosk: Path) -> None:
    html = (kiosk / "led" / "index.html").read_text(encoding="utf-8")
    shown = {
        re.search(r'lang="([\w-]+)"', frame)[1]: re.search(r'src="\.\./(qr/\w+\.svg)"', frame)[1]  # type: ignore[index]
        for frame in ARTICLE.findall(html)[:6]
    }
    pages = {"vi": "", "en": "en/", "zh-Hans": "zh/", "ja": "ja/", "ko": "ko/", "fr": "fr/"}
    for lang, code in shown.items():
        page = (kiosk / pages[lang] / "gates/mong-cai/index.html").read_text(encoding="utf-8")
        address = f"https://quangninh.example/{pages[lang]}gates/mong-cai/"
        assert re.search(rf'data-qr="[./]*{code}" data-text="{address}"', page), lang
