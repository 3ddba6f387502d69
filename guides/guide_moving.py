"""
What content asks of a generator: syntax that not every one has, and plain Markdown's answer.

``python guides/guide_moving.py`` prints the counts; the guide on moving shows them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from markdown import Markdown

from quangba.errors import say
from quangba.settings import load_settings
from quangba.source.pages import Page, list_pages, read_page

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ROOT = Path(__file__).resolve().parents[1]
"""The project."""


@dataclass(frozen=True)
class Syntax:
    """Something that pages may hold and not every generator understands."""

    vietnamese: str
    english: str
    pattern: re.Pattern[str]
    whole: bool = False
    """Looked for in the front matter too."""


FACT = Syntax("số liệu {fact:…}", "facts {fact:…}", re.compile(r"\{fact:\w+\}"), whole=True)

SYNTAX = (
    FACT,
    Syntax("khung !!!", "boxes !!!", re.compile(r"^ *!!! ", re.M)),
    Syntax("bảng", "tables", re.compile(r"^\|(?:[ :]*-+[ :]*\|)+$", re.M)),
    Syntax("khung gấp ???", "folded boxes ???", re.compile(r"^ *\?\?\?\+? ", re.M)),
    Syntax("thẻ ===", "tabs ===", re.compile(r'^ *=== "', re.M)),
    Syntax("thuộc tính { … }", "attributes { … }", re.compile(r"\{:? ?[.#][^}\n]*\}")),
    Syntax("chú thích cuối [^…]", "footnotes [^…]", re.compile(r"\[\^[^\]\n]+\]")),
    Syntax("từ viết tắt *[…]", "abbreviations *[…]", re.compile(r"^ *\*\[[^\]\n]+\]:", re.M)),
    Syntax("chèn tệp --8<--", "inclusions --8<--", re.compile(r"-8<-")),
    Syntax("biểu tượng :…:", "icons :…:", re.compile(r"(?<!\w):[a-z0-9_+-]+:(?!\w)")),
    Syntax("HTML", "HTML", re.compile(r"<[a-zA-Z/][^>\n]*>")),
    Syntax("lời dặn i18n:", "notes i18n:", re.compile(r"<!-- *i18n:")),
)
"""In the order of the table."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def counted(pages: Iterable[Page], syntax: Syntax) -> tuple[int, int]:
    """
    Return on how many pages something stands, and how often in all.

    >>> pages = [Page('a.md', 'a.md', '', body='!!! note\\n\\n!!! tip'), Page('b.md', 'b.md', '')]
    >>> counted(pages, next(each for each in SYNTAX if each.english == 'boxes !!!'))
    (1, 2)
    """
    found = [
        len(syntax.pattern.findall(page.text if syntax.whole else page.body)) for page in pages
    ]
    return sum(map(bool, found)), sum(found)


def alike(
    pages: Iterable[Page], ours: Markdown, extensions: list[str], settings: dict[str, Any]
) -> int:
    """
    Return how many pages Python-Markdown with a few extensions renders as our site does.

    Facts are words here: our site puts their values in before Markdown sees the braces.
    """
    plain = Markdown(extensions=extensions, extension_configs=settings)
    texts = [FACT.pattern.sub("fact", page.body) for page in pages]
    return sum(ours.reset().convert(text) == plain.reset().convert(text) for text in texts)


def report() -> str:
    """Return the counts as lines, in the user's language."""
    settings = load_settings(str(ROOT / "mkdocs.yml"))
    pages = [read_page(settings.content, name) for name in list_pages(settings.content)]
    lines = [say(f"{len(pages)} trang", f"{len(pages)} pages")]
    for each in SYNTAX:
        name = say(each.vietnamese, each.english)
        on, times = counted(pages, each)
        lines.append(
            f"  {name:<22}"
            + say(f"{on:>3} trang {times:>4} lần", f"{on:>3} pages {times:>4} times")
        )
    config = settings.config
    names = [name for name in config.markdown_extensions if name not in ("toc", "fenced_code")]
    ours = Markdown(extensions=names, extension_configs=config.mdx_configs)
    for extensions in ([], ["tables"], ["tables", "admonition"]):
        same = alike(pages, ours, extensions, config.mdx_configs)
        what = " + ".join(["Python-Markdown", *extensions])
        lines.append(
            say(
                f"{what}: {same} trang giống hệt trang của ta",
                f"{what}: {same} pages exactly as on our site",
            )
        )
    return "\n".join(lines)


def shown(language: str) -> str:
    """Return the command and what it prints, for the guide in a language."""
    command = [sys.executable, __file__]
    environment = {**os.environ, "QUANGBA_LANG": language, "PYTHONUTF8": "1"}
    printed = subprocess.run(
        command, env=environment, capture_output=True, encoding="utf-8", check=True
    ).stdout
    return f"```console\n$ python guides/{Path(__file__).name}\n{printed.rstrip()}\n```"


if __name__ == "__main__":
    click.echo(report())
