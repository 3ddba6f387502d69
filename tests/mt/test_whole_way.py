"""From a Vietnamese page to pages in five languages, with the tiny packages: ``make demo``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from models.demo import demo
from quangba.catalogs.message import Catalog, State
from quangba.catalogs.pofile import parse

LANGUAGES = ("en", "zh", "ja", "ko", "fr")

CATS = "Vé mèo: 12.500, 35.700, 48.900, 61.300, 77.250 và 90.150 đồng."
"""What no package has learnt."""


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    work = tmp_path_factory.mktemp("demo") / "site"
    demo.main(work)
    return work


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def catalog(work: Path, language: str) -> Catalog:
    path = work / "locales" / language / "LC_MESSAGES" / "index.po"
    return parse(path.read_bytes(), path.name, language)


def test_everything_is_drafted_but_what_the_packages_do_not_know(catalog: Catalog) -> None:
    left = [message.msgid for message in catalog.active if not message.msgstr]
    assert left == [CATS]
    assert {message.state for message in catalog.active if message.msgstr} == {State.DRAFT}


def test_a_refused_text_says_why(catalog: Catalog) -> None:
    (message,) = (message for message in catalog.active if message.msgid == CATS)
    (comment,) = message.comments
    assert comment.startswith("refused: ")


def test_drafts_through_english_keep_it(catalog: Catalog, language: str) -> None:
    for message in catalog.active:
        drafted = message.mt is not None and "vi_en" in message.mt.who
        assert (message.pivot is not None) == (drafted and language != "en")


def test_facts_links_and_bold_come_back(catalog: Catalog) -> None:
    texts = {message.msgid: message.msgstr for message in catalog.active}
    (away,) = (text for source, text in texts.items() if source.startswith("**Đến Hạ Long:**"))
    assert away.startswith("**")
    assert away.count("**") == 2
    assert "{fact:ha_long_mong_cai_time}" in away
    (link,) = (text for source, text in texts.items() if source.startswith("Hãy đọc ["))
    assert "](#hai-cay-cau)" in link


def test_pages_show_drafts_under_a_notice(work: Path, language: str, catalog: Catalog) -> None:
    page = (work / "portal" / language / "index.html").read_text(encoding="utf-8")
    shown = next(m.msgstr for m in catalog.active if m.msgid == "Hai cây cầu")
    assert shown in page
    assert "notice" in page
    assert "noindex" in page


def test_nothing_is_drafted_twice(work: Path) -> None:
    before = {p: p.read_bytes() for p in sorted((work / "locales").rglob("*.po"))}
    demo.run(work, "quangba", "translate")
    assert before == {p: p.read_bytes() for p in sorted((work / "locales").rglob("*.po"))}


def test_it_works_where_no_socket_can_be_opened(work: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import socket\n"
        "class NoSocket(socket.socket):\n"
        "    def __init__(self, *arguments, **options):\n"
        "        raise SystemExit('a socket was opened')\n"
        "socket.socket = NoSocket\n",
        encoding="utf-8",
    )
    home = tmp_path / "home"
    home.mkdir()
    environment = {
        **os.environ,
        "HOME": os.fspath(home),
        "PYTHONPATH": os.fspath(tmp_path),
        "QUANGBA_MODELS": os.fspath(work / "models"),
    }
    done = subprocess.run(
        [Path(sys.executable).parent / "quangba", "translate", "--again"],
        cwd=work,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not list(home.iterdir())
