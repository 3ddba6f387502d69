"""
Repository: the main line of a git repository, read without git and without a checkout.

The main line is what stands when each commit's *first parent* is followed: the states that the
published branch went through, one after another. Work on a side branch counts from the day on which
it was merged. So every state has one predecessor, and nothing counts twice.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG
from zlib import error as zlib_error

from dulwich.diff_tree import tree_changes
from dulwich.errors import FileFormatException, NotGitRepository
from dulwich.objects import Blob, Commit, ObjectID, Tree
from dulwich.objectspec import parse_commit
from dulwich.repo import Repo

from quangba.errors import QuangbaError

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ZONE = timezone(timedelta(hours=7))
"""The project's time zone: a year ends at midnight in Quảng Ninh."""

UNREADABLE = (KeyError, OSError, ValueError, FileFormatException, zlib_error, AssertionError)
"""What dulwich raises for an object that is missing or damaged."""

ANCESTOR = re.compile(r"(.+?)((?:~\d*|\^)+)")
"""A revision some first parents back: ``HEAD~3``, ``main^^``."""

LAST_SECOND = datetime(9999, 1, 1, tzinfo=UTC).timestamp()

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Moment:
    """One commit of the main line."""

    commit: str
    """Its hash."""
    when: datetime
    """When it was committed, in :data:`ZONE`; put in order where clocks were wrong."""
    tree: ObjectID
    """Hash of the tree of the whole repository."""

    @property
    def short(self) -> str:
        """The hash as people quote it."""
        return self.commit[:10]


class Repository:
    """The repository that a site's folder lies in."""

    def __init__(self, root: Path) -> None:
        """Open it; raises ``QuangbaError`` (``report-no-repository``) when there is none."""
        try:
            self.repo = Repo.discover(str(root))
        except (NotGitRepository, OSError, ValueError) as error:
            raise QuangbaError("report-no-repository", root.name) from error
        top = Path(os.fsdecode(self.repo.path)).resolve()
        self.prefix = root.resolve().relative_to(top).as_posix().removeprefix(".")
        self.blob = lru_cache(maxsize=512)(self.read_blob)
        self.cut = False
        """True when older commits are missing: a shallow clone, or a damaged repository."""
        self.disordered = 0
        """Commits whose date was out of order."""

    def __enter__(self) -> Repository:
        return self

    def __exit__(self, *_: object) -> None:
        self.repo.close()

    def resolve(self, revision: str) -> str:
        """Return the hash of a revision; raises ``QuangbaError`` (``report-revision``)."""
        found = ANCESTOR.fullmatch(revision)
        base, steps = (found[1], found[2]) if found else (revision, "")
        try:
            commit = parse_commit(self.repo, base.encode("utf-8"))
            for step in re.findall(r"~(\d*)|\^", steps):
                for _ in range(int(step or 1)):
                    commit = self.commit(commit.parents[0])
        except (*UNREADABLE, IndexError) as error:
            code = "report-no-commits" if base == "HEAD" and not steps else "report-revision"
            raise QuangbaError(code, revision=revision) from error
        return commit.id.decode("ascii")

    def commit(self, sha: ObjectID) -> Commit:
        """Return a commit."""
        found = self.repo[sha]
        if not isinstance(found, Commit):
            raise KeyError(sha)
        return found

    def main_line(self, end: str) -> list[Moment]:
        """Return the commits up to one, oldest first, along first parents."""
        shallow = self.repo.get_shallow()
        commits = []
        sha: ObjectID | None = ObjectID(end.encode("ascii"))
        while sha:
            try:
                commit = self.commit(sha)
            except UNREADABLE:
                self.cut = True
                break
            commits.append(commit)
            if sha in shallow:
                self.cut = True
                break
            sha = commit.parents[0] if commit.parents else None
        commits.reverse()
        times = [min(max(commit.commit_time, 0), LAST_SECOND) for commit in commits]
        steady = in_order(times)
        self.disordered = sum(a != b for a, b in zip(times, steady, strict=True))
        return [
            Moment(commit.id.decode("ascii"), datetime.fromtimestamp(time, ZONE), commit.tree)
            for commit, time in zip(commits, steady, strict=True)
        ]

    def site_tree(self, moment: Moment) -> ObjectID | None:
        """Return the tree of the site's folder in a commit, or None where it has none."""
        sha = moment.tree
        for part in filter(None, self.prefix.split("/")):
            tree = self.repo[sha]
            entry = part.encode("utf-8")
            if not isinstance(tree, Tree) or entry not in tree:
                return None
            sha = tree[entry][1]
        return sha

    def changes(
        self, old: ObjectID | None, new: ObjectID | None
    ) -> Iterator[tuple[str, ObjectID | None]]:
        """
        Yield what differs between two trees: path from the site's folder, hash of the new file.

        The hash is None where the file is gone. Links, submodules and names that could lead out of
        the folder are no files of a site.
        """
        for change in tree_changes(self.repo.object_store, old, new):
            before = sound_path(change.old.path) if change.old and change.old.path else None
            after = sound_path(change.new.path) if change.new and change.new.path else None
            regular = bool(change.new and change.new.mode and S_ISREG(change.new.mode))
            if after and regular and change.new:
                yield after, change.new.sha
            if before and (before != after or not regular):
                yield before, None

    def read_blob(self, sha: ObjectID) -> bytes | None:
        """Return the bytes of a file, or None where they are missing or damaged."""
        try:
            found = self.repo[sha]
            return found.data if isinstance(found, Blob) else None
        except UNREADABLE:
            return None

    def uncommitted(self, root: Path, tree: ObjectID | None, folders: tuple[str, ...]) -> list[str]:
        """
        Return files on the disk that are not as in a tree, sorted.

        Windows line ends are no difference: git changes them when it checks out.
        """
        committed = dict(self.changes(None, tree))
        found = []
        for folder in folders:
            top = root / folder
            paths = [top] if top.is_file() else sorted(p for p in top.rglob("*") if p.is_file())
            for path in paths:
                name = path.relative_to(root).as_posix()
                data = path.read_bytes()
                forms = (data, data.replace(b"\r\n", b"\n"))
                if committed.pop(name, b"") not in {Blob.from_string(form).id for form in forms}:
                    found.append(name)
        inside = tuple(f"{folder}/" for folder in folders)
        return sorted([*found, *(name for name in committed if name.startswith(inside))])


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def sound_path(path: bytes) -> str | None:
    """
    Return a path of a tree as text, or None where it could lead out of a folder.

    >>> sound_path(b'content/index.md'), sound_path(b'content/../x'), sound_path(b'a\\\\b')
    ('content/index.md', None, None)
    """
    try:
        text = path.decode("utf-8")
    except UnicodeDecodeError:
        return None
    parts = text.split("/")
    if any(part in ("", ".", "..") for part in parts) or re.search(r'[\\:\x00-\x1f"*?<>|]', text):
        return None
    return text


def in_order(times: list[float]) -> list[float]:
    """
    Return times that never go back.

    The longest run of times in order is believed; another takes the time of the believed one before
    it (the first: after it). So one clock that was wrong does not move the whole history.

    >>> in_order([10, 20, 9999, 30, 5, 40])
    [10, 20, 20, 30, 30, 40]
    """
    ends: list[float] = []
    lengths = []
    for time in times:
        place = bisect_right(ends, time)
        ends[place : place + 1] = [time]
        lengths.append(place)
    wanted = len(ends) - 1
    believed: set[int] = set()
    ceiling = float("inf")
    for place in range(len(times) - 1, -1, -1):
        if lengths[place] == wanted and times[place] <= ceiling:
            believed.add(place)
            wanted, ceiling = wanted - 1, times[place]
    result = []
    last = times[min(believed)] if believed else 0.0
    for place, time in enumerate(times):
        last = time if place in believed else last
        result.append(last)
    return result
