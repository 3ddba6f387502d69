"""HTML as browsers read it: nothing in a page ends the reading."""

from __future__ import annotations

from html.parser import HTMLParser

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class LenientParser(HTMLParser):
    """
    Python's parser, which gives up on ``<![foo`` with an ``AssertionError``.

    For browsers that is a comment up to the next ``>`` (HTML Standard, 13.2.5.42: incorrectly
    opened comment).
    """

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Read ``<![foo …>`` as a comment; -1 where nothing ends it."""
        return self.parse_bogus_comment(i)
