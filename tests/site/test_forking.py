"""Processes that work for a build: results in order, what went wrong in them, none left behind."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from quangba.errors import QuangbaError
from quangba.site import forking
from quangba.site.forking import WorkerEnded, run_all

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="processes are forked on Linux only"
)

# ----------------------------------------------------------------------------
# Tasks
# ----------------------------------------------------------------------------


class OddError(Exception):
    """An error that no other process can have: it is made of two things and tells of one."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(first)


def of(value: Any, wait: float = 0) -> Callable[[], Any]:
    """Return a task that gives a value after some seconds, with the process that it ran in."""

    def task() -> Any:
        time.sleep(wait)
        return value, os.getpid()

    return task


def failing(error: BaseException) -> Callable[[], Any]:
    """Return a task that raises."""

    def task() -> Any:
        raise error

    return task


def dying() -> None:
    """End as a process does whose memory the system took."""
    os.kill(os.getpid(), signal.SIGKILL)


def children() -> set[str]:
    """Return the processes that this one started and did not wait for, dead or alive."""
    tasks = Path("/proc/self/task").iterdir()
    return {child for task in tasks for child in (task / "children").read_text("ascii").split()}


def pipes() -> set[str]:
    """Return the pipes that are open."""
    found = set()
    for handle in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            found.add(str(handle.readlink()))
    return {name for name in found if name.startswith("pipe:")}


@pytest.fixture(autouse=True)
def none_left(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """
    No test leaves a process or an open pipe.

    A browser of other tests may run, with threads that would forbid to fork.
    """
    if "threads" not in request.node.name:
        monkeypatch.setattr(forking, "usable", lambda: True)
    before = children(), pipes()
    yield
    assert children() <= before[0]
    assert pipes() <= before[1]


# ----------------------------------------------------------------------------
# Results
# ----------------------------------------------------------------------------


def test_results_come_in_the_order_of_the_tasks_each_from_a_process_of_its_own() -> None:
    found = run_all([of(0, 0.2), of(1), of(2, 0.1), of(3)], jobs=2)
    assert [value for value, _ in found] == [0, 1, 2, 3]
    assert len({os.getpid(), *(process for _, process in found)}) == 5


def test_a_result_may_be_larger_than_a_pipe_holds() -> None:
    big = os.urandom(1 << 20) * 5
    found = run_all([of(big), of(big[::-1])], jobs=2)
    assert [value for value, _ in found] == [big, big[::-1]]


def test_no_task_and_more_processes_than_tasks() -> None:
    assert run_all([], jobs=4) == []
    assert [value for value, _ in run_all([of("a"), of("b")], jobs=9)] == ["a", "b"]


@pytest.mark.parametrize(("tasks", "jobs"), [(3, 1), (1, 4)])
def test_tasks_run_here_where_others_would_not_help(tasks: int, jobs: int) -> None:
    found = run_all([of(number) for number in range(tasks)], jobs)
    assert found == [(number, os.getpid()) for number in range(tasks)]


def test_a_process_with_threads_is_not_forked() -> None:
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    try:
        assert run_all([of(0), of(1)], jobs=2) == [(0, os.getpid()), (1, os.getpid())]
    finally:
        end.set()
        thread.join()


def test_a_system_without_another_process_lets_this_one_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fork, forked = os.fork, []

    def scarce() -> int:
        if forked:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        forked.append(True)
        return fork()

    monkeypatch.setattr(os, "fork", scarce)
    found = run_all([of(0, 0.1), of(1), of(2)], jobs=2)
    assert [value for value, _ in found] == [0, 1, 2]
    assert [process == os.getpid() for _, process in found] == [False, True, True]


def test_a_task_may_have_tasks_of_its_own() -> None:
    def inner() -> list[int]:
        return [value for value, _ in run_all([of(1), of(2)], jobs=2)]

    assert run_all([inner, inner], jobs=2) == [[1, 2], [1, 2]]


def test_what_a_task_prints_is_seen() -> None:
    code = (
        "from quangba.site.forking import run_all\n"
        "run_all([lambda: print('first'), lambda: print('second')], 2)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "first" in run.stdout
    assert "second" in run.stdout


# ----------------------------------------------------------------------------
# What goes wrong
# ----------------------------------------------------------------------------


def test_an_error_is_raised_here_with_where_it_was_met() -> None:
    with pytest.raises(ValueError, match="three") as caught:
        run_all([of(0), failing(ValueError("three")), of(2)], jobs=3)
    assert "in task\n    raise error" in "".join(caught.value.__notes__)


def test_a_problem_is_a_sentence_and_needs_no_trace() -> None:
    error = QuangbaError("file-missing", "a.md", 3)
    with pytest.raises(QuangbaError) as caught:
        run_all([failing(error), of(1)], jobs=2)
    assert caught.value.problem == error.problem
    assert not hasattr(caught.value, "__notes__")


@pytest.mark.parametrize("error", [SystemExit(3), KeyboardInterrupt()], ids=["exit", "ctrl-c"])
def test_a_task_that_leaves_makes_the_others_leave(error: BaseException) -> None:
    with pytest.raises(type(error)):
        run_all([failing(error), of(1, 60)], jobs=2)


def test_the_first_error_ends_the_others(tmp_path: Path) -> None:
    late = tmp_path / "late"

    def writes() -> None:
        time.sleep(60)
        late.touch()

    begun = time.monotonic()
    with pytest.raises(ValueError, match="soon"):
        run_all([writes, failing(ValueError("soon")), writes], jobs=2)
    assert time.monotonic() - begun < 30, "the others were waited for"
    assert not late.exists()


def test_an_error_that_cannot_be_handed_over_is_told_in_words() -> None:
    with pytest.raises(RuntimeError, match="OddError: first") as caught:
        run_all([failing(OddError("first", "second")), of(1)], jobs=2)
    assert "in task" in "".join(caught.value.__notes__)


def test_a_result_that_cannot_be_handed_over_is_an_error_that_says_so() -> None:
    with pytest.raises(Exception, match=r"pickle.*lambda") as caught:
        run_all([lambda: lambda: 1, of(1)], jobs=2)
    assert not isinstance(caught.value, WorkerEnded)


def test_a_process_that_was_killed_is_told_with_its_task() -> None:
    with pytest.raises(WorkerEnded) as caught:
        run_all([of(0), of(1), dying], jobs=3)
    assert caught.value.number == 2


def test_a_process_that_is_killed_while_it_answers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    dumps, here = forking.pickle.dumps, os.getpid()

    def killed(*given: Any) -> bytes:
        if os.getpid() != here:
            signal.setitimer(signal.ITIMER_REAL, 0.2)  # its default is the end
        return dumps(*given)

    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    monkeypatch.setattr(forking.pickle, "dumps", killed)
    monkeypatch.setattr(forking.os, "read", slow(os.read))
    with pytest.raises(WorkerEnded):
        run_all([of(bytes(1 << 22)), of(bytes(1 << 22))], jobs=2)


def slow(read: Callable[[int, int], bytes]) -> Callable[[int, int], bytes]:
    """Return a reader that takes its time over each piece."""

    def reads(handle: int, size: int) -> bytes:
        time.sleep(0.05)
        return read(handle, min(size, 1 << 12))

    return reads


def test_ctrl_c_ends_all_processes(tmp_path: Path) -> None:
    """The parent hears it; its processes are gone before it is."""
    code = f"""
import os, time
from pathlib import Path
from quangba.site.forking import run_all
def task():
    Path({str(tmp_path)!r}, str(os.getpid())).touch()
    time.sleep(60)
try:
    run_all([task, task], 2)
except KeyboardInterrupt:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        print("alone")
"""
    run = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    end = time.monotonic() + 60
    while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < end:
        time.sleep(0.02)
    os.killpg(run.pid, signal.SIGINT)
    assert run.communicate(timeout=60)[0] == "alone\n"
    for path in tmp_path.iterdir():
        assert not Path("/proc", path.name).exists()


@pytest.mark.parametrize("total", [0, 1, 7, 40])
def test_shared_work_is_done_once_for_each_item(
    total: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forking, "processors", lambda: 3)
    found = forking.share_out(range(total), lambda part: (os.getpid(), list(part)), 10)
    assert sorted(number for _, part in found for number in part) == list(range(total))
    assert len({process for process, _ in found}) == len(found) == (3 if total == 40 else 1)


# ----------------------------------------------------------------------------
# Beside
# ----------------------------------------------------------------------------


def test_a_task_beside_runs_in_another_process_and_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forking, "processors", lambda: 2)
    note = tmp_path / "note"

    def task() -> None:
        time.sleep(0.3)
        note.write_text(str(os.getpid()), encoding="utf-8")

    with forking.beside(task):
        assert not note.exists()
    assert int(note.read_text(encoding="utf-8")) != os.getpid()


def test_a_task_beside_comes_first_where_nothing_can_be_forked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forking, "usable", lambda: False)
    note = tmp_path / "note"
    with forking.beside(lambda: note.write_text(str(os.getpid()), encoding="utf-8")):
        assert note.read_text(encoding="utf-8") == str(os.getpid())


@pytest.mark.parametrize("task", [failing(RuntimeError("x")), dying], ids=["raises", "dies"])
def test_what_goes_wrong_beside_leaves_no_process(
    task: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[int, int]] = []
    start = forking.start
    monkeypatch.setattr(forking, "processors", lambda: 2)
    monkeypatch.setattr(forking, "start", lambda task: started.append(start(task)) or started[0])
    with forking.beside(task):
        pass
    [(pipe, process)] = started
    with pytest.raises(ChildProcessError):
        os.waitpid(process, os.WNOHANG)
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(pipe)


def test_what_a_build_left_is_collected_and_the_rest_is_passed_over() -> None:
    class Circle:
        def __init__(self) -> None:
            self.itself = self

    gone = weakref.ref(Circle())
    kept = Circle()
    gc.freeze()  # as of an earlier build: what is frozen is never looked at
    try:
        forking.collect_once()
        assert gone() is None
        assert gc.get_freeze_count() > 1000
        assert kept.itself is kept
        assert gc.isenabled()
    finally:
        gc.unfreeze()
