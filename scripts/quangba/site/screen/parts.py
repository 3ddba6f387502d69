"""
Parts: what the templates of the kiosk edition ask for besides records and texts.

Publishers of a page's figures in short form, the titles of pages that running text links to, and
the ways that begin or end where a gate is. Addresses are relative to the page of the view.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from markupsafe import escape

if TYPE_CHECKING:
    from quangba.site.context import SiteContext
    from quangba.site.views import View

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

DATED = re.compile(
    r"""
    ,\s (?: (?: (?P<day>\d{1,2}) \s )? (?P<month>[A-Z][a-z]{2}) [a-z]* \s )?  # , 23 Sep
    (?P<year>(?:19|20)\d\d) $                                               # 2025
    """,
    re.VERBOSE,
)
"""The day at the end of a publisher's name, as facts give it: ``VnExpress, 23 Sep 2025``."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

PLANNED = "plan"
"""Mode of a way that cannot be taken yet: nobody at a gate needs it."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def publisher_and_day(text: str) -> tuple[str, str]:
    """
    Divide a publisher's name from the day at its end.

    >>> publisher_and_day('VnExpress, 23 Sep 2025'), publisher_and_day('Báo Quảng Ninh, 2021')
    (('VnExpress', '2025-09-23'), ('Báo Quảng Ninh', '2021'))
    >>> publisher_and_day('UNESCO'), publisher_and_day('Forum, Old 2025')
    (('UNESCO', ''), ('Forum, Old 2025', ''))
    """
    match = DATED.search(text)
    month = match["month"] if match else None
    if match is None or (month and month not in MONTHS):
        return text, ""
    parts = [match["year"]]
    if month:
        parts.append(f"{MONTHS.index(month) + 1:02}")
    if match["day"]:
        parts.append(f"{int(match['day']):02}")
    return text[: match.start()], "-".join(parts)


def publishers(site: SiteContext, sources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """
    Return who published the sources of a page, each once in the order of the page.

    Each has ``name``, ``lang`` and ``days``: formatted, on which it said what the page repeats.
    """
    found: dict[str, dict[str, Any]] = {}
    for source in sources:
        name, iso = publisher_and_day(str(source["publisher"] or source["title"]))
        new: dict[str, Any] = {
            "name": escape(name),
            "lang": source["title_lang"] or "vi",
            "days": [],
        }
        entry = found.setdefault(name, new)
        day = site.day(iso) or source["date"]
        if day and day not in entry["days"]:
            entry["days"].append(day)
    return list(found.values())


def title_at(view: View, url: str) -> str | None:
    """Return the title of the published page to which a relative address leads, or None."""
    site = view.site
    path = urljoin(f"/{view.here}", url.partition("#")[0]).removeprefix("/")
    path = path.removesuffix("index.html")
    name = next((n for n in site.workspace.names if site.url(n) == path), None)
    return site.title_of(name) if name and view.records.published(name) else None


def routes(view: View, gate: str) -> list[dict[str, Any]]:
    """
    Return the legs of published routes that begin or end where a gate is; ``gate`` is its page.

    The place is told by the Vietnamese text: ``Móng Cái`` is in ``Cửa khẩu quốc tế Móng Cái``. Each
    leg has what its page gives (``from``, ``to``, ``mode``, ``time``, ``distance``, ``note``), and
    ``there``: its other end, ``arriving``: whether it ends here. What has no source is missing.
    """
    site, found = view.site, []
    title = str(site.workspace.page(gate).meta.get("title", ""))
    for name in site.workspace.names:
        legs = site.workspace.page(name).meta.get("route") or []
        if not legs or not view.records.published(name):
            continue
        for leg, shown in zip(legs, site.meta_of(name)["route"], strict=True):
            begins, ends = (str(leg[end]) in title for end in ("from", "to"))
            if begins != ends and leg["mode"] != PLANNED:
                texts = {key: escape(value) for key, value in shown.items()}
                there = texts["to" if begins else "from"]
                found.append({**texts, "there": there, "arriving": ends, "page": name})
    return found
