"""
Interface texts: what templates and Markdown extensions say, in ``locales/<lang>/…/ui.po``.

English is the msgid. Babel finds the texts in templates and compiles their translations; in between
they are segments in a catalog like all others.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel.messages import catalog as babel_catalog
from babel.messages.extract import extract, extract_from_file
from babel.messages.mofile import write_mo
from babel.support import NullTranslations, Translations
from jinja2 import TemplateSyntaxError
from jinja2.ext import babel_extract

from quangba.catalogs.message import Catalog, Message
from quangba.errors import Problem, QuangbaError
from quangba.messages import MESSAGES
from quangba.source.facts import PRECISIONS
from quangba.source.labels import all_labels
from quangba.source.markup import added_characters, plain_difference
from quangba.source.segment import Segment
from quangba.source.segmenter import INTERFACE_TEXTS

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

NOTICES = {
    "machine": "This page was translated by a machine and has not yet been reviewed.",
    "stale": "Part of this page changed in Vietnamese. Until it is translated again, you read the "
    "text as reviewed on {date}.",
}
"""Notices on pages, in the reader's language (see ``site/publishing.py``)."""

ROLES = {"official": "official approval", "sample": "sample approval"}
"""What an approval counts as (see ``source/gate.py``)."""

SHORT_PAGES = {
    "missing": "Not yet available in this language",
    "withdrawn": "This page has been taken out",
}
"""Titles of the short pages that stand where a page is not published."""

OFFER = "This page can also be read in English."
"""Offered to visitors whose browser prefers another language; each language names itself."""

CLOSE = "Close"

OWN_TEXTS = (
    *INTERFACE_TEXTS,
    OFFER,
    CLOSE,
    *(text for texts in (PRECISIONS, NOTICES, ROLES, SHORT_PAGES) for text in texts.values()),
    *all_labels(),
)
"""Everything that the package itself says on pages."""

FAMILIES = ("desk-", "waiver-")
"""What the codes of sentences begin with that the desk says, in the reviewer's language."""

PACKAGE = "quangba"
"""Where texts stand that are in no template of the site."""

FOLDER = Path(__file__).parents[1]
"""Folder of the package. Other rooms are only read from here, as a site's templates are."""

TEMPLATES = ("desk/templates",)
"""The package's own templates that speak the languages of the site."""

SPOKEN: tuple[tuple[str, dict[str, tuple[int, ...] | None]], ...] = (
    ("desk", {"gettext_noop": None}),
    ("review/checks", {"check": (3,)}),
)
"""
Modules of the package that hold texts, and the calls that hold them: a check brings its English
sentence as third argument. The same texts are found whatever has been imported.
"""

SAID = re.compile(rb"\b\w+\.say\(")
"""``voice.say('Touch')``: pages that speak several languages call it instead of ``_('Touch')``."""

EXTRACTION = {"silent": "false", "trimmed": "true"}
"""Options of Jinja's extractor: a broken template is an error, not one without texts."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def interface_texts(overrides: Path | None) -> list[tuple[Segment, list[str]]]:
    """
    Return the texts of the package and of the site's own templates, and the files they stand in.

    Those of the package are what it says on pages, and what the desk says to reviewers.

    Raises ``QuangbaError`` for a template that Jinja cannot read.
    """
    found: dict[tuple[str | None, str], tuple[Segment, list[str]]] = {}

    def add(segment: Segment, file: str) -> None:
        _, files = found.setdefault(segment.key, (segment, []))
        if file not in files:
            files.append(file)

    for text in OWN_TEXTS:
        add(Segment(text, "interface", plain=True), PACKAGE)
    if overrides is not None:
        for path in sorted(overrides.rglob("*.html")):
            file = f"{overrides.name}/{path.relative_to(overrides).as_posix()}"
            for segment in template_segments(path, file):
                add(segment, file)
    for segment in package_segments():
        if segment.key not in found:
            add(segment, PACKAGE)
    return [found[key] for key in sorted(found, key=lambda key: (key[1], key[0] or ""))]


@cache
def package_segments() -> tuple[Segment, ...]:
    """Return what the package says to reviewers: templates, labels, checks and errors."""
    found = []
    for folder in TEMPLATES:
        for path in sorted((FOLDER / folder).glob("*.html")):
            found += template_segments(path, f"{folder}/{path.name}")
    texts = []
    for folder, calls in SPOKEN:
        for path in sorted((FOLDER / folder).glob("*.py")):
            texts += [text for _, text, _, _ in extract_from_file("python", path, calls)]
    texts += [english for code, (_, _, english) in MESSAGES.items() if code.startswith(FAMILIES)]
    return (*found, *(Segment(str(text), "interface", plain=True) for text in texts))


def template_segments(path: Path, file: str) -> list[Segment]:
    """Return the texts of one template."""
    try:
        found = extracted(path.read_bytes())
    except TemplateSyntaxError as error:
        raise QuangbaError("config-wrong", file, error.lineno, what=error.message) from error
    except (OSError, UnicodeDecodeError) as error:
        raise QuangbaError("config-wrong", file, what=str(error)) from error
    segments = []
    for line, text, comments, context in found:
        if not isinstance(text, str):
            raise QuangbaError("config-wrong", file, line, what="{% pluralize %}")
        segments.append(Segment(text, "interface", context, tuple(comments), plain=True))
    return segments


@lru_cache(maxsize=1024)
def extracted(source: bytes) -> tuple[Any, ...]:
    """
    Return what Babel finds in a template: line, text, comments, context.

    Whoever runs on (the desk, a preview) asks again and again for templates that did not change.
    """
    return tuple(
        extract(
            babel_extract,  # type: ignore[arg-type]
            io.BytesIO(SAID.sub(b"_(", source)),
            comment_tags=("NOTE:",),
            options=EXTRACTION,
            strip_comment_tags=True,
        )
    )


def speaks(catalog: Catalog | None) -> bool:
    """Tell whether anything of the interface is translated into a language."""
    return any(m.msgstr and not m.fuzzy for m in (catalog.active if catalog else ()))


def unsound(message: Message) -> str | None:
    """
    Say what a translation adds that is no words, or None. Templates write such texts as they are.

    >>> unsound(Message('News', 'Tin" autofocus="')), unsound(Message('News', 'Tin'))
    ('+"', None)
    """
    hidden = added_characters(message.msgid, message.msgstr)
    if hidden:
        return f"+U+{ord(hidden):04X}"
    if message.msgstr.count('"') > message.msgid.count('"'):
        return '+"'
    return plain_difference(message.msgid, message.msgstr)


def unsound_texts(catalog: Catalog | None, file: str) -> Iterator[Problem]:
    """Yield a problem for each interface text that is shown in English, because it is no text."""
    for message in catalog.active if catalog else ():
        what = unsound(message) if message.msgstr and not message.fuzzy else None
        if what:
            msgid = message.msgid[:60]
            yield Problem.at("text-unsound", file, message.line, msgid=msgid, what=what)


def translations(catalog: Catalog | None) -> NullTranslations:
    """Return the compiled interface texts of a language; English where there are none."""
    if catalog is None:
        return NullTranslations()
    compiled = babel_catalog.Catalog(charset="utf-8")
    for message in catalog.active:
        if message.msgstr and not message.fuzzy and not unsound(message):
            compiled.add(message.msgid, message.msgstr, context=message.msgctxt)
    stream = io.BytesIO()
    write_mo(stream, compiled)
    stream.seek(0)
    return Translations(fp=stream)
