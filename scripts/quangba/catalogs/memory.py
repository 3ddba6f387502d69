"""Memory: an identical text that was reviewed anywhere is not translated twice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from quangba.catalogs.message import Message, State
from quangba.catalogs.pofile import escape, parse
from quangba.errors import QuangbaError

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

MSGID = re.compile(r'^msgid (".*")$', re.MULTILINE)

WRAPPED = '""'
"""What follows ``msgid`` in entries that another tool has wrapped (and in the header)."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Memory:
    """Reviewed translations of one language, by context and source text."""

    entries: dict[tuple[str | None, str], tuple[str, str]] = field(default_factory=dict)
    """Key → (translation, where it stands)."""
    unread: dict[str, list[Shelf]] = field(default_factory=dict)
    """Catalogs that nobody asked for yet, by the texts that they hold, as written in the file."""

    def __bool__(self) -> bool:
        return bool(self.entries or self.unread)

    def learn(self, messages: Iterable[Message], where: str) -> None:
        """Take what was reviewed and is fresh; the first one found stays."""
        for message in messages:
            if message.state is State.REVIEWED and not message.stale:
                self.entries.setdefault(message.key, (message.msgstr, where))

    def shelve(self, data: bytes, where: str) -> None:
        """Take a PO file, which is read when one of its texts is asked for."""
        if b"# reviewed:" not in data:
            return
        shelf = Shelf(data, where)
        _, *texts = MSGID.findall(data.decode("utf-8", "replace").replace("\r\n", "\n")) or [""]
        for text in (WRAPPED,) if WRAPPED in texts else texts:
            self.unread.setdefault(text, []).append(shelf)

    def knows(self, message: Message) -> bool:
        """Tell whether a text was reviewed elsewhere."""
        for text in (escape(message.msgid), WRAPPED) if self.unread else ():
            for shelf in self.unread.pop(text, ()):
                self.learn(shelf.take(), shelf.where)
        return message.key in self.entries

    def reuse(self, message: Message) -> bool:
        """
        Give a new message the translation that its text has elsewhere.

        It becomes *translated*, not *reviewed*: nobody has read it here yet.
        """
        if message.msgstr or not self.knows(message):
            return False
        message.msgstr, where = self.entries[message.key]
        message.comments.append(f"from: {where}")
        return True


@dataclass
class Shelf:
    """A PO file that is read once, when it is needed."""

    data: bytes
    where: str

    def take(self) -> list[Message]:
        """Return the active messages; none the second time, or when the file cannot be used."""
        data, self.data = self.data, b""
        try:
            return parse(data, self.where, "").active if data else []
        except QuangbaError:
            return []
