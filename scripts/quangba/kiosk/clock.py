"""
Time on a device that nobody sets: the wall clock may say 1970, or 2040, and nothing may blank.

Durations are measured by the monotonic clock, which no battery and no network moves. Where a date
is needed (how old is the content, which day is counted), :func:`trusted` takes the latest of the
wall clock, the last time this device knew of, and the commit of the release: time never runs back.
A wall clock that is years ahead of the release is not believed at all.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from quangba.files import sync_folders, write_bytes

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ZONE = timezone(timedelta(hours=7), "ICT")
"""Viet Nam has one time and no summer time: the days that are counted are its days."""

FAR = timedelta(days=5 * 366)
"""A wall clock that is further ahead of the release than this is wrong: gates get news sooner."""

LAST_TIME = "counts/last-time.json"
"""
Where the agent keeps the last time, in the device folder.

It is beside ``state.json`` and not in it: who serves pages cannot write what decides which
releases are refused, and an installation never waits for the agent. Readers take the later one.
"""

KEEP_EVERY = timedelta(hours=6)
"""How often the last time is written: four small writes a day spare the flash memory."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Clock:
    """The clocks of the computer; tests have one of their own."""

    def wall(self) -> datetime:
        """Return what the computer takes for the time (UTC)."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds since the computer started; the same for all its programs."""
        return time.monotonic()


@dataclass
class LastTime:
    """The last time that a device knew of, kept durably but rarely."""

    root: Path
    known: datetime | None = None
    """The latest that was ever read or noted."""
    kept: datetime | None = None
    """What is on the disk."""

    def __post_init__(self) -> None:
        self.kept = read_time(self.root / LAST_TIME, "last_time")
        self.known = latest(self.kept, read_time(self.root / "state.json", "last_time"))

    def note(self, now: datetime, *, at_once: bool = False) -> None:
        """
        Remember a time; write it when enough has passed, or at once.

        Raises ``QuangbaError`` (``file-unwritable``) when the disk is full or closed.
        """
        now = self.known = latest(self.known, now) or now
        due = self.kept is None or now - self.kept >= KEEP_EVERY or at_once
        if now == self.kept or not due:
            return
        path = self.root / LAST_TIME
        write_bytes(path, json.dumps({"last_time": stamp(now)}).encode() + b"\n")
        sync_folders([path.parent])
        self.kept = now


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def trusted(wall: datetime, last: datetime | None, created: datetime | None) -> datetime:
    """
    Return the time to go by.

    >>> day = datetime(2026, 11, 26, tzinfo=UTC)
    >>> trusted(datetime(1970, 1, 1, tzinfo=UTC), None, day) == day
    True
    >>> trusted(datetime(2040, 1, 1, tzinfo=UTC), day + timedelta(days=3), day).day
    29
    """
    if created is not None and wall - created > FAR:
        wall = created
    return latest(latest(wall, last), created) or wall


def latest(one: datetime | None, other: datetime | None) -> datetime | None:
    """Return the later of two times, of which one or both may be unknown."""
    return max((moment for moment in (one, other) if moment is not None), default=None)


def stamp(moment: datetime) -> str:
    """
    Write a time (ISO 8601, UTC, whole seconds).

    >>> stamp(datetime(2026, 11, 26, 17, 5, tzinfo=ZONE))
    '2026-11-26T10:05:00Z'
    """
    return moment.astimezone(UTC).replace(microsecond=0).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_stamp(text: object) -> datetime | None:
    """
    Read a time; None for what is none, or has no zone.

    >>> read_stamp('2026-11-26T10:05:00Z') == datetime(2026, 11, 26, 10, 5, tzinfo=UTC)
    True
    >>> read_stamp('hôm qua'), read_stamp('2026-11-26T10:05:00'), read_stamp(7)
    (None, None, None)
    """
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
        return moment.astimezone(UTC) if moment is not None and moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def read_time(path: Path, name: str) -> datetime | None:
    """Return a time from a small JSON file; None where there is none."""
    try:
        with path.open("rb") as stream:
            found = json.loads(stream.read(1 << 20))
    except (OSError, ValueError, RecursionError):
        return None
    return read_stamp(found.get(name)) if isinstance(found, dict) else None
