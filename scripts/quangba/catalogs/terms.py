"""
Terms: what a name or a technical word is called in each language, and ``locales/glossary.csv``.

The file is a table that people edit in a spreadsheet program: one row is one term, one column one
language. Several forms in one cell are separated by ``|``; the first is the preferred one.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from quangba.errors import Problem
from quangba.source.text import CONTROL, HIDDEN, has_letters, nfc

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

SOURCE = "vi"
"""The column that names a term."""

LANGUAGES = ("vi", "en", "zh", "ja", "ko", "fr")
"""Columns that the file always has, in this order; more languages follow them."""

DETAILS = ("kind", "rule", "case", "french", "note")
"""Columns that are not languages."""

LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z]{4})?(?:-[a-z]{2})?")

YES = ("x", "1", "yes", "true", "có", "đúng")
"""What people write in the column ``case``; spreadsheets make ``TRUE`` of ``true``."""

GENDERS = ("", "m", "f", "mp", "fp")

FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r]|#(?:NAME\?|REF!|N/A|VALUE!|DIV/0!|NULL!|NUM!|#)")
"""
The beginning of a cell that a spreadsheet program may run (OWASP, “CSV injection”), or that it left
where it failed to.
"""

PRIVATE = re.compile("[\ue000-\uf8ff]")
"""Private-use characters, with which drafts mark links and code."""

LARGEST = 4_000_000
"""Bytes of a table that people wrote."""

LONGEST = 300
"""Characters of a form; the longest title of a World Heritage site has 120."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


class Rule(StrEnum):
    """What a translation owes to a term."""

    REQUIRED = "required"
    """Where the source holds the term, the translation holds one of its forms."""
    KEEP = "keep"
    """The Vietnamese form stays as it stands in every language: brands, codes."""
    FORBIDDEN = "forbidden"
    """The forms may not stand in a translation: old and wrong names."""


@dataclass(frozen=True)
class Term:
    """One row of the glossary."""

    forms: Mapping[str, tuple[str, ...]] = field(hash=False)
    """Forms by language, the preferred one first; a language without a form has no rule."""
    kind: str = ""
    """Subject: ``place``, ``food``."""
    rule: Rule = Rule.REQUIRED
    note: str = ""
    """For people: where the forms come from, what is doubtful."""
    case: bool = False
    """True: ``Dao`` (a people) is not ``dao`` (a knife)."""
    french: str = ""
    """Gender and number in French: ``m``, ``f``, ``mp``, ``fp``; empty: a name without article."""
    line: int = field(default=0, compare=False)
    """Line in the file, from 1."""

    @property
    def name(self) -> str:
        """What people know the term by: its first form in the first language that has one."""
        return next((forms[0] for forms in self.forms.values() if forms), "")

    def accepted(self, language: str) -> tuple[str, ...]:
        """Return the forms that a text in the language may have; a kept term has only one."""
        return self.forms.get(SOURCE if self.rule is Rule.KEEP else language, ())

    def preferred(self, language: str) -> str | None:
        """Return the form to write in a language, or None when there is no rule."""
        return next(iter(self.accepted(language)), None)


@dataclass(frozen=True)
class Table:
    """A glossary file as it was read: sound terms, and what is wrong with the other rows."""

    terms: tuple[Term, ...] = ()
    languages: tuple[str, ...] = LANGUAGES
    """Languages of the columns, in their order."""
    problems: tuple[Problem, ...] = ()


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def read_csv(data: bytes, file: str) -> Table:
    """
    Read a table in UTF-8, with or without a byte order mark, separated by ``,``, ``;`` or tabs.

    >>> read_csv('vi;en;rule\\nchợ nổi;floating market;required'.encode(), '').terms[0].forms['en']
    ('floating market',)
    """
    if len(data) > LARGEST:
        return refused("glossary-large", file, largest=LARGEST // 1_000_000)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return refused("glossary-charset", file, data[: error.start].count(b"\n") + 1)
    header = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator(header), strict=True)
    terms: list[Term] = []
    problems: list[Problem] = []
    columns: list[str] = []
    first = 1
    try:
        for cells in rows:
            line, first = first, rows.line_num + 1
            if not columns:
                columns = [cell.strip().lower() for cell in cells]
                problems += header_problems(columns, file, line)
                if problems:
                    return Table((), LANGUAGES, tuple(problems))
            elif any(cell.strip() for cell in cells):
                found = row_problems(columns, cells, file, line)
                problems += found
                if not found:
                    terms.append(read_row(columns, cells, line))
    except csv.Error as error:
        problems.append(Problem.at("glossary-csv", file, rows.line_num, what=str(error)))
    if not columns:
        return refused("glossary-header", file, 1, missing="vi, rule")
    problems += term_problems(terms, file)
    languages = [column for column in columns if column and column not in DETAILS]
    return Table(tuple(terms), ordered(languages), tuple(problems))


def refused(code: str, file: str, line: int = 0, **values: object) -> Table:
    """Return the table of a file that cannot be read at all."""
    return Table((), LANGUAGES, (Problem.at(code, file, line, **values),))


def separator(header: str) -> str:
    """
    Return what separates the cells: spreadsheets write ``;`` where the comma is a decimal mark.

    >>> separator('vi;en;note, ghi chú')
    ';'
    """
    return max(",;\t", key=header.count)


def ordered(languages: Iterable[str]) -> tuple[str, ...]:
    """Return the languages of a table: those it always has, then the others as they come."""
    return tuple(dict.fromkeys((*LANGUAGES, *languages)))


def header_problems(columns: Sequence[str], file: str, line: int) -> Iterator[Problem]:
    """Say what is wrong with the names of the columns."""
    missing = [name for name in (SOURCE, "rule") if name not in columns]
    if missing:
        yield Problem.at("glossary-header", file, line, missing=", ".join(missing))
    for name in dict.fromkeys(filter(None, columns)):
        known = name in DETAILS or LANGUAGE.fullmatch(name)
        if not known or columns.count(name) > 1:
            yield Problem.at("glossary-column", file, line, column=name)


def row_problems(
    columns: Sequence[str], cells: Sequence[str], file: str, line: int
) -> list[Problem]:
    """Say what is wrong with the cells of a row."""
    values = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
    found = []
    if any(cell.strip() for cell in cells[len(columns) :]):
        found.append(Problem.at("glossary-cells", file, line))
    for column, cell in zip(columns, cells, strict=False):
        if FORMULA.match(cell):
            found.append(Problem.at("glossary-formula", file, line, cell=cell.strip()[:40]))
        elif not column and cell.strip():
            found.append(Problem.at("glossary-cells", file, line))
    for name, allowed in (
        ("rule", tuple(map(str, Rule))),
        ("case", ("", *YES)),
        ("french", GENDERS),
    ):
        value = values.get(name, "")
        if value.lower() not in allowed:
            choices = ", ".join(filter(None, allowed))
            found.append(
                Problem.at(
                    "glossary-value", file, line, column=name, value=value[:40], allowed=choices
                )
            )
    return found


def read_row(columns: Sequence[str], cells: Sequence[str], line: int) -> Term:
    """Make a term of a row that has been checked."""
    values = dict(zip(columns, (nfc(cell).strip() for cell in cells), strict=False))
    return Term(
        {
            column: split_forms(value)
            for column, value in values.items()
            if column and column not in DETAILS and split_forms(value)
        },
        values.get("kind", ""),
        Rule(values["rule"].lower()),
        values.get("note", ""),
        values.get("case", "").lower() in YES,
        values.get("french", "").lower(),
        line,
    )


def split_forms(cell: str) -> tuple[str, ...]:
    """
    Return the forms in a cell.

    >>> split_forms('Ha Long Bay | Halong Bay')
    ('Ha Long Bay', 'Halong Bay')
    """
    forms = (re.sub(r"\s+", " ", form).strip() for form in cell.split("|"))
    return tuple(dict.fromkeys(filter(None, forms)))


def term_problems(terms: Iterable[Term], file: str) -> Iterator[Problem]:
    """Say what is wrong with terms: forms that cannot be used, and the same term twice."""
    seen: dict[str, Term] = {}
    for term in terms:
        yield from form_problems(term, file)
        if term.rule is Rule.FORBIDDEN:
            continue
        for form in term.forms.get(SOURCE, ()):
            key = form if term.case else form.lower()
            first = seen.setdefault(key, term)
            if first is not term:
                yield Problem.at("glossary-duplicate", file, term.line, term=form, first=first.line)
    yield from contradictions(terms, file)


def form_problems(term: Term, file: str) -> Iterator[Problem]:
    """Say what is wrong with the forms of one term."""
    others = [language for language in term.forms if language != SOURCE]
    if term.rule is not Rule.FORBIDDEN and not term.forms.get(SOURCE):
        yield Problem.at("glossary-nameless", file, term.line)
    if term.rule is Rule.FORBIDDEN and not others:
        yield Problem.at("glossary-empty", file, term.line)
    if term.rule is Rule.KEEP and others:
        yield Problem.at("glossary-keep", file, term.line, term=term.name[:40])
    for text in (term.kind, term.note, *(form for forms in term.forms.values() for form in forms)):
        hidden = HIDDEN.search(text) or CONTROL.search(text) or PRIVATE.search(text)
        if hidden:
            code = f"U+{ord(hidden[0]):04X}"
            yield Problem.at("glossary-hidden", file, term.line, character=code)
        elif FORMULA.match(text):
            yield Problem.at("glossary-formula", file, term.line, cell=text[:40])
    for forms in term.forms.values():
        for form in forms:
            if not usable(form):
                yield Problem.at("glossary-form", file, term.line, form=form[:40])


def usable(form: str) -> bool:
    """
    Tell whether a form can be looked for: one letter is found everywhere.

    >>> [usable(form) for form in ('Cô Tô', '省', 'A1', '113', '…')]
    [True, False, True, False, False]
    """
    signs = sum(unicodedata.category(char)[0] in "LN" for char in form)
    return has_letters(form) and signs > 1 and len(form) <= LONGEST and "|" not in form


def contradictions(terms: Iterable[Term], file: str) -> Iterator[Problem]:
    """Find forms that one row asks for and another one forbids."""
    terms = list(terms)
    wanted = {
        (language, form): term.line
        for term in terms
        if term.rule is Rule.REQUIRED
        for language, forms in term.forms.items()
        for form in forms
    }
    for term in terms:
        if term.rule is Rule.FORBIDDEN:
            for language, forms in term.forms.items():
                for form in forms:
                    line = wanted.get((language, form))
                    if line and language != SOURCE:
                        yield Problem.at(
                            "glossary-contradiction", file, term.line, form=form, other=line
                        )


def write_csv(terms: Iterable[Term], languages: Sequence[str] = LANGUAGES) -> str:
    """Return the table as text, in canonical form."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*languages, *DETAILS])
    for term in terms:
        forms = [" | ".join(term.forms.get(language, ())) for language in languages]
        case = "x" if term.case else ""
        writer.writerow([*forms, term.kind, str(term.rule), case, term.french, term.note])
    return out.getvalue()
