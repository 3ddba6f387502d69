"""Page reader: the characters of a page, each under the language of the element it stands in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from html.parser import HTMLParser

from quangba.site.screen.code_texts import texts_of_json, unescaped

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"}
    | {"source", "track", "wbr"}
)
"""Elements without content, which nothing closes."""

SILENT = frozenset({"script", "style", "title"})
"""Elements whose text no page shows; the title of a drawing is one too."""

FOREIGN = frozenset({"svg", "math"})
"""Elements in which ``<path/>`` is closed by its slash; in HTML a slash says nothing."""

BLOCKS = re.compile(
    "address|article|aside|blockquote|details|dialog|div|dl|fieldset|fig(caption|ure)|footer|form"
    "|h[1-6r]|header|main|menu|nav|ol|p|pre|search|section|table|ul"
)
"""Elements that end a paragraph."""

IMPLIED: dict[str, tuple[Collection[str], Collection[str]]] = {
    "li": ({"li"}, {"ul", "ol", "menu"}),
    "dt": ({"dt", "dd"}, {"dl"}),
    "dd": ({"dt", "dd"}, {"dl"}),
    "rt": ({"rt", "rp"}, {"ruby"}),
    "rp": ({"rt", "rp"}, {"ruby"}),
    "option": ({"option"}, {"select", "datalist"}),
    "td": ({"td", "th"}, {"tr", "table"}),
    "th": ({"td", "th"}, {"tr", "table"}),
    "tr": ({"tr"}, {"table"}),
    "tbody": ({"thead", "tbody"}, {"table"}),
    "tfoot": ({"thead", "tbody"}, {"table"}),
    "block": ({"p"}, {"button", "td", "th", "caption"}),
}
"""What a start tag closes that was left open, and the elements beyond which it does not look."""

DEEPEST = 100
"""Open elements that are looked through for one that is closed by implication."""

SHOWN = frozenset({"placeholder", "label"})
"""Attributes whose value is shown; also all of ``data-…``, and ``value`` of buttons and fields."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class PageReader(HTMLParser):
    """Gathers the characters of a page, each under the language of the element it stands in."""

    def __init__(self, attributes: frozenset[str] = frozenset()) -> None:
        """Take the names of attributes that stylesheets show."""
        super().__init__(convert_charrefs=True)
        self.found: dict[str, set[str]] = {}
        self.language = "und"
        """Of the page."""
        self.styles: list[str] = []
        """Addresses of its stylesheets."""
        self._shown = SHOWN | attributes
        self._stack: list[tuple[str, str]] = []
        self._open: Counter[str] = Counter()

    def updatepos(self, i: int, j: int) -> int:
        """Count no lines: nobody asks on which one a tag stands."""
        return j

    @property
    def here(self) -> str:
        """The language at this point."""
        return self._stack[-1][1] if self._stack else self.language

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(reversed(attrs))  # of two that are the same, the first counts
        language = subtag(given["lang"]) if "lang" in given else None
        if tag == "html":
            self.language = language or self.language
            return
        self.close_implied(tag)
        here = language or self.here
        self.add(here, self.shown(tag, given))
        if tag == "link" and "stylesheet" in (given.get("rel") or "").lower().split():
            self.styles.append(given.get("href") or "")
        if tag not in VOID:
            kept = "data" if tag == "script" and "json" in (given.get("type") or "") else tag
            self._stack.append((kept, here))
            self._open[kept] += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element; its slash closes it in drawings and formulas only."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID and any(self._open[name] for name in FOREIGN):
            self.pop()

    def handle_endtag(self, tag: str) -> None:
        tag = "data" if tag == "script" and self._open["data"] else tag
        if self._open[tag]:
            while self.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        tag = self._stack[-1][0] if self._stack else ""
        if tag == "data":
            data = "".join(texts_of_json(data))
        if tag not in SILENT:
            self.add(self.here, data)

    def shown(self, tag: str, given: dict[str, str | None]) -> str:
        """Return the values of attributes that are shown."""
        field = tag in ("input", "button")
        return "".join(
            unescaped(value)
            for name, value in given.items()
            if value
            and (name in self._shown or name.startswith("data-") or (field and name == "value"))
        )

    def close_implied(self, tag: str) -> None:
        """Close what the start of an element closes: a paragraph before the next one."""
        block = (
            ({"p"}, {"button", "td", "th", "caption"}) if BLOCKS.fullmatch(tag) else (set(), set())
        )
        closed, bounds = IMPLIED.get(tag, block)
        if not any(self._open[name] for name in closed):
            return
        for name, _ in self._stack[: -DEEPEST - 1 : -1]:
            if name in closed:
                self.handle_endtag(name)
                return
            if name in bounds:
                return

    def pop(self) -> str:
        """Close the innermost element; return its name."""
        tag, _ = self._stack.pop()
        self._open[tag] -= 1
        return tag

    def add(self, language: str, text: str) -> None:
        """Note characters."""
        if text:
            self.found.setdefault(language, set()).update(text)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def read_page(html: str, attributes: frozenset[str] = frozenset()) -> PageReader:
    """
    Return the characters of a page by language.

    >>> reader = read_page('<html lang=vi><p>Vé<p lang=zh-Hans>下龙<p>湾<script>x</script>')
    >>> {language: ''.join(sorted(found)) for language, found in reader.found.items()}
    {'vi': 'Vé湾', 'zh': '下龙'}
    """
    reader = PageReader(attributes)
    try:
        reader.feed(html)
        reader.close()
    except AssertionError:
        # html.parser gives up on some declarations: then everything in the file counts as shown.
        reader.add(reader.language, html)
    return reader


def subtag(value: str | None) -> str:
    """
    Return the language in a ``lang``.

    >>> subtag('zh-Hans'), subtag('JA'), subtag(' ')
    ('zh', 'ja', 'und')
    """
    return (value or "").strip().lower().split("-")[0] or "und"
