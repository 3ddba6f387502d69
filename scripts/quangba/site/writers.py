"""Writers: everything that a site has besides its pages, in one list."""

from __future__ import annotations

from quangba.errors import Problem, QuangbaError
from quangba.site.calendars import write_calendars
from quangba.site.datasets import finish_schema, write_datasets
from quangba.site.feeds import write_feeds
from quangba.site.finder import check_rate
from quangba.site.headers import finish_headers, finish_robots, finish_security
from quangba.site.outputs import Finisher, Output, Writer
from quangba.site.pictures import write_media
from quangba.site.search import write_search
from quangba.site.social import write_cards

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

STANDING = {"search.html": "search/"}
"""Templates of pages that no Markdown file makes, and their address in each language."""

WRITERS: tuple[Writer, ...] = (
    write_media,
    write_search,
    write_calendars,
    write_feeds,
    write_datasets,
    check_rate,
)
"""Called for each language."""

FOR_OTHERS: tuple[Writer, ...] = (write_cards,)
"""As above, but left out of a preview: nobody shares a link to it."""

FINISHERS: tuple[Finisher, ...] = (
    finish_schema,
    finish_robots,
    finish_security,
    finish_headers,
)
"""Called once, with all languages."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def write_all(outputs: list[Output], *, preview: bool = False) -> list[Problem]:
    """Write the outputs of all languages; return what was wrong with any of them."""
    problems: list[Problem] = []
    for output in outputs:
        output.pages.sort(key=lambda page: page.name)
        for write in (*WRITERS, *(() if preview else FOR_OTHERS)):
            try:
                problems += write(output) or []
            except QuangbaError as error:
                problems.append(error.problem)
    for finish in FINISHERS:
        try:
            finish(outputs)
        except QuangbaError as error:
            problems.append(error.problem)
    return problems
