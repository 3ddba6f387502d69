"""
Actions: what a reviewer does to texts, saved at once, and taken back again.

Every action names the version of the text that the reviewer saw; one that changed since is a
conflict (``catalogs/edits.py``). Undo is an action like the others: it is refused when somebody
changed the text in between.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

from quangba.catalogs.approval import role
from quangba.catalogs.edits import Edit, Key, edit, identifier, version
from quangba.catalogs.message import Message, State
from quangba.desk.entries import TO_EDITOR
from quangba.desk.live import Entry, LiveSite, Verdict, accepted
from quangba.desk.profile import one_line, sound_line
from quangba.desk.sentences import gettext_noop
from quangba.errors import Problem, QuangbaError
from quangba.review.checking import all_checks
from quangba.settings import Language
from quangba.source.gate import secrecy_mark
from quangba.source.text import has_letters, nfc

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LONGEST_TEXT = 20_000
"""Characters of a translation; the longest paragraphs of people have a tenth of it."""

LONGEST_LINE = 500
"""Characters of a comment or of a reason."""

DEEPEST = 200
"""Actions that can be taken back."""

KEPT = (
    "msgstr", "previous", "unsure", "fuzzy", "flags", "mt", "pivot", "reviewed", "waived",
    "comments",
)  # fmt: skip
"""What actions change about a message."""

LABELS = {
    "edit": gettext_noop("Edit: {text}"),
    "accept": gettext_noop("Acceptance: {text}"),
    "approve": gettext_noop("Approval: {text}"),
    "reopen": gettext_noop("Approval taken back: {text}"),
    "comment": gettext_noop("Comment: {text}"),
    "waive": gettext_noop("Finding set aside: {text}"),
    "unwaive": gettext_noop("Finding taken up again: {text}"),
    "approve_page": gettext_noop("Approval of the page: {text}"),
}
"""What an action is called on the button that takes it back."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Refused(Exception):  # noqa: N818
    """Raised for an action that may not be done; nothing was saved."""

    def __init__(
        self, problem: Problem, *, verdict: Verdict | None = None, key: Key | None = None
    ) -> None:
        super().__init__(problem.code)
        self.problem = problem
        self.verdict = verdict
        """What was found in the text, where that is the reason."""
        self.key = key
        """The first text that stands in the way of a whole page."""


class Conflict(Exception):  # noqa: N818
    """Raised when a text changed since it was looked at; nothing was saved."""


@dataclass(frozen=True)
class Done:
    """An action that can be taken back."""

    language: Language
    name: str
    action: str
    text: str
    """Source text, or name of the page, for its label."""
    texts: tuple[tuple[Key, str, Mapping[str, Any]], ...]
    """Key, version after the action, and what stood there before."""


@dataclass
class Request:
    """What a reviewer asks for about one text."""

    action: str
    version: str
    """The version of the text that the reviewer saw."""
    text: str | None = None
    """The translation (``edit``, ``accept``, ``approve``) or the comment."""
    check: str = ""
    reason: str = ""


@dataclass
class Actions:
    """What has been done at one desk."""

    site: LiveSite
    undoable: list[Done] = field(default_factory=list)

    def do(
        self, language: Language, name: str, entry: Entry, request: Request, reviewer: str
    ) -> None:
        """
        Do what a reviewer asks for, and save it.

        Raises :class:`Refused`, :class:`Conflict`, or ``QuangbaError`` for a file that cannot be
        used; in each case nothing was saved.
        """
        change = self.change(language, name, entry, request, reviewer)
        before: dict[str, Any] = {}

        def remember(message: Message) -> None:
            before.update(snapshot(message))
            change(message)
            message.settle()

        key = entry.message.key
        result = edit(self.site.workspace, language, name, [Edit(key, request.version, remember)])
        if result.conflicts:
            raise Conflict
        if result.written:
            after = version(result.done[0])
            texts = ((key, after, before),)
            self.remember(Done(language, name, request.action, entry.message.msgid, texts))

    def change(
        self, language: Language, name: str, entry: Entry, request: Request, reviewer: str
    ) -> Callable[[Message], None]:
        """Return what an action does to a message; raises ``Refused`` for one that it may not."""
        text = entry.message.msgstr
        if request.action in ("edit", "accept", "approve") and request.text is not None:
            text = translation(request.text)
        today = self.site.workspace.today.isoformat()

        def do_edit(message: Message) -> None:
            # Looking at a draft is no acceptance of it.
            if text != message.msgstr:
                message.msgstr = text
                message.fuzzy = message.stale
                message.unsure = False

        def do_accept(message: Message) -> None:
            self.judge(language, name, entry, message, text)
            message.msgstr = text
            message.fuzzy, message.previous, message.unsure = False, None, False

        def do_approve(message: Message) -> None:
            verdict = self.judge(language, name, entry, message, text)
            mark = secrecy_mark(text)
            if mark:
                file = self.site.workspace.catalog_file(language, name)
                raise Refused(Problem.at("gate-secrecy", file, message.line, mark=mark))
            if verdict.blocking:
                raise Refused(Problem.at("desk-findings"), verdict=verdict)
            if entry.state is State.REVIEWED and text == message.msgstr:
                # Whoever read it first stays; a second stamp would take the place of the first.
                return
            message.msgstr = text
            message.approve(named(reviewer), today, role(self.site.workspace))

        def do_reopen(message: Message) -> None:
            if message.state is State.REVIEWED:
                message.reviewed = None

        def do_comment(message: Message) -> None:
            said = line(request.text or "")
            message.comments.append(f"{TO_EDITOR}{named(reviewer)} {today} {said}")

        def do_waive(message: Message) -> None:
            found = self.site.judge(language, name, entry.segment, message).findings
            named_so = any(each.check == request.check and not each.waiver for each in found)
            if request.check not in all_checks() or not named_so:
                raise Refused(Problem.at("desk-check-unknown"))
            # For the present source, which is the one that the finding compares the text with.
            fresh = accepted(message)
            fresh.waive(request.check, line(request.reason), named(reviewer), today)
            message.waived = fresh.waived

        def do_unwaive(message: Message) -> None:
            mark = f"{request.check}:"
            message.waived = [old for old in message.waived if not old.who.startswith(mark)]

        changes = {
            "edit": do_edit,
            "accept": do_accept,
            "approve": do_approve,
            "reopen": do_reopen,
            "comment": do_comment,
            "waive": do_waive,
            "unwaive": do_unwaive,
        }
        if request.action not in changes:
            raise QuangbaError("desk-request")
        return changes[request.action]

    def judge(
        self, language: Language, name: str, entry: Entry, message: Message, text: str
    ) -> Verdict:
        """Return what is found in a new text; raises ``Refused`` for one that is not usable."""
        if not text:
            raise Refused(Problem.at("desk-text-empty"))
        verdict = self.site.judge(language, name, entry.segment, replace(message, msgstr=text))
        if verdict.unsound:
            problem = Problem.at("desk-unsound", what=verdict.unsound)
            raise Refused(problem, verdict=verdict)
        return verdict

    def approve_page(self, language: Language, name: str, reviewer: str) -> None:
        """Stamp every text of a page that is accepted; refused while one needs a look."""
        entries = self.site.entries(language, name)
        todo = [entry for entry in entries if entry.open]
        if not todo:
            raise Refused(Problem.at("desk-page-done"))
        closed = [each for each in todo if not each.ready or secrecy_mark(each.message.msgstr)]
        if closed:
            first = closed[0].message
            problem = Problem.at("desk-page-open", count=len(closed), msgid=first.msgid[:60])
            raise Refused(problem, key=first.key)
        who, day = named(reviewer), self.site.workspace.today.isoformat()
        before: dict[Key, Mapping[str, Any]] = {}

        def approve(message: Message) -> None:
            before[message.key] = snapshot(message)
            message.approve(who, day, role(self.site.workspace))

        edits = [Edit(each.message.key, version(each.message), approve) for each in todo]
        result = edit(self.site.workspace, language, name, edits)
        texts = tuple((done.key, version(done), before[done.key]) for done in result.done)
        if texts:
            self.remember(Done(language, name, "approve_page", name, texts))
        if result.conflicts:
            raise Refused(Problem.at("desk-changed"), key=result.conflicts[0][0].key)

    def remember(self, done: Done) -> None:
        """Note an action that can be taken back."""
        self.undoable.append(done)
        del self.undoable[:-DEEPEST]

    def undo(self) -> tuple[Language, str, str]:
        """
        Take the last action back; return language, page and identifier of its first text.

        Raises :class:`Refused` when there is none, or when its texts were changed since. The
        texts of a page that nobody changed since are taken back all the same.
        """
        if not self.undoable:
            raise Refused(Problem.at("desk-undo-nothing"))
        last = self.undoable[-1]
        edits = [Edit(key, after, restorer(before)) for key, after, before in last.texts]
        result = edit(self.site.workspace, last.language, last.name, edits)
        self.undoable.pop()
        if not result.done:
            raise Refused(Problem.at("desk-undo-changed"))
        return last.language, last.name, identifier(result.done[0].key)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def snapshot(message: Message) -> dict[str, Any]:
    """Return what actions may change about a message."""
    return {name: deepcopy(getattr(message, name)) for name in KEPT}


def restorer(before: Mapping[str, Any]) -> Callable[[Message], None]:
    """Return the change that brings back what stood there before."""

    def restore(message: Message) -> None:
        for name, value in before.items():
            setattr(message, name, deepcopy(value))

    return restore


def translation(text: str) -> str:
    """
    Return a translation as it is saved: NFC, no blanks around it.

    Raises ``Refused`` for one with line ends or control characters.
    """
    if not one_line(text):
        raise Refused(Problem.at("desk-text-line"))
    if len(text) > LONGEST_TEXT:
        raise Refused(Problem.at("desk-text-long", longest=LONGEST_TEXT))
    return nfc(text).strip()


def line(text: str) -> str:
    """Return a comment or reason; raises ``Refused`` for one that is not one readable line."""
    text = nfc(text).strip()
    if not sound_line(text) or not has_letters(text) or len(text) > LONGEST_LINE:
        raise Refused(Problem.at("desk-line-wrong", longest=LONGEST_LINE))
    return text


def named(reviewer: str) -> str:
    """Return the name that signs; raises ``Refused`` while nobody gave one."""
    if not reviewer:
        raise Refused(Problem.at("desk-reviewer-missing"))
    return reviewer
