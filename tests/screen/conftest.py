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
from pathlib import Path

import pytest

from chromium import serve
from quangba.source.profiles import Profile
from support import build, open_workspace

ROOT = Path(__file__).parents[2]
"""The repository."""


@pytest.fixture(scope="session")
def kiosk_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy our own site, to be built without touching it; return the folder of the copy."""
    root = tmp_path_factory.mktemp("kiosk")
    for name in ("content", "locales", "overrides"):
        shutil.copytree(ROOT / name, root / name)
    for name in ("mkdocs.yml", "mkdocs.kiosk.yml"):
        shutil.copy(ROOT / name, root)
    return root


@pytest.fixture(scope="session")
def kiosk(kiosk_project: Path) -> Path:
    """Build the kiosk edition of our own site; return its folder, with all gates in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUANGBA_LANG", "vi")
        patch.delenv("SITE_URL", raising=False)
        return build(kiosk_project / "mkdocs.kiosk.yml")


@pytest.fixture(scope="session")
def profile(kiosk_project: Path) -> Profile:
    """Return the profile of the first gate."""
    return next(iter(open_workspace(kiosk_project / "mkdocs.kiosk.yml").profiles.entries.values()))


@pytest.fixture(scope="session")
def gate_server(
    kiosk: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], str]]:
    """Return a function that serves the site of a gate and gives its address, each gate once."""
    addresses: dict[str, str] = {}
    with ExitStack() as stack:

        def address(gate: str) -> str:
            if gate not in addresses:
                folder = lay(kiosk, gate, tmp_path_factory.mktemp(gate) / "site")
                addresses[gate] = stack.enter_context(serve(folder))
            return addresses[gate]

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
