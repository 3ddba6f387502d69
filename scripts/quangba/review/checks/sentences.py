"""
Sentences: each sentence of the source has its part in the translation.

Translators join and split sentences. A sentence is therefore only called lost when the alignment
without it (by length and by what both sides share, after Gale and Church 1993) is much better than
every alignment that has a place for it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quangba.errors import Severity
from quangba.mt.markup import CLOSE, MARK, MASK, SILENT, Marked, without_spans
from quangba.mt.sentences import split
from quangba.review.checking import Values, check
from quangba.review.entry import Entry
from quangba.review.precedence import unless

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

WIDE_END = re.compile(
    "(?<=[。！？])(?![」』”’）)。！？\ue140-\ue17f\ue300-\ue3ff])"
    "|(?<=[。！？][」』”’）)\ue300-\ue3ff])(?![」』”’）)\ue300-\ue3ff])"
)
"""Where a Chinese or Japanese sentence ends."""

LETTER = re.compile(r"\w")

JOINT = re.compile(r"[,;:，；：、–—]|\b(?:và|and|et)\b|며|고 ")
"""Where two sentences may have been joined."""

RATE = {"en": 1.17, "fr": 1.33, "zh": 0.385, "ja": 0.58, "ko": 0.50}
"""Letters of a translation by letters of the Vietnamese, as in the reviewed catalogs."""

SPREAD = {"en": (0.0064, 1.6), "fr": (0.0064, 1.6)}
WIDE_SPREAD = (0.0128, 2.2)
"""Variance of the logarithm of that rate: of long texts, and what is added over the letters."""

WORTH = 4
"""Letters that a fact or a link counts for, on both sides."""

APART = 3.0
"""Cost of a fact or a link that stands in only one of two aligned sentences."""

UNJOINED = 1.0
"""Cost of sentences that are one in the translation, where nothing shows that they were joined."""

UNSPLIT = 2.0
"""Cost of a sentence that is several ones in the translation, and has no place to split it at."""

BEADS = {(1, 1): 0.0, (2, 1): 1.5, (1, 2): 1.0, (1, 3): 2.0, (2, 2): 4.0, (3, 1): 2.5}
"""Cost of so many sentences of the source for so many of the translation."""

MARGIN = {"en": 0.8, "fr": 1.3, "ko": 1.3, "ja": 2.2, "zh": 3.2}
"""How much better it must be without a sentence; zh and ja like to join them with commas."""

MARGIN_ADDED = {"en": 1.0, "fr": 1.0, "ko": 1.7, "ja": 2.3, "zh": 1.0}
"""The same for a sentence of the translation; Japanese likes to split."""

MEASURED = "vi"
"""The source language whose rates were measured."""

LONG = 10
"""Letters from which a sentence that stands twice is a mistake."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Sentence(NamedTuple):
    """What the alignment looks at."""

    text: str
    letters: int
    things: frozenset[str]
    """Facts, links and the like."""
    joints: int


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@check(
    Severity.WARNING,
    "có vẻ thiếu câu “{what}”. Hãy dịch bổ sung câu này.",
    "the sentence “{what}” seems to be missing. Translate it.",
)
@unless("no-end", "breaks-off", "untranslated", "other-tongue", "wrong-script")
def lost_sentences(entry: Entry) -> Iterator[Values]:
    """Find a sentence that has no part in the translation."""
    source, target = both_sides(entry)
    if len(source) < 2 or not target:
        return
    whole, without, which = aligned(source, target, entry.language)
    if whole - without > MARGIN[entry.language]:
        yield {"what": shown(source[which].text)}


@check(
    Severity.WARNING,
    "có vẻ thừa câu “{what}”. Hãy xem bản gốc có nói điều này không.",
    "the sentence “{what}” does not seem to stand in the source. See whether it belongs there.",
)
@unless("repeated-sentences", "other-tongue", "codes")
def added_sentences(entry: Entry) -> Iterator[Values]:
    """Find a sentence of the translation that has no part in the source."""
    source, target = both_sides(entry)
    if not source or len(target) <= len(source) or repeated(entry.marked[1], entry.language):
        return
    whole, without, which = aligned(source, target, entry.language, added=True)
    if whole - without > MARGIN_ADDED[entry.language]:
        yield {"what": shown(target[which].text)}


def both_sides(entry: Entry) -> tuple[list[Sentence], list[Sentence]]:
    """Return the sentences of source and translation; none for pairs without measured rates."""
    if entry.language not in RATE or entry.source_language != MEASURED:
        return [], []
    return sentences(entry.marked[0], MEASURED), sentences(entry.marked[1], entry.language)


@check(
    Severity.WARNING,
    "câu “{what}” có hai lần. Hãy bỏ một câu.",
    "the sentence “{what}” stands there twice. Take one out.",
)
def repeated_sentences(entry: Entry) -> Iterator[Values]:
    """Find a sentence that stands twice in the translation and not in the source."""
    twice = repeated(entry.marked[1], entry.language)
    if twice and not repeated(entry.marked[0], entry.source_language):
        yield {"what": shown(twice)}


def repeated(marked: Marked, language: str) -> str:
    """Return a sentence that stands twice, or nothing."""
    if len(marked.text) < LONG:
        return ""
    said = Counter(
        text
        for part in parted(without_spans(marked.text), language)
        if len(LETTER.findall(text := part.strip().casefold())) >= LONG // 2
    )
    return next((text for text, times in said.items() if times > 1), "")


def parted(text: str, language: str) -> list[str]:
    """Split a marked text into sentences."""
    return WIDE_END.split(text) if language in ("zh", "ja") else split(text, language)


def sentences(marked: Marked, language: str) -> list[Sentence]:
    """Return the sentences of a text that have words."""
    found = []
    for part in parted(marked.text, language):
        words = MARK.sub("", part)
        things = frozenset(thing(marked, sign) for sign in MARK.findall(part)) - {""}
        if things or LETTER.search(words):
            letters = len(LETTER.findall(words))
            found.append(Sentence(part, letters, things, len(JOINT.findall(words))))
    return found


def thing(marked: Marked, sign: str) -> str:
    """Return what a mark stands for, when it says where a sentence belongs."""
    literal = marked.literals[sign].parts[0]
    if MASK <= ord(sign) < SILENT or (ord(sign) >= CLOSE and literal[0] == "]"):
        return literal
    return ""


def aligned(
    source: Sequence[Sentence], target: Sequence[Sentence], language: str, *, added: bool = False
) -> tuple[float, float, int]:
    """
    Return the cost of the best alignment with all sentences, without one, and which one.

    The one is left out of the source, or (``added``) of the translation.
    """
    none = (math.inf, -1)
    best = [[(math.inf, none)] * (len(target) + 1) for _ in range(len(source) + 1)]
    for i in range(len(source) + 1):
        for j in range(len(target) + 1):
            whole, without = (math.inf, none) if i or j else (0.0, none)
            for (left, right), price in BEADS.items():
                if i < left or j < right:
                    continue
                before = best[i - left][j - right]
                if before[0] == before[1][0] == math.inf:
                    continue
                here = price + cost(source[i - left : i], target[j - right : j], language)
                whole = min(whole, before[0] + here)
                without = min(without, (before[1][0] + here, before[1][1]))
            if added and j:
                gone = best[i][j - 1][0] + APART * len(target[j - 1].things)
                without = min(without, (gone, j - 1))
            elif i and not added:
                gone = best[i - 1][j][0] + APART * len(source[i - 1].things)
                without = min(without, (gone, i - 1))
            best[i][j] = (whole, without)
    whole, (without_one, which) = best[-1][-1]
    return whole, without_one, which


def cost(source: Sequence[Sentence], target: Sequence[Sentence], language: str) -> float:
    """Say how unlikely it is that one is the translation of the other."""
    before = frozenset[str]().union(*(sentence.things for sentence in source))
    after = frozenset[str]().union(*(sentence.things for sentence in target))
    extra = WORTH * len(before)
    letters = sum(sentence.letters for sentence in source)
    ratio = (sum(sentence.letters for sentence in target) + extra + 1) / (
        letters * RATE[language] + extra + 1
    )
    fixed, falling = SPREAD.get(language, WIDE_SPREAD)
    variance = fixed + falling / max(letters + extra, 4)
    price = math.log(ratio) ** 2 / variance / 2 + math.log(variance) / 2
    joints = sum(sentence.joints for sentence in target)
    if joints < len(source) - len(target):
        price += UNJOINED
    if sum(sentence.joints for sentence in source) < len(target) - len(source):
        price += UNSPLIT
    return price + APART * len(before ^ after)


def shown(text: str) -> str:
    """Return the beginning of a sentence without marks."""
    words = " ".join(MARK.sub("", without_spans(text)).split())
    return words if len(words) <= 60 else f"{words[:59]}…"
