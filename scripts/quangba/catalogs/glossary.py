"""
Glossary: where terms stand in a text, and whether a translation owes them.

Boundaries follow the script of a form's edge, not the language: a Vietnamese or English form is a
whole word or several; Chinese, Japanese, Korean, Thai and Lao write no blanks, or put endings and
other words directly after a name (하롱베이에서, 云屯机场), so that a form of theirs may stand
anywhere. Of terms that overlap, the longest counts: “Hạ Long” in “vịnh Hạ Long” is the bay only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import heapify, heappop, heappush
from pathlib import Path

from quangba.catalogs.terms import LANGUAGES, SOURCE, Rule, Table, Term, read_csv
from quangba.errors import Problem, QuangbaError
from quangba.source.text import nfc

__all__ = ["Glossary", "Match", "Rule", "Term"]

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

NAME = "glossary.csv"
"""The glossary's file in the folder of the catalogs."""

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fff\u3005-\u30ff\u3100-\u318f"
    "\u31f0-\u31ff\u3400-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc"
    "\U00020000-\U0003ffff"
)
"""Scripts in which words touch: Thai, Lao, Burmese, Khmer, Hangul, kana, Han."""

MARKS = "\u0300-\u036f\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u3099\u309a"
"""Combining marks, which belong to the letter before them."""

WORD = rf"[^\W_{UNSPACED}]"
"""A letter or digit of a script with blanks between words."""

BEFORE = rf"(?:(?!{WORD})|(?<!{WORD})(?<![{MARKS}]))"
"""A form that begins with such a letter is not the end of a word."""

AFTER = rf"(?![{MARKS}])(?:(?<!{WORD})|(?!{WORD}))"
"""A form that ends with such a letter is not the beginning of a word."""

BEGINNING, ENDING = re.compile(BEFORE), re.compile(AFTER)

BLANKS = r"\s+"
"""What may stand for a blank: a line end, a blank that does not break."""

VARIANTS = {
    "'": "['’]",
    "’": "['’]",
    **dict.fromkeys("-‐‑–—", "[-‐‑–—]"),
}
"""Typographic variants of one character."""

OPEN_SYLLABLES = ("oa", "oe", "uy")
"""Vietnamese rhymes whose tone is written on either vowel: hòa and hoà, thủy and thuỷ."""

TONES = "\u0300\u0301\u0303\u0309\u0323"

TONE_WAYS = tuple(
    pair
    for rhyme in OPEN_SYLLABLES
    for tone in TONES
    for old, new in [(nfc(rhyme[0] + tone + rhyme[1]), nfc(rhyme[0] + rhyme[1] + tone))]
    for pair in ((old, new), (new, old), (old.upper(), new.upper()))
)
"""Each way to end an open syllable, and the other one."""

PLURALS = ("en", "fr")
"""Languages whose common nouns take ``-s``."""

ENDS: dict[str, dict[int, str]] = {
    "zh": dict(zip(map(ord, ".,:;!?()"), "。，：；！？（）", strict=True)),
    "ja": dict(zip(map(ord, ".,:;!?()"), "。、：；！？（）", strict=True)),
    "fr": {ord(mark): f" {mark}" for mark in ":;!?"},
}
"""How punctuation after a term is written, as the site's reviewed texts do."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Match:
    """A term in a text."""

    start: int
    end: int
    term: Term
    form: str
    """The form as the glossary writes it; the text may have a capital or a plural."""


@dataclass(frozen=True)
class Pattern:
    """The forms of one language as one regular expression; group *n* is form *n* - 1."""

    regex: re.Pattern[str]
    forms: tuple[tuple[str, Term], ...]

    def longest(self, text: str) -> list[tuple[int, int, str, Term]]:
        """Return what stands in a text, in order; of forms that overlap the longest is chosen."""
        waiting = [candidate(match) for match in overlapping(self.regex, text)]
        heapify(waiting)
        taken = bytearray(len(text))
        found = []
        while waiting:
            _, start, end, index = heappop(waiting)
            clash = taken.find(1, start, end)
            if clash < 0:
                taken[start:end] = b"\x01" * (end - start)
                found.append((start, end, *self.forms[index]))
            elif shorter := self.regex.match(text, start, clash):
                heappush(waiting, candidate(shorter))
        return sorted(found, key=lambda item: item[0])


@dataclass
class Glossary:
    """The terms of a site."""

    terms: tuple[Term, ...] = ()
    languages: tuple[str, ...] = LANGUAGES
    """Languages that the file has columns for, in their order."""
    _patterns: dict[str, Pattern | None] = field(default_factory=dict, repr=False, compare=False)

    def __bool__(self) -> bool:
        return bool(self.terms)

    @classmethod
    def read(cls, path: Path, file: str) -> Glossary:
        """
        Read a glossary; a file that does not exist is an empty one.

        Raises ``QuangbaError`` with line at the first thing that is wrong.
        """
        table = read_table(path, file)
        if table.problems:
            raise raised(table.problems[0])
        return cls(table.terms, table.languages)

    def matches(self, text: str, language: str) -> list[Match]:
        """
        Return the terms in a text (NFC), in order, none overlapping.

        Forbidden forms are not among them.
        """
        return [
            match for match in self.found(text, language) if match.term.rule is not Rule.FORBIDDEN
        ]

    def whole(self, text: str, source_language: str, language: str) -> str | None:
        """
        Translate a text that is one term and nothing else, such as a heading or a cell.

        Punctuation around it stays, and so do capitals where the language has them.
        """
        text = nfc(text)
        found = self.matches(text, source_language)
        if len(found) != 1:
            return None
        match = found[0]
        before, written, after = (
            text[: match.start],
            text[match.start : match.end],
            text[match.end :],
        )
        form = match.term.preferred(language)
        if form is None or any(char.isalnum() for char in before + after):
            return None
        return before + cased(form, written, match.form) + after.translate(ENDS.get(language, {}))

    def difference(
        self, source: str, source_language: str, target: str, language: str
    ) -> str | None:
        """
        Say which term a translation lacks (−) or has although it is forbidden (+); None when fine.

        A term is owed as often as the source holds it. A longer name serves too: 广宁省 for 广宁.
        """
        source, target = nfc(source), nfc(target)
        owed = Counter(
            match.term
            for match in self.matches(source, source_language)
            if match.term.accepted(language)
        )
        missing = self.missing(owed, target, language)
        if missing is not None:
            return f"−{missing.preferred(language)}"
        for match in self.found(target, language):
            # What the source itself writes is quoted, not translated.
            written = target[match.start : match.end]
            if match.term.rule is Rule.FORBIDDEN and written not in source:
                return f"+{written}"
        return None

    def missing(self, owed: Counter[Term], target: str, language: str) -> Term | None:
        """Return a term that a text holds less often than it should; long forms take first."""
        taken = [False] * len(target)
        forms = [(form, term) for term in owed for form in term.accepted(language)]
        for form, term in sorted(forms, key=lambda item: -len(item[0])):
            if not owed[term]:
                continue
            for start, end in places(target, form, term.case, language):
                span = slice(start, end)
                if owed[term] and not any(taken[span]):
                    taken[span] = [True] * (span.stop - span.start)
                    owed[term] -= 1
        return next((term for term, count in owed.items() if count), None)

    def found(self, text: str, language: str) -> Iterator[Match]:
        """Yield everything that the glossary knows in a text, forbidden forms too."""
        if language not in self._patterns:
            self._patterns[language] = make_pattern(self.terms, language)
        pattern = self._patterns[language]
        if pattern:
            for start, end, form, term in pattern.longest(text):
                yield Match(start, end, term, form)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def read_table(path: Path, file: str) -> Table:
    """Read a glossary file with all that is wrong in it; no file is an empty table."""
    try:
        return read_csv(path.read_bytes(), file)
    except FileNotFoundError:
        return Table()
    except OSError as error:
        raise QuangbaError("file-unreadable", file, what=error.strerror or error) from error


def raised(problem: Problem) -> QuangbaError:
    """Make the error that carries a problem."""
    return QuangbaError(problem.code, problem.file, problem.line, **dict(problem.values))


def overlapping(regex: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the longest match at every place where there is one."""
    position = 0
    while match := regex.search(text, position):
        yield match
        position = match.start() + 1


def candidate(match: re.Match[str]) -> tuple[int, int, int, int]:
    """Return a match as an entry of a heap: the longest first, then the first in the text."""
    assert match.lastindex is not None
    return match.start() - match.end(), match.start(), match.end(), match.lastindex - 1


def make_pattern(terms: Iterable[Term], language: str) -> Pattern | None:
    """Compile the forms of a language, the longest first; None when there are none."""
    forms: dict[tuple[str, bool], tuple[str, Term]] = {}
    for term in terms:
        # The Vietnamese cell of a forbidden row says what is meant; nobody forbids that.
        if not (term.rule is Rule.FORBIDDEN and language == SOURCE):
            for form in term.accepted(language):
                forms.setdefault((form, term.case), (form, term))
    if not forms:
        return None
    ordered = sorted(forms.values(), key=lambda item: (-len(item[0]), not item[1].case))
    heads: dict[str, list[str]] = {}
    listed: list[tuple[str, Term]] = []
    for first in dict.fromkeys(form[0].lower() for form, _ in ordered):
        group = [item for item in ordered if item[0][0].lower() == first]
        heads[first] = [f"({form_regex(form, term.case, language)})" for form, term in group]
        listed += group
    # One look at the first character, in either case, rules out nearly all forms.
    branches = (f"(?={first_regex(head)})(?:{'|'.join(found)})" for head, found in heads.items())
    return Pattern(bounded("|".join(branches)), tuple(listed))


def bounded(forms: str) -> re.Pattern[str]:
    """Compile an expression of forms with the boundaries that their edges ask for."""
    return re.compile(f"{BEFORE}(?:{forms}){AFTER}")


def first_regex(first: str) -> str:
    """Return the expression of a form's first character."""
    upper = first.upper()
    if len(upper) > 1:
        return re.escape(first)
    if first in VARIANTS:
        return VARIANTS[first]
    return f"[{re.escape(first)}{re.escape(upper)}]"


def places(text: str, form: str, case: bool, language: str) -> Iterator[tuple[int, int]]:
    """
    Yield where a form stands in a text, as a word or words of its own.

    The edges are looked at one by one: a thousand forms compile ten times faster without them.

    >>> list(places('Two Economic zones', 'economic zone', False, 'en'))
    [(4, 18)]
    >>> list(places('con dao', 'Dao', True, 'vi'))
    []
    """
    regex, at = one_form(form, case, language), 0
    while match := regex.search(text, at):
        start, end = match.span()
        fits = BEGINNING.match(text, start) and ENDING.match(text, end)
        if fits:
            yield start, end
        at = end if fits else start + 1


@lru_cache(maxsize=4096)
def one_form(form: str, case: bool, language: str) -> re.Pattern[str]:
    """Compile one form, without its edges."""
    return re.compile(form_regex(form, case, language))


def form_regex(form: str, case: bool, language: str) -> str:
    """Return the expression of a form: exact, or with a capital, or in capitals."""
    if not case:
        return f"(?i:{spelling_regex(form, language)})"
    ways = dict.fromkeys((form, form[0].upper() + form[1:]))
    if " " in form:
        ways[form.upper()] = None
    return "(?:" + "|".join(spelling_regex(way, language) for way in ways) + ")"


def spelling_regex(form: str, language: str) -> str:
    """Return the expression of a form in one way of writing its capitals."""
    *words, last = form.split(" ")
    every = language == "fr"
    found = [word_regex(word, language, plural=every) for word in words]
    found.append(word_regex(last, language, plural=language in PLURALS))
    return BLANKS.join(found)


def takes_plural(word: str) -> bool:
    """
    Tell whether a word is one that may take ``-s``: not a name, not “de” or “la”.

    >>> [takes_plural(word) for word in ('visa', 'Long', 'de', '(FDI)')]
    [True, False, False, False]
    """
    return len(word) > 3 and word.islower() and word[-1].isalpha()


@lru_cache(maxsize=1 << 14)
def word_regex(word: str, language: str, *, plural: bool) -> str:
    """Return the expression of a word: plural, tone on either vowel, typographic variants."""
    if language == SOURCE and other_tone(word) != word:
        return f"(?:{letters(word)}|{letters(other_tone(word))})"
    # “postes-frontières”: the parts of a French compound take their own plural.
    parts = re.split("(-)", word) if language == "fr" else [word]
    return "".join(letters(part) + "s?" * (plural and takes_plural(part)) for part in parts)


def letters(word: str) -> str:
    """Return the expression of letters with their typographic variants."""
    return "".join(VARIANTS.get(char) or re.escape(char) for char in word)


def other_tone(word: str) -> str:
    """
    Write the tone of an open syllable on its other vowel.

    >>> other_tone('Hỏa'), other_tone('thuỷ'), other_tone('quý'), other_tone('hoàn')
    ('Hoả', 'thủy', 'quý', 'hoàn')
    """
    for one, other in TONE_WAYS:
        # In “quý” the u belongs to the consonant.
        if word.endswith(one) and not word[: -len(one)].lower().endswith("q"):
            return word[: -len(one)] + other
    return word


def cased(form: str, written: str, known: str) -> str:
    """
    Give a form the capitals that a text has beyond those of the glossary.

    ``written`` is what stands in the text for ``known``, a form in another language or the same.

    >>> cased('baie d’Ha Long', 'Vịnh Hạ Long', 'vịnh Hạ Long')
    'Baie d’Ha Long'
    >>> cased('Ha Long', 'HẠ LONG', 'Hạ Long')
    'HA LONG'
    """
    if written.isupper() and not known.isupper():
        return form.upper()
    return form[0].upper() + form[1:] if written[0].isupper() else form
