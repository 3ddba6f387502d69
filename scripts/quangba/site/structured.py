"""
Structured data: what search engines are told of a page, as JSON-LD in the words of schema.org.

Only what the front matter says: no hours, prices or coordinates that have no source. While the
site is a sample nobody is called a government organisation.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup

from quangba.site.context import SiteContext
from quangba.site.datasets import dataset_jsonld
from quangba.site.records import WEB
from quangba.source.occurrences import occurrences

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FEATURES = {
    "beach": "Beach",
    "museum": "Museum",
    "pagoda": "BuddhistTemple",
    "temple": "PlaceOfWorship",
    "communal-house": "LandmarksOrHistoricalBuildings",
    "battlefield": "LandmarksOrHistoricalBuildings",
    "national-park": "Park",
    "mountain": "Mountain",
    "bay": "BodyOfWater",
}
"""Features of places that schema.org has a type for."""

GATES = {"seaport": "BoatTerminal", "airport": "Airport"}
"""Kinds of gates that schema.org has a type for; the others are civic structures."""

PAGES = {"hub": "CollectionPage", "home": "WebPage", "projects": "CollectionPage"}

Data = dict[str, Any]

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def structured(site: SiteContext, name: str, trail: list[tuple[str, str]]) -> list[Data]:
    """
    Return the JSON-LD objects of a page; ``trail`` holds title and page of its breadcrumbs.

    Nothing without an absolute address of the site: schema.org identifies by address.
    """
    if not site.config.site_url:
        return []
    meta = site.meta_of(name)
    kind = str(meta.get("type", "article"))
    make = MAKERS.get(kind)
    found = [{**common(site, name), **thing} for thing in (make(site, meta) if make else [])]
    if not found:
        found = [{**common(site, name), "@type": PAGES.get(kind, "WebPage")}]
    if name == "index.md":
        found.append(website(site))
    if kind == "projects":
        found.append({**dataset_jsonld(site), "@context": "https://schema.org"})
    if trail:
        found.append(breadcrumbs(site, trail, name))
    return found


def script(data: list[Data]) -> Markup | None:
    """
    Return JSON that may stand in a ``<script>``: no tag can begin or end inside. None for nothing.

    >>> script([{'name': '</script>'}])
    Markup('[{"name":"\\\\u003c/script>"}]')
    """
    if not data:
        return None
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("\u2028", " ").replace("\u2029", " "))


def common(site: SiteContext, name: str) -> Data:
    """Return what is said of every page."""
    meta = site.meta_of(name)
    data: Data = {
        "@context": "https://schema.org",
        "name": site.title_of(name),
        "url": site.absolute(name),
        "inLanguage": site.language.html_lang,
        "isPartOf": {"@type": "WebSite", "url": site.absolute("index.md")},
    }
    text = meta.get("description") or meta.get("lead")
    if text:
        data["description"] = str(text)
    if meta.get("image"):
        data["image"] = urljoin(site.config.site_url or "/", str(meta["image"]))
    changed = site.last_changed(name, site.language)
    if changed:
        data["dateModified"] = changed
    return data


def website(site: SiteContext) -> Data:
    """Describe the site and how it is searched."""
    search = urljoin(site.config.site_url or "/", site.file("search/"))
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": site.text("site name", site.workspace.site_name),
        "url": site.absolute("index.md"),
        "inLanguage": site.language.html_lang,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{query}}"},
            "query-input": "required name=query",
        },
    }


def breadcrumbs(site: SiteContext, trail: list[tuple[str, str]], name: str) -> Data:
    """Return the way from the home page to a page."""
    steps = [*trail, (site.title_of(name), name)]
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": title,
                "item": site.absolute(page),
            }
            for position, (title, page) in enumerate(steps, 1)
        ],
    }


def area(site: SiteContext, meta: Data) -> Data:
    """Return the present-day units that a record lies in."""
    names = [site.commune(name) for name in meta.get("communes") or []]
    if not names:
        return {}
    areas = [{"@type": "AdministrativeArea", "name": name} for name in names]
    return {"containedInPlace": areas if len(areas) > 1 else areas[0]}


def reference(site: SiteContext, name: Any) -> Data | None:
    """Return a page that another one names, when it is published in the language."""
    known = name in site.workspace.names
    if not known or not site.publisher.published(str(name), site.language):
        return None
    return {"@type": "Place", "name": site.title_of(name), "url": site.absolute(name)}


def place(site: SiteContext, meta: Data) -> list[Data]:
    """Describe a place to visit."""
    kinds = dict.fromkeys(FEATURES[f] for f in meta.get("features") or [] if f in FEATURES)
    return [{"@type": ["TouristAttraction", *kinds], **area(site, meta)}]


def itinerary(site: SiteContext, meta: Data) -> list[Data]:
    """Describe a trip by its stops."""
    stops = [reference(site, stop.get("place")) for stop in meta.get("stops") or []]
    listed = [
        {"@type": "ListItem", "position": position, "item": stop}
        for position, stop in enumerate(filter(None, stops), 1)
    ]
    return [{"@type": "TouristTrip", "itinerary": {"@type": "ItemList", "itemListElement": listed}}]


def event(site: SiteContext, meta: Data) -> list[Data]:
    """Describe the coming dates of an event; one that nobody confirmed has none."""
    if meta.get("status") == "unconfirmed" or meta.get("about"):
        return []
    location = reference(site, meta.get("place"))
    if location is None:
        return []
    location["address"] = {"@type": "PostalAddress", "addressCountry": "VN"}
    coming = [o for o in occurrences(meta, site.workspace.today) if o.end >= site.workspace.today]
    return [
        {
            "@type": "Festival",
            "startDate": item.start.isoformat(),
            "endDate": item.end.isoformat(),
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "location": location,
        }
        for item in coming[:1]
    ]


def gate(site: SiteContext, meta: Data) -> list[Data]:
    """Describe a gate, port or airport."""
    kind = GATES.get(str(meta.get("gate_kind")), "CivicStructure")
    return [{"@type": kind, **area(site, meta)}]


def zone(site: SiteContext, meta: Data) -> list[Data]:
    """Describe an economic zone or park."""
    return [{"@type": "Place", **area(site, meta)}]


def project(site: SiteContext, meta: Data) -> list[Data]:
    """Describe an investment project; schema.org has no type for one."""
    data: Data = {
        "@type": "CreativeWork",
        "about": site.label("sector", meta.get("sector")),
        "temporalCoverage": str(meta.get("as_of")),
    }
    return [{**data, **based_on(meta), **area_as_coverage(site, meta)}]


def area_as_coverage(site: SiteContext, meta: Data) -> Data:
    """Say where a project is."""
    found = area(site, meta)
    return {"spatialCoverage": found["containedInPlace"]} if found else {}


def news(site: SiteContext, meta: Data) -> list[Data]:
    """Describe a news item or an official statement."""
    kind = "NewsArticle" if meta.get("type") == "news" else "Article"
    author = {"@type": "Organization", "name": site.text("site name", site.workspace.site_name)}
    return [
        {
            "@type": kind,
            "headline": str(meta.get("title", "")),
            "datePublished": str(meta.get("date")),
            "author": author,
            **based_on(meta),
        }
    ]


def based_on(meta: Data) -> Data:
    """Name the source of a record."""
    source = meta.get("source") or {}
    return {"isBasedOn": source["url"]} if WEB.match(str(source.get("url"))) else {}


def steps(site: SiteContext, meta: Data) -> list[Data]:
    """Describe a step sheet."""
    listed = [
        {
            "@type": "HowToStep",
            "position": position,
            "name": str(step.get("title", "")),
            "text": str(step.get("text") or step.get("title", "")),
        }
        for position, step in enumerate(meta.get("steps") or [], 1)
    ]
    return [{"@type": "HowTo", "step": listed}] if listed else []


MAKERS: dict[str, Callable[[SiteContext, Data], list[Data]]] = {
    "place": place,
    "itinerary": itinerary,
    "event": event,
    "gate": gate,
    "zone": zone,
    "project": project,
    "news": news,
    "statement": news,
    "steps": steps,
}
"""What each kind of page is in the words of schema.org."""
