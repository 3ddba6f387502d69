"""
Staging: a build goes into a folder beside the published one and takes its place when it is whole.

Whatever fails before that leaves the old site as it was. The exchange is two renames; a run that
is killed between them is completed by the next one.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from filelock import FileLock, Timeout

from quangba.errors import QuangbaError
from quangba.files import unwritable


class Staging:
    """The folders of one build."""

    def __init__(self, published: Path) -> None:
        self.published = published
        self.new = published.with_name(f".{published.name}.new")
        self.old = published.with_name(f".{published.name}.old")
        try:
            published.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable(published.parent, error) from error
        self.lock = FileLock(published.with_name(f".{published.name}.lock"), timeout=0)

    def begin(self) -> None:
        """Clear what an interrupted run left; raises ``QuangbaError`` when one is running."""
        try:
            self.lock.acquire()
        except Timeout as error:
            raise QuangbaError("build-running", self.published.name) from error
        if self.old.exists() and not self.published.exists():
            os.replace(self.old, self.published)
        try:
            for folder in (self.new, self.old):
                if folder.exists():
                    shutil.rmtree(folder)
            self.new.mkdir()
        except OSError as error:
            self.lock.release()
            raise unwritable(self.new, error) from error

    def publish(self) -> None:
        """Put the new site in the place of the old one; hidden files such as .well-known stay."""
        if self.published.exists():
            for path in self.published.iterdir():
                if path.name.startswith(".") and not (self.new / path.name).exists():
                    copy = shutil.copytree if path.is_dir() else shutil.copy2
                    copy(path, self.new / path.name)
            os.replace(self.published, self.old)
        os.replace(self.new, self.published)
        self.end()

    def end(self) -> None:
        """Remove what is no longer needed and let other builds run."""
        for folder in (self.new, self.old):
            shutil.rmtree(folder, ignore_errors=True)
        self.lock.release()
