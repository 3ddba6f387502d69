"""Subject: what the rules are asked about, a built folder beside what its ledger promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from quangba.site.proof.folder import OVERLAY, Built, Ways
from quangba.site.proof.reading import Document

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SHEET = re.compile(r"(?:.*/)?(?:_print|led)/")
"""Leaflets and large screens of the kiosk edition: many sheets in one file, nothing to touch."""

MADE = re.compile(r"_print/|_gates/|(?:[a-z-]+/)?(?:attract|led|way)/")
"""What the kiosk edition makes of approved pages: leaflets, homes of gates, loops, ways on."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Subject:
    """A built site and what is known of it from elsewhere."""

    built: Built
    kiosk: bool
    languages: dict[str, str]
    """BCP 47 tag by folder; the source language has the empty folder."""
    promised: dict[str, str] = field(default_factory=dict)
    """What the ledger says of a file: ``published``, ``draft``, ``notice`` or ``withdrawn``."""
    closed: dict[str, str] = field(default_factory=dict)
    """Files of pages that may not be there, with the name of the page."""
    standing: frozenset[str] = frozenset()
    """HTML files that belong to no page of the content: search, 404, redirects."""
    versions: dict[str, Document | None] = field(default_factory=dict)
    """Pages by the addresses that versions in other languages were looked for at."""

    @property
    def documents(self) -> dict[str, Document]:
        """The HTML files."""
        return self.built.documents

    @cached_property
    def headers(self) -> dict[str, str]:
        """What ``_headers`` tells a server to send with every file, names in small letters."""
        found: dict[str, str] = {}
        path, place, text = self.built.folder / "_headers", "", ""
        if path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
        for line in text.splitlines():
            if line[:1].strip():
                place = line.strip()
            elif place == "/*":
                name, _, value = line.partition(":")
                found.setdefault(name.strip().lower(), value.strip())
        return found

    @cached_property
    def policy(self) -> dict[str, list[str]]:
        """The content security policy: sources by directive."""
        parts = self.headers.get("content-security-policy", "").split(";")
        words = [part.split() for part in parts if part.strip()]
        return {name.lower(): sources for name, *sources in reversed(words)}

    @cached_property
    def ways(self) -> dict[str, Ways]:
        """Where the links and the fetched files of every page lead."""
        return {file: self.built.ways(page) for file, page in self.documents.items()}

    def version(self, address: str) -> Document | None:
        """Return the page at the address of a version in another language, if it is there."""
        if address not in self.versions:
            self.versions[address] = self.documents.get(self.built.target("", address).file)
        return self.versions[address]

    # What rules are asked about

    def pages(self) -> Iterator[tuple[str, Document]]:
        """Yield every page."""
        return iter(self.documents.items())

    def read_by_people(self) -> Iterator[tuple[str, Document]]:
        """Yield the pages that somebody browses: no leaflets, large screens, redirects."""
        for file, page in self.documents.items():
            if not (page.moved or SHEET.match(file)):
                yield file, page

    def listed(self) -> Iterator[tuple[str, Document]]:
        """Yield the pages that search engines may list, where the site has a public address."""
        if self.built.site_url and not self.kiosk:
            for file, page in self.documents.items():
                if page.indexed and not page.moved:
                    yield file, page

    def tag_of(self, file: str) -> str:
        """Return the language that a file is in by its folder; empty where a gate decides."""
        overlay = OVERLAY.match(file)
        file = file[overlay.end() :] if overlay else file
        if SHEET.match(file) or file.startswith("attract/"):
            return ""
        first = file.partition("/")[0]
        return self.languages.get(first, self.languages.get("", ""))
