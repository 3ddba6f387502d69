"""Codes are read back by another program, at the sizes at which screens show them."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
import resvg_py
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from quangba.site.screen import qr

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

PANELS = {"21 inches": 4.03, "32 inches": 2.71, "43 inches": 2.02, "55 inches": 1.58}
"""Pixels per millimetre of screens of 1080 × 1920."""

WIDTH_MM = 76

TEXTS = {
    "address": "https://quangninh.example/visit/ha-long-bay/",
    "telephone": "tel:+842033846592",
    "card": "MECARD:N:Bàn hỗ trợ đầu tư;TEL:113;NOTE:Bản mẫu\\: không phải ấn phẩm chính thức;;",
    "vi": "Yên Tử\nMột vị vua rời ngai vàng và lên núi tu hành.\nCao: 1.068 m, chùa ở trên đỉnh.",
    "en": "Yen Tu\nA king left his throne – “the way of Truc Lam”.",
    "zh": "下龙湾\n下龙湾是世界自然遗产，1994年列入名录。船票请在码头购买。",
    "ja": "ハロン湾\n世界自然遺産です。遊覧船の切符は港で買えます。",
    "ko": "하롱베이\n하롱베이는 세계자연유산입니다. 표는 항구에서 삽니다.",
    "fr": "Baie d’Ha Long : la baie a été inscrite en 1994.",
    "one accent": "a plain sentence, a plain sentence, a plain sentence and a café",
    "longest in Latin": "a" * qr.CAPACITY,
    "longest in Han": "界" * (qr.CAPACITY // 3),
    "longest in Hangul": "한글" * (qr.CAPACITY // 6),
    "longest in Vietnamese": "ệ" * (qr.CAPACITY // 3),
}

# ----------------------------------------------------------------------------
# Helpers
# ----------------------------------------------------------------------------


def modules(svg: bytes) -> int:
    """Return the width of a drawing in modules, with the quiet zone."""
    match = re.search(rb'viewBox="0 0 (\d+) \1"', svg)
    assert match
    return int(match[1])


def shown(svg: bytes, px_per_mm: float) -> Image.Image:
    """Draw a code as large as the style sheet shows it: take.css, .take-dialog__code."""
    width = max(round(WIDTH_MM * px_per_mm), modules(svg) * qr.PIXELS)
    data = bytes(resvg_py.svg_to_bytes(svg_string=svg.decode(), width=width))
    return Image.open(io.BytesIO(data)).convert("L")


def codes(image: Image.Image) -> list[Any]:
    """Return the QR codes in a picture; bars that look like others are none of ours."""
    return list(zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode))


def seen(image: Image.Image) -> list[str]:
    """Return what a reader finds in a picture."""
    return [code.text for code in codes(image)]


def photographed(image: Image.Image) -> Image.Image:
    """Return a code as a phone sees it: not upright, not sharp, grey."""
    turned = image.rotate(7, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    blurred = turned.resize((turned.width * 2, turned.height * 2)).filter(
        ImageFilter.GaussianBlur(1.5)
    )
    return blurred.point(lambda grey: 60 + grey // 2)


# ----------------------------------------------------------------------------
# Tests
# ----------------------------------------------------------------------------


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("px_per_mm", PANELS.values(), ids=PANELS)
def test_a_phone_reads_the_code_off_every_screen(text: str, px_per_mm: float) -> None:
    image = shown(qr.drawing(text), px_per_mm)
    assert seen(image) == [text]
    assert seen(photographed(image)) == [text]


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=137))
def test_whatever_fits_is_read_back_byte_for_byte(text: str) -> None:
    if qr.fits(text):
        found = codes(shown(qr.drawing(text), PANELS["32 inches"]))
        assert [code.bytes for code in found] == [text.encode("utf-8")]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_modules_are_large_enough_for_a_camera(text: str) -> None:
    assert qr.fits(text)
    assert WIDTH_MM / modules(qr.drawing(text)) >= 0.8


def test_what_is_longer_does_not_fit() -> None:
    assert qr.fits("a" * qr.CAPACITY)
    assert not qr.fits("a" * (qr.CAPACITY + 1))
    assert not qr.fits("界" * (qr.CAPACITY // 3 + 1))
    assert not qr.fits("")


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        pytest.param("https://evisa.gov.vn", "QH", id="short"),
        pytest.param("a" * qr.SHORT, "QH", id="still_short"),
        pytest.param("a" * qr.CAPACITY, "M", id="longest"),
    ],
)
def test_errors_are_corrected_as_well_as_the_length_allows(text: str, levels: str) -> None:
    [code] = codes(shown(qr.drawing(text), PANELS["32 inches"]))
    assert code.ec_level in levels


def test_a_drawing_is_dark_on_white_with_four_modules_around_it() -> None:
    svg = qr.drawing("https://evisa.gov.vn")
    n = modules(svg)
    data = bytes(resvg_py.svg_to_bytes(svg_string=svg.decode(), width=n))
    image = Image.open(io.BytesIO(data)).convert("RGBA")
    colours = {image.getpixel((x, y)) for x in range(n) for y in range(n)}
    assert colours == {(0, 0, 0, 255), (255, 255, 255, 255)}
    dark = [(x, y) for x in range(n) for y in range(n) if image.getpixel((x, y))[0] == 0]
    assert min(min(x, y) for x, y in dark) == 4
    assert max(max(x, y) for x, y in dark) == n - 5


def test_a_drawing_is_small_and_holds_nothing_but_the_code() -> None:
    svg = qr.drawing(TEXTS["address"]).decode("ascii")
    assert len(svg) < 2500
    assert re.findall(r"<(\w+)", svg) == ["svg", "path", "path"]
    assert not re.search(r"style|script|<\?|<!|href|class|id=", svg)
    # Its own size keeps four pixels for each module where millimetres are coarse.
    assert f'width="{modules(svg.encode()) * 4}"' in svg


def test_same_text_same_bytes() -> None:
    for text in TEXTS.values():
        assert qr.drawing(text) == qr.drawing(text)
        assert qr.file_name(text) == qr.file_name(text)
    assert len({qr.file_name(text) for text in TEXTS.values()}) == len(TEXTS)
    assert all(re.fullmatch(r"qr/[0-9a-f]{16}\.svg", qr.file_name(text)) for text in TEXTS.values())
