"""Leaflets as PDF: what Chromium makes of the sheets, whatever goes wrong on the way."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from dulwich import porcelain
from find_pages import contexts
from pypdf import PdfReader

import chromium
from quangba.errors import QuangbaError
from quangba.kiosk import leaflets
from quangba.kiosk.leaflets import INDEX, Printer, Served, Sheet, list_sheets, printing
from support import make_site

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

CREATED = datetime(2026, 11, 26, 3, 4, 5, tzinfo=UTC)

LANGUAGES = {"vi": "vi", "en": "en", "zh": "zh-Hans", "ja": "ja", "ko": "ko", "fr": "fr"}

PREPARE = {
    "vi": "Cần chuẩn bị gì",
    "en": "What to prepare",
    "zh": "需要准备什么",
    "ja": "準備するもの",
    "ko": "준비물",
    "fr": "Que préparer",
}
"""Heading of the gate's page below which its steps are."""

A4 = (595.28, 841.89)
"""Points."""

FAKE = """#!{python}
import os, signal, sys, time
if "--version" in sys.argv:
    print("Fake 1.0")
    sys.exit()
target = next(word for word in sys.argv if word.startswith("--print-to-pdf=")).partition("=")[2]
{action}
"""
"""A program that Chromium is taken for."""

PDF = (
    b"%PDF-1.4\n<</Type /Page>><</Type /Page>>"
    b"/CreationDate (D:20260101000000+00'00')\n/ModDate (D:20260101000000+00'00')\n%%EOF\n"
)

browsing = pytest.mark.browser
posix = pytest.mark.skipif(os.name == "nt", reason="programs without an ending")

# ----------------------------------------------------------------------------
# PDF
# ----------------------------------------------------------------------------


@pytest.fixture(scope="session")
def printed(kiosk: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Print all sheets of the first gate; return the folder of the PDFs."""
    chromium.require()
    out = tmp_path_factory.mktemp("leaflets")
    with printing(kiosk, out, CREATED) as printer:
        for each in list_sheets(kiosk, ["mong-cai"]):
            printer.print(each)
    return out


def text_of(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


@browsing
@pytest.mark.parametrize("name", [*LANGUAGES, "vi-zh"])
def test_a_pdf_has_two_pages_of_a4_and_can_be_read_aloud(printed: Path, name: str) -> None:
    reader = PdfReader(printed / f"mong-cai-{name}.pdf")
    assert len(reader.pages) == 2
    for page in reader.pages:
        assert (page.mediabox.width, page.mediabox.height) == pytest.approx(A4, abs=0.5)
    codes = name.split("-")
    titles = [contexts()[code].title_of("gates/mong-cai.md") for code in codes]
    text = re.sub(r"\s+", "", text_of(printed / f"mong-cai-{name}.pdf"))
    for code, title in zip(codes, titles, strict=True):
        assert re.sub(r"\s+", "", title) in text
        assert re.sub(r"\s+", "", PREPARE[code]) in text
        sample = contexts()[code].interface("Sample edition: not an official publication")
        assert re.sub(r"\s+", "", sample) in text
    assert reader.metadata is not None
    assert str(reader.metadata.title).startswith(titles[0])
    assert (reader.metadata.creation_date, reader.metadata.modification_date) == (CREATED, CREATED)
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == LANGUAGES[codes[0]]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert "/ID" not in reader.trailer


@browsing
def test_fonts_are_in_the_pdf(printed: Path) -> None:
    for path in printed.glob("*.pdf"):
        for page in PdfReader(path).pages:
            fonts: Any = page["/Resources"]["/Font"]  # type: ignore[index]
            for font in fonts.values():
                inner = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
                if inner["/Subtype"] == "/Type3":
                    continue  # drawn in the file itself
                assert {"/FontFile2", "/FontFile3"} & {*inner["/FontDescriptor"]}, path.name


@browsing
def test_printed_twice_it_is_the_same_to_the_byte(
    kiosk: Path, printed: Path, tmp_path: Path
) -> None:
    with printing(kiosk, tmp_path, CREATED) as printer:
        printer.print(Sheet("mong-cai", "vi-zh"))
    again = (tmp_path / "mong-cai-vi-zh.pdf").read_bytes()
    assert again == (printed / "mong-cai-vi-zh.pdf").read_bytes()


@browsing
def test_what_is_up_to_date_is_left_alone(kiosk: Path, printed: Path, tmp_path: Path) -> None:
    out = shutil.copytree(printed, tmp_path / "out")
    site = shutil.copytree(kiosk, tmp_path / "site", copy_function=os.link)
    one = Sheet("mong-cai", "zh")

    def current() -> bool:
        with printing(site, out, CREATED) as printer:
            return printer.is_current(one)

    assert current()
    with printing(site, out, datetime(2026, 12, 1, tzinfo=UTC)) as printer:
        assert not printer.is_current(one)
    for name in ("assets/stylesheets/leaflet.css", "images/gate.svg", f"{one.url}index.html"):
        before = (site / name).read_bytes()
        replace(site / name, before + b" ")
        assert not current(), name
        replace(site / name, before)
        assert current()
    (site / "images" / "gate.svg").unlink()
    assert not current()
    shutil.copy(kiosk / "images" / "gate.svg", site / "images")
    (out / one.file).write_bytes((out / one.file).read_bytes()[:-1])
    assert not current()
    for text in (
        "",
        "[]",
        '{"mong-cai-zh.pdf": 1}',
        '{"mong-cai-zh.pdf": {"made": {}}}',
        "{" * 9999,
    ):
        (out / INDEX).write_text(text, encoding="utf-8")
        assert not current()


def replace(path: Path, data: bytes) -> None:
    """Replace a file that another folder has as well."""
    path.unlink()
    path.write_bytes(data)


@browsing
def test_a_sheet_that_does_not_fit_is_refused(
    kiosk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = shutil.copytree(kiosk, tmp_path / "site", copy_function=os.link)
    one = Sheet("mong-cai", "vi")
    html = (site / one.url / "index.html").read_text(encoding="utf-8")
    long = html.replace('<p class="lead">', f'<p class="lead">{"Một câu rất dài. " * 400}', 1)
    replace(site / one.url / "index.html", long.encode())
    out = tmp_path / "out"
    with printing(site, out, CREATED) as printer, pytest.raises(QuangbaError) as caught:
        printer.print(one)
    assert caught.value.problem.code == "leaflet-pages"
    assert [path.name for path in out.iterdir() if path.suffix == ".pdf"] == []


# ----------------------------------------------------------------------------
# What goes wrong
# ----------------------------------------------------------------------------


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """Make a build with two sheets of one gate."""
    site = tmp_path / "site"
    for name in ("vi", "zh"):
        folder = site / "_print" / "mong-cai" / name
        folder.mkdir(parents=True)
        (folder / "index.html").write_text(f"<p>{name}", encoding="utf-8")
    (site / "index.html").write_text("<p>", encoding="utf-8")
    return site


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that puts another program in the place of Chromium."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def install(action: str) -> None:
        program = folder / "chromium"
        program.write_text(FAKE.format(python=sys.executable, action=action), encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)

    return install


def fails(built: Path, out: Path) -> str:
    """Print a sheet that cannot be printed; return the code of what is said."""
    with pytest.raises(QuangbaError) as caught, printing(built, out, CREATED) as printer:
        printer.print(Sheet("mong-cai", "vi"))
    assert caught.value.problem.text()
    return caught.value.problem.code


@posix
@pytest.mark.parametrize(
    ("action", "code"),
    [
        ("sys.stderr.write('no display\\n'); sys.exit(1)", "leaflet-browser"),
        ("sys.exit(0)", "leaflet-browser"),
        (f"open(target, 'wb').write({PDF.replace(b'Creation', b'X')!r})", "leaflet-dates"),
        (f"open(target, 'wb').write({PDF.replace(b'+00', b'')!r})", "leaflet-dates"),
        (f"open(target, 'wb').write({PDF + PDF!r})", "leaflet-pages"),
        ("open(target, 'wb').write(b'')", "leaflet-pages"),
    ],
)
def test_a_browser_that_fails_leaves_the_old_leaflet(
    built: Path, tmp_path: Path, fake: Callable[[str], None], action: str, code: str
) -> None:
    fake(action)
    out = tmp_path / "out"
    out.mkdir()
    (out / "mong-cai-vi.pdf").write_bytes(b"old")
    assert fails(built, out) == code
    assert (out / "mong-cai-vi.pdf").read_bytes() == b"old"
    assert {path.name for path in out.iterdir()} <= {"mong-cai-vi.pdf", ".lock"}


@posix
def test_a_browser_that_hangs_is_ended_with_its_children(
    built: Path, tmp_path: Path, fake: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaflets, "PATIENCE", 2)
    born = tmp_path / "born"
    fake(f"child = os.fork()\nopen({str(born)!r} + str(os.getpid()), 'w').close()\ntime.sleep(600)")
    assert fails(built, tmp_path / "out") == "leaflet-slow"
    numbers = [int(path.name.removeprefix("born")) for path in tmp_path.glob("born*")]
    assert numbers
    assert not any(alive(number) for number in numbers)


def alive(number: int) -> bool:
    """Tell whether a process runs; one that only waits to be counted does not."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@posix
def test_a_good_browser_is_taken_at_its_word(
    built: Path, tmp_path: Path, fake: Callable[[str], None]
) -> None:
    fetch = "from urllib.request import urlopen; urlopen(sys.argv[-1]).read()"
    fake(f"{fetch}; open(target, 'wb').write({PDF!r})")
    out = tmp_path / "out"
    with printing(built, out, CREATED) as printer:
        for each in list_sheets(built):
            assert not printer.is_current(each)
            printer.print(each)
            assert printer.is_current(each)
    data = (out / "mong-cai-vi.pdf").read_bytes()
    assert data.count(b"(D:20261126030405+00'00')") == 2
    assert len(data) == len(PDF)
    index = json.loads((out / INDEX).read_text(encoding="utf-8"))
    assert index["mong-cai-vi.pdf"]["made"]["browser"] == "Fake 1.0"
    assert {*index["mong-cai-vi.pdf"]["inputs"]} == {"_print/mong-cai/vi/index.html"}


def test_without_chromium_it_is_said_what_to_install(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(QuangbaError) as caught, printing(built, tmp_path / "out", CREATED):
        pass
    assert caught.value.problem.code == "leaflet-no-browser"
    assert "apt install chromium" in caught.value.problem.text("vi")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("gates", "names", "code"),
    [
        (["hon-gai"], [], "leaflet-gate"),
        ([], ["de"], "leaflet-language"),
        (["../mong-cai"], [], "leaflet-gate"),
    ],
)
def test_sheets_that_are_not_there_are_named(
    built: Path, gates: list[str], names: list[str], code: str
) -> None:
    with pytest.raises(QuangbaError) as caught:
        list_sheets(built, gates, names)
    assert caught.value.problem.code == code
    assert list_sheets(built, ["mong-cai"], ["zh"]) == [Sheet("mong-cai", "zh")]


def test_a_folder_without_a_build_or_without_sheets_is_told(built: Path, tmp_path: Path) -> None:
    shutil.rmtree(built / "_print")
    for folder, code in ((built, "leaflet-none"), (tmp_path / "no", "kiosk-no-site")):
        with pytest.raises(QuangbaError) as caught:
            list_sheets(folder)
        assert caught.value.problem.code == code


@posix
def test_two_commands_do_not_print_into_one_folder(
    built: Path, tmp_path: Path, fake: Callable[[str], None]
) -> None:
    fake("sys.exit(1)")
    out = tmp_path / "out"
    with printing(built, out, CREATED):
        with pytest.raises(QuangbaError) as caught, printing(built, out, CREATED):
            pass
        assert caught.value.problem.code == "leaflet-busy"


@posix
def test_what_a_killed_run_left_is_cleared_away(
    built: Path, tmp_path: Path, fake: Callable[[str], None]
) -> None:
    fake("sys.exit(1)")
    left = tmp_path / "out" / ".printing-x"
    left.mkdir(parents=True)
    (left / "sheet.pdf").write_bytes(b"%PDF half")
    with printing(built, tmp_path / "out", CREATED):
        assert not left.exists()


@pytest.mark.parametrize(
    "path", ["../secret", "%2e%2e/secret", "..%2fsecret", "/etc/passwd", "a%00b", "link", "assets/"]
)
def test_the_server_gives_files_of_the_build_and_nothing_else(
    built: Path, tmp_path: Path, path: str
) -> None:
    (tmp_path / "secret").write_text("x", encoding="utf-8")
    (built / "link").symlink_to(tmp_path / "secret")
    with Served(built) as server:
        assert server.address.startswith("http://127.0.0.1:")
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        with urlopen(f"{server.address}_print/mong-cai/vi/") as answer:
            assert answer.read() == b"<p>vi"
        with pytest.raises(HTTPError) as caught:
            urlopen(f"{server.address}{path}")
        assert caught.value.code == 404
        caught.value.close()
        server.shutdown()


# ----------------------------------------------------------------------------
# The command
# ----------------------------------------------------------------------------


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Make a site of which one commit is known; return its folder."""
    root = tmp_path / "office"
    make_site(root, {"content/index.md": "# Trang"})
    with porcelain.init(str(root)) as repo:
        porcelain.add(repo)
        when = int(CREATED.timestamp())
        who = b"A <a@example.test>"
        porcelain.commit(
            repo, b"First", author=who, committer=who, commit_timestamp=when, sign=False
        )
    return root


def run(office: Path, *words: str) -> subprocess.Popen[str]:
    """Start the command in the folder of a site."""
    return subprocess.Popen(
        [sys.executable, "-m", "quangba.cli_kiosk", "leaflet", *words],
        cwd=office,
        env={**os.environ, "QUANGBA_LANG": "vi"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


@posix
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_interrupted_leaves_no_half_leaflet(
    office: Path, built: Path, tmp_path: Path, fake: Callable[[str], None], how: signal.Signals
) -> None:
    born = tmp_path / "born"
    fetch = "from urllib.request import urlopen; urlopen(sys.argv[-1]).read()"
    fake(
        f"{fetch}; open(target, 'wb').write({PDF[:40]!r})\n"
        f"if '/zh/' in sys.argv[-1]:\n"
        f"    open({str(born)!r}, 'w').write(str(os.getpid()))\n"
        f"    os.kill(os.getppid(), {int(how)})\n"
        f"    time.sleep(600)\n"
        f"open(target, 'wb').write({PDF!r})"
    )
    out = tmp_path / "out"
    process = run(office, "--site", str(built), "--out", str(out))
    told, complaints = process.communicate(timeout=60)
    assert process.returncode == 1, complaints
    assert "Traceback" not in complaints
    assert {path.name for path in out.iterdir()} == {"mong-cai-vi.pdf", INDEX, ".lock"}
    assert not alive(int(born.read_text()))
    fake(f"assert '/vi/' not in sys.argv[-1]\nopen(target, 'wb').write({PDF!r})")
    process = run(office, "--site", str(built), "--out", str(out))
    told, complaints = process.communicate(timeout=60)
    assert process.returncode == 0, complaints
    assert "in 1 tờ, 1 tờ còn đúng" in told


@posix
def test_the_command_says_one_sentence_when_chromium_is_missing(
    office: Path, built: Path, tmp_path: Path, fake: Callable[[str], None]
) -> None:
    process = run(office, "--site", str(built), "--out", str(tmp_path / "out"))
    _, complaints = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Traceback" not in complaints
    assert "máy này chưa có Chromium" in complaints


def test_a_printer_is_told_apart_by_browser_and_commit(built: Path, tmp_path: Path) -> None:
    with Served(built) as server:
        printer = Printer(built, tmp_path, CREATED, "chromium", "Chromium 1", server)
        assert printer.made == {"browser": "Chromium 1", "created": "2026-11-26T03:04:05+00:00"}
