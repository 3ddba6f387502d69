"""Front matter of every kind of page: what is refused, on which line, and what people are told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from quangba.errors import Severity
from quangba.source.kinds import (
    LISTED,
    LISTING,
    RECORDS,
    Checker,
    identity,
    itinerary_problems,
    kinds,
    line_at,
    near_problems,
    text_patterns,
    twins,
)
from quangba.source.labels import LABELS
from quangba.source.pages import Page, parse_page

# ----------------------------------------------------------------------------
# Helpers
# ----------------------------------------------------------------------------

SOURCE = '{title: "Bài", publisher: "Báo", date: 2025-11, url: "https://example.org/a", lang: vi}'

PROJECT = f"""---
title: "Điện gió"
type: project
sector: energy
status: calling
communes: ["phường Hạ Long"]
capital_vnd: 7396000000000
as_of: 2025
source: {SOURCE}
---
"""

EVENT = f"""---
title: "Lễ hội"
type: event
when: {{calendar: lunar, month: 1, day: 10}}
status: usual
source: {SOURCE}
---
"""


PLACE = """---
title: "Chợ"
type: place
area: giua
communes: ["phường Hạ Long"]
features: [market]
glance: []
near: [visit/mon.md]
---
"""


def page(text: str, name: str = "a.md") -> Page:
    return parse_page(Page(name, f"content/{name}", ""), text)


def found(text: str) -> list[tuple[str, int]]:
    checker = Checker(["a.md", "visit/co-to.md"], ["phường Hạ Long", "xã Bình Liêu"], ["visitors"])
    return [(problem.code, problem.line) for problem in checker.problems(page(text))]


def said(text: str, language: str) -> str:
    checker = Checker(["a.md"], ["phường Hạ Long"], [])
    return checker.problems(page(text))[0].text(language)


# ----------------------------------------------------------------------------
# Sound pages
# ----------------------------------------------------------------------------


@pytest.mark.parametrize("text", [PROJECT, EVENT], ids=["project", "event"])
def test_a_sound_page_has_no_problem(text: str) -> None:
    assert found(text) == []


def test_dates_may_be_yaml_dates_or_less_than_days() -> None:
    for day in ("2025", "2025-11", "2025-11-27", '"2025-11-27"'):
        assert found(PROJECT.replace("as_of: 2025", f"as_of: {day}")) == [], day


def test_an_undated_source_says_when_it_was_read() -> None:
    assert found(PROJECT.replace("date: 2025-11", "seen: 2026-11-22")) == []
    assert found(PROJECT.replace(" date: 2025-11,", "")) == [("kind-missing", 9)]


# ----------------------------------------------------------------------------
# What is refused
# ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(f"source: {SOURCE}\n", "", ("kind-missing", 1), id="no_source"),
        pytest.param(', publisher: "Báo"', "", ("kind-missing", 9), id="no_publisher"),
        pytest.param("sector: energy", "sector: enrgy", ("front-matter-value", 4), id="sector"),
        pytest.param("7396000000000", "-1", ("front-matter-value", 7), id="negative"),
        pytest.param(
            "7396000000000", '"7.396 tỷ"', ("front-matter-value", 7), id="text_for_number"
        ),
        pytest.param("capital_vnd", "capital_vdn", ("kind-field", 7), id="misspelled"),
        pytest.param("phường Hạ Long", "thành phố Hạ Long", ("kind-commune", 6), id="former_unit"),
        pytest.param("as_of: 2025", "as_of: 2025-13", ("front-matter-value", 8), id="month_13"),
        pytest.param("https://", "ftp://", ("front-matter-value", 9), id="address"),
        pytest.param("type: project", "type: projekt", ("front-matter-value", 3), id="kind"),
        pytest.param(
            "as_of: 2025", "as_of: 2025\nzone: x/y.md", ("kind-page", 9), id="no_such_page"
        ),
    ],
)
def test_a_wrong_project_is_refused_on_its_line(
    old: str, new: str, expected: tuple[str, int]
) -> None:
    assert old in PROJECT
    assert found(PROJECT.replace(old, new, 1)) == [expected]


@pytest.mark.parametrize(
    ("when", "line"),
    [
        pytest.param("{calendar: lunar, month: 13, day: 1}", 4, id="month_13"),
        pytest.param("{calendar: moon, month: 1, day: 1}", 4, id="calendar"),
        pytest.param("{dates: []}", 4, id="no_dates"),
        pytest.param("{dates: [{start: '2026-02-30'}]}", 4, id="no_such_day"),
    ],
)
def test_a_date_that_cannot_be_is_refused(when: str, line: int) -> None:
    text = EVENT.replace("{calendar: lunar, month: 1, day: 10}", when)
    assert [place for _, place in found(text)] == [line]


def test_every_problem_is_said_at_once_in_the_order_of_the_lines() -> None:
    text = PROJECT.replace("energy", "enrgy").replace("calling", "call").replace("2025\n", "x\n")
    assert [line for _, line in found(text)] == [4, 5, 8]


def test_messages_name_what_was_perhaps_meant() -> None:
    text = PROJECT.replace("capital_vnd", "capital_vdn")
    assert "capital_vnd" in said(text, "vi")
    assert "phường Hạ Long" in said(PROJECT.replace("Hạ Long", "Hạ Lomg"), "vi")
    assert "present-day" in said(PROJECT.replace("Hạ Long", "Hạ Lomg"), "en")


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        pytest.param("area: giua", 'area: ""', "Giá trị được phép: bac, giua.", id="area"),
        pytest.param("area: giua", "area:", "Giá trị được phép: bac, giua.", id="null"),
        pytest.param("[visit/mon.md]", '[""]', "tên một trang trong content/", id="page"),
        pytest.param('["phường Hạ Long"]', '[" "]', "content/_data/communes.yml", id="commune"),
    ],
)
@pytest.mark.parametrize("listed", [True, False], ids=["lists", "no-lists"])
def test_an_empty_name_is_called_empty(old: str, new: str, hint: str, listed: bool) -> None:
    text = PLACE.replace(old, new)
    names = {"areas": {"bac": "Bắc", "giua": "Giữa"}, "communes": ["phường Hạ Long"]}
    checker = Checker(["visit/mon.md"], **(names if listed else {}))
    [problem] = checker.problems(page(text))
    assert problem.code == "front-matter-value"
    assert "giá trị không dùng được: (trống)" in problem.text("vi")
    assert hint in problem.text("vi") or not listed


@pytest.mark.parametrize(
    ("renamed", "near"),
    [
        pytest.param({"visit/mon.md": "food/tastes.md"}, "food/tastes.md", id="renamed"),
        pytest.param({"visit/mon.md": "visit/gone.md"}, "visit/moon.md", id="gone-again"),
        pytest.param({}, "visit/moon.md", id="like-it"),
    ],
)
def test_a_page_that_is_gone_is_never_replaced_by_the_page_itself(
    renamed: dict[str, str], near: str
) -> None:
    names = ["visit/mon1.md", "visit/moon.md", "food/tastes.md"]
    itself = page(PLACE, "visit/mon1.md")
    [problem] = Checker(names, ["phường Hạ Long"], renamed=renamed).problems(itself)
    assert (problem.code, dict(problem.values)["near"]) == ("kind-page", near)


NEIGHBOURS = {
    "a.md": "article",
    "a/article.md": "article",
    "a/hub.md": "hub",
    "a/place.md": "place",
    "a/trip.md": "itinerary",
}


@pytest.mark.parametrize(
    ("here", "editions", "lines"),
    [
        pytest.param("a.md", ["portal"], [4, 5], id="article-on-the-web"),
        pytest.param("a.md", ["portal", "kiosk"], [5], id="article-with-kiosks"),
        pytest.param("a/place.md", ["portal"], [5], id="place-which-articles-list"),
        pytest.param("a/trip.md", ["portal"], [5, 7], id="trip-which-lists-nothing"),
        pytest.param("a/hub.md", ["portal", "kiosk"], [4, 5, 6, 7], id="hub"),
    ],
)
def test_a_page_that_no_list_shows_is_told_of_on_its_line(
    here: str, editions: list[str], lines: list[int]
) -> None:
    names = ["a/article.md", "a/hub.md", "a/place.md", "a/trip.md"]
    listed = "".join(f"- {name}\n" for name in names)
    itself = page(f"---\ntitle: A\nnear:\n{listed}---\n", here)
    found = list(near_problems(itself, NEIGHBOURS.__getitem__, editions))
    assert [problem.line for problem in found] == lines
    assert {(p.code, p.severity) for p in found} == {("kind-near", Severity.NOTE)}
    assert list(near_problems(page(EVENT), NEIGHBOURS.__getitem__, editions)) == []


@pytest.mark.parametrize("edition", LISTED)
def test_lists_are_those_of_the_templates(edition: str) -> None:
    partials = Path(__file__).parents[2] / "overrides" / edition / "partials"
    text = (partials / "related.html").read_text("utf-8")
    shelves = re.findall(r"^  \('(\w+)', _\(", text, re.M)
    shelves += [w for row in re.findall(r"for kind in \(([^)]+)", text) for w in row.split(", ")]
    assert tuple(kind.strip("'") for kind in shelves) == LISTED[edition]
    pages = sorted((partials / "pages").glob("*.html"))
    having = [path.stem for path in pages if "related.html" in path.read_text("utf-8")]
    assert tuple(having) == LISTING[edition]


def test_two_records_with_one_id_are_told_apart_by_kind_only() -> None:
    first, second = page(PROJECT, "invest/a.md"), page(PROJECT, "invest/old/a.md")
    event = page(EVENT, "events/a.md")
    assert identity(first) == ("project", "a")
    problems = twins([first, event, second])
    assert list(problems) == ["invest/old/a.md"]
    assert "content/invest/a.md" in problems["invest/old/a.md"].text("en")
    other = page(PROJECT.replace("type: project", "type: project\nid: b"), "invest/old/a.md")
    assert twins([first, event, other]) == {}


# ----------------------------------------------------------------------------
# Texts, lines, labels
# ----------------------------------------------------------------------------


def test_texts_of_a_kind_are_those_its_schema_marks() -> None:
    patterns = text_patterns({"type": "itinerary"}, ["title"])
    assert patterns[0] == "title"
    assert {"stops.*.title", "stops.*.text", "glance.*.label"} <= set(patterns)
    assert not any("source" in pattern or "days" in pattern for pattern in patterns)
    assert {"video.transcript", "video.transcript.*"} <= set(patterns)
    assert text_patterns({"type": "something-else"}, ["title"]) == ["title"]


def test_lines_are_those_of_the_file() -> None:
    text = "---\ntitle: A\nstops:\n- day: 1\n  text: b\n- day: 2\n  text: c\n---\n"
    assert line_at(page(text), ("stops", 1, "text")) == 7
    assert line_at(page(text), ("stops", 0, "place")) == 4
    assert line_at(page("no front matter"), ("title",)) == 1


FAMILIES = {
    ("place", "features"): "feature",
    ("project", "sector"): "sector",
    ("project", "status"): "project_status",
    ("zone", "zone_kind"): "zone_kind",
    ("zone", "status"): "zone_status",
    ("gate", "gate_kind"): "gate_kind",
    ("gate", "users"): "users",
    ("gate", "status"): "gate_status",
    ("event", "status"): "event_status",
    ("contact", "audience"): "audience",
}


@pytest.mark.parametrize(("kind", "field"), FAMILIES)
def test_every_value_that_a_page_shows_has_a_label(kind: str, field: str) -> None:
    schema = kinds()[kind].schema["properties"][field]
    values = schema.get("enum") or schema["items"]["enum"]
    assert set(values) == set(LABELS[FAMILIES[kind, field]])


def test_every_kind_has_a_label_and_a_schema() -> None:
    assert set(RECORDS) <= set(kinds())
    assert set(kinds()) <= set(LABELS["kind"])


def test_schemas_are_strict_yaml_without_unknown_words() -> None:
    known = {"$defs", "properties", "required"}
    folder = Path(__file__).parents[2] / "scripts" / "quangba" / "source" / "kinds"
    for path in folder.glob("*.yml"):
        assert set(yaml.safe_load(path.read_text(encoding="utf-8"))) <= known, path.name


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("type: project", "type: [project]", ("front-matter-value", 3), id="kind_list"),
        pytest.param('title: "Điện gió"', "title:", ("front-matter-value", 2), id="no_title"),
        pytest.param('"Điện gió"', '"\u00a0"', ("front-matter-value", 2), id="blank_title"),
        pytest.param("7396000000000", ".inf", ("front-matter-value", 7), id="infinite"),
        pytest.param("7396000000000", ".nan", ("front-matter-value", 7), id="not_a_number"),
        pytest.param("7396000000000", "7396", ("front-matter-value", 7), id="billions"),
        pytest.param("7396000000000", "9" * 90, ("front-matter-value", 7), id="huge"),
    ],
)
def test_values_that_no_writer_could_use_are_refused(
    old: str, new: str, expected: tuple[str, int]
) -> None:
    assert found(PROJECT.replace(old, new, 1)) == [expected]


def test_days_in_years_that_no_calendar_reaches_are_slips() -> None:
    for day in ("0001-01-01", "9999-12-31"):
        text = EVENT.replace(
            "{calendar: lunar, month: 1, day: 10}", f"{{dates: [{{start: {day}}}]}}"
        )
        assert found(text) == [("front-matter-value", 4)], day


@pytest.mark.parametrize(("days", "expected"), [("2", []), ("1.5", []), ("1", [8])])
def test_a_trip_has_no_stop_after_its_last_day(days: str, expected: list[int]) -> None:
    text = f"""---
title: "Hai ngày"
type: itinerary
days: {days}
start: a.md
stops:
- {{day: 1, place: a.md, text: "Sáng"}}
- {{day: 2, place: a.md, text: "Chiều"}}
---
"""
    assert [problem.line for problem in itinerary_problems(page(text))] == expected


def test_no_page_chooses_a_template() -> None:
    text = PROJECT.replace("type: project", "type: project\ntemplate: ../../etc/passwd")
    assert found(text) == [("kind-field", 4)]


def test_a_contact_has_a_value_or_null() -> None:
    text = f"""---
title: "Ban"
type: contact
audience: investors
languages: [vi]
phone: {{as_of: 2026-01, source: {SOURCE}}}
email: null
---
"""
    assert found(text) == [("kind-missing", 6)]


def test_lists_where_a_name_belongs_are_refused() -> None:
    text = PROJECT.replace("as_of: 2025", "as_of: 2025\nzone: [a.md]")
    assert found(text) == [("kind-page", 9)]
    assert found(PROJECT.replace('"phường Hạ Long"', "[x]")) == [("kind-commune", 6)]
