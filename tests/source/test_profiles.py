"""Profiles of gates: what a new entry needs, what is refused, on which line and in what words."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from math import ceil
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from quangba.errors import QuangbaError, Severity
from quangba.source import profile_rules
from quangba.source.data import load
from quangba.source.gate import read_units
from quangba.source.pages import list_pages
from quangba.source.profile_rules import schema
from quangba.source.profiles import Hours, Idle, Profiles, Screen, Tile, read_profiles

# ----------------------------------------------------------------------------
# Helpers
# ----------------------------------------------------------------------------

LANGUAGES = ("vi", "en", "zh")

GATE = """\
na-meo:
  page: gates/na-meo.md
  languages: [zh, vi, en]
  screen: {diagonal_in: 32, width_px: 1080, height_px: 1920, lower_edge_mm: 800, distance_mm: 600}
  led: {diagonal_in: 55, width_px: 1920, height_px: 1080, distance_mm: 4000}
  hours: null
  idle: {question_s: 60, answer_s: 20, extensions: 10}
  pictures: [images/gate.svg]
  contact: null
  tiles:
    - {topic: gate, page: gates/na-meo.md}
    - {topic: eat, page: visit/food.md}
    - {topic: way}
"""

PAGE, LANGUAGE, SCREEN, LED, HOURS, IDLE, PICTURES, CONTACT, TILES = (*range(2, 10), 10)
"""Lines of the fields of :data:`GATE`."""

SOURCE = "source: {title: Nội quy, publisher: Ban quản lý, date: 2026-11}"

FILES = {
    "gates/na-meo.md": "---\ntitle: Na Mèo\ntype: gate\n---\n",
    "gates/index.md": "---\ntitle: Các cửa\ntype: hub\n---\n",
    "visit/food.md": "---\ntitle: Món ăn\n---\n",
    "visit/broken.md": "---\ntype: [\n---\n",
    "images/gate.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
    "images/gate.svg.yml": "author: Nhóm\nlicence: CC BY 4.0\nsource: tự vẽ\n",
    "images/bare.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
    "images/cổng.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
    "images/cổng.svg.yml": "author: Nhóm\nlicence: CC BY 4.0\nsource: tự vẽ\n",
    "images/bad.png": "not a picture",
    "images/bad.png.yml": "author: Nhóm\nlicence: CC BY 4.0\nsource: tự vẽ\n",
}

Reader = Callable[[str | bytes], Profiles]


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the content of a small site with one gate."""
    folder = tmp_path_factory.mktemp("site") / "content"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder.parent / "outside.svg").write_text("<svg/>", encoding="utf-8")
    (folder / "_data").mkdir()
    return folder


@pytest.fixture(scope="session")
def read(content: Path) -> Reader:
    """Return what reads a text as the ``gates.yml`` of the site."""

    def made(text: str | bytes) -> Profiles:
        path = content / "_data" / "gates.yml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return read_profiles(
            path,
            "content/_data/gates.yml",
            content=content,
            pages=list_pages(content),
            languages=LANGUAGES,
            units=["so-ngoai-vu"],
        )

    return made


def changed(old: str, new: str) -> str:
    assert GATE.count(old) == 1
    return GATE.replace(old, new)


def found(profiles: Profiles) -> list[tuple[str, int]]:
    """Return codes and lines; all is said in both languages, and without Python's words."""
    for problem in profiles.problems:
        assert problem.file == "content/_data/gates.yml"
        for language in ("vi", "en"):
            text = problem.text(language)
            assert not {"None", "True", "dict", "{", "}"} & set(text.replace("`", " ").split())
            assert len(text) < 400
    return [(problem.code, problem.line) for problem in profiles.problems]


def refused(profiles: Profiles) -> list[tuple[str, int]]:
    """Return codes and lines of a file whose only gate cannot be used."""
    assert profiles.entries == {}
    return found(profiles)


# ----------------------------------------------------------------------------
# Sound profiles
# ----------------------------------------------------------------------------


def test_a_gate(read: Reader) -> None:
    profiles = read(GATE)
    assert profiles.problems == []
    (gate,) = profiles.entries.values()
    assert gate.id == "na-meo"
    assert gate.page == "gates/na-meo.md"
    assert gate.languages == ("zh", "vi", "en")
    assert gate.screen == Screen(32, 1080, 1920, 800, 600)
    assert gate.led == Screen(55, 1920, 1080, None, 4000)
    assert gate.idle == Idle(60, 20, 10)
    assert gate.pictures == ("images/gate.svg",)
    assert (gate.hours, gate.contact, gate.line) == (None, None, 1)
    assert gate.tiles == (
        Tile("gate", "gates/na-meo.md"),
        Tile("eat", "visit/food.md"),
        Tile("way", None),
    )


def test_a_new_gate_is_a_new_entry_and_nothing_else(read: Reader) -> None:
    one = read(GATE).entries
    more = read(GATE + "\n# Lào\n" + GATE.replace("na-meo:", "cha-lo:", 1))
    assert more.problems == []
    assert list(more.entries) == ["na-meo", "cha-lo"]
    assert more.entries["na-meo"] == one["na-meo"]
    assert replace(more.entries["cha-lo"], id="na-meo", line=1) == one["na-meo"]


def test_the_order_is_that_of_the_file(read: Reader) -> None:
    names = ["c", "a", "b"]
    text = "".join(GATE.replace("na-meo:", f"{name}:", 1) for name in names)
    assert list(read(text).entries) == names


def test_hours_and_a_contact_that_are_known(read: Reader) -> None:
    text = changed("hours: null", f'hours: {{from: "07:00", to: "20:00", {SOURCE}}}')
    profiles = read(text.replace("contact: null", "contact: so-ngoai-vu"))
    assert profiles.problems == []
    source = {"title": "Nội quy", "publisher": "Ban quản lý", "date": "2026-11"}
    assert profiles.entries["na-meo"].hours == Hours("07:00", "20:00", source)
    assert profiles.entries["na-meo"].contact == "so-ngoai-vu"


@pytest.mark.parametrize(("start", "end"), [("00:00", "24:00"), ("19:30", "05:00")])
def test_hours_of_a_whole_day_and_over_midnight(read: Reader, start: str, end: str) -> None:
    profiles = read(changed("hours: null", f'hours: {{from: "{start}", to: "{end}", {SOURCE}}}'))
    assert found(profiles) == []


def test_a_profile_can_be_written_as_json(read: Reader) -> None:
    """A release carries the profile in its manifest."""
    text = changed("hours: null", f'hours: {{from: "07:00", to: "20:00", {SOURCE}}}')
    written = json.loads(json.dumps(asdict(read(text).entries["na-meo"]), allow_nan=False))
    assert written["hours"]["source"]["date"] == "2026-11"
    assert written["tiles"][2] == {"topic": "way", "page": None}


def test_a_language_may_be_left_out_and_that_is_said(read: Reader) -> None:
    profiles = read(changed("[zh, vi, en]", "[zh]"))
    assert found(profiles) == [("profile-languages-left", LANGUAGE)]
    assert "vi, en" in profiles.problems[0].text("en")
    assert profiles.problems[0].severity == Severity.NOTE
    assert profiles.entries["na-meo"].languages == ("zh",)


def test_a_site_without_gates(tmp_path: Path) -> None:
    profiles = read_profiles(
        tmp_path / "gates.yml", "gates.yml", content=tmp_path, pages=[], languages=[], units=[]
    )
    assert (profiles.entries, profiles.problems) == ({}, [])


def test_a_byte_order_mark_and_windows_line_ends(read: Reader) -> None:
    text = changed("[zh, vi, en]", "[zh, vi, en, vi]").replace("\n", "\r\n")
    assert refused(read(b"\xef\xbb\xbf" + text.encode())) == [("profile-twice", LANGUAGE)]


def test_a_thousand_gates(read: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages and pictures that gates share are looked at once."""
    looked: list[str] = []
    for name in ("read_page", "check_asset"):
        original = getattr(profile_rules, name)

        def counted(*args: object, original: Callable[..., object] = original) -> object:
            looked.append(str(args[1]))
            return original(*args)

        monkeypatch.setattr(profile_rules, name, counted)
    body = GATE.partition("\n")[2]
    profiles = read("".join(f"gate-{number}:\n{body}" for number in range(1000)))
    assert profiles.problems == []
    assert len(profiles.entries) == 1000
    assert profiles.entries["gate-999"].line == 999 * GATE.count("\n") + 1
    assert looked == ["gates/na-meo.md", "images/gate.svg"]


def test_a_thousand_wrong_gates(read: Reader) -> None:
    body = GATE.partition("\n")[2].replace("answer_s: 20", "answer_s: 5")
    profiles = read("".join(f"gate-{number}:\n{body}" for number in range(1000)))
    assert profiles.entries == {}
    lines = [problem.line for problem in profiles.problems]
    assert lines == [number * GATE.count("\n") + IDLE for number in range(1000)]


# ----------------------------------------------------------------------------
# Wrong profiles
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        # Start page
        ("page: gates/na-meo.md\n  l", "page: gates/na-meoo.md\n  l", "kind-page", PAGE),
        ("page: gates/na-meo.md\n  l", "page: 3\n  l", "kind-page", PAGE),
        ("page: gates/na-meo.md\n  l", "page: [gates/na-meo.md]\n  l", "kind-page", PAGE),
        ("page: gates/na-meo.md\n  l", "page: visit/food.md\n  l", "profile-start", PAGE),
        ("page: gates/na-meo.md\n  l", "page: gates/index.md\n  l", "profile-start", PAGE),
        ("page: gates/na-meo.md\n  l", "page: visit/broken.md\n  l", "profile-start", PAGE),
        ("page: gates/na-meo.md\n  l", "page: ../content/gates/na-meo.md\n  l", "kind-page", PAGE),
        # Languages
        ("[zh, vi, en]", "[zh, vi, en, lo]", "profile-language", LANGUAGE),
        ("[zh, vi, en]", "[zh, vi, en, no]", "profile-language", LANGUAGE),
        ("[zh, vi, en]", "[zh, vi, en, zh]", "profile-twice", LANGUAGE),
        ("[zh, vi, en]", "[]", "front-matter-value", LANGUAGE),
        ("[zh, vi, en]", "zh", "front-matter-value", LANGUAGE),
        # Screens
        ("diagonal_in: 32, ", "", "profile-missing", SCREEN),
        ("width_px: 1080, ", "", "profile-missing", SCREEN),
        (", distance_mm: 600", "", "profile-missing", SCREEN),
        ("lower_edge_mm: 800, ", "", "profile-missing", SCREEN),
        ("diagonal_in: 32", "diagonal: 32, diagonal_in: 32", "profile-field", SCREEN),
        ("diagonal_in: 32", "diagonal_in: 0", "front-matter-value", SCREEN),
        ("diagonal_in: 32", "diagonal_in: -32", "front-matter-value", SCREEN),
        ("diagonal_in: 32", "diagonal_in: .nan", "front-matter-value", SCREEN),
        ("diagonal_in: 32", "diagonal_in: .inf", "front-matter-value", SCREEN),
        ("diagonal_in: 32", "diagonal_in: yes", "front-matter-value", SCREEN),
        ("diagonal_in: 32", 'diagonal_in: "32"', "front-matter-value", SCREEN),
        ("diagonal_in: 32", "diagonal_in: null", "front-matter-value", SCREEN),
        ("diagonal_in: 32", "diagonal_in: 813", "front-matter-value", SCREEN),
        ("diagonal_in: 32", "diagonal_in: 1.0e-320", "profile-density", SCREEN),
        ("diagonal_in: 32", "diagonal_in: 10", "profile-density", SCREEN),
        ("diagonal_in: 32", "diagonal_in: 110", "profile-density", SCREEN),
        ("width_px: 1080", "width_px: 1080.5", "front-matter-value", SCREEN),
        ("width_px: 1080", "width_px: .nan", "front-matter-value", SCREEN),
        ("width_px: 1080", "width_px: 0", "front-matter-value", SCREEN),
        ("width_px: 1080", "width_px: 0x" + "f" * 90, "front-matter-value", SCREEN),
        ("width_px: 1080", "width_px: 99999999999999999999", "front-matter-value", SCREEN),
        ("width_px: 1080", "width_px: 1900", "profile-shape", SCREEN),
        ("width_px: 1080", "width_px: 320", "profile-shape", SCREEN),
        ("lower_edge_mm: 800", "lower_edge_mm: 1501", "front-matter-value", SCREEN),
        ("lower_edge_mm: 800", "lower_edge_mm: -1", "front-matter-value", SCREEN),
        ("lower_edge_mm: 800", "lower_edge_mm: null", "front-matter-value", SCREEN),
        ("lower_edge_mm: 800", "lower_edge_mm: 1100", "profile-reach", SCREEN),
        ("lower_edge_mm: 800", "lower_edge_mm: 1500", "profile-reach", SCREEN),
        ("distance_mm: 600", "distance_mm: 60", "front-matter-value", SCREEN),
        ("diagonal_in: 55", "diagonal_in: 2001", "front-matter-value", LED),
        ("1920, height_px: 1080", "1080, height_px: 1920", "profile-shape", LED),
        ("diagonal_in: 55", "diagonal_in: 9", "profile-density", LED),
        ("diagonal_in: 55, ", "", "profile-missing", LED),
        ("diagonal_in: 55", "lower_edge_mm: 1, diagonal_in: 55", "profile-field", LED),
        # Hours
        ("hours: null", "hours: 7-20", "front-matter-value", HOURS),
        ("hours: null", 'hours: {from: "07:00", to: "20:00"}', "profile-hours-source", HOURS),
        (
            "hours: null",
            'hours: {from: "07:00", to: "20:00", source: {title: Bảng, publisher: Ban}}',
            "profile-missing",
            HOURS,
        ),
        (
            "hours: null",
            'hours: {from: "07:00", to: "20:00", source: {title: B, publisher: B, date: mai}}',
            "front-matter-value",
            HOURS,
        ),
        # Idle times
        ("answer_s: 20", "answer_s: 19", "profile-idle", IDLE),
        ("extensions: 10", "extensions: 9", "profile-idle", IDLE),
        ("extensions: 10", "extensions: 0", "profile-idle", IDLE),
        ("extensions: 10", "extensions: .inf", "front-matter-value", IDLE),
        ("answer_s: 20", "answer_s: 20.5", "front-matter-value", IDLE),
        ("answer_s: 20", "answer_s: 10000", "front-matter-value", IDLE),
        ("question_s: 60", "question_s: 5", "front-matter-value", IDLE),
        ("question_s: 60, ", "", "profile-missing", IDLE),
        # Pictures
        ("images/gate.svg", "images/gates.svg", "profile-picture", PICTURES),
        ("images/gate.svg", "images/gate.svg.yml", "profile-picture", PICTURES),
        ("images/gate.svg", "gates/na-meo.md", "profile-picture", PICTURES),
        ("images/gate.svg", "images/cổng.svg", "profile-picture", PICTURES),
        ("images/gate.svg", "images", "profile-picture", PICTURES),
        ("images/gate.svg", "../outside.svg", "profile-picture", PICTURES),
        ("images/gate.svg", "images/../../outside.svg", "profile-picture", PICTURES),
        ("images/gate.svg", "/etc/passwd", "profile-picture", PICTURES),
        ("images/gate.svg", "https://example.org/gate.svg", "profile-picture", PICTURES),
        ("images/gate.svg", '"images/gate.svg\\0"', "profile-picture", PICTURES),
        ("images/gate.svg", f"images/{'a' * 5000}.svg", "profile-picture", PICTURES),
        ("images/gate.svg", "images/bare.svg", "asset-no-licence", PICTURES),
        ("images/gate.svg", "images/bad.png", "asset-broken", PICTURES),
        ("[images/gate.svg]", "[]", "front-matter-value", PICTURES),
        ("[images/gate.svg]", "[images/gate.svg, images/gate.svg]", "front-matter-value", PICTURES),
        # Contact
        ("contact: null", "contact: so-ngoai-vuu", "profile-unit", CONTACT),
        ("contact: null", "contact: 0912345678", "profile-unit", CONTACT),
        ("contact: null", "contact: [so-ngoai-vu]", "profile-unit", CONTACT),
        # Tiles
        ("{topic: eat, page: visit/food.md}", "{topic: eat}", "profile-missing", 12),
        ("{topic: eat, page: visit/food.md}", "{page: visit/food.md}", "profile-missing", 12),
        ("page: visit/food.md", "page: visit/foods.md", "kind-page", 12),
        ("topic: eat", "topic: shop", "front-matter-value", 12),
        ("topic: eat", "icon: fish, topic: eat", "profile-field", 12),
        ("topic: eat", "topic: gate", "profile-twice", 12),
        ("page: visit/food.md", "page: gates/na-meo.md", "profile-twice", 12),
        ("{topic: way}", "{topic: way, page: visit/food.md}", "profile-way", 13),
        ("{topic: way}", "way", "front-matter-value", 13),
        # The entry as a whole
        ("na-meo:\n", "Na-Mèo:\n", "profile-id", 1),
        ("na-meo:\n", "na--meo:\n", "profile-id", 1),
        ("na-meo:\n", "na_meo:\n", "profile-id", 1),
        ("na-meo:\n", '"../na-meo":\n', "profile-id", 1),
        ("na-meo:\n", '"na-meo\\n":\n', "profile-id", 1),
        ("na-meo:\n", '"":\n', "profile-id", 1),
        ("na-meo:\n", f"{'a' * 61}:\n", "profile-id", 1),
        ("  contact: null\n", "", "profile-missing", 1),
        ("  hours: null\n", "", "profile-missing", 1),
        ("  hours: null\n", "  hour: null\n  hours: null\n", "profile-field", HOURS),
    ],
)
def test_a_wrong_value_is_one_sentence(
    read: Reader, old: str, new: str, code: str, line: int
) -> None:
    assert refused(read(changed(old, new))) == [(code, line)]


@pytest.mark.parametrize(
    ("hours", "code"),
    [
        ('to: "20:00"', "profile-missing"),
        ('from: "07:00", to: 20:00', "front-matter-value"),
        ('from: "7:00", to: "20:00"', "front-matter-value"),
        ('from: "07:60", to: "20:00"', "front-matter-value"),
        ('from: "07:00\\n", to: "20:00"', "front-matter-value"),
        ('from: "٠٧:٠٠", to: "20:00"', "front-matter-value"),
        ('from: "07:00", to: "07:00"', "front-matter-value"),
        ('from: "24:00", to: "07:00"', "front-matter-value"),
        ('from: "07:00", to: "20:00", day: all', "profile-field"),
    ],
)
def test_wrong_hours(read: Reader, hours: str, code: str) -> None:
    assert refused(read(changed("hours: null", f"hours: {{{hours}, {SOURCE}}}"))) == [(code, HOURS)]


def test_one_wrong_gate_leaves_the_others(read: Reader) -> None:
    wrong = changed("answer_s: 20", "answer_s: 5").replace("na-meo:", "cha-lo:", 1)
    profiles = read(wrong + GATE)
    assert list(profiles.entries) == ["na-meo"]
    assert found(profiles) == [("profile-idle", IDLE)]


def test_everything_that_is_wrong_is_said_at_once(read: Reader) -> None:
    text = changed("answer_s: 20", "answer_s: 5").replace("visit/food.md", "visit/fish.md")
    text = text.replace("diagonal_in: 32, width_px: 1080, ", "")
    profiles = read(text)
    assert refused(profiles) == [
        ("profile-missing", SCREEN),
        ("profile-missing", SCREEN),
        ("profile-idle", IDLE),
        ("kind-page", 12),
    ]
    assert {dict(problem.values)["field"] for problem in profiles.problems} == {
        "na-meo: screen: diagonal_in",
        "na-meo: screen: width_px",
        "na-meo: idle: answer_s",
        "na-meo: tiles 2: page",
    }


def test_an_empty_entry_lacks_everything_but_guesses_nothing(read: Reader) -> None:
    fields = schema()["$defs"]["gate"]["required"]
    assert refused(read("na-meo: {}\n")) == [("profile-missing", 1)] * len(fields)
    assert refused(read("na-meo:\n")) == [("front-matter-value", 1)]
    assert refused(read("na-meo: gates/na-meo.md\n")) == [("front-matter-value", 1)]


def test_more_than_seven_tiles(read: Reader) -> None:
    profiles = read(GATE + "    - {topic: eat, page: visit/food.md}\n" * 5)
    assert refused(profiles) == [("profile-tiles", TILES)]
    assert "8 tiles" in profiles.problems[0].text("en")


@pytest.mark.parametrize("field", ["screen", "led", "idle", "tiles", "hours", "pictures"])
@pytest.mark.parametrize("value", ["3", "chữ", "[[]]", "{x: {}}", "!!set {x}", "2026-11-30"])
def test_another_kind_of_value(read: Reader, field: str, value: str) -> None:
    entry = {name: text for name, text in load(GATE)["na-meo"].items() if name != field}
    text = yaml.safe_dump({"na-meo": entry}) + f"  {field}: {value}\n"
    assert refused(read(text))


@pytest.mark.parametrize(
    ("code", "old", "new", "said"),
    [
        ("kind-page", "visit/food.md", "visit/foood.md", ["visit/foood.md", "visit/food.md"]),
        ("profile-picture", "images/gate.svg", "images/gat.svg", ["images/gate.svg"]),
        ("profile-unit", "contact: null", "contact: x", ["so-ngoai-vu"]),
        ("profile-language", "[zh, vi", "[lo, vi", ["vi, en, zh"]),
        ("profile-start", "page: gates/na-meo.md\n  l", "page: gates/index.md\n  l", ["`hub`"]),
        ("profile-field", "diagonal_in: 32", "diagonal: 32", ["diagonal_in"]),
        ("profile-idle", "answer_s: 20", "answer_s: 5", ["20", "WCAG 2.2.1"]),
        ("profile-reach", "lower_edge_mm: 800", "lower_edge_mm: 1100", ["1120", "1094"]),
        ("profile-hours-source", "hours: null", 'hours: {from: "07:00", to: "08:00"}', ["null"]),
        ("front-matter-value", "lower_edge_mm: 800", "lower_edge_mm: 1600", ["1600", "≤ 1500"]),
    ],
)
def test_a_sentence_says_what_to_do(
    read: Reader, code: str, old: str, new: str, said: list[str]
) -> None:
    problem = next(p for p in read(changed(old, new)).problems if p.code == code)
    for language in ("vi", "en"):
        assert all(words in problem.text(language) for words in said), problem.text(language)


def test_numbers_are_written_as_the_reader_does(
    read: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = changed("diagonal_in: 32", "diagonal_in: 10")
    monkeypatch.setenv("QUANGBA_LANG", "vi")
    assert "8,7 điểm ảnh mỗi mm; màn hình thật có 0,8–8" in read(text).problems[0].text()
    monkeypatch.setenv("QUANGBA_LANG", "en")
    assert "8.7 pixels per mm; real screens have 0.8–8" in read(text).problems[0].text()


# ----------------------------------------------------------------------------
# The file
# ----------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "\n", "# chưa có gì\n", "---\n", "{}\n"])
def test_a_file_without_gates(read: Reader, text: str) -> None:
    assert refused(read(text)) == [("profile-none", 0)]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        pytest.param(b"- na-meo\n", 1, id="list"),
        pytest.param(b"[]\n", 1, id="empty_list"),
        pytest.param(b"false\n", 1, id="false"),
        pytest.param(b"na-meo\n", 1, id="text"),
        pytest.param(b"a: [\n", 2, id="unclosed"),
        pytest.param(b"a: {x: 1\nb: 2\n", 2, id="unclosed_brace"),
        pytest.param(b"a: {}\na: {}\n", 2, id="gate_twice"),
        pytest.param(b"a:\n  page: x\n  page: y\n", 3, id="field_twice"),
        pytest.param(b"a: &x {}\nb: *x\n", 2, id="alias"),
        pytest.param(b"a: !!python/object:os.system {}\n", 1, id="python"),
        pytest.param(b"a: " + b"[" * 5000, 1, id="deep"),
        pytest.param(b"a: {}\n---\nb: {}\n", 2, id="two_documents"),
        pytest.param(b"a: 2026-02-30\n", 1, id="no_such_day"),
        pytest.param(b"a: \xff\n", 0, id="not_utf8"),
        pytest.param(b"a: \x00\n", 0, id="nul"),
        pytest.param(b"a: " + b"9" * 5000 + b"\n", 1, id="huge_number"),
        pytest.param(b"".join(b"a%d: b\n" % i for i in range(1001)), 1, id="many_gates"),
        pytest.param("a: {}\n".encode("utf-16"), 0, id="utf16"),
    ],
)
def test_a_file_that_cannot_be_read(read: Reader, data: bytes, line: int) -> None:
    with pytest.raises(QuangbaError) as caught:
        read(data)
    problem = caught.value.problem
    assert (problem.code, problem.file) == ("data-yaml", "content/_data/gates.yml")
    assert problem.line == line


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_value_anywhere_is_said_and_never_raised(read: Reader, data: st.DataObject) -> None:
    values = st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.dates()
        | st.text(st.characters(exclude_categories=["Cs"]), max_size=9)
        | st.sampled_from(["gates/na-meo.md", "vi", "images/gate.svg", "way", "07:00"]),
        lambda below: (
            st.lists(below, max_size=3)
            | st.dictionaries(st.sampled_from(["page", "topic", "from", "source", "x"]), below)
        ),
        max_leaves=6,
    )
    entry = load(GATE)["na-meo"]
    at = data.draw(st.sampled_from([*entry, "more"]))
    if isinstance(entry.get(at), dict) and data.draw(st.booleans()):
        entry[at][data.draw(st.sampled_from([*entry[at], "more"]))] = data.draw(values)
    else:
        entry[at] = data.draw(values)
    name = data.draw(st.sampled_from(["na-meo", "na-meo", "NA", "", "1", "ô"]))
    profiles = read(yaml.safe_dump({name: entry}, allow_unicode=True))
    errors = [p for p in profiles.problems if p.severity is Severity.ERROR]
    assert bool(errors) != bool(profiles.entries)
    for problem in profiles.problems:
        assert problem.text("vi")
        assert problem.text("en")
        assert problem.line >= 1


@pytest.mark.parametrize("cut", range(0, len(GATE.encode()), 7))
def test_a_file_cut_anywhere(read: Reader, cut: int) -> None:
    try:
        profiles = read(GATE.encode()[:cut])
    except QuangbaError as error:
        problems = [error.problem]
    else:
        # Only the last tiles can be missing without a trace.
        problems = profiles.problems
        assert problems or profiles.entries["na-meo"].contact is None
    assert all(problem.text("vi") for problem in problems)


# ----------------------------------------------------------------------------
# Screens
# ----------------------------------------------------------------------------

PANELS = [
    pytest.param(Screen(21.5, 1080, 1920, 900, 600), 4.03, 268, 476, 887, 7.3, id="21"),
    pytest.param(Screen(32, 1080, 1920, 800, 600), 2.71, 398, 708, 867, 7.3, id="32"),
    pytest.param(Screen(43, 1080, 1920, 700, 600), 2.02, 535, 952, 847, 7.3, id="43"),
    pytest.param(Screen(55, 1920, 1080, 750, 1000), 1.58, 1218, 685, 583, 12.2, id="55"),
    pytest.param(Screen(32, 1080, 1920, 100, 500), 2.71, 398, 708, 1920, 7.3, id="low"),
    pytest.param(Screen(32, 1080, 1920, 1500, 600), 2.71, 398, 708, 0, 7.3, id="out_of_reach"),
    pytest.param(Screen(75, 3840, 2160, None, 6000), 2.31, 1660, 934, 0, 73.3, id="television"),
    pytest.param(Screen(21.5, 1080, 1920, None, 100), 4.03, 268, 476, 0, 1.2, id="no_touch_near"),
]


@pytest.mark.parametrize(("screen", "density", "width", "height", "reach", "capital"), PANELS)
def test_a_screen(
    screen: Screen, density: float, width: float, height: float, reach: int, capital: float
) -> None:
    assert screen.px_per_mm == pytest.approx(density, abs=0.005)
    assert screen.width_mm == pytest.approx(width, abs=0.5)
    assert screen.height_mm == pytest.approx(height, abs=0.5)
    assert screen.reach_px == reach
    assert screen.capital_mm == pytest.approx(capital, abs=0.05)
    assert screen.portrait == (screen.height_px > screen.width_px)
    assert screen.touch == (screen.lower_edge_mm is not None)


def test_a_screen_in_reach_as_a_whole_loses_no_pixel() -> None:
    for tenths in range(70, 400):
        screen = Screen(tenths / 10, 1080, 1920, 100, 600)
        assert screen.reach_px == 1920


def entry_of(screen: Screen) -> str:
    """Return :data:`GATE` with another touch screen."""
    size = f"diagonal_in: {screen.diagonal_in}, width_px: {screen.width_px}"
    size += f", height_px: {screen.height_px}, lower_edge_mm: {screen.lower_edge_mm}"
    return changed("diagonal_in: 32, width_px: 1080, height_px: 1920, lower_edge_mm: 800", size)


@pytest.mark.parametrize(
    ("screen", "codes"),
    [
        pytest.param(Screen(10.1, 800, 1280, 900, 600), [], id="tablet"),
        pytest.param(Screen(5.5, 480, 854, 900, 600), ["profile-room"], id="telephone"),
        pytest.param(Screen(3.5, 480, 800, 900, 600), ["profile-density"], id="toy"),
        pytest.param(Screen(2.4, 240, 320, 900, 600), ["profile-room"], id="one_column"),
        pytest.param(Screen(1.35, 160, 200, 900, 600), ["profile-room"], id="no_column"),
        pytest.param(Screen(55, 2160, 3840, 600, 600), [], id="high_density"),
        pytest.param(Screen(29, 2560, 1080, 900, 600), [], id="ultra_wide"),
        pytest.param(Screen(29, 3840, 1080, 900, 600), ["profile-shape"], id="ribbon"),
        pytest.param(Screen(19, 1280, 1024, 900, 600), [], id="five_to_four"),
        pytest.param(Screen(32, 1080, 1920, 1094, 600), [], id="highest"),
        pytest.param(Screen(32, 1080, 1920, 1095, 600), ["profile-reach"], id="too_high"),
        pytest.param(Screen(10.1, 800, 1280, 1072, 600), ["profile-reach"], id="two_rows"),
    ],
)
def test_room_for_fingers(read: Reader, screen: Screen, codes: list[str]) -> None:
    assert [code for code, _ in found(read(entry_of(screen)))] == codes


@given(
    diagonal=st.floats(2, 100).map(lambda value: round(value, 1)),
    size=st.sampled_from([(1080, 1920), (1920, 1080), (800, 1280), (2160, 3840), (480, 800)]),
    edge=st.integers(0, 1500),
)
@settings(max_examples=80, deadline=None)
def test_what_is_accepted_has_room(
    read: Reader, diagonal: float, size: tuple[int, int], edge: int
) -> None:
    """Seven tiles and seven buttons of 20 mm, 3 mm apart, and the buttons within 1,120 mm."""
    screen = Screen(diagonal, *size, edge, 600)
    if not read(entry_of(screen)).entries:
        return
    columns = (screen.width_mm - 3) // 23
    rows = ceil(7 / columns)
    assert 2 * rows * 23 + 3 <= screen.height_mm
    assert edge + rows * 23 + 3 <= 1120
    assert 0.8 <= screen.px_per_mm <= 8
    assert screen.reach_px >= rows * 23 * screen.px_per_mm


@pytest.mark.parametrize(
    "led",
    [
        pytest.param("diagonal_in: 319, width_px: 704, height_px: 396", id="wall_of_28_m2"),
        pytest.param("diagonal_in: 130, width_px: 1536, height_px: 384", id="ribbon"),
        pytest.param("diagonal_in: 98, width_px: 3840, height_px: 2160", id="television"),
    ],
)
def test_walls_of_light(read: Reader, led: str) -> None:
    assert found(read(changed("diagonal_in: 55, width_px: 1920, height_px: 1080", led))) == []


# ----------------------------------------------------------------------------
# The schema
# ----------------------------------------------------------------------------


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.Draft202012Validator(schema()).validate(load(GATE))


# ----------------------------------------------------------------------------
# Our gates
# ----------------------------------------------------------------------------

CONTENT = Path(__file__).parents[2] / "content"

TOPICS = ("gate", "onward", "see", "eat", "invest", "help", "way")


@pytest.fixture(scope="module")
def ours() -> Profiles:
    return read_profiles(
        CONTENT / "_data" / "gates.yml",
        "content/_data/gates.yml",
        content=CONTENT,
        pages=list_pages(CONTENT),
        languages=("vi", "en", "zh", "ja", "ko", "fr"),
        units=read_units(CONTENT / "_data" / "units.yml"),
    )


def test_our_gates_are_sound(ours: Profiles) -> None:
    assert ours.problems == []
    assert list(ours.entries) == [
        "mong-cai",
        "hoanh-mo",
        "bac-phong-sinh",
        "ha-long-port",
        "tuan-chau-port",
        "van-don-airport",
    ]


def test_our_gates_are_all_the_gates_that_have_pages(ours: Profiles) -> None:
    pages = {f"gates/{path.name}" for path in (CONTENT / "gates").glob("*.md")}
    assert {gate.page for gate in ours.entries.values()} == pages - {"gates/index.md"}
    assert all(gate.page == f"gates/{gate.id}.md" for gate in ours.entries.values())


def test_our_gates_offer_every_language_and_topic(ours: Profiles) -> None:
    for gate in ours.entries.values():
        assert sorted(gate.languages) == ["en", "fr", "ja", "ko", "vi", "zh"]
        assert tuple(tile.topic for tile in gate.tiles) == TOPICS
        assert gate.tiles[0].page == gate.page
        first = "zh" if gate.id in ("mong-cai", "hoanh-mo", "bac-phong-sinh") else "en"
        assert gate.languages[0] == first


def test_our_gates_promise_nothing_without_a_source(ours: Profiles) -> None:
    for gate in ours.entries.values():
        assert gate.hours is None
        assert gate.contact is None
    text = (CONTENT / "_data" / "gates.yml").read_text(encoding="utf-8")
    lines = text.split("\n")
    assert all(line.endswith("# chưa đo") for line in lines if "diagonal_in" in line)


def test_our_screens_are_the_panels_that_the_edition_is_measured_on(ours: Profiles) -> None:
    panels = {(g.screen.diagonal_in, g.screen.portrait) for g in ours.entries.values()}
    assert panels == {(21.5, True), (32, True), (43, True), (55, False)}
    for gate in ours.entries.values():
        assert gate.screen.capital_mm >= 7.3
        # Eyes of a person in a wheelchair are 1,015 mm above the floor (EN 301 549, 8.3.4).
        assert gate.screen.lower_edge_mm is not None
        assert 380 <= gate.screen.lower_edge_mm <= 1015
        assert gate.led.touch is False
