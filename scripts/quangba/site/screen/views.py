"""Views of the kiosk edition: what a template gets as ``q`` besides what the portal's get."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape
from mkdocs.structure.pages import Page as MkDocsPage

from quangba.site.screen.find import find_view
from quangba.site.screen.parts import publishers, routes, title_at
from quangba.site.screen.prose import prose
from quangba.site.screen.takeaways import page_takeaway, takeaways_view
from quangba.site.views import Lazy, View

if TYPE_CHECKING:
    from quangba.source.profiles import Profile

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ATTRACT = "attract/"
"""Where a kiosk starts and returns to, from the root of the site."""

FIND = "find/"
"""Index and search, from the root of a language."""

WAY = "way/"
"""The map of the way, from the root of a language."""

STANDING = {"find": FIND, "way": WAY}
"""Pages that every language has at one address, so that the language switch keeps the page."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class ScreenView(View):
    """Makes ``q`` for a page on a kiosk."""

    def base(self, status: str) -> Lazy:
        """Return what every page gets: also the ways that are always there."""
        site, q = self.site, super().base(status)
        q.makers |= {
            "root": lambda: site.file(""),
            "mode": lambda: "page",
            "attract_url": lambda: self.link(ATTRACT),
            "find_url": lambda: self.link(site.file(FIND)),
            "way_url": lambda: (
                self.link(site.file(WAY)) if site.workspace.profiles.entries else None
            ),
            "content_date": self.content_date,
            "takeaway": lambda: None,
            "find": partial(find_view, site, self.link),
            "prose": lambda: lambda html: prose(html, partial(title_at, self)),
            "publishers": lambda: partial(publishers, site),
        }
        q.makers |= takeaways_view(site, self.link, self.here)
        if status in STANDING:
            q.makers["languages"] = lambda: self.switch_at(STANDING[status])
        return q

    def for_page(self, page: MkDocsPage, status: str) -> Lazy:
        """Return the context of a page."""
        q = super().for_page(page, status)
        name = page.file.src_uri
        q.makers |= {"name": lambda: escape(name)}
        if status == "published":
            q.makers |= {"takeaway": lambda: page_takeaway(self.site, name, self.link)}
        return q

    def for_gate(self, profile: Profile, mode: str) -> Lazy:
        """Return the context of a page that is made for one gate: its home, its way, its loop."""
        q = self.base(mode)
        q.makers |= {
            "mode": lambda: mode,
            "gate": partial(self.gate, profile),
            "takeaway": lambda: page_takeaway(self.site, profile.page, self.link),
        }
        return q

    def switch_at(self, path: str) -> list[dict[str, Any]]:
        """Return the language switch of a page that each language has at ``path``."""
        languages = self.switch(None)
        source = self.site.workspace.settings.source.code
        for language in languages:
            root = "" if language["code"] == source else f"{language['code']}/"
            language["url"] = self.link(f"{root}{path}")
        return languages

    def gate(self, profile: Profile) -> dict[str, Any]:
        """Return what a gate's own pages show of it."""
        site, page = self.site, self.records.record(profile.page)
        return {
            "id": profile.id,
            "record": page,
            "title": page["title"],
            "lead": page["lead"],
            "url": page["url"],
            "profile": profile,
            "tiles": [tile for tile in self.tiles(profile) if tile],
            "pictures": [
                picture
                for asset in profile.pictures
                if (picture := site.media.picture(asset, self.link))
            ],
            "onward": [
                {
                    "text": escape(str(way.get("text", ""))),
                    "record": self.records.record(way["to"])
                    if way.get("to") and self.records.published(way["to"])
                    else None,
                }
                for way in site.meta_of(profile.page).get("onward") or []
            ],
            "hours": profile.hours,
            "routes": routes(self, profile.page),
        }

    def tiles(self, profile: Profile) -> list[dict[str, Any] | None]:
        """Return the tiles of a gate's home, without those whose page is not published here."""
        return [self.tile(tile.topic, tile.page) for tile in profile.tiles]

    def tile(self, topic: str, page: str | None) -> dict[str, Any] | None:
        """Return one tile: its topic, where it leads, and what is there."""
        site = self.site
        label = escape(site.label("topic", topic))
        if page is None:
            url = self.link(site.file(WAY))
            return {"topic": topic, "label": label, "url": url, "record": None}
        if not self.records.published(page):
            return None
        record = self.records.record(page)
        return {"topic": topic, "label": label, "url": record["url"], "record": record}

    def content_date(self) -> Markup | None:
        """Return the day of the newest approval or review that this language shows."""
        site = self.site
        names = [n for n in site.workspace.names if site.publisher.published(n, site.language)]
        return site.day(max((site.last_changed(name, site.language) for name in names), default=""))
