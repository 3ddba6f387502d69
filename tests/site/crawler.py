"""A small crawler: HTML pages as trees, and where their links lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"})
VOID |= {"source", "track", "wbr"}

CSS_URL = re.compile(r"""(?:url\(|@import\s)\s*["']?([^"')]+)""")

RESOURCES = (
    ("img", "src"),
    ("script", "src"),
    ("source", "src"),
    ("video", "src"),
    ("video", "poster"),
    ("audio", "src"),
    ("iframe", "src"),
    ("embed", "src"),
    ("object", "data"),
    ("use", "href"),
    ("image", "href"),
)
"""What a browser fetches by itself; ``link`` depends on its ``rel``."""

NOT_FETCHED = frozenset({"canonical", "alternate", "prev", "next"})

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Node:
    """An element."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: Node | None = None
    children: list[Node | str] = field(default_factory=list)

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def all(self, tag: str = "", **wanted: str) -> list[Node]:
        """Return the elements below, by tag and attributes; ``class_`` is one of the classes."""
        return [node for node in self.walk() if node is not self and node.fits(tag, wanted)]

    def one(self, tag: str = "", **wanted: str) -> Node:
        found = self.all(tag, **wanted)
        assert len(found) == 1, f"{len(found)} × <{tag}> {wanted}"
        return found[0]

    def fits(self, tag: str, wanted: dict[str, str]) -> bool:
        wanted = dict(wanted)
        kind = wanted.pop("class_", None)
        return (
            (not tag or self.tag == tag)
            and (kind is None or kind in self.get("class").split())
            and all(self.attributes.get(name) == value for name, value in wanted.items())
        )

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def text(self, *without: str) -> str:
        """Return the visible text, single-spaced; parts in a language or class may stay out."""
        return re.sub(r"[ \t\n]+", " ", "".join(self.strings(without))).strip()

    def strings(self, without: tuple[str, ...] = ()) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in ("script", "style") and not (
                {child.get("lang"), *child.get("class").split()} & set(without)
            ):
                inline = child.tag in ("a", "em", "strong", "span", "small", "code", "sup", "sub")
                yield "" if inline else " "
                yield from child.strings(without)
                yield "" if inline else " "


class Tree(HTMLParser):
    """Builds the tree of a page; what is not nested well is in ``wrong``."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.root = self.here = Node("")
        self.wrong: list[str] = []
        self.feed(text)
        self.close()
        if self.here is not self.root:
            self.wrong.append(f"<{self.here.tag}> is open")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.wrong.append(f"<{tag}>: an attribute stands twice")
        node = Node(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(node)
        if tag not in VOID:
            self.here = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.here.tag != tag or self.here.parent is None:
            self.wrong.append(f"</{tag}> line {self.getpos()[0]} closes <{self.here.tag}>")
        else:
            self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


@dataclass
class Document:
    """A page of a built site."""

    path: str
    """From the folder of the site: ``en/visit/visas/index.html``."""
    raw: str
    root: Node
    wrong: list[str]

    @property
    def url(self) -> str:
        """The address: ``/en/visit/visas/``."""
        return "/" + self.path.removesuffix("index.html")

    @property
    def ids(self) -> list[str]:
        return [node.attributes["id"] for node in self.root.walk() if "id" in node.attributes]

    @property
    def h1(self) -> str:
        return self.root.one("h1").text()

    @property
    def main(self) -> Node:
        return self.root.one("main")

    @property
    def noindex(self) -> bool:
        return any(
            "noindex" in node.get("content") for node in self.root.all("meta", name="robots")
        )

    @property
    def alternates(self) -> dict[str, str]:
        links = self.root.all("link", rel="alternate")
        return {n.get("hreflang"): n.get("href") for n in links if n.get("hreflang")}

    def notices(self) -> dict[str, str]:
        """Return the texts of the notices by kind."""
        return {
            node.get("class").split("--")[-1]: node.text()
            for node in self.root.all(class_="notice")
        }

    def links(self) -> list[Node]:
        return [node for node in self.root.all("a") if "href" in node.attributes]

    def to(self, href: str) -> str:
        """Return the address that a link of the page leads to."""
        return urljoin(self.url, href)

    def resources(self) -> list[str]:
        """Return the addresses that a browser fetches for the page."""
        found = [
            node.get(name)
            for tag, name in RESOURCES
            for node in self.root.all(tag)
            if node.get(name)
        ]
        for node in self.root.all():
            for part in node.get("srcset").split(","):
                found += part.split()[:1]
        found += [
            node.get("href")
            for node in self.root.all("link")
            if node.get("rel") not in NOT_FETCHED and node.get("href")
        ]
        return [self.to(href) for href in found if not href.startswith("data:")]


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def read(folder: Path) -> dict[str, Document]:
    """Return the HTML pages of a built site by path from its folder."""
    found = {}
    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(folder).as_posix()
        raw = path.read_text(encoding="utf-8")
        tree = Tree(raw)
        found[name] = Document(name, raw, tree.root, tree.wrong)
    return found


def file_of(address: str) -> str:
    """
    Return the file that a server sends for an address of the site.

    >>> file_of('/en/visit/#top'), file_of('/images/a%20b.svg')
    ('en/visit/index.html', 'images/a b.svg')
    """
    path = unquote(urlsplit(address).path).removeprefix("/")
    return f"{path}index.html" if path == "" or path.endswith("/") else path


def css_urls(folder: Path, sheet: str) -> list[str]:
    """Return the addresses that a style sheet fetches."""
    text = (folder / file_of(sheet)).read_text(encoding="utf-8")
    return [urljoin(sheet, url) for url in CSS_URL.findall(text) if not url.startswith("data:")]
