"""Characters: nothing that was lost, that nobody can see, or that only looks like a letter."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from quangba.errors import Severity
from quangba.review.checking import Values, check
from quangba.review.entry import Entry
from quangba.source.scripts import script_of
from quangba.source.text import CONTROL, HIDDEN, nfc

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LOST = re.compile("[\ufffd\u2047]|(?<=[a-zà-ỹ가-힣])\\?+(?=[a-zà-ỹ가-힣])")
"""What programs write for a character that they do not know."""

PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")

LAYOUT = re.compile("[\t\n\r\x0b\x0c\x85]")

COMBINING = re.compile("[\u0300-\u036f\u1100-\u11ff\u3099\u309a]")

ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")

FOREIGN = "\u0370-\u03ff\u0400-\u04ff\uff21-\uff3a\uff41-\uff5a"
"""Greek and Cyrillic letters, and full-width Latin ones."""

LIKE_LATIN = frozenset("АВЕКМНОРСТУХЅІЈаесорхуѕіјԛԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧονικα")
"""Greek and Cyrillic letters that look like Latin ones."""

MIXED = re.compile(rf"[A-Za-z\u00c0-\u024f\u1e00-\u1eff{FOREIGN}]+")

KANJI_IN_KANA = re.compile(
    "(?<=[\u30a1-\u30fa\u30fc])[口力二一夕卜工八三干](?=[\u30a1-\u30fa\u30fc])"
    # No Han is lengthened or followed by a small kana.
    "|[口力二夕卜工八三干](?=[ァィゥェォッャュョー])"
)
"""ハ口ン with 口, a mouth, in the place of ロ, the sound *ro*."""

KANA_IN_HAN = re.compile("(?<=[\u3400-\u9fff])[ロカニタトエハミ](?=[\u3400-\u9fff])")

BAR = re.compile("(?<![\u3041-\u30ff\uff66-\uff9f])ー")
"""A long-vowel sign that lengthens nothing."""

DASH_IN_KANA = re.compile("(?<=[\u30a1-\u30fa])[—―─](?=[\u30a1-\u30fa]?(?![\u30a1-\u30fc—―─]))")
"""A dash in the place of a long-vowel sign."""

ZERO = re.compile("(?<=[一二三四五六七八九〇])[OoＯ]|[OoＯ](?=[一二三四五六七八九])")
"""A letter O in the place of the digit 〇."""

CP1252 = {
    bytes([byte]).decode("cp1252", "replace"): byte
    for byte in range(0x80, 0x100)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
} | {chr(byte): byte for byte in range(0x80, 0x100)}
"""Bytes by the character that Windows shows for them, or by their own number."""

BYTES = re.compile(f"[{re.escape(''.join(CP1252))}]{{2,}}")

SPACE = re.compile("(?<![！？])\u3000|\u3000$")
"""An ideographic space, which Japanese has only after ！ and ？."""

# ----------------------------------------------------------------------------
# Checks
# ----------------------------------------------------------------------------


@check(
    Severity.ERROR,
    "có ký tự bị mất sau “{before}”. Hãy gõ lại chữ đó.",
    "a character was lost after “{before}”. Type it again.",
)
def lost_character(entry: Entry) -> Iterator[Values]:
    """Find what stands for a character that some program did not know."""
    match = added(LOST, entry)
    if match:
        yield {"before": entry.target[: match.start()][-20:]}


@check(
    Severity.ERROR,
    "có ký tự không nhìn thấy được {code} sau “{before}”. Hãy xóa nó.",
    "there is an invisible character {code} after “{before}”. Delete it.",
)
def hidden_character(entry: Entry) -> Iterator[Values]:
    """Find zero-width characters, bidi controls, private-use and control characters."""
    if any(map(misread, BYTES.findall(entry.target))):
        return
    for pattern in (HIDDEN, CONTROL, PRIVATE):
        match = added(pattern, entry)
        if match:
            yield named(match)
            return


@check(
    Severity.ERROR,
    "có dấu tab hoặc xuống dòng {code} sau “{before}”. Hãy thay bằng dấu cách.",
    "there is a tab or a line end {code} after “{before}”. Write a blank instead.",
)
def line_break(entry: Entry) -> Iterator[Values]:
    """Find tabs and line ends where the source has none."""
    match = added(LAYOUT, entry)
    if match:
        yield named(match)


@check(
    Severity.ERROR,
    "trong “{word}”, chữ “{letter}” ({code}) chỉ trông giống. Hãy gõ lại từ này.",
    "in “{word}” the letter “{letter}” ({code}) only looks right. Type the word again.",
)
def look_alike(entry: Entry) -> Iterator[Values]:
    """Find letters of another alphabet within a word, or kana and Han that look alike."""
    target = entry.spoken[1]
    match = None if target.isascii() else (latin_look_alike(entry) or kana_look_alike(entry))
    if match:
        letter = match[0]
        yield {"word": around(match), "letter": letter, "code": f"U+{ord(letter):04X}"}


@check(
    Severity.ERROR,
    "“{word}” viết bằng dấu rời (Unicode tổ hợp). Hãy đổi sang Unicode dựng sẵn.",
    "“{word}” is written with separate accents (decomposed Unicode). Write composed letters.",
)
def decomposed(entry: Entry) -> Iterator[Values]:
    """Find letters whose accents are characters of their own."""
    match = COMBINING.search(entry.target)
    if match and nfc(entry.target) != entry.target:
        yield {"word": nfc(around(match))}


@check(
    Severity.ERROR,
    "“{wrong}” là “{right}” bị đọc sai bảng mã. Hãy gõ lại.",
    "“{wrong}” is “{right}” read in the wrong encoding. Type it again.",
)
def mojibake(entry: Entry) -> Iterator[Values]:
    """Find UTF-8 that was read as Windows-1252."""
    if entry.target.isascii():
        return
    for match in BYTES.finditer(entry.target):
        wrong = misread(match[0])
        if wrong and wrong not in entry.source:
            yield {"wrong": wrong, "right": reread(wrong)}
            return


@check(
    Severity.WARNING,
    "mã HTML “{entity}” được viết ra. Hãy gõ chính ký tự đó.",
    "the HTML entity “{entity}” is written out. Type the character itself.",
)
def entity(entry: Entry) -> Iterator[Values]:
    """Find HTML entities that the source does not have."""
    if "&" in entry.target:
        match = added(ENTITY, entry)
        if match:
            yield {"entity": match[0]}


@check(
    Severity.WARNING,
    "có dấu cách toàn khổ (U+3000) sau “{before}”. Hãy xóa hoặc thay bằng dấu cách thường.",
    "there is an ideographic space (U+3000) after “{before}”. Delete it or write a normal blank.",
)
def wide_space(entry: Entry) -> Iterator[Values]:
    """Find wide spaces; Japanese has them after an exclamation mark or a question mark."""
    if "\u3000" not in entry.target or "\u3000" in entry.source:
        return
    pattern = SPACE if entry.language == "ja" else re.compile("\u3000")
    match = pattern.search(entry.target)
    if match:
        yield {"before": entry.target[: match.start()][-20:]}


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def added(pattern: re.Pattern[str], entry: Entry) -> re.Match[str] | None:
    """Return the first match in the translation that the source has less often."""
    known = Counter(pattern.findall(entry.source))
    for match in pattern.finditer(entry.target):
        known[match[0]] -= 1
        if known[match[0]] < 0:
            return match
    return None


def is_damaged(entry: Entry) -> bool:
    """Tell whether characters have to be mended before words can be compared."""
    target = entry.target
    if target.isascii():
        return False
    return (
        any(added(pattern, entry) for pattern in (LOST, HIDDEN, CONTROL, PRIVATE))
        or any(map(misread, BYTES.findall(target)))
        or latin_look_alike(entry) is not None
    )


def named(match: re.Match[str]) -> Values:
    """Return a character as its number, and what stands before it."""
    before = match.string[: match.start()][-20:]
    return {"code": f"U+{ord(match[0]):04X}", "before": " ".join(before.split())}


def around(match: re.Match[str]) -> str:
    """Return the word that a match stands in."""
    text, start, end = match.string, *match.span()
    while start and end - start < 30 and is_of_word(text[start - 1]):
        start -= 1
    while end < len(text) and end - start < 30 and is_of_word(text[end]):
        end += 1
    return text[start:end]


def is_of_word(char: str) -> bool:
    """Tell whether a character belongs to a word: a letter or a mark on one."""
    return char.isalpha() or unicodedata.category(char) == "Mn"


def latin_look_alike(entry: Entry) -> re.Match[str] | None:
    """Find letters of another alphabet in a Latin word, or a whole word of look-alikes."""
    source, target = entry.spoken
    for match in MIXED.finditer(target):
        word = match[0]
        if word.isascii() or word in source:
            continue
        strange = [char for char in word if script_of(char) != "LATIN"]
        if strange and (len(strange) < len(word) or LIKE_LATIN.issuperset(word) or is_wide(word)):
            at = target.index(strange[0], match.start())
            return re.compile(re.escape(strange[0])).match(target, at)
    return None


def is_wide(word: str) -> bool:
    """Tell whether a word is in full-width Latin letters."""
    return all("\uff21" <= char <= "\uff5a" for char in word)


def kana_look_alike(entry: Entry) -> re.Match[str] | None:
    """Find Han among kana, kana among Han, signs in the place of one another."""
    target = entry.spoken[1]
    if entry.language == "ja":
        for pattern in (KANJI_IN_KANA, BAR, DASH_IN_KANA):
            match = pattern.search(target)
            if match:
                return match
    if entry.language in ("zh", "ja"):
        return ZERO.search(target) or (
            KANA_IN_HAN.search(target) if entry.language == "ja" else None
        )
    return None


def misread(run: str) -> str | None:
    """Return the first characters of a run that are another one, read in the wrong encoding."""
    pieces = (run[at : at + size] for at in range(len(run) - 1) for size in (3, 2))
    return next(filter(reread, pieces), None)


def reread(text: str) -> str | None:
    """
    Return what characters were before they were read as Windows-1252, or None.

    >>> reread('Ã©'), reread('â€™'), reread('é»')
    ('é', '’', None)
    """
    # “à »” and “é !” have a blank that does not break, as French writes it.
    if text[0] in "àâçèéêîïôùû" and "\u00a0" in text:
        return None
    try:
        found = bytes(CP1252[char] for char in text).decode("utf-8")
    except UnicodeDecodeError:
        return None
    return found if len(found) == 1 and is_likely(found) else None


def is_likely(char: str) -> bool:
    """Tell whether a character is one that texts of the site have."""
    return "\u00a0" <= char <= "\u01b0" or "\u1ea0" <= char <= "\u1eff" or char >= "\u2010"
