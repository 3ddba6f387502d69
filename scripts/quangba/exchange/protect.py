"""
Protecting: markup as numbered tags ``⟦1⟧`` while a text is in somebody else's program.

A teacher in Excel should not have to know Markdown, and Excel must not be able to break it: a
bracket lost from ``[cảng](a.md)`` is a link lost. So what cannot be translated is one tag, and
words in bold or in a link stand between two, ``⟦1⟧cảng⟦/1⟧``: copied from the source, moved as the
sentence needs. Raw Markdown with checks on the way in would say the same errors later, when the
teacher has gone home. What reads the same in every language (decree numbers, phones, addresses)
stays as it is: a sentence is easier to judge with them. The mathematical brackets ⟦⟧ are on no
keyboard and in no text, and no office program corrects them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quangba.mt.markup import CLOSE, MARK, OPEN, Marked, MarkupError, closing, mark

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

TAG = re.compile(r"⟦\s*+(?:([/／])\s*+)?(\d{1,3})(?:[:：](\d{1,2}))?\s*⟧")
"""A tag as people may have typed it again: with blanks, with wide digits of an input method."""

VISIBLE = frozenset({"url", "email", "decree", "phone", "road", "file", "unit"})
"""Kinds of literals that people read and that no program takes for markup."""

EMPHASIS = re.compile(r"[*_~=^]+")
"""Opening piece of markup that a language may leave out."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class TagError(Exception):
    """Raised for tags that cannot be put back; ``unknown`` tells made-up ones from torn pairs."""

    def __init__(self, tag: str, *, unknown: bool) -> None:
        super().__init__(tag)
        self.tag, self.unknown = tag, unknown


@dataclass(frozen=True)
class Thing:
    """Some markup of a source text: what its tags stand for."""

    number: int
    """From 1, in the order of the source."""
    pieces: tuple[str, ...]
    """``('[', '](a.md)')``: Markdown around words; one piece where there are no words."""
    kind: str
    """As :class:`quangba.mt.markup.Literal` names it: ``span``, ``fact``, ``image``."""

    @property
    def tags(self) -> tuple[str, ...]:
        """
        One tag for each piece.

        >>> Thing(1, ('{fact:a}',), 'fact').tags, Thing(2, ('**', '**'), 'span').tags
        (('⟦1⟧',), ('⟦2⟧', '⟦/2⟧'))
        >>> Thing(3, ('<abbr title="', '">', '</abbr>'), 'span').tags
        ('⟦3⟧', '⟦3:1⟧', '⟦/3⟧')
        """
        last = len(self.pieces) - 1
        middle = (f"⟦{self.number}:{index}⟧" for index in range(1, last))
        end = (f"⟦/{self.number}⟧",) if last else ()
        return (f"⟦{self.number}⟧", *middle, *end)

    @property
    def free(self) -> bool:
        """Tell whether a translation may do without it: Chinese has no italics."""
        return len(self.pieces) > 1 and EMPHASIS.fullmatch(self.pieces[0]) is not None


class Protected:
    """
    A source text with tags in the place of its markup, and its translations with the same tags.

    A text whose markup cannot be told apart, or that itself holds such tags, has none: it goes
    out as Markdown, and the checks on the way in are what protects it.

    >>> text = Protected('**Vé** mua tại [cảng](a.md), giá {fact:gia_ve}.')
    >>> text.source
    '⟦1⟧Vé⟦/1⟧ mua tại ⟦2⟧cảng⟦/2⟧, giá ⟦3⟧.'
    >>> text.show('[港](a.md)で{fact:gia_ve}。')
    '⟦2⟧港⟦/2⟧で⟦3⟧。'
    >>> text.restore('⟦ 2 ⟧港 ⟦／2⟧で⟦３⟧。')
    '[港](a.md) で{fact:gia_ve}。'
    """

    def __init__(self, source: str, *, plain: bool = False) -> None:
        self.plain = plain
        self.things: tuple[Thing, ...] = ()
        self.source = source
        marked = self.marked(source)
        if marked:
            self.things = tuple(things(marked))
            self.source = self.written(marked)

    def marked(self, text: str) -> Marked | None:
        """Put marks into a text, or return None where that is impossible."""
        try:
            return None if TAG.search(text) else mark(text, plain=self.plain)
        except MarkupError:
            return None

    def show(self, target: str) -> str:
        """Return a translation with the tags of the source; other markup stays as it is."""
        marked = self.marked(target) if self.things else None
        return self.written(marked) if marked else target

    def written(self, marked: Marked) -> str:
        """Write tags in the place of marks, as far as the source has the same markup."""
        waiting: dict[tuple[str, ...], list[Thing]] = {}
        for thing in self.things:
            waiting.setdefault(thing.pieces, []).append(thing)
        open_things: dict[str, Iterator[str]] = {}

        def tag(match: re.Match[str]) -> str:
            sign = match[0]
            literal = marked.literals[sign]
            if ord(sign) >= CLOSE:
                tags = open_things.pop(sign, None)
            else:
                same = waiting.get(pieces(marked, sign)) if literal.kind not in VISIBLE else None
                tags = iter(same.pop(0).tags) if same else None
                if tags and ord(sign) >= OPEN:
                    open_things[closing(sign)] = tags
            if tags is None:
                return literal.write()
            words = (*literal.words, "")
            return "".join(next(tags) + word for word in words)

        return MARK.sub(tag, marked.text)

    def restore(self, text: str) -> str:
        """
        Put back what the tags of a text stand for.

        Raises :class:`TagError` for a tag that the source does not have and for torn pairs.
        """
        if not self.things:
            return text
        text = self.tidied(text)
        known = {thing.number: thing for thing in self.things}
        found, done = "", 0
        opened: list[tuple[int, int, int]] = []  # number, piece, where the words behind it begin
        for match in TAG.finditer(text):
            found += text[done : match.start()]
            done = match.end()
            number, index = int(match[2]), int(match[3] or 0)
            thing = known.get(number)
            if thing is None or index >= len(thing.pieces):
                raise TagError(match[0], unknown=True)
            if match[1]:
                index = len(thing.pieces) - 1
            if index or match[1]:
                before = opened.pop() if opened else (0, 0, 0)
                if before[:2] != (number, index - 1) or not found[before[2] :].strip():
                    raise TagError(match[0], unknown=False)
            found += thing.pieces[index]
            if index < len(thing.pieces) - 1:
                opened.append((number, index, len(found)))
        if opened:
            raise TagError(known[opened[-1][0]].tags[opened[-1][1]], unknown=False)
        return found + text[done:]

    def tidied(self, text: str) -> str:
        """Write tags as we do, and move blanks out of pairs: ``** a**`` is not bold."""
        text = TAG.sub(canonical, text)
        for thing in self.things:
            if len(thing.pieces) > 1:
                begin, *_, end = map(re.escape, thing.tags)
                text = re.sub(rf"({begin})([ ]+)", r"\2\1", text)
                text = re.sub(rf"(?<! )([ ]+)({end})", r"\2\1", text)
        return text

    def missing(self, text: str) -> str | None:
        """Return the first tag that a text needs and does not have, or None."""
        present = {(bool(m[1]), int(m[2])) for m in TAG.finditer(text)}
        for thing in self.things:
            if not thing.free and (False, thing.number) not in present:
                return "…".join((thing.tags[0], *thing.tags[-1:])[: len(thing.pieces)])
        return None


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def canonical(match: re.Match[str]) -> str:
    """Return a tag as we write it."""
    piece = f":{int(match[3])}" if match[3] else ""
    return f"⟦{'/' if match[1] else ''}{int(match[2])}{piece}⟧"


def things(marked: Marked) -> Iterator[Thing]:
    """Yield the markup of a source text, without what is readable as it is."""
    number = 0
    for sign in MARK.findall(marked.text):
        kind = marked.literals[sign].kind
        if ord(sign) < CLOSE and kind not in VISIBLE:
            number += 1
            yield Thing(number, pieces(marked, sign), kind)


def pieces(marked: Marked, sign: str) -> tuple[str, ...]:
    """Return what a mask stands for, or both ends of a span, without the words inside."""
    parts = marked.literals[sign].parts[::2]
    if ord(sign) >= OPEN:
        parts += marked.literals[closing(sign)].parts[::2]
    return parts
