"""A small site for the tests of catalogs, and the tools of gettext."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from quangba.catalogs.message import Catalog
from quangba.catalogs.pofile import parse
from quangba.catalogs.update import Update, Updater
from quangba.catalogs.workspace import Workspace
from quangba.settings import Language, load_settings


class Site:
    """A site in a folder of its own."""

    def __init__(self, root: Path, languages: str = "en ja", **options: object) -> None:
        self.root = root
        i18n = {
            "docs_structure": "suffix",
            "fallback_to_default": True,
            "reconfigure_search": False,
            "languages": [
                {"locale": code, "name": code, "default": code == "vi", "build": True}
                for code in ("vi", *languages.split())
            ],
        }
        self.config = {
            "site_name": "Quảng Ninh",
            "docs_dir": "content",
            "theme": {"name": "mkdocs", "custom_dir": "overrides"},
            "plugins": [{"i18n": i18n}, {"quangba": options}],
            "markdown_extensions": ["attr_list", "footnotes", "tables"],
        }
        (root / "overrides").mkdir(parents=True)
        (root / "content").mkdir()
        self.configure()

    def copied(self, root: Path) -> Site:
        """Return a copy of the site in another folder."""
        shutil.copytree(self.root, root)
        other = copy.copy(self)
        other.root, other.config = root, copy.deepcopy(self.config)
        return other

    def configure(self, **changes: object) -> None:
        self.config.update(changes)
        text = yaml.safe_dump(self.config, allow_unicode=True)
        (self.root / "mkdocs.yml").write_text(text, encoding="utf-8")

    def page(self, name: str, *paragraphs: str, meta: str = "") -> None:
        path = self.root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        head = f"---\n{meta}\n---\n" if meta else ""
        path.write_text(head + "\n\n".join(paragraphs) + "\n", encoding="utf-8")

    def workspace(self) -> Workspace:
        return Workspace(load_settings(str(self.root / "mkdocs.yml")))

    def sync(self, *mend: str) -> Update:
        return Updater(self.workspace(), frozenset(mend)).run()

    def po(self, name: str, language: str = "en") -> Path:
        return self.root / "locales" / language / "LC_MESSAGES" / name

    def catalog(self, name: str, language: str = "en") -> Catalog:
        return parse(self.po(name, language).read_bytes(), name, language)

    def texts(self, name: str, language: str = "en") -> dict[str, str]:
        return {m.msgid: m.msgstr for m in self.catalog(name, language).active}

    def translate(
        self, name: str, say: Callable[[str], str] = "«{}»".format, review: bool = True
    ) -> None:
        """Fill a page's catalogs in all languages."""
        workspace = self.workspace()
        for language in workspace.settings.targets:
            catalog = workspace.catalog(language, name)
            assert catalog is not None
            for message in catalog.active:
                message.msgstr = say(message.msgid)
                if review:
                    message.approve("Chị Hoa", "2026-11-22", "sample")
            workspace.write_catalogs([(language, name, catalog)])

    def language(self, code: str, workspace: Workspace | None = None) -> Language:
        settings = (workspace or self.workspace()).settings
        return next(lang for lang in settings.languages if lang.code == code)

    def snapshot(self) -> dict[str, tuple[bytes, int]]:
        """Return bytes and modification time of every catalog."""
        return {
            path.relative_to(self.root).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
            for path in sorted((self.root / "locales").rglob("*"))
            if path.is_file()
        }


def gettext_tool(name: str) -> str:
    """Return a gettext tool's path; skip the test where it is missing."""
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed")
    return path
