"""Search of the site: what of each published page goes into the index of its language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from quangba.catalogs.workspace import Workspace
from quangba.search.index import Document, script
from quangba.search.names import Names, joined
from quangba.search.reading import Section, flat, lines, read
from quangba.site.context import SiteContext
from quangba.site.outputs import Output, Rendered
from quangba.source.kinds import text_patterns
from quangba.source.labels import LABELS
from quangba.source.pages import Page, front_matter_fields

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FILE = "search/index.js"
"""The index, from the root of the language."""

GROUPS = LABELS["search_group"]
"""Headings of lists of results, in the order in which equals come."""

OTHERS = "page"
"""Where a page is listed whose kind has no heading of its own."""

LABELLED = {
    "features": "feature",
    "sector": "sector",
    "zone_kind": "zone_kind",
    "gate_kind": "gate_kind",
    "audience": "audience",
}
"""Fields of the front matter by whose labels a page is found, and the family of the labels."""

APART = frozenset({"title", "description", "image_alt"})
"""Texts that are shown or indexed elsewhere, or tell only what cannot be seen."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def write_search(output: Output) -> None:
    """Write the index of a language."""
    context = output.context
    names = names_of(context.workspace)
    pages = [page for page in output.pages if not excluded(page.meta)]
    for page in pages:
        if output.is_fresh(page.name) or page.name not in output.documents:
            output.documents[page.name] = document(output, page, names)
    documents = [output.documents[page.name] for page in pages]
    texts = {
        "groups": {name: context.interface(text) for name, text in GROUPS.items()},
        **{name: context.interface(text) for name, text in LABELS["search"].items()},
    }
    source = context.workspace.settings.source.html_lang
    output.write(FILE, script(documents, context.language.code, source, texts))


def names_of(workspace: Workspace) -> Names:
    """Read the names of a site's places."""
    settings = workspace.settings
    return Names.read(
        settings.data, settings.catalogs, settings.relative(settings.data / "names.yml")
    )


def excluded(meta: dict[str, Any]) -> bool:
    """
    Tell whether a page asks not to be found.

    >>> excluded({'search': {'exclude': True}}), excluded({})
    (True, False)
    """
    search = meta.get("search")
    return isinstance(search, dict) and search.get("exclude") is True


def document(output: Output, page: Rendered, names: Names) -> Document:
    """Return a page as it can be found in a language."""
    context = output.context
    sections = read(page.html)
    told = lines("\n".join(own_texts(context, page)))
    if told:
        sections.insert(0, Section(text=told))
    source, title = context.workspace.page(page.name), flat(page.title)
    original = flat(str(source.meta.get("title") or ""))
    found = Document(
        page.url.removeprefix(output.root),
        page.kind if page.kind in GROUPS else OTHERS,
        title,
        original if original != title else "",
        flat(page.description or str(page.meta.get("lead") or "")),
        sections,
        topics=topics(context, page.meta),
    )
    name_document(found, context, source, page.meta, names)
    return found


def own_texts(context: SiteContext, page: Rendered) -> list[str]:
    """Return what the front matter tells readers: the lead, stops, claims, notes."""
    meta = page.meta
    patterns = text_patterns(meta, context.workspace.settings.options.front_matter)
    patterns = [pattern for pattern in patterns if pattern not in APART]
    found = (str(container[key]) for _, container, key in front_matter_fields(meta, patterns))
    return list(dict.fromkeys(found))


def topics(context: SiteContext, meta: dict[str, Any]) -> list[str]:
    """Return labels and communes of a page, in the language."""
    found = []
    for name, family in LABELLED.items():
        found += [context.label(family, value) for value in listed(meta.get(name))]
    found += [context.area(str(name)) for name in listed(meta.get("area"))]
    return [*found, *(context.commune(str(name)) for name in listed(meta.get("communes")))]


def listed(value: Any) -> list[Any]:
    """Return the items of a list, of a single value or of nothing."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def name_document(
    found: Document, context: SiteContext, source: Page, meta: dict[str, Any], names: Names
) -> None:
    """
    Give a page the names by which people may look for it.

    Strong are its title in every language and its ``aliases``; weak is what else these, its
    communes and the names in its text are called: many pages lie in the former city of Hạ Long.
    """
    code, original = context.language.code, context.workspace.settings.source.code
    title = found.original or found.title
    aliases = list(map(str, listed(source.meta.get("aliases"))))
    known = names.translated(title, original, names.glossary.languages)
    known += names.translated(found.title, code, names.glossary.languages)
    strong = [*aliases, *known, *names.others([title]), *joined([title])]
    found.names = unique(strong, title, found.title)

    communes = list(map(str, listed(source.meta.get("communes"))))
    text = "\n".join(part for section in found.sections for part in (section.heading, section.text))
    mentioned = names.known(text, code)
    former = str(meta.get("former_place") or "")
    weak = [*communes, *names.others([*aliases, *communes, former, source.body])]
    weak += names.translated("\n".join(aliases), original, names.glossary.languages)
    weak += mentioned if code != original else []
    weak += joined([*aliases, *communes, *mentioned])
    found.also = unique(weak, title, *found.names)


def unique(names: Iterable[str], *without: str) -> list[str]:
    """Return names once each, without empty ones and some others."""
    return [name for name in dict.fromkeys(names) if name and name not in without]
