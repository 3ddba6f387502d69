"""What the tests of takeaways share: a page in an imagined language, and what is seen of HTML."""

from __future__ import annotations

from typing import Any

import html5lib
from fake_outputs import Context
from markupsafe import Markup

from quangba.site.screen.destinations import leads_off
from quangba.site.screen.takeaways import Takeaways, page_takeaway

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

PORTAL = "https://quangninh.example/"
EVISA = "https://evisa.gov.vn"
HERE = "visit/visas/"

LEADING = {"href", "{http://www.w3.org/1999/xlink}href", "action", "formaction", "ping"}

VISAS = {
    "type": "article",
    "title": "Thị thực",
    "lead": "Câu một. Câu hai.",
    "glance": [{"label": "Giấy tờ", "text": "hộ chiếu"}, {"label": "Giá", "text": ""}],
}


# ----------------------------------------------------------------------------
# HTML, as the HTML standard reads it
# ----------------------------------------------------------------------------


def tree(html: str) -> Any:
    """Return the tree of a piece of HTML as the HTML standard builds it."""
    return html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)


def text_of(html: str) -> str:
    """Return the text of a page without the addresses that were added."""
    root = tree(html)
    for element in root.iter():
        if "take__address" in (element.get("class") or ""):
            element.text = ""
    return "".join("".join(root.itertext()).split())


def ways_out(html: str) -> list[str]:
    """Return every attribute of a page that leads off the site."""
    return [
        value
        for element in tree(html).iter()
        for name, value in element.attrib.items()
        if name in LEADING and leads_off(value)
    ]


def buttons(html: str) -> list[dict[str, str]]:
    """Return the attributes of the takeaways of a page."""
    return [
        dict(element.attrib)
        for element in tree(html).iter("button")
        if "take" in element.get("class", "").split()
    ]


# ----------------------------------------------------------------------------
# A page
# ----------------------------------------------------------------------------


def context_of(
    takeaways: Takeaways, meta: dict[str, Any], code: str = "vi", sample: bool = True
) -> Any:
    """Return one language of an imagined site with a page."""
    texts = {"as of %(day)s": "tính đến %(day)s"}
    context: Any = Context(code, sample, texts)
    context.config.site_url = takeaways.site_url
    context.takeaways = takeaways
    context.meta_of = lambda name: meta
    context.titles = {"visit/visas.md": meta["title"]}
    context.day = lambda iso: Markup(iso) if iso else None
    return context


def of_page(
    meta: dict[str, Any], code: str = "vi", *, url: str | None = PORTAL, sample: bool = True
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the takeaway of a page, and all codes by their address."""
    takeaways = Takeaways(url)
    context = context_of(takeaways, meta, code, sample)
    found = page_takeaway(context, "visit/visas.md", lambda url: url)
    assert found is not None
    return found, takeaways.codes
