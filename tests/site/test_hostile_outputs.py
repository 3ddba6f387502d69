"""
With every wall before the last one down: no output of either edition lets an attack out.

Each text of the site, of its front matter, facts, units, navigation and translations breaks out
where it can (``soaked.py``); a browser then opens every page, with a recorder.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from attacks import MARK
from crawler import Document, Node, read
from defusedxml.ElementTree import fromstring
from playwright.sync_api import Browser, Dialog, Page
from small import ROOT
from soaked import PAYLOAD, soaked_site, walls_down

from chromium import serve
from support import build

# ----------------------------------------------------------------------------
# The site
# ----------------------------------------------------------------------------

EDITIONS = ("portal", "kiosk")

SHOWN = (
    *("statements/a/index.html", "en/statements/a/index.html", "en/visit/untranslated/index.html"),
    *("visit/withdrawn/index.html", "visit/cu/index.html", "search/index.html", "404.html"),
)
"""Pages of the portal whose state or template is not said by their kind."""

REFRESH = re.compile(r"0; url=[./a-z0-9-]+")
"""What the page at an old address does."""

ELEMENTS = {"iframe", "object", "embed", "base", "style", "math", "applet", "frame", "portal"}
"""Elements that no page of ours has."""

ADDRESSES = {"href", "src", "action", "poster", "data", "xlink:href", "formaction", "ping"}

SCHEME = re.compile(r"[\s\x00-\x1f]*([a-z][a-z0-9+.-]*):", re.IGNORECASE)

SCRIPT = re.compile(r"[./a-z0-9_-]+\.js")
"""Our own script by a relative address."""


@pytest.fixture(scope="module")
def soaked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build both editions; return the folder that holds them."""
    root = tmp_path_factory.mktemp("soaked")
    with walls_down():
        for config_file in soaked_site(root):
            build(config_file)
    return root


@pytest.fixture(scope="module")
def documents(soaked: Path) -> dict[str, Document]:
    return {
        f"{edition}/{name}": document
        for edition in EDITIONS
        for name, document in read(soaked / edition).items()
    }


def files(soaked: Path, *endings: str) -> dict[str, Path]:
    """Return the files of both editions by path; there are some of each kind."""
    found = {
        path.relative_to(soaked).as_posix(): path
        for edition in EDITIONS
        for path in sorted((soaked / edition).rglob("*"))
        if path.as_posix().endswith(endings)
    }
    assert found, endings
    return found


# ----------------------------------------------------------------------------
# Pages
# ----------------------------------------------------------------------------


def wrong(node: Node) -> Iterator[str]:
    """Yield what an element does that no element of ours does."""
    refreshes = node.tag == "meta" and "http-equiv" in node.attributes
    if node.tag in ELEMENTS or (refreshes and not REFRESH.fullmatch(node.get("content"))):
        yield f"<{node.tag}>"
    if node.tag == "script" and "json" not in node.get("type"):
        yield from [] if SCRIPT.fullmatch(node.get("src")) else [f"script {node.attributes}"]
    for name, value in node.attributes.items():
        scheme = SCHEME.match(value) if name in ADDRESSES else None
        if name.startswith("on") or name in ("style", "srcdoc"):
            yield f"<{node.tag} {name}>"
        if not re.fullmatch(r"[a-zA-Z][a-zA-Z0-9:_-]*", name):
            yield f"<{node.tag}> has an attribute {name}"
        if scheme and scheme[1].lower() not in ("http", "https", "mailto", "tel"):
            yield f"{name}={value[:60]}"
        if "evil.example" in value and (name in ("src", "srcset", "poster") or node.tag == "form"):
            yield f"{name}={value[:60]}"


def test_no_page_has_a_part_that_is_not_ours(documents: dict[str, Document]) -> None:
    found = {
        name: list(dict.fromkeys(what for node in document.root.walk() for what in wrong(node)))
        for name, document in documents.items()
    }
    assert {name: parts for name, parts in found.items() if parts} == {}
    assert {name: d.wrong for name, d in documents.items() if d.wrong} == {}


def test_every_template_of_ours_was_tried(soaked: Path, documents: dict[str, Document]) -> None:
    assert [name for name in SHOWN if f"portal/{name}" not in documents] == []
    pages = (ROOT / "overrides" / "portal" / "partials" / "pages").glob("*.html")
    kinds = re.compile(r"^type: ([\w-]+)$", re.MULTILINE)
    tried = {
        match[1]
        for path in (soaked / "content").rglob("*.md")
        if (match := kinds.search(path.read_text(encoding="utf-8")))
    }
    assert {path.stem for path in pages} - {"article"} <= tried
    for name in ("attract/", "led/", "way/", "find/", "en/way/"):
        assert f"kiosk/{name}index.html" in documents, name


def test_the_attacks_stand_on_the_pages_as_text(documents: dict[str, Document]) -> None:
    """Else nothing was proved: what is on the pages was not left out somewhere before."""
    for name in ("portal/index.html", "portal/en/index.html", "kiosk/index.html"):
        assert MARK in documents[name].main.text(), name
    shown = [name for name, document in documents.items() if MARK in document.root.text()]
    assert len(shown) > len(documents) / 2
    assert [name for name, document in documents.items() if "1337" in document.root.text()] == []


def test_data_in_scripts_ends_where_it_should(documents: dict[str, Document]) -> None:
    count = 0
    for name, document in documents.items():
        for script in document.root.all("script", type="application/ld+json"):
            text = "".join(child for child in script.children if isinstance(child, str))
            found = json.loads(text)
            assert "<" not in text, name
            assert "javascript:" not in str(found), name
            count += 1
    assert count > 10


# ----------------------------------------------------------------------------
# Everything else
# ----------------------------------------------------------------------------


def test_the_index_of_the_search_is_one_statement(soaked: Path) -> None:
    for name, path in files(soaked, "search/index.js").items():
        text = path.read_text(encoding="utf-8")
        match = re.fullmatch(r'"use strict";window\.quangbaSearch=(.*);\n', text, re.DOTALL)
        assert match, name
        assert any(MARK in str(page) for page in json.loads(match[1])["pages"]), name


def test_scripts_and_styles_hold_no_text_of_the_content(soaked: Path) -> None:
    for name, path in files(soaked, ".js", ".css").items():
        if not name.endswith("search/index.js"):
            assert MARK not in path.read_text(encoding="utf-8"), name


def test_feeds_sitemaps_and_drawings_are_sound_xml(soaked: Path) -> None:
    for name, path in files(soaked, ".atom", ".xml", ".svg").items():
        for element in fromstring(path.read_bytes(), forbid_dtd=True).iter():
            assert not str(element.tag).lower().endswith("script"), name
            assert not any("javascript:" in value for value in element.attrib.values()), name


def test_calendars_have_the_lines_that_we_wrote(soaked: Path) -> None:
    for name, path in files(soaked, ".ics").items():
        text = path.read_bytes().decode("utf-8")
        assert "\n" not in text.replace("\r\n", ""), name
        lines = text.replace("\r\n ", "").split("\r\n")
        assert [line for line in lines if re.match(r"(?i)BEGIN:VALARM|ATTACH|X-EVIL", line)] == []
        assert {line for line in lines if line.startswith("BEGIN:")} <= {
            "BEGIN:VCALENDAR",
            "BEGIN:VEVENT",
        }
        assert [line for line in lines if re.match(r"(?i)(URL|ATTACH)\S*:javascript", line)] == []


def test_tables_hold_no_formula(soaked: Path) -> None:
    for name, path in files(soaked, ".csv").items():
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
        cells = [cell for row in rows for cell in row]
        assert any("HYPERLINK" in cell for cell in cells), name
        assert [cell for cell in cells if cell.startswith(tuple("=+-@\t\r"))] == [], name
    for name, path in files(soaked, ".xlsx").items():
        for sheet in openpyxl.load_workbook(path):
            for cell in (cell for row in sheet.iter_rows() for cell in row):
                assert cell.data_type != "f", name
                target = cell.hyperlink.target if cell.hyperlink else None
                assert (target or "https:").startswith(("https:", "http:")), name


def test_headers_and_robots_say_nothing_of_the_content(soaked: Path) -> None:
    for name, path in files(soaked, "_headers", "robots.txt").items():
        text = path.read_text(encoding="utf-8")
        assert "evil" not in text.lower(), name
        assert "pwned" not in text, name
        assert "sha256" not in text, name


# ----------------------------------------------------------------------------
# In the browser
# ----------------------------------------------------------------------------

RECORDER = """() => {
  globalThis.recorded = [];
  addEventListener('securitypolicyviolation', event =>
    recorded.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
}"""


class Recorder:
    """A window that notes what no page of ours may do."""

    def __init__(self, page: Page, server: str) -> None:
        self.page, self.server = page, server
        self.notes: list[str] = []
        page.add_init_script(f"({RECORDER})()")
        page.on("dialog", self.dialog)
        page.on("request", self.request)
        page.on("popup", lambda popup: self.notes.append(f"window {popup.url}"))
        page.on("pageerror", lambda error: self.notes.append(f"error {error}"))
        page.on("console", lambda message: self.console(message.text))

    def dialog(self, dialog: Dialog) -> None:
        self.notes.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def request(self, request: object) -> None:
        url = str(getattr(request, "url", ""))
        if not url.startswith((self.server, "data:")):
            self.notes.append(f"request {url}")

    def console(self, text: str) -> None:
        if "Content Security Policy" in text or "Content-Security-Policy" in text:
            self.notes.append(f"console {text}")

    def open(self, path: str) -> list[str]:
        """Open a page and touch what reacts; return what it did that it may not."""
        self.notes.clear()
        self.page.goto(self.server + path, wait_until="load")
        found = self.page.evaluate(
            """() => {
              document.querySelectorAll('details').forEach(each => { each.open = true; });
              const pwned = globalThis.pwned === 1 ? ['pwned'] : [];
              return [...pwned, ...globalThis.recorded];
            }"""
        )
        moved = [] if self.page.url.startswith(self.server) else [f"moved to {self.page.url}"]
        return [*self.notes, *found, *moved]


@pytest.fixture
def recorder(browser: Browser) -> Iterator[Callable[[Path], Recorder]]:
    """Return a function that serves a folder and opens a window on it."""
    stack: list[object] = []

    def make(folder: Path) -> Recorder:
        server = serve(folder)
        address = server.__enter__()
        context = browser.new_context()
        stack.extend([server, context])
        return Recorder(context.new_page(), address)

    yield make
    for each in reversed(stack):
        if hasattr(each, "close"):
            each.close()
        else:
            each.__exit__(None, None, None)  # type: ignore[attr-defined]


@pytest.mark.browser
@pytest.mark.parametrize("edition", EDITIONS)
def test_no_page_runs_an_attack_or_leaves_the_site(
    soaked: Path, recorder: Callable[[Path], Recorder], edition: str
) -> None:
    """The policy of ``_headers`` is in force, but the pages give it nothing to stop."""
    visit = recorder(soaked / edition)
    pages = [path.relative_to(soaked / edition) for path in (soaked / edition).rglob("*.html")]
    # An old address leads on before anybody can ask it anything.
    paths = sorted(path.as_posix() for path in pages if "visit/cu" not in path.as_posix())
    addresses = [path.removesuffix("index.html") for path in paths]
    found = {address: visit.open(address) for address in addresses}
    assert {address: notes for address, notes in found.items() if notes} == {}
    assert len(found) > 30


@pytest.mark.browser
def test_what_is_found_is_shown_as_text(soaked: Path, recorder: Callable[[Path], Recorder]) -> None:
    visit = recorder(soaked / "portal")
    assert visit.open("search/?q=pwned%3Cimg%20src%3Dx%20onerror%3Dwindow.pwned%3D1%3E") == []
    assert visit.open("search/?q=pwned") == []
    results = visit.page.locator("main a", has_text="pwned")
    results.first.wait_for()
    assert (
        visit.page.evaluate("document.querySelectorAll('main script, main [onerror]').length") == 0
    )
    assert visit.notes == []


@pytest.mark.browser
@pytest.mark.parametrize(("edition", "path"), [("portal", "search/"), ("kiosk", "find/")])
def test_no_text_becomes_html_or_code_in_a_browser(
    soaked: Path, recorder: Callable[[Path], Recorder], edition: str, path: str
) -> None:
    """Trusted Types: a fault in a script of ours would stop it, and let nothing in."""
    visit = recorder(soaked / edition)
    assert visit.open(path) == []
    stopped = visit.page.evaluate(
        """() => [
          () => { document.createElement('p').innerHTML = '<img src=x onerror=pwned=1>'; },
          () => { document.createElement('script').src = '/a.js'; },
          () => { document.body.insertAdjacentHTML('beforeend', '<b>'); },
          () => trustedTypes.createPolicy('other', { createHTML: (text) => text }),
        ].map((attack) => { try { attack(); return ''; } catch (error) { return error.name; } })"""
    )
    assert stopped == ["TypeError"] * 4


@pytest.mark.browser
def test_the_recorder_sees_an_attack(tmp_path: Path, recorder: Callable[[Path], Recorder]) -> None:
    """Else silence would prove nothing."""
    (tmp_path / "index.html").write_text(
        f"<title>x</title><script>{MARK};alert(1)</script><img src=//evil.example/a.png>",
        encoding="utf-8",
    )
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "index.html").write_text(f"<script>{MARK}</script>{PAYLOAD}")
    (tmp_path / "_headers").write_text("/policy/\n  Content-Security-Policy: script-src 'self'\n")
    visit = recorder(tmp_path)
    open_page = visit.open("")
    assert "pwned" in open_page
    assert "dialog 1" in open_page
    assert [note for note in open_page if note.startswith("request ") and "evil.example" in note]
    stopped = visit.open("policy/")
    assert "pwned" not in stopped
    assert [note for note in stopped if note.startswith("script-src")]
