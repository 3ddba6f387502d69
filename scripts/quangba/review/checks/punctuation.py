"""Punctuation: the signs of a text are those of its language, in the right width."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from quangba.errors import Severity
from quangba.mt.acceptance import DOUBLED
from quangba.mt.markup import MARK
from quangba.mt.typography import finish
from quangba.review.checking import Values, check
from quangba.review.checks.prose import alone
from quangba.review.checks.spacing import WIDE, WIDE_LANGUAGES, context, of_kind
from quangba.review.entry import Entry
from quangba.review.precedence import unless

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

NARROW = re.compile(
    r"(?<=[ぁ-ヿ々一-鿿\ue100-\ue13f])[,;:!?](?=[ぁ-ヿ々一-鿿])"
    r"|(?<=[ぁ-ヿ々一-鿿]{2})\.(?=[\w*\ue100-\ue13f])"
)
"""ASCII punctuation behind Han or kana that typography leaves alone."""

NOTHING = re.compile(r"(?!)")

COMMA = {"ja": re.compile("，"), "zh": re.compile("､")}
COMMAS = {"，": "、", "､": "、"}
"""The Chinese comma in Japanese, the half-width one in Chinese."""

BRACKETS = str.maketrans("()", "（）")
FOREIGN_QUOTES = {
    "en": re.compile('[«»「」『』„"]'),
    "vi": re.compile('[«»「」『』„"]'),
    "fr": re.compile('[「」『』„"]'),
    "zh": re.compile('[«»„"]'),
    "ja": re.compile('[«»„"]'),
    "ko": re.compile('[«»„"]'),
}
"""Quotation marks that a language does not use."""

OWN_QUOTES = {"en": "“ ”", "vi": "“ ”", "fr": "« »", "zh": "“ ”", "ja": "「 」", "ko": "“ ”"}

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@check(
    Severity.WARNING,
    "dấu câu sai độ rộng ở “{wrong}”. Hãy viết “{right}”.",
    "the punctuation in “{wrong}” has the wrong width. Write “{right}”.",
)
@unless(
    "untranslated",
    "source-left",
    "other-tongue",
    "wrong-script",
    "links",
    "facts",
    "codes",
    "mojibake",
    "lost-character",
)
def wide_signs(entry: Entry) -> Iterator[Values]:
    """Find ASCII punctuation in Chinese and Japanese, full-width signs in other languages."""
    for slip in of_kind(entry, "width"):
        yield {"wrong": slip.wrong, "right": slip.right}
        return
    if entry.language in WIDE_LANGUAGES:
        found = NARROW.search(entry.after) or COMMA.get(entry.language, NOTHING).search(entry.after)
        if found:
            sign = COMMAS.get(found[0]) or finish(f"一{found[0]}一", entry.language)[1:-1]
            wrong = context(entry.after, *found.span())
            yield {"wrong": wrong, "right": wrong.replace(found[0], sign)}
        elif entry.after.count("（") != entry.after.count("）") and not alone(entry.after):
            place = re.search(r"[()]", entry.after)
            wrong = context(entry.after, *place.span()) if place else ""
            yield {"wrong": wrong, "right": wrong.translate(BRACKETS)}
    else:
        wide = WIDE.search(entry.after)
        if wide and wide[0] not in entry.before:
            wrong = context(entry.after, *wide.span())
            yield {"wrong": wrong, "right": finish(unicodedata.normalize("NFKC", wrong), "en")}


@check(
    Severity.WARNING,
    "cách viết dấu ở “{wrong}” chưa theo quy ước. Hãy viết “{right}”.",
    "the signs in “{wrong}” are not set as this language is. Write “{right}”.",
)
@unless("untranslated", "other-tongue", "mojibake")
def signs(entry: Entry) -> Iterator[Values]:
    """Find straight quotation marks and apostrophes, and dots in the place of an ellipsis."""
    for slip in of_kind(entry, "sign"):
        yield {"wrong": slip.wrong, "right": slip.right}


@check(
    Severity.WARNING,
    "dấu ngoặc kép “{sign}” không phải của ngôn ngữ này. Hãy dùng {own}.",
    "the quotation mark “{sign}” is not of this language. Use {own}.",
)
@unless("mojibake")
def quotes(entry: Entry) -> Iterator[Values]:
    """Find quotation marks of another language."""
    pattern = FOREIGN_QUOTES.get(entry.language)
    if pattern is None or any(True for _ in of_kind(entry, "sign")):
        return
    found = pattern.search(entry.after)
    if found:
        yield {"sign": found[0], "own": OWN_QUOTES[entry.language]}


@check(
    Severity.WARNING,
    "dấu câu “{sign}” bị lặp. Hãy bỏ một dấu.",
    "the sign “{sign}” is doubled. Take one out.",
)
@unless("lost-character", "links")
def doubled_signs(entry: Entry) -> Iterator[Values]:
    """Find the same sign twice in a row."""
    found = DOUBLED.search(MARK.sub(" ", entry.after))
    if found and not DOUBLED.search(MARK.sub(" ", entry.before)):
        yield {"sign": found[0]}
