"""
Mending: what every answer of a model gets, right or wrong as it is otherwise.

The edges of a text that are no language are taken off before it is shown to a model; afterwards an
answer gets the typography, the first letter and the full stop that its source asks for.
"""

from __future__ import annotations

import re

from quangba.mt.markup import CLOSE, EXTRA, OPEN, SILENT, closing
from quangba.mt.typography import finish
from quangba.source.scripts import own_scripts

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ENDING = re.compile(r"[.!?…。！？:：;；][\"”’»）)\]\ue300-\ue3ff]*$")
"""What a sentence ends with."""

STOP = re.compile(r"(?<!\.)[.。](?=[\"”’»）)\]\ue300-\ue3ff]*$)")
"""A full stop at the end."""

FULL = {".": "。", "?": "？", "!": "！", ":": "："}
"""Full-width forms of what a sentence ends with."""

FIRST = re.compile(r"[\ue200-\ue2ff\s\"“«(‘]*([^\W\d_])")
"""The first letter of a text that does not begin with a mask or a digit."""

PARTICLE = re.compile(
    r"(?<=[\ue100-\ue1ff\ue300-\ue3ff]) (?=(?:은|는|을|를|과|와|의|에|에서|에게|으로|로|도|만|까지|"
    r"부터|보다|입니다|이며|이고|년|월|일|개|명|시|분|층|곳)"
    r"(?:에|은|는|을|를|의|까지|부터|입니다)?(?![가-힣]))"
)
"""A blank between a mask and a Korean particle or counter, which belongs to the word before it."""

BULLET = re.compile(r"^(?:[-–•·*] |\d\. )")
"""What models that were trained on subtitles like to begin with."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def peel(text: str) -> tuple[str, str, str]:
    """
    Take off the edges of a text that need no translation: blanks, icons, bold around everything.

    >>> peel('\ue140 \ue200Vé tàu\ue300 ') == ('\ue140 \ue200', 'Vé tàu', '\ue300 ')
    True
    """
    start, end = 0, len(text)
    while start < end:
        first, last = text[start], text[end - 1]
        if is_edge(first):
            start += 1
        elif is_edge(last):
            end -= 1
        elif OPEN <= ord(first) < CLOSE and last == closing(first):
            start, end = start + 1, end - 1
        else:
            break
    return text[:start], text[start:end], text[end:]


def is_edge(char: str) -> bool:
    """Tell whether a character at the edge of a text is no part of its sentence."""
    return char.isspace() or SILENT <= ord(char) < EXTRA


def latin(language: str) -> bool:
    """Tell whether a language is written in Latin letters."""
    return own_scripts(language)[:1] == ("LATIN",)


def mend(source: str, target: str, language: str) -> str:
    """
    Give an answer the typography, the capital and the full stop that its source asks for.

    >>> mend('Đi tiếp từ đây', 'continue from here.', 'en')
    'Continue from here'
    """
    text = target.strip()
    if not BULLET.match(source):
        text = BULLET.sub("", text)
    if language == "ko":
        text = PARTICLE.sub("", text)
    text = finish(text, language)
    if not ENDING.search(source):
        text = STOP.sub("", text)
    elif not ENDING.search(text) and source[-1] in FULL:
        wide = own_scripts(language)[:1] == ("CJK",)
        text = finish(text + (FULL[source[-1]] if wide else source[-1]), language)
    first = FIRST.match(text)
    if first and first[1].islower() and capital(source) and latin(language):
        text = text[: first.start(1)] + first[1].upper() + text[first.end(1) :]
    return text


def capital(text: str) -> bool:
    """Tell whether the first letter of a text is a capital."""
    first = FIRST.match(text)
    return first is not None and first[1].isupper()
