"""Parity: which page is in one edition and not in the other, and why."""

from __future__ import annotations

from typing import Any

from quangba.site.proof.ledger import SHOWN

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def compare(portal: dict[str, Any], kiosk: dict[str, Any]) -> dict[str, Any]:
    """
    Compare what two builds put before readers, page by page and language by language.

    ``both`` counts what both show; ``differences`` say which edition lacks what: ``reviewed`` is
    true when every text of it is reviewed and fresh, so that only a setting keeps it away.
    """
    sides = {"portal": shown(portal), "kiosk": shown(kiosk)}
    cells = {"portal": states(portal), "kiosk": states(kiosk)}
    found: dict[tuple[str, str, str, bool], list[str]] = {}
    for edition, other in (("kiosk", "portal"), ("portal", "kiosk")):
        for page, language in sorted(sides[other] - sides[edition]):
            lacking = cells[edition].get((page, language), {"state": "unknown"})
            reviewed = is_reviewed(cells[other][page, language])
            key = (page, edition, lacking["state"], reviewed)
            found.setdefault(key, []).append(language)
    return {
        "same_commit": commit_of(portal) == commit_of(kiosk) is not None,
        "both": len(sides["portal"] & sides["kiosk"]),
        "differences": [
            {
                "page": page,
                "missing_in": edition,
                "because": state,
                "reviewed": reviewed,
                "languages": languages,
            }
            for (page, edition, state, reviewed), languages in found.items()
        ],
    }


def commit_of(site: dict[str, Any]) -> str | None:
    """Return the commit of a build; None when it is unknown."""
    return site["commit"]["id"] if site["commit"] else None


def states(site: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return what is known of every page in every language."""
    return {
        (row["page"], language): cell
        for row in site["pages"]
        for language, cell in row["languages"].items()
    }


def shown(site: dict[str, Any]) -> set[tuple[str, str]]:
    """Return the pages and languages that readers see."""
    return {key for key, cell in states(site).items() if cell["state"] in SHOWN}


def is_reviewed(cell: dict[str, Any]) -> bool:
    """Tell whether every text of a page in a language is reviewed and fresh."""
    texts = cell.get("texts")
    return texts is None or (not cell["stale"] and texts["reviewed"] == sum(texts.values()))
