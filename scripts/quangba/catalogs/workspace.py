"""Workspace: one site's pages, segments and catalogs, read when they are needed."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from babel.support import NullTranslations
from filelock import FileLock, Timeout
from markdown import Markdown
from markdown.extensions import Extension

from quangba import source
from quangba.catalogs.cache import SegmentCache
from quangba.catalogs.interface import interface_texts, speaks, translations
from quangba.catalogs.memory import Memory
from quangba.catalogs.message import Catalog
from quangba.catalogs.pofile import parse, read_bytes, serialise
from quangba.errors import Problem, QuangbaError
from quangba.files import unwritable, write_many
from quangba.settings import Language, Settings
from quangba.source.areas import read_areas
from quangba.source.assets import assets_of
from quangba.source.data import DataError, load
from quangba.source.facts import Facts, read_facts
from quangba.source.gate import Approval, Decision, Gate, read_units
from quangba.source.kinds import (
    Checker,
    itinerary_problems,
    near_problems,
    text_patterns,
    twins,
)
from quangba.source.lunar import today
from quangba.source.markup import Inspector
from quangba.source.occurrences import event_problems
from quangba.source.pages import SNIPPET, Page, front_matter_segments, list_pages, read_page
from quangba.source.profiles import Profiles, read_profiles
from quangba.source.quick import quicken
from quangba.source.segment import Collected, Segment
from quangba.source.segmenter import SegmentExtension, collect
from quangba.source.statements import statement_problems
from quangba.source.tree import check_tree, taken_addresses

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SOURCE = Path(source.__file__).parent
"""The room that decides what a segment is."""

SITE = "site"
"""Name of the catalog of navigation, site name, tags, units and labels of facts."""

UI = "ui"
"""Name of the catalog of interface texts, which the source language has too."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Workspace:
    """One site, as commands and the plugin use it."""

    settings: Settings
    today: date = field(default_factory=today)

    def __post_init__(self) -> None:
        self._pages: dict[str, Page] = {}
        self._collected: dict[str, Collected] = {}
        self._catalogs: dict[tuple[str, str], Catalog | QuangbaError | None] = {}
        self._decisions: dict[str, Decision] = {}
        self._interfaces: dict[str, NullTranslations] = {}
        self._voices: dict[str, Language] = {}
        self.assets: dict[str, list[str]] = {}
        """What :meth:`assets_of` gave."""
        # A build changes these in the configuration, language by language.
        config = self.settings.config
        self.site_name: str = config.site_name or ""
        self.site_description: str = config.site_description or ""
        self.copyright: str = config.copyright or ""
        self.nav: Any = config.nav
        own = (self.settings.templates, config.theme.custom_dir)
        templates = dict.fromkeys(Path(folder) for folder in own if folder)
        for folder in (self.settings.content, self.settings.catalogs, *templates):
            check_tree(folder, self.settings.root)

    # Source

    @cached_property
    def names(self) -> list[str]:
        """Names of all pages."""
        return list_pages(self.settings.content)

    def page(self, name: str) -> Page:
        """Read a page, once."""
        if name not in self._pages:
            file = self.settings.page_file(name)
            self._pages[name] = read_page(self.settings.content, name, file)
        return self._pages[name]

    def assets_of(self, name: str) -> list[str]:
        """Return the pictures and other files that a page shows, sorted."""
        if name not in self.assets:
            self.assets[name] = sorted(set(assets_of(self.page(name))))
        return self.assets[name]

    @property
    def editions(self) -> list[str]:
        """Editions that readers of the site have."""
        return ["portal", "kiosk"] if (self.settings.data / "gates.yml").is_file() else ["portal"]

    def kind_of(self, name: str) -> str:
        """Return the kind of a page."""
        return str(self.page(name).meta.get("type", "article"))

    @cached_property
    def facts(self) -> Facts:
        """The site's facts."""
        path = self.settings.data / "facts.yml"
        return read_facts(path, self.settings.relative(path))

    @cached_property
    def units(self) -> dict[str, dict[str, Any]]:
        """Owners of pages."""
        return read_units(self.settings.data / "units.yml")

    @cached_property
    def profiles(self) -> Profiles:
        """The gates where kiosks stand; raises ``QuangbaError``."""
        settings = self.settings
        path = settings.data / "gates.yml"
        return read_profiles(
            path,
            settings.relative(path),
            content=settings.content,
            pages=self.names,
            languages=[language.code for language in settings.languages],
            units=self.units,
        )

    @cached_property
    def gate(self) -> Gate:
        """The gate of the site."""
        options = self.settings.options
        return Gate(
            self.settings.content,
            self.facts,
            self.units,
            sample=options.sample,
            closed=options.gate,
            today=self.today,
            kinds=Checker(
                self.names,
                self.communes,
                self.facts.entries,
                self.areas,
                renamed=self.known_redirects,
                more=[
                    event_problems,
                    itinerary_problems,
                    lambda page: near_problems(page, self.kind_of, self.editions),
                    lambda page: statement_problems(page, self.facts),
                ],
            ),
        )

    @cached_property
    def communes(self) -> dict[str, dict[str, Any]] | None:
        """Present-day wards, communes and special zones; None where the site has no list."""
        path = self.settings.data / "communes.yml"
        if not path.is_file():
            return None
        # A list without a unit in it says no more than no list.
        return read_units(path, self.settings.relative(path)) or None

    @cached_property
    def areas(self) -> dict[str, str] | None:
        """Areas that places are sorted by, with their Vietnamese names; None without a list."""
        path = self.settings.data / "areas.yml"
        return read_areas(path, self.settings.relative(path))

    @cached_property
    def twins(self) -> dict[str, Problem]:
        """Pages that have the id or the address of something else."""
        found = twins(self.page(name) for name in self.names)
        codes = [language.code for language in self.settings.targets]
        for name, other in taken_addresses(self.names, codes).items():
            found[name] = Problem.at("page-address", self.settings.page_file(name), other=other)
        return found

    def decision(self, name: str) -> Decision:
        """What the gate says about a page."""
        if name not in self._decisions:
            decision = self.gate.decide(self.page(name))
            if self.gate.closed and name in self.twins and not decision.withdrawn:
                decision.problems.append(self.twins[name])
            self._decisions[name] = decision
        return self._decisions[name]

    def recall(self, name: str, approval: Approval | None, problems: list[Problem]) -> None:
        """Take over what the gate said of a page that did not change since."""
        page = Page(name, self.settings.page_file(name), "")
        self._decisions[name] = Decision(page, approval, problems)

    # Segments

    @cached_property
    def extension(self) -> SegmentExtension:
        """The Markdown extension that collects."""
        return SegmentExtension()

    @cached_property
    def markdown(self) -> Markdown:
        """A Markdown instance as the site configures it, with :attr:`extension`."""
        return self.make_markdown([self.extension])

    @cached_property
    def inspector(self) -> Inspector:
        """Compares the structure of texts with their translations."""
        return Inspector(self.make_markdown([]))

    def make_markdown(self, more: list[SegmentExtension]) -> Markdown:
        """Make a Markdown instance with the site's extensions and some more."""
        config = self.settings.config
        # During a build the configuration also holds the plugin's own extensions.
        own = [name for name in config.markdown_extensions if isinstance(name, str)]
        extensions: list[str | Extension] = [*own, *more]
        return quicken(Markdown(extensions=extensions, extension_configs=config.mdx_configs or {}))

    def collected(self, name: str) -> Collected:
        """Return what a page holds for translators, from the cache when it did not change."""
        if not self.knows(name):
            self.keep(name, self.collect(self.page(name)))
        return self._collected[name]

    def knows(self, name: str) -> bool:
        """Tell whether :meth:`collected` is answered without reading the page."""
        if name not in self._collected:
            found = self.cache.get(name, self.page(name).digest)
            if found is not None:
                self._collected[name] = found
        return name in self._collected

    def keep(self, name: str, found: Collected) -> None:
        """Remember what a page holds for translators, also for the next run."""
        page = self.page(name)
        # A snippet is another file that may change on its own.
        if SNIPPET not in page.text:
            self.cache.put(name, page.digest, found)
        self._collected[name] = found

    def collect(self, page: Page) -> Collected:
        """Collect the segments of a page: front matter first, then the body."""
        found = collect(self.markdown, self.extension, page.body, page.body_line)
        self.add_front_matter(page, found)
        return found

    def add_front_matter(self, page: Page, found: Collected) -> None:
        """Put the segments of the front matter before those of the body."""
        patterns = text_patterns(page.meta, self.settings.options.front_matter)
        found.segments[:0] = [s for s, _, _ in front_matter_segments(page, patterns)]

    def learn(self, name: str, found: Collected) -> None:
        """Take the segments that a build met while it rendered the page."""
        self.add_front_matter(self.page(name), found)
        self._collected[name] = found

    @cached_property
    def cache(self) -> SegmentCache:
        """Segments by content hash."""
        config = self.settings.config
        made_by = [
            *(path.read_text(encoding="utf-8") for path in sorted(SOURCE.glob("*.py"))),
            *(path.read_text(encoding="utf-8") for path in sorted(SOURCE.glob("kinds/*.yml"))),
            version("Markdown"),
            version("pymdown-extensions"),
            repr([name for name in config.markdown_extensions if isinstance(name, str)]),
            # Functions are named with the address they have in this run.
            re.sub(r" at 0x[0-9a-f]+", "", repr(config.mdx_configs)),
            repr(self.settings.options.front_matter),
        ]
        stamp = hashlib.sha256("\x1f".join(made_by).encode("utf-8")).hexdigest()
        return SegmentCache(self.settings.cache / "segments.json", stamp)

    # Catalogs

    def folder(self, language: Language) -> Path:
        """Return the folder of a language's catalogs."""
        return self.settings.catalogs / language.code / "LC_MESSAGES"

    def catalog_path(self, language: Language, name: str) -> Path:
        """
        Return the path of a catalog: ``visit/yen-tu.md`` → ``visit/yen-tu.po``.

        A page ``site.md`` or ``ui.md`` keeps its ending, to leave the site's own catalogs alone,
        also where the file system takes ``Site.po`` for ``site.po``.
        """
        return self.settings.root / self.catalog_file(language, name)

    def catalog_names(self, language: Language) -> list[str]:
        """Return the names of the pages that a language has catalogs for, sorted."""
        folder = self.folder(language)
        stems = sorted(path.relative_to(folder).as_posix()[:-3] for path in folder.rglob("*.po"))
        return [
            stem if stem.lower() in ("site.md", "ui.md") else f"{stem}.md"
            for stem in stems
            if stem not in (SITE, UI)
        ]

    def catalog_file(self, language: Language, name: str) -> str:
        """Return the path of a catalog as people know it."""
        return f"{self.settings.relative(self.folder(language))}/{self.catalog_stem(name)}.po"

    def catalog_stem(self, name: str) -> str:
        """Return the path of a catalog in the folder of its language, without its ending."""
        return name if name.lower() in ("site.md", "ui.md") else name.removesuffix(".md")

    def catalog(self, language: Language, name: str) -> Catalog | None:
        """
        Read a catalog, once; None when there is none.

        Raises ``QuangbaError`` when it cannot be used.
        """
        key = (language.code, name)
        if key not in self._catalogs:
            try:
                self._catalogs[key] = self.read_catalog(language, name)[0]
            except QuangbaError as error:
                self._catalogs[key] = error
        found = self._catalogs[key]
        if isinstance(found, QuangbaError):
            raise found
        return found

    def read_catalog(
        self, language: Language, name: str, *, mend: bool = False
    ) -> tuple[Catalog | None, bytes]:
        """Read a catalog and the bytes of its file; None and nothing when there is none."""
        file = self.catalog_file(language, name)
        data = read_bytes(self.catalog_path(language, name), file)
        if data is None:
            return None, b""
        return parse(data, file, language.locale, mend=mend), data

    def forget(self, language: Language, name: str) -> None:
        """Read a catalog anew when it is asked for next."""
        self._catalogs.pop((language.code, name), None)
        self._interfaces.pop(language.code, None)
        self._voices.pop(language.code, None)

    def write_catalogs(self, catalogs: Iterable[tuple[Language, str, Catalog]]) -> None:
        """Write catalogs durably, in canonical form."""
        self.write_files(
            (self.catalog_path(language, name), serialise(catalog).encode("utf-8"))
            for language, name, catalog in catalogs
        )

    def write_files(self, files: Iterable[tuple[Path, bytes]]) -> None:
        """Write files durably."""
        try:
            write_many(files)
        except QuangbaError as error:
            values = dict(error.problem.values)
            file = self.settings.relative(error.problem.file)
            raise QuangbaError(error.problem.code, file, 0, **values) from error

    @contextmanager
    def alone(
        self, what: str = "sync", code: str = "sync-running", *, wait: float = 0
    ) -> Iterator[None]:
        """
        Keep out other commands that do the same: read catalogs and write them back.

        Raises ``QuangbaError`` (``code``) when one of them is still running after ``wait``
        seconds. A killed command leaves no lock.
        """
        path = self.settings.cache / f"{what}.lock"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            lock = FileLock(path, timeout=wait)
            lock.acquire()
        except Timeout as error:
            raise QuangbaError(code) from error
        except OSError as error:
            raise unwritable(self.settings.relative(path), error) from error
        try:
            yield
        finally:
            lock.release()

    def memory(self, language: Language) -> Memory:
        """Return what is reviewed in a language, on every page."""
        memory = Memory()
        for name in self.catalog_names(language):
            file = self.catalog_file(language, name)
            with suppress(QuangbaError):
                data = read_bytes(self.catalog_path(language, name), file)
                memory.shelve(data or b"", self.settings.page_file(name))
        return memory

    def segments(self, name: str) -> list[Segment]:
        """Return the segments of a page, of the site's own texts or of the interface."""
        if name == UI:
            return [segment for segment, _ in self.interface_texts]
        return self.site_segments if name == SITE else self.collected(name).segments

    # Interface texts

    def interface_path(self, language: Language) -> Path:
        """Return the path of a language's interface texts."""
        return self.catalog_path(language, UI)

    def voice(self, language: Language) -> Language:
        """Return the language that the interface speaks: its own, else that of the content."""
        if language.code not in self._voices:
            own = language == self.settings.source or speaks(self.catalog(language, UI))
            # English is what templates are written in: it needs no catalog.
            own = own or language.code == "en"
            self._voices[language.code] = language if own else self.settings.source
        return self._voices[language.code]

    def interface(self, language: Language) -> NullTranslations:
        """Return a language's interface texts."""
        if language.code not in self._interfaces:
            catalog = self.catalog(self.voice(language), UI)
            self._interfaces[language.code] = translations(catalog)
        return self._interfaces[language.code]

    @cached_property
    def interface_texts(self) -> list[tuple[Segment, list[str]]]:
        """The interface texts and where they stand."""
        return interface_texts(self.settings.templates)

    # The site's own texts

    @cached_property
    def site_segments(self) -> list[Segment]:
        """The texts that belong to no page: names, navigation, tags, units, facts."""
        found = []
        for context, text in (
            ("site name", self.site_name),
            ("site description", self.site_description),
            ("copyright", self.copyright),
            ("masthead", self.settings.options.masthead),
            ("legal line", self.settings.options.legal_line),
        ):
            if text:
                found.append(Segment(text, context, context, plain=True))
        found += [Segment(t, "navigation", "navigation", plain=True) for t in self.nav_titles()]
        used: dict[str, None] = {}
        tags: dict[str, None] = {}
        communes: dict[str, None] = {}
        for name in self.names:
            page = self.page(name)
            used.update(dict.fromkeys(page.facts))
            units = page.meta.get("communes")
            if self.communes is not None and isinstance(units, list):
                communes.update(dict.fromkeys(map(str, units)))
            listed = page.meta.get("tags")
            tags.update(dict.fromkeys(map(str, listed if isinstance(listed, list) else [])))
            title = self.file_title(name)
            if title:
                found.append(Segment(title, "page title", "page title", plain=True))
        found += [Segment(tag, "tag", "tag", plain=True) for tag in tags]
        found += [Segment(unit, "commune", "commune", plain=True) for unit in communes]
        found += [Segment(n, "area", "area", plain=True) for n in (self.areas or {}).values()]
        found += [
            Segment(str(unit["name"]), "unit", "unit", plain=True)
            for unit in self.units.values()
            if unit.get("name")
        ]
        for name in used:
            if name in self.facts.entries:
                label = self.facts.entries[name].label
                found.append(Segment(label, "fact", "fact", plain=True))
        return found

    def file_title(self, name: str) -> str | None:
        """Return the title that MkDocs makes from a file's name, where nothing else gives one."""
        if self.page(name).meta.get("title") or name in titled_in(self.nav):
            return None
        if any(segment.kind == "heading 1" for segment in self.collected(name).segments):
            return None
        stem = posixpath.basename(name).removesuffix(".md")
        return "Home" if name == "index.md" else folder_title(stem)

    def nav_titles(self) -> list[str]:
        """Return the titles that the navigation gives, sections first met first."""
        if self.nav is not None:
            return list(dict.fromkeys(titles_in(self.nav)))
        folders = dict.fromkeys(
            part for name in self.names for part in posixpath.dirname(name).split("/") if part
        )
        return [folder_title(folder) for folder in folders]

    @cached_property
    def redirects(self) -> dict[str, str]:
        """Old and new names of renamed pages."""
        path = self.settings.data / "redirects.yml"
        file = self.settings.relative(path)
        text = read_bytes(path, file)
        try:
            data = load((text or b"").decode("utf-8-sig")) or {}
        except (DataError, UnicodeDecodeError) as error:
            line = error.line if isinstance(error, DataError) else 0
            raise QuangbaError("data-yaml", file, line, what=str(error)) from error
        if not isinstance(data, dict):
            raise QuangbaError("data-yaml", file, what="old.md: new.md")
        return {str(old): str(new) for old, new in data.items()}

    @property
    def known_redirects(self) -> dict[str, str]:
        """Old and new names of renamed pages; none where their file cannot be read."""
        try:
            return self.redirects
        except QuangbaError:
            return {}  # the check of that file says why


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def titles_in(nav: Any) -> Iterator[str]:
    """
    Yield the titles in a ``nav`` of ``mkdocs.yml``.

    >>> list(titles_in([{'Tham quan': ['a.md', {'Vịnh': 'b.md'}]}]))
    ['Tham quan', 'Vịnh']
    """
    if isinstance(nav, list):
        for item in nav:
            yield from titles_in(item)
    elif isinstance(nav, dict):
        for title, item in nav.items():
            yield str(title)
            if isinstance(item, list | dict):
                yield from titles_in(item)


def titled_in(nav: Any) -> set[str]:
    """
    Return the pages that a ``nav`` gives titles to.

    >>> titled_in([{'Tham quan': ['a.md', {'Vịnh': 'b.md'}]}])
    {'b.md'}
    """
    if isinstance(nav, list):
        return {name for item in nav for name in titled_in(item)}
    if isinstance(nav, dict):
        return {
            name
            for item in nav.values()
            for name in ({item} if isinstance(item, str) else titled_in(item))
        }
    return set()


def folder_title(name: str) -> str:
    """
    Return the title that MkDocs makes from the name of a folder or file.

    >>> folder_title('ve-tau'), folder_title('FAQ')
    ('Ve tau', 'FAQ')
    """
    title = name.replace("-", " ").replace("_", " ")
    return title.capitalize() if title.lower() == title else title
