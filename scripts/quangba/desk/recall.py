"""Recall: texts that were translated before, the same or nearly so, in one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from heapq import nlargest

from quangba.catalogs.message import Message, State
from quangba.desk.differences import words
from quangba.source.text import fingerprint

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SHOWN = 3
"""Texts that are offered."""

SIMILAR = 60
"""Score from which a text helps: below it, people are quicker without (a habit of CAT tools)."""

TELLING = 12
"""Words of a text that are looked up, the rarest ones: “và” stands everywhere."""

CANDIDATES = 24
"""Texts that are compared word by word."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Known:
    """A text that has a translation, and where."""

    source: str
    target: str
    where: str
    """Page that it stands on, as people know it."""
    name: str
    """Name of the page."""
    state: State
    words: tuple[str, ...] = field(repr=False)
    """Words of the source in lower case."""


@dataclass(frozen=True)
class Hit:
    """A known text and how near it is."""

    known: Known
    score: int
    """From 0 to 100, which is the same text."""


@dataclass
class Recall:
    """The known texts of a language, page by page."""

    pages: dict[str, list[Known]] = field(default_factory=dict)
    _index: dict[str, list[Known]] = field(default_factory=dict, repr=False)

    def learn(self, name: str, where: str, messages: Iterable[Message]) -> None:
        """Take what people translated on a page, instead of what was known of it."""
        self.pages[name] = [
            Known(
                message.msgid,
                message.msgstr,
                where,
                name,
                message.state,
                tuple(word.lower() for word in words(message.msgid)),
            )
            for message in messages
            if message.state >= State.TRANSLATED and not message.stale
        ]
        self._index = {}

    @property
    def index(self) -> dict[str, list[Known]]:
        """Known texts by each of their words."""
        if not self._index:
            for known in (known for page in self.pages.values() for known in page):
                for word in dict.fromkeys(known.words):
                    self._index.setdefault(word, []).append(known)
        return self._index

    def hits(self, source: str, name: str) -> list[Hit]:
        """
        Return the nearest texts, without the text itself on its own page.

        Reviewed ones come first among equals, and each translation once.
        """
        own = tuple(word.lower() for word in words(source))
        found = []
        for known in self.candidates(own):
            score = similarity(source, own, known)
            if score >= SIMILAR and not (score == 100 and known.name == name):
                found.append(Hit(known, score))
        found.sort(key=lambda hit: (-hit.score, -hit.known.state, hit.known.where))
        distinct = {hit.known.target: hit for hit in reversed(found)}
        return sorted(distinct.values(), key=found.index)[:SHOWN]

    def candidates(self, own: tuple[str, ...]) -> list[Known]:
        """Return the texts that share most of the rarest words."""
        index = self.index
        rarest = sorted(
            (word for word in dict.fromkeys(own) if word in index), key=lambda w: len(index[w])
        )[:TELLING]
        shared: Counter[int] = Counter()
        texts: dict[int, Known] = {}
        for word in rarest:
            for known in index[word]:
                shared[id(known)] += 1
                texts[id(known)] = known
        best = nlargest(
            CANDIDATES,
            shared,
            key=lambda each: (
                shared[each] / (len(own) + len(texts[each].words)),
                texts[each].state,
            ),
        )
        return [texts[each] for each in best]


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def similarity(source: str, own: tuple[str, ...], known: Known) -> int:
    """Return how alike two texts are, in percent; 100 is for the same text alone."""
    if fingerprint(source) == fingerprint(known.source):
        return 100
    matcher = SequenceMatcher(None, own, known.words, False)
    if 100 * matcher.real_quick_ratio() < SIMILAR or 100 * matcher.quick_ratio() < SIMILAR:
        return 0
    return min(99, round(100 * matcher.ratio()))
