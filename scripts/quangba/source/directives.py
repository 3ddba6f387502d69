"""Directives: what an editor asks of the next block, in a comment that readers never see."""

from __future__ import annotations

import re
from dataclasses import dataclass

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

DIRECTIVE = re.compile(
    r"\s*<!--\s*i18n:\s*(skip|note|context)\s*(?::\s*(.*?))?\s*-->\s*", re.DOTALL
)
"""``<!-- i18n:skip -->``, ``<!-- i18n:note: … -->``, ``<!-- i18n:context: … -->``."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Directives:
    """What an editor asked of the next block."""

    skip: bool = False
    notes: tuple[str, ...] = ()
    context: str | None = None

    def with_(self, other: Directives | None) -> Directives:
        """Join two directives before the same block."""
        if other is None:
            return self
        return Directives(
            self.skip or other.skip, self.notes + other.notes, other.context or self.context
        )


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def leading_directives(text: str) -> tuple[Directives | None, str]:
    """Return the editor's directives that a text begins with, and the rest of it."""
    found: Directives | None = None
    while "<!--" in text and (match := DIRECTIVE.match(text)):
        name, value = match[1], " ".join((match[2] or "").split())
        directive = Directives(
            skip=name == "skip",
            notes=(value,) if name == "note" and value else (),
            context=value if name == "context" and value else None,
        )
        found = found.with_(directive) if found else directive
        text = text[match.end() :]
    return found, text
