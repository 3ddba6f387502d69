"""
Mistakes: what translators, machines and careless editors do to a correct translation.

A *family* is one kind of mistake: a function that makes it in a text, or returns None where it does
not apply. Families are written without looking at the checks that are to find them, and know
nothing of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from random import Random
from typing import TypeVar

from quangba.catalogs.glossary import Glossary, Match

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

PROTECTED = re.compile(
    r"""
    \{fact:\w+\} | \{[^{}]*\} | \]\([^()]*\) | !\[[^\]]*\] | `[^`]*` | <[^>]*> | \[\^\w+\]
    | https?://[\w./-]+ | www\.[\w./-]+ | [\w.]+@[\w.]+\w | \w+\.gov\.vn
    | \d+/(?:\d{4}/)?[A-ZĐ]+\d*(?:-[A-ZĐ]+)*                # 76/2020/NĐ-CP
    | \d+-[A-ZĐ]+/[A-ZĐ]+                                           # 12-NQ/TW
    | (?:\+84|\b0\d+)(?:[ ]\d{3,4})+ | CC[ ]BY[ ]4\.0
    """,
    re.VERBOSE | re.ASCII,
)
"""What is no word of the sentence; families of its own change it."""

HIDDEN = "\0"
"""Stands for each character of what is protected."""

CJK = ("zh", "ja")
"""Languages without blanks between words."""

STOPS = re.compile(r"(?<=[。！？])|(?<=[.!?])\s+(?=[^\W\d_a-zà-ỹ]|[«“{\[])")
"""Where a sentence ends."""

Item = TypeVar("Item")

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Text:
    """A correct translation."""

    page: str
    kind: str
    """What it is on the page: ``heading 2``."""
    source: str
    target: str
    language: str

    @cached_property
    def words(self) -> str:
        """The target with :data:`HIDDEN` in the place of what is protected."""
        return PROTECTED.sub(lambda match: HIDDEN * len(match[0]), self.target)

    @cached_property
    def said(self) -> str:
        """The source in the same way."""
        return PROTECTED.sub(lambda match: HIDDEN * len(match[0]), self.source)

    @cached_property
    def sentences(self) -> list[str]:
        """The target's sentences; together with the blanks between them they are the target."""
        return sentences(self.target)

    @property
    def wide(self) -> bool:
        """Tell whether its language writes no blanks between words."""
        return self.language in CJK

    @property
    def blank(self) -> str:
        """What stands between two sentences."""
        return "" if self.wide else " "

    @property
    def long(self) -> bool:
        """Tell whether it is long enough to be a sentence rather than a label."""
        return len(self.source) >= 30

    def matches(self, pattern: str | re.Pattern[str]) -> list[re.Match[str]]:
        """Return the matches of an expression outside of what is protected."""
        return list(re.finditer(pattern, self.words))

    def change(self, match: re.Match[str] | tuple[int, int], new: str) -> str:
        """Return the target with something else in the place of a match."""
        start, end = match if isinstance(match, tuple) else match.span()
        return self.target[:start] + new + self.target[end:]


@dataclass
class Corpus:
    """All correct translations, and what families look up."""

    texts: Sequence[Text]
    glossary: Glossary
    other: dict[tuple[str, str, str], Text] = field(default_factory=dict)
    """By page, source and language."""

    def __post_init__(self) -> None:
        for text in self.texts:
            self.other[text.page, text.source, text.language] = text

    def translated(self, text: Text, language: str) -> Text | None:
        """Return the translation of the same source into another language."""
        return self.other.get((text.page, text.source, language))

    @cached_property
    def pages(self) -> dict[tuple[str, str], list[Text]]:
        """Translations by page and language."""
        found: dict[tuple[str, str], list[Text]] = {}
        for text in self.texts:
            found.setdefault((text.page, text.language), []).append(text)
        return found

    @cached_property
    def facts(self) -> list[str]:
        """Names of the facts that texts use, in order of the alphabet."""
        return sorted({name for t in self.texts for name in re.findall(r"\{fact:(\w+)", t.source)})

    def owed(self, text: Text) -> list[Match]:
        """Return where the target holds terms that the source holds once, as the target does."""
        said = [match.term for match in self.glossary.matches(text.source, "vi")]
        found = self.glossary.matches(text.target, text.language)
        held = [match.term for match in found]
        return [
            match
            for match in found
            if said.count(match.term) == held.count(match.term) == 1
            and HIDDEN not in text.words[match.start : match.end]
        ]


Function = Callable[[Random, Text, Corpus], str | None]


@dataclass(frozen=True)
class Family:
    """One kind of mistake."""

    name: str
    make: Function
    hint: bool
    """True where a note is all that can be asked for: the text may well be right."""
    area: str
    """The module that makes it."""


FAMILIES: dict[str, Family] = {}
"""Every family by its name."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def mistake(function: Function) -> Function:
    """Make a family of a function, named as the function, with hyphens."""
    return register(function, hint=False)


def doubtful(function: Function) -> Function:
    """Make a family that only a hint can be asked for."""
    return register(function, hint=True)


def register(function: Function, *, hint: bool) -> Function:
    """Enter a family in :data:`FAMILIES`."""
    name = function.__name__.replace("_", "-")
    area = function.__module__.rpartition("mistakes_")[2]
    FAMILIES[name] = Family(name, function, hint, area)
    return function


def pick(random: Random, items: Sequence[Item]) -> Item | None:
    """Return one of the items, or None when there is none."""
    return random.choice(items) if items else None


def other_than(random: Random, items: Sequence[Item], item: object) -> Item:
    """Return one of the items that is not the given one."""
    return random.choice([each for each in items if each != item])


def sentences(text: str) -> list[str]:
    """
    Split a text into sentences that hold whole pairs of ``**``.

    >>> sentences('**Vé.** Mua tại cảng. Xem trang này.')
    ['**Vé.** Mua tại cảng.', 'Xem trang này.']
    """
    words = PROTECTED.sub(lambda match: HIDDEN * len(match[0]), text)
    found: list[str] = []
    start = 0
    for match in STOPS.finditer(words):
        if 0 < match.end() < len(text) and not text[start : match.start()].count("**") % 2:
            found.append(text[start : match.start()])
            start = match.end()
    return [*found, text[start:]]


def letters(text: str) -> Iterator[int]:
    """Yield where a text has letters of the Latin alphabet without accents."""
    yield from (at for at, char in enumerate(text) if char.isascii() and char.isalpha())
