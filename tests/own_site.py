"""
Our own site, built once for all processes of a run.

The first that asks for an edition builds it, in one copy of the project with one cache; others
wait at a lock. What they get is a copy of what was built then, of the same files under other
names: it is there whole or not at all, and a later build of the other edition changes nothing in
it. It is for reading: who writes into it makes a copy first.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from support import build

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ROOT = Path(__file__).parents[1]
"""The repository."""

SOURCES = ("content", "locales", "overrides")

CONFIGS = {"portal": "mkdocs.yml", "kiosk": "mkdocs.kiosk.yml"}
"""Editions and their settings."""

BUILT = {"portal": ("reports", "site"), "kiosk": ("site",)}
"""What of a build is handed out, beside what it was built from."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """Return the folder that all processes of this run have in common."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def own_edition(factory: pytest.TempPathFactory, edition: str, *, strict: bool = False) -> Path:
    """Return the folder of our own project with an edition in ``site``, built at most once."""
    shared = shared_folder(factory) / "own-site"
    shared.mkdir(exist_ok=True)
    done, lock = shared / edition, FileLock(shared / "lock")
    while not done.exists():
        # The lock may go from one edition to the next without a chance for us.
        with suppress(Timeout), lock.acquire(timeout=0.2):
            if not done.exists():
                make_edition(shared / "project", edition, done, strict=strict)
    return done


def make_edition(project: Path, edition: str, done: Path, *, strict: bool) -> None:
    """Build an edition and hand it out."""
    lay_sources(project)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUANGBA_LANG", "vi")
        patch.delenv("SITE_URL", raising=False)
        folder = build(project / CONFIGS[edition], strict=strict)
    assert folder == project / "site" / edition
    hand_out(project, edition, done)


def lay_sources(project: Path) -> None:
    """Copy what our site is built from, where that was not done yet."""
    if not project.exists():
        fresh = project.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        for name in SOURCES:
            shutil.copytree(ROOT / name, fresh / name)
        for name in CONFIGS.values():
            shutil.copy(ROOT / name, fresh)
        fresh.rename(project)


def hand_out(project: Path, edition: str, done: Path) -> None:
    """Give the files of an edition other names, in a folder that appears when it is whole."""
    fresh = done.with_suffix(".new")
    shutil.rmtree(fresh, ignore_errors=True)
    others = shutil.ignore_patterns(*(set(CONFIGS) - {edition}))
    for name in (*SOURCES, *BUILT[edition]):
        ignore = others if name == "site" else None
        shutil.copytree(project / name, fresh / name, ignore=ignore, copy_function=os.link)
    os.link(project / CONFIGS[edition], fresh / CONFIGS[edition])
    fresh.rename(done)
