"""
Checking: every check is asked about every translation, and each finding is one sentence.

A check is a small function that takes an :class:`~quangba.review.entry.Entry` and yields what its
sentence names. Severity and sentences stand on the function:

>>> @check(Severity.WARNING, "thừa dấu {sign}. Hãy bỏ đi.", "there is {sign} too much. Remove it.")
... def bangs(entry: Entry) -> Iterator[Values]:
...     if entry.target.endswith("!!"):
...         yield {"sign": "!"}

Other packages add theirs through the entry point group ``quangba.checks``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules
from typing import Any

from quangba.catalogs.glossary import Glossary
from quangba.catalogs.message import Message, Stamp, State
from quangba.catalogs.workspace import SITE, UI, Workspace
from quangba.errors import Problem, QuangbaError, Severity
from quangba.messages import MESSAGES
from quangba.review import checks
from quangba.review.entry import Entry, Site
from quangba.settings import Language
from quangba.source.markup import LONGEST
from quangba.source.segment import Collected, Segment

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

GROUP = "quangba.checks"
"""Entry points of other packages: the name of a check, and ``module:function``."""

FAMILY = "check-"
"""What the codes of findings begin with; the name of the check follows."""

UI_SOURCE = "en"
"""Code of the language that the texts of the interface are translated from."""

Values = Mapping[str, object]
"""What the sentence of a finding names."""

Function = Callable[[Entry], Iterable[Values]]

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Check:
    """One idea of what may be wrong with a translation."""

    name: str
    """Name for waivers and reports: ``numbers``, ``end-punctuation``."""
    severity: Severity
    """``ERROR`` is wrong, ``WARNING`` likely wrong, ``NOTE`` a hint that may well be right."""
    function: Function

    @property
    def code(self) -> str:
        """Code of its findings in :data:`quangba.messages.MESSAGES`."""
        return FAMILY + self.name

    def __call__(self, entry: Entry) -> Iterator[Values]:
        """Yield what the sentence of each finding names."""
        yield from self.function(entry)


@dataclass(frozen=True)
class Finding:
    """What a check said about a translation."""

    check: str
    """Name of the check."""
    problem: Problem
    """The sentence, with file and line of the catalog."""
    message: Message = field(compare=False)
    waiver: Stamp | None = None
    """Who said that it is no mistake, and why; None while nobody did."""

    @property
    def severity(self) -> Severity:
        """How much it matters; waived findings are only worth knowing."""
        return Severity.NOTE if self.waiver else self.problem.severity


@dataclass
class Checker:
    """Checks the translations of a site."""

    workspace: Workspace

    def __post_init__(self) -> None:
        settings = self.workspace.settings
        path = settings.catalogs / "glossary.csv"
        try:
            glossary = Glossary.read(path, settings.relative(path))
        except QuangbaError:
            # `quangba glossary check` says what is wrong with it.
            glossary = Glossary()
        self.site = Site(settings.source.code, glossary, self.workspace.inspector)

    @cached_property
    def of_interface(self) -> Checker:
        """The same checks for the texts of the interface, which have another source."""
        checker = copy(self)
        checker.site = replace(self.site, source_language=UI_SOURCE)
        return checker

    def of(self, name: str) -> Checker:
        """Return what checks the texts of a page, of the site or of the interface."""
        return self.of_interface if name == UI else self

    def catalog(self, language: Language, name: str) -> Iterator[Finding]:
        """Yield what is found in the catalog of a page or of the site's own texts, in order."""
        catalog = self.workspace.catalog(language, name)
        segments = {segment.key: segment for segment in self.workspace.segments(name)}
        page = Collected() if name == SITE else self.workspace.collected(name)
        file = self.workspace.catalog_file(language, name)
        for message in catalog.active if catalog else []:
            segment = segments.get(message.key)
            if segment:
                yield from self.message(message, segment, language, page, file)

    def message(
        self, message: Message, segment: Segment, language: Language, page: Collected, file: str
    ) -> Iterator[Finding]:
        """Yield what is found in one translation, the worst first."""
        if message.state is State.MISSING or language.code == self.site.source_language:
            return
        if message.stale and message.previous is not None:
            # It was made for another text; that the source went on is no fault of its own.
            segment = replace(segment, msgid=message.previous)
        entry = Entry(message, segment, language.code, self.site, page)
        found = []
        asked = all_checks()
        if len(message.msgstr) > LONGEST:
            # The site refuses it unread, and most checks take the square of its length.
            asked = {"structure": asked["structure"]}
        for each in asked.values():
            try:
                named = list(each(entry))
            except Exception as error:
                # Other packages bring checks too; one that fails must not silence the others.
                failed = Problem.at(
                    "review-failed", file, message.line, check=each.name, what=repr(error)[:200]
                )
                found.append(Finding(each.name, failed, message))
                continue
            for values in named:
                said = problem(each, file, message.line, {"msgid": segment.msgid[:60], **values})
                found.append(Finding(each.name, said, message, message.waiver(each.name)))
        found += self.expired(message, file, {finding.check for finding in found})
        yield from sorted(dict.fromkeys(found), key=lambda finding: -finding.severity)

    def expired(self, message: Message, file: str, said: set[str]) -> Iterator[Finding]:
        """Yield waivers that were made for another text, where their check speaks again."""
        for stamp in message.waived:
            name = stamp.who.partition(":")[0]
            if name in said and not message.waiver(name):
                problem = Problem.at("waiver-expired", file, message.line, check=name)
                yield Finding("waivers", problem, message)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def problem(check: Check, file: str, line: int, values: Values) -> Problem:
    """Make the problem of a finding; a check may name its values as it likes."""
    return Problem(check.code, file, line, tuple(sorted(values.items())))


def check(severity: Severity, vietnamese: str, english: str) -> Callable[[Function], Check]:
    """
    Make a check of a function, named as the function, with hyphens.

    The sentences say what is wrong and what to do, and may name ``{msgid}``, the beginning of the
    source text, besides what the function yields.
    """

    def make(function: Function) -> Check:
        made = Check(function.__name__.replace("_", "-"), severity, function)
        MESSAGES[made.code] = (severity.name, vietnamese, english)
        return made

    return make


@cache
def all_checks() -> dict[str, Check]:
    """Return every check by its name: ours by module, then those of other packages."""
    found: dict[str, Check] = {}
    for module in iter_modules(checks.__path__, f"{checks.__name__}."):
        members: dict[str, Any] = vars(import_module(module.name))
        found.update({each.name: each for each in members.values() if isinstance(each, Check)})
    for point in entry_points(group=GROUP):
        other = point.load()
        if isinstance(other, Check):
            found[other.name] = other
    return found
