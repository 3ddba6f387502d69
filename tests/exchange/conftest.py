"""Fixtures of the tests of exchange."""

from __future__ import annotations

from pathlib import Path

import pytest
from catalog_site import Site
from exchange_site import make

collect_ignore = ["conftest.py"]
"""As in tests/catalogs."""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make(tmp_path / "site")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUANGBA_LANG", "en")
