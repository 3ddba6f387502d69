"""
Code texts: what scripts, data and stylesheets hold for readers.

Data is read as JSON, with its escapes; of stylesheets counts what they add to a page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ESCAPE = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|\\u(\w{4})")
"""``\\u4e0b``, or two of them for one character beyond U+FFFF."""

DATA = re.compile(r"=\s*(?P<json>[\[{].*[\]}])\s*;?\s*$", re.DOTALL)
"""``window.quangbaSearch={…};``: a script that is nothing but data."""

COUNTED = frozenset({"terms", "postings"})
"""Parts of the search's index that are compared and never shown."""

TEXT_OF_STYLES = re.compile(
    r"(?:^|[{;\s])"
    r"(?:content|quotes|list-style(?:-type)?|hyphenate-character|text-overflow|text-emphasis(?:-style)?"
    r"|--[\w-]+)\s*:(?P<value>(?:\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|[^;{}\"'])*)"
)
"""``content: "→" attr(data-unit)``: declarations with which a stylesheet adds text."""

STRING = re.compile(r"\"((?:\\.|[^\"\\])*)\"|'((?:\\.|[^'\\])*)'", re.DOTALL)
ADDRESS = re.compile(r"url\([^)]*\)")
ATTRIBUTE = re.compile(r"\battr\(\s*([\w-]+)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
STYLE_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(\n)|(.))", re.DOTALL)
"""``\\2192``, a line break that is none, ``\\"``."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def unescaped(code: str) -> str:
    r"""
    Return a text with what its escapes stand for.

    >>> unescaped('"\\u4e0b\\ud842\\udfb7"').encode('unicode_escape')
    b'"\\u4e0b\\U00020bb7"'
    """

    def character(match: re.Match[str]) -> str:
        high, low, code = match.groups()
        if high:
            pair = bytes.fromhex(high + low)
            return pair.decode("utf-16-be")
        try:
            number = int(code, 16)
        except ValueError:
            return match[0]
        return match[0] if 0xD800 <= number < 0xE000 else chr(number)

    return ESCAPE.sub(character, code)


def texts_of_script(code: str) -> Iterator[str]:
    """
    Yield the texts of a script that is data; of any other, all of it.

    >>> ''.join(texts_of_script('window.x={"pages":["下"],"terms":"龙"};'))
    'pages下'
    """
    match = DATA.search(code)
    yield from texts_of_json(match["json"] if match else code)


def texts_of_json(code: str) -> Iterator[str]:
    """Yield the texts of JSON; all of what is none."""
    try:
        yield from walk(json.loads(code))
    except (ValueError, RecursionError):
        yield unescaped(code)


def walk(value: Any) -> Iterator[str]:
    """Yield every text in a value of JSON; names of members too, since scripts may show them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from walk(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name not in COUNTED:
                yield name
                yield from walk(item)
    elif value is not None:
        yield str(value)


def texts_of_styles(code: str) -> Iterator[str]:
    """
    Yield the texts that a stylesheet adds to pages.

    >>> list(texts_of_styles('a::after { content: " \\\\2192" } b { quotes: "„" "“"; color: red }'))
    [' →', '„', '“']
    """
    for match in TEXT_OF_STYLES.finditer(COMMENT.sub(" ", code)):
        for string in STRING.finditer(ADDRESS.sub("", match["value"])):
            yield STYLE_ESCAPE.sub(styled, string[1] or string[2] or "")


def styled(match: re.Match[str]) -> str:
    """Return what an escape of a stylesheet stands for (CSS Syntax §4.3.7)."""
    if match[1]:
        number = int(match[1], 16)
        valid = 0 < number < 0xD800 or 0xE000 <= number < 0x110000
        return chr(number) if valid else "\ufffd"
    return match[3] or ""


def attributes_of_styles(code: str) -> set[str]:
    """
    Return the names of attributes whose values a stylesheet shows.

    >>> attributes_of_styles('a::after { content: attr( title ) }')
    {'title'}
    """
    return set(ATTRIBUTE.findall(code))
