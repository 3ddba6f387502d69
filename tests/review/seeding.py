"""
Seeding: puts mistakes into correct translations, to see which of them the checks find.

Correct are the reviewed translations of this repository and :mod:`pairs`. Nothing is written back.
What is made depends on the texts and a seed alone. For people:

    python tests/review/seeding.py [NUMBER] [SEED] [misses|alarms]
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest
from pathlib import Path
from random import Random

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import mistakes_form  # noqa: E402, F401
import mistakes_values  # noqa: E402, F401
import mistakes_words  # noqa: E402, F401
from mistakes import FAMILIES, Corpus, Family, Text  # noqa: E402
from pairs import PAGE, PAIRS  # noqa: E402

from quangba.catalogs.glossary import Glossary  # noqa: E402
from quangba.catalogs.message import Message, State  # noqa: E402
from quangba.catalogs.workspace import SITE, Workspace  # noqa: E402
from quangba.errors import Problem, Severity  # noqa: E402
from quangba.review.checking import Checker, Finding  # noqa: E402
from quangba.review.consistency import inconsistencies  # noqa: E402
from quangba.settings import Language, load_settings  # noqa: E402
from quangba.source.segment import Collected, Segment  # noqa: E402

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

ROOT = HERE.parent.parent

OWN = "tests/review/pairs.py"
"""Where correct translations come from that no catalog holds."""

NUMBER, SEED = 1200, 4

Said = set[tuple[str, Problem]]
"""Names of checks and what they said."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Clean:
    """A correct translation, as the checker takes it."""

    text: Text
    message: Message
    segment: Segment
    language: Language
    page: Collected
    file: str


@dataclass(frozen=True)
class Error:
    """A translation with a mistake."""

    family: Family
    clean: Clean
    target: str

    def __str__(self) -> str:
        text = self.clean.text
        return (
            f"[{self.family.area}] {self.family.name} {text.language} {self.clean.file}\n"
            f"    vi    {text.source}\n    right {text.target}\n    wrong {self.target!r}"
        )


@dataclass
class Seeding:
    """The correct translations, and what the checks say about them and about mistakes."""

    workspace: Workspace

    @cached_property
    def cleans(self) -> list[Clean]:
        """Every correct translation, in a stable order."""
        return [*self.reviewed(), *self.own()]

    @cached_property
    def corpus(self) -> Corpus:
        """The same for families."""
        path = self.workspace.settings.catalogs / "glossary.csv"
        glossary = Glossary.read(path, path.name)
        return Corpus([clean.text for clean in self.cleans], glossary)

    @cached_property
    def checker(self) -> Checker:
        """What is measured."""
        return Checker(self.workspace)

    def reviewed(self) -> Iterator[Clean]:
        """Yield the reviewed translations of the repository."""
        for name in (SITE, *self.workspace.names):
            page = Collected() if name == SITE else self.workspace.collected(name)
            segments = self.workspace.segments(name)
            for language in self.workspace.settings.targets:
                catalog = self.workspace.catalog(language, name)
                index = catalog.index() if catalog else {}
                file = self.workspace.catalog_file(language, name)
                for segment in {segment.key: segment for segment in segments}.values():
                    message = index.get(segment.key)
                    if message and message.state is State.REVIEWED:
                        yield correct(name, segment, message, language, page, file)

    def own(self) -> Iterator[Clean]:
        """Yield the pairs of this folder."""
        for language in self.workspace.settings.targets:
            for number, pair in enumerate(PAIRS, 1):
                message = Message(pair["vi"], pair[language.code], line=number)
                yield correct(OWN, Segment(pair["vi"]), message, language, PAGE, OWN)

    def errors(self, number: int, seed: int) -> list[Error]:
        """
        Return about as many errors as asked for, families and languages as even as they can be.

        No family puts two mistakes into one translation.
        """
        quota = -(-number // len(FAMILIES))
        found = []
        for name, family in sorted(FAMILIES.items()):
            random = Random(f"{seed}:{name}")
            order = random.sample(self.cleans, len(self.cleans))
            codes = [language.code for language in self.workspace.settings.targets]
            random.shuffle(codes)
            queues = [self.made(random, family, order, code) for code in codes]
            mixed = (error for turn in zip_longest(*queues) for error in turn if error)
            found += [error for error, _ in zip(mixed, range(quota), strict=False)]
        return found

    def made(
        self, random: Random, family: Family, order: Iterable[Clean], code: str
    ) -> Iterator[Error]:
        """Yield the errors of a family in one language."""
        for clean in order:
            if clean.language.code == code:
                target = family.make(random, clean.text, self.corpus)
                if target and target != clean.text.target:
                    yield Error(family, clean, target)

    def findings(self, clean: Clean, target: str | None = None) -> list[Finding]:
        """Return what the checks say about a translation, or about another in its place."""
        message = clean.message
        if target is not None:
            message = replace(message, msgstr=target, waived=[], reviewed=None)
        return list(
            self.checker.message(message, clean.segment, clean.language, clean.page, clean.file)
        )

    @cached_property
    def before(self) -> dict[int, list[Finding]]:
        """What the checks say about the correct translations, by their number."""
        return {id(clean): self.findings(clean) for clean in self.cleans}

    def found(self, error: Error) -> Said:
        """Return what the checks say about an error and did not say about the correct text."""
        known = {(f.check, f.problem) for f in self.before[id(error.clean)]}
        least = Severity.NOTE if error.family.hint else Severity.WARNING
        return {
            (finding.check, finding.problem)
            for finding in self.findings(error.clean, error.target)
            if finding.severity >= least
        } - known

    def misses(self, errors: Iterable[Error]) -> list[Error]:
        """Return the errors that no check speaks of."""
        return [error for error in errors if not self.found(error)]

    def contradictions(self, code: str, changed: Error | None = None) -> Said:
        """Return what is said about the reviewed catalogs of a language, with an error or not."""
        places = [
            (clean.file, with_target(clean, changed))
            for clean in self.cleans
            if clean.language.code == code and clean.file != OWN
        ]
        return {(finding.check, finding.problem) for finding in inconsistencies(places)}

    def alarms(self) -> list[tuple[Clean, list[Finding]]]:
        """Return the correct translations that are said to be wrong, with what is said."""
        loud = [
            (clean, [f for f in self.before[id(clean)] if f.severity > Severity.NOTE])
            for clean in self.cleans
        ]
        return [(clean, findings) for clean, findings in loud if findings]


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def correct(
    name: str,
    segment: Segment,
    message: Message,
    language: Language,
    page: Collected,
    file: str,
) -> Clean:
    """Make a correct translation."""
    text = Text(name, segment.kind, segment.msgid, message.msgstr, language.code)
    return Clean(text, message, segment, language, page, file)


def with_target(clean: Clean, error: Error | None) -> Message:
    """Return the message of a translation, with the error when it is in this one."""
    if error is None or error.clean is not clean:
        return clean.message
    return replace(clean.message, msgstr=error.target, waived=[], reviewed=None)


def open_seeding() -> Seeding:
    """Return the seeding of this repository."""
    return Seeding(Workspace(load_settings(str(ROOT / "mkdocs.yml"))))


def table(errors: list[Error], misses: list[Error]) -> Iterator[str]:
    """Yield the lines of a table by family and language: found of all."""
    codes = ["en", "zh", "ja", "ko", "fr"]
    total = Counter((e.family.name, e.clean.language.code) for e in errors)
    missed = Counter((e.family.name, e.clean.language.code) for e in misses)
    yield f"{'':34}" + "".join(f"{code:>10}" for code in [*codes, "all"]) + f"{'%':>6}"
    for name in [*sorted(FAMILIES), "all"]:
        cells = []
        for code in [*codes, None]:
            keys = [k for k in total if name in (k[0], "all") and code in (k[1], None)]
            made = sum(total[k] for k in keys)
            found = made - sum(missed[k] for k in keys)
            cells.append(f"{found}/{made}" if made else "")
        share = f"{100 * found / made:.1f}" if made else "–"
        hint = " (hint)" if name in FAMILIES and FAMILIES[name].hint else ""
        yield f"{name + hint:34}" + "".join(f"{cell:>10}" for cell in cells) + f"{share:>6}"


def alarm(clean: Clean, findings: Iterable[Finding]) -> str:
    """Say which correct translation is said to be wrong, and what is said."""
    said = "\n".join(f"    {f.severity.name} {f.check}: {f.problem.text('en')}" for f in findings)
    text = clean.text
    both = f"    vi {text.source}\n    {text.language} {text.target}"
    return f"{text.language} {clean.file}\n{both}\n{said}"


def main(number: int, seed: int, show: str) -> None:
    """Print the table, and the misses or the false alarms."""
    seeding = open_seeding()
    errors = seeding.errors(number, seed)
    misses = seeding.misses(errors)
    alarms = seeding.alarms()
    print(*table(errors, misses), sep="\n")
    share = 100 * len(alarms) / len(seeding.cleans)
    print(f"clean translations: {len(seeding.cleans)}, flagged: {len(alarms)} ({share:.2f} %)")
    if show == "misses":
        print(*misses, sep="\n")
    if show == "alarms":
        print(*(alarm(clean, findings) for clean, findings in alarms), sep="\n")


if __name__ == "__main__":
    parser = ArgumentParser(
        description="Put mistakes into correct translations; see what is found."
    )
    parser.add_argument("number", nargs="?", type=int, default=NUMBER)
    parser.add_argument("seed", nargs="?", type=int, default=SEED)
    parser.add_argument("show", nargs="?", choices=("", "misses", "alarms"), default="")
    main(**vars(parser.parse_args()))
