"""Helpers of the tests: small real sites from a dictionary of files, built as users build them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml
from markdown import Markdown
from markdown.extensions import Extension
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from quangba.catalogs.message import Message
from quangba.catalogs.update import Updater
from quangba.catalogs.workspace import SITE, Workspace
from quangba.settings import Language, load_settings

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

EXTENSIONS = (
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "pymdownx.details",
    "pymdownx.superfences",
    {"pymdownx.tabbed": {"alternate_style": True}},
)
"""The Markdown extensions of our own site."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def make_site(
    root: Path,
    files: Mapping[str, str | bytes],
    *,
    languages: tuple[str, ...] = ("vi", "en"),
    quangba: dict[str, Any] | None = None,
    **config: Any,
) -> Path:
    """
    Write a small site with the plugins i18n and quangba; return its ``mkdocs.yml``.

    ``files`` are paths from ``root`` (``content/index.md``) with their text; the first of
    ``languages`` is the source; ``quangba`` holds options of the plugin, ``config`` more settings.
    """
    i18n = {
        "docs_structure": "suffix",
        "fallback_to_default": True,
        "reconfigure_material": False,
        "reconfigure_search": False,
        "languages": [
            {"locale": code, "name": code, "default": code == languages[0], "build": True}
            for code in languages
        ],
    }
    settings = {
        "site_name": "Thử",
        "site_url": "https://example.test/",
        "docs_dir": "content",
        "theme": {"name": "mkdocs"},
        "plugins": [{"i18n": i18n}, {"quangba": quangba or {}}],
        "markdown_extensions": list(EXTENSIONS),
        **config,
    }
    (root / "content").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    path = root / "mkdocs.yml"
    path.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    return path


def open_workspace(config_file: Path) -> Workspace:
    """Return the workspace of a site, as a command would make it."""
    return Workspace(load_settings(str(config_file)))


def sync(config_file: Path) -> Workspace:
    """Bring the catalogs of a site in line with its content; return a fresh workspace."""
    Updater(open_workspace(config_file)).run()
    return open_workspace(config_file)


def translate(
    config_file: Path, text: Callable[[Language, Message], str | None], *names: str
) -> Workspace:
    """
    Fill the catalogs of a site; return a fresh workspace.

    ``text(language, message)`` returns the msgstr, or None to leave it; ``names`` are the pages,
    by default all of them and the site's own texts.
    """
    workspace = sync(config_file)
    changed = []
    for language in workspace.settings.targets:
        for name in names or (SITE, *workspace.names):
            catalog = workspace.catalog(language, name)
            for message in catalog.active if catalog else []:
                found = text(language, message)
                if found is not None:
                    message.msgstr = found
            if catalog:
                changed.append((language, name, catalog))
    workspace.write_catalogs(changed)
    return open_workspace(config_file)


def markdown_of(config_file: Path, *more: Extension) -> Markdown:
    """Return a Markdown instance as a site configures it, with some more extensions."""
    config = load_config(str(config_file), plugins=[])
    return Markdown(
        extensions=[*config.markdown_extensions, *more], extension_configs=config.mdx_configs
    )


def build(config_file: Path, **config: Any) -> Path:
    """Build a site with MkDocs; return the folder of the result."""
    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)
    settings = load_config(str(config_file), **config)
    folder = Path(settings.site_dir)
    settings.plugins.on_startup(command="build", dirty=False)
    mkdocs_build(settings)
    return folder


def pages(folder: Path) -> dict[str, str]:
    """Return the HTML pages of a built site by path from its folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.html"))
    }
