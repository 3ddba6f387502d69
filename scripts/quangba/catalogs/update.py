"""Update all catalogs of a site: what ``quangba sync`` does."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from filelock import FileLock, Timeout

from quangba.catalogs.interface import synchronise_interface, template
from quangba.catalogs.memory import Memory
from quangba.catalogs.message import Catalog, Message
from quangba.catalogs.pofile import ACTIVE, OBSOLETE, form_problems, read_catalog
from quangba.catalogs.sync import Changes, carry_over, synchronise
from quangba.catalogs.workspace import SITE, Workspace
from quangba.errors import Problem, QuangbaError, Severity
from quangba.files import remove_leftovers, sync_folders, write_bytes, write_text
from quangba.settings import Language
from quangba.source.segments import Segment

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

RENAMED = 0.5
"""Share of common texts from which a new page counts as an old one under a new name."""

REDIRECTS = (
    "# Trang đổi tên: địa chỉ cũ → trang mới. Mã QR đã in sống lâu, đừng xóa dòng nào.\n"
    "# Renamed pages: old → new. Printed QR codes live long; do not remove lines.\n"
)

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
    """Catalogs that could not be used and were left alone."""


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

    def run(self, progress: Callable[[int, int], None] = lambda done, all: None) -> Update:
        """Update every catalog; raises ``QuangbaError`` when another update is running."""
        self.settings.cache.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.settings.cache / "sync.lock", timeout=0):
                self.update(progress)
        except Timeout as error:
            raise QuangbaError("sync-running") from error
        return self.result

    def update(self, progress: Callable[[int, int], None]) -> None:
        """Update every catalog whose page or file changed since the last time."""
        state = self.state()
        if state == self.old_state and not self.mend:
            return
        if self.settings.catalogs.is_dir():
            remove_leftovers(self.settings.catalogs)
        self.follow_renames()
        names = [SITE, *self.workspace.names]
        batch: list[tuple[Language, str, Catalog]] = []
        for done, name in enumerate(names):
            progress(done, len(names))
            if name != SITE and self.unreadable(name):
                continue
            for language in self.settings.targets:
                if name != SITE and self.unchanged(state, language, name):
                    continue
                catalog = self.one(language, name)
                if catalog is not None:
                    batch.append((language, name, catalog))
        progress(len(names), len(names))
        self.workspace.write_catalogs(batch)
        self.result.written += [self.workspace.catalog_file(lang, name) for lang, name, _ in batch]
        self.interface()
        self.workspace.cache.save(self.workspace.names)
        if not self.result.problems:
            self.write_state(self.state())

    def one(self, language: Language, name: str) -> Catalog | None:
        """Update one catalog; return it when it has to be written."""
        path = self.workspace.catalog_path(language, name)
        file = self.settings.relative(path)
        try:
            old = read_catalog(path, file, language.locale, mend=file in self.mend)
        except QuangbaError as error:
            self.result.problems.append(error.problem)
            return None
        segments = self.segments(name)
        if old is None and not segments:
            return None
        catalog = old or Catalog(language.locale)
        before, mended = contents(catalog), miscounted(catalog)
        changes = synchronise(catalog, segments, self.reference(name), self.memory(language))
        self.result.changes.setdefault(language.code, Changes()).add(changes)
        if not catalog.header_comments:
            direction = f"{self.settings.source.code} → {language.code}"
            catalog.header_comments = [f"Quảng Bá: {self.reference(name)} ({direction})"]
        mended = mended or bool(old and form_problems(path.read_bytes(), file))
        if old is None or mended or contents(catalog) != before:
            return catalog
        return None

    def unreadable(self, name: str) -> bool:
        """Report a page whose text cannot be trusted; its catalogs are left alone."""
        problems = self.workspace.page(name).problems
        self.result.problems += problems
        return any(p.severity >= Severity.ERROR and p.code != "page-hidden" for p in problems)

    def segments(self, name: str) -> list[Segment]:
        """Return the segments of a page or of the site."""
        if name == SITE:
            return self.workspace.site_segments()
        return self.workspace.collected(name).segments

    def reference(self, name: str) -> str:
        """Return what ``#:`` says."""
        return "mkdocs.yml" if name == SITE else self.settings.page_file(name)

    def memory(self, language: Language) -> Memory:
        """Return what was reviewed in a language, read when the first new text needs it."""
        if language.code not in self.memories:
            self.memories[language.code] = LazyMemory(self, language)
        return self.memories[language.code]

    # Renamed pages

    def follow_renames(self) -> None:
        """Move catalogs and approvals of renamed pages, and leave redirects."""
        if not self.settings.targets:
            return
        first = self.settings.targets[0]
        known = dict(self.catalog_names(first))
        orphans = {name: path for name, path in known.items() if name not in self.workspace.names}
        new = [name for name in self.workspace.names if name not in known]
        if not orphans or not new:
            return
        for name in new:
            own = {segment.msgid for segment in self.workspace.collected(name).segments}
            best, score = "", RENAMED
            for orphan, path in orphans.items():
                share = shared(path, self.settings.relative(path), first.locale, own)
                if share >= score:
                    best, score = orphan, share
            if best:
                del orphans[best]
                self.rename(best, name)

    def catalog_names(self, language: Language) -> Iterator[tuple[str, Path]]:
        """Yield the page names that a language has catalogs for."""
        folder = self.workspace.folder(language)
        for path in sorted(folder.rglob("*.po")) if folder.is_dir() else []:
            stem = path.relative_to(folder).as_posix().removesuffix(".po")
            if stem not in (SITE, "ui"):
                yield (stem if stem.endswith(".md") else f"{stem}.md"), path

    def rename(self, old: str, new: str) -> None:
        """Give the catalogs and the approval of a page its new name."""
        moved = []
        for language in self.settings.targets:
            path = self.workspace.catalog_path(language, old)
            file = self.settings.relative(path)
            catalog = read_catalog(path, file, language.locale)
            if catalog is not None:
                catalog = carry_over(catalog, language.locale)
                catalog.header_comments = []
                moved.append((language, new, catalog))
        self.workspace.write_catalogs(moved)
        for language in self.settings.targets:
            self.workspace.catalog_path(language, old).unlink(missing_ok=True)
        gate = self.workspace.gate
        source, target = gate.approval_file(old), gate.approval_file(new)
        if source.is_file() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(source, target)
            sync_folders([source.parent, target.parent])
        redirects = dict(self.workspace.redirects)
        redirects = {o: new if n == old else n for o, n in redirects.items() if o != new}
        redirects[old] = new
        self.workspace.redirects = redirects
        lines = yaml.safe_dump(redirects, allow_unicode=True, sort_keys=True)
        write_text(self.settings.data / "redirects.yml", REDIRECTS + lines)
        self.result.renamed[old] = new

    # Interface texts

    def interface(self) -> None:
        """Update ``ui.po`` of every language, the source included."""
        custom = self.settings.config.theme.custom_dir
        texts = template(Path(custom) if custom else None)
        for language in self.settings.languages:
            path = self.workspace.interface_path(language)
            file = self.settings.relative(path)
            try:
                if synchronise_interface(path, file, language.locale, texts):
                    self.result.written.append(file)
            except QuangbaError as error:
                self.result.problems.append(error.problem)

    # What did not change

    def state(self) -> dict[str, str]:
        """Return the SHA-256 of every file that an update reads."""
        files = [self.settings.content / name for name in self.workspace.names]
        files += sorted(self.settings.data.glob("*.yml"))
        files += sorted(self.settings.catalogs.rglob("*.po"))
        custom = self.settings.config.theme.custom_dir
        files += sorted(Path(custom).rglob("*.html")) if custom else []
        files += [Path(self.settings.config.config_file_path or "mkdocs.yml")]
        found = {"stamp": self.workspace.cache.stamp}
        for path in files:
            try:
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
            except OSError:
                digest = ""
            found[self.settings.relative(path)] = digest
        return found

    def unchanged(self, state: dict[str, str], language: Language, name: str) -> bool:
        """Tell whether page and catalog are as the last update left them."""
        files = (self.settings.page_file(name), self.workspace.catalog_file(language, name))
        return (
            not self.mend
            and state["stamp"] == self.old_state.get("stamp")
            and all(file in state and state[file] == self.old_state.get(file) for file in files)
        )

    def read_state(self) -> dict[str, str]:
        """Read what the last update left."""
        try:
            data = json.loads(self.state_path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return data if isinstance(data, dict) else {}

    def write_state(self, state: dict[str, str]) -> None:
        """Remember what this update left."""
        write_bytes(self.state_path, json.dumps(state).encode("utf-8"))


class LazyMemory(Memory):
    """A memory that reads the catalogs of its language when it is first asked."""

    def __init__(self, updater: Updater, language: Language) -> None:
        super().__init__()
        self.updater, self.language = updater, language
        self.read = False

    def reuse(self, message: Message) -> bool:
        if not self.read:
            self.read = True
            for name, path in self.updater.catalog_names(self.language):
                file = self.updater.settings.relative(path)
                try:
                    catalog = read_catalog(path, file, self.language.locale)
                except QuangbaError:
                    continue
                if catalog:
                    self.learn(catalog.active, self.updater.settings.page_file(name))
        return super().reuse(message)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def contents(catalog: Catalog) -> list[str]:
    """Return what a catalog says, without how it was written down."""
    return [repr({**vars(message), "line": 0}) for message in catalog.messages]


def miscounted(catalog: Catalog) -> bool:
    """Tell whether the header counts too few entries, as after a clean merge of two branches."""
    counts = (str(len(catalog.active)), str(len(catalog.obsolete)))
    return (catalog.header.get(ACTIVE), catalog.header.get(OBSOLETE)) != counts


def shared(path: Path, file: str, locale: str, texts: set[str]) -> float:
    """Return the share of texts that a catalog knows, from 0 to 1."""
    try:
        catalog = read_catalog(path, file, locale)
    except QuangbaError:
        return 0.0
    if catalog is None or not texts:
        return 0.0
    return len({message.msgid for message in catalog} & texts) / len(texts)
