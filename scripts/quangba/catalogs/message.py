"""
Messages: one source text and its translation, and what is known about both.

Two questions are answered separately, from the catalog alone: *who made it* (:class:`State`) and
*is it fresh* (:attr:`Message.stale`). An approval is a fingerprint of source and target: edit
either and it expires by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache

from quangba.source.text import fingerprint

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FINGERPRINT = re.compile(r"\bfp:([0-9a-f]{8,64})\b")
ROLE = re.compile(r"\brole:([a-z-]+)\b")
DAY = re.compile(r"\b(\d{4}-\d{2}-\d{2})\b")

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class State(IntEnum):
    """Who made a translation, from nobody to a reviewer."""

    MISSING = 0
    """Nobody: there is no translation."""
    DRAFT = 1
    """A machine, or a person who marked it unsure; not accepted yet."""
    TRANSLATED = 2
    """A person, or a machine whose draft a person accepted."""
    REVIEWED = 3
    """A person other than the author read it and stamped it."""


@dataclass(frozen=True)
class Stamp:
    """A comment that binds who, when and a fingerprint to a translation."""

    text: str
    """What stands after ``mt:`` or ``reviewed:``."""

    @property
    def fingerprint(self) -> str:
        """The hash of source and target that the stamp was made for."""
        return last(FINGERPRINT, self.text)

    @property
    def date(self) -> str:
        """ISO date of the stamp."""
        return day_of(unsigned(self.text))

    @property
    def role(self) -> str:
        """``sample`` or ``official``."""
        return role_of(unsigned(self.text))

    @property
    def who(self) -> str:
        """Name of the reviewer, or packages of the translator."""
        return self.text.rpartition(self.date)[0].strip() if self.date else self.text

    @classmethod
    def make(cls, who: str, day: str, role: str | None, msgid: str, msgstr: str) -> Stamp:
        """
        Make a stamp for a translation.

        Whoever signs stands first, so that a name cannot pass for a role or a fingerprint.

        >>> Stamp.make('Nhóm dự án', '2026-11-22', 'sample', 'a', 'b').text
        'Nhóm dự án 2026-11-22 role:sample fp:f04cdced'
        """
        parts = [
            *who.split(),
            day,
            f"role:{role}" if role else "",
            f"fp:{fingerprint(msgid, msgstr)}",
        ]
        return cls(" ".join(part for part in parts if part))


@dataclass
class Message:
    """One entry of a catalog."""

    msgid: str
    msgstr: str = ""
    msgctxt: str | None = None
    previous: str | None = None
    """The source that the translation was made for, when it is not the present one (``#|``)."""
    unsure: bool = False
    """True when a stale text was fuzzy before its source changed (``# unsure:``)."""
    fuzzy: bool = False
    flags: list[str] = field(default_factory=list)
    """Flags other than ``fuzzy``."""
    mt: Stamp | None = None
    """Which packages drafted it (``# mt:``)."""
    pivot: str | None = None
    """The English in between (``# pivot:``)."""
    reviewed: Stamp | None = None
    """Who reviewed it (``# reviewed:``)."""
    waived: list[Stamp] = field(default_factory=list)
    """Findings that are no mistakes: ``numbers: reason WHO DATE fp:HASH`` (``# waived:``)."""
    comments: list[str] = field(default_factory=list)
    """Translators' comments (``#``)."""
    notes: list[str] = field(default_factory=list)
    """Kind of text and the editor's notes (``#.``)."""
    references: list[str] = field(default_factory=list)
    """Where the text stands (``#:``)."""
    obsolete: bool = False
    """True when the text is gone from the page (``#~``)."""
    line: int = 0
    """Line in the file it was read from."""

    @property
    def key(self) -> tuple[str | None, str]:
        """What makes the message unique in its catalog."""
        return (self.msgctxt, self.msgid)

    @property
    def stale(self) -> bool:
        """Tell whether the source changed since the translation was made."""
        return self.fuzzy and self.previous is not None

    @property
    def state(self) -> State:
        """Who made the translation."""
        if not self.msgstr:
            return State.MISSING
        if self.stamped(self.reviewed, self.msgid) and not self.fuzzy:
            return State.REVIEWED
        if self.fuzzy and (not self.stale or self.unsure or self.machine):
            return State.DRAFT
        return State.TRANSLATED

    @property
    def machine(self) -> bool:
        """Tell whether the text is still as a machine wrote it."""
        return self.stamped(self.mt, self.msgid) or (
            self.previous is not None and self.stamped(self.mt, self.previous)
        )

    @property
    def was_reviewed(self) -> bool:
        """Tell whether a stale text was reviewed for the source it was made for."""
        return self.previous is not None and self.stamped(self.reviewed, self.previous)

    def stamped(self, stamp: Stamp | None, source: str) -> bool:
        """Tell whether a stamp is for this target and the given source."""
        return stamp is not None and stamp.fingerprint == fingerprint(source, self.msgstr)

    def waiver(self, check: str) -> Stamp | None:
        """Return who waived the findings of a check, while source and target are the same."""
        source = self.previous if self.stale and self.previous is not None else self.msgid
        return next(
            (
                stamp
                for stamp in self.waived
                if stamp.who.startswith(f"{check}:") and self.stamped(stamp, source)
            ),
            None,
        )

    def waive(self, check: str, reason: str, who: str, day: str) -> None:
        """
        Record that what a check finds is no mistake, for these texts alone.

        >>> message = Message('Hai tầng', 'Two decks')
        >>> message.waive('numbers', 'tàu hai tầng', 'Chị Hoa', '2026-11-22')
        >>> message.waived[0].text
        'numbers: tàu hai tầng (Chị Hoa) 2026-11-22 fp:7f85cf42'
        >>> message.msgstr = 'Three decks'
        >>> message.waiver('numbers') is None
        True
        """
        self.waived = [old for old in self.waived if not old.who.startswith(f"{check}:")]
        source = self.previous if self.stale and self.previous is not None else self.msgid
        said = f"{check}: {reason} ({who})"
        self.waived.append(Stamp.make(said, day, None, source, self.msgstr))

    def approve(self, who: str, day: str, role: str) -> None:
        """Stamp the translation as reviewed, for the present source."""
        self.reviewed = Stamp.make(who, day, role, self.msgid, self.msgstr)
        self.fuzzy, self.previous, self.unsure = False, None, False

    def change_source(self, msgid: str) -> None:
        """
        Follow the source to a new text; the first source is kept until somebody translates again.

        Back at the first source, everything is as it was: reviewed, accepted or unsure. Blanks
        alone are no change.

        >>> message = Message('Vé mua tại cảng.', 'Tickets at the port.')
        >>> message.change_source('Vé mua trên mạng.')
        >>> message.change_source('Vé mua tại cảng hoặc trên mạng.')
        >>> message.previous, message.stale
        ('Vé mua tại cảng.', True)
        >>> message.change_source('Vé mua tại cảng.')
        >>> message.previous, message.stale
        (None, False)
        """
        if self.msgstr:
            origin = self.previous if self.stale and self.previous is not None else self.msgid
            unsure = self.unsure if self.stale else self.fuzzy
            if fingerprint(origin) == fingerprint(msgid):
                self.previous, self.fuzzy, self.unsure = None, unsure, False
            else:
                self.previous, self.fuzzy, self.unsure = origin, True, unsure
        self.msgid = msgid

    def settle(self) -> None:
        """
        Drop what no longer says anything.

        Poedit and Weblate clear ``fuzzy`` when a person has translated again, and may leave ``#|``.
        """
        self.fuzzy = self.fuzzy and bool(self.msgstr)
        if not self.fuzzy:
            self.previous = None
        self.unsure = self.unsure and self.stale


@dataclass
class Catalog:
    """The messages of one page in one language, in document order."""

    language: str
    messages: list[Message] = field(default_factory=list)
    header: dict[str, str] = field(default_factory=dict)
    """Header fields in file order."""
    header_comments: list[str] = field(default_factory=list)

    @property
    def active(self) -> list[Message]:
        """Messages whose text stands on the page."""
        return [message for message in self.messages if not message.obsolete]

    @property
    def obsolete(self) -> list[Message]:
        """Messages whose text is gone; they come back when the text does."""
        return [message for message in self.messages if message.obsolete]

    def __iter__(self) -> Iterator[Message]:
        return iter(self.messages)

    def index(self) -> dict[tuple[str | None, str], Message]:
        """Return the active messages by key."""
        return {message.key: message for message in self.active}


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def unsigned(text: str) -> str:
    """
    Return a stamp without its fingerprint: whoever signs a page signs all its texts alike.

    >>> unsigned('Chị Hoa 2026-11-22 fp:7f85cf42'), unsigned('Chị Hoa fp:x 2026-11-22')
    ('Chị Hoa 2026-11-22', 'Chị Hoa fp:x 2026-11-22')
    """
    said, _, hash_ = text.rpartition(" fp:")
    return said if hash_.isalnum() and said else text


@lru_cache(maxsize=1024)
def day_of(text: str) -> str:
    """Return the last day in a stamp, or nothing."""
    return last(DAY, text)


@lru_cache(maxsize=1024)
def role_of(text: str) -> str:
    """Return the last role in a stamp; ``official`` without one."""
    return last(ROLE, text) or "official"


def last(pattern: re.Pattern[str], text: str) -> str:
    """Return the last match's group, or nothing."""
    found = pattern.findall(text)
    return found[-1] if found else ""
