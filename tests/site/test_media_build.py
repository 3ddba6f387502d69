"""Pictures and films through a whole build behind the gate."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image
from small import LICENCE, PICTURE, approve, built, new_site, page, report

VIDEO = (
    "video:\n  file: media/a.mp4\n  poster: images/a.jpg\n  captions: {vi: media/a.vi.vtt}\n"
    "  transcript: Một con thuyền.\n"
)


def jpeg() -> bytes:
    """Return a photograph with maker and place."""
    stream = BytesIO()
    data = Image.Exif()
    data[0x010F] = "SecretPhone"
    data.get_ifd(0x8825).update({1: "N", 2: (20.0, 57.0, 1.0)})
    image = Image.linear_gradient("L").resize((500, 300)).convert("RGB")
    image.save(stream, "JPEG", exif=data)
    return stream.getvalue()


def test_pictures_are_written_once_and_without_their_secrets(tmp_path: Path) -> None:
    more = f"image: images/a.jpg\nimage_alt: Vịnh\n{VIDEO}"
    config = new_site(
        tmp_path,
        {
            "content/_data/units.yml": 'so-du-lich: {name: "Sở Du lịch", contact: null}\n',
            "content/index.md": page("Chào", "![Vịnh](images/a.jpg)\n\n![Vẽ](images/b.svg)", more),
            "content/images/a.jpg": jpeg(),
            "content/images/a.jpg.yml": LICENCE,
            "content/images/b.svg": PICTURE,
            "content/images/b.svg.yml": LICENCE,
            "content/images/unused.jpg": jpeg(),
            "content/images/unused.jpg.yml": LICENCE,
            "content/media/a.mp4": b"\0\0\0\x20ftypisom" + b"\0" * 99,
            "content/media/a.mp4.yml": LICENCE,
            "content/media/a.vi.vtt": "WEBVTT\n\n00:00.000 --> 00:02.000\nA\n",
        },
        quangba={"gate": True, "publish": "machine"},
    )
    approve(config)
    built(config)
    site = tmp_path / "site"
    files = sorted(p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file())
    media = [name for name in files if "media/" in name and "stylesheets" not in name]
    assert len([name for name in media if name.startswith("media/")]) == len(media) == 8
    assert {Path(name).suffix for name in media} == {".avif", ".webp", ".jpg", ".mp4", ".vtt"}
    assert [name for name in files if name.startswith("images/")] == ["images/b.svg"]
    assert "cards/index.jpg" in files
    for path in site.rglob("*.*"):
        if path.suffix in (".jpg", ".avif", ".webp"):
            assert b"SecretPhone" not in path.read_bytes()
    html = (site / "index.html").read_text("utf-8")
    assert html.count("<picture") == 2
    assert html.count('fetchpriority="high"') == 1
    assert 'poster="media/' in html


def test_a_video_without_captions_is_refused(tmp_path: Path) -> None:
    config = new_site(
        tmp_path,
        {
            "content/_data/units.yml": 'so-du-lich: {name: "Sở Du lịch", contact: null}\n',
            "content/index.md": page("Chào"),
            "content/a.md": page("A", more=VIDEO.replace("{vi: media/a.vi.vtt}", "{}")),
            "content/media/a.mp4": b"\0\0\0\x20ftypisom" + b"\0" * 99,
            "content/media/a.mp4.yml": LICENCE,
            "content/images/a.jpg": jpeg(),
            "content/images/a.jpg.yml": LICENCE,
        },
        quangba={"gate": True},
    )
    approve(config, "index.md")
    built(config)
    assert "thiếu phụ đề ngôn ngữ vi" in report(config)
    assert not (tmp_path / "site" / "media").exists()
