"""Fixtures of the tests of catalogs."""

from __future__ import annotations

from pathlib import Path

import pytest
from catalog_site import Site

collect_ignore = ["conftest.py"]
"""Fixtures hold no doctests; pytest would take conftest.py of another folder for this one."""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path / "site")


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUANGBA_LANG", "en")
