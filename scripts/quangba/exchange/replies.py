"""
Replies: what people send back, taken into the catalogs row by row.

Nothing is overwritten and nothing is lost. A row that nobody touched asks for nothing, whatever
happened to its entry; a touched one is taken only when its entry is still what was shown, or says
the same already, so that a second import changes nothing. What is not taken is kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from quangba.catalogs.approval import role
from quangba.catalogs.edits import Edit, edit, identifier, version
from quangba.catalogs.message import Message, State
from quangba.catalogs.pofile import COLLISION
from quangba.catalogs.workspace import Workspace
from quangba.errors import Problem, QuangbaError, Severity
from quangba.exchange.protect import Protected, TagError
from quangba.exchange.rows import EDITOR, TITLES, Decision, collected, sentence
from quangba.review.checking import Checker
from quangba.settings import Language
from quangba.source.segment import Segment
from quangba.source.text import CONTROL, HIDDEN, fingerprint, nfc

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

HARD_BLANKS = re.compile("[\u00a0\u2007\u202f]")
"""Blanks that do not break, which office programs and web pages leave in copied text."""

LINES = re.compile(r"(?<!\s)\s*\n\s*")

WIDE = "WF"
"""East Asian widths of characters that stand next to each other without a blank."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Reply:
    """A row as it comes back."""

    place: str
    """Where it stands in its file: ``Yên Tử!D14``, or the name of a unit."""
    id: str = ""
    """See :attr:`quangba.exchange.rows.Row.id`; empty for a row that somebody added."""
    version: str = ""
    """See :attr:`quangba.exchange.rows.Row.version`."""
    text: str = ""
    """The translation, with tags."""
    decision: Decision = Decision.NONE
    comment: str = ""
    """For the editor of the page."""
    source: str | None = None
    """The source text that stands beside it, with tags; None where the file has none."""

    @property
    def language(self) -> str:
        """Code of the language that the row says it is in."""
        return self.id.partition(":")[0]

    @property
    def name(self) -> str:
        """Name of the entry, see :func:`quangba.catalogs.edits.identifier`."""
        return self.id.partition(":")[2].partition(":")[0]

    @property
    def page(self) -> str:
        """Name of the page."""
        return self.id.partition(":")[2].partition(":")[2]

    @property
    def touched(self) -> bool:
        """Tell whether the text is another one than was shown."""
        return self.version.rpartition(".")[2] != fingerprint(self.text)


@dataclass(frozen=True)
class Refusal:
    """A row that was not taken, and why."""

    reply: Reply
    problem: Problem

    @property
    def taken(self) -> bool:
        """Tell whether the text was taken, and only the stamp refused."""
        return self.problem.code == "import-unstamped"


@dataclass
class Returned:
    """What a file holds."""

    file: str
    """As people know it."""
    language: str
    """Code of its language."""
    replies: list[Reply] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    """Rows that cannot be read: formulas, numbers, merged cells."""
    problems: list[Problem] = field(default_factory=list)
    """What else is worth knowing about the file."""

    def refuse(self, reply: Reply, code: str, **values: object) -> None:
        """Keep a row that cannot be read."""
        problem = Problem.at(code, f"{self.file}, {reply.place}", 0, **values)
        self.refusals.append(Refusal(reply, problem))

    def unique(self) -> None:
        """Drop copies of rows; of rows that contradict each other, none is taken."""
        first: dict[str, Reply] = {}
        others: dict[str, list[Reply]] = {}
        for reply in self.replies:
            known = first.setdefault(reply.id, reply)
            if (known.text, known.decision, known.comment) != (
                reply.text,
                reply.decision,
                reply.comment,
            ):
                others.setdefault(reply.id, []).append(reply)
        for name, copies in others.items():
            known = first.pop(name)
            self.refuse(known, "import-duplicate", other=copies[0].place)
            for reply in copies:
                self.refuse(reply, "import-duplicate", other=known.place)
        self.replies = list(first.values())


@dataclass(frozen=True)
class Reviewer:
    """Who sends a file back."""

    name: str = ""
    """Name or role; may be empty, as it is personal data."""
    stamps: bool = False
    """True: what is marked as reviewed gets the name as a stamp."""


@dataclass
class Result:
    """What became of the rows of a file."""

    changed: int = 0
    """Texts that are new."""
    accepted: int = 0
    """Drafts and stale texts that were accepted as they are."""
    stamped: int = 0
    """Texts that bear a stamp of review now."""
    comments: int = 0
    same: int = 0
    """Rows that change nothing."""
    refusals: list[Refusal] = field(default_factory=list)
    findings: list[Problem] = field(default_factory=list)
    """What the checks say about texts that were taken."""
    unstamped: int = 0
    """Rows that are marked as reviewed in a file that was imported without a name."""
    written: list[str] = field(default_factory=list)
    """Catalogs that were written."""


@dataclass
class Plan:
    """What a reply makes of its entry."""

    reply: Reply
    before: Message
    msgstr: str
    settles: bool
    """True: the translation counts as made by a person, for the present source."""
    stamp: bool
    comment: str
    """The whole line for the catalog, or nothing."""
    findings: list[Problem] = field(default_factory=list)
    """What the checks say about the text."""


class Importer:
    """Takes replies in one language into the catalogs."""

    def __init__(self, workspace: Workspace, language: Language, reviewer: Reviewer) -> None:
        self.workspace, self.language, self.reviewer = workspace, language, reviewer
        self.name = one_line(reviewer.name)
        self.checker = Checker(workspace)
        self.day = workspace.today.isoformat()
        self.role = role(workspace)

    def run(self, returned: Returned, *, dry_run: bool = False) -> Result:
        """
        Take everything that a file holds; each catalog is written once, whole.

        With ``dry_run`` all is judged and nothing written.
        """
        self.file, self.result = returned.file, Result()
        self.result.refusals += returned.refusals
        pages: dict[str, list[Reply]] = {}
        for reply in returned.replies:
            if reply.language != self.language.code:
                self.refuse(reply, "import-foreign", language=self.language.code)
            elif reply.page not in self.workspace.names and reply.page not in TITLES:
                self.refuse(reply, "import-gone")
            else:
                pages.setdefault(reply.page, []).append(reply)
        for name, replies in pages.items():
            try:
                self.page(name, replies, dry_run=dry_run)
            except QuangbaError as error:
                # A catalog that cannot be read or written keeps all its rows.
                for reply in replies:
                    self.result.refusals.append(Refusal(reply, error.problem))
        return self.result

    def refuse(self, reply: Reply, code: str, **values: object) -> None:
        """Keep a row that is not taken."""
        problem = Problem.at(code, f"{self.file}, {reply.place}", 0, **values)
        self.result.refusals.append(Refusal(reply, problem))

    def page(self, name: str, replies: list[Reply], *, dry_run: bool) -> None:
        """Take the rows of one page."""
        self.workspace.forget(self.language, name)
        catalog = self.workspace.catalog(self.language, name)
        entries = {identifier(key): m for key, m in catalog.index().items()} if catalog else {}
        segments = {segment.key: segment for segment in self.workspace.segments(name)}
        plans = []
        for reply in replies:
            message = entries.get(reply.name)
            segment = segments.get(message.key) if message else None
            if message is None or segment is None:
                self.refuse(reply, "import-gone")
                continue
            plan = self.judge(name, reply, message, segment)
            if plan:
                plans.append(plan)
        done = plans if dry_run else self.write(name, plans)
        for plan in done:
            self.count(plan)

    def write(self, name: str, plans: list[Plan]) -> list[Plan]:
        """Change the catalog; return the plans that were carried out."""
        edits = {self.edit(plan).key: (self.edit(plan), plan) for plan in plans}
        if not edits:
            return []
        edited = edit(self.workspace, self.language, name, [each for each, _ in edits.values()])
        if edited.written:
            self.result.written.append(self.workspace.catalog_file(self.language, name))
        late = {each.key: message for each, message in edited.conflicts}
        for key, message in late.items():
            self.conflict(edits[key][1].reply, message)
        return [plan for key, (_, plan) in edits.items() if key not in late]

    def edit(self, plan: Plan) -> Edit:
        """Return the change to the catalog that a plan asks for."""
        return Edit(plan.before.key, version(plan.before), lambda message: self.do(plan, message))

    def do(self, plan: Plan, message: Message) -> None:
        """Carry out a plan."""
        message.msgstr = plan.msgstr
        if plan.settles:
            message.fuzzy, message.previous, message.unsure = False, None, False
        if plan.stamp:
            message.approve(self.name, self.day, self.role)
        if plan.comment:
            message.comments.append(plan.comment)

    def count(self, plan: Plan) -> None:
        """Count what a plan did."""
        changed = plan.msgstr != plan.before.msgstr
        self.result.changed += changed
        self.result.accepted += plan.settles and not changed and plan.before.fuzzy
        self.result.stamped += plan.stamp
        self.result.comments += bool(plan.comment)
        self.result.findings += plan.findings

    # Judging

    def judge(self, name: str, reply: Reply, message: Message, segment: Segment) -> Plan | None:
        """Say what a reply makes of its entry; None where it makes nothing, or was refused."""
        settling = reply.decision in (Decision.ACCEPT, Decision.REVIEWED)
        asks = reply.decision is not Decision.SKIP and (reply.touched or settling)
        plan = Plan(reply, message, message.msgstr, False, False, self.comment(reply, message))
        if (asks or plan.comment) and self.astray(reply, message, segment):
            self.refuse(reply, "import-source")
            return None
        if asks:
            try:
                plan.msgstr = self.text(reply, message, segment)
            except QuangbaError as error:
                self.result.refusals.append(Refusal(reply, error.problem))
                return None
            known = reply.version.partition(".")[0] == f"v{version(message)}"
            if not known and plan.msgstr != message.msgstr:
                self.conflict(reply, message)
                return None
            # A copy of the present text that was changed elsewhere says nothing of itself.
            plan.settles = settling or plan.msgstr != message.msgstr
            plan.stamp = self.stamps(reply, message, plan.msgstr)
            if not self.sound(name, plan, segment):
                return None
        after = Message(**{**vars(message), "comments": [*message.comments]})
        self.do(plan, after)
        if version(after) == version(message):
            self.result.same += 1
            return None
        return plan

    def astray(self, reply: Reply, message: Message, segment: Segment) -> bool:
        """
        Tell whether a reply stands beside another source than its entry has.

        Somebody sorted some of the columns without the hidden ones, or a program damaged the
        letters: then nobody knows what the text was written for.
        """
        if reply.source is None:
            return False
        own = Protected(message.msgid, plain=segment.plain).source
        return fingerprint(nfc(reply.source)) != fingerprint(nfc(own))

    def text(self, reply: Reply, message: Message, segment: Segment) -> str:
        """Return the Markdown that a reply asks for; raises ``QuangbaError`` for broken tags."""
        place = f"{self.file}, {reply.place}"
        protected = Protected(message.msgid, plain=segment.plain)
        text = normal(reply.text, message)
        if not text:
            raise QuangbaError("import-empty", place)
        if fingerprint(text) == fingerprint(protected.show(message.msgstr)):
            return message.msgstr
        try:
            # Blanks that were moved out of a pair may stand at the edge.
            return protected.restore(text).strip()
        except TagError as error:
            code = "import-tag-unknown" if error.unknown else "import-tag-torn"
            raise QuangbaError(code, place, tag=error.tag) from error

    def stamps(self, reply: Reply, message: Message, msgstr: str) -> bool:
        """Tell whether a reply stamps its text, which may have been stamped before."""
        if reply.decision is not Decision.REVIEWED:
            return False
        if message.state is State.REVIEWED and msgstr == message.msgstr:
            return False
        self.result.unstamped += not self.reviewer.stamps
        return self.reviewer.stamps

    def conflict(self, reply: Reply, message: Message | None) -> None:
        """Keep a row whose entry somebody else changed."""
        now = message.msgstr if message else ""
        self.refuse(reply, "import-conflict", now=now[:60] or "–")

    def comment(self, reply: Reply, message: Message) -> str:
        """Return the line that a comment makes in the catalog, or nothing where it is there."""
        said = one_line(reply.comment)
        lines = (each.removeprefix(EDITOR) for each in message.comments if each.startswith(EDITOR))
        if not said or any(f"{line} ".endswith(f" {said} ") for line in lines):
            return ""
        return " ".join(filter(None, (EDITOR, self.name, self.day, said)))

    def sound(self, name: str, plan: Plan, segment: Segment) -> bool:
        """Tell whether a text can be used, and note in its plan what the checks find in it."""
        place = f"{self.file}, {plan.reply.place}"
        page = collected(self.workspace, name)
        what = self.workspace.inspector.difference(segment, plan.msgstr, page)
        if plan.msgstr.startswith(COLLISION):
            what = f"+{COLLISION}"
        if what:
            tag = Protected(plan.before.msgid, plain=segment.plain).missing(plan.reply.text)
            if tag:
                self.refuse(plan.reply, "import-tag-missing", tag=tag)
            else:
                self.refuse(plan.reply, "import-unsound", what=what)
            return False
        trial = Message(**{**vars(plan.before), "comments": []})
        self.do(plan, trial)
        errors = list(self.errors(name, trial, segment))
        if errors and plan.stamp:
            plan.stamp = False
            self.refuse(plan.reply, "import-unstamped", what=" ".join(errors))
        else:
            plan.findings = [Problem.at("import-finding", place, what=what) for what in errors]
        return True

    def errors(self, name: str, message: Message, segment: Segment) -> Iterator[str]:
        """Yield what the checks say is wrong with a text and nobody waived."""
        page = collected(self.workspace, name)
        file = self.workspace.catalog_file(self.language, name)
        checker = self.checker.of(name)
        for finding in checker.message(message, segment, self.language, page, file):
            if finding.severity is Severity.ERROR:
                yield sentence(finding.problem)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def normal(text: str, message: Message) -> str:
    """
    Return a text from another program as catalogs have it.

    Composed (NFC), without line breaks that the source does not have, without characters that
    nobody can see, and with ordinary blanks where the entry has no others.

    >>> normal(' Baie d’Ha\\u00a0Long\\r\\net port\\u200b ', Message('Vịnh'))
    'Baie d’Ha Long et port'
    >>> normal('東京\\nタワー', Message('Tháp'))
    '東京タワー'
    """
    text = nfc(text.replace("\r\n", "\n").replace("\r", "\n"))
    known = message.msgid + message.msgstr
    for pattern, instead in ((HARD_BLANKS, " "), (HIDDEN, ""), (CONTROL, "")):
        for char in set(pattern.findall(text)) - set(known):
            text = text.replace(char, instead)
    if "\n" not in message.msgid:
        text = LINES.sub(joint, text.strip())
    return text.replace("\t", " ").strip()


def joint(match: re.Match[str]) -> str:
    """Return what stands in the place of a line break: a blank where the script has any."""
    sides = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    wide = all(side and unicodedata.east_asian_width(side) in WIDE for side in sides)
    return "" if wide and not any("가" <= side <= "힣" for side in sides) else " "


def one_line(text: str) -> str:
    """Return a text as a comment of a catalog can hold it."""
    text = CONTROL.sub(" ", HIDDEN.sub("", nfc(text))).replace(COLLISION, "#")
    return " ".join(text.split())
