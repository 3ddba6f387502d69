"""Fixtures of the tests of the search: the scripts of the site in a browser, without a site."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from quangba.search.index import Document, script

ROOT = Path(__file__).parents[2]
"""The repository."""

SCRIPTS = ROOT / "overrides" / "shared" / "assets" / "javascripts"

ENGINE = ("tokens.js", "minisearch.js", "search-engine.js")

GROUPS = {"place": "Places", "event": "Events", "page": "Other pages"}

TEXTS = {"groups": GROUPS, "one": "1", "many": "{count}", "none": "0", "near": "~", "more": "+"}

FIND = """query => {
  const {words, count, near, groups} = window.engine.find(query);
  const items = groups.flatMap(({items}) => items).map(({url, title, original, passage}) => {
    const {anchor, heading, text} = passage();
    return {url, title, original, anchor, heading, text};
  });
  return {words, count, near, groups: groups.map(({label}) => label), items};
}"""


class Engine:
    """An index of one language, asked as the site asks it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def find(self, query: str) -> dict[str, Any]:
        """Return what is found, passages made."""
        found: dict[str, Any] = self.page.evaluate(FIND, query)
        return found

    def urls(self, query: str) -> list[str]:
        """Return the addresses found, the best of the best group first."""
        return [item["url"] for item in self.find(query)["items"]]

    def marked(self, query: str) -> list[str]:
        """Return every text that is marked."""
        items = self.find(query)["items"]
        parts = (part for i in items for part in (*i["title"], *i["heading"], *i["text"]))
        return [text for text, hit in parts if hit]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    for name in ENGINE:
        page.add_script_tag(path=SCRIPTS / name)
    yield page
    context.close()


@pytest.fixture(scope="module")
def engine(page: Page) -> Callable[[Sequence[Document], str], Engine]:
    def opened(documents: Sequence[Document], language: str) -> Engine:
        page.add_script_tag(content=script(documents, language, "vi", TEXTS))
        page.evaluate("async () => { window.engine = await quangbaEngine.open(quangbaSearch) }")
        return Engine(page)

    return opened
