"""
Edits: changes to entries of a catalog that somebody looked at before, and that may have changed.

The desk, workbooks and XLIFF files all show a text first and bring an answer later. In between
``git pull``, Poedit or another desk may have written the file, so an edit names the *version* of
the entry that was looked at: an entry that is no longer that version is a conflict, never
overwritten; all others are taken, whatever else in the file has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from quangba.catalogs.message import Catalog, Message
from quangba.catalogs.pofile import entry, parse, serialise
from quangba.catalogs.workspace import Workspace
from quangba.errors import QuangbaError
from quangba.settings import Language
from quangba.source.text import fingerprint

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

PATIENCE = 10.0
"""Seconds to wait while another command writes catalogs."""

Key = tuple[str | None, str]

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Edit:
    """A change to one entry."""

    key: Key
    """Context and source text of the entry."""
    version: str
    """The version that was looked at, see :func:`version`."""
    change: Callable[[Message], None]
    """What to do to the entry when it is still that version."""


@dataclass
class Edited:
    """What became of edits to one catalog."""

    done: list[Message] = field(default_factory=list)
    """The entries as they are now, in the order of the edits; unchanged ones too."""
    conflicts: list[tuple[Edit, Message | None]] = field(default_factory=list)
    """Edits of entries that changed meanwhile, with what stands there; None where it is gone."""
    written: bool = False
    """True when the file was written."""


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def version(message: Message) -> str:
    """
    Return the version of an entry: a hash of everything that people may change about it.

    >>> version(Message('Vé', 'Ticket')) == version(Message('Vé', 'Ticket', fuzzy=True))
    False
    """
    shown = Message(**{**vars(message), "notes": [], "references": [], "line": 0})
    return fingerprint("\n".join(entry(shown)), length=16)


def identifier(key: Key) -> str:
    """
    Return a short name of an entry, for addresses and files: 12 hexadecimal digits.

    >>> identifier((None, 'Vé'))
    'b5c96c614c08'
    """
    context, msgid = key
    return fingerprint(context or "", msgid, length=12)


def edit(workspace: Workspace, language: Language, name: str, edits: Iterable[Edit]) -> Edited:
    """
    Apply edits to the catalog of a page (or of the site's own texts), as the file is now.

    The file is written once, whole, and only when something changed. Raises ``QuangbaError`` when
    it cannot be read or written, an edit would make it unreadable, or another command keeps it for
    longer than :data:`PATIENCE`; then no edit was made.
    """
    result = Edited()
    with workspace.alone(wait=PATIENCE):
        catalog, _ = workspace.read_catalog(language, name)
        before = serialise(catalog) if catalog else ""
        index = catalog.index() if catalog else {}
        for each in edits:
            message = index.get(each.key)
            if message is None or version(message) != each.version:
                result.conflicts.append((each, message))
                continue
            each.change(message)
            result.done.append(message)
        if catalog and result.done:
            after = serialise(catalog)
            if after != before:
                reread(after, workspace.catalog_file(language, name), catalog)
                workspace.write_catalogs([(language, name, catalog)])
                result.written = True
        workspace.forget(language, name)
    return result


def reread(text: str, file: str, catalog: Catalog) -> None:
    """
    Read what is about to be written, as everybody will from then on.

    Raises ``QuangbaError`` (``po-unsafe``) for a catalog that could not be read again, such as one
    with the mark that msgcat leaves between two translations of one text.
    """
    try:
        found = parse(text.encode("utf-8"), file, catalog.language)
    except QuangbaError as error:
        raise QuangbaError("po-unsafe", file) from error
    if [message.key for message in found] != [
        message.key for message in (*catalog.active, *catalog.obsolete)
    ]:
        raise QuangbaError("po-unsafe", file)
