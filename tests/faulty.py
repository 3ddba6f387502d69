"""
Faults in real commands: a command is killed at any of its system calls, or the call fails.

``strace`` counts the calls of each kind and injects the fault; it needs no other kernel and no
other disk. Importing a command takes longer than running it on a small site: :class:`Subject` forks
a process that has imported everything, and strace begins with the command itself. The process that
forks must have one thread, which pytest cannot promise: scripts do it.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

CALLS = (
    "openat,write,pwrite64,writev,sendfile,copy_file_range,close,fsync,fdatasync,syncfs,rename,"
    "renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,symlink,symlinkat,link,linkat,"
    "ftruncate,chmod,fchmod,fchmodat"
)
"""System calls that write, and those around them."""

KILL = "signal=KILL"
ERRORS = ("error=ENOSPC", "error=EIO", "error=EMFILE", "error=EDQUOT", "error=EINTR")

CALL = re.compile(r"(?:\d+ +)?(\w+)\((.*)")
"""``1234 openat(AT_FDCWD, "/stick/a.qbk", O_RDONLY) = 3``; the number is that of the process."""

ABSOLUTE = re.compile(r'AT_FDCWD<[^>]*>, "/')

READING = re.compile(r"openat\(.*O_RDONLY|close\(\d+<[^>]*>\)")

VIETNAMESE = re.compile("[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ]")
"""A letter that no message of the system has."""

SYNC = "inject=sync:retval=0"
"""What flushes everything on the machine is left out."""

PR_SET_PTRACER, PR_SET_PTRACER_ANY = 0x59616D61, -1
"""Of ``prctl(2)``: Yama asks whom a process lets trace it."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Point:
    """A system call of a command that touches its files."""

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


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    """Exit code; minus the signal that killed it."""
    said: str
    """Everything that it printed."""


class Subject:
    """A command and the folder that it works on, made anew for each run."""

    faults: tuple[str, ...] = (KILL, *ERRORS)

    def __init__(self, folder: Path) -> None:
        self.folder, self.model, self.work = folder, folder / "model", folder / "work"
        self.notes, self.output = folder / "trace", folder / "output"
        self.injected = ""
        """The call that the last fault happened to, as strace shows it; none when it was killed."""
        self.model.mkdir(parents=True)

    def command(self) -> None:
        """Run the command in the folder :attr:`work`, as its program does."""
        raise NotImplementedError

    def wrong(self, fault: str, ended: Ended) -> Iterator[str]:
        """Yield what is not as it must be after a fault; runs the command again."""
        raise NotImplementedError

    def renew(self) -> None:
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(self.model, self.work, symlinks=True)

    def run(self, *options: str) -> Ended:
        """Run the command, under strace if there are options for it; its notes go to ``trace``."""
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            play(self.command, self.work, self.output, stop=bool(options))
        if options:
            os.waitpid(child, os.WUNTRACED)
            strace = ["strace", "-y", "-s", "60", "-o", str(self.notes), "-p", str(child)]
            tracer = subprocess.Popen([*strace, "-e", SYNC, *options], stderr=subprocess.DEVNULL)
            while traced_by(child) == 0 and tracer.poll() is None:
                time.sleep(0.001)
            os.kill(child, signal.SIGCONT)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            tracer.wait()
        else:
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return Ended(code, self.output.read_text(encoding="utf-8", errors="replace"))

    def warm(self) -> None:
        """Import here what the command imports while it runs."""
        self.renew()
        command, names = self.command, self.folder / "modules"

        def listed() -> None:
            try:
                command()
            finally:
                names.write_text("\n".join(sorted(sys.modules)), encoding="utf-8")

        self.command = listed  # type: ignore[method-assign]
        ended = self.run()
        self.command = command  # type: ignore[method-assign]
        if ended.code:
            raise RuntimeError(ended.said)
        for name in names.read_text(encoding="utf-8").split("\n"):
            with contextlib.suppress(ImportError):
                import_module(name)

    def points(self) -> list[Point]:
        """Return the system calls of the command that touch its folder."""
        self.renew()
        ended = self.run("-e", f"trace={CALLS}")
        if ended.code:
            raise RuntimeError(ended.said)
        return read_points(self.notes.read_text(encoding="utf-8"), self.work)

    def hit(self, point: Point, fault: str) -> Iterator[str]:
        """Let a fault happen; yield what is not as it must be."""
        self.renew()
        inject = f"inject={point.call}:{fault}:when={point.number}"
        ended = self.run("-e", f"trace={point.call}", "-e", inject)
        notes = self.notes.read_text(encoding="utf-8").splitlines()
        self.injected = next((line for line in notes if line.endswith("(INJECTED)")), "")
        if "Traceback" in ended.said:
            yield f"a traceback: {ended.said}"
        if fault == KILL and ended.code != -signal.SIGKILL:
            yield f"it lived on: {ended.code}"
        if fault != KILL and ended.code not in (0, 1):
            yield f"exit code {ended.code}"
        if ended.code == 1 and not VIETNAMESE.search(ended.said):
            yield f"no message: {ended.said}"
        yield from self.wrong(fault, ended)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def can_trace() -> bool:
    """Tell whether strace is there and may trace."""
    if not shutil.which("strace"):
        return False
    return subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True).returncode == 0


def play(command: Callable[[], None], work: Path, output: Path, *, stop: bool) -> None:
    """Be the process of a command: say things to a file, run it, end with its exit code."""
    code = 0
    try:
        said = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
        for stream in (1, 2):
            os.dup2(said, stream)
        os.close(said)
        os.chdir(work)
        if stop:
            ctypes.CDLL(None).prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0)
            os.kill(os.getpid(), signal.SIGSTOP)
        command()
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else bool(error.code)
    except BaseException:
        traceback.print_exc()
        code = 1
    finally:
        with contextlib.suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        # What the parent has open and registered is not for this process to close.
        os._exit(code)


def traced_by(process: int) -> int:
    """Return the process that traces another, 0 for none."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    return int(re.search(r"TracerPid:\t(\d+)", status)[1])  # type: ignore[index]


def read_points(trace: str, within: Path) -> list[Point]:
    """Return the system calls in the notes of strace that touch a folder."""
    counts: Counter[str] = Counter()
    found = []
    for line in trace.splitlines():
        matched = CALL.match(line)
        if matched:
            counts[matched[1]] += 1
            # Where the process stands says nothing about a path from the root.
            text = ABSOLUTE.sub('"/', matched[2])
            if f"{within}/" in text or f"{within}>" in text:
                found.append(Point(matched[1], counts[matched[1]], line))
    return found


def tree(folder: Path) -> dict[str, object]:
    """Return everything in a folder: contents of files, modes, where links lead."""
    found: dict[str, object] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = path.readlink()
        else:
            mode = path.stat().st_mode & 0o7777
            found[name] = (mode, path.read_bytes() if path.is_file() else None)
    return found


def everything(points: list[Point], faults: Sequence[str]) -> list[tuple[Point, str]]:
    """Return every fault at every call."""
    return [(point, fault) for point in points for fault in faults]


def sample(points: list[Point], faults: Sequence[str], count: int) -> list[tuple[Point, str]]:
    """Choose some faults: the calls around the last change of places, some more everywhere."""
    switch = max(n for n, point in enumerate(points) if point.call.startswith("rename"))
    around = points[switch - 2 : switch + 3]
    chosen = [(point, faults[0]) for point in around]
    chosen += [(point, faults[1 + n % (len(faults) - 1)]) for n, point in enumerate(around)]
    step = len(points) // count + 1
    chosen += [(point, faults[n % len(faults)]) for n, point in enumerate(points[::step])]
    return list(dict.fromkeys(chosen))


def sweep(
    subject: Subject,
    faults: Iterable[tuple[Point, str]],
    tell: Callable[[int, Result], None] = lambda number, result: None,
) -> Result:
    """Let faults happen, one run for each."""
    result = Result()
    for number, (point, fault) in enumerate(faults):
        wrong = list(subject.hit(point, fault))
        result.runs += 1
        place = f"{fault} at {point.call} {point.number} ({subject.injected or point.text})"
        result.failures += [f"{place}: {sentence}" for sentence in wrong]
        tell(number, result)
    return result
