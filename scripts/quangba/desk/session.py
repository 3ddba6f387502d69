"""The session: who sits at the desk, what was done, and what its pages and scripts are told."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from quangba.catalogs.workspace import SITE, UI
from quangba.desk.actions import LABELS, Actions
from quangba.desk.entries import Viewer
from quangba.desk.live import LiveSite
from quangba.desk.profile import FILE, Profile
from quangba.desk.queue import Queue, Row
from quangba.desk.sentences import Voice
from quangba.errors import QuangbaError
from quangba.settings import Language

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Renders(Protocol):
    """What renders pages of the site, see ``desk/preview.py``."""

    def render(self, language: Language, name: str) -> str:
        """Return the HTML of a page."""

    def address(self, language: Language, name: str) -> str:
        """Return the address of a page in the site."""

    def page_at(self, address: str) -> tuple[Language, str] | None:
        """Return what stands at an address."""

    def asset(self, address: str) -> Path | None:
        """Return the file of an asset."""


class Desk:
    """One desk: a site, who sits there, and what was done."""

    def __init__(self, site: LiveSite, preview: Renders, token: str, port: int) -> None:
        self.site, self.preview, self.token, self.port = site, preview, token, port
        self.queue = Queue(site)
        self.actions = Actions(site)
        self.profile_path = site.settings.cache / FILE

    @property
    def root(self) -> str:
        """Path that all addresses begin with."""
        return f"/{self.token}/"

    @property
    def profile(self) -> Profile:
        """Who sits here; another desk may have asked."""
        return Profile.read(self.profile_path)

    @property
    def ui(self) -> Language:
        """The language of the interface."""
        return self.site.language(self.profile.ui) or self.site.settings.source

    def voice(self) -> Voice:
        """Return who speaks the language of the interface."""
        return self.site.voice(self.ui.code)

    def speak(self, code: str) -> None:
        """Change the language of the interface; a disk that is full only forgets it."""
        profile = self.profile
        if self.site.language(code) and code != profile.ui:
            profile.ui = code
            with suppress(QuangbaError):
                profile.write(self.profile_path)

    # What templates and scripts get

    def context(self, rows: list[Row]) -> dict[str, Any]:
        """Return what every page of the desk shows."""
        settings, ui = self.site.settings, self.ui
        return {
            "root": self.root,
            "reviewer": self.profile.reviewer,
            "ui": ui.code,
            "html_lang": ui.html_lang,
            "uis": [named(language) for language in settings.languages],
            "site": self.site.workspace.site_name,
            "source": named(settings.source),
            "languages": self.queue.languages(rows),
        }

    def page(self, language: Language, name: str) -> dict[str, Any]:
        """Return a page with all its texts."""
        viewer = Viewer(self.site, language, name, self.voice())
        return {
            "language": language.code,
            "page": name,
            "entries": viewer.views(),
            **self.standing(language, name),
        }

    def entry(self, language: Language, name: str, identity: str) -> dict[str, Any]:
        """Return one text and how its page stands."""
        viewer = Viewer(self.site, language, name, self.voice())
        entry = self.site.find(language, name, identity)
        return {"entry": viewer.view(entry), **self.standing(language, name)}

    def standing(self, language: Language, name: str) -> dict[str, Any]:
        """Return what is left of a page, and what can be taken back."""
        row = self.queue.row(language, name)
        return {
            **row.left.data(),
            "can_approve_page": row.can_approve,
            "undo": self.undo_label(),
        }

    def undo_label(self) -> str | None:
        """Return what the last action is called; None when there is none."""
        if not self.actions.undoable:
            return None
        last = self.actions.undoable[-1]
        return self.voice().text(LABELS[last.action], text=last.text[:60])

    def following(self, rows: list[Row], language: Language, name: str) -> Row | None:
        """Return the next page of a language that has something open."""
        names = self.site.names(language)
        at = names.index(name)
        order = {each: place for place, each in enumerate([*names[at + 1 :], *names[:at]])}
        waiting = [
            row for row in rows if row.language == language and row.left.left and row.name in order
        ]
        return min(waiting, key=lambda row: order[row.name], default=None)

    def preview_address(self, language: Language, name: str) -> str | None:
        """Return the address of the real page; None where there is none."""
        if name in (SITE, UI):
            return None
        try:
            return f"{self.root}preview/{self.preview.address(language, name)}"
        except QuangbaError:
            return None


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def named(language: Language) -> dict[str, str]:
    """Return a language as templates name it."""
    return {"code": language.code, "name": language.name, "html_lang": language.html_lang}
