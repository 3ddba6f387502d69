"""The real command is killed, or its system calls fail: see ``sweep.py``."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import mkdtemp

import pytest
from sweep import Subject, can_trace, everything, sample, sweep


@pytest.fixture
def subject(in_memory: Path) -> Subject:
    if not can_trace():
        message = "STRACE IS NOT INSTALLED OR MAY NOT TRACE: nobody killed the real command"
        if os.environ.get("CI") and not shutil.which("strace"):
            pytest.fail(message)
        pytest.skip(message)
    return Subject(Path(mkdtemp(dir=in_memory)))


def test_whatever_fails_the_old_release_or_the_new_one_is_shown(subject: Subject) -> None:
    points = subject.points()
    # All of it takes a quarter of an hour: QUANGBA_SWEEP=1, or python tests/kiosk/sweep.py.
    faults = everything(points) if os.environ.get("QUANGBA_SWEEP") else sample(points)
    result = sweep(subject, faults)
    assert result.failures == []
    assert {point.call for point, _ in faults} >= {"openat", "write", "rename", "fsync", "symlink"}
