"""
Index: all texts of one language and where each term stands in them, as a script.

A script runs from ``file://`` and under ``script-src 'self'``; JSON could be fetched by neither a
page on a disk nor without a server. It sets ``window.quangbaSearch``; ``search.js`` makes
MiniSearch's own index of it.

The terms are counted here and not in the browser, by measurement: of 60 pages with 4,800 characters
each (2,700 in Chinese, Japanese and Korean; the pages of ``tests/search/test_index.py``), Chromium
at a sixth of its speed made an index in 0.4 s (Vietnamese) to 3 s (Japanese); it takes over a
finished one in 0.03 s to 0.13 s (the best of four runs, 26 November 2026). What is asked first is
then found in 0.05 s to 0.08 s, all else in a few milliseconds. A finished index costs 32 kB to
63 kB more in transfer. MiniSearch's own JSON would cost 46 kB to 95 kB, and all of Japanese be
178 kB instead of 148 kB, with a budget of 150 kB: see :func:`postings` for how it is written here.
"""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from quangba.search.reading import Section
from quangba.search.tokens import terms

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FORMAT = 1
"""Version of the script's format; ``search.js`` refuses another."""

FIELDS = ("title", "names", "topics", "text", "also")
"""
What is searched. ``names``: what the page's subject is called elsewhere; ``topics``: headings,
labels and communes; ``also``: other names of what the text mentions. Only ``search.js`` knows what
each is worth.
"""

Places = dict[int, dict[int, int]]
"""Where a term stands: field → page → how often."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Document:
    """A page as it can be found."""

    url: str
    """From the root of the language: ``visit/yen-tu/``."""
    group: str
    """Under which heading it is listed: ``place``."""
    title: str
    original: str = ""
    """Title in the source language, where that is another: what stands on signs and maps."""
    summary: str = ""
    sections: list[Section] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)

    def texts(self) -> tuple[list[str], ...]:
        """Return what stands in each of the fields."""
        headings = [section.heading for section in self.sections]
        text = [section.text for section in self.sections]
        return [self.title, self.original], self.names, [*headings, *self.topics], text, self.also

    @cached_property
    def counted(self) -> list[Counter[str]]:
        """The terms of each field; nothing of the document is changed afterwards."""
        return [count(texts) for texts in self.texts()]

    def shown(self) -> list[Any]:
        """Return what a list of results shows of the page."""
        sections = [[s.heading, s.anchor, s.text] for s in self.sections]
        return [self.url, self.group, self.title, self.original, self.summary, sections]


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def script(documents: Sequence[Document], language: str, source: str, texts: dict[str, Any]) -> str:
    """
    Return the script of a language.

    ``source`` is the language of original titles, ``texts`` are what the results say to readers.
    """
    counted = [document.counted for document in documents]
    index = places(counted)
    data = {
        "format": FORMAT,
        "language": language,
        "source": source,
        "texts": texts,
        "fields": FIELDS,
        "pages": [document.shown() for document in documents],
        "lengths": [[len(field) for field in fields] for fields in counted],
        "terms": "\n".join(index),
        "postings": "\n".join(map(postings, index.values())),
    }
    found = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # A lone surrogate, which a page cannot have but a text of a site may, is no UTF-8.
    return f'"use strict";window.quangbaSearch={found};\n'.encode(errors="replace").decode()


def count(texts: Sequence[str]) -> Counter[str]:
    """Count the terms of a field."""
    return Counter(itertools.chain.from_iterable(map(terms, texts)))


def places(counted: Sequence[Sequence[Counter[str]]]) -> dict[str, Places]:
    """Return where each term stands, terms sorted."""
    found: dict[str, Places] = {}
    for page, fields in enumerate(counted):
        for number, terms_of_field in enumerate(fields):
            for term, times in terms_of_field.items():
                found.setdefault(term, {}).setdefault(number, {})[page] = times
    return dict(sorted(found.items()))


def postings(found: Places) -> str:
    """
    Write where a term stands: a letter for the field, then how many pages on, and how often.

    The first page is counted from -1, so that 1 is the page that follows.

    >>> postings({0: {0: 1}, 3: {0: 2, 4: 1}})
    'a1d1.2,4'
    """
    return "".join(chr(97 + number) + steps(pages) for number, pages in sorted(found.items()))


def steps(pages: dict[int, int]) -> str:
    """Write the pages of one field."""
    written, before = [], -1
    for page, times in sorted(pages.items()):
        written.append(str(page - before) + (f".{times}" if times > 1 else ""))
        before = page
    return ",".join(written)
