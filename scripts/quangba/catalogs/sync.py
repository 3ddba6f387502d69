"""
Synchronisation: bring the catalogs of a page in line with its segments.

New, changed, moved, removed and returned texts are told apart inside one page. A changed text
keeps its translation, marked stale; a removed one becomes obsolete and comes back when the text
does; an identical text that was reviewed elsewhere is reused.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from quangba.catalogs.memory import Memory
from quangba.catalogs.message import Catalog, Message
from quangba.source.segments import Segment

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
    order = [key for key in active if key in texts]
    unused = [message for key, message in active.items() if key not in texts]
    fresh = [key for key in texts if key not in active]

    # Texts that come back, exactly as they were.
    for key in list(fresh):
        if key in gone:
            message = gone[key]
            message.obsolete = False
            active[key] = message
            fresh.remove(key)
            changes.returned += 1
    # Texts that changed.
    for key, message in pair(fresh, unused, texts):
        message.change_source(texts[key].segment.msgid)
        message.msgctxt = key[0]
        active[key] = message
        fresh.remove(key)
        unused.remove(message)
        changes.changed += 1
    # Texts that are new.
    for key in fresh:
        active[key] = Message(key[1], msgctxt=key[0])
        changes.new += 1
        if memory and memory.reuse(active[key]):
            changes.reused += 1
    # Texts that are gone; an empty translation is not worth keeping.
    for message in unused:
        changes.removed += 1
        message.obsolete = True
    kept = [m for m in catalog.messages if m.obsolete and m.msgstr]

    stayed = set(order)
    moved = [key for key in texts if key in stayed]
    changes.moved = sum(1 for old, new in zip(order, moved, strict=True) if old != new)
    messages = []
    for key, text in texts.items():
        message = active[key]
        message.notes = text.notes
        message.references = [reference.replace(" ", "%20")]
        settle(message)
        messages.append(message)
    catalog.messages = messages + unique(kept, {message.key for message in messages})
    return changes


def settle(message: Message) -> None:
    """
    Drop a previous source that no longer says anything.

    Poedit and Weblate clear ``fuzzy`` when a person has translated again, and may leave ``#|``.
    """
    if message.previous is not None and (not message.fuzzy or not message.msgstr):
        message.previous = None
    if message.fuzzy and not message.msgstr:
        message.fuzzy = False


def unique(messages: list[Message], taken: set[Key]) -> list[Message]:
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
    fresh: list[Key], unused: list[Message], texts: dict[Key, Text]
) -> list[tuple[Key, Message]]:
    """Pair new texts with vanished ones that they were probably made from, best pairs first."""
    candidates = []
    words = {message.key: Counter(WORD.findall(message.msgid.lower())) for message in unused}
    for position, key in enumerate(fresh):
        own = Counter(WORD.findall(key[1].lower()))
        kind = texts[key].notes[0]
        for other, message in enumerate(unused):
            score = similarity(own, words[message.key])
            if message.previous == key[1]:
                score = 2.0
            if score < SIMILAR:
                continue
            # The same kind of text at the same place wins between equals.
            same = 0.1 if kind in message.notes and key[0] == message.msgctxt else 0.0
            candidates.append((-(score + same), abs(position - other), position, other))
    candidates.sort()
    pairs, taken_keys, taken_messages = [], set(), set()
    for _, _, position, other in candidates:
        if position not in taken_keys and other not in taken_messages:
            taken_keys.add(position)
            taken_messages.add(other)
            pairs.append((fresh[position], unused[other]))
    return pairs


def similarity(one: Counter[str], two: Counter[str]) -> float:
    """
    Return the share of common words (Dice coefficient), from 0 to 1.

    >>> similarity(Counter('a b c d'.split()), Counter('a b c e'.split()))
    0.75
    """
    size = sum(one.values()) + sum(two.values())
    return 2 * sum((one & two).values()) / size if size else 0.0


def carry_over(old: Catalog, language: str) -> Catalog:
    """Return a copy of a catalog, for a page that was renamed or copied."""
    return Catalog(
        language, copy.deepcopy(old.messages), dict(old.header), list(old.header_comments)
    )
