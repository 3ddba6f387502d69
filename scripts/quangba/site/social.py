"""Social cards: one for every page in every language, at ``<language>/cards/<page>.jpg``."""

from __future__ import annotations

import posixpath
from pathlib import Path
from urllib.parse import urljoin

from quangba.catalogs.glossary import NAME, Glossary
from quangba.errors import Problem, QuangbaError
from quangba.media.cards import Card, Cards
from quangba.media.compounds import compounds
from quangba.site.context import SiteContext
from quangba.site.outputs import Output, Rendered
from quangba.source.assets import damage
from quangba.source.pages import holds

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SAMPLE = "Sample edition: not an official publication"
"""What every card says in sample mode; the same text stands on every page."""

LETTERING = 600
"""Weight of the faces that cards are lettered with."""

MARK = "assets/mark.svg"
"""The site's mark, in a folder of the theme."""

LISTED = ("title", "description", "lead", "image_alt")
"""Front matter from whose words the pairs that belong together are known."""

SECTIONED = frozenset(
    {"hub", "article", "steps", "sources", "credits", "open-data", "projects", "home"}
)
"""Kinds of pages whose section says more than their kind."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def card_path(name: str) -> str:
    """
    Return where the card of a page is, from the root of its language.

    >>> card_path('visit/yen-tu.md')
    'cards/visit/yen-tu.jpg'
    """
    return f"cards/{name.removesuffix('.md')}.jpg"


def card_address(context: SiteContext, name: str) -> str | None:
    """Return the absolute address of a page's card, None for a site without an address."""
    address = context.config.site_url
    return urljoin(address, context.file(card_path(name))) if address else None


def write_cards(output: Output) -> list[Problem]:
    """Write the cards of a language; a page whose card no font can letter is returned."""
    cards, context = cards_of(output.context), output.context
    problems = []
    for page in output.pages:
        card = card_of(context, page)
        made = cards.find(card)
        missing = [] if made else card.missing(cards.own)
        for character in missing:
            problems.append(
                Problem.at(
                    "card-glyph",
                    context.workspace.settings.page_file(page.name),
                    language=context.language.code,
                    character=character,
                    point=f"U+{ord(character):04X}",
                )
            )
        if not missing:
            made = made or cards.make(card)
            output.place(card_path(page.name), made.data, made.kept)
    return problems


def cards_of(context: SiteContext) -> Cards:
    """Return what draws the cards of a language."""
    settings = context.workspace.settings
    folders = [Path(folder) for folder in context.config.theme.dirs]
    mark = next((folder / MARK for folder in folders if (folder / MARK).is_file()), None)
    code = context.language.code
    own = tuple(face.face(LETTERING) for face in context.faces)
    return Cards(settings.cache / "media", mark, {code: names_in(context)}, own)


def names_in(context: SiteContext) -> tuple[str, ...]:
    """Return the names that the glossary has in the language: no line breaks inside them."""
    settings, code = context.workspace.settings, context.language.code
    try:
        glossary = Glossary.read(settings.catalogs / NAME, NAME)
    except QuangbaError:
        return ()  # The checks of the glossary say what is wrong with it.
    found = {form for term in glossary.terms for form in term.forms.get(code, ())}
    if context.language == settings.source:
        # Of what stands in lists only: a word in a paragraph must not change a picture elsewhere.
        pages = (context.workspace.page(name) for name in context.workspace.names)
        found |= set(compounds(str(page.meta.get(key, "")) for page in pages for key in LISTED))
    return tuple(sorted(form for form in found if len(form) > 1))


def card_of(context: SiteContext, page: Rendered) -> Card:
    """Return what the card of a page says."""
    sample = context.workspace.settings.options.sample
    return Card(
        context.language.code,
        page.title,
        label_of(context, page),
        context.text("site name", context.workspace.site_name),
        context.interface(SAMPLE) if sample else "",
        art_of(context, page),
    )


def label_of(context: SiteContext, page: Rendered) -> str:
    """Return what kind of page it is, or the section that an article belongs to."""
    if page.kind not in SECTIONED:
        return context.label("kind", page.kind)
    folder = posixpath.dirname(page.name)
    if posixpath.basename(page.name) == "index.md":
        folder = posixpath.dirname(folder) if folder else ""
    while folder:
        hub = f"{folder}/index.md"
        if hub in context.workspace.names and hub != page.name:
            return context.title_of(hub)
        folder = posixpath.dirname(folder)
    return ""


def usable(content: Path, image: str) -> bool:
    """Tell whether a picture can stand on a card."""
    return holds(content, image) and damage(content / image) is None


def art_of(context: SiteContext, page: Rendered) -> Path | None:
    """Return the picture of a page, else that of its section, else that of the home page."""
    workspace = context.workspace
    content, folder = workspace.settings.content, posixpath.dirname(page.name)
    above = []
    while folder:
        above.append(f"{folder}/index.md")
        folder = posixpath.dirname(folder)
    metas = [workspace.page(n).meta for n in (*above, "index.md") if n in workspace.names]
    for meta in (page.meta, *metas):
        image = meta.get("image")
        if isinstance(image, str) and usable(content, image):
            return content / posixpath.normpath(image)
    return None
