"""
Spacing: blanks stand where the reviewed texts of the language have them.

What :func:`quangba.mt.typography.finish` would write is the rule; the checks say where a text
differs from it, and what that function does not touch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from quangba.errors import Severity
from quangba.mt.markup import MARK
from quangba.mt.typography import finish
from quangba.review.checking import Values, check
from quangba.review.entry import Entry
from quangba.review.precedence import unless

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

AROUND = 8
"""Characters that are shown on both sides of a place."""

LOOKED_AT = 400
"""Characters from the first slip on in which slips are told one by one."""

BLANKS = " \u00a0\u202f\u3000"

VISIBLE = str.maketrans({" ": "␣", "\u00a0": "␣", "\u202f": "␣"})

FIELD = re.compile(r"%\(\w+\)\w")
"""A field of an interface text: ``%(owner)s``."""

IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)\Z")

WIDE = re.compile("[\u3001\u3002\uff01-\uff5e]")
"""Full-width punctuation and letters."""

WIDE_LANGUAGES = frozenset({"zh", "ja"})

GLUED = re.compile(
    r"[^\W\d_][)”»]?[,;][^\W\d_]|(?:[^\W\d_]{2}|[\ue100-\ue13f])[)”»]?(?:"
    r"[,;!?…][^\W\d_]|\.[A-ZĐÀ-Þ\u1ea0-\u1ef9가-힣](?:[^\W\d_]|[’'])|\.[AÀ가-힣] |:[^\W\d_])"
)
"""``cảng,tàu``, ``port.The``: a blank is missing."""

LOOSE = re.compile(r"[ \t\u00a0\u202f]+[,.](?![\w.])|[\u00a0\u202f][;:!?]")
"""Blanks before punctuation; French has them before ``; : ! ?``."""
APART = re.compile(
    r"(?<=[가-힣)]) (은|는|을|를|와|과|의|에|에서|에는|으로|까지|부터|에게|입니다|이며|이고)"
    r"(?=[ .,]|\Z)"
)
"""``섬 은``: a Korean particle apart from its word."""

INSIDE = re.compile(r"(?<!\!)\[ [^\[\]]{0,8}|[^\[\]]{0,8} \](?=\()")
"""A blank at the edge of a link's words."""
EDGE = re.compile(r"(?<=\[) | (?=\]\Z)")

PASTED = re.compile(r"\s*(?:[-*+•·–—]|#{1,6}|>|\d{1,3}[.)])[ \u00a0]+(?=\S)")
"""``- ``, ``1. `` or ``## `` at the beginning of a text."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Slip(NamedTuple):
    """One place where a text is not set as its language is."""

    kind: str
    """``french``, ``width``, ``blank`` or ``sign``."""
    wrong: str
    """The place as it stands, with some characters around it."""
    right: str
    """The place as it should be."""
    sign: str = ""
    """The sign beside a French blank."""


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@lru_cache(maxsize=16)
def slips(text: str, language: str) -> tuple[Slip, ...]:
    """
    Return where a text differs from what the house's typography would make of it.

    >>> [slip.kind for slip in slips('下龙湾,很美', 'zh')], slips('Bay, port', 'en')
    (['width'], ())
    """
    text = FIELD.sub("{}", text)
    right = finish(text, language)
    if right == text:
        return ()
    found = []
    # Comparing takes the square of the length: it begins at the first slip, and does not go far.
    differ = (at for at, (a, b) in enumerate(zip(text, right, strict=False)) if a != b)
    start = next(differ, min(len(text), len(right)))
    pair = text[start : start + LOOKED_AT], right[start : start + LOOKED_AT]
    for what, *spans in SequenceMatcher(None, *pair, autojunk=False).get_opcodes():
        i1, i2, j1, j2 = (start + at for at in spans)
        if what == "equal" or (i2 == start + LOOKED_AT < len(text)):
            continue
        old, new = text[i1:i2], right[j1:j2]
        if old == " " and not new and allowed_blank(text, i1, language):
            continue
        found.append(
            Slip(
                kind_of(old, new, language),
                context(text, i1, i2),
                context(right, j1, j2),
                french_sign(right, j1, j2),
            )
        )
    return tuple(found)


def allowed_blank(text: str, at: int, language: str) -> bool:
    """
    Tell whether a single blank in Chinese or Japanese is meant.

    It is behind a picture, and between Japanese words in 「」: 「新・世界七不思議 自然版」.
    """
    before = text[:at]
    if IMAGE.search(before):
        return True
    return language == "ja" and before.count("「") > before.count("」")


def kind_of(old: str, new: str, language: str) -> str:
    """Tell what is wrong where one text became another."""
    if language == "fr" and re.search("[\u00a0\u202f]", new):
        return "french"
    if WIDE.search(old + new):
        return "width"
    return "sign" if (old + new).strip(BLANKS) else "blank"


def french_sign(right: str, start: int, end: int) -> str:
    """Return the high punctuation or guillemet beside a blank."""
    found = re.search(r"[;:!?«»]", right[max(0, start - 1) : end + 2])
    return found[0] if found else ""


def context(text: str, start: int, end: int) -> str:
    """Show a place with some characters around it, and no mark."""
    return MARK.sub("·", text[max(0, start - AROUND) : end + AROUND])


def of_kind(entry: Entry, *kinds: str) -> Iterator[Slip]:
    """Yield the first slip of these kinds in a translation."""
    for slip in slips(entry.target, entry.language):
        if slip.kind in kinds:
            yield slip
            return


# Blanks ----------------------------------------------------------------------


@check(
    Severity.WARNING,
    "sai khoảng trắng ở “{wrong}”. Hãy viết “{right}”.",
    "the blanks are wrong in “{wrong}”. Write “{right}”.",
)
@unless(
    "untranslated",
    "source-left",
    "other-tongue",
    "wrong-script",
    "facts",
    "literals",
    "links",
    "images",
    "footnotes",
    "codes",
    "mojibake",
)
def blanks(entry: Entry) -> Iterator[Values]:
    """Find double and needless blanks, also at both ends."""
    if entry.target != entry.target.strip(BLANKS) and entry.source == entry.source.strip():
        yield {"wrong": edge(entry.target).translate(VISIBLE), "right": edge(entry.target).strip()}
        return
    for slip in of_kind(entry, "blank"):
        yield {"wrong": slip.wrong, "right": slip.right}
        return
    inside = INSIDE.search(entry.target)
    if inside and not INSIDE.search(entry.source):
        yield {"wrong": inside[0].translate(VISIBLE), "right": EDGE.sub("", inside[0])}
        return
    loose = entry.language != "fr" and LOOSE.search(entry.after)
    if loose and not LOOSE.search(entry.before):
        wrong = context(entry.after, *loose.span())
        yield {"wrong": wrong, "right": wrong.replace(loose[0], loose[0].strip(BLANKS))}


@check(
    Severity.WARNING,
    "thiếu khoảng trắng sau dấu câu ở “{wrong}”. Hãy thêm vào.",
    "a blank is missing after the punctuation in “{wrong}”. Add it.",
)
@unless("lost-character", "mojibake")
def missing_blanks(entry: Entry) -> Iterator[Values]:
    """Find commas and full stops that stand right before a word."""
    if entry.language in WIDE_LANGUAGES:
        return
    for before, after in entry.texts:
        found = GLUED.search(after)
        if found and found[0] not in before:
            yield {"wrong": context(after, *found.span())}


@check(
    Severity.WARNING,
    "thiếu hoặc sai khoảng trắng không ngắt cạnh dấu “{sign}” ở “{wrong}”. Tiếng Pháp cần một "
    "khoảng trắng không ngắt ở đó.",
    "the no-break space beside “{sign}” in “{wrong}” is missing or another one. Put the one that "
    "French needs.",
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
)
def french_spaces(entry: Entry) -> Iterator[Values]:
    """Find ``: ; ! ?`` and guillemets without the no-break spaces of French."""
    for slip in of_kind(entry, "french"):
        yield {"sign": slip.sign, "wrong": slip.wrong}


@check(
    Severity.WARNING,
    "trợ từ “{particle}” phải viết liền với từ đứng trước, ở “{wrong}”. Hãy bỏ khoảng trắng.",
    "the particle “{particle}” has to stand right behind its word in “{wrong}”. Take out the "
    "blank.",
)
def korean_particles(entry: Entry) -> Iterator[Values]:
    """Find Korean particles that stand apart from their word."""
    found = APART.search(entry.after) if entry.language == "ko" else None
    if found:
        yield {"particle": found[1], "wrong": context(entry.after, *found.span())}


@check(
    Severity.WARNING,
    "đầu bản dịch còn sót dấu “{mark}” của danh sách hoặc tiêu đề. Hãy bỏ đi.",
    "“{mark}” of a list or heading was left at the beginning. Take it out.",
)
def list_marks(entry: Entry) -> Iterator[Values]:
    """Find a bullet, number or heading mark that was pasted along."""
    found = PASTED.match(entry.target)
    if found and not PASTED.match(entry.source):
        yield {"mark": found[0].strip()}


def edge(text: str) -> str:
    """Return the end of a text with its blanks, or its beginning where those are there."""
    return text[-AROUND:] if text != text.rstrip(BLANKS) else text[:AROUND]
