"""
Install: take the newest sound release from a stick, and let the screen show it.

The order is what makes it safe (``research/kiosk.md`` §3.2). Nothing is believed before its
signature; nothing is shown before all of it was written, read again and flushed; the switch is one
rename; what is remembered is written after it. Whatever fails, and whenever power goes, the screen
shows the old release or the new one, and the next run with the same stick completes the work. That
the new one is on trial is written before the switch, so that a trial which power cuts off is taken
up again (``kiosk/resume.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quangba.errors import Problem, QuangbaError
from quangba.kiosk.clock import stamp
from quangba.kiosk.notices import Notices
from quangba.kiosk.receipts import sentences, sticks, write_receipt
from quangba.kiosk.refusal import Refusal
from quangba.kiosk.releases import SignedRelease, find, read_release
from quangba.kiosk.screen import Screen, shows
from quangba.kiosk.staging import adopt, make_room, mend, stage
from quangba.kiosk.store import State, Store, Trial

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Wishes:
    """How a person wants an installation."""

    gate: str | None = None
    """The gate of a device that has none yet."""
    first: bool = False
    """Take the gate of the release where the device has none yet."""
    now: bool = False
    """Do not wait until nobody uses the screen."""
    confirm: bool = True
    """Go back when the new release does not come up on the screen."""


@dataclass
class Outcome:
    """What became of an installation."""

    problem: Problem
    """The sentence that says it."""
    accepted: bool = False
    release: SignedRelease | None = None
    """The release that was taken, or the newest that was not."""
    previous: int | None = None
    """Serial of the release that was shown before."""
    others: list[Problem] = field(default_factory=list)
    """Why each other file was not taken."""
    warnings: list[Problem] = field(default_factory=list)
    """What went wrong besides."""


class Installation:
    """One installation, while this program works alone on the device."""

    def __init__(self, store: Store, screen: Screen, notices: Notices, wishes: Wishes) -> None:
        self.store, self.screen, self.notices, self.wishes = store, screen, notices, wishes
        self.state = State()
        self.trial: Trial | None = None
        """The trial of the release that is shown, which something cut off."""
        self.outcome = Outcome(Problem.at("kiosk-empty"))

    def run(self, paths: Sequence[Path]) -> None:
        """
        Take the newest release for this gate that is sound; :attr:`outcome` says what was done.

        Raises ``QuangbaError`` and ``OSError`` for what no other file on the stick can mend.
        """
        self.state, self.outcome.previous = self.store.read_state(), self.store.shown
        self.trial = self.store.trial
        if self.trial and shows(self.screen.beat(), self.trial.serial):
            self.store.end_trial()
            self.trial = None
        if not self.store.keys:
            raise QuangbaError("kiosk-no-keys", folder="keys")
        releases, refused = self.read(paths)
        gate = self.gate_for(releases)
        mine = [release for release in releases if release.manifest.gate == gate]
        mine.sort(key=lambda release: release.manifest.serial, reverse=True)
        reasons = []
        for release in mine:
            self.outcome.release = self.outcome.release or release
            try:
                self.judge(release)
                self.outcome.problem = self.take(release)
            except Refusal as refusal:
                reasons.append(refusal.problem)
                continue
            self.outcome.release, self.outcome.accepted = release, True
            self.outcome.others = reasons + refused
            return
        reasons += refused
        reasons += [
            Problem.at("kiosk-other-gate", release.file, gate=release.manifest.gate, own=gate)
            for release in releases
            if release not in mine
        ]
        if reasons:
            self.outcome.problem, self.outcome.others = reasons[0], reasons[1:]

    # Choosing

    def read(self, paths: Sequence[Path]) -> tuple[list[SignedRelease], list[Problem]]:
        """Return the releases at some paths, and why other files are none."""
        releases, refused = [], []
        for path in paths:
            try:
                found = find(path)
            except Refusal as refusal:
                refused.append(refusal.problem)
                continue
            for file in found:
                try:
                    releases.append(read_release(file, self.store.keys))
                except Refusal as refusal:
                    refused.append(refusal.problem)
        return releases, refused

    def gate_for(self, releases: list[SignedRelease]) -> str | None:
        """
        Return the gate of this device.

        Raises ``QuangbaError`` where it has none and none, or more than one, could be meant.
        """
        known = self.store.gate
        if known and self.wishes.gate not in (None, known):
            raise QuangbaError("kiosk-gate-fixed", gate=known, other=self.wishes.gate)
        gates = sorted({release.manifest.gate for release in releases})
        if known or self.wishes.gate or not gates:
            return known or self.wishes.gate
        if not self.wishes.first:
            raise QuangbaError("kiosk-no-gate")
        if len(gates) > 1:
            raise QuangbaError("kiosk-gates-several", gates=", ".join(gates))
        return gates[0]

    def judge(self, release: SignedRelease) -> None:
        """Refuse a release that is sound and yet must not be shown."""
        serial, file = release.manifest.serial, release.file
        if serial < self.state.min_serial:
            raise Refusal("kiosk-recalled", file, serial=serial, least=self.state.min_serial)
        if serial in self.state.bad:
            raise Refusal("kiosk-bad", file, serial=serial)
        same = self.store.release(serial)
        if same and same.digest != release.digest:
            raise Refusal("kiosk-same-serial", file, serial=serial)
        highest = max(self.state.highest.get(key, 0) for key in release.signers)
        # What is shown may be mended, also after a step back to it.
        if serial < highest and serial != self.store.shown:
            raise Refusal("kiosk-older", file, serial=serial, highest=highest)

    # Taking

    def take(self, release: SignedRelease) -> Problem:
        """Bring a release onto the device and show it; return the sentence that says so."""
        serial = release.manifest.serial
        there = self.store.release(serial)
        code = "kiosk-present"
        if there and there.is_whole():
            # The copy on the device is sound; the one on the stick has to be as well.
            release.verify()
        else:
            make_room(self.store, release)
            stage(self.store, release, self.notices.progress)
            if serial == self.store.shown:
                mend(self.store, release)
                code = "kiosk-repaired"
            else:
                adopt(self.store, release)
        if serial == self.store.shown:
            self.remember(release)
            if self.trial:
                self.settle(self.trial, {})
        else:
            self.show(release)
            code = "kiosk-installed"
        # What cannot be cleared away now goes with the next installation.
        with suppress(OSError):
            self.store.prune(self.state, self.outcome.previous)
        return Problem.at(code, serial=serial)

    def show(self, release: SignedRelease) -> None:
        """Switch to a release when nobody is disturbed; go back if it does not come up."""
        if not self.wishes.now:
            waiting = Problem.at("kiosk-in-use")
            self.screen.wait_until_free(lambda: self.notices.say("working", waiting))
        self.store.settle_gate(release.manifest.gate)
        trial = Trial(release.manifest.serial, self.way_back(release.manifest.serial))
        beat = self.screen.beat()
        if self.wishes.confirm:
            self.store.begin_trial(trial)
        self.store.show(trial.serial)
        self.remember(release)
        self.settle(trial, beat)

    def way_back(self, serial: int) -> int | None:
        """
        Return the release to go back to first from a new one: what is shown, if it ever came up.

        One that is on trial itself is only gone back to where there is nothing else.
        """
        if self.trial:
            before = self.store.fallback(self.state, self.trial.previous, without=serial)
            if before is not None:
                return before
        return self.outcome.previous

    def remember(self, release: SignedRelease) -> None:
        """Write down that a release was shown: there is no way back behind it."""
        self.state.learn(release)
        self.store.write_state(self.state)

    def settle(self, trial: Trial, beat: dict[str, Any]) -> None:
        """
        End a trial, by the screen where that is wanted.

        ``beat`` is the one from before the switch. Raises ``QuangbaError`` (``kiosk-unconfirmed``).
        """
        before = self.confirm(trial, beat) if self.wishes.confirm else None
        self.store.end_trial()
        if before is not None:
            raise QuangbaError("kiosk-unconfirmed", serial=trial.serial, previous=before)

    def confirm(self, trial: Trial, beat: dict[str, Any]) -> int | None:
        """
        Wait for a new release to come up; else show the one before and never this one again.

        Where there is none that may be shown, the new one stays: a screen is never left empty,
        and what was recalled does not return. Returns the release that it went back to.
        """
        before = self.store.fallback(self.state, trial.previous)
        if before is None:
            return None
        self.notices.say("working", Problem.at("kiosk-confirming"))
        if self.screen.comes_up(trial.serial, beat):
            return None
        self.store.show(before)
        self.state.bad.add(trial.serial)
        self.store.write_state(self.state)
        return before

    # Telling

    def report(self, paths: Sequence[Path]) -> None:
        """Write a receipt onto every stick, then say what was done: now it may be pulled out."""
        outcome, release = self.outcome, self.outcome.release
        gate = self.store.gate or "none"
        receipt = {
            "format": 1,
            "gate": gate,
            "accepted": outcome.accepted,
            **sentences(outcome.problem),
            "serial": release.manifest.serial if release else None,
            "release": release.digest if release else None,
            "previous": outcome.previous,
            "shown": self.store.shown,
            "when": stamp(self.store.now(self.state)),
            "others": [sentences(problem) for problem in outcome.others],
        }
        for stick in sticks(paths):
            try:
                write_receipt(stick, receipt, self.store.root / "counts")
            except QuangbaError as error:
                outcome.warnings.append(error.problem)
        self.notices.say("done" if outcome.accepted else "refused", outcome.problem)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def install(
    paths: Sequence[Path], store: Store, screen: Screen, notices: Notices, wishes: Wishes
) -> Outcome:
    """
    Install the newest release for this device from sticks, files or unpacked releases.

    A refusal is an outcome too. Raises ``QuangbaError``: ``kiosk-busy`` when another installation
    is at work, ``kiosk-disk`` when not even that can be found out or told.
    """
    with store.locked():
        work = Installation(store, screen, notices, wishes)
        try:
            work.run(paths)
        except QuangbaError as error:
            work.outcome.problem = error.problem
        except OSError as error:
            work.outcome.problem = store.failure(error).problem
        work.report(paths)
    return work.outcome
