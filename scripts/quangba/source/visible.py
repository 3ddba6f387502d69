"""Visible text of raw HTML, which no catalog can reach and which is therefore reported."""

from __future__ import annotations

import re

from quangba.source.lenient import LenientParser
from quangba.source.text import has_letters, unescape

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SPOKEN = ("alt", "title", "placeholder", "aria-label", "data-toc-label")
"""Attributes whose value readers see or hear."""

SILENT = frozenset({"script", "style", "template", "code", "pre", "title", "svg", "math"})
"""Elements whose text is not language."""

DIAGRAM = re.compile(r'<(pre|div) class="mermaid">')
"""A diagram that a script draws from its source: its labels are read."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class VisibleText(LenientParser):
    """Gather the text of a piece of raw HTML that a browser would show."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._silent.append(tag)
        if not self._silent:
            self.texts += [v for name, v in attrs if name in SPOKEN and v and has_letters(v)]

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            del self._silent[self._silent.index(tag) :]

    def handle_data(self, data: str) -> None:
        if not self._silent and has_letters(data):
            self.texts.append(" ".join(data.split()))


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def visible_texts(raw: str) -> list[str]:
    """
    Return what readers see of a piece of raw HTML.

    >>> visible_texts('<!-- no --><p title="Ghi chú">Vé <b>tàu</b><script>x</script></p>')
    ['Ghi chú', 'Vé', 'tàu']
    """
    if "<" not in raw or not has_letters(raw):
        return []
    if DIAGRAM.match(raw.lstrip()):
        return [" ".join(unescape(re.sub(r"<[^>]*>", " ", raw)).split())]
    reader = VisibleText()
    reader.feed(raw)
    reader.close()
    return reader.texts
