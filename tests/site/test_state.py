"""What a build is made of, and what it leaves for the next one."""

from __future__ import annotations

import errno
import os
import pickle
import time
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.config import load_config
from small import PICTURE, page

from quangba.catalogs.workspace import Workspace
from quangba.settings import read_settings
from quangba.site import state
from quangba.site.inputs import SETTLED_NS, Digests, Inputs, inputs_of, settings_text
from support import make_site

# ----------------------------------------------------------------------------
# Inputs
# ----------------------------------------------------------------------------

FILES = {
    "content/index.md": page("Trang chủ"),
    "content/a.md": page("Trang A"),
    "content/_plan/b.md": page("Không có trong danh sách"),
    "content/images/a.svg": PICTURE,
    "content/_data/approvals/a.yml": "approved_by: x\n",
    "templates/portal/main.html": "{{ page.content }}",
    "templates/shared/a.css": "p {}",
    "elsewhere/main.html": "{{ page.content }}",
    "fonts/lao-400.woff2": "x",
    "locales/glossary.csv": "vi,en\n",
    "locales/en/keyboard.txt": "a b\n",
    "locales/en/LC_MESSAGES/ui.po": "",
    "locales/en/LC_MESSAGES/site.po": "",
    "locales/en/LC_MESSAGES/a.po": "",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    theme = {"name": "material", "custom_dir": "elsewhere"}
    quangba = {"templates": "templates", "fonts": {"lo": "fonts/lao"}}
    return make_site(tmp_path_factory.mktemp("inputs"), FILES, theme=theme, quangba=quangba)


@pytest.fixture(scope="module")
def known() -> dict[str, Any]:
    """Digests of the package, which never changes here."""
    return {}


def inputs(config_file: Path, known: dict[str, Any]) -> Inputs:
    """Read what a site is made of."""
    config = load_config(str(config_file))
    settings = settings_text(config)
    workspace = Workspace(read_settings(config, config.plugins["quangba"].config))
    digests = Digests(known, now=time.time_ns())
    found = inputs_of(workspace, settings, digests)
    known |= digests.met
    return found


def changed(before: Inputs, after: Inputs) -> list[Any]:
    """Return what of two readings differs."""
    found: list[Any] = [] if before.shared == after.shared else ["shared"]
    for kind in ("languages", "pages", "catalogs"):
        first, second = getattr(before, kind), getattr(after, kind)
        found += [key for key in second if first.get(key) != second[key]]
    return found


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("content/a.md", ["a.md"]),
        ("content/_data/approvals/a.yml", ["a.md"]),
        ("locales/en/LC_MESSAGES/a.po", [("en", "a.md")]),
        ("locales/en/LC_MESSAGES/site.po", ["en"]),
        *(
            (name, ["shared"])
            for name in FILES
            if name not in ("content/index.md", "content/a.md", "content/_data/approvals/a.yml")
            and not name.endswith(("/a.po", "/site.po"))
        ),
        ("content/_data/facts.yml", ["shared"]),
        ("content/_plan/c.md", ["shared"]),
        ("overlooked.txt", []),
    ],
)
def test_every_file_is_told_apart(
    site: Path, known: dict[str, Any], name: str, what: list[Any]
) -> None:
    before = inputs(site, known)
    path = site.parent / name
    kept = path.read_bytes() if path.is_file() else None
    path.write_bytes((kept or b"") + b"#")
    try:
        assert changed(before, inputs(site, known)) == what
    finally:
        path.unlink() if kept is None else path.write_bytes(kept)
    assert changed(before, inputs(site, known)) == []


def test_a_page_more_changes_what_all_pages_know(site: Path, known: dict[str, Any]) -> None:
    before = inputs(site, known)
    path = site.parent / "content" / "c.md"
    path.write_text(page("Trang C"), "utf-8")
    try:
        assert changed(before, inputs(site, known))[0] == "shared"
    finally:
        path.unlink()


@pytest.mark.parametrize(
    ("setting", "value", "counts"),
    [
        ("site_name", "Khác", True),
        ("extra", {"a": 1}, True),
        ("nav", ["a.md"], True),
        ("site_dir", "other", False),
        ("strict", True, False),
    ],
)
def test_settings_count_but_for_the_way_to_build(
    site: Path, known: dict[str, Any], setting: str, value: Any, counts: bool
) -> None:
    before, text = inputs(site, known), site.read_text("utf-8")
    site.write_text(yaml.safe_dump(yaml.safe_load(text) | {setting: value}), "utf-8")
    try:
        assert changed(before, inputs(site, known)) == (["shared"] if counts else [])
    finally:
        site.write_text(text, "utf-8")


def test_the_day_counts(site: Path, known: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    before = inputs(site, known)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert changed(before, inputs(site, known)) == ["shared"]


def test_digests_are_kept_for_files_that_nobody_touched(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"1")
    settled = path.stat().st_mtime_ns + SETTLED_NS + 1
    first = Digests(now=settled)
    digest = first.of(path)
    assert first.met[str(path)][2] == digest
    lied = {str(path): (*first.met[str(path)][:2], b"remembered")}
    assert Digests(lied, now=settled).of(path) == b"remembered"
    path.write_bytes(b"2")
    assert Digests(lied, now=settled).of(path) not in (digest, b"remembered")


def test_a_file_that_was_written_a_moment_ago_is_read_again(tmp_path: Path) -> None:
    """It may have been written once more within the same tick of the clock."""
    path = tmp_path / "a"
    path.write_bytes(b"1")
    first = Digests(now=path.stat().st_mtime_ns + SETTLED_NS)
    digest = first.of(path)
    lied = {str(path): (*first.met[str(path)][:2], b"remembered")}
    assert Digests(lied, now=0).of(path) == digest


def test_what_cannot_be_read_has_no_digest(tmp_path: Path) -> None:
    digests = Digests(now=1)
    assert digests.of(tmp_path / "missing") == digests.of(tmp_path) == b""
    assert digests.met == {}


# ----------------------------------------------------------------------------
# States
# ----------------------------------------------------------------------------


def test_a_part_comes_back_when_it_is_the_one_that_was_meant(tmp_path: Path) -> None:
    store = state.Store(tmp_path / "new" / "folder", "portal")
    assert store.load("vi") is None
    digest = store.save("vi", {"a": 1})
    assert store.load("vi") == {"a": 1}
    assert store.load("vi", digest) == {"a": 1}
    other = store.save("vi", {"a": 2})
    assert store.load("vi", digest) is None
    assert store.load("vi", other) == {"a": 2}


def test_a_part_that_cannot_be_kept_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    store = state.Store(tmp_path / "file", "portal")
    store.save("vi", {"a": 1})
    assert store.load("vi") is None


def test_every_cut_and_every_flipped_byte_is_noticed(tmp_path: Path) -> None:
    store = state.Store(tmp_path, "portal")
    store.save("vi", {"a": list(range(9))})
    path = store.path("vi")
    data = path.read_bytes()
    for place in range(len(data)):
        path.write_bytes(data[:place])
        assert store.load("vi") is None, place
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert store.load("vi") is None, place


def test_what_has_another_form_begins_otherwise() -> None:
    """Nobody has to think of it: the names and types of all fields are in the first bytes."""
    told = state.told(
        [(kind.__name__, [(each.name, each.type) for each in fields(kind)]) for kind in state.KEPT]
    )
    assert state.FORMAT.endswith(told)
    assert {state.State, state.Built, Inputs} <= set(state.KEPT)
    assert pickle.loads(pickle.dumps(state.Built())) == state.Built()


def test_files_that_stay_are_linked_or_copied_and_nothing_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = tmp_path / "old", tmp_path / "new" / "folder" / "file"
    old.write_bytes(b"old")
    state.link(str(old), str(new), copied=False)
    assert new.stat().st_ino == old.stat().st_ino
    there = tmp_path / "there"
    there.write_bytes(b"new")
    for copied in (False, True):
        state.link(str(old), str(there), copied=copied)
        assert there.read_bytes() == b"new"
    state.link(str(old), str(tmp_path / "copy"), copied=True)
    assert (tmp_path / "copy").stat().st_ino != old.stat().st_ino

    def apart(*given: str) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", apart)
    state.link(str(old), str(tmp_path / "apart" / "file"), copied=False)
    assert (tmp_path / "apart" / "file").read_bytes() == b"old"


def test_a_folder_that_cannot_be_listed_is_not_taken_for_an_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "news.atom").touch()
    assert list(state.files_of(tmp_path)) == ["feeds/news.atom"]
    listed = os.scandir

    def interrupted(path: str) -> Any:
        if str(path).endswith("feeds"):
            raise InterruptedError(errno.EINTR, "Interrupted system call")
        return listed(path)

    monkeypatch.setattr(os, "scandir", interrupted)
    with pytest.raises(InterruptedError):
        state.files_of(tmp_path)
