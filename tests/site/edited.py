"""A small site that is built, edited and built again; an oracle builds the same content anew."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as mkdocs_build
from small import snapshot

from quangba.site import inside

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

STATE = ".cache/quangba/builds"

REPORTS = ("build.txt", "build-portal.json", "build-kiosk.json")

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Result:
    """What a build left and said."""

    files: dict[str, bytes | None]
    """The published folder, byte for byte."""
    reports: dict[str, bytes]
    said: list[str]
    """Warnings and errors, in order."""
    rendered: list[str] = field(default_factory=list)
    """Pages that were rendered, with their language: ``en visit/yen-tu.md``, sorted."""
    began: bool = False
    """True when the build used what an earlier one had left."""
    error: BaseException | None = None


@dataclass
class Edited:
    """A site in the making."""

    config_file: Path
    settings: Callable[[Any], None] = lambda config: None
    """Changes the configuration that was loaded."""

    @property
    def root(self) -> Path:
        """The folder of the site's project."""
        return self.config_file.parent

    @property
    def site(self) -> Path:
        """The published folder."""
        return Path(inside.load_alone(str(self.config_file)).site_dir)

    def write(self, name: str, change: str | bytes | Callable[[str], str]) -> None:
        """Write a file, or change its text."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if callable(change):
            change = change(path.read_text(encoding="utf-8"))
        path.write_bytes(change if isinstance(change, bytes) else change.encode("utf-8"))

    def build(self, **config: Any) -> Result:
        """Build as ``mkdocs build`` does, in this process."""
        loaded = inside.load_alone(str(self.config_file))
        self.settings(loaded)
        for key, value in config.items():
            loaded[key] = value
        published = Path(loaded.site_dir)
        error: BaseException | None = None
        with counting(self.root / "rendered.txt") as rendered, hearing() as said:
            try:
                loaded.plugins.on_startup(command="build", dirty=False)
                mkdocs_build(loaded)
            except (Exception, SystemExit) as stopped:
                error = stopped
        plugin: Any = loaded.plugins.get("quangba")
        began = bool(error is None and plugin and plugin.before)
        folder = self.root / "reports"
        other = "kiosk" if plugin and plugin.config.edition == "portal" else "portal"
        # A report of the other edition is of another build.
        names = [name for name in REPORTS if name != f"build-{other}.json"]
        reports = {n: (folder / n).read_bytes() for n in names if (folder / n).is_file()}
        return Result(snapshot(published), reports, said, sorted(rendered()), began, error)

    def anew(self, **config: Any) -> Result:
        """Build a copy of the project, where nothing was ever built."""
        copy = self.root.with_name(f"{self.root.name}.anew")
        inner = shutil.ignore_patterns("builds", "reports", "site", ".site.*", "rendered.txt")
        shutil.copytree(self.root, copy, ignore=inner)
        try:
            return Edited(copy / self.config_file.name, self.settings).build(**config)
        finally:
            shutil.rmtree(copy)

    def check(self, wanted: Result | None = None, **config: Any) -> Result:
        """
        Build; the result is that of a build anew, byte for byte and word for word.

        ``wanted`` is the result of a build anew of the same content, where there was one before.
        """
        found = self.build(**config)
        wanted = wanted or self.anew(**config)
        wrong = differences(found.files, wanted.files)
        wrong += differences(found.reports, wanted.reports)
        if found.said != wanted.said:
            wrong.append(f"said: {found.said} in place of {wanted.said}")
        if repr(found.error) != repr(wanted.error):
            wrong.append(f"error: {found.error!r} in place of {wanted.error!r}")
        assert not wrong, wrong
        return found


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def differences(found: Mapping[str, bytes | None], wanted: Mapping[str, bytes | None]) -> list[str]:
    """Return the files that differ, with how."""
    names = sorted(found.keys() | wanted.keys())
    return [
        f"{name}: {'missing' if name not in found else 'extra' if name not in wanted else 'other'}"
        for name in names
        if name not in found or name not in wanted or found[name] != wanted[name]
    ]


@contextmanager
def counting(path: Path) -> Iterator[Callable[[], list[str]]]:
    """Note each page that is rendered, also in processes that were forked off."""
    write = inside.Studio.write
    handle = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_APPEND)

    def noted(self: inside.Studio, page: Any) -> str:
        language = inside.current_language(self.config)
        os.write(handle, f"{language} {page.file.src_uri}\n".encode())
        return write(self, page)

    inside.Studio.write = noted  # type: ignore[method-assign]
    try:
        yield lambda: path.read_text(encoding="utf-8").splitlines()
    finally:
        inside.Studio.write = write  # type: ignore[method-assign]
        os.close(handle)


@contextmanager
def hearing() -> Iterator[list[str]]:
    """Collect warnings and errors of MkDocs and its plugins, in order."""
    found: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(f"{record.levelname} {record.getMessage()}")

    logger, ear = logging.getLogger("mkdocs"), Ear(logging.WARNING)
    level, passes = logger.level, logger.propagate
    logger.addHandler(ear)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        yield found
    finally:
        logger.removeHandler(ear)
        logger.setLevel(level)
        logger.propagate = passes
