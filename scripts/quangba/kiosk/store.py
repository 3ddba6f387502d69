"""
The device folder: which releases a device keeps, which one it shows, and what it remembers.

::

    device.json        {"gate": "mong-cai"}; optional "reserve_mb": 256, what stays free on the disk
    keys/*.pub         trusted keys, put there by a person
    releases/<serial>/ release.json, release.json.sig, site/…; files are read-only
    current            link to releases/<serial>, replaced by rename(2)
    state.json         {"highest": {key id: serial}, "bad": [serial], "min_serial": n,
                       "last_time": …}
    trial.json         {"previous": m or null, "serial": n}, canonical JSON: release n is shown and
                       the screen has not confirmed it yet; m is the one to go back to first
    run/lock           held by whoever changes anything here

What is written is written beside and renamed, so that it is the old or the new after any failure.
``state.json`` follows the switch, so power may go between the two: what the release that is shown
says of itself counts as well. ``trial.json`` precedes the switch and goes when the trial is over:
one whose release is not shown has no consequence, and one that cannot be read is none. Who works
alone here removes both.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from quangba.errors import QuangbaError
from quangba.files import raise_failure, remove_leftovers
from quangba.kiosk import canonical
from quangba.kiosk.clock import LAST_TIME, Clock, latest, read_stamp, read_time, stamp, trusted
from quangba.kiosk.durable import link, remove, replace
from quangba.kiosk.keys import Keys, read_keys
from quangba.kiosk.manifest import GATE, is_count
from quangba.kiosk.refusal import Refusal
from quangba.kiosk.releases import SignedRelease, read_release
from quangba.kiosk.shown import CURRENT, SERIAL

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

KEEP = 3
"""Releases that stay on the disk: the one that is shown, the one before, and one more."""

RESERVE = 256
"""Megabytes that an installation leaves free, unless ``device.json`` says otherwise."""

FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
"""What a disk answers that has no room left."""

TRIAL = "trial.json"

TRIAL_LARGEST = 200
"""Bytes of ``trial.json``; a longer file was written by somebody else."""

COMING, GOING = ".in-", ".out-"
"""How folders begin that a release is written to, or taken away from."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class State:
    """What a device remembers of all that it ever showed."""

    highest: dict[str, int] = field(default_factory=dict)
    """The highest serial by the id of the key that signed it: no way back."""
    bad: set[int] = field(default_factory=set)
    """Releases that did not come up on the screen."""
    min_serial: int = 0
    """Releases below it were recalled."""
    last_time: datetime | None = None
    """The latest time that was believed."""

    def learn(self, release: SignedRelease) -> None:
        """Take in what a release that is shown says."""
        for key in release.signers:
            self.highest[key] = max(self.highest.get(key, 0), release.manifest.serial)
        self.min_serial = max(self.min_serial, release.manifest.min_serial)

    def allows(self, serial: int) -> bool:
        """Tell whether a release may be shown."""
        return serial >= self.min_serial and serial not in self.bad


@dataclass(frozen=True)
class Trial:
    """A release that is shown and must come up on the screen to stay."""

    serial: int
    previous: int | None
    """Serial of the release to go back to first; None where there was none."""


class Store:
    """A device folder."""

    def __init__(self, root: Path, clock: Clock | None = None) -> None:
        """Open it; raises ``QuangbaError`` (``kiosk-no-root``) for a folder without ``keys/``."""
        if not (root / "keys").is_dir():
            raise QuangbaError("kiosk-no-root", root)
        self.root = root
        self.clock = clock or Clock()

    # What a person set up

    @property
    def gate(self) -> str | None:
        """The gate that this device stands at; None before the first installation."""
        gate = self.read("device.json").get("gate")
        if isinstance(gate, str) and GATE.fullmatch(gate):
            return gate
        current = self.current()
        return current.manifest.gate if current else None

    def settle_gate(self, gate: str) -> None:
        """Write down the gate, once; raises ``OSError``."""
        known = self.read("device.json")
        if known.get("gate") != gate:
            replace(self.root / "device.json", canonical.encode({**known, "gate": gate}))

    @property
    def reserve(self) -> int:
        """Bytes that an installation leaves free."""
        megabytes = self.read("device.json").get("reserve_mb")
        return (megabytes if is_count(megabytes) else RESERVE) << 20

    @cached_property
    def keys(self) -> Keys:
        """Trusted keys; a command reads them once."""
        return read_keys(self.root / "keys")

    def read(self, name: str) -> dict[str, Any]:
        """
        Return the object in a file; an empty one where there is none, or no object in it.

        Raises ``OSError`` when the disk does not give it: what is not known is not forgotten.
        """
        try:
            found = json.loads((self.root / name).read_bytes())
        except (FileNotFoundError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    # Working alone

    @contextmanager
    def locked(self) -> Iterator[None]:
        """
        Work alone, and clear what a killed run left behind.

        Raises ``QuangbaError``: ``kiosk-busy`` at once when another program is at work, and
        ``kiosk-disk`` for every ``OSError``.
        """
        # The pages are served by another user, who may read and not write.
        mask = os.umask(0o022)
        try:
            for name in ("run", "releases"):
                (self.root / name).mkdir(exist_ok=True)
            with FileLock(self.root / "run" / "lock", timeout=0):
                self.tidy()
                yield
        except Timeout as error:
            raise QuangbaError("kiosk-busy") from error
        except OSError as error:
            raise self.failure(error) from error
        finally:
            os.umask(mask)

    @staticmethod
    def failure(error: OSError) -> QuangbaError:
        """Make the error for what the disk did not do."""
        if error.errno in FULL:
            return QuangbaError("kiosk-disk-full")
        return QuangbaError("kiosk-disk", what=error.strerror or str(error))

    def tidy(self) -> None:
        """Remove what is neither a release nor anything else that belongs here."""
        for path in (self.root / "releases").iterdir():
            if path.name.startswith((COMING, GOING)):
                shutil.rmtree(path, ignore_errors=True)
        for path in self.root.glob(".*.tmp"):
            path.unlink(missing_ok=True)
        remove_leftovers(self.root / "run")
        if self.trial is None:
            self.end_trial()

    # What it remembers

    def read_state(self) -> State:
        """Return what is remembered; of a lost file, what the shown release says is left."""
        data = self.read("state.json")
        highest, bad, least = (data.get(name) for name in ("highest", "bad", "min_serial"))
        state = State(
            {key: n for key, n in highest.items() if is_count(n)}
            if isinstance(highest, dict)
            else {},
            {serial for serial in bad if is_count(serial)} if isinstance(bad, list) else set(),
            least if is_count(least) else 0,
            latest(
                read_stamp(data.get("last_time")), read_time(self.root / LAST_TIME, "last_time")
            ),
        )
        current = self.current()
        if current:
            state.learn(current)
        return state

    def write_state(self, state: State) -> None:
        """Write down what is remembered; raises ``OSError``."""
        data = {
            "highest": state.highest,
            "bad": sorted(state.bad),
            "min_serial": state.min_serial,
            "last_time": stamp(self.now(state)),
        }
        replace(self.root / "state.json", canonical.encode(data))

    def now(self, state: State) -> datetime:
        """Return the time to go by, whatever the clock says (``kiosk/clock.py``)."""
        current = self.current()
        created = current.manifest.created if current else None
        return trusted(self.clock.wall(), state.last_time, created)

    # A release on trial

    @property
    def trial(self) -> Trial | None:
        """
        The trial of the release that is shown, if it is on trial.

        Raises ``OSError`` when the disk fails: a trial that is not known is not over.
        """
        path = self.root / TRIAL
        try:
            status = path.lstat()
            # A pipe would be waited for.
            if not stat.S_ISREG(status.st_mode) or status.st_size > TRIAL_LARGEST:
                return None
            found = canonical.decode(path.read_bytes())
        except ValueError:
            return None
        except OSError as error:
            raise_failure(error)
            return None
        if not isinstance(found, dict) or found.keys() != {"serial", "previous"}:
            return None
        serial, previous = found["serial"], found["previous"]
        if not is_count(serial) or not (previous is None or is_count(previous)):
            return None
        return Trial(serial, previous) if serial == self.shown else None

    def begin_trial(self, trial: Trial) -> None:
        """Write down that a release is about to be on trial; raises ``OSError``."""
        data = {"serial": trial.serial, "previous": trial.previous}
        replace(self.root / TRIAL, canonical.encode(data))

    def end_trial(self) -> None:
        """Forget the trial, however it ended; raises ``OSError``."""
        remove(self.root / TRIAL)

    # Releases

    def folder(self, serial: int) -> Path:
        """Return where a release is, or would be."""
        return self.root / "releases" / str(serial)

    @property
    def shown(self) -> int | None:
        """Serial of the release that ``current`` leads to, sound or not."""
        try:
            named = CURRENT.fullmatch((self.root / "current").readlink().as_posix())
        except OSError:
            return None
        return int(named["serial"]) if named else None

    def current(self) -> SignedRelease | None:
        """Return the release that is shown, if its manifest is sound."""
        return None if self.shown is None else self.release(self.shown)

    def release(self, serial: int) -> SignedRelease | None:
        """Return a release on this device, if its manifest is sound."""
        try:
            found = read_release(self.folder(serial), self.keys)
        except Refusal:
            return None
        return found if found.manifest.serial == serial else None

    @property
    def serials(self) -> list[int]:
        """Serials of all folders of releases, the newest first."""
        names = [path.name for path in (self.root / "releases").glob("*")]
        return sorted((int(name) for name in names if SERIAL.fullmatch(name)), reverse=True)

    def kept(self) -> list[SignedRelease]:
        """The releases on this device whose manifests are sound, the newest first."""
        return [found for serial in self.serials if (found := self.release(serial))]

    def fallback(
        self, state: State, before: int | None = None, without: int | None = None
    ) -> int | None:
        """
        Return a sound release to go back to: the one before, or the newest below the shown.

        It is neither the one that is shown nor ``without``.
        """
        shown = self.shown
        possible = [
            release
            for release in self.kept()
            if state.allows(serial := release.manifest.serial)
            and serial not in (shown, without)
            and (shown is None or serial < shown or serial == before)
        ]
        possible.sort(key=lambda release: release.manifest.serial == before, reverse=True)
        return next((r.manifest.serial for r in possible if r.is_whole()), None)

    def show(self, serial: int) -> None:
        """Let ``current`` lead to a release; raises ``OSError``."""
        link(self.root / "current", f"releases/{serial}")

    def retire(self, serial: int) -> None:
        """Remove a release, in such a way that half of it is never taken for a whole one."""
        going = self.root / "releases" / f"{GOING}{serial}"
        os.replace(self.folder(serial), going)
        shutil.rmtree(going, ignore_errors=True)

    def prune(self, state: State, before: int | None) -> None:
        """Keep the release that is shown, the one before and the newest others; three in all."""
        sound = [release.manifest.serial for release in self.kept()]
        order = [self.shown, *(serial for serial in (before, *sound) if serial in sound)]
        wanted = [serial for serial in dict.fromkeys(order) if serial is not None]
        allowed = [s for s in wanted if s == self.shown or state.allows(s)]
        for serial in self.serials:
            if serial not in allowed[:KEEP]:
                self.retire(serial)
