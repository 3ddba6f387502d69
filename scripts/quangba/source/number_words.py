"""Number words: how languages separate, scale, date and spell out numbers, and their patterns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import lru_cache

from babel.numbers import get_decimal_symbol, get_group_symbol

from quangba.source.facts import locale_of

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

EXACT = Context(prec=400)
"""Numbers are never rounded: :data:`LONGEST` digits times the largest scale fit."""

LONGEST = 40
"""Characters of a number that is read by value; longer strings of digits are literal."""

BLANKS = " \u00a0\u2009\u202f"
"""Blanks that group digits in French: space, no-break, thin and narrow no-break."""

LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff"
"""Letters that a word of a Latin script is made of, for character classes."""

SCALES = {
    "vi": {
        "trăm": 10**2,
        "nghìn": 10**3,
        "ngàn": 10**3,
        "vạn": 10**4,
        r"triệu(?!\s+phú)": 10**6,
        r"tỷ(?!\s+(?:lệ|trọng|suất|phú|giá|số))": 10**9,
        r"tỉ(?!\s+(?:lệ|trọng|suất|phú|giá|số))": 10**9,
    },
    "en": {
        "hundred": 10**2,
        "thousand": 10**3,
        "millions?": 10**6,
        "mn": 10**6,
        "billions?": 10**9,
        "bn": 10**9,
        "trillions?": 10**12,
    },
    "fr": {
        "cents?": 10**2,
        "mille": 10**3,
        "milliers?": 10**3,
        "millions?": 10**6,
        "milliards?": 10**9,
        "billions?": 10**12,
    },
}
"""Words behind a number that multiply it (patterns), where CLDR does not know them all."""

MYRIADS = {
    "zh": r"十|百(?![分货貨])|千(?![克米瓦卡伏赫兆升焦帕])|万|萬|亿|億|兆(?![瓦赫字比])",
    "ja": r"十|百(?![分貨])|千|万|萬|億|兆",
    "ko": r"십|백|천(?![연막장주])|만|억|조(?![각건항선합직])",
}
"""Signs that multiply in East Asian numbers; what stands behind may make it a unit: 千米, 兆瓦."""

POWERS = {
    **dict.fromkeys("十십", 10),
    **dict.fromkeys("百백", 10**2),
    **dict.fromkeys("千천", 10**3),
    **dict.fromkeys("万萬만", 10**4),
    **dict.fromkeys("亿億억", 10**8),
    **dict.fromkeys("兆조", 10**12),
}
"""Powers of ten by sign."""

HAN = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "两": 2,
    "兩": 2,
    "廿": 20,
}
"""Han digits."""

LUNAR = {
    "Giêng": 1,
    "Hai": 2,
    "Ba": 3,
    "Tư": 4,
    # “ngày tháng năm sinh” is no May, nor is “9 tháng năm 2025”.
    "(?-i:Năm)": 5,
    "Sáu": 6,
    "Bảy": 7,
    "Tám": 8,
    "Chín": 9,
    r"Mười\s+Một": 11,
    r"Mười\s+Hai": 12,
    "Mười": 10,
    "Một": 1,
    "Chạp": 12,
}
"""Vietnamese names of months behind “tháng” (patterns)."""

HAN_MONTHS = {"正": 1, "腊": 12, "臘": 12}
"""Chinese months that have a name of their own."""

MONTH_ORDINALS = {
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
    "fr": "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième "
    "dixième onzième douzième",
}
"""Words that stand for months of the lunar calendar: the sixth lunar month is tháng Sáu."""

ROMAN = {"I": 1, "V": 5, "X": 10}
"""Roman digits that are read; L, C, D and M are more often letters."""

DAY = r"(?P<d>0?[1-9]|[12][0-9]|3[01])"
MONTH = r"(?P<m>0?[1-9]|1[0-2])"
YEAR = r"(?P<y>[12][0-9]{3})"
OPEN = r"(?<![0-9])(?<![0-9][/.,])"
CLOSED = r"(?![0-9]|[/.][0-9])"

NUMERIC_DATES = (
    rf"{OPEN}{YEAR}(?P<s>[-/.]){MONTH}(?P=s){DAY}{CLOSED}",  # 2025-09-02
    rf"{OPEN}{DAY}(?P<s>[-/.]){MONTH}(?P=s){YEAR}{CLOSED}",  # 2/9/2025
    rf"{OPEN}{MONTH}/{YEAR}{CLOSED}",  # 9/2025
)

NUMERALS = "〇零一二三四五六七八九两兩十百千万萬亿億兆"
"""Han numerals."""

RUN = r"[0-9]+(?:[.,][0-9]+)*"
"""Digits with anything that may separate them."""

FULL_WIDTH = {ord(sign): chr(ord(sign) - 0xFEE0) for sign in "０１２３４５６７８９％：／－～＋"}
"""Full-width signs that numbers are made of."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Words:
    """What is needed to read the numbers of a language."""

    code: str
    """ISO 639 code, without script and region."""
    group: str
    """Signs between groups of three digits."""
    decimal: str
    """Sign before the decimals."""
    scales: tuple[tuple[re.Pattern[str], int], ...]
    """Words behind a number and what they multiply it with."""
    months: dict[str, int]
    """Names of months as CLDR writes them; empty where months are numbered."""
    short_months: dict[str, int]
    """Abbreviated names of months, without a full stop."""
    weekdays: dict[str, int]
    """Names of days; Monday is 2, as in Vietnamese."""

    def value(self, digits: str) -> tuple[Decimal, bool] | None:
        """
        Read digits with separators: the value, and whether the language would write it so.

        Vietnamese is the source and people write ``1.5`` and ``1,500,000`` in it; a dot that
        cannot group is a decimal mark there. Translations are held to the rules of the language.
        None when it is not one number, or longer than :data:`LONGEST`.

        >>> words_of('vi').value('1.500'), words_of('vi').value('1.5')
        ((Decimal('1500'), True), (Decimal('1.5'), False))
        >>> words_of('en').value('1.500.000') is None
        True
        """
        if len(digits) > LONGEST:
            return None
        group, decimal = re.escape(self.group), re.escape(self.decimal)
        plain = rf"[0-9]+(?:{decimal}[0-9]+)?"
        grouped = rf"[1-9][0-9]{{0,2}}(?:[{group}][0-9]{{3}})+(?:{decimal}[0-9]+)?"
        if re.fullmatch(f"{plain}|{grouped}", digits):
            ungrouped = re.sub(f"[{group}]", "", digits)
            return Decimal(ungrouped.replace(self.decimal, ".")), True
        if self.code == "vi":
            if re.fullmatch(r"[0-9]+\.[0-9]+", digits):
                return Decimal(digits), False
            if re.fullmatch(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+|(?<=,...,...))", digits):
                return Decimal(digits.replace(",", "")), False
        return None


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@lru_cache(maxsize=64)
def words_of(language: str) -> Words:
    """
    Return the number words of a language; CLDR's root when CLDR does not know it.

    >>> words_of('de').value('1.500,5')
    (Decimal('1500.5'), True)
    """
    code = re.split("[-_]", language.lower())[0]
    locale = locale_of(language)
    group = get_group_symbol(locale)
    named = code not in ("vi", "zh", "ja", "ko")
    return Words(
        code=code,
        group=BLANKS if group in BLANKS else group,
        decimal=get_decimal_symbol(locale),
        scales=tuple(
            (re.compile(rf"[\s-]?\s?(?:{word})(?![{LATIN}])", re.IGNORECASE), value)
            for word, value in (SCALES.get(code) or cldr_scales(language)).items()
        )
        if code not in MYRIADS
        else (),
        months=names(locale.months, range(1, 13), 0) if named else {},
        short_months=names(locale.months, range(1, 13), 0, "abbreviated") if named else {},
        weekdays=names(locale.days, range(7), 2),
    )


def names(tables: object, keys: range, first: int, width: str = "wide") -> dict[str, int]:
    """Return the names of months or days in a CLDR table with their numbers."""
    found: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        try:
            table = tables[context][width]  # type: ignore[index]
        except KeyError:
            continue
        for key in keys:
            name = str(table.get(key, "")).rstrip(".")
            if sum(map(str.isalpha, name)) > 1:
                found[name] = key + first
    if "Sep" in found:
        found["Sept"] = 9
    return found


def cldr_scales(language: str) -> dict[str, int]:
    """
    Return the words of CLDR's long compact numbers, for languages without a table here.

    >>> cldr_scales('de')['Milliarden']
    1000000000
    """
    found: dict[str, int] = {}
    table = locale_of(language).compact_decimal_formats
    for patterns in table["long"].values() if "long" in table else ():
        for power, pattern in patterns.items():
            text = str(getattr(pattern, "pattern", pattern))
            word = text.strip("0 \u00a0.'")
            if "0" in text and word:
                found[re.escape(word)] = int(power) // 10 ** (text.count("0") - 1)
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


def east_asian(text: str) -> Decimal | None:
    """
    Return the value of digits and signs of powers, mixed or not; None when they make no number.

    >>> east_asian('1亿5000万'), east_asian('三千五百'), east_asian('12万亿')
    (Decimal('150000000'), Decimal('3500'), Decimal('12000000000000'))
    """
    total = section = Decimal(0)
    current: Decimal | None = None
    small = Decimal(10**9)
    for part in re.findall(r"[0-9][0-9,.]*|\S", text):
        if part[0].isdigit() and part[0].isascii():
            if current is not None:
                return None
            current = Decimal(part.replace(",", ""))
        elif part in HAN:
            if current not in (None, 0):
                return None
            current = Decimal(HAN[part])
        else:
            power = POWERS[part]
            if power >= 10**4:
                section = EXACT.add(section, current or Decimal(0))
                if section:
                    total = EXACT.add(total, EXACT.multiply(section, Decimal(power)))
                else:
                    total = EXACT.multiply(total, Decimal(power))
                section, small = Decimal(0), Decimal(power)
            else:
                # 3百万 multiplies what is there; 三千五百 adds.
                counted = Decimal(1) if current is None else current
                section = EXACT.add(section, EXACT.multiply(counted, Decimal(power)))
                small = Decimal(power)
            current = None
    if current is not None and current >= small:
        return None
    return EXACT.add(EXACT.add(total, section), current or Decimal(0))


def han_digits(text: str) -> int:
    """
    Return the value of Han digits up to 99, or of a year said digit by digit.

    >>> han_digits('二十'), han_digits('十八'), han_digits('二〇二五')
    (20, 18, 2025)
    """
    if "十" in text:
        tens, ones = text.split("十", 1)
        return (HAN.get(tens, 1)) * 10 + HAN.get(ones, 0)
    return int("".join(str(HAN.get(sign, 0)) for sign in text))


def roman(text: str) -> int | None:
    """
    Return the value of a Roman numeral up to 39; None when it is not written properly.

    >>> roman('XIX'), roman('II'), roman('IIII')
    (19, 2, None)
    """
    if not re.fullmatch("X{0,3}(?:IX|IV|V?I{0,3})", text) or not text:
        return None
    values = [ROMAN[letter] for letter in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < behind else value for value, behind in pairs)


def half_width(text: str) -> str:
    """
    Write full-width signs and digits of any script in ASCII, each in its place.

    A full-width comma is part of a number between full-width digits alone.

    >>> half_width('１，５００：２０２５，5')
    '1,500:2025，5'
    """
    text = re.sub("(?<=[０-９])，(?=[０-９]{3}(?![０-９]))", ",", text)
    text = re.sub("(?<=[０-９])．(?=[０-９])", ".", text)
    text = text.translate(FULL_WIDTH)
    return re.sub(r"(?![0-9])\d", lambda match: str(unicodedata.decimal(match[0])), text)


@lru_cache(maxsize=64)
def run_pattern(group: str) -> re.Pattern[str]:
    """Return the pattern of digits with separators; blanks separate in some languages."""
    if group == BLANKS:
        grouped = rf"[1-9][0-9]{{0,2}}(?:[{BLANKS}][0-9]{{3}})+(?![0-9])(?:,[0-9]+)?"
        return re.compile(f"(?<![0-9])(?:{grouped}|{RUN})")
    return re.compile(f"(?<![0-9]){RUN}")


@lru_cache(maxsize=64)
def date_patterns(code: str) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of dates of a language, the longest first."""
    year = rf"{YEAR}(?![0-9])"
    if code == "vi":
        month = rf"(?P<m>0?[1-9](?![0-9])|1[0-2](?![0-9])|{'|'.join(LUNAR)})(?![{LATIN}0-9])"
        # “tháng hai lần” is twice a month.
        month += r"(?!\s+(?:lần|lượt|chuyến|buổi))"
        month += (
            rf"(?:(?:\s+âm\s+lịch)?(?:\s*,?\s*năm\s+|\s*,\s*|\s*[/.-]\s*|\s+){year}(?![.,][0-9]))?"
        )
        own = (
            rf"(?P<q>{OPEN}{DAY}\s+tháng\s+{month})",
            rf"(?<=ngày\s)(?P<q>{DAY}[/.]{MONTH}){CLOSED}",
            rf"(?P<q>\btháng\s+{month})",
            rf"(?<=ngày\s|mùng\s|mồng\s)(?P<q>{DAY})(?![0-9]|[/.,-][0-9])",
        )
        own_first = (re.compile(pattern, re.IGNORECASE) for pattern in own)
        return (*own_first, *compiled(NUMERIC_DATES))
    if code in ("zh", "ja"):
        ones = "[一二三四五六七八九]"
        day = (
            rf"\s?(?P<d>初(?:{ones}|十)|(?:{numbered(DAY)}|{ones})(?=\s?[日号號])"
            rf"|[二三]?十{ones}?(?![个個多余几天]))(?:\s?[日号號])?"
        )
        month = rf"(?P<m>{numbered(MONTH)}|十[一二]?|{ones}|[正腊臘])\s?月(?:{day})?"
        hanyear = "[一二三四五六七八九][〇零一二三四五六七八九]{3}"
        return (
            *compiled(NUMERIC_DATES),
            *compiled(
                (
                    rf"(?<![0-9.,])(?P<y>{numbered(YEAR)}|{hanyear})\s?年(?:\s?{month})?",
                    rf"(?<![0-9.,一二三四五六七八九十])(?P<q>{month})",
                )
            ),
        )
    if code == "ko":
        month = rf"{MONTH}\s?월(?:\s?{DAY}\s?일)?"
        dates = (rf"(?<![0-9.,]){YEAR}\s?년(?:\s?{month})?", rf"(?<![0-9.,]){month}")
        return (*compiled(NUMERIC_DATES), *compiled(dates))
    return (*compiled(NUMERIC_DATES), *western_dates(code))


def numbered(part: str) -> str:
    """Return the pattern of a part of a date without its name."""
    return re.sub(r"\(\?P<.>", "(?:", part)


def compiled(patterns: tuple[str, ...]) -> Iterator[re.Pattern[str]]:
    """Compile patterns."""
    return (re.compile(pattern) for pattern in patterns)


def western_dates(code: str) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of dates with names of months."""
    words = words_of(code)
    if not words.months:
        return ()
    full = alternatives(words.months)
    both = alternatives(words.months | words.short_months)
    year = rf"{YEAR}(?![0-9]|[.,][0-9])"
    ordinal = "(?:st|nd|rd|th|er|ᵉʳ|[.])?"
    first = rf"{OPEN}{DAY}{ordinal}\s+(?:of\s+|de\s+)?(?P<m>{both})(?:,?\s+(?:de\s+)?{year})?"
    long = alternatives({name.capitalize(): 0 for name in words.months if len(name) > 4})
    last = rf"(?P<m>(?-i:{full}|{long}))(?:,?\s+(?:de\s+)?{year})?"
    dated = rf"(?P<m>{full}),?\s+(?:de\s+)?{year}"
    if code != "en":
        # Alone, a short month is written as CLDR does: Đông Mai is no “mai”.
        return tuple(re.compile(pattern, re.IGNORECASE) for pattern in (first, dated, last))
    # “May” and “March” alone are more often verbs; capitals and neighbours tell.
    sure = alternatives({name: 0 for name in words.months if name not in ("May", "March")}, True)
    verbs = (
        r"(?P<q>(?P<m>May|March)(?![A-Za-z])(?:,?\s+[12][0-9]{3}(?![0-9])"
        r"|(?=\s+(?:and|or|to|is|until|through)\s|\s?[\u2013\u2014,-])))"
    )
    behind = r"\b(?:in|of|from|to|until|till|since|by|during|early|late|mid|and|or|each|every|"
    behind += r"before|after|between|next|last)[\s-](?P<q>(?P<m>(?-i:May|March)))(?![A-Za-z])"
    middle = rf"(?P<m>{alternatives(words.months | words.short_months, True)})\s+{DAY}"
    middle += rf"(?:st|nd|rd|th)?(?![0-9]|[.,][0-9])(?:,?\s+{year})?"
    named = rf"(?P<m>{sure}|May(?=,?\s+[12][0-9]{{3}})|March(?=,?\s+[12][0-9]{{3}}))"
    return (
        re.compile(first, re.IGNORECASE),
        re.compile(middle),
        re.compile(rf"{named}(?:,?\s+(?:of\s+)?{year})?"),
        re.compile(verbs),
        re.compile(behind, re.IGNORECASE),
    )


def alternatives(names: dict[str, int], capital: bool = False) -> str:
    """Return the pattern of names, the longest first, that end where a word ends."""
    ordered = sorted(names, key=len, reverse=True)
    written = (re.escape(name.capitalize() if capital else name) for name in ordered)
    return rf"(?<![{LATIN}])(?:{'|'.join(written)})(?![{LATIN}])(?:[.](?=\s?[0-9]))?"


@lru_cache(maxsize=64)
def time_patterns(code: str) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of times of day."""
    hour = r"(?<![0-9:.,])(?P<h>[01]?[0-9]|2[0-4])"
    minute = r"(?P<n>[0-5][0-9])"
    own = {
        "vi": (
            rf"{hour}\s?(?:giờ|h|:)(?:\s?{minute}(?![0-9])(?:\s?phút)?)?"
            r"\s+(?P<half>sáng|trưa|chiều|tối|đêm)(?!\w)",
            rf"{hour}\s?giờ\s(?P<n>[0-5]?[0-9]|rưỡi)(?![0-9]|[.,:/-][0-9])(?:\s?phút)?",
        ),
        "en": (
            rf"{hour}(?:[.:]{minute})?\s?(?P<half>[ap])\.?m\b\.?",
            rf"{hour}(?:[.:]{minute})?(?:\s+o.clock)?"
            r"\s+(?P<half>in the (?:morning|afternoon|evening)|at night)",
        ),
        "fr": (
            rf"{hour}\s?(?:h|heures?)(?:\s?{minute})?"
            r"\s+(?P<half>du matin|de l.après-midi|du soir)",
        ),
        "zh": (east_asian_time("[点點时時]", "上午|早上|清晨|凌晨|中午|下午|傍晚|晚上|夜里"),),
        "ja": (east_asian_time("[時时](?!間)", "午前|午後|朝|夕方|夜"),),
        "ko": (
            rf"(?:(?P<half>오전|오후|새벽|아침|저녁|밤)\s?)?{hour}\s?시(?!간)"
            r"(?:\s?(?P<n>[0-5]?[0-9](?=\s?분)|반)\s?분?)?",
        ),
    }
    common = rf"{hour}\s?[:hH]\s?{minute}(?![0-9])(?::[0-5][0-9])?"
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in (*own.get(code, ()), common))


def east_asian_time(sign: str, halves: str) -> str:
    """Return the pattern of a time in Chinese or Japanese."""
    return (
        rf"(?:(?P<half>{halves})\s?)?(?<![0-9:.,])(?P<h>[01]?[0-9]|2[0-4])"
        rf"\s?{sign}(?:\s?(?P<n>半|[0-5]?[0-9](?=\s?分))\s?分?)?"
    )


@lru_cache(maxsize=8)
def east_asian_patterns(code: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of digits with signs of powers, and of Han numerals with them."""
    digits = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
    before, between = ("", " ?") if code == "ko" else (" ?", "")
    signs = f"{before}(?:{MYRIADS[code]}){{1,3}}"
    tail = rf"(?:{between}(?P<tail>{digits})(?![0-9.,]|\s?[年月日号號時时点點분년월일시%]))?"
    mixed = rf"(?P<v>{digits}{signs}(?:{between}{digits}{signs}){{0,4}}{tail})"
    mixed = rf"(?<![0-9.,])(?<!제)(?<!제\s){mixed}"
    han = rf"(?P<p>百分之)?(?<![{NUMERALS}0-9])(?P<v>[{NUMERALS}]{{1,16}})"
    return re.compile(mixed), re.compile(han)
