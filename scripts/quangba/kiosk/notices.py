"""Notices: what an installation says, on the screen, in the log, and in the terminal."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from quangba.errors import Problem
from quangba.kiosk.clock import Clock, stamp

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

Kind = Literal["working", "done", "refused"]

STEP = 5
"""Percent after which progress is written again: the disk of a device is flash memory."""

LOG_LARGEST = 1 << 20
"""Bytes of a log; when it is full it becomes ``kiosk.log.1`` and a new one begins."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Notices:
    """
    Tells people what happens: ``run/message.json`` for the page, ``log/kiosk.log``, and ``echo``.

    What cannot be written is not said: a full disk is no reason to stop an installation.
    """

    def __init__(
        self, root: Path, echo: Callable[[Kind, Problem], None], clock: Clock | None = None
    ) -> None:
        self.message = root / "run" / "message.json"
        self.log = root / "log" / "kiosk.log"
        self.echo, self.clock = echo, clock or Clock()
        self.percent = -STEP

    def progress(self, done: int, total: int) -> None:
        """Say how far the copying is."""
        percent = done * 100 // total if total else 100
        if percent >= self.percent + STEP:
            self.percent = percent
            self.say("working", Problem.at("kiosk-copying", percent=percent))

    def say(self, kind: Kind, problem: Problem) -> None:
        """Say a sentence; what was done or refused is logged too."""
        self.echo(kind, problem)
        at = stamp(self.clock.wall())
        try:
            self.show(kind, problem, at)
            if kind != "working":
                self.note(f"{at} {kind} {problem.code} {problem.text('en')}\n")
        except OSError:
            return

    def show(self, kind: Kind, problem: Problem, at: str) -> None:
        """Replace the message that the page shows; it need not outlive a power cut."""
        data = {
            "kind": kind,
            "code": problem.code,
            "vi": problem.text("vi"),
            "en": problem.text("en"),
            "at": at,
        }
        temporary = self.message.with_name(".message.json.tmp")
        try:
            temporary.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
            os.replace(temporary, self.message)
        finally:
            temporary.unlink(missing_ok=True)

    def note(self, line: str) -> None:
        """Add a line to the log."""
        self.log.parent.mkdir(exist_ok=True)
        if self.log.is_file() and self.log.stat().st_size > LOG_LARGEST:
            os.replace(self.log, self.log.with_name("kiosk.log.1"))
        with self.log.open("a", encoding="utf-8") as stream:
            stream.write(line)
