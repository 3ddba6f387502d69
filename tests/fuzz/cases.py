"""One case at a time: with a limit of time, and with the case kept when something goes wrong."""

from __future__ import annotations

import faulthandler
import hashlib
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SECONDS = 5.0
"""What one case may take."""

HANGS = 300.0
"""Seconds after which a case that no signal reaches (long work in C) ends the process."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class TooSlow(BaseException):
    """Raised in a case that takes longer than :data:`SECONDS`."""


@dataclass(frozen=True)
class Finding:
    """What a case did that it may not do."""

    signature: str
    """The kind of error and where it came from: findings with the same are one."""
    report: str
    """The traceback."""


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def late(number: int, frame: FrameType | None) -> None:
    """End a case."""
    raise TooSlow


@contextmanager
def limit(seconds: float) -> Iterator[None]:
    """
    Raise :class:`TooSlow` in a block that takes longer; systems without signals do not.

    What counts is the time of the processor, so that a busy computer finds nothing.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return
    old = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, old)


def run(target: Callable[[bytes], None], data: bytes, seconds: float = SECONDS) -> Finding | None:
    """Run a case; return what is wrong, if anything is."""
    begun = time.process_time()
    try:
        with limit(seconds):
            target(data)
    except (Exception, TooSlow) as error:
        return Finding(signature(error), "".join(traceback.format_exception(error)[-40:]))
    took = time.process_time() - begun
    return Finding("TooSlow in C", f"{took:.1f} s") if took > seconds else None


def signature(error: BaseException) -> str:
    """
    Return kind and origin of an error: the last place of ours, and the last of all.

    A case that was ended for its time is known by the place of ours alone.
    """
    frames = traceback.extract_tb(error.__traceback__)
    ours = [
        frame for frame in frames if "/quangba/" in frame.filename or "/fuzz/" in frame.filename
    ]
    ours = [frame for frame in ours if frame.name not in ("run", "late", "limit")]
    own = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "?"
    last = f" {Path(frames[-1].filename).name}:{frames[-1].name}" if frames else ""
    slow = isinstance(error, TooSlow | RecursionError)
    detail = f" {str(error)[:60]}" if isinstance(error, AssertionError) else ""
    return f"{type(error).__name__} {own}{'' if slow else last}{detail}"


def keep(folder: Path, data: bytes, finding: Finding) -> Path:
    """Write a case and what it did."""
    folder.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(finding.signature.encode()).hexdigest()[:12]
    (folder / f"{name}.txt").write_text(
        f"{finding.signature}\n\n{finding.report}", encoding="utf-8", errors="replace"
    )
    (folder / name).write_bytes(data)
    return folder / name


def guard(folder: Path) -> Callable[[bytes], None]:
    """
    Return a function that writes a case down before it runs.

    What no signal ends is then known: the process is ended with a traceback on the standard error.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stream = (folder / "running").open("wb", buffering=0)

    def note(data: bytes) -> None:
        stream.seek(0)
        stream.write(data)
        stream.truncate()

    return note


def watch(seconds: float = HANGS) -> None:
    """End the process unless this is called again in time."""
    faulthandler.dump_traceback_later(seconds, exit=True)
