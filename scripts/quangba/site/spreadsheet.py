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

from quangba.exchange.cells import (
    FONT,
    FONTS,
    HEAD,
    cell_of,
    put,
    saved,
    set_paper,
    sheet_names,
)

if TYPE_CHECKING:
    from quangba.site.context import SiteContext

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

Say = Callable[[str, Any], str]
"""Returns the label of a value in the language: ``say('sheet', 'title')``."""

NOTICE, HEADS, FIRST = 1, 2, 3
"""Rows: what a reader must be told, the heads, the first project."""

DAY_FORMATS = {4: "yyyy", 7: "yyyy-mm", 10: "yyyy-mm-dd"}
"""How a date is shown by the length of what is known; no day appears that no source gives."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Column:
    """A column of the list."""

    name: str
    """In the family ``sheet`` of ``source/labels.py``."""
    width: int
    """Characters."""
    value: Callable[[dict[str, Any]], Any]
    """Text, number or ISO date of a project, from its JSON."""
    kind: str = "text"
    """``text``, ``number``, ``day``, or the family of labels that the value belongs to."""


COLUMNS = (
    Column("title", 44, lambda item: item["title"]),
    Column("sector", 22, lambda item: item["sector_label"]),
    Column("status", 20, lambda item: item["status_label"]),
    Column("place", 28, lambda item: "; ".join(unit["name"] for unit in item["communes"])),
    Column("former_place", 28, lambda item: item.get("former_place")),
    Column("capital_vnd", 24, lambda item: item.get("capital_vnd"), "number"),
    Column("capital_usd", 18, lambda item: item.get("capital_usd"), "number"),
    Column("precision", 16, lambda item: item.get("capital_precision"), "precision"),
    Column("area_ha", 12, lambda item: item.get("area_ha"), "number"),
    Column("as_of", 13, lambda item: item["as_of"], "day"),
    Column("historic", 14, lambda item: "yes" if item["historic"] else None, "sheet"),
    Column("zone", 28, lambda item: item["zone"]["title"] if "zone" in item else None),
    Column("note", 36, lambda item: item.get("note")),
    Column("source", 44, lambda item: item["source"]["title"]),
    Column("publisher", 24, lambda item: item["source"]["publisher"]),
    Column("date", 13, lambda item: item["source"].get("date"), "day"),
    Column("seen", 13, lambda item: item["source"].get("seen"), "day"),
    Column("address", 40, lambda item: item["source"].get("url")),
    Column("page", 40, lambda item: item["url"]),
    Column("id", 26, lambda item: item["id"]),
)
"""In the order of the sheet."""

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
    sheet.title, about_title = sheet_names([found["title"], context.label("sheet", "about")])
    font = Font(name=FONTS.get(context.language.code, FONT), size=11)
    fill(sheet, found, context.label, font)
    describe(book.create_sheet(about_title), found, context.label, font)
    return saved(book)


def fill(sheet: Worksheet, found: dict[str, Any], say: Say, font: Font) -> None:
    """Write the list."""
    bold = Font(name=font.name, size=11, bold=True)
    put(cell_of(sheet, NOTICE, 1), " ".join(found["notices"]), font=bold)
    cell_of(sheet, NOTICE, 1).alignment = Alignment(wrap_text=False)
    white = Font(name=font.name, size=11, bold=True, color="FFFFFF")
    for index, column in enumerate(COLUMNS, 1):
        put(cell_of(sheet, HEADS, index), say("sheet", column.name), font=white, fill=HEAD)
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
    say: Say,
    font: Font,
) -> None:
    """Write one cell; what is not known stays empty."""
    value = column.value(item)
    if value is None:
        return
    cell = cell_of(sheet, row, index)
    if column.kind == "day":
        cell.value, cell.number_format = first_day(value), DAY_FORMATS[len(value)]
    elif column.kind == "number":
        cell.value = value
        cell.number_format = "#,##0" if isinstance(value, int) else "#,##0.00"
    else:
        put(cell, value if column.kind == "text" else say(column.kind, value), font=font)
        return
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


def describe(sheet: Worksheet, found: dict[str, Any], say: Say, font: Font) -> None:
    """Write what the file is, whose it is and under which licence."""
    lines = [
        (found["title"], found["description"]),
        *(("", notice) for notice in found["notices"]),
        (say("sheet", "source"), found["attribution"]),
        (say("sheet", "licence"), f"{found['licence']['name']} {found['licence']['url']}"),
        (say("sheet", "schema"), found["$schema"]),
        (say("sheet", "page"), found.get("page", "")),
    ]
    bold = Font(name=font.name, size=11, bold=True)
    for row, (word, text) in enumerate(lines, 1):
        put(cell_of(sheet, row, 1), word, font=bold)
        put(cell_of(sheet, row, 2), text, font=font)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 90
    set_paper(sheet)
