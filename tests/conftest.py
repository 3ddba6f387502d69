"""Fixtures of all tests: one Chromium for the whole session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

import chromium


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once: the synchronous interface of Playwright cannot be opened twice."""
    chromium.require()
    with sync_playwright() as playwright:
        started = chromium.launch(playwright)
        yield started
        started.close()
