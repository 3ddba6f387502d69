"""The preview: the real page, each segment named, everything that the catalog has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from small import ROOT, new_site

from quangba.catalogs.edits import identifier
from quangba.catalogs.workspace import Workspace
from quangba.desk.preview import Preview
from quangba.errors import QuangbaError
from quangba.settings import Language
from support import sync

PAGE = """---
title: Vé tàu
lead: Đi tàu ra vịnh.
classification: public
owner: so-du-lich
---
## Mua vé { #ve }

Vé mua **tại cảng**.

- Vé người lớn
- Vé trẻ em

![Tàu trên vịnh](images/a.svg)
"""

# ----------------------------------------------------------------------------
# Fixtures
# ----------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files: dict[str, str | bytes] = {
        "content/index.md": "# Trang đầu\n\n[Vé](ve.md)\n",
        "content/ve.md": PAGE,
    }
    sync(new_site(tmp_path, files, quangba={"gate": True, "publish": "reviewed"}))
    return tmp_path


@pytest.fixture
def preview(root: Path) -> Preview:
    return Preview(str(root / "mkdocs.yml"))


def language(preview: Preview, code: str) -> Language:
    return next(each for each in preview.settings.languages if each.code == code)


def translate(preview: Preview, texts: dict[str, str], *, fuzzy: bool = False) -> None:
    """Write translations into the English catalog of the page, from outside."""
    workspace, english = Workspace(preview.settings), language(preview, "en")
    catalog = workspace.catalog(english, "ve.md")
    assert catalog is not None
    for message in catalog.active:
        if message.msgid in texts:
            message.msgstr, message.fuzzy = texts[message.msgid], fuzzy
    workspace.write_catalogs([(english, "ve.md", catalog)])


# ----------------------------------------------------------------------------
# Tests
# ----------------------------------------------------------------------------


def test_a_draft_is_shown_on_a_page_that_no_build_would_publish(preview: Preview) -> None:
    translate(preview, {"Vé mua **tại cảng**.": "Buy tickets **at the port**."}, fuzzy=True)
    html = preview.render(language(preview, "en"), "ve.md")
    name = identifier((None, "Vé mua **tại cảng**."))
    assert f'<p data-segment="{name}">Buy tickets <strong>at the port</strong>.</p>' in html


def test_a_change_from_outside_is_seen_at_the_next_call(preview: Preview) -> None:
    english = language(preview, "en")
    assert "Adults" not in preview.render(english, "ve.md")
    translate(preview, {"Vé người lớn": "Adults"})
    assert ">Adults</li>" in preview.render(english, "ve.md")


def test_front_matter_is_named_where_it_is_text_and_nowhere_else(preview: Preview) -> None:
    translate(preview, {"Vé tàu": "Boat tickets"})
    html = preview.render(language(preview, "en"), "ve.md")
    assert re.search(r"<title>[^<]*Boat tickets[^<]*</title>", html)
    name = identifier(("front matter: title", "Vé tàu"))
    assert f'<span data-segment="{name}">Boat tickets</span>' in html
    assert not re.search("[\U000f0000-\U000f0002]", html)


def test_front_matter_that_nobody_translated_is_named_too(preview: Preview) -> None:
    html = preview.render(language(preview, "en"), "ve.md")
    name = identifier(("front matter: title", "Vé tàu"))
    assert f'<span data-segment="{name}">Vé tàu</span>' in html


def test_a_changed_source_is_read_anew(preview: Preview, root: Path) -> None:
    english = language(preview, "en")
    preview.render(english, "ve.md")
    (root / "content/ve.md").write_text(PAGE + "\nĐoạn mới.\n", encoding="utf-8")
    assert identifier((None, "Đoạn mới.")) in preview.render(english, "ve.md")


def test_an_unsound_translation_is_not_shown(preview: Preview) -> None:
    translate(preview, {"Vé trẻ em": "<script>alert(1)</script>"})
    assert "alert(1)" not in preview.render(language(preview, "en"), "ve.md")


def test_a_damaged_catalog_leaves_the_source(preview: Preview, root: Path) -> None:
    english = language(preview, "en")
    path = root / "locales/en/LC_MESSAGES/ve.po"
    path.write_text("<<<<<<< HEAD\n", encoding="utf-8")
    assert "Vé người lớn" in preview.render(english, "ve.md")


def test_addresses_lead_to_pages_and_assets(preview: Preview) -> None:
    english, source = language(preview, "en"), language(preview, "vi")
    assert preview.address(english, "ve.md") == "en/ve/"
    assert preview.page_at("en/ve/") == (english, "ve.md")
    assert preview.page_at("ve/") == (source, "ve.md")
    assert preview.page_at("") == (source, "index.md")
    assert preview.page_at("en/") == (english, "index.md")
    assert preview.page_at("../../etc/passwd") is None
    found = preview.asset("assets/favicon.svg")
    assert found is not None
    assert found.is_file()


def test_fonts_that_a_site_brings_are_assets_too(tmp_path: Path) -> None:
    fonts = ROOT / "tests" / "sites" / "thanh-hoa" / "fonts"
    files = {f"fonts/{path.name}": path.read_bytes() for path in fonts.iterdir()}
    own = {"fonts": {"lo": "fonts/noto-sans-lao"}}
    config_file = new_site(tmp_path, {"content/index.md": "# Trang đầu\n", **files}, quangba=own)
    sync(config_file)
    preview = Preview(str(config_file))
    html = preview.render(language(preview, "en"), "index.md")
    address = "assets/stylesheets/own-fonts.css"
    assert address in html
    rules = preview.asset(address)
    assert rules is not None
    faces = re.findall(r'url\("\.\./(fonts/[^"]+)"\)', rules.read_text(encoding="utf-8"))
    assert faces
    for face in faces:
        found = preview.asset(f"assets/{face}")
        assert found is not None
        assert found.read_bytes() == files[face]


@pytest.mark.parametrize("address", ["../mkdocs.yml", "/etc/passwd", "_data/units.yml", "", "en"])
def test_only_files_of_the_site_are_assets(preview: Preview, address: str) -> None:
    assert preview.asset(address) is None


def test_a_page_that_does_not_exist_is_one_sentence(preview: Preview) -> None:
    with pytest.raises(QuangbaError) as caught:
        preview.render(language(preview, "en"), "nowhere.md")
    assert caught.value.problem.code == "page-missing"


def test_two_languages_are_open_at_once(preview: Preview) -> None:
    translate(preview, {"Vé người lớn": "Adults"})
    english, source = language(preview, "en"), language(preview, "vi")
    assert ">Adults</li>" in preview.render(english, "ve.md")
    assert ">Vé người lớn</li>" in preview.render(source, "ve.md")
    assert ">Adults</li>" in preview.render(english, "ve.md")


def test_nothing_is_written(preview: Preview, root: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    preview.render(language(preview, "en"), "ve.md")
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before
