"""
Investment projects as published: read from front matter, for the finder and for open data.

One page, one project. What a page says wrongly keeps it out of lists and files; the gate refuses
such pages with a sentence before that (``source/kinds``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

from quangba.source.facts import PRECISIONS, is_day
from quangba.source.kinds import identity, plain
from quangba.source.labels import LABELS

if TYPE_CHECKING:
    from quangba.site.context import SiteContext

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Project:
    """One investment project as published in one language."""

    name: str
    """Page, from the content folder: ``invest/projects/hai-ha-wind.md``."""
    id: str
    title: str
    description: str
    sector: str
    status: str
    communes: tuple[tuple[str, str], ...]
    """Present-day units: in the language, and in Vietnamese."""
    former_place: str
    area_ha: float | None
    capital_vnd: float | None
    capital_usd: float | None
    precision: str | None
    as_of: str
    """ISO date, ``YYYY-MM`` or ``YYYY``."""
    source: dict[str, str]
    """``title``, ``publisher``, ``date`` or ``seen``, and perhaps ``url`` and ``lang``."""
    zone: tuple[str, str] | None
    """Title and page of the zone, when that page is published in the language."""
    note: str
    historic: bool
    reviewed_on: str
    words: str
    """More to search in: Vietnamese names and former names."""


# ----------------------------------------------------------------------------
# Projects
# ----------------------------------------------------------------------------


def projects(context: SiteContext) -> list[Project]:
    """Return the projects that are published in the language, by id."""
    workspace = context.workspace
    found = [
        project_of(context, name)
        for name in workspace.names
        if workspace.page(name).meta.get("type") == "project"
        and context.publisher.published(name, context.language)
        and not faults(workspace.page(name).meta)
    ]
    return sorted(found, key=lambda project: project.id)


def project_of(context: SiteContext, name: str) -> Project:
    """Read a project from the front matter of its page."""
    page = context.workspace.page(name)
    meta = context.meta_of(name)
    units = [str(unit) for unit in meta.get("communes") or []]
    aliases = meta.get("aliases") or []
    former = str(page.meta.get("former_place") or "")
    return Project(
        name=name,
        id=identity(page)[1],
        title=one_line(meta["title"]),
        description=one_line(meta.get("description") or meta.get("lead") or ""),
        sector=str(meta["sector"]),
        status=str(meta["status"]),
        communes=tuple((one_line(context.commune(unit)), unit) for unit in units),
        former_place=one_line(meta.get("former_place") or ""),
        area_ha=number(meta.get("area_ha")),
        capital_vnd=number(meta.get("capital_vnd")),
        capital_usd=number(meta.get("capital_usd")),
        precision=meta.get("precision"),
        as_of=str(meta["as_of"]),
        source={key: one_line(value) for key, value in meta["source"].items() if value},
        zone=zone_of(context, meta.get("zone")),
        note=one_line(meta.get("note") or ""),
        historic=bool(meta.get("historic")),
        reviewed_on=str(meta.get("reviewed_on") or ""),
        words=one_line(" ".join([str(page.meta["title"]), *units, former, *map(str, aliases)])),
    )


def zone_of(context: SiteContext, name: Any) -> tuple[str, str] | None:
    """Return title and page of a zone, when readers of the language can open it."""
    if name not in context.workspace.names:
        return None
    if not context.publisher.published(name, context.language):
        return None
    return one_line(context.meta_of(name).get("title") or name), str(name)


def faults(meta: dict[str, Any]) -> list[str]:
    """
    Return the fields for which a project is left out of lists and files.

    The gate refuses such pages with a sentence (``source/kinds``); a site without a gate shows
    them, but its data must fit the published schema all the same.

    >>> faults({'title': 'A', 'sector': 'magic', 'status': 'planned', 'as_of': 2025})
    ['sector', 'source']
    """
    meta = plain(meta)
    source = meta.get("source")
    wanted = {
        "title": isinstance(meta.get("title"), str) and bool(meta["title"].strip()),
        "sector": str(meta.get("sector")) in LABELS["sector"],
        "status": str(meta.get("status")) in LABELS["project_status"],
        "as_of": is_day(meta.get("as_of")),
        "communes": isinstance(meta.get("communes") or [], list),
        "precision": meta.get("precision") is None or str(meta["precision"]) in PRECISIONS,
        "source": isinstance(source, dict)
        and all(str(source.get(name) or "").strip() for name in ("title", "publisher"))
        and is_day(source.get("date") or source.get("seen"))
        and bool(re.match(r"https?://[^\s/]|$", str(source.get("url") or ""))),
    }
    for name in ("area_ha", "capital_vnd", "capital_usd"):
        wanted[name] = meta.get(name) is None or number(meta[name]) is not None
    return [name for name, right in wanted.items() if not right]


def number(value: Any) -> float | None:
    """
    Return a positive number, whole where it is whole; None for anything else.

    >>> number(82.0), number(50.45), number(-1), number(True), number('7')
    (82, 50.45, None, None, None)
    """
    if type(value) not in (int, float) or not isfinite(value) or value <= 0:
        return None
    return int(value) if value == int(value) else float(value)


def one_line(text: Any) -> str:
    """Return a text of front matter without line breaks and runs of blanks."""
    return re.sub(r"[ \t\r\n\x0b\x0c\u2028\u2029]+", " ", str(text)).strip(" ")


# ----------------------------------------------------------------------------
# Words
# ----------------------------------------------------------------------------


def capital_text(context: SiteContext, project: Project) -> str:
    """Write the capital as the source gives it, in one currency or both; empty without one."""
    amounts = (("VND", project.capital_vnd), ("USD", project.capital_usd))
    texts = [
        context.money(value, currency, project.precision) for currency, value in amounts if value
    ]
    return " / ".join(texts)


def site_name(context: SiteContext) -> str:
    """Return the name of the site in the language."""
    return context.text("site name", context.workspace.site_name)


def list_page(context: SiteContext) -> str | None:
    """Return the page that lists the projects, when it is published in the language."""
    workspace = context.workspace
    pages = (
        name
        for name in workspace.names
        if workspace.page(name).meta.get("type") == "projects"
        and context.publisher.published(name, context.language)
    )
    return next(pages, None)
