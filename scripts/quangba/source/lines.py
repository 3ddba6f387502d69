"""Lines: where a text stands in its file, for messages to people."""

from __future__ import annotations

import re

from quangba.source.segment import STASH


class LineFinder:
    """Find the line of a text in the source; texts come mostly in order."""

    def __init__(self, source: str, first_line: int) -> None:
        self.source, self.first_line = source, first_line
        self.position = 0
        self.counted = (0, first_line)

    def find(self, text: str) -> int:
        """Return the line on which the text starts, 0 when it is not in the source."""
        needle = STASH.split(text.strip())[0].split("\n")[0].strip()[:60]
        if not needle:
            return 0
        at = self.source.find(needle, self.position)
        if at < 0:
            at = self.source.find(needle)
        if at < 0:
            # Tabs became spaces, lines were joined, a class became a title.
            loose = re.search(
                r"\s+".join(map(re.escape, needle.split())), self.source, re.IGNORECASE
            )
            if not loose:
                return 0
            at, needle = loose.start(), loose[0]
        self.position = at + len(needle)
        start, line = self.counted if self.counted[0] <= at else (0, self.first_line)
        line += self.source.count("\n", start, at)
        self.counted = (at, line)
        return line
