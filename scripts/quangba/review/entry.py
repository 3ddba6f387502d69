"""Entries: one translation with everything that a check may want to know about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, wraps
from typing import Any, TypeVar

from quangba.catalogs.glossary import Glossary, Match
from quangba.catalogs.message import Message
from quangba.mt.markup import MARK, Marked, MarkupError, mark, without_spans
from quangba.source.markup import Inspector
from quangba.source.segment import Collected, Segment
from quangba.source.text import nfc

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

Answer = TypeVar("Answer")

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Site:
    """What the entries of a site share."""

    source_language: str
    """Code of the language of the content: ``vi``."""
    glossary: Glossary
    inspector: Inspector
    """Compares the structure of texts."""


@dataclass(frozen=True)
class Entry:
    """One translation, its source, and where both stand."""

    message: Message
    segment: Segment
    """The segment that the translation was made for: for a stale text with the old source."""
    language: str
    """Code of the language of the translation: ``ja``."""
    site: Site
    page: Collected = field(default_factory=Collected)
    """What the texts of the page may refer to."""
    answers: dict[Callable[[Entry], Any], Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What :func:`once` has found out about it."""

    @property
    def source(self) -> str:
        """The Markdown that was translated."""
        return self.segment.msgid

    @property
    def target(self) -> str:
        """The Markdown of the translation."""
        return self.message.msgstr

    @property
    def source_language(self) -> str:
        """Code of the language of the source."""
        return self.site.source_language

    @cached_property
    def marked(self) -> tuple[Marked, Marked]:
        """Source and translation with marks in the place of markup, facts and addresses."""
        return (
            marked(nfc(self.source), plain=self.segment.plain),
            marked(nfc(self.target), plain=self.segment.plain),
        )

    @cached_property
    def before(self) -> str:
        """
        The words of the source: no markup, NFC; each fact, link address, code, decree number,
        phone, road name or web address is one private-use character.
        """
        return without_spans(self.marked[0].text)

    @cached_property
    def after(self) -> str:
        """The words of the translation, in the same way."""
        return without_spans(self.marked[1].text)

    @property
    def texts(self) -> Iterator[tuple[str, str]]:
        """
        The pairs of texts that readers see: the sentences, then words inside the markup, such as
        the description of a picture, where both sides have as many of them.
        """
        yield self.before, self.after
        source, target = (each.words for each in self.marked)
        if len(source) == len(target):
            yield from zip(source, target, strict=True)

    @cached_property
    def spoken(self) -> tuple[str, str]:
        """The words of both sides with blanks in the place of masks."""
        return MARK.sub(" ", self.before), MARK.sub(" ", self.after)

    @cached_property
    def terms(self) -> list[Match]:
        """The terms of the glossary in the source."""
        return self.site.glossary.matches(self.before, self.source_language)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def once(ask: Callable[[Entry], Answer]) -> Callable[[Entry], Answer]:
    """Make a question be answered once for an entry, whichever checks ask it."""

    @wraps(ask)
    def answer(entry: Entry) -> Answer:
        if ask not in entry.answers:
            entry.answers[ask] = ask(entry)
        found: Answer = entry.answers[ask]
        return found

    return answer


@lru_cache(maxsize=4096)
def marked(text: str, *, plain: bool) -> Marked:
    """Put marks into a text; one whose markup cannot be told apart stays as it is."""
    try:
        return mark(text, plain=plain)
    except MarkupError:
        return Marked(MARK.sub(" ", text))
