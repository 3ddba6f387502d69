from __future__ import annotations

import re
from pathlib import Path

import pytest
from mkdocs.structure.files import File, Files
from PIL import Image

from quangba.settings import Language
from quangba.site.pictures import SiteMedia, asset_of, attributes_of, keep_in_place
from support import make_site, open_workspace

SIDECAR = "author: Nhóm\nlicence: CC BY 4.0\nsource: tự vẽ\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 450"/>'
HERE = "ja/visit/a/"
ENGLISH, FRENCH = Language("en", "English", "en"), Language("fr", "Français", "fr")

VIDEO = {
    "file": "media/a.mp4",
    "poster": "images/a b.jpg",
    "title": 'Vịnh <"xanh">',
    "captions": {"vi": "media/a.vi.vtt", "en": "media/a.en.vtt"},
    "transcript": ["Một đoạn.", "Hai <b>."],
}


@pytest.fixture
def media(tmp_path: Path) -> SiteMedia:
    config = make_site(
        tmp_path,
        {
            "content/index.md": "# A\n\n![a](images/a%20b.jpg)\n",
            "content/images/c.svg": SVG,
            "content/media/a.mp4": b"\0\0\0\x20ftypisom" + b"\0" * 200,
            "content/media/a.vi.vtt": "WEBVTT\n\n00:00.000 --> 00:02.000\nA\n",
            "content/media/a.mp4.yml": SIDECAR,
        },
        languages=("vi", "en", "fr"),
    )
    path = config.parent / "content" / "images" / "a b.jpg"
    path.parent.mkdir(exist_ok=True)
    Image.linear_gradient("L").resize((500, 250)).convert("RGB").save(path)
    path.with_name("a b.jpg.yml").write_text(SIDECAR, encoding="utf-8")
    return SiteMedia(open_workspace(config))


def link(path: str) -> str:
    return f"../../../{path}"


def test_a_photograph_in_text(media: SiteMedia) -> None:
    tag = '<img alt="Vịnh &quot;x&quot; > y" class="wide" src="../../../images/a%20b.jpg" />'
    html = f"<p>Một {tag} hai</p>"
    found = media.use_pictures(html, HERE, link)
    key = media.pictures.found["images/a b.jpg"].key
    assert found.startswith("<p>Một <picture><source ")
    assert found.count("<source") == 2
    assert f'type="image/avif" srcset="../../../media/{key}-400.avif 400w, ' in found
    image = re.search("<img[^/]+.*?></picture> hai</p>", found)
    assert image
    for part in (
        'alt="Vịnh &quot;x&quot; &gt; y"',
        'class="wide"',
        f'src="../../../media/{key}-500.jpg"',
        'width="500" height="250"',
        'sizes="(min-width: 42rem) 40rem, 100vw"',
        'loading="lazy" decoding="async"',
    ):
        assert part in image[0]
    assert "fetchpriority" not in found


def test_only_the_first_is_loaded_at_once(media: SiteMedia) -> None:
    html = '<img src="../../../images/c.svg"><img src="../../../images/c.svg">'
    first, second = re.findall("<img[^>]+>", media.use_pictures(html, HERE, link, first=True))
    assert 'fetchpriority="high"' in first
    assert "loading" not in first
    assert 'loading="lazy"' in second


def test_a_drawing_in_text_gets_its_size(media: SiteMedia) -> None:
    found = media.use_pictures('<img alt="c" src="../../../images/c.svg" width="400">', HERE, link)
    assert found == (
        '<img alt="c" src="../../../images/c.svg" width="400" height="225" loading="lazy" '
        'decoding="async">'
    )


@pytest.mark.parametrize(
    "html",
    [
        '<img alt="a" src="https://example.org/a.jpg">',
        '<img alt="a" src="/a.jpg">',
        '<img alt="a" src="../../../images/none.jpg">',
        '<img alt="a" src="../../../../../secret.jpg">',
        '<img alt="a" src="data:image/png;base64,AA==">',
        '<img alt="a">',
        '<!-- <img src="../../../images/c.svg"> -->',
        '<code>&lt;img src="../../../images/c.svg"&gt;</code>',
    ],
)
def test_what_is_not_ours_stays(media: SiteMedia, html: str) -> None:
    assert media.use_pictures(html, HERE, link) == html


def test_attributes() -> None:
    tag = "<IMG Alt='a > b' src=x.jpg class=\"c d\" data-x hidden/>"
    assert attributes_of(tag) == {
        "alt": "a > b",
        "src": "x.jpg",
        "class": "c d",
        "data-x": "",
        "hidden": "",
    }


@pytest.mark.parametrize(
    ("here", "address", "expected"),
    [
        ("", "images/a.jpg", "images/a.jpg"),
        ("visit/a/", "../../images/a.svg?x#y", "images/a.svg"),
        ("visit/a/", "../../x.pdf", None),
        ("a.html", "images/a.png", "images/a.png"),
    ],
)
def test_asset_of(here: str, address: str, expected: str | None) -> None:
    assert asset_of(here, address) == expected


def test_mkdocs_copies_what_it_should(tmp_path: Path) -> None:
    names = ("a.jpg", "b.svg", "c.mp4", "d.vtt")
    for name in names:
        (tmp_path / name).write_bytes(b"x")
    files = Files(
        [
            File(name, str(tmp_path), str(tmp_path / "site"), use_directory_urls=True)
            for name in names
        ]
    )
    keep_in_place(files)
    files.copy_static_files()
    assert sorted(path.name for path in (tmp_path / "site").iterdir()) == ["b.svg"]
    assert files.get_file_from_path("a.jpg")


def test_prepare_and_write(media: SiteMedia, tmp_path: Path) -> None:
    assert media.prepare() == []
    site = tmp_path / "out"
    media.write(site)
    assert not site.exists()
    media.picture("images/a b.jpg", link)
    media.video({"video": VIDEO}, link, ENGLISH)
    media.write(site)
    assert len(list((site / "media").glob("*.avif"))) == 2
    assert (site / "media" / "a.mp4").stat().st_size == 212
    assert (site / "media" / "a.vi.vtt").is_file()
    assert not (site / "media" / "a.en.vtt").exists()


def test_a_video(media: SiteMedia) -> None:
    found = media.video({"title": "Trang", "video": VIDEO}, link, ENGLISH)
    assert found
    assert found["src"] == "../../../media/a.mp4"
    assert found["type"] == "video/mp4"
    assert found["poster"].endswith("-500.jpg")
    assert (found["width"], found["height"]) == (500, 250)
    assert found["title"] == "Vịnh &lt;&#34;xanh&#34;&gt;"
    assert found["transcript"] == ["Một đoạn.", "Hai &lt;b&gt;."]
    assert [(t["srclang"], t["default"]) for t in found["tracks"]] == [("vi", False), ("en", True)]


def test_captions_of_the_source_where_the_reader_has_none(media: SiteMedia) -> None:
    found = media.video({"video": VIDEO}, link, FRENCH)
    assert found
    assert [t["srclang"] for t in found["tracks"] if t["default"]] == ["vi"]


@pytest.mark.parametrize(
    "video", [None, "a.mp4", {}, {"file": "media/none.mp4"}, {"file": "a.exe"}]
)
def test_no_video(media: SiteMedia, video: object) -> None:
    assert media.video({"video": video}, link, ENGLISH) is None


def test_credits(media: SiteMedia) -> None:
    found = media.credits(link, lambda name: None if name == "x.md" else name)
    assert [(group["author"], group["licence"], group["source"]) for group in found] == [
        ("Nhóm", "CC BY 4.0", "tự vẽ")
    ]
    works = found[0]["works"]
    assert [(work["asset"], work["pages"]) for work in works] == [("images/a b.jpg", ["index.md"])]
    assert works[0]["picture"]["width"] == 500
