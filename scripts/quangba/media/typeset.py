"""
Typesetting: short texts in lines that break where a reader of the language would pause.

Rules: kinsoku shori of JIS X 4051 and the W3C's “Requirements for Japanese / Chinese / Hangul Text
Layout” (what may not begin or end a line); Korean and Vietnamese break at spaces; French keeps its
spaced punctuation. Among the allowed breaks the best are found by comparing all of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import accumulate, zip_longest

import budoux

from quangba.media.compounds import WEAK
from quangba.media.faces import LATIN, Face, face_of

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

NOT_FIRST = frozenset(
    "、。，．：；？！）〕］｝〉》」』】〗’”…‥ー々ゝゞヽヾ・·％‰℃°〜～!),.:;?]}»%–—"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ"
)
"""What does not begin a line."""

NOT_LAST = frozenset("（〔［｛〈《「『【〖‘“([{«#￥¥$€£№")
"""What does not end a line."""

PAUSES = frozenset("、。，．：；？！」』）》】,:;?!–—…・")
"""Signs after which a reader pauses anyway."""

CLINGING = frozenset("年月日时時分点號号歳岁度万亿億兆元円원層层级個个公里％")
"""What belongs to the number before it."""

NARROW = "\u2009\u200a\u202f"
"""Spaces that are drawn as a fifth of an em and never break."""

HARD = f"\u00a0{NARROW}"
"""Spaces that never break."""

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufe0e\ufe0f\ufeff]")

IDEOGRAPHS = (
    "\u2e80-\u2fdf\u3001-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
    "\U00020000-\U0003ffff"
)
"""Han, kana, their punctuation and full-width forms: each may stand at the end of a line."""

UNIT = re.compile(
    rf"""
    [{IDEOGRAPHS}]                                           # 下, り, 、
    | [^\s{IDEOGRAPHS}]+? (?: [–/](?=\w) | (?=[\s{IDEOGRAPHS}]|$) )  # Long, 베트남, 2025–
    """,
    re.VERBOSE,
)
"""What is never broken inside."""

PHRASES = {
    "zh": budoux.load_default_simplified_chinese_parser,
    "ja": budoux.load_default_japanese_parser,
}
"""Small trained models of where a phrase ends."""

MEASURE = 100
"""Size in pixels at which texts are measured."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Run:
    """Characters that one face draws; without a face, an empty space in hundredths of an em."""

    face: Face | None
    text: str
    space: int = 0


@dataclass(frozen=True)
class Unit:
    """A piece of text that is never broken, and what a break after it would cost."""

    text: str
    glue: str
    """The space after it, which goes when the line ends here."""
    cost: float | None
    """None: no break here."""


@dataclass
class Measured:
    """The units of a text, and how wide those are together that were asked for."""

    pieces: list[Unit]
    language: str
    own: tuple[Face, ...]
    widths: dict[tuple[int, int], float] = field(default_factory=dict)

    def width(self, start: int, end: int) -> float:
        """Return the width of some units on one line, in ems."""
        key = start, end
        if key not in self.widths:
            text = joined(self.pieces[start:end])
            self.widths[key] = em_width(text, self.language, self.own)
        return self.widths[key]


@dataclass
class Block:
    """A text in lines of one width, in ems: the best breaks for any number of lines."""

    measured: Measured
    width: float
    rows: list[dict[int, tuple[float, int]]] = field(default_factory=lambda: [{0: (0.0, 0)}])
    """By lines so far: where the last of them may end, what that costs and where it began."""

    def lines(self, count: int) -> Iterator[tuple[list[str], float]]:
        """Yield exactly ``count`` lines with the least cost, if there are any."""
        pieces = self.measured.pieces
        size = len(pieces)
        if count == 1:
            # One line has no end that could be ragged.
            if (
                pieces
                and self.measured.width(0, size) <= self.width
                and pieces[-1].cost is not None
            ):
                yield [joined(pieces)], 0.0
            return
        while len(self.rows) <= count:
            self.rows.append(self.row(self.rows[-1]))
        if size not in self.rows[count]:
            return
        found: list[str] = []
        end = size
        for row in self.rows[count:0:-1]:
            start = row[end][1]
            found.insert(0, joined(pieces[start:end]))
            end = start
        yield found, self.rows[count][size][0]

    def row(self, before: dict[int, tuple[float, int]]) -> dict[int, tuple[float, int]]:
        """Add a line: the cost of its break and of its ragged end."""
        pieces, width = self.measured.pieces, self.width
        size = len(pieces)
        row: dict[int, tuple[float, int]] = {}
        for start, (cost, _) in before.items():
            for end in range(start + 1, size + 1):
                length = self.measured.width(start, end)
                if length > width:
                    break
                at = pieces[end - 1].cost
                if at is None:
                    continue
                total = cost + 45 * ((width - length) / width) ** 2 + (at if end < size else 0)
                if end not in row or total < row[end][0]:
                    row[end] = (total, start)
        return row


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def cleaned(text: str) -> str:
    """Compose a text (NFC) and drop what nobody sees."""
    return INVISIBLE.sub("", unicodedata.normalize("NFC", " ".join(text.split(" "))))


def missing(text: str, language: str, own: tuple[Face, ...] = ()) -> list[str]:
    """
    Return the characters that no face can draw, each once.

    >>> missing('Vịnh Hạ Long ᚠ', 'vi')
    ['ᚠ']
    """
    return [
        character
        for character in dict.fromkeys(cleaned(text))
        if not character.isspace() and face_of(character, language, own) is None
    ]


def is_east(character: str) -> bool:
    """Tell whether a character is Han or kana, which have no spaces between words."""
    return "\u3040" <= character <= "\u30ff" or unicodedata.name(character, "").startswith("CJK UN")


@lru_cache(maxsize=10_000)
def runs(text: str, language: str, own: tuple[Face, ...] = ()) -> tuple[Run, ...]:
    """Divide a line into runs of one face each, with a little air between Han and Latin."""
    found: list[Run] = []
    before = ""
    for character in text:
        if character in NARROW:
            found.append(Run(None, "", 20))
        else:
            # Spaces are the Latin face's, whatever stands around them.
            space = character.isspace() and character != "\u3000"
            face = LATIN if space else face_of(character, language, own)
            if before and is_east(before) != is_east(character):
                letter = character if is_east(before) else before
                if letter.isalnum() and language in ("zh", "ja"):
                    found.append(Run(None, "", 14))
            shown = " " if space else character
            if found and found[-1].face is face and face is not None:
                found[-1] = Run(face, found[-1].text + shown)
            elif face is not None:
                found.append(Run(face, shown))
        before = character
    return tuple(found)


@lru_cache(maxsize=10_000)
def em_width(text: str, language: str, own: tuple[Face, ...] = ()) -> float:
    """Return the width of a text in ems."""
    total = 0.0
    for run in runs(text, language, own):
        if run.face is None:
            total += run.space / 100
        else:
            total += run.face.font(MEASURE).getlength(run.text) / MEASURE
    return total


def units(text: str, language: str, names: Iterable[str] = ()) -> list[Unit]:
    """
    Divide a text into units, with the cost of a break after each.

    >>> [u.text for u in units('Vịnh Hạ Long', 'vi') if u.cost is not None]
    ['Vịnh', 'Hạ', 'Long']
    >>> [u.text for u in units('「海」、山', 'ja') if u.cost is not None]
    ['、', '山']
    """
    inside = inner_places(text, names)
    phrases = phrase_places(text, language)
    matches = list(UNIT.finditer(text))
    found = []
    for match, after in zip_longest(matches, matches[1:]):
        if after is None:
            found.append(Unit(match[0], "", 0))
            continue
        glue = text[match.end() : after.start()]
        cost = break_cost(match[0], glue, after[0], language)
        if cost is not None and after.start() in inside:
            cost += inside[after.start()]
        elif cost is not None and language in PHRASES and not glue and cost >= 0:
            cost += 0 if after.start() in phrases else 18
        found.append(Unit(match[0], glue, cost))
    return found


def inner_places(text: str, names: Iterable[str]) -> dict[int, int]:
    """Return what breaks in and around names cost, by place: much inside, nothing at the edges."""
    found: dict[int, int] = {}
    text = text.lower()
    for name in sorted(names, key=len, reverse=True):
        # Long names are phrases that may be broken between their words, if it has to be.
        cost = 4 if name.count(" ") > 2 else 32 if name.islower() else 36
        form = re.escape(name.lower())
        # Particles follow Hangul, Han and kana without a space.
        pattern = rf"(?<!\w){form}(?!\w)" if name[-1] < "\u1100" else form
        for match in re.finditer(pattern, text):
            found.setdefault(match.start(), 0)
            found.setdefault(match.end(), 0)
            found |= dict.fromkeys(range(match.start() + 1, match.end()), cost)
    return found


@cache
def phrase_parser(language: str) -> budoux.Parser:
    """Return what finds phrases in a language without spaces."""
    return PHRASES[language]()


@lru_cache(maxsize=10_000)
def phrase_places(text: str, language: str) -> frozenset[int]:
    """Return where phrases begin, in languages that do not show it by spaces."""
    if language not in PHRASES:
        return frozenset()
    phrases = phrase_parser(language).parse(text)
    places = accumulate(map(len, phrases))
    # A single character is more often the end of a word than a phrase: 出入|境：.
    return frozenset(
        place
        for place, after in zip(places, phrases[1:], strict=False)
        if sum(map(str.isalnum, after)) > 1
    )


def break_cost(before: str, glue: str, after: str, language: str) -> float | None:
    """Return what a break between two units costs; None where the language forbids it."""
    last, first = before[-1], after[0]
    if first in NOT_FIRST or last in NOT_LAST or any(space in glue for space in HARD):
        return None
    if after in ("-", "/", "&"):
        return None  # Hà Nội - Quảng Ninh
    if last in PAUSES:
        return -10
    if not (is_east(last) or is_east(first)):
        return latin_cost(before, after, language) if glue or last in "–/" else 12
    if glue:
        return 0
    if last.isdigit() and first in CLINGING:
        return 30
    return east_cost(last, first)


def latin_cost(before: str, after: str, language: str) -> float:
    """Return what a break between two words costs."""
    if before.lower() in WEAK.get(language, ()):
        return 14
    if before[0].isupper() and after[0].isupper():
        return 36  # Hạ Long, Quảng Ninh
    if before[-1].isdigit() or (after[0].isdigit() and before[-1] not in ",;:"):
        return 7  # 3 days, Law 143
    return 0


def east_cost(last: str, first: str) -> float:
    """
    Return what a break between two characters costs: Japanese phrases end in hiragana.

    >>> [east_cost(*pair) for pair in ('の島', '島の', 'ロン', '世界')]
    [1, 14, 30, 4]
    """
    kinds = [script(last), script(first)]
    if kinds[0] == "hiragana":
        return 1 if kinds[1] != "hiragana" else 9
    if kinds == ["katakana", "katakana"]:
        return 30
    if kinds[1] == "hiragana":
        return 14
    return 12 if kinds[0] == "katakana" else 4


def script(character: str) -> str:
    """Name the script of a character of Japanese text."""
    if "\u3040" <= character <= "\u309f":
        return "hiragana"
    if "\u30a0" <= character <= "\u30ff":
        return "katakana"
    return "han" if is_east(character) else "other"


def set_lines(
    text: str,
    language: str,
    width: float,
    most: int,
    names: Iterable[str] = (),
    own: tuple[Face, ...] = (),
) -> tuple[list[str], float] | None:
    """
    Break a text into at most ``most`` lines of at most ``width`` ems, and say what that costs.

    The cost is that of the breaks, of ragged ends and of lines. Returns None when the text needs
    more lines.
    """
    measured = measured_of(cleaned(text), language, tuple(names), own)
    # A narrower block may have even lines where the full width has none.
    blocks = [Block(measured, measure) for measure in (width, 0.86 * width, 0.74 * width)]
    found = [
        (lines, cost + 6 * count)
        for count in range(1, most + 1)
        for block in blocks
        for lines, cost in block.lines(count)
    ]
    return min(found, key=lambda each: each[1], default=None)


@lru_cache(maxsize=16)
def measured_of(
    text: str, language: str, names: tuple[str, ...], own: tuple[Face, ...]
) -> Measured:
    """Return the units of a text: the same is set in many sizes, one after the other."""
    return Measured(units(text, language, names), language, own)


def joined(pieces: list[Unit]) -> str:
    """Put the units of a line together; the space at its end goes."""
    text = "".join(f"{piece.text}{piece.glue}" for piece in pieces[:-1])
    return text + pieces[-1].text


def shortened(
    text: str, language: str, width: float, most: int, own: tuple[Face, ...] = ()
) -> list[str]:
    """Return a text that is too long in ``most`` lines, the last with an ellipsis."""
    pieces = units(cleaned(text), language)
    while pieces:
        pieces.pop()
        shown = joined(pieces).rstrip(" ,;:、，：") + "…" if pieces else "…"
        found = set_lines(shown, language, width, most, own=own)
        if found:
            return found[0]
        if len(pieces) == 1:
            # One word that is wider than the line.
            word = pieces[0].text
            pieces = [Unit(each, "", 0) for each in word]
    return ["…"]
