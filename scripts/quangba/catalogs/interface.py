"""
Interface texts: what templates and Markdown extensions say, in ``locales/<lang>/…/ui.po``.

English is the msgid. Babel finds the texts in templates and compiles their translations; in between
they are segments in a catalog like all others.
"""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages import catalog as babel_catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.support import NullTranslations, Translations
from jinja2 import TemplateSyntaxError
from jinja2.ext import babel_extract

from quangba.catalogs.message import Catalog
from quangba.errors import QuangbaError
from quangba.source.facts import PRECISIONS
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

OWN_TEXTS = (
    *INTERFACE_TEXTS,
    *(text for texts in (PRECISIONS, NOTICES, ROLES, SHORT_PAGES) for text in texts.values()),
)
"""Everything that the package itself says on pages."""

PACKAGE = "quangba"
"""Where texts stand that are in no template of the site."""

EXTRACTION = {"silent": "false", "trimmed": "true"}
"""Options of Jinja's extractor: a broken template is an error, not one without texts."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def interface_texts(overrides: Path | None) -> list[tuple[Segment, list[str]]]:
    """
    Return the texts of the package and of the site's own templates, and the files they stand in.

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
    return [found[key] for key in sorted(found, key=lambda key: (key[1], key[0] or ""))]


def template_segments(path: Path, file: str) -> list[Segment]:
    """Return the texts of one template."""
    try:
        found = extract_from_file(
            babel_extract,  # type: ignore[arg-type]
            path,
            comment_tags=("NOTE:",),
            options=EXTRACTION,
            strip_comment_tags=True,
        )
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


def translations(catalog: Catalog | None) -> NullTranslations:
    """Return the compiled interface texts of a language; English where there are none."""
    if catalog is None:
        return NullTranslations()
    compiled = babel_catalog.Catalog(charset="utf-8")
    for message in catalog.active:
        if message.msgstr and not message.fuzzy:
            compiled.add(message.msgid, message.msgstr, context=message.msgctxt)
    stream = io.BytesIO()
    write_mo(stream, compiled)
    stream.seek(0)
    return Translations(fp=stream)
