"""
Counts of pages, kept between two runs of the desk.

Checking every text of a site takes seconds; counts are taken from here while catalog, page,
glossary and checks are the same. The file may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from functools import cache, cached_property
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import quangba
from quangba.catalogs.pofile import read_bytes
from quangba.desk.live import LiveSite
from quangba.errors import QuangbaError
from quangba.files import write_bytes
from quangba.review.checking import GROUP
from quangba.settings import Language

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

FILE = "desk-counts.json"
"""Its name in the cache."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Counts:
    """What was counted on pages, by a hash of everything that it was counted from."""

    def __init__(self, site: LiveSite) -> None:
        self.site = site
        self.path = site.settings.cache / FILE
        self.used: dict[str, Any] = {}
        self.changed = False

    @cached_property
    def known(self) -> dict[str, Any]:
        """What the file holds; nothing when it cannot be used."""
        try:
            data = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return data if isinstance(data, dict) else {}

    def key(self, language: Language, name: str) -> str:
        """Return the hash of what a page is counted from; raises ``QuangbaError``."""
        workspace = self.site.workspace
        file = workspace.catalog_file(language, name)
        glossary = self.site.settings.catalogs / "glossary.csv"
        parts = (
            made_by(),
            workspace.cache.stamp.encode(),
            language.code.encode(),
            name.encode(),
            repr((workspace.segments(name), self.site.page(name))).encode(),
            str(self.site.settings.options.sample).encode(),
            read_bytes(workspace.catalog_path(language, name), file) or b"",
            read_bytes(glossary, self.site.settings.relative(glossary)) or b"",
        )
        hashed = hashlib.blake2b(digest_size=16)
        for part in parts:
            hashed.update(hashlib.blake2b(part).digest())
        return hashed.hexdigest()

    def get(self, key: str) -> Any:
        """Return what was counted; None when that is not known."""
        if key in self.known:
            self.used[key] = self.known[key]
        return self.used.get(key)

    def put(self, key: str, counted: Any) -> None:
        """Remember what was counted."""
        self.used[key] = counted
        self.changed = True

    def save(self) -> None:
        """Write what was used in this run; a closed disk only costs time later."""
        if self.changed:
            with suppress(QuangbaError):
                write_bytes(self.path, json.dumps(self.used).encode("utf-8"))
            self.changed = False


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@cache
def made_by() -> bytes:
    """Return a hash of the package, and of the checks of others."""
    hashed = hashlib.blake2b(digest_size=16)
    for path in sorted(Path(quangba.__file__).parent.rglob("*.py")):
        hashed.update(path.read_bytes())
    for point in sorted(entry_points(group=GROUP), key=str):
        version = point.dist.version if point.dist else ""
        hashed.update(f"{point.name} {point.value} {version}\n".encode())
    return hashed.digest()
