"""Anchors: ids of headings and tabs come from the source text, so that deep links survive."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.attr_list import get_attrs_and_remainder
from markdown.extensions.toc import unique

from quangba.source.text import slug

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

NAMELESS = "muc"
"""Id of a heading that has no letters (“mục”: section)."""

GIVEN = re.compile(r"""\{:?[^{}\n]*?#([^\s}"']+)[^{}\n]*\}|<[a-zA-Z][^<>]*?\bid=["']?([^"'\s>]+)""")
"""An id that an editor gave to anything: ``[text](page.md){ #id }``, ``<a id="id">``."""

MARKUP = (
    (re.compile("\x02[^\x03]*\x03"), ""),  # a placeholder of Python-Markdown
    (re.compile(r"\{fact:\w+\}"), ""),  # {fact:visitors_2025}
    (re.compile(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])"), r"\1"),  # [text](page.md)
    (re.compile(r"\[\^[^\]]+\]|</?[a-zA-Z][^>]*>|:[a-z0-9_+-]+:"), ""),  # [^1] <b> :smile:
    (re.compile(r"\{:?[ ]*[.#][^}\n]*\}"), ""),  # { .class }
    (re.compile(r"&#?[A-Za-z0-9]+;"), " "),  # &amp;
)
"""What does not belong to the words of a heading."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def attribute_list(text: str, *, at_end: bool) -> int:
    """
    Return where the attribute list begins that ends a block, or −1; as ``attr_list`` decides.

    With ``at_end`` it may stand on the last line (headings, terms, cells), else it needs a line
    of its own.

    >>> attribute_list('Vé { #ve }', at_end=True), attribute_list('Vé { #ve }', at_end=False)
    (2, -1)
    """
    if "}" not in text:
        return -1
    blank = r"[ \n]+" if at_end else r"[ ]*\n[ ]*"
    match = re.search(blank + r"\{:?[ ]*(?!fact:)([^}\n ][^\n]*)\}[ ]*$", text)
    if not match or get_attrs_and_remainder(match[1])[1]:
        return -1
    return match.start()


def explicit_id(heading: Element) -> str | None:
    """Return the id that an editor gave: ``## Vé { #ve }``."""
    text = heading[-1].tail if len(heading) else heading.text
    start = attribute_list(text or "", at_end=True)
    if start < 0:
        return None
    inner = (text or "")[start:].strip().strip("{}").removeprefix(":")
    return dict(get_attrs_and_remainder(inner)[0]).get("id")


def set_heading_ids(root: Element, md: Markdown) -> list[str]:
    """
    Give headings ids from their source text.

    Ids that editors set (``{ #id }``, ``id=`` in HTML) come first. Returns all ids of headings.
    """
    headings = [element for element in root.iter() if element.tag in HEADINGS]
    used = {element.attrib["id"] for element in root.iter() if "id" in element.attrib}
    used.update(one or two for one, two in GIVEN.findall("\n".join(texts(root, md))))
    counters: dict[str, int] = {}
    explicit = {}
    for heading in headings:
        given = explicit_id(heading) if "attr_list" in md.treeprocessors else None
        if given:
            explicit[heading] = given
            used.add(given)
    for heading in headings:
        if heading not in explicit and "id" not in heading.attrib:
            name = slug(plain_text(heading)) or NAMELESS
            heading.set("id", unique(name, used, counters))  # type: ignore[call-arg] # old stubs
    return [explicit.get(heading, heading.get("id", "")) for heading in headings]


def texts(root: Element, md: Markdown) -> Iterator[str]:
    """Yield every text of a page in which an id may be given, raw HTML included."""
    yield from (text for text in root.itertext() if "#" in text or "id=" in text)
    yield from (raw for raw in md.htmlStash.rawHtmlBlocks if isinstance(raw, str) and "id=" in raw)


def plain_text(element: Element) -> str:
    """Return an element's words without markup, attribute lists and facts."""
    text = "".join(element.itertext())
    end = attribute_list(text, at_end=True)
    if end > 0:
        text = text[:end]
    for pattern, instead in MARKUP:
        text = pattern.sub(instead, text)
    return text


def source_slugs(root: Element, slugify: Callable[[str, str], str]) -> Callable[[str, str], str]:
    """
    Return a function that slugs tabs, in document order, by the labels that they have now.

    ``slugify`` is what pymdownx would call with the labels that they have after translation.
    """
    texts = iter(
        [
            plain_text(label)
            for element in root.iter("div")
            if "tabbed-set" in element.get("class", "").split()
            for holder in (element, *element.findall("div[@class='tabbed-labels']"))
            for label in holder.findall("label")
        ]
    )
    return lambda text, separator: slugify(next(texts, text), separator)


def processor(md: Markdown, name: str) -> Any:
    """Return a tree processor, or None where no extension registered it."""
    return md.treeprocessors[name] if name in md.treeprocessors else None  # noqa: SIM401 (no get)
