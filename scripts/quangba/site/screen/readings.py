"""
Readings: how a title is typed where that is not as it is written.

Chinese titles are read by pypinyin; Japanese ones say how they are read only where they are in
kana, so ``locales/ja/readings.yml`` has the rest: ``投資: とうし``. The same file of another
language (``locales/zh/readings.yml``: ``安子: ān zǐ``) goes before what a rule would read. A key is
a word or a whole title; the longest that fits is taken.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from quangba.errors import Problem
from quangba.search.tokens import LETTERS
from quangba.source.data import DataError, load
from quangba.source.text import HIDDEN, nfc, strip

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FILE = "readings.yml"
"""Readings of a language, in its folder of the catalogs."""

HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

SYLLABLE = re.compile("[a-zü]+[1-5]?")

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------

Key = tuple[object, ...]


@dataclass(frozen=True)
class Unit:
    """A piece of a title and how it is typed."""

    text: str
    sound: str
    """Pinyin without tones, hiragana, or a word without marks; empty when nobody knows it."""
    tone: str = ""

    def __str__(self) -> str:
        text = re.sub(r"[\s:]+", "", self.text)
        return text if self.sound in ("", text) else f"{text}:{self.sound}"


@dataclass(frozen=True)
class Reading:
    """What an index needs to know of a title."""

    sign: str
    """Label of its group."""
    key: Key
    """Its place among all titles of the language: comparable, group first."""
    units: tuple[Unit, ...] = ()
    """The title piece by piece where it is not typed as it is written."""

    @property
    def typed(self) -> str:
        """
        Return the pieces for ``readings.js``: ``下:xia 龙:long 湾:wan``.

        >>> Reading('A', (), (Unit('下', 'xia'), Unit('LNG', 'lng'), Unit('の', 'の'))).typed
        '下:xia LNG:lng の'
        """
        return " ".join(map(str, self.units))


@dataclass
class Readings:
    """The readings of one language that people gave."""

    language: str
    words: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def read(cls, catalogs: Path, language: str) -> Readings:
        """Read the file of a language, which may be missing; wrong entries are left out."""
        path = catalogs / language / FILE
        file = f"{catalogs.name}/{language}/{FILE}"
        if not path.is_file():
            return cls(language)
        try:
            found = load(path.read_text(encoding="utf-8-sig"))
        except DataError as error:
            problem = Problem.at("data-yaml", file, error.line, what=error.what)
            return cls(language, problems=[problem])
        except UnicodeDecodeError:
            return cls(language, problems=[Problem.at("data-yaml", file, what="UTF-8")])
        except OSError as error:
            problem = Problem.at("file-unreadable", file, what=error.strerror)
            return cls(language, problems=[problem])
        readings = cls(language)
        entries = found.items() if isinstance(found, dict) else [(found, "")] if found else []
        for word, reading in entries:
            if is_reading(language, word, reading):
                readings.words[normal(word)] = nfc(reading)
            else:
                entry = f"{word}: {reading}"[:80]
                readings.problems.append(Problem.at("readings-wrong", file, entry=entry))
        return readings

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The words, the longest first; nothing matches where there are none."""
        words = sorted(self.words, key=lambda word: (-len(word), word))
        return re.compile("|".join(map(re.escape, words)) or "(?!)")

    def parts(self, title: str) -> list[tuple[str, str]]:
        """
        Cut a title at its known words; return each part with its reading, or with nothing.

        >>> Readings('ja', {'投資': 'とうし', '投': 'な'}).parts('投資の手順')
        [('投資', 'とうし'), ('の手順', '')]
        """
        found, at = [], 0
        for match in self.pattern.finditer(title):
            found += [(title[at : match.start()], ""), (match[0], self.words[match[0]])]
            at = match.end()
        return [part for part in [*found, (title[at:], "")] if part[0]]


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def is_reading(language: str, word: object, reading: object) -> bool:
    """
    Tell whether an entry of the file can be used.

    >>> is_reading('ja', '湾', 'わん'), is_reading('ja', '湾', '湾'), is_reading('ja', 1, 'いち')
    (True, False, False)
    >>> is_reading('zh', '安子', 'ān zǐ'), is_reading('zh', '安子', 'ān')
    (True, False)
    """
    if not (isinstance(word, str) and isinstance(reading, str) and normal(word) and reading):
        return False
    if language == "ja":
        return bool(re.fullmatch("[\u3041-\u3096\u30a1-\u30f6\u30fc]+", nfc(reading)))
    if language == "zh":
        sounds = [syllable(part) for part in reading.split()]
        return all(sounds) and len(sounds) == len(re.findall(f"[{HAN}]", word))
    return True


def normal(text: str) -> str:
    """
    Return a text on one line, its letters in their usual width, without what nobody sees.

    >>> normal('（Hạ\u200b\\nＬong）')
    '(Hạ Long)'
    """
    return " ".join(HIDDEN.sub("", unicodedata.normalize("NFKC", text)).split())


def plain(text: str) -> str:
    """
    Return a word as it is typed without marks.

    >>> plain('Đầu'), plain('Œuvre')
    ('dau', 'oeuvre')
    """
    return strip(text.lower().translate(LETTERS))


def syllable(sound: str) -> str:
    """
    Return a syllable as keys type it, its tone behind it: ``lǚ`` is ``lv3``.

    >>> syllable('lǚ'), syllable('lv3'), syllable('de'), syllable('湾')
    ('lv3', 'lv3', 'de5', '')
    """
    marks = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
    decomposed = unicodedata.normalize("NFD", sound.lower())
    tone = next((marks[mark] for mark in decomposed if mark in marks), "")
    bare = nfc("".join(char for char in decomposed if char not in marks))
    if not SYLLABLE.fullmatch(bare):
        return ""
    tone = bare[-1] if bare[-1].isdigit() else tone or "5"
    return bare.rstrip("12345").replace("ü", "v") + tone
