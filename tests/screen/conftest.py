"""
Fixtures of the tests of the screen: our own kiosk edition, built once, served as a gate has it.

    def test_home(browser, gate_server):
        address = gate_server("mong-cai")     # http://127.0.0.1:…/, the gate's release at its root
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from find_pages import workspace

from chromium import serve
from own_site import own_edition
from quangba.source.profiles import Profile


@pytest.fixture(scope="session")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the kiosk edition of our own site; return its folder, with all gates, to be read."""
    return own_edition(tmp_path_factory, "kiosk") / "site" / "kiosk"


@pytest.fixture(scope="session")
def profile() -> Profile:
    """Return the profile of the first gate."""
    return next(iter(workspace().profiles.entries.values()))


@pytest.fixture(scope="session")
def gate_folder(kiosk: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function that gives the folder of a gate's site, each gate once."""

    @cache
    def folder(gate: str) -> Path:
        return lay(kiosk, gate, tmp_path_factory.mktemp(gate) / "site")

    return folder


@pytest.fixture(scope="session")
def gate_server(gate_folder: Callable[[str], Path]) -> Iterator[Callable[[str], str]]:
    """Return a function that serves the site of a gate and gives its address, each gate once."""
    with ExitStack() as stack:

        @cache
        def address(gate: str) -> str:
            return stack.enter_context(serve(gate_folder(gate)))

        yield address


def lay(kiosk: Path, gate: str, folder: Path) -> Path:
    """Lay what a gate has for itself over what all gates share, as a release does."""
    inner = shutil.ignore_patterns("_gates", "_print")
    # The same files under other names: nothing here writes into them.
    shutil.copytree(kiosk, folder, ignore=inner, copy_function=os.link)
    for path in (kiosk / "_gates" / gate).rglob("*"):
        if path.is_file():
            target = folder / path.relative_to(kiosk / "_gates" / gate)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            os.link(path, target)
    return folder
