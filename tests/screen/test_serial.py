"""Which release is on a screen can be read on it, without a tool."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from chromium import serve, visitor


@pytest.mark.parametrize("path", ["attract/", "ja/visit/yen-tu/"])
def test_the_number_of_the_release_stands_beside_the_date(
    browser: Browser, kiosk: Path, tmp_path: Path, path: str
) -> None:
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "317").symlink_to(kiosk, target_is_directory=True)
    with serve(tmp_path) as server, visitor(browser, server) as found:
        expect(found.go(f"r/317/{path}").locator("[data-serial]")).to_have_text(" · 317")


def test_pages_of_no_release_name_none(browser: Browser, kiosk: Path) -> None:
    with serve(kiosk) as server, visitor(browser, server) as found:
        page = found.go("visit/yen-tu/")
        expect(page.locator("html[data-ready=true]")).to_be_attached()
        expect(page.locator("[data-serial]")).to_be_empty()
