"""The watchdog: a screen that is alive and wrong. Time is a clock that the tests move."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bench import Bench, a_beat
from hypothesis import given, settings
from hypothesis import strategies as st
from served import CREATED, FakeClock, add_release, device, show

from quangba.kiosk.agent import CODES, Runner
from quangba.kiosk.watchdog import REBOOTS, Reboots, Step, Trouble, Watchdog
from quangba.messages import MESSAGES

pytestmark = pytest.mark.skipif(os.name == "nt", reason="releases are switched by a link")


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(device(tmp_path / "root", 1, 2))


def test_a_screen_that_is_well_is_left_alone(bench: Bench) -> None:
    assert not any(bench.stay(3600, state="attract", page="attract/", release=2))
    assert not any(bench.stay(130, release=2, touched=0, media=False))
    assert not any(bench.stay(3000, release=2, touched=0, media=True))
    assert bench.ran == []
    assert bench.agent.health()["ok"] is True
    assert bench.read("run/watchdog.json")["code"] == "kiosk-screen-well"


def test_a_browser_that_never_starts(bench: Bench) -> None:
    bench.silence(89)
    assert bench.ran == []
    bench.silence(2)
    assert bench.ran == [Step.RESTART]
    assert bench.read("run/watchdog.json")["trouble"] == "silent"
    bench.silence(88)
    assert bench.ran == [Step.RESTART]
    bench.silence(180)
    assert bench.ran == [Step.RESTART, Step.RESTART, Step.REBOOT]


def test_a_page_that_falls_silent(bench: Bench) -> None:
    bench.stay(60, state="attract", release=2)
    bench.silence(29)
    assert bench.ran == []
    bench.silence(2)
    assert bench.ran == [Step.RESTART]
    # It comes up again: after five good minutes all is forgotten.
    bench.stay(400, state="attract", release=2)
    assert bench.agent.health()["trouble"] is None
    assert bench.read("run/watchdog.json")["code"] == "kiosk-screen-well"
    bench.silence(31)
    assert bench.ran == [Step.RESTART, Step.RESTART]
    bench.agent.close()
    assert bench.month().days["2026-11-27"].trouble == {"restart": 2}


def test_a_page_that_dies_every_other_minute_climbs_the_ladder(bench: Bench) -> None:
    for _ in range(3):
        bench.stay(60, state="attract", release=2)
        bench.silence(95)
    assert bench.ran == [Step.RESTART, Step.RESTART, Step.REBOOT]


def test_a_blank_page_is_loaded_again_then_started_anew(bench: Bench) -> None:
    bench.stay(60, state="attract", release=2)
    assert bench.stay(30, state="attract", release=2, painted=False) == [False, True, True]
    assert bench.ran == [Step.RELOAD]
    bench.stay(40, state="attract", release=2, painted=False)
    assert bench.ran == [Step.RELOAD, Step.RESTART]


def test_one_blank_beat_is_none(bench: Bench) -> None:
    for _ in range(20):
        bench.stay(10, state="attract", release=2, painted=False)
        bench.stay(10, state="attract", release=2)
    # Two pages that are left in a hurry are not a blank screen.
    bench.hear(painted=False)
    bench.hear(painted=False)
    bench.stay(10, state="attract", release=2)
    assert bench.ran == []


def test_an_old_page_in_the_loop_is_loaded_again_then_started_anew(bench: Bench) -> None:
    assert all(bench.stay(30, state="attract", release=1))
    assert bench.ran == []
    bench.stay(20, state="attract", release=1)
    # Early enough to be seen by an installation that waits two minutes.
    assert bench.ran == [Step.RESTART]
    bench.stay(400, state="attract", release=2)
    assert bench.agent.health()["trouble"] is None


def test_an_old_page_in_use_is_left_alone(bench: Bench) -> None:
    bench.stay(300, release=1, touched=None)
    assert bench.ran == []


def test_a_page_that_feels_no_fingers(bench: Bench) -> None:
    reloads = bench.stay(140, release=2, touched=0, media=False)
    assert not any(reloads)
    assert any(bench.stay(30, release=2, touched=140, media=False))
    assert bench.ran == [Step.RELOAD]
    # It loads again, goes back to the loop: well.
    bench.stay(310, state="attract", release=2)
    assert bench.agent.health()["trouble"] is None
    # A page that plays, and one that does not say, get longer.
    assert not any(bench.stay(890, release=2, touched=0))
    assert any(bench.stay(60, release=2, touched=890))


def test_a_page_in_use_that_was_never_touched(bench: Bench) -> None:
    assert not any(bench.stay(140, release=2, media=False))
    assert any(bench.stay(60, release=2, media=False))


def test_at_most_three_starts_of_the_computer_in_an_hour(tmp_path: Path) -> None:
    root = device(tmp_path / "root", 1)
    clock = FakeClock()
    reboots = 0
    for _ in range(6):
        clock.seconds = 20
        bench = Bench(root, clock=clock)
        bench.silence(300)
        reboots += bench.ran.count(Step.REBOOT)
        if Step.REBOOT not in bench.ran:
            break
    assert reboots == REBOOTS
    assert bench.agent.health()["given_up"] is True
    written = bench.read("run/watchdog.json")
    assert written["code"] == "kiosk-screen-given-up"
    assert written["vi"] == MESSAGES["kiosk-screen-given-up"][1]
    # The browser is still tried, every ten minutes.
    before = bench.ran.count(Step.RESTART)
    bench.silence(1300)
    assert bench.ran.count(Step.RESTART) == before + 2
    # A page that comes up is well again.
    bench.stay(310, state="attract", release=1)
    assert bench.agent.health()["given_up"] is False


def test_the_limit_is_none_for_ever_where_the_clock_always_begins_at_the_same_time(
    tmp_path: Path,
) -> None:
    for _ in range(5):
        Reboots(tmp_path / "reboots.json").note(CREATED, 50)
    again = Reboots(tmp_path / "reboots.json")
    assert again.recent(CREATED, 100) == REBOOTS
    assert again.recent(CREATED + timedelta(hours=2), 100) == 0
    assert again.recent(CREATED, 3600) == 0
    # A start that was asked for and did not come is not asked for again and again.
    again.note(CREATED, 4000)
    again.note(CREATED, 4100)
    assert again.recent(CREATED, 4200) == 2
    assert again.recent(CREATED, 7650) == 1
    for damage in ("", "[]", '{"reboots": 3}', '{"reboots": [1, "x"]}'):
        (tmp_path / "reboots.json").write_text(damage)
        assert Reboots(tmp_path / "reboots.json").times == []


def test_the_computer_is_not_started_anew_where_that_cannot_be_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench(device(tmp_path / "root", 1))
    (bench.root / "counts").write_text("no folder")
    bench.silence(400)
    assert Step.REBOOT not in bench.ran
    assert bench.agent.health()["given_up"] is True


def test_before_the_first_installation_nothing_is_started_anew(tmp_path: Path) -> None:
    bench = Bench(device(tmp_path / "root"))
    bench.silence(600)
    assert bench.ran == []
    add_release(bench.root, 1)
    show(bench.root, 1)
    bench.silence(100)
    assert bench.ran == [Step.RESTART]


def test_a_device_without_commands_says_what_is_wrong(tmp_path: Path) -> None:
    bench = Bench(device(tmp_path / "root", 1), commands={})
    bench.silence(600)
    assert bench.ran == []
    assert bench.agent.health()["given_up"] is True


def test_wrong_clocks_do_not_wake_the_watchdog(bench: Bench) -> None:
    for year in (1970, 2040, 1999):
        bench.clock.now = datetime(year, 1, 1, tzinfo=UTC)
        bench.stay(120, state="attract", release=2)
    assert bench.ran == []


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["well", "blank", "old", "deaf", "none"]), st.integers(1, 200)),
        max_size=30,
    )
)
def test_whatever_happens_there_is_time_between_two_steps(course: list[tuple[str, int]]) -> None:
    now, last = 0.0, -1e9
    watchdog = Watchdog(now, can=frozenset(Step))
    beats = {
        "well": {"state": "attract"},
        "blank": {"state": "attract", "painted": False},
        "old": {"state": "attract", "release": 1},
        "deaf": {"touched": 5000},
    }
    for kind, seconds in course:
        for second in range(seconds):
            now += 1
            if kind in beats and second % 10 == 0:
                watchdog.hear(a_beat(**{"release": 2, **beats[kind]}), 2, now)
            step = watchdog.look(now)
            if step is not None:
                assert now - last >= 30
                last = now
                if step is Step.REBOOT:
                    watchdog.give_up()


def test_every_trouble_has_a_sentence() -> None:
    assert set(CODES) == {None, *Trouble}
    assert set(CODES.values()) <= set(MESSAGES)


# Commands


def test_commands_run_without_a_shell_and_one_at_a_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    marks = tmp_path / "it; touch marks"
    write_mark = "import sys; open(sys.argv[1], 'a').write('x')"
    runner = Runner({Step.RESTART: (sys.executable, "-c", write_mark, str(marks))})
    runner.run(Step.RESTART, 0)
    runner.run(Step.RESTART, 1)
    assert runner.running is not None
    runner.running.wait(20)
    runner.watch(2)
    assert marks.read_text() == "x"
    runner.run(Step.REBOOT, 3)
    assert runner.running is None
    fails = Runner(
        {Step.RESTART: ("/no/such/program",), Step.REBOOT: (sys.executable, "-c", "1/0")}
    )
    fails.run(Step.RESTART, 0)
    fails.run(Step.REBOOT, 0)
    assert fails.running is not None
    fails.running.wait(20)
    fails.watch(1)
    assert capsys.readouterr().err.count("--restart") == 2
    hangs = Runner({Step.RESTART: (sys.executable, "-c", "import time; time.sleep(600)")})
    hangs.run(Step.RESTART, 0)
    hangs.watch(61)
    assert hangs.running is None
