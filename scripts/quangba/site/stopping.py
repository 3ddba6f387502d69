"""Stopping: a build that is told to stop ends as one that fails, with the old site in its place."""

from __future__ import annotations

import atexit
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import click

from quangba.errors import say

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
"""Ctrl-C, ``kill`` or a service manager, a terminal that was closed; Windows lacks the last."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Stopping:
    """Answers signals while a build runs; the exit code is 128 + signal, as shells have it."""

    def __init__(self, clean: Callable[[], None]) -> None:
        self.clean = clean
        """Removes what the build left; called when the program ends."""
        self.before: dict[int, Any] = {}
        """Handlers that were there."""
        self.asked = 0
        """The signal that came first, 0 for none."""
        self.holding = False
        self.owner = os.getpid()

    def begin(self) -> None:
        """Listen; only the main thread can, and what was ignored (``nohup``) stays ignored."""
        if threading.current_thread() is not threading.main_thread():
            return
        for number in (getattr(signal, name, None) for name in SIGNALS):
            if number is not None and signal.getsignal(number) not in (signal.SIG_IGN, None):
                self.before[number] = signal.signal(number, self.answer)
        atexit.register(self.clean)

    def end(self) -> None:
        """Let signals do what they did before."""
        while self.before:
            number, handler = self.before.popitem()
            signal.signal(number, handler)
        atexit.unregister(self.clean)

    def answer(self, number: int, frame: FrameType | None) -> None:
        """Stop, unless the site is changing places or the build is stopping already."""
        if os.getpid() != self.owner:
            # A process that the build forked off has nothing to clean.
            os._exit(128 + number)
        first = not self.asked
        self.asked = self.asked or number
        if first and not self.holding:
            self.stop()

    def stop(self) -> None:
        """
        Say that the old site stays, and leave.

        What the build left is removed when the program ends: only then have the processes ended
        that it forked off, and nobody writes any more.
        """
        self.leave(say("Đã dừng. Trang web cũ được giữ nguyên.", "Stopped. The old site stays."))

    def leave(self, sentence: str) -> None:
        """Say a sentence and leave."""
        click.echo(f"\n{sentence}", err=True)
        raise SystemExit(128 + self.asked)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Stop if a signal came before; one that comes meanwhile is only noted."""
        # A library may have swallowed the exception, and the build gone on.
        if self.asked:
            self.stop()
        self.holding = True
        try:
            yield
        finally:
            self.holding = False
