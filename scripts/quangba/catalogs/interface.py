"""
Interface texts: what templates and Markdown extensions say, in ``locales/<lang>/…/ui.po``.

English is the msgid. Extraction, catalogs and compilation are Babel's.
"""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po
from babel.support import NullTranslations, Translations

from quangba.errors import QuangbaError
from quangba.files import write_bytes
from quangba.source.facts import PRECISIONS
from quangba.source.segments import INTERFACE_TEXTS

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

NOTICES = {
    "machine": "This page was translated by a machine and has not yet been reviewed.",
    "stale": "Part of this page changed in Vietnamese. Until it is translated again, you read the "
    "text as reviewed on {date}.",
}
"""Notices on pages, in the reader's language (see ``site/publishing.py``)."""

ENGLISH = "en"
"""The language of the msgids: its catalog needs no translation."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def template(overrides: Path | None) -> Catalog:
    """Return the messages of the package and of the site's own templates."""
    catalog = Catalog(charset="utf-8")
    for text in (*INTERFACE_TEXTS, *PRECISIONS.values(), *NOTICES.values()):
        catalog.add(text, locations=[("quangba", 0)])
    if overrides and overrides.is_dir():
        found = extract_from_dir(
            overrides,
            method_map=[("**.html", "jinja2")],
            options_map={"**.html": {"silent": "false", "trimmed": "true"}},
            comment_tags=("NOTE:",),
            strip_comment_tags=True,
        )
        for file, _, text, comments, context in found:
            name = f"{overrides.name}/{Path(file).as_posix()}"
            catalog.add(text, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalog


def synchronise_interface(path: Path, file: str, locale: str, texts: Catalog) -> bool:
    """Bring ``ui.po`` in line with the templates; return whether it was written."""
    old = path.read_bytes() if path.is_file() else b""
    catalog = read_interface(path, file, locale) if old else Catalog(charset="utf-8")
    catalog.update(texts, no_fuzzy_matching=True, update_header_comment=False)
    catalog.header_comment = f"# Quảng Bá: {file}"
    catalog.fuzzy = False
    stream = io.BytesIO()
    write_po(stream, catalog, width=0, omit_header=True, include_lineno=False, sort_output=True)
    header = (
        f"# Quảng Bá: {file}\n"
        'msgid ""\n'
        'msgstr ""\n'
        f'"Language: {locale}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n\n'
    )
    new = header.encode("utf-8") + stream.getvalue()
    if new == old:
        return False
    write_bytes(path, new)
    return True


def read_interface(path: Path, file: str, locale: str) -> Catalog:
    """Read ``ui.po``; raises ``QuangbaError`` for one that cannot be read."""
    try:
        with path.open("rb") as stream:
            # The locale is not given: Babel would refuse languages that CLDR does not know.
            return read_po(stream, charset="utf-8", abort_invalid=True)
    except PoFileError as error:
        line = getattr(error, "lineno", None) or 0
        raise QuangbaError("po-syntax", file, line, file=file, what=str(error)) from error
    except UnicodeDecodeError as error:
        raise QuangbaError("po-charset", file, what=error.reason) from error
    except OSError as error:
        raise QuangbaError("file-unreadable", file, what=error.strerror) from error


def translations(path: Path, file: str, locale: str) -> NullTranslations:
    """Return the compiled interface texts of a language; English where there are none."""
    if not path.is_file():
        return NullTranslations()
    stream = io.BytesIO()
    write_mo(stream, read_interface(path, file, locale))
    stream.seek(0)
    return Translations(fp=stream)
