"""Fixtures of all tests: one Chromium for the whole session."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

import chromium


@pytest.fixture(autouse=True, scope="session")
def interruptible() -> None:
    """Let programs that are started here hear Ctrl-C; what ``nohup`` or ``&`` starts is deaf."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once: the synchronous interface of Playwright cannot be opened twice."""
    chromium.require()
    with sync_playwright() as playwright:
        started = chromium.launch(playwright)
        yield started
        started.close()
