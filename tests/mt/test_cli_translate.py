"""``quangba translate`` as officials meet it: its words, its exit codes, and processes that die."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hostile import (
    TEXTS,
    catalog,
    command,
    environment,
    install,
    make,
    message,
    po,
    quangba,
    script,
    shorten_interface,
    snapshot,
    speak,
)

from quangba.catalogs.pofile import parse
from quangba.cli_translate import visible
from quangba.console import bar
from quangba.mt.engine import Request
from quangba.mt.store import Store
from support import sync

# ----------------------------------------------------------------------------
# Fixtures
# ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return install(tmp_path_factory.mktemp("models"), "vi_en", "en_ja")


@pytest.fixture(autouse=True)
def store(packages: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("QUANGBA_LANG", "en")
    monkeypatch.setenv("QUANGBA_MODELS", str(packages.folder))
    return packages


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make(tmp_path / "site")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Request]]:
    return script(monkeypatch)


@pytest.fixture
def own(packages: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Give a test packages that it may damage."""
    shutil.copytree(packages.folder, tmp_path / "own")
    monkeypatch.setenv("QUANGBA_MODELS", str(tmp_path / "own"))
    return Store(tmp_path / "own")


# ----------------------------------------------------------------------------
# The command
# ----------------------------------------------------------------------------


def test_everything_is_drafted_and_counted(site: Path, asked: object) -> None:
    code, text = command(site, "translate")
    assert code == 0, text
    lines = text.splitlines()
    assert lines[-2].split() == ["en", str(TEXTS + 1), "0", "0", "0", "0", "vi_en-1.0"]
    assert lines[-1].split()[-1] == "vi_en-1.0+en_ja-1.0"
    assert message(site, "Bãi biển rất").machine


def test_a_page_and_a_language(tmp_path: Path, asked: list[tuple[str, Request]]) -> None:
    site = make(tmp_path / "s", {"content/a.md": "Biển.\n", "content/b/c.md": "Núi cao.\n"})
    code, text = command(site, "translate", "--lang", "ja", "--lang", "ja", "content/b/c.md")
    assert code == 0, text
    assert text.count("vi_en-1.0+en_ja-1.0") == 1
    assert message(site, "Núi", "b/c", "ja").machine
    assert not message(site, "Núi", "b/c", "en").msgstr
    assert not message(site, "Biển", "a", "ja").msgstr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(
            ["--lang", "xx"], "there is no language “xx”. The site has: en, ja", id="lang"
        ),
        pytest.param(["--lang", "vi"], "there is no language “vi”", id="source"),
        pytest.param(["none.md"], "content/none.md: there is no such page", id="page"),
        pytest.param([""], "there is no such page", id="empty page"),
        pytest.param(["../../etc/passwd"], "there is no such page", id="outside"),
    ],
)
def test_what_does_not_exist_is_one_sentence(
    site: Path, asked: object, arguments: list[str], words: str
) -> None:
    code, text = command(site, "translate", *arguments)
    assert code == 1
    assert words in text
    assert not asked


def test_no_package_is_one_sentence(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUANGBA_MODELS", str(tmp_path / "none"))
    code, text = command(site, "translate")
    assert code == 1
    assert "no translation package is installed for: en, ja. Install them with" in text
    assert not (tmp_path / "none").exists()


def test_a_language_without_packages_is_no_error(tmp_path: Path, asked: object) -> None:
    site = make(tmp_path / "s", languages="en lo")
    code, text = command(site, "translate")
    assert code == 0
    assert "no package: left to people" in text
    # There is none to install either: asking for it by name changes nothing.
    code, text = command(site, "translate", "--lang", "lo")
    assert code == 0
    assert "left to people" in text
    assert "quangba models install" not in text


def test_refused_texts_are_named_and_are_no_error(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(monkeypatch, lambda pair, text: None if "đẹp" in text else speak(pair, text))
    code, text = command(site, "translate", "--lang", "en")
    assert code == 0
    assert "locales/en/LC_MESSAGES/index.po:" in text
    assert "no machine draft of “Bãi biển rất đẹp, cát trắng mịn.” was accepted: an empty" in text


def test_the_same_problem_is_told_once(
    tmp_path: Path, own: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    shorten_interface(monkeypatch)
    site = make(tmp_path / "s")
    (own.folder / "vi_en-1.0" / "sentencepiece.model").write_bytes(
        bytes((own.folder / "vi_en-1.0" / "sentencepiece.model").stat().st_size)
    )
    _, text = command(site, "translate")
    assert text.count("the translation package vi_en-1.0 is damaged") == 1


def test_a_broken_catalog_is_told_once(site: Path, asked: object) -> None:
    sync(site)
    po(site).write_bytes(po(site).read_bytes()[:-30])
    code, text = command(site, "translate", "--lang", "en")
    assert code == 1
    assert text.count("git restore") == 1


# ----------------------------------------------------------------------------
# Damaged packages
# ----------------------------------------------------------------------------


DAMAGE = {
    "truncated": lambda data: data[:-100],
    "half": lambda data: data[: len(data) // 2],
    "empty": lambda data: b"",
    "zeros": lambda data: bytes(len(data)),
    "random": lambda data: random.Random(1).randbytes(len(data)),
}


@pytest.mark.parametrize(
    ("damage", "file"),
    [
        pytest.param("truncated", "model/model.bin"),
        pytest.param("empty", "model/model.bin"),
        ("zeros", "model/model.bin"),
        ("random", "model/model.bin"),
        pytest.param("truncated", "sentencepiece.model"),
        pytest.param("zeros", "sentencepiece.model"),
        pytest.param("random", "sentencepiece.model"),
        pytest.param("random", "metadata.json"),
        pytest.param("half", "model/shared_vocabulary.json"),
        ("random", "model/shared_vocabulary.json"),
    ],
)
def test_a_damaged_package_is_named_and_other_languages_go_on(
    site: Path, tmp_path: Path, file: str, damage: str
) -> None:
    own = install(tmp_path / "direct", "vi_en", "vi_ja")
    path = own.folder / "vi_ja-1.0" / file
    path.write_bytes(DAMAGE[damage](path.read_bytes()))
    done = subprocess.run(
        quangba(site, "translate", "index.md"),
        env=environment(own),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1, (done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    assert done.stderr.count("the translation package vi_ja-1.0 is damaged") == 1
    assert "quangba models verify" in done.stderr
    assert "vi_en-1.0" in done.stdout
    assert all(not m.msgstr for m in catalog(site, language="ja").active)
    assert "no package" not in done.stdout


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"{", id="cut"),
        pytest.param(
            b"[" * 100_000,
            id="deep",
        ),
        pytest.param(b"\xff\xfe", id="binary"),
        pytest.param(b'{"sha256": 1, "masks": 3}', id="numbers"),
        pytest.param(b'{"masks": []}', id="list"),
    ],
)
def test_a_broken_calibration_is_none(site: Path, own: Store, asked: object, data: bytes) -> None:
    (own.folder / "vi_en-1.0.calibration.json").write_bytes(data)
    code, text = command(site, "translate", "--lang", "en")
    assert code == 0, text


def test_a_package_that_goes_away_meanwhile(
    site: Path, own: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quangba.mt import drafts

    engine = drafts.Engine

    class Late(engine):  # type: ignore[misc, valid-type]
        def __init__(self, package: object) -> None:
            shutil.rmtree(own.folder / "en_ja-1.0", ignore_errors=True)
            super().__init__(package)

    monkeypatch.setattr(drafts, "Engine", Late)
    code, text = command(site, "translate", "index.md")
    assert code == 1
    assert "the translation package en_ja-1.0 is damaged" in text


def test_what_is_decided_is_kept_when_a_package_breaks(
    tmp_path: Path, own: Store, asked: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A term needs no package; it is written although the page's other texts wait."""
    glossary = "vi,en,ja,kind,rule\nvịnh Hạ Long,Ha Long Bay,ハロン湾,place,required\n"
    site = make(
        tmp_path / "s",
        {"content/a.md": "# Vịnh Hạ Long\n\nRất đẹp.\n", "locales/glossary.csv": glossary},
        "en",
    )
    from quangba.mt import drafts
    from quangba.mt.argos import ModelPackage

    def broken(self: object, *arguments: object) -> None:
        raise ModelPackage(own.folder / "vi_en-1.0").broken("model")

    monkeypatch.setattr(drafts.Engine, "translate", broken)
    code, _ = command(site, "translate", "a.md")
    assert code == 1
    assert message(site, "Vịnh", "a").msgstr == "Ha Long Bay"


# ----------------------------------------------------------------------------
# Explaining
# ----------------------------------------------------------------------------


def test_every_rung_is_told(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(monkeypatch, lambda pair, text: speak(pair, text) + " 9")
    code, text = command(site, "translate", "--lang", "en", "--explain", "Vé tàu giá 5 đồng.")
    assert code == 0
    assert "en  Vé tàu giá 5 đồng." in text
    assert "vi_en-1.0: the sentence as it is" in text
    assert "✗ numbers that differ" in text
    assert "Left to people: numbers that differ" in text
    assert text.count("    < ") == text.count("    > ") > 1


def test_an_accepted_text_is_shown_with_its_pivot(site: Path, asked: object) -> None:
    code, text = command(site, "translate", "--explain", "Bãi biển rất [đẹp](a.md).")
    assert code == 0
    assert "✓ accepted" in text
    english, japanese = (speak(*pair) for pair in (("vi_en", "Bãi"), ("en_ja", "x")))
    assert english in text
    assert "  ja  " in text
    assert "  en  " in text
    assert japanese


def test_explaining_touches_no_catalog(site: Path, asked: object) -> None:
    sync(site)
    before = snapshot(site)
    command(site, "translate", "--explain", "Bãi biển rất đẹp, cát trắng mịn.")
    assert snapshot(site) == before


def test_explaining_creates_nothing(site: Path, asked: object) -> None:
    before = sorted(site.parent.rglob("*"))
    command(site, "translate", "--explain", "Biển đẹp.")
    assert sorted(site.parent.rglob("*")) == before


def test_two_paragraphs_are_two_texts(site: Path, asked: object) -> None:
    code, text = command(site, "translate", "--lang", "en", "--explain", "Biển.\n\nNúi cao.")
    assert code == 0
    assert "en  Biển." in text
    assert "en  Núi cao." in text


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "---", "```\nmã\n```", "<!-- x -->"])
def test_nothing_to_translate_is_said(site: Path, asked: object, text: str) -> None:
    code, said = command(site, "translate", "--lang", "en", "--explain", text)
    assert code == 0
    assert said.strip()


def test_a_language_without_packages_is_said(tmp_path: Path, asked: object) -> None:
    site = make(tmp_path / "s", languages="en lo")
    _, text = command(site, "translate", "--explain", "Biển đẹp.")
    assert "lo: no words, or no package" in text


ODD = {
    "emoji": "Biển đẹp 🏖️👨‍👩‍👧",
    "digits": "1234 5,6",
    "long": "Biển đẹp. " * 1000,
    "word": "biển" * 2500,
    "controls": "Biển \x00\x01\x02wzxhzdk:0\x03\x07\x1b[31m đẹp",
    "stash": "\x02klzzwxh:0000\x03 Biển",
    "unclosed": "Biển **đẹp và [xanh](a.md và `mã <b>",
    "crossed": "Biển **đẹp *và** xanh*",
    "brackets": "[" * 2000,
    "images": "![" * 1500,
    "stars": "*a " * 1200,
    "double stars": "**a" * 1200,
    "ticks": "`" * 3000,
    "angles": "<a" * 1900,
    "braces": "{fact:" * 600,
    "underscores": "_a_" * 1200,
    "entities": "&amp" * 900,
    "backslashes": "\\" * 3000,
    "list": "- a\n- b\n    - c",
    "table": "| a | b |\n|---|---|\n| Biển | Núi |",
    "quote": "> Biển đẹp",
    "fact": "Có {fact:none} khách.",
    "footnote": "Biển[^1] đẹp.\n\n[^1]: Núi.",
    "html": "<div markdown='1'>Biển</div>",
    "script": "<script>alert('Biển')</script>",
    "marks": "Biển \ue100\ue200đẹp\ue300 \ue000",
    "bidi": "Biển \u202eđẹp",
    "option": "--help",
    "front matter": "---\ntitle: Biển\n---\nNúi",
    "japanese": "ハロン湾",
    "tabs": "\tBiển",
    "percent": "100% %(x)s %s {0} {}",
    "ruby": "{漢字}",
    "reference": "[Biển][a] [Núi]",
    "nested": "> " * 150 + "a",
    "nested list": "".join("  " * 2 * depth + "- a\n" for depth in range(60)),
}


@pytest.mark.parametrize("kind", ODD)
def test_nothing_that_is_explained_raises(site: Path, asked: object, kind: str) -> None:
    code, _ = command(site, "translate", "--lang", "en", f"--explain={ODD[kind]}")
    assert code == 0


@pytest.mark.parametrize("kind", ["emoji", "controls", "unclosed", "option", "nested list"])
def test_nothing_that_a_model_explains_raises(site: Path, kind: str) -> None:
    code, _ = command(site, "translate", "--lang", "en", f"--explain={ODD[kind]}")
    assert code == 0


@pytest.mark.skipif(os.name == "nt", reason="arguments are text")
def test_bytes_that_are_no_text_are_explained(site: Path, store: Store) -> None:
    line = [*map(os.fsencode, quangba(site, "translate", "--lang", "en")), b"--explain=Bi\xff"]
    done = subprocess.run(line, env=environment(store), capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_marks_are_visible() -> None:
    assert visible("\ue100 \ue140 \ue180 \ue200a\ue300") == "‹100› ‹140› ‹180› ‹200›a‹300›"


# ----------------------------------------------------------------------------
# Words
# ----------------------------------------------------------------------------


def test_vietnamese(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUANGBA_LANG", "vi")
    script(monkeypatch, lambda pair, text: None if "đẹp" in text else speak(pair, text))
    code, text = command(site, "translate", "--lang", "en")
    assert code == 0
    assert "không nhận bản nháp máy của “Bãi biển rất đẹp, cát trắng mịn.”" in text
    assert "Ngôn ngữ  dịch máy" in text


# ----------------------------------------------------------------------------
# Progress
# ----------------------------------------------------------------------------


def test_the_bar_goes_on_after_a_first_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A second round of the ladder comes when the first one is done: 3 of 3, then 4 of 8."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with bar("x") as progress:
        for done, total in ((1, 3), (3, 3), (4, 8)):
            progress(done, total)
        assert "50%" in shown(progress)


def shown(progress: object) -> str:
    """Return what the bar of a progress function shows."""
    cells = progress.__closure__ or ()  # type: ignore[attr-defined]
    found = next(cell.cell_contents for cell in cells if hasattr(cell.cell_contents, "format_pct"))
    return str(found.format_pct())


@pytest.mark.parametrize("steps", [[(0, 0)], [(5, 3)], [(3, 5), (1, 5)], [(1, 1), (1, 2)], []])
def test_the_bar_takes_any_numbers(steps: list[tuple[int, int]]) -> None:
    with bar("x") as progress:
        for done, total in steps:
            progress(done, total)


# ----------------------------------------------------------------------------
# Processes: no network, no home, killed
# ----------------------------------------------------------------------------

NO_SOCKETS = """
import socket
class Refused(socket.socket):
    def __new__(cls, *arguments, **more):
        raise RuntimeError("a socket!")
socket.socket = Refused
socket.create_connection = Refused
import _socket
_socket.socket = Refused
"""


def run(site: Path, env: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        quangba(site, "translate", *arguments),
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        cwd=site.parent,
    )


def test_no_network_and_no_home(tmp_path: Path, store: Store) -> None:
    site = make(tmp_path / "s")
    folder, home = tmp_path / "block", tmp_path / "home"
    folder.mkdir()
    home.mkdir()
    (folder / "sitecustomize.py").write_text(NO_SOCKETS, encoding="utf-8")
    env = {
        name: value
        for name, value in environment(store, HOME=str(home), PYTHONPATH=str(folder)).items()
        if not name.startswith("XDG_")
    }
    check = subprocess.run(
        [sys.executable, "-c", "import socket; socket.socket()"], env=env, capture_output=True
    )
    assert check.returncode
    done = run(site, env, "index.md")
    assert done.returncode == 0, done.stderr
    assert "a socket!" not in done.stderr
    assert not list(home.rglob("*"))


SLOW = """
import time
from quangba.mt import drafts
from quangba.mt.engine import Hypothesis
class Engine:
    def __init__(self, package):
        self.package = package
    def translate(self, requests, done=None):
        for index, request in enumerate(requests):
            time.sleep({pause})
            with open({log!r}, "a") as log:
                log.write(f"{{request.hypotheses}} {{request.text}}\\n")
            if done:
                done(index, [Hypothesis("Lomu befa rido.", 0.0, None)])
    def close(self):
        pass
drafts.Engine = Engine
from quangba.cli import main
main()
"""


def slow(tmp_path: Path, site: Path, pause: float, *arguments: str) -> list[str]:
    """Return a command line whose model takes its time and writes down what it was asked."""
    code = SLOW.format(pause=pause, log=str(tmp_path / "asked.txt"))
    return [sys.executable, "-c", code, "-f", str(site), "translate", *arguments]


def lines(tmp_path: Path) -> list[str]:
    path = tmp_path / "asked.txt"
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def many(tmp_path: Path, pages: int = 4, texts: int = 6) -> Path:
    """Make a site with many short texts."""
    letters = "bcdghklmnpqrstvx"
    files = {
        f"content/p{page}.md": "\n\n".join(
            f"Bãi biển {letters[page]}a {letters[text]}o rất đẹp." for text in range(texts)
        )
        + "\n"
        for page in range(pages)
    }
    return make(tmp_path / "s", files, "en")


def wait_for(tmp_path: Path, count: int, process: subprocess.Popen[str]) -> None:
    for _ in range(600):
        if len(lines(tmp_path)) >= count or process.poll() is not None:
            return
        time.sleep(0.05)


def start(command_line: list[str], env: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command_line, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_ctrl_c_ends_the_run_and_the_next_one_goes_on(tmp_path: Path, store: Store) -> None:
    site = many(tmp_path)
    env = environment(store)
    process = start(slow(tmp_path, site, 0.05), env)
    wait_for(tmp_path, 5, process)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 130, errors
    assert "Stopped. Run the command again to go on from there." in errors
    assert "Traceback" not in errors
    first = lines(tmp_path)
    assert 5 <= len(first) < 24
    for path in (site.parent / "locales").rglob("*.po"):
        parse(path.read_bytes(), path.name, "en")
    done = subprocess.run(
        slow(tmp_path, site, 0), env=env, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    everything = lines(tmp_path)
    # The text whose answer was on its way is asked for again.
    assert len(everything) - len(set(everything)) <= 1
    assert all(m.msgstr for page in range(4) for m in catalog(site, f"p{page}").active)


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_killed_at_any_moment(tmp_path: Path, store: Store) -> None:
    """Catalogs are old or new and whole, no lock stays, and no answer is lost."""
    site = many(tmp_path)
    env = environment(store)
    for seed in range(5):
        process = start(slow(tmp_path, site, 0.01), env)
        wait_for(tmp_path, len(lines(tmp_path)) + random.Random(seed).randint(1, 5), process)
        process.kill()
        process.communicate()
        for path in (site.parent / "locales").rglob("*.po"):
            parse(path.read_bytes(), path.name, "en")
    done = subprocess.run(
        slow(tmp_path, site, 0), env=env, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    everything = lines(tmp_path)
    assert len(everything) - len(set(everything)) <= 5
    assert all(m.machine for page in range(4) for m in catalog(site, f"p{page}").active)
    assert not list((site.parent / "locales").rglob("*.tmp"))


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_two_runs_at_once(tmp_path: Path, store: Store) -> None:
    site = many(tmp_path)
    env = environment(store)
    first = start(slow(tmp_path, site, 0.2), env)
    wait_for(tmp_path, 1, first)
    second = run(site, env)
    assert second.returncode == 1
    assert second.stderr.count("another run of translate is under way. Wait until it ends.") == 1
    assert "Traceback" not in second.stderr
    first.send_signal(signal.SIGINT)
    first.communicate(timeout=20)


def test_the_journal_is_json_lines(site: Path, asked: object) -> None:
    command(site, "translate")
    path = site.parent / ".cache" / "quangba" / "drafts.jsonl"
    for line in filter(None, path.read_text(encoding="utf-8").split("\n")):
        assert len(json.loads(line)) == 4
