"""Spoken summaries through whole builds: the reader's language, approved pages, nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from small import LICENCE, UNITS, approve, built, new_site, page, report
from spoken_sounds import mp3

SPOKEN = "spoken: {vi: audio/a.vi.mp3, fr: audio/a.fr.mp3}\n"


def site(
    root: Path, more: str = SPOKEN, body: str = "Một đoạn văn.", *, publish: str = "machine"
) -> Path:
    """Write a small site of two pages; the second has spoken summaries."""
    names = ("a.vi.mp3", "a.fr.mp3", "b.mp3", "unused.mp3")
    return new_site(
        root,
        {
            "content/_data/units.yml": UNITS,
            "content/index.md": page("Chào"),
            "content/a.md": page("A", body, more),
            **{f"content/audio/{name}": mp3(0.1) for name in names},
            **{f"content/audio/{name}.yml": LICENCE for name in names},
        },
        quangba={"gate": True, "publish": publish},
    )


def sounds(root: Path) -> list[str]:
    """Return the recordings of the built site."""
    folder = root / "site"
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*.mp3"))


def heard(root: Path) -> dict[str, list[str]]:
    """Return the pages of the built site on which something is heard, with what."""
    folder = root / "site"
    found = {
        p.relative_to(folder).as_posix(): re.findall(r'<source src="([^"]+)" type="audio', text)
        for p in sorted(folder.rglob("*.html"))
        if "<audio" in (text := p.read_text("utf-8"))
    }
    return found


def test_each_language_has_its_own_and_no_other(tmp_path: Path) -> None:
    config = site(tmp_path)
    approve(config)
    built(config)
    # English pages have no recording of their own.
    assert heard(tmp_path) == {
        "a/index.html": ["../audio/a.vi.mp3"],
        "fr/a/index.html": ["../../audio/a.fr.mp3"],
    }
    assert sounds(tmp_path) == ["audio/a.fr.mp3", "audio/a.vi.mp3"]
    assert (tmp_path / "site/en/a/index.html").is_file()
    html = (tmp_path / "site/a/index.html").read_text("utf-8")
    assert '<audio controls preload="none"' in html
    assert "stylesheets/media.css" in html


def test_a_language_in_which_the_page_is_not_published_is_not_heard(tmp_path: Path) -> None:
    config = site(tmp_path, publish="reviewed")
    approve(config)
    built(config)
    assert heard(tmp_path) == {"a/index.html": ["../audio/a.vi.mp3"]}
    assert sounds(tmp_path) == ["audio/a.vi.mp3"]


def test_nothing_is_copied_for_a_page_that_is_not_approved(tmp_path: Path) -> None:
    config = site(tmp_path)
    approve(config, "index.md")
    built(config)
    assert sounds(tmp_path) == []


def test_an_approval_holds_for_the_recording_that_was_heard(tmp_path: Path) -> None:
    config = site(tmp_path)
    approve(config)
    (tmp_path / "content" / "audio" / "a.fr.mp3").write_bytes(mp3(0.2))
    built(config)
    assert sounds(tmp_path) == []
    assert "a.md" in report(config)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("spoken: {vi: audio/none.mp3}\n", "none.mp3"),
        ("spoken: {vi: ../mkdocs.yml.mp3}\n", "mkdocs.yml.mp3"),
        ("spoken: {vi: audio/a.vi.mp3, fr: audio/a.vi.mp3}\n", "ngôn ngữ fr"),
        ("spoken: audio/a.vi.mp3\n", "`spoken`"),
    ],
)
def test_a_page_with_a_wrong_recording_is_refused(tmp_path: Path, more: str, said: str) -> None:
    config = site(tmp_path)
    approve(config)
    text = (tmp_path / "content" / "a.md").read_text("utf-8").replace(SPOKEN, more)
    (tmp_path / "content" / "a.md").write_text(text, "utf-8")
    built(config)
    assert said in report(config)
    assert sounds(tmp_path) == []


def test_a_recording_that_a_text_offers_is_there(tmp_path: Path) -> None:
    config = site(tmp_path, "", "[Nghe](audio/b.mp3)")
    approve(config)
    built(config)
    assert sounds(tmp_path) == ["audio/b.mp3"]
    assert 'href="../audio/b.mp3"' in (tmp_path / "site/a/index.html").read_text("utf-8")
