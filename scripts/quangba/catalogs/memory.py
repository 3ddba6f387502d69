"""Memory: an identical text that was reviewed anywhere is not translated twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from quangba.catalogs.message import Message, State


@dataclass
class Memory:
    """Reviewed translations of one language, by context and source text."""

    entries: dict[tuple[str | None, str], tuple[str, str]] = field(default_factory=dict)
    """Key → (translation, where it stands)."""

    def learn(self, messages: Iterable[Message], where: str) -> None:
        """Take what was reviewed and is fresh; the first one found stays."""
        for message in messages:
            if message.state is State.REVIEWED and not message.stale:
                self.entries.setdefault(message.key, (message.msgstr, where))

    def reuse(self, message: Message) -> bool:
        """
        Give a new message the translation that its text has elsewhere.

        It becomes *translated*, not *reviewed*: nobody has read it here yet.
        """
        found = self.entries.get(message.key)
        if found is None or message.msgstr:
            return False
        message.msgstr = found[0]
        message.comments.append(f"from: {found[1]}")
        return True
