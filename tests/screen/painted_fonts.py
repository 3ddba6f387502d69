"""
What a page is really painted with, asked of Chromium (CDP ``CSS.getPlatformFontsForNode``).

On a computer that has fonts of its own, a hole in ours is filled and nobody sees it; at a gate it
is an empty box. So every text of a page must be painted by a font that the page brought along.
Where no font of the computer has a character either, Chromium says that ours painted it, though it
painted a box: so the characters of the page are compared with the fonts that it was served.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from fontTools.ttLib import TTFont
from playwright.sync_api import CDPSession, Page

from quangba.site.screen.fonts import FAMILIES, WEIGHTS, face_of, families, visible
from quangba.site.screen.page_reader import read_page, subtag

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

STYLES = """[...document.styleSheets].map((sheet) => sheet.href ?? "")
  .find((href) => href.endsWith("/fonts.css")) ?? null"""

TYPED = """[...document.querySelectorAll("input, textarea, output")]
  .map((field) => [field.closest("[lang]")?.lang ?? "", field.value ?? ""])"""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Usage:
    """A font, and the element whose own text it paints."""

    font: str
    """Family, as the font itself says."""
    glyphs: int
    own: bool
    """True: the page brought it along."""
    element: str
    text: str

    def __str__(self) -> str:
        return f"{self.font} ({self.glyphs}): <{self.element}> {self.text!r}"


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def foreign_fonts(page: Page) -> list[str]:
    """
    Return what of a page is not painted by a font that it brought along; nothing when all is well.

    Looked at is what is laid out now: open dialogs, keyboards and the like before you ask.
    Placeholders, typed text and what stylesheets add are looked at too; pictures (``<img>``) are
    not. The page must use ``assets/stylesheets/fonts.css`` of the kiosk.
    """
    return [*(str(usage) for usage in font_usages(page) if not usage.own), *boxes(page)]


def boxes(page: Page) -> list[str]:
    """Return the characters of a page, shown or hidden, that none of its fonts has a glyph for."""
    styles = page.evaluate(STYLES)
    assert styles, "the page does not use fonts.css"
    there = served_characters(page, styles.rsplit("/", 2)[0] + "/fonts/")
    texts = dict(read_page(page.content()).found)
    for language, text in page.evaluate(TYPED):
        texts[subtag(language)] = texts.get(subtag(language), set()) | set(text)
    found = []
    for language, characters in sorted(texts.items()):
        for character in sorted(filter(visible, characters)):
            place = face_of(character, language)
            if "\uac00" <= character <= "\ud7a3":
                continue  # noto-sans-kr-syllables has them all
            if place is None or not (
                FAMILIES[place].whole or character in there[FAMILIES[place].name]
            ):
                found.append(f"no glyph ({language}): {character!r} U+{ord(character):04X}")
    return found


def served_characters(page: Page, address: str) -> dict[str, set[str]]:
    """Return the characters of the fonts at an address, by the name of the family."""
    found = {}
    for family in families():
        weights = []
        for weight in WEIGHTS:
            answer = page.request.get(address + family.file(weight))
            assert answer.ok, answer.url
            with TTFont(BytesIO(answer.body()), lazy=True) as font:
                weights.append(set(map(chr, font.getBestCmap())))
        found[family.name] = set.intersection(*weights)
    return found


def font_usages(page: Page) -> list[Usage]:
    """Return every font that paints something on a page, element by element."""
    page.evaluate("document.fonts.ready.then(() => true)")
    session = page.context.new_cdp_session(page)
    try:
        session.send("DOM.enable")
        session.send("CSS.enable")
        root = session.send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
        return [usage for node in painting(root) for usage in usages(session, node)]
    finally:
        session.detach()


def painting(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the elements below a node that have text of their own."""
    waiting = [node]
    while waiting:
        found = waiting.pop()
        children = found.get("children", [])
        pseudo = found.get("pseudoElements", [])
        if found["nodeType"] == 1 and (any(child["nodeType"] == 3 for child in children) or pseudo):
            yield found
        yield from pseudo
        inside = [*found.get("shadowRoots", []), *children]
        inside += [found["contentDocument"]] if "contentDocument" in found else []
        waiting += reversed(inside)


def usages(session: CDPSession, node: dict[str, Any]) -> Iterator[Usage]:
    """Yield the fonts of one element's own text."""
    answer = session.send("CSS.getPlatformFontsForNode", {"nodeId": node["nodeId"]})
    children = node.get("children", [])
    text = "".join(child["nodeValue"] for child in children if child["nodeType"] == 3)
    for font in answer["fonts"]:
        yield Usage(
            font["familyName"],
            int(font["glyphCount"]),
            font["isCustomFont"],
            node["localName"] or node["nodeName"],
            " ".join(text.split())[:60],
        )
