"""
Results of all checks, and how they are told: to people, to programs and to hosts of Git.

==============  ================================================================================
format          what it is
==============  ================================================================================
``text``        a sentence a line, on the screen
``json``        ``{"counts": {…}, "findings": [{…}]}``, sentences in Vietnamese and English
``github``      workflow commands, which GitHub, Gitea and Forgejo show beside the changed line
``gitlab``      a Code Quality report (an array of Code Climate issues)
``html``        one page by itself, to be read in a browser or printed
==============  ================================================================================
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from quangba.catalogs.message import Stamp
from quangba.catalogs.workspace import SITE, Workspace
from quangba.errors import Problem, QuangbaError, Severity, say, user_language
from quangba.review.checking import Checker
from quangba.review.consistency import inconsistencies
from quangba.settings import Language
from quangba.source.text import fingerprint

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
GITLAB = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}

NAMES = {
    Severity.ERROR: ("lỗi", "error"),
    Severity.WARNING: ("cảnh báo", "warning"),
    Severity.NOTE: ("gợi ý", "hint"),
}
"""What people call the severities."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Result:
    """One thing that was found, in a page, a data file or a translation."""

    problem: Problem
    check: str = ""
    """Name of the check of a translation; empty for what is wrong elsewhere."""
    language: str = ""
    """Code of the language of the translation."""
    page: str = ""
    """Name of the page: ``visit/yen-tu.md``."""
    source: str = ""
    target: str = ""
    waiver: Stamp | None = None

    @property
    def severity(self) -> Severity:
        """How much it matters; what was waived is only worth knowing."""
        return Severity.NOTE if self.waiver else self.problem.severity

    @property
    def text(self) -> str:
        """Place, severity, sentence, and the name that a waiver needs."""
        place = f"{self.problem.place}: " if self.problem.place else ""
        said = f"{say(*NAMES[self.severity])}: {sentence(self.problem, user_language())}"
        return place + said + (f" [{self.check}]" if self.check else "")


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def findings(
    workspace: Workspace,
    languages: Sequence[Language],
    names: Sequence[str],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[Result]:
    """
    Yield what the checks find in the translations of some pages, language by language.

    Whether texts agree is judged over all pages of a language, and told for those asked for.
    """
    checker = Checker(workspace)
    wanted = set(names)
    everything = [SITE, *workspace.names]
    for number, language in enumerate(languages):
        entries = []
        pages = {workspace.catalog_file(language, name): name for name in everything}
        for place, name in enumerate(everything):
            progress(number * len(everything) + place, len(languages) * len(everything))
            try:
                catalog = workspace.catalog(language, name)
            except QuangbaError:
                # `quangba check` says so, for the catalog as a whole.
                continue
            file = workspace.catalog_file(language, name)
            entries += [(file, message) for message in (catalog.active if catalog else [])]
            if name not in wanted:
                continue
            for finding in checker.catalog(language, name):
                message = finding.message
                yield Result(
                    finding.problem,
                    finding.check,
                    language.code,
                    name,
                    message.msgid,
                    message.msgstr,
                    finding.waiver,
                )
        for finding in inconsistencies(entries):
            name = pages[finding.problem.file]
            if name in wanted:
                message = finding.message
                yield Result(
                    finding.problem,
                    finding.check,
                    language.code,
                    name,
                    message.msgid,
                    message.msgstr,
                    finding.waiver,
                )
    progress(1, 1)


def counts(results: Iterable[Result]) -> dict[str, int]:
    """Count errors, warnings, hints, and what was waived."""
    found: Counter[str] = Counter()
    for result in results:
        found["waived" if result.waiver else NAMES[result.severity][1] + "s"] += 1
    return {name: found[name] for name in ("errors", "warnings", "hints", "waived")}


def as_json(results: Sequence[Result]) -> str:
    """Return the results for programs."""
    listed = [
        {
            "severity": NAMES[result.severity][1],
            "code": result.problem.code,
            "check": result.check or None,
            "file": result.problem.file,
            "line": result.problem.line,
            "language": result.language or None,
            "page": result.page or None,
            "source": result.source or None,
            "target": result.target or None,
            "vi": sentence(result.problem, "vi"),
            "en": sentence(result.problem, "en"),
            "waived": result.waiver.text if result.waiver else None,
        }
        for result in results
    ]
    data = {"counts": counts(results), "findings": listed}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def as_github(results: Sequence[Result]) -> str:
    """
    Return workflow commands.

    >>> print(as_github([Result(Problem.at('fact-unknown', 'content/a.md', 3, fact='x'))])[:49])
    ::error file=content/a.md,line=3,title=fact-unkno
    """
    lines = []
    for result in results:
        problem = result.problem
        place = f"file={escaped(problem.file, ',:')}"
        place += f",line={problem.line}" if problem.line else ""
        title = escaped(result.check or problem.code, ",:")
        said = escaped(sentence(problem, user_language()))
        lines.append(f"::{GITHUB[result.severity]} {place},title={title}::{said}")
    return "".join(f"{line}\n" for line in lines)


def escaped(text: str, more: str = "") -> str:
    """Escape a value of a workflow command; properties also mind ``more`` characters."""
    for char in ("%", "\r", "\n", *more):
        text = text.replace(char, f"%{ord(char):02X}")
    return text


def as_gitlab(results: Sequence[Result]) -> str:
    """Return a Code Quality report; a fingerprint stays while the finding does."""
    listed = []
    seen: Counter[str] = Counter()
    for result in results:
        problem = result.problem
        said = sentence(problem, user_language())
        same = fingerprint(problem.code, problem.file, result.source, said, length=32)
        seen[same] += 1
        listed.append(
            {
                "description": said,
                "check_name": result.check or problem.code,
                "fingerprint": fingerprint(same, str(seen[same]), length=32),
                "severity": GITLAB[result.severity],
                "location": {"path": problem.file, "lines": {"begin": problem.line or 1}},
            }
        )
    return json.dumps(listed, ensure_ascii=False, indent=1) + "\n"


def as_html(results: Sequence[Result]) -> str:
    """Return a page that needs nothing but itself."""
    environment = Environment(
        loader=PackageLoader("quangba.review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    groups: dict[tuple[str, str], list[Result]] = {}
    for result in results:
        groups.setdefault((result.language, result.page or result.problem.file), []).append(result)
    for group in groups.values():
        group.sort(key=lambda result: -result.severity)
    worst = [result for result in results if result.severity > Severity.NOTE]
    worst.sort(key=lambda result: -result.severity)
    return environment.get_template("results.html").render(
        groups=groups,
        worst=worst,
        Severity=Severity,
        counts=counts(results),
        language=user_language(),
        say=say,
        names=NAMES,
        sentence=lambda problem: sentence(problem, user_language()),
    )


def sentence(problem: Problem, language: str) -> str:
    """Return the sentence of a problem without its place."""
    text = problem.text(language)
    return text.removeprefix(f"{problem.place}: ") if problem.place else text
