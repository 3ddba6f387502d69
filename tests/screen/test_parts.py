"""What templates ask for: publishers in short, titles of what texts link to, routes."""

from __future__ import annotations

import pytest
from find_pages import contexts

from quangba.site.screen.parts import publishers, routes, title_at
from quangba.site.screen.views import ScreenView

CODES = ("vi", "en", "zh", "ja", "ko", "fr")

by_language = pytest.mark.parametrize("code", CODES)


def view(code: str, here: str = "") -> ScreenView:
    """Return the view of a page of our own site."""
    context = contexts()[code]
    return ScreenView(context, None, context.file(here))


# ----------------------------------------------------------------------------
# Titles
# ----------------------------------------------------------------------------


@by_language
def test_an_address_in_a_text_has_the_title_of_its_page(code: str) -> None:
    seen = view(code, "visit/getting-here/")
    for address in ("../visas/", "../visas/index.html", "../visas/#so", "../../visit/visas/"):
        assert title_at(seen, address) == contexts()[code].title_of("visit/visas.md")


def test_what_is_no_page_of_the_language_has_none() -> None:
    seen = view("ja", "visit/getting-here/")
    for address in ("", "../no-such-page/", "../../../../..", "../../images/gate.svg"):
        title = title_at(seen, address)
        assert title is None or address == "", address
    assert title_at(view("ja", "visit/"), "../../visit/visas/") is None  # the Vietnamese page


# ----------------------------------------------------------------------------
# Publishers
# ----------------------------------------------------------------------------


def source(publisher: str, title: str = "T", date: str = "2 tháng 1", lang: str = "") -> dict:
    """Return a source as views give it."""
    return {"publisher": publisher, "title": title, "date": date, "title_lang": lang}


def test_each_publisher_is_named_once_with_its_days() -> None:
    found = publishers(
        contexts()["vi"],
        [
            source("VnExpress, 23 Sep 2025", lang="en"),
            source("Báo Quảng Ninh, 2021"),
            source("VnExpress, 5 Jan 2026"),
            source("VnExpress, 23 Sep 2025"),
            source("", title="Nghị quyết <1>"),
        ],
    )
    assert [entry["name"] for entry in found] == [
        "VnExpress",
        "Báo Quảng Ninh",
        "Nghị quyết &lt;1&gt;",
    ]
    assert [entry["lang"] for entry in found] == ["en", "vi", "vi"]
    assert [len(entry["days"]) for entry in found] == [2, 1, 1]
    assert "2025" in str(found[0]["days"][0])
    assert found[2]["days"] == ["2 tháng 1"]


# ----------------------------------------------------------------------------
# Routes
# ----------------------------------------------------------------------------


@by_language
def test_routes_begin_or_end_where_the_gate_is(code: str) -> None:
    here = {"vi": "Móng Cái", "en": "Mong Cai", "zh": "芒街", "ja": "モンカイ", "ko": "몽까이"}
    found = routes(view(code, "way/"), "gates/mong-cai.md")
    assert len(found) == 4
    for leg in found:
        assert here.get(code, "Mong Cai") in (leg["from"], leg["to"])
        assert here.get(code, "Mong Cai") != leg["there"]
        assert leg["there"] == (leg["from"] if leg["arriving"] else leg["to"])
        assert leg["mode"] in ("road", "sea", "air")
        assert leg["page"] == "visit/getting-here.md"
        assert "{fact:" not in str(leg)


def test_a_gate_that_no_route_names_has_none() -> None:
    assert routes(view("vi", "way/"), "gates/hoanh-mo.md") == []


def test_a_way_that_is_only_planned_is_not_shown() -> None:
    for gate in ("mong-cai", "ha-long-port", "van-don-airport"):
        found = routes(view("vi", "way/"), f"gates/{gate}.md")
        assert found
        assert all(leg["mode"] != "plan" for leg in found)
