"""Consistency: the same text is translated the same way, and two different texts are not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from quangba.catalogs.message import Message, State
from quangba.errors import Problem
from quangba.mt.loops import UNSPACED
from quangba.review.checking import FAMILY, Finding
from quangba.source.text import nfc

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SAME_SOURCE, SAME_TARGET = "same-source", "same-target"
"""Names of the checks, for waivers and reports."""

SIGN = re.compile(r"[\W_]+")

WIDE = re.compile(f"[{UNSPACED}\uac00-\ud7a3]")

LONG = 16
"""Letters, Han and Hangul twice, from which two texts hardly have one translation by chance."""

SHOWN = 60
"""Characters of a text that a sentence names."""

Place = tuple[str, Message]

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def inconsistencies(entries: Iterable[Place]) -> Iterator[Finding]:
    """
    Yield the translations of one language that contradict others.

    ``entries`` are the catalog's file and the active messages of every catalog of the language.
    The wording that most places have is taken to be meant; those that differ from it are named.
    """
    known = [place for place in entries if place[1].state is not State.MISSING]
    sources: dict[tuple[str | None, str], list[Place]] = {}
    targets: dict[str, list[Place]] = {}
    for place in known:
        message = place[1]
        sources.setdefault((message.msgctxt, folded(source_of(message))), []).append(place)
        if weight(message.msgstr) >= LONG:
            targets.setdefault(folded(message.msgstr), []).append(place)
    for same in sources.values():
        yield from odd(SAME_SOURCE, same, [place[1].msgstr for place in same])
    for same in targets.values():
        yield from odd(SAME_TARGET, same, [source_of(place[1]) for place in same])


def odd(check: str, places: list[Place], texts: list[str]) -> Iterator[Finding]:
    """Yield a finding for each place whose text is not the one that most places have."""
    keys = [folded(text) for text in texts]
    if len(set(keys)) < 2:
        return
    # The first of those that are equally frequent is the norm.
    norm = keys.index(Counter(keys).most_common(1)[0][0])
    there, other = places[norm]
    for (file, message), key in zip(places, keys, strict=True):
        if key != keys[norm]:
            problem = Problem.at(
                FAMILY + check,
                file,
                message.line,
                msgid=source_of(message)[:SHOWN],
                other=(other.msgstr if check == SAME_SOURCE else source_of(other))[:SHOWN],
                place=f"{there}:{other.line}",
            )
            yield Finding(check, problem, message, message.waiver(check))


def source_of(message: Message) -> str:
    """Return the text that a translation was made for."""
    return message.previous if message.stale and message.previous is not None else message.msgid


def folded(text: str) -> str:
    """
    Return a text without case and punctuation; one of nothing else stays as it is.

    >>> folded('Xem thêm: **Vé tàu**.') == folded('xem thêm vé tàu')
    True
    """
    return SIGN.sub(" ", nfc(text).casefold()).strip() or text


def weight(text: str) -> int:
    """
    Return how many letters a text has, Han, kana and Hangul twice.

    >>> weight('Vé tàu'), weight('下龙湾')
    (5, 6)
    """
    return len(SIGN.sub("", text)) + len(WIDE.findall(text))
