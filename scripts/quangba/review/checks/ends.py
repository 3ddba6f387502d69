"""Ends: a text ends as its source does, with the sign of its language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quangba.errors import Severity
from quangba.mt.typography import IS_CJK
from quangba.review.checking import Values, check
from quangba.review.checks.prose import unfinished
from quangba.review.checks.spacing import AROUND, context, of_kind
from quangba.review.entry import Entry
from quangba.review.precedence import unless

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

CLOSERS = re.compile("[\\s)）\\]」』”’»›\"'*_\ue140-\ue1ff]+\\Z")
"""What may stand behind the last sign of a text."""

CLASSES = {
    **dict.fromkeys(".。．", "."),
    **dict.fromkeys("?？", "?"),
    **dict.fromkeys("!！", "!"),
    **dict.fromkeys(":：", ":"),
    **dict.fromkeys(";；", ";"),
    **dict.fromkeys(",，、", ","),
    "…": "…",
}
"""What a text may end with, whatever the width."""

ALIKE = {
    "zh": {("!", "."), (";", "."), (":", ".")},
    "ja": {("!", "."), (";", "."), (":", ".")},
    "ko": {("!", "."), (";", "."), (":", ".")},
    "fr": {("!", "."), (";", ".")},
    "en": {("!", "."), (";", ".")},
}
"""Ends that a language may write otherwise."""

ASKED = re.compile("か。[」）]?\\s*\\Z")
"""A Japanese question ends with a full stop."""

QUESTION = re.compile(r"[^\W_][”)]?\?(?=\s|\Z)")

SIGNS = {"zh": "。？！：；，…", "ja": "。？！：；、…"}

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@check(
    Severity.WARNING,
    "bản gốc kết thúc bằng dấu “{sign}”, bản dịch thì không (“{end}”). Hãy thêm dấu, hoặc dịch "
    "nốt nếu bản dịch bị cắt.",
    "the source ends with “{sign}”, the translation does not (“{end}”). Add the sign, or "
    "translate the rest if the text was cut off.",
)
@unless("mojibake", "images")
def no_end(entry: Entry) -> Iterator[Values]:
    """Find a translation without the sign at the end of its source."""
    before, after = end(entry.before), end(entry.after)
    if before and not after and not unfinished(entry):
        yield {"sign": before, "end": shown_end(entry)}


@check(
    Severity.WARNING,
    "bản dịch kết thúc bằng “{sign}”, bản gốc thì không có dấu ở cuối. Hãy bỏ dấu này.",
    "the translation ends with “{sign}”, the source with no sign. Take it out.",
)
def needless_end(entry: Entry) -> Iterator[Values]:
    """Find a sign at the end that the source does not have."""
    before, after = end(entry.before), end(entry.after)
    if after and not before and not unfinished(entry):
        yield {"sign": after}


@check(
    Severity.WARNING,
    "bản dịch kết thúc bằng “{sign}”, bản gốc kết thúc bằng “{source}”. Hãy dùng dấu tương ứng.",
    "the translation ends with “{sign}”, the source with “{source}”. Use the sign that matches.",
)
def other_end(entry: Entry) -> Iterator[Values]:
    """Find a question that became a statement, and the like."""
    before, after = end(entry.before), end(entry.after)
    if not before or not after or unfinished(entry):
        return
    kinds = (CLASSES[before], CLASSES[after])
    if kinds[0] == kinds[1] or kinds in ALIKE.get(entry.language, ()):
        return
    if entry.language == "ja" and kinds == ("?", ".") and ASKED.search(entry.after):
        return
    yield {"sign": after, "source": before}


@check(
    Severity.WARNING,
    "bản gốc có câu hỏi, bản dịch không có dấu hỏi nào. Hãy xem câu hỏi “{what}” đã thành câu gì.",
    "the source asks a question and the translation has no question mark. See what became of "
    "“{what}”.",
)
def questions(entry: Entry) -> Iterator[Values]:
    """Find a question within a text that became a statement; Japanese has other ways to ask."""
    asked = QUESTION.search(entry.before)
    if not asked or entry.language == "ja" or re.search("[?？]", entry.after):
        return
    if end(entry.before) != "?":
        yield {"what": context(entry.before, *asked.span())}


@check(
    Severity.WARNING,
    "dấu cuối “{sign}” không phải dấu của ngôn ngữ này. Hãy dùng dấu đúng độ rộng.",
    "the last sign “{sign}” is not of this language. Use the one of the right width.",
)
def end_width(entry: Entry) -> Iterator[Values]:
    """Find an ASCII sign at the end of Chinese or Japanese that typography leaves alone."""
    own = SIGNS.get(entry.language)
    after = end(entry.after)
    if not own or not after or after in own or not IS_CJK.search(entry.after[-6:]):
        return
    if not any(True for _ in of_kind(entry, "width")):
        yield {"sign": after}


def end(text: str) -> str:
    """
    Return the sign that a text ends with, or nothing.

    >>> end('Đi đâu?”'), end('Vé'), end('等等……')
    ('?', '', '…')
    """
    text = CLOSERS.sub("", text)
    if text.endswith("..."):
        return "…"
    return text[-1:] if text[-1:] in CLASSES else ""


def shown_end(entry: Entry) -> str:
    """Return the last characters of a translation."""
    return context(entry.after.rstrip(), max(0, len(entry.after.rstrip()) - AROUND), 10**6)
