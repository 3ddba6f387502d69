"""
The list of projects as a workbook: real numbers and dates, in the language of the reader.

It is made from what the JSON file says. Texts are texts, whatever they begin with. The bytes depend
on the list alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from quangba.exchange.workbook import (
    FONT,
    FONTS,
    HEAD,
    cell_of,
    put,
    saved,
    set_paper,
    sheet_names,
)
from quangba.source.facts import PRECISIONS

if TYPE_CHECKING:
    from quangba.site.context import SiteContext

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

NOTICE, HEADS, FIRST = 1, 2, 3
"""Rows: what a reader must be told, the heads, the first project."""

DAY_FORMATS = {4: "yyyy", 7: "yyyy-mm", 10: "yyyy-mm-dd"}
"""How a date is shown by the length of what is known; no day appears that no source gives."""

YES = "yes"

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Column:
    """A column of the list."""

    title: str
    """English msgid."""
    width: int
    """Characters."""
    value: Callable[[dict[str, Any]], Any]
    """Text, number or ISO date of a project, from its JSON."""
    kind: str = "text"
    """``text``, ``number`` or ``day``."""


COLUMNS = (
    Column("Project", 44, lambda item: item["title"]),
    Column("Sector", 22, lambda item: item["sector_label"]),
    Column("Status", 20, lambda item: item["status_label"]),
    Column("Place", 28, lambda item: "; ".join(unit["name"] for unit in item["communes"])),
    Column("Former place, as the source names it", 28, lambda item: item.get("former_place")),
    Column("Capital (VND)", 24, lambda item: item.get("capital_vnd"), "number"),
    Column("Capital (USD)", 18, lambda item: item.get("capital_usd"), "number"),
    Column("Precision of the capital", 16, lambda item: item.get("capital_precision")),
    Column("Land (ha)", 12, lambda item: item.get("area_ha"), "number"),
    Column("As of", 13, lambda item: item["as_of"], "day"),
    Column("From an earlier list", 14, lambda item: YES if item["historic"] else None),
    Column("Zone", 28, lambda item: item["zone"]["title"] if "zone" in item else None),
    Column("Note", 36, lambda item: item.get("note")),
    Column("Source", 44, lambda item: item["source"]["title"]),
    Column("Publisher", 24, lambda item: item["source"]["publisher"]),
    Column("Date of the source", 13, lambda item: item["source"].get("date"), "day"),
    Column("Read on", 13, lambda item: item["source"].get("seen"), "day"),
    Column("Address of the source", 40, lambda item: item["source"].get("url")),
    Column("Page", 40, lambda item: item["url"]),
    Column("Identifier", 26, lambda item: item["id"]),
)
"""In the order of the sheet."""

PRECISION_WORDS = {
    "about": "about",
    "more_than": "more than",
    "nearly": "nearly",
    "from": "from",
}
assert PRECISION_WORDS.keys() == PRECISIONS.keys()

ABOUT = "About this file"
LICENCE_WORD = "Licence"
SCHEMA_WORD = "Schema of the same list as JSON"

SHEET_TEXTS = (
    *(column.title for column in COLUMNS),
    *PRECISION_WORDS.values(),
    YES,
    ABOUT,
    LICENCE_WORD,
    SCHEMA_WORD,
)
"""What a workbook says; English is the msgid."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def workbook_of(context: SiteContext, found: dict[str, Any]) -> bytes:
    """Return the workbook of a language, from the list as the schema says it."""
    book = Workbook()
    book.properties.language = context.language.html_lang
    book.properties.description = " ".join(found["notices"])
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title, about_title = sheet_names([found["title"], context.interface(ABOUT)])
    font = Font(name=FONTS.get(context.language.code, FONT), size=11)
    fill(sheet, found, context.interface, font)
    describe(book.create_sheet(about_title), found, context.interface, font)
    return saved(book)


def fill(sheet: Worksheet, found: dict[str, Any], say: Callable[[str], str], font: Font) -> None:
    """Write the list."""
    bold = Font(name=font.name, size=11, bold=True)
    put(cell_of(sheet, NOTICE, 1), " ".join(found["notices"]), font=bold)
    cell_of(sheet, NOTICE, 1).alignment = Alignment(wrap_text=False)
    white = Font(name=font.name, size=11, bold=True, color="FFFFFF")
    for index, column in enumerate(COLUMNS, 1):
        put(cell_of(sheet, HEADS, index), say(column.title), font=white, fill=HEAD)
        sheet.column_dimensions[get_column_letter(index)].width = column.width
        for row, item in enumerate(found["projects"], FIRST):
            write(sheet, row, index, column, item, say, font)
    last = HEADS + len(found["projects"])
    sheet.freeze_panes = f"B{FIRST}"
    sheet.auto_filter.ref = f"A{HEADS}:{get_column_letter(len(COLUMNS))}{last}"
    sheet.print_title_rows = f"{HEADS}:{HEADS}"
    set_paper(sheet)


def write(
    sheet: Worksheet,
    row: int,
    index: int,
    column: Column,
    item: dict[str, Any],
    say: Callable[[str], str],
    font: Font,
) -> None:
    """Write one cell; what is not known stays empty."""
    value = column.value(item)
    if value is None:
        return
    cell = cell_of(sheet, row, index)
    if column.kind == "text":
        text = str(value)
        ours = column.title == "Precision of the capital" or text == YES
        put(cell, say(PRECISION_WORDS.get(text, text)) if ours else text, font=font)
        return
    if column.kind == "day":
        cell.value, cell.number_format = first_day(value), DAY_FORMATS[len(value)]
    else:
        cell.value = value
        cell.number_format = "#,##0" if isinstance(value, int) else "#,##0.00"
    cell.font = font
    cell.alignment = Alignment(vertical="top")


def first_day(day: str) -> date:
    """
    Return the first day of an ISO date that may lack day or month.

    >>> first_day('2025'), first_day('2025-11')
    (datetime.date(2025, 1, 1), datetime.date(2025, 11, 1))
    """
    year, month, number = [*map(int, day.split("-")), 1, 1][:3]
    return date(year, month, number)


def describe(
    sheet: Worksheet, found: dict[str, Any], say: Callable[[str], str], font: Font
) -> None:
    """Write what the file is, whose it is and under which licence."""
    lines = [
        (found["title"], found["description"]),
        *(("", notice) for notice in found["notices"]),
        (say("Source"), found["attribution"]),
        (say(LICENCE_WORD), f"{found['licence']['name']} {found['licence']['url']}"),
        (say(SCHEMA_WORD), found["$schema"]),
        (say("Page"), found.get("page", "")),
    ]
    bold = Font(name=font.name, size=11, bold=True)
    for row, (word, text) in enumerate(lines, 1):
        put(cell_of(sheet, row, 1), word, font=bold)
        put(cell_of(sheet, row, 2), text, font=font)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 90
    set_paper(sheet)
