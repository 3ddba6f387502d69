"""The proof of a build: what it says of small sites and of our own, and that it harms none."""

from __future__ import annotations

import json
import shutil
from contextlib import nullcontext
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from dulwich import porcelain
from jsonschema import Draft202012Validator
from mkdocs.exceptions import Abort
from playwright.sync_api import Browser
from small import ROOT, UNITS, approve, new_site, page, snapshot
from test_quality import KINDS, violations

from chromium import PHONE, visitor
from quangba.catalogs.approval import withdraw_page
from quangba.site.proof import making
from quangba.site.proof.parity import compare
from quangba.site.proof.reading import TOKEN, parse
from support import build, open_workspace, translate

# ----------------------------------------------------------------------------
# Sites
# ----------------------------------------------------------------------------

SCHEMA = json.loads((ROOT / "scripts/quangba/site/schemas/build.schema.json").read_text("utf-8"))

ODD = "Trang <b>lạ</b> & “khác”"
"""A title that is text wherever it is shown."""

TOLD = "description: Một trang.\n"

FILES = {
    "content/_data/units.yml": UNITS,
    "content/index.md": page("Trang chủ", "Xin chào.\n\nTới [kia](odd/trang%20lạ.md).", TOLD),
    "content/odd/trang lạ.md": page(ODD, "Một đoạn.", TOLD),
    "content/gone.md": page("Trang đã rút"),
    "content/late.md": page("Trang chưa dịch", "Đoạn chưa ai dịch.", TOLD),
    "content/kept.md": page("Trang bị giữ"),
}


def make(root: Path, **config: Any) -> Path:
    """Write a site with one page of each state."""
    files = dict(FILES)
    config_file = new_site(root, files, languages=("vi", "en"), quangba={"gate": True}, **config)
    translate(config_file, lambda language, message: f"{language.code} {message.msgid}")
    translate(config_file, lambda language, message: "", "late.md")
    approve(config_file, "index.md", "odd/trang lạ.md", "gone.md", "late.md")
    workspace = open_workspace(config_file)
    withdraw_page(workspace, "gone.md", "Sở Du lịch", "lý do chỉ lưu nội bộ")
    return config_file


def records(config_file: Path, name: str = "build-portal") -> dict[str, Any]:
    """Return a file of the proof, judged by its schema."""
    path = config_file.parent / "reports" / f"{name}.json"
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    kind = "both" if name == "build" else "record"
    judge = Draft202012Validator({**SCHEMA, "oneOf": [{"$ref": f"#/$defs/{kind}"}]})
    assert [error.message for error in judge.iter_errors(found)] == []
    return found


def html(config_file: Path) -> str:
    """Return the page of the proof."""
    return (config_file.parent / "reports" / "build.html").read_text("utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site with one page of each state; return its ``mkdocs.yml``."""
    config_file = make(tmp_path_factory.mktemp("proof"))
    build(config_file)
    return config_file


@pytest.fixture
def copy(site: Path, tmp_path: Path) -> Path:
    """Copy that site with what it was built to."""
    root = tmp_path / "copy"
    shutil.copytree(site.parent, root)
    return root / site.name


# ----------------------------------------------------------------------------
# What it says
# ----------------------------------------------------------------------------


def test_every_page_has_its_state_in_every_language(site: Path) -> None:
    rows = {row["page"]: row for row in records(site)["standing"]["pages"]}
    states = {
        name: tuple(cell["state"] for cell in row["languages"].values())
        for name, row in rows.items()
    }
    assert states == {
        "gone.md": ("withdrawn", "withdrawn"),
        "index.md": ("published", "published"),
        "kept.md": ("refused", "refused"),
        "late.md": ("published", "notice"),
        "odd/trang lạ.md": ("published", "published"),
    }
    assert [problem["code"] for problem in rows["kept.md"]["reasons"]] == ["gate-unapproved"]
    assert rows["late.md"]["languages"]["en"]["left"] == 3


def test_it_names_who_approved_what_on_which_document(site: Path) -> None:
    rows = {row["page"]: row for row in records(site)["standing"]["pages"]}
    approval = rows["index.md"]["approval"]
    assert (approval["by"], approval["document"]) == ("Người duyệt", "01/QĐ")
    assert rows["kept.md"]["approval"] is None
    assert rows["gone.md"]["withdrawn"]["by"] == "Sở Du lịch"
    assert "lý do chỉ lưu nội bộ" not in html(site) + json.dumps(records(site), ensure_ascii=False)


def test_the_folder_agrees_with_the_ledger(site: Path) -> None:
    rules = {rule["rule"]: rule for rule in records(site)["standing"]["rules"]}
    broken = {name: rule["findings"] for name, rule in rules.items() if rule["failed"]}
    assert broken == {}
    assert (rules["kept-promise"]["checked"], rules["stays-out"]["checked"]) == (8, 2)


def test_the_page_says_it_in_five_lines_and_escapes_everything(site: Path) -> None:
    text = html(site)
    for said in (
        "Cổng thông tin: 3 trang tiếng Việt, 2 trang ở mỗi ngôn ngữ khác",
        "3 trang do Người duyệt duyệt, theo “01/QĐ”",
        "2 trang bị giữ lại hoặc đã rút: gone.md, kept.md.",
        "Đã kiểm 32 điều trên 12 trang: không thấy lỗi.",
        "Không biết bản dựng từ commit nào",
        "Màn hình cửa khẩu: chưa có bản dựng.",
    ):
        assert said in text, said
    assert ODD not in text
    assert "Trang &lt;b&gt;lạ&lt;/b&gt; &amp; “khác”" in text
    assert "<script" not in text


def test_nothing_of_it_is_in_the_published_folder(site: Path) -> None:
    names = {path.name for path in (site.parent / "site").rglob("*")}
    assert not {name for name in names if name.startswith("build")}


def test_the_same_site_gives_the_same_bytes(copy: Path) -> None:
    before = snapshot(copy.parent / "reports")
    build(copy)
    after = snapshot(copy.parent / "reports")
    assert set(before) == set(after)
    assert {name for name in before if before[name] != after[name]} == set()


# ----------------------------------------------------------------------------
# Builds that fail
# ----------------------------------------------------------------------------


def test_a_refused_build_leaves_what_is_known_of_the_old_site(copy: Path) -> None:
    old = records(copy)["standing"]
    with pytest.raises(Abort):
        build(copy, strict=True)
    record = records(copy)
    assert record["standing"] == old
    assert record["last_build"]["outcome"] == "refused"
    assert record["last_build"]["refused"] == ["kept.md"]
    assert "gate-unapproved" in {one["code"] for one in record["last_build"]["problems"]}
    assert "lần dựng gần nhất BỊ TỪ CHỐI, trang cũ được giữ nguyên" in html(copy)


def test_a_build_that_is_refused_first_of_all_has_a_page_too(copy: Path) -> None:
    shutil.rmtree(copy.parent / "reports")
    with pytest.raises(Abort):
        build(copy, strict=True)
    assert records(copy)["standing"] is None
    assert "BỊ TỪ CHỐI" in html(copy)
    assert "kept.md" in html(copy)


def test_reports_that_cannot_be_written_keep_no_site_back(copy: Path) -> None:
    folder = copy.parent / "site"
    shutil.rmtree(copy.parent / "reports")
    (copy.parent / "reports").write_text("a file", encoding="utf-8")
    index = copy.parent / "content" / "index.md"
    index.write_text(index.read_text("utf-8").replace("Xin chào", "Chào"), encoding="utf-8")
    approve(copy, "index.md")
    build(copy)
    assert "Chào." in (folder / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"form": 1, "edition": "kiosk"}', "[" * 100_000], ids=range(5)
)
def test_a_record_that_is_none_is_left_alone(copy: Path, text: str) -> None:
    path = copy.parent / "reports" / "build-kiosk.json"
    path.write_text(text, encoding="utf-8")
    assert making.write_refusal(open_workspace(copy), [], []) == []
    assert "kiosk" not in records(copy, "build")["editions"]
    assert path.read_text("utf-8") == text


def test_a_record_that_was_changed_by_hand_does_not_count(copy: Path) -> None:
    workspace = open_workspace(copy)
    assert making.read(workspace.settings, "portal") is not None
    path = copy.parent / "reports" / "build-portal.json"
    path.write_text(path.read_text("utf-8").replace("01/QĐ", "02/QĐ"), encoding="utf-8")
    assert making.read(workspace.settings, "portal") is None


# ----------------------------------------------------------------------------
# Commit
# ----------------------------------------------------------------------------


def test_editions_may_have_other_languages(copy: Path) -> None:
    """One edition was built before a language was added, the other after."""
    build(copy)
    path = copy.parent / "reports/build-portal.json"
    other = json.loads(path.read_text(encoding="utf-8"))
    other["edition"] = "kiosk"
    gone = other["standing"]["languages"].pop()["code"]
    for row in other["standing"]["pages"]:
        del row["languages"][gone]
    del other["standing"]["counts"][gone]
    other["seal"] = making.seal(other)
    path.with_name("build-kiosk.json").write_text(json.dumps(other), encoding="utf-8")
    page = copy.parent / "reports/build.html"
    page.unlink()
    build(copy)
    assert page.is_file()
    assert html(copy).count("trang tiếng Việt") >= 2


@pytest.mark.parametrize("strict", [False, True], ids=["published", "refused"])
def test_a_proof_that_cannot_be_made_is_said_and_changes_nothing(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], strict: bool
) -> None:
    def broken(*given: object) -> None:
        raise KeyError("published")

    monkeypatch.setattr(making, "html", broken)
    with pytest.raises(Abort) if strict else nullcontext():
        build(copy, strict=strict)
    said = capsys.readouterr().err
    assert "KeyError: 'published'" in said
    assert "dung lượng" not in said, "space on the disk has nothing to do with it"
    assert (copy.parent / "site/index.html").is_file()


def test_without_git_the_epoch_gives_the_day(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = open_workspace(copy).settings
    assert making.commit(settings) is None
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764115200")
    assert making.commit(settings) == {
        "id": None,
        "date": "2025-11-26T00:00:00+00:00",
        "changed": 0,
        "files": [],
    }


def test_what_builds_write_is_no_change(copy: Path) -> None:
    root = copy.parent
    repo = porcelain.init(str(root))
    porcelain.add(repo, [str(root / "mkdocs.yml")])
    made = porcelain.commit(repo, message=b"a", author=b"A <a@b>", committer=b"A <a@b>",
                            commit_timestamp=1764115200, commit_timezone=0)  # fmt: skip
    found = making.commit(open_workspace(copy).settings)
    assert found == {
        "id": made.decode(),
        "date": "2025-11-26T00:00:00+00:00",
        "changed": 2,
        "files": ["content/", "locales/"],
    }


# ----------------------------------------------------------------------------
# Two editions
# ----------------------------------------------------------------------------


def cell(state: str, reviewed: int = 2, translated: int = 0, stale: int = 0) -> dict[str, Any]:
    texts = {"reviewed": reviewed, "translated": translated, "draft": 0, "missing": 0}
    return {"state": state, "texts": texts, "stale": stale, "left": 0, "reviewers": []}


def edition(commit: str, **pages: dict[str, Any]) -> dict[str, Any]:
    rows = [{"page": name, "languages": languages} for name, languages in pages.items()]
    return {"commit": {"id": commit} if commit else None, "pages": rows}


def test_parity_says_which_edition_lacks_what_and_why() -> None:
    source = {"vi": {"state": "published"}}
    portal = edition(
        "a",
        same={**source, "en": cell("published")},
        left={**source, "en": cell("published")},
        drafts={**source, "en": cell("published", 1, 1)},
        stale={**source, "en": cell("published", stale=1)},
        new=source,
        notyet={**source, "en": cell("notice", 0)},
    )
    kiosk = edition(
        "a",
        same={**source, "en": cell("published")},
        left={"vi": {"state": "left-out"}, "en": cell("left-out")},
        drafts={**source, "en": cell("notice", 1, 1)},
        stale={**source, "en": cell("notice", stale=1)},
        notyet={**source, "en": cell("notice", 0)},
    )
    found = compare(portal, kiosk)
    assert (found["same_commit"], found["both"]) == (True, 5)
    differences = {
        one["page"]: (one["missing_in"], one["because"], one["reviewed"], one["languages"])
        for one in found["differences"]
    }
    assert differences == {
        "left": ("kiosk", "left-out", True, ["en", "vi"]),
        "drafts": ("kiosk", "notice", False, ["en"]),
        "stale": ("kiosk", "notice", False, ["en"]),
        "new": ("kiosk", "unknown", True, ["vi"]),
    }
    back = compare(kiosk, portal)["differences"]
    assert {one["missing_in"] for one in back} == {"portal"}


@pytest.mark.parametrize(("one", "other"), [("a", "b"), ("", ""), ("a", "")])
def test_parity_knows_whether_the_editions_are_of_one_commit(one: str, other: str) -> None:
    assert compare(edition(one), edition(other))["same_commit"] is False


# ----------------------------------------------------------------------------
# Our own site
# ----------------------------------------------------------------------------


def test_our_own_portal_breaks_no_rule(portal: Path) -> None:
    record = records(portal / "mkdocs.yml")
    site = record["standing"]
    assert {rule["rule"]: rule["findings"] for rule in site["rules"] if rule["failed"]} == {}
    asked = {rule["rule"] for rule in site["rules"] if not rule["checked"]}
    assert asked == {"stays-out", "no-way-out", "letters"}, "these are for other editions"
    parts = ["organisation", "contacts", "investment", "gates", "news"]
    assert [part["part"] for part in site["english"]] == parts
    assert [part["missing"] for part in site["english"]] == [[]] * len(parts)
    assert all(part["pages"] for part in site["english"])
    # One page lists every source of the site; the budgets are for the others.
    heavy = {row["file"].rpartition("about/")[2] for row in site["weights"]["over"]}
    assert heavy <= {"sources/index.html"}
    assert record["last_build"] == {
        "outcome": "published",
        "commit": None,
        "refused": [],
        "problems": [],
    }


class Tags(HTMLParser):
    """Every start tag of a page, as the standard library reads it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        first = {name: value or "" for name, value in reversed(attrs)}
        self.found.append((tag, first))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "404"])
def test_pages_are_read_as_the_standard_library_reads_them(portal: Path, kind: str) -> None:
    text = (portal / "site/portal/ja" / KINDS[kind] / "index.html").read_text("utf-8")
    other = Tags()
    other.feed(text)
    ours = [
        parse(match["tag"] or match["raw"], match["attributes"] or match["given"] or "")
        for match in TOKEN.finditer(text)
        if match["tag"] or match["raw"]
    ]
    assert [(tag.name, tag.attributes) for tag in ours] == other.found


@pytest.fixture(scope="module")
def both(portal: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Set the portal beside itself as if it were a kiosk, with a page that it lacks."""
    root = tmp_path_factory.mktemp("both")
    shutil.copytree(portal / "reports", root / "reports")
    config_file = portal / "mkdocs.yml"
    record = {**records(config_file), "edition": "kiosk"}
    for language in record["standing"]["pages"][0]["languages"].values():
        language["state"] = "left-out"
    settings = open_workspace(config_file).settings
    settings.root = root
    making.write(settings, record)
    return root


@pytest.mark.browser
def test_the_page_is_for_a_phone_and_breaks_no_rule_of_axe(browser: Browser, both: Path) -> None:
    address = (both / "reports" / "build.html").as_uri()
    with visitor(browser, address, viewport=PHONE) as phone:
        phone.page.goto(address)
        phone.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        shown = phone.page.evaluate("document.scrollingElement.scrollWidth")
        assert shown == PHONE["width"]
        assert violations(phone.page, set()) == []
        assert phone.foreign == []
        assert phone.complaints == []
        assert "cấu hình để ngoài ấn bản này" in phone.page.inner_text("#parity ~ .scroll")
