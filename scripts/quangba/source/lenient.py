"""HTML as browsers read it: nothing in a page ends the reading."""

from __future__ import annotations

from html.parser import HTMLParser

from quangba.source.text import short_references

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class LenientParser(HTMLParser):
    """
    Python's parser, which gives up on ``<![foo`` and on characters by numbers of 5,000 digits.

    For browsers the first is a comment up to the next ``>`` (HTML Standard, 13.2.5.42: incorrectly
    opened comment), the second a character that does not exist.
    """

    def feed(self, data: str) -> None:
        """
        Read a whole text.

        A tag that nothing ends is text; the end of each would be looked for to the end of the text.
        """
        closed, end, rest = short_references(data).rpartition(">")
        super().feed(closed + end + rest.replace("<", "&lt;"))

    def updatepos(self, i: int, j: int) -> int:
        """Count no lines: nobody asks on which one a tag stands."""
        return j

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Read ``<![foo …>`` as a comment; -1 where nothing ends it."""
        return self.parse_bogus_comment(i)
