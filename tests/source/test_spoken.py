from __future__ import annotations

from pathlib import Path

import pytest
from spoken_sounds import OPUS, THEORA, VORBIS, box, m4a, mp3, tagged

from quangba.source.assets import assets_of, check_asset, damage
from quangba.source.kinds import Checker
from quangba.source.pages import Page, parse_page
from quangba.source.spoken import spoken_problems

WHOLE = """
spoken:
  vi: audio/a.vi.mp3
  ja: audio/../audio/a.ja.opus
"""


def page(text: str) -> Page:
    return parse_page(Page("a.md", "content/a.md", ""), f"---\ntitle: A{text}---\n\nB\n")


def codes(text: str) -> list[str]:
    return [problem.code for problem in spoken_problems(page(text))]


def test_recordings_belong_to_the_page() -> None:
    assert codes(WHOLE) == []
    assert list(assets_of(page(WHOLE))) == ["audio/a.vi.mp3", "audio/a.ja.opus"]


def test_a_page_without() -> None:
    assert codes("\n") == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("audio/a.vi.mp3", "https://sound.example/a.mp3", "spoken-file"),
        ("audio/a.vi.mp3", "audio/a.wav", "spoken-file"),
        ("audio/a.vi.mp3", "", "spoken-file"),
        ("audio/a.vi.mp3", "[audio/a.vi.mp3]", "spoken-file"),
        ("audio/a.vi.mp3", "7", "spoken-file"),
        # A reader must not hear another language.
        ("audio/a.vi.mp3", "audio/a.ja.opus", "spoken-language"),
        ("audio/a.vi.mp3", "audio/a.FR.mp3", "spoken-language"),
    ],
)
def test_what_is_wrong(old: str, new: str, code: str) -> None:
    found = spoken_problems(page(WHOLE.replace(old, new)))
    assert {(problem.code, problem.line) for problem in found} == {(code, 3)}


def test_one_recording_for_two_languages() -> None:
    assert codes("\nspoken: {vi: audio/a.mp3, ja: audio/./a.mp3}\n") == ["spoken-language"]


@pytest.mark.parametrize("value", ["audio/a.mp3", "[audio/a.mp3]", "3", ""])
def test_no_mapping(value: str) -> None:
    assert codes(f"\nspoken: {value}\n") == ["spoken-file"]
    assert assets_of(page(f"\nspoken: {value}\n")) == {}


def test_keys_are_codes_of_languages() -> None:
    text = WHOLE.replace("  ja:", "  Japanese:") + "type: article\nlead: A\n"
    problems = Checker(["a.md"], []).problems(page(text))
    assert [(p.code, p.line) for p in problems] == [("front-matter-value", 3)]


@pytest.mark.parametrize("name", ["../secret.mp3", "/etc/a.mp3", "_data/a.mp3", "audio/none.mp3"])
def test_files_that_are_not_there_or_not_ours(tmp_path: Path, name: str) -> None:
    content = tmp_path / "content"
    (content / "_data").mkdir(parents=True)
    for path in (tmp_path / "secret.mp3", content / "_data" / "a.mp3"):
        path.write_bytes(mp3())
        path.with_name(path.name + ".yml").write_text("author: A\nlicence: B\nsource: C\n", "utf-8")
    ((asset, line),) = assets_of(page(f"\nspoken: {{vi: {name}}}\n")).items()
    assert [p.code for p in check_asset(content, asset, "content/a.md", line)] == ["asset-missing"]


def test_a_link_that_leads_out_of_the_content(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "secret.mp3").write_bytes(mp3())
    (tmp_path / "content" / "a.mp3").symlink_to(tmp_path / "secret.mp3")
    found = check_asset(tmp_path / "content", "a.mp3", "content/a.md", 3)
    assert [problem.code for problem in found] == ["asset-missing"]


def test_a_recording_needs_a_licence(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(mp3())
    found = check_asset(tmp_path, "a.mp3", "content/a.md", 3)
    assert [problem.code for problem in found] == ["asset-no-licence"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.mp3", mp3(), ""),
        ("a.MP3", mp3(), ""),
        ("a.mp3", tagged(b"TIT2\0\0\0\x0a\0\0\x03Location: Ha Long"), ""),
        ("a.m4a", m4a(), ""),
        ("a.m4a", m4a(sound=b"\xa9xyz" + b"loci\0\0\0\0"), ""),  # bytes of the sound
        ("a.ogg", OPUS, ""),
        ("a.ogg", VORBIS, ""),
        ("a.opus", OPUS, ""),
        # Not what the name says
        ("a.mp3", b"", "spoken-content"),
        ("a.mp3", b"ID3", "spoken-content"),
        ("a.mp3", b"ID3\x04\0\0\x7f\x7f\x7f\x7f", "spoken-content"),
        ("a.mp3", b"\xff\xf1\x50\x80" + b"\0" * 99, "spoken-content"),  # AAC
        ("a.mp3", b"<script>alert(1)</script>", "spoken-content"),
        ("a.mp3", b"RIFF\0\0\0\0WAVEfmt ", "spoken-content"),
        ("a.mp3", m4a(), "spoken-content"),
        ("a.m4a", mp3(), "spoken-content"),
        ("a.m4a", b"", "spoken-content"),
        ("a.m4a", box(b"ftyp", b"M4A \0\0\0\0"), "spoken-content"),
        ("a.m4a", m4a().replace(b"soun", b"vide"), "spoken-content"),
        ("a.m4a", m4a()[:20] + b"\0\0\0\x01" + m4a()[24:40], "spoken-content"),
        ("a.opus", VORBIS, "spoken-content"),
        ("a.ogg", THEORA, "spoken-content"),
        ("a.ogg", OPUS[:20], "spoken-content"),
        # Where it was made
        ("a.mp3", tagged("TXXX GPSPosition\0 20.9".encode("utf-16")), "spoken-place"),
        ("a.mp3", tagged(b"PRIV<x exif:GPSLatitude='20.9'/>"), "spoken-place"),
        ("a.m4a", m4a(box(b"udta", box(b"\xa9xyz", b"+20.9+107.0/"))), "spoken-place"),
        ("a.m4a", m4a(box(b"loci", b"\0\0\0\0")), "spoken-place"),
        ("a.m4a", m4a(b"com.apple.quicktime.location.ISO6709"), "spoken-place"),
        ("a.ogg", VORBIS + b"\x11\0\0\0LOCATION=Ha Long", "spoken-place"),
        ("a.opus", OPUS + b"\x7a\0\0\0geo_location=20.9;107", "spoken-place"),
    ],
)
def test_files(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    problem = damage(tmp_path / name)
    assert (problem.code if problem else "") == code


def test_a_heavy_recording_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.mp3").open("wb") as stream:
        stream.truncate(10_000_001)
    problem = damage(tmp_path / "a.mp3")
    assert problem
    assert (problem.code, dict(problem.values)["size"]) == ("spoken-heavy", 11)
