"""
Finding on a kiosk: the index of all pages of a language, and what its keyboard is.

The index holds every published page but the home page, to which a button always leads: nothing is
farther away than “find”, a sign of the index, the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from markupsafe import escape

from quangba.errors import Problem, QuangbaError
from quangba.site.context import SiteContext
from quangba.site.outputs import Output
from quangba.site.screen.alphabets import missing, read
from quangba.site.screen.keys import keys_of
from quangba.site.screen.readings import FILE, Readings

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

KEYBOARDS = {"vi": "vietnamese", "fr": "azerty", "ja": "kana", "ko": "jamo"}
"""Layouts of ``keyboard.js`` by language; all others type on ``qwerty``, Chinese its pinyin."""

HOME = "home"
"""Type of the page that a button leads to from everywhere."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """A page in the index; plain text."""

    title: str
    url: str
    """From the root of the site."""
    kind: str
    """What kind of page it is, in the language."""
    typed: str = ""
    """How its title is typed where that is not as it is written (``readings.js``)."""


@dataclass
class Group:
    """The pages below one sign of the index."""

    label: str
    """``A``, ``か``, ``ㄱ``, ``0–9``."""
    entries: list[Entry] = field(default_factory=list)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def index_of(context: SiteContext) -> list[Group]:
    """Return the published pages of a language in the order of its alphabet, by their signs."""
    found = []
    given = readings_of(context)
    for name in pages_of(context):
        title, url = context.title_of(name), context.url(name)
        reading = read(title, given)
        kind = context.label("kind", context.meta_of(name).get("type", "article"))
        entry = Entry(title, url, kind, reading.typed)
        found.append((reading.key, url, reading.sign, entry))
    groups: list[Group] = []
    for _, _, sign, entry in sorted(found, key=lambda item: item[:2]):
        if not groups or groups[-1].label != sign:
            groups.append(Group(sign))
        groups[-1].entries.append(entry)
    return groups


def pages_of(context: SiteContext) -> Iterator[str]:
    """Yield the pages that the index lists."""
    for name in context.workspace.names:
        published = context.publisher.published(name, context.language)
        if published and context.meta_of(name).get("type") != HOME:
            yield name


def readings_of(context: SiteContext) -> Readings:
    """Return the readings that people gave for a language."""
    return Readings.read(context.workspace.settings.catalogs, context.language.code)


def find_view(context: SiteContext, link: Callable[[str], str]) -> dict[str, Any]:
    """Return ``q.find``: the groups of the index and the name of the keyboard, all escaped."""
    return {
        "keyboard": KEYBOARDS.get(context.language.code, "qwerty"),
        "rows": escape("\n".join(" ".join(row) for row in keyboard_of(context))),
        "groups": [
            {
                "label": escape(group.label),
                "entries": [
                    {
                        "title": escape(entry.title),
                        "url": escape(link(entry.url)),
                        "kind": escape(entry.kind),
                        "typed": escape(entry.typed) or None,
                    }
                    for entry in group.entries
                ],
            }
            for group in index_of(context)
        ],
    }


def keyboard_of(context: SiteContext) -> list[list[str]]:
    """Return the keys that people gave for a language; none where its layout is ours."""
    try:
        return keys_of(context.workspace.settings.catalogs, context.language.code)
    except QuangbaError:
        return []  # check_readings says what is wrong


def check_readings(output: Output) -> list[Problem]:
    """Return what is wrong with what people gave for finding, and the titles without a reading."""
    context = output.context
    given = readings_of(context)
    catalogs = context.workspace.settings.catalogs.name
    file = f"{catalogs}/{context.language.code}/{FILE}"
    titles = [context.title_of(name) for name in pages_of(context)]
    lacking = [title for title in titles if missing(read(title, given))]
    try:
        keys_of(context.workspace.settings.catalogs, context.language.code)
        keys: list[Problem] = []
    except QuangbaError as error:
        keys = [error.problem]
    return [
        *given.problems,
        *keys,
        *(Problem.at("reading-missing", file, title=title) for title in lacking),
    ]
