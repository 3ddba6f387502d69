"""Update all catalogs of a site: what ``quangba sync`` does."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from quangba.catalogs.memory import Memory
from quangba.catalogs.message import Catalog
from quangba.catalogs.pofile import ACTIVE, OBSOLETE, entries, form_problems, serialise
from quangba.catalogs.sync import Changes, synchronise
from quangba.catalogs.workspace import SITE, UI, Workspace
from quangba.errors import Problem, QuangbaError, Severity
from quangba.files import fail, move, raise_failure, remove_leftovers, write_bytes, write_text
from quangba.settings import Language
from quangba.source.pages import SNIPPET
from quangba.source.segment import Segment

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

RENAMED = 0.5
"""Share of common texts from which a new page counts as an old one under a new name."""

REDIRECTS = (
    "# Trang đổi tên: địa chỉ cũ → trang mới. Mã QR đã in sống lâu, đừng xóa dòng nào.\n"
    "# Renamed pages: old → new. Printed QR codes live long; do not remove lines.\n"
)

TITLE = "Quảng Bá: "
"""How the header comment of a catalog begins; the page's path follows."""

SNIPPED = SNIPPET.encode()
"""A page with this shows another file, whose changes are not watched: it is always read again."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Update:
    """What an update did."""

    changes: dict[str, Changes] = field(default_factory=dict)
    """By language code."""
    written: list[str] = field(default_factory=list)
    """Files written, as people know them."""
    renamed: dict[str, str] = field(default_factory=dict)
    """Old and new names of pages."""
    problems: list[Problem] = field(default_factory=list)
    """Pages and catalogs that could not be used and were left alone."""


@dataclass(frozen=True)
class Made:
    """The first catalog of a page, as it was made for the first language."""

    name: str
    catalog: Catalog
    changes: Changes
    entries: str


class Updater:
    """Runs one update."""

    def __init__(self, workspace: Workspace, mend: frozenset[str] = frozenset()) -> None:
        self.workspace = workspace
        self.settings = workspace.settings
        self.mend = mend
        self.result = Update()
        self.state_path = self.settings.cache / "sync.json"
        self.old_state = self.read_state()
        self.memories: dict[str, Memory] = {}
        self.made: Made | None = None

    def run(self, progress: Callable[[int, int], None] = lambda done, all: None) -> Update:
        """Update every catalog; raises ``QuangbaError`` when another update is running."""
        with self.workspace.alone():
            self.update(progress)
        return self.result

    def update(self, progress: Callable[[int, int], None]) -> None:
        """Update every catalog whose page or file changed since the last time."""
        self.state = self.files()
        if self.state == self.old_state and not self.mend:
            return
        for folder in (self.settings.catalogs, self.settings.data, self.settings.cache):
            remove_leftovers(folder)
        self.follow_renames()
        self.workspace.write_files(self.new_files(progress))
        self.workspace.cache.save(self.workspace.names)
        self.write_state()

    def new_files(self, progress: Callable[[int, int], None]) -> Iterator[tuple[Path, bytes]]:
        """Yield the catalogs that have to be written, while those before are being flushed."""
        names = [UI, SITE, *self.workspace.names]
        for done, name in enumerate(names):
            progress(done, len(names))
            changed = self.changed(name)
            if changed and not self.unreadable(name):
                for language in changed:
                    for path, data in self.one(language, name):
                        file = self.settings.relative(path)
                        self.result.written.append(file)
                        self.state[file] = digest(data)
                        yield path, data
        progress(len(names), len(names))

    def one(self, language: Language, name: str) -> list[tuple[Path, bytes]]:
        """Update one catalog; return it when it has to be written."""
        path = self.workspace.catalog_path(language, name)
        file = self.settings.relative(path)
        try:
            segments = self.workspace.segments(name)
            old, data = None, b""
            if file in self.state:
                old, data = self.workspace.read_catalog(language, name, mend=file in self.mend)
        except QuangbaError as error:
            self.refuse(file, [error.problem])
            return []
        if old is None and not segments:
            return []
        if old is None and not self.memory(language):
            return [(path, self.first(language, name, segments))]
        catalog = old or Catalog(language.locale)
        sound = old and not miscounted(old) and not form_problems(data, file)
        before = serialise(old) if old and sound else ""
        changes = synchronise(catalog, segments, self.reference(name), self.memory(language))
        self.result.changes.setdefault(language.code, Changes()).add(changes)
        self.refer(catalog, name)
        self.head(catalog, language, name)
        after = serialise(catalog)
        return [] if after == before else [(path, after.encode("utf-8"))]

    def first(self, language: Language, name: str, segments: list[Segment]) -> bytes:
        """Return the first catalog of a page; its entries are the same in every language."""
        if self.made is None or self.made.name != name:
            catalog = Catalog("")
            changes = synchronise(catalog, segments, self.reference(name))
            self.refer(catalog, name)
            self.made = Made(name, catalog, changes, entries(catalog))
        self.result.changes.setdefault(language.code, Changes()).add(self.made.changes)
        catalog = Catalog(language.locale, self.made.catalog.messages)
        self.head(catalog, language, name)
        return serialise(catalog, self.made.entries).encode("utf-8")

    def refer(self, catalog: Catalog, name: str) -> None:
        """Name the templates that interface texts stand in."""
        if name == UI:
            files = {segment.key: files for segment, files in self.workspace.interface_texts}
            for message in catalog.active:
                message.references = files[message.key]

    def head(self, catalog: Catalog, language: Language, name: str) -> None:
        """
        Say in the first comment which page the catalog is for, also after it was renamed.

        Poedit takes the language of the sources from ``X-Source-Language``.
        """
        source = "en" if name == UI else self.settings.source.code
        title = f"{TITLE}{self.reference(name)} ({source} → {language.code})"
        others = [line for line in catalog.header_comments if not line.startswith(TITLE)]
        catalog.header_comments = [title, *others]
        catalog.header["X-Source-Language"] = source

    def unreadable(self, name: str) -> bool:
        """Report what is wrong with a page; the catalogs of one that cannot be read are left."""
        if name in (SITE, UI):
            return False
        problems = self.workspace.page(name).problems
        self.result.problems += [p for p in problems if p.severity < Severity.ERROR]
        errors = [p for p in problems if p.severity >= Severity.ERROR]
        if errors:
            self.refuse(self.settings.page_file(name), errors)
        return any(problem.code != "page-hidden" for problem in errors)

    def refuse(self, file: str, problems: Iterable[Problem]) -> None:
        """Report problems of a file, which the next update reads again."""
        self.state[file] = "refused"
        self.result.problems += [p for p in problems if p not in self.result.problems]

    def reference(self, name: str) -> str:
        """Return what ``#:`` says."""
        special = {SITE: "mkdocs.yml", UI: "quangba"}
        return special.get(name) or self.settings.page_file(name)

    def memory(self, language: Language) -> Memory:
        """Return what was reviewed in a language before this update."""
        if language.code not in self.memories:
            self.memories[language.code] = self.workspace.memory(language)
        return self.memories[language.code]

    # Renamed pages

    def follow_renames(self) -> None:
        """
        Move catalogs and approvals of renamed pages, and leave redirects.

        An update that was killed in between goes on here: a page may have its catalogs in some
        languages under the old name and in the others under the new one.
        """
        pages = set(self.workspace.names)
        having: dict[str, list[Language]] = {}
        for language in self.settings.targets:
            for name in self.workspace.catalog_names(language):
                having.setdefault(name, []).append(language)
        orphans = {name: langs for name, langs in having.items() if name not in pages}
        new = [
            n for n in self.workspace.names if len(having.get(n, ())) < len(self.settings.targets)
        ]
        if not orphans or not new:
            return
        known = {name: self.texts_of(name, languages) for name, languages in orphans.items()}
        pairs = []
        for name in new:
            own = {segment.msgid for segment in self.workspace.collected(name).segments}
            for old, texts in known.items():
                share = len(own & texts) / len(own) if own else 0.0
                both = set(orphans[old]) & set(having.get(name, ()))
                if share >= RENAMED and not both:
                    pairs.append((-share, name, old))
        for _, name, old in sorted(pairs):
            if old not in self.result.renamed and name not in self.result.renamed.values():
                self.rename(old, name, orphans[old])
        if self.result.renamed:
            self.state = self.files()

    def texts_of(self, name: str, languages: Iterable[Language]) -> set[str]:
        """Return the texts that a page had, from the first of its catalogs that can be read."""
        for language in languages:
            with suppress(QuangbaError):
                catalog = self.workspace.read_catalog(language, name)[0]
                return {message.msgid for message in catalog or ()}
        return set()

    def rename(self, old: str, new: str, languages: Iterable[Language]) -> None:
        """Give a page's redirect, approval and catalogs its new name, each at one stroke."""
        redirects = {o: new if n == old else n for o, n in self.workspace.redirects.items()}
        redirects.pop(new, None)
        redirects[old] = new
        if redirects != self.workspace.redirects:
            lines = yaml.safe_dump(redirects, allow_unicode=True, sort_keys=True)
            write_text(self.settings.data / "redirects.yml", REDIRECTS + lines)
            self.workspace.redirects = redirects
        gate = self.workspace.gate
        source, target = gate.approval_file(old), gate.approval_file(new)
        if source.is_file() and not target.exists():
            move(source, target)
        for language in languages:
            path = self.workspace.catalog_path(language, new)
            move(self.workspace.catalog_path(language, old), path)
        self.result.renamed[old] = new

    # What did not change

    def files(self) -> dict[str, str]:
        """Return a hash of every file and setting that an update reads."""
        config = self.settings.config
        root = str(self.settings.root) + os.sep
        content, data, catalogs = (
            f"{folder}{os.sep}"
            for folder in (self.settings.content, self.settings.data, self.settings.catalogs)
        )
        paths = [content + name for name in self.workspace.names]
        paths += [path for path in walk(data.rstrip(os.sep)) if path.endswith(".yml")]
        paths += [path for path in walk(catalogs.rstrip(os.sep)) if path.endswith(".po")]
        if self.settings.templates:
            paths += [p for p in walk(str(self.settings.templates)) if p.endswith(".html")]
        settings = [config.site_name, config.site_description, config.copyright, config.nav]
        languages = [language.code for language in self.settings.languages]
        found = {
            "stamp": self.workspace.cache.stamp,
            "settings": digest(repr([settings, languages, content, catalogs]).encode("utf-8")),
        }
        for path in paths:
            name = path.removeprefix(root).replace(os.sep, "/")
            try:
                found[name] = digest(Path(path).read_bytes())
            except OSError as error:
                raise_failure(error)
                found[name] = ""
        return found

    def changed(self, name: str) -> list[Language]:
        """Return the languages whose catalogs of a page are not as the last update left them."""
        if name in (SITE, UI):
            return self.settings.languages if name == UI else self.settings.targets
        new, old = self.state, self.old_state
        page = self.settings.page_file(name)
        if self.mend or new["stamp"] != old.get("stamp") or new[page] != old.get(page):
            return self.settings.targets
        files = {lang: self.workspace.catalog_file(lang, name) for lang in self.settings.targets}
        return [lang for lang, file in files.items() if new.get(file, "") != old.get(file)]

    def read_state(self) -> dict[str, str]:
        """Read what the last update left."""
        try:
            data = json.loads(self.state_path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return data if isinstance(data, dict) else {}

    def write_state(self) -> None:
        """Remember what this update left; a closed disk only costs time later."""
        with suppress(QuangbaError):
            write_bytes(self.state_path, json.dumps(self.state).encode("utf-8"))


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def digest(data: bytes) -> str:
    """Return a hash of a file's bytes; nothing can be said of one that shows another file."""
    if SNIPPED in data:
        return os.urandom(8).hex()
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def walk(folder: str) -> list[str]:
    """Return the files below a folder, sorted."""
    return sorted(
        f"{at}{os.sep}{name}" for at, _, names in os.walk(folder, onerror=fail) for name in names
    )


def miscounted(catalog: Catalog) -> bool:
    """Tell whether the header counts too few entries, as after a clean merge of two branches."""
    counts = (str(len(catalog.active)), str(len(catalog.obsolete)))
    return (catalog.header.get(ACTIVE), catalog.header.get(OBSOLETE)) != counts
