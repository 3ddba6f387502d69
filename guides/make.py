"""
Bring the guides up to date: screenshots, what commands print, and tables.

Everything happens in a copy of the site in a temporary folder; only ``guides/`` is written. What
stands between ``<!-- made: NAME -->`` and ``<!-- /made -->`` is written by this script.
Needs Chromium, as the browser tests do. Run it with ``make guides``. ``guides/make.py --tables``
renews the tables of messages alone: a second, without a browser. ``guides/make.py --kiosk`` renews
tables and what the guide of the screens shows.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import guide_kiosk
import guide_moving
import guide_shots
import guide_site
from guide_tables import ROOT, TABLES

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

GUIDES = ROOT / "guides"
LANGUAGES = ("vi", "en")

MADE = re.compile(r"(<!-- made: (?P<name>[\w ]+) -->\n).*?(<!-- /made -->)", re.S)

STORY: tuple[Callable[[guide_site.Site], None], ...] = (
    guide_site.write,
    guide_site.translate,
    guide_shots.preview,
    guide_shots.desk,
    guide_site.review,
    guide_site.decide,
    guide_shots.managers,
)
"""What happens in the copy, in this order."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def filled(text: str, parts: Mapping[str, str]) -> str:
    """
    Return a guide with its made parts renewed; parts that are not given stay.

    >>> filled('<!-- made: a -->\\nold\\n<!-- /made -->', {'a': 'new'})
    '<!-- made: a -->\\nnew\\n<!-- /made -->'
    """

    def renew(match: re.Match[str]) -> str:
        made = parts.get(match["name"])
        return match[0] if made is None else f"{match[1]}{made}\n{match[3]}"

    return MADE.sub(renew, text)


def with_tables(text: str, language: str) -> str:
    """Return a guide with its tables renewed, and nothing else."""
    return filled(text, {name: make(language) for name, make in TABLES.items()})


def played(root: Path, language: str) -> dict[str, str]:
    """Let the story happen in a copy of the site; take pictures; return what commands printed."""
    site = guide_site.Site.copy(root, language)
    for scene in STORY:
        print(f"{language}: {scene.__name__}", flush=True)
        scene(site)
    return site.outputs


def main() -> None:
    """Renew both languages."""
    tables_only, kiosk_only = ("--tables" in sys.argv[1:], "--kiosk" in sys.argv[1:])
    if not tables_only and not Path(guide_shots.CHROMIUM).exists():
        sys.exit("Chromium is not installed: there can be no screenshots.")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        if not tables_only:
            guide_kiosk.build(root / "kiosk")
        for language in LANGUAGES:
            outputs: dict[str, str] = {}
            if not tables_only and not kiosk_only:
                outputs |= played(root / language, language)
            if not tables_only:
                outputs["syntax"] = guide_moving.shown(language)
                outputs |= guide_kiosk.played(root / "kiosk", root / f"kiosk-{language}", language)
            for path in sorted((GUIDES / language).glob("*.md")):
                text = with_tables(path.read_text(encoding="utf-8"), language)
                path.write_text(filled(text, outputs), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
