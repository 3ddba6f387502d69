"""What is wrong, where, and what to do: one sentence for people, in Vietnamese and in English."""

from __future__ import annotations

import locale
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from functools import partial

from quangba.messages import MESSAGES

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

LONGEST = 300
"""Characters of a value in a sentence; a name of a file has 255 bytes."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Severity(IntEnum):
    """How much a problem matters; from ``ERROR`` on, commands end with exit code 1."""

    NOTE = 0
    """Worth knowing; nothing is wrong."""
    WARNING = 1
    """Should be looked at; the page is shown."""
    ERROR = 2
    """The text, page or file is not used."""


@dataclass(frozen=True)
class Problem:
    """One finding: a code of :data:`quangba.messages.MESSAGES`, a place, and the values to name."""

    code: str
    """Stable name of the kind of problem, e.g. ``fact-unknown``."""
    file: str = ""
    """Path as the user knows it, relative to the project."""
    line: int = 0
    """Line in the file, from 1; 0 when the problem has no line."""
    values: tuple[tuple[str, object], ...] = ()
    """Values that the sentence names."""

    @classmethod
    def at(cls, code: str, file: object = "", line: int = 0, **values: object) -> Problem:
        """
        Make a problem.

        >>> print(Problem.at('fact-unknown', 'content/index.md', 7, fact='x').text('en'))
        content/index.md:7: the fact “x” is not in content/_data/facts.yml. Correct the name or add the fact.
        """
        return cls(code, str(file).replace(os.sep, "/"), line, tuple(sorted(values.items())))

    @property
    def severity(self) -> Severity:
        """The severity that the message table gives this kind of problem."""
        return Severity[MESSAGES[self.code][0]]

    @property
    def place(self) -> str:
        """``file:line``, ``file`` or nothing."""
        return f"{self.file}:{self.line}" if self.line else self.file

    def text(self, language: str | None = None) -> str:
        """Return place and sentence in the language, by default the user's."""
        _, vietnamese, english = MESSAGES[self.code]
        sentence = english if (language or user_language()) == "en" else vietnamese
        values = {name: shortened(value) for name, value in self.values}
        sentence = sentence.format(**{"file": self.file, **values})
        return f"{self.place}: {sentence}" if self.place else sentence


class QuangbaError(Exception):
    """Raised for input that cannot be used; carries the problem that people are shown."""

    def __init__(self, code: str, file: object = "", line: int = 0, **values: object) -> None:
        self.problem = Problem.at(code, file, line, **values)
        super().__init__(self.problem.text())

    def __reduce__(self) -> tuple[Callable[[], QuangbaError], tuple[()]]:
        """
        Let an error travel between processes.

        >>> import pickle
        >>> pickle.loads(pickle.dumps(QuangbaError('fact-unknown', 'a.md', 7, fact='x'))).problem.line
        7
        """
        code, file, line = self.problem.code, self.problem.file, self.problem.line
        return partial(QuangbaError, code, file, line, **dict(self.problem.values)), ()


@dataclass
class Report:
    """Collects problems without saying the same thing twice, in the order they were met."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, file: object = "", line: int = 0, **values: object) -> None:
        """Add a problem, once."""
        self.take([Problem.at(code, file, line, **values)])

    def take(self, problems: Iterable[Problem]) -> None:
        """Add several problems, each once; values need not be hashable."""
        found = list(problems)
        if len(found) == 1:
            self.problems += [problem for problem in found if problem not in self.problems]
        elif found:
            # To compare each with each takes the square of their number.
            fresh = {repr(problem): problem for problem in found}
            for problem in self.problems:
                fresh.pop(repr(problem), None)
            self.problems += fresh.values()

    @property
    def serious(self) -> list[Problem]:
        """What is more than a note, by files and lines, however a build came upon it."""
        found = [problem for problem in self.problems if problem.severity >= Severity.WARNING]
        return sorted(found, key=lambda p: (p.file, p.line, p.code, repr(p.values)))

    @property
    def worst(self) -> Severity:
        """The highest severity found; ``NOTE`` when there is nothing."""
        return max((p.severity for p in self.problems), default=Severity.NOTE)


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def problem_of(error: QuangbaError | OSError) -> Problem:
    """Return what people are shown of an error: its own problem, or what the system answered."""
    if isinstance(error, QuangbaError):
        return error.problem
    return Problem.at("system-error", error.filename or "", what=error.strerror or error)


def shortened(value: object) -> object:
    """Return a value as a sentence can name it: of a text without end, the beginning."""
    long = isinstance(value, str) and len(value) > LONGEST
    return f"{str(value)[:LONGEST]}…" if long else value


def user_language() -> str:
    """
    Return ``en`` when the user's locale says English, else ``vi``.

    ``QUANGBA_LANG`` wins, then the POSIX variables, then the system's locale (Windows).
    """
    for name in ("QUANGBA_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "en" if value.lower().startswith("en") else "vi"
    system = locale.getlocale()[0] or ""
    return "en" if system.lower().startswith("en") else "vi"


def say(vietnamese: str, english: str) -> str:
    """Choose the sentence in the user's language."""
    return english if user_language() == "en" else vietnamese
