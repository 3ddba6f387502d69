"""The frozen corpus: sentences in six languages, with abstract marks."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from quangba.mt.markup import CLOSE, MARK, MASK, OPEN
from quangba.mt.masks import STYLES, Style, write

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

CORPUS = Path(__file__).parent / "corpus"
"""Tab-separated files with one sentence per line and a column per language."""

PAIRS = {
    "vi_en": "square",
    "en_zh": "white",
    "en_ja": "number",
    "en_ko": "square",
    "en_fr": "code",
}
"""The packages, with the only mask style (:mod:`quangba.mt.masks`) that each has learnt."""

ABSTRACT = re.compile(r"\{(m|s|/s)(\d+)\}")
"""``{m0}``, ``{s0}``, ``{/s0}``."""

KINDS = {"m": MASK, "s": OPEN, "/s": CLOSE}

PLAIN = str.maketrans({**dict.fromkeys("’‘", "'"), **dict.fromkeys("“”«»", '"')} | {"–": "-"})
"""What Moses' normaliser makes of quotation marks and dashes."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def sentences(pair: str) -> list[tuple[str, str]]:
    """
    Return the marked sentences of a pair: ``vi_en``.

    Those that its mask style cannot write are left out: ``10`` looks like a mask ``701``.
    """
    found = {}
    for path in sorted(CORPUS.glob("*.tsv")):
        head, *rows = path.read_text(encoding="utf-8").splitlines()
        source, target = (head.split("\t").index(language) for language in pair.split("_"))
        for row in rows:
            texts = row.split("\t")
            found[texts[source]] = texts[target]
    rows = [(marked(source), marked(target)) for source, target in found.items()]
    return [row for row in rows if not MARK.search(row[0]) or write(row[0], style_of(pair))]


def style_of(pair: str) -> Style:
    """Return the mask style of a package."""
    return next(style for style in STYLES if style.name == PAIRS[pair])


def shown(style: Style, source: str, target: str) -> tuple[str, str]:
    """
    Return a marked sentence and its translation as the model sees them.

    >>> shown(STYLES[0], 'Vé \ue100', 'Ticket \ue100')
    ('Vé [1]', 'Ticket [1]')
    """
    written = write(source, style)
    return (written.text, written.show(target)) if written else (source, target)


def marked(text: str) -> str:
    r"""
    Put marks in the place of what stands for them in the corpus.

    >>> ascii(marked('{s0}Vé{/s0} {m1}'))
    "'\\ue200V\\xe9\\ue300 \\ue101'"
    """
    return ABSTRACT.sub(lambda match: chr(KINDS[match[1]] + int(match[2])), text)


def flat(text: str) -> str:
    """
    Return a text as it can be compared: tokenizers change blanks, quotation marks and widths.

    >>> flat('« Ha Long » : 434 km²，')
    '"HaLong":434km2,'
    """
    return "".join(unicodedata.normalize("NFKC", text).translate(PLAIN).split())
