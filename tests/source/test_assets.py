from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from quangba.source.assets import assets_of, check_asset, damage, digest, links_of, resolve
from quangba.source.pages import Page, parse_page

SVG = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'


def parsed(text: str, name: str = "visit/a.md") -> Page:
    return parse_page(Page(name, f"content/{name}", ""), text)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes that claims to be very large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\0" * 100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "images" / "a.png"
    path.parent.mkdir()
    Image.new("RGB", (4, 4)).save(path)
    sidecar = "author: Nhóm\nlicence: CC BY 4.0\nsource: tự vẽ\n"
    path.with_name("a.png.yml").write_text(sidecar, encoding="utf-8")
    return path


def codes(content: Path, asset: str) -> list[str]:
    return [problem.code for problem in check_asset(content, asset, "content/a.md", 3)]


def test_sound_picture(tmp_path: Path, picture: Path) -> None:
    assert codes(tmp_path, "images/a.png") == []


@pytest.mark.parametrize(
    "sidecar",
    [
        pytest.param(None, id="missing"),
        pytest.param("", id="empty"),
        pytest.param("author: A\nlicence: B\n", id="no_source"),
        pytest.param("author: A\nlicence: ''\nsource: C\n", id="empty_field"),
        pytest.param("author: [", id="broken"),
        pytest.param("- author", id="list"),
    ],
)
def test_licence_is_required(tmp_path: Path, picture: Path, sidecar: str | None) -> None:
    path = picture.with_name("a.png.yml")
    path.unlink()
    if sidecar is not None:
        path.write_text(sidecar, encoding="utf-8")
    assert codes(tmp_path, "images/a.png") == ["asset-no-licence"]


@pytest.mark.parametrize("asset", ["images/b.png", "../a.png", "_data/facts.yml", ".env", "images"])
def test_asset_outside_is_missing(tmp_path: Path, picture: Path, asset: str) -> None:
    (tmp_path / "_data").mkdir()
    (tmp_path / "_data" / "facts.yml").write_text("x", encoding="utf-8")
    (tmp_path / ".env").write_text("x", encoding="utf-8")
    assert codes(tmp_path, asset) == ["asset-missing"]


def test_link_out_of_the_content_is_missing(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    Image.new("RGB", (4, 4)).save(tmp_path / "secret.png")
    (content / "a.png").symlink_to(tmp_path / "secret.png")
    assert codes(content, "a.png") == ["asset-missing"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "asset-broken", id="empty"),
        pytest.param(b"<html><script>alert(1)</script>", "asset-broken", id="html"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "asset-broken", id="damaged"),
        pytest.param(bomb(60_000, 60_000), "asset-pixels", id="bomb"),
        pytest.param(bomb(20_000, 20_000), "asset-pixels", id="bomb_of_the_issue"),
        pytest.param(bomb(9_000, 9_000), "asset-pixels", id="small_bomb"),
        pytest.param(bomb(30_000, 1), "asset-pixels", id="thread"),
        pytest.param(bomb(2_000, 2_000), "asset-broken", id="pixels_that_are_not_there"),
        pytest.param(bomb(0, 5), "asset-broken", id="no_pixels"),
    ],
)
def test_broken_picture(tmp_path: Path, picture: Path, data: bytes, code: str) -> None:
    picture.write_bytes(data)
    assert codes(tmp_path, "images/a.png") == [code]


@pytest.mark.parametrize(
    "inner",
    [
        pytest.param("<script>alert(1)</script>", id="script"),
        pytest.param("<SCRIPT href='#a'/>", id="upper_case"),
        pytest.param("<g onclick='x'/>", id="event"),
        pytest.param("<g/onload=x>", id="event_after_slash"),
        pytest.param("<a href='https://evil.example'>a</a>", id="link"),
        pytest.param("<a xlink:href='javascript:alert(1)'>a</a>", id="javascript"),
        pytest.param("<a href=//evil.example>a</a>", id="unquoted"),
        pytest.param("<image href='https://evil.example/a.png'/>", id="image_from_elsewhere"),
        pytest.param("<use href='data:image/svg+xml;base64,PA=='/>", id="svg_in_data"),
        pytest.param("<foreignObject><p>a</p></foreignObject>", id="foreign_object"),
        pytest.param("<iframe/>", id="iframe"),
        pytest.param("<set attributeName='href' to='x'/>", id="animated_link"),
        pytest.param("<style>@import 'https://evil.example'</style>", id="import"),
        pytest.param("<style>a{fill:url(https://evil.example)}</style>", id="url"),
        pytest.param("<!DOCTYPE a [<!ENTITY b 'c'>]>", id="entity"),
    ],
)
def test_active_svg(tmp_path: Path, inner: str) -> None:
    path = tmp_path / "a.svg"
    path.write_text(SVG.format(inner), encoding="utf-8")
    assert damage(path)


@pytest.mark.parametrize(
    "inner",
    [
        pytest.param("<path d='M0 0h1'/>", id="path"),
        pytest.param("<use href='#a'/>", id="own_part"),
        pytest.param("<rect fill='url(#b)'/>", id="own_gradient"),
        pytest.param("<image href='data:image/png;base64,AA=='/>", id="picture_in_data"),
        pytest.param("<title>Vịnh on = tốt</title>", id="title"),
        pytest.param("<style>.a{fill:red}</style>", id="style"),
    ],
)
def test_harmless_svg(tmp_path: Path, inner: str) -> None:
    path = tmp_path / "a.svg"
    path.write_text(SVG.format(inner), encoding="utf-8")
    assert damage(path) is None


@pytest.mark.parametrize("data", [b"", b"hello", SVG.format("<script/>").encode("utf-16")])
def test_svg_that_is_none(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.svg"
    path.write_bytes(data)
    assert damage(path)


@pytest.mark.parametrize("name", ["a.html", "a.JS", "a.svgz", "a.xml"])
def test_files_that_run_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("x", encoding="utf-8")
    problem = damage(tmp_path / name)
    assert problem
    assert problem.code == "asset-format"


def test_links_of() -> None:
    page = parsed(
        "---\ntitle: A\n---\n[a](b.md#c) ![d](../e.svg 'f')\n\n<img src='g.png'>\n\n"
        "[h]: i.pdf\n\n[j](https://k.vn) [l](/m.md) `[n](o.md)` [p](mailto:q@r.vn)\n"
    )
    assert links_of(page) == [("b.md#c", 4), ("../e.svg", 4), ("g.png", 6), ("i.pdf", 8)]


def test_assets_of() -> None:
    page = parsed(
        "---\nimage: images/a.svg\n---\n"
        "![b](../images/b%20c.png) [d](e.md) [f](g/) [h](i.pdf?j#k)\n"
    )
    assert assets_of(page) == {"images/a.svg": 2, "images/b c.png": 4, "visit/i.pdf": 4}


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("b.md", "visit/b.md"),
        ("../b.md#c", "b.md"),
        ("../../b.md", "../b.md"),
        ("b%20c.md", "visit/b c.md"),
    ],
)
def test_resolve(target: str, expected: str) -> None:
    assert resolve("visit/a.md", target) == expected


def test_digest(tmp_path: Path, picture: Path) -> None:
    first = digest(picture)
    picture.write_bytes(picture.read_bytes() + b"x")
    assert len(first) == 64
    assert digest(picture) not in ("", first)
    assert digest(tmp_path / "none") == ""
