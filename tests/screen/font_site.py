"""Built sites of a few files, as the finisher of the fonts meets them."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from quangba.errors import Problem
from quangba.settings import Language
from quangba.site.outputs import Output, Rendered
from quangba.site.screen.fonts import finish_fonts

ROOT = Path(__file__).parents[2]

STYLES = ROOT / "overrides" / "kiosk" / "assets" / "stylesheets" / "fonts.css"

FOLDERS = [ROOT / "overrides" / name / "assets" / "fonts" for name in ("kiosk", "shared")]
"""Where fonts come from that the build copies as they are."""

LANGUAGES = ("vi", "en", "zh", "ja", "ko", "fr")


def write(folder: Path, files: dict[str, str | bytes]) -> None:
    """Write files by their path."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)


def outputs(
    folder: Path, cache: Path, pages: dict[str, str] | None = None, languages: Any = LANGUAGES
) -> list[Output]:
    """
    Return the languages of a site that was written into a folder.

    ``pages`` are Markdown files by the address of the page they became: ``{'ja/a/': 'a.md'}``.
    """
    settings = SimpleNamespace(cache=cache, page_file=lambda name: f"content/{name}")
    found = []
    for code in languages:

        def file(path: str, code: str = code) -> str:
            return path if code == languages[0] else f"{code}/{path}"

        context: Any = SimpleNamespace(
            language=Language(code, code, code),
            file=file,
            workspace=SimpleNamespace(settings=settings),
            faces=(),
        )
        found.append(Output(context, folder))
    for url, name in (pages or {}).items():
        found[0].pages.append(Rendered(name, url, "article", "", "", {}, ""))
    return found


def finish(folder: Path, cache: Path, files: dict[str, str | bytes], **more: Any) -> list[Problem]:
    """Write a site, then its fonts; return what is wrong."""
    write(folder, files)
    return finish_fonts(outputs(folder, cache, **more))


def page(language: str, body: str, head: str = "") -> str:
    """Return a page that uses the kiosk's fonts; they are one folder above it, or beside."""
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<link rel="stylesheet" href="/assets/stylesheets/fonts.css">{head}</head>'
        f"<body>{body}</body></html>\n"
    )
