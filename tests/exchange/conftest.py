"""Fixtures of the tests of exchange."""

from __future__ import annotations

from pathlib import Path

import pytest
from catalog_site import Site
from exchange_site import make

collect_ignore = ["conftest.py"]
"""As in tests/catalogs."""


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Site:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUANGBA_LANG", "en")
        return make(tmp_path_factory.mktemp("made") / "site")


@pytest.fixture
def site(made: Site, tmp_path: Path) -> Site:
    """The site in a folder of the test's own."""
    return made.copied(tmp_path / "site")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUANGBA_LANG", "en")
