"""
PO files: read strictly, written canonically.

Canonical form: one string a line (so that a file cut at any byte is noticed), document order,
``#:`` without line numbers, no date that changes by itself. The header counts the entries, because
PO parsers load a cleanly truncated file without a word. Reads what msgcat, msgmerge, Poedit and
Weblate write, and keeps every field they keep, ``#| msgid`` and ``#~| msgid`` included.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import escape, unescape

from quangba.catalogs.message import Catalog, Message, Stamp
from quangba.errors import Problem, QuangbaError
from quangba.files import write_bytes

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ACTIVE = "X-Active-Entries"
OBSOLETE = "X-Obsolete-Entries"

CONFLICT = re.compile(r"^(<{7}|>{7}|\|{7})(?: |$)|^={7}$|^#-#-#-#-#|^\"#-#-#-#-#")
STRING = re.compile(r'^"((?:[^"\\]|\\.)*)"\s*$')
KEYWORD = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d+\])\s+(".*)$')
STAMPS = re.compile(r"^(mt|pivot|reviewed):\s?(.*)$")

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Reader:
    """Read one PO file line by line; every error names file and line."""

    def __init__(self, file: str, language: str) -> None:
        self.file = file
        self.catalog = Catalog(language)
        self.seen: dict[tuple[bool, str | None, str], int] = {}
        self.has_header = False
        self.reset()

    def reset(self) -> None:
        """Forget the entry that was being read."""
        self.message = Message("")
        self.strings: dict[str, str] = {}
        self.previous: dict[str, str] = {}
        self.target: tuple[dict[str, str], str] | None = None
        self.started = False

    def error(self, code: str, line: int, **values: object) -> QuangbaError:
        """Make the error for a line."""
        return QuangbaError(code, self.file, line, file=self.file, **values)

    def read(self, text: str) -> Catalog:
        """Read the whole text of a file."""
        lines = text.split("\n")
        for number, line in enumerate(lines, 1):
            self.line(number, line.strip())
        self.finish(len(lines))
        if not self.has_header:
            raise self.error("po-header", 1, what='msgid ""')
        return self.catalog

    def line(self, number: int, line: str) -> None:
        """Take one line."""
        if CONFLICT.match(line):
            raise self.error("po-conflict", number, mark=line[:12])
        if not line:
            self.finish(number)
            return
        obsolete = line.startswith("#~")
        if obsolete:
            line = line[2:].strip()
            if line.startswith("|"):
                line = "#" + line
        if line.startswith("#|"):
            self.begin(number, obsolete)
            self.keyword(number, line[2:].strip(), self.previous)
        elif line.startswith("#"):
            self.begin(number, obsolete)
            self.comment(line)
        elif line.startswith('"'):
            self.continuation(number, line)
        else:
            self.begin(number, obsolete, line)
            self.keyword(number, line, self.strings)

    def begin(self, number: int, obsolete: bool, line: str = "") -> None:
        """Start a new entry where the last one is complete, as msgcat without blank lines does."""
        if "msgstr" in self.strings and not line.startswith("msgstr"):
            self.finish(number)
        if not self.started:
            self.started = True
            self.message.line = number
        self.message.obsolete = self.message.obsolete or obsolete

    def comment(self, line: str) -> None:
        """Take a comment line."""
        message, text = self.message, line[2:].strip()
        if line.startswith("#."):
            message.notes.append(text)
        elif line.startswith("#:"):
            message.references += text.split()
        elif line.startswith("#,"):
            flags = [flag.strip() for flag in text.split(",") if flag.strip()]
            message.fuzzy = message.fuzzy or "fuzzy" in flags
            message.flags += [flag for flag in flags if flag != "fuzzy"]
        else:
            self.translator_comment(line[1:].strip())

    def translator_comment(self, text: str) -> None:
        """Take a translator's comment, which may be one of our stamps."""
        stamp = STAMPS.match(text)
        if not stamp:
            if text:
                self.message.comments.append(text)
        elif stamp[1] == "mt":
            self.message.mt = Stamp(stamp[2])
        elif stamp[1] == "reviewed":
            self.message.reviewed = Stamp(stamp[2])
        else:
            self.message.pivot = stamp[2]

    def keyword(self, number: int, line: str, strings: dict[str, str]) -> None:
        """Take a line like ``msgid "…"``."""
        if line.startswith('"'):
            self.continuation(number, line)
            return
        match = KEYWORD.match(line)
        if not match or match[1] == "msgid_plural" or match[1] in strings:
            raise self.error("po-syntax", number, what=line[:60])
        name = match[1].split("[")[0]
        strings[name] = self.string(number, match[2])
        self.target = (strings, name)

    def continuation(self, number: int, line: str) -> None:
        """Take a further line of a string."""
        if self.target is None:
            raise self.error("po-syntax", number, what=line[:60])
        strings, name = self.target
        strings[name] += self.string(number, line)

    def string(self, number: int, text: str) -> str:
        """Return what a quoted string says."""
        match = STRING.match(text)
        if not match:
            raise self.error("po-syntax", number, what=text[:60])
        return unescape(text.strip()) if match[1] else ""

    def finish(self, number: int) -> None:
        """Take the entry that was being read into the catalog."""
        message, strings = self.message, self.strings
        if not strings and not self.previous:
            if self.started and not self.has_header:
                self.catalog.header_comments += message.comments
            self.reset()
            return
        if "msgid" not in strings or "msgstr" not in strings:
            missing = "msgid" if "msgid" not in strings else "msgstr"
            raise self.error("po-syntax", min(number, message.line or number), what=missing)
        message.msgid, message.msgstr = strings["msgid"], strings["msgstr"]
        message.msgctxt = strings.get("msgctxt")
        message.previous = self.previous.get("msgid")
        if not message.msgid and message.msgctxt is None and not message.obsolete:
            self.header(message)
        else:
            self.add(message)
        self.reset()

    def add(self, message: Message) -> None:
        """Add an entry, which must be the only one with its key."""
        key = (message.obsolete, *message.key)
        if key in self.seen:
            if message.obsolete:
                return
            raise self.error(
                "po-duplicate", message.line, msgid=message.msgid[:60], first=self.seen[key]
            )
        self.seen[key] = message.line
        self.catalog.messages.append(message)

    def header(self, message: Message) -> None:
        """Take the header entry."""
        if self.has_header:
            raise self.error("po-duplicate", message.line, msgid='msgid ""', first=1)
        self.has_header = True
        self.catalog.header_comments += message.comments
        for line in message.msgstr.split("\n"):
            name, colon, value = line.partition(":")
            if colon:
                self.catalog.header[name.strip()] = value.strip()
        kind = self.catalog.header.get("Content-Type", "")
        charset = re.search(r"charset=([\w-]+)", kind)
        if charset and charset[1].upper() not in ("UTF-8", "UTF8", "CHARSET"):
            raise self.error("po-charset", message.line, what=charset[1])


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def parse(data: bytes, file: str, language: str, *, mend: bool = False) -> Catalog:
    """
    Read the bytes of a PO file.

    With ``mend`` a missing header or a wrong count is accepted. Raises ``QuangbaError`` for
    everything that gettext would refuse, and for a file that is shorter than it was.
    """
    if data.startswith(codecs.BOM_UTF8):
        data = data[3:]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise QuangbaError("po-charset", file, line, what=f"0x{data[error.start]:02X}") from error
    reader = Reader(file, language)
    text = text.replace("\r\n", "\n")
    if mend and 'msgid ""' not in text:
        text = 'msgid ""\nmsgstr ""\n\n' + text
    catalog = reader.read(text)
    if not mend:
        check_counts(catalog, file)
    return catalog


def check_counts(catalog: Catalog, file: str) -> None:
    """Compare the number of entries with what the header says."""
    for name, found in ((ACTIVE, len(catalog.active)), (OBSOLETE, len(catalog.obsolete))):
        said = catalog.header.get(name, "0" if name == OBSOLETE else "")
        if not said.isdigit():
            raise QuangbaError("po-header", file, 1, file=file, what=name)
        # More than it says is what a clean merge of two branches leaves.
        if found < int(said):
            raise QuangbaError(
                "po-short", file, 1, file=file, missing=int(said) - found, count=int(said)
            )


def read_catalog(path: Path, file: str, language: str, *, mend: bool = False) -> Catalog | None:
    """Read a PO file, or return None when there is none."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise QuangbaError("file-unreadable", file, what=error.strerror) from error
    return parse(data, file, language, mend=mend)


def form_problems(data: bytes, file: str) -> list[Problem]:
    """Report byte order mark and Windows line ends, which the next sync mends."""
    found = []
    if data.startswith(codecs.BOM_UTF8):
        found.append(Problem.at("po-bom", file, 1))
    if b"\r\n" in data:
        found.append(Problem.at("po-crlf", file, 1))
    return found


def write_catalog(path: Path, catalog: Catalog) -> None:
    """Write a catalog durably, in canonical form (folders are synced by the caller)."""
    write_bytes(path, serialise(catalog).encode("utf-8"))


def serialise(catalog: Catalog) -> str:
    """Return the canonical text of a catalog."""
    active, obsolete = catalog.active, catalog.obsolete
    header = {
        "Project-Id-Version": "quangba",
        **catalog.header,
        "Language": catalog.language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        ACTIVE: str(len(active)),
        OBSOLETE: str(len(obsolete)),
    }
    lines = [f"# {comment}" for comment in catalog.header_comments]
    lines += ['msgid ""', 'msgstr ""']
    lines += [f'"{name}: {value}\\n"' for name, value in header.items()]
    blocks = ["\n".join(lines)]
    blocks += ["\n".join(entry(message)) for message in (*active, *obsolete)]
    return "\n\n".join(blocks) + "\n"


def entry(message: Message) -> Iterator[str]:
    """Yield the lines of one entry."""
    if message.mt:
        yield f"# mt: {message.mt.text}"
    if message.pivot is not None:
        yield f"# pivot: {message.pivot}"
    if message.reviewed:
        yield f"# reviewed: {message.reviewed.text}"
    for comment in message.comments:
        yield f"# {comment}"
    if not message.obsolete:
        for note in message.notes:
            yield f"#. {note}"
        for reference in message.references:
            yield f"#: {reference}"
    flags = (["fuzzy"] if message.fuzzy else []) + message.flags
    if flags:
        yield "#, " + ", ".join(flags)
    mark = "#~ " if message.obsolete else ""
    if message.previous is not None:
        yield f"#{'~' if message.obsolete else ''}| msgid {escape(message.previous)}"
    if message.msgctxt is not None:
        yield f"{mark}msgctxt {escape(message.msgctxt)}"
    yield f"{mark}msgid {escape(message.msgid)}"
    yield f"{mark}msgstr {escape(message.msgstr)}"
