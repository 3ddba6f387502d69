"""
Synchronisation: bring the catalogs of a page in line with its segments.

New, changed, moved, removed and returned texts are told apart inside one page. A changed text
keeps its translation, marked stale; a removed one becomes obsolete and comes back when the text
does; an identical text that was reviewed elsewhere is reused.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from quangba.catalogs.memory import Memory
from quangba.catalogs.message import Catalog, Message
from quangba.source.segment import Segment

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SIMILAR = 0.5
"""Share of common words (Dice) from which a text counts as a changed one, not as a new one."""

WORD = re.compile(r"\w+")

Key = tuple[str | None, str]

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Changes:
    """What a synchronisation did to one catalog."""

    new: int = 0
    reused: int = 0
    """New texts whose translation came from the memory."""
    changed: int = 0
    returned: int = 0
    removed: int = 0
    moved: int = 0

    def add(self, other: Changes) -> None:
        """Add up."""
        for name in vars(self):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def total(self) -> int:
        """How many entries were touched."""
        return sum(vars(self).values())


@dataclass
class Text:
    """A text of the page, joined from the segments that share it."""

    segment: Segment
    notes: list[str] = field(default_factory=list)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def synchronise(
    catalog: Catalog, segments: Sequence[Segment], reference: str, memory: Memory | None = None
) -> Changes:
    """
    Bring a catalog in line with the segments of its page, in place.

    ``reference`` is the page's path for ``#:``. Applying it twice changes nothing the second time.
    """
    changes = Changes()
    texts = join(segments)
    active = catalog.index()
    gone = {message.key: message for message in catalog.obsolete}
    before = [key for key in active if key in texts]
    unused = [message for key, message in active.items() if key not in texts]

    # Texts that come back, exactly as they were; also where the active entry is empty.
    for key in texts:
        if key in gone and (key not in active or not active[key].msgstr):
            active[key] = gone[key]
            active[key].obsolete = False
            changes.returned += 1
    # Texts that changed.
    fresh = [key for key in texts if key not in active]
    for key, message in pair(fresh, unused, texts):
        message.change_source(key[1])
        message.msgctxt = key[0]
        active[key] = message
        changes.changed += 1
    # Texts that are new.
    for key in fresh:
        if key not in active:
            active[key] = Message(key[1], msgctxt=key[0])
            changes.new += 1
            if memory and memory.reuse(active[key]):
                changes.reused += 1
    # Texts that are gone; an empty translation is not worth keeping.
    for message in unused:
        if message.key not in texts:
            changes.removed += 1
            message.obsolete = True
    kept = [m for m in catalog.messages if m.obsolete and m.msgstr]

    changes.moved = moved(before, texts)
    messages = []
    for key, text in texts.items():
        message = active[key]
        message.notes = text.notes
        message.references = [reference.replace(" ", "%20")]
        message.settle()
        messages.append(message)
    catalog.messages = messages + unique(kept, texts.keys())
    return changes


def moved(before: Sequence[Key], texts: Iterable[Key]) -> int:
    """
    Count the texts that have to move for the old order to become the new one.

    >>> moved([(None, 'a'), (None, 'b'), (None, 'c')], [(None, 'b'), (None, 'c'), (None, 'a')])
    1
    """
    position = {key: number for number, key in enumerate(before)}
    # Texts that stay form the longest rising sequence; ends[n] closes the best one of length n + 1.
    ends: list[int] = []
    for key in texts:
        if key in position:
            place = bisect_left(ends, position[key])
            ends[place : place + 1] = [position[key]]
    return len(before) - len(ends)


def unique(messages: list[Message], taken: Container[Key]) -> list[Message]:
    """Return obsolete messages once each, without those that are active again."""
    found: dict[Key, Message] = {}
    for message in messages:
        if message.key not in taken:
            found.setdefault(message.key, message)
    return list(found.values())


def join(segments: Sequence[Segment]) -> dict[Key, Text]:
    """Join segments that share context and text into one entry, notes together."""
    texts: dict[Key, Text] = {}
    for segment in segments:
        text = texts.setdefault(segment.key, Text(segment))
        for note in (segment.kind, *segment.notes):
            if note not in text.notes:
                text.notes.append(note)
    return texts


def pair(
    fresh: Sequence[Key], unused: Sequence[Message], texts: Mapping[Key, Text]
) -> Iterator[tuple[Key, Message]]:
    """
    Pair new texts with vanished ones that they were probably made from, best pairs first.

    Only texts that share words are compared, so the cost grows with common words, not with the
    square of the texts.
    """
    if not fresh or not unused:
        return
    sizes = []
    holders: dict[str, list[tuple[int, int]]] = {}
    for other, message in enumerate(unused):
        words = Counter(WORD.findall(message.msgid.lower()))
        sizes.append(words.total())
        for word, count in words.items():
            holders.setdefault(word, []).append((other, count))
    origins = {message.previous: other for other, message in enumerate(unused) if message.stale}
    candidates = []
    for position, key in enumerate(fresh):
        words = Counter(WORD.findall(key[1].lower()))
        common: dict[int, int] = {}
        for word, count in words.items():
            for other, held in holders.get(word, ()):
                common[other] = common.get(other, 0) + min(count, held)
        scores = {o: 2 * n / (words.total() + sizes[o]) for o, n in common.items()}
        if key[1] in origins:
            # Back at the text that the translation was made for.
            scores[origins[key[1]]] = 2.0
        for other, score in scores.items():
            if score >= SIMILAR:
                message = unused[other]
                # The same kind of text at the same place wins between equals.
                kind = texts[key].segment.kind
                same = 0.1 if kind in message.notes and key[0] == message.msgctxt else 0.0
                candidates.append((-(score + same), abs(position - other), position, other))
    paired: set[Key] = set()
    used: set[int] = set()
    for _, _, position, other in sorted(candidates):
        if fresh[position] not in paired and other not in used:
            paired.add(fresh[position])
            used.add(other)
            yield fresh[position], unused[other]
