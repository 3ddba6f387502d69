"""Oracles: what every target is judged by."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import cache
from html.parser import HTMLParser

from markdown import Markdown

from fuzz.samples import STRANGER
from quangba.errors import Problem
from quangba.source.markup import Inspector
from quangba.source.pages import Page, parse_page
from quangba.source.segment import Segment
from quangba.source.segmenter import SegmentExtension
from support import markdown_of

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

TODAY = date(2026, 11, 26)

CUT = "\x1f"
"""Divides a case into several texts."""

SPOKEN = frozenset({"alt", "title", "aria-label", "lang", "data-md-tooltip"})
"""Attributes that a translation may change."""

FREE = frozenset(
    {"abbr", "em", "strong", "del", "ins", "mark", "sub", "sup", "small", "b", "i", "u", "br"}
)
"""Elements that a translation may add or leave out; what a page explains is explained in it too."""

SCHEMES = {"web": ("http", "https"), "mail": ("mailto",), "phone": ("tel",)}
"""Schemes of what a kiosk lets readers take along."""

# ----------------------------------------------------------------------------
# Helpers
# ----------------------------------------------------------------------------


class Forced(str):
    """A translation that is written although it equals the source."""

    __slots__ = ()

    def __ne__(self, other: object) -> bool:
        return True

    __hash__ = str.__hash__


class Attributes(HTMLParser):
    """Collects what a browser would act upon."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[tuple[str, str, str]] = set()
        with suppress(AssertionError):  # html.parser gives up on <![a
            self.feed(html)
            self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in FREE:
            self.found.add((tag, "", ""))
        self.found |= {(tag, name, value or "") for name, value in attrs if name not in SPOKEN}


def text_of(data: bytes) -> str:
    """Return bytes as text; what is no UTF-8 is replaced."""
    return data.decode("utf-8", "replace")


def texts_of(data: bytes, count: int) -> list[str]:
    """Return a case as so many texts."""
    parts = text_of(data).split(CUT, count - 1)
    return [*parts, *[""] * (count - len(parts))]


def page_of(text: str, name: str = "visit/a.md") -> Page:
    """Return a page that is no file."""
    return parse_page(Page(name, f"content/{name}", ""), text)


def told(problems: object) -> None:
    """Say every problem in both languages, as commands do."""
    for problem in problems:  # type: ignore[attr-defined]
        assert isinstance(problem, Problem)
        for code in ("vi", "en"):
            assert problem.text(code).strip()
        assert len(problem.text("en")) < 2000, "a message without end"


@cache
def extension() -> SegmentExtension:
    """Return the segmenter of :func:`markdown`."""
    return SegmentExtension()


@cache
def markdown() -> Markdown:
    """Return Markdown with everything that a stranger's site has."""
    return markdown_of(STRANGER / "mkdocs.yml", extension())


@cache
def inspector() -> Inspector:
    """Return the inspector of that site."""
    return Inspector(markdown_of(STRANGER / "mkdocs.yml"))


def rendered(body: str, translate: Callable[[Segment], str | None] | None) -> str:
    """Return the HTML of a body."""
    md = markdown()
    md.reset()
    extension().begin(body, translate=translate, fact=lambda name, line: "1")
    return md.convert(body)


def blanks(html: str) -> str:
    """Return HTML on one line."""
    return " ".join(html.split())
