"""A device that takes a release from a stick: what a fault may leave of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from sealed import Files, device, leftovers, pack, tree, unpack, write

from faulty import ERRORS, KILL, SYNC, Ended, Subject
from quangba import cli_kiosk
from quangba.kiosk.store import Store

OLD, NEW = 121, 122


class Install(Subject):
    """``quangba kiosk install`` on a device that shows an older release."""

    faults = (KILL, *ERRORS[:3])

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        device(self.model / "device", 119, 120, OLD)
        write(self.model / "stick", {"a.qbk": pack(NEW)})
        self.root = self.work / "device"
        self.wholes: dict[int | None, Files] = {
            serial: tree(unpack(folder / "whole" / str(serial), serial)) for serial in (OLD, NEW)
        }
        self.warm()

    def command(self) -> None:
        sys.argv = ["quangba kiosk", "install", str(self.work / "stick"), "--root", str(self.root)]
        sys.argv += ["--now", "--no-confirm"]
        cli_kiosk.main()

    def wrong(self, fault: str, ended: Ended) -> Iterator[str]:
        if not self.is_old_or_new():
            yield "neither the old release nor the new one is shown"
        if ended.code == 0 and Store(self.root).shown != NEW:
            yield "success was told, and the old release is shown"
        again = self.run("-e", SYNC)
        if again.code:
            yield f"the next run did not complete it: {again.said}"
        if Store(self.root).shown != NEW or not self.is_old_or_new():
            yield "the next run did not show the new release"
        if leftovers(self.root):
            yield f"the next run left {leftovers(self.root)}"

    def is_old_or_new(self) -> bool:
        """Tell whether what is shown is one of the two releases, every byte of it."""
        current = self.root / "current"
        return current.is_dir() and tree(current) == self.wholes[Store(self.root).shown]
