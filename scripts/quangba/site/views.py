"""Views: what a template gets as ``q``, relative to the page it renders and escaped for HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup, escape
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import get_relative_url

from quangba.catalogs.interface import CLOSE, NOTICES, OFFER, ROLES
from quangba.site.context import SiteContext
from quangba.site.credits import drafted, translators
from quangba.site.datasets import open_files
from quangba.site.finder import finder, project_row
from quangba.site.outline import Entry, Outline
from quangba.site.own_fonts import own_fonts_view
from quangba.site.pictures import only_drawings
from quangba.site.records import Records, Shelf, summary
from quangba.site.share import share
from quangba.site.structured import script, structured
from quangba.source.facts import Fact, locale_of
from quangba.source.kinds import plain
from quangba.source.occurrences import occurrence_views

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

HEADING = re.compile(r'<h2\b[^>]*\bid="(?P<id>[^"]+)"[^>]*>(?P<text>.*?)</h2>', re.DOTALL)
"""``<h2 id="cau">Cầu</h2>``"""

HERE = "\x00{}\x01"
MARKED = re.compile("\x00([^\x01]*)\x01")
"""Where a page is marked when it is the one that is read: no text of a site holds such marks."""

PERMALINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
TAG = re.compile(r"<[^>]*>")

METHODS = frozenset(dir(dict))
"""What ``q.items`` and the like mean to Jinja."""

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


@dataclass(frozen=True)
class Tree:
    """A navigation as HTML, and where the place of each of its entries is."""

    html: str
    places: dict[str, int]

    @classmethod
    def of(cls, html: str) -> Tree:
        """
        Take the marks of entries out of a navigation.

        >>> Tree.of(f"<a href=a{HERE.format('a.md')}>A</a>").at({"a.md": "page", "b.md": "page"})
        Markup('<a href=a aria-current="page">A</a>')
        """
        texts, places, length = [], {}, 0
        for number, part in enumerate(MARKED.split(html)):
            if number % 2:
                places[part] = length
            else:
                texts.append(part)
                length += len(part)
        return cls("".join(texts), places)

    def at(self, current: dict[str, str]) -> Markup:
        """Return it as the page has it that is read; ``current`` says what entries are to it."""
        html = self.html
        known = (name for name in current if name in self.places)
        for name in sorted(known, key=self.places.__getitem__, reverse=True):
            place = self.places[name]
            html = f'{html[:place]} aria-current="{current[name]}"{html[place:]}'
        return Markup(html)


class View:
    """Makes ``q`` for the page at one address."""

    def __init__(
        self,
        site: SiteContext,
        nav: Navigation | Outline | None,
        here: str,
        *,
        absolute: bool = False,
    ) -> None:
        """Take the address ``here``; with ``absolute`` links start at the root of the site."""
        self.site, self.here = site, here
        self.outline = nav if isinstance(nav, Outline) else outline(site, nav)
        # The address of the site is the portal's; a kiosk serves its pages from the root.
        base = "/" if site.workspace.settings.kiosk else site.config.site_url or "/"
        root = urlsplit(base).path.rstrip("/")

        def link(url: str) -> str:
            return f"{root}/{url}" if absolute else get_relative_url(url or ".", here)

        self.link = link
        self._nav: tuple[str | None, list[dict[str, Any]]] | None = None
        self.prefix = f"{root}/" if absolute else to_root(here)
        self.records = Records(site, link, self.outline.order)

    # The context

    def base(self, status: str) -> Lazy:
        """Return what every page gets, and all that one gets that stands alone, such as 404."""
        site, workspace = self.site, self.site.workspace
        return Lazy(
            {
                "lang": lambda: site.language.code,
                "html_lang": lambda: site.language.html_lang,
                "voice_lang": lambda: workspace.voice(site.language).html_lang,
                "comma": lambda: comma(site.language.code),
                "status": lambda: status,
                "site_name": lambda: escape(site.text("site name", workspace.site_name)),
                "site_description": lambda: escape(
                    site.text("site description", workspace.site_description)
                ),
                "copyright": lambda: escape(site.text("copyright", workspace.copyright)),
                "sample": lambda: workspace.settings.options.sample,
                "masthead": lambda: self.official("masthead", "masthead"),
                "legal_line": lambda: self.official("legal line", "legal_line"),
                "own_fonts": lambda: own_fonts_view(site.faces),
                "only_drawings": lambda: site.once(
                    "only drawings", lambda: only_drawings(workspace.settings.content)
                ),
                "home_url": lambda: self.link(site.url("index.md")),
                "sections": self.sections,
                "languages": lambda: self.switch(None),
                "structured": lambda: None,
                "share": lambda: None,
                "nav": lambda: self.nav(None),
                "nav_tree": lambda: self.nav_tree(None),
                "nav_bar": lambda: self.nav_bar(None),
                "notices": list,
                "alternates": list,
                "canonical": lambda: None,
                "robots": lambda: "noindex",
                "redirect_url": lambda: None,
                "breadcrumbs": list,
                "next": lambda: None,
                "facts": list,
                "translators": list,
                "drafted": lambda: None,
                "page": lambda: None,
                "record": lambda: None,
                "related": dict,
                "shelves": list,
                "figures": list,
                # Functions
                "file": lambda: lambda path: self.link(site.file(path)),
                "records": lambda: self.records.select,
                "title_of": lambda: lambda name: escape(site.title_of(name)),
                "url_of": lambda: self.records.url_of,
                "label": lambda: lambda family, value: escape(site.label(family, value)),
                "commune": lambda: lambda name: escape(site.commune(name)),
                "day": lambda: site.day,
                "number": lambda: lambda value: escape(site.number(value)),
                "measure": lambda: lambda *given: escape(site.measure(*given)),
                "money": lambda: lambda *given: escape(site.money(*given)),
                "occurrences": lambda: self.occurrences,
                "once": lambda: partial(self.once, status),
            }
        )

    def for_page(self, page: MkDocsPage, status: str) -> Lazy:
        """Return the context of a page."""
        site, name = self.site, page.file.src_uri
        q = self.base(status)
        q.makers |= {
            "languages": lambda: self.switch(name),
            "nav": lambda: self.nav(name),
            "nav_tree": lambda: self.nav_tree(name),
            "nav_bar": lambda: self.nav_bar(name),
            "page": lambda: self.page(page),
            "breadcrumbs": lambda: self.breadcrumbs(name),
        }
        if status != "published":
            return q
        if site.indexable(name, site.language):
            q.makers |= {
                "robots": lambda: None,
                "alternates": lambda: site.alternates(name),
                "canonical": lambda: self.canonical(name),
                "share": lambda: share(site, name),
            }
        q.makers |= {
            "notices": lambda: self.notices(name),
            "next": lambda: self.neighbour(page.next_page),
            "facts": self.facts,
            "translators": lambda: translators(site.publisher, site.language),
            "drafted": lambda: drafted(site.publisher, site.language),
        }
        if name in site.workspace.names:
            q.makers |= {
                "record": lambda: self.records.record(name),
                "related": lambda: self.records.related(name),
                "shelves": lambda: self.shelves(name),
                "open_data": lambda: open_files(site, self.link),
                "credits": lambda: site.media.credits(self.link, self.records.url_of),
                "figures": lambda: self.sources(site.meta_of(name).get("figures") or []),
                "finder": lambda: finder(site, self.link),
                "project": lambda: project_row(site, self.link, name),
                "structured": lambda: script(structured(site, name, self.trail(name))),
            }
        return q

    def for_redirect(self, new: str) -> Lazy:
        """Return the context of the page that an old address keeps."""
        q = self.base("redirect")
        q.makers |= {
            "languages": lambda: self.switch(new),
            "redirect_url": lambda: self.link(self.site.url(new)),
            "canonical": lambda: self.canonical(new),
        }
        return q

    # Its parts

    def official(self, context: str, option: str) -> Markup | None:
        """Return what an official publication says of itself; nothing while it is a sample."""
        options = self.site.workspace.settings.options
        text = getattr(options, option)
        return escape(self.site.text(context, text)) if text and not options.sample else None

    def occurrences(self, record: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the days of an event, this year and next, formatted."""
        site = self.site
        meta = site.meta_of(str(record["name"]))
        return occurrence_views(meta, site.language.code, site.workspace.today, site.interface)

    def switch(self, name: str | None) -> list[dict[str, Any]]:
        """Return the language switch: the same page, or the home page without one."""
        found = []
        for language in self.site.workspace.settings.languages:
            shown = name is None or self.site.publisher.published(name, language)
            # A language that the interface does not speak cannot offer itself.
            speaks = self.site.workspace.voice(language) == language
            found.append(
                {
                    "code": language.code,
                    "html_lang": language.html_lang,
                    "name": escape(language.name),
                    "url": self.link(self.site.url(name or "index.md", language)),
                    "published": shown,
                    "current": language == self.site.language,
                    "offer": escape(self.site.workspace.interface(language).gettext(OFFER))
                    if speaks
                    else None,
                    "close": escape(self.site.workspace.interface(language).gettext(CLOSE)),
                }
            )
        return found

    def nav(self, here: str | None) -> list[dict[str, Any]]:
        """Return the navigation in the reader's language; the way home is the site's name."""
        if self._nav and self._nav[0] == here:
            return self._nav[1]
        found = list(self.site.once(("navigation", self.outline, self.prefix), self.entries))
        for number in self.current(here):
            item = marked(found[number], here)
            found[number] = item if item["current"] else {**item, "current": True}
        self._nav = here, found
        return found

    def current(self, here: str | None) -> list[int]:
        """
        Return which entries of the navigation a page is in.

        A record is in none of them; the section of its folder is where the reader is.
        """
        if not here:
            return []
        pages, folders = self.site.once(("places", self.outline), self.places)
        return pages.get(here) or folders.get(folder_of(here)) or []

    def places(self) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
        """Return in which entries of the navigation each page and each folder is."""
        pages: dict[str, list[int]] = {}
        folders: dict[str, list[int]] = {}
        for number, item in enumerate(self.nav(None)):
            for page in item["pages"]:
                pages.setdefault(page, []).append(number)
            for folder in filter(None, item["folders"]):
                folders.setdefault(folder, []).append(number)
        return pages, folders

    def entries(self) -> list[dict[str, Any]]:
        """Return the navigation as all pages at one depth have it: none of them is current."""
        made = (self.entry(item) for item in self.outline.items)
        found = [item for item in made if item and item["url"]]
        return [{**item, "mark": HERE.format(number)} for number, item in enumerate(found)]

    def entry(self, item: Entry) -> dict[str, Any] | None:
        """Return one entry of the navigation; None for the home page."""
        if item.page == "index.md":
            return None
        children = [made for child in item.children if (made := self.entry(child))]
        pages = frozenset(item.pages())
        url, own = item.url, dict[str, Any](here="")
        if item.page is not None:
            url = f"{self.prefix}{self.site.url(item.page)}"
            own = {"hub": item.page.endswith("/index.md"), "here": HERE.format(item.page)}
        elif children:
            url = children[0]["url"]
            if children[0].get("hub"):
                # The hub of a section is not listed: the section's own title leads there.
                own = {"here": children[0]["here"]}
        return {
            "title": escape(item.title),
            "url": url,
            "current": False,
            "children": children,
            "pages": pages,
            "folders": frozenset(map(folder_of, pages)),
            **own,
        }

    def nav_tree(self, here: str | None) -> Callable[..., Markup]:
        """
        Return what gives the whole navigation as HTML: ``partials/nav-tree.html``.

        It is long and nearly the same on all pages: it is rendered once for those at one depth
        with the same parts open, and then told where the reader is.
        """

        def tree(*, closed: bool = False) -> Markup:
            items = self.nav(here)
            parts = () if closed else tuple(current_parts(items))
            key = ("tree", self.outline, self.prefix, closed, parts)

            def make() -> Tree:
                assert self.site.env is not None, "asked before the templates were read"
                template = self.site.env.get_template("partials/nav-tree.html")
                return Tree.of(template.render(q={"nav": items}, closed=closed))

            return self.site.once(key, make).at({here: "page"} if here else {})

        return tree

    def nav_bar(self, here: str | None) -> Callable[[], Markup]:
        """Return what gives the first level of the navigation: ``partials/nav-bar.html``."""

        def make() -> Tree:
            assert self.site.env is not None, "asked before the templates were read"
            template = self.site.env.get_template("partials/nav-bar.html")
            return Tree.of(template.render(q={"nav": self.nav(None)}))

        def bar() -> Markup:
            items = self.nav(here)
            current = {
                str(number): "true" if items[number]["children"] else "page"
                for number in self.current(here)
            }
            return self.site.once(("bar", self.outline, self.prefix), make).at(current)

        return bar

    def once(self, status: str, part: str, caller: Callable[[], Markup]) -> Markup:
        """
        Return a part that all pages of one depth and status share; the first of them makes it.

        ``{% call q.once('search') %}…{% endcall %}``
        """
        return self.site.once((part, status, self.outline, self.prefix), caller)

    def sections(self) -> dict[str, str]:
        """Return the first page of each folder, in the order of the navigation."""
        found: dict[str, str] = {}
        for name in self.outline.order:
            folder, slash, _ = name.partition("/")
            if slash and folder not in found:
                found[folder] = self.link(self.site.url(name))
        return found

    def nav_title(self, page: MkDocsPage) -> str:
        """Return the title of a page, in plain text."""
        return str(page.title or page.file.name)

    def canonical(self, name: str) -> Markup | None:
        """Return the absolute address of a page, when the site has one."""
        return escape(self.site.absolute(name)) if self.site.config.site_url else None

    def page(self, page: MkDocsPage) -> dict[str, Any]:
        """Return what the front matter and the gate say about a page."""
        site = self.site
        workspace, name, meta = site.workspace, page.file.src_uri, page.meta
        source = workspace.page(name)
        unit = workspace.units.get(str(meta.get("owner")), {})
        approval = workspace.decision(name).approval
        target = site.language != workspace.settings.source
        edition = site.publisher.edition(name, site.language) if target else None
        made = summary(site, plain(meta))
        return {
            "type": escape(meta.get("type", "article")),
            "title": escape(page.title or ""),
            "source_title": escape(source.meta.get("title", "")),
            "description": escape(meta.get("description") or meta.get("lead") or made) or None,
            "lead": escape(meta["lead"]) if meta.get("lead") else None,
            "image": self.link(str(meta["image"])) if meta.get("image") else None,
            "picture": site.media.picture(str(meta["image"]), self.link)
            if meta.get("image")
            else None,
            "video": site.media.video(meta, self.link, site.language),
            "spoken": site.media.spoken(meta, self.link, site.language),
            "image_alt": escape(meta.get("image_alt", "")),
            "glance": [
                {"label": escape(item.get("label", "")), "text": escape(item.get("text", ""))}
                for item in meta.get("glance") or []
                if isinstance(item, dict)
            ],
            "owner": escape(site.text("unit", str(unit["name"]))) if unit.get("name") else None,
            "contact": escape(unit["contact"]) if unit.get("contact") else None,
            "approved_on": site.day(approval.date) if approval else None,
            "reviewed_on": site.day(meta.get("reviewed_on")),
            "translation_reviewed_on": site.day(edition.reviewed_on) if edition else None,
            "reviewed_by_role": escape(site.interface(ROLES[approval.role])) if approval else None,
            "has_h1": "<h1" in (page.content or ""),
            "contents": contents(page.content or ""),
            "sources": self.sources(source.facts),
        }

    def shelves(self, name: str) -> list[Shelf]:
        """Return the lists that a hub asks for, made from the front matter of other pages."""
        return [self.records.shelf(shelf) for shelf in self.site.meta_of(name).get("shelves") or []]

    def sources(self, names: list[str]) -> list[dict[str, Any]]:
        """Return figures with value, source and date."""
        found = []
        for name in names:
            fact = self.site.workspace.facts.entries.get(name)
            if fact and not fact.expired(self.site.workspace.today):
                found.append(self.source(fact))
        return found

    def source(self, fact: Fact) -> dict[str, Any]:
        """Return one figure with value, source and date."""
        site = self.site
        return {
            "label": escape(site.text("fact", fact.label)),
            "value": escape(fact.format(site.language.code, site.interface)),
            "estimate": fact.estimate,
            "title": escape(fact.source["title"]),
            "title_lang": fact.source.get("lang"),
            "publisher": escape(fact.source.get("publisher", "")),
            "url": escape(fact.source.get("url", "")) or None,
            "date": site.day(fact.as_of),
        }

    def facts(self) -> list[dict[str, Any]]:
        """Return the figures of all pages that are published in the language."""
        site = self.site
        used = dict.fromkeys(
            fact
            for name in site.workspace.names
            if site.publisher.published(name, site.language)
            for fact in site.workspace.page(name).facts
        )
        return self.sources(list(used))

    def neighbour(self, page: MkDocsPage | None) -> dict[str, Any] | None:
        """Return title and address of the page that comes next in the navigation."""
        if page is None:
            return None
        url = self.link(self.site.url(page.file.src_uri))
        return {"title": escape(self.nav_title(page)), "url": url}

    def breadcrumbs(self, name: str) -> list[dict[str, Any]]:
        """Return the way from the home page to a page, for readers."""
        return [
            {"title": escape(title), "url": self.link(self.site.url(page))}
            for title, page in self.trail(name)
        ]

    def trail(self, name: str) -> list[tuple[str, str]]:
        """Return titles and pages from the home page on: the section, then hubs of folders."""
        if name == "index.md":
            return []
        site = self.site
        found = [(site.text("site name", site.workspace.site_name), "index.md")]
        found += [
            (section.title, pages[0])
            for section in self.outline.items
            if section.is_section and (pages := list(section.pages()))
            if name in pages or folder_of(name) in map(folder_of, pages)
        ][:1]
        parts = name.split("/")[:-1]
        hubs = ["/".join([*parts[: depth + 1], "index.md"]) for depth in range(len(parts))]
        known = [page for _, page in found]
        found += [
            (site.title_of(hub), hub)
            for hub in hubs
            if self.records.published(hub) and hub not in known
        ]
        return [(title, page) for title, page in found if page != name]

    def notices(self, name: str) -> list[dict[str, Any]]:
        """Return what readers must be told about the text."""
        site = self.site
        if site.language == site.workspace.settings.source:
            return []
        edition = site.publisher.edition(name, site.language)
        found = []
        if edition.machine:
            text = escape(site.interface(NOTICES["machine"]))
            found.append({"kind": "machine", "text": text, "date": None})
        if edition.stale_since:
            day = site.day(edition.stale_since)
            text = escape(site.interface(NOTICES["stale"]).replace("{date}", str(day)))
            found.append({"kind": "stale", "text": text, "date": day})
        return found


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def contents(html: str) -> list[dict[str, str]]:
    """
    Return the headings of the second level, for a list of contents.

    Python-Markdown's own list makes plain spaces of those that hold a French colon to its word.

    >>> contents('<h2 id="a">Prix\\xa0: 3 <a class="headerlink" href="#a">¶</a></h2>')
    [{'url': '#a', 'title': 'Prix\\xa0: 3'}]
    """
    found = []
    for match in HEADING.finditer(html):
        title = TAG.sub("", PERMALINK.sub("", match["text"])).strip(" \n")
        found.append({"url": f"#{match['id']}", "title": title})
    return found


def outline(site: SiteContext, nav: Navigation | None) -> Outline:
    """Return the navigation as plain data; it is read when the first page is rendered."""
    return site.once(("outline", nav), lambda: Outline.of(nav))


def to_root(here: str) -> str:
    """
    Return what leads from an address to the root of the site.

    >>> to_root('visit/yen-tu/'), to_root('')
    ('../../', '')
    """
    return "../" * here.count("/")


def prefer_items(env: jinja2.Environment) -> None:
    """
    Let templates look for ``q.page.title`` among the items of a dictionary first.

    Jinja asks for an attribute and waits for the error, which costs more than the answer.
    """
    otherwise = env.getattr

    def get(obj: Any, attribute: str) -> Any:
        if type(obj) in (Lazy, dict) and attribute not in METHODS:
            try:
                return obj[attribute]
            except KeyError:
                pass
        return otherwise(obj, attribute)

    env.getattr = get  # type: ignore[method-assign]


def marked(item: dict[str, Any], here: str | None) -> dict[str, Any]:
    """Return an entry of the navigation as the page has it that is read."""
    if here not in item["pages"]:
        return item
    children = [marked(child, here) for child in item["children"]]
    return {**item, "current": True, "children": children}


def current_parts(items: list[dict[str, Any]]) -> Iterator[str]:
    """Yield titles of the sections and parts in which the reader is."""
    for item in items:
        if item["current"] and item["children"]:
            yield str(item["title"])
            yield from current_parts(item["children"])


def comma(language: str) -> str:
    """
    Return what stands between the items of a list (CLDR list patterns).

    >>> comma('ja'), comma('fr')
    ('、', ', ')
    """
    middle = locale_of(language).list_patterns["standard"]["middle"]
    return str(middle).replace("{0}", "").replace("{1}", "")


def folder_of(name: str) -> str:
    """
    Return the first folder of a page, by which sections are told.

    >>> folder_of('invest/projects/cai-chien-golf.md'), folder_of('index.md')
    ('invest', '')
    """
    return name.partition("/")[0] if "/" in name else ""
