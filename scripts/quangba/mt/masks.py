"""
Mask styles: how marks are written for a model, and read back from what it answers.

No style survives in every model, so ``quangba models calibrate`` measures them per package. None
contains an underscore (Argos packages turn it into a blank) nor a character that SentencePiece's
NFKC normalisation changes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from quangba.mt.markup import MARK, SPANS

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Style:
    """One way to write marks: ``[1]``, ``[2]`` …"""

    name: str
    before: str
    after: str
    first: int = 1
    """The first number."""

    @property
    def pattern(self) -> re.Pattern[str]:
        """What a mask of this style looks like; models like to put blanks into it."""
        before, after = re.escape(self.before), re.escape(self.after)
        edge = "" if after else r"(?![.,]?\d)"
        gap = " ?" if before else ""
        alone = "" if before else r"(?<![\d.,])"
        return re.compile(rf"{alone}{before}{gap}(\d{{1,3}}){gap if after else ''}{after}{edge}")


@dataclass(frozen=True)
class Written:
    """A text as a model is shown it, and which mark each number stands for."""

    marks: tuple[str, ...]
    style: Style
    text: str = ""
    left: str = ""
    """Masks before which a blank was put only for the model."""
    right: str = ""
    """Masks behind which a blank was put only for the model."""

    def show(self, text: str) -> str:
        """Write the marks of a text as numbers, with blanks between them and words."""
        style, numbers = self.style, {mark: at for at, mark in enumerate(self.marks)}
        padded = BEFORE.sub(" ", AFTER.sub(" ", text))
        return MARK.sub(
            lambda match: f"{style.before}{style.first + numbers[match[0]]}{style.after}", padded
        )

    def read(self, answer: str) -> str | None:
        """
        Put the marks back into an answer; None when a number stands for no mark.

        Which of them are missing or doubled is for the caller to see.
        """
        strange = MARK.search(answer) is not None

        def found(match: re.Match[str]) -> str:
            nonlocal strange
            number = int(match[1]) - self.style.first
            if 0 <= number < len(self.marks):
                return self.marks[number]
            strange = bool(self.style.before)
            return match[0]

        text = self.style.pattern.sub(found, answer) if self.marks else answer
        for pattern, masks in ((" +(?=[{}])", self.left), ("(?<=[{}]) +", self.right)):
            text = re.sub(pattern.format(masks), "", text) if masks else text
        return None if strange else INSIDE.sub("", text)


# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

AFTER = re.compile(r"(?<=[\ue100-\ue3ff])(?=[\w\ue100-\ue3ff])")
BEFORE = re.compile(r"(?<=[^\s(“«\"'‘])(?=[\ue100-\ue3ff])")
"""Where a model is shown a blank that the text does not have."""

INSIDE = re.compile(r"(?<=[\ue200-\ue2ff])\s+|\s+(?=[\ue300-\ue3ff])")
"""Blanks just inside a span."""

STYLES = (
    Style("square", "[", "]"),
    Style("number", "", "", first=701),
    Style("white", "⟦", "⟧"),
    Style("code", "ZX", ""),
    Style("hash", "#", ""),
)
"""In the order in which they are tried on a package that nobody has calibrated."""

REMAINS = re.compile("[⟦⟧]|ZX ?\\d")
"""What is left of a mask that a model invented or tore."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def write(text: str, style: Style) -> Written | None:
    """
    Write the marks of a text in a style; None when the text itself has something like them.

    >>> written = write('Vé \\ue100 tại \\ue200cảng\\ue300', STYLES[0])
    >>> written.text
    'Vé [1] tại [2] cảng [3]'
    >>> written.read('[2] Port [3] tickets [ 1 ]') == '\\ue200Port\\ue300 tickets \\ue100'
    True
    """
    marks = tuple(dict.fromkeys(MARK.findall(text)))
    if marks and style.pattern.search(text):
        return None
    left = "".join(text[match.end()] for match in BEFORE.finditer(text))
    right = "".join(text[match.end() - 1] for match in AFTER.finditer(text))
    shown = Written(marks, style).show(text)
    return Written(marks, style, shown, SPANS.sub("", left), SPANS.sub("", right))
