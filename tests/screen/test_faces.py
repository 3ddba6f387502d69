"""Faces of the kiosk: what the fonts have, what the stylesheet says, what Chromium paints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from font_site import FOLDERS, LANGUAGES, STYLES, finish, page
from fontTools.ttLib import TTFont
from painted_fonts import font_usages, foreign_fonts
from playwright.sync_api import Browser, Page

import chromium
from quangba.media.faces import FOLDER as ORIGINALS
from quangba.site.screen.fonts import (
    FAMILIES,
    MARKS,
    OTHERS,
    ROWS,
    WEIGHTS,
    Family,
    face_of,
    families,
)

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

NAMES = {
    "Be Vietnam Pro": "letters",
    "Be Vietnam Pro Marks": "marks",
    "Noto Sans SC": "sc",
    "Noto Sans JP": "jp",
    "Noto Sans KR": "kr",
}
"""Families of the stylesheet, and their place in a row."""

CODE = STYLES.read_text(encoding="utf-8")

SAMPLES = {
    "vi": "Vịnh Hạ Long – “kỳ quan”… 1.553 km², 25 °C · ₫ 한국경제 下龙湾 → ½",
    "en": "Ha Long Bay — it’s “naïve” £5 €6 ™ †",
    "fr": "L’été\u202f: «\u00a0œuvre\u00a0», 10\u202f000 €, Å",
    "zh": "下龙湾（世界遗产）：“直骨角”……——·《》 100\u00a0公里 北京 Hạ Long ǎ",
    "ja": "ハロン湾、「直骨角」。10～20 ※① 峒 ﾊﾛﾝ ㈱ か\u3099 \u3000“引用”…—・",
    "ko": "하롱베이 ‘직골각’ — 省市禪 ㄱㄴㄷ · 10,000원 ‧",
}
"""A little of everything, by language."""

# ----------------------------------------------------------------------------
# Fixtures
# ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site with the samples, as a kiosk serves it."""
    folder = tmp_path_factory.mktemp("site")
    files: dict[str, str | bytes] = {
        f"{code}.html": page(
            code,
            f"<p>{text}</p><h1>{text}</h1><p><em>{text}</em></p><input placeholder='{text}'>"
            f"<button>{text}</button><code>{text}</code>"
            + "".join(f"<b class=one>{c}</b><i class=one>{c}</i>" for c in dict.fromkeys(text)),
        )
        for code, text in SAMPLES.items()
    }
    files["assets/stylesheets/fonts.css"] = CODE
    for source in FOLDERS:
        for path in source.glob("*.woff2"):
            files[f"assets/fonts/{path.name}"] = path.read_bytes()
    assert finish(folder, tmp_path_factory.mktemp("cache"), files) == []
    return folder


# ----------------------------------------------------------------------------
# Faces
# ----------------------------------------------------------------------------


@pytest.mark.parametrize("family", list(families()), ids=lambda family: family.name)
def test_a_face_has_the_same_characters_in_every_weight(family: Family) -> None:
    for weight in WEIGHTS:
        assert family.face(weight).characters == family.characters


def test_the_faces_have_what_their_languages_are_written_with() -> None:
    vietnamese = (
        "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
    )
    french = "àâæçéèêëîïôœùûüÿ«»’"
    text = vietnamese + vietnamese.upper() + french + french.upper()
    assert set(map(ord, text)) <= FAMILIES["letters"].characters
    # Letters of GB 2312, JIS X 0208 and KS X 1001, by their encodings, each in its own face.
    for name, encoding in (("sc", "gb2312"), ("jp", "shift_jis"), ("kr", "euc_kr")):
        pairs = (bytes([a, b]) for a in range(0x81, 0xFF) for b in range(0x40, 0xFF))
        standard = {c for pair in pairs for c in pair.decode(encoding, "ignore") if c > "\u2e80"}
        assert len(standard) > 6000
        lacking = {c for c in standard if ord(c) not in FAMILIES[name].characters}
        assert {hex(ord(c)) for c in lacking} <= {"0x9699", "0xf95f", "0xf9aa"}, name
    for language in LANGUAGES:
        assert [c for c in "※→←↑↓①⑩㎡℃〒～★●〈「《…“”‘’—–·•½€₫°×" if not face_of(c, language)] == []
    syllables = set(range(0xAC00, 0xD7A4))
    assert syllables <= FAMILIES["kr"].characters
    with TTFont(FOLDERS[0] / "noto-sans-kr-syllables-400.woff2") as font:
        assert syllables <= set(font.getBestCmap())


@pytest.mark.parametrize(
    ("character", "language", "place"),
    [
        ("a", "zh", "letters"),
        ("“", "zh", "sc"),
        ("…", "ja", "jp"),
        ("“", "ko", "marks"),
        ("“", "vi", "marks"),
        ("·", "zh", "sc"),
        ("·", "ko", "marks"),
        ("直", "ja", "jp"),
        ("直", "zh", "sc"),
        ("直", "ko", "kr"),
        ("한", "fr", "kr"),
        ("か", "vi", "sc"),
        ("€", "ja", "letters"),
        ("ü", "de", "letters"),
        ("ǎ", "zh", "letters"),
        ("ȟ", "en", "letters"),
        ("ȟ", "ja", "letters"),
        ("𠮷", "ja", "jp"),
        ("ກ", "lo", None),
        ("🎉", "vi", None),
        ("\ufffd", "vi", None),
    ],
)
def test_face_of(character: str, language: str, place: str | None) -> None:
    assert face_of(character, language) == place


# ----------------------------------------------------------------------------
# The stylesheet
# ----------------------------------------------------------------------------


def rows_of_styles() -> dict[str, tuple[str, ...]]:
    """Return the rows of faces in the stylesheet by language, ``""`` for all others."""
    found = {}
    for language, row in re.findall(r"(?:lang\((\w+)\) \{ --face|--latin): ([^;]*);", CODE):
        assert row.endswith(", sans-serif")
        names = re.findall(r'"([^"]+)"', row)
        # Right after the face whose rare syllables it has.
        place = names.index("Noto Sans KR Syllables")
        assert names[place - 1] == "Noto Sans KR"
        found[language] = tuple(NAMES[name] for name in names if name in NAMES)
    return found


def test_the_stylesheet_has_the_same_rows() -> None:
    assert rows_of_styles() == {"": OTHERS, **ROWS}


def test_the_stylesheet_divides_the_latin_face_at_the_same_place() -> None:
    ranges = re.findall(r'"Be Vietnam Pro Marks".*unicode-range: ([^;]*);', CODE)
    assert len(ranges) == len(WEIGHTS)
    for text in ranges:
        parts = [part.strip().removeprefix("U+").split("-") for part in text.split(",")]
        codes = {c for part in parts for c in range(int(part[0], 16), int(part[-1], 16) + 1)}
        assert codes == set(map(ord, MARKS))


def test_every_font_of_the_stylesheet_is_there(site: Path) -> None:
    named = set(re.findall(r'url\("\.\./fonts/([^"]+)"\)', CODE))
    assert {family.file(weight) for family in families() for weight in WEIGHTS} <= named
    assert named <= {path.name for path in (site / "assets" / "fonts").iterdir()}


def test_the_stylesheet_asks_nothing_of_the_network_or_the_system() -> None:
    assert "local(" not in CODE
    assert "http" not in CODE
    assert CODE.count("@font-face") == CODE.count("font-display: block")


def test_licences_go_with_the_fonts() -> None:
    for path in (FOLDERS[0] / "OFL.txt", ORIGINALS / "OFL.txt"):
        text = path.read_text(encoding="utf-8")
        assert "Copyright 2021 The Be Vietnam Pro Project Authors" in text
        assert "Copyright 2014-2021 Adobe" in text
        assert "SIL OPEN FONT LICENSE Version 1.1" in text
        assert "OTHER DEALINGS IN THE FONT SOFTWARE" in text


# ----------------------------------------------------------------------------
# In the browser
# ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    with chromium.serve(site) as address:
        yield address


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_painted_with_our_fonts(window: Page, served: str, language: str) -> None:
    window.goto(f"{served}{language}.html")
    assert foreign_fonts(window) == []
    names = {"letters": "Be Vietnam", "marks": "Be Vietnam", "sc": "SC", "jp": "JP", "kr": "KR"}
    checked = 0
    for usage in font_usages(window):
        if usage.element in ("b", "i") and len(usage.text) == 1:
            place = face_of(usage.text, language)
            assert place, usage
            assert names[place] in usage.font, usage
            checked += 1
    assert checked >= 2 * len({c for c in SAMPLES[language] if c.isalnum()})


@pytest.mark.browser
def test_a_syllable_that_is_only_typed_is_painted_with_our_font(window: Page, served: str) -> None:
    window.goto(f"{served}ko.html")
    window.locator("input").fill("뷁햏")
    window.evaluate("document.querySelector('h1').textContent = '쀍'")
    window.wait_for_function("document.fonts.check('16px \"Noto Sans KR Syllables\"', '뷁')")
    assert foreign_fonts(window) == []


@pytest.mark.browser
def test_what_is_not_ours_is_noticed(window: Page, served: str) -> None:
    window.goto(f"{served}vi.html")
    window.evaluate("document.querySelector('h1').textContent = 'Vé ☃ ng'")
    window.evaluate("document.querySelector('input').placeholder = '山'")
    window.evaluate("document.querySelector('button').textContent = '🎉'")
    found = " ".join(foreign_fonts(window))
    assert "<h1> 'Vé ☃ ng'" in found
    assert "no glyph (vi): '🎉' U+1F389" in found  # Chromium says that ours painted the box
    assert "<div> '山'" in found
    window.locator("input").fill("川")
    assert "no glyph (vi): '川' U+5DDD" in foreign_fonts(window)


@pytest.mark.browser
def test_chromium_knows_every_property_of_the_stylesheet(window: Page) -> None:
    code = re.sub(r"/\*.*?\*/|@font-face \{[^}]*\}", "", CODE, flags=re.DOTALL)
    declared = set(re.findall(r"(?<=[{;])\s*([a-z][a-z-]*): ([^;{}]+);", code))
    assert ("text-autospace", "normal") in declared
    for name, given in declared:
        assert window.evaluate("given => CSS.supports(...given)", [name, given]), name
