"""
Inputs: all files and settings that a site is made of, by content.

A build that follows another compares them. What belongs to one page (its text, its approval, its
translations) is told apart from what every page depends on: settings, facts, templates, interface
texts, this program itself.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import mkdocs
from mkdocs.config.defaults import MkDocsConfig

import quangba
from quangba.catalogs.workspace import SITE, UI, Workspace

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SETTLED_NS = 2_000_000_000
"""A file that was changed so short before it was read may have been changed again since (racy)."""

ADDRESS = re.compile(r" at 0x[0-9a-f]+")
"""Functions are named with the address that they have in this run."""

LIBRARY = Path(mkdocs.__file__).parents[1]
"""Where packages are installed."""

BUILD_VARIABLES = ("SOURCE_DATE_EPOCH",)

Signature = tuple[int, int, int, int]
"""Size, time of change (ns), time of change of the entry (ns), inode: as git's index has it."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Digests:
    """SHA-256 of files, remembered as long as nobody touched them."""

    known: dict[str, tuple[Signature, int, bytes]] = field(default_factory=dict)
    """By path: signature, when it was read (ns since 1970), digest."""
    met: dict[str, tuple[Signature, int, bytes]] = field(default_factory=dict)
    """Those that were asked for in this run."""
    now: int = 0

    def of(self, path: Path | str) -> bytes:
        """Return the digest of a file; nothing for one that cannot be read."""
        name = str(path)
        try:
            signature = signature_of(os.stat(name))  # noqa: PTH116 (thousands of them)
            held = self.known.get(name)
            if held and held[0] == signature and signature[1] + SETTLED_NS < held[1]:
                self.met[name] = held
                return held[2]
            with open(name, "rb") as stream:  # noqa: PTH123
                digest = hashlib.file_digest(stream, "sha256").digest()
        except OSError:
            return b""
        self.met[name] = signature, self.now, digest
        return digest


@dataclass(frozen=True)
class Inputs:
    """What a site is made of, now."""

    shared: bytes
    """What every page depends on."""
    languages: dict[str, bytes]
    """The site's own texts, by language."""
    pages: dict[str, bytes]
    """A page with its approval."""
    catalogs: dict[tuple[str, str], bytes]
    """Translations, by language and page."""


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def signature_of(status: os.stat_result) -> Signature:
    """Return what changes with a file."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def settings_text(config: MkDocsConfig) -> str:
    """Return all settings of a configuration that was loaded and not yet changed, as text."""
    apart = ("plugins", "theme", "site_dir", "config_file_path", "hooks", "strict")
    values = [(key, value) for key, value in sorted(config.items()) if key not in apart]
    # A hook stands among the plugins as the module that it is; sites with hooks are built whole.
    plugins = [
        (name, dict(each.config))
        for name, each in config.plugins.items()
        if hasattr(each, "config")
    ]
    theme = (config.theme.name, config.theme.custom_dir, sorted(config.theme.static_templates))
    return ADDRESS.sub("", repr([values, plugins, theme, dict(config.theme)]))


def inputs_of(workspace: Workspace, settings: str, digests: Digests) -> Inputs:
    """Read what a site is made of; ``settings`` is what :func:`settings_text` gave."""
    site = workspace.settings
    approvals = str(workspace.gate.approvals)
    of_pages = {
        name: combined(
            [
                digests.of(f"{site.content}/{name}"),
                digests.of(f"{approvals}/{name.removesuffix('.md')}.yml"),
            ]
        )
        for name in workspace.names
    }
    stems = {name: workspace.catalog_stem(name) for name in workspace.names}
    catalogs = {
        (language.code, name): digests.of(f"{folder}/{stem}.po")
        for language in site.targets
        for folder in [str(workspace.folder(language))]
        for name, stem in stems.items()
    }
    languages = {
        language.code: digests.of(workspace.catalog_path(language, SITE))
        for language in site.languages
    }
    own = {f"{site.content}/{name}" for name in workspace.names}
    files = [
        *(f for f in files_below(site.content) if not (f in own or f.startswith(f"{approvals}/"))),
        *(str(workspace.catalog_path(language, UI)) for language in site.languages),
        # The glossary; readings and keys of a language.
        *(file for file in files_below(site.catalogs) if not file.endswith(".po")),
        *(file for folder in own_folders(workspace) for file in files_below(folder)),
    ]
    variables = [f"{name}={os.environ.get(name, '')}" for name in BUILD_VARIABLES]
    told = [
        program(digests),
        settings,
        workspace.today.isoformat(),
        "\n".join(workspace.names),
        *variables,
    ]
    shared = combined([*map(str.encode, told), *paired(files, digests)])
    return Inputs(shared, languages, of_pages, catalogs)


def own_folders(workspace: Workspace) -> list[Path]:
    """Return the folders of a site's own templates and faces, each once."""
    settings = workspace.settings
    templates = (settings.templates, settings.shared_templates, settings.config.theme.custom_dir)
    faces = [(settings.root / stem).parent for stem in settings.options.fonts.values()]
    return list(dict.fromkeys([*(Path(folder) for folder in templates if folder), *faces]))


def files_below(folder: Path) -> list[str]:
    """Return the files of a folder, sorted; those of hidden folders too."""
    found = [
        os.path.join(top, name)  # noqa: PTH118
        for top, folders, names in os.walk(folder)
        for name in names
        if "__pycache__" not in top
    ]
    return sorted(found)


def paired(files: Iterable[str], digests: Digests) -> Iterator[bytes]:
    """Yield names and digests of files."""
    for file in files:
        yield file.encode("utf-8", "surrogateescape")
        yield digests.of(file)


def program(digests: Digests) -> str:
    """
    Return what tells one version of this program, and of those that it uses, from another.

    A folder with the version in its name lies beside every installed package (PEP 376).
    """
    folder = Path(quangba.__file__).parent
    own = combined(paired(files_below(folder), digests)).hex()
    packages = [path.name for path in LIBRARY.glob("*.dist-info")]
    return "\n".join([own, sys.version, *sorted(packages)])


def combined(parts: Iterable[bytes]) -> bytes:
    """Return one digest of several texts; where one ends and the next begins counts."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()


def told(value: Any) -> bytes:
    """Return a digest of a plain value."""
    return combined([repr(value).encode("utf-8", "backslashreplace")])
