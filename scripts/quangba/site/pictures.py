"""Pictures, films and recordings in pages: addresses for templates, files for the site."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape as escape_text
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

from markupsafe import escape
from mkdocs.structure.files import Files

from quangba.catalogs.workspace import Workspace
from quangba.errors import Problem
from quangba.media.credits import credits
from quangba.media.pictures import Pictures, is_raster
from quangba.settings import Language
from quangba.source.pages import holds
from quangba.source.spoken import SOUNDS, is_sound
from quangba.source.video import CAPTIONS, TYPES

if TYPE_CHECKING:
    from quangba.site.outputs import Output  # it knows the context, which holds what is here

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

PROSE = "(min-width: 42rem) 40rem, 100vw"
"""How wide a picture in running text is: the measure, or the whole screen of a phone."""

IMAGE = re.compile(
    r"""
    <!--.*?-->
    | <img\b(?:[^>"']|"[^"]*"|'[^']*')*>       # <img alt="a > b" src="images/a.jpg">
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)

ATTRIBUTE = re.compile(r"""([\w:-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")

DECIDED = frozenset({"src", "srcset", "sizes", "width", "height", "loading", "decoding"})
"""Attributes that are decided here."""

WHOLE = frozenset({*TYPES, *SOUNDS, CAPTIONS})
"""Files that are written as they are, when a page shows them."""

SOUND_LINK = re.compile(rf'href="([^"]+(?:{"|".join(map(re.escape, SOUNDS))}))"', re.IGNORECASE)
"""``<a href="../audio/a.mp3">``: a text may offer a recording as well."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class SiteMedia:
    """Pictures, films and recordings of a site that is being built."""

    workspace: Workspace
    tell: Callable[[str], None] = lambda text: None
    """Says how far a long run is."""
    films: set[str] = field(default_factory=set)
    """Films, captions and recordings that pages show; only these are written."""

    def __post_init__(self) -> None:
        settings = self.workspace.settings
        self.pictures = Pictures(settings.content, settings.cache / "media" / "pictures", self.tell)

    def prepare(self) -> list[Problem]:
        """Encode the pictures of all pages that pass the gate, and return what is wrong."""
        pages = [n for n in self.workspace.names if self.workspace.decision(n).passes]
        return self.pictures.prepare(
            asset for name in pages for asset in self.workspace.assets_of(name)
        )

    def picture(
        self, asset: str, link: Callable[[str], str], sizes: str = "100vw"
    ) -> dict[str, Any] | None:
        """Return what a template needs of a picture; see :meth:`Pictures.describe`."""
        return self.pictures.describe(posixpath.normpath(asset), link, sizes)

    def use_pictures(
        self, html: str, here: str, link: Callable[[str], str], *, first: bool = False
    ) -> str:
        """
        Give the pictures of a page's HTML their sizes and formats.

        ``here`` is the address of the page from the root of the site. With ``first``, nothing
        stands before the HTML: its first picture is loaded at once.
        """

        def change(match: re.Match[str]) -> str:
            nonlocal first
            attributes = attributes_of(match[0])
            asset = asset_of(here, attributes.get("src") or "")
            picture = self.picture(asset, link, PROSE) if asset else None
            if picture is None:
                return match[0]
            now, first = first, False
            return element(picture, attributes, first=now)

        self.films |= {
            path for address in SOUND_LINK.findall(html) if (path := local(here, unescape(address)))
        }
        return IMAGE.sub(change, html)

    def video(
        self, meta: Mapping[str, Any], link: Callable[[str], str], language: Language
    ) -> dict[str, Any] | None:
        """
        Return what a template needs of the video in front matter, None without one.

        The result has ``src``, ``type``, ``poster``, ``width``, ``height``, ``title``,
        ``tracks`` (each ``src``, ``srclang``, ``label``, ``default``), ``transcript`` (a list of
        paragraphs) and ``credit``.
        """
        video = meta.get("video")
        if not isinstance(video, dict) or not isinstance(video.get("file"), str):
            return None
        file = posixpath.normpath(video["file"])
        path = self.workspace.settings.content / file
        if Path(file).suffix.lower() not in TYPES or not path.is_file():
            return None
        self.films.add(file)
        poster = self.picture(video["poster"], link) if video.get("poster") else None
        transcript = video.get("transcript") or []
        paragraphs = transcript if isinstance(transcript, list) else [transcript]
        made = next((c for c in credits(self.workspace) if c.asset == file), None)
        return {
            "src": link(quote(file)),
            "type": TYPES[Path(file).suffix.lower()],
            "poster": poster["src"] if poster else None,
            "width": poster["width"] if poster else 1280,
            "height": poster["height"] if poster else 720,
            "title": escape(video.get("title") or meta.get("title") or ""),
            "tracks": self.tracks(video.get("captions") or {}, link, language),
            "transcript": [escape(str(paragraph)) for paragraph in paragraphs],
            "credit": escape(made.credit or made.author) if made else None,
        }

    def tracks(
        self, captions: dict[str, str], link: Callable[[str], str], language: Language
    ) -> list[dict[str, Any]]:
        """Return the captions: the reader's language is shown from the start, else the source's."""
        settings = self.workspace.settings
        self.films.update(posixpath.normpath(str(name)) for name in captions.values())
        known = {each.code: each for each in settings.languages}
        shown = language.code if language.code in captions else settings.source.code
        return [
            {
                "src": link(quote(posixpath.normpath(str(captions[code])))),
                "srclang": each.html_lang,
                "label": escape(each.name),
                "default": code == shown,
            }
            for code, each in known.items()
            if code in captions
        ]

    def spoken(
        self, meta: Mapping[str, Any], link: Callable[[str], str], language: Language
    ) -> dict[str, Any] | None:
        """Return ``src`` and ``type`` of the spoken summary in a language, None without one."""
        spoken = meta.get("spoken")
        name = spoken.get(language.code) if isinstance(spoken, dict) else None
        if not is_sound(name):
            return None
        content, file = self.workspace.settings.content, posixpath.normpath(name)
        if not holds(content, file):
            return None
        self.films.add(file)
        return {"src": link(quote(file)), "type": SOUNDS[Path(file).suffix.lower()]}

    def credits(
        self, link: Callable[[str], str], page_url: Callable[[str], str | None]
    ) -> list[dict[str, Any]]:
        """
        Return the credits for a template: works of one author, licence and origin together.

        Each has ``author``, ``licence``, ``licence_url``, ``source`` and ``works``, and each of
        those ``asset``, ``picture`` (None for a film or a recording), ``taken_on`` and ``pages``.
        ``page_url`` gives the address of a page, None when it is not published in the language.
        """
        found: dict[tuple[str, str, str], dict[str, Any]] = {}
        for credit in credits(self.workspace):
            author = credit.credit or credit.author
            group = found.setdefault(
                (author, credit.licence, credit.source),
                {
                    "author": escape(author),
                    "licence": escape(credit.licence),
                    "licence_url": credit.licence_url,
                    "source": escape(credit.source),
                    "works": [],
                },
            )
            film = Path(credit.asset).suffix.lower() in WHOLE
            group["works"].append(
                {
                    "asset": escape(credit.asset),
                    "picture": None if film else self.picture(credit.asset, link),
                    "taken_on": escape(credit.taken_on) if credit.taken_on else None,
                    "pages": [name for name in credit.pages if page_url(name)],
                }
            )
        return list(found.values())

    def write(self, site: Path) -> None:
        """Write what pages use, once for all languages; ``site`` is the root of the site."""
        self.pictures.write(site)
        for film in sorted(self.films):
            content = self.workspace.settings.content
            source, target = content / film, site / film
            if not holds(content, film):
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            with source.open("rb") as old, target.open("wb") as new:
                while chunk := old.read(1 << 20):
                    new.write(chunk)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def finish_media(outputs: list[Output]) -> None:
    """Write the pictures and films that pages show; all languages share them."""
    outputs[0].context.media.write(outputs[0].folder)


def only_drawings(content: Path) -> bool:
    """
    Tell whether a site has no photograph and no film, so that every page may say so.

    Files count whether a page shows them or not: each is an input of all pages (``inputs.py``), so
    no build that renders some pages only lets others say something else.
    """
    names = (name for _, _, files in os.walk(content) for name in files)
    return not any(is_raster(name) or Path(name).suffix.lower() in TYPES for name in names)


def keep_in_place(files: Files) -> None:
    """
    Keep MkDocs from copying what is written here, once in each language.

    The files stay known, so that links to them are checked. Call it after static-i18n (``on_nav``),
    which makes new objects of all files in each language and takes ``a.vi.vtt`` for a translation.
    """
    for file in files:
        suffix = posixpath.splitext(file.src_uri)[1].lower()
        if file.src_dir and (is_raster(file.src_uri) or suffix in WHOLE):
            vars(file)["copy_file"] = leave


def leave(dirty: bool = False) -> None:
    """Stand in for ``File.copy_file``."""


def asset_of(here: str, address: str) -> str | None:
    """
    Return the path from ``content/`` of a picture that a page shows, None for those from elsewhere.

    >>> asset_of('ja/visit/yen-tu/', '../../../images/a%20b.jpg')
    'images/a b.jpg'
    """
    path = local(here, address)
    known = path and (is_raster(path) or path.lower().endswith(".svg"))
    return path if known else None


def local(here: str, address: str) -> str | None:
    """Return the path from ``content/`` that an address leads to, None for those from elsewhere."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(here), unquote(parts.path)))
    return None if path.startswith("../") else path


def attributes_of(tag: str) -> dict[str, str]:
    """Return the attributes of a tag, as text."""
    inner = tag[4:-1].rstrip("/") if tag[:4].lower() == "<img" else ""
    return {
        match[1].lower(): unescape(match[2] or match[3] or match[4] or "")
        for match in ATTRIBUTE.finditer(inner)
    }


def element(picture: dict[str, Any], given: dict[str, str], *, first: bool) -> str:
    """Return the HTML of a picture; attributes that an author gave are kept."""
    width, height = picture["width"], picture["height"]
    if re.fullmatch("[0-9]{1,5}", given.get("width", "")) and int(given["width"]) > 0:
        width, height = int(given["width"]), round(height * int(given["width"]) / width)
    attributes = {name: value for name, value in given.items() if name not in DECIDED}
    attributes.setdefault("alt", "")
    attributes |= {"src": picture["src"], "width": str(width), "height": str(height)}
    if picture["srcset"]:
        attributes |= {"srcset": picture["srcset"], "sizes": picture["sizes"]}
    attributes |= {"fetchpriority": "high"} if first else {"loading": "lazy"}
    attributes["decoding"] = "async"
    image = f"<img{written(attributes.items())}>"
    sources = [
        f"<source{written([*source.items(), ('sizes', picture['sizes'])])}>"
        for source in picture["sources"]
    ]
    return f"<picture>{''.join(sources)}{image}</picture>" if sources else image


def written(attributes: Iterable[tuple[str, str]]) -> str:
    """Return attributes as HTML."""
    return "".join(f' {name}="{escape_text(value)}"' for name, value in attributes)
