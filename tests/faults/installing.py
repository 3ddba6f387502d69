"""A device that takes a release from a stick: what a fault may leave of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sealed import Files, device, leftovers, pack, put, run, tree, unpack, write

from faulty import ERRORS, KILL, SYNC, Ended, Subject
from quangba import cli_kiosk
from quangba.kiosk.screen import Screen
from quangba.kiosk.store import TRIAL, Store, Trial

OLD, NEW = 121, 122

ON_TRIAL = b'{"previous":%d,"serial":%d}\n' % (OLD, NEW)

Condition = tuple[int | None, bool]
"""What is shown, and whether a trial is written down."""


class Install(Subject):
    """``quangba kiosk install`` on a device that shows an older release."""

    faults = (KILL, *ERRORS[:3])
    conditions: frozenset[Condition] = frozenset({(OLD, False), (NEW, False)})
    """What a fault may leave. Whoever is not waited for is not on trial."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        device(self.model / "device", 119, 120, OLD)
        write(self.model / "stick", {"a.qbk": pack(NEW)})
        self.root = self.work / "device"
        self.wholes: dict[int | None, Files] = {
            serial: tree(unpack(folder / "whole" / str(serial), serial)) for serial in (OLD, NEW)
        }
        self.prepare()
        self.warm()

    def prepare(self) -> None:
        """Do to the device what precedes the command."""

    def command(self) -> None:
        sys.argv = ["quangba kiosk", "install", str(self.work / "stick"), "--root", str(self.root)]
        sys.argv += ["--now", "--no-confirm"]
        cli_kiosk.main()

    def wrong(self, fault: str, ended: Ended) -> Iterator[str]:
        if not self.is_old_or_new():
            yield "neither the old release nor the new one is shown"
        if self.condition() not in self.conditions:
            yield f"shown, and on trial: {self.condition()}"
        if ended.code == 0 and Store(self.root).shown != NEW:
            yield "success was told, and the old release is shown"
        again = self.run("-e", SYNC)
        if again.code:
            yield f"the next run did not complete it: {again.said}"
        if Store(self.root).shown != NEW or not self.is_old_or_new():
            yield "the next run did not show the new release"
        if leftovers(self.root) or self.condition() != (NEW, False):
            yield f"the next run left {leftovers(self.root)} and {self.condition()}"

    def condition(self) -> Condition:
        """Return what is shown, and whether a trial is written down: a whole one, or none."""
        path = self.root / TRIAL
        if path.exists() and path.read_bytes() != ON_TRIAL:
            raise RuntimeError(f"half a trial: {path.read_bytes()!r}")
        return Store(self.root).shown, path.exists()

    def is_old_or_new(self) -> bool:
        """Tell whether what is shown is one of the two releases, every byte of it."""
        current = self.root / "current"
        return current.is_dir() and tree(current) == self.wholes[Store(self.root).shown]


class InstallOnTrial(Install):
    """``quangba kiosk install`` where the new release must come up on the screen, and does."""

    conditions = frozenset({(OLD, False), (OLD, True), (NEW, True), (NEW, False)})
    up = True

    def command(self) -> None:
        up = self.up

        def comes_up(screen: Screen, serial: int, before: dict[str, Any]) -> bool:
            return up

        Screen.comes_up = comes_up  # type: ignore[method-assign] (in a process of its own)
        sys.argv = ["quangba kiosk", *self.arguments(), "--root", str(self.root)]
        cli_kiosk.main()

    def arguments(self) -> list[str]:
        return ["install", str(self.work / "stick"), "--now"]

    def wrong(self, fault: str, ended: Ended) -> Iterator[str]:
        if ended.code == 0 and self.condition()[1]:
            yield "success was told, and the release is on trial"
        # A trial that is over was preceded by what is remembered, one that never began was not.
        remembered = json.loads((self.root / "state.json").read_bytes())["highest"].values()
        if self.condition() == (NEW, False) and NEW not in remembered:
            yield "the new release is shown, and was never on trial"
        yield from super().wrong(fault, ended)


class Resume(InstallOnTrial):
    """``quangba kiosk resume`` after a power cut, with a release that does not come up."""

    conditions = frozenset({(NEW, True), (OLD, True), (OLD, False)})
    up = False

    def prepare(self) -> None:
        root = self.model / "device"
        run(root, put(self.model / "stick", NEW))
        Store(root).begin_trial(Trial(NEW, OLD))

    def command(self) -> None:
        try:
            super().command()
        except SystemExit:
            # To go back is told as a refusal; here it is what was wanted.
            if self.condition() != (OLD, False):
                raise

    def arguments(self) -> list[str]:
        return ["resume"]

    def wrong(self, fault: str, ended: Ended) -> Iterator[str]:
        if not self.is_old_or_new():
            yield "neither the old release nor the new one is shown"
        if (found := self.condition()) not in self.conditions:
            yield f"shown, and on trial: {found}"
        self.run("-e", SYNC)
        if self.condition() != (OLD, False) or leftovers(self.root):
            yield f"the next run left {leftovers(self.root)} and {self.condition()}"
        if found == (NEW, True) and Store(self.root).read_state().bad != {NEW}:
            yield "the next run did not write down what it saw"
