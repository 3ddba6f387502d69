"""The command line of the glossary: ``quangba glossary check | import | export``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

from quangba.catalogs.glossary import NAME, Rule, Term, read_table
from quangba.catalogs.tbx import read_tbx, write_tbx
from quangba.catalogs.terms import DETAILS, SOURCE, Table, ordered, read_csv, write_csv
from quangba.console import show
from quangba.errors import Problem, QuangbaError, Severity, say
from quangba.files import write_text
from quangba.settings import load_settings

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

READERS: dict[str, Callable[[bytes, str], Table]] = {".csv": read_csv, ".tbx": read_tbx}
"""By ending of a file."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass
class Merge:
    """What an import makes of a glossary."""

    terms: list[Term]
    added: int = 0
    changed: int = 0
    same: int = 0
    conflicts: tuple[Problem, ...] = ()
    """Rows that differ and were left as they are."""


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


@click.group(
    help=say(
        "Bảng thuật ngữ locales/glossary.csv: kiểm tra, nhập, xuất.",
        "The glossary locales/glossary.csv: check, import, export.",
    )
)
def glossary() -> None:
    """Hold the commands of the glossary."""


@glossary.command(help=say("Kiểm tra bảng thuật ngữ.", "Check the glossary."))
@click.pass_obj
def check(config_file: str) -> None:
    """Say everything that is wrong with the glossary."""
    path, file = place(config_file)
    table = read_table(path, file)
    show(table.problems)
    rules = Counter(term.rule for term in table.terms)
    counts = ", ".join(f"{rule} {rules[rule]}" for rule in Rule)
    wrong = sum(problem.severity is Severity.ERROR for problem in table.problems)
    click.echo(
        say(
            f"{len(table.terms)} thuật ngữ ({counts}), {wrong} lỗi.",
            f"{len(table.terms)} terms ({counts}), {wrong} errors.",
        )
    )
    if wrong:
        sys.exit(1)


@glossary.command(
    "import",
    help=say(
        "Nhập thuật ngữ từ tệp .csv hoặc .tbx. Dòng đã có mà khác thì báo, không thay.",
        "Take terms from a .csv or .tbx file. Rows that differ are reported, not replaced.",
    ),
)
@click.argument("source", metavar="FILE")
@click.option(
    "--overwrite",
    is_flag=True,
    help=say("Thay dòng cũ bằng dòng mới khi khác nhau.", "Replace old rows that differ."),
)
@click.pass_obj
def import_terms(config_file: str, source: str, overwrite: bool) -> None:
    """Merge a file into the glossary; it is written only when all is sound."""
    path, file = place(config_file)
    old = sound(read_table(path, file))
    new = sound(read_file(Path(source)))
    merged = merge(old.terms, new.terms, source, overwrite=overwrite)
    languages = ordered((*old.languages, *new.languages))
    text = write_csv(merged.terms, languages)
    # Rows of two files that are sound each may contradict each other.
    sound(read_csv(text.encode("utf-8"), file))
    if merged.added or merged.changed:
        write_text(path, text)
    show(merged.conflicts)
    click.echo(
        say(
            f"Thêm {merged.added}, thay {merged.changed}, trùng {merged.same}, "
            f"giữ bản cũ {len(merged.conflicts)}.",
            f"{merged.added} added, {merged.changed} replaced, {merged.same} the same, "
            f"{len(merged.conflicts)} kept as they were.",
        )
    )


@glossary.command(
    "export",
    help=say("Xuất bảng thuật ngữ ra tệp .csv hoặc .tbx.", "Write the glossary as .csv or .tbx."),
)
@click.argument("target", metavar="FILE")
@click.pass_obj
def export_terms(config_file: str, target: str) -> None:
    """Write the glossary for another tool."""
    path, file = place(config_file)
    table = sound(read_table(path, file))
    ending = known_ending(Path(target))
    if ending == ".tbx":
        text = write_tbx(table.terms, title=file)
    else:
        text = write_csv(table.terms, table.languages)
    write_text(Path(target), text)
    count = len(table.terms)
    click.echo(say(f"Đã ghi {count} thuật ngữ vào {target}.", f"{count} terms in {target}."))


def place(config_file: str) -> tuple[Path, str]:
    """Return the glossary's path, and as people know it."""
    settings = load_settings(config_file)
    path = settings.catalogs / NAME
    return path, settings.relative(path)


def known_ending(path: Path) -> str:
    """Return the ending of a file; raises ``QuangbaError`` for one that cannot be used."""
    if path.suffix.lower() not in READERS:
        raise QuangbaError("glossary-format", path)
    return path.suffix.lower()


def read_file(path: Path) -> Table:
    """Read a file to import; raises ``QuangbaError`` when that is impossible."""
    reader = READERS[known_ending(path)]
    try:
        return reader(path.read_bytes(), str(path))
    except FileNotFoundError as error:
        raise QuangbaError("file-missing", path) from error
    except OSError as error:
        raise QuangbaError("file-unreadable", path, what=error.strerror or error) from error


def sound(table: Table) -> Table:
    """Show what is wrong with a table and end here when it cannot be used."""
    show(table.problems)
    if any(problem.severity is Severity.ERROR for problem in table.problems):
        click.echo(say("Không ghi gì.", "Nothing was written."), err=True)
        sys.exit(1)
    return table


def key(term: Term) -> tuple[bool, str]:
    """Return what makes a row the same row in another file: its rule and its first form."""
    forbidden = term.rule is Rule.FORBIDDEN
    if not forbidden:
        return False, next(iter(term.forms[SOURCE])).lower()
    # Several rows may forbid other names of one thing.
    return True, " ".join(forms[0] for code, forms in sorted(term.forms.items()) if code != SOURCE)


def merge(old: tuple[Term, ...], new: tuple[Term, ...], file: str, *, overwrite: bool) -> Merge:
    """Put new terms behind the old ones; where both have a row, the old one stays or gives way."""
    merged = Merge(list(old))
    places = {key(term): index for index, term in enumerate(old)}
    conflicts = []
    for term in new:
        index = places.get(key(term))
        if index is None:
            places[key(term)] = len(merged.terms)
            merged.terms.append(term)
            merged.added += 1
        elif merged.terms[index] == term:
            merged.same += 1
        elif overwrite:
            merged.terms[index] = term
            merged.changed += 1
        else:
            what = differences(merged.terms[index], term)
            conflicts.append(
                Problem.at("glossary-conflict", file, term.line, term=term.name, what=what)
            )
    merged.conflicts = tuple(conflicts)
    return merged


def differences(old: Term, new: Term) -> str:
    """Name the columns in which two rows differ."""
    languages = ordered((*old.forms, *new.forms))
    found = [code for code in languages if old.forms.get(code) != new.forms.get(code)]

    return ", ".join(
        [*found, *(name for name in DETAILS if getattr(old, name) != getattr(new, name))]
    )
