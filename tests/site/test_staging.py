"""A build takes the place of the published site when it is whole, or not at all."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from mkdocs import utils
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from small import snapshot

from quangba.errors import QuangbaError
from quangba.files import Volume, write_many
from quangba.site import forking
from quangba.site.staging import Staging, exchange
from support import build, make_site, translate

# ----------------------------------------------------------------------------
# A site
# ----------------------------------------------------------------------------

LANGUAGES = ("vi", "en", "fr", "ja")

THIRD = """
def on_page_markdown(markdown, page, config, files):
    if config.plugins["i18n"].current_language == "fr":
        raise RuntimeError("the third language")
    return markdown
"""

KILLED = """
import os, signal
import quangba.site.staging
rename = os.replace
quangba.site.staging.exchange = lambda first, second: False

def replace(source, target):
    rename(source, target)
    if os.path.basename(target) == ".site.old":
        os.kill(os.getpid(), signal.SIGKILL)

os.replace = replace
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A published site of four languages, with a file of the server beside the pages."""
    files = {"content/index.md": "# Bản cũ\n\nMột đoạn.\n"}
    config_file = make_site(tmp_path, files, languages=LANGUAGES)
    translate(config_file, lambda language, message: f"{language.code} {message.msgid}")
    folder = build(config_file)
    (folder / ".well-known").mkdir()
    (folder / ".well-known" / "security.txt").write_text("Contact: x", encoding="utf-8")
    (folder / "stray.html").write_text("no page of ours", encoding="utf-8")
    return config_file


def edit(config_file: Path, hook: str = "") -> None:
    """Change the source, and give the build a hook."""
    root = config_file.parent
    (root / "content" / "index.md").write_text("# Bản mới\n\nMột đoạn.\n", encoding="utf-8")
    text = config_file.read_text(encoding="utf-8").replace("hooks: [hook.py]\n", "")
    if hook:
        (root / "hook.py").write_text(hook, encoding="utf-8")
        text += "hooks: [hook.py]\n"
    config_file.write_text(text, encoding="utf-8")


def home(config_file: Path) -> str:
    return (config_file.parent / "site" / "index.html").read_text(encoding="utf-8")


def leftovers(config_file: Path) -> list[str]:
    names = [path.name for path in config_file.parent.glob(".site*")]
    return [name for name in names if name != ".site.lock"]


def run(config_file: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run ``mkdocs build`` as people do."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-f", str(config_file), *options],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "QUANGBA_LANG": "vi"},
    )


# ----------------------------------------------------------------------------
# Builds that end well
# ----------------------------------------------------------------------------


def test_a_build_replaces_the_site_and_carries_hidden_files_over(site: Path) -> None:
    edit(site)
    folder = build(site)
    assert folder == site.parent / "site"
    assert "Bản mới" in home(site)
    assert not (folder / "stray.html").exists()
    security = folder / ".well-known" / "security.txt"
    assert security.read_text(encoding="utf-8") == "Contact: x"
    assert leftovers(site) == []
    assert {"index.html", "404.html", "en", "fr", "ja"} <= {p.name for p in folder.iterdir()}


def test_a_hidden_file_of_the_new_site_wins(tmp_path: Path) -> None:
    published = tmp_path / "site"
    (published / ".nojekyll").mkdir(parents=True)
    (published / ".keep").write_text("old", encoding="utf-8")
    staging = Staging(published)
    staging.begin()
    (staging.new / ".keep").write_text("new", encoding="utf-8")
    staging.publish()
    assert (published / ".keep").read_text(encoding="utf-8") == "new"
    assert (published / ".nojekyll").is_dir()


def test_what_comes_afterwards_finds_the_new_site_and_may_fail(tmp_path: Path) -> None:
    published = tmp_path / "site"
    published.mkdir()
    (published / "old.html").touch()
    staging = Staging(published)
    staging.begin()
    (staging.new / "new.html").touch()

    def afterwards() -> None:
        assert [path.name for path in published.iterdir()] == ["new.html"]
        with pytest.raises(QuangbaError, match="đang chạy"):
            Staging(published).begin()
        raise RuntimeError("afterwards")

    with pytest.raises(RuntimeError, match="afterwards"):
        staging.publish(afterwards=afterwards)
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".lock"] == ["site"]
    again = Staging(published)
    again.begin()
    again.end()


def test_hidden_folders_of_both_sites_are_one(tmp_path: Path) -> None:
    published = tmp_path / "site"
    (published / ".well-known" / "acme").mkdir(parents=True)
    (published / ".well-known" / "acme" / "token").write_text("old", encoding="utf-8")
    staging = Staging(published)
    staging.begin()
    (staging.new / ".well-known").mkdir()
    (staging.new / ".well-known" / "security.txt").write_text("new", encoding="utf-8")
    staging.publish()
    kept = snapshot(published / ".well-known")
    assert kept == {"acme": None, "acme/token": b"old", "security.txt": b"new"}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems cannot exchange folders")
@pytest.mark.parametrize("whole", [True, False], ids=["in one call", "file by file"])
def test_a_site_that_did_not_reach_the_disk_is_not_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: bool
) -> None:
    def full(*given: object) -> bool:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    published = tmp_path / "site"
    published.mkdir()
    (published / "index.html").write_text("old", encoding="utf-8")
    staging = Staging(published)
    staging.begin()
    (staging.new / "index.html").write_text("new", encoding="utf-8")
    monkeypatch.setattr(Volume, "flush", full if whole else lambda self: False)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(QuangbaError) as caught:
        staging.publish()
    staging.end()
    assert caught.value.problem.code == "file-unwritable"
    assert (published / "index.html").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site.lock", "site"]


def test_a_build_that_cannot_begin_leaves_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_free(folder: Path) -> Volume:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr("quangba.site.staging.Volume", none_free)
    staging = Staging(tmp_path / "site")
    with pytest.raises(QuangbaError):
        staging.begin()
    assert [path.name for path in tmp_path.iterdir()] == [".site.lock"]
    monkeypatch.undo()
    staging.begin()
    staging.end()


@pytest.mark.parametrize("beside", [True, False])
def test_the_old_site_goes_from_both_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, beside: bool
) -> None:
    monkeypatch.setattr(forking, "usable", lambda: beside)
    published = tmp_path / "site"
    for number in range(60):
        write_many([(published / f"{number}" / "a" / "index.html", b"old")])
    (published / "0" / "link").symlink_to(tmp_path)
    staging = Staging(published)
    staging.begin()
    (staging.new / "index.html").write_text("new", encoding="utf-8")
    staging.publish()
    assert [path.name for path in published.iterdir()] == ["index.html"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site.lock", "site"]


def test_folders_change_places_in_one_step(tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    assert exchange(tmp_path / "first", tmp_path / "second")
    assert [p.name for p in (tmp_path / "first").iterdir()] == ["second"]
    assert [p.name for p in (tmp_path / "second").iterdir()] == ["first"]
    with pytest.raises(FileNotFoundError):
        exchange(tmp_path / "first", tmp_path / "third")


def test_a_system_that_cannot_exchange_renames_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quangba.site.staging.exchange", lambda first, second: False)
    published = tmp_path / "site"
    published.mkdir()
    staging = Staging(published)
    staging.begin()
    (staging.new / "a.html").touch()
    staging.publish()
    assert [p.name for p in published.iterdir()] == ["a.html"]
    assert [p.name for p in tmp_path.iterdir() if p.is_dir()] == ["site"]


def test_the_first_build_makes_the_folders(tmp_path: Path) -> None:
    config_file = make_site(tmp_path, {"content/index.md": "# A\n"}, site_dir="a/b/site")
    assert (build(config_file) / "index.html").is_file()
    assert build(config_file) == tmp_path / "a" / "b" / "site"


def test_a_server_may_enter_the_folders_that_a_build_makes(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        staging = Staging(tmp_path / "a" / "b" / "site")
    finally:
        os.umask(before)
    staging.begin()
    staging.publish()
    for name in ("a", "a/b", "a/b/site"):
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o755


def test_a_published_folder_that_is_a_link_stays_one(tmp_path: Path) -> None:
    config_file = make_site(tmp_path, {"content/index.md": "# A\n"})
    (tmp_path / "www").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "www")
    build(config_file)
    assert (tmp_path / "site").is_symlink()
    assert (tmp_path / "www" / "index.html").is_file()


def test_leftovers_of_a_killed_build_are_removed(site: Path) -> None:
    for name in (".site.new", ".site.old"):
        (site.parent / name).mkdir()
        (site.parent / name / "index.html").write_text("half", encoding="utf-8")
    (site.parent / ".site.new" / "half.html").write_text("half", encoding="utf-8")
    edit(site)
    build(site)
    assert leftovers(site) == []
    assert "Bản mới" in home(site)
    assert not (site.parent / "site" / "half.html").exists()


# ----------------------------------------------------------------------------
# Builds that fail
# ----------------------------------------------------------------------------


def test_an_exception_in_the_third_language_leaves_the_old_site(site: Path) -> None:
    before = snapshot(site.parent / "site")
    cleaning = utils.clean_directory
    edit(site, THIRD)
    with pytest.raises(RuntimeError, match="the third language"):
        build(site)
    assert snapshot(site.parent / "site") == before
    assert leftovers(site) == []
    assert utils.clean_directory is cleaning
    # The same process can build again, and cleans again.
    edit(site)
    build(site)
    assert "Bản mới" in home(site)
    assert not (site.parent / "site" / "stray.html").exists()


def test_an_exception_in_the_first_language_leaves_the_old_site(site: Path) -> None:
    before = snapshot(site.parent / "site")
    edit(site, THIRD.replace('"fr"', '"vi"'))
    with pytest.raises(RuntimeError):
        build(site)
    assert snapshot(site.parent / "site") == before
    assert leftovers(site) == []


def test_a_warning_of_mkdocs_fails_a_strict_build_before_it_is_published(site: Path) -> None:
    before = snapshot(site.parent / "site")
    edit(site)
    page = site.parent / "content" / "index.md"
    page.write_text("# Bản mới\n\n[Mất](lost.md)\n", encoding="utf-8")
    failed = run(site, "--strict")
    assert failed.returncode == 1
    assert "Trang web cũ được giữ nguyên" in failed.stdout
    assert snapshot(site.parent / "site") == before
    quiet = run(site, "--strict", "--quiet")
    assert quiet.returncode == 1
    assert snapshot(site.parent / "site") == before
    assert leftovers(site) == []


def test_an_interface_catalog_that_cannot_be_read_stops_the_build(site: Path) -> None:
    before = snapshot(site.parent / "site")
    path = site.parent / "locales" / "fr" / "LC_MESSAGES" / "ui.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("<<<<<<< HEAD\n", encoding="utf-8")
    with pytest.raises(Abort, match=r"locales/fr/LC_MESSAGES/ui\.po:1: "):
        build(site)
    assert snapshot(site.parent / "site") == before
    assert leftovers(site) == []


needs_kill = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL here")


@needs_kill
def test_a_build_that_is_killed_between_the_renames_is_recovered(site: Path) -> None:
    before = snapshot(site.parent / "site")
    edit(site, KILLED)
    killed = run(site)
    assert killed.returncode == -signal.SIGKILL
    assert not (site.parent / "site").exists()
    # The next build fails, and yet the old site is back.
    edit(site, THIRD)
    with pytest.raises(RuntimeError):
        build(site)
    assert snapshot(site.parent / "site") == before
    edit(site)
    build(site)
    assert "Bản mới" in home(site)
    assert (site.parent / "site" / ".well-known" / "security.txt").is_file()
    assert leftovers(site) == []


# ----------------------------------------------------------------------------
# Two builds
# ----------------------------------------------------------------------------


def test_a_second_build_is_refused_and_harms_neither_site_nor_first_build(site: Path) -> None:
    before = snapshot(site.parent / "site")
    edit(site)
    with FileLock(site.parent / ".site.lock", timeout=0):
        running = site.parent / ".site.new"
        running.mkdir()
        (running / "index.html").write_text("of the first build", encoding="utf-8")
        with pytest.raises(Abort, match="một lần dựng trang khác đang chạy"):
            build(site)
        assert (running / "index.html").is_file()
        second = run(site)
        assert second.returncode == 1
        assert "một lần dựng trang khác đang chạy" in second.stdout
        assert "Traceback" not in second.stderr
        assert (running / "index.html").is_file()
        assert snapshot(site.parent / "site") == before
    build(site)
    assert "Bản mới" in home(site)


# ----------------------------------------------------------------------------
# The live preview
# ----------------------------------------------------------------------------


def test_the_live_preview_does_not_stage(site: Path, tmp_path: Path) -> None:
    before = snapshot(site.parent / "site")
    edit(site)
    config = load_config(str(site), site_dir=str(tmp_path / "preview"))
    config.plugins.on_startup(command="serve", dirty=False)
    with FileLock(site.parent / ".site.lock", timeout=0):
        mkdocs_build(config)
    assert "Bản mới" in (tmp_path / "preview" / "index.html").read_text(encoding="utf-8")
    assert (tmp_path / "preview" / "fr" / "index.html").is_file()
    assert snapshot(site.parent / "site") == before
    assert [path.name for path in tmp_path.glob(".preview*")] == []
    assert config.site_dir == str(tmp_path / "preview")


def test_the_live_preview_survives_a_failed_build_and_follows_the_source(
    site: Path, tmp_path: Path
) -> None:
    """``mkdocs serve`` keeps the plugin and loads the configuration again for each build."""
    preview = tmp_path / "preview"
    edit(site, THIRD)
    config = load_config(str(site), site_dir=str(preview))
    config.plugins.on_startup(command="serve", dirty=False)
    with pytest.raises(RuntimeError):
        mkdocs_build(config)
    edit(site)
    config = load_config(str(site), site_dir=str(preview))
    config.plugins.on_startup(command="serve", dirty=False)
    mkdocs_build(config)
    assert "Bản mới" in (preview / "index.html").read_text(encoding="utf-8")


def test_the_live_preview_watches_the_catalogs(site: Path) -> None:
    config = load_config(str(site))
    config.plugins.on_startup(command="serve", dirty=False)
    mkdocs_build(config)
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, config.site_dir)
    config.plugins.on_serve(server, config=config, builder=lambda: None)
    assert str(site.parent.resolve() / "locales") in server._watched_paths


def test_the_live_preview_shows_a_changed_catalog_with_the_same_plugin(
    site: Path, tmp_path: Path
) -> None:
    """MkDocs keeps plugins that have ``on_startup`` from one build of a preview to the next."""
    first = load_config(str(site), site_dir=str(tmp_path / "preview"))
    first.plugins.on_startup(command="serve", dirty=False)
    mkdocs_build(first)
    path = site.parent / "locales" / "en" / "LC_MESSAGES" / "index.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"en Bản cũ"', '"A new heading"'), encoding="utf-8")
    second = load_config(str(site), site_dir=str(tmp_path / "preview"))
    assert second.plugins["quangba"] is first.plugins["quangba"]
    mkdocs_build(second)
    built = (tmp_path / "preview" / "en" / "index.html").read_text(encoding="utf-8")
    assert "A new heading" in built


def test_a_file_where_the_site_belongs_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    files = {"content/index.md": "# Trang\n"}
    config = make_site(tmp_path, files, site_dir="taken/site")
    with pytest.raises(Abort, match="taken"):
        build(config)


def test_a_report_that_cannot_be_written_keeps_no_site_back(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("", encoding="utf-8")
    build(make_site(tmp_path, {"content/index.md": "# Trang\n"}))
    assert (tmp_path / "site" / "index.html").is_file()
