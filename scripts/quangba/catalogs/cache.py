"""Cache: segments of pages by content hash, so that an unchanged page is not read again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from quangba.errors import QuangbaError
from quangba.files import write_bytes
from quangba.source.segment import Collected, Segment, Untranslatable

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class SegmentCache:
    """Segments of pages by content hash, in one JSON file that may be deleted at any time."""

    def __init__(self, path: Path, stamp: str) -> None:
        self.path, self.stamp = path, stamp
        self.changed = False

    @cached_property
    def entries(self) -> dict[str, Any]:
        """What the file holds, by page; nothing when it was made in another way."""
        try:
            data = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(data, dict) or data.get("stamp") != self.stamp:
            return {}
        pages = data.get("pages")
        return pages if isinstance(pages, dict) else {}

    def get(self, name: str, key: str) -> Collected | None:
        """Return what is known of a page with this content."""
        try:
            entry = self.entries[name]
            if entry["key"] != key:
                return None
            known = entry["found"]
            found = Collected(**known)
            found.segments = [
                Segment(**{**segment, "notes": tuple(segment["notes"])})
                for segment in known["segments"]
            ]
            found.untranslatable = [Untranslatable(**item) for item in known["untranslatable"]]
        except (KeyError, TypeError):
            return None
        return found

    def put(self, name: str, key: str, found: Collected) -> None:
        """Remember a page."""
        self.entries[name] = {
            "key": key,
            "found": {
                **vars(found),
                "segments": [vars(segment) for segment in found.segments],
                "untranslatable": [vars(item) for item in found.untranslatable],
            },
        }
        self.changed = True

    def save(self, names: Iterable[str]) -> None:
        """Write the cache, without pages that are gone; a closed disk only costs time later."""
        if not self.changed:
            return
        pages = {name: self.entries[name] for name in names if name in self.entries}
        data = json.dumps({"stamp": self.stamp, "pages": pages}, ensure_ascii=False)
        with suppress(QuangbaError):
            write_bytes(self.path, data.encode("utf-8"))
        self.changed = False
