"""
Translations: what was translated and reviewed, and what lagged behind, catalog by catalog.

A translation counts when its source and target are met together for the first time in a language:
what was moved, renamed, merged or used on another page is no new work.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from dulwich.objects import ObjectID

from quangba.catalogs.message import Catalog, Message, State
from quangba.report.events import Maker, Review, StaleRun, Told, Work
from quangba.report.repository import Repository
from quangba.review.effort import words
from quangba.source.text import fingerprint

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

StaleKey = tuple[str, str, str]
"""Language, page, and fingerprint of the old source with its translation."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Translations:
    """Compares the states of catalogs, in the order of the commits."""

    told: Told
    repository: Repository
    versions: dict[str, list[tuple[date, ObjectID]]]
    """States of each page's file, oldest first."""
    day: date = date.min
    """The day of the commit."""
    baseline: bool = False
    """True while the first state of a shortened history is taken: nothing happened yet."""
    running: dict[StaleKey, StaleRun] = field(default_factory=dict)
    last_source: dict[StaleKey, str] = field(default_factory=dict)
    """The present source of each running text."""
    made: set[str] = field(default_factory=set)
    accepted: set[str] = field(default_factory=set)
    stamps: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.folded = lru_cache(maxsize=512)(self.read_folded)

    def take(self, language: str, name: str, catalog: Catalog) -> None:
        """Compare a new state of a catalog with what was met before."""
        for message in catalog.active:
            self.take_work(language, message)
            self.take_review(language, message)
        self.follow_stale(language, name, catalog)

    def rename(self, old: str, new: str) -> None:
        """Let a renamed page keep its running texts."""
        for key in [key for key in self.running if key[1] == old]:
            run = self.running.pop(key)
            run.page = new
            self.running[key[0], new, key[2]] = run
            self.last_source[key[0], new, key[2]] = self.last_source.pop(key)

    def take_work(self, language: str, message: Message) -> None:
        """Note a translation that was never met before, and a draft that a person accepted."""
        if not message.msgstr:
            return
        source = message.previous if message.stale and message.previous else message.msgid
        pair = fingerprint(language, source, message.msgstr, length=16)
        maker = None
        accepted = message.machine and message.state >= State.TRANSLATED and not message.stale
        if pair not in self.made:
            maker = Maker.MACHINE if message.machine else Maker.PEOPLE
            self.note_work(language, maker, source)
        if accepted and pair not in self.accepted:
            self.accepted.add(pair)
            self.note_work(language, Maker.ACCEPTED, source)
        self.made.add(pair)

    def note_work(self, language: str, maker: Maker, source: str) -> None:
        """Note that a source text was translated."""
        if not self.baseline:
            self.told.work.append(
                Work(self.day, language, maker, fingerprint(source, length=16), words(source))
            )

    def take_review(self, language: str, message: Message) -> None:
        """Note a review stamp that was never met before."""
        stamp = message.reviewed
        if stamp is None or message.state is not State.REVIEWED:
            return
        key = fingerprint(language, message.msgid, message.msgstr, stamp.text, length=16)
        if key in self.stamps:
            return
        self.stamps.add(key)
        if not self.baseline:
            self.told.reviews.append(
                Review(
                    self.day,
                    stamp.date,
                    language,
                    stamp.who,
                    stamp.role,
                    fingerprint(message.msgid, length=16),
                    words(message.msgid),
                )
            )

    # Stale texts

    def follow_stale(self, language: str, name: str, catalog: Catalog | None) -> None:
        """Begin and end the runs of texts that lag behind their source."""
        active = catalog.active if catalog else []
        now = {(language, name, lag(m)): m for m in active if m.stale}
        for key in [k for k in self.running if k[:2] == (language, name) and k not in now]:
            run = self.running.pop(key)
            run.ended, run.outcome = self.day, outcome(key[2], active, self.last_source.pop(key))
        for key, message in now.items():
            self.last_source[key] = message.msgid
            if key in self.running:
                self.running[key].words = words(message.msgid)
                continue
            since = self.changed_on(name, message.previous or "")
            run = StaleRun(name, language, since, words(message.msgid))
            self.running[key] = run
            self.told.stale.append(run)

    def changed_on(self, name: str, text: str) -> date:
        """
        Return when a text left a page: it may have been before the catalogs were brought in line.

        Today, when no state of the file is known that holds it (its markup was expanded).
        """
        wanted, found = fold(text), self.day
        for day, sha in reversed(self.versions.get(name, [])):
            if wanted in self.folded(sha):
                return found
            found = day
        return self.day

    def read_folded(self, sha: ObjectID) -> str:
        """Return the text of a page's file without blanks."""
        return fold((self.repository.blob(sha) or b"").decode("utf-8", "replace"))


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def lag(message: Message) -> str:
    """Return what stays the same while a text lags: the old source and its translation."""
    return fingerprint(message.msgctxt or "", message.previous or "", message.msgstr, length=16)


def outcome(run: str, active: Iterable[Message], source: str) -> str:
    """Say how a text stopped lagging behind."""
    for message in (m for m in active if m.msgstr and not m.stale):
        same = fingerprint(message.msgctxt or "", message.msgid, message.msgstr, length=16)
        if same == run:
            return "restored"
        if message.msgid == source:
            return "renewed"
    return "removed"


def fold(text: str) -> str:
    """Return a text without blanks."""
    return "".join(text.split())
