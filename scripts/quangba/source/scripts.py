"""
Scripts: which letters a language is written with, and what in a text is not in them.

Scripts of languages come from CLDR, the Han of a language from its national standard. Nothing here
knows words of a language, glossaries or models.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from babel.core import get_global

from quangba.source.text import nfc, unaccent

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SCRIPTS = {
    "Hans": ("CJK",),
    "Hant": ("CJK",),
    "Jpan": ("CJK", "HIRAGANA", "KATAKANA"),
    "Kore": ("HANGUL",),
    "Latn": ("LATIN", "FEMININE", "MASCULINE"),
    "Laoo": ("LAO",),
    "Khmr": ("KHMER",),
    "Cyrl": ("CYRILLIC",),
}
"""Unicode names of letters by ISO 15924 script; a script that is not here is not checked."""

HAN = {"zh": "gb2312", "ja": "euc_jis_2004"}
"""Standards with the Han of a language: 车 is no Japanese, 車 no simplified Chinese."""

FOREIGN = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "CYRILLIC", "ARABIC", "THAI", "LAO", "GREEK")
"""Scripts that no text of another script contains by chance."""

VIETNAMESE = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")
"""Letters that among the site's languages only Vietnamese has."""

LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")

CAPITALISED = re.compile(rf"(?<=\w[\s,(“\"-])[A-ZĐ\u00c0-\u00de\u1ea0-\u1ef9]{LATIN.pattern}")
"""A word that is a capitalised name: not the first of its sentence."""

FRENCH = re.compile(r"[^\W\d_a-zA-ZàâäæçéèêëîïôœöùûüÿÀÂÄÆÇÉÈÊËÎÏÔŒÖÙÛÜŸ]")
"""A letter that French does not have."""

OTHER = re.compile(r"[^\W\d_A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")
"""Letters of other scripts than Latin."""

WORD = re.compile(r"[^\W\d_]+")

KANA = 12
"""Han after which a Japanese text has kana."""

ALIKE = 0.8
"""Share of a text's words that also stand in its source, from which it is a copy."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@cache
def own_scripts(language: str) -> tuple[str, ...]:
    """
    Return the letters that a language is written with, by CLDR's likely subtags.

    >>> own_scripts('ko'), own_scripts('lo')
    (('HANGUL',), ('LAO',))
    """
    likely = get_global("likely_subtags").get(language.replace("-", "_"), "")
    return next((SCRIPTS[part] for part in likely.split("_") if part in SCRIPTS), ())


@cache
def is_latin(language: str) -> bool:
    """Tell whether a language is written with Latin letters."""
    return own_scripts(language)[:1] == ("LATIN",)


@cache
def has(codec: str, char: str) -> bool:
    """
    Tell whether a national standard has a character.

    >>> has('gb2312', '车'), has('gb2312', '車'), has('euc_jis_2004', '买')
    (True, False, False)
    """
    try:
        return bool(char.encode(codec))
    except UnicodeEncodeError:
        return False


@cache
def script_of(char: str) -> str:
    """Return the first word of a letter's Unicode name: ``LATIN``."""
    return unicodedata.name(char, "UNKNOWN").split()[0].removesuffix("-COMPATIBILITY")


def script_flaw(words: str, source: str, language: str) -> str | None:
    """
    Say what in a text is not in the script of a language; what the source has too may stay.

    The answer is a word, a character, or the name of a script.

    >>> script_flaw('ハロン湾', 'vịnh Hạ Long', 'zh')
    'Katakana'
    >>> script_flaw('下龙湾 OCOP', 'vịnh Hạ Long OCOP', 'zh')
    """
    own = own_scripts(language)
    if not own:
        return None
    spoken = spoken_words(source)
    words = without_known(words, source, language)
    left: str | None = next((word for word in LATIN.findall(words) if word in spoken), None)
    if left:
        return str(left)
    letters = Counter(script_of(char) for char in words if char.isalpha())
    foreign = next((name for name in FOREIGN if letters[name] and name not in own), None)
    if foreign:
        return foreign.title()
    left = next((word for word in LATIN.findall(words) if VIETNAMESE.search(word)), None)
    if left:
        return str(left)
    accent = FRENCH.search(words) if language == "fr" else None
    if accent:
        return str(accent[0])
    if sum(letters[script] for script in own) * 2 < letters.total():
        return letters.most_common(1)[0][0].title()
    return odd_han(words, language) or ("Kana" if lacks_kana(letters, language) else None)


def spoken_words(source: str) -> set[str]:
    """
    Return the words of a Vietnamese text that are no names: “vé” was left as it stood.

    French has “là” and “à” too.
    """
    return {w for w in LATIN.findall(source) if w.islower() and not w.isascii()} - {"là", "à"}


def without_known(words: str, source: str, language: str) -> str:
    """
    Blank out of a text what may stay as the source has it: codes, names, words of other scripts.

    >>> without_known('这里有homestay', 'Có homestay ở đây', 'zh')
    '这里有 '
    """
    known = set(LATIN.findall(source)) - spoken_words(source)
    # Where a name has no verified form in the reader's script, it stays as it is.
    names = set() if is_latin(language) else set(CAPITALISED.findall(source))
    names |= set(map(unaccent, names))
    words = LATIN.sub(
        lambda m: " " if m[0] in names or (m[0] in known and not VIETNAMESE.search(m[0])) else m[0],
        words,
    )
    # 广西 in an English text, when the Vietnamese has it too.
    return OTHER.sub(lambda m: " " if m[0] in source else m[0], words)


def odd_han(words: str, language: str) -> str | None:
    """
    Return the first Han that the standard of a language does not have.

    >>> odd_han('下龍湾', 'zh'), odd_han('下龙湾', 'zh')
    ('龍', None)
    """
    codec = HAN.get(language)
    if codec is None:
        return None
    return next((c for c in words if script_of(c) == "CJK" and not has(codec, c)), None)


def lacks_kana(letters: Counter[str], language: str) -> bool:
    """Tell whether a text, by its letters' scripts, is too long for Japanese without kana."""
    kana = letters["HIRAGANA"] + letters["KATAKANA"]
    return language == "ja" and letters["CJK"] > KANA and not kana


def is_copy(source: str, target: str) -> bool:
    """
    Tell whether a text only repeats its source; names and short labels may.

    >>> is_copy('Tickets are sold at the pier', 'Tickets are sold at the pier.')
    True
    >>> is_copy('Sun World Ha Long', 'Sun World Ha Long')
    False
    """
    before, after = set(words_of(source)), words_of(target)
    common = [word for word in after if word in before]
    said = {low for low in WORD.findall(unaccent(nfc(target))) if low.islower() and low in before}
    return len(said) > 1 and len(common) > ALIKE * len(after)


def words_of(text: str) -> list[str]:
    """Return the words of a text without case and accents."""
    return WORD.findall(unaccent(nfc(text)).lower())
