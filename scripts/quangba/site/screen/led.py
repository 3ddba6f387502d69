"""
LED: the loop of a large screen that nobody touches, silent, in all languages of its gate.

A slide is one picture, a title, one line and the code of the page on the portal. A picture stays
for one *turn*: every language speaks once, each for one *dwell*, and a turn takes half a minute at
most. Somebody who looks for fifteen seconds sees languages change and, in the row of their names,
how soon the own one comes; a title that could be read comes within half a minute, whenever somebody
begins to look. Were a whole pass spoken in one language after another, that would be five minutes.

Where a page is not published in a language, the gate itself takes its place in that language: the
promise holds, and no unpublished page is shown.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from quangba.errors import Problem
from quangba.site.outputs import Output
from quangba.site.screen.plain_texts import COLONS, glance, sentences
from quangba.site.screen.takeaways import page_takeaway
from quangba.site.screen.views import ScreenView
from quangba.source.occurrences import Occurrence, day_words, occurrences

if TYPE_CHECKING:
    from quangba.site.context import SiteContext
    from quangba.source.profiles import Profile, Screen

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

MOST = 12
"""Slides of a loop: six minutes in six languages."""

EVENTS = 2
"""Slides of them at most for what takes place next."""

TURN_S = 30.0
"""Seconds in which every language has spoken."""

DWELL_S = (5.0, 8.0)
"""Seconds that one language speaks: enough to read title and line, and no longer than it needs."""

COMFORTABLE = 120
"""
Distance by height of capitals: 1 inch at 10 feet (signage rule; research, kiosk §2.1).

Names of languages and dates are half as high (``led.css``), which can just be read.
"""

CAP_HEIGHT = 0.73
"""Height of capitals by size of the font: 0.73 to 0.74 in all faces of the kiosk."""

LINE = 76
"""Width of the one line, in halves of a Chinese character: what is read in half a dwell."""

NARROWEST = 14
"""Width of a screen, in sizes of its own text, below which titles are cut to pieces."""

HOME = "index.md"
"""Speaks where not even the page of the gate is published in a language."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Frame:
    """A slide in one language: what stands on the screen for one dwell."""

    page: str
    """Name of the page that it is about."""
    output: Output
    """Its language."""


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def led_view(outputs: list[Output], profile: Profile, here: str) -> dict[str, Any]:
    """
    Return ``q.led``: ``dwell`` (milliseconds), ``pictures``, and ``frames`` in their order.

    A picture has ``src``, ``width`` and ``height``. A frame has ``lang``, ``language`` (its place
    in the row of languages), ``picture`` (its place among the pictures), ``title``, ``line``,
    ``qr``, ``host`` and ``until`` (ISO date of its last day, or nothing). ``outputs`` are the
    gate's languages in its order, ``here`` is the address of the page.
    """
    views = {id(output): ScreenView(output.context, output.nav, here) for output in outputs}
    pictures: list[dict[str, Any]] = []
    frames = []
    for frame in turns(outputs, profile):
        view = views[id(frame.output)]
        image = image_of(view.site, frame.page, profile)
        picture = view.site.media.picture(image, view.link) if image else None
        if picture is not None and picture not in pictures:
            pictures.append(picture)
        place = pictures.index(picture) if picture is not None else None
        number = outputs.index(frame.output)
        frames.append({**words(view, frame.page), "picture": place, "language": number})
    return {
        "dwell": int(dwell(len({frame["language"] for frame in frames})) * 1000),
        "pictures": pictures,
        "frames": frames,
    }


def turns(outputs: list[Output], profile: Profile) -> Iterator[Frame]:
    """Yield what is shown, in order: each slide in every language."""
    for page in slides(outputs, profile):
        for output in outputs:
            found = next((p for p in (page, profile.page, HOME) if published(output, p)), None)
            if found:
                yield Frame(found, output)


def slides(outputs: list[Output], profile: Profile) -> list[str]:
    """
    Return the pages of a loop: the gate, its tiles, what is next, the ways on, places.

    No picture comes twice; a hub leaves the picture that it shares to the place that it shows. If
    there are too many, those stay that most languages have.
    """
    known = [
        name
        for name in dict.fromkeys(candidates(outputs, profile))
        if any(published(output, name) for output in outputs)
    ]
    context = outputs[0].context
    images = {name: image_of(context, name, profile) for name in known}
    shown = {images[name] for name in known if kind(context, name) != "hub"}
    found: dict[str, str] = {}
    for name, image in images.items():
        shared = kind(context, name) == "hub" and image in shown
        if image and image not in found.values() and not shared:
            found[name] = image
    lacking = {name: sum(not published(output, name) for output in outputs) for name in found}
    places = list(found)
    kept = sorted(places, key=lambda name: (name != profile.page, lacking[name]))[:MOST]
    return sorted(kept, key=places.index)


def candidates(outputs: list[Output], profile: Profile) -> Iterator[str]:
    """Yield pages that a gate may show, those first that matter most at it; some come twice."""
    context = outputs[0].context
    workspace = context.workspace
    gate = workspace.page(profile.page).meta
    yield profile.page
    yield from (tile.page for tile in profile.tiles if tile.page)
    events = upcoming(context)
    yield from events[:EVENTS]
    ways = [way.get("to") for way in gate.get("onward") or []]
    yield from (name for name in [*ways, *(gate.get("near") or [])] if name in workspace.names)
    yield from places(outputs[0])


def places(output: Output) -> Iterator[str]:
    """Yield the pages of places, those in the navigation first and in its order."""
    names = output.context.workspace.names
    known = [name for name in output.nav.order if name in names]
    yield from (name for name in [*known, *names] if kind(output.context, name) == "place")


def upcoming(context: SiteContext) -> list[str]:
    """Return the events whose days are known and certain, the next one first."""
    found = [
        (occurrence.start, name)
        for name in context.workspace.names
        if kind(context, name) == "event" and (occurrence := next_of(context, name))
    ]
    return [name for _, name in sorted(found)]


def next_of(context: SiteContext, name: str) -> Occurrence | None:
    """Return when an event takes place next; None when nobody knows for certain."""
    today = context.workspace.today
    coming = [o for o in occurrences(context.workspace.page(name).meta, today) if o.end >= today]
    return next((occurrence for occurrence in coming if occurrence.sure), None)


def words(view: ScreenView, name: str) -> dict[str, Any]:
    """Return what a frame says, escaped."""
    context = view.site
    take = page_takeaway(context, name, view.link)
    occurrence = next_of(context, name) if kind(context, name) == "event" else None
    return {
        "lang": context.language.html_lang,
        "title": escape(context.title_of(name)),
        "line": escape(line(context, name, occurrence)) or None,
        "qr": take["qr"] if take else None,
        "host": Markup.escape(urlsplit(context.absolute(name)).netloc) or None,
        "until": occurrence.end.isoformat() if occurrence else None,
    }


def line(context: SiteContext, name: str, occurrence: Occurrence | None) -> str:
    """
    Return the one line below a title, or nothing.

    An event says when it is, a gate who may pass, a hub its first figure; any other page how it
    begins, or a glance line.
    """
    meta = context.meta_of(name)
    if occurrence:
        return day_words(occurrence, context.language.code, context.interface)
    if meta.get("type") == "gate":
        return context.label("users", meta["users"])
    figures = [figure for name in meta.get("figures") or [] if (figure := told(context, name))]
    begins = [prefix(str(meta.get(field) or ""), context) for field in ("lead", "description")]
    others = [max(begins, key=len), *glance(context, meta)]
    return next(filter(fits, [*figures, *others]), "").strip()


def told(context: SiteContext, name: str) -> str:
    """Return a figure with its name; nothing for one that is unknown or too old."""
    value, fact = context.fact(name), context.workspace.facts.entries.get(name)
    if value is None or fact is None:
        return ""
    return f"{context.text('fact', fact.label)}{COLONS.get(context.language.code, ': ')}{value}"


def prefix(text: str, context: SiteContext) -> str:
    """Return as many whole sentences from the beginning of a text as are short enough."""
    found = ""
    for sentence in sentences(text, context.language.code):
        if not fits(found + sentence):
            break
        found += sentence
    return found


def fits(text: str) -> bool:
    """
    Tell whether a line can be read in passing.

    >>> fits('Vịnh Hạ Long có hàng nghìn đảo đá.'), fits('x' * 77), fits('湾' * 39)
    (True, False, False)
    """
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return 0 < len(text.strip()) + wide <= LINE


def image_of(context: SiteContext, name: str, profile: Profile) -> str:
    """Return the path of the picture of a page, or nothing; a gate has its first one."""
    image = context.workspace.page(name).meta.get("image")
    return profile.pictures[0] if name == profile.page else str(image or "")


def published(output: Output, name: str) -> bool:
    """Tell whether a page is published in a language."""
    context = output.context
    known = name in context.workspace.names
    return known and context.publisher.published(name, context.language)


def kind(context: SiteContext, name: str) -> str:
    """Return the kind of a page."""
    return str(context.workspace.page(name).meta.get("type", "article"))


def dwell(languages: int) -> float:
    """
    Return how many seconds each language speaks.

    >>> [dwell(number) for number in (6, 4, 1)]
    [5.0, 7.5, 8.0]
    """
    shortest, longest = DWELL_S
    return max(shortest, min(longest, TURN_S / max(1, languages)))


# Sizes


def led_stylesheet(screen: Screen) -> str:
    """Return the sizes of a screen as custom properties: pixels of a mm, and the distance in mm."""
    return (
        f":root {{\n  --mm: {screen.px_per_mm:.4f}px;\n  --distance: {screen.distance_mm:g};\n}}\n"
    )


def text_mm(screen: Screen) -> float:
    """
    Return the size of titles and lines: capitals of one inch for each ten feet of distance.

    >>> from quangba.source.profiles import Screen
    >>> round(text_mm(Screen(55, 1920, 1080, None, 4000)), 1)
    45.7
    """
    return screen.distance_mm / COMFORTABLE / CAP_HEIGHT


def too_far(file: str, profile: Profile) -> Iterator[Problem]:
    """Yield a problem when a screen is too small for those who stand where its profile says."""
    screen = profile.led
    widest = screen.width_mm / NARROWEST
    if text_mm(screen) > widest:
        nearest = screen.distance_mm * widest / text_mm(screen)
        yield Problem.at(
            "led-too-far",
            file,
            profile.line,
            gate=profile.id,
            distance=f"{screen.distance_mm / 1000:g}",
            nearest=f"{int(nearest / 100) / 10:g}",
        )
