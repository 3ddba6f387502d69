"""The agent: what a page is told and what is written, also when it is killed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest
from bench import Bench, visit
from served import CREATED, FakeClock, beat, device

from quangba.kiosk.clock import FAR, LAST_TIME, trusted
from quangba.kiosk.shown import Device

pytestmark = pytest.mark.skipif(os.name == "nt", reason="releases are switched by a link")


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(device(tmp_path / "root", 1, 2))


# What it is told


@pytest.mark.parametrize(
    ("wall", "notice"),
    [
        pytest.param(CREATED + timedelta(days=29), None, id="fresh"),
        pytest.param(CREATED + timedelta(days=31), "aging", id="a month"),
        pytest.param(CREATED + timedelta(days=61), "old", id="two months"),
        pytest.param(CREATED + timedelta(days=91), "older", id="expired"),
        pytest.param(datetime(1970, 1, 1, tzinfo=UTC), None, id="1970"),
        pytest.param(datetime(2040, 1, 1, tzinfo=UTC), None, id="2040"),
        pytest.param(datetime(9999, 12, 31, tzinfo=UTC), None, id="9999"),
        pytest.param(datetime(1, 1, 1, tzinfo=UTC), None, id="the year 1"),
    ],
)
def test_content_grows_old_by_a_time_that_is_believed(
    tmp_path: Path, wall: datetime, notice: str | None
) -> None:
    bench = Bench(device(tmp_path / "root", 1), clock=FakeClock(wall))
    assert bench.hear().notice == notice
    assert bench.hear().release == 1
    bench.agent.close()
    assert bench.agent.now(Device(bench.root).facts(Device(bench.root).current())) <= CREATED + FAR  # type: ignore[arg-type]


def test_time_never_runs_back(tmp_path: Path) -> None:
    root = device(tmp_path / "root", 1)
    bench = Bench(root, clock=FakeClock(CREATED + timedelta(days=61)))
    bench.agent.close()
    again = Bench(root, clock=FakeClock(datetime(1970, 1, 1, tzinfo=UTC)))
    assert again.hear().notice == "old"
    # What installations remember counts as well; damaged files say nothing.
    (root / LAST_TIME).write_text("{")
    (root / "state.json").write_text('{"last_time": "2027-03-01T00:00:00Z"}')
    assert Bench(root, clock=FakeClock(datetime(1970, 1, 1, tzinfo=UTC))).hear().notice == "older"


def test_the_last_time_is_written_rarely(tmp_path: Path) -> None:
    bench = Bench(device(tmp_path / "root", 1), commands={})
    path = bench.root / LAST_TIME
    written = set()
    for _ in range(24 * 4):
        bench.clock.pass_by(900)
        bench.agent.tick()
        written.add(path.read_text() if path.exists() else "")
    assert 2 <= len(written) <= 6


def test_trusted_time_is_the_latest_that_can_be() -> None:
    day = timedelta(days=1)
    assert trusted(CREATED + day, CREATED + 2 * day, CREATED) == CREATED + 2 * day
    assert trusted(CREATED + 3 * day, CREATED + 2 * day, CREATED) == CREATED + 3 * day
    assert trusted(CREATED, None, None) == CREATED


def test_messages_to_the_officer_are_shown_while_they_are_fresh(bench: Bench) -> None:
    path = bench.root / "run/message.json"

    def say(kind: str, text: str = "Xong.") -> None:
        temporary = path.with_name("next")
        temporary.write_text(json.dumps({"kind": kind, "vi": text, "en": "Done.", "at": "2040"}))
        os.replace(temporary, path)

    assert bench.hear().message is None
    say("working", "Đang chép 10%.")
    assert bench.hear().message.vi == "Đang chép 10%."  # type: ignore[union-attr]
    bench.clock.pass_by(600)
    assert bench.hear().message is not None
    for kind in ("done", "refused"):
        say(kind)
        bench.clock.pass_by(5)
        assert bench.hear().message.kind == kind  # type: ignore[union-attr]
        bench.clock.pass_by(55)
        assert bench.hear().message is not None
        bench.clock.pass_by(10)
        assert bench.hear().message is None
    say("working")
    assert bench.hear().message is not None
    # An installation that was cut off does not stand there for ever.
    bench.clock.pass_by(1900)
    assert bench.hear().message is None
    for broken in ("", "{", "[]", '{"kind": "done"}', '{"kind": "done", "vi": 5, "en": ""}'):
        path.write_text(broken)
        assert bench.hear().message is None
    path.unlink()
    assert bench.hear().message is None


def test_a_message_from_before_the_start_is_not_shown_again(tmp_path: Path) -> None:
    root = device(tmp_path / "root", 1)
    (root / "run").mkdir()
    (root / "run/message.json").write_text('{"kind": "done", "vi": "Xong.", "en": "Done."}')
    assert Bench(root).hear().message is None
    (root / "run/message.json").write_text('{"kind": "working", "vi": "Đang.", "en": "Busy."}')
    assert Bench(root).hear().message is not None


# What is written


def test_the_last_beat_is_there_for_installations(bench: Bench) -> None:
    bench.hear(touched=2.0, release=2)
    written = bench.read("run/beat.json")
    assert written == {
        "release": 2,
        "language": "ja",
        "page": "ja/visit/",
        "state": "use",
        "touched": 2.0,
        "painted": True,
        "ok": True,
        "at": {"monotonic": 5000.0, "wall": "2026-11-27T10:00:00Z"},
    }
    bench.hear(painted=False)
    assert bench.read("run/beat.json")["ok"] is False
    # The same page again is another beat.
    before = bench.read("run/beat.json")
    bench.clock.pass_by(10)
    bench.hear(painted=False)
    assert bench.read("run/beat.json") != before
    assert not [
        path
        for path in (bench.root / "run").iterdir()
        if path.name != "beat.json" and path.name != "watchdog.json"
    ]


def test_a_beat_of_the_start_before_is_forgotten(tmp_path: Path) -> None:
    root = device(tmp_path / "root", 1)
    Bench(root).hear()
    assert (root / "run/beat.json").exists()
    Bench(root)
    assert not (root / "run/beat.json").exists()


def test_a_full_disk_ends_nothing_and_is_said(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*given: Any, **more: Any) -> None:
        raise OSError(28, "No space left on device", "x")

    monkeypatch.setattr(os, "replace", full)
    for _ in range(3):
        assert bench.hear(release=2).release == 2
    assert capsys.readouterr().err.count("No space left") <= 2
    told_health = bench.agent.health()
    assert told_health["ok"] is False
    assert told_health["problems"] == ["file-unwritable"] * len(told_health["problems"])
    bench.agent.close()
    monkeypatch.undo()
    bench.hear(release=2)
    bench.agent.close()
    assert bench.agent.health()["problems"] == []


# Killed


def test_an_agent_that_is_killed_comes_back_with_its_counts(tmp_path: Path) -> None:
    root = device(tmp_path / "root", 1)
    bench = Bench(root)
    visit(bench, "ja", "ja/")
    bench.agent.close()
    command = [sys.executable, "-m", "quangba.cli_kiosk_device", "serve", "--root", str(root)]
    for _ in range(2):
        process = subprocess.Popen(
            [*command, "--port", "0"],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "QUANGBA_LANG": "en"},
        )
        assert process.stdout is not None
        found = re.search(r":(\d+)/", process.stdout.readline())
        assert found is not None
        where = type(
            "Server", (), {"port": int(found[1]), "address": f"http://127.0.0.1:{found[1]}/"}
        )
        stop = threading.Event()

        def press(where: Any = where, stop: threading.Event = stop) -> None:
            while not stop.is_set():
                try:
                    beat(where, "/r/1/attract/")
                except (OSError, HTTPException):
                    return

        pressing = threading.Thread(target=press)
        pressing.start()
        deadline = time.monotonic() + 20
        while not (root / "run/beat.json").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        process.kill()
        process.wait(20)
        stop.set()
        pressing.join(20)
        process.stdout.close()
        assert json.loads((root / "run/beat.json").read_text())["release"] == 1
    assert bench.month().languages == {"ja": 1}
