"""Segments: what translators get, one string at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

STASH = re.compile("\x02[^\x03]*\x03")
"""A placeholder of Python-Markdown: ``\\x02wzxhzdk:4\\x03``."""

TOKEN = re.compile(r"\{[0-9]{1,6}\}")
"""What stands for a placeholder in a msgid: ``{1}``."""

PLACEHOLDER = "\ue000"
"""Stands for a placeholder where a text is compared: a letter that no keyboard writes."""

FACT = re.compile(r"\{fact:([A-Za-z0-9_]+)\}")
"""A fact in Markdown: ``{fact:visitors_2025}``."""

Key = tuple[str | None, str]
Place = tuple[bool, str, str, str, bool]

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Segment:
    """One string that readers see, as inline Markdown."""

    msgid: str
    """The source text: soft breaks are spaces, block placeholders are tokens ``{1}``, ``{2}``."""
    kind: str = "paragraph"
    """What it is on the page, e.g. ``heading 2``; becomes the PO comment ``#.``."""
    msgctxt: str | None = None
    """Context that the editor gave, or the field of front matter."""
    notes: tuple[str, ...] = ()
    """Notes of the editor to translators."""
    line: int = 0
    """Line in the source file, from 1; 0 when it could not be told."""
    plain: bool = False
    """True for texts that are not Markdown: front matter, titles, captions in raw HTML."""
    tag: str = "p"
    """The element that holds the text; some inline rules depend on it."""
    before: str = ""
    """What stands before the text in its block; placeholders are :data:`PLACEHOLDER`."""
    after: str = ""
    """What stands behind it, such as the attribute list ``{ #ve }``."""
    nested: bool = False
    """True where its block holds other blocks; Python-Markdown reads such text twice."""

    @property
    def key(self) -> Key:
        """What a catalog finds the segment by."""
        return (self.msgctxt, self.msgid)

    @property
    def place(self) -> Place:
        """Everything that decides how the text is read, from ``plain`` to ``nested``."""
        return (self.plain, self.tag, self.before, self.after, self.nested)


@dataclass(frozen=True)
class Untranslatable:
    """Visible text inside raw HTML, which no catalog can reach."""

    text: str
    line: int


@dataclass
class Collected:
    """What a page holds for translators, and what its translations may refer to."""

    segments: list[Segment] = field(default_factory=list)
    untranslatable: list[Untranslatable] = field(default_factory=list)
    references: dict[str, str] = field(default_factory=dict)
    """Labels of reference links and where they lead."""
    footnotes: list[str] = field(default_factory=list)
    """Labels of footnotes."""
    anchors: list[str] = field(default_factory=list)
    """Ids of headings."""

    @cached_property
    def places(self) -> dict[Key, set[Place]]:
        """Where each entry of the catalog is shown."""
        found: dict[Key, set[Place]] = {}
        for segment in self.segments:
            found.setdefault(segment.key, set()).add(segment.place)
        return found
