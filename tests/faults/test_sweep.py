"""Commands are killed, or their system calls fail: a sample of what ``sweep.py`` goes through."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from faulty import can_trace

SWEEP = Path(__file__).with_name("sweep.py")


@pytest.mark.parametrize(
    ("subjects", "count"),
    [(["build", "sync", "approve-page"], 4), (["install", "install-on-trial", "resume"], 20)],
    ids=["office", "device"],
)
def test_whatever_fails_files_are_old_or_new(subjects: list[str], count: int) -> None:
    """``count`` faults happen besides those around the moment at which files change places."""
    if not can_trace():
        message = "STRACE IS NOT INSTALLED OR MAY NOT TRACE: nobody killed the commands"
        if os.environ.get("CI") and not shutil.which("strace"):
            pytest.fail(message)
        pytest.skip(message)
    command = [sys.executable, str(SWEEP), *subjects, "--writes", "--sample", str(count)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.findall(r"(\S+): [1-9]\d* faults, 0 failures", done.stdout) == subjects
