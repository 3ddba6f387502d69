"""
Films: local files with captions and a transcript, named in the front matter of a page.

``video: {file: media/x.mp4, poster: images/x.jpg, captions: {vi: media/x.vi.vtt}, transcript: …}``.
Captions and a transcript are what WCAG 2.2 asks for (1.2.2, 1.2.3); nothing comes from elsewhere.
"""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import Any

from quangba.errors import Problem, QuangbaError
from quangba.source.pages import Page

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

TYPES = {".mp4": "video/mp4", ".webm": "video/webm"}
"""Films that browsers play, and their media types."""

CAPTIONS = ".vtt"

LARGEST = 100_000_000
"""Bytes of a film: four minutes in 1080p; kiosks carry it on a stick."""

LARGEST_CAPTIONS = 1_000_000

PLACES = (b"\xa9xyz", b"loci\x00\x00\x00\x00", b"com.apple.quicktime.location")
"""Where cameras write into a film the place where it was taken."""

CHUNK = 1 << 20

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def video_files(meta: dict[str, Any]) -> list[str]:
    """Return the files that the video of a page is made of: film, poster, captions."""
    video = meta.get("video")
    if not isinstance(video, dict):
        return []
    captions = video.get("captions")
    named = [video.get("file"), video.get("poster")]
    named += list(captions.values()) if isinstance(captions, dict) else []
    return [posixpath.normpath(name) for name in named if isinstance(name, str) and name]


def video_problems(page: Page, language: str = "vi") -> list[Problem]:
    """Report what the video of a page lacks; ``language`` is the one the page is written in."""
    if "video" not in page.meta:
        return []
    video, line = page.meta["video"], page.line_of("video:")
    file = video.get("file") if isinstance(video, dict) else None
    if not isinstance(file, str) or Path(file).suffix.lower() not in TYPES or "://" in file:
        return [Problem.at("video-file", page.file, line, video=file or str(video)[:60])]
    problems = []
    captions = video.get("captions")
    if not isinstance(captions, dict) or not captions.get(language):
        problems.append(
            Problem.at("video-captions", page.file, line, video=file, language=language)
        )
    elif any(not str(name).lower().endswith(CAPTIONS) for name in captions.values()):
        wrong = next(n for n in captions.values() if not str(n).lower().endswith(CAPTIONS))
        problems.append(Problem.at("video-not-vtt", page.file, line, captions=str(wrong)))
    transcript = video.get("transcript")
    if not isinstance(transcript, str | list) or not transcript:
        problems.append(Problem.at("video-transcript", page.file, line, video=file))
    return problems


def check_video(path: Path) -> None:
    """Raise ``QuangbaError`` for a film that is none, is too large or tells where it was taken."""
    size = path.stat().st_size
    if size > LARGEST:
        megabytes = size // 1_000_000
        limit = LARGEST // 1_000_000
        raise QuangbaError("video-heavy", asset=path.name, size=megabytes, limit=limit)
    suffix = path.suffix.lower()
    before = b""
    with path.open("rb") as stream:
        head = stream.read(12)
        sound = head[4:8] == b"ftyp" if suffix == ".mp4" else head[:4] == b"\x1aE\xdf\xa3"
        if not sound:
            raise QuangbaError("asset-content", asset=path.name, suffix=suffix, found="?")
        while chunk := stream.read(CHUNK):
            # A name may lie across two chunks.
            if any(place in before[-64:] + chunk for place in PLACES):
                raise QuangbaError("video-place", asset=path.name)
            before = chunk


def check_captions(path: Path) -> None:
    """Raise ``QuangbaError`` for captions that no browser would show (W3C WebVTT, section 4)."""
    if path.stat().st_size > LARGEST_CAPTIONS:
        raise QuangbaError("asset-broken", asset=path.name, what="> 1 MB")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QuangbaError("asset-broken", asset=path.name, what="UTF-8") from error
    first, _, rest = text.partition("\n")
    if first.split()[:1] != ["WEBVTT"] or "-->" not in rest:
        raise QuangbaError("asset-broken", asset=path.name, what="WEBVTT")
