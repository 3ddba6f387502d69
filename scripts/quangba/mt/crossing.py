"""
One hop: a sentence through one package, tried in every way that may help.

The sentence as it stands → the model's next hypotheses → names in the target language → names and
numbers masked → spans placed another way → the next mask style → pieces between the masks. Each
answer is judged (:mod:`quangba.mt.acceptance`) before it is accepted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from quangba.catalogs.agreement import place as place_term
from quangba.catalogs.glossary import Glossary
from quangba.mt.acceptance import Flaw, doubtful_names, flaw_of, marks_difference
from quangba.mt.argos import UNKNOWN
from quangba.mt.engine import Hypothesis, Request
from quangba.mt.markup import EXTRA, MARK, MOST, without_spans
from quangba.mt.masks import REMAINS, Style, Written, write
from quangba.mt.mending import latin, mend, peel
from quangba.mt.placing import Span, has_spans, place, place_by_attention, spans_of
from quangba.mt.profile import Profile
from quangba.source.names import latinised
from quangba.source.numbers import localise, render
from quangba.source.quantities import quantities
from quangba.source.text import has_letters

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

HYPOTHESES = 4
"""How many answers are looked at when the first one fails; as many as the beam is wide."""

PIECES = re.compile(r"([\s.,:;–-]*[\ue100-\ue3ff]+[\s.,:;–-]*)")
"""Marks, with the punctuation around them, between which a sentence is cut."""

WORDS = re.compile(r"[^\s.,:;!?()“”\"\ue100-\ue3ff]+")

NAMES = {
    "plain": ("để nguyên câu", "the sentence as it is"),
    "switched": ("tên viết bằng ngôn ngữ đích", "names in the target language"),
    "masked": ("che tên và số", "names and numbers masked"),
}
SPANNING = {
    "marked": ("chữ đậm và liên kết bằng dấu", "bold and links as masks"),
    "placed": ("chữ đậm và liên kết đặt lại sau", "bold and links placed afterwards"),
}
TERM = ("cả câu là một thuật ngữ", "the whole text is a term")
PARTS = ("từng mảnh giữa các dấu", "piece by piece between the masks")
"""How rungs are called in Vietnamese and English."""

T = TypeVar("T")

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Ask:
    """A text for a package."""

    package: str
    request: Request


Steps = Generator[list[Ask], list[list[Hypothesis]], T]
"""Yields texts for packages, is sent their answers in the same order, returns a result."""


@dataclass(frozen=True)
class Hop:
    """One package on the way from the source language to the target language."""

    package: str
    """``vi_en-1.9``."""
    source: str
    target: str
    profile: Profile
    encode: Callable[[str], list[str]]
    decode: Callable[[Sequence[str]], str]
    normalised: Callable[[str], str]
    """What the model sees of a text, ``⁇`` for what it has no token for."""


@dataclass(frozen=True)
class Rung:
    """One thing that was tried."""

    hop: Hop | None
    name: tuple[str, str]
    """How it was tried, in Vietnamese and English."""
    shown: str
    """What the model was given."""
    answer: str
    flaw: Flaw | None
    """Why it fell; None when it was accepted."""


@dataclass(frozen=True)
class Attempt:
    """One way to ask a package for a sentence."""

    names: str
    """``plain``; ``switched``: in the target language; ``masked``, as numbers then are."""
    spans: str
    """``marked``: by masks; ``placed``: left out and placed afterwards."""
    style: Style
    hypotheses: int = 1

    @property
    def name(self) -> tuple[str, str]:
        """What people read in ``--explain``, in Vietnamese and English."""
        names, spans = NAMES[self.names], SPANNING[self.spans]
        style, count = self.style.name, self.hypotheses
        return (
            f"{names[0]}, {spans[0]}, dấu che “{style}”, số câu trả lời: {count}",
            f"{names[1]}, {spans[1]}, masks “{style}”, answers: {count}",
        )


@dataclass(frozen=True)
class Slot:
    """A name or number that a mask stands for."""

    form: str
    french: str = ""
    """Gender in French (see :class:`quangba.catalogs.glossary.Term`)."""
    term: bool = False


@dataclass(frozen=True)
class Prepared:
    """A sentence as one attempt shows it to a model."""

    text: str
    """The marked text, with its spans."""
    written: Written
    slots: dict[str, Slot]


@dataclass
class Crossing:
    """Takes sentences through packages, one hop at a time."""

    glossary: Glossary
    rungs: list[Rung] | None = None
    """What was tried, when somebody wants to know."""

    def cross(self, hop: Hop, sentence: str) -> Steps[str | Flaw]:
        """Translate one sentence with one package."""
        head, core, tail = peel(sentence)
        known = self.known(hop, core)
        if known is not None:
            return head + known + tail
        flaw: Flaw | None = None
        doubtful: str | None = None
        tried: set[tuple[str, int, str]] = set()
        for attempt in self.attempts(hop, core):
            prepared = self.prepare(hop, attempt, core)
            if prepared is None:
                continue
            key = (prepared.written.text, attempt.hypotheses, attempt.spans * has_spans(core))
            if key in tried:
                continue
            tried.add(key)
            result = yield from self.ask(hop, attempt, core, prepared)
            if isinstance(result, Flaw):
                flaw = flaw or result
            elif not self.doubts(hop, core, result):
                return head + result + tail
            else:
                # A name is not there: perhaps it is in one of the next hypotheses.
                doubtful = doubtful or result
            if doubtful and attempt.hypotheses > 1:
                break
        if doubtful:
            return head + doubtful + tail
        pieces = yield from self.pieces(hop, core)
        if pieces is not None:
            return head + pieces + tail
        return flaw or Flaw("empty")

    def known(self, hop: Hop, core: str) -> str | None:
        """Return the translation of what needs no model: a term, or nothing but numbers."""
        words = MARK.sub(" ", core)
        if not has_letters(words):
            written = render(core, hop.source, hop.target)
            return written or localise(core, hop.target, core, hop.source)
        if MARK.search(core):
            return None
        whole = self.glossary.whole(core, hop.source, hop.target)
        if whole is not None:
            self.tell(hop, TERM, core, whole, None)
        return whole

    def attempts(self, hop: Hop, core: str) -> Iterator[Attempt]:
        """Yield the ways to ask for a sentence, the most natural first."""
        styles = hop.profile.styles
        ways = ("marked", "placed") if hop.profile.marks_pairs else ("placed", "marked")
        first = Attempt("plain", ways[0], styles[0])
        yield first
        yield replace(first, hypotheses=HYPOTHESES)
        for style in styles:
            for way in ways:
                for names in ("plain", "switched", "masked"):
                    yield Attempt(names, way, style, HYPOTHESES)

    def prepare(self, hop: Hop, attempt: Attempt, core: str) -> Prepared | None:
        """Write a sentence as an attempt wants it; None when that cannot be."""
        if attempt.names == "switched" and not (latin(hop.source) and latin(hop.target)):
            return None
        text, slots = (core, {}) if attempt.names == "plain" else self.named(hop, attempt, core)
        shown = text if attempt.spans == "marked" else without_spans(text)
        written = write(shown, attempt.style)
        return Prepared(text, written, slots) if written else None

    def named(self, hop: Hop, attempt: Attempt, core: str) -> tuple[str, dict[str, Slot]]:
        """Put names into the target language, or masks in the place of names and numbers."""
        found: list[tuple[int, int, Slot]] = []
        for match in self.glossary.matches(core, hop.source):
            form = match.term.preferred(hop.target)
            if form:
                found.append((match.start, match.end, Slot(form, match.term.french, True)))
        if attempt.names == "masked":
            spans = [(q.start, q.end) for q in quantities(core, hop.source)]
            forms = [(a, b, render(core[a:b], hop.source, hop.target)) for a, b in spans]
            words = [(*match.span(), match[0]) for match in WORDS.finditer(core)]
            forms += [word for word in words if UNKNOWN in hop.normalised(word[2])]
            for start, end, form in forms:
                if form and all(end <= a or b <= start for a, b, _ in found):
                    found.append((start, end, Slot(form)))
        text, slots = core, {}
        for number, (start, end, slot) in enumerate(sorted(found, key=lambda item: -item[0])):
            char = slot.form
            if attempt.names == "masked" and number < MOST:
                char = chr(EXTRA + number)
                slots[char] = slot
            text = text[:start] + char + text[end:]
        return text, slots

    def ask(self, hop: Hop, attempt: Attempt, core: str, prepared: Prepared) -> Steps[str | Flaw]:
        """Ask for a sentence; return the first answer that passes, or what is wrong with one."""
        placed = attempt.spans == "placed" and has_spans(core)
        attention = placed and hop.profile.attends
        asks = [Ask(hop.package, Request(prepared.written.text, attempt.hypotheses, attention))]
        fragments: dict[str, Written] = {}
        for span in spans_of(prepared.text) if placed else ():
            written = write(span.words, attempt.style)
            if written and has_letters(MARK.sub("", span.words)):
                fragments[span.words] = written
        asks += [Ask(hop.package, Request(w.text, HYPOTHESES)) for w in fragments.values()]
        answers, *others = yield asks
        evidence = {
            words: [written.read(one.text) or "" for one in other if not one.flaw]
            for (words, written), other in zip(fragments.items(), others, strict=True)
        }
        flaw: Flaw | None = None
        doubtful: str | None = None
        for answer in answers:
            result = self.consider(hop, core, prepared, answer, evidence if placed else None)
            rung = result if isinstance(result, Flaw) else None
            said = answer.text if rung else str(result)
            self.tell(hop, attempt.name, prepared.written.text, said, rung)
            if rung is not None:
                flaw = flaw or rung
            elif not self.doubts(hop, core, result):
                return result
            else:
                doubtful = doubtful or result
        return doubtful or flaw or Flaw("empty")

    def doubts(self, hop: Hop, core: str, text: str) -> bool:
        """Tell whether a name of the source is not in a text in the same letters."""
        return latin(hop.target) and bool(
            doubtful_names(core, hop.source, text, hop.target, self.glossary)
        )

    def consider(
        self,
        hop: Hop,
        core: str,
        prepared: Prepared,
        answer: Hypothesis,
        evidence: dict[str, list[str]] | None,
    ) -> str | Flaw:
        """Turn an answer into a marked text, and judge it; ``evidence`` places spans."""
        if answer.flaw:
            return Flaw(answer.flaw)
        text = prepared.written.read(answer.text)
        if text is None or (REMAINS.search(text) and not REMAINS.search(core)):
            return Flaw("marks")
        expected = prepared.text if evidence is None else without_spans(prepared.text)
        lost = marks_difference(expected, text)
        if lost:
            return Flaw("marks", lost)
        if evidence is not None:
            placed = self.place(hop, prepared, answer, text, evidence)
            if placed is None:
                return Flaw("place")
            text = placed
        for char, slot in prepared.slots.items():
            if slot.term:
                text = place_term(text, char, slot.form, hop.target, slot.french)
            else:
                text = text.replace(char, slot.form)
        text = localise(text, hop.target, core, hop.source)
        text = latinised(mend(core, text, hop.target), core, hop.target)
        return flaw_of(core, hop.source, text, hop.target, self.glossary) or text

    def place(
        self,
        hop: Hop,
        prepared: Prepared,
        answer: Hypothesis,
        text: str,
        evidence: dict[str, list[str]],
    ) -> str | None:
        """Put spans around the right words of an answer."""

        def candidates(span: Span) -> list[str]:
            whole = self.glossary.whole(span.words, hop.source, hop.target)
            return [*([whole] if whole else []), *evidence.get(span.words, ())]

        found = place(prepared.text, text, candidates)
        if found is not None or not answer.attention:
            return found
        written = prepared.written
        ends = [
            len(written.read(hop.decode(answer.tokens[: end + 1])) or "")
            for end in range(len(answer.tokens))
        ]
        return place_by_attention(
            prepared.text,
            text,
            answer.attention,
            lambda part: len(hop.encode(written.show(part))),
            ends,
        )

    def pieces(self, hop: Hop, core: str) -> Steps[str | None]:
        """Translate what stands between the marks piece by piece; None when even that fails."""
        parts = PIECES.split(core)
        if not MARK.search(core):
            return None
        wanted = [at for at, part in enumerate(parts) if has_letters(MARK.sub("", part))]
        results = yield from together([self.cross(hop, parts[at].strip()) for at in wanted])
        for at, result in zip(wanted, results, strict=True):
            if isinstance(result, Flaw):
                self.tell(hop, PARTS, core, parts[at], result)
                return None
            part = parts[at]
            before = part[: len(part) - len(part.lstrip())]
            after = part[len(part.rstrip()) :]
            parts[at] = before + result + after
        text = localise("".join(parts), hop.target, core, hop.source)
        text = mend(core, text, hop.target)
        flaw = flaw_of(core, hop.source, text, hop.target, self.glossary)
        self.tell(hop, PARTS, core, text, flaw)
        return None if flaw else text

    def tell(
        self, hop: Hop | None, name: tuple[str, str], shown: str, answer: str, flaw: Flaw | None
    ) -> None:
        """Remember what was tried."""
        if self.rungs is not None:
            self.rungs.append(Rung(hop, name, shown, answer, flaw))


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def together(ladders: Sequence[Steps[T]]) -> Steps[list[T]]:
    """Climb several ladders at once: what they ask is asked together."""
    results: dict[int, T] = {}
    waiting: dict[int, list[Ask]] = {}

    def step(number: int, answers: list[list[Hypothesis]] | None) -> None:
        ladder = ladders[number]
        try:
            waiting[number] = next(ladder) if answers is None else ladder.send(answers)
        except StopIteration as stop:
            waiting.pop(number, None)
            results[number] = stop.value

    for number in range(len(ladders)):
        step(number, None)
    while waiting:
        answers = iter((yield [ask for asks in waiting.values() for ask in asks]))
        for number, asks in list(waiting.items()):
            step(number, [next(answers) for _ in asks])
    return [results[number] for number in range(len(ladders))]
