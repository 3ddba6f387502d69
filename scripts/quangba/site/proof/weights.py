"""
Weights: what a reader's device has to fetch for each page, in bytes.

Styles and scripts count as gzip sends them, the page itself as it lies on the disk (servers send
about a quarter of that). Of a picture in several forms the file in ``src`` counts, which is
the largest that a browser may choose; fonts count when a page asks for them in advance.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import Any

from quangba.site.proof.folder import KINDS
from quangba.site.proof.reading import Document
from quangba.site.proof.subject import Subject

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

KB = 1000
BUDGETS = {"html": 60 * KB, "styles": 40 * KB, "scripts": 60 * KB, "first": 350 * KB}
"""
Bytes that a page of the portal should keep to; ``first`` is all that the first view fetches. The
tests hold the main pages to the same (``tests/site/test_quality.py``).
"""

LARGEST = 10
"""Pages and files that the report lists."""

PARTS = {"styles": "styles", "scripts": "scripts", "fonts": "fonts", "pictures": "pictures"}

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def weigh(subject: Subject) -> dict[str, Any]:
    """Return what the site weighs as a whole, by language, and its heaviest pages and files."""
    rows = [row for file, page in subject.read_by_people() for row in [weight(subject, file, page)]]
    sizes = subject.built.sizes
    heavy = sorted(rows, key=lambda row: (-row["first"], row["file"]))
    return {
        "files": len(sizes),
        "bytes": sum(sizes.values()),
        "kinds": subject.built.weights(),
        "budgets": {} if subject.kiosk else dict(BUDGETS),
        "over": [] if subject.kiosk else list(over_budget(rows)),
        "languages": dict(by_language(subject, rows)),
        "largest_pages": heavy[:LARGEST],
        "largest_files": [
            {"file": file, "bytes": sizes[file]}
            for file in sorted(sizes, key=lambda name: (-sizes[name], name))[:LARGEST]
        ],
        "pages": rows,
    }


def weight(subject: Subject, file: str, page: Document) -> dict[str, Any]:
    """Return the bytes of the first view of a page, by what they are."""
    parts = dict.fromkeys(PARTS, 0)
    seen = set()
    for fetched in page.fetched:
        found = page.leads[fetched.address]
        target = subject.built.there(file, found).file if fetched.first else ""
        if not target or target in seen:
            continue
        seen.add(target)
        kind = KINDS.get(target[target.rfind(".") :], "other")
        if kind in parts:
            parts[kind] += subject.built.sent_bytes(target)
    return {
        "file": file,
        "html": page.size,
        **parts,
        "first": page.size + sum(parts.values()),
    }


def over_budget(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield what is heavier than its budget."""
    for row in rows:
        for part, most in BUDGETS.items():
            if row[part] > most:
                yield {"file": row["file"], "part": part, "bytes": row[part], "budget": most}


def by_language(
    subject: Subject, rows: list[dict[str, Any]]
) -> Iterator[tuple[str, dict[str, int]]]:
    """Yield by language how many pages there are and what the middle and the heaviest weigh."""
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(subject.documents[row["file"]].language, []).append(row["first"])
    for language, firsts in sorted(found.items()):
        middle = int(median(firsts))
        yield language, {"pages": len(firsts), "median": middle, "heaviest": max(firsts)}
