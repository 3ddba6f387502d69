"""
Sentences: what the desk says, in the language of its interface.

Vietnamese and English stand in :data:`quangba.messages.MESSAGES`; other languages translate the
English in ``ui.po``, and fall back to it.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass

from babel.support import NullTranslations

from quangba.errors import Problem
from quangba.messages import MESSAGES

# ----------------------------------------------------------------------------
# Functions (first, because the texts below are marked with it)
# ----------------------------------------------------------------------------


def gettext_noop(text: str) -> str:
    """Mark a text for ``ui.po`` (see ``catalogs/interface.py``); it is translated when shown."""
    return text


# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

KINDS = {
    "paragraph": gettext_noop("Paragraph"),
    "text": gettext_noop("Paragraph"),
    "list item": gettext_noop("List item"),
    "table cell": gettext_noop("Table cell"),
    "table header": gettext_noop("Table header"),
    "term": gettext_noop("Term"),
    "definition": gettext_noop("Definition"),
    "summary": gettext_noop("Title of a box that opens"),
    "caption": gettext_noop("Caption"),
    "caption prefix": gettext_noop("Caption"),
    "tab label": gettext_noop("Title of a tab"),
    "box title": gettext_noop("Title of a box"),
    "code title": gettext_noop("Title of a code block"),
    "tooltip": gettext_noop("Tooltip"),
    "abbreviation": gettext_noop("Abbreviation in full"),
    "link title": gettext_noop("Tooltip of a link"),
    "footnote link": gettext_noop("Link to a footnote"),
    "heading link": gettext_noop("Link to a heading"),
    "front matter: title": gettext_noop("Page title"),
    "front matter: description": gettext_noop("Description for search engines"),
    "front matter: lead": gettext_noop("Lead"),
    "front matter: image_alt": gettext_noop("Description of the picture"),
    "front matter: glance.label": gettext_noop("At a glance: label"),
    "front matter: glance.text": gettext_noop("At a glance: text"),
    "site name": gettext_noop("Name of the site"),
    "site description": gettext_noop("Description of the site"),
    "copyright": gettext_noop("Copyright line"),
    "navigation": gettext_noop("Navigation"),
    "page title": gettext_noop("Page title"),
    "tag": gettext_noop("Tag"),
    "unit": gettext_noop("Name of a unit"),
    "fact": gettext_noop("Name of a figure"),
    "interface": gettext_noop("Text of the interface"),
}
"""Kinds of text (see ``source/segmenter.py``) and what reviewers call them."""

HEADING = gettext_noop("Heading, level {n}")
FIELD = gettext_noop("Page data: {field}")

HEADING_KIND = re.compile(r"heading (\d)")
FIELD_KIND = "front matter: "

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Voice:
    """Speaks the language of the interface."""

    language: str
    """Its code: ``ja``."""
    translations: NullTranslations

    def text(self, english: str, **values: object) -> str:
        """Return a marked text with its values."""
        return self.template(english).format(**values)

    def problem(self, problem: Problem, *, place: bool = True) -> str:
        """Return the sentence of a problem, after its place where that is wanted."""
        _, vietnamese, english = MESSAGES[problem.code]
        template = vietnamese if self.language == "vi" else self.template(english)
        sentence = template.format(file=problem.file, **dict(problem.values))
        return f"{problem.place}: {sentence}" if place and problem.place else capitalised(sentence)

    def template(self, english: str, context: str | None = None) -> str:
        """Translate a text; one whose translation names other values stays English."""
        if context is None:
            translated = self.translations.gettext(english)
        else:
            translated = str(self.translations.pgettext(context, english))
        return translated if placeholders(translated) == placeholders(english) else english

    def kind(self, kind: str) -> str:
        """Return what reviewers call a kind of text."""
        heading = HEADING_KIND.fullmatch(kind)
        if heading:
            return self.text(HEADING, n=heading[1])
        if kind in KINDS:
            return self.text(KINDS[kind])
        if kind.startswith(FIELD_KIND):
            return self.text(FIELD, field=kind.removeprefix(FIELD_KIND))
        return kind


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def placeholders(text: str) -> set[str] | None:
    """
    Return what a text names in braces; None when it cannot be filled in.

    >>> placeholders('{n} of {all}') == {'n', 'all'}
    True
    >>> placeholders('{'), placeholders('{n:>99}')
    (None, None)
    """
    try:
        parsed = list(string.Formatter().parse(text))
    except ValueError:
        return None
    names = set()
    for _, name, form, conversion in parsed:
        if name is None:
            continue
        if form or conversion or not re.fullmatch(r"\w+", name):
            return None
        names.add(name)
    return names


def capitalised(sentence: str) -> str:
    """
    Return a sentence that stands alone with a capital.

    >>> capitalised('đã lưu.'), capitalised('“a” went.')
    ('Đã lưu.', '“a” went.')
    """
    return sentence[:1].upper() + sentence[1:]
