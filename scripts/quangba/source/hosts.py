"""Hosts of web addresses that readers would take for another one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

AUTHORITY = re.compile(r"\bhttps?:[/\\]{2,}([^\s/\\?#\"'<>()\[\]]+)", re.IGNORECASE)
"""``https://evisa.gov.vn@evil.example/``: what stands before the path."""

SCRIPTS = ("LATIN ", "CJK ", "HIRAGANA ", "KATAKANA", "HANGUL ", "COMBINING ", "MIDDLE DOT")
"""Beginnings of the names of characters that hosts of our languages are written in."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def misleading_hosts(text: str) -> Iterator[tuple[int, str]]:
    """
    Yield where in a text an address begins that opens something else than it seems, and its host.

    A name before ``@`` opens nothing; letters of other scripts look like Latin ones (UTS #39).

    >>> [host for _, host in misleading_hosts('https://evіsa.gov.vn/ https://quảngninh.vn')]
    ['evіsa.gov.vn']
    """
    for match in AUTHORITY.finditer(text):
        host = match[1]
        if "@" in host or any(not is_plain(character) for character in host):
            yield match.start(), host


def is_plain(character: str) -> bool:
    """Tell whether a character of a host is what it looks like."""
    if character.isascii():
        return True
    name = unicodedata.name(character, "")
    return name.startswith(SCRIPTS) and unicodedata.normalize("NFKC", character) == character
