"""
Effort: how much there is to read in a text, and how long a reviewer needs for it.

A Vietnamese “word” is what stands between blanks, a syllable, as every word processor counts it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

WORD = re.compile(r"\w+")

READING = 20
"""
Words of the Vietnamese source that a reviewer compares with a translation in a minute.

Agencies plan about 1,000 English words an hour for comparing a translation with its source (the
*revision* of ISO 17100; the standard itself gives no number), which is 17 a minute. Vietnamese
counts syllables, some 1.3 for an English word: 22 a minute, rounded down to leave time for the
names and figures that our texts are full of. It is a planning figure and not measured here.
"""

EDITING = 12
"""Source words a minute with a draft or a stale text to mend: 5,000 to 6,000 words a day."""

WRITING = 5
"""Source words a minute from nothing: 2,000 to 2,500 words a day."""

PACES = {"missing": WRITING, "draft": EDITING, "stale": EDITING, "translated": READING}
"""The pace of a text by what it is; a reviewed one takes no time."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def words(text: str) -> int:
    """
    Return how many words a source text has.

    >>> words('Vịnh Hạ Long là di sản thế giới.')
    8
    """
    return len(WORD.findall(text))


def minutes(left: Mapping[str, int]) -> int:
    """
    Return how many minutes source words take by what their texts are, rounded up.

    >>> minutes({}), minutes({'translated': 8}), minutes({'translated': 400, 'missing': 10})
    (0, 1, 22)
    """
    return math.ceil(sum(count / PACES[state] for state, count in left.items() if state in PACES))
