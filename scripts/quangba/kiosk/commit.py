"""Commit: what a release must know of the git repository that it is made from, read without git."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dulwich.errors import NotGitRepository
from dulwich.objects import Commit
from dulwich.repo import Repo

from quangba.errors import QuangbaError
from quangba.source.commit import changed, created

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Head:
    """The commit that is checked out."""

    commit: str
    """Its hash."""
    created: datetime
    """When it was committed (UTC)."""
    serial: int
    """Commits of the main line up to it: each one's first parent is followed."""
    changed: tuple[str, ...]
    """Files of the work tree that are not as in the commit, those that git ignores left out."""


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def read_head(root: Path) -> Head:
    """
    Return the commit that the folder of a site is at.

    Raises ``QuangbaError``: no repository, no commit, or a shallow clone, in which serials cannot
    be counted.
    """
    try:
        repo = Repo.discover(str(root))
    except NotGitRepository as error:
        raise QuangbaError("kiosk-no-repository", root) from error
    with repo:
        try:
            commit = repo[repo.head()]
        except KeyError as error:
            raise QuangbaError("kiosk-no-commit", root) from error
        if repo.get_shallow():
            raise QuangbaError("kiosk-shallow", root)
        assert isinstance(commit, Commit)
        try:
            serial = count(repo, commit)
        except KeyError as error:
            raise QuangbaError("kiosk-shallow", root) from error
        return Head(commit.id.decode("ascii"), created(commit), serial, changed(repo))


def count(repo: Repo, commit: Commit) -> int:
    """Return how many commits the main line has up to one; raises ``KeyError`` for a gap."""
    number = 1
    while commit.parents:
        parent = repo[commit.parents[0]]
        assert isinstance(parent, Commit)
        commit, number = parent, number + 1
    return number
