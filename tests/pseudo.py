"""A pseudo-language: Georgian letters for Latin ones; markup stays, as a translator leaves it."""

from __future__ import annotations

import re
import unicodedata

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

GEORGIAN = "აბგდევზთიკლმნოპჟრსტუფქღყშჩ"

KEPT = re.compile(
    r"""
    (?P<code>(?<!`)(`+)(?!`).*?(?<!`)\2(?!`))       # `code`
    | \\\(.*?\\\) | (?<!\\)\$(?![ ])[^$\n]+?(?<![ ])\$  # \(math\) $math$
    | \\.                                           # \*
    | \+\+[^\s+].*?\+\+                             # ++ctrl+alt++
    | <(?:https?://|mailto:)?[^\s<>@]+@?[^\s<>]*>(?<=[./@].>)   # <https://example.com/>
    | (?P<tag></?[a-zA-Z][^<>]*>|<!--.*?-->)        # <span class="x">
    | (?P<target>\]\(\s*(?:<[^>]*>|[^\s()]*)(?:\s+(?:"[^"]*"|'[^']*'))?\s*\))  # ](x.md "title")
    | \](?:\s?)\[[^\]]*\](?!\()                     # ][label]
    | \[\^[^\]\s]+\]                                # [^1]
    | \[[ xX]\](?!\s?\[)                             # [x]
    | \[=\d+%                                       # [=85%
    | \{fact:\w+\} | \{\d+\}                        # facts and tokens
    | (?P<attributes>\{:?[ ]*[.\#a-z][^}\n]*\})     # { .card title="x" }
    | :[a-z0-9_+-]+:                                # :smile:
    | &[A-Za-z0-9\#]+;                              # &nbsp;
    | \b(?:https?://|www\.)[^\s<>)]+ | [\w.]+@[\w.]+\w   # https://example.com
    | (?<!\w)@[\w/-]+ | \w+/[\w-]+\#\d+ | (?<!\w)[\#!?]\d+  # @squidfunk, #12
    | \b(?:HTML|W3C|UBND)\b                         # abbreviations stay as they are
    """,
    re.VERBOSE | re.DOTALL,
)

WORDS = re.compile(
    r"""((?:\btitle|\balt)=)("[^"]*"|'[^']*'|\w+)|(?<=\s)("[^"]*"|'[^']*')(?=\s*\)$)"""
)

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def letters(text: str) -> str:
    """Replace every Latin letter."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return "".join(
        GEORGIAN[ord(char.lower()) - ord("a")] if char.isascii() and char.isalpha() else char
        for char in plain
    )


def pseudo(text: str, *, plain: bool = False) -> str:
    """
    Translate a text, leaving code, targets, tags, attributes, emoji and tokens.

    >>> pseudo('See [the *port*](port.md "Port").')
    'ტეე [უთე *ჟპსუ*](port.md "ჟპსუ").'
    """
    if plain:
        return "".join(
            part if index % 2 else letters(part)
            for index, part in enumerate(re.split(r"(\{fact:\w+\}|\{\d+\})", text))
        )
    found, end = [], 0
    for match in KEPT.finditer(text):
        found.append(letters(text[end : match.start()]))
        kept = match[0]
        if match["tag"] or match["target"] or match["attributes"]:
            kept = WORDS.sub(lambda m: (m[1] or "") + letters(m[2] or m[3]), kept)
        found.append(kept)
        end = match.end()
    return "".join([*found, letters(text[end:])])
