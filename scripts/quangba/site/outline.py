"""Outline: the navigation of one language as plain data, which processes can hand to each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """A section, a page or a link."""

    title: str
    """Plain text in the language."""
    page: str | None = None
    """Path from ``content/``: ``visit/yen-tu.md``."""
    url: str | None = None
    """Address of a link."""
    children: tuple[Entry, ...] = ()

    @property
    def is_section(self) -> bool:
        """Tell whether it only holds others."""
        return self.page is None and self.url is None

    def pages(self) -> Iterator[str]:
        """Yield the pages in it, in order."""
        if self.page is not None:
            yield self.page
        for child in self.children:
            yield from child.pages()


@dataclass(frozen=True)
class Outline:
    """The whole navigation."""

    items: tuple[Entry, ...] = ()
    order: dict[str, int] = field(default_factory=dict)
    """The place of each page in reading order."""

    def titles(self) -> dict[str, str]:
        """Return the titles of all pages in it."""
        return dict(titles_below(self.items))

    def __hash__(self) -> int:
        return self.digest

    @cached_property
    def digest(self) -> int:
        """The hash, which looks at every entry and is asked for on every page."""
        return hash(self.items)

    @classmethod
    def of(cls, nav: Navigation | None) -> Outline:
        """Read MkDocs' navigation; the titles of its pages must be known by now."""
        if nav is None:
            return cls()
        order = {page.file.src_uri: number for number, page in enumerate(nav.pages)}
        return cls(tuple(map(entry_of, nav.items)), order)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def titles_below(items: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """Yield pages and their titles."""
    for item in items:
        if item.page is not None:
            yield item.page, item.title
        yield from titles_below(item.children)


def entry_of(item: StructureItem) -> Entry:
    """Read one item and what is below it."""
    if isinstance(item, Page):
        return Entry(str(item.title or item.file.name), page=item.file.src_uri)
    if isinstance(item, Section):
        return Entry(str(item.title), children=tuple(map(entry_of, item.children)))
    assert isinstance(item, Link)
    return Entry(str(item.title), url=item.url)
