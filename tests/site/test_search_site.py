"""The search of a built site: what goes into it, and how it feels in a browser."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from small import new_site, page

from chromium import LANGUAGES, serve
from support import build

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ENGINE = {"tokens.js", "minisearch.js", "search-engine.js", "index.js"}
"""Scripts that nobody needs who does not search."""

FILES = {
    "content/index.md": page("Quảng Ninh", "Chào bạn.", "type: home\n"),
    "content/visit/bay.md": page(
        "Vịnh Hạ Long",
        "Hàng nghìn đảo đá vôi.\n\n## Vé tàu {#ve-tau}\n\nVé bán ở cảng. <b>Đá Bạc</b> ở gần.",
        'type: place\nlead: "Đảo và biển."\ncommunes: ["phường Hạ Long"]\naliases: ["Thủy cung"]\n',
    ),
    "content/visit/hidden.md": page("Trang kín", "Bí mật.", "search: {exclude: true}\n"),
    "content/visit/town.md": page("Phố Hạ Long", "Phố biển ở phường Hồng Gai.", "type: place\n"),
    "content/invest/why.md": page("Vì sao đầu tư", "Cảng và đường. Hạ Long ở gần."),
    "content/_data/names.yml": '- ["thành phố Hạ Long", "phường Hạ Long", "phường Hồng Gai"]\n',
    "content/_data/communes.yml": '"phường Hạ Long": {kind: ward}\n',
    "locales/glossary.csv": "vi,en,zh,ja,ko,fr,kind,rule,case,french,note\n"
    "vịnh Hạ Long,Ha Long Bay,下龙湾,ハロン湾,하롱베이,baie d’Ha Long,place,required,x,f,\n",
}

NAV = ["index.md", {"Tham quan": ["visit/bay.md", "visit/town.md"]}, {"Đầu tư": ["invest/why.md"]}]

# ----------------------------------------------------------------------------
# The index
# ----------------------------------------------------------------------------


def data_of(folder: Path) -> dict[str, Any]:
    text = (folder / "search" / "index.js").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text.split("quangbaSearch=", 1)[1].rstrip().rstrip(";"))
    return found


@cache
def urls_of(folder: Path) -> frozenset[str]:
    """Return the pages in the index of one language."""
    return frozenset(row[0] for row in data_of(folder)["pages"])


@pytest.fixture(scope="module")
def config_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("search")
    options = {"publish": "machine"}
    return new_site(root, FILES, languages=("vi", "en", "ja"), quangba=options, nav=NAV)


@pytest.fixture(scope="module")
def site(config_file: Path) -> Path:
    return build(config_file)


def test_every_published_page_is_in_the_index_of_its_language(site: Path) -> None:
    for code in ("", "en", "ja"):
        data = data_of(site / code)
        assert [row[0] for row in data["pages"]] == ["", "invest/why/", "visit/bay/", "visit/town/"]
        assert data["language"] == (code or "vi")
        for row in data["pages"]:
            assert (site / code / row[0] / "index.html").is_file()


def test_text_is_kept_by_section_and_names_are_not_shown(site: Path) -> None:
    data = data_of(site)
    bay = next(row for row in data["pages"] if row[0] == "visit/bay/")
    assert bay[1:3] == ["place", "Vịnh Hạ Long"]
    texts = [text for _, _, text in bay[5]]
    assert any("Đảo và biển." in text for text in texts)
    assert ["Vé tàu", "ve-tau", "Vé bán ở cảng. Đá Bạc ở gần."] in bay[5]
    shown = json.dumps(data["pages"], ensure_ascii=False)
    assert "Thủy cung" not in shown
    assert "thành phố" not in shown
    terms = set(data["terms"].split("\n"))
    assert {"thủy", "thành", "下龙", "ㅎㅏㄹㅗㅇ", "halong"} <= terms


def test_texts_of_the_results_are_in_the_language(site: Path) -> None:
    assert data_of(site / "en")["texts"]["groups"]["place"] == "Places"
    assert "{query}" in data_of(site)["texts"]["none"]


def test_the_same_content_gives_the_same_index(config_file: Path, site: Path) -> None:
    before = (site / "search" / "index.js").read_bytes()
    assert (build(config_file) / "search" / "index.js").read_bytes() == before


def test_wrong_names_are_reported_with_their_file(tmp_path: Path) -> None:
    files = {**FILES, "content/_data/names.yml": "- Hạ Long\n"}
    build(new_site(tmp_path, files, languages=("vi", "en")))
    report = (tmp_path / "reports" / "build.txt").read_text(encoding="utf-8")
    assert "content/_data/names.yml" in report
    assert "không phải một nhóm tên" in report


# ----------------------------------------------------------------------------
# Our own site
# ----------------------------------------------------------------------------


@pytest.mark.parametrize("code", LANGUAGES)
def test_our_index_keeps_its_budget(portal: Path, code: str) -> None:
    data = (portal / "site" / "portal" / LANGUAGES[code] / "search" / "index.js").read_bytes()
    assert len(gzip.compress(data, 9)) <= 150_000


def test_our_scripts_keep_their_budget() -> None:
    overrides = Path(__file__).parents[2] / "overrides"
    sizes = {
        name: len(gzip.compress((overrides / folder / "assets/javascripts" / name).read_bytes(), 9))
        for folder, name in (
            ("portal", "search.js"),
            ("shared", "search-engine.js"),
            ("shared", "tokens.js"),
            ("shared", "minisearch.js"),
        )
    }
    library = sizes.pop("minisearch.js")
    assert sum(sizes.values()) <= 12_000
    assert library <= 7_000
    assert sizes["search.js"] <= 4_000, "every page loads it"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("code", "query", "url"),
    [
        ("vi", "ha long", "visit/ha-long-bay/"),
        ("vi", "Vịnh Hạ Long", "visit/ha-long-bay/"),
        ("vi", "halong", "visit/ha-long-bay/"),
        ("vi", "下龙", "visit/ha-long-bay/"),
        ("vi", "yen tu", "visit/yen-tu/"),
        ("vi", "huyện vân đồn", "visit/bai-tu-long-van-don/"),
        ("vi", "cua khau mong cai", "gates/mong-cai/"),
        ("vi", "thi thuc", "visit/visas/"),
        ("en", "Hạ Long", "visit/ha-long-bay/"),
        ("en", "ha long bay", "visit/ha-long-bay/"),
        ("en", "vịnh hạ long", "visit/ha-long-bay/"),
        ("en", "yen tu", "visit/yen-tu/"),
        ("zh", "下龙", "visit/ha-long-bay/"),
        ("zh", "ha long", "visit/ha-long-bay/"),
        ("zh", "签证", "visit/visas/"),
        ("ja", "ハロン", "visit/ha-long-bay/"),
        ("ja", "はろん", "visit/ha-long-bay/"),
        ("ja", "Hạ Long", "visit/ha-long-bay/"),
        ("ja", "ビザ", "visit/visas/"),
        ("ko", "하롱", "visit/ha-long-bay/"),
        ("ko", "하로", "visit/ha-long-bay/"),
        ("ko", "비자", "visit/visas/"),
        ("fr", "ha long", "visit/ha-long-bay/"),
        ("fr", "baie d'ha long", "visit/ha-long-bay/"),
    ],
)
def test_our_own_pages_come_first(own: Page, portal: Path, code: str, query: str, url: str) -> None:
    page, folder = own, portal / "site" / "portal" / LANGUAGES[code]
    if url not in urls_of(folder):
        pytest.skip(f"{url} is not published in this language")
    page.goto(f"{(folder / 'search' / 'index.html').as_uri()}?q={quote(query)}")
    expect(results(page).first).to_be_visible()
    link = results(page).first.get_attribute("href") or ""
    assert link.split("#")[0] == (folder / url / "index.html").as_uri()
    assert page.locator(".found mark").count() or query in ("halong", "下龙")


# ----------------------------------------------------------------------------
# In a browser
# ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[str]:
    with serve(site) as address:
        yield address


@pytest.fixture(scope="module")
def own(browser: Browser) -> Iterator[Page]:
    """Open one window for pages of our own site."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.set_default_timeout(10_000)
    yield page
    page.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.set_default_timeout(10_000)
    yield context
    context.close()


class Reader:
    """A reader, and everything that the browser fetched or complained of for him."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.fetched: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.fetched.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    @property
    def scripts(self) -> set[str]:
        return {url.rsplit("/", 1)[-1] for url in self.fetched if url.endswith(".js")}

    @property
    def focused(self) -> str:
        found: str = self.page.evaluate("document.activeElement.outerHTML")
        return found


@pytest.fixture
def reader(context: BrowserContext) -> Iterator[Reader]:
    reader = Reader(context.new_page())
    yield reader
    assert reader.complaints == []


def results(page: Page) -> Any:
    return page.locator(".search__results .found__item a")


@pytest.mark.browser
def test_nothing_is_loaded_before_somebody_searches(reader: Reader, server: str) -> None:
    page = reader.page
    page.goto(f"{server}visit/bay/")
    assert not reader.scripts & ENGINE
    page.locator("[data-search]").click()
    page.keyboard.type("phố")
    expect(results(page).first).to_be_visible()
    assert reader.scripts >= ENGINE
    assert all(url.startswith(server) for url in reader.fetched)


@pytest.mark.browser
def test_the_dialog_by_keyboard(reader: Reader, server: str) -> None:
    page = reader.page
    page.goto(f"{server}invest/why/")
    page.locator("[data-search]").focus()
    page.keyboard.press("Enter")
    assert "<input" in reader.focused
    page.keyboard.type("ha long")
    expect(results(page)).to_have_count(3)
    assert results(page).first.text_content() == "Vịnh Hạ Long"
    page.keyboard.press("ArrowDown")
    assert "visit/bay/" in reader.focused
    page.keyboard.press("ArrowDown")
    assert "visit/town/" in reader.focused
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert "<input" in reader.focused
    page.keyboard.press("Escape")
    expect(page.locator(".search-dialog")).to_be_hidden()
    assert "data-search" in reader.focused
    page.keyboard.press("Enter")
    assert page.locator(".search-dialog input").input_value() == "ha long"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server}visit/bay/**")


@pytest.mark.browser
def test_the_dialog_closes_by_its_button_and_from_outside(reader: Reader, server: str) -> None:
    page = reader.page
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{server}visit/town/")
    dialog = page.locator(".search-dialog")
    page.locator("[data-search]").click()
    dialog.locator(".search-dialog__close").click()
    expect(dialog).to_be_hidden()
    page.locator("[data-search]").click()
    page.mouse.click(20, 600)
    expect(dialog).to_be_hidden()


@pytest.mark.browser
def test_enter_leads_to_the_search_page(reader: Reader, server: str) -> None:
    page = reader.page
    page.goto(f"{server}en/visit/town/")
    page.locator("[data-search]").click()
    page.keyboard.type("hạ long")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server}en/search/?q=*")
    expect(results(page)).to_have_count(3)
    assert page.locator("main input").input_value() == "hạ long"
    results(page).first.click()
    page.wait_for_url(f"{server}en/visit/**")


@pytest.mark.browser
def test_counts_are_told_politely_and_once(reader: Reader, server: str) -> None:
    page = reader.page
    page.goto(f"{server}en/search/")
    page.evaluate(
        """() => {
          window.told = [];
          const status = document.querySelector('[role=status]');
          new MutationObserver(() => window.told.push(status.textContent))
            .observe(status, {childList: true});
        }"""
    )
    page.locator("main input").press_sequentially("hạ long", delay=20)
    expect(page.locator("[role=status]")).to_have_text("3 results for “hạ long”")
    assert page.evaluate("told.filter(text => text.includes('results')).length") == 1


@pytest.mark.browser
def test_matched_words_are_marked_in_their_context(reader: Reader, server: str) -> None:
    page = reader.page
    page.goto(f"{server}search/?q=da+bac")
    expect(results(page)).to_have_count(1)
    assert page.locator(".found__text mark").all_text_contents() == ["Đá Bạc"]
    assert page.locator(".found__text").text_content() == "Vé tàu Vé bán ở cảng. Đá Bạc ở gần."
    assert (results(page).get_attribute("href") or "").endswith("/visit/bay/#ve-tau")
    results(page).click()
    page.wait_for_url(f"{server}visit/bay/#ve-tau")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("folder", "query", "url"),
    [
        pytest.param("", "thành phố hạ long", "visit/town/", id="old_name_of_what_is_mentioned"),
        pytest.param("", "thuỷ cung", "visit/bay/", id="alias"),
        pytest.param("en/", "下龙", "visit/bay/", id="name_in_another_script"),
        pytest.param("ja/", "ハロン", "visit/bay/", id="name_of_the_glossary"),
        pytest.param("ja/", "vịnh hạ long", "visit/bay/", id="name_in_vietnamese"),
    ],
)
def test_other_names_find_the_page(
    reader: Reader, server: str, folder: str, query: str, url: str
) -> None:
    page = reader.page
    page.goto(f"{server}{folder}search/?q={query}")
    expect(results(page).first).to_be_visible()
    links = results(page).evaluate_all("links => links.map(link => link.href)")
    assert f"{server}{folder}{url}" in [link.split("#")[0] for link in links]


@pytest.mark.browser
def test_where_nothing_is_found_links_lead_on(reader: Reader, server: str) -> None:
    page = reader.page
    page.goto(f"{server}en/search/?q=qwxyzzy")
    expect(page.locator("[role=status]")).to_have_text("Nothing found for “qwxyzzy”")
    links = page.locator(".search__start a")
    assert 2 <= links.count() <= 3
    assert links.first.is_visible()
    page.locator("main input").fill("hạ long")
    expect(results(page).first).to_be_visible()
    assert not links.first.is_visible()
    page.locator("main input").fill("")
    expect(results(page)).to_have_count(0)


def wait_for_count(status: Locator) -> None:
    """Wait until it is said how much was found; it is drawn before, and said after a pause."""
    loading = status.get_attribute("data-loading")
    for _ in range(200):
        status.page.clock.run_for(500)
        if status.text_content() not in ("", loading):
            return
        status.page.wait_for_timeout(20)
    raise AssertionError("nothing is said")


@pytest.mark.browser
@pytest.mark.parametrize(
    "query",
    [
        pytest.param("x" * 10_000, id="long"),
        pytest.param("hạ long " * 1250, id="long_words"),
        pytest.param("<img src=x onerror=document.title='caught'>hạ", id="html"),
        pytest.param("</template><script>document.title='caught'</script>", id="script"),
        pytest.param("\U0001f3dd\ufe0f\U0001f468\u200d\U0001f469", id="emoji"),
        pytest.param("   \u3000", id="blanks"),
        pytest.param("\x00\x07\x1b hạ", id="controls"),
        pytest.param("$& $1 {count} {query}", id="patterns"),
        pytest.param("__proto__ constructor", id="prototype"),
    ],
)
def test_hostile_queries_do_no_harm(reader: Reader, server: str, query: str) -> None:
    page = reader.page
    page.clock.install()
    page.goto(f"{server}visit/town/")
    title = page.title()
    page.locator("[data-search]").click()
    field = page.locator(".search-dialog input")
    field.evaluate("(input, text) => { input.value = text }", query)
    field.dispatch_event("input")
    if query.strip():
        wait_for_count(page.locator(".search-dialog [role=status]"))
    else:
        page.wait_for_timeout(200)
        page.clock.run_for(2000)
    assert page.title() == title
    assert page.locator(".search-dialog :is(img, script)").count() == 0
    page.keyboard.press("Enter")
    if query.strip():
        page.wait_for_url(f"{server}search/?q=*")
        assert len(page.url) < 2500
        wait_for_count(page.locator("main [role=status]"))
        assert page.locator("main :is(img, script)").count() == 0
        assert page.locator("[role=status]").text_content() != ""


@pytest.mark.browser
def test_lone_surrogates_and_broken_addresses_do_no_harm(reader: Reader, server: str) -> None:
    page = reader.page
    page.goto(f"{server}search/?q=%E1%BA%ff%zz{'%61' * 5000}")
    expect(page.locator("[role=status]")).not_to_be_empty()
    field = page.locator("main input")
    field.evaluate("input => { input.value = '\\ud83c hạ \\udf34' }")
    field.dispatch_event("input")
    field.dispatch_event("change")
    field.press("Enter")
    expect(page.locator("[role=status]")).to_contain_text("hạ")


@pytest.mark.browser
def test_a_search_that_cannot_be_loaded_says_so_and_tries_again(
    context: BrowserContext, server: str
) -> None:
    page = context.new_page()
    page.route("**/search/index.js", lambda route: route.abort())
    page.goto(f"{server}en/search/")
    field = page.locator("main input")
    field.fill("phố")
    failed = page.locator("[role=status]").get_attribute("data-failed") or "?"
    expect(page.locator("[role=status]")).to_have_text(failed)
    assert page.locator(".search__start a").first.is_visible()
    page.unroute("**/search/index.js")
    field.fill("phố hạ")
    expect(results(page).first).to_be_visible()


@pytest.mark.browser
def test_it_works_from_a_disk(context: BrowserContext, site: Path) -> None:
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((site / "ja" / "visit" / "town" / "index.html").as_uri())
    page.locator("[data-search]").click()
    page.keyboard.type("ハロン")
    expect(results(page)).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/ja/search/index.html?q=*")
    expect(results(page)).to_have_count(1)
    results(page).click()
    page.wait_for_url("**/ja/visit/bay/index.html*")
    assert errors == []


@pytest.mark.browser
def test_without_javascript_the_link_leads_to_a_page_that_leads_on(
    browser: Browser, server: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}visit/bay/")
    page.locator("[data-search]").click()
    page.wait_for_url(f"{server}search/")
    assert page.locator(".search__start noscript").is_visible()
    assert page.locator(".search__start a").first.is_visible()
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_the_dialog_fits_every_screen(reader: Reader, server: str, width: int) -> None:
    page = reader.page
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{server}visit/bay/")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.locator("[data-search]").click()
    page.keyboard.type("hạ long")
    expect(results(page).first).to_be_visible()
    wide = page.evaluate(
        """() => [...document.querySelectorAll('.search-dialog *')].filter(element => {
          const box = element.getBoundingClientRect();
          return element.checkVisibility() && box.width
            && (box.right > innerWidth + 1 || box.left < -1);
        }).map(element => element.className)"""
    )
    assert wide == []
    page.evaluate("document.documentElement.style.fontSize = ''")
    low = page.evaluate(
        """() => [...document.querySelectorAll('.search-dialog :is(button, input, .search__more)')]
          .filter(element => element.checkVisibility())
          .filter(element => element.getBoundingClientRect().height < 44)
          .map(element => element.className)"""
    )
    assert low == []
