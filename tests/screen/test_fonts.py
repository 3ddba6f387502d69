"""Fonts of the kiosk: complete, no larger than they need be, the same at every build."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from font_site import finish
from fontTools.ttLib import TTFont

from quangba.errors import Problem, Severity
from quangba.media.keeping import sealed
from quangba.site.screen import fonts
from quangba.site.screen.fonts import (
    FAMILIES,
    TYPED,
    WEIGHTS,
    face_of,
    subset,
)

# ----------------------------------------------------------------------------
# Fixtures and helpers
# ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def uncut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make no fonts where only the problems matter."""
    monkeypatch.setattr(fonts, "cut", lambda *given: b"")


def codes(folder: Path, name: str, weight: int = 400) -> set[str]:
    """Return the characters of a font of a site."""
    with TTFont(folder / "assets" / "fonts" / f"kiosk-{name}-{weight}.woff2") as font:
        return set(map(chr, font.getBestCmap()))


def value(problem: Problem, name: str) -> object:
    return dict(problem.values)[name]


def features(data: bytes) -> set[str]:
    """Return the OpenType features of a font."""
    found = set()
    with TTFont(BytesIO(data)) as font:
        for table in ("GSUB", "GPOS"):
            if table in font:
                records = font[table].table.FeatureList.FeatureRecord
                found |= {record.FeatureTag for record in records}
    return found


# ----------------------------------------------------------------------------
# Missing glyphs
# ----------------------------------------------------------------------------


@pytest.mark.usefixtures("uncut")
def test_a_character_without_a_glyph_is_named_with_its_page(tmp_path: Path, cache: Path) -> None:
    problems = finish(
        tmp_path,
        cache,
        {
            "index.html": "<html lang=vi>Xin chào",
            "visit/index.html": "<html lang=vi>Vui 🎉 <i lang=ja>海🎉</i>",
            "visit/a/index.html": "<html lang=vi>🎉 ກ",
            "ja/visit/index.html": "<html lang=ja>𪚥",
        },
        pages={"visit/": "visit/index.md"},
    )
    assert [
        (p.code, p.file, value(p, "language"), value(p, "characters"), value(p, "count"))
        for p in problems
    ] == [
        (
            "glyph-missing",
            "ja/visit/index.html",
            "ja",
            "“🎉” (U+1F389 PARTY POPPER), “𪚥” (U+2A6A5 CJK UNIFIED IDEOGRAPH-2A6A5)",
            2,
        ),
        (
            "glyph-missing",
            "visit/a/index.html",
            "vi",
            "“ກ” (U+0E81 LAO LETTER KO), “🎉” (U+1F389 PARTY POPPER)",
            2,
        ),
    ]


@pytest.mark.usefixtures("uncut")
def test_a_script_without_a_face_is_one_problem_that_names_the_setting(
    tmp_path: Path, cache: Path
) -> None:
    thai = "".join(map(chr, range(0x0E01, 0x0E2F)))
    [problem] = finish(
        tmp_path,
        cache,
        {
            "index.html": "<html lang=vi>Chào <a lang=th>ไทย</a>",
            "th/index.html": f"<html lang=th>{thai}",
        },
        pages={"": "index.md"},
        languages=("vi", "th"),
    )
    assert (problem.file, value(problem, "language")) == ("content/index.md", "th")
    assert value(problem, "count") == len(set(thai) | set("ไทย"))
    text = problem.text("vi")
    assert "“ก”, “ข”, “ฃ”, “ค”, “ฅ”, “ฆ”, “ง”, “จ”, …" in text
    assert "trong mkdocs.yml: `fonts: {th: fonts/…}`" in text
    assert "media/fonts" not in text


@pytest.mark.usefixtures("uncut")
def test_the_markdown_file_of_a_page_is_named(tmp_path: Path, cache: Path) -> None:
    [problem] = finish(tmp_path, cache, {"a/index.html": "<html lang=vi>ກ"}, pages={"a/": "a.md"})
    assert problem.file == "content/a.md"
    assert problem.severity is Severity.ERROR
    assert "“ກ” (U+0E81 LAO LETTER KO)" in problem.text("en")
    assert "“ກ” (U+0E81 LAO LETTER KO)" in problem.text("vi")


@pytest.mark.usefixtures("uncut")
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("a\u0e31", "“◌\u0e31” (U+0E31 THAI", id="sign"),
        pytest.param("a\u0363", "“◌\u0363” (U+0363 COMBINING LATIN SMALL LETTER A)", id="mark"),
        pytest.param("\ue000", "“□” (U+E000)", id="private"),
        pytest.param("\U000e0fff", "“□” (U+E0FFF)", id="unassigned"),
        pytest.param("\ufffd", "“\ufffd” (U+FFFD REPLACEMENT CHARACTER)", id="broken"),
        pytest.param("1\ufe0f\u20e3", "“◌\u20e3” (U+20E3", id="keycap"),
    ],
)
def test_odd_characters_are_named(tmp_path: Path, cache: Path, text: str, shown: str) -> None:
    [problem] = finish(tmp_path, cache, {"a.html": f"<html lang=vi>{text}"})
    assert shown in problem.text("en")


@pytest.mark.usefixtures("uncut")
def test_joiners_of_a_family_are_no_characters_without_glyphs(tmp_path: Path, cache: Path) -> None:
    [problem] = finish(tmp_path, cache, {"a.html": "<html lang=vi>👨\u200d👩\u200d👧\ufe0f"})
    points = re.findall(r"U\+\w+", str(value(problem, "characters")))
    assert points == ["U+1F467", "U+1F468", "U+1F469"]


@pytest.mark.usefixtures("uncut")
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a b\tc\r\nd\u00a0e\u2003f\u2009g\u202fh\u205fi\u200aj\u3000k", id="blanks"),
        pytest.param("a\u00adb\u200bc\u200dd\u2060e\ufefff\u200eg\u2028h", id="invisible"),
        pytest.param("海\ufe00\U000e0100 ©\ufe0e", id="selectors"),
        pytest.param("\x00\x07\x7f\x85", id="controls"),
        pytest.param("e\u0302\u0323 Ho\u031b\u0300", id="decomposed"),
    ],
)
def test_what_needs_no_glyph_is_no_problem(tmp_path: Path, cache: Path, text: str) -> None:
    assert finish(tmp_path, cache, {"a.html": f"<html lang=vi>{text}"}) == []


@pytest.mark.usefixtures("uncut")
def test_styles_data_and_drawings_are_judged_too(tmp_path: Path, cache: Path) -> None:
    problems = finish(
        tmp_path,
        cache,
        {
            "a.html": '<html lang=vi><link rel=stylesheet href="assets/a.css">',
            "assets/a.css": 'a::after { content: "\\1F389" }',
            "fr/search/index.js": 'window.quangbaSearch={"pages":[["\\ud83c\\udf8a"]]};',
            "assets/javascripts/a.js": "// 🎈",
            "images/a.svg": "<svg><text>Vé</text></svg>",
        },
    )
    assert [(p.code, p.file) for p in problems] == [
        ("glyph-missing", "fr/search/index.js"),
        ("glyph-missing", "assets/a.css"),
        ("glyph-picture", "images/a.svg"),
    ]


# ----------------------------------------------------------------------------
# Subsets
# ----------------------------------------------------------------------------


def test_a_font_has_what_is_needed_and_no_more(tmp_path: Path, cache: Path) -> None:
    finish(
        tmp_path,
        cache,
        {
            "a.html": "<html lang=vi>Vé <i lang=zh>下龙“</i><i lang=ja>海</i>한",
            "assets/javascripts/keys.js": "'ㅂ' // →",
        },
        languages=("vi", "zh"),
    )
    for weight in WEIGHTS:
        assert codes(tmp_path, "sc", weight) == {*" 下龙“→ㅂ", *TYPED["zh"]}
        assert codes(tmp_path, "jp", weight) == set(" 海")
        assert codes(tmp_path, "kr", weight) == set(" 한")
        assert set(map(ord, codes(tmp_path, "latin", weight))) == FAMILIES["letters"].characters


def test_what_is_typed_has_glyphs_in_its_language(tmp_path: Path, cache: Path) -> None:
    finish(tmp_path, cache, {}, languages=("vi", "ja", "ko"))
    assert set("あゔがぱんーァヴ゛゜、。「」") <= codes(tmp_path, "jp")
    assert set("ㄱㄲㅎㅏㅢㅣ") <= codes(tmp_path, "kr")
    for language, characters in TYPED.items():
        assert [c for c in characters if face_of(c, language) is None] == []


def test_features_for_horizontal_text_stay_and_hints_go() -> None:
    latin = subset(FAMILIES["letters"].face(400).path, FAMILIES["letters"].characters)
    assert {"kern", "mark", "mkmk", "ccmp", "locl", "liga"} <= features(latin)
    japanese = subset(FAMILIES["jp"].face(600).path, set(map(ord, "「海」。か\u3099")))
    assert "halt" in features(japanese)
    assert not {"vert", "vrt2", "aalt"} & features(japanese)
    for data in (latin, japanese):
        with TTFont(BytesIO(data)) as font:
            assert not {"fpgm", "prep", "cvt ", "vhea", "STAT"} & set(font.keys())
            assert re.search("Copyright|Adobe", font["name"].getDebugName(0))


def test_nothing_is_logged_as_a_warning(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        finish(tmp_path / "site", tmp_path / "cache", {"a.html": "<html lang=vi>Vé"})
    assert caplog.records == []


# ----------------------------------------------------------------------------
# Determinism and cache
# ----------------------------------------------------------------------------

ELSEWHERE = """
import hashlib, sys, time
from quangba.site.screen.fonts import FAMILIES, subset
time.time = lambda: 0.0
print(hashlib.sha256(subset(FAMILIES["kr"].face(600).path, set(map(ord, sys.argv[1])))).hexdigest())
"""


def test_the_same_characters_give_the_same_bytes_anywhere(tmp_path: Path) -> None:
    text = "한국, 하롱베이 省 fi"
    here = subset(FAMILIES["kr"].face(600).path, reversed(list(map(ord, text))))
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    there = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", ELSEWHERE, text],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    assert there.stdout.strip() == hashlib.sha256(here).hexdigest()


def written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "assets" / "fonts").iterdir()}


def test_an_unchanged_site_costs_no_work(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: dict[str, str | bytes] = {"a.html": "<html lang=vi>Vé 海"}
    finish(tmp_path / "one", cache, files)

    def refuse(*given: object) -> bytes:
        raise AssertionError("a font was made again")

    monkeypatch.setattr(fonts, "subset", refuse)
    finish(tmp_path / "two", cache, files)
    assert written(tmp_path / "one") == written(tmp_path / "two")
    with pytest.raises(AssertionError, match="made again"):
        finish(tmp_path / "three", cache, {"a.html": "<html lang=vi>Vé 山"})


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: b"", id="empty"),
        pytest.param(lambda data: data[:-1], id="truncated"),
        pytest.param(lambda data: data[:99] + bytes([data[99] ^ 1]) + data[100:], id="one-bit"),
        pytest.param(lambda data: b"wOF2", id="short"),
    ],
)
def test_a_damaged_cache_is_made_again(tmp_path: Path, damage: object) -> None:
    source = FAMILIES["sc"].face(400).path
    good = fonts.cut(source, frozenset(map(ord, "海 ")), tmp_path)
    [path] = tmp_path.iterdir()
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    assert fonts.cut(source, frozenset(map(ord, "海 ")), tmp_path) == good
    assert sealed(path) == good


def test_a_cache_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    font = fonts.cut(FAMILIES["sc"].face(400).path, frozenset({32}), tmp_path / "file")
    assert font.startswith(b"wOF2")


def test_a_new_version_of_the_tools_makes_fonts_again(monkeypatch: pytest.MonkeyPatch) -> None:
    source = FAMILIES["sc"].face(400).path
    keys = {fonts.key(source, {32}), fonts.key(source, {32, 33})}
    keys.add(fonts.key(FAMILIES["sc"].face(600).path, {32}))
    monkeypatch.setattr(fonts.fontTools, "version", "0")
    keys.add(fonts.key(source, {32}))
    assert len(keys) == 4


@pytest.mark.usefixtures("uncut")
def test_a_site_without_pages_is_no_error(tmp_path: Path, cache: Path) -> None:
    tmp_path.joinpath("empty").mkdir()
    assert finish(tmp_path / "empty", cache, {}, languages=("vi",)) == []
