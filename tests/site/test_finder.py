"""The project finder: whole without a script; with one, filters, orders and an address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from crawler import Document, Node, read
from playwright.sync_api import Browser, Page, expect
from project_pages import FORMULA, LONG, MARKUP, PROJECTS, context_of, files
from small import new_site

from chromium import serve
from quangba.site.finder import converted, finder, fold, project_row, ranges, read_rate, wrong_rate
from quangba.site.projects import projects
from support import build, make_site

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

TODAY = date(2026, 11, 26)

FOLDED = {
    "Điện gió Hải Hà": "dien gio hai ha",
    "ĐẶC KHU Vân Đồn": "dac khu van don",
    "Île d’Hạ Long": "ile d’ha long",
    "ＬＮＧ　２０２５": "lng 2025",
    "ガス発電": "ガス発電",
    "하이하 항만": "하이하 항만",
    "海河风电": "海河风电",
}
"""Texts and how a search reads them; Python and JavaScript must agree."""

FIRST = ["wind", "port", "bare", "lng", "formula", "markup"]
"""What is shown at first, in order."""

SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 400);
})"""

# ----------------------------------------------------------------------------
# What the page is told
# ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def config_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site with projects and without templates."""
    root = tmp_path_factory.mktemp("finder")
    return make_site(root, files(), languages=("vi", "en", "ja", "fr"))


def same(url: str) -> str:
    return url


def test_open_projects_come_first_and_earlier_lists_last(config_file: Path) -> None:
    found = finder(context_of(config_file), same)
    names = [row["id"] for row in found["rows"]]
    assert names == ["wind", "port", "bare", "lng", "formula", "markup", "old"]


def test_a_project_without_a_present_day_place_has_none(config_file: Path) -> None:
    found = {row["id"]: row for row in finder(context_of(config_file), same)["rows"]}
    assert (found["wind"]["places"], found["wind"]["former_place"]) == ([], "Hải Hà (huyện cũ)")
    assert (found["bare"]["places"], found["bare"]["former_place"]) == ([], "")
    assert found["port"]["place_keys"] == "phuong-mong-cai xa-hai-ninh"
    assert found["markup"]["former_place"] == LONG


def test_amounts_stay_in_the_currency_of_the_source(config_file: Path) -> None:
    found = {row["id"]: row for row in finder(context_of(config_file, "en"), same)["rows"]}
    lng, port = found["lng"], found["port"]
    assert (lng["vnd"], lng["usd"], lng["converted"]) == (None, 2_200_000_000, "")
    assert [str(text).replace("\xa0", " ") for text in lng["capital"]] == [
        "more than 2.2 billion US dollars"
    ]
    assert (port["vnd"], port["usd"], port["converted"]) == (823_000_000_000, None, "")
    assert found["bare"]["capital"] == []


def test_every_text_is_escaped(config_file: Path) -> None:
    row = project_row(context_of(config_file), same, "projects/markup.md")
    assert row is not None
    assert "<" not in row["title"]
    assert project_row(context_of(config_file), same, "index.md") is None


def test_an_earlier_project_called_for_investment_then(config_file: Path) -> None:
    row = project_row(context_of(config_file, "en"), same, "projects/old.md")
    assert row is not None
    assert (row["status_text"], row["mark"]) == ("Called for investment in 2020", "earlier")


def test_a_search_knows_vietnamese_and_other_names_in_all_languages(config_file: Path) -> None:
    found = {row["id"]: row for row in finder(context_of(config_file, "ja"), same)["rows"]}
    assert "turbine" in found["wind"]["words"]


def test_filters_offer_what_occurs_in_places_by_their_own_names(config_file: Path) -> None:
    found = finder(context_of(config_file), same)
    assert [item["value"] for item in found["sectors"]] == [
        "energy",
        "ports_logistics",
        "technology",
    ]
    places = [item["value"] for item in found["places"]]
    assert places == ["phuong-cua-ong", "xa-hai-ninh", "phuong-mong-cai"]
    assert found["only_usd"]
    assert found["no_capital"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("vi", ["under 1.000 tỷ đồng", "1.000–10.000 tỷ đồng", "from 100.000 tỷ đồng"]),
        ("en", ["under 1 trillion VND", "1–10 trillion VND", "from 100 trillion VND"]),
        ("ja", ["under 1兆ベトナムドン", "1～10兆ベトナムドン", "from 100兆ベトナムドン"]),
    ],
)
def test_ranges_read_as_the_press_writes(config_file: Path, code: str, expected: list[str]) -> None:
    found = ranges(context_of(config_file, code), (1_000, 10_000, 100_000), capital=True)
    texts = [str(item["text"]).replace("\xa0", " ") for item in found]
    assert [texts[0], texts[1], texts[3]] == expected
    assert [item["value"] for item in found] == ["0-1000", "1000-10000", "10000-100000", "100000-"]


@pytest.mark.parametrize(("text", "folded"), FOLDED.items())
def test_a_search_reads_without_marks(text: str, folded: str) -> None:
    assert fold(text) == folded


# ----------------------------------------------------------------------------
# Rates
# ----------------------------------------------------------------------------

RATE = {"value": 26_300, "date": "2026-11-02", "source": "Ngân hàng Nhà nước"}


def with_rate(root: Path, text: str) -> Path:
    return make_site(root, {**files(), "content/_data/rates.yml": text}, languages=("vi", "en"))


def test_a_dated_rate_shows_the_other_currency(tmp_path: Path) -> None:
    config_file = with_rate(
        tmp_path, 'usd_vnd: {value: 26300, date: 2026-11-02, source: "Ngân hàng Nhà nước"}\n'
    )
    context = context_of(config_file, "en")
    rate, problems = read_rate(context.workspace)
    assert problems == []
    found = {project.id: converted(context, project, rate) for project in projects(context)}
    assert found["lng"].replace("\xa0", " ") == "≈ 57.9 trillion VND, rate of 2 November 2026"
    assert found["port"].replace("\xa0", " ") == (
        "≈ 31.3 million US dollars, rate of 2 November 2026"
    )
    assert found["bare"] == ""
    rows = {row["id"]: row for row in finder(context, same)["rows"]}
    assert rows["lng"]["vnd"] == 2_200_000_000 * 26_300
    assert not finder(context, same)["only_usd"]


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        pytest.param(None, "usd_vnd", id="nothing"),
        pytest.param({**RATE, "value": 1 / 26_300}, "value", id="turned-round"),
        pytest.param({**RATE, "value": "26.300"}, "value", id="text"),
        pytest.param({**RATE, "value": True}, "value", id="yes"),
        pytest.param({**RATE, "date": "2026-11"}, "date", id="no-day"),
        pytest.param({**RATE, "date": "2027-01-01"}, "date", id="future"),
        pytest.param({**RATE, "source": " "}, "source", id="no-source"),
    ],
)
def test_a_wrong_rate_says_what_is_wrong(entry: Any, field: str) -> None:
    assert field in wrong_rate(entry, TODAY)


@pytest.mark.parametrize("text", ["usd_vnd: [1", "- 1", "usd_vnd: {value: 5}"])
def test_a_rate_that_cannot_be_used_converts_nothing(tmp_path: Path, text: str) -> None:
    workspace = context_of(with_rate(tmp_path, text)).workspace
    rate, problems = read_rate(workspace)
    assert rate is None
    assert [problem.file for problem in problems] == ["content/_data/rates.yml"]


# ----------------------------------------------------------------------------
# The built page
# ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Document]]:
    """Build a site with our templates; return its folder and pages."""
    config_file = new_site(
        tmp_path_factory.mktemp("site"),
        files(),
        languages=("vi", "en", "ja"),
    )
    folder = build(config_file)
    return folder, read(folder)


def table_of(document: Document) -> Node:
    return document.root.one("table", class_="projects")


def test_the_table_is_whole_without_a_script(site: tuple[Path, dict[str, Document]]) -> None:
    for prefix in ("", "en/", "ja/"):
        document = site[1][f"{prefix}projects/index.html"]
        assert document.wrong == []
        table = table_of(document)
        assert table.one("caption").text()
        heads = table.one("thead").all("th")
        assert [head.get("scope") for head in heads] == ["col"] * 8
        rows = [row for row in table.all("tr") if row.get("data-sector")]
        assert len(rows) == len(PROJECTS)
        assert all(len(row.all("td")) == 7 and row.one("th").get("scope") == "row" for row in rows)
        assert all(cell.get("role") == "cell" for row in rows for cell in row.all("td"))
        assert not document.root.all("form", id="qb-filters")[0].get("style")
        assert "hidden" in document.root.all("form", id="qb-filters")[0].attributes


def test_hostile_titles_are_text(site: tuple[Path, dict[str, Document]]) -> None:
    pages = site[1]
    texts = [
        row.one("a").text() for row in table_of(pages["projects/index.html"]).all("th", scope="row")
    ]
    assert FORMULA in texts
    assert MARKUP in texts
    assert pages["projects/markup/index.html"].h1 == MARKUP
    for document in pages.values():
        assert not any("onclick" in node.attributes for node in document.root.walk())


def test_one_project_says_all_that_is_known(site: tuple[Path, dict[str, Document]]) -> None:
    facts = site[1]["projects/port/index.html"].root.one("dl", class_="project__facts")
    said = facts.text()
    for text in (
        "khoảng 823 tỷ đồng",
        "50,45 ha",
        "xã Hải Ninh",
        "19 tháng 12 năm 2025",
        "Báo Thử",
    ):
        assert text in said.replace("\xa0", " ")
    assert facts.all("a", href="../../zones/mong-cai/")


def test_a_desk_gives_what_has_a_source_and_says_what_is_missing(
    site: tuple[Path, dict[str, Document]],
) -> None:
    facts = site[1]["en/desk/index.html"].root.one("dl", class_="contact__facts")
    assert facts.all("a", href="tel:0203000000")
    assert "日本語" in facts.text() or "ja" in facts.text()
    assert len(facts.all("span", class_="projects__none")) == 4


def test_open_data_names_files_that_exist(site: tuple[Path, dict[str, Document]]) -> None:
    folder, pages = site
    for prefix in ("", "en/", "ja/"):
        document = pages[f"{prefix}data/index.html"]
        at = folder / prefix / "data"
        links = [
            link.get("href") for link in document.root.all("a") if "download" in link.attributes
        ]
        files = [href for href in links if href.endswith((".json", ".csv", ".xlsx"))]
        assert len(files) == 9
        for href in files:
            assert (at / href).resolve().is_file(), href
        schema = next(
            a for a in document.root.all("a") if (a.get("href") or "").endswith("schema.json")
        )
        assert (at / schema.get("href")).resolve().is_file()


# ----------------------------------------------------------------------------
# In a browser
# ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def base(site: tuple[Path, dict[str, Document]]) -> Iterator[str]:
    """Serve the site."""
    with serve(site[0]) as address:
        yield address


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """Open a page that fails the test when anything is wrong in its console."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def shown(page: Page) -> list[str]:
    """Return the names of the rows that can be seen, when the count of them has been said."""
    rows = page.locator("#qb-projects tbody tr[data-sector]:visible")
    expect(page.locator(".filters__count")).to_have_text(re.compile(rf"^{rows.count()}\D"))
    hrefs = page.locator("#qb-projects tbody tr:visible th a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    return [href.strip("/") for href in hrefs]


browsing = pytest.mark.browser


@browsing
def test_filters_make_an_address_and_an_address_filters(tab: Page, base: str) -> None:
    tab.goto(f"{base}en/projects/")
    assert shown(tab) == FIRST
    tab.select_option("#qb-sector", "energy")
    tab.select_option("#qb-sort", "capital-desc")
    assert tab.url.endswith("/projects/?sector=energy&sort=capital-desc")
    assert shown(tab) == ["wind", "formula", "lng", "markup"]
    assert tab.inner_text(".filters__count") == "4 of 6 projects"
    tab.goto(tab.url)
    assert shown(tab) == ["wind", "formula", "lng", "markup"]
    assert tab.input_value("#qb-sort") == "capital-desc"


@browsing
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("capital=0-1000", ["port", "formula"], id="capital"),
        pytest.param("capital=usd", ["lng"], id="dollars"),
        pytest.param("capital=none", ["bare", "markup"], id="no-capital"),
        pytest.param("land=50-250", ["port"], id="land"),
        pytest.param("place=xa-hai-ninh", ["port"], id="second-place"),
        pytest.param("place=none&status=calling", ["wind"], id="no-place"),
        pytest.param("text=HAI+HÀ", ["wind"], id="marks"),
        pytest.param("text=HẢI+GIÓ", ["wind"], id="words-apart"),
        pytest.param("text=turbine", ["wind"], id="alias"),
        pytest.param("text=%3Cb%3E%F0%9F%98%80", [], id="markup-and-emoji"),
        pytest.param("earlier=1&sort=date-asc", [*FIRST, "old"], id="earlier"),
        pytest.param("sector=magic&land=x&sort=price&earlier=yes&x=1", FIRST, id="unknown"),
        pytest.param("sort=land-asc&text=" + "a" * 10_000, [], id="endless"),
    ],
)  # fmt: skip
def test_an_address_shows(tab: Page, base: str, query: str, expected: list[str]) -> None:
    tab.goto(f"{base}projects/?{query}")
    found = shown(tab)
    assert sorted(found) == sorted(expected)
    if "sort" not in query or "magic" in query:
        assert found == expected
    assert tab.is_visible("#qb-projects-empty") is not bool(expected)


@browsing
@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("capital-desc", ["wind", "port", "formula", "lng", "bare", "markup"]),
        ("capital-asc", ["formula", "port", "wind", "lng", "bare", "markup"]),
        ("land-desc", ["wind", "port"]),
        ("land-asc", ["port", "wind"]),
    ],
)
def test_what_is_not_known_comes_last(
    tab: Page, base: str, order: str, expected: list[str]
) -> None:
    tab.goto(f"{base}projects/?sort={order}")
    assert shown(tab)[: len(expected)] == expected


@browsing
def test_back_finds_the_list_as_it_was(tab: Page, base: str) -> None:
    tab.goto(f"{base}projects/")
    tab.select_option("#qb-status", "planned")
    tab.click("#qb-projects tbody tr:visible th a")
    tab.wait_for_url("**/projects/port/")
    tab.go_back()
    assert shown(tab) == ["port", "bare"]
    assert tab.input_value("#qb-status") == "planned"


@browsing
def test_the_keyboard_is_enough(tab: Page, base: str) -> None:
    tab.goto(f"{base}projects/")
    tab.focus("#qb-text")
    tab.keyboard.type("cang")
    assert shown(tab) == ["port", "markup"]
    reached = []
    for _ in range(12):
        tab.keyboard.press("Tab")
        reached.append(
            tab.evaluate("document.activeElement.id || document.activeElement.className")
        )
    fields = ["sector", "status", "place", "capital", "land", "sort", "earlier"]
    assert reached[:7] == [f"qb-{name}" for name in fields]
    assert reached[7:] == ["filters__reset", *["projects__sort"] * 4]
    tab.focus(".filters__reset")
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"{base}projects/")
    assert len(shown(tab)) == 6
    assert tab.evaluate("document.activeElement.id") == "qb-text"


@browsing
def test_heads_sort_and_say_so(tab: Page, base: str) -> None:
    tab.goto(f"{base}projects/")
    head = tab.locator("th[data-sort=capital]")
    said = []
    for _ in range(3):
        head.locator("button").press("Enter")
        said.append((head.get_attribute("aria-sort"), tab.input_value("#qb-sort")))
    assert said == [
        ("descending", "capital-desc"),
        ("ascending", "capital-asc"),
        (None, ""),
    ]


@browsing
@pytest.mark.parametrize("size", [(390, 844), (1440, 900)], ids=["phone", "desktop"])
def test_nothing_jumps_although_the_script_is_late(
    browser: Browser, base: str, size: tuple[int, int]
) -> None:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.route("**/finder.js", lambda route: (page.wait_for_timeout(300), route.continue_()))
    page.goto(f"{base}projects/?sector=energy")
    assert page.evaluate(SHIFT) <= 0.05
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.close()


@browsing
def test_without_scripts_there_is_the_table_and_nothing_dead(browser: Browser, base: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}projects/")
    assert not page.is_visible("#qb-filters")
    assert page.locator("#qb-projects tr[data-sector]:visible").count() == len(PROJECTS)
    context.close()


@browsing
def test_it_works_from_a_folder(tab: Page, site: tuple[Path, dict[str, Document]]) -> None:
    tab.goto((site[0] / "projects" / "index.html").as_uri())
    tab.fill("#qb-text", "lng")
    assert shown(tab) in (["lng"], ["lng/index.html"])
    assert tab.url.endswith("?text=lng")


@browsing
def test_python_and_javascript_fold_alike(tab: Page, base: str) -> None:
    tab.goto(f"{base}projects/")
    source = (
        Path(__file__).parents[2] / "overrides/portal/assets/javascripts/finder.js"
    ).read_text("utf-8")
    function = re.search(r"function fold\(text\) \{.*?\n  \}", source, re.DOTALL)
    assert function
    folded = tab.evaluate(f"texts => {{ {function[0]} return texts.map(fold); }}", list(FOLDED))
    assert folded == list(FOLDED.values())


@browsing
@pytest.mark.parametrize("name", PROJECTS)
def test_each_project_fits_on_one_sheet(tab: Page, base: str, name: str) -> None:
    tab.goto(f"{base}projects/{name}/")
    sheets = re.findall(rb"/Type\s*/Page[^s]", tab.pdf(format="A4", prefer_css_page_size=True))
    # Only the place of sixty words needs a second one.
    assert len(sheets) <= (2 if name == "markup" else 1)
