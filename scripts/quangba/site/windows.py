"""
Windows: in which languages somebody looks at a preview, so that these are rendered first.

A preview renders one language after the other; threads of its server forbid processes. Whoever
changes a page looks at one language of it, or at two side by side, and need not wait for the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from mkdocs.livereload import LiveReloadServer

from quangba.settings import Language
from quangba.site import inside

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Windows:
    """Listens to what browsers ask of a preview; each loads its page anew after each build."""

    def __init__(self, server: LiveReloadServer, languages: Iterable[Language]) -> None:
        self.server = server
        self.source, *others = languages
        self.codes = {language.code: language for language in others}
        self.asked: set[Language] = set()
        answer = server.get_app()
        assert answer is not None, "the server answers by itself"
        server.set_app(self.listening(answer))

    def listening(self, answer: WSGIApplication) -> WSGIApplication:
        """Return an application that notes the languages of pages that ``answer`` is asked for."""

        def listen(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
            path = str(environ.get("PATH_INFO", ""))
            if path.endswith(("/", ".html")) and path.startswith(self.server.mount_path):
                self.asked.add(self.language_of(path))
            return answer(environ, start_response)

        return listen

    def language_of(self, path: str) -> Language:
        """Return the language of a page by its path on the server: ``/ja/visit/``."""
        first = path.removeprefix(self.server.mount_path).partition("/")[0]
        return self.codes.get(first, self.source)

    def first(self, languages: list[Language]) -> tuple[list[Language], int]:
        """Return languages, first those that were looked at since the last build, and how many."""
        asked, self.asked = self.asked, set()
        found = [language for language in languages if language in asked]
        return [*found, *(each for each in languages if each not in asked)], len(found)

    def show(self) -> None:
        """Let the windows load what is there by now."""
        inside.show_build(self.server)
