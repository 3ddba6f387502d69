"""Names: where a Vietnamese text has them, and how other Latin languages spell them."""

from __future__ import annotations

import re
import unicodedata

from quangba.source.scripts import CAPITALISED, LATIN, VIETNAMESE, is_latin
from quangba.source.text import nfc, unaccent

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

UPPER = r"[A-ZĐ\u00c0-\u00de\u0102\u0128\u0168\u01a0\u01af\u1ea0-\u1ef9]"
NAME = re.compile(rf"(?<!\w)(?:(?={UPPER}){LATIN.pattern})(?: (?={UPPER}){LATIN.pattern})+")
"""Two capitalised words or more: ``Đồng Vạn Muối``; lower-case letters are sorted out later."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def vietnamese_names(text: str) -> list[str]:
    """
    Return the names of two words or more in a Vietnamese text, each once.

    >>> vietnamese_names('Đi từ Đồng Má Ngựa đến Sun World.')
    ['Đồng Má Ngựa']
    """
    names = (
        name
        for name in NAME.findall(text)
        if VIETNAMESE.search(name) and all(word[0].isupper() for word in name.split())
    )
    return list(dict.fromkeys(names))


def latinised(text: str, source: str, language: str) -> str:
    """
    Write Vietnamese names that were copied from the source as a Latin language writes them.

    English drops all marks, French keeps those that it has itself.

    >>> latinised('See Lý Hỏa and Vân Đồn', 'Xem Lý Hỏa và Vân Đồn', 'en')
    'See Ly Hoa and Van Don'
    >>> latinised('Voir Vân Đồn', 'Xem Vân Đồn', 'fr')
    'Voir Vân Dôn'
    """
    if not is_latin(language) or language == "vi":
        return text
    names = set(CAPITALISED.findall(source))
    return LATIN.sub(lambda m: spelled(m[0], language) if m[0] in names else m[0], text)


def spelled(name: str, language: str) -> str:
    """Spell a Vietnamese name as a Latin language does."""
    return "".join(map(french_letter, name)) if language == "fr" else unaccent(name)


def french_letter(char: str) -> str:
    """
    Return a Vietnamese letter as French names have it: without tone, with circumflex.

    >>> ''.join(map(french_letter, 'Yên Tử, Bạch Đằng, Nguyễn'))
    'Yên Tu, Bach Dang, Nguyên'
    """
    parts = unicodedata.normalize("NFD", char)
    hat = "\u0302" if "\u0302" in parts else ""
    return nfc(unaccent(char) + hat)
