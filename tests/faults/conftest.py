"""Fixtures of the tests of faults: the smallest site that is built as ours is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from published import Published

collect_ignore = ["ahead"]
"""Who imports it has another clock."""


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Return a published site whose source was edited since, to be copied."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUANGBA_LANG", "vi")
        return Published.make(tmp_path_factory.mktemp("model") / "site")


@pytest.fixture
def project(model: Published, tmp_path: Path) -> Published:
    """Return a copy of it."""
    return model.copied(tmp_path / "project")


@pytest.fixture
def in_memory(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on another file system than most folders, in memory where there is one."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)
