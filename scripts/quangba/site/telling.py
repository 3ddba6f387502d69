"""
Telling: what processes say while they build, kept by page, so that it is said in order and again.

A page that is not rendered anew says what it said in the last build.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from quangba.site.state import Line, Said

if TYPE_CHECKING:
    from quangba.site.plugin import QuangbaPlugin  # its driver asks here

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Told(logging.Handler):
    """Keeps what a process tells, so that the one that forked it can say it in order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Line] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append((record.name, record.levelno, record.getMessage()))


class Notes:
    """Keeps what is said of each page apart from what is said of the whole language."""

    def __init__(self, plugin: QuangbaPlugin) -> None:
        self.plugin, self.told = plugin, Told()
        self.said: dict[str, Said] = {}
        self.codes: dict[str, dict[str, str]] = {}
        """QR codes that each page asks for."""

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Take what is said meanwhile for a page's, and the codes that are asked for."""
        problems, told = len(self.plugin.report.problems), len(self.told.found)
        takeaways = self.plugin.takeaways
        others, takeaways.codes = takeaways.codes, self.codes.setdefault(name, {})
        yield
        takeaways.codes = others
        more = self.plugin.report.problems[problems:], self.told.found[told:]
        del self.plugin.report.problems[problems:], self.told.found[told:]
        if any(more):
            said = self.said.setdefault(name, Said())
            said.problems += more[0]
            said.told += more[1]


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@contextmanager
def telling() -> Iterator[Told]:
    """Keep what MkDocs and its plugins tell meanwhile."""
    logger, said = logging.getLogger("mkdocs"), Told()
    before, passes = logger.handlers, logger.propagate
    logger.handlers, logger.propagate = [said], False
    try:
        yield said
    except Exception:
        # Who forked this process learns of the error alone: on which page it was, is said here.
        logger.handlers, logger.propagate = before, passes
        tell(said.found)
        raise
    finally:
        logger.handlers, logger.propagate = before, passes


def tell(lines: list[Line]) -> None:
    """Say what was kept."""
    for name, level, text in lines:
        logging.getLogger(name).log(level, "%s", text)
