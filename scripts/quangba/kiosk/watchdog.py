"""
The watchdog: is what stands on the screen right, and what is done when it is not.

The commonest failure at a gate is no crash but a screen that is alive and wrong: blank, a crash
page, an old page, a page that no longer feels fingers. Processes look healthy then, so this judges
heartbeats. Only the monotonic clock counts; a wall clock of 1970 or 2040 changes nothing.

The ladder, each step only when the one before did not help: the page is asked to load again (in
the answer to its beat); the browser is started anew; twice; the computer is started anew, at most
three times an hour over all starts; then it is said in ``run/watchdog.json`` (``status`` and
``/health`` show it) and the browser is started anew every ten minutes. Five good minutes end a
trouble, so that a screen that dies every other minute climbs the ladder too.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from quangba.files import sync_folders, write_bytes
from quangba.kiosk.clock import read_stamp, stamp
from quangba.kiosk.heartbeat import Beat

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SILENT = 30.0
"""Seconds without a beat: three are missing. A crash page sends none either."""

START = 90.0
"""Seconds that a browser gets to show its first page on a slow device."""

BLANK = 10.0
"""Seconds between two beats that both say, like all between them, that nothing is painted."""

WRONG = 30.0
"""
Seconds in the attract loop with another release than the one shown. Three beats have asked it to
load again by then; the browser must be back before an installation, which waits 120 s for the new
release to be seen, takes it back.
"""

MARGIN = 60.0
"""Seconds beyond the idle time of the profile after which a page in use feels no fingers."""

UNTOLD = 900.0
"""The same for a page that does not say whether a film plays, seconds in all."""

PLAYING = 3600.0
"""The same while something plays."""

PATIENCE = 40.0
"""Seconds that a page gets to load again."""

AGAIN = 600.0
"""Seconds between two starts of the browser when nothing else is left."""

CALM = 300.0
"""Good seconds that end a trouble."""

RESTARTS = 2
"""Starts of the browser before the computer is started anew."""

REBOOTS = 3
HOUR = timedelta(hours=1)
"""At most so many starts of the computer in this time."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Trouble(StrEnum):
    """What is wrong with a screen."""

    SILENT = "silent"
    """No beat: no browser, a crash page, a hung page."""
    BLANK = "blank"
    """Beats, but nothing painted."""
    WRONG = "wrong"
    """Another release than the one that is shown."""
    DEAF = "deaf"
    """In use, and nobody touched it for longer than the page itself would wait."""


class Step(StrEnum):
    """What is done."""

    RELOAD = "reload"
    RESTART = "restart"
    REBOOT = "reboot"


@dataclass
class Reboots:
    """Starts of the computer that the watchdog asked for; kept on the disk across them."""

    path: Path | None = None
    times: list[datetime] = field(default_factory=list)
    asked: list[float] = field(default_factory=list)
    """Uptimes at which they were asked for since this start, in vain."""

    def __post_init__(self) -> None:
        if self.path is not None:
            try:
                with self.path.open("rb") as stream:
                    found = json.loads(stream.read(1 << 16)).get("reboots", [])
                self.times = [time for one in found if (time := read_stamp(one))][-REBOOTS:]
            except (OSError, ValueError, AttributeError, TypeError, RecursionError):
                self.times = []

    def recent(self, now: datetime, uptime: float) -> int:
        """
        Return how many there were within an hour; the uptime is in seconds.

        Those before this start count in its first hour only, whatever the clock says: without a
        battery it begins at the same time at each start, and the limit would be one for ever.
        """
        hour = HOUR.total_seconds()
        before = self.times[: len(self.times) - len(self.asked)] if uptime < hour else []
        vain = sum(uptime - asked < hour for asked in self.asked)
        return vain + sum(abs(now - time) < HOUR for time in before)

    def note(self, now: datetime, uptime: float) -> None:
        """
        Note one, before it is done.

        Raises ``QuangbaError`` (``file-unwritable``): what is not on the disk would be forgotten,
        and a device that starts for ever is worse than a blank screen.
        """
        times = [*self.times, now][-REBOOTS:]
        if self.path is not None:
            data = json.dumps({"reboots": [stamp(time) for time in times]}).encode() + b"\n"
            write_bytes(self.path, data)
            sync_folders([self.path.parent])
        self.times, self.asked = times, [*self.asked, uptime][-REBOOTS:]


@dataclass
class Watchdog:
    """Judges the beats of one screen. All times are monotonic, in seconds."""

    started: float
    """When the screen was last given time to start."""
    idle: float = 80.0
    """Seconds after which a page in use goes back by itself."""
    can: frozenset[Step] = frozenset({Step.RELOAD})
    """Steps that this device can take."""
    beat: Beat | None = None
    heard: float | None = None
    """When the last beat came since the last start."""
    blank_since: float | None = None
    wrong_since: float | None = None
    use_since: float | None = None
    trouble: Trouble | None = None
    since: float = 0.0
    """When the trouble began."""
    good_since: float | None = None
    last: Step | None = None
    """The last step that was taken against this trouble, and when."""
    stepped: float = 0.0
    restarts: int = 0
    given_up: bool = False

    def hear(self, beat: Beat, shown: int | None, now: float) -> None:
        """Take a beat, of which the release is the one that its page was loaded from."""
        self.beat, self.heard = beat, now
        if beat.painted:
            self.blank_since = None
        elif self.blank_since is None:
            self.blank_since = now
        if beat.state != "use":
            self.use_since = None
        elif self.use_since is None:
            self.use_since = now
        wrong = beat.state == "attract" and beat.release not in (None, shown)
        if not wrong:
            self.wrong_since = None
        elif self.wrong_since is None:
            self.wrong_since = now

    def judge(self, now: float) -> Trouble | None:
        """Tell what is wrong now."""
        if self.heard is None or self.beat is None:
            return Trouble.SILENT if now - self.started >= START else None
        if now - self.heard >= SILENT:
            return Trouble.SILENT
        if self.blank_since is not None and self.heard - self.blank_since >= BLANK:
            return Trouble.BLANK
        if self.wrong_since is not None and now - self.wrong_since >= WRONG:
            return Trouble.WRONG
        if self.use_since is None:
            return None
        # A page that was never touched waits since it is in use.
        touched = self.beat.touched
        last = self.use_since if touched is None else self.heard - touched
        return Trouble.DEAF if now - last >= self.limit() else None

    def limit(self) -> float:
        """Return how long a page in use may go without a touch."""
        if self.beat is None or self.beat.media is None:
            return max(UNTOLD, self.idle + MARGIN)
        return PLAYING if self.beat.media else self.idle + MARGIN

    def look(self, now: float) -> Step | None:
        """Judge, climb the ladder, and return the step that is to be taken now."""
        found = self.judge(now)
        if found is None:
            self.recover(now)
            return None
        if self.trouble is None:
            self.since = now
        self.trouble, self.good_since = found, None
        if self.last is None and found not in (Trouble.SILENT, Trouble.WRONG):
            return self.take(Step.RELOAD, now)
        waiting = PATIENCE if self.last is Step.RELOAD else START
        if self.last is not None and now - self.stepped < (AGAIN if self.given_up else waiting):
            return None
        if self.restarts < RESTARTS or self.given_up:
            return self.take(Step.RESTART, now)
        return self.take(Step.REBOOT, now)

    def take(self, step: Step, now: float) -> Step | None:
        """Note a step; None when this device cannot take it."""
        if step is Step.RESTART:
            self.restarts += 1
            self.start(now)
        self.last, self.stepped = step, now
        if step in self.can:
            return step
        if step is Step.REBOOT:
            self.give_up()
        return None

    def give_up(self) -> None:
        """Go on with what is left: the browser, every ten minutes."""
        self.given_up = True

    def start(self, now: float) -> None:
        """Give the screen time to start."""
        self.started, self.heard, self.beat = now, None, None
        self.blank_since = self.wrong_since = self.use_since = None

    def recover(self, now: float) -> None:
        """Note a good moment; enough of them end the trouble."""
        if self.trouble is None or self.heard is None:
            return
        if self.good_since is None:
            self.good_since = now
        elif now - self.good_since >= CALM:
            self.trouble, self.last, self.given_up = None, None, False
            self.restarts = 0

    @property
    def wants_reload(self) -> bool:
        """Tell whether the answer to the next beat asks the page to load again."""
        return self.trouble is not None and self.good_since is None and self.last is Step.RELOAD

    def state(self) -> dict[str, Any]:
        """Return what ``run/watchdog.json`` says, but for the sentences and the time."""
        return {
            "trouble": str(self.trouble) if self.trouble else None,
            "step": str(self.last) if self.last else None,
            "restarts": self.restarts,
            "given_up": self.given_up,
        }
