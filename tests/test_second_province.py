"""
Another province, from its own settings, content and translations alone.

``tests/sites/thanh-hoa`` holds what a province writes itself. Templates and their words in known
languages come to it as ``quangba init`` lays them beside a new site. Lao has its own script and no
translation package; Iu Mien (``ium``), which Dao people speak, is known to no machine and not
even to CLDR. Nothing in it is approved: the tests do that in their copy, as people would.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import polib
import pytest
import yaml
from babel.dates import format_date
from click.testing import CliRunner
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser, Page

from chromium import DESKTOP, serve, visitor
from quangba import cli_init
from quangba.catalogs.approval import approve_language, approve_page
from quangba.catalogs.glossary import Glossary
from quangba.cli import commands
from quangba.errors import QuangbaError
from quangba.media.own_faces import own_faces
from quangba.mt.store import Store
from quangba.mt.translate import Translator, table
from quangba.settings import load_site
from quangba.site.publishing import Publisher
from quangba.site.screen.keys import keys_of
from quangba.source.facts import locale_of
from quangba.source.lunar import in_words
from support import build, open_workspace, pages, sync

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ROOT = Path(__file__).parents[1]
SITE = ROOT / "tests" / "sites" / "thanh-hoa"
ORIGIN = "https://thanhhoa.example"

TARGETS = ("en", "ko", "lo", "ium")
WRITTEN = frozenset({".html", ".xml", ".atom", ".json", ".csv", ".ics", ".js", ".css", ".txt", ""})

SHARED = frozenset({"Việt Nam", "Hà Nội", "Trung Quốc", "Lào", "Hải Phòng", "Biển Đông"})
"""Names in the first province's glossary that are no more its own than another's."""

SPELLED = ("quangninh", "quang-ninh", "Quang Ninh")
"""The first province as addresses and files would have it."""

LAO = re.compile("[\u0e80-\u0eff]+")

CLDR_DAY = format_date(date(2011, 6, 27), "long", locale="lo")
"""The day on which the citadel was inscribed, as CLDR writes it in Lao."""

NOBODY = "Bài thử"
"""Who approves in the tests' copy."""

# ----------------------------------------------------------------------------
# The site
# ----------------------------------------------------------------------------


@pytest.fixture(autouse=True, scope="module")
def vietnamese() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUANGBA_LANG", "vi")
        patch.delenv("SITE_URL", raising=False)
        yield


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory, vietnamese: None) -> Path:
    """Copy the province's files, lay templates beside them, synchronise, approve; its folder."""
    root = tmp_path_factory.mktemp("thanh-hoa") / "site"
    shutil.copytree(SITE, root)
    cli_init.lay_templates(root, ["vi", "en", "ko", "lo", "ium"])
    approve(root)
    return root


def approve(root: Path) -> None:
    """Synchronise a site and approve all its pages."""
    workspace = sync(root / "mkdocs.yml")
    for name in workspace.names:
        assert approve_page(workspace, name, NOBODY, "") == [], name


@pytest.fixture(scope="module")
def portal(province: Path) -> Path:
    """Build the portal, strictly."""
    return build(province / "mkdocs.yml", strict=True)


@pytest.fixture(scope="module")
def kiosk(province: Path, portal: Path) -> Path:
    """Build the kiosk edition, strictly: every translation is reviewed for it."""
    workspace = open_workspace(province / "mkdocs.yml")
    for language in workspace.settings.targets:
        for name in workspace.names:
            approve_language(workspace, name, language, NOBODY)
    return build(province / "mkdocs.kiosk.yml", strict=True)


@pytest.fixture(scope="module")
def html(portal: Path) -> dict[str, str]:
    return pages(portal)


@pytest.fixture(scope="module")
def lao(browser: Browser, portal: Path) -> Iterator[Page]:
    """Open the Lao home page."""
    with serve(portal) as address, visitor(browser, address, viewport=DESKTOP) as found:
        yield found.go("lo/")


def first_province_names() -> set[str]:
    """Return what the places of the first province are called, in all its languages."""
    terms = Glossary.read(ROOT / "locales" / "glossary.csv", "glossary.csv").terms
    places = (term for term in terms if term.kind == "place" and term.name not in SHARED)
    return {form for term in places for forms in term.forms.values() for form in forms}


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def visible(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", text)).split())


def plain(text: str) -> str:
    """Return what is seen, with plain spaces only."""
    return visible(text).replace("\u00a0", " ")


# ----------------------------------------------------------------------------
# Nothing of the first province
# ----------------------------------------------------------------------------


@pytest.mark.parametrize("edition", ["portal", "kiosk"])
def test_no_name_of_the_first_province_reaches_the_second(
    edition: str, request: pytest.FixtureRequest
) -> None:
    folder: Path = request.getfixturevalue(edition)
    own = "".join(path.read_text("utf-8") for path in SITE.rglob("*.md"))
    names = {name for name in first_province_names() if name not in own} | set(SPELLED)
    assert {"Quảng Ninh", "Hạ Long", "Ha Long", "Móng Cái", "하롱"} <= names
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(n)}(?!\w)" for n in names if len(n) > 1))
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix in WRITTEN and "javascripts" not in path.parts:
            for match in pattern.finditer(path.read_text("utf-8")):
                found.append((path.relative_to(folder).as_posix(), match[0]))
    assert found == []


@pytest.mark.parametrize("code", ["vi", "en", "zh", "ja", "ko", "fr"])
def test_the_words_of_templates_name_no_province(code: str) -> None:
    words = polib.pofile(str(ROOT / "locales" / code / "LC_MESSAGES" / "ui.po"))
    said = "\n".join(entry.msgstr for entry in words if not entry.obsolete)
    assert [
        name for name in ("Quảng Ninh", "Quang Ninh", "广宁", "クアンニン", "꽝닌") if name in said
    ] == []


def test_areas_are_the_provinces_own(province: Path, portal: Path) -> None:
    areas = yaml.safe_load((province / "content/_data/areas.yml").read_text("utf-8"))
    workspace = open_workspace(province / "mkdocs.yml")
    assert workspace.areas == areas
    assert {s.msgid for s in workspace.site_segments if s.kind == "area"} == set(areas.values())
    page = workspace.page("visit/ho-citadel.md")
    page.meta["area"] = "ha-long"
    problems = workspace.gate.decide(page).problems
    assert [problem.code for problem in problems][:1] == ["kind-area"]
    assert "areas.yml" in problems[0].text()


def test_the_home_page_invites_to_the_province(html: dict[str, str]) -> None:
    assert "Invest in Thanh Hoa" in visible(html["en/index.html"])
    assert "Đầu tư vào Thanh Hóa" in visible(html["index.html"])


# ----------------------------------------------------------------------------
# Lao: a script of its own, no package
# ----------------------------------------------------------------------------


def test_lao_pages_say_that_they_are_lao(html: dict[str, str]) -> None:
    found = {name for name in html if name.startswith("lo/")}
    assert len(found) >= 15
    for name in found:
        assert '<html lang="lo">' in html[name], name
        assert "assets/stylesheets/own-fonts.css" in html[name], name
    assert 'hreflang="lo"' in html["index.html"]


def test_the_provinces_face_has_every_lao_letter_of_the_site(
    province: Path, portal: Path, html: dict[str, str]
) -> None:
    rules = (portal / "assets/stylesheets/own-fonts.css").read_text("utf-8")
    files = re.findall(r'url\("\.\./(fonts/[^"]+)"\)', rules)
    assert set(files) == {"fonts/noto-sans-lao-400.woff2", "fonts/noto-sans-lao-600.woff2"}
    needed = {ord(char) for text in html.values() for run in LAO.findall(text) for char in run}
    assert len(needed) > 40
    face = own_faces(open_workspace(province / "mkdocs.yml").settings)[0]
    assert face.name == "Noto Sans Lao"
    assert needed <= face.characters
    for file in files:
        with TTFont(portal / "assets" / file, lazy=True) as font:
            assert needed <= set(font.getBestCmap())
    licence = (portal / "assets/fonts/noto-sans-lao.txt").read_text("utf-8")
    assert "SIL Open Font License" in licence
    assert 'href="../assets/fonts/noto-sans-lao.txt"' in html["lo/index.html"]


@pytest.mark.browser
@pytest.mark.parametrize("selector", ["h1", ".lead", ".sections a"])
def test_a_browser_draws_lao_with_that_face(lao: Page, selector: str) -> None:
    session = lao.context.new_cdp_session(lao)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    families = {font["familyName"] for font in fonts if font["isCustomFont"]}
    assert any(family.startswith("Noto Sans Lao") for family in families), families
    assert all(font["isCustomFont"] for font in fonts), fonts


def test_lao_numbers_and_dates_are_cldrs(html: dict[str, str]) -> None:
    assert CLDR_DAY in plain(html["lo/visit/ho-citadel/index.html"])
    gate = plain(html["lo/gates/na-meo/index.html"])
    assert "194 ກມ" in gate
    assert "80 ກມ" in gate
    assert "106.000 ເຮັກຕາ" in plain(html["lo/index.html"])


def test_lunar_dates_are_said_by_translation_alone(html: dict[str, str]) -> None:
    assert "ວັນທີ 21 ຫາ 22 ເດືອນ 8 ຈັນທະຄະຕິ" in html["lo/events/lam-kinh/index.html"]
    assert "từ ngày 21 đến ngày 22 tháng Tám âm lịch" in html["events/lam-kinh/index.html"]


@pytest.mark.parametrize(
    "text", ["{day}", "{day} {month} {day.real}", "{day} {month} {", "{day} {day} {month}", "{0}"]
)
def test_a_pattern_that_lost_its_places_is_not_used(text: str) -> None:
    assert in_words(8, 21, None, None, "lo", lambda _: text) == (
        "21st day of the eighth lunar month"
    )


def test_every_lao_page_has_a_card(portal: Path) -> None:
    for name in ("index", "gates/na-meo", "visit/ho-citadel", "events/lam-kinh"):
        assert (portal / f"lo/cards/{name}.jpg").stat().st_size > 10_000


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "title"),
    [
        pytest.param("ຕະຫຼາດ", "ຕະຫຼາດນັດນາແມວ", id="first-word"),
        pytest.param("ນາແມວ", "ດ່ານສາກົນນາແມວ", id="last-word"),
        pytest.param("ມໍລະດົກ", "ປ້ອມປາການລາຊະວົງໂຮ່", id="inside-a-sentence"),
        pytest.param("ເຂດຊາຍແດນ", "ຕະຫຼາດນັດນາແມວ", id="area"),
        pytest.param("Thành nhà Hồ", "ປ້ອມປາການລາຊະວົງໂຮ່", id="vietnamese-name"),
        pytest.param("thanh tay do", "ປ້ອມປາການລາຊະວົງໂຮ່", id="other-name"),
    ],
)
def test_words_that_touch_each_other_are_found(lao: Page, query: str, title: str) -> None:
    lao.goto(lao.url.split("/lo/")[0] + f"/lo/search/?q={quote(query)}")
    lao.wait_for_selector("main a:has-text('ນາແມວ'), main a:has-text('ປ້ອມ')")
    assert title in lao.locator("main").inner_text()


def test_a_language_without_package_is_left_to_people(province: Path, tmp_path: Path) -> None:
    workspace = open_workspace(province / "mkdocs.yml")
    before = {p: p.read_bytes() for p in (province / "locales").rglob("*.po")}
    languages = [lang for lang in workspace.settings.targets if lang.code in ("lo", "ium")]
    report = Translator(workspace, Store(tmp_path / "none")).run(languages, workspace.names)
    assert [problem.code for problem in report.problems] == ["draft-people"]
    assert "lo, ium" in report.problems[0].text()
    assert table(report).count("để người dịch") == 3  # the head of the column, and two languages
    assert {p: p.read_bytes() for p in (province / "locales").rglob("*.po")} == before


def test_a_language_that_has_a_package_is_not(province: Path, tmp_path: Path) -> None:
    workspace = open_workspace(province / "mkdocs.yml")
    translator = Translator(workspace, Store(tmp_path / "none"))
    with pytest.raises(QuangbaError) as caught:
        translator.run(workspace.settings.targets, workspace.names)
    assert caught.value.problem.code == "draft-no-packages"
    assert "en, ko." in caught.value.problem.text()


# ----------------------------------------------------------------------------
# Iu Mien: by people alone
# ----------------------------------------------------------------------------


def test_one_page_is_published_by_human_translation_alone(
    portal: Path, html: dict[str, str]
) -> None:
    page = html["ium/visit/iu-mienh/index.html"]
    main = page[page.index("<main") : page.index("</main>")]
    assert re.match(r'<main [^>]*lang="ium"', main)
    assert "<h1>Iu Mienh</h1>" in re.sub(r"\s+", " ", main).replace("> ", ">").replace(" <", "<")
    assert '<p lang="vi">Iu Mienh là tên' in main
    assert "noindex" not in page
    assert (
        f'hreflang="ium" href="{ORIGIN}/ium/visit/iu-mienh/"' in html["visit/iu-mienh/index.html"]
    )
    assert (portal / "ium/cards/visit/iu-mienh.jpg").is_file()


def test_what_is_not_translated_is_a_short_page(portal: Path, html: dict[str, str]) -> None:
    short = [n for n, text in html.items() if n.startswith("ium/") and "noindex" in text]
    assert "ium/index.html" in short
    assert "ium/gates/na-meo/index.html" in short
    assert "lo/invest/index.html" not in short
    assert 'content="noindex"' in html["lo/invest/index.html"]
    tree = ElementTree.parse(portal / "sitemap.xml")
    listed = {str(e.text) for e in tree.iter() if e.tag.endswith("loc")}
    assert f"{ORIGIN}/lo/gates/na-meo/" in listed
    assert {url for url in listed if "/ium/" in url} == {f"{ORIGIN}/ium/visit/iu-mienh/"}
    assert not any("/lo/invest/" in url for url in listed)


def test_an_interface_that_nobody_translated_speaks_vietnamese_and_says_so(
    province: Path, html: dict[str, str]
) -> None:
    for name in (name for name in html if name.startswith("ium/")):
        assert '<html lang="vi">' in html[name], name
    words = visible(html["ium/index.html"])
    assert "Đến nội dung chính" in words
    # The Vietnamese words stand for any language here: they must not name their own.
    assert "bản tiếng Việt" not in words
    assert "sang tiếng Việt" not in words
    offers = re.findall(
        r'<p class="suggest__offer" lang="([^"]+)"', html["visit/iu-mienh/index.html"]
    )
    assert "ium" not in offers
    report = (province / "reports" / "build.txt").read_text("utf-8")
    assert (
        "locales/ium/LC_MESSAGES/ui.po: chưa ai dịch chữ trên giao diện sang tiếng Iu Mienh"
        in report
    )
    assert "chưa có quy tắc CLDR cho tiếng Iu Mienh [ium]" in report
    assert "[lo]" not in report


def test_numbers_and_dates_of_an_unknown_language_are_vietnamese(province: Path) -> None:
    workspace = open_workspace(province / "mkdocs.yml")
    fact = workspace.facts.entries["nghi_son_area"]
    assert fact.format("ium") == fact.format("vi") == "106.000\u00a0ha"
    assert (
        plain(workspace.facts.entries["citadel_inscribed"].format("ium")) == "27 tháng 6 năm 2011"
    )
    assert locale_of("ium").language == "vi"
    assert locale_of("lo").language == "lo"


def test_commands_know_the_language(province: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(province)
    runner = CliRunner()
    status = runner.invoke(commands, ["status"])
    assert status.exit_code == 0, status.output
    assert re.search(r"^Trang .* ium$", status.output, re.MULTILINE)
    checked = runner.invoke(commands, ["check", "--format", "json"])
    found = json.loads(checked.stdout)
    assert checked.exit_code == 0, checked.output
    assert found is not None


def test_a_code_of_three_letters_needs_no_other_setting(province: Path) -> None:
    settings = open_workspace(province / "mkdocs.yml").settings
    assert [language.code for language in settings.languages] == ["vi", *TARGETS]
    assert settings.languages[-1].html_lang == "ium"


# ----------------------------------------------------------------------------
# The screen at the gate
# ----------------------------------------------------------------------------


def test_the_gate_has_its_screen_in_lao(province: Path, kiosk: Path) -> None:
    home = (kiosk / "lo" / "index.html").read_text("utf-8")
    assert '<html lang="lo"' in home
    assert "ດ່ານສາກົນນາແມວ" in home
    assert 'href="../assets/stylesheets/own-fonts.css"' in home
    rules = (kiosk / "assets/stylesheets/own-fonts.css").read_text("utf-8")
    for file in re.findall(r'url\("\.\./(fonts/[^"]+)"\)', rules):
        assert (kiosk / "assets" / file).is_file(), file
    assert (kiosk / "_gates" / "na-meo" / "gate.js").is_file()
    gate = (kiosk / "gate.js").read_text("utf-8")
    assert '"lo", "vi", "en", "ko"' in gate or '"lo","vi","en","ko"' in gate
    loop = (kiosk / "led" / "index.html").read_text("utf-8")
    assert 'lang="lo"' in loop


def test_what_the_screen_lacks_is_said_in_the_languages_of_the_gate_alone(
    province: Path, kiosk: Path
) -> None:
    report = (province / "reports" / "build.txt").read_text("utf-8")
    assert "invest/index.md chưa được phát hành bằng ລາວ" in report
    assert "chưa được phát hành bằng Iu Mienh" not in report


@pytest.mark.browser
def test_lao_is_typed_on_keys_that_the_province_brings(
    browser: Browser, kiosk: Path, tmp_path: Path
) -> None:
    release = tmp_path / "release"
    shutil.copytree(kiosk, release, ignore=shutil.ignore_patterns("_gates", "_print"))
    shutil.copytree(kiosk / "_gates" / "na-meo", release, dirs_exist_ok=True)
    screen = {"width": 1080, "height": 1920}
    with serve(release) as address, visitor(browser, address, viewport=screen) as found:
        page = found.go("lo/find/")
        page.wait_for_selector("html[data-ready]", state="attached")
        field = page.locator(".find__field input")
        field.click()
        for key in "ນາແມວ":
            page.locator(f'.keyboard__key[data-key="{key}"]').click()
        assert field.input_value() == "ນາແມວ"
        page.wait_for_selector(".find__found a:has-text('ດ່ານສາກົນນາແມວ')")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("ກ ຂ\nkh ງ\n", 2, id="two-letters"),
        pytest.param("ກ ຂ <\n", 1, id="no-letter"),
        pytest.param(" ".join("ກຂຄງຈສຊຍດຕຖທ"), 1, id="wide"),
        pytest.param("\n".join("ກຂຄງຈສ"), 6, id="high"),
    ],
)
def test_keys_that_no_finger_can_tell_apart_are_refused(
    tmp_path: Path, text: str, line: int
) -> None:
    (tmp_path / "lo").mkdir()
    (tmp_path / "lo" / "keyboard.txt").write_text(text, encoding="utf-8")
    with pytest.raises(QuangbaError) as caught:
        keys_of(tmp_path, "lo")
    assert (caught.value.problem.code, caught.value.problem.line) == ("keyboard-wrong", line)
    assert keys_of(tmp_path, "ko") == []


# ----------------------------------------------------------------------------
# A new site
# ----------------------------------------------------------------------------


def run(*arguments: str) -> Any:
    return CliRunner().invoke(cli_init.init, list(arguments))


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory, vietnamese: None) -> Path:
    folder = tmp_path_factory.mktemp("new") / "hoa-binh"
    result = run(str(folder), "--name", 'Tỉnh "Thử"', "--languages", "en,lo,ium")
    assert result.exit_code == 0, result.output
    assert "quangba sync" in result.output
    assert "lo cần phông riêng" in result.output
    return folder


def test_a_new_site_builds_as_soon_as_its_pages_are_approved(new: Path) -> None:
    assert names_in(new.parent) == ["hoa-binh"]
    assert (new / ".gitignore").is_file()
    config = (new / "mkdocs.yml").read_text("utf-8")
    assert "# fonts: {lo: fonts/…}" in config
    assert '{locale: lo, name: "ລາວ", build: true}' in config
    workspace = sync(new / "mkdocs.yml")
    kinds = {str(workspace.page(name).meta["type"]) for name in workspace.names}
    assert {"home", "hub", "place", "event", "gate", "contact", "article", "sources"} <= kinds
    refused = [n for n in workspace.names if not workspace.decision(n).passes]
    assert refused == list(workspace.names)
    codes = {p.code for n in refused for p in workspace.decision(n).problems}
    assert codes == {"gate-unapproved"}
    approve(new)
    workspace = open_workspace(new / "mkdocs.yml")
    assert Publisher(workspace).published("index.md", workspace.settings.source)
    built = pages(build(new / "mkdocs.yml", strict=True))
    assert "Chào bạn đến với Tỉnh “Thử”" not in built["index.html"]
    assert 'Chào bạn đến với Tỉnh "Thử"' in visible(built["index.html"])
    assert "nobody" not in (new / "reports" / "build.txt").read_text("utf-8")


def test_a_new_site_has_the_words_of_its_templates(new: Path) -> None:
    workspace = open_workspace(new / "mkdocs.yml")
    source, english = workspace.settings.languages[:2]
    assert workspace.interface(source).gettext("Home page") == "Trang chủ"
    assert workspace.voice(english) == english


def test_a_new_site_has_nothing_that_was_said_of_another(new: Path) -> None:
    for path in (new / "locales").rglob("ui.po"):
        catalog = polib.pofile(str(path))
        assert len(catalog) > 600
        assert catalog.obsolete_entries() == [], path
        assert catalog.metadata["X-Obsolete-Entries"] == "0"
    facts = (new / "content" / "_data" / "facts.yml").read_text("utf-8")
    assert re.findall(r"^\W*value: (\S+)", facts, re.M) == ["0"]
    address = str(load_site(str(new / "mkdocs.yml")).site_url)
    assert address.endswith(".example/")  # a name that nobody owns (RFC 2606)


def test_communes_are_checked_from_the_first_that_is_listed(new: Path, tmp_path: Path) -> None:
    root = tmp_path / "site"
    shutil.copytree(new, root)
    communes, page = root / "content/_data/communes.yml", root / "content/visit/diem-den.md"
    page.write_text(page.read_text("utf-8").replace("communes: []", 'communes: ["xã A"]'), "utf-8")

    def codes() -> set[str]:
        workspace = open_workspace(root / "mkdocs.yml")
        return {p.code for p in workspace.decision("visit/diem-den.md").problems}

    assert "kind-commune" not in codes()
    communes.write_text(f'{communes.read_text("utf-8")}"xã B": {{kind: commune}}\n', "utf-8")
    assert "kind-commune" in codes()


def test_a_new_site_becomes_a_repository_whose_history_can_be_read(new: Path) -> None:
    result = run(str(new.parent / "other"), "--name", "Thử", "--languages", "vi")
    printed = [line.strip() for line in result.output.splitlines()]
    first = printed.index("git init -b main")
    assert printed[first : first + 4] == [
        "git init -b main",
        "quangba sync",
        "git add .",
        'git commit -m "Trang mới"',
    ]
    shutil.rmtree(new.parent / "other")
    readme = (new / "README.vi.md").read_text("utf-8")
    assert [line in readme for line in printed[first : first + 4]] == [True] * 4
    ignored = (new / ".gitignore").read_text("utf-8").split()
    shared = [line for line in (ROOT / ".gitignore").read_text("utf-8").split() if line[0] == "/"]
    assert set(shared) <= set(ignored)


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("của tôi", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(QuangbaError) as caught:
        cli_init.create(tmp_path, "Thử", ["vi"])
    assert caught.value.problem.code == "init-not-empty"
    with pytest.raises(QuangbaError):
        cli_init.create(tmp_path / "note.txt", "Thử", ["vi"])
    assert sorted(tmp_path.rglob("*")) == before


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    cli_init.create(folder, "Thử", ["vi"])
    assert (folder / "mkdocs.yml").is_file()
    assert (folder / "overrides" / "portal" / "main.html").is_file()
    assert names_in(tmp_path) == ["empty"]


def test_a_site_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cli_init, "lay_templates", full)
    with pytest.raises(QuangbaError) as caught:
        cli_init.create(tmp_path / "site", "Thử", ["vi"])
    assert caught.value.problem.code == "file-unwritable"
    assert names_in(tmp_path) == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(["--name", "Thử", "--languages", "vi,x1"], "init-language", id="digits"),
        pytest.param(["--name", "Thử", "--languages", "Lào"], "init-language", id="a-name"),
        pytest.param(["--name", "Thử\nsite_url: x"], "init-name", id="two-lines"),
        pytest.param(["--name", "  "], "name-empty", id="no-name"),
    ],
)
def test_what_cannot_be_a_site_is_one_sentence(
    tmp_path: Path, arguments: list[str], code: str
) -> None:
    result = run(str(tmp_path / "site"), *arguments)
    assert isinstance(result.exception, QuangbaError)
    assert result.exception.problem.code == code
    assert names_in(tmp_path) == []


def test_an_installation_without_templates_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli_init, "INSTALLATION", tmp_path / "lib")
    with pytest.raises(QuangbaError, match="--editable") as caught:
        cli_init.create(tmp_path / "site", "Thử", ["vi"])
    assert caught.value.problem.code == "init-no-templates"
    assert names_in(tmp_path) == []


# ----------------------------------------------------------------------------
# Faces that a site brings
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        pytest.param(
            lambda f: (f / "noto-sans-lao-600.woff2").unlink(), "font-missing", id="weight"
        ),
        pytest.param(lambda f: (f / "noto-sans-lao.txt").unlink(), "font-missing", id="licence"),
        pytest.param(
            lambda f: (f / "noto-sans-lao-400.woff2").write_bytes(b"wOF2" + bytes(40)),
            "font-broken",
            id="broken",
        ),
        pytest.param(
            lambda f: (f / "noto-sans-lao-400.woff2").write_text("<svg/>"),
            "font-broken",
            id="other",
        ),
    ],
)
def test_a_face_that_cannot_be_used_is_one_sentence(tmp_path: Path, damage: Any, code: str) -> None:
    root = tmp_path / "site"
    shutil.copytree(SITE, root)
    (root / "overrides" / "portal").mkdir(parents=True)
    damage(root / "fonts")
    with pytest.raises(QuangbaError) as caught:
        own_faces(open_workspace(root / "mkdocs.yml").settings)
    assert caught.value.problem.code == code
    assert caught.value.problem.file.startswith("fonts/noto-sans-lao")
