"""Events: what happened to a site, as its history tells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from quangba.errors import Problem

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Kind(StrEnum):
    """What happened to a page in a language."""

    PUBLISHED = "published"
    """It appeared for the first time."""
    CHANGED = "changed"
    """Readers got another text."""
    WITHDRAWN = "withdrawn"
    """It was taken out by a decision that is on record."""
    RETURNED = "returned"
    """It appeared again after it was withdrawn or deleted."""
    REMOVED = "removed"
    """Its file was deleted."""
    RENAMED = "renamed"
    """Its address changed."""


class Maker(StrEnum):
    """Who made a translation when it was first met."""

    MACHINE = "machine"
    PEOPLE = "people"
    ACCEPTED = "accepted"
    """A machine, and a person accepted the draft without a change."""


@dataclass(frozen=True)
class Event:
    """Something that happened to a page in a language."""

    day: date
    commit: str
    kind: Kind
    page: str
    """Name of the page: ``visit/yen-tu.md``."""
    title: str
    unit: str
    """Code of the owner in ``units.yml``; empty when the page names none."""
    language: str
    before: str = ""
    """The name that a renamed page had."""


@dataclass(frozen=True)
class Work:
    """A translation that was made."""

    day: date
    language: str
    maker: Maker
    text: str
    """Fingerprint of context and source: the same text counts once."""
    words: int
    """Words of the source."""


@dataclass(frozen=True)
class Review:
    """A review stamp that was set."""

    day: date
    """When it was committed."""
    stamped: str
    """Date in the stamp, as written."""
    language: str
    who: str
    role: str
    text: str
    words: int


@dataclass
class StaleRun:
    """A translation that lagged behind its source."""

    page: str
    language: str
    since: date
    """When the source changed."""
    words: int
    """Words of the present source."""
    ended: date | None = None
    outcome: str = ""
    """``renewed``, ``restored`` (the source is as it was) or ``removed``; empty while it lasts."""

    def days(self, until: date) -> int:
        """Return how many days it lasted, up to a day while it lasts."""
        return max(0, ((self.ended or until) - self.since).days)


@dataclass(frozen=True)
class Approved:
    """An approval that was recorded."""

    day: date
    commit: str
    page: str
    title: str
    unit: str
    who: str
    dated: str
    """Date that the approval bears, as written."""
    document: str
    role: str


@dataclass(frozen=True)
class Withdrawn:
    """A withdrawal that was recorded."""

    day: date
    commit: str
    page: str
    title: str
    unit: str
    who: str
    dated: str
    reason: str


@dataclass(frozen=True)
class Unread:
    """A file or commit that could not be read and counts as it was before."""

    day: date
    commit: str
    file: str
    problem: Problem | None = None
    """What is wrong with it; None where the repository itself is damaged."""


@dataclass
class Standing:
    """A page in a language, at one moment."""

    visible: bool = False
    """True when readers see it."""
    in_force: bool = False
    """True from its publication until it is withdrawn or removed, also while it is held back."""
    ever: bool = False
    """True when it was published at any time."""
    withdrawn: bool = False
    shown: str = ""
    """Fingerprint of what readers saw last."""
    since: date | None = None
    """Since when it is visible, or not."""


@dataclass
class Told:
    """Everything that a history tells, in the order in which it happened."""

    events: list[Event] = field(default_factory=list)
    work: list[Work] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    stale: list[StaleRun] = field(default_factory=list)
    approvals: list[Approved] = field(default_factory=list)
    withdrawals: list[Withdrawn] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
