"""Record: what is known about a package that is installed, and how its file is read."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from quangba.errors import QuangbaError
from quangba.mt.archive import WANTED, Archive, Content
from quangba.mt.manifest import Release
from quangba.source.lunar import today

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

NAME = re.compile(
    r"(?P<source>[a-z]{2,3}(?:-[A-Za-z]{2,4})?)_(?P<target>[a-z]{2,3}(?:-[A-Za-z]{2,4})?)"
    r"-(?P<version>[0-9.]+)"  # vi_en-1.9
)

FILE_NAME = re.compile(r"translate-(?P<source>[a-z-]+)_(?P<target>[a-z-]+)-.+\.argosmodel", re.I)
"""How packages are published; a renamed file need not be called so."""

TEXTS = ("name", "source", "target", "version", "sha256", "licence", "attribution")
"""Entries of a record that are texts."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Record:
    """What was installed, as ``NAME.json`` keeps it."""

    name: str
    source: str
    target: str
    version: str
    sha256: str
    """SHA-256 of the ``.argosmodel`` file."""
    size: int
    """Bytes of the ``.argosmodel`` file."""
    licence: str
    attribution: str
    installed_on: str
    """ISO date."""
    files: dict[str, Content]
    """What was unpacked, by path from the package's folder."""

    def text(self) -> str:
        """Return the content of ``NAME.json``."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def by_version(name: str) -> tuple[str, list[int]]:
    """
    Return the sort key of a name: 1.10 comes after 1.9.

    >>> sorted(['vi_en-1.10', 'vi_en-1.9', 'en_zh-1.9'], key=by_version)
    ['en_zh-1.9', 'vi_en-1.9', 'vi_en-1.10']
    """
    pair, _, version = name.rpartition("-")
    return pair, [int(part or 0) for part in version.split(".")]


def describe(
    package: Archive, release: Release | None, archive: Path, digest: str, size: int
) -> Record:
    """
    Return the record of a package that is not unpacked yet.

    Raises ``QuangbaError`` (``models-other-pair``) when ``metadata.json`` says another pair than
    the manifest, or than the file's name. The version is the manifest's: the hash pins the file,
    and publishers' tools are known to leave another number inside.
    """
    says = package.metadata
    name = f"{says.source}_{says.target}-{says.version}"
    called = FILE_NAME.fullmatch(archive.name)
    pair = f"{says.source}_{says.target}".lower()
    meant = pair
    if release:
        meant = f"{release.source}_{release.target}"
    elif called:
        meant = f"{called['source']}_{called['target']}".lower()
    if meant != pair:
        raise QuangbaError("models-other-pair", archive, name=name, meant=meant)
    return Record(
        name=release.name if release else name,
        source=says.source,
        target=says.target,
        version=release.version if release else says.version,
        sha256=digest,
        size=size,
        licence=release.licence if release else "",
        attribution=release.attribution if release else "",
        installed_on=today().isoformat(),
        files={},
    )


def parse_record(name: str, data: bytes) -> Record:
    """
    Return the record in a file.

    Raises ``ValueError``, ``TypeError``, ``LookupError``, ``AttributeError`` or ``RecursionError``
    for other data.
    """
    found: dict[str, Any] = json.loads(data.decode("utf-8"))
    if not all(isinstance(found[key], str) for key in TEXTS):
        raise ValueError("texts")
    if found["name"] != name or name != "{source}_{target}-{version}".format(**found):
        raise ValueError("name")
    files = {key: Content(**content) for key, content in found.pop("files").items()}
    if not files or not all(WANTED.fullmatch(key) for key in files):
        raise ValueError("files")
    return Record(files=files, **found)
