"""Loops: a model that has lost its way says the same words again and again."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Sequence

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

UNSPACED = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\u1780-\u17ff"  # Burmese, Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"  # kana and iteration marks
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""Scripts without blanks between words, where every character is a unit of its own."""

UNIT = re.compile(rf"\d+(?:[.,]\d+)*|[{UNSPACED}]|[^\W{UNSPACED}]+|[^\w\s]")
"""A number, a character or word, a sign; ``1,000,000`` does not say anything twice."""

WORD = re.compile(rf"[^\W\d_{UNSPACED}]+")
LETTER = re.compile(r"\w")

LONGEST = 60
"""Units of the longest phrase that is looked for."""

PHRASE = {True: 8, False: 4}
"""Units from which a phrase is not said twice in a row: in unspaced scripts, in spaced ones."""

PACKED = 2.4
"""How much smaller zlib makes a text that is nothing but repetition (Whisper's threshold)."""

MORE = 1.5
"""How much better than its source a translation may be packed."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def repeats(text: str, source: str) -> bool:
    """
    Tell whether a translation says something again and again that its source does not.

    What the source repeats, the translation may: "1, 1, 1", a chorus, the name of an office.

    >>> repeats('the bay of the bay of the bay of the bay', 'vịnh Hạ Long')
    True
    >>> repeats('more and more and more boats', 'ngày càng nhiều tàu')
    False
    """
    units, origin = UNIT.findall(text.casefold()), UNIT.findall(source.casefold())
    return (
        runs(units, most_in_a_row(origin))
        or returns(units, origin)
        or stutters(text, source)
        or squeeze(text) > max(PACKED, MORE * squeeze(source))
    )


def rows(units: Sequence[str]) -> list[tuple[int, int, int]]:
    """
    Return for each length of phrase how often one follows itself, and where it ends.

    >>> rows(['a', 'b', 'a', 'b', 'a', 'b'])[1]
    (2, 3, 6)
    """
    found = []
    for period in range(1, min(LONGEST, len(units) // 2) + 1):
        longest = run = end = 0
        for index in range(period, len(units)):
            run = run + 1 if units[index] == units[index - period] else 0
            if run > longest:
                longest, end = run, index + 1
        found.append((period, longest // period + 1, end))
    return found


def most_in_a_row(units: Sequence[str]) -> int:
    """Return how often a text says anything in a row."""
    return max((times for _, times, _ in rows(units)), default=1)


def runs(units: Sequence[str], allowed: int) -> bool:
    """Tell whether a phrase follows itself more often than its length and the source allow."""
    for period, times, end in rows(units):
        phrase = units[end - period : end]
        unspaced = all(re.match(f"[{UNSPACED}]", unit) for unit in phrase)
        if not any(LETTER.match(unit) for unit in phrase):
            limit = 6 if period == 1 else 3
        elif period == 1:
            limit = 3
        else:
            limit = 1 if period >= PHRASE[unspaced] else 2
        if times > max(limit, allowed):
            return True
    return False


def returns(units: Sequence[str], origin: Sequence[str]) -> bool:
    """Tell whether a phrase comes back, in a row or not, more often than any word of the source."""
    words = [unit for unit in units if LETTER.match(unit)]
    size = PHRASE[sum(map(len, words)) < 2 * len(words)]
    said = Counter(zip(*(words[start:] for start in range(size)), strict=False))
    heard = Counter(unit for unit in origin if LETTER.match(unit))
    return max(said.values(), default=0) > max(2, max(heard.values(), default=0) + 1)


def stutters(text: str, source: str) -> bool:
    """Tell whether a word repeats a part of itself: ``hahahahaha``, ``umberumberumber``."""
    longest = max((most_in_a_row(word) for word in WORD.findall(source.casefold())), default=1)
    for word in WORD.findall(text.casefold()):
        for period, times, _ in rows(word):
            if times > max({1: 5, 2: 4}.get(period, 2), longest):
                return True
    return False


def squeeze(text: str) -> float:
    """Return how many times smaller zlib makes a text."""
    data = text.encode("utf-8", "replace")
    return len(data) / len(zlib.compress(data))
