"""
Sweep through the faults of a command: ``python tests/faults/sweep.py build``.

Each system call that touches the command's files is killed at, and answered with each error; see
``subjects.py`` for what may be left. ``--from`` and ``--to`` go on where a sweep was stopped (their
numbers are those that it prints), ``--sample`` takes some faults only, ``--list`` shows them.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faulty import Result, Subject

HERE = Path(__file__).parent
ENVIRONMENT = {
    "LC_ALL": "C.UTF-8",
    "NO_MKDOCS_2_WARNING": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    "QUANGBA_LANG": "vi",
}
"""The same calls in the same order, run after run."""


def main() -> None:
    """Sweep; say what was found."""
    if any(os.environ.get(name) != value for name, value in ENVIRONMENT.items()):
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **ENVIRONMENT})
    sys.path[:0] = [str(HERE.parent), *(str(HERE.parent / name) for name in ("site", "kiosk"))]
    from subjects import SUBJECTS  # imports need the paths above

    from faulty import can_trace

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("subjects", nargs="+", choices=SUBJECTS)
    parser.add_argument("--from", dest="first", type=int, default=0)
    parser.add_argument("--to", dest="last", type=int)
    parser.add_argument("--sample", type=int)
    parser.add_argument("--writes", action="store_true", help="leave out opening for reading")
    parser.add_argument("--list", action="store_true")
    asked = parser.parse_args()
    if not can_trace():
        sys.exit("strace is not installed or may not trace")
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    failed = False
    for name in asked.subjects:
        memory = Path("/dev/shm")
        with TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
            failed |= sweep_subject(name, SUBJECTS[name](Path(folder)), asked)
    sys.exit(failed)


def sweep_subject(name: str, subject: Subject, asked: argparse.Namespace) -> bool:
    """Sweep through the faults of one command that are asked for; tell whether any did harm."""
    from faulty import READING, everything, sample, sweep

    points = subject.points()
    if asked.writes:
        points = [point for point in points if not READING.search(point.text)]
    if asked.sample:
        faults = sample(points, subject.faults, asked.sample)
    else:
        faults = everything(points, subject.faults)
    faults = faults[asked.first : asked.last]
    if asked.list:
        for number, (point, fault) in enumerate(faults, asked.first):
            print(number, fault, point.text)
        return False
    told = 0

    def tell(number: int, result: Result) -> None:
        nonlocal told
        for failure in result.failures[told:]:
            print(f"{asked.first + number}: {failure}", flush=True)
        told = len(result.failures)
        if number % 100 == 99:
            print(f"{asked.first + number + 1}/{asked.first + len(faults)}", flush=True)

    result = sweep(subject, faults, tell)
    print(f"{name}: {result.runs} faults, {len(result.failures)} failures", flush=True)
    return bool(result.failures)


if __name__ == "__main__":
    main()
