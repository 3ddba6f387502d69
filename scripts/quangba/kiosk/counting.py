"""
Counting (row R24): how much a screen is used, and when it was not well, without a word on anybody.

``counts/<YYYY-MM>.jsonl`` in the device folder, one object a line, all of it rewritten when it is
saved, so that not even the order of lines tells what happened one after the other::

    {"kind": "month", "month": "2026-11", "gate": "mong-cai", "format": 1}
    {"kind": "day", "day": "2026-11-26", "hours": {"09": 4}, "alive": 1380, "releases": [123],
     "trouble": {"restart": 1}, "clock": true}
    {"kind": "language", "language": "ja", "sessions": 31}
    {"kind": "page", "page": "visit/", "opened": 80}

- A **session** begins with the first touch on the attract loop and ends when the loop comes back.
  It is counted when it is over: for its day and hour, and for the last language that was on.
- Languages and pages are totals of a **month**. With a day or an hour beside them, one visitor
  alone at a quiet gate would be a row of their own; hours hold sessions and nothing else.
- A page is counted by its path without the language, and only if it is in the release: what
  somebody typed can never be in it. No identifiers, addresses, orders of pages or durations exist.
- ``alive``: minutes in which a page of the right release was seen painted (at most 1,440).
- ``clock`` is false on a day on which the wall clock was not believed.

The report leaves out figures that are too small to be nobody in particular (``kiosk/history.py``).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from quangba.files import sync_folders, write_bytes
from quangba.kiosk.clock import ZONE

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FORMAT = 1

MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")

HOUR = re.compile(r"[01][0-9]|2[0-3]")

PAGES = 500
"""Different pages in a month; more are counted together."""

OTHER = "…"
"""The page that stands for those beyond :data:`PAGES`."""

LANGUAGES = 40

RELEASES = 20
"""Different releases on a day."""

MONTHS = 36
"""Months that are kept; receipts have long taken older ones away."""

LARGEST = 1 << 20
"""Bytes of a file that is read."""

MOST = 10**12
"""What no honest counter and no serial reaches."""

DAY_MINUTES = 1440

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Day:
    """One day on a screen."""

    hours: Counter[str] = field(default_factory=Counter)
    """Sessions by the hour in which they began, ``00`` to ``23``."""
    alive: int = 0
    releases: list[int] = field(default_factory=list)
    trouble: Counter[str] = field(default_factory=Counter)
    """What the watchdog did: ``reload``, ``restart``, ``reboot``."""
    clock: bool = True

    def line(self, day: str) -> dict[str, Any]:
        """Return it as it is written."""
        return {
            "kind": "day",
            "day": day,
            "hours": dict(sorted(self.hours.items())),
            "alive": min(self.alive, DAY_MINUTES),
            "releases": self.releases,
            "trouble": dict(sorted(self.trouble.items())),
            "clock": self.clock,
        }


@dataclass
class Month:
    """The counts of a month."""

    month: str
    gate: str = ""
    days: dict[str, Day] = field(default_factory=dict)
    languages: Counter[str] = field(default_factory=Counter)
    pages: Counter[str] = field(default_factory=Counter)
    damaged: int = 0
    """Lines that could not be read."""

    def day(self, now: datetime) -> Day:
        """Return the day of a time."""
        return self.days.setdefault(now.astimezone(ZONE).date().isoformat(), Day())

    def opened(self, page: str) -> None:
        """Count a page."""
        known = page in self.pages or len(self.pages) < PAGES
        self.pages[page if known else OTHER] += 1

    def data(self) -> bytes:
        """Return the file."""
        lines: list[dict[str, Any]] = [
            {"kind": "month", "month": self.month, "gate": self.gate, "format": FORMAT}
        ]
        lines += [day.line(name) for name, day in sorted(self.days.items())]
        lines += [
            {"kind": "language", "language": code, "sessions": count}
            for code, count in sorted(self.languages.items())
        ]
        lines += [
            {"kind": "page", "page": path, "opened": count}
            for path, count in sorted(self.pages.items())
        ]
        return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode()


@dataclass
class Session:
    """Somebody is at the screen; held in memory only, and only this much."""

    began: datetime
    language: str
    page: str | None = None


@dataclass
class Counts:
    """The counts of a device: the month that runs, and the visit that runs."""

    folder: Path
    gate: str = ""
    month: Month | None = None
    session: Session | None = None
    dirty: bool = False

    def at(self, now: datetime) -> Month:
        """
        Return the month of a time; the month before is saved first.

        Raises ``QuangbaError`` (``file-unwritable``) where that fails.
        """
        name = f"{now.astimezone(ZONE):%Y-%m}"
        if self.month is None or self.month.month != name:
            self.save()
            self.month = load(self.folder / f"{name}.jsonl", name)
        self.month.gate = self.gate or self.month.gate
        return self.month

    def see(self, now: datetime, language: str, page: str | None, *, use: bool) -> None:
        """Note what is shown while somebody uses it; ``page`` is None where it does not count."""
        if not use:
            self.end()
        elif self.session is not None:
            self.session.language = language
            if page is not None and page != self.session.page:
                self.at(now).opened(page)
                self.session.page = page
                self.dirty = True

    def begin(self, now: datetime, language: str) -> None:
        """Begin a session."""
        self.session = Session(now, language)

    def end(self) -> None:
        """Count the session that runs, if one does."""
        if self.session is None:
            return
        session, self.session = self.session, None
        month = self.at(session.began)
        hour = f"{session.began.astimezone(ZONE).hour:02}"
        month.day(session.began).hours[hour] += 1
        known = session.language in month.languages or len(month.languages) < LANGUAGES
        month.languages[session.language if known else OTHER] += 1
        self.dirty = True

    def alive(self, now: datetime, release: int, minutes: int, *, clock: bool) -> None:
        """Note that a release was seen on the screen, and that a minute more of it went well."""
        day = self.at(now).day(now)
        day.alive = min(day.alive + minutes, DAY_MINUTES)
        day.clock = day.clock and clock
        if release not in day.releases and len(day.releases) < RELEASES:
            day.releases.append(release)
        self.dirty = True

    def trouble(self, now: datetime, step: str) -> None:
        """Note what the watchdog did."""
        self.at(now).day(now).trouble[step] += 1
        self.dirty = True

    def save(self) -> None:
        """
        Write the month durably, if it changed, and forget what is too old.

        Raises ``QuangbaError`` (``file-unwritable``); what was counted is kept for the next time.
        """
        if self.month is None or not self.dirty:
            return
        write_bytes(self.folder / f"{self.month.month}.jsonl", self.month.data())
        sync_folders([self.folder])
        self.dirty = False
        kept = sorted(path for path in self.folder.glob("*.jsonl") if MONTH.fullmatch(path.stem))
        for path in kept[:-MONTHS]:
            path.unlink(missing_ok=True)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def load(path: Path, month: str) -> Month:
    """Return the counts in a file; what cannot be read is passed over and counted as damaged."""
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST)
    except OSError:
        data = b""
    return read_month(data, month)


def read_month(data: bytes, month: str) -> Month:
    """
    Read the counts of a month.

    >>> read_month(b'{"kind": "language", "language": "ja", "sessions": 3}', '2026-11').languages
    Counter({'ja': 3})
    """
    found = Month(month)
    for line in data.split(b"\n"):
        if not line.strip():
            continue
        try:
            take(found, json.loads(line))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            found.damaged += 1
    return found


def take(month: Month, line: dict[str, Any]) -> None:
    """Add a line to a month; raises one of the errors of a wrong type or value."""
    kind = line["kind"]
    if kind == "month":
        month.gate = str(line["gate"])[:60]
    elif kind == "language" and len(month.languages) <= LANGUAGES:
        month.languages[str(line["language"])[:32]] += number(line["sessions"])
    elif kind == "page" and len(month.pages) <= PAGES:
        month.pages[str(line["page"])[:200]] += number(line["opened"])
    elif kind == "day":
        name = datetime.strptime(line["day"], "%Y-%m-%d").date().isoformat()
        if not name.startswith(month.month):
            raise ValueError(name)
        day = month.days.setdefault(name, Day())
        for hour, count in line["hours"].items():
            if not HOUR.fullmatch(hour):
                raise ValueError(hour)
            day.hours[hour] += number(count)
        day.alive = min(day.alive + number(line["alive"]), DAY_MINUTES)
        for release in line["releases"][:RELEASES]:
            if number(release) not in day.releases:
                day.releases.append(release)
        for step, count in line["trouble"].items():
            day.trouble[str(step)[:20]] += number(count)
        day.clock = day.clock and line["clock"] is True


def number(value: object) -> int:
    """Return a counter; raises ``ValueError`` for what is none."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < MOST:
        raise ValueError(value)
    return value
