"""An agent on a device folder, with beats of pages and a clock that tests move."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from served import FakeClock

from quangba.kiosk.agent import Agent
from quangba.kiosk.counting import Month, read_month
from quangba.kiosk.heartbeat import Answer, Beat, read_beat
from quangba.kiosk.shown import Device
from quangba.kiosk.watchdog import Step

GOOD: dict[str, Any] = {
    "release": 1,
    "language": "ja",
    "page": "ja/visit/",
    "state": "use",
    "touched": 1.5,
    "painted": True,
    "media": False,
    "size": [1080, 1920],
}


def told(**more: Any) -> bytes:
    return json.dumps({**GOOD, **more}).encode()


def a_beat(**more: Any) -> Beat:
    return read_beat(told(**more))


class Bench:
    """An agent on a device folder, with a clock of its own, that notes what it would run."""

    def __init__(self, root: Path, **more: Any) -> None:
        self.root, self.clock = root, more.pop("clock", FakeClock())
        self.ran: list[Step] = []
        commands = {Step.RESTART: ("restart",), Step.REBOOT: ("reboot",)}
        self.agent = Agent(Device(root), root, self.clock, more.pop("commands", commands))
        self.agent.runner.run = lambda step, now: self.ran.append(step)  # type: ignore[method-assign]

    def hear(self, loaded: int | None = None, **more: Any) -> Answer:
        return self.agent.hear(a_beat(**{"media": None, **more}), loaded)

    def stay(self, seconds: float, every: float = 10, **more: Any) -> list[bool]:
        """Let time pass while a page beats; return what it was told about loading again."""
        reloads = []
        touched = more.pop("touched", None)
        for passed in range(int(seconds / every)):
            self.clock.pass_by(every)
            since = None if touched is None else touched + passed * every
            reloads.append(self.hear(touched=since, **more).reload)
            self.agent.tick()
        return reloads

    def silence(self, seconds: float) -> None:
        """Let time pass without a beat."""
        for _ in range(int(seconds)):
            self.clock.pass_by(1)
            self.agent.tick()

    def month(self, name: str = "2026-11") -> Month:
        return read_month((self.root / f"counts/{name}.jsonl").read_bytes(), name)

    def read(self, name: str) -> Any:
        return json.loads((self.root / name).read_text())


def visit(bench: Bench, language: str, *pages: str) -> None:
    """Let somebody come, open pages and go."""
    bench.stay(10, state="attract", page="attract/", release=2, language="vi")
    for page in pages:
        bench.stay(20, page=page, release=2, language=language, touched=1)
    bench.stay(10, state="attract", page="attract/", release=2, language="vi")
