"""The desk in a real browser: by keyboard alone, at double size, with bad luck."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect
from small import TEMPLATES, THEME, UNITS
from werkzeug.serving import make_server

from quangba.catalogs.message import Message, State
from quangba.desk.app import Desk, create_app
from quangba.desk.live import LiveSite
from quangba.desk.preview import Preview
from quangba.settings import Language, load_settings
from support import make_site, open_workspace, translate

pytestmark = pytest.mark.browser

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LAPTOP = {"width": 1366, "height": 768}
HALF_LAPTOP = {"width": 683, "height": 384}
"""What a laptop has left at 200 %."""
TABLET = {"width": 768, "height": 1024}
SCREEN = {"width": 1440, "height": 900}
"""The preview is half of it, where the site shows its menu behind a button."""

PAGE = "visit/cang.md"
ADDRESS = "fr/visit/cang"

CONTENT = """---
title: "Cảng tàu"
classification: public
owner: so-du-lich
---

## Trước khi đi

Cảng có 12 cầu tàu.

Vé mua tại cảng.

Bạn nên đến sớm.
"""

FRENCH = {
    "Cảng tàu": "Le port",
    "Trước khi đi": "Avant de partir",
    "Cảng có 12 cầu tàu.": "Le port compte 21 quais.",
    "Vé mua tại cảng.": "Les billets se prennent au port.",
    "Bạn nên đến sớm.": "Venez de bonne heure.",
}

WRONG = "Cảng có 12 cầu tàu."
"""Its translation has another number."""

DRAFT = "Vé mua tại cảng."
"""A machine translated it."""

RING = """() => {
  const element = document.activeElement, style = getComputedStyle(element);
  const label = element.labels?.[0] ? getComputedStyle(element.labels[0]) : style;
  const ring = [style, label].some(each =>
    parseFloat(each.outlineWidth) >= 2 && each.outlineStyle !== 'none');
  const box = element.getBoundingClientRect();
  const shown = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
  return element === document.body ? 'lost' : ring && shown ? '' : element.outerHTML.slice(0, 90);
}"""
"""What is wrong with the focus: lost, out of sight, or without a ring."""

# ----------------------------------------------------------------------------
# The desk and the browser
# ----------------------------------------------------------------------------


class Office:
    """A desk at work, and somebody who sits at it and notes every complaint of the browser."""

    def __init__(self, config_file: Path, browser: Browser) -> None:
        self.config_file, self.browser = config_file, browser
        self.complaints: list[str] = []
        site = LiveSite(load_settings(str(config_file)))
        site.look()
        self.desk = Desk(site, Preview(str(config_file)), "token-for-tests", 0)
        app = create_app(self.desk)
        self.server = make_server("127.0.0.1", 0, app, threaded=True)
        self.desk.port = self.server.server_port
        self.origin = f"http://127.0.0.1:{self.desk.port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.contexts: list[Any] = []

    def sit(self, path: str = "", **options: Any) -> Page:
        """Open a window at an address of the desk, in English."""
        context = self.browser.new_context(**{"viewport": LAPTOP, **options})
        self.contexts.append(context)
        page = context.new_page()
        page.on("request", self.note)
        page.on("console", self.complain)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        response = page.goto(f"{self.origin}{self.desk.root}{path}?ui=en", wait_until="load")
        assert response is not None
        assert response.status == 200, path
        return page

    def complain(self, message: Any) -> None:
        """Note a complaint, but not that a preview may run nothing: so it should be."""
        blocked = f"Loading the script '{self.origin}{self.desk.root}preview/assets/"
        if not message.text.startswith(blocked):
            self.complaints.append(f"{message.type}: {message.text}")

    def note(self, request: Any) -> None:
        """Complain about a request to somewhere else."""
        if not request.url.startswith((f"{self.origin}{self.desk.root}", "data:")):
            self.complaints.append(f"other origin: {request.url}")

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        self.server.shutdown()
        self.server.server_close()

    # What the file says

    @property
    def messages(self) -> dict[str, Message]:
        """The messages of the page as they are in its file now."""
        workspace = open_workspace(self.config_file)
        catalog = workspace.catalog(french(workspace.settings.targets), PAGE)
        assert catalog is not None
        return {message.msgid: message for message in catalog.active}

    def write(self, msgid: str, text: str) -> None:
        """Change a translation as another program would."""
        workspace = open_workspace(self.config_file)
        language = french(workspace.settings.targets)
        catalog = workspace.catalog(language, PAGE)
        assert catalog is not None
        for message in catalog.active:
            if message.msgid == msgid:
                message.msgstr = text
        workspace.write_catalogs([(language, PAGE, catalog)])


def french(languages: list[Language]) -> Language:
    return next(language for language in languages if language.code == "fr")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site whose page has a draft and a translation with a wrong number."""
    files = {
        "content/index.md": CONTENT.replace("Cảng tàu", "Trang chủ"),
        f"content/{PAGE}": CONTENT,
        "content/_data/units.yml": UNITS,
    }
    root = tmp_path_factory.mktemp("original")
    config_file = make_site(
        root, files, languages=("vi", "fr"), theme=THEME, quangba={"templates": TEMPLATES}
    )

    def text(language: Language, message: Message) -> str | None:
        message.fuzzy = message.msgid == DRAFT
        return FRENCH.get(message.msgid)

    translate(config_file, text, PAGE)
    return root


@pytest.fixture
def office(original: Path, tmp_path: Path, browser: Browser) -> Iterator[Office]:
    root = tmp_path / "site"
    shutil.copytree(original, root)
    at_work = Office(root / "mkdocs.yml", browser)
    yield at_work
    at_work.close()


def introduced(office: Office) -> Office:
    profile = office.desk.profile
    profile.reviewer = "Bàn Pháp"
    profile.write(office.desk.profile_path)
    return office


def source(page: Page) -> str:
    """Return the source of the text that is open."""
    return page.locator("#source").inner_text()


def field_has_focus(page: Page) -> bool:
    return bool(page.evaluate("document.activeElement.id === 'target'"))


def saved(page: Page) -> None:
    """Wait until everything that was done is in the file."""
    expect(page.locator("#saved")).not_to_have_text("Saving …")
    expect(page.locator("#list")).not_to_contain_text("Saving …")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


# ----------------------------------------------------------------------------
# A whole review by keyboard alone
# ----------------------------------------------------------------------------


def test_a_whole_page_is_reviewed_by_keyboard_alone(office: Office) -> None:
    page = office.sit()
    tab_to(page, "#welcome-field")
    page.keyboard.type("Bàn Pháp")
    page.keyboard.press("Enter")
    expect(page.locator("#welcome")).to_have_count(0)
    tab_to(page, f'.pages__go a[href$="{ADDRESS}"]')
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{ADDRESS}*")

    done = []
    for _ in FRENCH:
        assert field_has_focus(page)
        now = source(page)
        done.append(now)
        if now == WRONG:
            # An error cannot be approved: the reviewer stays and is told why.
            page.keyboard.press("Control+Enter")
            expect(page.locator("#card-problem")).to_contain_text("correct the errors")
            assert source(page) == WRONG
            assert field_has_focus(page)
            page.keyboard.press("Control+a")
            page.keyboard.type("Le port compte 12 quais.")
            page.keyboard.press("Alt+a")
        elif now == "Bạn nên đến sớm.":
            page.keyboard.press("Alt+a")
        else:
            page.keyboard.press("Control+Enter")
    assert sorted(done) == sorted(FRENCH)

    expect(page.locator("#finish-approve")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "finish-title"
    page.keyboard.press("Alt+p")
    expect(page.locator("#page-text")).to_contain_text("Bàn Pháp")
    page.keyboard.press("Enter")
    expect(page.locator("#left")).to_have_text("Nothing is open")
    assert page.evaluate("document.activeElement.id") == "finish-title"

    messages = office.messages
    assert {message.state for message in messages.values()} == {State.REVIEWED}
    assert {message.reviewed.who for message in messages.values() if message.reviewed} == {
        "Bàn Pháp"
    }
    assert messages[WRONG].msgstr == "Le port compte 12 quais."
    assert office.complaints == []


def test_undo_skip_and_moving_around_by_keys(office: Office) -> None:
    page = introduced(office).sit(ADDRESS)
    first = source(page)
    page.keyboard.press("Control+Enter")
    second = source(page)
    assert second != first
    saved(page)
    assert office.messages[first].state is State.REVIEWED
    page.keyboard.press("Alt+z")
    expect(page.locator("#source")).to_have_text(first)
    assert office.messages[first].state is not State.REVIEWED
    assert field_has_focus(page)
    page.keyboard.press("Alt+s")
    assert source(page) == second
    for _ in FRENCH:
        page.keyboard.press("Alt+s")
        assert field_has_focus(page)
    assert source(page) == second
    page.keyboard.press("Alt+ArrowUp")
    assert source(page) == first
    page.keyboard.press("Alt+ArrowDown")
    assert source(page) == second
    assert office.complaints == []


def test_single_keys_work_outside_of_fields_only_and_can_be_switched_off(office: Office) -> None:
    page = introduced(office).sit(ADDRESS)
    first = source(page)
    page.keyboard.type("jk?")
    assert source(page) == first
    assert page.locator("#target").input_value().endswith("jk?")
    page.locator("#help-open").focus()
    page.keyboard.press("j")
    assert source(page) != first
    page.locator("#help-open").focus()
    page.keyboard.press("?")
    expect(page.locator("#help-dialog")).to_be_visible()
    page.locator("#single-keys").uncheck()
    page.keyboard.press("Escape")
    expect(page.locator("#help-dialog")).not_to_be_visible()
    page.locator("#help-open").focus()
    page.keyboard.press("?")
    expect(page.locator("#help-dialog")).not_to_be_visible()


def test_a_finding_is_waived_with_a_reason_and_the_text_can_be_approved(office: Office) -> None:
    page = introduced(office).sit(ADDRESS)
    while source(page) != WRONG:
        page.keyboard.press("Alt+s")
    tab_to(page, ".finding .link")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#waive-problem")).to_have_text("Please write why.")
    page.keyboard.type("tên của cảng")
    page.keyboard.press("Enter")
    expect(page.locator(".finding--waived")).to_contain_text("tên của cảng")
    assert field_has_focus(page)
    page.keyboard.press("Control+Enter")
    saved(page)
    assert office.messages[WRONG].state is State.REVIEWED


def test_a_comment_to_the_editor_is_kept_beside_the_text(office: Office) -> None:
    page = introduced(office).sit(ADDRESS)
    first = source(page)
    page.keyboard.press("Alt+c")
    page.keyboard.type("<b>Cảng nào?</b>")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".comments")).to_contain_text("<b>Cảng nào?</b>")
    assert field_has_focus(page)
    assert any("Cảng nào?" in comment for comment in office.messages[first].comments)


def test_enter_makes_no_second_line(office: Office) -> None:
    page = introduced(office).sit(ADDRESS)
    before = page.locator("#target").input_value()
    page.keyboard.press("Enter")
    assert page.locator("#target").input_value() == before
    expect(page.locator("#card-problem")).to_contain_text("one line")


# ----------------------------------------------------------------------------
# Bad luck
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "kept"),
    [("theirs", "Port maritime"), ("mine", "Le port (moi)")],
)
def test_a_text_changed_by_somebody_else_is_asked_about(
    office: Office, choice: str, kept: str
) -> None:
    page = introduced(office).sit(ADDRESS)
    first = source(page)
    office.write(first, "Port maritime")
    page.keyboard.press("Control+a")
    page.keyboard.type("Le port (moi)")
    page.keyboard.press("Control+s")
    dialog = page.locator("#conflict-dialog")
    expect(dialog).to_be_visible()
    expect(page.locator("#theirs")).to_have_text("Port maritime")
    expect(page.locator("#mine")).to_have_text("Le port (moi)")
    assert office.messages[first].msgstr == "Port maritime"
    tab_to(page, f'[value="{choice}"]')
    page.keyboard.press("Enter")
    expect(dialog).not_to_be_visible()
    expect(page.locator("#target")).to_have_value(kept)
    saved(page)
    assert office.messages[first].msgstr == kept
    assert field_has_focus(page)


def test_a_text_that_is_refused_comes_back_with_the_reason(office: Office) -> None:
    page = introduced(office).sit(ADDRESS)
    first = source(page)
    page.keyboard.press("Control+a")
    # Faster than the check of what was typed: the next text is shown, and the desk says no.
    held: list[Any] = []
    page.route(
        re.compile(r"/api/fr/visit/cang/[0-9a-f]+(/check)?$"), lambda route: held.append(route)
    )
    page.keyboard.type("Le port 7")
    page.keyboard.press("Control+Enter")
    assert source(page) != first
    for route in held:
        route.continue_()
    page.unroute_all()
    expect(page.locator("#source")).to_have_text(first)
    expect(page.locator("#target")).to_have_value("Le port 7")
    expect(page.locator("#card-problem")).not_to_be_empty()
    assert field_has_focus(page)
    assert office.messages[first].msgstr == FRENCH[first]


def test_a_reason_is_forgotten_when_it_is_mended(office: Office) -> None:
    page = introduced(office).sit(ADDRESS)
    path = office.config_file.parent / "locales/fr/LC_MESSAGES/visit/cang.po"
    good = path.read_bytes()
    path.write_bytes(good + b"<<<<<<< HEAD\n")
    page.keyboard.type("!")
    page.keyboard.press("Control+s")
    expect(page.locator("#card-problem")).to_contain_text("<<<<<<<")
    path.write_bytes(good)
    page.keyboard.press("Control+s")
    expect(page.locator("#saved")).to_have_text("Saved")
    expect(page.locator("#card-problem")).to_be_empty()


def test_a_comment_is_one_line_and_is_not_lost(office: Office) -> None:
    page = introduced(office).sit(ADDRESS)
    first = source(page)
    page.keyboard.press("Alt+c")
    page.keyboard.type("2025?")  # Refused: it says nothing.
    page.keyboard.press("Control+Enter")
    expect(page.locator("#card-problem")).not_to_be_empty()
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+c")
    expect(page.locator("#comment-field")).to_have_value("")
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+c")
    expect(page.locator("#comment-field")).to_have_value("2025?")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("Hay 2026")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".comments")).to_contain_text("2025? Hay 2026")
    assert office.messages[first].comments[0].endswith("2025? Hay 2026")
    page.keyboard.press("Alt+c")
    expect(page.locator("#comment-field")).to_have_value("")


def test_a_window_signs_with_the_name_that_it_shows(office: Office) -> None:
    page = introduced(office).sit(ADDRESS)
    first = source(page)
    other = office.sit()
    other.locator("#who").click()
    other.locator("#who-field").fill("Anh Nam")
    other.keyboard.press("Enter")
    expect(other.locator("#who-name")).to_have_text("Anh Nam")
    expect(page.locator("#who-name")).to_have_text("Bàn Pháp")
    page.keyboard.press("Control+Enter")
    saved(page)
    reviewed = office.messages[first].reviewed
    assert reviewed is not None
    assert reviewed.who == "Bàn Pháp"


def test_nobody_is_called_away_from_what_they_write(office: Office) -> None:
    page = introduced(office).sit(ADDRESS)
    first = source(page)
    held: list[Any] = []
    page.route(re.compile(r"/api/fr/visit/cang/[0-9a-f]+$"), lambda route: held.append(route))
    office.write(first, "Port maritime")
    page.keyboard.press("End")
    page.keyboard.type(" (moi)")
    page.keyboard.press("Control+Enter")
    second = source(page)
    page.keyboard.type(" encore")
    page.wait_for_timeout(100)
    held.pop().continue_()
    alert = page.locator(".alert")
    expect(alert).to_contain_text("Somebody changed this text")
    assert source(page) == second
    assert field_has_focus(page)
    alert.get_by_role("button", name="Choose").click()
    expect(page.locator("#conflict-dialog")).to_be_visible()
    expect(page.locator("#mine")).to_have_text("Le port (moi)")


def test_both_versions_can_be_edited_together(office: Office) -> None:
    page = introduced(office).sit(ADDRESS)
    first = source(page)
    office.write(first, "Port maritime")
    page.keyboard.press("End")
    page.keyboard.type(" (moi)")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#conflict-dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#target")).to_have_value("Le port (moi)")
    expect(page.locator(".card__source")).to_contain_text("Port maritime")
    page.keyboard.press("Control+s")
    saved(page)
    assert office.messages[first].msgstr == "Le port (moi)"


def test_a_desk_that_fell_silent_keeps_what_was_written(office: Office) -> None:
    page = introduced(office).sit(ADDRESS)
    first = source(page)
    page.route("**/api/**", lambda route: route.abort())
    page.keyboard.press("Control+a")
    page.keyboard.type("Le grand port")
    page.keyboard.press("Control+Enter")
    alert = page.locator('.alert[data-key="silence"]')
    expect(alert).to_contain_text("does not answer")
    expect(alert).to_be_in_viewport()
    assert source(page) != first
    assert field_has_focus(page)
    expect(page.locator("#list")).to_contain_text("Le grand port")
    page.unroute("**/api/**")
    alert.get_by_role("button", name="Try again").click()
    expect(alert).to_have_count(0)
    saved(page)
    assert office.messages[first].msgstr == "Le grand port"
    assert office.messages[first].state is State.REVIEWED


def test_leaving_with_unsaved_words_is_asked_about(office: Office) -> None:
    page = introduced(office).sit(ADDRESS)
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.keyboard.type(" encore")
    page.reload()
    assert asked == ["beforeunload"]


def test_a_name_with_html_is_shown_as_text(office: Office) -> None:
    name = "<img src=x onerror=alert(1)>"
    profile = office.desk.profile
    profile.reviewer = name
    profile.write(office.desk.profile_path)
    page = office.sit(ADDRESS)
    expect(page.locator("#who-name")).to_have_text(name)
    first = source(page)
    page.keyboard.press("Control+Enter")
    saved(page)
    page.keyboard.press("Alt+ArrowUp")
    assert source(page) == first
    expect(page.locator(".origin")).to_contain_text(name)
    assert page.locator('img[src="x"]').count() == 0
    assert office.complaints == []


# ----------------------------------------------------------------------------
# The page beside the work
# ----------------------------------------------------------------------------


def test_the_current_text_is_lit_in_the_real_page_and_a_click_picks_another(
    office: Office,
) -> None:
    page = introduced(office).sit(ADDRESS)
    frame = page.frame_locator("#frame")
    while source(page) != WRONG:
        page.keyboard.press("Alt+s")
    expect(frame.locator("main .desk-lit")).to_have_text("Le port compte 21 quais.")
    page.keyboard.press("Control+a")
    page.keyboard.type("Le port compte 12 quais.")
    page.keyboard.press("Control+s")
    expect(frame.locator("main .desk-lit")).to_have_text("Le port compte 12 quais.")
    frame.get_by_text("Avant de partir").first.click()
    expect(page.locator("#source")).to_have_text("Trước khi đi")
    assert field_has_focus(page)
    assert office.complaints == []


def test_no_menu_opens_over_the_title_of_the_page(office: Office) -> None:
    page = introduced(office).sit(ADDRESS, viewport=SCREEN)
    frame = page.frame_locator("#frame")
    assert source(page) == "Cảng tàu"
    expect(frame.locator("header .desk-lit")).not_to_have_count(0)
    expect(frame.locator("main .desk-lit").first).to_be_in_viewport()
    assert frame.locator("details.menu[open]").count() == 0
    assert office.complaints == []


def test_a_page_whose_styles_come_late_shows_its_title(office: Office) -> None:
    page = introduced(office).sit(viewport=SCREEN)
    held: list[Any] = []
    page.route("**/preview/assets/stylesheets/*", lambda route: held.append(route))
    page.goto(f"{office.origin}{office.desk.root}{ADDRESS}", wait_until="commit")
    expect(page.locator("#target")).to_be_focused()
    frame = page.frame_locator("#frame")
    expect(frame.locator("main h1")).to_be_attached()
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowUp")
    for route in held:
        route.continue_()
    page.unroute_all()
    expect(frame.locator("main .desk-lit").first).to_be_in_viewport()
    page.wait_for_timeout(1000)
    expect(frame.locator("main .desk-lit").first).to_be_in_viewport()
    assert page.frames[1].evaluate("scrollY") == 0


# ----------------------------------------------------------------------------
# Every window, every eye
# ----------------------------------------------------------------------------


@pytest.mark.parametrize("viewport", [LAPTOP, HALF_LAPTOP, TABLET], ids=["100%", "200%", "tablet"])
@pytest.mark.parametrize("path", ["", ADDRESS], ids=["queue", "desk"])
def test_nothing_scrolls_sideways(office: Office, path: str, viewport: dict[str, int]) -> None:
    page = introduced(office).sit(path, viewport=viewport)
    wide = "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    if path:
        page.locator("#preview-toggle").click()
        if viewport is not LAPTOP:
            expect(page.locator("#frame")).to_be_in_viewport(ratio=0.2)
        assert page.evaluate(wide) <= 0
        inner = "work => work.scrollWidth - work.clientWidth"
        assert page.locator(".work").evaluate(inner) <= 0
    assert office.complaints == []


@pytest.mark.parametrize("path", ["", ADDRESS], ids=["queue", "desk"])
def test_the_focus_is_always_seen(office: Office, path: str) -> None:
    page = office.sit(path)
    problems = []
    for _ in range(25):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") not in ("IFRAME", "BODY"):
            problems.append(page.evaluate(RING))
    assert set(problems) == {""}


def test_the_language_of_the_interface_changes_and_stays(office: Office) -> None:
    page = office.sit()
    page.locator("#ui-menu summary").click()
    page.get_by_role("link", name="vi", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    page.goto(f"{office.origin}{office.desk.root}{ADDRESS}")
    expect(page.locator("html")).to_have_attribute("lang", "vi")


def test_filters_act_at_once_and_keep_the_focus(office: Office) -> None:
    page = introduced(office).sit()
    before = page.locator(".pages tbody tr").count()
    page.get_by_label("State").focus()
    page.get_by_label("State").select_option("draft")
    expect(page.locator(".pages tbody tr")).to_have_count(1)
    assert before > 1
    assert re.search(r"[?&]state=draft", page.url)
    assert page.evaluate("document.activeElement.name") == "state"
    assert office.complaints == []


def test_the_queue_filters_without_scripts(office: Office) -> None:
    page = introduced(office).sit(java_script_enabled=False)
    page.get_by_label("State").select_option("draft")
    page.get_by_role("button", name="Show").click()
    assert page.locator(".pages tbody tr").count() == 1
