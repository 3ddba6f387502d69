"""
Faults in the real command: it is killed at any of its system calls, or the call fails.

``strace`` counts the calls of each kind and injects the fault; it needs no other kernel and no
other disk. :func:`sweep` goes through all of them: ``python tests/kiosk/sweep.py``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from sealed import Files, device, leftovers, pack, run, tree, unpack, write

from quangba.kiosk.store import Store

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

OLD, NEW = 121, 122

CALLS = (
    "openat,write,pwrite64,writev,close,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,"
    "mkdir,mkdirat,rmdir,symlink,symlinkat,link,linkat,ftruncate,chmod,fchmod,fchmodat"
)
"""System calls that write, and those around them."""

KILL = "signal=KILL"
ERRORS = ("error=ENOSPC", "error=EIO", "error=EMFILE")

CALL = re.compile(r"(?:\d+ +)?(\w+)\((.*)")
"""``1234 openat(AT_FDCWD, "/stick/a.qbk", O_RDONLY) = 3``; the number is that of the process."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Point:
    """A system call of an installation that touches the device or the stick."""

    call: str
    number: int
    """Which call of its kind, from 1."""
    text: str
    """As strace shows it."""


@dataclass
class Result:
    """What a sweep found."""

    runs: int = 0
    failures: list[str] = field(default_factory=list)


class Subject:
    """A device that shows the old release, and a stick with the new one, made anew for each run."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.model = folder, folder / "model"
        device(self.model / "device", 119, 120, OLD)
        write(self.model / "stick", {"a.qbk": pack(NEW)})
        self.root, self.stick = folder / "work" / "device", folder / "work" / "stick"
        self.wholes: dict[int | None, Files] = {
            serial: tree(unpack(folder / "whole" / str(serial), serial)) for serial in (OLD, NEW)
        }

    def renew(self) -> None:
        shutil.rmtree(self.folder / "work", ignore_errors=True)
        shutil.copytree(self.model, self.folder / "work", symlinks=True)

    def trace(self, *options: str) -> subprocess.CompletedProcess[str]:
        """Install under strace, whose notes go to ``trace``; a sync of everything is left out."""
        self.renew()
        command = [sys.executable, "-m", "quangba.cli_kiosk", "install", str(self.stick)]
        command += ["--root", str(self.root), "--now", "--no-confirm"]
        strace = ["strace", "-f", "-y", "-s", "40", "-o", str(self.folder / "trace")]
        return subprocess.run(
            [*strace, "-e", "inject=sync:retval=0", *options, *command],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
        )

    def points(self) -> list[Point]:
        """Return the system calls of an installation that touch the device or the stick."""
        done = self.trace("-e", f"trace={CALLS}")
        if done.returncode:
            raise RuntimeError(done.stderr)
        counts: Counter[str] = Counter()
        found = []
        for line in (self.folder / "trace").read_text(encoding="utf-8").splitlines():
            matched = CALL.match(line)
            if matched:
                counts[matched[1]] += 1
                if str(self.folder / "work") in matched[2]:
                    found.append(Point(matched[1], counts[matched[1]], matched[2]))
        return found

    def hit(self, point: Point, fault: str) -> Iterator[str]:
        """Let a fault happen; yield what is not as it must be."""
        inject = f"inject={point.call}:{fault}:when={point.number}"
        done = self.trace("-e", f"trace={point.call}", "-e", inject)
        if "Traceback" in done.stderr:
            yield "a traceback"
        if not self.is_old_or_new():
            yield "neither the old release nor the new one is shown"
        if fault != KILL and done.returncode == 0 and Store(self.root).shown != NEW:
            yield "success was told, and the old release is shown"
        if not run(self.root, self.stick).accepted:
            yield "the next run did not complete it"
        if Store(self.root).shown != NEW or not self.is_old_or_new():
            yield "the next run did not show the new release"
        if leftovers(self.root):
            yield f"the next run left {leftovers(self.root)}"

    def is_old_or_new(self) -> bool:
        """Tell whether what is shown is one of the two releases, every byte of it."""
        current = self.root / "current"
        return current.is_dir() and tree(current) == self.wholes[Store(self.root).shown]


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def can_trace() -> bool:
    """Tell whether strace is there and may trace."""
    if not shutil.which("strace"):
        return False
    return subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True).returncode == 0


def sample(points: list[Point]) -> list[tuple[Point, str]]:
    """Choose some faults: every call around the switch, some of each kind elsewhere."""
    switch = next(n for n, point in enumerate(points) if "current.tmp" in point.text)
    around = points[switch - 4 : switch + 12]
    chosen = [(point, KILL) for point in around]
    chosen += [(point, ERRORS[n % len(ERRORS)]) for n, point in enumerate(around[::3])]
    for call in dict.fromkeys(point.call for point in points):
        same = [point for point in points if point.call == call]
        faults = (KILL, *ERRORS)
        chosen += [(point, faults[n % 4]) for n, point in enumerate(same[:: len(same) // 4 + 1])]
    return chosen


def everything(points: list[Point]) -> list[tuple[Point, str]]:
    """Return every fault."""
    return [(point, fault) for point in points for fault in (KILL, *ERRORS)]


def sweep(subject: Subject, faults: Iterable[tuple[Point, str]]) -> Result:
    """Let faults happen, one run for each."""
    result = Result()
    for point, fault in faults:
        wrong = list(subject.hit(point, fault))
        result.runs += 1
        place = f"{fault} at {point.call} {point.number} ({point.text})"
        result.failures += [f"{place}: {sentence}" for sentence in wrong]
    return result


def main() -> None:
    """Sweep through everything; say what was found."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        subject = Subject(Path(folder))
        result = sweep(subject, everything(subject.points()))
    print(f"{result.runs} faults, {len(result.failures)} failures")
    print(*result.failures, sep="\n")
    sys.exit(bool(result.failures))


if __name__ == "__main__":
    main()
