"""
Material of the fuzzer: real texts to start from, and whole files to change a little.

What a mutation of a ZIP file or of a signed release would only ever break at its seal is changed
inside and sealed again: :func:`edited` reads bytes as a list of small changes to a sound file.
"""

from __future__ import annotations

import io
import json
import shutil
import sys
import tempfile
import zipfile
from atexit import register
from functools import cache
from pathlib import Path

from quangba.catalogs.glossary import Glossary
from quangba.catalogs.workspace import Workspace
from quangba.exchange.rows import Collector
from quangba.exchange.workbook import write_workbook
from quangba.exchange.xliff import write_xliff
from quangba.kiosk import archive
from quangba.settings import Language, load_settings

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ROOT = Path(__file__).parents[2]
STRANGER = ROOT / "tests" / "sites" / "stranger"

for folder in ("tests", "tests/kiosk"):
    if str(ROOT / folder) not in sys.path:
        sys.path.append(str(ROOT / folder))

PAGE = "visit/yen-tu.md"
"""The page whose catalog goes out to reviewers."""

LANGUAGES = ("vi", "en", "zh", "ja", "ko", "fr")

# ----------------------------------------------------------------------------
# Sites
# ----------------------------------------------------------------------------


@cache
def workspace() -> Workspace:
    """Return the real site, which is only read."""
    return Workspace(load_settings(str(ROOT / "mkdocs.yml")))


@cache
def glossary() -> Glossary:
    """Return the real glossary."""
    return Glossary.read(ROOT / "locales" / "glossary.csv", "locales/glossary.csv")


@cache
def language(code: str) -> Language:
    """Return a language of the real site."""
    return next(each for each in workspace().settings.languages if each.code == code)


@cache
def scratch() -> Path:
    """Return a folder of this process, in memory where there is such a thing."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="fuzz-", dir=memory if memory.is_dir() else None))
    register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def written(name: str, data: bytes) -> Path:
    """Write a file of this process; return where it is."""
    path = scratch() / name
    path.write_bytes(data)
    return path


# ----------------------------------------------------------------------------
# Files that are changed a little
# ----------------------------------------------------------------------------


def edited(base: bytes, changes: bytes) -> bytes:
    """
    Change a sound file: each change is place (2 bytes), bytes to cut (1), length (1), new bytes.

    A length from 200 on repeats what stands at the place instead.

    >>> edited(b'hello', bytes([0, 1, 1, 1]) + b'a')
    b'hallo'
    """
    at = 0
    while at + 4 <= len(changes):
        place = int.from_bytes(changes[at : at + 2]) % (len(base) + 1)
        cut, length = changes[at + 2], changes[at + 3]
        at += 4
        if length < 200:
            new = changes[at : at + length]
            at += length
        else:
            new = base[place : place + 40] * (length - 199)
        base = base[:place] + new + base[place + cut :]
    return base


@cache
def workbook() -> dict[str, bytes]:
    """Return the members of a workbook as it goes out."""
    data = write_workbook(sheets(), language("en"))
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {name: book.read(name) for name in book.namelist()}


def zipped(members: dict[str, bytes]) -> bytes:
    """Return a ZIP file; its checksums are right, whatever is in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as book:
        for name, data in members.items():
            book.writestr(zipfile.ZipInfo(name), data)
    return stream.getvalue()


@cache
def xliff() -> bytes:
    """Return an XLIFF document as it goes out."""
    return write_xliff(sheets(), language("en"), language("vi"))


@cache
def sheets() -> list:
    """Return the rows of a page."""
    states = ("missing", "draft", "stale", "translated", "reviewed")
    found = Collector(workspace(), language("en")).sheets([PAGE], states)
    found[0].rows[:] = found[0].rows[:25]
    return found


@cache
def release() -> bytes:
    """Return the file of a signed release."""
    from sealed import OLD_KEY, manifest, sign, site

    made, stream = manifest(7), io.BytesIO()
    contents = [[site(7)[entry.path]] for entry in made.files]
    archive.write(stream, made, sign(made.encode(), [OLD_KEY]), contents)
    return stream.getvalue()


@cache
def manifest() -> bytes:
    """Return the manifest of that release."""
    from sealed import manifest as made

    return made(7).encode()


@cache
def package() -> dict[str, bytes]:
    """Return the members of a translation package, with weights of a few bytes."""
    told = {"from_code": "vi", "to_code": "en", "package_version": "1.9", "type": "translate"}
    return {
        "vi_en/metadata.json": json.dumps(told).encode(),
        "vi_en/README.md": b"# A package",
        "vi_en/sentencepiece.model": b"pieces",
        "vi_en/model/model.bin": b"weights",
        "vi_en/model/config.json": b"{}",
        "vi_en/model/shared_vocabulary.txt": b"a\nb\n",
        "vi_en/stanza/x.pt": b"never used",
    }


# ----------------------------------------------------------------------------
# Seeds
# ----------------------------------------------------------------------------


def contents(*patterns: str, most: int = 40, largest: int = 20_000) -> list[bytes]:
    """Return files of this repository, the small ones first."""
    found = (path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file())
    files = sorted((path for path in found if path.stat().st_size <= largest), key=by_size)
    return [path.read_bytes() for path in files[:most]]


def by_size(path: Path) -> tuple[int, str]:
    """Return what sorts files by size."""
    return path.stat().st_size, str(path)


@cache
def translations() -> list[tuple[str, str]]:
    """Return texts of the real catalogs with their English, French and Japanese."""
    found = []
    for code in ("en", "fr", "ja", "zh", "ko"):
        for name in (PAGE, "index.md", "visit/index.md"):
            catalog = workspace().catalog(language(code), name)
            found += [(m.msgid, m.msgstr) for m in catalog.active if m.msgstr] if catalog else []
    return found[::7]
