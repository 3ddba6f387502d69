"""Mirror: the pages and data of one commit in a temporary folder, where the gate can judge them."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from dulwich.objects import ObjectID
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from quangba.errors import Problem, QuangbaError
from quangba.report.repository import Repository
from quangba.settings import Settings, read_settings
from quangba.source.data import DataError, load

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Mirror:
    """
    A folder ``content/`` that follows the commits.

    Pages and data are written as they come. Pictures wait until the gate asks for them
    (:meth:`fetch`): most of them never change.
    """

    repository: Repository
    content: Path
    files: dict[str, ObjectID] = field(default_factory=dict)
    """Hash of every file, by path from ``content/``."""
    fetched: set[str] = field(default_factory=set)
    """Pictures that are in the folder."""

    def take(self, name: str, sha: ObjectID | None) -> Problem | bool:
        """
        Take a new state of a file; return what is wrong with it, or whether it is another now.

        A data file that is no YAML is left as it was.
        """
        path = self.content / name
        if sha is None:
            self.files.pop(name, None)
            self.fetched.discard(name)
            path.unlink(missing_ok=True)
            return True
        if self.files.get(name) == sha:
            return False
        if not (name.endswith(".md") or name.startswith("_data/")):
            self.files[name] = sha
            self.fetched.discard(name)
            path.unlink(missing_ok=True)
            return True
        data = self.repository.blob(sha)
        if data is None:
            return Problem.at("report-damaged", name)
        problem = wrong_yaml(name, data) if name.endswith((".yml", ".yaml")) else None
        if problem:
            return problem
        self.files[name] = sha
        self.write(path, data)
        return True

    def fetch(self, names: Iterable[str]) -> None:
        """Write pictures and their licences."""
        for name in names:
            for part in (name, f"{name}.yml"):
                sha = self.files.get(part)
                data = self.repository.blob(sha) if sha and part not in self.fetched else None
                if data is not None:
                    self.write(self.content / part, data)
                    self.fetched.add(part)

    def write(self, path: Path, data: bytes) -> None:
        """Write a file of the folder; one whose name this system refuses is left out."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError:
            logging.getLogger(__name__).debug("not written: %s", path)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def wrong_yaml(name: str, data: bytes) -> Problem | None:
    """Say what is wrong with a data file."""
    file = f"content/{name}"
    try:
        load(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Problem.at("data-yaml", file, what="UTF-8")
    except DataError as error:
        return Problem.at("data-yaml", file, error.line, what=error.what)
    return None


def settings_of(
    repository: Repository, tree: ObjectID | None, folder: Path, config_file: str
) -> Settings:
    """
    Return the settings that a commit has, in a temporary folder.

    Its folder of pages must be there already. Theme, hooks and Markdown extensions are left out: a
    report renders nothing and runs nothing that a repository brings along. Raises ``QuangbaError``
    (``report-settings``).
    """
    for name, sha in repository.changes(None, tree):
        if "/" not in name and name.endswith((".yml", ".yaml")):
            (folder / name).write_bytes(repository.blob(sha) or b"" if sha else b"")
    path = folder / config_file
    if not path.is_file():
        raise QuangbaError("report-settings", config_file, what="-")
    logger = logging.getLogger("mkdocs")
    before, logger.disabled = logger.disabled, True
    try:
        config = load_config(
            str(path),
            theme={"name": "mkdocs"},
            hooks=[],
            markdown_extensions=[],
        )
        plugin = config.plugins.get("quangba")
        if plugin is None:
            raise QuangbaError("report-settings", config_file, what="plugins: quangba")
        return read_settings(config, plugin.config)
    except (MkDocsException, QuangbaError) as error:
        what = str(error).split("\n")[0]
        raise QuangbaError("report-settings", config_file, what=what) from error
    finally:
        logger.disabled = before
