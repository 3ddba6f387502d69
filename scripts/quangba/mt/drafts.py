"""
Drafting: many ladders at once, one package in memory at a time, and a journal of the answers.

All texts of a run that wait for the same package go through it together. Every answer is written
to the journal as it comes, so that a killed run goes on where it stopped.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Hashable, Iterable, Mapping
from pathlib import Path
from typing import Generic, TextIO, TypeVar

from quangba.mt.acceptance import FLAWS
from quangba.mt.argos import ModelPackage
from quangba.mt.crossing import Ask, Hop, Steps
from quangba.mt.engine import Engine, Hypothesis, Request
from quangba.mt.profile import Profile
from quangba.mt.store import Installed, Store

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LARGEST = 64_000_000
"""Bytes of a journal that is still read; a larger one is begun anew."""

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Journal:
    """
    Answers of packages, one JSON line each: hash of the package, request, hypotheses.

    It only saves time: a broken line, a lost file or a full disk cost a second run of the model.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.answers: dict[tuple[str, Request], list[Hypothesis]] = {}
        self.keep = True
        """False: new answers are only remembered for this run."""
        self._stream: TextIO | None = None
        with contextlib.suppress(OSError):
            if path.stat().st_size <= LARGEST:
                for line in path.read_bytes().split(b"\n"):
                    self._read(line)
            else:
                path.unlink()

    def get(self, package: str, request: Request) -> list[Hypothesis] | None:
        """Return what a package answered before."""
        return self.answers.get((package, request))

    def put(self, package: str, request: Request, hypotheses: list[Hypothesis]) -> None:
        """Remember an answer; one with attention only for this run, as it is large."""
        self.answers[package, request] = hypotheses
        if request.attention or not self.keep:
            return
        said = [[one.text, one.score, one.flaw] for one in hypotheses]
        line = json.dumps([package, request.text, request.hypotheses, said], ensure_ascii=False)
        with contextlib.suppress(OSError, UnicodeEncodeError):
            if self._stream is None:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self._stream = self.path.open("a", encoding="utf-8", newline="\n")
                # After a killed run the last line may be torn.
                self._stream.write("\n")
            self._stream.write(line + "\n")
            self._stream.flush()

    def close(self) -> None:
        """Close the file."""
        if self._stream is not None:
            with contextlib.suppress(OSError):
                self._stream.close()
            self._stream = None

    def _read(self, line: bytes) -> None:
        """Take a line, if it is whole."""
        try:
            package, text, count, said = json.loads(line.decode("utf-8"))
            hypotheses = [Hypothesis(str(t), float(s), f and str(f)) for t, s, f in said]
            if all(one.flaw is None or one.flaw in FLAWS for one in hypotheses):
                self.answers[package, Request(text, count)] = hypotheses
        except (ValueError, TypeError, OverflowError, RecursionError):
            return


class Packages:
    """The packages of a store, of which at most one has its model in memory."""

    def __init__(self, store: Store, installed: Iterable[Installed]) -> None:
        self.store = store
        self.installed: Mapping[str, Installed] = {one.name: one for one in installed}
        self._opened: dict[str, ModelPackage] = {}
        self._engine: Engine | None = None

    def hop(self, package: Installed) -> Hop:
        """Return a package as a part of a route; raises ``QuangbaError`` for a broken one."""
        opened = self.package(package.name)
        profile = Profile.read(self.store.calibration(package), package.sha256)
        return Hop(
            package.name,
            package.source,
            package.target,
            profile,
            opened.encode,
            opened.decode,
            opened.normalised,
        )

    def package(self, name: str) -> ModelPackage:
        """Return a package's tokenizer and metadata."""
        if name not in self._opened:
            self._opened[name] = ModelPackage(self.installed[name].path)
        return self._opened[name]

    def engine(self, name: str) -> Engine:
        """Return the model of a package; the one before is freed first."""
        package = self.package(name)
        if self._engine is None or self._engine.package is not package:
            self.close()
            self._engine = Engine(package)
        return self._engine

    def close(self) -> None:
        """Free the model in memory."""
        if self._engine is not None:
            self._engine.close()
            self._engine = None


class Drafting(Generic[K, T]):
    """Climbs ladders together."""

    def __init__(
        self,
        packages: Packages,
        journal: Journal,
        finished: Callable[[K, T], None],
        answered: Callable[[int], None] = lambda left: None,
    ) -> None:
        self.packages, self.journal = packages, journal
        self.finished, self.answered = finished, answered
        self.waiting: dict[K, tuple[Steps[T], list[Ask]]] = {}

    def run(self, ladders: Iterable[tuple[K, Steps[T]]], order: Iterable[str]) -> None:
        """
        Climb ladders to their ends; ``finished(key, result)`` is called for each.

        ``order`` names the packages in the order of their route, so that all pivots are there
        before the second package is loaded. ``answered(left)`` is called for every answer of a
        model, with an estimate of how many are still to come.
        """
        packages = list(order)
        for key, ladder in ladders:
            self.step(key, ladder, None)
        while self.waiting:
            for number, package in enumerate(packages):
                self.answer(package, len(packages) - number - 1)

    def answer(self, package: str, hops: int) -> None:
        """Ask a package for everything that waits for it, until nothing does."""
        while wanted := self.wanted(package):
            sha256 = self.packages.installed[package].sha256
            left = len(wanted) * (1 + hops)

            def done(index: int, hypotheses: list[Hypothesis]) -> None:
                nonlocal left
                self.journal.put(sha256, wanted[index], hypotheses)  # noqa: B023
                left -= 1
                self.answered(left)

            self.packages.engine(package).translate(wanted, done)
            for key in list(self.waiting):
                self.advance(key)

    def wanted(self, package: str) -> list[Request]:
        """Return what ladders ask of a package and nobody has answered."""
        return list(
            dict.fromkeys(
                ask.request
                for _, asks in self.waiting.values()
                for ask in asks
                if ask.package == package and self.known(ask) is None
            )
        )

    def known(self, ask: Ask) -> list[Hypothesis] | None:
        """Return the answer to a question, when it is there."""
        return self.journal.get(self.packages.installed[ask.package].sha256, ask.request)

    def advance(self, key: K) -> None:
        """Send a ladder its answers, as soon as all are there."""
        ladder, asks = self.waiting[key]
        answers = [self.known(ask) for ask in asks]
        if all(answer is not None for answer in answers):
            self.step(key, ladder, [answer for answer in answers if answer is not None])

    def step(self, key: K, ladder: Steps[T], answers: list[list[Hypothesis]] | None) -> None:
        """Take a ladder as far as known answers reach."""
        while True:
            try:
                asks = next(ladder) if answers is None else ladder.send(answers)
            except StopIteration as stop:
                self.waiting.pop(key, None)
                self.finished(key, stop.value)
                return
            known = [self.known(ask) for ask in asks]
            answers = [answer for answer in known if answer is not None]
            if len(answers) < len(asks):
                self.waiting[key] = (ladder, asks)
                return
