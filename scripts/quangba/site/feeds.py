"""
Feeds: ``feeds/news.atom``, ``statements.atom`` and ``projects.atom`` in each language.

Atom 1.0 (RFC 4287), written with the standard library: the well-kept ``feedgen`` stamps the feed
with the hour of the build and its own name, and the same pages must give the same bytes. Dates are
those of the content; a feed without entries has the date on which its list was approved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from quangba.site.projects import site_name
from quangba.source.facts import is_day
from quangba.source.labels import LABELS
from quangba.source.text import CONTROL

if TYPE_CHECKING:
    from quangba.site.context import SiteContext
    from quangba.site.outputs import Output, Rendered

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ATOM = "http://www.w3.org/2005/Atom"

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

FEEDS = {
    "news": "feeds/news.atom",
    "statement": "feeds/statements.atom",
    "project": "feeds/projects.atom",
}
"""Where the feed of each kind of page is, from the root of a language."""

MOST = 50
"""Entries of a feed; older ones stay on the site."""

ZONE = "+07:00"
"""Việt Nam's time: a day of the content begins there."""

SURROGATES = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""What XML may not hold besides control characters."""

SAMPLE = LABELS["event_note"]["sample"]

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """One page as an entry of a feed."""

    name: str
    title: str
    address: str
    """Absolute, and the name of the entry for readers of the feed."""
    published: str
    """ISO date."""
    updated: str
    """ISO date of the last change that its readers should know of."""
    summary: str
    categories: tuple[tuple[str, str], ...] = ()
    """Value and label."""


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def write_feeds(output: Output) -> None:
    """Write the feeds of a language."""
    for kind, path in FEEDS.items():
        output.write(path, feed(output, kind, path))


def feed(output: Output, kind: str, path: str) -> bytes:
    """Return the feed of a kind of page, newest first."""
    context = output.context
    entries = [entry_of(context, page) for page in output.of_kind(kind)]
    entries.sort(key=lambda entry: entry.name)
    entries.sort(key=lambda entry: (entry.updated, entry.published), reverse=True)
    hub = hub_of(output, kind)
    sample = context.workspace.settings.options.sample
    title = f"{context.interface(LABELS['series'][kind])} – {site_name(context)}"
    if sample:
        title += f" ({context.interface(LABELS['series']['sample'])})"
    root = ElementTree.Element("feed", {"xmlns": ATOM, XML_LANG: context.language.html_lang})
    add(root, "id", output.address(path))
    add(root, "title", title)
    if sample:
        add(root, "subtitle", context.interface(SAMPLE))
    add(root, "updated", moment(entries[0].updated if entries else day_of(context, hub)))
    link = {"rel": "self", "type": "application/atom+xml", "href": output.address(path)}
    ElementTree.SubElement(root, "link", link)
    add_alternate(root, context, context.absolute(hub))
    add(ElementTree.SubElement(root, "author"), "name", site_name(context))
    add(root, "rights", context.text("copyright", context.workspace.copyright))
    for entry in entries[:MOST]:
        add_entry(root, context, entry)
    ElementTree.indent(root)
    made: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return made + b"\n"


def add_entry(root: ElementTree.Element, context: SiteContext, entry: Entry) -> None:
    """Add an entry to a feed."""
    made = ElementTree.SubElement(root, "entry")
    add(made, "id", entry.address)
    add(made, "title", entry.title)
    add_alternate(made, context, entry.address)
    add(made, "published", moment(entry.published))
    add(made, "updated", moment(entry.updated))
    for value, label in entry.categories:
        ElementTree.SubElement(made, "category", {"term": clean(value), "label": clean(label)})
    add(made, "summary", entry.summary)


def add_alternate(element: ElementTree.Element, context: SiteContext, address: str) -> None:
    """Say where readers find the same as a page."""
    link = {"rel": "alternate", "type": "text/html", "hreflang": context.language.html_lang}
    ElementTree.SubElement(element, "link", {**link, "href": address})


def add(element: ElementTree.Element, name: str, text: str) -> None:
    """Add an element with plain text, unless there is none to say."""
    if text:
        ElementTree.SubElement(element, name).text = clean(text)


def entry_of(context: SiteContext, page: Rendered) -> Entry:
    """Return a page as an entry."""
    meta = page.meta
    published = whole_day(meta.get("as_of" if page.kind == "project" else "date"))
    published = published or day_of(context, page.name)
    versions = meta.get("versions") if page.kind == "statement" else None
    items = versions if isinstance(versions, list) else []
    days = [whole_day(item.get("date")) for item in items if isinstance(item, dict)]
    label = context.interface(LABELS["series"][page.kind])
    categories = [(page.kind, label)]
    for family, field in (("sector", "sector"), ("project_status", "status")):
        if page.kind == "project" and meta.get(field):
            categories.append((str(meta[field]), context.label(family, meta[field])))
    return Entry(
        page.name,
        page.title,
        context.absolute(page.name),
        published,
        max([published, *days]),
        summary(page),
        tuple(categories),
    )


def summary(page: Rendered) -> str:
    """Return what a page is about; a statement says what was said and what is true."""
    meta = page.meta
    told = [meta.get(field) for field in ("claim", "truth")] if page.kind == "statement" else []
    text = "\n".join(str(part) for part in told if part)
    return text or page.description or str(meta.get("lead") or "") or page.title


def hub_of(output: Output, kind: str) -> str:
    """Return the page that lists a kind of page: one with such a shelf, else the home page."""
    for page in output.of_kind("hub", f"{kind}s"):
        shelves = page.meta.get("shelves")
        items = shelves if isinstance(shelves, list) else []
        kinds = {item.get("kind") for item in items if isinstance(item, dict)}
        if kinds == {kind} or page.kind != "hub":
            return page.name
    return "index.md"


def day_of(context: SiteContext, name: str) -> str:
    """Return when a page was last approved or reviewed, as an ISO date."""
    return (
        whole_day(context.last_changed(name, context.language))
        or whole_day(context.workspace.page(name).meta.get("reviewed_on"))
        or context.workspace.today.isoformat()
    )


def whole_day(value: Any) -> str:
    """
    Return the first day of an ISO date that may lack day or month, nothing for anything else.

    >>> whole_day('2025-12'), whole_day(2025), whole_day(None)
    ('2025-12-01', '2025-01-01', '')
    """
    text = str(value)[:10]
    return text + "-01-01"[: 10 - len(text)] if is_day(text) else ""


def moment(day: str) -> str:
    """Return the beginning of a day as Atom writes it (RFC 3339)."""
    return f"{day}T00:00:00{ZONE}"


def clean(text: str) -> str:
    """Return a text without characters that XML may not hold."""
    return SURROGATES.sub("", CONTROL.sub("", text)).strip()
