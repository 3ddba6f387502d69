"""Installations, crashes, full disks, recalls, steps back in any order, against a small model."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from power import Crash, Disk, on
from sealed import (
    NEW_KEY,
    OLD_KEY,
    Files,
    device,
    leftovers,
    notices,
    pack,
    run,
    tree,
    unpack,
    write,
)

from quangba.errors import QuangbaError
from quangba.kiosk.install import Wishes
from quangba.kiosk.keys import key_id
from quangba.kiosk.resume import resume
from quangba.kiosk.rollback import roll_back
from quangba.kiosk.screen import Screen
from quangba.kiosk.store import Store, Trial

LAST = 6
SERIALS = st.integers(1, LAST)
KEYS = (OLD_KEY, NEW_KEY)

MEMORY = Path("/dev/shm")


class Script(Screen):
    """A screen on which a new release comes up, or does not."""

    up = True

    def wait_until_free(self, tell: Callable[[], None]) -> None:
        pass

    def comes_up(self, serial: int, before: dict[str, Any]) -> bool:
        return self.up


class Device(RuleBasedStateMachine):
    """A device in the hands of people without luck; what it must do is said by plain values."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
        self.root, self.stick = device(self.folder / "device", keys=KEYS), self.folder / "stick"
        self.screen = Script(self.root)
        self.shown: int | None = None
        self.highest: dict[str, int] = {}
        self.bad: set[int] = set()
        self.least = 0
        self.trial: Trial | None = None
        self.damaged = False

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @initialize(
        signed=st.lists(st.sampled_from(KEYS), min_size=7, max_size=7),
        recalls=st.lists(st.integers(0, 6), min_size=7, max_size=7),
    )
    def publish(self, signed: list[Any], recalls: list[int]) -> None:
        """Make the releases that there are, each by a key, some with a recall of others."""
        self.keys = [key_id(key.public_key()) for key in signed]
        self.recalls = [
            min(least, serial) if least > 3 else 0 for serial, least in enumerate(recalls)
        ]
        self.packed: dict[int, bytes] = {}
        self.whole: dict[int, Files] = {}
        for serial in range(1, 7):
            files = {"index.html": b"%d" % serial, "a/b.js": b"b()"}
            more = {"keys": [signed[serial]], "min_serial": self.recalls[serial]}
            self.packed[serial] = pack(serial, files, **more)
            self.whole[serial] = tree(
                unpack(self.folder / "whole" / str(serial), serial, files, **more)
            )

    # The model

    def expected(self, serial: int) -> str:
        """Return what becomes of a release on a stick, before the screen has seen it."""
        if serial < self.least:
            return "kiosk-recalled"
        if serial in self.bad:
            return "kiosk-bad"
        if serial == self.shown:
            return "kiosk-repaired" if self.damaged else "kiosk-present"
        if serial < self.highest.get(self.keys[serial], 0):
            return "kiosk-older"
        return "kiosk-installed"

    def learn(self, serial: int) -> None:
        key = self.keys[serial]
        self.highest[key] = max(self.highest.get(key, 0), serial)
        self.least = max(self.least, self.recalls[serial])
        self.damaged = self.damaged and serial == self.shown
        self.shown = serial

    def way_back(self, serial: int, before: int | None, but: int | None = None) -> int | None:
        """Return the release to go back to from one that is shown, another than the one on it."""
        sound = [one for one in self.whole if one not in (serial, but) and self.is_whole(one)]
        allowed = [one for one in sound if one >= self.least and one not in self.bad]
        if before in allowed:
            return before
        return max((one for one in allowed if one < serial), default=None)

    def is_whole(self, serial: int) -> bool:
        folder = self.root / "releases" / str(serial)
        return folder.is_dir() and tree(folder) == self.whole[serial]

    # What happens

    def put(self, serial: int) -> None:
        write(self.stick, {"a.qbk": self.packed[serial]})

    @rule(serial=SERIALS)
    def install(self, serial: int) -> None:
        self.put(serial)
        code = self.expected(serial)
        assert run(self.root, self.stick).problem.code == code
        if code in ("kiosk-installed", "kiosk-present", "kiosk-repaired"):
            self.damaged = False
            self.learn(serial)
            self.trial = None

    @rule(serial=SERIALS)
    def install_what_does_not_come_up(self, serial: int) -> None:
        self.put(serial)
        code, before, trial = self.expected(serial), self.shown, self.trial
        self.screen.up = False
        outcome = run(self.root, self.stick, wishes=Wishes(first=True), screen=self.screen)
        if code == "kiosk-installed":
            if trial and (other := self.way_back(trial.serial, trial.previous, serial)):
                # Nobody saw the one that is on trial.
                before = other
            self.learn(serial)
            code = self.take_back(serial, before) or code
        elif code in ("kiosk-present", "kiosk-repaired"):
            self.damaged = False
            self.learn(serial)
            code = (self.take_back(serial, trial.previous) if trial else None) or code
        assert outcome.problem.code == code

    def take_back(self, serial: int, before: int | None) -> str | None:
        """Show the release before, if there is one; the trial is over."""
        self.trial = None
        back = self.way_back(serial, before)
        if back is None:
            return None
        self.bad.add(serial)
        # It may be one that power kept from being shown.
        self.learn(back)
        return "kiosk-unconfirmed"

    @rule(up=st.booleans())
    def resume(self, up: bool) -> None:
        self.screen.up = up
        outcome = resume(Store(self.root), self.screen, notices(self.root))
        if self.trial is None:
            assert outcome is None
            return
        serial, previous = self.trial.serial, self.trial.previous
        self.trial = None
        code = None if up else self.take_back(serial, previous)
        assert outcome
        assert outcome.problem.code == (code or "kiosk-installed")

    @rule(serial=SERIALS, step=st.integers(1, 110), waited=st.booleans())
    def power_goes(self, serial: int, step: int, waited: bool) -> None:
        self.put(serial)
        self.screen.up = True
        before, code = self.shown, self.expected(serial)
        wishes = Wishes(first=True, confirm=waited)
        try:
            with on(Disk(self.root, self.stick, fail_at=step)):
                run(self.root, self.stick, wishes=wishes, screen=self.screen)
        except Crash:
            pass
        self.see(before, serial, code)

    @rule(serial=SERIALS, step=st.integers(1, 150), error=st.sampled_from(["ENOSPC", "EIO"]))
    def the_disk_fails(self, serial: int, step: int, error: str) -> None:
        self.put(serial)
        before, code = self.shown, self.expected(serial)
        number = getattr(errno, error)
        try:
            with on(Disk(self.root, self.stick, fail_at=step, error=number, reads=True)):
                run(self.root, self.stick)
        except QuangbaError:
            pass
        self.see(before, serial, code)

    def see(self, before: int | None, serial: int, code: str) -> None:
        """Look which of the two that may be shown it is; take it as the truth."""
        now, trial = Store(self.root).shown, Store(self.root).trial
        assert trial in (None, self.trial) or trial.serial == serial != before
        self.trial = trial
        if now != before:
            assert (now, code) == (serial, "kiosk-installed")
            self.learn(serial)
        self.damaged = self.damaged and not (now is None or self.is_whole(now))

    @precondition(lambda self: self.shown is not None)
    @rule()
    def rot(self) -> None:
        path = self.root / "current/site/index.html"
        path.chmod(0o644)
        path.write_bytes(b"rotten")
        self.damaged = True

    @rule(to=st.none() | SERIALS)
    def go_back(self, to: int | None) -> None:
        wanted = self.way_back(self.shown or LAST + 1, None) if to is None else to
        allowed = wanted is not None and wanted >= self.least and wanted not in self.bad
        if not roll_back(Store(self.root), notices(self.root), to).accepted:
            assert wanted is None or not allowed or not self.is_whole(wanted)
            return
        assert allowed
        assert wanted is not None
        # It may be one that power kept from being shown.
        self.learn(wanted)
        self.trial = None

    # What always holds

    @invariant()
    def a_whole_release_is_shown(self) -> None:
        store = Store(self.root)
        assert (store.shown, store.trial) == (self.shown, self.trial)
        if self.shown is not None and not self.damaged:
            assert tree(self.root / "current") == self.whole[self.shown]

    @invariant()
    def nothing_is_forgotten(self) -> None:
        state = Store(self.root).read_state()
        assert (state.highest, state.bad, state.min_serial) == (self.highest, self.bad, self.least)
        assert self.shown is None or state.allows(self.shown)

    @invariant()
    def leftovers_go_with_the_next_run(self) -> None:
        if (self.root / "releases").is_dir():
            with Store(self.root).locked():
                pass
            assert leftovers(self.root) == []


TestDevice = Device.TestCase
TestDevice.settings = settings(max_examples=40, stateful_step_count=12, deadline=None)
