"""Settings: what ``mkdocs.yml`` says about the plugin, the languages and the folders."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from mkdocs.config import base, load_config
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError

from quangba.errors import QuangbaError
from quangba.source.data import syntax_error

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

POLICIES = ("reviewed", "translated", "machine")
"""Publication policies, the strictest first (shared meaning: see ``site/publishing.py``)."""

EDITIONS = ("portal", "kiosk")

HTML_LANG = {"zh": "zh-Hans"}
"""Language tags (BCP 47) of sites' short codes, where the code alone says too little."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class QuangbaConfig(base.Config):
    """Options of the plugin in ``mkdocs.yml``."""

    catalogs = c.Type(str, default="locales")
    """Folder of the catalogs, next to ``mkdocs.yml``."""
    gate = c.Type(bool, default=False)
    """True: a page appears only when it is approved, public and owned (source/gate.py)."""
    sample = c.Type(bool, default=False)
    """True: approvals with ``role: sample`` count, and every page says that it is a sample."""
    masthead = c.Optional(c.Type(str))
    """What stands above every page once the site is no sample: whose publication it is."""
    legal_line = c.Optional(c.Type(str))
    """What the law asks a publisher to print in the footer: licence number, responsible person."""
    security_contact = c.Optional(c.Type(str))
    """Where weaknesses are reported (``mailto:`` or ``https:``), for security.txt (RFC 9116)."""
    publish = c.Choice(POLICIES, default="translated")
    """Policy of pages that no section and no front matter gives another."""
    sections = c.DictOfItems(c.Choice(POLICIES), default={})
    """Policies by folder: ``{invest: reviewed}``."""
    edition = c.Choice(EDITIONS, default="portal")
    """``portal`` is the public web; ``kiosk`` the screens at gates: reviewed pages only."""
    leave_out = c.ListOfItems(c.Type(str), default=[])
    """Pages that have no place in this edition, as patterns: ``about/open-data.md``."""
    templates = c.Optional(c.Type(str))
    """
    Folder with the templates of all editions, whose texts are in ``ui.po``; every edition may use
    what is in its folder ``shared``. Without it, a site has the templates of its theme alone.
    """
    fonts = c.DictOfItems(c.Type(str), default={})
    """
    Faces for scripts that the package has none for, by language: ``{lo: fonts/noto-sans-lao}`` are
    ``fonts/noto-sans-lao-400.woff2`` and ``…-600.woff2`` beside ``mkdocs.yml``, with their licence
    in ``fonts/noto-sans-lao.txt``.
    """
    front_matter = c.ListOfItems(c.Type(str), default=["title", "description"])
    """Front matter that readers see; ``*`` stands for the items of a list."""


@dataclass(frozen=True)
class Language:
    """A language of the site."""

    code: str
    """As in addresses and folders: ``zh``."""
    name: str
    """In its own words: ``简体中文``."""
    html_lang: str
    """BCP 47 tag for ``lang`` and ``hreflang``: ``zh-Hans``."""

    @property
    def locale(self) -> str:
        """The CLDR locale: ``zh_Hans``."""
        return self.html_lang.replace("-", "_")


@dataclass
class Settings:
    """One site: its MkDocs configuration and where everything is."""

    config: MkDocsConfig
    options: QuangbaConfig
    root: Path
    """Folder of ``mkdocs.yml``."""
    source: Language
    """The language of ``content/``."""
    targets: list[Language]
    """The other languages, in the order of the configuration."""

    @property
    def languages(self) -> list[Language]:
        """All languages, the source first."""
        return [self.source, *self.targets]

    @property
    def content(self) -> Path:
        """Folder of the source pages."""
        return Path(self.config.docs_dir)

    @property
    def data(self) -> Path:
        """Folder of facts, units, approvals and redirects."""
        return self.content / "_data"

    @property
    def catalogs(self) -> Path:
        """Folder of the catalogs."""
        return self.root / self.options.catalogs

    @property
    def templates(self) -> Path | None:
        """Folder of the site's own templates, those of other editions too."""
        given = self.options.templates
        folder = self.root / given if given else self.config.theme.custom_dir
        return Path(folder) if folder else None

    @property
    def shared_templates(self) -> Path | None:
        """Folder of the templates and assets that all editions use."""
        folder = self.templates
        return folder / "shared" if folder and self.options.templates else folder

    @property
    def kiosk(self) -> bool:
        """Tell whether this is the edition for screens at gates."""
        return self.options.edition == "kiosk"

    def left_out(self, page: str) -> bool:
        """Tell whether a page has no place in this edition."""
        return any(fnmatchcase(page, pattern) for pattern in self.options.leave_out)

    @property
    def cache(self) -> Path:
        """Folder of what can be computed again."""
        return self.root / ".cache" / "quangba"

    def relative(self, path: Path | str) -> str:
        """Return a path as people know it: from the project's folder, with slashes."""
        try:
            return Path(path).relative_to(self.root).as_posix()
        except ValueError:
            return Path(path).as_posix()

    def page_file(self, page: str) -> str:
        """Return the path of a page from the project's folder: ``content/visit/yen-tu.md``."""
        return self.relative(self.content / page)

    def policy(self, page: str, meta: dict[str, Any]) -> str:
        """Return the publication policy of a page; nothing unreviewed reaches a kiosk."""
        if self.kiosk:
            return "reviewed"
        given = meta.get("publish")
        if given in POLICIES:
            return str(given)
        folder = page.rpartition("/")[0]
        while folder:
            if folder in self.options.sections:
                return self.options.sections[folder]
            folder = folder.rpartition("/")[0]
        return self.options.publish


class MessageCollector(logging.Handler):
    """Keeps what is logged."""

    messages: list[str]

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.messages = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def read_settings(config: MkDocsConfig, options: QuangbaConfig) -> Settings:
    """
    Read the settings of a loaded configuration.

    Raises ``QuangbaError`` when static-i18n is not configured.
    """
    i18n = config.plugins.get("i18n")
    if i18n is None:
        raise QuangbaError("config-no-i18n", Path(config.config_file_path or "mkdocs.yml").name)
    default: Language | None = None
    targets = []
    for entry in i18n.config.languages:
        if not entry.build:
            continue
        language = Language(entry.locale, entry.name, HTML_LANG.get(entry.locale, entry.locale))
        if entry.default:
            default = language
        else:
            targets.append(language)
    if default is None:
        raise QuangbaError("config-no-i18n", Path(config.config_file_path or "mkdocs.yml").name)
    root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
    return Settings(config, options, root.resolve(), default, targets)


def load_settings(config_file: str | None = None) -> Settings:
    """
    Load a site's settings for the command line.

    Raises ``QuangbaError`` when there are none or they are wrong.
    """
    config = load_site(config_file or "mkdocs.yml")
    return read_settings(config, config.plugins["quangba"].config)


def load_site(name: str, **more: Any) -> MkDocsConfig:
    """
    Load a site's configuration for the command line; ``more`` goes before what it says.

    Raises ``QuangbaError`` when there is none, it is wrong, or our plugin is not in it.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    if not Path(name).is_file():
        raise QuangbaError("config-missing", name)
    said = MessageCollector(logging.WARNING)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(said)
    try:
        config = load_config(name, **more)
    except (ConfigurationError, Abort) as error:
        text = Path(name).read_text(encoding="utf-8-sig", errors="replace")
        if wrong := syntax_error(text):
            raise QuangbaError("data-yaml", name, wrong.line, what=wrong.what) from error
        # MkDocs logs what is wrong and then aborts without saying it again.
        what = "; ".join(said.messages) or str(error)
        raise QuangbaError("config-wrong", name, what=what) from error
    finally:
        logger.removeHandler(said)
    if "quangba" not in config.plugins:
        raise QuangbaError("config-no-plugin", name)
    return config
