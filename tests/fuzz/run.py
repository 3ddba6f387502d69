"""
Run a target on many cases.

    python tests/fuzz/run.py po --cases 100000
    python tests/fuzz/run.py --list

With ``atheris`` (Linux, Python 3.12 and older) cases follow the coverage of our code; elsewhere, or
with ``--plain``, they are random changes to the seeds. What is learnt stays in
``.cache/fuzz/TARGET/corpus``, so that the next run goes on from there; what fails is in
``.cache/fuzz/TARGET/found``, each kind of failure once, with its traceback. The exit code is 1 when
there is any.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:1] = [str(ROOT / "tests"), str(ROOT / "scripts")]

from fuzz import cases  # noqa: E402 (after the paths)

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

EVERY = 5.0
"""Seconds between two lines of progress."""

OURS = ("quangba",)
"""Packages whose coverage is followed."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Run:
    """Counts cases and keeps findings."""

    def __init__(self, name: str, target: Callable[[bytes], None], cases_wanted: int) -> None:
        self.name, self.target, self.wanted = name, target, cases_wanted
        self.folder = ROOT / ".cache" / "fuzz" / name
        self.note = cases.guard(self.folder)
        self.begun = self.told = time.monotonic()
        self.count = 0
        self.slowest = 0.0
        self.found: dict[str, int] = {}

    def case(self, data: bytes) -> None:
        """Run one case."""
        self.note(data)
        begun = time.monotonic()
        finding = cases.run(self.target, data)
        now = time.monotonic()
        self.slowest = max(self.slowest, now - begun)
        self.count += 1
        if finding:
            self.found[finding.signature] = self.found.get(finding.signature, 0) + 1
            if self.found[finding.signature] == 1:
                path = cases.keep(self.folder / "found", data, finding)
                print(f"! {finding.signature}\n  {path.relative_to(ROOT)}", flush=True)
        if now - self.told > EVERY or self.count == self.wanted:
            self.told = now
            cases.watch()
            self.tell()

    def tell(self) -> None:
        """Say how far the run is, and write it down."""
        seconds = time.monotonic() - self.begun
        done = {
            "target": self.name,
            "cases": self.count,
            "seconds": round(seconds, 1),
            "slowest": round(self.slowest, 2),
            "found": self.found,
        }
        (self.folder / "progress.json").write_text(json.dumps(done, indent=1), encoding="utf-8")
        rate = self.count / max(seconds, 0.001)
        print(
            f"{self.name}: {self.count} / {self.wanted}, {rate:.0f}/s, {len(self.found)} found",
            flush=True,
        )


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def mutated(seeds: list[bytes], tokens: list[bytes], largest: int, chance: random.Random) -> bytes:
    """
    Return a seed with a few changes.

    >>> len(mutated([b'abc'], [b'x'], 10, random.Random(1))) <= 10
    True
    """
    data = chance.choice(seeds)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
        at = chance.randrange(len(data) + 1)
        to = min(len(data), at + chance.choice((1, 2, 4, 16, 64)))
        match chance.randrange(7):
            case 0:
                data = data[:at] + data[to:]
            case 1:
                data = data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
            case 2:
                data = data[:at] + data[at:to] * chance.choice((2, 3, 30)) + data[to:]
            case 3:
                other = chance.choice(seeds)
                start = chance.randrange(len(other) + 1)
                data = data[:at] + other[start : start + chance.choice((4, 40, 400))] + data[at:]
            case 4 | 5 if tokens:
                piece = chance.choice(tokens) * chance.choice((1, 1, 1, 2, 20))
                data = data[:at] + piece + data[chance.choice((at, to)) :]
            case _:
                data = data[:at] + bytes(chance.randrange(256) for _ in range(3)) + data[at:]
    return data[:largest]


def plain(run: Run, seeds: list[bytes], tokens: list[bytes], largest: int, seed: int) -> None:
    """Run random changes to the seeds."""
    chance = random.Random(seed)
    for data in seeds[: run.wanted]:
        run.case(data[:largest])
    while run.count < run.wanted:
        run.case(mutated(seeds, tokens, largest, chance))


def guided(run: Run, seeds: list[bytes], tokens: list[bytes], largest: int, seed: int) -> None:
    """Let atheris choose; it ends the process."""
    import atheris

    from fuzz.samples import scratch

    corpus = run.folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for data in seeds:
        (corpus / hashlib.sha1(data).hexdigest()).write_bytes(data[:largest])
    words = run.folder / "tokens.dict"
    quoted = ("".join(f"\\x{byte:02x}" for byte in token) for token in tokens or [b"\0"])
    words.write_text("".join(f'"{each}"\n' for each in quoted), encoding="ascii")
    options = [
        f"-runs={run.wanted}",
        f"-max_len={largest}",
        f"-dict={words}",
        f"-seed={seed}",
        "-timeout=600",
        f"-artifact_prefix={run.folder}/",
        "-rss_limit_mb=4096",
        "-verbosity=0",
        "-print_final_stats=0",
    ]

    def case(data: bytes) -> None:
        run.case(data)
        if run.count == run.wanted:
            # libFuzzer ends the process itself: it knows of no finding and clears nothing away.
            shutil.rmtree(scratch(), ignore_errors=True)
            os._exit(bool(run.found))

    atheris.Setup([sys.argv[0], *options, str(corpus)], case, enable_python_coverage=True)
    atheris.Fuzz()


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("target", nargs="?")
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plain", action="store_true", help="random changes, without atheris")
    parser.add_argument("--list", action="store_true", help="the names of all targets")
    parser.add_argument("--case", type=Path, help="run this one file")
    given = parser.parse_args()
    guiding = not (given.plain or given.list or given.case)
    if guiding:
        try:
            import atheris
        except ImportError:
            guiding = False
        else:
            with atheris.instrument_imports(include=list(OURS)):
                import fuzz.targets  # noqa: F401 (instrumented)
    from fuzz.targets import TARGETS

    if given.list or given.target not in TARGETS:
        print("\n".join(TARGETS))
        return 0 if given.list else 2
    target = TARGETS[given.target]
    run = Run(given.target, target.run, given.cases)
    if given.case:
        finding = cases.run(target.run, given.case.read_bytes())
        print(finding.report if finding else "sound")
        return int(finding is not None)
    tokens = [token.encode() for token in target.tokens]
    work = guided if guiding else plain
    work(run, target.seeds(), tokens, target.largest, given.seed)
    return int(bool(run.found))


if __name__ == "__main__":
    sys.exit(main())
