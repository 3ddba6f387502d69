"""Pictures from a bad world: nothing ends in a traceback, nothing is believed for its name."""

from __future__ import annotations

import random
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from quangba.errors import Problem
from quangba.source import raster
from quangba.source.assets import damage

FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "avif": "AVIF", "gif": "GIF"}


def picture(name: str, width: int = 60, height: int = 40, **options: object) -> bytes:
    stream = BytesIO()
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    image.save(stream, name, **options)
    return stream.getvalue()


def found(tmp_path: Path, name: str, data: bytes) -> Problem | None:
    path = tmp_path / name
    path.write_bytes(data)
    return damage(path)


def code_of(tmp_path: Path, name: str, data: bytes) -> str:
    problem = found(tmp_path, name, data)
    return problem.code if problem else ""


@pytest.mark.parametrize("suffix", FORMATS)
def test_sound_pictures(tmp_path: Path, suffix: str) -> None:
    assert code_of(tmp_path, f"a.{suffix.upper()}", picture(FORMATS[suffix])) == ""


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("content", FORMATS.values())
def test_content_and_name_agree(tmp_path: Path, suffix: str, content: str) -> None:
    wanted = "" if FORMATS[suffix] == content else "asset-content"
    problem = found(tmp_path, f"a.{suffix}", picture(content))
    assert (problem.code if problem else "") == wanted
    if problem:
        assert f".{suffix}" in problem.text("vi")
        assert content in problem.text("en")


@pytest.mark.parametrize("name", ["a.tif", "a.heic", "a.bmp", "a.psd", "a.eps"])
def test_other_kinds_are_refused(tmp_path: Path, name: str) -> None:
    assert code_of(tmp_path, name, b"x") == "asset-format"


@pytest.mark.parametrize("content", ["TIFF", "BMP", "EPS"])
def test_other_decoders_are_never_asked(tmp_path: Path, content: str) -> None:
    assert code_of(tmp_path, "a.png", picture(content)) == "asset-broken"


@pytest.mark.parametrize("suffix", ["gif", "png", "webp"])
def test_pictures_that_move(tmp_path: Path, suffix: str) -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue", "green")]
    stream = BytesIO()
    frames[0].save(stream, FORMATS[suffix], save_all=True, append_images=frames[1:], duration=90)
    problem = found(tmp_path, f"a.{suffix}", stream.getvalue())
    assert problem
    assert problem.code == "asset-animated"
    assert "3" in problem.text("vi")


def test_phones_write_two_pictures_into_one_file(tmp_path: Path) -> None:
    stream = BytesIO()
    first, second = Image.new("RGB", (40, 30), "red"), Image.new("RGB", (40, 30), "blue")
    first.save(stream, "MPO", save_all=True, append_images=[second])
    assert code_of(tmp_path, "a.jpg", stream.getvalue()) == ""


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_cut_off_pictures(tmp_path: Path, suffix: str, part: float) -> None:
    data = picture(FORMATS[suffix], 300, 200)
    assert code_of(tmp_path, f"a.{suffix}", data[: int(len(data) * part)]) == "asset-broken"


def test_a_heavy_file_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster.Image, "open", lambda *_, **__: pytest.fail("opened"))
    path = tmp_path / "a.jpg"
    with path.open("wb") as stream:
        stream.truncate(40_000_001)
    problem = damage(path)
    assert problem
    assert problem.code == "asset-heavy"
    assert "40 MB" in problem.text("vi")


def test_a_text_that_unpacks_to_gigabytes(tmp_path: Path) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "a" * 70_000_000, zip=True)
    assert code_of(tmp_path, "a.png", picture("PNG", pnginfo=info)) == "asset-broken"


def test_a_bomb_is_refused_in_the_users_words(tmp_path: Path) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 6, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 999))
    problem = found(tmp_path, "a.png", data)
    assert problem
    assert problem.text("vi").startswith("ảnh a.png có 400 triệu điểm ảnh")


@pytest.mark.parametrize("suffix", FORMATS)
def test_random_damage_never_ends_in_a_traceback(tmp_path: Path, suffix: str) -> None:
    chance = random.Random(5)
    sound = picture(FORMATS[suffix], 80, 60)
    for number in range(40):
        data = bytearray(sound)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        code = code_of(tmp_path, f"{number}.{suffix}", bytes(data))
        assert code == "" or code.startswith("asset-")
