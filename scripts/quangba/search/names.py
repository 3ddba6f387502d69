"""
Names: what else a place is called, so that every name of it finds it.

``content/_data/names.yml`` lists former and present-day names that find each other, one group of
Vietnamese names per line; the glossary knows what a name is in other languages. None of these are
shown to readers, who only find what they looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from quangba.catalogs.glossary import NAME, Glossary
from quangba.catalogs.terms import SOURCE
from quangba.errors import QuangbaError
from quangba.search.tokens import unmarked
from quangba.source.data import DataError, load
from quangba.source.names import NAME as CAPITALISED
from quangba.source.text import nfc

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FILE = "names.yml"
"""The groups' file in the folder of the data."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Names:
    """What the names of a site's places are."""

    groups: tuple[tuple[str, ...], ...] = ()
    """Vietnamese names of one area, each name in one group only."""
    glossary: Glossary = field(default_factory=Glossary)

    @classmethod
    def read(cls, data: Path, catalogs: Path, file: str = f"content/_data/{FILE}") -> Names:
        """Read the groups and the glossary; raises ``QuangbaError``. Files may be missing."""
        glossary = Glossary.read(catalogs / NAME, f"{catalogs.name}/{NAME}")
        path = data / FILE
        if not path.is_file():
            return cls((), glossary)
        try:
            found = load(path.read_text(encoding="utf-8-sig"))
        except DataError as error:
            raise QuangbaError("data-yaml", file, error.line, what=error.what) from error
        except UnicodeDecodeError as error:
            raise QuangbaError("data-yaml", file, what="UTF-8") from error
        return cls(checked(found, file), glossary)

    @cached_property
    def patterns(self) -> list[tuple[re.Pattern[str], tuple[str, ...]]]:
        """Each name as an expression, with the other names of its group."""
        return [
            (expression(name), tuple(other for other in group if other != name))
            for group in self.groups
            for name in group
        ]

    def others(self, texts: Iterable[str]) -> list[str]:
        """Return the names that stand in one group with a name in the texts."""
        text = "\n".join(texts)
        found = (others for pattern, others in self.patterns if pattern.search(text))
        return list(dict.fromkeys(name for others in found for name in others))

    def translated(self, text: str, language: str, wanted: Iterable[str]) -> list[str]:
        """Return what the glossary's terms in a text are called in other languages."""
        wanted = list(wanted)
        terms = dict.fromkeys(match.term for match in self.glossary.matches(nfc(text), language))
        return [form for term in terms for code in wanted for form in term.forms.get(code, ())]

    def known(self, text: str, language: str) -> list[str]:
        """Return the Vietnamese forms of the glossary's terms in a text."""
        return self.translated(text, language, [SOURCE])


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def checked(found: Any, file: str) -> tuple[tuple[str, ...], ...]:
    """Return the groups of a file; raises ``QuangbaError`` for what is no list of groups."""
    if found is None:
        return ()
    if not isinstance(found, list):
        raise QuangbaError("search-names", file, group=str(found)[:60])
    seen: dict[str, int] = {}
    groups = []
    for number, group in enumerate(found, 1):
        if not isinstance(group, list) or len(group) < 2 or not all(map(is_name, group)):
            raise QuangbaError("search-names", file, group=str(group)[:60])
        for name in map(nfc, group):
            if name in seen:
                raise QuangbaError("search-names-twice", file, name=name)
            seen[name] = number
        groups.append(tuple(map(nfc, group)))
    return tuple(groups)


def is_name(value: Any) -> bool:
    """Tell whether a value can be a name."""
    return isinstance(value, str) and bool(value.strip())


def expression(name: str) -> re.Pattern[str]:
    """
    Compile a name; its first letter may be a capital.

    >>> bool(expression('phường Hạ Long').search('Phường Hạ Long'))
    True
    >>> bool(expression('phường Móng Cái 1').search('phường Móng Cái 12'))
    False
    """
    first = f"[{re.escape(name[0].lower())}{re.escape(name[0].upper())}]"
    return re.compile(rf"(?<!\w){first}{re.escape(name[1:])}(?!\w)")


def joined(texts: Iterable[str]) -> list[str]:
    """
    Return the names in Vietnamese texts as people type them in haste.

    >>> joined(['vịnh Hạ Long', 'đặc khu Vân Đồn'])
    ['halong', 'vandon']
    """
    found = (name for text in texts for name in CAPITALISED.findall(text))
    return list(dict.fromkeys(unmarked(name.lower()).replace(" ", "") for name in found))
