"""Targets of the rooms search and site."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

from fuzz.oracles import (
    SCHEMES,
    text_of,
    texts_of,
)
from quangba.search import index, reading
from quangba.search.tokens import clean, tokens
from quangba.site import headers
from quangba.site.screen import destinations, prose, qr

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def search(data: bytes) -> None:
    """The text of a page as search sees it: the index is a script that ends where it should."""
    html = text_of(data)
    sections = reading.read(html)
    for section in sections:
        for token in tokens(clean(section.text)):
            assert token.start < token.end
            assert all(token.terms)
    found = index.Document("a/", "place", html[:60], sections=sections)
    script = index.script([found], "vi", "vi", {})
    begin, end = '"use strict";window.quangbaSearch=', ";\n"
    assert json.loads(script.removeprefix(begin).removesuffix(end))["pages"]


def destination(data: bytes) -> None:
    """Where a link leads: nowhere but to our pages, the web, mail and telephones."""
    href, here = texts_of(data, 2)
    found = destinations.destination(href, here, "https://quangninh.example/")
    destinations.leads_off(href)
    if found.kind in SCHEMES:
        parts = urlsplit(found.address)
        assert parts.scheme in SCHEMES[found.kind]
        assert found.address.isascii() or found.kind == "mail"
        assert not re.search(r"[\s<>\"]", found.address)
        assert found.shown_in(found.text) or found.kind != "web"
        if found.kind == "web":
            assert "@" not in parts.netloc
    elif found.kind == "inside":
        assert not destinations.leads_off(found.address)
    if qr.fits(href):
        qr.file_name(href)
        if len(href) % 16 == 0:
            assert qr.drawing(href).endswith(qr.END)


def header(data: bytes) -> None:
    """Inline scripts of pages: whatever they hold, a header stays on its line."""
    for found in headers.hashes(data):
        assert re.fullmatch(r"'sha256-[A-Za-z0-9+/]{43}='", found)


def running_text(data: bytes) -> None:
    """A page's HTML for the screens of gates."""
    for section in prose.sections(text_of(data)):
        assert section
