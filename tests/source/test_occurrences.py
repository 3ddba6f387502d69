from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quangba.errors import Severity
from quangba.source.occurrences import (
    event_problems,
    interval,
    next_day,
    occurrence_views,
    occurrences,
)
from quangba.source.pages import Page, parse_page

TODAY = date(2026, 11, 26)
SOURCE = {"title": "Thông báo", "publisher": "Sở Văn hóa", "date": "2026-01-05"}


def event(when: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "event", "when": when, "status": "usual", **more}


def lunar(month: int, day: int, **more: int) -> dict[str, Any]:
    return {"calendar": "lunar", "month": month, "day": day, **more}


def solar(month: int, day: int, **more: int) -> dict[str, Any]:
    return {"calendar": "solar", "month": month, "day": day, **more}


def days(meta: dict[str, Any], today: date = TODAY) -> list[str]:
    return [f"{item.start}/{item.end}" for item in occurrences(meta, today)]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        pytest.param(
            lunar(1, 10, end_month=3, end_day=30),
            ["2026-02-26/2026-05-16", "2027-02-15/2027-05-05"],
            id="yen_tu_to_the_end_of_month_3",
        ),
        pytest.param(
            lunar(1, 10, end_month=3),
            ["2026-02-26/2026-05-16", "2027-02-15/2027-05-05"],
            id="end_month_alone",
        ),
        pytest.param(lunar(3, 8), ["2026-04-24/2026-04-24", "2027-04-14/2027-04-14"], id="one_day"),
        pytest.param(
            lunar(6, 10, end_day=20),
            ["2026-07-23/2026-08-02", "2027-07-13/2027-07-23"],
            id="days_of_one_month",
        ),
        pytest.param(
            lunar(12, 23, end_month=1, end_day=7),
            ["2026-02-10/2026-02-23", "2027-01-30/2027-02-12"],
            id="over_the_lunar_new_year",
        ),
        pytest.param(
            solar(12, 30, end_month=1, end_day=2),
            ["2025-12-30/2026-01-02", "2026-12-30/2027-01-02", "2027-12-30/2028-01-02"],
            id="over_the_solar_new_year",
        ),
        pytest.param(
            solar(2, 29), ["2026-02-28/2026-02-28", "2027-02-28/2027-02-28"], id="leap_day"
        ),
        pytest.param(solar(4, 31), ["2026-04-30/2026-04-30", "2027-04-30/2027-04-30"], id="31st"),
    ],
)
def test_rules(when: dict[str, Any], expected: list[str]) -> None:
    assert days(event(when)) == expected


def test_the_last_day_stands_for_a_day_that_a_month_lacks() -> None:
    # Month 5 of 2025 has 29 days: day 30 is 24 June, the day before the one of the facts.
    assert days(event(lunar(5, 30)), date(2025, 1, 1))[0] == "2025-06-24/2025-06-24"


def test_a_rule_means_the_plain_month() -> None:
    # 2025 has month 6 twice.
    assert days(event(lunar(6, 18)), date(2025, 1, 1))[0] == "2025-07-12/2025-07-12"


def test_an_event_late_in_the_lunar_year_falls_into_the_next() -> None:
    found = occurrences(event(lunar(12, 1)), TODAY)
    assert [str(item.start) for item in found] == ["2026-01-19", "2027-01-08", "2027-12-28"]
    assert [item.key for item in found] == ["2025", "2026", "2027"]


def test_an_edition_takes_the_place_of_the_rule_in_its_year() -> None:
    edition = {"start": "2026-02-24", "end": "2026-03-01", "source": SOURCE}
    found = occurrences(event(lunar(1, 10), about=True, editions=[edition]), TODAY)
    assert [(str(item.start), item.exact, item.key) for item in found] == [
        ("2026-02-24", True, "2026"),
        ("2027-02-15", False, "2027"),
    ]
    assert found[0].source == SOURCE
    assert found[1].source is None


def test_an_edition_before_tet_is_still_that_of_the_year() -> None:
    edition = {"start": "2027-02-05", "source": SOURCE}
    assert days(event(lunar(1, 1), editions=[edition])) == [
        "2026-02-17/2026-02-17",
        "2027-02-05/2027-02-05",
    ]


def test_an_edition_half_a_year_away_is_that_of_its_own_year() -> None:
    edition = {"start": "2026-09-20", "end": "2026-09-22", "source": SOURCE}
    assert days(event(lunar(2, 3), editions=[edition])) == [
        "2026-09-20/2026-09-22",
        "2027-03-10/2027-03-10",
    ]


def test_two_editions_of_one_year_keep_names_of_their_own() -> None:
    pair = [{"start": "2026-04-20", "source": SOURCE}, {"start": "2026-05-02", "source": SOURCE}]
    found = occurrences(event(solar(4, 30), editions=pair), TODAY)
    assert [item.key for item in found] == ["2026", "2026+2", "2027"]


def test_one_off_dates_are_shown_whatever_their_year() -> None:
    dates = [{"start": "2023-04-28", "end": "2023-05-01"}, {"start": "2026-04-30"}]
    assert days(event({"dates": dates})) == ["2023-04-28/2023-05-01", "2026-04-30/2026-04-30"]


def test_nothing_is_sure_that_nobody_confirmed() -> None:
    edition = {"start": "2026-02-24", "source": SOURCE}
    found = occurrences(event(lunar(1, 10), editions=[edition]) | {"status": "unconfirmed"}, TODAY)
    assert [item.sure for item in found] == [True, False]
    dates = [{"start": "2026-12-20"}, {"start": "2026-12-30", "source": SOURCE}]
    found = occurrences(event({"dates": dates}) | {"status": "unconfirmed"}, TODAY)
    assert [item.sure for item in found] == [False, True]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        pytest.param("2026-01-01", "2026-02-26", id="coming"),
        pytest.param("2026-05-16", "2026-02-26", id="on_until_tonight"),
        pytest.param("2026-05-17", "2027-02-15", id="over"),
    ],
)
def test_next_day(today: str, expected: str) -> None:
    meta = event(lunar(1, 10, end_month=3, end_day=30))
    assert next_day(meta, date.fromisoformat(today)) == date.fromisoformat(expected)


def test_an_event_that_is_over_has_no_next_day() -> None:
    assert next_day(event({"dates": [{"start": "2023-04-28"}]}), TODAY) is None


PAGE = """---
title: Lễ hội
type: event
status: usual
{when}
---
"""


@pytest.mark.parametrize(
    ("when", "code", "line", "words"),
    [
        pytest.param(
            "when: {calendar: lunar, month: 6, day: 20, end_day: 10}",
            "event-ends-first",
            5,
            "`when: end_day`",
            id="same_month",
        ),
        pytest.param(
            "when: {calendar: solar, month: 6, day: 20, end_month: 6, end_day: 10}",
            "event-ends-first",
            5,
            "20/6",
            id="same_month_named_twice",
        ),
        pytest.param(
            "when:\n  dates:\n  - start: 2026-03-01\n    end: 2026-02-01",
            "event-ends-first",
            8,
            "`when: dates 1: end` sớm hơn 1 tháng 3 năm 2026",
            id="date",
        ),
        pytest.param(
            "when: {calendar: lunar, month: 6, day: 20}\n"
            "editions:\n  - {start: 2026-03-02, end: 2026-03-01, source: {title: a}}",
            "event-ends-first",
            7,
            "`editions 1: end`",
            id="edition",
        ),
        pytest.param(
            "when: {calendar: lunar, month: 6, day: 20}\neditions:\n  - {start: 2026-03-02}",
            "kind-missing",
            7,
            "`editions 1: source`",
            id="edition_without_source",
        ),
        pytest.param(
            "when: {calendar: lunar, month: 6, day: 31}",
            "front-matter-value",
            5,
            "1–30",
            id="lunar_31st",
        ),
        pytest.param(
            "when: {calendar: solar, month: 2, day: 1, end_day: 30}",
            "front-matter-value",
            5,
            "1–29",
            id="30_february",
        ),
    ],
)
def test_problems(when: str, code: str, line: int, words: str) -> None:
    page = parse_page(Page("events/a.md", "content/events/a.md", ""), PAGE.replace("{when}", when))
    (problem,) = event_problems(page)
    assert (problem.code, problem.line, problem.severity) == (code, line, Severity.ERROR)
    assert words in problem.text("vi")


def test_sound_events_and_other_kinds_have_no_problems() -> None:
    crossing = event(lunar(12, 23, end_month=1, end_day=7))
    assert not list(event_problems(Page("a.md", "a.md", "", crossing)))
    wrong = event(lunar(6, 20, end_day=10)) | {"type": "place"}
    assert not list(event_problems(Page("a.md", "a.md", "", wrong)))


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 40) | st.text(max_size=12) | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["calendar", "month", "day", "end_month", "end_day", "dates", "start"]),
            inner | st.sampled_from(["lunar", "solar", "2026-02-30", "2026-03-01"]),
            max_size=5,
        )
    ),
    max_leaves=8,
)


@given(JUNK, JUNK, st.dates(date(1, 1, 2), date(9998, 1, 1)))
def test_no_front_matter_breaks_it(when: Any, editions: Any, today: date) -> None:
    meta = event(when, editions=editions)
    for item in occurrences(meta, today):
        assert item.start <= item.end
    list(event_problems(Page("a.md", "a.md", "---\n---\n", meta)))


@given(st.integers(1, 12), st.integers(1, 30), st.integers(1, 12), st.integers(1, 30))
def test_every_sound_rule_gives_days_this_and_next_year(
    month: int, day: int, end_month: int, end_day: int
) -> None:
    meta = event(lunar(month, day, end_month=end_month, end_day=end_day))
    found = occurrences(meta, TODAY)
    if list(event_problems(Page("a.md", "a.md", "", meta))):
        assert (end_month, end_day) < (month, day)
    else:
        assert len(found) in (2, 3)


def test_views() -> None:
    edition = {"start": "2026-02-24", "end": "2026-03-01", "source": SOURCE}
    meta = event(lunar(1, 10), about=True, editions=[edition])
    first, second = occurrence_views(meta, "vi", TODAY, lambda text: f"khoảng {{date}}<{len(text)}")
    assert first == {
        "start": "2026-02-24",
        "end": "2026-03-01",
        "text": "24 tháng 2 – 1 tháng 3 năm 2026",
        "rule": "ngày 10 tháng Giêng âm lịch",
        "past": True,
        "exact": True,
        "sure": True,
        "source": SOURCE,
    }
    assert second["text"] == "khoảng 15 tháng 2 năm 2027&lt;13"
    assert not second["past"]


def test_a_translation_that_lost_the_date_is_not_used() -> None:
    view = occurrence_views(event(lunar(1, 10), about=True), "en", TODAY, lambda _: "around")[0]
    assert view["text"] == "around 26 February 2026"
    assert occurrence_views(event(solar(1, 10)), "en", TODAY)[0]["rule"] == ""


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param(
            "2026-06-01",
            "2026-06-04",
            (
                "1–4 tháng 6 năm 2026",
                "1–4 June 2026",
                "2026年6月1日至4日",
                "2026年6月1日～4日",
                "2026년 6월 1일~4일",
                "1er–4 juin 2026",
            ),
            id="days",
        ),
        pytest.param(
            "2026-12-30",
            "2027-01-01",
            (
                "30 tháng 12 năm 2026 – 1 tháng 1 năm 2027",
                "30 December 2026 – 1 January 2027",
                "2026年12月30日至2027年1月1日",
                "2026年12月30日～2027年1月1日",
                "2026년 12월 30일 ~ 2027년 1월 1일",
                "30 décembre 2026 – 1er janvier 2027",
            ),
            id="years",
        ),
    ],
)
def test_intervals(start: str, end: str, expected: tuple[str, ...]) -> None:
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    found = tuple(interval(first, last, code) for code in ("vi", "en", "zh", "ja", "ko", "fr"))
    assert found == expected
