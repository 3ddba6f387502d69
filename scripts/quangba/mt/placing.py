"""
Placing: where bold, italics and links belong in a sentence that was translated without them.

Evidence comes first: the words of a span are only a mask, or a label before a colon, or a glossary
term, or their own translation stands in the sentence once. Attention is asked last, and only in
packages whose calibration says that it can be trusted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quangba.mt.markup import MARK, SPANS, closing, spans, without_spans

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

COLON = re.compile(r"(?<!\d)[:：]|[:：](?!\d)")

LATIN = re.compile(r"[A-Za-zÀ-ɏ\u1e00-\u1eff]")

EDGE_RULES = (
    (LATIN, r"(?<!\w)", r"(?!\w)"),
    (re.compile(r"\d"), r"(?<![\w.,])", r"(?![.,]?\w)"),
    (re.compile("[ァ-ヺー]"), "(?<![ァ-ヺー])", "(?![ァ-ヺー])"),
)
"""What may not stand before and behind words that begin and end with such a character."""

EDGES = " \t\u00a0\u202f.,;:!?。，、；：！？"
"""Punctuation that a fragment's translation may end with and the sentence does not have there."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Span:
    """One span of a source text."""

    mark: str
    """Its opening mark."""
    words: str
    """What it holds, without the marks of spans inside it."""
    start: int
    end: int
    """Where the words stand in the text without any spans."""


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def spans_of(text: str) -> list[Span]:
    """
    Return the spans of a marked text, outer ones first.

    >>> [(s.words, s.start) for s in spans_of('Xem \\ue200cảng\\ue300.')]
    [('cảng', 4)]
    """
    found = []
    for mark, start, end in spans(text):
        before = len(without_spans(text[:start]))
        words = without_spans(text[start:end])
        found.append(Span(mark, words, before, before + len(words)))
    return found


def place(source: str, target: str, evidence: Callable[[Span], Sequence[str]]) -> str | None:
    """
    Put the spans of a source text into a target that has none, or return None.

    ``evidence`` returns what the words of a span may be in the target, the surest first.
    """
    wanted = spans_of(source)
    places: dict[str, tuple[int, int]] = {}
    for words in dict.fromkeys(span.words for span in wanted):
        same = [span for span in wanted if span.words == words]
        # Bold around a link and nothing else: both stand at one place.
        at = list(dict.fromkeys((span.start, span.end) for span in same))
        found = locate(same[0], source, target, evidence(same[0]))
        if len(found) != len(at):
            return None
        places.update((span.mark, found[at.index((span.start, span.end))]) for span in same)
    return insert(target, wanted, places)


def locate(
    span: Span, source: str, target: str, candidates: Sequence[str]
) -> list[tuple[int, int]]:
    """Return where the words of a span stand in the target."""
    if not MARK.sub("", span.words).strip():
        start = target.find(span.words.strip())
        return [(start, start + len(span.words.strip()))] if start >= 0 else []
    plain = without_spans(source)
    colons = list(COLON.finditer(plain))
    if not span.start and len(colons) == 1 and span.end in colons[0].span():
        found = list(COLON.finditer(target))
        inside = span.end == colons[0].end()
        return [(0, found[0].end() if inside else found[0].start())] if len(found) == 1 else []
    for candidate in candidates:
        core = candidate.strip(EDGES)
        found_at = occurrences(core, target) if core else []
        if found_at:
            return found_at
    return []


def occurrences(words: str, text: str) -> list[tuple[int, int]]:
    """
    Return where words stand in a text, whatever their case; in Latin letters only whole words.

    >>> occurrences('port', 'The Port, no airport.')
    [(4, 8)]
    """
    before = next((rule for known, rule, _ in EDGE_RULES if known.match(words[0])), "")
    after = next((rule for known, _, rule in EDGE_RULES if known.match(words[-1])), "")
    pattern = re.compile(f"{before}{re.escape(words)}{after}", re.IGNORECASE)
    return [match.span() for match in pattern.finditer(text)]


def insert(target: str, wanted: list[Span], places: dict[str, tuple[int, int]]) -> str | None:
    """Write the marks of spans into a text; None where they would cross or hold nothing."""
    for one in wanted:
        for other in wanted:
            inside = one.start <= other.start and other.end <= one.end and one is not other
            (a, b), (c, d) = places[one.mark], places[other.mark]
            if inside and not (a <= c and d <= b):
                return None
            apart = one.end <= other.start
            if apart and not (b <= c or d <= a):
                return None
    if any(not target[a:b].strip() for a, b in places.values()):
        return None
    marks = []
    for depth, span in enumerate(wanted):
        start, end = places[span.mark]
        # At one place, ends come before beginnings; inner spans end first and begin last.
        marks.append((start, 1, depth, span.mark))
        marks.append((end, 0, -depth, closing(span.mark)))
    pieces, done = [], 0
    for at, _, _, mark in sorted(marks):
        pieces += [target[done:at], mark]
        done = at
    return "".join(pieces) + target[done:]


def attended(
    span: tuple[int, int], attention: Sequence[Sequence[float]], ends: Sequence[int]
) -> tuple[int, int] | None:
    """
    Return the part of a target that looks at a span of source tokens, or None when it is torn.

    ``span`` counts source tokens, ``attention`` has a row per target token, ``ends`` says where
    in the target text each token ends.
    """
    rows = [max(range(len(row)), key=row.__getitem__) for row in attention]
    hits = [at for at, best in enumerate(rows) if span[0] <= best < span[1]]
    if not hits or hits[-1] - hits[0] + 1 > len(hits) + 1 or hits[-1] >= len(ends):
        return None
    return (ends[hits[0] - 1] if hits[0] else 0, ends[hits[-1]])


def place_by_attention(
    source: str,
    target: str,
    attention: Sequence[Sequence[float]],
    tokens: Callable[[str], int],
    ends: Sequence[int],
) -> str | None:
    """
    Put the spans of a source text where the model looked at their words, or return None.

    ``tokens`` counts the source tokens of a text, ``ends`` are offsets in the target.
    """
    plain, wanted = without_spans(source), spans_of(source)
    places = {}
    for span in wanted:
        first, last = tokens(plain[: span.start].rstrip()), tokens(plain[: span.end])
        found = attended((first, last), attention, ends)
        if found is None:
            return None
        start, end = found
        while start < end and target[start].isspace():
            start += 1
        places[span.mark] = (start, end)
    return insert(target, wanted, places)


def has_spans(text: str) -> bool:
    """Tell whether a text has spans."""
    return SPANS.search(text) is not None
