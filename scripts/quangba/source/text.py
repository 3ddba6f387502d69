"""Text primitives: normal form, slugs and fingerprints."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from functools import lru_cache

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

HIDDEN_CLASS = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff"
)
HIDDEN = re.compile(f"[{HIDDEN_CLASS}](?:(?<![\ufe0e\ufe0f])|(?<=[^\\W\\d_].))")
"""
Characters a reader cannot see: zero-width, bidi controls, tags, fillers, selectors of variants.

Unicode TR36 §2.2, §3.2; Default_Ignorable_Code_Point. Symbols may keep the two selectors that make
them text or picture: ☎️. One class of characters comes first: twelve times as fast as two.
"""

CONTROL_CLASS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufff9-\ufffb"
CONTROL = re.compile(f"[{CONTROL_CLASS}]")
"""Control characters; Python-Markdown marks its stash with U+0002 and U+0003."""

LONG_REFERENCE = re.compile("&#([0-9]{8,})")
"""A character by a number that no character has; Python does not read one of 5,000 digits."""

REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
"""A character by its number."""

LATIN = re.compile("[\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff]+")
"""Latin letters with marks; marks of other scripts are letters: が is not か."""

WRAPPED = re.compile(r"[\t\r\n][ \t\r\n]*+| [ \t\r\n]++")
"""Blanks that stand for one; most texts have none but single ones."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def nfc(text: str) -> str:
    """Return the text in Unicode normal form C, as every Vietnamese keyboard writes it."""
    return unicodedata.normalize("NFC", text)


def unescape(text: str) -> str:
    """
    Return a text with characters in the place of their names and numbers, as HTML means them.

    >>> unescape('&amp;&#65;') + unescape('&#' + '9' * 5000 + ';')
    '&A\ufffd'
    >>> ord(unescape('&#2;'))
    2
    """
    if "&#" in text:
        text = REFERENCE.sub(referred, short_references(text))
    return html.unescape(text)


def referred(match: re.Match[str]) -> str:
    """Return a reference, or the character that browsers read and Python leaves out."""
    if html.unescape(match[0]):
        return match[0]
    return chr(int(match[1], 16) if match[1] else int(match[2]))


def short_references(text: str) -> str:
    """Return a text of HTML that means the same, without numbers of thousands of digits."""
    return LONG_REFERENCE.sub(lambda match: f"&#{match[1].lstrip('0')[:8] or 0}", text)


def unaccent(text: str) -> str:
    """
    Strip marks from Vietnamese and other Latin; đ has no decomposition and is mapped by hand.

    >>> unaccent('Đường Hồ Chí Minh')
    'Duong Ho Chi Minh'
    """
    text = text.replace("đ", "d").replace("Đ", "D")
    return LATIN.sub(lambda match: strip(match[0]), nfc(text))


def strip(text: str) -> str:
    """Return the base letters of a text."""
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def slug(text: str) -> str:
    """
    Return the ASCII identifier of a heading, the same in every language.

    >>> slug('Đi lại: đường bộ & đường thủy')
    'di-lai-duong-bo-duong-thuy'
    """
    ascii_text = unaccent(text).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")


def fingerprint(*parts: str, length: int = 8) -> str:
    """
    Return a short SHA-256 of the parts; wrapping and runs of blanks do not change it.

    >>> fingerprint('Vịnh Hạ  Long', 'Ha Long Bay') == fingerprint('Vịnh Hạ\\nLong', 'Ha Long Bay')
    True
    """
    folded = "\x1f".join(map(unwrapped, parts))
    return hashlib.sha256(folded.encode("utf-8")).hexdigest()[:length]


@lru_cache(maxsize=10_000)  # the source of every translation is asked about in every language
def unwrapped(text: str) -> str:
    """Return a text in one line, in NFC."""
    return WRAPPED.sub(" ", nfc(text)).strip()


def has_letters(text: str) -> bool:
    """Tell whether there is anything to translate in the text."""
    return any(char.isalpha() for char in text)
