from __future__ import annotations

import itertools
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quangba.source.lunar import (
    FIRST,
    LAST,
    in_words,
    leap_month,
    month_of,
    months,
    to_lunar,
    to_solar,
    today,
)

LANGUAGES = ("vi", "en", "zh", "ja", "ko", "fr")


@pytest.mark.parametrize(
    "day",
    [
        "1968-01-29",  # China: 30 January
        "1969-02-16",  # China: 17 February
        "1975-02-11",
        "1985-01-21",  # China: 20 February
        "1990-01-27",
        "1995-01-31",
        "2000-02-05",
        "2005-02-09",
        "2007-02-17",  # China: 18 February
        "2010-02-14",
        "2015-02-19",
        "2020-01-25",
        "2021-02-12",
        "2022-02-01",
        "2023-01-22",
        "2024-02-10",
        "2025-01-29",
        "2026-02-17",
        "2027-02-06",
        "2028-01-26",
        "2029-02-13",
        "2030-02-02",  # China: 3 February
        "2031-01-23",
    ],
)
def test_tet(day: str) -> None:
    tet = date.fromisoformat(day)
    assert to_solar(tet.year, 1, 1) == tet
    found = to_lunar(tet)
    assert (found.year, found.month, found.day, found.leap) == (tet.year, 1, 1, False)


@pytest.mark.parametrize(
    ("year", "month"),
    [
        pytest.param(1984, None, id="china_has_month_10"),
        pytest.param(1985, 2, id="china_has_none"),
        pytest.param(1987, 7, id="china_has_month_6"),
        pytest.param(2004, 2, id="2004"),
        pytest.param(2006, 7, id="2006"),
        pytest.param(2009, 5, id="2009"),
        pytest.param(2012, 4, id="2012"),
        pytest.param(2014, 9, id="2014"),
        pytest.param(2017, 6, id="2017"),
        pytest.param(2020, 4, id="2020"),
        pytest.param(2023, 2, id="2023"),
        pytest.param(2025, 6, id="2025"),
        pytest.param(2026, None, id="2026"),
        pytest.param(2028, 5, id="2028"),
        pytest.param(2033, 11, id="leap_month_after_the_solstice"),
    ],
)
def test_leap_months(year: int, month: int | None) -> None:
    assert leap_month(year) == month
    assert len(months(year)) == (12 if month is None else 13)


@pytest.mark.parametrize(
    ("lunar", "solar"),
    [
        pytest.param((2018, 3, 10), "2018-04-25", id="hung_kings_2018"),
        pytest.param((2024, 3, 10), "2024-04-18", id="hung_kings_2024"),
        pytest.param((2025, 3, 10), "2025-04-07", id="hung_kings_2025"),
        pytest.param((2026, 3, 10), "2026-04-26", id="hung_kings_2026"),
        pytest.param((2025, 1, 10), "2025-02-07", id="yen_tu_opened_2025"),
        pytest.param((2025, 8, 15), "2025-10-06", id="after_a_leap_month"),
        pytest.param((2024, 12, 29), "2025-01-28", id="new_years_eve_of_29"),
    ],
)
def test_known_days(lunar: tuple[int, int, int], solar: str) -> None:
    assert to_solar(*lunar) == date.fromisoformat(solar)


def test_tra_co_2025_as_reported() -> None:
    # The facts say: from the 30th day of the fifth lunar month, in 2025 on 25 to 28 June.
    assert to_solar(2025, 6, 1) == date(2025, 6, 25)
    assert month_of(2025, 5).days == 29


def test_every_year_is_whole() -> None:
    for year in range(FIRST, LAST + 1):
        found = months(year)
        assert len(found) in (12, 13)
        assert all(month.days in (29, 30) for month in found)
        plain = [month.number for month in found if not month.leap]
        assert plain == list(range(1, 13))
        assert sum(month.leap for month in found) == len(found) - 12
        for before, after in itertools.pairwise(found):
            assert before.first + timedelta(days=before.days) == after.first
        if year < LAST:
            end = found[-1].first + timedelta(days=found[-1].days)
            assert end == months(year + 1)[0].first
        assert date(year, 1, 20) <= found[0].first <= date(year, 2, 21)


@given(st.dates(date(1900, 1, 31), date(2101, 1, 28)))
def test_round_trip(day: date) -> None:
    lunar = to_lunar(day)
    assert to_solar(lunar.year, lunar.month, lunar.day, leap=lunar.leap) == day


@pytest.mark.parametrize(
    ("arguments", "leap"),
    [
        pytest.param((2026, 2, 1), True, id="no_leap_month"),
        pytest.param((2025, 5, 30), False, id="short_month"),
        pytest.param((2025, 13, 1), False, id="month_13"),
        pytest.param((2025, 1, 0), False, id="day_0"),
        pytest.param((1899, 1, 1), False, id="too_early"),
        pytest.param((2101, 1, 1), False, id="too_late"),
    ],
)
def test_what_does_not_exist(arguments: tuple[int, int, int], leap: bool) -> None:
    with pytest.raises(ValueError, match=r"\d"):
        to_solar(*arguments, leap=leap)


@pytest.mark.parametrize("day", [date(1900, 1, 30), date(2101, 1, 29), date(9999, 1, 1)])
def test_days_out_of_reach(day: date) -> None:
    with pytest.raises(ValueError, match=r"\d"):
        to_lunar(day)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        pytest.param(
            (1, 10, None, None),
            (
                "ngày 10 tháng Giêng âm lịch",
                "10th day of the first lunar month",
                "农历正月初十",
                "旧暦1月10日",
                "음력 1월 10일",
                "10e jour du 1er mois lunaire",
            ),
            id="day",
        ),
        pytest.param(
            (6, 1, None, 22),
            (
                "từ mùng 1 đến ngày 22 tháng Sáu âm lịch",
                "1st to 22nd day of the sixth lunar month",
                "农历六月初一至廿二",
                "旧暦6月1日～22日",
                "음력 6월 1일~22일",
                "du 1er au 22e jour du 6e mois lunaire",
            ),
            id="days_of_a_month",
        ),
        pytest.param(
            (12, 23, 1, 7),
            (
                "từ ngày 23 tháng Chạp đến mùng 7 tháng Giêng âm lịch",
                "23rd day of the twelfth lunar month to the 7th day of the first",
                "农历十二月廿三至正月初七",
                "旧暦12月23日～1月7日",
                "음력 12월 23일~1월 7일",
                "du 23e jour du 12e mois lunaire au 7e jour du 1er",
            ),
            id="days_of_two_months",
        ),
        pytest.param(
            (1, 10, 3, None),
            (
                "từ ngày 10 tháng Giêng đến hết tháng Ba âm lịch",
                "10th day of the first lunar month to the end of the third",
                "农历正月初十至三月底",
                "旧暦1月10日～3月末",
                "음력 1월 10일~3월 말",
                "du 10e jour du 1er mois lunaire à la fin du 3e",
            ),
            id="to_the_end_of_a_month",
        ),
    ],
)
def test_words(rule: tuple[int, int, int | None, int | None], expected: tuple[str, ...]) -> None:
    assert tuple(in_words(*rule, language) for language in LANGUAGES) == expected
    assert in_words(*rule, "de") == expected[1]


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the time zone is the system's")
@pytest.mark.parametrize("zone", ["Etc/GMT+12", "Etc/GMT-14"])
def test_today_does_not_depend_on_where_a_build_runs(
    monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        days = {(datetime.now(UTC) + timedelta(hours=7)).date() for _ in range(2)} | {today()}
    time.tzset()
    assert len(days) == 1
