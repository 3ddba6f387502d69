"""
Licences of files: ``REUSE.toml``, which says for every file of the project whose it is.

    [[annotations]]
    path = "overrides/shared/assets/fonts/*.woff2"
    SPDX-FileCopyrightText = "2021 The Be Vietnam Pro Project Authors"
    SPDX-License-Identifier = "OFL-1.1"

The format is that of REUSE 3.3 (https://reuse.software/spec-3.3/): of several entries that match a
file the last one counts. ``*`` stops at a slash, ``**`` does not. Texts of the licences lie in
``LICENSES/``.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from quangba.errors import Problem, QuangbaError, say
from quangba.supply.spdx import canonical

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

STATEMENTS = "REUSE.toml"
"""Where the licences of files are, from the folder of ``mkdocs.yml``."""

TEXTS = "LICENSES"
"""Holds the text of each licence, ``<SPDX name>.txt``."""

SHIPPED = ("content", "guides", "kiosk", "locales", "overrides", "scripts")
"""Folders that are published, installed on devices or handed on."""

MADE = re.compile(r"(?:^|/)(?:__pycache__|[^/]+\.egg-info)/|\.py[co]$|(?:^|/)\.[^/]*\.tmp$")
"""What Python and our own writing leave behind."""

GLOB = re.compile(r"\\([\\*])|(\*\*)|(\*)|([^\\*]+|\\)")

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Statement:
    """One entry of ``REUSE.toml``."""

    paths: tuple[str, ...]
    """Patterns, from the folder of the project."""
    holders: tuple[str, ...]
    """Year and name of those who hold the copyright."""
    licence: str
    """SPDX expression."""

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """The patterns as regular expressions."""
        return tuple(re.compile(pattern_of(path)) for path in self.paths)

    def matches(self, file: str) -> bool:
        """Tell whether the entry speaks of a file."""
        return any(pattern.fullmatch(file) for pattern in self.patterns)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def pattern_of(path: str) -> str:
    r"""
    Return a pattern of ``REUSE.toml`` as a regular expression.

    >>> pattern_of('a/*.md'), pattern_of(r'b/**'), pattern_of(r'\*.c')
    ('a/[^/]*\\.md', 'b/.*', '\\*\\.c')
    """
    parts = []
    for escaped, deep, star, plain in GLOB.findall(path):
        wild = ".*" if deep else "[^/]*" if star else ""
        parts.append(wild or re.escape(escaped or plain))
    return "".join(parts)


def read_statements(root: Path) -> list[Statement]:
    """
    Read ``REUSE.toml``.

    Raises ``QuangbaError``: there is none, it is no TOML, or an entry lacks path, holder or an SPDX
    expression.
    """
    try:
        found = tomllib.loads((root / STATEMENTS).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise QuangbaError("supply-file-missing", STATEMENTS) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise QuangbaError("supply-file-unreadable", STATEMENTS, what=str(error)[:200]) from error
    entries = found.get("annotations")
    if not isinstance(entries, list) or not entries:
        what = say("không có mục `[[annotations]]`", "no `[[annotations]]`")
        raise QuangbaError("supply-file-unreadable", STATEMENTS, what=what)
    return [statement_of(entry, number) for number, entry in enumerate(entries, start=1)]


def statement_of(entry: Any, number: int) -> Statement:
    """Return one entry; raises ``QuangbaError`` for one that says too little."""
    given = entry if isinstance(entry, dict) else {}
    paths = words(given.get("path"))
    holders = words(given.get("SPDX-FileCopyrightText"))
    licence = canonical(str(given.get("SPDX-License-Identifier", "")))
    if not paths or not holders or not licence:
        what = say(
            f"mục thứ {number} thiếu path, SPDX-FileCopyrightText hoặc SPDX-License-Identifier",
            f"entry {number} lacks path, SPDX-FileCopyrightText or SPDX-License-Identifier",
        )
        raise QuangbaError("supply-file-unreadable", STATEMENTS, what=what)
    return Statement(paths, holders, licence)


def words(value: Any) -> tuple[str, ...]:
    """Return a text or a list of texts as a tuple, without what is empty or no text."""
    values = value if isinstance(value, list) else [value]
    return tuple(each for each in values if isinstance(each, str) and each.strip())


def statement_for(file: str, statements: Iterable[Statement]) -> Statement | None:
    """Return the entry that counts for a file: the last one that matches."""
    return next((each for each in reversed(list(statements)) if each.matches(file)), None)


def shipped_files(root: Path) -> Iterator[str]:
    """Yield the files in :data:`SHIPPED`, as paths from the folder of the project, sorted."""
    for top in SHIPPED:
        for folder, folders, names in os.walk(root / top):
            folders.sort()
            for name in sorted(names):
                file = (Path(folder) / name).relative_to(root).as_posix()
                if not MADE.search(file):
                    yield file


def reuse_problems(root: Path, statements: list[Statement]) -> list[Problem]:
    """
    Report files without a licence, patterns without a file, and licences without a text.

    Patterns that speak of other folders than :data:`SHIPPED` are looked up on the disk.
    """
    files = list(shipped_files(root))
    used: set[tuple[int, str]] = set()
    problems = []
    for file in files:
        matching = [(n, each) for n, each in enumerate(statements) if each.matches(file)]
        if not matching:
            problems.append(Problem.at("supply-no-licence", file))
        for number, each in matching:
            pairs = zip(each.paths, each.patterns, strict=True)
            used |= {(number, path) for path, pattern in pairs if pattern.fullmatch(file)}
    for number, each in enumerate(statements):
        for path in each.paths:
            if (number, path) not in used and not on_disk(root, path):
                problems.append(Problem.at("supply-licence-idle", STATEMENTS, path=path))
    names = {name for each in statements for name in licence_names(each.licence)}
    for name in sorted(names):
        if not (root / TEXTS / f"{name}.txt").is_file():
            problems.append(
                Problem.at("supply-licence-text", STATEMENTS, licence=name, folder=TEXTS)
            )
    return problems


def on_disk(root: Path, path: str) -> bool:
    """Tell whether a pattern that speaks of no shipped folder matches a file."""
    if path.partition("/")[0] in SHIPPED:
        return False
    plain = path.replace("\\*", "*").replace("\\\\", "\\")
    return any(each.is_file() for each in root.glob(plain + ("/*" if plain.endswith("**") else "")))


def licence_names(expression: str) -> list[str]:
    """
    Return the licences that an SPDX expression names.

    >>> licence_names('MIT AND (OFL-1.1 OR CC0-1.0)')
    ['MIT', 'OFL-1.1', 'CC0-1.0']
    """
    return [word for word in re.findall(r"[^\s()]+", expression) if word not in {"AND", "OR"}]
