"""
The Vietnamese lunar calendar, reckoned in Việt Nam's time (UTC+7).

Rules and series: Hồ Ngọc Đức, “Thuật toán tính âm lịch” (Computing the Vietnamese lunar calendar),
after Jean Meeus, “Astronomical Algorithms” (1998). A month begins on the day of a new moon; the
winter solstice falls in month 11; of the thirteen months between two such months, the first one in
which the sun enters no new sign of 30° is a leap month. China reckons in UTC+8, so that a new moon
near midnight parts the calendars by a day, or by a month as in 1985.

Against an ephemeris (PyEphem 4.2, 2,499 new moons from 1900 to 2101) the series misses the day
three times, each time by less than two minutes at midnight: in 1944, 2072 and 2077. Before 1968
Việt Nam reckoned in UTC+8; this module reckons all years alike.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache
from math import floor, radians, sin

from quangba.source.facts import locale_of
from quangba.source.labels import LABELS

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FIRST, LAST = 1900, 2100
"""Lunar years that the series was tried on."""

ZONE = 7 / 24
"""Việt Nam's time, in days ahead of UTC."""

JULIAN = 1721425
"""What turns ``date.toordinal()`` into a Julian day number."""

SYNODIC = 29.530588853
"""Days from one new moon to the next, on average."""

EPOCH = 2415021.076998695
"""Julian date of the new moon of index 0, on 1 January 1900."""

SYNODIC_MEAN = 29.53058868
"""The month of Meeus's series of 1900."""

PERIODIC = (
    (0.0021, 2, 0, 0),
    (-0.4068, 0, 1, 0),
    (0.0161, 0, 2, 0),
    (-0.0004, 0, 3, 0),
    (0.0104, 0, 0, 2),
    (-0.0051, 1, 1, 0),
    (-0.0074, 1, -1, 0),
    (0.0004, 1, 0, 2),
    (-0.0004, -1, 0, 2),
    (-0.0006, 0, 1, 2),
    (0.0010, 0, -1, 2),
    (0.0005, 1, 2, 0),
)
"""Days, and multiples of the anomalies of sun and moon and of the moon's argument of latitude."""

PLACE = re.compile(r"\{\w*\}")
"""``{day}``, in a pattern of words."""

DIGITS_ZH = "一二三四五六七八九十"

MONTHS = {
    "vi": [
        "Giêng",
        "Hai",
        "Ba",
        "Tư",
        "Năm",
        "Sáu",
        "Bảy",
        "Tám",
        "Chín",
        "Mười",
        "Mười Một",
        "Chạp",
    ],
    "en": [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
    ],
    "zh": ["正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"],
}
"""Names of months where they are no figures."""

WORDS = {
    "vi": (
        "{day} tháng {month} âm lịch",
        "từ {day} đến {end_day} tháng {month} âm lịch",
        "từ {day} tháng {month} đến {end_day} tháng {end_month} âm lịch",
        "từ {day} tháng {month} đến hết tháng {end_month} âm lịch",
    ),
    "en": (
        "{day} day of the {month} lunar month",
        "{day} to {end_day} day of the {month} lunar month",
        "{day} day of the {month} lunar month to the {end_day} day of the {end_month}",
        "{day} day of the {month} lunar month to the end of the {end_month}",
    ),
    "zh": (
        "农历{month}月{day}",
        "农历{month}月{day}至{end_day}",
        "农历{month}月{day}至{end_month}月{end_day}",
        "农历{month}月{day}至{end_month}月底",
    ),
    "ja": (
        "旧暦{month}月{day}日",
        "旧暦{month}月{day}日～{end_day}日",
        "旧暦{month}月{day}日～{end_month}月{end_day}日",
        "旧暦{month}月{day}日～{end_month}月末",
    ),
    "ko": (
        "음력 {month}월 {day}일",
        "음력 {month}월 {day}일~{end_day}일",
        "음력 {month}월 {day}일~{end_month}월 {end_day}일",
        "음력 {month}월 {day}일~{end_month}월 말",
    ),
    "fr": (
        "{day} jour du {month} mois lunaire",
        "du {day} au {end_day} jour du {month} mois lunaire",
        "du {day} jour du {month} mois lunaire au {end_day} jour du {end_month}",
        "du {day} jour du {month} mois lunaire à la fin du {end_month}",
    ),
}
"""
How a language writes lunar dates (CLDR, through Babel, knows only the Gregorian calendar): one day,
days of one month, days of two months, and up to the last day of a month.
"""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Month:
    """One month of a lunar year."""

    year: int
    number: int
    """1 to 12; a leap month has the number of the month before it."""
    leap: bool
    first: date
    """The day of the new moon, in Việt Nam."""
    days: int
    """29 or 30."""


@dataclass(frozen=True)
class LunarDay:
    """A day as the lunar calendar names it."""

    year: int
    month: int
    day: int
    leap: bool = False
    """Whether the month is the leap month of that number."""


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def today() -> date:
    """Return the day that it is in Việt Nam, wherever this computer stands."""
    return datetime.now(timezone(timedelta(days=ZONE))).date()


def to_lunar(day: date) -> LunarDay:
    """
    Return the lunar date of a day; raises ``ValueError`` outside the years it can reckon.

    >>> to_lunar(date(2026, 2, 17))
    LunarDay(year=2026, month=1, day=1, leap=False)
    """
    year = day.year
    if year > LAST or day < months(year)[0].first:
        year -= 1
    found = months(year)
    month = found[bisect_right([month.first for month in found], day) - 1]
    number = (day - month.first).days + 1
    if number > month.days:
        raise ValueError(f"{day} is after the lunar year {LAST}")
    return LunarDay(year, month.number, number, month.leap)


def to_solar(year: int, month: int, day: int, *, leap: bool = False) -> date:
    """
    Return the day of a lunar date; raises ``ValueError`` for one that does not exist.

    >>> str(to_solar(1985, 1, 1))
    '1985-01-21'
    """
    found = month_of(year, month, leap=leap)
    if not 1 <= day <= found.days:
        raise ValueError(f"month {month} of {year} has {found.days} days, not {day}")
    return found.first + timedelta(days=day - 1)


def month_of(year: int, number: int, *, leap: bool = False) -> Month:
    """
    Return a month; raises ``ValueError`` for one that does not exist.

    >>> month_of(2025, 6, leap=True).days
    29
    """
    for month in months(year):
        if (month.number, month.leap) == (number, leap):
            return month
    raise ValueError(f"{year} has no {'leap ' if leap else ''}month {number}")


def leap_month(year: int) -> int | None:
    """
    Return the number of the leap month of a lunar year, None for a year of twelve months.

    >>> leap_month(2025), leap_month(2026)
    (6, None)
    """
    return next((month.number for month in months(year) if month.leap), None)


@cache
def months(year: int) -> tuple[Month, ...]:
    """Return the twelve or thirteen months of a lunar year; raises ``ValueError`` for others."""
    if not FIRST <= year <= LAST:
        raise ValueError(f"{year} is not between {FIRST} and {LAST}")
    named = [*between_solstices(year), *between_solstices(year + 1)]
    # Months 11 and 12 before the first one belong to the year before.
    first = next(i for i, (_, number, _) in enumerate(named) if number == 1)
    after = next(i for i, (_, number, _) in enumerate(named) if number == 1 and i > first + 10)
    return tuple(
        Month(year, number, leap, start, (named[i + 1][0] - start).days)
        for i, (start, number, leap) in enumerate(named[:after])
        if i >= first
    )


@cache
def between_solstices(year: int) -> list[tuple[date, int, bool]]:
    """Return (first day, number, leap) of the months from month 11 of the year before on."""
    first, end = solstice_moon(year - 1), solstice_moon(year)
    starts = [new_moon(index) for index in range(first, end + 1)]
    signs = [sign_of_sun(start) for start in starts]
    leap = None
    if len(starts) > 13:
        leap = next(i for i in range(1, 13) if signs[i] == signs[i + 1])
    found, number = [], 10
    for i, start in enumerate(starts[:-1]):
        number += i != leap
        found.append((start, (number - 1) % 12 + 1, i == leap))
    return found


@cache
def solstice_moon(year: int) -> int:
    """Return the index of the new moon that begins month 11, in which the winter solstice falls."""
    last = date(year, 12, 31).toordinal() + JULIAN
    index = floor((last - 2415021) / SYNODIC)
    # From 270° on the solstice was before this month.
    return index - 1 if sign_of_sun(new_moon(index)) >= 9 else index


@cache
def new_moon(index: int) -> date:
    """Return the day of a new moon in Việt Nam, counted from the first one of 1900."""
    t = index / 1236.85  # Julian centuries from 1900 January 0.5
    mean = 2415020.75933 + SYNODIC_MEAN * index + 0.0001178 * t**2 - 0.000000155 * t**3
    mean += 0.00033 * sine(166.56 + 132.87 * t - 0.009173 * t**2)
    sun = 359.2242 + 29.10535608 * index - 0.0000333 * t**2 - 0.00000347 * t**3
    moon = 306.0253 + 385.81691806 * index + 0.0107306 * t**2 + 0.00001236 * t**3
    latitude = 21.2964 + 390.67050646 * index - 0.0016528 * t**2 - 0.00000239 * t**3
    terms = (0.1734 - 0.000393 * t) * sine(sun) + sum(
        size * sine(a * sun + b * moon + c * latitude) for size, a, b, c in PERIODIC
    )
    # Terrestrial time minus universal time, in days.
    ahead = -0.000278 + 0.000265 * t + 0.000262 * t**2
    return date.fromordinal(floor(mean + terms - ahead + 0.5 + ZONE) - JULIAN)


def sign_of_sun(day: date) -> int:
    """Return in which of twelve signs of 30° the sun stands when a day begins in Việt Nam."""
    t = (day.toordinal() + JULIAN - 2451545.5 - ZONE) / 36525  # Julian centuries from 2000
    anomaly = 357.52910 + 35999.05030 * t - 0.0001559 * t**2 - 0.00000048 * t**3
    longitude = 280.46645 + 36000.76983 * t + 0.0003032 * t**2
    longitude += (1.914600 - 0.004817 * t - 0.000014 * t**2) * sine(anomaly)
    longitude += (0.019993 - 0.000101 * t) * sine(2 * anomaly) + 0.000290 * sine(3 * anomaly)
    return floor(longitude % 360 / 30)


def sine(degrees: float) -> float:
    """Return the sine of an angle in degrees."""
    return sin(radians(degrees))


def in_words(
    month: int,
    day: int,
    end_month: int | None,
    end_day: int | None,
    language: str,
    interface: Callable[[str], str] = str,
) -> str:
    """
    Say a lunar date, or the days from one to another, in a language.

    A language that is not in :data:`WORDS` says it in plain words, which ``interface`` translates;
    English where nobody did.

    >>> in_words(1, 10, None, None, 'vi'), in_words(1, 10, 3, 30, 'zh')
    ('ngày 10 tháng Giêng âm lịch', '农历正月初十至三月底')
    """
    code = language if language in WORDS else locale_of(language).language
    patterns = WORDS.get(code) or translated(interface)
    if patterns is None:
        code, patterns = "en", WORDS["en"]
    one, same, two, to_end = patterns
    end_month = end_month or month
    end_day = 30 if end_day is None and end_month != month else end_day or day
    if (month, day) == (end_month, end_day):
        pattern = one
    elif month == end_month:
        pattern = same
    else:
        pattern = to_end if end_day == 30 else two
    return pattern.format(
        day=day_word(day, code),
        month=month_word(month, code),
        end_day=day_word(end_day, code),
        end_month=month_word(end_month, code),
    )


def translated(interface: Callable[[str], str]) -> tuple[str, str, str, str] | None:
    """Return the patterns of a lunar date as ``ui.po`` has them; None when one cannot be used."""
    plain = LABELS["lunar"].values()
    one, same, two, to_end = map(interface, plain)
    found = one, same, two, to_end
    for pattern, text in zip(plain, found, strict=True):
        whole = Counter(PLACE.findall(text)) == Counter(PLACE.findall(pattern))
        if text == pattern or not whole or set("{}") & set(PLACE.sub("", text)):
            return None
    return found


def month_word(month: int, language: str) -> str:
    """Return the name of a month."""
    if language in MONTHS:
        return MONTHS[language][month - 1]
    return ordinal(month, language)


def day_word(day: int, language: str) -> str:
    """
    Return a day as its language counts days of the moon.

    >>> [day_word(day, 'zh') for day in (4, 10, 15, 20, 24, 30)]
    ['初四', '初十', '十五', '二十', '廿四', '三十']
    """
    if language == "vi":
        return f"mùng {day}" if day < 10 else f"ngày {day}"
    if language == "zh":
        tens, ones = divmod(day - 1, 10)
        if day in (20, 30):
            return DIGITS_ZH[tens] + "十"
        return "初十廿三"[tens] + DIGITS_ZH[ones]
    return ordinal(day, language)


def ordinal(number: int, language: str) -> str:
    """
    Return a number as the name of a day or month.

    >>> ordinal(1, 'fr'), ordinal(22, 'en'), ordinal(11, 'en'), ordinal(3, 'ko')
    ('1er', '22nd', '11th', '3')
    """
    if language == "fr":
        return "1er" if number == 1 else f"{number}e"
    if language == "en":
        ending = (
            "th" if number in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        )
        return f"{number}{ending}"
    return str(number)
