from __future__ import annotations

from pathlib import Path

import pytest

from quangba.source.assets import assets_of, check_asset, damage
from quangba.source.pages import Page, parse_page
from quangba.source.video import video_problems

MP4 = b"\0\0\0\x20ftypisom" + b"\0" * 500
WEBM = b"\x1aE\xdf\xa3" + b"\0" * 500
VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\nVịnh Hạ Long\n"

WHOLE = """
video:
  file: media/a.mp4
  poster: images/a.svg
  captions: {vi: media/a.vi.vtt, en: media/a.en.vtt}
  transcript: Một con thuyền trên vịnh.
"""


def page(text: str) -> Page:
    return parse_page(Page("a.md", "content/a.md", ""), f"---\ntitle: A{text}---\n\nB\n")


def codes(text: str) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in video_problems(page(text))]


def test_a_whole_video() -> None:
    assert codes(WHOLE) == []
    assert assets_of(page(WHOLE)) == {
        "media/a.mp4": 4,
        "images/a.svg": 5,
        "media/a.vi.vtt": 6,
        "media/a.en.vtt": 6,
    }


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("media/a.mp4", "https://video.example/a.mp4", "video-file"),
        ("media/a.mp4", "media/a.avi", "video-file"),
        ("  file: media/a.mp4\n", "", "video-file"),
        ("vi: media/a.vi.vtt, ", "", "video-captions"),
        ("{vi: media/a.vi.vtt, en: media/a.en.vtt}", "media/a.vtt", "video-captions"),
        ("a.en.vtt", "a.en.srt", "video-not-vtt"),
        ("  transcript: Một con thuyền trên vịnh.\n", "", "video-transcript"),
        ("Một con thuyền trên vịnh.", "''", "video-transcript"),
    ],
)
def test_what_a_video_lacks(old: str, new: str, code: str) -> None:
    assert codes(WHOLE.replace(old, new)) == [(code, 3)]


def test_no_mapping() -> None:
    assert codes("\nvideo: https://video.example/1\n") == [("video-file", 3)]


def test_no_video() -> None:
    assert codes("\n") == []


def test_the_page_without_its_files(tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "a.mp4").write_bytes(MP4)
    (tmp_path / "media" / "a.vi.vtt").write_text(VTT, encoding="utf-8")
    found = [
        problem.code
        for asset, line in assets_of(page(WHOLE)).items()
        for problem in check_asset(tmp_path, asset, "content/a.md", line)
    ]
    # The film needs a licence, its captions do not; poster and English captions are not there.
    assert found == ["asset-no-licence", "asset-missing", "asset-missing"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.mp4", MP4, ""),
        ("a.webm", WEBM, ""),
        ("a.mp4", WEBM, "asset-content"),
        ("a.webm", MP4, "asset-content"),
        ("a.mp4", b"", "asset-content"),
        ("a.mp4", MP4 + b"\xa9xyz\0\x12+20.9+107.0/", "video-place"),
        (
            "a.mp4",
            MP4 + b"\0" * ((1 << 20) - 510) + b"com.apple.quicktime.location.ISO",
            "video-place",
        ),
        ("a.vtt", VTT.encode(), ""),
        ("a.vtt", b"\xef\xbb\xbf" + VTT.encode(), ""),
        ("a.vtt", VTT.replace("WEBVTT", "1").encode(), "asset-broken"),
        ("a.vtt", b"WEBVTT\n\nno times\n", "asset-broken"),
        ("a.vtt", VTT.encode("utf-16"), "asset-broken"),
        ("a.vtt", b"", "asset-broken"),
    ],
)
def test_files(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    problem = damage(tmp_path / name)
    assert (problem.code if problem else "") == code


def test_a_heavy_film_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.mp4").open("wb") as stream:
        stream.truncate(100_000_001)
    problem = damage(tmp_path / "a.mp4")
    assert problem
    assert problem.code == "video-heavy"
