"""
Writing: a report as HTML, as a workbook and as Markdown.

The same report always gives the same bytes: no form of it holds the time at which it was written.
"""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from quangba.report.phrases import Phrases
from quangba.report.tables import Cell, Table
from quangba.report.yearly import Yearly
from quangba.site.proof.look import faces, look

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

HEAD_FILL = PatternFill("solid", fgColor="0C474A")
HEAD_FONT = Font(bold=True, color="FFFFFF")
SAMPLE_FONT = Font(bold=True, color="A33A22")

WIDEST = 60
"""Characters; a wider column does not fit on a sheet of paper."""

MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!$])")
"""What Markdown, and HTML within it, would take for markup."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def environment(say: Phrases) -> Environment:
    """Return the templates, which escape everything."""
    found = Environment(
        loader=PackageLoader("quangba.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals["say"] = say
    found.filters["cell"] = say.cell
    return found


def page(say: Phrases, template: str, theme: Path | None, **values: Any) -> str:
    """Fill a template."""
    templates = environment(say)
    return templates.get_template(template).render(look=look(), faces=faces(theme), **values)


def html(report: Yearly, theme: Path | None) -> str:
    """Return a yearly report as a web page that needs no other file."""
    return page(report.say, "yearly.html", theme, report=report)


# Markdown


def markdown(report: Yearly) -> str:
    """Return a yearly report as Markdown."""
    say, period = report.say, report.period
    lines = [f"# {plain(say('title', year=str(period.year)))}", ""]
    lines += [plain(say("subtitle", site=report.site)), ""]
    if report.sample:
        lines += [f"> **{plain(say('sample'))}**", ""]
    lines += [*(plain(line) + "  " for line in report.head()), ""]
    lines += [f"## {say('summary')}", "", *(f"- {plain(line)}" for line in report.summary()), ""]
    for section in report.sections:
        lines += [f"## {say(section.name)}", ""]
        if section.about:
            lines += [plain(say(section.about)), ""]
        for table in section.tables:
            lines += markdown_table(say, table)
    lines += [f"## {say('method')}", "", *(f"- {plain(line)}" for line in report.method()), ""]
    lines += markdown_table(say, report.unread())
    return "\n".join(lines)


def markdown_table(say: Phrases, table: Table) -> list[str]:
    """Return the lines of a table."""
    lines = [f"### {say(table.name)}", ""]
    if not table.rows:
        return [*lines, plain(say(table.empty)), ""]
    heads = [plain(heading(say, table, column)) for column in table.columns]
    marks = ["---:" if table.is_number(column) else "---" for column in table.columns]
    rows = [heads, marks, *([plain(say.cell(cell)) for cell in row] for row in table.rows)]
    return [*lines, *(f"| {' | '.join(row)} |" for row in rows), ""]


def plain(text: str) -> str:
    r"""
    Escape what would be markup; a cell stays on its line.

    >>> plain('a|b <i>')
    'a\\|b \\<i\\>'
    """
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))


def heading(say: Phrases, table: Table, column: str) -> str:
    """Return the title of a column."""
    return table.headings[column] if column in table.headings else say(column)


# Workbook


def workbook(report: Yearly) -> bytes:
    """Return a yearly report as a workbook: one sheet a table, figures as numbers."""
    say, book = report.say, Workbook()
    title = say("title", year=str(report.period.year))
    notes = [title, say("subtitle", site=report.site), *report.head(), "", *report.summary()]
    first: Any = book.active
    prose(first, say("summary sheet"), notes, report)
    for section in report.sections:
        for table in section.tables:
            sheet(book.create_sheet(), say, table, report)
    prose(book.create_sheet(), say("method sheet"), report.method(), report)
    sheet(book.create_sheet(), say, report.unread(), report)
    stamp = datetime(report.end.year, report.end.month, report.end.day)
    book.properties.creator = "Quảng Bá"
    book.properties.title = title
    book.properties.created = stamp
    stream = io.BytesIO()
    book.save(stream)
    return still(stream.getvalue(), stamp)


def prose(sheet: Worksheet, title: str, lines: list[str], report: Yearly) -> None:
    """Write sentences under one another."""
    sheet.title = title
    sheet.column_dimensions["A"].width = 110
    start = mark_sample(sheet, report)
    for number, line in enumerate(lines, start):
        cell = put(sheet, number, 1, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def mark_sample(sheet: Worksheet, report: Yearly) -> int:
    """Say on a sheet that it is a sample; return the next free row."""
    if not report.sample:
        return 1
    put(sheet, 1, 1, report.say("sample sheet")).font = SAMPLE_FONT
    return 2


def sheet(sheet: Worksheet, say: Phrases, table: Table, report: Yearly) -> None:
    """Write a table on a sheet of its own."""
    sheet.title = say(table.name)[:31]
    top = mark_sample(sheet, report)
    for column, name in enumerate(table.columns, 1):
        cell = put(sheet, top, column, heading(say, table, name))
        cell.font, cell.fill = HEAD_FONT, HEAD_FILL
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    for number, row in enumerate(table.rows, top + 1):
        for column, value in enumerate(row, 1):
            cell = put(sheet, number, column, value)
            if table.total and number == top + len(table.rows):
                cell.font = Font(bold=True)
            cell.alignment = Alignment(wrap_text=isinstance(value, str), vertical="top")
    if not table.rows:
        put(sheet, top + 1, 1, say(table.empty))
    for column, name in enumerate(table.columns, 1):
        texts = [heading(say, table, name), *(say.cell(row[column - 1]) for row in table.rows)]
        width = min(WIDEST, max(len(text) for text in texts) + 3)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = f"A{top + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = "9"  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"1:{top}"


def put(sheet: Worksheet, row: int, column: int, value: Cell) -> SheetCell:
    """Write a value; a text that begins with ``=`` is a text and never a formula."""
    cell: Any = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:32767]
        cell.data_type = "s"
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "dd/mm/yyyy"
        elif value is not None:
            cell.number_format = "#,##0"
    found: SheetCell = cell
    return found


def still(data: bytes, stamp: datetime) -> bytes:
    """Return a workbook without the times at which it and its parts were written."""
    stream = io.BytesIO()
    time = stamp.strftime("%Y-%m-%dT%H:%M:%SZ").encode("ascii")
    with ZipFile(io.BytesIO(data)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = MODIFIED.sub(rb"\g<1>" + time + rb"\g<2>", part)
            info = ZipInfo(name, (max(stamp.year, 1980), stamp.month, stamp.day, 0, 0, 0))
            info.compress_type, info.create_system = ZIP_DEFLATED, 0
            new.writestr(info, part)
    return stream.getvalue()
