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

from quangba.catalogs.message import FINGERPRINT, Catalog, Message, Stamp
from quangba.errors import Problem, QuangbaError
from quangba.files import raise_failure

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ACTIVE = "X-Active-Entries"
OBSOLETE = "X-Obsolete-Entries"

COUNT = re.compile("[0-9]{1,9}")

STRING = re.compile(
    r"""
    (\#~\||\#~|\#\|)?[ \t]*               # #~ obsolete, #| previous, #~| both
    (?:(msgctxt|msgid|msgstr)[ \t]+)?      # nothing: one more line of the last string
    "([^"\\]*(?:\\.[^"\\]*)*)"$
    """,
    re.VERBOSE,
)
CONFLICT = re.compile(r"<{7}|>{7}|\|{7}|={7}$")
"""What ``git merge`` leaves, also in the style diff3."""

COLLISION = "#-#-#-#-#"
"""What msgcat puts between two translations of one text."""

SPACED = " - ".join("#" * 5)
"""The same, so that nobody takes it for that."""

STAMPS = re.compile(r"(mt|pivot|reviewed|unsure|waived):\s?(.*)$")
SIGNED = ("mt", "reviewed", "waived")
"""Stamps that end with a fingerprint."""

UNSURE = "fuzzy before the source changed"

ESCAPES = {
    "\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r",
    "\a": "\\a", "\b": "\\b", "\f": "\\f", "\v": "\\v",
}  # fmt: skip
SPECIAL = re.compile(r'[\\"\n\t\r\a\b\f\v]')
UNESCAPES = {escaped: char for char, escaped in ESCAPES.items()}
ESCAPED = re.compile(r"(?:\\[0-7]{3})+|\\.")
"""An escape, or the bytes of UTF-8 in octal that ``msgcat --escape`` writes."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Reader:
    """
    Read one PO file line by line; every error names file and line.

    As in gettext an entry ends where the next one begins: blank lines mean nothing.
    """

    def __init__(self, file: str, language: str) -> None:
        self.file = file
        self.catalog = Catalog(language)
        self.seen: dict[tuple[bool, str | None, str], Message] = {}
        self.has_header = False
        self.reset()

    def reset(self) -> None:
        """Forget the entry that was being read."""
        self.message = Message("")
        self.said: list[str] = []
        self.strings: dict[str, str] = {}
        self.previous: dict[str, str] = {}
        self.target: tuple[dict[str, str], str] | None = None

    def error(self, code: str, line: int, **values: object) -> QuangbaError:
        """Make the error for a line."""
        return QuangbaError(code, self.file, line, **values)

    def read(self, text: str) -> Catalog:
        """Read the whole text of a file."""
        for number, line in enumerate(text.split("\n"), 1):
            line = line.strip()
            found = STRING.match(line)
            if found:
                self.string(number, *found.groups())
            elif line.startswith("#") and not line.startswith(("#~", "#|")):
                self.comment(number, line)
            elif CONFLICT.match(line):
                raise self.error("po-conflict", number, mark=line[:12])
            elif line:
                raise self.error("po-syntax", number, what=printable(line))
        self.finish()
        return self.catalog

    def begin(self, number: int) -> None:
        """Start a new entry where the last one is complete."""
        if "msgstr" in self.strings:
            self.finish()
        if not self.message.line:
            self.message.line = number

    def string(self, number: int, mark: str | None, keyword: str | None, text: str) -> None:
        """Take a line like ``msgid "…"``, or one more line of the last string."""
        if text.startswith(COLLISION):
            raise self.error("po-conflict", number, mark=COLLISION)
        if "\\" in text:
            text = unescape(text)
        if "\0" in text:
            # It ends a string in compiled catalogs.
            raise self.error("po-syntax", number, what=printable(text))
        if keyword is None:
            if self.target is None:
                raise self.error("po-syntax", number, what=printable(text))
            strings, name = self.target
            strings[name] += text
            return
        if keyword != "msgstr":
            self.begin(number)
        strings = self.previous if mark and mark.endswith("|") else self.strings
        if keyword in strings:
            raise self.error("po-syntax", number, what=keyword)
        self.message.obsolete = self.message.obsolete or bool(mark and mark.startswith("#~"))
        strings[keyword] = text
        self.target = (strings, keyword)

    def comment(self, number: int, line: str) -> None:
        """Take a comment line."""
        self.begin(number)
        message, text = self.message, line[2:].strip()
        if line.startswith("#."):
            message.notes.append(text)
        elif line.startswith("#:"):
            message.references += text.split()
        elif line.startswith(("#,", "#=")):
            flags = [flag.strip() for flag in text.split(",") if flag.strip()]
            message.fuzzy = message.fuzzy or "fuzzy" in flags
            message.flags += [flag for flag in flags if flag != "fuzzy"]
        elif COLLISION in line:
            raise self.error("po-conflict", number, mark=COLLISION)
        else:
            self.said.append(line[1:].strip())

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
        elif stamp[1] == "waived":
            self.message.waived.append(Stamp(stamp[2]))
        elif stamp[1] == "pivot":
            self.message.pivot = stamp[2]
        else:
            self.message.unsure = True

    def finish(self) -> None:
        """Take the entry that was being read into the catalog."""
        message, strings = self.message, self.strings
        if strings or self.previous:
            for name in ("msgid", "msgstr"):
                if name not in strings:
                    raise self.error("po-syntax", message.line, what=name)
            message.msgid, message.msgstr = strings["msgid"], strings["msgstr"]
            message.msgctxt = strings.get("msgctxt")
            message.previous = self.previous.get("msgid")
            for text in unwrapped(self.said):
                self.translator_comment(text)
            if message.key == (None, ""):
                self.header(message)
            else:
                self.add(message)
        self.reset()

    def add(self, message: Message) -> None:
        """Add an entry, which must be the only one with its key."""
        first = self.seen.setdefault((message.obsolete, *message.key), message)
        if first is message:
            self.catalog.messages.append(message)
        elif not message.obsolete or message.msgstr != first.msgstr:
            msgid = message.msgid[:60]
            raise self.error("po-duplicate", message.line, msgid=msgid, first=first.line)

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
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        byte = f"0x{data[error.start]:02X}"
        # A cut in the middle of a character is a cut, not another charset.
        code = "po-syntax" if error.reason == "unexpected end of data" else "po-charset"
        raise QuangbaError(code, file, line, what=byte) from error
    reader = Reader(file, language)
    catalog = reader.read(text)
    if not mend:
        if not reader.has_header:
            raise QuangbaError("po-header", file, 1, what='msgid ""')
        check_counts(catalog, file)
    return catalog


def unwrapped(comments: list[str]) -> list[str]:
    """
    Put stamps together again that a tool has wrapped, as polib does after 78 characters.

    A stamp ends with its fingerprint; what stands between is part of it.

    >>> unwrapped(['reviewed: Nhóm dự án', '2026-11-22 fp:f04cdced', 'Xem lại.'])
    ['reviewed: Nhóm dự án 2026-11-22 fp:f04cdced', 'Xem lại.']
    >>> unwrapped(['reviewed: Nhóm dự án', 'Xem lại.'])
    ['reviewed: Nhóm dự án', 'Xem lại.']
    """
    found: list[str] = []
    start = None  # where the last stamp is, if it is to be signed and is not
    for text in comments:
        stamp = STAMPS.match(text)
        signed = FINGERPRINT.search(text) is not None
        if stamp:
            start = len(found) if stamp[1] in SIGNED and not signed else None
        elif signed and start is not None:
            found[start:] = [" ".join([*found[start:], text])]
            start = None
            continue
        found.append(text)
    return found


def check_counts(catalog: Catalog, file: str) -> None:
    """
    Compare the number of entries with what the header says.

    More than it says is what a clean merge of two branches leaves, and entries that both branches
    made obsolete only change sides: so the sum counts.
    """
    said = 0
    for name in (ACTIVE, OBSOLETE):
        value = catalog.header.get(name, "")
        if not COUNT.fullmatch(value):
            raise QuangbaError("po-header", file, 1, what=name)
        said += int(value)
    missing = said - len(catalog.messages)
    if missing > 0:
        raise QuangbaError("po-short", file, 1, missing=missing, count=said)


def read_bytes(path: Path, file: str) -> bytes | None:
    """Read a file whole, or return None when there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise_failure(error)
        raise QuangbaError("file-unreadable", file, what=error.strerror) from error


def form_problems(data: bytes, file: str) -> list[Problem]:
    """Report byte order mark and Windows line ends, which the next sync mends."""
    found = []
    if data.startswith(codecs.BOM_UTF8):
        found.append(Problem.at("po-bom", file, 1))
    if b"\r\n" in data:
        found.append(Problem.at("po-crlf", file, 1))
    return found


def serialise(catalog: Catalog, body: str | None = None) -> str:
    """Return the canonical text of a catalog; ``body`` is what :func:`entries` gives."""
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
    lines = [comment("#", text) for text in catalog.header_comments]
    lines += ['msgid ""', 'msgstr ""']
    lines += [escape(f"{name}: {value}\n") for name, value in header.items()]
    return "\n".join(lines) + "\n" + (entries(catalog) if body is None else body)


def entries(catalog: Catalog) -> str:
    """Return the text of a catalog after its header."""
    messages = (*catalog.active, *catalog.obsolete)
    return "".join("\n" + "\n".join(entry(message)) + "\n" for message in messages)


def entry(message: Message) -> Iterator[str]:
    """Yield the lines of one entry."""
    said = [*stamps(message), *(comment("#", text) for text in message.comments)]
    # A signed comment behind a stamp without a signature would be read as its end.
    yield from sorted(said, key=unsigned)
    if not message.obsolete:
        for note in message.notes:
            yield comment("#.", note)
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


def stamps(message: Message) -> Iterator[str]:
    """Yield the lines of an entry's stamps."""
    if message.mt:
        yield comment("# mt:", message.mt.text)
    if message.pivot is not None:
        yield comment("# pivot:", message.pivot)
    if message.reviewed:
        yield comment("# reviewed:", message.reviewed.text)
    if message.unsure:
        yield comment("# unsure:", UNSURE)
    for waiver in message.waived:
        yield comment("# waived:", waiver.text)


def unsigned(line: str) -> bool:
    """
    Tell whether a comment is a stamp that lacks its fingerprint.

    >>> unsigned('# reviewed: Chị Hoa'), unsigned('# mt: vi_en fp:0a1b2c3d'), unsigned('# xem lại')
    (True, False, False)
    """
    stamp = STAMPS.match(line.removeprefix("# "))
    return bool(stamp and stamp[1] in SIGNED and not FINGERPRINT.search(line))


def comment(mark: str, text: str) -> str:
    """
    Return a comment, which must stay on its line: a second one would be read as an entry.

    What msgcat puts between two translations would make the file unreadable.

    >>> comment('#', 'Hoa #-#-#-#-# x')
    '# Hoa # - # - # - # - # x'
    """
    return f"{mark} {' '.join(text.splitlines())}".replace(COLLISION, SPACED).rstrip()


def escape(text: str) -> str:
    """
    Quote a string as C does.

    >>> print(escape('Vé "trẻ em"'))
    "Vé \\"trẻ em\\""
    """
    return f'"{SPECIAL.sub(lambda match: ESCAPES[match[0]], text)}"'


def unescape(text: str) -> str:
    """Return what stands between the quotes."""

    def char(match: re.Match[str]) -> str:
        if match[0][1].isdigit() and len(match[0]) > 2:
            octets = bytes(int(octal, 8) & 0xFF for octal in match[0][1:].split("\\"))
            return octets.decode("utf-8", "replace")
        return UNESCAPES.get(match[0], match[0])

    return ESCAPED.sub(char, text)


def printable(text: str) -> str:
    """Return the start of a line for a message to people."""
    return "".join(char if char.isprintable() else "�" for char in text[:60])
