"""Cells: what all our workbooks have in common, whatever stands in them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

OWN = "quangba"
"""Begins the name of a column: ``quangba:target:ja``."""

FONTS = {"ja": "Yu Gothic", "zh": "Microsoft YaHei", "ko": "Malgun Gothic"}
"""Fonts of Windows by language; spreadsheet programs elsewhere find a substitute."""

FONT = "Calibri"

PAPER = 9
"""A4 in the numbering of Excel."""

TIME = (1980, 1, 1, 0, 0, 0)
"""Time of all members; a zip file cannot have none."""

FORMULA = re.compile(r"\s*[=+\-@]")
"""The beginning of a text that programs may take for a formula when it is typed or exported."""

FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
"""Characters that the name of a sheet cannot have."""

LONGEST_NAME = 31
"""Characters of the name of a sheet."""

HEAD = PatternFill("solid", fgColor="1F4E78")

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def sheet_names(titles: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """
    Return names that Excel takes: short, all different, without the signs that it forbids.

    >>> sheet_names(['Yên Tử', 'yên tử', 'Vịnh: đi/về', "'"])
    ['Yên Tử', 'yên tử (2)', 'Vịnh đi về', 'Trang']
    """
    seen = set(taken)
    found = []
    for title in titles:
        clean = ILLEGAL_CHARACTERS_RE.sub("", FORBIDDEN.sub(" ", title))
        stem = " ".join(clean.split()).strip("' ")[:LONGEST_NAME].strip("' ") or "Trang"
        # Excel keeps “History” for itself.
        name, number = (stem, 1) if stem.casefold() != "history" else ("History (1)", 1)
        while name.casefold() in seen:
            number += 1
            end = f" ({number})"
            name = stem[: LONGEST_NAME - len(end)] + end
        seen.add(name.casefold())
        found.append(name)
    return found


def put(cell: Cell, text: str, *, font: Font, fill: PatternFill | None = None) -> None:
    """Write a text that no program reads as a formula, a number or a date."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text) or None
    if text:
        cell.data_type = "s"
    cell.number_format = "@"
    cell.font = font
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if fill:
        cell.fill = fill
    if FORMULA.match(text):
        cell.quotePrefix = True


def cell_of(sheet: Worksheet, row: int, column: int) -> Cell:
    """Return a cell of a sheet without merged ones."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell


def set_paper(sheet: Worksheet) -> None:
    """Set up the paper: A4, landscape, as wide as the sheet."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = PAPER
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    head, foot = HeaderFooterItem(), HeaderFooterItem()
    head.left.text, foot.right.text = "&A", "&P / &N"
    sheet.oddHeader, sheet.oddFooter = head, foot


def saved(book: Workbook) -> bytes:
    """Return a workbook's bytes, without a person's name and without the time of day."""
    book.properties.creator = book.properties.title = OWN
    book.properties.created = book.properties.modified = datetime(*TIME)
    stream = io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED)).save()
    return without_times(stream)


def without_times(stream: io.BytesIO) -> bytes:
    """Return a zip file with the same members and no times."""
    found = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            new.writestr(member, old.read(name))
    return found.getvalue()
