"""
The agent: hears the heartbeats of a screen, answers them, counts, and keeps watch.

It lives in the process of the server, in a thread of its own. Everything that it keeps is in the
device folder (``run/`` for what a restart may forget, ``counts/`` for the rest); a disk that is
full or closed is said and never ends it, because a screen without counts is still a screen.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from quangba.errors import Problem, QuangbaError
from quangba.kiosk.board import Board
from quangba.kiosk.clock import Clock, LastTime, stamp, trusted
from quangba.kiosk.counting import OTHER, Counts
from quangba.kiosk.heartbeat import Answer, Beat, notice_for
from quangba.kiosk.shown import Facts, Release, Shows, read_object
from quangba.kiosk.watchdog import REBOOTS, Reboots, Step, Trouble, Watchdog
from quangba.messages import MESSAGES

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SAVE_EVERY = 1800.0
"""Seconds between two times that counts are written: spares the flash memory of the device."""

GONE = 60.0
"""Seconds without a beat that end a visit."""

DOUBT = 86400.0
"""Seconds by which the wall clock may differ from the time that is gone by."""

PATIENCE = 60.0
"""Seconds that a command of the watchdog may take."""

CODES = {
    None: "kiosk-screen-well",
    Trouble.SILENT: "kiosk-screen-silent",
    Trouble.BLANK: "kiosk-screen-blank",
    Trouble.WRONG: "kiosk-screen-wrong",
    Trouble.DEAF: "kiosk-screen-deaf",
}
"""Codes of the sentences that say how a screen is."""

Command = tuple[str, ...]

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Runner:
    """Runs the commands of the watchdog, one at a time, without a shell and without waiting."""

    commands: dict[Step, Command]
    running: subprocess.Popen[bytes] | None = None
    since: float = 0.0

    def run(self, step: Step, now: float) -> None:
        """Start a command; one that hangs since long is ended first."""
        self.watch(now)
        if self.running is None and step in self.commands:
            try:
                self.running = subprocess.Popen(
                    self.commands[step], stdin=subprocess.DEVNULL, close_fds=True
                )
            except OSError as error:
                what = error.strerror or str(error)
                complain(Problem.at("kiosk-command", self.commands[step][0], what=what))
            self.since = now

    def watch(self, now: float) -> None:
        """Take the result of a command that ended; end one that hangs."""
        if self.running is None:
            return
        if self.running.poll() is None and now - self.since >= PATIENCE:
            self.running.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.running.wait(2)
        if (code := self.running.poll()) is not None:
            if code:
                name = self.running.args[0]  # type: ignore[index]
                complain(Problem.at("kiosk-command", name, what=f"exit {code}"))
            self.running = None


@dataclass
class Agent:
    """The agent of one screen. ``root`` is None for an editor's preview: nothing is kept then."""

    shows: Shows
    root: Path | None = None
    clock: Clock = field(default_factory=Clock)
    commands: dict[Step, Command] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lock = threading.RLock()
        self.started = self.saved = self.clock.monotonic()
        self.watchdog = Watchdog(self.started, can=frozenset({Step.RELOAD, *self.commands}))
        self.runner = Runner(self.commands)
        self.reboots = Reboots(self.root / "counts/reboots.json" if self.root else None)
        self.last_beat: Beat | None = None
        self.minute = -1
        self.written: dict[str, Any] | None = None
        self.problems: dict[str, Problem] = {}
        """What the disk does not let it do, by what it was about to do."""
        if self.root is None:
            self.board = self.counts = self.times = None
            return
        gate = read_object(self.root / "device.json").get("gate")
        self.board = Board(self.root / "run/message.json")
        self.counts = Counts(self.root / "counts", gate if isinstance(gate, str) else "")
        self.times = LastTime(self.root)
        # A beat of a start before would be taken for one of this screen.
        with contextlib.suppress(OSError):
            (self.root / "run/beat.json").unlink()

    # What is asked

    def hear(self, beat: Beat, loaded: int | None) -> Answer:
        """
        Take a beat and answer it.

        ``loaded`` is the release in the address of the page; where it is known it counts, and
        what the page says of itself does not.
        """
        with self.lock:
            now = self.clock.monotonic()
            beat = beat if loaded is None else replace(beat, release=loaded)
            release, facts = self.release()
            serial = release.serial if release else None
            moment = self.now(facts)
            self.watchdog.idle = facts.idle
            self.watchdog.hear(beat, serial, now)
            self.step(now, moment)
            self.guarded("count", lambda: self.count(beat, release, facts, moment, now))
            self.guarded("beat", lambda: self.keep_beat(beat, now))
            self.last_beat = beat
            differs = serial is not None and beat.release is not None and beat.release != serial
            return Answer(
                release=serial,
                reload=(differs and beat.state == "attract") or self.watchdog.wants_reload,
                message=self.board.read(now) if self.board else None,
                notice=notice_for(moment, facts.created, facts.expires),
            )

    def health(self) -> dict[str, Any]:
        """Return what ``GET /health`` says."""
        with self.lock:
            now = self.clock.monotonic()
            release, facts = self.release()
            heard = self.watchdog.heard
            return {
                "ok": self.watchdog.trouble is None and not self.problems,
                "release": release.serial if release else None,
                "uptime": round(now - self.started, 1),
                "beat": None if heard is None else round(now - heard, 1),
                "time": stamp(self.now(facts)),
                "problems": [problem.code for problem in self.problems.values()],
                **self.watchdog.state(),
            }

    # What runs by itself

    def tick(self) -> None:
        """Keep watch and save what is due; called about once a second."""
        with self.lock:
            now = self.clock.monotonic()
            release, facts = self.release()
            moment = self.now(facts)
            self.runner.watch(now)
            # Before the first installation there is no page that could beat.
            if release is None:
                self.watchdog.start(now)
            else:
                self.step(now, moment)
            heard = self.watchdog.heard
            if self.counts and (heard is None or now - heard >= GONE):
                self.guarded("count", self.counts.end)
            if now - self.saved >= SAVE_EVERY:
                self.save(moment)

    def close(self) -> None:
        """Save everything: the agent ends."""
        with self.lock:
            if self.counts:
                self.guarded("count", self.counts.end)
            self.save(self.now(self.release()[1]), at_once=True)

    def save(self, moment: datetime, *, at_once: bool = False) -> None:
        """Write counts and the last time."""
        self.saved = self.clock.monotonic()
        if self.counts and self.times:
            counts, times = self.counts, self.times
            self.guarded("save", counts.save)
            self.guarded("time", lambda: times.note(moment, at_once=at_once))

    # Parts

    def release(self) -> tuple[Release | None, Facts]:
        """Return the release that is shown, and what is known of it."""
        release = self.shows.current()
        return release, self.shows.facts(release) if release else Facts()

    def now(self, facts: Facts) -> datetime:
        """Return the time to go by."""
        known = self.times.known if self.times else None
        return trusted(self.clock.wall(), known, facts.created)

    def step(self, now: float, moment: datetime) -> None:
        """Let the watchdog look, and take the step that it asks for."""
        step = self.watchdog.look(now)
        if step is Step.REBOOT and not self.may_reboot(moment, now):
            self.watchdog.give_up()
            step = None
        if step is not None:
            counts = self.counts
            if counts:
                self.guarded("count", lambda: counts.trouble(moment, str(step)))
            if step is Step.REBOOT:
                self.save(moment, at_once=True)
            self.runner.run(step, now)
        self.guarded("state", lambda: self.keep_state(moment))

    def may_reboot(self, moment: datetime, now: float) -> bool:
        """Tell whether the computer may be started anew, and note that it is."""
        if self.reboots.recent(moment, now) >= REBOOTS:
            return False
        return self.guarded("reboot", lambda: self.reboots.note(moment, now))

    def count(
        self, beat: Beat, release: Release | None, facts: Facts, moment: datetime, now: float
    ) -> None:
        """Count what a beat says."""
        if self.counts is None or release is None:
            return
        page = counted_page(beat.page, facts.languages) if release.has_page(beat.page) else None
        language = counted_language(beat.language, facts.languages)
        before, use = self.last_beat, beat.state == "use"
        if use and before is not None and before.state == "attract":
            self.counts.begin(moment, language)
        self.counts.see(moment, language, page, use=use)
        if beat.painted and beat.release == release.serial:
            before_this, self.minute = self.minute, int(now // 60)
            minutes = int(self.minute != before_this)
            doubtful = abs((self.clock.wall() - moment).total_seconds()) > DOUBT
            self.counts.alive(moment, release.serial, minutes, clock=not doubtful)

    def keep_beat(self, beat: Beat, now: float) -> None:
        """Write ``run/beat.json``: installations wait for it and are confirmed by it."""
        if self.root is None:
            return
        told = {
            "release": beat.release,
            "language": beat.language,
            "page": beat.page,
            "state": beat.state,
            "touched": beat.touched,
            "painted": beat.painted,
            "ok": beat.painted and self.watchdog.judge(now) is None,
            "at": {"monotonic": round(now, 3), "wall": stamp(self.clock.wall())},
        }
        replace_quickly(self.root / "run/beat.json", told)

    def keep_state(self, moment: datetime) -> None:
        """Write ``run/watchdog.json``, with a sentence for people, when it changes."""
        state = self.watchdog.state()
        if self.root is None or state == self.written:
            return
        code = code_of(self.watchdog)
        _, vietnamese, english = MESSAGES[code]
        told = {**state, "code": code, "vi": vietnamese, "en": english, "at": stamp(moment)}
        replace_quickly(self.root / "run/watchdog.json", told)
        self.written = state
        if self.watchdog.trouble:
            complain(Problem.at(code))

    def guarded(self, name: str, action: Callable[[], object]) -> bool:
        """Do something with the disk; say once what keeps it from being done."""
        try:
            action()
        except QuangbaError as error:
            problem = error.problem
        except OSError as error:
            what = error.strerror or str(error)
            problem = Problem.at("file-unwritable", error.filename or "", what=what)
        else:
            self.problems.pop(name, None)
            return True
        if problem != self.problems.get(name):
            complain(problem)
        self.problems[name] = problem
        return False


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def counted_page(page: str, languages: tuple[str, ...]) -> str:
    """
    Return the path of a page without its language, which is counted apart.

    >>> counted_page('ja/visit/', ('vi', 'ja')), counted_page('visit/index.html', ('vi', 'ja'))
    ('visit/', 'visit/')
    """
    first, slash, rest = page.partition("/")
    path = rest if slash and first in languages else page
    return path.removesuffix("index.html")


def counted_language(language: str, languages: tuple[str, ...]) -> str:
    """
    Return the code under which a language is counted; pages call ``zh`` ``zh-Hans``.

    >>> [counted_language(one, ('vi', 'zh')) for one in ('vi', 'zh-Hans', 'xx')]
    ['vi', 'zh', '…']
    """
    if language in languages:
        return language
    primary = language.partition("-")[0]
    return primary if primary in languages else OTHER


def code_of(watchdog: Watchdog) -> str:
    """Return the code of the sentence that says how a screen is."""
    if watchdog.given_up:
        return "kiosk-screen-given-up"
    return CODES[watchdog.trouble]


def replace_quickly(path: Path, told: dict[str, Any]) -> None:
    """
    Replace a small file in one go, but do not wait for the disk: a restart may forget it.

    Raises ``OSError``.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # Only one agent writes here; the name is not one that an installation clears away.
    temporary = path.with_name(f"{path.name}.new")
    data = json.dumps(told, ensure_ascii=False, sort_keys=True)
    temporary.write_text(data + "\n", encoding="utf-8")
    os.replace(temporary, path)


def complain(problem: Problem) -> None:
    """Say something to the log of the service."""
    with contextlib.suppress(OSError, ValueError):
        print(problem.text(), file=sys.stderr, flush=True)
