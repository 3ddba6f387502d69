"""
Tokens: the terms by which a text is found.

``overrides/shared/assets/javascripts/tokens.js`` does the same in the browser, word for word; both
are tested against ``tests/search/vectors.json``. Change both or none.

- Words of scripts with blanks give two terms where they have marks: as written (``đá``) and without
  marks (``da``), so that a reader who types marks can be taken at his word.
- Han, kana, Thai and Lao give pairs of neighbours (下龙湾: 下龙, 龙湾); the last character of a run
  stands alone too, so that one character finds all by its prefix. Hiragana counts as katakana.
- Hangul gives pairs of syllables, each written as the keys that make it (하롱: ㅎㅏㄹㅗㅇ): what is
  half typed (하로) is then the beginning of what is meant.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from quangba.catalogs.glossary import OPEN_SYLLABLES, TONES
from quangba.source.text import CONTROL, CONTROL_CLASS, HIDDEN, HIDDEN_CLASS, nfc

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LONGEST = 40
"""Characters of a term; more of a word tells nobody anything."""

UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ecd\u0edc-\u0edf"  # Thai, Lao
    "\u1000-\u103f\u1780-\u17d3"  # Burmese, Khmer
    "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3"  # Hangul
    "\u3005-\u3007\u3031-\u3035\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"  # kana
    "\u3105-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # Bopomofo, Han
    "\U00020000-\U0003ffff"
)
"""Letters of scripts whose words touch each other."""

RUN = re.compile(rf"(?P<unspaced>[{UNSPACED}]+)|(?:(?![{UNSPACED}])(?:[^\W_]|[\u0300-\u036f]))+")
"""Words, and runs of letters without blanks: ``M/S 下龙湾`` is M, S, 下龙湾."""

LETTERED = re.compile(rf"[\w\u0300-\u036f{UNSPACED}]+")
"""What holds whole runs: it is found faster than they are."""

WIDE_CLASS = "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uffdc"
WIDE = re.compile(f"[{WIDE_CLASS}]+")
"""Full-width letters and digits, half-width kana and jamo."""

UNUSUAL = re.compile(f"[\t{HIDDEN_CLASS}{CONTROL_CLASS}{WIDE_CLASS}]")
"""What most texts have nothing of."""

CLUSTER = re.compile("ヴ[ァィェォ]?|.", re.DOTALL)
"""What counts as one character: ヴァ and バ are two ways to write one sound."""

SOUNDS = {"ヴ": "ブ", "ヴァ": "バ", "ヴィ": "ビ", "ヴェ": "ベ", "ヴォ": "ボ"}

LETTERS = str.maketrans(
    {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "œ": "oe", "æ": "ae", "ß": "ss"}
)
"""Letters that have no decomposition."""

OLDER = {
    nfc(rhyme + tone): nfc(rhyme[0] + tone + rhyme[1]) for rhyme in OPEN_SYLLABLES for tone in TONES
}
"""Open syllables whose tone is written on either vowel: hoà is hòa, thuỷ is thủy."""

OPEN = re.compile(f"(?<!q)(?:{'|'.join(OLDER)})$")

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ"
FINALS = " ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ"  # noqa: E501 – wide letters
KEYS = [INITIALS, VOWELS.split(" "), FINALS.split(" ")]
"""Keys of a Korean keyboard by place in a syllable (Unicode §3.12), compounds as they are typed."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a text that can be found."""

    start: int
    end: int
    """Where it stands in the clean text, in characters."""
    terms: tuple[str, ...]
    """As written, and without marks where that is another term."""
    unspaced: bool = False
    """True: of a script without blanks."""
    last: bool = False
    """True: a single character at the end of a longer run, which the pair before it holds too."""


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def clean(text: str) -> str:
    """
    Return a text in normal form, without what nobody sees; letters and digits in their usual width.

    >>> clean('Ｈａ\u200b\\tﾊﾛﾝ')
    'Ha ハロン'
    """
    if not UNUSUAL.search(text):
        return nfc(text)
    text = CONTROL.sub(" ", HIDDEN.sub("", text)).replace("\t", " ")
    return nfc(WIDE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text))


def tokens(text: str) -> Iterator[Token]:
    """
    Yield the tokens of a clean text.

    >>> [token.terms for token in tokens('Vịnh Hạ Long')]
    [('vịnh', 'vinh'), ('hạ', 'ha'), ('long',)]
    >>> [token.terms[0] for token in tokens('ハロン湾')]
    ['ハロ', 'ロン', 'ン湾', '湾']
    """
    for match in RUN.finditer(text):
        if match["unspaced"]:
            yield from pairs(match[0], match.start())
        else:
            yield Token(match.start(), match.end(), terms_of_word(match[0]))


def terms(text: str) -> list[str]:
    """
    Return all terms under which a text that is not yet clean is found.

    >>> terms('Vịnh Hạ Long, M/S_下龙湾')
    ['vịnh', 'vinh', 'hạ', 'ha', 'long', 'm', 's', '下龙', '龙湾', '湾']
    """
    return [term for letters in LETTERED.findall(clean(text)) for term in terms_of(letters)]


@lru_cache(maxsize=1 << 16)
def terms_of(letters: str) -> tuple[str, ...]:
    """Return the terms of letters between which nothing stands; a site says few words often."""
    found: list[str] = []
    for match in RUN.finditer(letters):
        known = terms_of_run if match["unspaced"] else terms_of_word
        found += known(match[0])
    return tuple(found)


@lru_cache(maxsize=1 << 16)
def terms_of_word(text: str) -> tuple[str, ...]:
    """Return a word as it is looked up, and without marks."""
    written = word(text)
    plain = unmarked(written)
    # A mark alone is nothing without it.
    return (written, plain) if plain not in (written, "") else (written,)


def terms_of_run(run: str) -> tuple[str, ...]:
    """Return the terms of a run of letters without blanks."""
    return tuple(term for token in pairs(run, 0) for term in token.terms)


def word(text: str) -> str:
    """
    Return a word as it is looked up: small letters, one way to place the tone.

    >>> word('HOÀ'), word('Quý'), word('km²')
    ('hòa', 'quý', 'km2')
    """
    text = nfc(unicodedata.normalize("NFKC", text).lower())
    return OPEN.sub(lambda match: OLDER[match[0]], text)[:LONGEST]


def unmarked(text: str) -> str:
    """
    Return a word without marks.

    >>> unmarked('đặc'), unmarked('œuvre')
    ('dac', 'oeuvre')
    """
    decomposed = unicodedata.normalize("NFD", text.translate(LETTERS))
    return re.sub("[\u0300-\u036f]", "", decomposed)[:LONGEST]


def pairs(run: str, start: int) -> Iterator[Token]:
    """Yield the pairs of neighbours in a run of letters without blanks, and its last character."""
    found = [(start + m.start(), start + m.end(), sound(m[0])) for m in CLUSTER.finditer(kana(run))]
    for (begin, _, first), (_, end, second) in itertools.pairwise(found):
        yield Token(begin, end, (first + second,), unspaced=True)
    begin, end, only = found[-1]
    yield Token(begin, end, (only,), unspaced=True, last=len(found) > 1)


def kana(text: str) -> str:
    """
    Write hiragana as katakana.

    >>> kana('はろん湾')
    'ハロン湾'
    """
    return re.sub("[\u3041-\u3096\u309d\u309e]", lambda match: chr(ord(match[0]) + 0x60), text)


def sound(cluster: str) -> str:
    """
    Return a character as it is looked up.

    >>> sound('ヴァ'), sound('롱'), sound('湾')
    ('バ', 'ㄹㅗㅇ', '湾')
    """
    if "\uac00" <= cluster <= "\ud7a3":
        number = ord(cluster) - 0xAC00
        places = number // 588, number % 588 // 28, number % 28
        return "".join(keys[place] for keys, place in zip(KEYS, places, strict=True))
    return SOUNDS.get(cluster, cluster)
