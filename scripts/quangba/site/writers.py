"""Writers: everything that a site has besides its pages, in one list."""

from __future__ import annotations

from quangba.errors import Problem, QuangbaError
from quangba.site.datasets import finish_schema, write_datasets
from quangba.site.finder import check_rate
from quangba.site.outputs import Finisher, Output, Writer

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

STANDING = {"search.html": "search/"}
"""Templates of pages that no Markdown file makes, and their address in each language."""

WRITERS: tuple[Writer, ...] = (write_datasets, check_rate)
"""Called for each language."""

FINISHERS: tuple[Finisher, ...] = (finish_schema,)
"""Called once, with all languages."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def write_all(outputs: list[Output]) -> list[Problem]:
    """Write the outputs of all languages; return what was wrong with any of them."""
    problems = []
    for output in outputs:
        output.pages.sort(key=lambda page: page.name)
        for write in WRITERS:
            try:
                write(output)
            except QuangbaError as error:
                problems.append(error.problem)
    for finish in FINISHERS:
        try:
            finish(outputs)
        except QuangbaError as error:
            problems.append(error.problem)
    return problems
