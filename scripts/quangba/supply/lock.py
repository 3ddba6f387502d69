"""
The lock: ``requirements.lock`` as pip reads it, and which of its packages the product runs with.

    babel==2.18.0 ; sys_platform == 'linux' \\
        --hash=sha256:…

The file serves every system at once, so a package may stand there in two versions, each with a
marker. What runs is what ``pyproject.toml`` names under ``dependencies`` and what those ask for in
turn, by the metadata of the installed packages; the rest is for developers.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from itertools import product
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import NormalizedName, canonicalize_name

from quangba.errors import QuangbaError, say

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LOCK = "requirements.lock"
"""The lock, from the folder of ``mkdocs.yml``."""

PROJECT = "pyproject.toml"

HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")

SYSTEMS = (
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
)
VERSIONS = (
    {"python_version": "3.11", "python_full_version": "3.11.14"},
    {"python_version": "3.14", "python_full_version": "3.14.0"},
)
"""What a marker is asked for: a package counts when any of these computers would install it."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Locked:
    """One package of the lock."""

    name: NormalizedName
    """Name as PyPI compares names: ``zope.interface`` is ``zope-interface``."""
    version: str
    marker: str
    """Where it is installed (PEP 508), or nothing for everywhere."""
    hashes: tuple[str, ...]
    """SHA-256 of the files that pip may take, in hexadecimal, sorted."""
    line: int
    """Line in the lock, from 1."""

    @property
    def purl(self) -> str:
        """Its package URL, e.g. ``pkg:pypi/babel@2.18.0``."""
        return f"pkg:pypi/{self.name}@{self.version}"


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def read_lock(root: Path) -> list[Locked]:
    """
    Read the lock of a project, in the order of the file.

    Raises ``QuangbaError``: there is none, or a line of it is no package in one exact version with
    at least one hash (pip itself would refuse it, by ``--require-hashes``).
    """
    try:
        text = (root / LOCK).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise QuangbaError("supply-file-missing", LOCK) from error
    except (OSError, UnicodeDecodeError) as error:
        raise QuangbaError("supply-file-unreadable", LOCK, what=str(error)[:200]) from error
    return list(parse_lock(text))


def parse_lock(text: str) -> Iterator[Locked]:
    r"""
    Yield the packages of a lock; raises as :func:`read_lock`.

    >>> text = 'Ba.Bel==2.18.0 ; os_name == "nt" \\\n    --hash=sha256:' + 64 * 'a' + '\n'
    >>> [(found.name, found.version, found.marker) for found in parse_lock(text)]
    [('ba-bel', '2.18.0', 'os_name == "nt"')]
    """
    for line, entry in entries(text):
        hashes = tuple(sorted(HASH.findall(entry)))
        try:
            found = Requirement(entry.partition(" --hash")[0].strip())
        except InvalidRequirement as error:
            raise QuangbaError("supply-lock-line", LOCK, line, what=entry[:80]) from error
        exact = [each.version for each in found.specifier if each.operator == "=="]
        if len(found.specifier) != 1 or not exact or "*" in exact[0] or not hashes:
            raise QuangbaError("supply-lock-line", LOCK, line, what=entry[:80])
        name = canonicalize_name(found.name)
        yield Locked(name, exact[0], str(found.marker or ""), hashes, line)


def entries(text: str) -> Iterator[tuple[int, str]]:
    """Yield each entry, its continued lines joined, with the line where it begins."""
    start, parts = 0, list[str]()
    for number, line in enumerate(text.splitlines(), start=1):
        if not parts and (not line.strip() or line.lstrip().startswith("#")):
            continue
        start = start if parts else number
        parts.append(line.strip().removesuffix("\\").strip())
        if not line.rstrip().endswith("\\"):
            yield start, " ".join(parts)
            parts = []
    if parts:
        yield start, " ".join(parts)


def installed() -> dict[NormalizedName, Distribution]:
    """Return the packages that are installed beside this one, by name."""
    return {
        canonicalize_name(name): each
        for each in distributions()
        for name in each.metadata.get_all("Name") or ()
    }


def needed(root: Path) -> list[str]:
    """
    Return what ``pyproject.toml`` asks for to run.

    Raises ``QuangbaError`` when there is no such file, or none that says it.
    """
    try:
        data = tomllib.loads((root / PROJECT).read_text(encoding="utf-8"))
        return [str(each) for each in data["project"]["dependencies"]]
    except FileNotFoundError as error:
        raise QuangbaError("supply-file-missing", PROJECT) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        what = say("không có `dependencies`", "no `dependencies`")
        what = str(error)[:200] if isinstance(error, (OSError, ValueError)) else what
        raise QuangbaError("supply-file-unreadable", PROJECT, what=what) from error


def running(
    wanted: Iterable[str],
    locked: Iterable[Locked],
    known: Mapping[NormalizedName, Distribution],
) -> dict[NormalizedName, set[NormalizedName]]:
    """
    Return the packages of a lock that run, each with those that it asks for itself.

    A requirement that the lock leaves out (``tool.uv.override-dependencies``) is left out here too.
    """
    names = {each.name for each in locked}
    found: dict[NormalizedName, set[NormalizedName]] = {}
    done: set[tuple[NormalizedName, str]] = set()
    waiting = [requirement for text in wanted for requirement in active(text, "")]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name not in names:
            continue
        direct = found.setdefault(name, set())
        for extra in ("", *requirement.extras):
            if (name, extra) in done or name not in known:
                continue
            done.add((name, extra))
            for text in known[name].requires or ():
                for more in active(text, extra):
                    if canonicalize_name(more.name) in names:
                        direct.add(canonicalize_name(more.name))
                    waiting.append(more)
    return found


def active(text: str, extra: str) -> Iterator[Requirement]:
    """Yield a requirement if any computer asks for it."""
    try:
        requirement = Requirement(text)
    except InvalidRequirement:
        return
    if requirement.marker is None or applies(requirement.marker, extra):
        yield requirement


def applies(marker: Marker, extra: str) -> bool:
    """Tell whether a marker holds on any of the computers that we know."""
    return any(
        marker.evaluate({**system, **version, "extra": extra})
        for system, version in product(SYSTEMS, VERSIONS)
    )
