"""Sheets of paper: what stands on them, in which language, and that it fits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from find_pages import contexts, workspace
from playwright.sync_api import Browser

from chromium import Visitor, serve, visitor
from quangba.kiosk.leaflets import list_sheets
from quangba.site.outputs import Output
from quangba.site.screen import leaflet

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LANGUAGES = {"vi": "vi", "en": "en", "zh": "zh-Hans", "ja": "ja", "ko": "ko", "fr": "fr"}

PREPARE = {
    "vi": "Cần chuẩn bị gì",
    "en": "What to prepare",
    "zh": "需要准备什么",
    "ja": "準備するもの",
    "ko": "준비물",
    "fr": "Que préparer",
}
"""Heading of the gate's page below which its steps are."""

GATES = (
    "mong-cai",
    "hoanh-mo",
    "bac-phong-sinh",
    "ha-long-port",
    "tuan-chau-port",
    "van-don-airport",
)

LOOKED_AT = [
    *(("mong-cai", name) for name in (*LANGUAGES, "vi-zh")),
    *((gate, name) for gate in GATES[1:] for name in ("fr", "vi-zh")),
]
"""French needs the most room; the sheet with two columns has the least."""

LAID_OUT = """() => {
  const words = [...document.querySelectorAll(".side *")].filter((element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
    && element.checkVisibility());
  const sides = [...document.querySelectorAll(".side")].map((side) => side.getBoundingClientRect());
  return {
    sides: sides.map(({ width, height }) => [width, height]),
    long: document.querySelectorAll("[data-long]").length,
    small: words.filter((word) => parseFloat(getComputedStyle(word).fontSize) < 8 * 96 / 72 - 0.05)
      .map((word) => word.textContent),
    out: words.filter((word) => {
      const box = word.getBoundingClientRect();
      const page = word.closest(".side").getBoundingClientRect();
      return box.left < page.left + 30 || box.right > page.right - 30 || box.top < page.top
        || box.bottom > page.bottom - 15;
    }).map((word) => word.textContent),
    picture: document.querySelector(".opening").getBoundingClientRect().height,
    left: document.querySelectorAll("[data-drop]:not([hidden])").length,
    gone: document.querySelectorAll("[data-drop][hidden]").length,
    empty: [...document.querySelectorAll("h2, h3")].filter((head) => head.checkVisibility()
      && !head.textContent.trim()).length,
    pairs: [...document.querySelectorAll(".pair:not(.pair--place)")]
      .filter((pair) => pair.checkVisibility())
      .map((pair) => [...pair.children].map((one) => [one.lang, one.textContent.trim() !== ""])),
  };
}"""

browsing = pytest.mark.browser

# ----------------------------------------------------------------------------
# What stands on them
# ----------------------------------------------------------------------------


def sheet(kiosk: Path, gate: str, name: str) -> str:
    return (kiosk / "_print" / gate / name / "index.html").read_text(encoding="utf-8")


def test_every_gate_has_a_sheet_in_each_of_its_languages_and_one_in_two(kiosk: Path) -> None:
    found = {(each.gate, each.name) for each in list_sheets(kiosk)}
    assert found == {(gate, name) for gate in GATES for name in (*LANGUAGES, "vi-zh")}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_sheet_says_who_what_how_and_how_fresh(kiosk: Path, code: str) -> None:
    html, context = sheet(kiosk, "mong-cai", code), contexts()[code]
    assert f'<html lang="{LANGUAGES[code]}"' in html
    assert f"<title>{context.title_of('gates/mong-cai.md')} – " in html
    assert f"<h2>{PREPARE[code]}</h2>" in html
    assert html.count("<li>") >= 5
    assert context.label("users", "everyone") in html
    assert context.title_of("visit/ha-long-bay.md") in html
    assert context.title_of("events/index.md") in html
    assert "CC BY 4.0" in html
    assert html.count(context.interface("Sample edition: not an official publication")) == 2
    address = f"https://quangninh.example/{'' if code == 'vi' else code + '/'}gates/mong-cai/"
    assert address in html.replace("<wbr>", "")
    assert "{{" not in html
    assert "None" not in html


def test_nothing_but_its_own_files_is_on_a_sheet(kiosk: Path) -> None:
    for each in list_sheets(kiosk):
        html = sheet(kiosk, each.gate, each.name)
        assert re.findall(r"<script[^>]*>", html) == [
            '<script src="../../../assets/javascripts/leaflet.js" defer>'
        ]
        assert not re.search(r"<a\b|<button\b|\bstyle=|\bon\w+=", html)
        for name in re.findall(r'\b(?:src|href)="([^"]+)"', html):
            path = (kiosk / each.url / name).resolve()
            assert path.is_file(), name
            assert path.is_relative_to(kiosk.resolve())


def test_no_number_is_printed_as_long_as_none_has_a_source(kiosk: Path) -> None:
    for each in list_sheets(kiosk):
        text = re.sub(r"<[^>]*>", " ", sheet(kiosk, each.gate, each.name))
        assert not re.search(r"\+84|\b0\d{9}\b|\b1[01][0-9]\b(?=\s*[^ \d.,%])\s*gọi", text)
        assert "part--contact" not in sheet(kiosk, each.gate, each.name)


def test_a_desk_is_printed_with_the_lines_that_have_a_source(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    context, name = contexts()["en"], "invest/contacts/investment-support.md"
    source = {"title": "Decision", "publisher": "Province", "date": "2026-10-01"}
    phone = {"value": "+84 203 1", "as_of": "2026-10-01", "source": source}
    meta = {**context.meta_of(name), "audience": "travellers", "phone": phone}
    monkeypatch.setitem(context._metas, name, meta)
    profile = workspace().profiles.entries["mong-cai"]
    output = Output(context, Path())
    found = leaflet.Sheet([output], output, profile, "_print/mong-cai/en/").contacts()
    assert [desk["title"] for desk in found] == [context.title_of(name)]
    assert [(line["field"], line["text"]) for line in found[0]["lines"]] == [("phone", "+84 203 1")]
    assert str(found[0]["lines"][0]["as_of"]) == "1 October 2026"


def test_a_page_that_one_language_lacks_is_on_no_sheet_of_two(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole, lacking = leaflet.published, "visit/tra-co-mong-cai.md"

    def published(output: Output, name: str) -> bool:
        return whole(output, name) and (name, output.context.language.code) != (lacking, "zh")

    profile = workspace().profiles.entries["mong-cai"]
    both = [Output(contexts()[code], Path()) for code in ("vi", "zh")]
    here = "_print/mong-cai/vi-zh/"

    def names(outputs: list[Output]) -> list[str]:
        places = leaflet.Sheet(outputs, outputs[0], profile, here).places()
        return [place["name"] for place in places]

    assert names(both)[0] == lacking
    monkeypatch.setattr(leaflet, "published", published)
    assert lacking not in names(both)
    assert names(both[:1])[0] == lacking


def test_a_gate_that_a_language_lacks_has_no_sheet_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    profile = workspace().profiles.entries["mong-cai"]
    outputs = [Output(contexts()[code], Path()) for code in profile.languages]
    monkeypatch.setattr(
        leaflet, "published", lambda output, name: output.context.language.code in ("vi", "ja")
    )
    monkeypatch.setattr(
        leaflet, "sheet_file", lambda outputs, profile, name, template: (name, template)
    )
    found = dict(leaflet.leaflet_files(outputs, profile))
    assert found == {"vi": "leaflet.html", "ja": "leaflet.html"}


# ----------------------------------------------------------------------------
# In the browser
# ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def desk(browser: Browser, kiosk: Path) -> Iterator[Visitor]:
    """Open the sheets of a build."""
    with serve(kiosk) as address, visitor(browser, address) as found:
        yield found


@browsing
@pytest.mark.parametrize(("gate", "name"), LOOKED_AT, ids=map("-".join, LOOKED_AT))
def test_a_sheet_fits_two_sides_without_small_letters(desk: Visitor, gate: str, name: str) -> None:
    desk.forget()
    found = desk.go(f"_print/{gate}/{name}/").evaluate(LAID_OUT)
    assert found["long"] == 0
    assert found["sides"] == [pytest.approx([793.7, 1121.76], abs=0.6)] * 2
    assert found["small"] == []
    assert found["out"] == []
    assert found["empty"] == 0
    assert found["picture"] >= 49 * 96 / 25.4
    assert found["left"] >= 3
    assert (desk.foreign, desk.complaints) == ([], [])
    if name == "vi-zh":
        assert len(found["pairs"]) >= 20
        assert {tuple(lang for lang, _ in pair) for pair in found["pairs"]} <= {("vi", "zh-Hans")}
        assert all(said for pair in found["pairs"] for _, said in pair)


@browsing
def test_what_goes_is_what_is_least_needed_and_always_the_same(desk: Visitor) -> None:
    left = """() => [...document.querySelectorAll("[data-drop]")].map((one) => one.hidden)"""
    first = desk.go("_print/mong-cai/fr/").evaluate(left)
    assert any(first)
    assert not all(first)
    assert desk.go("_print/mong-cai/fr/").evaluate(left) == first
    steps = desk.page.locator(".steps li")
    assert all(steps.nth(i).is_visible() for i in range(steps.count()))
    assert desk.page.locator(".code img").is_visible()
