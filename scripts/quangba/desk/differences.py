"""Differences: what became of a text, word by word; in scripts without blanks by characters."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

UNSPACED = "\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Thai, Lao, Khmer, kana and Han; Korean puts blanks between its words."""

TOKEN = re.compile(rf"(?:[{UNSPACED}]|[^\W{UNSPACED}]+|[^\w\s])\s*|\s+")
"""A word, character or sign, with the blanks behind it."""

WORD = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def words(text: str) -> list[str]:
    """
    Return the words of a text, without signs.

    >>> words('Vé: 20.000 đồng'), words('入場料')
    (['Vé', '20', '000', 'đồng'], ['入', '場', '料'])
    """
    return WORD.findall(text)


def difference(old: str, new: str) -> list[list[str]]:
    """
    Return what stayed, went and came, in the order of the texts.

    >>> difference('Vé mua tại cảng.', 'Vé mua trên mạng.')
    [['same', 'Vé mua '], ['old', 'tại cảng'], ['new', 'trên mạng'], ['same', '.']]
    """
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    found: list[list[str]] = []
    for kind, start, end, first, last in SequenceMatcher(
        None, [token.strip() for token in before], [token.strip() for token in after], False
    ).get_opcodes():
        if kind == "equal":
            found.append(["same", "".join(after[first:last])])
        else:
            went, came = "".join(before[start:end]), "".join(after[first:last])
            found += [pair for pair in (["old", went], ["new", came]) if pair[1]]
    return found
