"""
Publishing: which page appears in which language, and with which text.

=============  ==================================================================================
policy         a page appears in a language when
=============  ==================================================================================
``reviewed``   every segment is reviewed and fresh
``translated`` every segment is reviewed or translated by a person; a stale segment keeps its last
               reviewed text under a dated notice
``machine``    drafts too, under a notice; what has no sound text stays in the source language
=============  ==================================================================================
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from quangba.catalogs.message import FINGERPRINT, Catalog, Message, Stamp, State
from quangba.catalogs.workspace import SITE, UI, Workspace
from quangba.errors import Problem, QuangbaError
from quangba.settings import Language
from quangba.source.gate import secrecy_mark
from quangba.source.markup import Inspector
from quangba.source.segment import Collected, Segment

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

GLOSSARY = "glossary"
"""What stands for the packages of a draft that is a term of the glossary and nothing else."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------

Key = tuple[str | None, str]


@dataclass
class Edition:
    """One page in one language."""

    page: str
    language: Language
    policy: str
    texts: dict[Key, str] = field(default_factory=dict)
    """What is shown for each segment; a segment that is not here stays in the source language."""
    states: Counter[State] = field(default_factory=Counter)
    stale: int = 0
    """Segments whose source changed since they were translated."""
    left: int = 0
    """Segments that have no text which the policy allows."""
    stale_since: str = ""
    """ISO date of the oldest review whose text is shown although the source changed."""
    reviewed_on: str = ""
    """ISO date of the latest review."""
    reviews: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    """Who reviewed its texts: name and role, with how many and the ISO date of the latest."""
    first_left: tuple[int, str] = (0, "")
    """Line in the catalog and text of the first such segment."""
    drafts: int = 0
    """Machine drafts that are shown."""
    packages: Counter[str] = field(default_factory=Counter)
    """Translation packages, with how many of the shown texts each of them drafted."""
    problems: list[Problem] = field(default_factory=list)

    def note(self, stamp: Stamp) -> None:
        """Note the review of a text that stands."""
        who = (stamp.who, stamp.role)
        count, day = self.reviews.get(who, (0, ""))
        self.reviews[who] = (count + 1, max(day, stamp.date))
        self.reviewed_on = max(self.reviewed_on, stamp.date)

    def leave(self, segment: Segment, message: Message) -> None:
        """Note a segment that has no text which may be shown."""
        if not self.left:
            self.first_left = (message.line, segment.msgid[:60])
        self.left += 1

    def without_texts(self) -> Edition:
        """Return all but the texts, which other pages do not ask for."""
        return replace(self, texts={})

    def missing(self, file: str) -> Problem | None:
        """Say that the page does not appear in the language, and why; None when it does."""
        if self.complete:
            return None
        line, msgid = self.first_left
        return Problem.at(
            "edition-missing",
            file,
            line,
            language=self.language.name,
            count=self.left,
            policy=self.policy,
            msgid=msgid,
        )

    @property
    def complete(self) -> bool:
        """Tell whether the policy lets the page appear in the language."""
        return self.left == 0 or self.policy == "machine"

    @property
    def machine(self) -> bool:
        """Tell whether readers must be told that nobody reviewed the text."""
        return self.policy == "machine" and bool(self.drafts or self.left)


@dataclass
class Publisher:
    """Decides for a whole site."""

    workspace: Workspace

    def __post_init__(self) -> None:
        self._editions: dict[tuple[str, str], Edition] = {}
        self._faces: dict[tuple[str, str], Edition] = {}
        self._site: dict[str, dict[Key, str]] = {}
        self._site_packages: dict[str, Counter[str]] = {}
        self.problems: list[Problem] = []
        """What is wrong with the site's own texts."""

    def edition(self, name: str, language: Language) -> Edition:
        """Return a page in a target language."""
        key = (name, language.code)
        if key not in self._editions:
            self._editions[key] = self.evaluate(name, language)
        return self._editions[key]

    def face(self, name: str, language: Language) -> Edition:
        """Return a page in a target language, perhaps without its texts: what others ask of it."""
        return self._faces.get((name, language.code)) or self.edition(name, language)

    def take(self, editions: Iterable[Edition]) -> None:
        """Take over what another process decided."""
        for edition in editions:
            self._editions[edition.page, edition.language.code] = edition

    def recall(self, faces: Iterable[Edition]) -> None:
        """Take over what an earlier build decided of pages that did not change, without texts."""
        for face in faces:
            self._faces[face.page, face.language.code] = face

    def forget(self, language: Language, name: str) -> None:
        """Decide anew about a page when it is asked for next."""
        self._editions.pop((name, language.code), None)

    def evaluate(self, name: str, language: Language) -> Edition:
        """Compare the segments of a page with its catalog."""
        settings = self.workspace.settings
        policy = settings.policy(name, self.workspace.page(name).meta)
        edition = Edition(name, language, policy)
        collected = self.workspace.collected(name)
        try:
            catalog = self.workspace.catalog(language, name)
        except QuangbaError as error:
            edition.problems.append(error.problem)
            catalog = None
        file = self.workspace.catalog_file(language, name)
        choose(
            edition,
            collected,
            catalog,
            file,
            self.workspace.inspector,
            sample=settings.options.sample,
            gate=settings.options.gate,
        )
        return edition

    def published(self, name: str, language: Language) -> bool:
        """Tell whether a page appears in a language of this edition."""
        if self.workspace.settings.left_out(name):
            return False
        if not self.workspace.decision(name).passes:
            return False
        if language == self.workspace.settings.source:
            return True
        return self.face(name, language).complete

    def languages_of(self, name: str) -> list[Language]:
        """Return the languages in which a page appears."""
        return [lang for lang in self.workspace.settings.languages if self.published(name, lang)]

    def site_text(self, language: Language, context: str, text: str) -> str:
        """Return a text of the site in a language, or in the source language without one."""
        if language == self.workspace.settings.source:
            return text
        return self.site_texts(language).get((context, text), text)

    def site_texts(self, language: Language) -> dict[Key, str]:
        """Return the sound translations of the site's own texts in a target language."""
        if language.code not in self._site:
            self._site_packages[language.code] = Counter()
            self._site[language.code] = self.evaluate_site(language)
        return self._site[language.code]

    def evaluate_site(self, language: Language) -> dict[Key, str]:
        """Choose among the translations of the site's own texts; note who drafted them."""
        try:
            catalog = self.workspace.catalog(language, SITE)
        except QuangbaError as error:
            self.problems.append(error.problem)
            return {}
        file = self.workspace.catalog_file(language, SITE)
        gate = self.workspace.settings.options.gate
        found = {}
        for message in catalog.active if catalog else []:
            if message.state < State.TRANSLATED or message.stale:
                continue
            segment = Segment(message.msgid, msgctxt=message.msgctxt, plain=True)
            what = self.workspace.inspector.difference(segment, message.msgstr, Collected())
            if what:
                msgid = message.msgid[:60]
                self.problems.append(
                    Problem.at("text-unsound", file, message.line, msgid=msgid, what=what)
                )
                continue
            mark = secrecy_mark(message.msgstr) if gate else None
            if mark:
                self.problems.append(Problem.at("gate-secrecy", file, message.line, mark=mark))
                continue
            found[message.key] = message.msgstr
            self._site_packages[language.code].update(packages_of(message))
        return found

    def packages(self, language: Language) -> Counter[str]:
        """Return the translation packages that drafted what readers of a language see."""
        found: Counter[str] = Counter()
        catalog = self.workspace.catalog(language, UI)
        for message in catalog.active if catalog else []:
            # An unsure text of the interface is not shown (``catalogs/interface.py``).
            if message.msgstr and not message.fuzzy:
                found.update(packages_of(message))
        if language == self.workspace.settings.source:
            return found
        self.site_texts(language)
        found.update(self._site_packages[language.code])
        for name in self.workspace.names:
            if self.published(name, language):
                found.update(self.face(name, language).packages)
        return found


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def choose(
    edition: Edition,
    collected: Collected,
    catalog: Catalog | None,
    file: str,
    inspector: Inspector,
    *,
    sample: bool,
    gate: bool,
) -> None:
    """Choose the text of every segment that the policy of the page allows."""
    index = catalog.index() if catalog else {}
    for segment in distinct(collected.segments):
        message = index.get(segment.key) or Message(segment.msgid, msgctxt=segment.msgctxt)
        state = message.state
        # A sample review counts only while the whole site is a sample.
        counts = sample or not message.reviewed or message.reviewed.role != "sample"
        if state is State.REVIEWED and not counts:
            state = State.TRANSLATED
        edition.states[state] += 1
        edition.stale += message.stale
        if message.reviewed and state is State.REVIEWED:
            edition.note(message.reviewed)
        if not allowed(message, state, edition.policy) or (message.stale and not counts):
            edition.leave(segment, message)
            continue
        if message.stale and message.previous is not None:
            # It was sound for the text that it was made for; that the source went on is no fault.
            before = replace(segment, msgid=message.previous)
            if inspector.difference(before, message.msgstr, collected):
                edition.leave(segment, message)
                continue
        else:
            what = inspector.difference(segment, message.msgstr, collected)
            if what:
                edition.leave(segment, message)
                msgid = segment.msgid[:60]
                edition.problems.append(
                    Problem.at("text-unsound", file, message.line, msgid=msgid, what=what)
                )
                continue
        mark = secrecy_mark(message.msgstr) if gate else None
        if mark:
            edition.leave(segment, message)
            edition.problems.append(Problem.at("gate-secrecy", file, message.line, mark=mark))
            continue
        edition.texts[segment.key] = message.msgstr
        edition.drafts += state is State.DRAFT
        if message.mt:
            edition.packages.update(packages_of(message))
        if message.stale and message.reviewed:
            since = message.reviewed.date
            edition.stale_since = min(edition.stale_since or since, since)


def allowed(message: Message, state: State, policy: str) -> bool:
    """Tell whether a policy lets a text be shown."""
    if state is State.MISSING:
        return False
    if message.stale:
        return policy != "reviewed" and message.was_reviewed
    if policy == "reviewed":
        return state is State.REVIEWED
    return state >= State.TRANSLATED or policy == "machine"


def packages_of(message: Message) -> list[str]:
    """
    Return the packages that drafted a text, also when a person accepted or changed it since.

    >>> from quangba.catalogs.message import Stamp
    >>> packages_of(Message('Vé', '票', mt=Stamp('vi_en-1.9+en_zh-1.9 2026-11-22 fp:0123abcd')))
    ['vi_en-1.9', 'en_zh-1.9']
    >>> packages_of(Message('Vé', '票', mt=Stamp('glossary 2026-11-22 fp:0123abcd')))
    []
    """
    who = message.mt.who if message.mt else ""
    # A stamp that was written by hand may lack its date, which ends the names.
    names = (name.strip() for name in FINGERPRINT.sub("", who).split("+"))
    return [name for name in names if name not in ("", GLOSSARY)]


def distinct(segments: Iterable[Segment]) -> list[Segment]:
    """Return the segments of a page, those that share an entry once."""
    return list({segment.key: segment for segment in reversed(list(segments))}.values())[::-1]
