"""A preview shows the language that somebody looks at before it renders the others."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer

from quangba.settings import Language, load_settings
from quangba.site import inside
from quangba.site.windows import Windows
from support import make_site

PAGE = "---\ntitle: {title}\n---\n## Vé\n\n{text}\n"

LANGUAGES = [Language("vi", "", "vi"), Language("en", "", "en"), Language("ja", "", "ja")]


def server_of(root: Path, mount_path: str = "/") -> LiveReloadServer:
    """Return a server that listens nowhere."""
    return LiveReloadServer(lambda: None, "127.0.0.1", 0, str(root), mount_path)


def ask(server: LiveReloadServer, path: str) -> str:
    """Ask a server as a browser does; return the status."""
    said: list[str] = []
    answer = server.get_app()
    assert answer is not None
    start: Any = lambda status, headers: said.append(status)  # noqa: E731 (for one call)
    list(answer({"PATH_INFO": path}, start))
    return said[0]


# ----------------------------------------------------------------------------
# What is looked at
# ----------------------------------------------------------------------------


@pytest.mark.parametrize("mount_path", ["/", "/quang-ninh/"])
def test_the_languages_that_were_looked_at_come_first(tmp_path: Path, mount_path: str) -> None:
    server = server_of(tmp_path, mount_path)
    windows = Windows(server, LANGUAGES)
    assert windows.first(LANGUAGES) == (LANGUAGES, 0)
    for path in ("ja/visit/", "ja/404.html"):
        ask(server, mount_path + path)
    # What a page consists of is asked for by the page of another language too.
    ask(server, f"{mount_path}en/search/index.js")
    found, count = windows.first(LANGUAGES)
    assert ([language.code for language in found], count) == (["ja", "vi", "en"], 1)
    assert windows.first(LANGUAGES) == (LANGUAGES, 0)
    for path in ("en/", "", "visit/"):
        ask(server, mount_path + path)
    found, count = windows.first(LANGUAGES)
    assert ([language.code for language in found], count) == (["vi", "en", "ja"], 2)


def test_one_that_is_not_rendered_counts_for_nothing(tmp_path: Path) -> None:
    server = server_of(tmp_path)
    windows = Windows(server, LANGUAGES)
    ask(server, "/ja/")
    assert windows.first(LANGUAGES[:2]) == (LANGUAGES[:2], 0)


def test_the_server_answers_as_before(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<body>Một</body>", encoding="utf-8")
    server = server_of(tmp_path)
    Windows(server, LANGUAGES)
    assert [ask(server, path) for path in ("/", "/index.html", "/none/")] == [
        *("200 OK", "200 OK", "404 Not Found")
    ]


def test_a_browser_that_waits_for_a_build_is_answered_when_it_is_shown(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<body>Một</body>", encoding="utf-8")
    server = server_of(tmp_path)
    windows = Windows(server, LANGUAGES)
    server._wanted_epoch += 1
    found: list[str] = []
    asking = threading.Thread(target=lambda: found.append(ask(server, "/")), daemon=True)
    asking.start()
    asking.join(0.2)
    assert found == []
    windows.show()
    asking.join(10)
    assert found == ["200 OK"]


# ----------------------------------------------------------------------------
# What is shown
# ----------------------------------------------------------------------------


@pytest.fixture
def threaded() -> Iterator[None]:
    """Have a second thread, as the server of a preview has."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    yield
    done.set()
    thread.join()


@pytest.fixture
def config_file(tmp_path: Path) -> Path:
    """Make a site of two pages in two languages; the second one's texts are Vietnamese still."""
    files = {
        "content/index.md": PAGE.format(title="Trang chủ", text="Chào."),
        "content/visit/ve.md": PAGE.format(title="Vé", text="Vé cũ."),
    }
    return make_site(tmp_path / "project", files)


def test_what_is_looked_at_is_shown_before_the_rest_is_rendered(
    config_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, threaded: None
) -> None:
    site = tmp_path / "site"
    site.mkdir()

    def rebuild(prepare: Callable[[Any], None] = lambda plugin: None) -> None:
        config = load_config(str(config_file), site_dir=str(site))
        plugin: Any = config.plugins["quangba"]
        config.plugins.on_startup(command="serve", dirty=False)
        prepare(plugin)
        build(config, serve_url="http://127.0.0.1/", dirty=False)

    def pages() -> list[str]:
        names = ("visit/ve/index.html", "en/visit/ve/index.html")
        return [new_or_old(site / name) for name in names]

    rebuild()
    assert pages() == ["old", "old"]
    server = server_of(site)
    shown: list[list[str]] = []
    monkeypatch.setattr(inside, "show_build", lambda of: shown.append(pages()))

    def prepare(plugin: Any) -> None:
        plugin.windows = Windows(server, load_settings(str(config_file)).languages)
        ask(server, "/en/visit/ve/")

    page = config_file.parent / "content/visit/ve.md"
    page.write_text(PAGE.format(title="Vé", text="Vé mới."), encoding="utf-8")
    rebuild(prepare)
    assert shown == [["old", "new"]]
    assert pages() == ["new", "new"]

    # Another title changes every page: nothing is shown before all is well.
    shown.clear()
    page.write_text(PAGE.format(title="Vé tàu", text="Vé mới."), encoding="utf-8")
    rebuild(prepare)
    assert shown == []


def new_or_old(path: Path) -> str:
    """Tell which text a page has."""
    text = path.read_text(encoding="utf-8")
    return "new" if "Vé mới." in text else "old" if "Vé cũ." in text else "neither"


# ----------------------------------------------------------------------------
# The whole way
# ----------------------------------------------------------------------------


def test_a_change_reaches_all_windows_of_a_preview(config_file: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "-q", "--livereload", "-a"]
    process = subprocess.Popen(
        [*command, f"127.0.0.1:{port}"],
        cwd=config_file.parent,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )

    def fetched(path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=60) as answer:
            return str(answer.read().decode("utf-8"))

    try:
        before = wait_for(lambda: fetched("visit/ve/"), "Vé cũ.")
        assert "Vé cũ." in fetched("en/visit/ve/")
        number = re.search(r"livereload\((\d+),", before)
        assert number is not None
        page = config_file.parent / "content/visit/ve.md"
        page.write_text(PAGE.format(title="Vé", text="Vé mới."), encoding="utf-8")
        # It is answered when there is something new.
        assert int(fetched(f"livereload/{number[1]}/1")) > int(number[1])
        assert "Vé mới." in fetched("visit/ve/")
        assert "Vé mới." in fetched("en/visit/ve/")
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(config_file.parent / "site", ignore_errors=True)


def wait_for(fetch: Callable[[], str], text: str) -> str:
    """Wait until a server answers with a text; return its answer."""
    deadline = time.monotonic() + 60
    while True:
        try:
            found = fetch()
            if text in found:
                return found
        except OSError:
            pass
        assert time.monotonic() < deadline, "no answer"
        time.sleep(0.1)
