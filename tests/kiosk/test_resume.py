"""Trials that were cut off: who judges the new release after a power cut, and how."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from power import Crash
from sealed import (
    GATE,
    NEW_KEY,
    NO_SCREEN,
    OLD_KEY,
    device,
    leftovers,
    notices,
    put,
    refusal,
    run,
    shown,
    site,
    write,
)

from quangba.errors import QuangbaError
from quangba.kiosk.install import Installation, Outcome, Wishes
from quangba.kiosk.keys import key_id
from quangba.kiosk.notices import Notices
from quangba.kiosk.resume import resume
from quangba.kiosk.rollback import roll_back
from quangba.kiosk.screen import CONFIRM, Screen
from quangba.kiosk.store import TRIAL, Store, Trial

CONFIRMED = Wishes()

ON_TRIAL = b'{"previous":120,"serial":121}\n'


class Page(Screen):
    """A screen whose seconds pass at once; after five of them its page tells what it shows."""

    def __init__(self, root: Path, beat: dict[str, Any] | None = None) -> None:
        self.seconds = 0.0
        self.root, self.told = root, beat
        super().__init__(root, lambda: self.seconds, self.pass_by)

    def pass_by(self, seconds: float) -> None:
        self.seconds += seconds
        if self.told and self.seconds >= 5:
            write(self.root, {"run/beat.json": json.dumps({"ok": True, **self.told}).encode()})


class Dark(Page):
    """A screen whose power goes while somebody waits for it."""

    def comes_up(self, serial: int, before: dict[str, Any]) -> bool:
        raise Crash


def crash(*given: object) -> None:
    raise Crash


def cut_off(root: Path, stick: Path, serial: int = 121, **more: Any) -> None:
    """Install a release; the power goes right after the switch, and comes again."""
    with pytest.raises(Crash):
        run(root, put(stick, serial, **more), wishes=CONFIRMED, screen=Dark(root))
    # What is in memory on a device.
    shutil.rmtree(root / "run")
    assert Store(root).shown == serial


def resumed(root: Path, beat: dict[str, Any] | None = None) -> tuple[Outcome | None, list[str]]:
    """Go on with the trial, on a screen that shows something; return what was told as well."""
    told: list[str] = []
    talk = Notices(root, lambda kind, problem: told.append(f"{kind} {problem.code}"))
    return resume(Store(root), Page(root, beat), talk), told


def trial(root: Path) -> bytes | None:
    path = root / TRIAL
    return path.read_bytes() if path.exists() else None


def state(root: Path) -> Any:
    return json.loads((root / "state.json").read_bytes())


# A trial is written and over


def test_a_trial_lasts_as_long_as_it_is_waited_for(root: Path, stick: Path) -> None:
    seen = []

    class Looking(Page):
        def comes_up(self, serial: int, before: dict[str, Any]) -> bool:
            seen.append(trial(root))
            return super().comes_up(serial, before)

    screen = Looking(root, {"release": 121})
    assert run(root, put(stick, 121), wishes=CONFIRMED, screen=screen).accepted
    assert (seen, trial(root)) == ([ON_TRIAL], None)
    outcome = run(root, put(stick, 122), wishes=CONFIRMED, screen=Looking(root))
    assert refusal(outcome) == "kiosk-unconfirmed"
    assert (seen[1:], trial(root)) == ([b'{"previous":121,"serial":122}\n'], None)
    assert leftovers(root) == []


def test_nobody_is_on_trial_who_need_not_be_confirmed(root: Path, stick: Path) -> None:
    real, written = Store.begin_trial, []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "begin_trial", lambda *given: written.append(given) or real(*given))
        assert run(root, put(stick, 121), wishes=NO_SCREEN).accepted
    assert (written, trial(root)) == ([], None)
    assert resumed(root) == (None, [])


# After a power cut


def test_a_release_that_comes_up_is_confirmed(root: Path, stick: Path) -> None:
    cut_off(root, stick)
    assert trial(root) == ON_TRIAL
    outcome, told = resumed(root, {"release": 121})
    assert outcome
    assert (outcome.accepted, outcome.previous) == (True, 120)
    assert told == ["working kiosk-confirming", "done kiosk-installed"]
    assert shown(root) == site(121)
    assert (trial(root), state(root)["bad"]) == (None, [])
    assert resumed(root) == (None, [])


@pytest.mark.parametrize(
    "beat",
    [
        pytest.param(None, id="silent"),
        pytest.param({"release": 120}, id="old"),
        pytest.param({"release": 121, "ok": False}, id="blank"),
    ],
)
def test_a_release_that_does_not_come_up_is_taken_back(
    root: Path, stick: Path, beat: dict[str, Any] | None
) -> None:
    cut_off(root, stick)
    (root / "state.json").unlink()  # power went before it was written, the first time
    screen = Page(root, beat)
    outcome = resume(Store(root), screen, notices(root))
    assert outcome
    assert refusal(outcome) == "kiosk-unconfirmed"
    assert outcome.problem.text("en").startswith("Release 121 did not come up within two minutes")
    assert CONFIRM <= screen.seconds < CONFIRM + 1
    assert shown(root) == site(120)
    assert (trial(root), state(root)["bad"]) == (None, [121])
    assert state(root)["highest"] == {key_id(OLD_KEY.public_key()): 121}
    assert refusal(run(root, stick)) == "kiosk-bad"
    assert resumed(root) == (None, [])


def test_power_goes_again_while_it_is_waited_for(root: Path, stick: Path) -> None:
    cut_off(root, stick)
    for _ in range(2):
        with pytest.raises(Crash):
            resume(Store(root), Dark(root), notices(root))
        assert (Store(root).shown, trial(root)) == (121, ON_TRIAL)
    outcome, _ = resumed(root)
    assert outcome
    assert refusal(outcome) == "kiosk-unconfirmed"
    assert shown(root) == site(120)


def test_power_goes_before_the_switch(
    root: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Store, "show", crash)
        with pytest.raises(Crash):
            run(root, put(stick, 121), wishes=CONFIRMED, screen=Page(root))
    assert (Store(root).shown, trial(root)) == (120, ON_TRIAL)
    assert resumed(root) == (None, [])
    assert (Store(root).shown, trial(root)) == (120, None)
    assert state(root)["bad"] == []
    assert run(root, stick, wishes=CONFIRMED, screen=Page(root, {"release": 121})).accepted


@pytest.mark.parametrize("why", ["first", "recalled", "damaged"])
def test_where_there_is_no_way_back_the_new_one_stays(
    tmp_path: Path, root: Path, stick: Path, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    if why == "first":
        root = device(tmp_path / "new")
        write(root, {"device.json": json.dumps({"gate": GATE, "reserve_mb": 0}).encode()})
    path = put(stick, 121, min_serial=121 if why == "recalled" else 0)
    with monkeypatch.context() as patch:
        patch.setattr(Installation, "settle", crash)
        with pytest.raises(Crash):
            run(root, path, wishes=CONFIRMED, screen=Page(root))
    if why == "damaged":
        (root / "releases/120/site/index.html").unlink()
    assert trial(root)
    # Whoever waited would see the power go.
    outcome = resume(Store(root), Dark(root), notices(root))
    assert outcome
    assert outcome.accepted
    assert shown(root) == site(121)
    assert (trial(root), state(root)["bad"]) == (None, [])


# A trial, and somebody who does something else


def test_a_step_back_by_a_person_ends_it(root: Path, stick: Path) -> None:
    cut_off(root, stick)
    assert roll_back(Store(root), notices(root)).accepted
    assert (shown(root), trial(root)) == (site(120), None)
    assert resumed(root) == (None, [])
    assert state(root)["bad"] == []


def test_a_person_may_keep_it(root: Path, stick: Path) -> None:
    cut_off(root, stick)
    assert roll_back(Store(root), notices(root), 121).accepted
    assert resumed(root) == (None, [])
    assert shown(root) == site(121)


def test_a_step_back_that_is_refused_leaves_it(root: Path, stick: Path) -> None:
    cut_off(root, stick)
    assert not roll_back(Store(root), notices(root), 119).accepted
    assert trial(root) == ON_TRIAL


def test_a_recall_ends_it(root: Path, stick: Path) -> None:
    cut_off(root, stick)
    path = put(stick / "next", 122, min_serial=122)
    assert run(root, path, wishes=CONFIRMED, screen=Page(root)).accepted
    assert (shown(root), trial(root)) == (site(122), None)
    assert not (root / "releases/121").exists()
    assert resumed(root) == (None, [])


@pytest.mark.parametrize("up", [True, False])
def test_the_same_release_again_is_judged(root: Path, stick: Path, up: bool) -> None:
    cut_off(root, stick)
    outcome = run(root, stick, wishes=CONFIRMED, screen=Page(root, {"release": 121} if up else {}))
    assert outcome.problem.code == ("kiosk-present" if up else "kiosk-unconfirmed")
    assert shown(root) == site(121 if up else 120)
    assert trial(root) is None


def test_nobody_waits_for_the_same_release_who_does_not_want_to(root: Path, stick: Path) -> None:
    cut_off(root, stick)
    assert run(root, stick).accepted
    assert (shown(root), trial(root)) == (site(121), None)


def test_a_release_that_is_on_the_screen_by_now_is_one_to_go_back_to(
    root: Path, stick: Path
) -> None:
    cut_off(root, stick)
    write(root, {"run/beat.json": b'{"release": 121, "ok": true}'})
    outcome = run(root, put(stick, 122), wishes=CONFIRMED, screen=Page(root))
    assert refusal(outcome) == "kiosk-unconfirmed"
    assert (shown(root), trial(root)) == (site(121), None)


def test_a_release_that_nobody_saw_is_not_gone_back_to(root: Path, stick: Path) -> None:
    cut_off(root, stick)
    cut_off(root, stick, 122)
    assert trial(root) == b'{"previous":120,"serial":122}\n'
    outcome, _ = resumed(root)
    assert outcome
    assert refusal(outcome) == "kiosk-unconfirmed"
    assert shown(root) == site(120)
    assert state(root)["bad"] == [122]


def test_a_release_that_nobody_saw_is_better_than_none(root: Path, stick: Path) -> None:
    cut_off(root, stick)
    (root / "releases/120/site/index.html").unlink()
    outcome = run(root, put(stick, 122), wishes=CONFIRMED, screen=Page(root))
    assert refusal(outcome) == "kiosk-unconfirmed"
    assert shown(root) == site(121)


@pytest.mark.parametrize("up", [True, False])
def test_the_release_before_may_come_from_a_stick(tmp_path: Path, stick: Path, up: bool) -> None:
    root = device(tmp_path / "device", 119, keys=[OLD_KEY, NEW_KEY])
    assert run(root, put(stick / "new", 120, keys=[NEW_KEY])).accepted
    cut_off(root, stick)
    screen = Page(root, {"release": 120} if up else None)
    outcome = run(root, stick / "new", wishes=CONFIRMED, screen=screen)
    assert outcome.problem.code == ("kiosk-installed" if up else "kiosk-unconfirmed")
    # It is no way back from itself.
    assert shown(root) == site(120 if up else 119)
    assert trial(root) is None


def test_an_installation_that_takes_nothing_leaves_it(root: Path, stick: Path) -> None:
    cut_off(root, stick)
    empty = stick / "empty"
    empty.mkdir()
    assert refusal(run(root, empty, wishes=CONFIRMED, screen=Page(root))) == "kiosk-empty"
    assert trial(root) == ON_TRIAL


@pytest.mark.parametrize("shown_now", [120, 121])
def test_without_confirmation_no_trial_is_left(root: Path, stick: Path, shown_now: int) -> None:
    cut_off(root, stick)
    Store(root).show(shown_now)
    assert run(root, put(stick, 122)).accepted
    assert (shown(root), trial(root)) == (site(122), None)


def test_while_an_installation_is_at_work_nothing_is_touched(root: Path, stick: Path) -> None:
    cut_off(root, stick)
    with Store(root).locked(), pytest.raises(QuangbaError) as error:
        resumed(root)
    assert error.value.problem.code == "kiosk-busy"
    assert trial(root) == ON_TRIAL
    assert not (root / "run/message.json").exists()


# Files that are none


def folder(path: Path) -> None:
    (path / "a").mkdir(parents=True)


STRANGE: dict[str, bytes | Callable[[Path], None]] = {
    "empty": b"",
    "zeros": b"\0" * 4096,
    "half": ON_TRIAL[:-9],
    "text": "thử".encode(),
    "bytes": b"\xff\xfe",
    "list": b"[120,121]\n",
    "true": b'{"previous":120,"serial":true}\n',
    "negative": b'{"previous":-1,"serial":121}\n',
    "other shape": b'{"previous":"120","serial":121}\n',
    "lacking": b'{"serial":121}\n',
    "more": b'{"more":1,"previous":120,"serial":121}\n',
    "twice": b'{"previous":120,"serial":121,"serial":121}\n',
    "edited": b'{"previous": 120, "serial": 121}',
    "deep": b"[" * 150,
    "long": b" " * 1_000_000 + ON_TRIAL,
    "digits": b'{"previous":120,"serial":' + b"9" * 100 + b"}\n",
    "other": b'{"previous":120,"serial":122}\n',
    "folder": folder,
    "link": lambda path: path.symlink_to(path.with_name("elsewhere.json")),
    "dead link": lambda path: path.symlink_to("nowhere"),
    "pipe": lambda path: os.mkfifo(path),
}


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_file_is_no_trial_and_goes(root: Path, stick: Path, name: str) -> None:
    assert run(root, put(stick, 121)).accepted
    content = STRANGE[name]
    write(root, {"elsewhere.json": ON_TRIAL})
    for _ in range(2):
        if callable(content):
            content(root / TRIAL)
        else:
            write(root, {TRIAL: content})
        assert Store(root).trial is None
        assert resumed(root) == (None, [])
        assert not os.path.lexists(root / TRIAL)
    assert (root / "elsewhere.json").read_bytes() == ON_TRIAL
    if callable(content):
        content(root / TRIAL)
    screen = Page(root, {"release": 122})
    assert run(root, put(stick, 122), wishes=CONFIRMED, screen=screen).accepted
    assert not os.path.lexists(root / TRIAL)


def test_a_disk_that_fails_does_not_end_a_trial(
    root: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(root, stick)
    real = Path.read_bytes

    def read(path: Path) -> bytes:
        if path.name == TRIAL:
            raise OSError(5, "Input/output error")
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", read)
        with pytest.raises(QuangbaError) as error:
            resumed(root)
    assert error.value.problem.code == "kiosk-disk"
    assert Store(root).trial == Trial(121, 120)


def test_what_the_disk_does_not_take_back_is_told(
    root: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(root, stick)
    real = Store.show

    def show(store: Store, serial: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Store, "show", show)
    outcome, told = resumed(root)
    assert outcome
    assert refusal(outcome) == "kiosk-disk-full"
    assert told[-1] == "refused kiosk-disk-full"
    assert trial(root) == ON_TRIAL
    monkeypatch.setattr(Store, "show", real)
    outcome, _ = resumed(root)
    assert outcome
    assert refusal(outcome) == "kiosk-unconfirmed"
    assert shown(root) == site(120)
