from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quangba.errors import QuangbaError
from quangba.source.facts import KINDS, UNITS, Fact, format_day, read_facts, wrong

LANGUAGES = ("vi", "en", "zh", "ja", "ko", "fr")
ENTRY = {
    "label": "Khách",
    "value": 21.28,
    "kind": "number",
    "as_of": "2025-12",
    "source": {"title": "Niên giám"},
}


def entry(**changes: object) -> dict[str, object]:
    return {key: value for key, value in {**ENTRY, **changes}.items() if value is not ...}


def blanks(text: str) -> str:
    """Write CLDR's no-break spaces as plain ones."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        pytest.param(
            {"value": 1234567, "kind": "number"},
            ("1.234.567", "1,234,567", "1,234,567", "1,234,567", "1,234,567", "1 234 567"),
            id="number",
        ),
        pytest.param(
            {"value": 7.456, "kind": "number", "digits": 1},
            ("7,5", "7.5", "7.5", "7.5", "7.5", "7,5"),
            id="rounded",
        ),
        pytest.param(
            {"value": 21280000, "kind": "number", "style": "compact", "digits": 2},
            ("21,28 triệu", "21.28 million", "2128万", "2128万", "2128만", "21,28 millions"),
            id="compact",
        ),
        pytest.param(
            {"value": 12.5, "kind": "percent"},
            ("12,5%", "12.5%", "12.5%", "12.5%", "12.5%", "12,5 %"),
            id="percent",
        ),
        pytest.param(
            {"value": [5, 7.5], "kind": "percent"},
            ("5–7,5%", "5–7.5%", "5–7.5%", "5～7.5%", "5~7.5%", "5–7,5 %"),
            id="percent_range",
        ),
        pytest.param(
            {"value": "2025-12-15", "kind": "date"},
            (
                "15 tháng 12 năm 2025",
                "15 December 2025",
                "2025年12月15日",
                "2025年12月15日",
                "2025년 12월 15일",
                "15 décembre 2025",
            ),
            id="date",
        ),
        pytest.param(
            {"value": "2025-12-15", "kind": "date", "date_format": "month"},
            (
                "tháng 12 năm 2025",
                "December 2025",
                "2025年12月",
                "2025年12月",
                "2025년 12월",
                "décembre 2025",
            ),
            id="month",
        ),
        pytest.param({"value": 1994, "kind": "year"}, ("1994",) * 6, id="year"),
        pytest.param(
            {"value": 3, "kind": "measure", "unit": "hour"},
            ("3 giờ", "3 hours", "3小时", "3時間", "3시간", "3 heures"),
            id="hours",
        ),
        pytest.param(
            {"value": 118, "kind": "measure", "unit": "km"},
            ("118 km", "118 km", "118公里", "118 km", "118km", "118 km"),
            id="kilometres",
        ),
    ],
)
def test_format(fact: dict[str, object], expected: tuple[str, ...]) -> None:
    made = Fact("x", "", **fact)  # type: ignore[arg-type]
    assert tuple(blanks(made.format(language)) for language in LANGUAGES) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_currency_names_the_money(language: str) -> None:
    made = Fact("x", "", 290000, "currency", "VND")
    assert "290" in made.format(language)
    assert "₫" not in made.format(language)


def test_range_of_years_has_no_unit() -> None:
    assert Fact("x", "", [2020, 2025], "year").format("vi") == "2020–2025"


def test_range_of_dates() -> None:
    made = Fact("x", "", ["2025-04-30", "2025-05-03"], "date").format("en")
    assert made == "30\xa0April 2025–3\xa0May 2025"


def test_precision_is_said_by_the_interface() -> None:
    made = Fact("x", "", 500, "number", precision="about")
    assert made.format("vi", {"about {number}": "khoảng {number}"}.__getitem__) == "khoảng 500"


@pytest.mark.parametrize(
    "words",
    ["khoảng", "{number}–{number}", "<b>{number}</b>", '{number}" onload="x', "&lt;{number}"],
)
def test_unsound_words_of_the_interface_are_not_used(words: str) -> None:
    made = Fact("x", "", 500, "number", precision="about")
    assert made.format("vi", lambda text: words) == "about 500"


@given(
    value=st.one_of(
        st.integers(0, 10**14), st.floats(0, 10**9, allow_nan=False).map(lambda f: round(f, 3))
    ),
    style=st.sampled_from(["plain", "compact"]),
    kind=st.sampled_from(["number", "percent", "currency", "measure"]),
    unit=st.sampled_from(sorted(UNITS)),
    digits=st.sampled_from([None, 0, 1, 2]),
    language=st.sampled_from(LANGUAGES),
)
def test_every_number_can_be_formatted(
    value: float, style: str, kind: str, unit: str, digits: int | None, language: str
) -> None:
    unit = "VND" if kind == "currency" else unit
    text = Fact("x", "", value, kind, unit, style, digits).format(language)
    assert any(char.isdigit() for char in text)
    assert not set("{}¤#") & set(text)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        pytest.param({"label": ...}, "label", id="no_label"),
        pytest.param({"value": ...}, "value", id="no_value"),
        pytest.param({"kind": ...}, "kind", id="no_kind"),
        pytest.param({"as_of": ...}, "as_of", id="no_date"),
        pytest.param({"source": ...}, "source", id="no_source"),
        pytest.param({"source": {"url": "https://x"}}, "source.title", id="source_without_title"),
        pytest.param({"source": "Niên giám"}, "source.title", id="source_is_text"),
        pytest.param(
            {"source": {"title": "x", "url": "javascript:alert(1)"}},
            "source.url: javascript:alert(1)",
            id="source_script",
        ),
        pytest.param({"kind": "count"}, "kind: count", id="unknown_kind"),
        pytest.param({"kind": "measure"}, "unit: None", id="measure_without_unit"),
        pytest.param({"kind": "currency", "unit": "dong"}, "unit: dong", id="odd_currency"),
        pytest.param({"precision": "exactly"}, "precision: exactly", id="odd_precision"),
        pytest.param({"style": "long"}, "style: long", id="odd_style"),
        pytest.param({"digits": "2"}, "digits: 2", id="odd_digits"),
        pytest.param({"date_format": "week"}, "date_format: week", id="odd_date_format"),
        pytest.param({"confidence": "low"}, "confidence: low", id="low_confidence"),
        pytest.param({"value": "21 triệu"}, "value: 21 triệu", id="value_is_text"),
        pytest.param({"value": True}, "value: True", id="value_is_truth"),
        pytest.param({"value": float("nan")}, "value: nan", id="not_a_number"),
        pytest.param({"value": float("inf")}, "value: inf", id="endless"),
        pytest.param({"value": [1, 2, 3]}, "value: [1, 2, 3]", id="three_ends"),
        pytest.param({"value": [2, 1]}, "value: [2, 1]", id="wrong_order"),
        pytest.param(
            {"kind": "date", "value": "2025-02-30"}, "value: 2025-02-30", id="no_such_day"
        ),
        pytest.param({"kind": "date", "value": 5}, "value: 5", id="date_is_number"),
        pytest.param({"as_of": "2025-13"}, "as_of: 2025-13", id="no_such_month"),
        pytest.param({"as_of": "hôm qua"}, "as_of: hôm qua", id="date_in_words"),
        pytest.param({"expires": "mai"}, "expires: mai", id="odd_expiry"),
    ],
)
def test_wrong(changes: dict[str, object], what: str) -> None:
    assert wrong(entry(**changes)) == what


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="plain"),
        pytest.param({"as_of": 2025}, id="year"),
        pytest.param({"as_of": date(2025, 12, 1)}, id="yaml_date"),
        pytest.param({"value": [1, 2]}, id="range"),
        pytest.param({"kind": "date", "value": date(2025, 12, 1)}, id="date"),
        pytest.param({"expires": date(2026, 1, 1), "confidence": "medium"}, id="expiry"),
        pytest.param({"source": {"title": "x", "url": "https://x.vn"}}, id="address"),
    ],
)
def test_right(changes: dict[str, object]) -> None:
    assert wrong(entry(**changes)) is None


def test_kinds_are_all_formatted() -> None:
    values = {"date": "2025-12-01"}
    units = {"currency": "USD", "measure": "km"}
    for kind in KINDS:
        assert Fact("x", "", values.get(kind, 5), kind, units.get(kind)).format("vi")


FILE = """\
visitors:
  label: Khách
  value: 21280000
  kind: number
  as_of: 2025-12
  source: {title: Niên giám}
  expires: 2026-01-31
bad:
  label: Sai
"""


@pytest.fixture
def facts_file(tmp_path: Path) -> Path:
    path = tmp_path / "facts.yml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_read(facts_file: Path) -> None:
    facts = read_facts(facts_file, "facts.yml")
    assert facts.entries["visitors"].value == 21280000
    assert facts.entries["visitors"].expires == date(2026, 1, 31)
    assert facts.entries["visitors"].line == 1
    assert [(p.code, p.line) for p in facts.problems] == [("fact-wrong", 8)]


@pytest.mark.parametrize(
    ("today", "names", "expected"),
    [
        pytest.param(date(2026, 1, 31), ["visitors"], [], id="last_day"),
        pytest.param(date(2026, 2, 1), ["visitors"], [("fact-expired", 3)], id="day_after"),
        pytest.param(date(2026, 1, 1), ["nothing"], [("fact-unknown", 0)], id="unknown"),
        pytest.param(date(2026, 1, 1), ["bad"], [("fact-unknown", 0)], id="wrong_is_unknown"),
    ],
)
def test_check(facts_file: Path, today: date, names: list[str], expected: list[object]) -> None:
    facts = read_facts(facts_file, "facts.yml")
    found = facts.check(names, "a.md", {"visitors": 3}, today)
    assert [(p.code, p.line) for p in found] == expected


@pytest.mark.parametrize(
    ("data", "line"),
    [
        pytest.param(b"a: [", 1, id="unclosed"),
        pytest.param(b"a: 1\nb: {x: 1\n", 3, id="unclosed_later"),
        pytest.param(b"- a\n", 1, id="a_list"),
        pytest.param(b"a: 1\na: 2\n", 2, id="twice"),
        pytest.param(b"a: &x [*x]\n", 1, id="endless_alias"),
        pytest.param(b"a: 2025-13-45\n", 1, id="no_such_date"),
        pytest.param(b"a: \xff\n", 0, id="not_utf8"),
        pytest.param(b"a: " + b"[" * 5000, 1, id="deep"),
    ],
)
def test_unreadable_file(tmp_path: Path, data: bytes, line: int) -> None:
    path = tmp_path / "facts.yml"
    path.write_bytes(data)
    with pytest.raises(QuangbaError) as caught:
        read_facts(path, "facts.yml")
    assert (caught.value.problem.code, caught.value.problem.line) == ("data-yaml", line)


def test_site_without_facts(tmp_path: Path) -> None:
    assert read_facts(tmp_path / "facts.yml", "facts.yml").entries == {}


@pytest.mark.parametrize(
    "change",
    [{"value": 6}, {"unit": "m"}, {"digits": 0}, {"precision": "about"}, {"as_of": "2024"}],
)
def test_fingerprint_covers_what_readers_see(change: dict[str, object]) -> None:
    base = {"value": 5, "kind": "measure", "unit": "km", "as_of": "2025"}
    one, two = Fact("x", "", **base), Fact("x", "", **{**base, **change})  # type: ignore[arg-type]
    assert one.fingerprint != two.fingerprint


@pytest.mark.parametrize("day", ["", "hôm qua", "2025-13-01", "2025-2-1"])
def test_odd_day_is_shown_as_it_is(day: str) -> None:
    assert format_day(day, "vi") == day
