"""The window with the code, as Chromium shows it on each panel: large enough, and readable."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest
import zxingcpp
from jinja2.ext import i18n
from material import __file__ as material
from PIL import Image
from playwright.sync_api import Browser, Page

from chromium import serve
from quangba.site.screen import qr

pytestmark = pytest.mark.browser


# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ROOT = Path(__file__).parents[2]
KIOSK = ROOT / "overrides" / "kiosk"

PANELS = {
    "21 inches upright": (4.03, 1080, 1920),
    "32 inches upright": (2.71, 1080, 1920),
    "43 inches upright": (2.02, 1080, 1920),
    "55 inches": (1.58, 1920, 1080),
}
"""Pixels per millimetre, width and height."""

SHORT = "https://quangninh.example/visit/ha-long-bay/"
LONGEST = "ệ" * (qr.CAPACITY // 3)

STYLES = ("tokens.css", "kiosk.css", "take.css")

SHOW = """([code, text, settings]) => {
  Object.assign(document.documentElement.dataset, settings);
  const dialog = document.getElementById('qb-take');
  dialog.querySelector('[data-take=image]').src = code;
  dialog.querySelector('[data-take=text]').textContent = text;
  dialog.showModal();
  return dialog.querySelector('[data-take=image]').decode();
}"""

# ----------------------------------------------------------------------------
# Helpers
# ----------------------------------------------------------------------------


def partial(name: str) -> str:
    """Render a partial of the kiosk without texts of a language."""
    folders = [KIOSK, ROOT / "overrides" / "shared", Path(material).parent / "templates"]
    env = jinja2.Environment(loader=jinja2.FileSystemLoader(folders), extensions=[i18n])
    env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    return env.get_template(f"partials/{name}").render(q={"takeaway": None})


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the window alone, on a page for each panel."""
    site = tmp_path_factory.mktemp("take")
    for name in STYLES:
        if (KIOSK / "assets" / "stylesheets" / name).is_file():
            shutil.copy(KIOSK / "assets" / "stylesheets" / name, site)
    for text in (SHORT, LONGEST):
        (site / "qr").mkdir(exist_ok=True)
        (site / qr.file_name(text)).write_bytes(qr.drawing(text))
    for name, (px_per_mm, width, height) in PANELS.items():
        folder = site / name.replace(" ", "-")
        folder.mkdir()
        (folder / "gate.css").write_text(
            f":root {{ --mm: {px_per_mm}px; --cap: 7.3; --reach: {height}px;"
            f" --wide: {width}px; --high: {height}px }}"
        )
        links = "".join(f'<link rel="stylesheet" href="../{style}">' for style in STYLES)
        (folder / "index.html").write_text(
            f'<!doctype html><html lang="vi"><head>{links}<link rel="stylesheet" href="gate.css">'
            f'</head><body><div class="screen"></div>{partial("take-dialog.html")}</body></html>',
            encoding="utf-8",
        )
    with serve(site) as address:
        yield address


@pytest.fixture(params=PANELS, scope="module")
def window(request: pytest.FixtureRequest, browser: Browser, server: str) -> Iterator[Page]:
    """Open a window as large as a panel."""
    _, width, height = PANELS[request.param]
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(f"{server}{request.param.replace(' ', '-')}/")
    yield page
    page.close()


@pytest.fixture
def panel(window: Page) -> Page:
    """Begin anew on the page of a panel."""
    window.reload()
    return window


def px_per_mm(page: Page) -> float:
    """Return the pixels of a millimetre of the page's panel."""
    return float(
        page.evaluate(
            "parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--mm'))"
        )
    )


# ----------------------------------------------------------------------------
# Tests
# ----------------------------------------------------------------------------


@pytest.mark.parametrize("text", [SHORT, LONGEST], ids=["address", "longest_text"])
@pytest.mark.parametrize(
    "settings", [{}, {"size": "4", "contrast": "high"}], ids=["usual", "large"]
)
def test_the_code_is_large_enough_and_is_read_off_the_screen(
    panel: Page, text: str, settings: dict[str, str]
) -> None:
    panel.evaluate(SHOW, [f"../{qr.file_name(text)}", text, settings])
    image = panel.locator("[data-take=image]")
    image.scroll_into_view_if_needed()
    box = image.bounding_box()
    assert box
    assert box["width"] == pytest.approx(box["height"], abs=1)
    assert box["width"] / px_per_mm(panel) >= 70
    modules = int(image.evaluate("image => image.naturalWidth")) / qr.PIXELS
    assert box["width"] / modules >= qr.PIXELS - 0.01
    seen = zxingcpp.read_barcodes(
        Image.open(io.BytesIO(image.screenshot())), formats=zxingcpp.BarcodeFormat.QRCode
    )
    assert [code.text for code in seen] == [text]


def test_every_button_is_as_large_as_a_finger(panel: Page) -> None:
    panel.evaluate(SHOW, [f"../{qr.file_name(SHORT)}", SHORT, {}])
    mm = px_per_mm(panel)
    boxes = [each.bounding_box() for each in panel.locator("#qb-take button").all()]
    assert len(boxes) == 3
    assert all(box and min(box["width"], box["height"]) / mm >= 19.99 for box in boxes)


@pytest.mark.parametrize("size", ["0", "4"])
def test_a_long_address_breaks_inside_the_window(panel: Page, size: str) -> None:
    address = f"https://thoibaotaichinhvietnam.vn/{'quang-ninh-phan-dau-' * 5}{'x' * 60}.html"
    panel.evaluate(SHOW, [f"../{qr.file_name(SHORT)}", address, {"size": size}])
    dialog = panel.locator("#qb-take")
    assert dialog.evaluate("e => e.scrollWidth <= e.clientWidth")
    text = panel.locator("[data-take=text]")
    capitals = float(text.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) * 0.7
    assert capitals / px_per_mm(panel) >= 6.9  # of 7.3 mm; faces differ a little


@pytest.mark.parametrize(
    "settings", [{}, {"size": "2"}, {"reach": "low"}], ids=["usual", "larger", "low"]
)
def test_code_and_close_are_seen_at_once(panel: Page, settings: dict[str, str]) -> None:
    panel.evaluate(SHOW, [f"../{qr.file_name(LONGEST)}", "Một câu dài vừa phải. " * 13, settings])
    high = panel.viewport_size["height"]  # type: ignore[index]
    for part in ("[data-take=image]", "[data-act=close]", "[data-act=take-net]"):
        box = panel.locator(f"#qb-take {part}").bounding_box()
        assert box
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= high + 0.5, part
