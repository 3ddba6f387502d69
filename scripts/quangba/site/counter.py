"""Counter: how many warnings a build gave, known before the site is published."""

from __future__ import annotations

import logging

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class WarningCounter(logging.Handler):
    """Counts warnings, as MkDocs' strict mode does, but before the site is published."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0
        self.logger = logging.getLogger("mkdocs")
        self.before = self.logger.level

    def begin(self) -> None:
        """Listen; ``--quiet`` keeps warnings from being shown, never from being counted."""
        if self.before > logging.WARNING:
            for handler in self.logger.handlers:
                handler.setLevel(max(handler.level, self.before))
            self.logger.setLevel(logging.WARNING)
        self.logger.addHandler(self)

    def end(self) -> None:
        """Leave the logger as it was."""
        self.logger.removeHandler(self)
        self.logger.setLevel(self.before)

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1
