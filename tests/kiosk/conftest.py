"""Fixtures of the tests of kiosks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sealed import device


@pytest.fixture(autouse=True, scope="session")
def nobody_waits_for_the_disk() -> Iterator[None]:
    """
    Let nothing be flushed: it takes most of the time, and other programs' data with it.

    ``test_power.py`` sees that everything is flushed that must be, ``tests/faults`` does it.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "sync", lambda: None)
        patch.setattr(os, "fsync", os.fstat)
        yield


@pytest.fixture(scope="session")
def in_memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a folder for thousands of small files, in memory where the system has a place."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path_factory.mktemp("memory")
        return
    with TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a device that shows release 120."""
    return device(tmp_path / "device", 120)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Return an empty stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder
