"""Hostile files in the folders of a site: one sentence with file, line and what to do; no hang."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from attacks import approve_anyhow
from crawler import read
from mkdocs.exceptions import Abort
from photos import SIDECAR, bomb, exif_with_place, scene
from small import PICTURE, ROOT, UNITS, approve, new_site, page, report, snapshot

from quangba.errors import QuangbaError
from quangba.source.tree import check_tree, taken_addresses
from support import build, make_site, open_workspace

# ----------------------------------------------------------------------------
# Folders
# ----------------------------------------------------------------------------

Maker = Callable[[Path], object]


def bind(path: Path) -> None:
    """Leave a socket behind; its address may have 107 bytes."""
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(path.parent)
        try:
            made.bind(path.name)
        finally:
            os.chdir(here)


def write(*names: str) -> Maker:
    """Return a maker of files with some names, as far as the system lets it."""

    def make(folder: Path) -> None:
        for name in names:
            (folder / name).write_text(page("Trang"), encoding="utf-8")

    return make


TREES: dict[str, tuple[Maker, str, str]] = {
    # what is made in content/, and the file and the reason that are named
    "pipe": (lambda c: os.mkfifo(c / "a.md"), "content/a.md", "ống dẫn"),
    "pipe-below": (
        lambda c: os.mkfifo(c / "_data" / "facts.yml"),
        "content/_data/facts.yml",
        "ống",
    ),
    "pipe-beside": (lambda c: os.mkfifo(c / "a.svg.yml"), "content/a.svg.yml", "ống dẫn"),
    "socket": (lambda c: bind(c / "s.png"), "content/s.png", "ổ cắm"),
    "device": (lambda c: (c / "z.md").symlink_to("/dev/zero"), "content/z.md", "thiết bị"),
    "link-out": (lambda c: (c / "etc").symlink_to("/etc"), "content/etc", "thư mục /etc"),
    "link-round": (lambda c: (c / "self").symlink_to("."), "content/self", "liên kết tới thư mục"),
    "no-unicode": (
        lambda c: Path(os.fsdecode(os.fsencode(c) + b"/a\xff.md")).touch(),
        r"content/a\udcff.md",
        r"ký tự \udcff",
    ),
    "bidi": (write("a\u202eb.md"), r"content/a\u202eb.md", r"ký tự \u202e"),
    "line": (write("a\nb.md"), r"content/a\u000ab.md", r"ký tự \u000a"),
    "quotes": (write('a"b.md'), 'content/a"b.md', 'ký tự "'),
    "long": (write("x" * 252 + ".md"), "content/" + "x" * 252 + ".md", "dài hơn 200 byte"),
    "case": (write("A.md", "a.md"), "content/a.md", "coi là một với A.md"),
    "composed": (
        lambda c: [write(unicodedata.normalize(f, "hà.md"))(c) for f in ("NFC", "NFD")],
        "content/h",
        "coi là một với",
    ),
}

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot make such files")


@POSIX
@pytest.mark.parametrize("name", TREES)
def test_a_folder_that_cannot_be_read_is_one_sentence(tmp_path: Path, name: str) -> None:
    make, file, reason = TREES[name]
    (tmp_path / "content" / "_data").mkdir(parents=True)
    make(tmp_path / "content")
    if name in ("case", "composed") and len(list((tmp_path / "content").glob("*.md"))) < 2:
        pytest.skip("this file system holds one of the two names only")
    with pytest.raises(QuangbaError) as raised:
        check_tree(tmp_path / "content", tmp_path)
    text = raised.value.problem.text("vi")
    assert text.startswith(file), text
    assert reason in text
    assert text.isprintable(), text


def test_names_that_people_use_are_no_problem(tmp_path: Path) -> None:
    names = (
        "có dấu cách.md",
        "Vịnh-Hạ-Long.jpg",
        "a+b;c=d@e.md",
        "{{x}}#%2e.md",
        "x" * 197 + ".md",
    )
    write(*names)(tmp_path)
    (tmp_path / "nothing.md").symlink_to(tmp_path / "nowhere.md")
    (tmp_path / "twin.md").symlink_to(tmp_path / "a+b;c=d@e.md")
    check_tree(tmp_path, tmp_path)
    check_tree(tmp_path / "no-folder", tmp_path)


@pytest.mark.parametrize("place", ["overrides/partials", "own/assets"])
def test_a_linked_folder_among_the_templates_stops_every_command(
    tmp_path: Path, place: str
) -> None:
    """MkDocs does not enter it: a site would have no style sheets, and changes would not show."""
    config_file = make_site(
        tmp_path / "site",
        {"content/index.md": "# Trang", "overrides/a.html": "", "own/main.html": ""},
        quangba={"templates": "overrides"},
        theme={"name": "mkdocs", "custom_dir": "own"},
    )
    (tmp_path / "elsewhere").mkdir()
    (config_file.parent / place).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(QuangbaError) as caught:
        open_workspace(config_file)
    assert caught.value.problem.code == "file-link"
    assert caught.value.problem.file == place


@POSIX
@pytest.mark.parametrize(
    "command", [("mkdocs", "build", "-q"), ("quangba", "sync")], ids=["mkdocs", "quangba"]
)
def test_commands_end_with_one_sentence_and_the_old_site_stays(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    """As users run them: a pipe would keep them waiting until somebody writes into it."""
    files = {"content/_data/units.yml": UNITS, "content/index.md": page("Trang chủ")}
    new_site(tmp_path, files, languages=("vi", "en"), quangba={"gate": True, "sample": True})
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("cũ", encoding="utf-8")
    os.mkfifo(tmp_path / "locales" / "en" / "LC_MESSAGES" / "index.po")
    done = subprocess.run(
        [Path(sys.executable).with_name(command[0]), *command[1:]],
        cwd=tmp_path,
        env={**os.environ, "QUANGBA_LANG": "vi", "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "Traceback" not in said
    assert "locales/en/LC_MESSAGES/index.po: đây là ống dẫn" in said
    assert snapshot(tmp_path / "site") == {"index.html": "cũ".encode()}


def test_no_page_takes_the_address_of_another() -> None:
    names = ["a.md", "a/index.md", "en.md", "en/b.md", "index.md", "search.md", "search/tips.md"]
    assert taken_addresses(names, ["en", "zh"]) == {
        "a/index.md": "a.md",
        "en.md": "/en/",
        "en/b.md": "/en/",
        "search.md": "/search/",
    }


# ----------------------------------------------------------------------------
# One site with many hostile files
# ----------------------------------------------------------------------------

SECRET = "root:x:0:0"

HEADS = {
    # front matter, and what the reason says
    "alias": ("a: &a [x]\nb: *a", "alias *a"),
    "bomb": ("a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]", "alias *a"),
    "object": ('title: !!python/object/apply:os.system ["id"]', "python/object"),
    "name": ("title: !!python/name:os.system", "python/name"),
    "twice": ("title: A\ntitle: B", "title: ghi hai lần"),
    "deep": ("title: " + "[" * 60 + "]" * 60, "50"),
    "deeper": ("title: " + "[" * 20_000, "dấu ["),
    "binary": ("title: !!binary aGVsbG8=", ""),
    "list": ("- a\n- b", "sai cú pháp"),
    "tab": ("title:\tA\n\tb: c", ""),
    "number": ("title: 1" + "0" * 5000, ""),
    "date": ("title: A\ndate: 2026-02-30", "không có ngày này"),
    "norway": ("title: no", ""),
    "huge": ("title: " + "Vé " * 200_000, ""),
}

PICTURES = {
    # ending, bytes, and what the reason says
    "bomb": (".png", bomb(30_000, 30_000), "triệu điểm ảnh"),
    "text": (".png", b"<script>1</script>", ""),
    "empty": (".png", b"", ""),
    "script": (".svg", PICTURE.replace("<path", "<script>1</script><path").encode(), "<script>"),
    "remote": (
        ".svg",
        PICTURE.replace("<path", '<image href="https://evil.example/a.png"/><path').encode(),
        "evil.example",
    ),
    "entity": (
        ".svg",
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + PICTURE.encode(),
        "DOCTYPE",
    ),
    "style": (".css", b"body{background:url(https://evil.example/)}", ".css"),
    "page": (".html", b"<script>1</script>", ".html"),
}


def raster(path: Path, kind: str) -> None:
    """Write a picture with something wrong with it."""
    image = scene(64, 48)
    if kind == "truncated":
        image.save(path, "PNG")
        path.write_bytes(path.read_bytes()[:-40])
    elif kind == "polyglot":
        image.save(path, "GIF")
        path.write_bytes(path.read_bytes() + b"<script>window.pwned=1</script>")
    elif kind == "ending":
        image.save(path, "GIF")
    elif kind == "animated":
        image.save(path, "GIF", save_all=True, append_images=[scene(64, 48).rotate(9)])
    elif kind == "place":
        image.save(path, "JPEG", exif=exif_with_place())


RASTERS = {
    "truncated": (".png", True),
    "ending": (".jpg", True),
    "animated": (".gif", True),
    "polyglot": (".gif", False),
    "place": (".jpg", False),
}
"""Ending, and whether the page is refused; the others are written anew, without what was wrong."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site; return its configuration."""
    files: dict[str, str | bytes] = {
        "content/_data/units.yml": UNITS,
        "content/index.md": page("Trang chủ", "Chào."),
        "content/large.md": page("Trang", "Vé tàu.\n\n" * 6_000_000),
        "content/charset.md": page("Trang", "Vé").encode("utf-16"),
        "content/null.md": page("Trang", "V\x00é"),
    }
    for name, (head, _) in HEADS.items():
        files[f"content/head/{name}.md"] = (
            f"---\n{head}\nclassification: public\nowner: so-du-lich\n---\n\nVé.\n"
        )
    for name, (ending, data, _) in PICTURES.items():
        files[f"content/pictures/{name}{ending}"] = data
        files[f"content/pictures/{name}{ending}.yml"] = SIDECAR
        files[f"content/picture/{name}.md"] = page("Trang", f"![Ảnh](../pictures/{name}{ending})")
    for name, (ending, _) in RASTERS.items():
        files[f"content/pictures/{name}{ending}.yml"] = SIDECAR
        files[f"content/picture/{name}.md"] = page("Trang", f"![Ảnh](../pictures/{name}{ending})")
    for name in ("passwd", "loop"):
        files[f"content/picture/{name}.md"] = page("Trang", f"[Tải](../pictures/{name}.txt)")
        files[f"content/pictures/{name}.txt.yml"] = SIDECAR
    config_file = new_site(
        tmp_path_factory.mktemp("hostile"),
        files,
        languages=("vi", "en"),
        quangba={"gate": True, "sample": True},
    )
    content = config_file.parent / "content"
    for name, (ending, _) in RASTERS.items():
        raster(content / "pictures" / f"{name}{ending}", name)
    (content / "pictures" / "passwd.txt").symlink_to("/etc/passwd")
    (content / "pictures" / "loop.txt").symlink_to("loop.txt")
    (content / "passwd.md").symlink_to("/etc/passwd")
    (content / "loop.md").symlink_to("loop.md")
    workspace = open_workspace(config_file)
    approve_anyhow(workspace, *workspace.names)
    build(config_file)
    return config_file


def reasons(config_file: Path, file: str) -> list[str]:
    return [line for line in report(config_file).splitlines() if line.startswith(f"content/{file}")]


@pytest.mark.parametrize("name", sorted(HEADS.keys() - {"norway", "binary", "number"}))
def test_front_matter_that_is_an_attack_is_refused(hostile: Path, name: str) -> None:
    found = reasons(hostile, f"head/{name}.md")
    assert [line for line in found if HEADS[name][1] in line], found
    assert all(re.match(r"content/head/\w+\.md(:\d+)?: \S", line) for line in found)
    assert not (hostile.parent / "site" / "head" / name).exists()


@pytest.mark.parametrize("name", ["norway", "binary", "number"])
def test_front_matter_of_another_kind_is_refused_or_text(hostile: Path, name: str) -> None:
    """YAML makes ``False``, bytes and a number of 5,001 digits of them: no title."""
    assert reasons(hostile, f"head/{name}.md")
    assert not (hostile.parent / "site" / "head" / name).exists()


@pytest.mark.parametrize("name", PICTURES)
def test_a_hostile_picture_keeps_its_page_in(hostile: Path, name: str) -> None:
    ending, _, reason = PICTURES[name]
    found = reasons(hostile, f"picture/{name}.md:7")
    assert [line for line in found if f"pictures/{name}{ending}" in line and reason in line], found
    assert not (hostile.parent / "site" / "picture" / name).exists()
    assert not (hostile.parent / "site" / "pictures" / f"{name}{ending}").exists()


@pytest.mark.parametrize("name", RASTERS)
def test_a_picture_is_refused_or_written_anew(hostile: Path, name: str) -> None:
    ending, refused = RASTERS[name]
    site = hostile.parent / "site"
    assert bool(reasons(hostile, f"picture/{name}.md:7")) == refused
    assert (site / "picture" / name).exists() != refused
    assert not (site / "pictures" / f"{name}{ending}").exists() or not refused
    for path in site.rglob("*"):
        if path.is_file() and path.stat().st_size < 1_000_000:
            data = path.read_bytes()
            assert b"<script>window.pwned" not in data, path
            assert b"SecretPhone" not in data, path


@pytest.mark.parametrize("name", ["passwd", "loop"])
def test_no_link_leads_out_of_the_tree(hostile: Path, name: str) -> None:
    assert reasons(hostile, f"picture/{name}.md:7")
    assert reasons(hostile, f"{name}.md")
    assert not (hostile.parent / "site" / name).exists()
    for path in (hostile.parent / "site").rglob("*"):
        assert not path.is_symlink(), path
        assert path.is_dir() or SECRET.encode() not in path.read_bytes(), path


def test_pages_that_are_no_pages_are_refused(hostile: Path) -> None:
    """50 MB, another charset, a zero byte."""
    assert (hostile.parent / "content" / "large.md").stat().st_size > 50_000_000
    for name in ("large", "charset", "null"):
        assert reasons(hostile, f"{name}.md"), name
        assert not (hostile.parent / "site" / name).exists()


def test_the_sound_page_is_there(hostile: Path) -> None:
    documents = read(hostile.parent / "site")
    assert "Chào." in documents["index.html"].main.text()


# ----------------------------------------------------------------------------
# Data
# ----------------------------------------------------------------------------

DATA = {
    "alias": "a: &a [x]\nb: *a\n",
    "object": "a: !!python/object/apply:os.system [id]\n",
    "twice": "a: {}\na: {}\n",
    "deep": "[" * 20_000,
    "binary": "\x00\x01",
    "bidi": "a: {name: Sở Du lịch}\nb: {name: Sở\u202e Du lịch}\n",
    "escape": 'a: {name: "S\\u3164"}\n',
}


@pytest.mark.parametrize("name", DATA)
def test_hostile_data_is_one_sentence(tmp_path: Path, name: str) -> None:
    files = {"content/index.md": page("Trang chủ"), "content/_data/units.yml": DATA[name]}
    config_file = new_site(
        tmp_path, files, languages=("vi",), quangba={"gate": True, "sample": True}
    )
    with pytest.raises(Abort, match=r"^content/_data/units\.yml(:\d+)?: \S"):
        build(config_file)
    assert not (tmp_path / "site").exists()


def test_without_the_gate_no_file_is_copied_that_lies_elsewhere(tmp_path: Path) -> None:
    files = {"content/index.md": page("Trang chủ", "[Tải](a.txt) [Tải](b.txt)")}
    config_file = new_site(tmp_path, files, languages=("vi",))
    (tmp_path / "content" / "a.txt").symlink_to("/etc/passwd")
    (tmp_path / "content" / "b.txt").write_text("Tải về", encoding="utf-8")
    folder = build(config_file)
    assert not (folder / "a.txt").exists()
    assert (folder / "b.txt").is_file()


def test_our_own_content_has_no_such_names() -> None:
    check_tree(ROOT / "content", ROOT)
    check_tree(ROOT / "locales", ROOT)


def test_a_page_with_a_taken_address_is_left_out_and_said(tmp_path: Path) -> None:
    files = {
        "content/_data/units.yml": UNITS,
        "content/index.md": page("Trang chủ"),
        "content/a.md": page("Thật"),
        "content/a/index.md": page("Giả"),
        "content/en/a.md": page("Giả"),
    }
    config_file = new_site(
        tmp_path, files, languages=("vi", "en"), quangba={"gate": True, "sample": True}
    )
    workspace = open_workspace(config_file)
    approve_anyhow(workspace, *workspace.names)
    documents = read(build(config_file))
    assert documents["a/index.html"].h1 == "Thật"
    assert [d.path for d in documents.values() if "Giả" in d.main.text()] == []
    assert [line for line in reasons(config_file, "a/index.md") if "cùng địa chỉ với a.md" in line]
    assert [line for line in reasons(config_file, "en/a.md") if "cùng địa chỉ với /en/" in line]
    approve(config_file, "index.md", "a.md")
