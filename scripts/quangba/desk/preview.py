"""
Preview: the real page, rendered as the site renders it, with the name of each segment on it.

A page is shown with every text that its catalog has, drafts and stale texts too, whatever the
policy of the page: it never leaves this computer. The site is read once for each language; after
that a page is rendered anew at every call, from its catalog as it is now.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from tempfile import mkdtemp
from threading import RLock
from typing import Any
from weakref import finalize

from mkdocs.exceptions import Abort, BuildError, ConfigurationError
from mkdocs.structure.files import File

from quangba.catalogs.edits import identifier
from quangba.catalogs.message import Message
from quangba.errors import QuangbaError
from quangba.media.pictures import kept_file
from quangba.settings import Language, Settings, load_settings
from quangba.site.inside import Studio, load_alone
from quangba.site.own_fonts import finish_own_fonts
from quangba.site.publishing import Edition, Publisher, distinct
from quangba.source.segment import Segment
from quangba.source.segmenter import SEGMENT_NAMES

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

NAME, TEXT, END = "\U000f0000", "\U000f0001", "\U000f0002"
"""
Private-use characters around the name and the text of a segment that templates print: what stands
in the front matter has no element before the template makes one.
"""

PIECE = re.compile(
    rf"(?P<tag><!--.*?-->|<(?:script|style|title|textarea)\b.*?</|<[^<>]*>)"
    rf"|{NAME}(?P<name>[^{TEXT}]*){TEXT}(?P<text>[^{NAME}{END}<>]*){END}",
    re.DOTALL | re.IGNORECASE,
)
"""A tag, an element that holds no other, or a marked text."""

PICTURE = re.compile(rf"<img\b[^>]*{NAME}(?P<name>[^{TEXT}]*){TEXT}", re.IGNORECASE)
"""A picture whose description is marked."""

MARKS = re.compile(f"{NAME}[^{TEXT}]*{TEXT}|{END}")

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Everything(Publisher):
    """Shows every sound text that a catalog has."""

    def evaluate(self, name: str, language: Language) -> Edition:
        workspace = self.workspace
        edition = Edition(name, language, "machine")
        collected = workspace.collected(name)
        try:
            catalog = workspace.catalog(language, name)
        except QuangbaError as error:
            edition.problems.append(error.problem)
            return edition
        index = catalog.index() if catalog else {}
        for segment in distinct(collected.segments):
            message = index.get(segment.key) or Message(segment.msgid, msgctxt=segment.msgctxt)
            edition.states[message.state] += 1
            made_for = segment
            if message.stale and message.previous is not None:
                made_for = replace(segment, msgid=message.previous)
            text = message.msgstr
            in_front_matter = segment.kind.startswith("front matter")
            if not text or workspace.inspector.difference(made_for, text, collected):
                edition.leave(segment, message)
                # In its place stands the source, which is as good to point at.
                text = segment.msgid if in_front_matter else ""
            if text:
                edition.texts[segment.key] = named(segment, text) if in_front_matter else text
        return edition


@dataclass
class Stage:
    """The site in one language, and what it was read from."""

    studio: Studio
    stamp: tuple[object, ...]
    own_fonts: Path | None = None
    """Folder with the faces that the site brings and the rules for them, as a build writes them."""

    @cached_property
    def pages(self) -> dict[str, File]:
        """Files of pages by the name of the page."""
        return {file.src_uri: file for file in self.studio.documents}

    @cached_property
    def assets(self) -> dict[str, Path]:
        """Pictures, styles and fonts by their address in the site."""
        files = {
            file.dest_uri: Path(file.abs_src_path)
            for file in self.studio.files
            if not file.is_documentation_page() and file.abs_src_path
        }
        folder = self.own_fonts
        if folder is not None:
            own = (path for path in folder.rglob("*") if path.is_file())
            files |= {path.relative_to(folder).as_posix(): path for path in own}
        return files


class Preview:
    """Renders pages of a site for the desk; several threads may ask at once."""

    def __init__(self, config_file: str) -> None:
        self.config_file = config_file
        self.settings: Settings = load_settings(config_file)
        self.stages: dict[str, Stage] = {}
        self.lock = RLock()

    def render(self, language: Language, name: str) -> str:
        """
        Return the HTML of a page, with ``data-segment`` on what can be lit.

        Raises ``QuangbaError`` when the site cannot be rendered.
        """
        with self.lock:
            stage = self.stage(language)
            file = stage.pages.get(name)
            if file is None or file.page is None:
                raise QuangbaError("page-missing", self.settings.page_file(name))
            plugin: Any = stage.studio.config.plugins["quangba"]
            plugin.workspace.forget(language, name)
            plugin.publisher.forget(language, name)
            try:
                stage.studio.read(file.page)
                html = stage.studio.render(file.page)
            except (Abort, BuildError) as error:
                raise QuangbaError("config-wrong", self.config_file, what=str(error)) from error
            return lit(html, set(self.names(plugin.workspace.segments(name))))

    def names(self, segments: list[Segment]) -> Iterator[str]:
        """Yield the names of segments."""
        for segment in segments:
            yield identifier(segment.key)

    def address(self, language: Language, name: str) -> str:
        """Return the address of a page, from the root of the site: ``ja/visit/yen-tu/``."""
        with self.lock:
            file = self.stage(language).pages.get(name)
        if file is None:
            raise QuangbaError("page-missing", self.settings.page_file(name))
        return "" if file.url in (".", "./") else str(file.url)

    def page_at(self, address: str) -> tuple[Language, str] | None:
        """Return what stands at an address of the site; None when it is no page."""
        first = address.partition("/")[0]
        language = next(
            (each for each in self.settings.targets if each.code == first), self.settings.source
        )
        with self.lock:
            for name, file in self.stage(language).pages.items():
                if address.strip("/") in (file.url.strip("./"), file.dest_uri):
                    return language, name
        return None

    def asset(self, address: str) -> Path | None:
        """Return the file of a picture, style or font; None when the site has none there."""
        with self.lock:
            stages = list(self.stages.values()) or [self.stage(self.settings.source)]
            found = (stage.assets.get(address) for stage in stages)
            known = next((path for path in found if path is not None and path.is_file()), None)
            return known or kept_file(self.settings.cache / "media" / "pictures", address)

    def stage(self, language: Language) -> Stage:
        """Return the site in a language, read anew when something but a page's catalog changed."""
        stamp = tuple(self.inputs(language))
        stage = self.stages.get(language.code)
        if stage is None or stage.stamp != stamp:
            stage = self.stages[language.code] = self.read_site(language, stamp)
        return stage

    def read_site(self, language: Language, stamp: tuple[object, ...]) -> Stage:
        """Read the site in a language."""
        try:
            config = load_alone(self.config_file)
            plugin: Any = config.plugins["quangba"]
            plugin.make_publisher = Everything
            plugin.identify = lambda segment: identifier(segment.key)
            studio = Studio.begin(config, language.code)
        except (Abort, BuildError, ConfigurationError) as error:
            raise QuangbaError("config-wrong", self.config_file, what=str(error)) from error
        if not plugin.faces:
            return Stage(studio, stamp)
        folder = Path(mkdtemp(prefix="quangba-"))
        stage = Stage(studio, stamp, folder)
        finalize(stage, shutil.rmtree, folder, ignore_errors=True)
        finish_own_fonts([replace(each, folder=folder) for each in plugin.outputs.values()])
        return stage

    def inputs(self, language: Language) -> Iterator[object]:
        """Yield name, size and time of every file that all pages depend on."""
        settings = self.settings
        folder = settings.catalogs / language.code / "LC_MESSAGES"
        paths = [Path(self.config_file), folder / "site.po", folder / "ui.po"]
        for root in (settings.content, settings.templates):
            paths += sorted(root.rglob("*")) if root else []
        for path in paths:
            try:
                seen = path.stat()
            except OSError:
                continue
            yield str(path), seen.st_mtime_ns, seen.st_size


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def named(segment: Segment, text: str) -> str:
    """Put marks around a text that a template prints."""
    return f"{NAME}{identifier(segment.key)}{TEXT}{text}{END}"


def lit(html: str, names: set[str]) -> str:
    """
    Make elements of the marked texts of a page, and drop marks where no element may stand.

    A picture bears the name of the text that describes it.

    >>> page = f'<title>{NAME}ab{TEXT}Vé{END}</title><h1>{NAME}ab{TEXT}Vé{END}</h1>'
    >>> lit(page, {'ab'})
    '<title>Vé</title><h1><span data-segment="ab">Vé</span></h1>'
    >>> lit(f'<img alt="{NAME}ab{TEXT}Vé{END}">', {'ab'})
    '<img data-segment="ab" alt="Vé">'
    """

    def piece(match: re.Match[str]) -> str:
        if match["tag"] is not None:
            tag = MARKS.sub("", match["tag"])
            described = PICTURE.match(match["tag"])
            if described and described["name"] in names:
                return f'{tag[:4]} {SEGMENT_NAMES}="{described["name"]}"{tag[4:]}'
            return tag
        if match["name"] not in names:
            return match["text"]
        return f'<span {SEGMENT_NAMES}="{match["name"]}">{match["text"]}</span>'

    return MARKS.sub("", PIECE.sub(piece, html))
