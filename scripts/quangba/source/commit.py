"""Commit: what is checked out of the git repository that a site lies in, read without git."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dulwich import porcelain
from dulwich.errors import NotGitRepository
from dulwich.objects import Commit
from dulwich.repo import Repo

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class CheckedOut:
    """The commit that a folder is at, and what differs from it."""

    commit: str
    """Its hash."""
    created: datetime
    """When it was committed (UTC)."""
    root: Path
    """Folder of the work tree."""
    changed: tuple[str, ...]
    """
    Files of the work tree that are not as in the commit, by their path from it; a folder that is
    new as a whole ends with a slash. Those that git ignores are left out.
    """


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def checked_out(root: Path) -> CheckedOut | None:
    """Return the commit that a folder is at, None without repository or commit; shallow is fine."""
    try:
        repo = Repo.discover(str(root))
    except NotGitRepository:
        return None
    with repo:
        try:
            commit = repo[repo.head()]
        except KeyError:
            return None
        if not isinstance(commit, Commit):
            return None
        root = Path(os.fsdecode(repo.path)).resolve()
        return CheckedOut(commit.id.decode("ascii"), created(commit), root, changed(repo))


def created(commit: Commit) -> datetime:
    """Return when a commit was made (UTC)."""
    return datetime.fromtimestamp(commit.commit_time, UTC)


def changed(repo: Repo) -> tuple[str, ...]:
    """Return the files that are not as in the commit, sorted."""
    # Who only looks takes no lock: a killed run would leave one, and git would refuse from then on.
    status = porcelain.status(repo, untracked_files="normal", optional_locks=False)
    staged = [path for paths in status.staged.values() for path in paths]
    return tuple(
        sorted({os.fsdecode(path) for path in [*staged, *status.unstaged, *status.untracked]})
    )
