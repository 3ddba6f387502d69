"""
The screen, as an installation sees it: by the beats that the agent writes to ``run/beat.json``.

A beat says what the page shows and whether somebody uses it (``kiosk/heartbeat.py``). Whether it is
fresh is not a question of clocks, which may say anything on a device: a beat is fresh as long as
another one replaces it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from quangba.kiosk.shown import read_object

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

POLL = 0.5
"""Seconds between two looks."""

SILENT = 30.0
"""Seconds after which a beat that nothing replaced says nothing any more; pages send three."""

PATIENCE = 1200.0
"""
Seconds for which a visitor is waited for: more than a visit with every extension takes. A page
that is still in use then has most likely forgotten to leave.
"""

CONFIRM = 120.0
"""Seconds in which a new release has to come up."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Screen:
    """What is on the screen of a device; ``clock`` and ``sleep`` are others in tests."""

    def __init__(
        self,
        root: Path,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.path = root / "run" / "beat.json"
        self.clock, self.sleep = clock, sleep

    def beat(self) -> dict[str, Any]:
        """Return the last beat; an empty one when there is none."""
        return read_object(self.path)

    def wait_until_free(self, tell: Callable[[], None]) -> None:
        """Wait while somebody uses the screen; ``tell()`` is called once if so."""
        start = changed = self.clock()
        last = self.beat()
        if last.get("state") == "use":
            tell()
        while last.get("state") == "use":
            self.sleep(POLL)
            now, beat = self.clock(), self.beat()
            if beat != last:
                last, changed = beat, now
            if now - changed >= SILENT or now - start >= PATIENCE:
                return

    def comes_up(self, serial: int, before: dict[str, Any]) -> bool:
        """Wait for a beat that shows a release and is not the one before; tell if it came."""
        start = self.clock()
        while self.clock() - start < CONFIRM:
            beat = self.beat()
            if beat != before and shows(beat, serial):
                return True
            self.sleep(POLL)
        return False


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def shows(beat: dict[str, Any], serial: int) -> bool:
    """Tell whether a beat says that a release is on the screen, and well."""
    return beat.get("release") == serial and beat.get("ok") is True
