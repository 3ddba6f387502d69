"""Days that are said in words: the lunar calendar, days of the week, small numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from quangba.errors import Severity
from quangba.review.checking import Values, check
from quangba.review.entry import Entry
from quangba.review.precedence import unless
from quangba.source.number_words import words_of
from quangba.source.numbers import plain
from quangba.source.quantities import quantities
from quangba.source.spelled import spelled

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LUNAR_SOURCE = re.compile(
    r"\bâm\s+lịch\b|\brằm\b|\b(?:mùng|mồng)\s+\w+|\btháng\s+(?:Giêng|Chạp)\b", re.I
)
"""What says in Vietnamese that a day is of the lunar calendar."""

EXPLICIT = re.compile(r"\bâm\s+lịch\b", re.I)

MARKED_BEFORE = ("zh", "ja", "ko")
"""Languages that say “lunar” before each date; others may say it once."""

LUNAR = {
    "vi": LUNAR_SOURCE,
    "en": re.compile(r"\b(?:luni?-?solar|lunar|new year|t[eế]t)\b", re.I),
    "fr": re.compile(r"\b(?:luni-?solaires?|lunaires?|nouvel an|t[eê]t)\b", re.I),
    "zh": re.compile(r"[农農夏阴陰旧舊][历曆]|[正腊臘]月|初[一二三四五六七八九十]|春[节節]|元宵"),
    "ja": re.compile("[旧舊陰太]陰?[暦曆]|旧正月|テト"),
    "ko": re.compile("음력|설날|뗏|정월|섣달|보름"),
}
"""What says so in the languages of the site; festivals of that calendar do too."""

LUNAR_WORD = {
    "en": re.compile(r"\blunar\s+(?:month|calendar|year|date|day)", re.I),
    "fr": re.compile(r"\b(?:mois|calendrier|année|jour|date)s?\s+lunaires?", re.I),
    "zh": re.compile("[农農][历曆]"),
    "ja": re.compile("旧暦|陰暦"),
    "ko": re.compile("음력"),
}
"""What says it without a doubt."""

LUNAR_OTHER = re.compile(rf"{LUNAR_SOURCE.pattern}|\bTết\b|\btrăng\b|\bdương\s+lịch\b", re.I)
"""What a translator may rightly call lunar."""

NAMES = {
    "vi": ("hai|2", "ba|3", "tư|4", "năm|5", "sáu|6", "bảy|bẩy|7"),
    "en": tuple(f"{day}days?" for day in ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")),
    "fr": ("lundis?", "mardis?", "mercredis?", "jeudis?", "vendredis?", "samedis?", "dimanches?"),
    "zh": ("一", "二", "三", "四", "五", "六", "[日天]"),
    "ja": tuple("月火水木金土日"),
    "ko": tuple("월화수목금토일"),
}
"""Names of the days of the week from Monday, as regular expressions."""

FRAMES = {
    "vi": r"\b(?i:thứ\s+(?:{}))(?!\w)",
    "en": r"(?i:\b(?:{})\b)",
    "fr": r"(?i:\b(?:{})\b)",
    "zh": "(?:星期|[周週]|[礼禮]拜)(?:{})",
    "ja": "(?:{})曜",
    "ko": "(?:{})요일",
}
"""What stands around the names."""

COUNTED = re.compile(
    r"\b(?:hai|ba|bốn|sáu|bảy|tám|chín|mười|(?:hạng|giải|thứ|lần)\s+nhất|đầu\s+tiên)\b"
    r"(?!\s+(?:tháng|ngày|năm|giờ|tuần|đêm|lần|nơi)\b)"
)
"""Vietnamese words that are numbers, and mostly nothing else; periods are compared with digits."""

COUNTING = {
    "en": re.compile(
        r"\b(?:two|three|four|five|six|seven|eight|nine|ten|second|third|fourth|fifth|sixth|seventh"
        r"|eighth|ninth|tenth)\b",
        re.I,
    ),
    "fr": re.compile(
        r"\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix)(?:i?[èe]me)?\b"
        r"|\b(?:quatrième|cinquième|neuvième|dixième)\b",
        re.I,
    ),
    "zh": re.compile(
        "(?<![〇一二三四五六七八九十第月])[两兩二三四五六七八九十]"
        "(?=[个個座处處天年次位名种種条條项項类類家所只步种])"
    ),
    "ja": re.compile(
        "(?<![〇一二三四五六七八九十第月])[二三四五六七八九十](?=つ|[かカヶ箇]|年|人|種|本|回|隻)"
    ),
    "ko": re.compile(
        r"(?<![가-힣0-9])(?:두|세|네|다섯|여섯|일곱|여덟|아홉|열)(?=\s|곳|개|번|명|가지|차례|달|시간|째)"
    ),
}
"""Words of other languages that are numbers."""

ORDINALS = {
    "vi": re.compile(
        r"\b(?:lần\s+đầu|đầu\s+tiên|(?:lần\s+thứ|hạng|giải|thứ|lần)"
        r"\s+(?:nhất|nhì|hai|ba|tư|năm|sáu|bảy|tám|chín|mười))\b"
    ),
    "en": re.compile(
        r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b", re.I
    ),
    "fr": re.compile(
        r"\b(?:premi(?:er|ère)s?(?!\s+ministre)|seconde?|(?:deux|trois|quatr|cinqu|six|sept|huit|neuv"
        r"|dix)ième)\b",
        re.I,
    ),
    "zh": re.compile("第[一二三四五六七八九十]|首[次个個座批条條家艘届]"),
    "ja": re.compile("第[一二三四五六七八九十]|[一二三四五六七八九十][番度回]目|初めて|最初"),
    "ko": re.compile(r"첫|최초|처음|(?:두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s?번째"),
}
"""Words that say which one in a row."""

SURE = re.compile(r"hứ\s+[A-ZĐ0-9]|hật")

SUNDAY = re.compile(r"\bchủ\s*nhật\b", re.I)

# ----------------------------------------------------------------------------
# Checks
# ----------------------------------------------------------------------------


@check(
    Severity.ERROR,
    "bản gốc là ngày âm lịch (“{source}”), bản dịch không nói vậy. Hãy ghi rõ là âm lịch.",
    "the source has a lunar date (“{source}”), and the translation does not say so. Mark it.",
)
def lunar_dates(entry: Entry) -> Iterator[Values]:
    """Find days of the lunar calendar that a reader takes for days of the solar one."""
    pattern = LUNAR.get(words_of(entry.language).code)
    if entry.source_language != "vi" or not pattern:
        return
    before, after = entry.spoken
    said = LUNAR_SOURCE.search(before)
    if not said or not quantities(before, "vi"):
        return
    explicit = len(EXPLICIT.findall(before))
    sure = LUNAR_WORD.get(words_of(entry.language).code)
    if explicit and sure and words_of(entry.language).code in MARKED_BEFORE:
        lost = len(sure.findall(after)) < explicit
    else:
        lost = not pattern.search(after)
    if lost or not marked_lunar(after, entry.language, pattern):
        yield {"source": said[0]}


@check(
    Severity.ERROR,
    "bản dịch ghi “{target}” là âm lịch, bản gốc không nói vậy. Hãy bỏ chữ âm lịch.",
    "the translation says “{target}”, and the source has no lunar date. Remove the word.",
)
def added_lunar_date(entry: Entry) -> Iterator[Values]:
    """Find days that only the translation counts by the moon."""
    pattern = LUNAR_WORD.get(words_of(entry.language).code)
    if entry.source_language != "vi" or not pattern:
        return
    before, after = entry.spoken
    said = pattern.search(after)
    if said and not LUNAR_OTHER.search(before):
        yield {"target": said[0]}


@check(
    Severity.ERROR,
    "bản gốc ghi “{source}”, bản dịch ghi “{target}”. Hãy sửa thứ trong tuần.",
    "the source says “{source}”, the translation “{target}”. Correct the day of the week.",
)
def weekdays(entry: Entry) -> Iterator[Values]:
    """Find other days of the week than in the source."""
    code = words_of(entry.language).code
    if entry.source_language != "vi" or code not in FRAMES:
        return
    before, after = entry.spoken
    there = named_days(after, code)
    here = named_days(before, "vi") if there else {}
    if not here:
        return
    new = [word for day, word in there.items() if day not in here]
    gone = [word for day, word in here.items() if day not in there]
    # “thứ hai” is also the second; capitals and digits are sure.
    sure = [word for word in gone if SURE.search(word)]
    if (gone and new) or sure:
        yield {"source": (sure or gone)[0], "target": (new or list(there.values()))[0]}


@check(
    Severity.WARNING,
    "bản gốc nói “{source}”, bản dịch lại nói “{target}”. Hãy xem số bằng chữ có đúng không.",
    "the source says “{source}”, the translation “{target}”. See whether the number is the same.",
)
@unless("missing-number", "numbers")
def number_words(entry: Entry) -> Iterator[Values]:
    """Find small numbers in words that became other ones."""
    code = words_of(entry.language).code
    if entry.source_language != "vi" or code not in COUNTING:
        return
    before, after = entry.spoken
    if not COUNTING[code].search(after) and not ORDINALS["vi"].search(before):
        return
    here, there = said_values(before, "vi"), said_values(after, entry.language)
    gone = [match[0] for match in COUNTED.finditer(before) if not there & worths(match[0], "vi")]
    new = [
        match[0]
        for match in COUNTING[code].finditer(after)
        if not here & worths(match[0], entry.language)
    ]
    # A two may be counted by the translator: both sides, two places.
    sure = [word for word in new if not worths(word, entry.language) & {"1", "2"}]
    if new and (gone or sure):
        yield {"source": (gone or ["–"])[0], "target": (sure or new)[0]}
    else:
        yield from other_ordinals(before, after, entry.language)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def marked_lunar(text: str, language: str, pattern: re.Pattern[str]) -> bool:
    """Tell whether the first date of a text is marked as lunar; the others follow it."""
    mark = pattern.search(text)
    if not mark:
        return False
    if words_of(language).code not in MARKED_BEFORE:
        return True
    dates = [each for each in quantities(text, language) if each.kind == "date"]
    months = [each for each in dates if "m" in each.parts and "y" not in each.parts]
    return not months or mark.start() <= months[0].end


def said_values(text: str, language: str) -> set[str]:
    """Return the values that a text has in digits or may have in words."""
    return set(written_values(text, language)) | set(spelled(text, language))


def written_values(text: str, language: str) -> Counter[str]:
    """Count the values that a text has in digits."""
    return Counter(plain(value) for each in quantities(text, language) for value in each.values)


def worths(words: str, language: str) -> set[str]:
    """Return what words may be worth."""
    return set(spelled(words, language))


def other_ordinals(source: str, target: str, language: str) -> Iterator[Values]:
    """Yield the first ordinal in words that became another one."""
    code = words_of(language).code
    if code not in ORDINALS or named_days(target, code):
        return
    here, there = ordinals(source, "vi"), ordinals(target, language)
    before, after = (Counter(value for _, value in side) for side in (here, there))
    new = after - (before | spelled(source, "vi")) - written_values(source, "vi")
    gone = before - after - written_values(target, language)
    if gone and new:
        yield {
            "source": next(word for word, value in here if value in gone),
            "target": next(word for word, value in there if value in new),
        }


def ordinals(text: str, language: str) -> list[tuple[str, str]]:
    """
    Return the ordinals that a text has in words, each with its value.

    >>> ordinals('lần đầu tiên, giải nhì', 'vi'), ordinals('첫 번째', 'ko')
    ([('lần đầu', '1'), ('giải nhì', '2')], [('첫', '1')])
    """
    found = []
    for match in ORDINALS[words_of(language).code].finditer(text):
        value = next(iter(spelled(match[0], language)), "1")
        found.append((match[0], value))
    return found


@lru_cache(maxsize=8)
def weekday_pattern(code: str) -> re.Pattern[str]:
    """Return the pattern of the days of the week, with a group for each from Monday."""
    names = "|".join(f"({name})" for name in NAMES[code])
    return re.compile(FRAMES[code].format(names))


def named_days(text: str, code: str) -> dict[int, str]:
    """
    Return the days of the week that a text names, Monday is 1, with its words.

    >>> named_days('từ thứ Ba đến Chủ nhật', 'vi'), named_days('周二至周日', 'zh')
    ({2: 'thứ Ba', 7: 'Chủ nhật'}, {2: '周二', 7: '周日'})
    """
    found: dict[int, str] = {}
    pattern = weekday_pattern(code)
    for match in pattern.finditer(text):
        found.setdefault(match.lastindex or 0, match[0])
    sunday = SUNDAY.search(text) if code == "vi" else None
    if sunday:
        found[7] = sunday[0]
    return found
