"""Fixtures of the tests of the site room: the real portal, built once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from chromium import DESKTOP, Visitor, on_a_phone, serve, visitor
from own_site import own_edition


@pytest.fixture(autouse=True, scope="session")
def vietnamese() -> Iterator[None]:
    """Messages are in Vietnamese, whatever the locale of the machine is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUANGBA_LANG", "vi")
        patch.delenv("SITE_URL", raising=False)
        yield


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a copy of our own site in strict mode; return the folder of the copy, to be read."""
    return own_edition(tmp_path_factory, "portal", strict=True)


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
