"""
The ladder: everything that is tried on a text before it is left to people.

Whole term of the glossary → each sentence, hop by hop (:mod:`quangba.mt.crossing`) → the whole way
judged once more → markup put back → nothing. Ladders are generators: they yield what they ask of
which package and are sent the answers, so that the sentences of a whole run go through a model
together (:mod:`quangba.mt.drafts`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quangba.catalogs.glossary import Glossary
from quangba.mt.acceptance import Flaw, doubtful_names, flaw_of
from quangba.mt.crossing import TERM, Crossing, Hop, Rung, Steps, together
from quangba.mt.markup import Marked, MarkupError, mark
from quangba.mt.mending import peel
from quangba.mt.sentences import split
from quangba.mt.typography import finish, join
from quangba.source.numbers import difference as number_difference
from quangba.source.segment import Segment

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LONGEST = 4000
"""Characters of a text that is still drafted."""

GLOSSARY = "glossary"
"""What drafts come from that are a term and nothing else."""

WAY = ("kiểm tra cả chặng", "the whole way")
"""What the last rung is called in Vietnamese and English."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Draft:
    """A text that passed every check."""

    text: str
    """Inline Markdown, as the catalog stores it."""
    pivot: str | None = None
    """The English in between, where there is one."""
    origin: str = ""
    """Packages that took part, or ``glossary``."""
    names: tuple[str, ...] = ()
    """Names that no check can vouch for."""


@dataclass
class Ladder:
    """Drafts texts along one route of packages."""

    route: tuple[Hop, ...]
    glossary: Glossary
    rungs: list[Rung] | None = None
    """What was tried, when somebody wants to know."""

    @property
    def crossing(self) -> Crossing:
        """What takes sentences from hop to hop."""
        return Crossing(self.glossary, self.rungs)

    @property
    def source(self) -> str:
        """The language that is translated."""
        return self.route[0].source

    @property
    def target(self) -> str:
        """The language of the drafts."""
        return self.route[-1].target

    def draft(self, segment: Segment) -> Steps[Draft | Flaw]:
        """Draft a segment; the structure of the result is still to be checked in its page."""
        if len(segment.msgid) > LONGEST:
            return Flaw("long", str(len(segment.msgid)))
        try:
            marked = mark(segment.msgid, plain=segment.plain)
        except MarkupError:
            return Flaw("markup")
        whole = self.glossary.whole(segment.msgid, self.source, self.target)
        if whole is not None and not marked.literals:
            self.crossing.tell(None, TERM, segment.msgid, whole, None)
            return Draft(whole, origin=GLOSSARY)
        try:
            inner = {words: mark(words) for words in marked.words}
        except MarkupError:
            return Flaw("markup")
        texts = [marked.text, *(one.text for one in inner.values())]
        results = yield from together([self.text(text) for text in texts])
        failed = next((result for result in results if isinstance(result, Flaw)), None)
        if failed is not None:
            return failed if isinstance(results[0], Flaw) else Flaw("words", failed.sentence)
        draft = self.compose(marked, inner, [r for r in results if not isinstance(r, Flaw)])
        # Masks may hold digits, and stand beside digits of the answer.
        lost = number_difference(segment.msgid, self.source, draft.text, self.target)
        return Flaw("numbers", lost) if lost else draft

    def compose(
        self, marked: Marked, inner: dict[str, Marked], results: Sequence[tuple[str, ...]]
    ) -> Draft:
        """Put the markup back into a draft and its pivot."""
        for char, literal in marked.literals.items():
            # Between Chinese or Japanese letters ``_`` is no markup.
            if literal.kind == "span" and literal.parts in (("_",), ("__",)):
                parts = (literal.parts[0].replace("_", "*"),)
                marked.literals[char] = replace(literal, parts=parts)
        said = list(zip(inner.items(), results[1:], strict=True))
        last = {words: one.restore(result[-1]) for (words, one), result in said}
        first = {words: one.restore(result[0]) for (words, one), result in said}
        pivot = None
        if len(self.route) > 1:
            pivot = marked.restore(results[0][0], lambda words: first[words])
        text = marked.restore(results[0][-1], lambda words: last[words])
        names = doubtful_names(marked.text, self.source, text, self.target, self.glossary)
        return Draft(text, pivot, "+".join(hop.package for hop in self.route), names)

    def text(self, text: str) -> Steps[tuple[str, ...] | Flaw]:
        """Translate a marked text; return one text per hop."""
        head, core, tail = peel(text)
        sentences = split(core, self.source)
        results = yield from together([self.sentence(sentence) for sentence in sentences])
        found: list[tuple[str, ...]] = []
        for result in results:
            if isinstance(result, Flaw):
                return result
            found.append(result)
        joined = []
        for number, hop in enumerate(self.route):
            parts = [result[number] for result in found]
            joined.append(head + finish(join(parts, hop.target), hop.target) + tail)
        return tuple(joined)

    def sentence(self, sentence: str) -> Steps[tuple[str, ...] | Flaw]:
        """Translate one sentence, hop by hop."""
        texts: list[str] = []
        current = sentence.strip()
        for hop in self.route:
            result = yield from self.crossing.cross(hop, current)
            if isinstance(result, Flaw):
                return result
            texts.append(result)
            current = result
        # A number or a name that both hops let pass may still have changed on the whole way.
        if len(self.route) > 1:
            flaw = flaw_of(sentence, self.source, current, self.target, self.glossary)
            if flaw is not None:
                self.crossing.tell(None, WAY, sentence, current, flaw)
                return flaw
        return tuple(texts)
