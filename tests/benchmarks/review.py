"""
Checks of translations: all of ours against all of translate-toolkit's ``pofilter``.

Both read the same PO files and check every entry of them: the site's own reviewed catalogs, several
times over. Ours also reads the pages, whose Markdown decides what a translation may contain.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import yaml

from quangba.catalogs.workspace import Workspace
from quangba.review.results import findings
from quangba.settings import load_settings

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ROOT = Path(__file__).parents[2]
COPIES = 4
"""How often the site's own pages are there: about 10,000 entries."""

OWN = ("site.po", "ui.po")
"""Catalogs of no page."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def write_site(folder: Path) -> tuple[Path, int]:
    """Write a site with the project's pages several times over; return its settings and size."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    head, _, _ = text.partition("\nnav:")
    folder.mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(head, encoding="utf-8")
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    shutil.copytree(ROOT / "content" / "_data", folder / "content" / "_data")
    shutil.copy(ROOT / "content" / "index.md", folder / "content" / "index.md")
    for number in range(COPIES):
        ignore = shutil.ignore_patterns("_data", "images")
        shutil.copytree(ROOT / "content", folder / "content" / f"s{number}", ignore=ignore)
    entries = 0
    for source in sorted((ROOT / "locales").glob("*/LC_MESSAGES")):
        target = folder / "locales" / source.relative_to(ROOT / "locales")
        for number in range(COPIES):
            ignore = shutil.ignore_patterns(*OWN)
            shutil.copytree(source, target / f"s{number}", ignore=ignore)
        for path in target.rglob("*.po"):
            entries += path.read_text(encoding="utf-8").count("\nmsgid ") - 1
    shutil.copy(ROOT / "locales" / "glossary.csv", folder / "locales" / "glossary.csv")
    return folder / "mkdocs.yml", entries


def check(config: str) -> Callable[[], object]:
    """Check every entry with every check of ours."""

    def run() -> int:
        workspace = Workspace(load_settings(config))
        return sum(1 for _ in findings(workspace, workspace.settings.targets, workspace.names))

    return run


def pofilter(config: str) -> Callable[[], object]:
    """Check every entry with every test of pofilter, language by language."""
    from translate.filters import pofilter as module

    folder = Path(config).parent
    languages = [
        code for code in languages_of(Path(config)) if (folder / "locales" / code).is_dir()
    ]

    (folder / "pofilter").mkdir(exist_ok=True)

    def run() -> None:
        for code in languages:
            sys.argv = [
                "pofilter", f"--language={code}", "--progress=none",
                str(folder / "locales" / code), str(folder / "pofilter" / code),
            ]  # fmt: skip
            module.main()

    return run


def languages_of(config: Path) -> list[str]:
    """Return the languages of a site but its source."""
    text = config.read_text(encoding="utf-8").replace("!ENV", "")
    plugins = yaml.safe_load(text)["plugins"]
    return [each["locale"] for each in plugins[0]["i18n"]["languages"] if not each.get("default")]
