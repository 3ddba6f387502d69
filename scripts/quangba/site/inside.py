"""
Where we reach inside MkDocs and static-i18n; ``tests/site/test_inside.py`` guards the versions.

Everything else uses their public events.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import Any

import jinja2
import mkdocs_static_i18n.config
from mkdocs import utils
from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, Section, get_navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import clean_directory

PINNED = {"mkdocs": "1.6.1", "mkdocs-static-i18n": "1.3.1", "mkdocs-material": "9.8.1"}
"""Versions that this module was written for."""

CODE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{4})?(?:[-_][A-Z]{2})?")
"""
Codes of languages: static-i18n knows those of two letters alone, which most languages of minorities
do not have (ISO 639-3: ``ium``). It reads its settings when MkDocs comes to it in the list of
plugins, so ``quangba`` must stand before ``i18n`` there.
"""


@dataclass
class Studio:
    """
    A site in one language, read and ready to render any of its pages, again and again.

    It goes the way of ``mkdocs.commands.build.build``, event by event, and writes nothing.
    """

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: jinja2.Environment

    @classmethod
    def begin(cls, config: MkDocsConfig, language: str) -> Studio:
        """Read a site that was configured and nothing more, for ``language``."""
        config.plugins.on_startup(command="serve", dirty=False)
        # static-i18n builds the language that it says it is at.
        config.plugins["i18n"].current_language = language  # type: ignore[attr-defined]
        config = config.plugins.on_config(config)
        config.plugins.on_pre_build(config=config)
        files = get_files(config)
        env = config.theme.get_env()
        files.add_files_from_theme(env, config)
        files = config.plugins.on_files(files, config=config)
        set_exclusions(files, config)
        nav = get_navigation(files, config)
        nav = config.plugins.on_nav(nav, config=config, files=files)
        studio = cls(config, files, nav, env)
        for file in studio.documents:
            studio.read(file.page or Page(None, file, config))
        studio.env = config.plugins.on_env(env, config=config, files=files)
        return studio

    @property
    def documents(self) -> list[File]:
        """The files that become pages."""
        return list(self.files.documentation_pages(inclusion=InclusionLevel.is_in_serve))

    def read(self, page: Page) -> None:
        """Read a page's Markdown and convert it."""
        config, files = self.config, self.files
        page = config.plugins.on_pre_page(page, config=config, files=files)
        page.read_source(config)
        page.markdown = config.plugins.on_page_markdown(
            page.markdown or "", page=page, config=config, files=files
        )
        page.render(config, files)
        page.content = config.plugins.on_page_content(
            page.content or "", page=page, config=config, files=files
        )

    def render(self, page: Page) -> str:
        """Return the whole HTML of a page, as the site would have it."""
        config = self.config
        page.active = True
        try:
            context = get_context(self.nav, self.documents, config, page)
            template = self.env.get_template(page.meta.get("template", "main.html"))
            context = config.plugins.on_page_context(
                context, page=page, config=config, nav=self.nav
            )
            output = template.render(context)
            return str(config.plugins.on_post_page(output, page=page, config=config))
        finally:
            page.active = False


def know_long_codes() -> None:
    """Let static-i18n take codes of three letters."""
    mkdocs_static_i18n.config.RE_LOCALE = re.compile(f"^(?:{CODE.pattern})$")


def load_alone(config_file: str) -> MkDocsConfig:
    """
    Load a configuration with plugins of its own.

    MkDocs hands a plugin that has ``on_startup`` from one configuration to the next, as it would
    in ``mkdocs serve``; two sites that are open at once must not share one.
    """
    cache = MkDocsConfig.plugins.plugin_cache  # type: ignore[attr-defined]
    cache.clear()
    try:
        return load_config(config_file)
    finally:
        cache.clear()


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


know_long_codes()
