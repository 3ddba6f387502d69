"""Mistakes in numbers, dates, units, and what is the same in every language."""

from __future__ import annotations

import re
from itertools import pairwise
from random import Random

from mistakes import Corpus, Text, doubtful, mistake, other_than, pick

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

NUMBER = r"(?<![A-Za-zĐ\d.,/\0])\d+(?:[.,\u202f]\d+)*"

YEAR = r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]\d)"

MAGNITUDES = {
    "en": (r"(?<=\d[ \xa0])(thousand|million|billion|trillion)\b", ("million", "billion")),
    "zh": (r"(?<=\d)(万亿|亿|万)", ("万", "亿")),
    "ja": (r"(?<=\d)(兆|億|万)", ("万", "億")),
    "ko": (r"(?<=\d)(조|억|만)", ("만", "억")),
    "fr": (r"(?<=\d[ \xa0])(millions?|milliards?)\b", ("millions", "milliards")),
}
"""Words of magnitude behind a number, and two that are taken for each other."""

MONTHS = {
    "en": "January|February|March|April|May|June|July|August|September|October|November|December",
    "fr": "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
}

WEEKDAYS = {
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "fr": ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    "zh": [f"周{day}" for day in "一二三四五六日"],
    "ja": [f"{day}曜日" for day in "月火水木金土日"],
    "ko": [f"{day}요일" for day in "월화수목금토일"],
}

ORDINALS = {
    "en": ["first", "second", "third", "fourth", "fifth", "sixth", "seventh"],
    "fr": ["premier", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième"],
}

DATES = {
    "en": rf"\b(\d{{1,2}})([ \xa0])({MONTHS['en']})\b",
    "fr": rf"\b(\d{{1,2}})(?:er)?([ \xa0])({MONTHS['fr']})\b",
    "zh": r"(?<!\d)(\d{1,2})月(\d{1,2})日",
    "ja": r"(?<!\d)(\d{1,2})月(\d{1,2})日",
    "ko": r"(?<!\d)(\d{1,2})월 (\d{1,2})일",
}
"""A day and its month."""

SCALE = r"(?<=\d)(?:[ \xa0\u202f]?(?:[万亿億兆만억조]+|millions?|milliards?|billion|trillion))?"

CURRENCIES = {
    "en": rf"{SCALE}[ \xa0](VND|US dollars?|euros)\b",
    "zh": rf"{SCALE}(越南盾|美元|欧元)",
    "ja": rf"{SCALE}(ドン|米ドル|ユーロ)",
    "ko": rf"{SCALE} ?(동(?!안)|미국 달러|유로)",
    "fr": rf"{SCALE}[ \xa0](?:de |d’)?(VND|dongs|dollars américains|euros)\b",
}
"""A currency behind a number; a group holds it."""

MONEY = {
    "en": ("VND", "US dollars"),
    "zh": ("越南盾", "美元"),
    "ja": ("ドン", "米ドル"),
    "ko": ("동", "미국 달러"),
    "fr": ("dongs", "dollars américains"),
}

UNIT_WORDS = (
    "km²|km/h|km|m²|mm|m|hectares|ヘクタール|헥타르|公顷|平方公里|公里|平方米|毫米|米|kg|公斤|ml|毫升"
    "|°C|tonnes"
)

UNITS = rf"(?<=\d)([ \xa0\u202f]?)({UNIT_WORDS})(?![A-Za-z²/ドル])"

WRONG_UNITS = {
    "km": "m",
    "m": "km",
    "km²": "km",
    "m²": "m",
    "hectares": "km²",
    "ヘクタール": "km²",
    "헥타르": "km²",
    "公顷": "平方公里",
    "平方公里": "公里",
    "公里": "米",
    "平方米": "米",
    "米": "公里",
    "°C": "°F",
    "kg": "g",
    "公斤": "克",
    "mm": "cm",
    "毫米": "厘米",
}

SHARED = r"(?! ?(?:to|and|et|à|[–—～~至-]|から|에서|,? ?dont) ?\d)"
"""A range may name its unit once: not in front of its other end."""

LUNAR = {
    "en": r" lunar\b",
    "zh": "农历(?!正|.月初)",  # 正月初十 is a lunar day without saying so
    "ja": "旧暦",
    "ko": "음력 ",
    "fr": r" lunaire\b",
}

SOURCE_LUNAR = re.compile(r"âm lịch|Giêng|Chạp|mùng|[Rr]ằm")

COUNTED = {
    "hai": (
        "two",
        "deux",
        "[两二](?=[个座条处年项种艘间天名步地])",
        "二つ|二か所",
        r"두(?= [가-힣])",
    ),
    "ba": ("three", "trois", "三(?=[个座条处年项种艘间天名步])", "三つ|三か所", r"세(?= [가-힣])"),
    "bốn": ("four", "quatre", "四(?=[个座条处年项种艘间天名步])", "四つ|四か所", r"네(?= [가-힣])"),
    "bảy": ("seven", "sept", "七(?=[个座条处年项])", "七つ", "일곱"),
    "chín tháng": ("nine", "neuf", "九(?=个)", "九つ", "아홉"),
    "mười tháng": ("ten", "dix", "十(?=个)", "十", "열"),
}
"""Vietnamese words of number, and the same in en, fr, zh, ja, ko."""

WRONG_COUNTS = {"en": "six", "fr": "six", "zh": "六", "ja": "六つ", "ko": "여섯"}

PHONE = re.compile(r"(?:\+84|\b0\d+)(?: \d{3,4})+")

DECREE = re.compile(r"\d+/(?:\d{4}/)?[A-ZĐ]+\d*(?:-[A-ZĐ]+)*|\d+-[A-ZĐ]+/[A-ZĐ]+")

EMAIL = re.compile(r"[\w.]+@[\w.]+\w", re.ASCII)

BARE = re.compile(r"(?<![(/@.])(?:https?://|www\.)[\w./-]*\w", re.ASCII)

# ----------------------------------------------------------------------------
# Numbers
# ----------------------------------------------------------------------------


@mistake
def digit_changed(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, text.matches(NUMBER))
    if not found:
        return None
    at = random.choice([i for i, char in enumerate(found[0]) if char.isdigit()])
    return text.change(found, with_digit(random, found[0], at))


@mistake
def digit_dropped(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, text.matches(r"(?<![A-Za-zĐ\d.,/\u202f])\d{2,}(?![\d\u202f])"))
    if not found:
        return None
    at = random.randrange(len(found[0]))
    new = found[0][:at] + found[0][at + 1 :]
    return None if new.startswith("0") else text.change(found, new)


@mistake
def digits_transposed(random: Random, text: Text, corpus: Corpus) -> str | None:
    places = [
        (match.start() + at, match[0][at + 1] + match[0][at])
        for match in text.matches(NUMBER)
        for at, (one, two) in enumerate(pairwise(match[0]))
        if one.isdigit() and two.isdigit() and one != two and (two != "0" or at)
    ]
    place = pick(random, places)
    return place and text.change((place[0], place[0] + 2), place[1])


@mistake
def tenfold(random: Random, text: Text, corpus: Corpus) -> str | None:
    no_year = r"(?<![A-Za-zĐ\d.,/\u202f\0])(?!(?:19|20)\d\d(?!\d))\d+"
    whole = no_year + r"(?![\d.,\u202f]|[月日월일]|[ \xa0][A-Z])"
    found = pick(random, text.matches(whole))
    return found and text.change(found, found[0] + "0")


@mistake
def decimal_point_lost(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, text.matches(r"(?<![\d.,])\d+([.,])\d{1,2}(?![\d.,]\d)(?!\d)"))
    return found and text.change(found.span(1), "")


@mistake
def thousands_lost(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, text.matches(r"(?<=\d)[,\u202f]\d{3}(?![\d,\u202f]\d)(?!\d)"))
    return found and text.change(found, "")


@mistake
def separator_of_the_source(random: Random, text: Text, corpus: Corpus) -> str | None:
    """6,800 is written 6.800, which is less than seven in English."""
    found = pick(random, text.matches(r"(?<![\d,])[1-9]\d{0,2}(,)\d{3}(?![\d,]\d)(?!\d)"))
    return found and text.change(found.span(1), ".")


@mistake
def magnitude_exchanged(random: Random, text: Text, corpus: Corpus) -> str | None:
    pattern, words = MAGNITUDES[text.language]
    found = pick(random, text.matches(pattern))
    if not found:
        return None
    return text.change(
        found, words[1] if found[0].rstrip("s") == words[0].rstrip("s") else words[0]
    )


@mistake
def magnitude_lost(random: Random, text: Text, corpus: Corpus) -> str | None:
    pattern, _ = MAGNITUDES[text.language]
    # 2万6300 without 万 is the same number.
    found = pick(random, text.matches(rf"{pattern}(?! ?\d{{4}}){SHARED}(?: d[e’] ?| )?"))
    return found and text.change(found, "")


@mistake
def number_deleted(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, text.matches(NUMBER + r"(?:er|e|st|nd|rd|th)?[ \xa0\u202f]?"))
    return found and text.change(found, "")


@mistake
def number_added(random: Random, text: Text, corpus: Corpus) -> str | None:
    if not text.long or not text.target.endswith((".", "。")):
        return None
    number = random.randrange(31, 999)
    if str(number) in text.source + text.target:
        return None
    said = {"zh": f"（{number}个）", "ja": f"（{number}件）", "ko": f"({number}개)"}
    end = len(text.target) - 1
    return text.change((end, end), said.get(text.language, f" ({number})"))


@mistake
def year_added(random: Random, text: Text, corpus: Corpus) -> str | None:
    year = random.randrange(2011, 2024)
    if not text.long or str(year) in text.source + text.target:
        return None
    said = {
        "en": f"In {year}, ",
        "fr": f"En {year}, ",
        "zh": f"{year}年，",
        "ja": f"{year}年、",
        "ko": f"{year}년 ",
    }
    return said[text.language] + text.target if text.target[0].isalpha() else None


@mistake
def numbers_of_units_exchanged(random: Random, text: Text, corpus: Corpus) -> str | None:
    """The numbers of 46.2 km² and 18 km change places."""
    found = text.matches(rf"({NUMBER})[ \xa0\u202f]?({UNIT_WORDS}|%)(?![A-Za-z²/ドル])")
    pairs = [(one, two) for one, two in pairwise(found) if one[2] != two[2] and one[1] != two[1]]
    pair = pick(random, pairs)
    return pair and exchanged(text, pair[0].span(1), pair[1].span(1))


@doubtful
def numbers_exchanged(random: Random, text: Text, corpus: Corpus) -> str | None:
    """From 20 to 10: nothing but their order is wrong, which languages choose freely."""
    found = text.matches(NUMBER + r"(?![\d.,年月日년월일時时시分분]|er\b|:|[ \xa0][A-Zhjfmasond])")
    pairs = [(one, two) for one, two in pairwise(found) if one[0] != two[0]]
    pair = pick(random, pairs)
    return pair and exchanged(text, pair[0].span(), pair[1].span())


@mistake
def range_end_changed(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, text.matches(r"(?<=\d)[–—～~至-](\d+)"))
    return found and text.change(found.span(1), with_digit(random, found[1], len(found[1]) - 1))


@mistake
def range_end_lost(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, text.matches(r"(?<=\d)[–—～~至-]\d+"))
    return found and text.change(found, "")


@mistake
def ordinal_changed(random: Random, text: Text, corpus: Corpus) -> str | None:
    pattern = {
        "en": r"\b(\d+)(?=st|nd|rd|th)",
        "fr": r"\b(\d+)(?=er?\b)",
        "zh": r"第(\d+)",
        "ja": r"(?:第(\d+)|(\d+)(?=番目|度目|等賞))",
        "ko": r"(\d+)(?=번째|등상|분기)",
    }[text.language]
    found = pick(random, text.matches(pattern))
    if not found:
        return None
    group = found.lastindex or 0
    return text.change(found.span(group), str(int(found[group]) + random.randrange(1, 4)))


@mistake
def ordinal_word_changed(random: Random, text: Text, corpus: Corpus) -> str | None:
    if not re.search(
        r"thứ (?:hai|ba)|lần đầu|đầu tiên|tháng (?:Giêng|Hai|Ba|Tư|Sáu) âm|nhì", text.source
    ):
        return None
    words = ORDINALS.get(text.language, ())
    found = pick(random, text.matches(rf"\b(?:{'|'.join(words)})\b")) if words else None
    return found and text.change(found, other_than(random, words, found[0]))


@mistake
def number_word_changed(random: Random, text: Text, corpus: Corpus) -> str | None:
    places = []
    for said, forms in COUNTED.items():
        form = forms[("en", "fr", "zh", "ja", "ko").index(text.language)]
        if re.search(rf"(?<![\w.]){said} [a-zà-ỹđ]", text.said):
            edge = r"\b" if text.language in ("en", "fr") else ""
            places += text.matches(rf"{edge}(?:{form}){edge}")
    found = pick(random, places)
    return found and text.change(found, WRONG_COUNTS[text.language])


# ----------------------------------------------------------------------------
# Dates
# ----------------------------------------------------------------------------


@mistake
def year_off_by_one(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, text.matches(YEAR))
    return found and text.change(found, str(int(found[0]) + random.choice((-1, 1))))


@mistake
def month_changed(random: Random, text: Text, corpus: Corpus) -> str | None:
    months = MONTHS.get(text.language)
    if months:
        found = pick(random, text.matches(rf"\b(?:{months})\b"))
        return found and text.change(found, other_than(random, months.split("|"), found[0]))
    found = pick(random, text.matches(r"(?<![\d~～至])(\d{1,2})(?=[月월])"))
    return found and text.change(found, str(int(found[1]) % 12 + 1))


@mistake
def lunar_month_changed(random: Random, text: Text, corpus: Corpus) -> str | None:
    if text.language == "zh":
        found = pick(random, text.matches("农历([正二三四五六])(?=月)"))
        return found and text.change(found.span(1), other_than(random, "二三四五六", found[1]))
    words = ORDINALS.get(text.language)
    if words:
        found = pick(random, text.matches(rf"\b({'|'.join(words)})(?= lunar| mois lunaire)"))
        return found and text.change(found, other_than(random, words, found[0]))
    found = pick(random, text.matches(r"(?:旧暦|음력 )(\d+)"))
    return found and text.change(found.span(1), str(int(found[1]) % 12 + 1))


@mistake
def day_and_month_exchanged(random: Random, text: Text, corpus: Corpus) -> str | None:
    months = MONTHS.get(text.language, "").split("|")
    for found in text.matches(DATES[text.language]):
        if found.lastindex == 3:
            day, month = int(found[1]), months.index(found[3]) + 1
            if day <= 12 and day != month:
                return text.change(found, f"{month}{found[2]}{months[day - 1]}")
        elif int(found[2]) <= 12 and found[1] != found[2]:
            sign = "월 {}일" if text.language == "ko" else "月{}日"
            return text.change(found, found[2] + sign.format(found[1]))
    return None


@mistake
def weekday_changed(random: Random, text: Text, corpus: Corpus) -> str | None:
    days = WEEKDAYS[text.language]
    found = pick(random, text.matches("|".join(days)))
    return found and text.change(found, other_than(random, days, found[0]))


@mistake
def lunar_mark_lost(random: Random, text: Text, corpus: Corpus) -> str | None:
    if not text.matches(LUNAR[text.language]) or text.matches("农历(?:正|.月初)"):
        return None
    return re.sub(LUNAR[text.language], "", text.target)


@mistake
def lunar_mark_added(random: Random, text: Text, corpus: Corpus) -> str | None:
    if SOURCE_LUNAR.search(text.source):
        return None
    found = pick(random, text.matches(DATES[text.language]))
    if not found:
        return None
    said = {"zh": "农历{}", "ja": "旧暦{}", "ko": "음력 {}", "en": "{} of the lunar calendar"}
    return text.change(found, said.get(text.language, "{} du calendrier lunaire").format(found[0]))


# ----------------------------------------------------------------------------
# Units
# ----------------------------------------------------------------------------


@mistake
def percent_lost(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, text.matches(r"(?<=\d)[\xa0 ]?%" + SHARED))
    return found and text.change(found, "")


@mistake
def currency_exchanged(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, text.matches(CURRENCIES[text.language]))
    if not found:
        return None
    dong, dollar = MONEY[text.language]
    wrong = dollar if found[1] in (dong, "VND") else dong
    return text.change(found.span(1), wrong)


@mistake
def currency_lost(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = text.matches(CURRENCIES[text.language])
    if len(found) != 1 or text.language == "fr":
        return None
    return text.change(found[0].span(1), "").replace("  ", " ").replace(" .", ".")


@mistake
def unit_exchanged(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, [match for match in text.matches(UNITS) if match[2] in WRONG_UNITS])
    return found and text.change(found.span(2), WRONG_UNITS[found[2]])


@mistake
def unit_lost(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, text.matches(UNITS + SHARED))
    return found and text.change(found, "")


# ----------------------------------------------------------------------------
# The same in every language
# ----------------------------------------------------------------------------


@mistake
def phone_digit_changed(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, list(PHONE.finditer(text.target)))
    if not found:
        return None
    at = random.choice([i for i, char in enumerate(found[0]) if char.isdigit() and i > 2])
    return text.change(found, with_digit(random, found[0], at))


@mistake
def phone_lost(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, list(PHONE.finditer(text.target)))
    return found and text.change(found, "")


@mistake
def decree_digit_changed(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, list(DECREE.finditer(text.target)))
    if not found:
        return None
    at = random.choice([i for i, char in enumerate(found[0]) if char.isdigit()])
    return text.change(found, with_digit(random, found[0], at))


@mistake
def decree_letters_changed(random: Random, text: Text, corpus: Corpus) -> str | None:
    """The letter Đ is lost, or a resolution becomes a decree."""
    found = pick(random, list(DECREE.finditer(text.target)))
    if not found:
        return None
    new = found[0].replace("Đ", "D") if "Đ" in found[0] else found[0].replace("NQ", "NĐ")
    return text.change(found, new)


@mistake
def email_changed(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, list(EMAIL.finditer(text.target)))
    if not found:
        return None
    at = random.choice([i for i, char in enumerate(found[0]) if char.isalpha()])
    return text.change(found, found[0][:at] + found[0][at + 1 :])


@mistake
def address_changed(random: Random, text: Text, corpus: Corpus) -> str | None:
    found = pick(random, list(BARE.finditer(text.target)))
    if not found:
        return None
    at = random.randrange(found[0].index(".") + 1, len(found[0]))
    return text.change(found, found[0][:at] + found[0][at + 1 :])


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def with_digit(random: Random, number: str, at: int) -> str:
    """Return a number with another digit; none begins with a zero."""
    digit = other_than(random, "0123456789" if at else "123456789", number[at])
    return number[:at] + digit + number[at + 1 :]


def exchanged(text: Text, one: tuple[int, int], two: tuple[int, int]) -> str:
    """Return the target with two pieces in each other's place."""
    first, second = text.target[slice(*one)], text.target[slice(*two)]
    between = text.target[one[1] : two[0]]
    return text.target[: one[0]] + second + between + first + text.target[two[1] :]
