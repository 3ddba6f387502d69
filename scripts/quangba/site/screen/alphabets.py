"""
Alphabets: under which sign a title stands in an index, and its place there.

Each language has its own rule, the one that its dictionaries and telephone books follow.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from quangba.site.screen.readings import HAN, Reading, Readings, Unit, normal, plain, syllable
from quangba.source.text import nfc, strip

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LATIN, DIGITS, OTHER = "A–Z", "0–9", "#"
"""Signs of titles that begin with letters of another script, with a number, with anything else."""

VIETNAMESE = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
"""The alphabet in its order, with the four letters that only foreign words have."""

TONES = "\u0300\u0309\u0303\u0301\u0323"
"""Marks of the tones in the order of dictionaries: huyền, hỏi, ngã, sắc, nặng (CLDR: vi)."""

ARTICLES = {
    "en": re.compile(r"(?:the|an?)\s+(?=\w)", re.IGNORECASE),
    "fr": re.compile(r"(?:(?:les?|la|une?|des)\s+|l[’'])(?=\w)", re.IGNORECASE),
}
"""What an index passes over: “La baie…” is under B."""

KANA = {
    "あ": "ぁあぃいぅうぇえぉお",
    "か": "かがきぎくぐけげこごゕゖ",
    "さ": "さざしじすずせぜそぞ",
    "た": "ただちぢっつづてでとど",
    "な": "なにぬねの",
    "は": "はばぱひびぴふぶぷへべぺほぼぽ",
    "ま": "まみむめも",
    "や": "ゃやゅゆょよ",
    "ら": "らりるれろ",
    "わ": "ゎわゐゑをん",
}
"""The ten rows of the fifty sounds."""

ROWS = {kana: row for row, sounds in KANA.items() for kana in sounds}

LARGE = str.maketrans("ぁぃぅぇぉゕゖっゃゅょゎ", "あいうえおかけつやゆよわ")

VOWELS = {
    "あ": "ぁあかがさざただなはばぱまゃやらゎわ",
    "い": "ぃいきぎしじちぢにひびぴみりゐ",
    "う": "ぅうくぐすずつづっぬふぶぷむゅゆる",
    "え": "ぇえけげせぜてでねへべぺめれゑ",
    "お": "ぉおこごそぞとどのほぼぽもょよろを",
}

LONG = {kana: vowel for vowel, sounds in VOWELS.items() for kana in sounds}
"""What a mark of length repeats: ー after カ is ア."""

CONSONANTS = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"
"""By the number of a syllable's first consonant (Unicode §3.12); doubled ones go with plain."""

BEFORE = re.compile("[\u0e40-\u0e44\u0ec0-\u0ec4](?=[\u0e01-\u0e2e\u0e81-\u0eae])")
"""Thai and Lao vowels that stand before the consonant by which a word is sorted (UCA §3.6)."""

SOUNDED = "\u3041-\u3096\u30a1-\u30fa\u30fc"

PIECE = re.compile(
    rf"(?P<han>[{HAN}])|(?P<kana>[{SOUNDED}]+)|(?P<word>(?:(?![{HAN}{SOUNDED}])[^\W_])+)"
)
"""``Dương Huy工业``: Dương, Huy, 工, 业; ``Monbayヴァンドン港``: Monbay, ヴァンドン, 港."""

EACH: Any = list
"""What pypinyin makes of characters without a sound; its types do not know that it takes lists."""

Rule = Callable[[str, Readings], Reading]

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def read(title: str, readings: Readings) -> Reading:
    """
    Read a title by the rule of its language.

    >>> read('Đền Cửa Ông', Readings('vi')).sign, read('꽝닌', Readings('ko')).sign
    ('Đ', 'ㄱ')
    >>> read('ヴァンドン', Readings('ja')).sign, read('2025年', Readings('zh')).sign
    ('あ', '0–9')
    """
    text = re.sub(r"^[\W_]+", "", normal(title))
    rule = RULES.get(readings.language, by_first_letter)
    found = rule(text, readings)
    sign = found.sign
    if text[:1].isdigit():
        sign = DIGITS
    elif not sign:
        sign = LATIN if is_latin(text[:1]) else OTHER
    last = (LATIN, DIGITS, OTHER)
    place = last.index(sign) + 1 if sign in last else 0
    return Reading(sign, (place, *found.key, title), found.units)


def missing(reading: Reading) -> bool:
    """Tell whether a title cannot be placed because nobody said how its first word is read."""
    return reading.sign == OTHER and bool(reading.units) and not reading.units[0].sound


def is_latin(letter: str) -> bool:
    """Tell whether a letter belongs to the Latin script."""
    return bool(re.fullmatch("[a-z]", plain(letter)[:1]))


# Scripts with letters


def by_first_letter(text: str, readings: Readings) -> Reading:
    """
    Sort by the first letter, for languages that have no rule of their own.

    >>> by_first_letter('ແຂວງ', Readings('lo')).sign
    'ຂ'
    """
    text = BEFORE.sub("", text, count=1) if BEFORE.match(text) else text
    sign = plain(text[:1])[:1].upper() if text[:1].isalpha() else ""
    return Reading(sign, (sign, plain(text)))


def vietnamese(text: str, readings: Readings) -> Reading:
    """
    Sort word by word, all letters before all tones: Ba, Bà, Bả, Bã, Bá, Bạ, Ban, Băng.

    >>> words = ['Bình Liêu', 'Bến cảng', 'Bái Tử Long', 'Bãi Cháy', 'Bảo tàng']
    >>> sorted(words, key=lambda word: vietnamese(word, Readings('vi')).key)
    ['Bãi Cháy', 'Bái Tử Long', 'Bảo tàng', 'Bến cảng', 'Bình Liêu']
    """
    letters, tones = [], []
    for char in re.sub(r"[\W_]+", " ", text.lower()):
        decomposed = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in decomposed if mark in TONES), "")
        letter = nfc(decomposed.replace(tone, "")) if tone else char
        letter = letter if letter in VIETNAMESE else plain(letter)
        letters += [place(part) for part in letter]
        tones.append(TONES.find(tone) + 1 if tone else 0)
    first = plain(text[:1])[:1].upper()
    if text[:1] in "đĐ" and text:
        first = "Đ"
    sign = first if is_latin(first) else ""
    return Reading(sign, (tuple(letters), tuple(tones)))


def place(letter: str) -> tuple[int, str]:
    """Return where a Vietnamese letter stands: blanks, then digits, then the alphabet."""
    if letter in VIETNAMESE:
        return 2, f"{VIETNAMESE.index(letter):02}"
    return (0, "") if letter == " " else (1, letter)


def latin(text: str, readings: Readings) -> Reading:
    """
    Sort by letters, marks after them; pass over the article.

    >>> latin('L’UNESCO inscrit…', Readings('fr')).sign, latin('A day', Readings('en')).sign
    ('U', 'D')
    """
    article = ARTICLES[readings.language].match(text)
    text = text[article.end() :] if article else text
    words = re.sub(r"[\W_]+", " ", text.lower()).strip()
    sign = plain(text[:1])[:1].upper() if is_latin(text[:1]) else ""
    return Reading(sign, (plain(words), words))


# Chinese


def chinese(text: str, readings: Readings) -> Reading:
    """
    Sort character by character: pinyin, tone, then the character itself.

    >>> chinese('下龙湾', Readings('zh')).sign, chinese('下龙湾', Readings('zh')).typed
    ('X', '下:xia 龙:long 湾:wan')
    """
    units: list[Unit] = []
    for part, reading in readings.parts(text):
        units += sounded(part, reading.split()) if reading else spelled(part)
    first = units[0].sound[:1].upper() if units else ""
    sign = first if is_latin(first) else ""
    key = tuple((unit.sound, unit.tone, unit.text) for unit in units)
    return Reading(sign, (sign, key), tuple(units))


def spelled(text: str) -> list[Unit]:
    """Return the pieces of a text that has no reading of its own."""
    # Its tables take a fifth of a second, which a build of the portal can do without.
    from pypinyin import Style, lazy_pinyin

    found: list[Unit] = []
    for run in re.finditer(f"[{HAN}]+|[^{HAN}]+", text):
        if not re.match(f"[{HAN}]", run[0]):
            found += [Unit(word, plain(word)) for word in re.findall(r"[^\W_]+", run[0])]
            continue
        sounds = lazy_pinyin(run[0], style=Style.TONE3, neutral_tone_with_five=True, errors=EACH)
        found += sounded(run[0], sounds)
    return found


def sounded(text: str, sounds: list[str]) -> list[Unit]:
    """Return the characters of a text with their sounds; what is no character stays a word."""
    left = iter(sounds)
    found = []
    for match in PIECE.finditer(text):
        if match["han"]:
            sound = syllable(next(left, ""))
            found.append(Unit(match[0], sound[:-1], sound[-1:]))
        else:
            found.append(Unit(match[0], plain(match[0])))
    return found


# Japanese


def japanese(text: str, readings: Readings) -> Reading:
    """
    Sort by sounds: small and voiced kana with the plain ones, then apart (JIS X 4061).

    >>> japanese('ハロン湾', Readings('ja', {'湾': 'わん'})).typed
    'ハロン:はろん 湾:わん'
    >>> sounds = ['ハロン', 'バクダン', 'カーニバル', 'かあさん', 'はと']
    >>> sorted(sounds, key=lambda sound: japanese(sound, Readings('ja')).key)
    ['かあさん', 'カーニバル', 'バクダン', 'はと', 'ハロン']
    """
    units: list[Unit] = []
    for part, reading in readings.parts(text):
        units += [Unit(part, hiragana(reading))] if reading else written(part)
    sounds = "".join(unit.sound or unit.text for unit in units)
    base = bare_kana(sounds)
    sign = ROWS.get(base[:1], "")
    return Reading(sign, (base, sounds), tuple(units))


def written(text: str) -> list[Unit]:
    """Return the pieces of a text that has no reading: kana and words sound as they are."""
    return [
        Unit(
            match[0],
            "" if match["han"] else hiragana(plain(match[0]) if match["word"] else match[0]),
        )
        for match in PIECE.finditer(text)
    ]


def hiragana(text: str) -> str:
    """
    Write katakana as hiragana.

    >>> hiragana('ヴァンドンー')
    'ゔぁんどんー'
    """
    return re.sub("[\u30a1-\u30f6]", lambda match: chr(ord(match[0]) - 0x60), nfc(text))


def bare_kana(text: str) -> str:
    """
    Return hiragana without what only tells sounds of one letter apart.

    >>> bare_kana('ちゃーこー'), bare_kana('ゔぁんどん'), bare_kana('ー')
    ('ちやあこお', 'うあんとん', 'ー')
    """
    found = ""
    for kana in strip(text):
        found += LONG.get(found[-1:], kana) if kana == "ー" else kana
    return found.translate(LARGE)


# Korean


def korean(text: str, readings: Readings) -> Reading:
    """
    Sort by code point, which is the order of dictionaries; the sign is the first consonant.

    >>> korean('끄어옹 사당', Readings('ko')).sign, korean('LNG', Readings('ko')).sign
    ('ㄱ', '')
    """
    number = ord(text[0]) - 0xAC00 if text else -1
    sign = CONSONANTS[number // 588] if 0 <= number < 11172 else ""
    return Reading(sign, (text,))


RULES: dict[str, Rule] = {
    "vi": vietnamese,
    "en": latin,
    "fr": latin,
    "zh": chinese,
    "ja": japanese,
    "ko": korean,
}
"""By language; all others go by their first letter."""
