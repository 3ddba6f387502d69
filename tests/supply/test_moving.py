"""What the guide on moving says about the pages is true."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from markdown import Markdown

from quangba.settings import load_settings
from quangba.source.pages import list_pages, read_page

ROOT = Path(__file__).parents[2]


def test_pages_need_no_more_than_the_guide_says() -> None:
    sys.path.append(str(ROOT / "guides"))
    moving = importlib.import_module("guide_moving")
    settings = load_settings(str(ROOT / "mkdocs.yml"))
    config = settings.config
    pages = [read_page(settings.content, name) for name in list_pages(settings.content)]
    used = {each.english for each in moving.SYNTAX if moving.counted(pages, each)[1]}
    assert used == {"facts {fact:…}", "boxes !!!", "tables"}
    ours = Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)
    needed = ["tables", "admonition", "toc"]
    assert moving.alike(pages, ours, needed, config.mdx_configs) == len(pages) > 80
