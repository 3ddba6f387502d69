"""
Where we reach inside MkDocs and static-i18n; ``tests/site/test_inside.py`` guards the versions.

Everything else uses their public events.
"""

from __future__ import annotations

import itertools
from typing import Any

from mkdocs import utils
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils import clean_directory

PINNED = {"mkdocs": "1.6.1", "mkdocs-static-i18n": "1.3.1", "mkdocs-material": "9.8.1"}
"""Versions that this module was written for."""


def current_language(config: MkDocsConfig) -> str:
    """Return the code of the language that is being built."""
    i18n: Any = config.plugins["i18n"]
    return str(i18n.current_language or i18n.default_language)


def is_nested(config: MkDocsConfig) -> bool:
    """Tell whether static-i18n called this build from the build of the default language."""
    i18n: Any = config.plugins["i18n"]
    return bool(i18n.building)


def restore_cleaning() -> None:
    """Undo what static-i18n does to MkDocs' cleaning and leaves undone after an exception."""
    utils.clean_directory = clean_directory


def page_url(config: MkDocsConfig, name: str) -> str:
    """Return the address of a page in the default language: ``visit/yen-tu/``, ``''`` for home."""
    file = File(name, config.docs_dir, config.site_dir, config.use_directory_urls)
    return "" if file.url in (".", "./") else file.url


def has_own_title(page: Page) -> bool:
    """Tell whether the navigation gives the page's title."""
    return "title" in vars(page)


def prune(nav: Navigation, keep: Any) -> None:
    """Take pages out of the navigation for which ``keep(page)`` is false, in place."""

    def kept(items: list[Any]) -> list[Any]:
        found = []
        for item in items:
            if isinstance(item, Section):
                item.children = kept(item.children)
                if item.children:
                    found.append(item)
            elif not isinstance(item, Page) or keep(item):
                found.append(item)
        return found

    nav.items = kept(nav.items)
    gone = [page for page in nav.pages if not keep(page)]
    nav.pages = [page for page in nav.pages if keep(page)]
    for page in gone:
        page.previous_page = page.next_page = None
    for page in nav.pages:
        page.previous_page = page.next_page = None
    for before, after in itertools.pairwise(nav.pages):
        before.next_page, after.previous_page = after, before
