"""``quangba sync`` on whole sites: renames, broken files, caches, locks, and kill -9."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from catalog_site import Site, gettext_tool

from quangba.catalogs.message import State
from quangba.catalogs.pofile import parse
from quangba.catalogs.update import Updater
from quangba.errors import QuangbaError

SENTENCES = [f"Câu số {n} kể về bến tàu, chùa và chợ {n * 7} của vùng này." for n in range(12)]


def filled(site: Site, *names: str) -> None:
    for number, name in enumerate(names):
        site.page(name, *(f"{text} Trang {number}." for text in SENTENCES))
    site.sync()
    for name in names:
        site.translate(name)
    site.sync()


def redirects(site: Site) -> dict[str, str]:
    path = site.root / "content/_data/redirects.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}


def move(site: Site, old: str, new: str) -> None:
    target = site.root / "content" / new
    target.parent.mkdir(parents=True, exist_ok=True)
    (site.root / "content" / old).rename(target)


# ----------------------------------------------------------------------------
# Unchanged
# ----------------------------------------------------------------------------


def test_an_unchanged_run_writes_nothing(site: Site) -> None:
    filled(site, "a.md", "thăm/b c.md")
    before = site.snapshot()
    assert site.sync().written == []
    (site.root / ".cache/quangba/sync.json").unlink()
    assert site.sync().written == []
    assert site.snapshot() == before


def test_a_difference_of_wrapping_is_no_rewrite(site: Site) -> None:
    filled(site, "a.md")
    path = site.po("a.po")
    command = [gettext_tool("msgcat"), "--width=30", "-o", str(path), str(path)]
    subprocess.run(command, check=True)
    before = site.snapshot()
    assert site.sync().written == []
    assert site.snapshot() == before


def test_an_unchanged_page_is_not_read_again(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(site, "a.md", "b.md")
    site.page("a.md", "Trang này viết lại.")
    monkeypatch.setattr("quangba.catalogs.workspace.collect", never)
    with pytest.raises(AssertionError):
        site.sync()
    monkeypatch.undo()
    site.sync()
    monkeypatch.setattr("quangba.catalogs.workspace.collect", never)
    monkeypatch.setattr("quangba.catalogs.workspace.parse", never)
    assert site.sync().written == []


def never(*arguments: object, **named: object) -> None:
    raise AssertionError("must not be called")


def test_an_edit_during_a_run_is_seen_by_the_next(site: Site) -> None:
    site.page("a.md", "Cũ.")
    workspace = site.workspace()
    workspace.page("a.md")
    Updater(workspace).run(lambda done, total: site.page("a.md", "Mới hẳn."))
    assert site.sync().written
    assert list(site.texts("a.po")) == ["Mới hẳn."]


def test_a_page_that_shows_another_file_is_read_again(site: Site) -> None:
    site.configure(
        markdown_extensions=[{"pymdownx.snippets": {"base_path": [str(site.root / "snips")]}}]
    )
    (site.root / "snips").mkdir()
    (site.root / "snips/part.txt").write_text("Phần cũ.", encoding="utf-8")
    site.page("a.md", '--8<-- "part.txt"')
    site.sync()
    (site.root / "snips/part.txt").write_text("Phần mới hẳn.", encoding="utf-8")
    site.sync()
    assert list(site.texts("a.po")) == ["Phần mới hẳn."]


def test_a_new_setting_reaches_the_catalogs(site: Site) -> None:
    site.page("a.md", "Một.")
    site.sync()
    site.configure(site_name="Thanh Hóa")
    site.sync()
    assert "Thanh Hóa" in site.texts("site.po")


def test_a_new_language_gets_catalogs(site: Site) -> None:
    filled(site, "a.md")
    site.configure(plugins=Site(site.root / "x", "en ja lo").config["plugins"])
    site.sync()
    assert len(site.catalog("a.po", "lo").active) == len(SENTENCES)


# ----------------------------------------------------------------------------
# Renamed and removed pages
# ----------------------------------------------------------------------------


@pytest.mark.parametrize("edit", [False, True], ids=["moved", "moved-and-edited"])
def test_a_renamed_page_keeps_everything(site: Site, edit: bool) -> None:
    filled(site, "a.md", "other.md")
    approval = site.root / "content/_data/approvals/a.yml"
    approval.parent.mkdir(parents=True)
    approval.write_text("approved_by: Chị Hoa\n", encoding="utf-8")
    move(site, "a.md", "thăm/mới tên.md")
    if edit:
        path = site.root / "content/thăm/mới tên.md"
        text = path.read_text(encoding="utf-8").replace("Câu số 3", "Câu mới")
        path.write_text(text + "\nThêm một câu.\n", encoding="utf-8")
    result = site.sync()
    assert result.renamed == {"a.md": "thăm/mới tên.md"}
    assert redirects(site) == {"a.md": "thăm/mới tên.md"}
    assert not site.po("a.po").exists()
    assert (site.root / "content/_data/approvals/thăm/mới tên.yml").exists()
    for language in ("en", "ja"):
        catalog = site.catalog("thăm/mới tên.po", language)
        states = [m.state for m in catalog.active]
        assert states.count(State.REVIEWED) == len(SENTENCES) - edit
        assert catalog.header_comments[0].startswith("Quảng Bá: content/thăm/mới tên.md")
        assert catalog.messages[0].references == ["content/thăm/mới%20tên.md"]
    assert site.sync().written == []


def test_two_pages_renamed_at_once_are_told_apart(site: Site) -> None:
    filled(site, "a.md", "b.md")
    move(site, "a.md", "x.md")
    move(site, "b.md", "w.md")
    assert site.sync().renamed == {"a.md": "x.md", "b.md": "w.md"}
    assert "Trang 0" in site.catalog("x.po").messages[0].msgid
    assert all(m.state is State.REVIEWED for m in site.catalog("w.po").active)


def test_the_most_alike_page_is_the_renamed_one(site: Site) -> None:
    filled(site, "a.md")
    texts = [f"{text} Trang 0." for text in SENTENCES]
    (site.root / "content/a.md").unlink()
    site.page("b.md", *texts[:8], "Khác.")
    site.page("c.md", *texts)
    assert site.sync().renamed == {"a.md": "c.md"}


def test_renamed_back(site: Site) -> None:
    filled(site, "a.md")
    move(site, "a.md", "b.md")
    site.sync()
    move(site, "b.md", "a.md")
    site.sync()
    assert redirects(site) == {"b.md": "a.md"}
    assert all(m.state is State.REVIEWED for m in site.catalog("a.po").active)


def test_redirects_follow_a_second_rename(site: Site) -> None:
    filled(site, "a.md")
    for old, new in (("a.md", "b.md"), ("b.md", "c.md")):
        move(site, old, new)
        site.sync()
    assert redirects(site) == {"a.md": "c.md", "b.md": "c.md"}


def test_a_half_done_rename_is_finished(site: Site) -> None:
    """As a run leaves it that was killed after the first language."""
    filled(site, "a.md")
    move(site, "a.md", "b.md")
    site.po("a.po").rename(site.po("b.po"))
    assert site.sync().renamed == {"a.md": "b.md"}
    assert all(m.state is State.REVIEWED for m in site.catalog("b.po", "ja").active)
    assert redirects(site) == {"a.md": "b.md"}


def test_broken_redirects_stop_a_rename_before_anything_is_written(site: Site) -> None:
    filled(site, "a.md")
    move(site, "a.md", "b.md")
    path = site.root / "content/_data/redirects.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text("- a.md\n", encoding="utf-8")
    before = site.snapshot()
    with pytest.raises(QuangbaError) as caught:
        site.sync()
    assert caught.value.problem.code == "data-yaml"
    assert site.snapshot() == before
    assert path.read_text(encoding="utf-8") == "- a.md\n"


def of_pages(site: Site) -> dict[str, object]:
    """Return the catalogs of pages; ``site.po`` also names the pages that there are."""
    return {file: data for file, data in site.snapshot().items() if not file.endswith("site.po")}


def test_a_deleted_page_leaves_its_catalogs_for_its_return(site: Site) -> None:
    filled(site, "a.md", "b.md")
    text = (site.root / "content/a.md").read_bytes()
    (site.root / "content/a.md").unlink()
    before = of_pages(site)
    site.sync()
    assert of_pages(site) == before
    (site.root / "content/a.md").write_bytes(text)
    site.sync()
    assert of_pages(site) == before


def test_a_paragraph_that_moves_to_another_page_takes_its_translation(site: Site) -> None:
    filled(site, "b.md")
    texts = [f"{text} Trang 0." for text in SENTENCES]
    site.page("b.md", *texts[1:])
    site.page("a.md", "Trang mới.", texts[0])
    site.sync()
    assert site.texts("a.po")[texts[0]] == f"«{texts[0]}»"


@pytest.mark.parametrize("name", ["site.md", "ui.md", "Site.md"])
def test_pages_named_like_our_own_catalogs(site: Site, name: str) -> None:
    site.page(name, "Trang của tôi.")
    site.page("a.md", "Trang khác.")
    site.sync()
    assert list(site.texts(f"{name}.po")) == ["Trang của tôi."]
    assert "Quảng Ninh" in site.texts("site.po")
    assert site.sync().written == []


# ----------------------------------------------------------------------------
# Broken files
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        pytest.param(lambda data: data[: len(data) // 2], "po-syntax", id="cut"),
        pytest.param(lambda data: b"", "po-header", id="empty"),
        pytest.param(lambda data: data + b"<<<<<<< HEAD\n", "po-conflict", id="conflict"),
        pytest.param(lambda data: data[: data.rindex(b"\n\n") + 1], "po-short", id="shorter"),
    ],
)
def test_a_broken_catalog_is_left_alone(
    site: Site, damage: Callable[[bytes], bytes], code: str
) -> None:
    filled(site, "a.md")
    path = site.po("a.po")
    broken = damage(path.read_bytes())
    path.write_bytes(broken)
    site.page("a.md", "Mới hoàn toàn.")
    for _ in range(2):
        result = site.sync()
        assert [(p.code, p.file) for p in result.problems] == [
            (code, "locales/en/LC_MESSAGES/a.po")
        ]
        assert path.read_bytes() == broken
    assert list(site.texts("a.po", "ja")) == ["Mới hoàn toàn."], "the others go on"


def test_mend_accepts_a_shorter_catalog(site: Site) -> None:
    filled(site, "a.md")
    path = site.po("a.po")
    data = path.read_bytes()
    path.write_bytes(data[: data.rindex(b"\n\n") + 1])
    result = site.sync("locales/en/LC_MESSAGES/a.po")
    assert not result.problems
    assert len([m for m in site.catalog("a.po").active if m.msgstr]) == len(SENTENCES) - 1


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("Trang\xe9".encode("latin-1"), id="charset"),
        pytest.param(b"---\ntitle: [\n---\nTrang\n", id="front-matter"),
        pytest.param(b"---\ntitle: x\n\nTrang\n", id="open-front-matter"),
    ],
)
def test_a_broken_page_leaves_its_catalogs_alone(site: Site, page: bytes) -> None:
    filled(site, "a.md", "b.md")
    before = site.snapshot()
    (site.root / "content/a.md").write_bytes(page)
    for _ in range(2):
        assert [p.file for p in site.sync().problems] == ["content/a.md"]
        assert site.snapshot() == before


@pytest.mark.parametrize(
    "form",
    [
        pytest.param(lambda data: b"\xef\xbb\xbf" + data, id="bom"),
        pytest.param(lambda data: data.replace(b"\n", b"\r\n"), id="crlf"),
    ],
)
def test_form_is_mended(site: Site, form: Callable[[bytes], bytes]) -> None:
    filled(site, "a.md")
    path = site.po("a.po")
    data = path.read_bytes()
    path.write_bytes(form(data))
    assert site.sync().written == ["locales/en/LC_MESSAGES/a.po"]
    assert path.read_bytes() == data


def test_a_read_only_catalog_is_one_message_and_stays(site: Site) -> None:
    filled(site, "a.md")
    path = site.po("a.po")
    path.chmod(0o444)
    before = path.read_bytes()
    site.page("a.md", "Mới hoàn toàn.")
    with pytest.raises(QuangbaError) as caught:
        site.sync()
    assert (caught.value.problem.code, caught.value.problem.file) == (
        "file-unwritable",
        "locales/en/LC_MESSAGES/a.po",
    )
    assert path.read_bytes() == before


def test_a_full_disk_leaves_every_old_catalog(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    filled(site, "a.md")
    before = site.snapshot()
    site.page("a.md", "Mới hoàn toàn.")
    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(QuangbaError) as caught:
        site.sync()
    assert caught.value.problem.code == "file-unwritable"
    assert site.snapshot() == before
    monkeypatch.undo()
    site.sync()
    assert list(site.texts("a.po")) == ["Mới hoàn toàn."]


# ----------------------------------------------------------------------------
# Cache and lock
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("", id="empty"),
        pytest.param("[1]", id="list"),
        pytest.param("{", id="cut"),
        pytest.param('{"stamp": STAMP, "pages": 5}', id="no-pages"),
        pytest.param('{"stamp": STAMP, "pages": {"a.md": 5}}', id="no-page"),
        pytest.param('{"stamp": STAMP, "pages": {"a.md": {"key": 1, "found": []}}}', id="no-key"),
    ],
)
@pytest.mark.parametrize("name", ["segments.json", "sync.json"])
def test_a_broken_cache_costs_only_time(site: Site, name: str, content: str) -> None:
    filled(site, "a.md")
    before = site.snapshot()
    stamp = json.dumps(site.workspace().cache.stamp)
    (site.root / ".cache/quangba" / name).write_text(content.replace("STAMP", stamp))
    (site.root / "overrides/x.html").write_text("")  # so that there is something to look at
    assert site.sync().written == []
    assert site.snapshot() == before


def test_a_closed_cache_costs_only_time(site: Site) -> None:
    filled(site, "a.md")
    for path in (site.root / ".cache/quangba").glob("*.json"):
        path.chmod(0o444)
    site.page("a.md", "Mới hoàn toàn.")
    site.sync()
    assert list(site.texts("a.po")) == ["Mới hoàn toàn."]


def test_no_place_for_the_lock_is_one_message(site: Site) -> None:
    site.page("a.md", "Một.")
    (site.root / ".cache").write_text("a file")
    with pytest.raises(QuangbaError) as caught:
        site.sync()
    assert caught.value.problem.code == "file-unwritable"
    assert caught.value.problem.file == ".cache/quangba/sync.lock"


def test_two_syncs_at_once(site: Site) -> None:
    site.page("a.md", "Một.")
    with site.workspace().alone():
        with pytest.raises(QuangbaError) as caught:
            site.sync()
        assert caught.value.problem.code == "sync-running"
    site.sync()


# ----------------------------------------------------------------------------
# kill -9
# ----------------------------------------------------------------------------

PAGES = 30
LANGUAGES = "en zh ja ko fr"


def big(root: Path) -> Site:
    """30 pages in five languages, synchronised and translated, then edited and renamed."""
    site = Site(root, LANGUAGES)
    for number in range(PAGES):
        site.page(f"p{number:02}.md", *(f"{text} Trang {number}." for text in SENTENCES[:4]))
    site.sync()
    for number in range(PAGES):
        site.translate(f"p{number:02}.md")
    site.sync()
    for number in range(PAGES):
        path = site.root / f"content/p{number:02}.md"
        path.write_text(path.read_text(encoding="utf-8").replace("Câu số 2", "Câu thứ hai"))
    move(site, "p07.md", "new/name.md")
    return site


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return big(tmp_path_factory.mktemp("large") / "site")


def content_of(site: Site) -> dict[str, bytes]:
    found = {name: data for name, (data, _) in site.snapshot().items()}
    path = site.root / "content/_data/redirects.yml"
    found["redirects"] = path.read_bytes() if path.exists() else b""
    return found


def killed_sync(site: Site, call: str, number: int) -> int:
    """Run a sync in a process that kills itself at the n-th call; return its status."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    real, left = getattr(os, call), [number]

    def deadly(*arguments: object, **named: object) -> object:
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **named)

    try:
        setattr(os, call, deadly)
        site.sync()
    finally:
        os._exit(0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills itself in a fork")
@pytest.mark.parametrize("call", ["open", "fsync", "replace"])
def test_kill_9_leaves_every_file_old_or_new(tmp_path: Path, large: Site, call: str) -> None:
    site = large.copied(tmp_path / "site")
    pristine = {path: path.read_bytes() for path in site.root.rglob("*") if path.is_file()}
    old = content_of(site)
    assert killed_sync(site, call, 1_000_000) == 0
    new = content_of(site)
    assert len(new) == len(old)
    for name, data in [*old.items(), *new.items()]:
        if name.endswith(".po"):
            parse(data, name, "x")

    def reset() -> None:
        for path in site.root.rglob("*"):
            if path.is_file() and path not in pristine:
                path.unlink()
        for path, data in pristine.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists() or path.read_bytes() != data:
                path.write_bytes(data)

    chance = random.Random(call)
    # The first calls, and one in each quarter of the others.
    points = [
        0,
        1,
        2,
        3,
        4,
        5,
        *(chance.randrange(first, first + 36) for first in range(6, 150, 36)),
    ]
    for point in points:
        reset()
        assert killed_sync(site, call, point) == signal.SIGKILL, point
        for name, data in content_of(site).items():
            if name.endswith(".po"):
                moved = name.replace("new/name", "p07")
                assert data in (old.get(name), new.get(name), old.get(moved)), (point, name)
        site.sync()
        assert content_of(site) == new, point
        assert not list(site.root.rglob(".*.tmp")), point


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
@pytest.mark.parametrize("share", [0.5, 0.9])
def test_kill_9_of_the_command(tmp_path: Path, large: Site, share: float) -> None:
    """The real command, from outside, at a moment that nobody chose."""
    site = large.copied(tmp_path / "site")
    old = content_of(site)
    command = [sys.executable, "-m", "quangba.cli", "sync"]
    process = subprocess.Popen(command, cwd=site.root, stderr=subprocess.DEVNULL)
    target = site.root / ".cache/quangba/sync.lock"
    target.unlink(missing_ok=True)
    deadline = time.monotonic() + 30
    while not target.exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    time.sleep(share / 10)
    process.kill()
    process.wait()
    for name, data in content_of(site).items():
        if name.endswith(".po"):
            parse(data, name, "x")
    site.sync()
    new = content_of(site)
    assert len(new) == len(old)
    assert not list(site.root.rglob(".*.tmp"))
    assert site.sync().written == []
