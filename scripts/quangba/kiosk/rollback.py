"""Rolling back: show an older release that is still on the device."""

from __future__ import annotations

from quangba.errors import Problem, QuangbaError
from quangba.kiosk.install import Outcome
from quangba.kiosk.notices import Notices
from quangba.kiosk.store import Store

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def roll_back(store: Store, notices: Notices, to: int | None = None) -> Outcome:
    """
    Show the release with a serial, by default the one before.

    It happens at once: whoever asks for it has a reason. A refusal is an outcome too. Raises
    ``QuangbaError``: ``kiosk-busy`` when an installation is at work, ``kiosk-disk``.
    """
    with store.locked():
        outcome = Outcome(Problem.at("kiosk-nothing-older"), previous=store.shown)
        try:
            serial = step_back(store, to)
        except QuangbaError as error:
            outcome.problem = error.problem
        else:
            outcome.problem = Problem.at("kiosk-rolled-back", serial=serial)
            outcome.accepted = True
        notices.say("done" if outcome.accepted else "refused", outcome.problem)
    return outcome


def step_back(store: Store, to: int | None) -> int:
    """
    Switch to an older release; return its serial.

    Raises ``QuangbaError`` for one that is not there, was recalled, did not come up on the screen
    or is damaged, and ``OSError``.
    """
    state = store.read_state()
    serial = store.fallback(state) if to is None else to
    if serial is None:
        raise QuangbaError("kiosk-nothing-older")
    release = store.release(serial)
    if release is None:
        raise QuangbaError("kiosk-not-kept", serial=serial)
    if serial < state.min_serial:
        raise QuangbaError("kiosk-recalled", serial=serial, least=state.min_serial)
    if serial in state.bad:
        raise QuangbaError("kiosk-bad", serial=serial)
    if not release.is_whole():
        raise QuangbaError("kiosk-damaged", serial=serial)
    # What is shown now must be remembered before it is not shown any more.
    store.write_state(state)
    store.show(serial)
    # Somebody has judged what was on trial.
    store.end_trial()
    return serial
