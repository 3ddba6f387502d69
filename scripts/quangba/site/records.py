"""
Records: pages as data. Lists, cards and related pages are made from front matter, never written.

A record is what one page looks like from another one: title, lead, address, picture and its front
matter in the reader's language, every string escaped for HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypedDict

from markupsafe import escape

from quangba.catalogs.workspace import Workspace
from quangba.site.context import SiteContext

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

REFERENCES = ("near", "place", "zone", "gates", "start", "stops", "onward")
"""Fields of front matter that name other pages (``source/kinds``)."""

NEWEST_FIRST = ("news", "statement")

WEB = re.compile(r"https?://[^\s/]")
"""How an address of the web begins."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------

Record = dict[str, Any]


class Shelf(TypedDict):
    """One list of a hub."""

    title: str
    text: str
    empty: str
    kind: str
    records: list[Record]
    more: str | None
    """Address of the page that shows them all."""


class Records:
    """The published pages of a language, as one page links to them."""

    def __init__(
        self, site: SiteContext, link: Callable[[str], str], order: dict[str, int]
    ) -> None:
        self.site, self.link, self.order = site, link, order

    def url_of(self, name: str) -> str | None:
        """Return the address of a page, None when it is not published in the language."""
        if not self.published(name):
            return None
        return self.link(self.site.url(name))

    def published(self, name: str) -> bool:
        """Tell whether a page may be named in the language."""
        site = self.site
        return name in site.workspace.names and site.publisher.published(name, site.language)

    def record(self, name: str) -> Record:
        """Return one page."""
        site = self.site
        if name not in site.records:
            site.records[name] = base_record(site, name)
        record = dict(site.records[name])
        record["url"] = self.link(site.url(name))
        image = record["meta"].get("image")
        record["image"] = self.link(str(image)) if image else None
        record["picture"] = site.media.picture(str(image), self.link) if image else None
        return record

    def select(
        self,
        kind: str | Iterable[str],
        folder: str | None = None,
        area: str | None = None,
        pages: list[str] | None = None,
        limit: int | None = None,
        zone_kind: str | None = None,
    ) -> list[Record]:
        """Return the records of a kind: those named by ``pages`` in that order, or all, sorted."""
        kinds = {kind} if isinstance(kind, str) else set(kind)
        names = pages if pages is not None else self.site.workspace.names
        found = []
        for name in names:
            if not self.published(name):
                continue
            meta = self.site.meta_of(name)
            wanted = pages is not None or str(meta.get("type", "article")) in kinds
            wanted = wanted and (folder is None or name.startswith(f"{folder.rstrip('/')}/"))
            wanted = wanted and area in (None, meta.get("area"))
            wanted = wanted and zone_kind in (None, meta.get("zone_kind"))
            if wanted:
                found.append(name)
        if pages is None:
            found.sort(key=self.sort_key)
            if kinds & set(NEWEST_FIRST):
                found.sort(key=lambda name: str(self.site.meta_of(name).get("date")), reverse=True)
        return [self.record(name) for name in found[:limit]]

    def sort_key(self, name: str) -> tuple[int, str, str]:
        """Sort by the navigation, events by their next day, all others by name of the file."""
        place = self.order.get(name, len(self.order))
        return place, self.site.next_day(name), name

    def shelf(self, asked: dict[str, Any]) -> Shelf:
        """Return the list that a hub's front matter asks for."""
        records = self.select(
            asked["kind"],
            folder=asked.get("folder"),
            area=asked.get("area"),
            pages=asked.get("pages"),
            limit=asked.get("limit"),
            zone_kind=asked.get("zone_kind"),
        )
        return Shelf(
            title=escape(asked.get("title", "")),
            text=escape(asked.get("text", "")),
            empty=escape(asked.get("empty", "")),
            kind=escape(asked["kind"]),
            records=records,
            more=self.url_of(asked["all"]) if asked.get("all") else None,
        )

    def related(self, name: str) -> dict[str, list[Record]]:
        """Return the pages that a page names and that name it, by kind."""
        workspace = self.site.workspace
        names = dict.fromkeys(references(workspace.page(name).meta))
        names.update(dict.fromkeys(self.site.referrers.get(name, [])))
        names.pop(name, None)
        found: dict[str, list[Record]] = {}
        for other in names:
            if self.published(other) and self.belongs(other, name):
                record = self.record(other)
                found.setdefault(record["kind"], []).append(record)
        if "event" in found:
            found["event"].sort(key=lambda record: self.site.next_day(record["name"]))
        return found

    def belongs(self, other: str, name: str) -> bool:
        """Tell whether a page may be listed on another: an event only where it takes place."""
        event = self.site.workspace.page(other).meta
        here = self.site.workspace.page(name).meta.get("type")
        return event.get("type") != "event" or here != "place" or event.get("place") == name


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def base_record(site: SiteContext, name: str) -> Record:
    """Return what a record says wherever it is shown."""
    meta = site.meta_of(name)
    lead = meta.get("lead") or ""
    return {
        "name": name,
        "kind": escape(meta.get("type", "article")),
        "title": escape(site.title_of(name)),
        "lead": escape(lead),
        "description": escape(meta.get("description") or lead or summary(site, meta)),
        "image_alt": escape(meta.get("image_alt", "")),
        "meta": escaped(meta),
    }


def summary(site: SiteContext, meta: dict[str, Any]) -> str:
    """
    Describe a record that has no lead, from its front matter: sector, state, place, amounts.

    The dots between the parts are the same in all languages.
    """
    parts: list[str] = []
    if meta.get("type") == "project":
        parts = [
            site.label("sector", meta.get("sector")),
            site.label("project_status", meta.get("status")),
            *(site.commune(name) for name in meta.get("communes") or []),
        ]
        if not meta.get("communes") and meta.get("former_place"):
            parts.append(str(meta["former_place"]))
        for field, currency in (("capital_vnd", "VND"), ("capital_usd", "USD")):
            if meta.get(field):
                parts.append(site.money(meta[field], currency, meta.get("precision")))
    elif meta.get("type") == "contact":
        parts = [site.label("audience", meta.get("audience"))]
    elif meta.get("type") == "zone":
        parts = [
            site.label("zone_kind", meta.get("zone_kind")),
            site.label("zone_status", meta.get("status")),
        ]
    return " · ".join(part for part in parts if part)


def references(meta: dict[str, Any]) -> Iterator[str]:
    """
    Yield the pages that front matter names.

    >>> list(references({'place': 'a.md', 'stops': [{'place': 'b.md', 'text': 'c'}]}))
    ['a.md', 'b.md']
    """

    def pages(value: Any) -> Iterator[str]:
        if isinstance(value, str) and value.endswith(".md"):
            yield value
        elif isinstance(value, dict):
            for item in value.values():
                yield from pages(item)
        elif isinstance(value, list):
            for item in value:
                yield from pages(item)

    for field in REFERENCES:
        yield from pages(meta.get(field))


def all_referrers(workspace: Workspace) -> dict[str, list[str]]:
    """Return for each page the pages whose front matter names it."""
    found: dict[str, list[str]] = {}
    for name in workspace.names:
        for target in dict.fromkeys(references(workspace.page(name).meta)):
            found.setdefault(target, []).append(name)
    return found


def escaped(value: Any) -> Any:
    """
    Escape every string of front matter for HTML; numbers and structure stay.

    An address that is none of the web is left out, whatever let it come so far.

    >>> escaped({'url': 'javascript:x', 'title': 'A & B'})
    {'url': None, 'title': Markup('A &amp; B')}
    """
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, dict):
        return {
            key: None if key == "url" and not WEB.match(str(item)) else escaped(item)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [escaped(item) for item in value]
    return value
