"""Fixtures of the tests of the site room: the real portal, built once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from chromium import DESKTOP, Visitor, on_a_phone, serve, visitor
from support import build

ROOT = Path(__file__).parents[2]
"""The repository."""


@pytest.fixture(autouse=True, scope="session")
def vietnamese() -> Iterator[None]:
    """Messages are in Vietnamese, whatever the locale of the machine is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUANGBA_LANG", "vi")
        patch.delenv("SITE_URL", raising=False)
        yield


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory, vietnamese: None) -> Path:
    """Copy our own site and build it in strict mode; return the folder of the copy."""
    root = tmp_path_factory.mktemp("portal")
    for name in ("content", "locales", "overrides"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    assert build(root / "mkdocs.yml", strict=True) == root / "site" / "portal"
    return root


@pytest.fixture(scope="session")
def server(portal: Path) -> Iterator[str]:
    """Serve our own site with the headers that it asks for."""
    with serve(portal / "site" / "portal") as address:
        yield address


@pytest.fixture(scope="module")
def phone(browser: Browser, server: str) -> Iterator[Visitor]:
    """Visit our own site on a phone."""
    with visitor(browser, server, **on_a_phone()) as found:
        yield found


@pytest.fixture(scope="module")
def desktop(browser: Browser, server: str) -> Iterator[Visitor]:
    """Visit our own site at a desk."""
    with visitor(browser, server, viewport=DESKTOP) as found:
        yield found
