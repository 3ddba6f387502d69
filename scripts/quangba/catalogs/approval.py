"""Approvals: of a page, and of its translation in one language."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from quangba.catalogs.message import State
from quangba.catalogs.workspace import Workspace
from quangba.errors import Problem, QuangbaError, Severity
from quangba.settings import Language
from quangba.source.gate import Approval, read_approval
from quangba.source.pages import Page

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

WITHOUT_APPROVAL = ("gate-unapproved", "gate-changed", "gate-sample", "approval-wrong")
"""What is wrong with a page for want of the approval that is about to be made."""

Key = tuple[str | None, str]

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Reviewed:
    """What an approval of a translation did."""

    stamped: int = 0
    """Texts stamped now."""
    already: int = 0
    """Texts that were stamped before."""
    left: int = 0
    """Texts that cannot be stamped."""
    problems: tuple[Problem, ...] = ()


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def approve_page(workspace: Workspace, name: str, by: str, document: str) -> list[Problem]:
    """
    Record who let a page out; return what still keeps it in.

    Nothing is recorded while the page bears a mark of secrecy or cannot be read. In sample mode
    the approval carries ``role: sample``; an official one stands on a document, and without it
    ``QuangbaError`` is raised.
    """
    page = known_page(workspace, name)
    if role(workspace) == "official" and not document.strip():
        raise QuangbaError("approve-document", page.file, page=name)
    approval = Approval(by, workspace.today.isoformat(), document, role(workspace))
    approval.fingerprint = workspace.gate.fingerprint(page)
    blocking = [
        problem
        for problem in workspace.gate.decide(page).problems
        if problem.severity >= Severity.ERROR and problem.code not in WITHOUT_APPROVAL
    ]
    if not blocking:
        approval.write(workspace.gate.approval_file(name))
    return blocking


def withdraw_page(workspace: Workspace, name: str, by: str, reason: str) -> None:
    """Take a page out: its address shows a short notice from the next build on."""
    page = known_page(workspace, name)
    path = workspace.gate.approval_file(name)
    approval = read_approval(path, page)[0] or Approval()
    approval.withdrawn = {"by": by, "date": workspace.today.isoformat(), "reason": reason}
    approval.write(path)


def approve_language(
    workspace: Workspace,
    name: str,
    language: Language,
    by: str,
    wrong: Collection[Key] = (),
) -> Reviewed:
    """
    Stamp every text of a page in a language that is translated, fresh and sound.

    Left are machine drafts that nobody accepted, and the texts in ``wrong``: what the checks call
    an error and nobody waived.

    Texts that are missing, stale or unsound are left too; all that is left is reported.
    """
    known_page(workspace, name)
    with workspace.alone():
        return stamp_language(workspace, name, language, by, wrong)


def stamp_language(
    workspace: Workspace, name: str, language: Language, by: str, wrong: Collection[Key]
) -> Reviewed:
    """Stamp what can be stamped, while no other command writes catalogs."""
    catalog = workspace.catalog(language, name)
    file = workspace.catalog_file(language, name)
    done = Reviewed()
    collected = workspace.collected(name)
    index = catalog.index() if catalog else {}
    left = []
    for segment in {segment.key: segment for segment in collected.segments}.values():
        message = index.get(segment.key)
        sound = message and not workspace.inspector.difference(segment, message.msgstr, collected)
        if message is None or message.state <= State.DRAFT or message.stale or not sound:
            left.append(segment)
        elif message.state is State.REVIEWED:
            done.already += 1
        elif message.key in wrong:
            left.append(segment)
        else:
            message.approve(by, workspace.today.isoformat(), role(workspace))
            done.stamped += 1
    if catalog and done.stamped:
        workspace.write_catalogs([(language, name, catalog)])
    done.left = len(left)
    if left:
        done.problems = (
            Problem.at("approve-incomplete", file, count=len(left), msgid=left[0].msgid[:60]),
        )
    return done


def role(workspace: Workspace) -> str:
    """Return what approvals made now count as."""
    return "sample" if workspace.settings.options.sample else "official"


def known_page(workspace: Workspace, name: str) -> Page:
    """Return a page; raises ``QuangbaError`` when there is none of this name."""
    if name not in workspace.names:
        raise QuangbaError("page-missing", workspace.settings.page_file(name))
    return workspace.page(name)
