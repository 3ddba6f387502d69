"""Sharing: what messengers and social networks show of a link (Open Graph, ogp.me)."""

from __future__ import annotations

from typing import Any

from babel.core import get_global
from markupsafe import escape

from quangba.media.sizes import HEIGHT, WIDTH
from quangba.settings import Language
from quangba.site.context import SiteContext
from quangba.site.social import card_address
from quangba.source.facts import FORMATTING_LOCALES

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def share(site: SiteContext, name: str) -> dict[str, Any] | None:
    """Return the Open Graph data of a page; None for a site that does not know its address."""
    if not site.config.site_url:
        return None
    others = [lang for lang in site.publisher.languages_of(name) if lang != site.language]
    width, height = WIDTH, HEIGHT
    return {
        "type": "website" if name == "index.md" else "article",
        "url": escape(site.absolute(name)),
        "locale": locale_tag(site.language),
        "others": [locale_tag(language) for language in others],
        "image": escape(card_address(site, name) or ""),
        "width": width,
        "height": height,
    }


def locale_tag(language: Language) -> str:
    """
    Return a language as Open Graph writes it, with its likeliest territory (CLDR).

    >>> [locale_tag(Language(c, '', t)) for c, t in (('vi', 'vi'), ('en', 'en'), ('zh', 'zh-Hans'))]
    ['vi_VN', 'en_GB', 'zh_CN']
    """
    given = FORMATTING_LOCALES.get(language.code, "")
    if given.count("_") == 1 and given.rpartition("_")[2].isupper():
        return given
    likely = str(get_global("likely_subtags").get(language.code, language.code))
    code, *rest = likely.split("_")
    return "_".join([code, *rest[-1:]])
