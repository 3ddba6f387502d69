"""Template context: what every template gets as ``q``, escaped for HTML."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urljoin, urlsplit

from babel.support import NullTranslations
from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import get_relative_url

from quangba.catalogs.interface import NOTICES, ROLES
from quangba.catalogs.workspace import Workspace
from quangba.settings import Language
from quangba.site.credits import drafted, translators
from quangba.site.inside import page_url
from quangba.site.publishing import Publisher
from quangba.source.facts import Fact, format_day
from quangba.source.pages import Page, front_matter_segments
from quangba.source.segment import FACT

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Lazy(dict[str, Any]):
    """A context whose values are made when a template first asks for them."""

    def __init__(self, makers: dict[str, Callable[[], Any]]) -> None:
        super().__init__()
        self.makers = makers

    def __missing__(self, name: str) -> Any:
        self[name] = value = self.makers[name]()
        return value


@dataclass
class SiteContext:
    """What the templates of one language can be told."""

    workspace: Workspace
    publisher: Publisher
    language: Language
    texts: NullTranslations
    urls: dict[str, str]
    """Addresses in the source language, as they become known; shared by all languages."""

    @property
    def config(self) -> MkDocsConfig:
        """The configuration of MkDocs."""
        return self.workspace.settings.config

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

    def absolute(self, name: str, language: Language | None = None) -> str:
        """Return the absolute address of a page."""
        return urljoin(self.config.site_url or "/", self.url(name, language))

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
        return source or not self.publisher.edition(name, language).machine

    def last_changed(self, name: str, language: Language) -> str:
        """Return the ISO date of the last approval or review, or nothing."""
        approval = self.workspace.decision(name).approval
        dates = [approval.date if approval else ""]
        if language != self.workspace.settings.source:
            dates.append(self.publisher.edition(name, language).reviewed_on)
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
        patterns = self.workspace.settings.options.front_matter
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

    # The context

    def base(self, here: str, status: str, *, absolute: bool = False) -> Lazy:
        """
        Return what every page gets; addresses are relative to the page at address ``here``.

        With ``absolute`` they start at the root of the site, for pages served at any address.
        """
        root = urlsplit(self.config.site_url or "/").path.rstrip("/")

        def link(url: str) -> str:
            return f"{root}/{url}" if absolute else get_relative_url(url or ".", here)

        self.link = link
        workspace = self.workspace
        return Lazy(
            {
                "lang": lambda: self.language.code,
                "html_lang": lambda: self.language.html_lang,
                "status": lambda: status,
                "site_name": lambda: escape(self.text("site name", workspace.site_name)),
                "site_description": lambda: escape(
                    self.text("site description", workspace.site_description)
                ),
                "copyright": lambda: escape(self.text("copyright", workspace.copyright)),
                "sample": lambda: workspace.settings.options.sample,
                "home_url": lambda: link(self.url("index.md")),
                "sections": dict,
                "languages": lambda: self.switch(None),
                "nav": list,
                "notices": list,
                "alternates": list,
                "canonical": lambda: None,
                "robots": lambda: "noindex",
                "redirect_url": lambda: None,
                "breadcrumbs": list,
                "prev": lambda: None,
                "next": lambda: None,
                "cards": list,
                "facts": list,
                "translators": list,
                "drafted": lambda: None,
                "page": lambda: None,
            }
        )

    def switch(self, name: str | None) -> list[dict[str, Any]]:
        """Return the language switch: the same page, or the home page without one."""
        found = []
        for language in self.workspace.settings.languages:
            shown = name is None or self.publisher.published(name, language)
            found.append(
                {
                    "code": language.code,
                    "html_lang": language.html_lang,
                    "name": escape(language.name),
                    "url": self.link(self.url(name or "index.md", language)),
                    "published": shown,
                    "current": language == self.language,
                }
            )
        return found

    def nav(self, nav: Navigation, here: str | None) -> list[dict[str, Any]]:
        """Return the navigation in the reader's language; the way home is the site's name."""

        def entries(items: list[Any]) -> list[dict[str, Any]]:
            found = []
            for item in items:
                if isinstance(item, Section):
                    children = entries(item.children)
                    found.append(
                        {
                            "title": escape(item.title),
                            "url": children[0]["url"] if children else None,
                            "current": any(child["current"] for child in children),
                            "children": children,
                        }
                    )
                elif isinstance(item, MkDocsPage) and item.file.src_uri != "index.md":
                    found.append(
                        {
                            "title": escape(self.nav_title(item)),
                            "url": self.link(self.url(item.file.src_uri)),
                            "current": item.file.src_uri == here,
                            "children": [],
                        }
                    )
                elif isinstance(item, Link):
                    entry = {"title": escape(item.title), "url": item.url}
                    found.append({**entry, "current": False, "children": []})
            return found

        return entries(nav.items)

    def sections(self, nav: Navigation) -> dict[str, str]:
        """Return the first page of each folder, in the order of the navigation."""
        found: dict[str, str] = {}
        for page in nav.pages:
            folder, slash, _ = page.file.src_uri.partition("/")
            if slash and folder not in found:
                found[folder] = self.link(self.url(page.file.src_uri))
        return found

    def nav_title(self, page: MkDocsPage) -> str:
        """Return the title of a page, in plain text."""
        return str(page.title or page.file.name)

    def for_page(self, page: MkDocsPage, nav: Navigation, status: str) -> Lazy:
        """Return the context of a page."""
        name = page.file.src_uri
        q = self.base(page.url, status)
        q.makers |= {
            "languages": lambda: self.switch(name),
            "nav": lambda: self.nav(nav, name),
            "sections": lambda: self.sections(nav),
            "page": lambda: self.page(page),
            "breadcrumbs": lambda: self.breadcrumbs(page, q),
        }
        if status != "published":
            return q
        if self.indexable(name, self.language):
            q.makers |= {
                "robots": lambda: None,
                "alternates": lambda: self.alternates(name),
                "canonical": lambda: self.canonical(name),
            }
        q.makers |= {
            "notices": lambda: self.notices(name),
            "prev": lambda: self.neighbour(page.previous_page),
            "next": lambda: self.neighbour(page.next_page),
            "cards": lambda: self.cards(nav),
            "facts": self.facts,
            "translators": lambda: translators(self.publisher, self.language),
            "drafted": lambda: drafted(self.publisher, self.language),
        }
        return q

    def canonical(self, name: str) -> Markup | None:
        """Return the absolute address of a page, when the site has one."""
        return escape(self.absolute(name)) if self.config.site_url else None

    def page(self, page: MkDocsPage) -> dict[str, Any]:
        """Return what the front matter and the gate say about a page."""
        name, meta = page.file.src_uri, page.meta
        source = self.workspace.page(name)
        unit = self.workspace.units.get(str(meta.get("owner")), {})
        approval = self.workspace.decision(name).approval
        target = self.language != self.workspace.settings.source
        edition = self.publisher.edition(name, self.language) if target else None
        return {
            "type": escape(meta.get("type", "article")),
            "title": escape(page.title or ""),
            "source_title": escape(source.meta.get("title", "")),
            "description": escape(meta["description"]) if meta.get("description") else None,
            "lead": escape(meta["lead"]) if meta.get("lead") else None,
            "image": self.link(str(meta["image"])) if meta.get("image") else None,
            "image_alt": escape(meta.get("image_alt", "")),
            "glance": [
                {"label": escape(item.get("label", "")), "text": escape(item.get("text", ""))}
                for item in meta.get("glance") or []
                if isinstance(item, dict)
            ],
            "owner": escape(self.text("unit", str(unit["name"]))) if unit.get("name") else None,
            "contact": escape(unit["contact"]) if unit.get("contact") else None,
            "approved_on": self.day(approval.date) if approval else None,
            "reviewed_on": self.day(meta.get("reviewed_on")),
            "translation_reviewed_on": self.day(edition.reviewed_on) if edition else None,
            "reviewed_by_role": escape(self.interface(ROLES[approval.role])) if approval else None,
            "has_h1": "<h1" in (page.content or ""),
            "sources": self.sources(source.facts),
        }

    def sources(self, names: list[str]) -> list[dict[str, Any]]:
        """Return figures with value, source and date."""
        found = []
        for name in names:
            fact = self.workspace.facts.entries.get(name)
            if fact and not fact.expired(self.workspace.today):
                found.append(self.source(fact))
        return found

    def source(self, fact: Fact) -> dict[str, Any]:
        """Return one figure with value, source and date."""
        return {
            "label": escape(self.text("fact", fact.label)),
            "value": escape(fact.format(self.language.code, self.interface)),
            "estimate": fact.estimate,
            "title": escape(fact.source["title"]),
            "title_lang": fact.source.get("lang"),
            "publisher": escape(fact.source.get("publisher", "")),
            "url": escape(fact.source.get("url", "")) or None,
            "date": self.day(fact.as_of),
        }

    def facts(self) -> list[dict[str, Any]]:
        """Return the figures of all pages that are published in the language."""
        used = dict.fromkeys(
            fact
            for name in self.workspace.names
            if self.publisher.published(name, self.language)
            for fact in self.workspace.page(name).facts
        )
        return self.sources(list(used))

    def cards(self, nav: Navigation) -> list[dict[str, Any]]:
        """Return a card for each page of the navigation but the home page."""
        found = []
        for page in nav.pages:
            name = page.file.src_uri
            if "/" not in name:
                continue
            meta = self.meta_of(name)
            found.append(
                {
                    "title": escape(meta.get("title") or self.nav_title(page)),
                    "lead": escape(meta.get("lead", "")),
                    "url": self.link(self.url(name)),
                    "image": self.link(str(meta["image"])) if meta.get("image") else None,
                    "image_alt": escape(meta.get("image_alt", "")),
                    "section": escape(name.split("/")[0]),
                    "kind": escape(meta.get("type", "article")),
                }
            )
        return found

    def meta_of(self, name: str) -> dict[str, Any]:
        """Return the front matter of another page in the language."""
        meta: dict[str, Any] = copy_of(self.workspace.page(name).meta)
        self.front_matter(name, meta)
        return meta

    def neighbour(self, page: MkDocsPage | None) -> dict[str, Any] | None:
        """Return title and address of the page before or after."""
        if page is None:
            return None
        url = self.link(self.url(page.file.src_uri))
        return {"title": escape(self.nav_title(page)), "url": url}

    def breadcrumbs(self, page: MkDocsPage, q: Lazy) -> list[dict[str, Any]]:
        """Return the way from the home page to a page."""
        if page.file.src_uri == "index.md":
            return []
        crumbs = [{"title": q["site_name"], "url": q["home_url"]}]
        crumbs += [
            {"title": section["title"], "url": section["url"]}
            for section in q["nav"]
            if section["children"] and section["current"]
        ]
        return crumbs

    def notices(self, name: str) -> list[dict[str, Any]]:
        """Return what readers must be told about the text."""
        if self.language == self.workspace.settings.source:
            return []
        edition = self.publisher.edition(name, self.language)
        found = []
        if edition.machine:
            found.append(
                {
                    "kind": "machine",
                    "text": escape(self.interface(NOTICES["machine"])),
                    "date": None,
                }
            )
        if edition.stale_since:
            day = self.day(edition.stale_since)
            text = self.interface(NOTICES["stale"]).replace("{date}", str(day))
            found.append({"kind": "stale", "text": escape(text), "date": day})
        return found

    def for_template(self, nav: Navigation, status: str) -> Lazy:
        """Return the context of a page that stands alone, such as 404."""
        q = self.base(self.url("index.md"), status, absolute=True)
        q.makers |= {"nav": lambda: self.nav(nav, None), "sections": lambda: self.sections(nav)}
        return q

    def for_redirect(self, old: str, new: str) -> Lazy:
        """Return the context of the page that an old address keeps."""
        q = self.base(self.url(old), "redirect")
        q.makers |= {
            "languages": lambda: self.switch(new),
            "redirect_url": lambda: self.link(self.url(new)),
            "canonical": lambda: self.canonical(new),
        }
        return q


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def copy_of(value: Any) -> Any:
    """Copy front matter deeply; YAML gives nothing but dicts, lists and scalars."""
    if isinstance(value, dict):
        return {key: copy_of(item) for key, item in value.items()}
    if isinstance(value, list):
        return [copy_of(item) for item in value]
    return value


def walk_facts(value: Any, change: Any) -> None:
    """Put facts into every text of front matter, in place."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in list(items):
        if isinstance(item, str):
            if "{fact:" in item:
                value[key] = change(item)
        elif isinstance(item, dict | list):
            walk_facts(item, change)
