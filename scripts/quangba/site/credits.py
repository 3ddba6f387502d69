"""Credits: the translation packages that drafted texts which readers see."""

from __future__ import annotations

from typing import Any

from babel.lists import format_list
from markupsafe import Markup, escape

from quangba.mt.manifest import CC_BY, find
from quangba.settings import Language
from quangba.site.publishing import Publisher
from quangba.source.facts import locale_of

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LICENCES = {CC_BY: "https://creativecommons.org/licenses/by/4.0/"}
"""Where licences can be read, as CC BY asks (section 3(a)(1)(C))."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def translators(publisher: Publisher, reader: Language) -> list[dict[str, Any]]:
    """
    Return the packages that drafted what the site shows in any language.

    Each has a ``name``; those of the manifest also ``pair`` (in the reader's language),
    ``licence``, ``licence_url`` and ``attribution``, all safe for HTML.
    """
    languages = publisher.workspace.settings.languages
    used = dict.fromkeys(name for lang in languages for name in publisher.packages(lang))
    return [translator(name, reader) for name in used]


def translator(name: str, reader: Language) -> dict[str, Any]:
    """Return one translation package; only its name when the manifest does not know it."""
    release = find(name)
    if release is None:
        return {"name": escape(name)}
    languages = locale_of(reader.code).languages
    pair = [languages.get(code, code) for code in (release.source, release.target)]
    return {
        "name": escape(name),
        "pair": escape(" → ".join(pair)),
        "licence": escape(release.licence),
        "licence_url": LICENCES.get(release.licence),
        "attribution": escape(release.attribution),
    }


def drafted(publisher: Publisher, reader: Language) -> Markup | None:
    """Name the languages whose texts translation packages drafted, in the reader's."""
    locale = locale_of(reader.code)
    names = [
        locale.languages.get(lang.code, lang.name)
        for lang in publisher.workspace.settings.languages
        if publisher.packages(lang)
    ]
    return escape(format_list(names, locale=locale)) if names else None
