"""Builds after a build: only what changed is rendered again; the site is that of a clean one."""

from __future__ import annotations

import hashlib
import os
import pickle
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from edited import STATE, Edited, Result, differences
from edits import approved_on, province, review
from mkdocs.exceptions import Abort
from small import LICENCE, PICTURE, UNITS, approve, new_site, page, snapshot

from quangba.catalogs.approval import withdraw_page
from quangba.catalogs.message import Message
from quangba.errors import QuangbaError
from quangba.settings import Language
from quangba.site import driver, recalling, state
from support import make_site, open_workspace, sync, translate

# ----------------------------------------------------------------------------
# Sites
# ----------------------------------------------------------------------------

SOURCE = "source: {title: Báo cáo, publisher: Nhóm thử}"

FACTS = f"""\
guests: {{label: Khách, value: 42, kind: number, as_of: 2025, {SOURCE}}}
late: {{label: Trễ, value: 7, kind: number, as_of: 2025, expires: 2031-01-01, {SOURCE}}}
"""

FILES = {
    "content/_data/units.yml": UNITS,
    "content/_data/facts.yml": FACTS,
    "content/images/a.svg": PICTURE,
    "content/images/a.svg.yml": LICENCE,
    "content/index.md": page("Trang chủ", "Xin chào.\n\nTới [A](a.md) và [B](b.md#muc-b)."),
    "content/a.md": page("Trang A", "## Mục A\n\nĐoạn A.\n\nTới [B](b.md#muc-b)."),
    "content/b.md": page("Trang B", "## Mục B\n\nĐoạn B."),
    "content/c.md": page("Trang C", "Có {fact:guests} khách và {fact:late}."),
    "content/d.md": page("Trang D", "![Hình](images/a.svg)"),
    "content/e.md": page("Trang E", "Đoạn E.", "publish: reviewed\n"),
}

OPTIONS = {"gate": True, "sample": False, "publish": "translated"}

NAV = [{"Mục": ["a.md", "b.md", "c.md", "d.md", "e.md"]}]

MORE = "\n\nĐoạn thêm.\n"


def translated(language: Language, message: Message) -> str | None:
    """Translate what has no translation yet."""
    return message.msgstr or f"{language.code} {message.msgid}"


def settle(site: Edited, *names: str) -> None:
    """Translate, review and approve pages, by default all."""
    translate(site.config_file, translated)
    review(site, *names)
    approve(site.config_file, *names)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Edited:
    root = tmp_path_factory.mktemp("driver") / "site"
    nav = ["index.md", *NAV]
    site = Edited(new_site(root, FILES, quangba=OPTIONS, nav=nav))
    settle(site)
    return site


@pytest.fixture
def site(shared: Edited) -> Edited:
    """A site that is as its last build left it."""
    found = shared.build()
    assert found.error is None
    assert found.said == []
    return shared


@pytest.fixture
def undone(site: Edited) -> Iterator[Edited]:
    """A site whose pages, catalogs and approvals are afterwards what they were."""
    folders = ("content", "locales")
    files = {folder: snapshot(site.root / folder) for folder in folders}
    config = site.config_file.read_bytes()
    yield site
    for folder, before in files.items():
        for name in snapshot(site.root / folder).keys() - before.keys():
            if (path := site.root / folder / name).is_file():
                path.unlink()
        for name, data in before.items():
            path = site.root / folder / name
            if data is not None and (not path.is_file() or path.read_bytes() != data):
                path.write_bytes(data)
    site.config_file.write_bytes(config)
    site.settings = lambda config: None


@pytest.fixture(scope="module")
def clean(shared: Edited) -> Result:
    """The site as it is built anew."""
    return shared.anew()


@pytest.fixture(scope="module")
def longer(shared: Edited) -> Result:
    """The same site with a longer page (``lengthen``), built anew."""
    copy = Edited(shared.root.with_name("longer") / shared.config_file.name)
    shutil.copytree(shared.root, copy.root, ignore=shutil.ignore_patterns("builds", "site"))
    lengthen(copy)
    return copy.build()


@pytest.fixture(scope="module")
def corrected(shared: Edited) -> Result:
    """The longer site with another number, built anew."""
    copy = Edited(shared.root.with_name("corrected") / shared.config_file.name)
    shutil.copytree(shared.root, copy.root, ignore=shutil.ignore_patterns("builds", "site"))
    lengthen(copy)
    correct(copy)
    return copy.build()


@pytest.fixture(scope="module")
def both(shared: Edited) -> Result:
    """The same site with two longer pages, built anew."""
    copy = Edited(shared.root.with_name("both") / shared.config_file.name)
    shutil.copytree(shared.root, copy.root, ignore=shutil.ignore_patterns("builds", "site"))
    lengthen(copy, "a.md", "b.md")
    return copy.build()


def lengthen(site: Edited, *names: str) -> None:
    """Add a paragraph to pages, by default to one, with translations and all that they need."""
    for name in names or ("a.md",):
        site.write(f"content/{name}", lambda text: text + MORE)
        settle(site, name)


def correct(site: Edited) -> None:
    """Correct a number that stands on a page."""
    site.write("content/_data/facts.yml", lambda text: text.replace("42", "44"))
    approve(site.config_file)


def everywhere(name: str) -> list[str]:
    return sorted(f"{code} {name}" for code in ("vi", "en", "fr"))


ALL = sorted(f"{code} {name}.md" for code in ("vi", "en", "fr") for name in ("index", *"abcde"))

# ----------------------------------------------------------------------------
# What is rendered again
# ----------------------------------------------------------------------------


def test_nothing_changed(site: Edited, clean: Result) -> None:
    found = site.check(clean)
    assert found.began
    assert found.rendered == []
    assert not [name for name in found.files if name.startswith(".")]


def test_a_paragraph_that_is_translated_and_reviewed(undone: Edited, longer: Result) -> None:
    lengthen(undone)
    found = undone.check(longer)
    assert found.rendered == everywhere("a.md")
    for code, shown in (("", "Đoạn thêm."), ("en/", "en Đoạn thêm."), ("fr/", "fr Đoạn thêm.")):
        assert f"{shown}</p>".encode() in (found.files[f"{code}a/index.html"] or b"")


def test_a_text_that_went_stale_has_its_notice(undone: Edited) -> None:
    undone.write("content/a.md", lambda text: text.replace("Đoạn A.", "Đoạn A, đã sửa."))
    sync(undone.config_file)
    approve(undone.config_file, "a.md")
    found = undone.check()
    assert found.rendered == everywhere("a.md")
    assert b"en \xc4\x90o\xe1\xba\xa1n A." in (found.files["en/a/index.html"] or b"")
    assert b"notice--stale" in (found.files["en/a/index.html"] or b"")


def change_one(site: Edited, code: str, name: str, change: Callable[[Message], None]) -> None:
    """Change one text of a catalog: that of the first paragraph."""
    workspace = open_workspace(site.config_file)
    language = next(each for each in workspace.settings.targets if each.code == code)
    catalog = workspace.catalog(language, name)
    assert catalog
    change(next(m for m in catalog.active if m.msgid.startswith(("Đoạn", "Xin chào", "Người"))))
    workspace.write_catalogs([(language, name, catalog)])


def test_a_translation_is_rendered_in_its_language_only(undone: Edited) -> None:
    def change(message: Message) -> None:
        message.msgstr = "Another."
        message.approve("Người đọc", "2026-01-02", "official")

    change_one(undone, "en", "a.md", change)
    assert undone.check().rendered == ["en a.md"]


def test_a_page_that_goes_from_a_language_and_comes_back(undone: Edited, clean: Result) -> None:
    """Other languages no longer offer it, no list of the language has it."""

    def change(message: Message) -> None:
        message.msgstr = ""

    change_one(undone, "fr", "e.md", change)
    found = undone.check()
    assert {"vi e.md", "en e.md"} <= set(found.rendered)
    assert not {"vi a.md", "en a.md"} & set(found.rendered)
    assert b"/fr/e/" not in (found.files["sitemap.xml"] or b"")
    settle(undone, "e.md")
    again = undone.check(clean)
    assert b"/fr/e/" in (again.files["sitemap.xml"] or b"")


def test_a_title_is_shown_everywhere(undone: Edited) -> None:
    undone.write("content/b.md", lambda text: text.replace("Trang B", "Trang B mới"))
    settle(undone, "b.md")
    assert undone.check().rendered == ALL


def test_a_translated_title_is_shown_everywhere_in_its_language(undone: Edited) -> None:
    def change(language: Language, message: Message) -> str | None:
        return "Page B" if language.code == "en" and message.msgid == "Trang B" else None

    translate(undone.config_file, change, "b.md")
    review(undone, "b.md")
    found = undone.check()
    assert [name for name in found.rendered if name.startswith("vi")] == []
    assert [name for name in ALL if name.startswith("en")] == [
        name for name in found.rendered if name.startswith("en")
    ]


def test_a_page_is_added_renamed_with_a_redirect_and_removed(undone: Edited) -> None:
    undone.write("content/f.md", page("Trang F"))
    settle(undone, "f.md")
    assert "f/index.html" in undone.check().files
    (undone.root / "content/f.md").rename(undone.root / "content/g.md")
    undone.write("content/_data/redirects.yml", "f.md: g.md\n")
    settle(undone, "g.md")
    renamed = undone.check()
    assert b'url=../g/"' in (renamed.files["f/index.html"] or b"")
    (undone.root / "content/g.md").unlink()
    (undone.root / "content/_data/redirects.yml").unlink()
    assert not {"f/index.html", "g/index.html"} & undone.check().files.keys()


def test_approvals_that_go_and_come(undone: Edited) -> None:
    undone.write("content/a.md", lambda text: text + MORE)
    refused = undone.check()
    assert "a/index.html" not in refused.files
    assert any("a.md" in line for line in refused.said)
    approve(undone.config_file, "a.md")
    approved = undone.check()
    assert "a/index.html" in approved.files
    withdraw_page(open_workspace(undone.config_file), "a.md", "Sở", "sai")
    assert b"noindex" in (undone.check().files["a/index.html"] or b"")
    approve(undone.config_file, "a.md")
    assert b"noindex" not in (undone.check(approved).files["a/index.html"] or b"")


def test_what_is_said_of_a_page_that_stays_in_is_said_again(undone: Edited) -> None:
    """A page that was refused changes nothing for the others, however often it is edited."""
    undone.write("content/e.md", lambda text: text + MORE)
    undone.build()
    undone.write("content/e.md", lambda text: text + MORE)
    found = undone.check()
    assert found.began
    assert any("e.md" in line for line in found.said)
    undone.write("content/a.md", lambda text: text + MORE)
    approve(undone.config_file, "a.md")
    again = undone.check()
    assert any("e.md" in line for line in again.said)


def test_two_pages_with_one_id_are_judged_together(undone: Edited) -> None:
    """The one that did not change is refused as well, or again let out."""
    news = "type: news\nreviewed_on: 2026-01-01\ndate: 2026-01-01\ndescription: Tin.\n"
    news += "lead: Tin.\nsource: {title: A, publisher: B, date: 2026-01-01}\n"
    undone.write("content/news/x.md", page("Tin X", "Đoạn.", news + "id: x\n"))
    undone.write("content/news/y.md", page("Tin Y", "Đoạn.", news + "id: y\n"))
    settle(undone, "news/x.md", "news/y.md")
    assert undone.check().said == []
    undone.write("content/news/x.md", lambda text: text.replace("id: x", "id: y"))
    approve(undone.config_file, "news/x.md")
    found = undone.check()
    assert "news/y/index.html" not in found.files
    undone.write("content/news/y.md", lambda text: text + MORE)
    assert "news/y/index.html" not in undone.check().files


def test_a_page_whose_address_another_has_stays_in_when_it_is_edited(undone: Edited) -> None:
    undone.write("content/a/index.md", page("Trang A kia"))
    settle(undone, "a.md")
    refused = undone.check()
    assert any("a/index.md" in line for line in refused.said)
    undone.write("content/a/index.md", lambda text: text + MORE)
    assert undone.check().said == refused.said


def test_a_number_is_corrected_everywhere(undone: Edited) -> None:
    undone.write("content/_data/facts.yml", lambda text: text.replace("42", "43"))
    approve(undone.config_file)
    found = undone.check()
    assert found.rendered == ALL
    assert not found.began


def test_a_text_of_the_site_is_rendered_in_its_language(undone: Edited) -> None:
    def change(language: Language, message: Message) -> str | None:
        return "Part" if language.code == "en" and message.msgid == "Mục" else None

    translate(undone.config_file, change, "site")
    assert undone.check().rendered == [name for name in ALL if name.startswith("en")]


def test_a_picture_whose_bytes_changed(undone: Edited) -> None:
    undone.write("content/images/a.svg", PICTURE.replace("M0 0", "M1 0"))
    assert "d/index.html" not in undone.check().files
    approve(undone.config_file, "d.md")
    assert "d/index.html" in undone.check().files


def test_the_first_photograph_is_known_to_every_page(undone: Edited) -> None:
    def silent() -> set[str]:
        said = "Hình minh họa tự vẽ, không phải ảnh chụp".encode()
        pages = {name: data or b"" for name, data in snapshot(undone.site).items()}
        vietnamese = {name for name in pages if re.fullmatch(r"(?!en/|fr/).*\.html", name)}
        assert "404.html" in vietnamese
        found = {name for name in vietnamese if said not in pages[name]}
        assert not found or found == vietnamese
        return found

    assert silent() == set()
    undone.write("content/images/photo.JPG", "no page shows it yet")
    assert undone.check().rendered == ALL
    assert "a/index.html" in silent()
    (undone.root / "content/images/photo.JPG").unlink()
    assert undone.check().rendered == ALL
    assert silent() == set()


def test_a_setting(undone: Edited) -> None:
    undone.write("mkdocs.yml", lambda text: text.replace("site_name: Thử", "site_name: Khác"))
    assert undone.check().rendered == ALL


def test_an_anchor_that_went_is_missed_by_pages_that_did_not_change(undone: Edited) -> None:
    text = "validation: {links: {anchors: warn}}\n"
    undone.write("mkdocs.yml", lambda config: config + text)
    undone.build()
    undone.write("content/b.md", lambda text: text.replace("## Mục B", "## Mục khác"))
    settle(undone, "b.md")
    found = undone.check()
    assert found.rendered == everywhere("b.md")
    assert len([line for line in found.said if "#muc-b" in line]) == 6
    undone.write("content/c.md", lambda text: text + MORE)
    settle(undone, "c.md")
    assert [line for line in undone.check().said if "#muc-b" in line] == found.said


def test_a_day_on_which_a_fact_expires(
    undone: Edited, monkeypatch: pytest.MonkeyPatch, clean: Result
) -> None:
    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime(2031, 1, 2, tzinfo=tz)

    monkeypatch.setattr("quangba.source.lunar.datetime", Later)
    found = undone.check()
    assert "c/index.html" not in found.files
    monkeypatch.undo()
    assert "c/index.html" in undone.check(clean).files


def test_the_day_that_is_given_for_the_build(
    undone: Edited, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert not undone.check().began


# ----------------------------------------------------------------------------
# What became of the published site and of what was kept
# ----------------------------------------------------------------------------


def edited_by_hand(site: Path) -> None:
    (site / "a" / "index.html").write_text("by hand", "utf-8")


def deleted(site: Path) -> None:
    (site / "en" / "b" / "index.html").unlink()


def replaced(site: Path) -> None:
    """The same bytes, of the same time, in another file: a copy that was laid back."""
    path = site / "index.html"
    before, data = path.stat(), path.read_bytes()
    path.rename(site / "kept")
    path.write_bytes(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    (site / "kept").unlink()


def emptied(site: Path) -> None:
    shutil.rmtree(site)


def closed(site: Path) -> None:
    (site / "a" / "index.html").chmod(0o600)


@pytest.mark.parametrize("change", [edited_by_hand, deleted, replaced, emptied, closed])
def test_a_published_site_that_is_another(
    site: Edited, change: Callable[[Path], None], clean: Result
) -> None:
    change(site.site)
    found = site.check(clean)
    assert not found.began
    assert found.rendered == ALL


def test_what_others_put_into_a_published_site_goes(site: Edited, clean: Result) -> None:
    (site.site / "extra.html").write_text("extra", "utf-8")
    (site.site / "a" / "extra").mkdir()
    found = site.check(clean)
    assert found.began
    assert "extra.html" not in found.files


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def other_version(path: Path) -> None:
    path.write_bytes(
        path.read_bytes().replace(state.FORMAT, b"quangba build 0\n".ljust(len(state.FORMAT)), 1)
    )


def something_else(path: Path) -> None:
    body = pickle.dumps({"site": 1})
    path.write_bytes(state.FORMAT + hashlib.sha256(body).digest() + body)


def folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("site", truncated),
        ("site", other_version),
        ("site", something_else),
        ("site", folder_instead),
        ("en", truncated),
    ],
)
def test_a_state_that_cannot_be_used(
    undone: Edited, part: str, change: Callable[[Path], None], longer: Result
) -> None:
    path = undone.root / STATE / f"portal-{part}.state"
    change(path)
    lengthen(undone)
    found = undone.check(longer)
    assert found.error is None
    assert [name for name in ALL if name.startswith("en ")] == [
        name for name in found.rendered if name.startswith("en ")
    ]
    if path.is_dir():
        path.rmdir()


def test_a_state_of_one_language_that_could_not_be_kept(
    undone: Edited, monkeypatch: pytest.MonkeyPatch, both: Result
) -> None:
    """The disk was full for a moment: what is there of the language is of an older build."""
    write = state.write_bytes

    def full(path: Path, data: bytes) -> None:
        if path.name == "portal-en.state":
            raise OSError(28, "No space left on device")
        write(path, data)

    monkeypatch.setattr(state, "write_bytes", full)
    lengthen(undone)
    assert undone.build().error is None
    monkeypatch.undo()
    lengthen(undone, "b.md")
    undone.check(both)


def test_a_build_that_was_killed_before_it_kept_its_state(
    undone: Edited, monkeypatch: pytest.MonkeyPatch, both: Result
) -> None:
    def killed(self: Any, published: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(driver.Driver, "save", killed)
    lengthen(undone)
    with pytest.raises(KeyboardInterrupt):
        undone.build()
    monkeypatch.undo()
    lengthen(undone, "b.md")
    undone.check(both)


def test_a_refused_build_leaves_what_the_next_one_can_use(undone: Edited, both: Result) -> None:
    undone.write("content/a.md", lambda text: text + MORE)
    before = undone.build().files
    site = snapshot(undone.site)
    undone.write("content/b.md", lambda text: text + MORE)
    refused = undone.build(strict=True)
    assert isinstance(refused.error, Abort)
    assert refused.files == site == before
    settle(undone, "a.md", "b.md")
    undone.check(both)


def test_a_build_that_fails_halfway_leaves_the_old_site(
    undone: Edited, monkeypatch: pytest.MonkeyPatch, longer: Result
) -> None:
    def fails(outputs: Any) -> None:
        raise QuangbaError("file-unwritable", "x", what="thử")

    before = undone.build().files
    lengthen(undone)
    monkeypatch.setattr("quangba.site.plugin.finish_all", fails)
    failed = undone.build()
    assert failed.error is not None
    assert snapshot(undone.site) == before
    monkeypatch.undo()
    assert undone.check(longer).rendered == everywhere("a.md")


def test_the_old_site_is_not_written_through_a_second_name(
    undone: Edited, tmp_path: Path, longer: Result, corrected: Result
) -> None:
    """A file of the old site has the same bytes before and after, whoever still holds it."""
    undone.build()
    held = tmp_path / "held"
    shutil.copytree(undone.site, held, copy_function=os.link)
    before = snapshot(held)
    lengthen(undone)
    assert undone.check(longer).rendered == everywhere("a.md")
    correct(undone)
    undone.check(corrected)
    assert snapshot(held) == before


def test_files_that_stay_have_a_second_name_or_are_copied(
    undone: Edited, clean: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    undone.build()
    node = (undone.site / "b" / "index.html").stat().st_ino
    assert undone.check(clean).rendered == []
    assert (undone.site / "b" / "index.html").stat().st_ino == node

    def apart(old: Path, new: Path) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", apart)
    assert undone.check(clean).rendered == []
    assert (undone.site / "b" / "index.html").stat().st_ino != node
    assert undone.check(clean).rendered == []


# ----------------------------------------------------------------------------
# Other ways to build
# ----------------------------------------------------------------------------


def test_builds_into_two_folders(undone: Edited, clean: Result, longer: Result) -> None:
    other = undone.root / "other"
    first = undone.check(clean, site_dir=str(other))
    assert first.rendered == ALL
    lengthen(undone)
    assert undone.check(longer).rendered == ALL
    assert undone.check(longer, site_dir=str(other)).rendered == ALL
    shutil.rmtree(other)


def test_the_configuration_knows_the_published_folder_afterwards(undone: Edited) -> None:
    """``mkdocs gh-deploy`` takes the site from there."""
    seen: list[Any] = []
    undone.settings = seen.append
    undone.build()
    assert seen[0].site_dir == str(undone.root / "site")


def test_one_process_alone(
    undone: Edited, monkeypatch: pytest.MonkeyPatch, longer: Result, corrected: Result
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0}, raising=False)
    lengthen(undone)
    assert undone.check(longer).rendered == everywhere("a.md")
    correct(undone)
    alone = undone.check()
    assert differences(corrected.files, alone.files) == []


ADDS = """
from pathlib import Path

def on_post_page(output, page, config):
    return output + Path(__file__).with_name("added.txt").read_text()
"""


def test_hooks_and_other_plugins_may_make_anything(undone: Edited) -> None:
    undone.write("hook.py", ADDS)
    undone.write("added.txt", "<!-- 1 -->")
    undone.write("mkdocs.yml", lambda text: f"{text}hooks: [hook.py]\n")
    assert undone.build().rendered == ALL
    undone.write("added.txt", "<!-- 2 -->")
    found = undone.build()
    assert found.rendered == ALL
    assert (found.files["a/index.html"] or b"").endswith(b"<!-- 2 -->")


EVENTS = """
import os
from pathlib import Path

LOG = Path(__file__).with_name("events.txt")

def note(name, config, page=None):
    language = config.plugins["i18n"].current_language
    with LOG.open("a") as stream:
        stream.write(f"{language} {name} {page.file.src_uri if page else ''}\\n")

def on_pre_build(config): note("pre_build", config)
def on_files(files, config): note("files", config)
def on_nav(nav, config, files): note("nav", config)
def on_pre_page(page, config, files): note("pre_page", config, page); return page
def on_page_markdown(markdown, page, config, files): note("markdown", config, page)
def on_page_content(html, page, config, files): note("content", config, page)
def on_env(env, config, files): note("env", config)
def on_page_context(context, page, config, nav): note("context", config, page)
def on_post_page(output, page, config): note("post_page", config, page)
def on_post_template(output, template_name, config): note(template_name, config)
def on_post_build(config): note("post_build", config)
"""


def test_hooks_see_the_events_of_each_language_as_mkdocs_has_them(tmp_path: Path) -> None:
    """Compared with static-i18n alone, without our plugin."""
    files = {"content/index.md": "# A\n", "content/b.md": "# B\n", "hook.py": EVENTS}
    more = {"hooks": ["hook.py"], "languages": ("vi", "en", "fr")}
    seen = []
    for ours in (True, False):
        root = tmp_path / str(ours)
        site = Edited(make_site(root, files, **more))
        if not ours:
            site.write("mkdocs.yml", lambda text: text.replace("- quangba: {}\n", ""))
        site.build()
        lines = (root / "events.txt").read_text("utf-8").splitlines()
        # The sitemap of all languages is written with the first.
        kept = [line for line in lines if "sitemap" not in line]
        seen.append([[x for x in kept if x.startswith(code)] for code in ("vi", "en", "fr")])
    assert seen[0] == seen[1]


KILLED = """
import os, signal
FIRST = os.getpid()

def on_page_markdown(markdown, page, config, files):
    if os.getpid() != FIRST and config.plugins["i18n"].current_language == "fr":
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="no process is forked")
def test_a_process_that_the_system_ends_is_told_in_one_sentence(tmp_path: Path) -> None:
    files = {"content/index.md": "# A\n", "hook.py": KILLED}
    site = make_site(tmp_path, files, hooks=["hook.py"], languages=("vi", "en", "fr"))
    code = (
        "import os; os.sched_getaffinity = lambda process: {0, 1}\n"
        "from mkdocs.__main__ import cli; cli()"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, "build", "-q", "-f", str(site)],
        capture_output=True,
        text=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "QUANGBA_LANG": "vi"},
    )
    assert run.returncode == 1
    said = run.stdout + run.stderr
    assert said.count("tiến trình dựng fr bị ngắt giữa chừng") == 1
    assert "Traceback" not in said
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("more", "known"),
    [
        ({}, True),
        ({"markdown_extensions": ["toc", "markdown.extensions.tables", "pymdownx.tabbed"]}, True),
        ({"markdown_extensions": ["pymdownx.snippets"]}, False),
        ({"markdown_extensions": ["edited"]}, False),
        ({"theme": SimpleNamespace(name="properdocs")}, False),
        ({"plugins": {"i18n": None, "quangba": None, "search": None}}, False),
        ({"hooks": {"hook.py": None}}, False),
    ],
    ids=["nothing", "markdown", "snippets", "extension", "theme", "plugin", "hook"],
)
def test_what_may_read_files_that_we_do_not_know(more: dict[str, Any], known: bool) -> None:
    config = SimpleNamespace(
        plugins={"i18n": None, "quangba": None},
        hooks={},
        theme=SimpleNamespace(name="material"),
        markdown_extensions=[],
    )
    vars(config).update(more)
    assert recalling.alone(cast(Any, config)) is known


FAILS = """
def on_page_content(html, page, config, files):
    if config.plugins["i18n"].current_language == "fr" and page.file.src_uri == "b.md":
        raise ValueError("thử")
"""


def test_an_error_is_said_with_its_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0}, raising=False)
    files = {"content/index.md": "# A\n", "content/b.md": "# B\n", "hook.py": FAILS}
    site = Edited(make_site(tmp_path, files, hooks=["hook.py"], languages=("vi", "fr")))
    found = site.build()
    assert isinstance(found.error, ValueError)
    assert found.said == ["ERROR Error reading page 'b.md': thử"]


# ----------------------------------------------------------------------------
# Other templates, no gate
# ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def open_site(tmp_path_factory: pytest.TempPathFactory) -> Edited:
    """A site without a gate and with Material's own templates."""
    files = {
        "content/index.md": "# Nhà\n\nXin chào.\n",
        "content/a.md": "---\nstatus: new\nicon: material/home\nsubtitle: Nhỏ\n---\n# Bài A\n",
        "content/sub/b.md": "---\ntitle: Bài B\n---\n## Mục\n\nHai. [A](../a.md)\n",
        "content/_plan/c.md": "# Bài C\n\nBa.\n",
    }
    root = tmp_path_factory.mktemp("open") / "site"
    theme = {"name": "material", "language": "vi", "font": False}
    quangba = {"publish": "machine"}
    site = Edited(make_site(root, files, theme=theme, quangba=quangba))
    translate(site.config_file, translated)
    site.build()
    return site


def test_material_shows_front_matter_of_other_pages(open_site: Edited) -> None:
    open_site.write("content/sub/b.md", lambda text: text + MORE)
    translate(open_site.config_file, translated)
    found = open_site.check()
    assert found.rendered == ["en sub/b.md", "vi sub/b.md"]
    assert b"md-status--new" in (found.files["en/sub/b/index.html"] or b"")


def test_a_translated_heading_is_the_title_in_its_language(open_site: Edited) -> None:
    def change(language: Language, message: Message) -> str | None:
        return f"Heading {message.msgid}" if message.msgid.startswith("Bài") else None

    translate(open_site.config_file, change, "a.md")
    found = open_site.check()
    assert "en index.md" in found.rendered
    assert "vi index.md" not in found.rendered


def test_a_title_that_a_heading_gives(open_site: Edited) -> None:
    open_site.write("content/a.md", lambda text: text.replace("# Bài A", "# Bài khác"))
    assert "vi index.md" in open_site.check().rendered


def test_a_page_that_only_mkdocs_knows(open_site: Edited) -> None:
    open_site.write("content/_plan/c.md", lambda text: text + MORE)
    found = open_site.check()
    assert "Đoạn thêm.".encode() in (found.files["_plan/c/index.html"] or b"")


# ----------------------------------------------------------------------------
# The kiosk
# ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Edited:
    site = province(tmp_path_factory.mktemp("kiosk") / "site", "vi", "ko")
    kiosk = Edited(site.root / "mkdocs.kiosk.yml")
    assert kiosk.build().error is None
    return kiosk


def test_a_paragraph_on_a_kiosk(kiosk: Edited) -> None:
    page = "content/visit/dao.md"
    kiosk.write(page, lambda text: f"{text}\nXem [mạng](https://example.test/1).\n")
    settle(kiosk, "visit/dao.md")
    found = kiosk.check()
    assert found.rendered == ["ko visit/dao.md", "vi visit/dao.md"]


def test_a_code_that_no_page_asks_for_goes(kiosk: Edited) -> None:
    page = "content/visit/dao.md"
    text = (kiosk.root / page).read_text("utf-8")
    kiosk.write(page, f"{text}\nXem [mạng](https://example.test/2).\n")
    settle(kiosk, "visit/dao.md")
    more = codes(kiosk.build().files)
    kiosk.write(page, text)
    settle(kiosk, "visit/dao.md")
    assert codes(kiosk.check().files) < more


def test_a_code_of_a_page_that_goes_from_a_language_goes(kiosk: Edited) -> None:
    """The language is built alone, in the process that builds what all share."""

    def change(message: Message) -> None:
        message.msgstr = ""

    translate(kiosk.config_file, lambda language, message: f"{message.msgstr}.", "visit/dao.md")
    review(kiosk, "visit/dao.md")
    before = kiosk.build().files
    change_one(kiosk, "ko", "visit/dao.md", change)
    assert codes(kiosk.check().files) < codes(before)
    settle(kiosk, "visit/dao.md")


def test_every_screen_says_the_day_of_the_newest_approval(kiosk: Edited) -> None:
    approved_on(kiosk, "visit/dao.md", "2027-01-01")
    found = kiosk.check()
    assert b"2027" in (found.files["visit/ho-citadel/index.html"] or b"")


def test_the_day_of_an_approval_is_in_calendars(kiosk: Edited) -> None:
    portal = Edited(kiosk.root / "mkdocs.yml")
    portal.build()
    approved_on(portal, "events/lam-kinh.md", "2027-02-01")
    found = portal.build()
    assert found.began
    assert differences(found.files, portal.anew().files) == []
    calendars = [data or b"" for name, data in found.files.items() if name.endswith(".ics")]
    assert b"20270201" in b"".join(calendars)


def codes(files: dict[str, Any]) -> set[str]:
    return {name for name in files if name.startswith("qr/") and name.endswith(".svg")}


@pytest.mark.parametrize("name", ["locales/ko/readings.yml", "content/_data/gates.yml"])
def test_what_screens_are_made_of(kiosk: Edited, name: str) -> None:
    path = kiosk.root / name
    kiosk.write(name, (path.read_text("utf-8") if path.is_file() else "") + "# x\n")
    assert not kiosk.check().began
