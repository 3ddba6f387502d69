"""
What makes a machine's answer acceptable: nothing is lost, nothing is added, the script is right.

Every check works on marked texts (see :mod:`quangba.mt.markup`) and knows no model. A draft that
fails one of them is tried again another way; none is ever written.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from quangba.catalogs.glossary import Glossary
from quangba.errors import say
from quangba.mt.markup import (
    ADDRESSES,
    CLOSE,
    INLINE,
    LEFT,
    MARK,
    OPEN,
    SPANS,
    balanced,
    spans,
    without_spans,
)
from quangba.source.names import vietnamese_names
from quangba.source.numbers import difference as number_difference
from quangba.source.scripts import is_copy, is_latin, script_flaw
from quangba.source.text import CONTROL, HIDDEN, nfc, unaccent
from quangba.source.units import unit_difference

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FLAWS = {
    "markup": ("đánh dấu Markdown không tách được", "markup that cannot be told apart"),
    "long": ("đoạn quá dài", "too long a text"),
    "package": ("gói dịch không nạp được", "the package does not load"),
    "empty": ("câu trả lời trống", "an empty answer"),
    "cap": ("câu trả lời bị cắt vì quá dài", "an answer cut off at the limit"),
    "loop": ("câu trả lời lặp đi lặp lại", "an answer that repeats itself"),
    "unknown": ("có ký tự mà gói dịch không biết", "characters that the package does not know"),
    "marks": ("mất, thừa hoặc đảo liên kết, mã, thẻ", "links, code or tags lost, added or crossed"),
    "place": ("không biết đặt chữ đậm hay liên kết vào đâu", "no place for bold or a link"),
    "characters": ("có ký tự lạ", "strange characters"),
    "numbers": ("sai hoặc thiếu số liệu", "numbers that differ"),
    "units": ("sai hoặc thiếu đơn vị, loại tiền", "units or currencies that differ"),
    "repeated": ("dấu câu lặp", "a sign said twice"),
    "terms": ("sai hoặc thiếu thuật ngữ", "terms that differ"),
    "script": ("sai chữ viết", "the wrong script"),
    "copy": ("chép lại câu nguồn", "a copy of the source"),
    "length": ("dài hoặc ngắn bất thường", "much too long or short"),
    "words": ("chữ trong hình hoặc nhãn không dịch được", "the words of a picture or label failed"),
    "structure": ("cấu trúc khác câu nguồn", "another structure than the source"),
}
"""Every reason to refuse a draft, in Vietnamese and English."""

TORN = re.compile(
    "[0-9A-Za-z][\ue200-\ue3ff]+[0-9A-Za-z]"
    "|[0-9][\ue200-\ue3ff]*[.,][\ue200-\ue3ff]+[0-9]|[0-9][\ue200-\ue3ff]+[.,][0-9]"
)
"""A span that begins or ends inside a word or a number."""

ODD = re.compile(rf"{LEFT.pattern[:-1]}|[@#$&+\n\r\t]|(?<![\d\s])%|(?<!\d)\s%|%(?=\()")
"""Characters that Markdown, its extensions or templates may read, one by one."""

CODES = ("emoji", "keys", "entity", "note", "code", "comment")
"""Inline Markdown (groups of :data:`INLINE`) that letters and common signs can make."""

RANGE = re.compile(r"(?<=\d)~(?=\d)")
"""Korean and Japanese write ranges so."""

ADDRESS = re.compile(ADDRESSES, re.VERBOSE | re.IGNORECASE)

DOUBLED = re.compile(r"([。！？!?,，、;；:：])\1|(?<!\.)\.\.(?!\.)")
"""The same sign twice, which is no ellipsis."""

SHORT = 24
"""Characters up to which neither length nor likeness says anything."""

BAND = (0.1, 4.0)
"""Characters of a translation by characters of its source, from the tersest pair to the longest."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Flaw(str):
    """Why an answer is no translation: a key of :data:`FLAWS`, and what exactly."""

    what: str

    def __new__(cls, kind: str, what: str = "") -> Flaw:
        flaw = super().__new__(cls, kind)
        flaw.what = what
        return flaw

    @property
    def sentence(self) -> str:
        """Say it in the user's language."""
        return say(*FLAWS[self]) + (f": {self.what}" if self.what else "")

    @property
    def english(self) -> str:
        """Say it in the language of the comments in catalogs."""
        return FLAWS[self][1] + (f": {self.what}" if self.what else "")


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def flaw_of(
    source: str, source_language: str, target: str, language: str, glossary: Glossary
) -> Flaw | None:
    """
    Judge a translation of a marked text; None when nothing is wrong with it.

    >>> flaw_of('Giá 12 đồng', 'vi', 'Price: 13 dong', 'en', Glossary()) == 'numbers'
    True
    """
    if not any(char.isalnum() for char in MARK.sub("", target)):
        return Flaw("empty")
    lost = marks_difference(source, target)
    if lost:
        return Flaw("marks", lost)
    doubled = DOUBLED.search(MARK.sub(" ", target))
    if doubled and not DOUBLED.search(MARK.sub(" ", source)):
        return Flaw("repeated", doubled[0])
    address = ADDRESS.search(MARK.sub(" ", target))
    if address:
        return Flaw("marks", f"+{address[0]}")
    strange = strange_character(source, target)
    if strange:
        return Flaw("characters", f"U+{ord(strange):04X}")
    before, after = without_spans(source), without_spans(target)
    number = number_difference(before, source_language, after, language)
    if number:
        return Flaw("numbers", number)
    unit = unit_difference(before, after)
    if unit:
        return Flaw("units", unit)
    term = glossary.difference(before, source_language, after, language)
    if term:
        return Flaw("terms", term)
    return language_flaw(before, source_language, after, language, glossary)


def marks_difference(source: str, target: str) -> str | None:
    """Say how many marks were lost or added, or None when all are there and in order."""
    before, after = Counter(MARK.findall(source)), Counter(MARK.findall(target))
    if before != after:
        return f"−{(before - after).total()} +{(after - before).total()}"
    if not balanced(target) or TORN.search(target) or parents(target) != parents(source):
        return "≠"
    return "≠" if hollow(target) - hollow(source) else None


def hollow(text: str) -> set[str]:
    """Return the spans, by their opening marks, that hold neither words nor a mask."""
    return {
        mark
        for mark, start, end in spans(text)
        if not any(char.isalnum() or is_mask(char) for char in text[start:end])
    }


def is_mask(char: str) -> bool:
    """Tell whether a character is a mark that stands for something by itself."""
    return MARK.match(char) is not None and not SPANS.match(char)


def parents(text: str) -> Counter[tuple[str, str]]:
    """Count in which span (its opening mark) each mark stands."""
    found: Counter[tuple[str, str]] = Counter()
    opened = [""]
    for char in MARK.findall(text):
        if ord(char) >= CLOSE:
            opened.pop()
            continue
        found[char, opened[-1]] += 1
        if ord(char) >= OPEN:
            opened.append(char)
    return found


def strange_character(source: str, target: str) -> str | None:
    """Return a character that Markdown might read or nobody can see, and the source lacks."""
    plain = RANGE.sub("", MARK.sub("", target))
    known = Counter(MARK.sub("", source))
    for pattern in (ODD, CONTROL, HIDDEN):
        for char, count in Counter(pattern.findall(plain)).items():
            if count > known[char]:
                return str(char)[-1]
    for match in INLINE.finditer(plain):
        if match.lastgroup in CODES and match[0] not in source:
            return match[0][0]
    return next((char for char in plain if char not in source and is_strange(char)), None)


def is_strange(char: str) -> bool:
    """Tell whether a character is no part of a text: an emoji, a private one, a lost one."""
    return char in "\ufffd\u2047" or unicodedata.category(char) in ("Co", "Cn", "Cs", "So")


def language_flaw(
    source: str, source_language: str, target: str, language: str, glossary: Glossary
) -> Flaw | None:
    """Tell whether a text is in a language, as far as letters can tell."""
    # Names in a form that the glossary gives are right in any script.
    words = MARK.sub(" ", target)
    for match in reversed(glossary.matches(words, language)):
        words = f"{words[: match.start]} {words[match.end :]}"
    wrong = script_flaw(words, source, language)
    if wrong:
        return Flaw("script", wrong)
    plain = MARK.sub(" ", source)
    if is_copy(plain, MARK.sub(" ", target)):
        return Flaw("copy")
    length = len(MARK.sub("", target)) / max(1, len(MARK.sub("", source)))
    band = BAND if len(plain) > SHORT else (0, BAND[1] * SHORT / max(1, len(plain)))
    if not band[0] <= length <= band[1]:
        return Flaw("length", f"× {length:.1f}")
    return None


def doubtful_names(
    source: str, source_language: str, target: str, language: str, glossary: Glossary
) -> tuple[str, ...]:
    """
    Return names that the glossary does not know and that a person has to look at.

    In Latin letters these are the names that the translation does not have in some spelling
    (``Quảng Tây`` is rightly *Guangxi*); in other scripts all of them.

    >>> doubtful_names('đến Đồng Má Ngựa', 'vi', 'to Dong Ma Ngua', 'en', Glossary())
    ()
    >>> doubtful_names('đến Đồng Má Ngựa', 'vi', 'to the field', 'en', Glossary())
    ('Đồng Má Ngựa',)
    """
    rest = MARK.sub(" / ", source)
    for match in reversed(glossary.matches(rest, source_language)):
        if match.term.preferred(language):
            rest = f"{rest[: match.start]}/{rest[match.end :]}"
    names = vietnamese_names(rest)
    if not is_latin(language):
        return tuple(names)
    said = unaccent(nfc(target)).lower()
    return tuple(
        name
        for name in names
        # The first word may only be the beginning of a sentence: ``Đến Hà Nội``.
        if not any(
            unaccent(part).lower() in said for part in (name, name.partition(" ")[2]) if " " in part
        )
    )
