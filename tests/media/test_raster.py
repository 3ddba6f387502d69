from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from quangba.media import raster
from quangba.media.raster import Art, busiest, cut, drawn

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">{}</svg>'


def test_a_drawing_becomes_pixels() -> None:
    image = drawn(SVG.format('<rect width="20" height="20" fill="#ff0000"/>'), 80)
    assert image.size == (80, 40)
    assert image.getpixel((10, 10)) == (255, 0, 0, 255)
    assert image.getpixel((60, 10)) == (0, 0, 0, 0)


def test_texts_of_drawings_do_not_depend_on_this_computer() -> None:
    image = drawn(SVG.format('<text y="15">Hạ Long</text>'), 80)
    assert image.getextrema()[3] == (0, 0)


@pytest.mark.parametrize("place", [0.2, 0.5, 0.8])
def test_the_window_shows_what_there_is_to_see(place: float) -> None:
    image = Image.new("RGB", (1000, 300), "white")
    middle = round(1000 * place)
    draw = ImageDraw.Draw(image)
    for x in range(middle - 80, middle + 80, 8):
        draw.line((x, 20, x, 280), "black", 3)
    left = busiest(image, 400)
    assert 0 <= left <= 600
    assert left < middle - 80
    assert middle + 80 < left + 400


@pytest.mark.parametrize("size", [(100, 900), (900, 100), (30, 30), (4000, 3000)])
def test_a_window_has_its_size_whatever_the_picture(size: tuple[int, int]) -> None:
    assert cut(Image.new("RGB", size), 540, 630, 210).size == (750, 630)


@pytest.mark.parametrize(
    ("box", "size"),
    [
        ("0 0 10 10000", None),
        ("0 0 10000 10", None),
        ("0 0 1 1", (60, 60)),
        ("0 0 900 100", (60, 60)),
        ("0 0 100 900", (60, 60)),
    ],
)
def test_drawings_of_any_shape(tmp_path: Path, box: str, size: tuple[int, int] | None) -> None:
    path = tmp_path / "a.svg"
    path.write_text(SVG.format("").replace("0 0 40 20", box), encoding="utf-8")
    found = Art(tmp_path / "cache").window(path, 50, 60, 10)
    assert (found.size if found else None) == size


def test_pixels_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.svg"
    path.write_text(SVG.format('<circle cx="9" cy="9" r="5"/>'), encoding="utf-8")
    first = Art(tmp_path / "cache").window(path, 50, 60)
    monkeypatch.setattr(raster, "pixels", lambda *_: pytest.fail("drawn again"))
    again = Art(tmp_path / "cache").window(path, 50, 60)
    assert first
    assert again
    assert first.tobytes() == again.tobytes()
    assert first.getpixel((49, 0)) == (255, 255, 255)


def test_kept_pixels_that_were_cut_off_are_made_again(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    path.write_text(SVG.format(""), encoding="utf-8")
    art = Art(tmp_path / "cache")
    assert art.window(path, 50, 60)
    kept = next(art.cache.glob("*.png"))
    kept.write_bytes(kept.read_bytes()[:60])
    assert art.window(path, 50, 60)
