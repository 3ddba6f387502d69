"""Look: what the pages of all reports share, a style sheet and the site's own face in it."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

from markupsafe import Markup

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

STYLES = Path(__file__).parent / "templates" / "look.css"

LATIN = "U+0000-00FF, U+0131, U+0152-0153, U+2000-206F, U+20AC, U+2122, U+2212"
VIETNAMESE = (
    "U+0102-0103, U+0110-0111, U+0128-0129, U+0168-0169, U+01A0-01A1, U+01AF-01B0, "
    "U+0300-0309, U+0323, U+1EA0-1EF9, U+20AB"
)

FACES = (
    ("latin", 400, LATIN),
    ("vietnamese", 400, VIETNAMESE),
    ("latin", 600, LATIN),
    ("vietnamese", 600, VIETNAMESE),
)
"""Subsets, weights and characters of the site's own face."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def look() -> Markup:
    """Return the style sheet of reports."""
    return Markup(STYLES.read_text(encoding="utf-8"))


def faces(theme: Path | None) -> Markup:
    """Return the site's own face as CSS that needs no other file; nothing where it is missing."""
    rules = []
    for subset, weight, characters in FACES if theme else ():
        path = Path(theme or "") / "assets/fonts" / f"be-vietnam-pro-{subset}-{weight}-normal.woff2"
        if path.is_file():
            data = b64encode(path.read_bytes()).decode("ascii")
            rules.append(
                f'@font-face{{font-family:"Be Vietnam Pro";font-weight:{weight};'
                f'src:url("data:font/woff2;base64,{data}") format("woff2");'
                f"unicode-range:{characters}}}"
            )
    return Markup("\n".join(rules))
