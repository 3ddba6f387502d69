"""
Outputs: what a site has besides its pages, written when all pages of all languages are rendered.

A *writer* is called once for each language with its :class:`Output`; a *finisher* is called once
with all of them. Same input, same bytes: they know no clock and no chance.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import jinja2

from quangba.errors import Problem
from quangba.files import put, second_name
from quangba.search.index import Document
from quangba.site.context import SiteContext
from quangba.site.outline import Outline

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Rendered:
    """One page as it is published in one language."""

    name: str
    """Path from ``content/``: ``visit/yen-tu.md``."""
    url: str
    """Address from the root of the site: ``ja/visit/yen-tu/``."""
    kind: str
    """Its ``type``."""
    title: str
    """Plain text, as all strings here."""
    description: str
    meta: dict[str, Any]
    """Front matter in the language, facts put in, not escaped."""
    html: str
    """What the Markdown of the page became."""


@dataclass
class Output:
    """One language of a site whose pages are all rendered."""

    context: SiteContext
    folder: Path
    """Root of the site that is being built."""
    pages: list[Rendered] = field(default_factory=list)
    """Published pages in the order of their names."""
    nav: Outline = field(default_factory=Outline)
    make_env: Callable[[], jinja2.Environment] | None = None
    """Reads the templates, when they are needed after all pages were rendered."""

    fresh: frozenset[str] | None = None
    """Pages that were rendered anew; None for all."""
    documents: dict[str, Document] = field(default_factory=dict)
    """Pages as they are found, by name; those that are not fresh are from an earlier build."""

    scripts: dict[str, list[str]] = field(default_factory=dict)
    """Source expressions of inline scripts by page; of the first output, for the whole site."""

    linked: Container[str] = ()
    """Files from the root of the site that are as they were; of the first output."""

    def is_fresh(self, name: str) -> bool:
        """Tell whether a page was rendered anew."""
        return self.fresh is None or name in self.fresh

    @cached_property
    def env(self) -> jinja2.Environment:
        """The templates, speaking the language."""
        assert self.make_env is not None, "asked before the templates were read"
        return self.make_env()

    @property
    def root(self) -> str:
        """Path of the language from the root of the site: nothing, or ``ja/``."""
        return self.context.file("")

    def path(self, name: str) -> Path:
        """Return where a file of the language goes; ``name`` starts at the language's root."""
        return self.folder / f"{self.root}{name}"

    def write(self, name: str, data: str | bytes) -> None:
        """Write a file into the folder that takes the place of the old site when all is well."""
        put(self.path(name), data.encode("utf-8") if isinstance(data, str) else data)

    def place(self, name: str, data: bytes, kept: Path | None) -> None:
        """Write a file, as a second name of the one that is ``kept`` where that can be."""
        if kept:
            with suppress(OSError):
                second_name(kept, self.path(name))
                return
        self.write(name, data)

    def render(self, template: str, q: dict[str, Any], base_url: str) -> str:
        """Render a template that stands alone; ``base_url`` leads from there to the root."""
        context = {"config": self.context.config, "page": None}
        return self.env.get_template(template).render(q=q, base_url=base_url, **context)

    def address(self, name: str) -> str:
        """Return the absolute address of a file of the language."""
        return urljoin(self.context.config.site_url or "/", f"{self.root}{name}")

    def of_kind(self, *kinds: str) -> list[Rendered]:
        """Return the pages of some kinds."""
        return [page for page in self.pages if page.kind in kinds]


Writer = Callable[[Output], list[Problem] | None]
"""Returns what is wrong with single pages, if anything; raises what makes the rest useless."""
Finisher = Callable[[list[Output]], list[Problem] | None]
