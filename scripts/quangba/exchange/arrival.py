"""
Arrival: what kind of file somebody sent, and whether it is safe to read.

A file is known by its content, since endings lie. A workbook is looked through as a stream before
a library opens it: a few hundred bytes can declare a million rows, and a cell far away or a wide
merged range makes readers fill everything in between.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.parsers import expat

from openpyxl.utils import column_index_from_string

from quangba.catalogs.tbx import HostileError
from quangba.errors import QuangbaError
from quangba.mt.archive import BROKEN, CHUNK, ENCRYPTED, METHODS, printable

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LARGEST = 20 << 20
"""Bytes of a file; a workbook of ten thousand texts has three million."""

UNPACKED = 100 << 20
"""Bytes of all that is in a workbook."""

MEMBERS = 2_000
"""Files in a workbook."""

CELLS = 400_000
"""Cells, rows and shared texts of a workbook, and cells that a merged range or a link covers."""

ELEMENTS = 2_000_000
"""Elements of everything in a workbook."""

LAST_ROW, LAST_COLUMN = 50_000, 200
"""Where the last cell of a sheet may be."""

DEEPEST = 60
"""Levels of elements."""

COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")
"""Begins old Excel files, and new ones with a password."""

PASSWORD = "EncryptedPackage".encode("utf-16-le")

XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<|\xff\xfe<\x00|\xfe\xff\x00<")

PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
"""A cell: ``D14``."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class HugeError(Exception):
    """Raised for a sheet that would fill the memory."""


class Watch:
    """Looks through the XML of a workbook's members."""

    def __init__(self) -> None:
        self.cells = self.elements = 0

    def parser(self) -> Any:
        """Return a parser for one member."""
        parser = expat.ParserCreate(namespace_separator=" ")
        self.depth = 0
        parser.StartDoctypeDeclHandler = refuse("DOCTYPE")
        parser.EntityDeclHandler = refuse("ENTITY")
        parser.StartElementHandler = self.enter
        parser.EndElementHandler = self.leave
        return parser

    def enter(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > DEEPEST or self.elements > ELEMENTS:
            raise HugeError
        name = name.rpartition(" ")[2]
        if name in ("row", "c"):
            self.cells += 1
            place = attributes.get("r", "")
            row, column = corner(place) if name == "c" else (int(place or 0), 0)
            if row > LAST_ROW or column > LAST_COLUMN:
                raise HugeError
        elif name == "si":
            self.cells += 1
        elif name in ("mergeCell", "hyperlink"):
            self.cells += area(attributes.get("ref", ""))
        if self.cells > CELLS:
            raise HugeError

    def leave(self, _: str) -> None:
        self.depth -= 1


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def read_file(path: Path) -> bytes:
    """Read a file that somebody sent; raises ``QuangbaError`` when that is impossible."""
    try:
        with path.open("rb") as stream:
            # Devices and pipes have no size: what is read is counted.
            data = stream.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise QuangbaError("file-missing", path) from error
    except OSError as error:
        raise QuangbaError("file-unreadable", path, what=error.strerror or error) from error
    if len(data) > LARGEST:
        raise QuangbaError("import-large", path)
    return data


def is_workbook(data: bytes, file: str) -> bool:
    """
    Tell a workbook from XML; raises ``QuangbaError`` for everything else.

    >>> is_workbook(b'PK', 'a'), is_workbook(b'<xliff/>', 'b')
    (True, False)
    """
    if data.startswith(COMPOUND):
        raise QuangbaError("import-encrypted" if PASSWORD in data else "import-old", file)
    if data.startswith(b"PK"):
        return True
    if XML.match(data):
        return False
    raise QuangbaError("import-kind", file)


def check_workbook(data: bytes, file: str) -> bool:
    """
    Refuse a workbook that is no workbook, has macros, is encrypted, hostile or too large.

    Returns whether it has links to other files, which nobody follows.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            check_members(book, file)
            watch = Watch()
            for member in book.infolist():
                if member.filename.lower().endswith((".xml", ".rels")):
                    look_through(book, member, watch)
            return any(name.startswith("xl/externalLinks/") for name in book.namelist())
    except HostileError as error:
        raise QuangbaError("import-hostile", file, what=error) from error
    except HugeError as error:
        raise QuangbaError("import-large", file) from error
    except (*BROKEN, expat.ExpatError) as error:
        raise QuangbaError("import-broken", file, what=printable(str(error))) from error


def check_members(book: zipfile.ZipFile, file: str) -> None:
    """Judge a workbook by the list of its members; their sizes are verified when they are read."""
    members = book.infolist()
    names = [member.filename.lower() for member in members]
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise QuangbaError("import-encrypted", file)
    if len(members) > MEMBERS or sum(member.file_size for member in members) > UNPACKED:
        raise QuangbaError("import-large", file)
    if "xl/workbook.xml" not in names:
        raise QuangbaError("import-kind", file)
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise QuangbaError("import-macros", file)
    if any(member.compress_type not in METHODS for member in members):
        raise QuangbaError("import-broken", file, what="zip")


def look_through(book: zipfile.ZipFile, member: zipfile.ZipInfo, watch: Watch) -> None:
    """Parse a member piece by piece, without making anything of it."""
    parser = watch.parser()
    unpacked = book.open
    with unpacked(member) as stream:
        while chunk := stream.read(CHUNK):
            parser.Parse(chunk, False)
    parser.Parse(b"", True)


def refuse(what: str) -> Callable[..., None]:
    """Return a handler that refuses what it is called for."""

    def handler(*_: object) -> None:
        raise HostileError(what)

    return handler


def corner(place: str) -> tuple[int, int]:
    """
    Return row and column of a cell, zeros where it has no name.

    >>> corner('D14'), corner('')
    ((14, 4), (0, 0))
    """
    match = PLACE.fullmatch(place)
    return (int(match[2]), column_index_from_string(match[1])) if match else (0, 0)


def area(ref: str) -> int:
    """
    Return how many cells a range covers.

    >>> area('A1:B3'), area('A1')
    (6, 1)
    """
    begin, _, end = ref.partition(":")
    (top, left), (bottom, right) = corner(begin), corner(end or begin)
    return (abs(bottom - top) + 1) * (abs(right - left) + 1)
