"""One language of a site: its addresses, texts and formats, for templates and for writers."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from babel.support import NullTranslations
from jinja2 import Environment
from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig

from quangba.catalogs.workspace import Workspace
from quangba.media.own_faces import OwnFace
from quangba.settings import Language
from quangba.site.inside import page_url
from quangba.site.pictures import SiteMedia
from quangba.site.publishing import Publisher
from quangba.source.facts import Fact, format_day
from quangba.source.kinds import plain, text_patterns
from quangba.source.labels import label
from quangba.source.occurrences import next_day
from quangba.source.pages import Page, front_matter_segments
from quangba.source.segment import FACT

if TYPE_CHECKING:
    from quangba.site.screen.takeaways import Takeaways  # it knows the context

T = TypeVar("T")

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class SiteContext:
    """What the templates of one language can be told."""

    workspace: Workspace
    publisher: Publisher
    language: Language
    texts: NullTranslations
    urls: dict[str, str]
    """Addresses in the source language, as they become known; shared by all languages."""
    referrers: dict[str, list[str]] = field(default_factory=dict)
    """For each page those whose front matter names it; shared by all languages."""
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Pages as data, as they become known (``records.py``)."""
    takeaways: Takeaways | None = None
    """What readers of a kiosk take along; shared by all languages. The portal has none."""
    faces: tuple[OwnFace, ...] = ()
    """Faces that the site brings for its scripts; shared by all languages."""
    env: Environment | None = None
    """The templates, speaking the language."""
    _metas: dict[str, dict[str, Any]] = field(default_factory=dict)
    _kept: dict[Any, Any] = field(default_factory=dict)

    @cached_property
    def media(self) -> SiteMedia:
        """Pictures and films; a build gives all its languages the same."""
        return SiteMedia(self.workspace)

    @property
    def config(self) -> MkDocsConfig:
        """The configuration of MkDocs."""
        return self.workspace.settings.config

    def once(self, key: Any, make: Callable[[], T]) -> T:
        """Return what is the same on many pages; it is made when the first of them asks."""
        if key not in self._kept:
            self._kept[key] = make()
        return cast(T, self._kept[key])

    # Addresses

    def url(self, name: str, language: Language | None = None) -> str:
        """Return the address of a page from the root of the site, without a leading slash."""
        language = language or self.language
        if name not in self.urls:
            self.urls[name] = page_url(self.config, name)
        url = self.urls[name]
        if language == self.workspace.settings.source:
            return url
        return f"{language.code}/{url}"

    def file(self, path: str) -> str:
        """Return the address of a file of the language, from the root of the site."""
        source = self.language == self.workspace.settings.source
        return path if source else f"{self.language.code}/{path}"

    def absolute(self, name: str, language: Language | None = None) -> str:
        """Return the absolute address of a page."""
        return f"{self.config.site_url or '/'}{self.url(name, language)}"

    def alternates(self, name: str) -> list[dict[str, str]]:
        """Return the language versions that search engines may list, and ``x-default``."""
        languages = [
            lang for lang in self.publisher.languages_of(name) if self.indexable(name, lang)
        ]
        if len(languages) < 2 or not self.config.site_url:
            return []
        found = [
            {"hreflang": lang.html_lang, "href": self.absolute(name, lang)} for lang in languages
        ]
        return [*found, {"hreflang": "x-default", "href": self.absolute(name, languages[0])}]

    def sitemap(self) -> list[dict[str, Any]]:
        """Return every published page of every language, with its alternates."""
        found = []
        for name in self.workspace.names:
            for language in self.publisher.languages_of(name):
                if self.indexable(name, language):
                    found.append(
                        {
                            "loc": self.absolute(name, language),
                            "lastmod": self.last_changed(name, language),
                            "alternates": self.alternates(name),
                        }
                    )
        return found

    def indexable(self, name: str, language: Language) -> bool:
        """Tell whether search engines may list the page: not unreviewed machine text."""
        source = language == self.workspace.settings.source
        return source or not self.publisher.face(name, language).machine

    def last_changed(self, name: str, language: Language) -> str:
        """Return the ISO date of the last approval or review, or nothing."""
        approval = self.workspace.decision(name).approval
        dates = [approval.date if approval else ""]
        if language != self.workspace.settings.source:
            dates.append(self.publisher.face(name, language).reviewed_on)
        return max(dates)

    # Texts

    def interface(self, text: str) -> str:
        """Translate a text of templates or extensions."""
        return str(self.texts.gettext(text))

    def text(self, context: str, text: str) -> str:
        """Translate a text of the site."""
        return self.publisher.site_text(self.language, context, text)

    def fact(self, name: str) -> str | None:
        """Format a fact; None when it may not be shown."""
        fact = self.workspace.facts.entries.get(name)
        if fact is None or fact.expired(self.workspace.today):
            return None
        return fact.format(self.language.code, self.interface)

    def with_facts(self, text: str) -> str:
        """Put facts into a plain text."""
        return FACT.sub(lambda match: self.fact(match[1]) or match[0], text)

    def front_matter(self, name: str, meta: MutableMapping[str, Any]) -> None:
        """Put the front matter of a page into the language, in place."""
        page = Page(name, name, "", cast(dict[str, Any], meta))
        patterns = text_patterns(page.meta, self.workspace.settings.options.front_matter)
        source = self.language == self.workspace.settings.source
        texts = {} if source else self.publisher.edition(name, self.language).texts
        for segment, container, key in front_matter_segments(page, patterns):
            container[key] = texts.get(segment.key, container[key])
        if isinstance(meta.get("tags"), list):
            meta["tags"] = [self.text("tag", str(tag)) for tag in meta["tags"]]
        walk_facts(meta, self.with_facts)

    def day(self, iso: Any) -> Markup | None:
        """Format an ISO date."""
        return escape(format_day(str(iso), self.language.code)) if iso else None

    def meta_of(self, name: str) -> dict[str, Any]:
        """Return the front matter of a page in the language, facts put in, not escaped."""
        if name not in self._metas:
            meta: dict[str, Any] = plain(self.workspace.page(name).meta)
            self.front_matter(name, meta)
            self._metas[name] = meta
        return self._metas[name]

    def title_of(self, name: str) -> str:
        """Return the title of a page in the language, in plain text."""
        given = self.meta_of(name).get("title")
        if given:
            return str(given)
        title = self.workspace.file_title(name)
        return self.text("page title", title) if title else name

    def next_day(self, name: str) -> str:
        """Return the ISO date on which an event begins next, or nothing."""
        meta = self.meta_of(name)
        if meta.get("type") != "event":
            return ""
        day = next_day(meta, self.workspace.today)
        return day.isoformat() if day else "9"

    # Formats

    def label(self, family: str, value: Any) -> str:
        """Return what a value of front matter is called (``source/labels.py``)."""
        return self.interface(label(family, str(value)))

    def commune(self, name: str) -> str:
        """Return the name of a present-day unit."""
        return self.text("commune", name)

    def area(self, name: str) -> str:
        """Return the name of an area of the province."""
        return self.text("area", (self.workspace.areas or {}).get(name, name))

    def number(self, value: float) -> str:
        """Format a number."""
        return self.figure(value, "number")

    def measure(self, value: float, unit: str, precision: str | None = None) -> str:
        """Format a number with a unit of ``source/facts.py``: ``measure(216, 'ha')``."""
        return self.figure(value, "measure", unit, precision=precision)

    def money(self, value: float, currency: str, precision: str | None = None) -> str:
        """Format an amount as the press of the language writes it: ``39,744 nghìn tỷ đồng``."""
        return self.figure(value, "currency", currency, style="compact", precision=precision)

    def figure(
        self,
        value: float,
        kind: str,
        unit: str | None = None,
        style: str = "plain",
        precision: str | None = None,
    ) -> str:
        """Format a figure that front matter holds, by the same rules as facts."""
        fact = Fact("", "", value, kind, unit, style, precision=precision)
        return fact.format(self.language.code, self.interface)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def walk_facts(value: Any, change: Any) -> None:
    """Put facts into every text of front matter, in place."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in list(items):
        if isinstance(item, str):
            if "{fact:" in item:
                value[key] = change(item)
        elif isinstance(item, dict | list):
            walk_facts(item, change)
