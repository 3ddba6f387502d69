from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from photos import Maker, exif_with_place, scene, swapped_srgb, wide_gamut
from PIL import Image

from quangba.errors import QuangbaError
from quangba.media.encode import Variant, encoded, normalised, widths_for


def decoded(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


@given(st.integers(1, 10_000))
def test_no_width_is_more_than_the_picture_has(width: int) -> None:
    widths = widths_for(width)
    assert widths == sorted(set(widths))
    assert max(widths) == min(width, 1600)


def test_formats_and_widths(photo: Maker) -> None:
    files = encoded(normalised(photo(image=scene(900, 600))))
    assert [variant for variant, _ in files] == [
        Variant(name, width, round(width * 2 / 3))
        for name in ("avif", "webp", "jpeg")
        for width in (400, 800, 900)
    ]
    for variant, data in files:
        image = decoded(data)
        assert image.size == (variant.width, variant.height)
        assert image.format == variant.format.upper()


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "avif"])
def test_what_cameras_write_is_left_behind(photo: Maker, suffix: str) -> None:
    exif = exif_with_place()
    options = {"xmp": b"<x:xmpmeta>SecretPlace</x:xmpmeta>"} if suffix != "png" else {}
    if suffix == "jpg":
        options["comment"] = b"SecretComment"
    path = photo(f"a.{suffix}", exif=exif, icc_profile=swapped_srgb(), **options)
    assert b"Secret" in path.read_bytes()
    for _, data in encoded(normalised(path)):
        assert b"Secret" not in data
        image = decoded(data)
        assert not dict(image.getexif())
        assert not image.getexif().get_ifd(0x8825)
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(image.info)


@pytest.mark.parametrize(
    ("orientation", "corner"),
    [(1, (0, 0)), (2, (1, 0)), (3, (1, 1)), (4, (0, 1)), (5, (0, 0)), (6, (1, 0)), (8, (0, 1))],
)
def test_pictures_stand_upright(photo: Maker, orientation: int, corner: tuple[int, int]) -> None:
    image = normalised(photo(image=scene(600, 400), exif=exif_with_place(orientation)))
    assert image.size == ((600, 400) if orientation < 5 else (400, 600))
    x, y = corner[0] * (image.width - 40) + 20, corner[1] * (image.height - 40) + 20
    red, green, blue = image.getpixel((x, y))
    assert red > 200
    assert green < 60
    assert blue < 60


def test_colours_are_converted(photo: Maker) -> None:
    path = photo("a.png", Image.new("RGB", (50, 50), "#ff0000"), icc_profile=swapped_srgb())
    red, _, blue = normalised(path).getpixel((20, 20))
    assert blue > 200 > 60 > red


@pytest.mark.parametrize(
    "profile", [pytest.param(b"no profile", id="broken"), pytest.param(wide_gamut(), id="of_lab")]
)
def test_a_profile_that_does_not_fit_is_none(photo: Maker, profile: bytes) -> None:
    path = photo("a.png", Image.new("RGB", (50, 50), "#ff0000"), icc_profile=profile)
    assert normalised(path).getpixel((20, 20)) == (255, 0, 0)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "CMYK", "YCbCr"])
def test_every_mode_becomes_rgb(photo: Maker, mode: str) -> None:
    suffix = "jpg" if mode in ("CMYK", "YCbCr") else "png"
    image = normalised(photo(f"a.{suffix}", scene(60, 40, mode)))
    assert (image.mode, image.size) == ("RGB", (60, 40))


def test_sixteen_bits(photo: Maker) -> None:
    grey = Image.new("I;16", (20, 20), 40_000)
    red, green, blue = normalised(photo("a.png", grey)).getpixel((5, 5))
    assert red == green == blue == 40_000 // 256


def test_what_shines_through_is_png(photo: Maker) -> None:
    image = scene(500, 300, "RGBA")
    image.putalpha(Image.linear_gradient("L").resize((500, 300)))
    files = encoded(normalised(photo("a.png", image)))
    assert {variant.format for variant, _ in files} == {"avif", "webp", "png"}
    assert all(decoded(data).mode == "RGBA" for _, data in files)


def test_an_empty_alpha_channel_is_dropped(photo: Maker) -> None:
    assert normalised(photo("a.png", scene(50, 50, "RGBA"))).mode == "RGB"


def test_palette_with_transparency(photo: Maker) -> None:
    image = scene(50, 50, "P")
    assert normalised(photo("a.gif", image, transparency=image.getpixel((0, 0)))).mode == "RGBA"


def test_a_large_photograph_is_made_smaller_at_once(photo: Maker) -> None:
    assert normalised(photo(image=scene(5000, 2500))).size == (1600, 800)


def test_same_bytes_in_same_bytes_out(photo: Maker) -> None:
    path = photo()
    assert encoded(normalised(path)) == encoded(normalised(path))


def test_a_cut_off_photograph_is_refused(photo: Maker) -> None:
    path: Path = photo()
    path.write_bytes(path.read_bytes()[:-2000])
    with pytest.raises(QuangbaError) as caught:
        normalised(path)
    assert caught.value.problem.code == "asset-broken"
