"""
Advisories: what is known to be unsafe, from a database on disk, without a network.

The database is a folder or a zip file of advisories in the OSV format (version 1.7,
https://ossf.github.io/osv-schema/): JSON as OSV exports it, or YAML as the Python Packaging
Authority keeps it. It is foreign input: nothing is unpacked, and sizes, depth and kinds of values
are judged before they are used.
"""

from __future__ import annotations

import json
import lzma
import os
import stat
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from packaging.utils import NormalizedName, canonicalize_name
from packaging.version import InvalidVersion, Version

from quangba.errors import Problem, QuangbaError, say
from quangba.kiosk.names import printable
from quangba.source.data import DataError, load
from quangba.supply.lock import LOCK, Locked

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

T = TypeVar("T")

ECOSYSTEM = "pypi"

ENDINGS = (".json", ".yaml", ".yml")

LARGEST = 4 << 20
"""Bytes of one advisory; more is refused."""

LONGEST = 8 << 30
"""Bytes of a whole database, unpacked; more is refused."""

MOST = 1_000_000
"""Files in a database; more are refused."""

DAMAGED = (
    OSError,
    RuntimeError,
    EOFError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
)
"""What ``zipfile`` raises: also for a password or a compression that it does not know."""

OLDEST = timedelta(days=30)
"""A database older than this says nothing about today."""

SKEW = timedelta(days=1)
"""An advisory dated further ahead than this is not believed, nor does it make a database fresh."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class UnreadableError(Exception):
    """Raised for an advisory that cannot be used; its text says why."""


@dataclass(frozen=True)
class Affected:
    """Versions of one package that an advisory speaks of."""

    name: NormalizedName
    versions: frozenset[str] = frozenset()
    """Versions that are named one by one."""
    ranges: tuple[tuple[tuple[str, str], ...], ...] = ()
    """Ranges, each a list of events: ``introduced``, ``fixed``, ``last_affected`` or ``limit``."""


@dataclass(frozen=True)
class Advisory:
    """One advisory, as far as it is needed."""

    id: str
    aliases: frozenset[str]
    """Other names of the same weakness, e.g. ``CVE-2026-1234``."""
    summary: str
    modified: datetime
    """When it was last changed (UTC)."""
    withdrawn: datetime | None
    affected: tuple[Affected, ...]


@dataclass
class Database:
    """What was read."""

    advisories: list[Advisory] = field(default_factory=list)
    """Those that name a package that was asked for."""
    count: int = 0
    """Advisories about packages of PyPI."""
    newest: datetime | None = None
    """The latest change of any of them; None when there is none."""
    problems: list[Problem] = field(default_factory=list)
    """Files that cannot be used. What they would have said is not known."""

    def age(self, now: datetime) -> timedelta | None:
        """Return how long ago the newest advisory was changed."""
        return max(now - self.newest, timedelta()) if self.newest else None


@dataclass
class Finding:
    """A locked package and what is known about it, all names of one weakness together."""

    package: Locked
    names: set[str]
    summary: str
    fixed: str | None
    """The lowest later version without it, or None."""

    @property
    def problem(self) -> Problem:
        """The finding in words, at the line of the lock."""
        code = "supply-unsafe" if self.fixed else "supply-unsafe-unfixed"
        return Problem.at(
            code,
            LOCK,
            self.package.line,
            package=self.package.name,
            version=self.package.version,
            names=", ".join(sorted(self.names, key=lambda name: (name.startswith("CVE-"), name))),
            summary=self.summary or "–",
            **({"fixed": self.fixed} if self.fixed else {}),
        )


# ----------------------------------------------------------------------------
# Functions: reading
# ----------------------------------------------------------------------------


def read_database(path: Path, wanted: Collection[NormalizedName], now: datetime) -> Database:
    """
    Read a folder or a zip file of advisories and keep those about the packages that are wanted.

    Raises ``QuangbaError`` when it is neither, or cannot be read as a whole.
    """
    found = Database()
    size = 0
    for name, raw in files_of(path):
        size += LARGEST if raw is None else len(raw)
        if size > LONGEST:
            raise too_many(path)
        try:
            if raw is None:
                raise UnreadableError(say(f"lớn hơn {LARGEST} byte", f"more than {LARGEST} bytes"))
            advisory = parse(raw, name)
        except UnreadableError as error:
            found.problems.append(
                Problem.at("supply-advisory-unreadable", printable(name), what=str(error))
            )
            continue
        if not advisory.affected:
            continue
        found.count += 1
        if advisory.modified <= now + SKEW:
            found.newest = max(found.newest or advisory.modified, advisory.modified)
        if any(each.name in wanted for each in advisory.affected):
            found.advisories.append(advisory)
    return found


def files_of(path: Path) -> Iterator[tuple[str, bytes | None]]:
    """
    Yield the advisories of a database by name; None for one that is too large.

    Links and whatever is no plain file are passed by. Of the repository of the Python Packaging
    Authority only the folder ``vulns`` is read: its other files are no advisories.
    """
    try:
        if path.is_dir():
            yield from files_of_folder(path)
            return
        with zipfile.ZipFile(path) as archive:
            yield from files_of_zip(archive, path)
    except FileNotFoundError as error:
        raise QuangbaError("supply-database-missing", path) from error
    except DAMAGED as error:
        what = printable(str(error)) or type(error).__name__
        raise QuangbaError("supply-database-wrong", path, what=what) from error


def files_of_folder(path: Path) -> Iterator[tuple[str, bytes | None]]:
    """Yield the advisories in a folder and the folders in it; raises ``OSError``."""
    names = []
    for folder, folders, files in os.walk(path, onerror=refuse):
        folders.sort()
        names += [(Path(folder) / name).relative_to(path).as_posix() for name in sorted(files)]
        if len(names) > MOST:
            raise too_many(path)
    for name in advisories_among(names):
        file = path / name
        if not stat.S_ISREG(file.lstat().st_mode):
            continue
        with file.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
        yield name, raw if len(raw) <= LARGEST else None


def files_of_zip(archive: zipfile.ZipFile, path: Path) -> Iterator[tuple[str, bytes | None]]:
    """Yield the advisories in a zip file; sizes are counted as they are read, not believed."""
    entries = {entry.filename: entry for entry in archive.infolist() if not entry.is_dir()}
    if len(archive.infolist()) > MOST:
        raise too_many(path)
    unpacked = archive.open
    for name in advisories_among(entries):
        with unpacked(entries[name]) as stream:
            raw = stream.read(LARGEST + 1)
        yield name, raw if len(raw) <= LARGEST else None


def advisories_among(names: Iterable[str]) -> list[str]:
    """
    Return the files that are advisories by their names.

    >>> advisories_among(['main/triage/a.yaml', 'main/vulns/b/c.yaml', 'main/.github/d.yaml'])
    ['main/vulns/b/c.yaml']
    """
    found = [
        name
        for name in names
        if name.lower().endswith(ENDINGS)
        and not any(part.startswith(".") and part != ".." for part in name.split("/"))
    ]
    kept = [name for name in found if "vulns" in name.split("/")]
    return kept or found


def refuse(error: OSError) -> None:
    """Raise what ``os.walk`` would pass over: a folder that cannot be read."""
    raise error


def too_many(path: Path) -> QuangbaError:
    """Return the error of a database that is too large to be one."""
    what = say("quá nhiều tệp, hoặc quá lớn", "too many files, or too large")
    return QuangbaError("supply-database-wrong", path, what=what)


def parse(raw: bytes, name: str) -> Advisory:
    """Return an advisory; ``affected`` holds packages of PyPI alone. Raises ``UnreadableError``."""
    try:
        text = raw.decode("utf-8-sig")
        data = json.loads(text) if name.lower().endswith(".json") else load(text)
    except DataError as error:
        raise UnreadableError(printable(error.what)) from error
    except (ValueError, RecursionError) as error:
        # UnicodeDecodeError and JSONDecodeError are ValueErrors, and so are numbers without end.
        raise UnreadableError(printable(str(error))) from error
    if not isinstance(data, dict):
        raise UnreadableError(say("không phải một bảng tên và giá trị", "no mapping"))
    name_of, modified = text_of(data, "id"), time_of(data, "modified")
    if not name_of or not modified:
        raise wrong("modified" if name_of else "id")
    return Advisory(
        id=name_of,
        aliases=frozenset(printable(each) for each in list_of(data, "aliases", str)),
        summary=text_of(data, "summary"),
        modified=modified,
        withdrawn=time_of(data, "withdrawn"),
        affected=tuple(affected_of(data)),
    )


def wrong(field: str) -> UnreadableError:
    """Return the error of a field that is missing or wrong."""
    return UnreadableError(say(f"trường {field} thiếu hoặc sai", f"{field} is missing or wrong"))


def text_of(data: dict[str, Any], name: str) -> str:
    """Return a text as a terminal may show it, or nothing."""
    value = data.get(name)
    if value is not None and not isinstance(value, str):
        raise wrong(name)
    return printable(value or "")


def list_of(data: dict[str, Any], name: str, kind: type[T]) -> list[T]:
    """Return a list whose parts are all of one kind; an absent one is empty."""
    found = data.get(name)
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(each, kind) for each in found):
        raise wrong(name)
    return found


def time_of(data: dict[str, Any], name: str) -> datetime | None:
    """Return a moment (RFC 3339; YAML has read some of them already), or None."""
    value = data.get(name)
    if value is None:
        return None
    try:
        # A date of YAML is written YYYY-MM-DD again.
        found = datetime.fromisoformat(str(value))
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise wrong(name) from error


def affected_of(data: dict[str, Any]) -> Iterator[Affected]:
    """Yield what an advisory says about packages of PyPI."""
    for entry in list_of(data, "affected", dict):
        package = entry.get("package")
        if package is None:
            continue
        if not isinstance(package, dict) or not isinstance(package.get("name"), str):
            raise wrong("affected.package")
        if str(package.get("ecosystem")).partition(":")[0].lower() != ECOSYSTEM:
            continue
        yield Affected(
            canonicalize_name(package["name"]),
            frozenset(list_of(entry, "versions", str)),
            tuple(
                events_of(each)
                for each in list_of(entry, "ranges", dict)
                if each.get("type") in ("ECOSYSTEM", "SEMVER")
            ),
        )


def events_of(entry: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the events of a range as pairs of kind and version."""
    events = list_of(entry, "events", dict)
    pairs = [(kind, value) for event in events for kind, value in event.items()]
    if not all(isinstance(kind, str) and isinstance(value, str) for kind, value in pairs):
        raise wrong("affected.ranges.events")
    return tuple(pairs)


# ----------------------------------------------------------------------------
# Functions: judging
# ----------------------------------------------------------------------------


def findings(
    locked: Iterable[Locked], database: Database, now: datetime
) -> tuple[list[Finding], list[Problem]]:
    """
    Return what is known about the packages of a lock, and what could not be judged.

    Advisories that name each other are one finding: OSV holds a weakness under several names.
    """
    found: list[Finding] = []
    unclear: list[Problem] = []
    for package in locked:
        mine: list[Finding] = []
        for advisory in database.advisories:
            about = [each for each in advisory.affected if each.name == package.name]
            if not about or (advisory.withdrawn and advisory.withdrawn <= now):
                continue
            judged = [affects(each, package.version) for each in about]
            if True in judged:
                merge(mine, finding_of(package, advisory, about))
            elif None in judged:
                unclear.append(
                    Problem.at(
                        "supply-advisory-unclear",
                        LOCK,
                        package.line,
                        package=package.name,
                        version=package.version,
                        name=advisory.id,
                    )
                )
        found += mine
    return found, unclear


def finding_of(package: Locked, advisory: Advisory, about: list[Affected]) -> Finding:
    """Return the finding of one advisory."""
    fixed = [
        version
        for each in about
        for events in each.ranges
        for kind, value in events
        if kind == "fixed" and (version := version_of(value)) and version > Version(package.version)
    ]
    names = {advisory.id, *advisory.aliases}
    return Finding(package, names, advisory.summary, str(min(fixed)) if fixed else None)


def merge(found: list[Finding], new: Finding) -> None:
    """Add a finding to those of a package, or to the ones that share a name with it."""
    for old in [each for each in found if each.names & new.names]:
        found.remove(old)
        new.names |= old.names
        new.summary = old.summary or new.summary
        # Of two sources the more careful one: the later version.
        later = [each for each in (old.fixed, new.fixed) if each]
        new.fixed = max(later, key=Version) if later else None
    found.append(new)


def affects(about: Affected, version: str) -> bool | None:
    """
    Tell whether a version is affected, by the rules of OSV; None when that cannot be known.

    >>> old = Affected('a', ranges=((('introduced', '0'), ('fixed', '2.0')),))
    >>> affects(old, '1.9'), affects(old, '2.0'), affects(old, '2.0rc1')
    (True, False, True)
    """
    mine = Version(version)
    if any(each == version or version_of(each) == mine for each in about.versions):
        return True
    judged = [in_range(events, mine) for events in about.ranges]
    if True in judged:
        return True
    # Neither versions nor ranges that can be compared (a range of commits, say): not known.
    return None if None in judged or not (about.versions or judged) else False


def in_range(events: tuple[tuple[str, str], ...], version: Version) -> bool | None:
    """Tell whether a version lies in a range; None when the range cannot be read."""
    limits, steps = [], []
    for kind, value in events:
        if kind == "limit" and value == "*":
            continue
        lowest = kind == "introduced" and value == "0"
        at = Version("0.dev0") if lowest else version_of(value)
        if at is None or kind not in ("introduced", "fixed", "last_affected", "limit"):
            return None
        if kind == "limit":
            limits.append(at)
        else:
            # Where something ends and begins at one version, that version counts as affected.
            steps.append((at, kind == "introduced", kind))
    if not any(begins for _, begins, _ in steps):
        return None
    if limits and not any(version < limit for limit in limits):
        return False
    inside = False
    for at, begins, kind in sorted(steps):
        if begins and version >= at:
            inside = True
        elif (kind == "fixed" and version >= at) or (kind == "last_affected" and version > at):
            inside = False
    return inside


def version_of(text: str) -> Version | None:
    """Return a version as PyPI compares them (PEP 440), or None."""
    try:
        return Version(text)
    except InvalidVersion:
        return None
