"""
The board: the sentence that an installation writes for whoever stands there with the stick.

``run/message.json`` is ``{"kind": "working" | "done" | "refused", "vi": …, "en": …, …}``. How long
it is shown is measured from when it was first seen, by the monotonic clock, because the wall clock
of a device may be anything. What already lay there when the agent started is shown only while an
installation is at work.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from quangba.kiosk.heartbeat import Message

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FRESH = {"working": 1800.0, "done": 60.0, "refused": 60.0}
"""Seconds for which each kind is shown; an installation that was cut off says nothing for ever."""

LARGEST = 16 * 1024
"""Bytes of the file."""

LONGEST = 400
"""Characters of a sentence on the screen."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Board:
    """What is shown of ``run/message.json``."""

    path: Path
    identity: tuple[int, ...] | None = None
    """Which file was read last: a message is replaced, never changed in place."""
    message: Message | None = None
    since: float = 0.0
    started: bool = False

    def read(self, now: float) -> Message | None:
        """Return the message to show at a monotonic time, in seconds; None when there is none."""
        try:
            status = self.path.stat()
            identity = (status.st_ino, status.st_mtime_ns, status.st_ctime_ns, status.st_size)
            if identity != self.identity:
                with self.path.open("rb") as stream:
                    self.message = read_message(stream.read(LARGEST + 1))
                old = not self.started and self.message and self.message.kind != "working"
                self.since = now - FRESH["done"] if old else now
                self.identity = identity
        except OSError:
            self.identity = self.message = None
        self.started = True
        fresh = self.message is not None and now - self.since < FRESH[self.message.kind]
        return self.message if fresh else None


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def read_message(data: bytes) -> Message | None:
    """
    Read a message; None for what is none.

    >>> read_message('{"kind": "done", "vi": "Xong.", "en": "Done.", "at": 1}'.encode())
    Message(kind='done', vi='Xong.', en='Done.')
    >>> read_message(b'{"kind": "party"}')
    """
    try:
        found = json.loads(data) if len(data) <= LARGEST else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or found.get("kind") not in FRESH:
        return None
    sentences = [found.get(language) for language in ("vi", "en")]
    vi, en = (one.strip()[:LONGEST] if isinstance(one, str) else "" for one in sentences)
    return Message(found["kind"], vi or en, en or vi) if vi or en else None
