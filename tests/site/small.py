"""Small sites with our own templates, for the tests of the site room."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from crawler import Document, read

from quangba.catalogs.approval import approve_page
from support import build, make_site, open_workspace

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ROOT = Path(__file__).parents[2]

THEME = {
    "name": "material",
    "custom_dir": str(ROOT / "overrides" / "portal"),
    "language": "vi",
    "font": False,
    "features": [],
}

TEMPLATES = str(ROOT / "overrides")
"""What our own templates share with those of other editions (option ``templates``)."""

UNITS = 'so-du-lich: {name: "Sở Du lịch", contact: null}\n'

PUBLIC = "classification: public\nowner: so-du-lich\n"
"""Front matter that the gate asks for."""

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0"/></svg>'
LICENCE = "author: Nhóm thử\nlicence: CC BY 4.0\nsource: tự vẽ\n"

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def new_site(
    root: Path,
    files: Mapping[str, str | bytes],
    *,
    languages: tuple[str, ...] = ("vi", "en", "fr"),
    **config: Any,
) -> Path:
    """Write a small site that looks like ours, with our interface texts."""
    for code in languages:
        catalog = ROOT / "locales" / code / "LC_MESSAGES" / "ui.po"
        target = root / "locales" / code / "LC_MESSAGES" / "ui.po"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(catalog, target)
    quangba = {"templates": TEMPLATES, **config.pop("quangba", {})}
    given = {"theme": THEME, **config}
    return make_site(root, files, languages=languages, quangba=quangba, **given)


def page(title: str, body: str = "Một đoạn văn.", more: str = "") -> str:
    """Return a page of Markdown that the gate would let out once it is approved."""
    return f'---\ntitle: "{title}"\n{PUBLIC}{more}---\n\n{body}\n'


def approve(config_file: Path, *names: str) -> None:
    """Approve pages, by default all of them."""
    workspace = open_workspace(config_file)
    for name in names or workspace.names:
        assert approve_page(workspace, name, "Người duyệt", "01/QĐ") == [], name


def built(config_file: Path, **config: Any) -> dict[str, Document]:
    """Build a site and return its pages."""
    return read(build(config_file, **config))


def report(config_file: Path) -> str:
    """Return what the last build wrote about what it refused."""
    return (config_file.parent / "reports" / "build.txt").read_text(encoding="utf-8")


def snapshot(folder: Path) -> dict[str, bytes | None]:
    """Return every file of a folder, byte for byte."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


@contextmanager
def messages() -> Iterator[list[str]]:
    """Collect what a build says."""
    found: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.getMessage())

    handler = Collector(logging.DEBUG)
    logger = logging.getLogger("mkdocs.plugins.quangba")
    level = logger.level
    logger.setLevel(logging.DEBUG)
    logger.addHandler(handler)
    try:
        yield found
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
