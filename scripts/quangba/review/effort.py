"""
Effort: how much there is to read in a text, and how long a reviewer needs for it.

A Vietnamese “word” is what stands between blanks, a syllable, as every word processor counts it.
"""

from __future__ import annotations

import math
import re

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

WORD = re.compile(r"\w+")

PACE = 20
"""
Words of the Vietnamese source that a reviewer compares with a translation in a minute.

Agencies plan about 1,000 English words an hour for comparing a translation with its source (the
*revision* of ISO 17100; the standard itself gives no number), which is 17 a minute. Vietnamese
counts syllables, some 1.3 for an English word: 22 a minute, rounded down to leave time for the
names and figures that our texts are full of. It is a planning figure and not measured here.
"""

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


def minutes(count: int) -> int:
    """
    Return how many minutes the review of so many source words takes, rounded up.

    >>> minutes(0), minutes(8), minutes(400)
    (0, 1, 20)
    """
    return math.ceil(count / PACE)
