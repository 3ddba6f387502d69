"""
Resuming: judge the release whose trial was cut off, by a power cut or a killed installation.

Runs at every start of a device that finds ``trial.json`` there (``kiosk-resume.service``).
"""

from __future__ import annotations

from quangba.errors import Problem, QuangbaError
from quangba.kiosk.install import Installation, Outcome, Wishes
from quangba.kiosk.notices import Notices
from quangba.kiosk.screen import Screen
from quangba.kiosk.store import Store

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def resume(store: Store, screen: Screen, notices: Notices) -> Outcome | None:
    """
    Wait for the release on trial to come up, else go back; None when nothing is on trial.

    A release that did not come up is an outcome too. Raises ``QuangbaError``: ``kiosk-busy`` when
    an installation is at work, ``kiosk-disk``.
    """
    with store.locked():
        trial = store.trial
        if trial is None:
            return None
        outcome = Outcome(
            Problem.at("kiosk-installed", serial=trial.serial), previous=trial.previous
        )
        work = Installation(store, screen, notices, Wishes())
        try:
            work.state = store.read_state()
            # What is shown now must be remembered before it is not shown any more.
            store.write_state(work.state)
            # After a start there is no beat from before.
            work.settle(trial, {})
        except QuangbaError as error:
            outcome.problem = error.problem
        except OSError as error:
            outcome.problem = store.failure(error).problem
        else:
            outcome.accepted = True
        notices.say("done" if outcome.accepted else "refused", outcome.problem)
    return outcome
