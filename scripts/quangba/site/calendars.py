"""
Calendars: ``events/<id>.ics`` for each event, ``events/events.ics`` for all, in each language.

iCalendar (RFC 5545, RFC 7986) by the library ``icalendar``. An event of a whole day has no hour and
no time zone, so a calendar anywhere shows the day that it is in Việt Nam. A day that somebody still
has to confirm, or that is only near, is TENTATIVE. The same pages give the same bytes.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from quangba.errors import QuangbaError
from quangba.site.projects import one_line, site_name
from quangba.source.facts import format_day, is_day
from quangba.source.labels import LABELS
from quangba.source.occurrences import Occurrence, occurrences, rule_words
from quangba.source.text import CONTROL

if TYPE_CHECKING:
    from icalendar import Event  # it takes a while to load, and few pages are events

    from quangba.site.context import SiteContext
    from quangba.site.outputs import Output, Rendered

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ALL = "events/events.ics"
"""The calendar of all events, from the root of a language."""

PRODUCT = "-//Quang Ba//Events//VI"
"""Who made the file, as the standard wants it (RFC 5545 §3.7.3)."""

NOTES = LABELS["event_note"]

UNKNOWN_HOST = "quangba.invalid"
"""Stands in names of events where a site does not know its own address (RFC 2606)."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def write_calendars(output: Output) -> None:
    """
    Write the calendars of a language; a language without dated events has none.

    Raises ``QuangbaError`` when two events would share a file.
    """
    events: list[Event] = []
    written: dict[str, str] = {}
    for page in output.of_kind("event"):
        found = entries(output, page)
        if not found:
            continue  # a calendar without entries is none (RFC 5545 §3.6)
        path = calendar_path(page.name, page.meta)
        if path in written or path == ALL:
            file = output.context.workspace.settings.page_file(page.name)
            raise QuangbaError("kind-twin", file, id=path, other=written.get(path, ALL))
        written[path] = page.name
        output.write(path, calendar(output, page.title, found))
        events += found
    if events:
        # By day, whichever page says it.
        events.sort(key=lambda event: (str(event.decoded("dtstart")), str(event["uid"])))
        title = output.context.interface(LABELS["series"]["event"])
        output.write(ALL, calendar(output, f"{title} – {site_name(output.context)}", events))


def calendar_path(name: str, meta: dict[str, Any]) -> str:
    """
    Return where the calendar of an event is, from the root of a language.

    >>> calendar_path('visit/events/yen-tu.md', {})
    'events/yen-tu.ics'
    """
    stem = name.rpartition("/")[2].removesuffix(".md")
    return f"events/{meta.get('id') or stem}.ics"


def calendar(output: Output, title: str, events: list[Event]) -> bytes:
    """Return a file with some events."""
    from icalendar import Calendar, vText

    context = output.context
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", PRODUCT)
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        made.add(name, vText(one_line(clean(title))), parameters=language(context))
    if context.workspace.settings.options.sample:
        for name in ("description", "x-wr-caldesc"):
            text = context.interface(NOTES["sample"])
            made.add(name, vText(one_line(clean(text))), parameters=language(context))
    for event in events:
        made.add_component(event)
    data: bytes = made.to_ical()
    return data


def entries(output: Output, page: Rendered) -> list[Event]:
    """Return the occurrences of an event as entries of a calendar."""
    return [
        entry(output, page, item) for item in occurrences(page.meta, output.context.workspace.today)
    ]


def entry(output: Output, page: Rendered, item: Occurrence) -> Event:
    """Return one occurrence as an entry."""
    from icalendar import Event as Entry

    context = output.context
    spoken = language(context)
    made = Entry()
    made.add("uid", f"{page.name.removesuffix('.md')}/{item.key}@{host(context)}")
    made.add("dtstamp", stamp(context, page))
    made.add("dtstart", item.start)
    made.add("dtend", item.end + timedelta(days=1))  # the first day after it (RFC 5545 §3.6.1)
    made.add("summary", one_line(clean(page.title)), parameters=spoken)
    made.add("description", clean(description(output, page, item)), parameters=spoken)
    where = location(output, page)
    if where:
        made.add("location", clean(where), parameters=spoken)
    if context.config.site_url:
        made.add("url", context.absolute(page.name))
    made.add("status", "CONFIRMED" if item.exact and item.sure else "TENTATIVE")
    made.add("transp", "TRANSPARENT")
    return made


def description(output: Output, page: Rendered, item: Occurrence) -> str:
    """Say what the event is, what its days stand on, and where the page is."""
    context = output.context
    notes = [
        name for name, said in (("inexact", not item.exact), ("unsure", not item.sure)) if said
    ]
    source = source_line(context, item.source or page.meta.get("source"))
    sample = context.workspace.settings.options.sample
    parts = [
        page.description or str(page.meta.get("lead") or ""),
        rule_words(page.meta, context.language.code, context.interface).unescape(),
        *(context.interface(NOTES[name]) for name in notes),
        context.interface(NOTES["source"]).replace("{source}", source) if source else "",
        context.interface(NOTES["sample"]) if sample else "",
        context.absolute(page.name) if context.config.site_url else "",
    ]
    return "\n".join(part for part in parts if part)


def source_line(context: SiteContext, source: Any) -> str:
    """Name a published source in one line: title, publisher, date or the day it was read."""
    if not isinstance(source, dict):
        return ""
    code = context.language.code
    parts = [source.get("title"), source.get("publisher")]
    if source.get("date"):
        parts.append(format_day(str(source["date"]), code))
    elif source.get("seen"):
        day = format_day(str(source["seen"]), code)
        parts.append(context.interface(NOTES["seen"]).replace("{date}", day))
    return ", ".join(str(part) for part in parts if part)


def location(output: Output, page: Rendered) -> str:
    """Say where an event is: place, present-day units, province."""
    context = output.context
    communes = page.meta.get("communes")
    names = communes if isinstance(communes, list) else []
    parts = [context.commune(str(name)) for name in names]
    place = page.meta.get("place")
    if any(other.name == place for other in output.pages):
        parts.insert(0, context.title_of(str(place)))
    return ", ".join([*parts, site_name(context)]) if parts else ""


def stamp(context: SiteContext, page: Rendered) -> datetime:
    """Return when the entry was made: on the day of the last approval or review, in UTC."""
    days = (
        context.last_changed(page.name, context.language),
        page.meta.get("reviewed_on"),
        context.workspace.today.isoformat(),
    )
    day = next(str(day) for day in days if is_day(day) and len(str(day)) == 10)
    return datetime.combine(date.fromisoformat(day), time(), UTC)


def host(context: SiteContext) -> str:
    """Return the name of the site's server."""
    return urlsplit(context.config.site_url or "").hostname or UNKNOWN_HOST


def language(context: SiteContext) -> dict[str, str]:
    """Return the parameter that names the language of a text."""
    return {"LANGUAGE": context.language.html_lang}


def clean(text: str) -> str:
    """Return a text without characters that a calendar may not hold."""
    return CONTROL.sub("", text.replace("\r", " ")).strip()
