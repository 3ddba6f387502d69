"""Pages as data: lists, related pages, trails and structured data made from front matter."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from crawler import Document
from small import built, messages, new_site, page

# ----------------------------------------------------------------------------
# The site
# ----------------------------------------------------------------------------

SOURCE = "source: {title: Bài, publisher: Báo, date: 2025, url: 'https://example.org/a'}\n"
GLANCE = "glance: [{label: Nơi, text: Đây}]\n"

PLACE = f"type: place\narea: ha-long\ncommunes: []\nfeatures: [beach]\n{GLANCE}"
EVENT = f"type: event\nstatus: usual\nwhen: {{calendar: solar, month: 5, day: 1}}\n{SOURCE}"
PROJECT = f"type: project\nsector: energy\nstatus: calling\nas_of: 2025\n{SOURCE}"
HUB = """type: hub
shelves:
- {title: Nơi, kind: place}
- {title: Hai nơi, kind: place, pages: [visit/b.md, visit/a.md]}
- {title: Một, kind: place, limit: 1, all: visit/index.md}
- {title: Tin, kind: news, empty: Chưa có tin.}
"""

FILES = {
    "index.md": page("Trang chủ", "Chào.", "type: home\n"),
    "visit/index.md": page("Tham quan", "", HUB),
    "visit/a.md": page("Nơi <A>", "A.", PLACE + "near: [visit/b.md]\nlead: Dẫn & lời.\n"),
    "visit/b.md": page("Nơi B", "B.", PLACE),
    "visit/trip.md": page(
        "Chuyến",
        "",
        "type: itinerary\ndays: 1\nstart: visit/a.md\n"
        "stops: [{day: 1, place: visit/b.md, text: Đi.}]\n",
    ),
    "visit/fair.md": page("Hội", "Hội.", EVENT + "place: visit/b.md\n"),
    "invest/dam.md": page("Đập", "", PROJECT + "capital_usd: 2200000000\n"),
}

NAV = ["index.md", {"Tham quan": ["visit/index.md", "visit/a.md", "visit/b.md"]}]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    root = tmp_path_factory.mktemp("records")
    files = {f"content/{name}": text for name, text in FILES.items()}
    return built(new_site(root, files, languages=("vi",), nav=NAV))


def titles(document: Document, shelf: str) -> list[str]:
    section = document.root.one("section", **{"aria-labelledby": shelf})
    return [node.text() for node in section.all("h3")]


# ----------------------------------------------------------------------------
# Lists and related pages
# ----------------------------------------------------------------------------


def test_a_shelf_lists_the_pages_of_a_kind_in_the_order_of_the_navigation(
    site: dict[str, Document],
) -> None:
    assert titles(site["visit/index.html"], "qb-shelf-1") == ["Nơi <A>", "Nơi B"]


def test_a_shelf_keeps_the_order_that_it_names(site: dict[str, Document]) -> None:
    assert titles(site["visit/index.html"], "qb-shelf-2") == ["Nơi B", "Nơi <A>"]


def test_a_shelf_may_be_short_and_leads_to_the_rest(site: dict[str, Document]) -> None:
    hub = site["visit/index.html"]
    assert titles(hub, "qb-shelf-3") == ["Nơi <A>"]
    section = hub.root.one("section", **{"aria-labelledby": "qb-shelf-3"})
    assert section.one("a", class_="more").get("href") == "./"


def test_an_empty_shelf_says_so_in_the_words_of_the_page(site: dict[str, Document]) -> None:
    section = site["visit/index.html"].root.one("section", **{"aria-labelledby": "qb-shelf-4"})
    assert section.one("p", class_="empty").text() == "Chưa có tin."


def test_related_pages_are_found_both_ways(site: dict[str, Document]) -> None:
    place = site["visit/b/index.html"]
    assert titles(place, "qb-related-place") == ["Nơi <A>"]
    assert titles(place, "qb-related-itinerary") == ["Chuyến"]
    assert titles(place, "qb-related-event") == ["Hội"]


def test_front_matter_cannot_add_html(site: dict[str, Document]) -> None:
    for document in site.values():
        assert not document.root.all("a", href="A")
        assert "Nơi <A>" not in document.raw


def test_a_record_outside_the_navigation_is_in_the_section_of_its_folder(
    site: dict[str, Document],
) -> None:
    trip = site["visit/trip/index.html"]
    nav = trip.root.one("nav", class_="sections")
    assert [a.text() for a in nav.all("a", **{"aria-current": "true"})] == ["Tham quan"]
    trail = trip.root.one("nav", class_="trail")
    assert [item.text() for item in trail.all("li")] == ["Thử", "Tham quan"]


def test_a_project_without_a_lead_describes_itself(site: dict[str, Document]) -> None:
    description = site["invest/dam/index.html"].root.one("meta", name="description")
    assert "2,2" in description.get("content")


# ----------------------------------------------------------------------------
# Structured data
# ----------------------------------------------------------------------------


def data(document: Document) -> dict[str, dict[str, object]]:
    script = document.root.one("script", type="application/ld+json")
    text = "".join(child for child in script.children if isinstance(child, str))
    found = json.loads(text)
    return {json.dumps(thing["@type"]): thing for thing in found}


def test_a_place_is_an_attraction_in_its_language(site: dict[str, Document]) -> None:
    found = data(site["visit/a/index.html"])['["TouristAttraction", "Beach"]']
    assert found["name"] == "Nơi <A>"
    assert found["inLanguage"] == "vi"
    assert found["url"] == "https://example.test/visit/a/"


def test_an_event_has_its_next_date_and_place(site: dict[str, Document]) -> None:
    found = data(site["visit/fair/index.html"])['"Festival"']
    assert str(found["startDate"]).endswith("-05-01")
    assert found["location"]["name"] == "Nơi B"  # type: ignore[index]


def test_breadcrumbs_are_absolute_and_end_at_the_page(site: dict[str, Document]) -> None:
    found = data(site["visit/a/index.html"])['"BreadcrumbList"']
    items = [entry["item"] for entry in found["itemListElement"]]  # type: ignore[attr-defined]
    assert items == [
        "https://example.test/",
        "https://example.test/visit/",
        "https://example.test/visit/a/",
    ]


def test_a_site_without_an_address_has_no_structured_data(tmp_path: Path) -> None:
    files = {f"content/{name}": text for name, text in FILES.items()}
    with messages():
        documents = built(new_site(tmp_path, files, languages=("vi",), nav=NAV, site_url=""))
    assert not documents["visit/a/index.html"].root.all("script", type="application/ld+json")


# ----------------------------------------------------------------------------
# Whose publication it is
# ----------------------------------------------------------------------------

OFFICIAL = {"masthead": "Trang của tỉnh <Thử>", "legal_line": "Giấy phép số 1"}


@pytest.mark.parametrize("sample", [True, False])
def test_masthead_and_legal_line_stand_on_an_official_site_only(
    tmp_path: Path, sample: bool
) -> None:
    config = new_site(
        tmp_path,
        {"content/index.md": page("Trang chủ", "Chào.", "type: home\n")},
        languages=("vi",),
        quangba={**OFFICIAL, "sample": sample},
    )
    document = built(config)["index.html"]
    shown = document.root.one("p", class_="masthead").text()
    assert (shown == OFFICIAL["masthead"]) is not sample
    assert (OFFICIAL["legal_line"] in document.root.one("footer").text()) is not sample
    assert "<Thử>" not in document.raw
