"""Writers: everything that a site has besides its pages, in one list."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from quangba.errors import Problem, QuangbaError
from quangba.site.calendars import write_calendars
from quangba.site.datasets import finish_schema, write_datasets
from quangba.site.feeds import write_feeds
from quangba.site.finder import check_rate
from quangba.site.headers import (
    finish_headers,
    finish_robots,
    finish_security,
    finish_sitemap,
)
from quangba.site.outputs import Finisher, Output, Writer
from quangba.site.own_fonts import finish_own_fonts
from quangba.site.pictures import finish_media
from quangba.site.search import write_search
from quangba.site.social import write_cards

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Writers:
    """What an edition has besides its pages."""

    each: tuple[Writer, ...]
    """Called for each language; they look at front matter and at what is known of all pages."""
    each_text: tuple[Writer, ...]
    """Called for each language; what they write changes with any text of a page."""
    once: tuple[Finisher, ...]
    """Called once, with all languages."""
    each_published: tuple[Writer, ...] = ()
    """As ``each``, but left out of a preview: nobody shares a link to it."""


# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

STANDING = {"search.html": "search/", "find.html": "find/"}
"""Templates of pages that no Markdown file makes, and their address in each language."""

PORTAL = Writers(
    each=(write_calendars, write_datasets, check_rate),
    each_text=(write_search, write_feeds),
    each_published=(write_cards,),
    once=(
        finish_media,
        finish_schema,
        finish_robots,
        finish_sitemap,
        finish_security,
        finish_own_fonts,
        finish_headers,
    ),
)

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@cache
def kiosk() -> Writers:
    """Return what screens have; the portal does not load it."""
    from quangba.site.screen.find import check_readings
    from quangba.site.screen.fit import check_tiles
    from quangba.site.screen.fonts import finish_fonts
    from quangba.site.screen.overlay import finish_overlay
    from quangba.site.screen.takeaways import finish_takeaways

    return Writers(
        each=(check_readings, check_tiles),
        each_text=(write_search,),
        once=(finish_overlay, finish_media, finish_takeaways, finish_fonts, finish_headers),
    )


def writers_of(output: Output) -> Writers:
    """Return what the edition has besides its pages."""
    return kiosk() if output.context.workspace.settings.kiosk else PORTAL


def reads_site(outputs: dict[str, Output]) -> bool:
    """Tell whether what all languages share is made from the files of all pages."""
    return next(iter(outputs.values())).context.workspace.settings.kiosk


def write_each(output: Output, *, preview: bool = False) -> list[Problem]:
    """
    Write the outputs of a language; return what was wrong with any of them.

    Of a language whose pages are not all fresh, only texts changed (``driver.py``).
    """
    writers, problems = writers_of(output), list[Problem]()
    output.pages.sort(key=lambda page: page.name)
    chosen = writers.each_text
    if output.fresh is None:
        chosen += (*writers.each, *(() if preview else writers.each_published))
    for write in chosen:
        try:
            problems += write(output) or []
        except QuangbaError as error:
            problems.append(error.problem)
    return problems


def finish_all(outputs: list[Output]) -> list[Problem]:
    """Write what all languages share; return what was wrong with any of it."""
    problems: list[Problem] = []
    for finish in writers_of(outputs[0]).once:
        try:
            problems += finish(outputs) or []
        except QuangbaError as error:
            problems.append(error.problem)
    return problems
