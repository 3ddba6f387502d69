"""
What makes a machine's answer acceptable: nothing is lost, nothing is added, the script is right.

Every check works on marked texts (see :mod:`quangba.mt.markup`) and knows no model. A draft that
fails one of them is tried again another way; none is ever written.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from babel.core import get_global

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
from quangba.source.numbers import difference as number_difference
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

SCRIPTS = {
    "Hans": ("CJK",),
    "Hant": ("CJK",),
    "Jpan": ("CJK", "HIRAGANA", "KATAKANA"),
    "Kore": ("HANGUL",),
    "Latn": ("LATIN", "FEMININE", "MASCULINE"),
    "Laoo": ("LAO",),
    "Khmr": ("KHMER",),
    "Cyrl": ("CYRILLIC",),
}
"""Unicode names of letters by ISO 15924 script; a script that is not here is not checked."""

HAN = {"zh": "gb2312", "ja": "euc_jis_2004"}
"""Standards with the Han of a language: 车 is no Japanese, 車 no simplified Chinese."""

FOREIGN = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "CYRILLIC", "ARABIC", "THAI", "LAO", "GREEK")
"""Scripts that no text of another script contains by chance."""

VIETNAMESE = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")
"""Letters that among the site's languages only Vietnamese has."""

FRENCH = re.compile(r"[^\W\d_a-zA-ZàâäæçéèêëîïôœöùûüÿÀÂÄÆÇÉÈÊËÎÏÔŒÖÙÛÜŸ]")

TORN = re.compile(
    "[0-9A-Za-z][\ue200-\ue3ff]+[0-9A-Za-z]"
    "|[0-9][\ue200-\ue3ff]*[.,][\ue200-\ue3ff]+[0-9]|[0-9][\ue200-\ue3ff]+[.,][0-9]"
)
"""A span that begins or ends inside a word or a number."""

ODD = re.compile(rf"{LEFT.pattern[:-1]}|[@#$&+\n\r\t]|(?<![\d\s])%|(?<!\d)\s%|%(?=\()")
"""Characters that Markdown, its extensions or templates may read, one by one."""

CODES = ("emoji", "keys", "entity", "note", "code", "comment")
"""Inline Markdown (groups of :data:`INLINE`) that letters and common signs can make."""

WORD = re.compile(r"[^\W\d_]+")

LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")

OTHER = re.compile(r"[^\W\d_A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")
"""Letters of other scripts."""

CAPITALISED = re.compile(rf"(?<=\w[\s,(“\"-])[A-ZĐ\u00c0-\u00de\u1ea0-\u1ef9]{LATIN.pattern}")
"""A word that is a capitalised name: not the first of its sentence."""

UPPER = r"[A-ZĐ\u00c0-\u00de\u0102\u0128\u0168\u01a0\u01af\u1ea0-\u1ef9]"
NAME = re.compile(rf"(?<!\w)(?:(?={UPPER}){LATIN.pattern})(?: (?={UPPER}){LATIN.pattern})+")
"""Two capitalised words or more: ``Đồng Vạn Muối``; lower-case letters are sorted out later."""

RANGE = re.compile(r"(?<=\d)~(?=\d)")
"""Korean and Japanese write ranges so."""

ADDRESS = re.compile(ADDRESSES, re.VERBOSE | re.IGNORECASE)

DOUBLED = re.compile(r"([。！？!?,，、;；:：])\1|(?<!\.)\.\.(?!\.)")
"""The same sign twice, which is no ellipsis."""

SHORT = 24
"""Characters up to which neither length nor likeness says anything."""

BAND = (0.1, 4.0)
"""Characters of a translation by characters of its source, from the tersest pair to the longest."""

ALIKE = 0.8
"""Share of an answer's words that also stand in its source, from which it is a copy."""

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
    flaw = script_flaw(words, source, language)
    if flaw:
        return flaw
    plain = MARK.sub(" ", source)
    if is_copy(plain, MARK.sub(" ", target)):
        return Flaw("copy")
    length = len(MARK.sub("", target)) / max(1, len(MARK.sub("", source)))
    band = BAND if len(plain) > SHORT else (0, BAND[1] * SHORT / max(1, len(plain)))
    if not band[0] <= length <= band[1]:
        return Flaw("length", f"× {length:.1f}")
    return None


def script_flaw(words: str, source: str, language: str) -> Flaw | None:
    """
    Tell whether a text is in the script of a language; what the source has too may stay.

    >>> script_flaw('ハロン湾', 'vịnh Hạ Long', 'zh') == 'script'
    True
    >>> script_flaw('下龙湾 OCOP', 'vịnh Hạ Long OCOP', 'zh') is None
    True
    """
    own = own_scripts(language)
    if not own:
        return None
    # Words with accents are no names: “vé” was left as it stood. French has “là” too.
    spoken = {w for w in LATIN.findall(source) if w.islower() and not w.isascii()} - {"là", "à"}
    known = set(LATIN.findall(source)) - spoken
    # Where a name has no verified form in the reader's script, it stays as it is.
    names = set(CAPITALISED.findall(source)) if own[0] != "LATIN" else set()
    names |= set(map(unaccent, names))
    words = LATIN.sub(
        lambda m: " " if m[0] in names or (m[0] in known and not VIETNAMESE.search(m[0])) else m[0],
        words,
    )
    left = next((w for w in LATIN.findall(words) if w in spoken), None)
    if left:
        return Flaw("script", left)
    # 广西 in an English text, when the Vietnamese has it too.
    words = OTHER.sub(lambda m: " " if m[0] in source else m[0], words)
    letters = Counter(script_of(char) for char in words if char.isalpha())
    for script in FOREIGN:
        if letters[script] and script not in own:
            return Flaw("script", script.title())
    if VIETNAMESE.search(words):
        return Flaw("script", next(w for w in LATIN.findall(words) if VIETNAMESE.search(w)))
    if language == "fr" and FRENCH.search(words):
        return Flaw("script", FRENCH.findall(words)[0])
    if letters and not any(letters[script] for script in own):
        return Flaw("script", next(iter(letters)).title())
    if sum(letters[script] for script in own) * 2 < letters.total():
        return Flaw("script", letters.most_common(1)[0][0].title())
    codec = HAN.get(language)
    odd = codec and next((c for c in words if script_of(c) == "CJK" and not has(codec, c)), None)
    if odd:
        return Flaw("script", odd)
    kana = letters["HIRAGANA"] + letters["KATAKANA"]
    if language == "ja" and letters["CJK"] > SHORT // 2 and not kana:
        return Flaw("script", "Kana")
    return None


@cache
def own_scripts(language: str) -> tuple[str, ...]:
    """
    Return the letters that a language is written with, by CLDR's likely subtags.

    >>> own_scripts('ko'), own_scripts('lo')
    (('HANGUL',), ('LAO',))
    """
    likely = get_global("likely_subtags").get(language.replace("-", "_"), "")
    return next((SCRIPTS[part] for part in likely.split("_") if part in SCRIPTS), ())


@cache
def has(codec: str, char: str) -> bool:
    """
    Tell whether a national standard has a character.

    >>> has('gb2312', '车'), has('gb2312', '車'), has('euc_jis_2004', '买')
    (True, False, False)
    """
    try:
        return bool(char.encode(codec))
    except UnicodeEncodeError:
        return False


@cache
def script_of(char: str) -> str:
    """Return the first word of a letter's Unicode name: ``LATIN``."""
    return unicodedata.name(char, "UNKNOWN").split()[0].removesuffix("-COMPATIBILITY")


def latinised(text: str, source: str, language: str) -> str:
    """
    Write Vietnamese names that were copied from the source as the language writes them.

    English drops all marks, French keeps those that it has itself.

    >>> latinised('See Lý Hỏa and Vân Đồn', 'Xem Lý Hỏa và Vân Đồn', 'en')
    'See Ly Hoa and Van Don'
    >>> latinised('Voir Vân Đồn', 'Xem Vân Đồn', 'fr')
    'Voir Vân Dôn'
    """
    if own_scripts(language)[:1] != ("LATIN",) or language == "vi":
        return text
    names = set(CAPITALISED.findall(source))

    def written(match: re.Match[str]) -> str:
        if match[0] not in names:
            return match[0]
        return "".join(map(french_letter, match[0])) if language == "fr" else unaccent(match[0])

    return LATIN.sub(written, text)


def french_letter(char: str) -> str:
    """
    Return a Vietnamese letter as French names have it: without tone, with circumflex.

    >>> ''.join(map(french_letter, 'Yên Tử, Bạch Đằng, Nguyễn'))
    'Yên Tu, Bach Dang, Nguyên'
    """
    parts = unicodedata.normalize("NFD", char)
    hat = "\u0302" if "\u0302" in parts else ""
    return nfc(unaccent(char) + hat)


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
    names = (
        name
        for name in NAME.findall(rest)
        if VIETNAMESE.search(name) and all(word[0].isupper() for word in name.split())
    )
    if own_scripts(language)[:1] != ("LATIN",):
        return tuple(dict.fromkeys(names))
    said = unaccent(nfc(target)).lower()
    return tuple(
        name
        for name in dict.fromkeys(names)
        # The first word may only be the beginning of a sentence: ``Đến Hà Nội``.
        if not any(
            unaccent(part).lower() in said for part in (name, name.partition(" ")[2]) if " " in part
        )
    )


def is_copy(source: str, target: str) -> bool:
    """
    Tell whether a text only repeats its source; names and short labels may.

    >>> is_copy('Tickets are sold at the pier', 'Tickets are sold at the pier.')
    True
    >>> is_copy('Sun World Ha Long', 'Sun World Ha Long')
    False
    """
    before, after = set(words_of(source)), words_of(target)
    common = [word for word in after if word in before]
    said = {low for low in WORD.findall(unaccent(nfc(target))) if low.islower() and low in before}
    return len(said) > 1 and len(common) > ALIKE * len(after)


def words_of(text: str) -> list[str]:
    """Return the words of a text without case and accents."""
    return WORD.findall(unaccent(nfc(text)).lower())
