"""Words that belong together in a line: pairs of them, and small words that lean on the next."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

WEAK = {
    language: frozenset(words.split())
    for language, words in {
        "en": "a an and at by for from in into of on or the to with",
        "fr": "à au aux ce ces dans de des du en et la le les ou par pour que sa sur un une",
        "vi": "và với ở tại từ đến của cho là các những một khi về trong",
    }.items()
}
"""Words that lean on the next one: a line should not end with them."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def compounds(texts: Iterable[str]) -> tuple[str, ...]:
    """
    Return pairs of words that mostly stand together, lower case: Vietnamese words of two syllables.

    >>> compounds(['du lịch và dịch vụ, du lịch', 'du lịch, dịch vụ và dịch vụ'])
    ('du lịch', 'dịch vụ')
    """
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for text in texts:
        for part in re.split(r"[^\w ]|\n", text.lower()):
            found = [word for word in part.split() if word.isalpha()]
            words.update(found)
            pairs.update(pairwise(found))
    return tuple(
        sorted(
            f"{first} {second}"
            for (first, second), count in pairs.items()
            if count > 2
            and count * count > 0.03 * words[first] * words[second]
            and not {first, second} & WEAK["vi"]
        )
    )
