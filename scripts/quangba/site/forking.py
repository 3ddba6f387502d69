"""
Forking: the languages of a site at the same time, each in a process that begins with all we know.

A forked process has the whole site in memory without being handed anything; it hands back one
result. Where a process cannot fork (Windows) or should not (macOS, threads), the work is done one
after the other in this process.
"""

from __future__ import annotations

import gc
import os
import pickle
import selectors
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar, cast

from quangba.errors import QuangbaError
from quangba.site.stopping import SIGNALS

S = TypeVar("S")
T = TypeVar("T")

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

STOPPING = {getattr(signal, name) for name in SIGNALS if hasattr(signal, name)}
"""Signals that stop a build."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class WorkerEnded(Exception):  # noqa: N818 (it says what happened)
    """A process ended without a result; the system took its memory, or somebody stopped it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number
        """Which task it had."""


@dataclass(frozen=True)
class Failed:
    """What went wrong in a process."""

    error: BaseException
    trace: str


@dataclass(frozen=True)
class Done(Generic[T]):
    """What a process found."""

    found: T


@dataclass
class Worker:
    """A process at work."""

    number: int
    """Which task it has."""
    process: int
    data: bytearray


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def usable() -> bool:
    """Tell whether this process may be forked."""
    return sys.platform.startswith("linux") and threading.active_count() == 1


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_all(
    tasks: Sequence[Callable[[], T]],
    jobs: int,
    done: Callable[[int, int], None] = lambda ended, total: None,
) -> list[T]:
    """
    Run tasks, ``jobs`` at a time, each in a process of its own; return their results in order.

    ``done`` is told how many have ended, of how many. The first error ends the others and is
    raised here; :class:`WorkerEnded` stands for a process that was killed. Tasks that are alone,
    or for which no process can be forked, run in this one.
    """
    if jobs < 2 or len(tasks) < 2 or not usable():
        found = []
        for task in tasks:
            found.append(task())
            done(len(found), len(tasks))
        return found
    results: dict[int, T] = {}
    waiting = list(range(len(tasks)))[::-1]
    at_work: dict[int, Worker] = {}
    with selectors.DefaultSelector() as selector:
        try:
            while waiting or at_work:
                while waiting and len(at_work) < jobs:
                    number = waiting.pop()
                    try:
                        # One that started while we were stopped would be nobody's.
                        with undisturbed():
                            pipe, process = start(tasks[number])
                            at_work[pipe] = Worker(number, process, bytearray())
                    except OSError:
                        # No more processes, pipes or memory: then one after the other, here.
                        results[number] = tasks[number]()
                        done(len(results), len(tasks))
                        continue
                    selector.register(pipe, selectors.EVENT_READ)
                for key, _ in selector.select() if at_work else ():
                    pipe, worker = key.fd, at_work[key.fd]
                    if more := os.read(pipe, 1 << 20):
                        worker.data += more
                        continue
                    selector.unregister(pipe)
                    os.close(pipe)
                    del at_work[pipe]
                    if os.waitpid(worker.process, 0)[1]:
                        raise WorkerEnded(worker.number)
                    results[worker.number] = result_of(worker.data)
                    done(len(results), len(tasks))
        finally:
            for pipe, worker in at_work.items():
                os.close(pipe)
                with suppress(ProcessLookupError):
                    os.kill(worker.process, signal.SIGKILL)
                with suppress(ChildProcessError):
                    os.waitpid(worker.process, 0)
    return [results[number] for number in range(len(tasks))]


def share_out(items: Sequence[S], work: Callable[[Sequence[S]], T], few: int) -> list[T]:
    """
    Work on parts of some items, in as many processes as there may be; return what each found.

    ``few`` are how many are not worth a further process.
    """
    parts = max(1, min(processors(), len(items) // few))
    return run_all([partial(work, items[part::parts]) for part in range(parts)], parts)


@contextmanager
def beside(task: Callable[[], T]) -> Iterator[list[T]]:
    """
    Do a task in a process of its own meanwhile; where none can be forked, first.

    Gives a list that holds its result in the end; nothing when something went wrong in it, which
    is not told: whoever needs it done looks whether it is.
    """
    found: list[T] = []
    pipe = -1
    if usable() and processors() > 1:
        with suppress(OSError), undisturbed():
            pipe, process = start(task)
    if pipe < 0:
        found.append(task())
        yield found
        return
    data = bytearray()
    try:
        yield found
    finally:
        while more := os.read(pipe, 1 << 20):
            data += more
        os.close(pipe)
        os.waitpid(process, 0)
        with suppress(Exception):
            found.append(result_of(data))


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """
    Let Python's garbage collector rest where much is made that has no cycles.

    It would walk all that a build holds, again and again: half of the time of a build without
    processes, a quarter of that of a proof, half of that of reading a state.
    """
    works = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if works:
            gc.enable()


def collect_once() -> None:
    """
    Collect what a build of a preview left, and let the collector pass over all that stays.

    Else it would walk through the whole site while somebody waits for the next page: at 600 pages
    in six languages half of that time.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


@contextmanager
def undisturbed() -> Iterator[None]:
    """
    Let signals that stop a build wait.

    What is raised while Python's own handlers of a fork run is lost, and with it the locks that
    they hold.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def start(task: Callable[[], object]) -> tuple[int, int]:
    """Fork a process that runs a task; return the pipe from which its result comes, and its id."""
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    ours, theirs = os.pipe()
    # What is there now stays: a collector that looks through it would copy all of its memory.
    gc.freeze()
    try:
        process = os.fork()
    except OSError:
        os.close(ours)
        os.close(theirs)
        raise
    if process:
        os.close(theirs)
        return ours, process
    code = 1
    try:
        os.close(ours)
        gc.disable()
        with suppress(ValueError):
            # The process that forked us hears Ctrl-C too, and ends us.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
        try:
            data = pickle.dumps(Done(task()), pickle.HIGHEST_PROTOCOL)
        except BaseException as error:
            data = pickle.dumps(Failed(portable(error), traceback.format_exc()))
        for stream in (sys.stdout, sys.stderr):
            # What plugins print goes no way but this one.
            stream.flush()
        with os.fdopen(theirs, "wb") as answer:
            answer.write(data)
        code = 0
    finally:
        # No handler, no cleaning of what belongs to the process that forked us.
        os._exit(code)


def portable(error: BaseException) -> BaseException:
    """Return an error that can be handed to another process."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def result_of(data: bytes | bytearray) -> T:  # type: ignore[type-var]
    """Return the result of a process; raises what went wrong in it."""
    answer = pickle.loads(data)
    if isinstance(answer, Failed):
        if not isinstance(answer.error, QuangbaError):
            answer.error.add_note(answer.trace)
        raise answer.error
    return cast(T, answer.found)
