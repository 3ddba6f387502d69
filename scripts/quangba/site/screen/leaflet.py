"""
Leaflets: a sheet of A4 for each gate and language, and one in Vietnamese and Chinese side by side.

The first side is the gate: who may use it, what to prepare, how to go on. The second is the
province: what to see, what takes place, what to eat, where help is. All of it stands on published
pages; a number or address of a contact only where its source is known. A sheet is given more than
fits: ``leaflet.js`` takes away what is least needed (``data-drop``) until the rest does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape
from mkdocs.utils import get_relative_url

from quangba.media.credits import credits
from quangba.site.outputs import Output
from quangba.site.screen.blocks import Section, sections
from quangba.site.screen.led import kind, next_of, places, published, upcoming
from quangba.site.screen.parts import publishers, routes
from quangba.site.screen.plain_texts import COLONS, sentences
from quangba.site.screen.takeaways import page_takeaway
from quangba.site.screen.views import ScreenView
from quangba.source.occurrences import day_words
from quangba.source.segment import FACT

if TYPE_CHECKING:
    from quangba.site.context import SiteContext
    from quangba.source.profiles import Profile

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FOLDER = "_print"
"""Where the sheets are, from the root of the site; no release takes them."""

PAIR = ("vi", "zh")
"""Languages of the sheet with two columns."""

PLACES, EVENTS, WAYS = 9, 6, 6
"""How many of them a sheet is given at most."""

CONTACT = ("phone", "email", "address", "website", "hours")
"""What a desk may be reached by; each has a source of its own."""

READERS = ("travellers", "everyone")
"""Desks that a traveller may need."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Sheet:
    """What one language says on a sheet; only pages that all ``outputs`` have published."""

    def __init__(
        self, outputs: Sequence[Output], output: Output, profile: Profile, here: str
    ) -> None:
        self.outputs, self.output, self.profile = outputs, output, profile
        self.site: SiteContext = output.context
        self.view = ScreenView(output.context, output.nav, here)
        self.shown: dict[str, None] = {profile.page: None}
        """Pages that the sheet takes something from, in order."""
        self.facts: dict[str, None] = dict.fromkeys(self.site.workspace.page(profile.page).facts)
        """Figures that it may show, in order."""

    def everything(self) -> dict[str, Any]:
        """
        Return what a template sets, escaped; what there is nothing for is None or empty.

        ``who``, ``prepare``, ``eat``, ``help``: sections (``blocks.py``). ``glance``: facts of the
        gate. ``ways``: texts. ``places``: records with ``text``. ``events``: ``title``, ``days``,
        ``place``. ``contacts``: ``title`` and ``lines``. ``topics``: titles of parts. ``sources``,
        ``credits``: who published the figures, and who made the pictures.
        """
        gate = sections(self.html(self.profile.page))
        prepare = next((section for section in gate if section.of("step")), None)
        found = {
            "html_lang": self.site.language.html_lang,
            "name": escape(self.site.language.name),
            "site_name": self.view.base("leaflet")["site_name"],
            "gate": self.view.gate(self.profile),
            "say": self.site.texts.gettext,
            "label": lambda family, value: escape(self.site.label(family, value)),
            "day": self.site.day,
            "comma": self.view.base("leaflet")["comma"],
            "take": page_takeaway(self.site, self.profile.page, self.view.link),
            "who": next((section for section in gate if section is not prepare), None),
            "prepare": prepare,
            "glance": [
                {name: escape(item.get(name, "")) for name in ("label", "text")}
                for item in self.site.meta_of(self.profile.page).get("glance") or []
            ],
            "ways": self.ways(),
            "places": self.places(),
            "events": self.events(),
            "eat": self.tile("eat", lambda section: section.of("item")),
            "help": self.tile("help", lambda section: section.of("text"), last=True),
            "contacts": self.contacts(),
            "topics": {
                topic: escape(self.site.label("topic", topic)) for topic in ("see", "eat", "help")
            },
            "festivals": self.title_of("events/index.md"),
            "content_date": self.view.content_date(),
            "owner": self.owner(),
        }
        return found | {
            "sources": publishers(self.site, self.view.sources(list(self.facts))),
            "credits": self.credits(),
        }

    # Parts of pages

    def published(self, name: str) -> bool:
        """Tell whether all languages of the sheet may show a page."""
        return all(published(output, name) for output in self.outputs)

    def html(self, name: str) -> str:
        """Return what the Markdown of a page became, nothing for one that was not rendered."""
        return next((page.html for page in self.output.pages if page.name == name), "")

    def title_of(self, name: str) -> Any:
        """Return the title of a page, None where it is not published."""
        return escape(self.site.title_of(name)) if self.published(name) else None

    def tile(
        self, topic: str, has: Callable[[Section], Any], *, last: bool = False
    ) -> Section | None:
        """Return the first or last section of a tile's page that has what is asked for."""
        page = next((tile.page for tile in self.profile.tiles if tile.topic == topic), None)
        if page is None or not self.published(page):
            return None
        found = [section for section in sections(self.html(page)) if has(section)]
        if not found:
            return None
        self.shown[page] = None
        self.facts |= dict.fromkeys(self.site.workspace.page(page).facts)
        return found[-1 if last else 0]

    def note(self, name: str, field: str) -> None:
        """Note the figures in a field of a page's front matter."""
        text = str(self.site.workspace.page(name).meta.get(field) or "")
        self.facts |= dict.fromkeys(FACT.findall(text))

    # What there is

    def ways(self) -> list[Markup]:
        """Return how to go on: as the page of the gate says, then routes that it does not name."""
        code = self.site.language.code
        ways = self.site.meta_of(self.profile.page).get("onward") or []
        # What follows speaks of the page to which a screen leads.
        texts = ["".join(sentences(str(way["text"]), code)[:1]).strip() for way in ways]
        told = " ".join(texts)
        colon = COLONS.get(code, ": ")
        for leg in routes(self.view, self.profile.page):
            there = str(leg["there"].unescape())
            long = " · ".join(
                str(leg[key].unescape()) for key in ("time", "distance") if key in leg
            )
            if long and there not in told and self.published(leg["page"]):
                texts.append(f"{there}{colon}{long}")
                self.note(leg["page"], "route")
        return [escape(text) for text in texts[:WAYS]]

    def places(self) -> list[dict[str, Any]]:
        """Return places, those near the gate first, each with the beginning of its lead."""
        gate = self.site.workspace.page(self.profile.page).meta
        near = [*(way.get("to") for way in gate.get("onward") or []), *(gate.get("near") or [])]
        known = list(places(self.output))
        asked = dict.fromkeys([*(name for name in near if name in known), *known])
        names = [name for name in asked if self.published(name)][:PLACES]
        self.shown |= dict.fromkeys(names)
        return [self.view.records.record(name) | {"text": self.first(name)} for name in names]

    def first(self, name: str) -> Any:
        """Return the first sentence of what a page leads with."""
        self.note(name, "lead")
        lead = str(self.site.meta_of(name).get("lead") or "")
        return escape("".join(sentences(lead, self.site.language.code)[:1]).strip())

    def events(self) -> list[dict[str, Any]]:
        """Return what takes place next, with days that are known and certain."""
        found: list[dict[str, Any]] = []
        for name in upcoming(self.site):
            occurrence = next_of(self.site, name)
            if occurrence and self.published(name) and len(found) < EVENTS:
                self.shown[name] = None
                place = self.site.workspace.page(name).meta.get("place")
                days = day_words(occurrence, self.site.language.code, self.site.interface)
                found.append(
                    {
                        "title": escape(self.site.title_of(name)),
                        "days": escape(days),
                        "place": self.title_of(str(place)) if place else None,
                    }
                )
        return found

    def contacts(self) -> list[dict[str, Any]]:
        """Return desks for travellers, with the lines that have a source, and no others."""
        found = []
        for name in self.site.workspace.names:
            meta = self.site.meta_of(name) if kind(self.site, name) == "contact" else {}
            if meta.get("audience") not in READERS or not self.published(name):
                continue
            lines = [
                {
                    "field": field,
                    "text": escape(entry.get("value") or entry.get("text")),
                    "as_of": self.site.day(entry["as_of"]),
                }
                for field in CONTACT
                if (entry := meta.get(field)) and (entry.get("value") or entry.get("text"))
            ]
            if lines:
                self.shown[name] = None
                found.append({"title": escape(self.site.title_of(name)), "lines": lines})
        return found

    def owner(self) -> Any:
        """Return the unit that is responsible for the page of the gate, or None."""
        page = self.site.workspace.page(self.profile.page).meta
        unit = self.site.workspace.units.get(str(page.get("owner")), {})
        return escape(self.site.text("unit", str(unit["name"]))) if unit.get("name") else None

    def credits(self) -> list[dict[str, Any]]:
        """Return who made the pictures of the sheet, as their licences ask, each once."""
        metas = [self.site.workspace.page(name).meta for name in self.shown]
        assets = {self.profile.pictures[0], *(str(meta.get("image")) for meta in metas)}
        found = {
            (credit.credit or credit.author, credit.licence): None
            for credit in credits(self.site.workspace)
            if credit.asset in assets
        }
        return [{"author": escape(author), "licence": escape(name)} for author, name in found]


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def leaflet_files(outputs: list[Output], profile: Profile) -> Iterator[tuple[str, str]]:
    """
    Yield path, from the root of the site, and text of every sheet of a gate.

    ``outputs`` are the languages of the gate; one in which its page is not published has no sheet.
    """
    known = {
        output.context.language.code: output
        for output in outputs
        if published(output, profile.page)
    }
    for code, output in known.items():
        yield sheet_file([output], profile, code, "leaflet.html")
    if all(code in known for code in PAIR):
        pair = [known[code] for code in PAIR]
        yield sheet_file(pair, profile, "-".join(PAIR), "leaflet-bilingual.html")


def sheet_file(
    outputs: list[Output], profile: Profile, name: str, template: str
) -> tuple[str, str]:
    """Return path and text of one sheet."""
    here = f"{FOLDER}/{profile.id}/{name}/"
    first = outputs[0]
    q = ScreenView(first.context, first.nav, here).for_gate(profile, "leaflet")
    sheets = [Sheet(outputs, output, profile, here) for output in outputs]
    q.makers["sheets"] = partial(everything, sheets)
    return f"{here}index.html", first.render(template, q, get_relative_url(".", here))


def everything(sheets: list[Sheet]) -> list[dict[str, Any]]:
    """Return what each language says."""
    return [sheet.everything() for sheet in sheets]
