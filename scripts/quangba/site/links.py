"""Links to pages that do not appear: plain text, or without the anchor that is not there."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from quangba.source.assets import resolve

PRIORITY = 2
"""After the inline phase, before MkDocs resolves links (``relpath``, 0)."""


class LinkProcessor(Treeprocessor):
    """Change links according to what appears in the language that is built."""

    def __init__(self, md: Markdown, extension: LinkExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        for element in root.iter("a"):
            self.link(element, element.get("href", ""))

    def link(self, element: Element, href: str) -> None:
        """Change one link."""
        parts = urlsplit(href)
        if parts.scheme or parts.netloc or not parts.path.endswith(".md"):
            return
        page, target = self.extension.page, resolve(self.extension.page, href)
        if target in self.extension.redirects:
            target = self.extension.redirects[target]
            path = posixpath.relpath(target, posixpath.dirname(page) or ".")
            parts = parts._replace(path=path)
            element.set("href", urlunsplit(parts))
        state = self.extension.state(target)
        if state == "refused":
            element.tag = "span"
            for name in list(element.attrib):
                del element.attrib[name]
        elif state in ("missing", "withdrawn") and parts.fragment:
            element.set("href", urlunsplit(parts._replace(fragment="")))


class LinkExtension(Extension):
    """
    The Markdown extension that carries :class:`LinkProcessor`.

    ``state(page)`` says of a page's name: ``published``, ``missing`` (in this language),
    ``withdrawn`` or ``refused``.
    """

    def __init__(self) -> None:
        super().__init__()
        self.page = ""
        self.state: Callable[[str], str] = lambda page: "published"
        self.redirects: dict[str, str] = {}
        """Old and new names of renamed pages: links to the old one keep working."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the tree processor."""
        md.treeprocessors.register(LinkProcessor(md, self), "quangba-links", PRIORITY)
