"""
Workbooks for reviewers: one language a file, one page a sheet, so that a page is read in order.

Only three columns can be written in: the translation, the decision and the comment. The sheets are
protected without a password, against slips and not against people. Columns are known by a hidden
row of names, so that they may be moved. The bytes depend on the rows alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from quangba.catalogs.workspace import UI
from quangba.exchange.cells import (
    FONT,
    FONTS,
    HEAD,
    OWN,
    cell_of,
    put,
    saved,
    set_paper,
    sheet_names,
)
from quangba.exchange.rows import Decision, Row, Sheet, state_label
from quangba.settings import Language

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

NAMES, LABELS, FIRST = 1, 2, 3
"""Rows: names of columns (hidden), what people read, the first entry."""

WRITABLE = PatternFill("solid", fgColor="FFF9E5")

INSTRUCTIONS = (
    (
        "Mỗi trang là một bảng tính. Chỉ sửa các cột màu vàng: Bản dịch, Quyết định, Ghi chú.",
        "Each page is a sheet. Change only the yellow columns: translation, decision, comment.",
    ),
    (
        "Dấu như ⟦1⟧ thay cho liên kết, chữ đậm, số liệu. Hãy giữ đủ các dấu và chép dấu từ câu"
        " tiếng Việt; chữ giữa ⟦1⟧ và ⟦/1⟧ thì dịch.",
        "Tags like ⟦1⟧ stand for links, bold type, figures. Keep them all and copy them from the"
        " Vietnamese; the words between ⟦1⟧ and ⟦/1⟧ are translated.",
    ),
    (
        "Câu sửa được nhận là bản dịch. Bản nháp đúng sẵn: chọn “chấp nhận”. Câu đã đọc kỹ: chọn"
        " “đã thẩm định”. Không muốn đổi: chọn “bỏ qua”.",
        "A changed text counts as translated. A draft that is right: choose “accept”. A text read"
        " with care: choose “reviewed”. To leave an entry as it is: “skip”.",
    ),
    (
        "Được lọc, sắp xếp, đổi chỗ cột. Không gộp ô, không viết công thức, không xóa cột.",
        "You may filter, sort and move columns. Never merge cells, write formulas, delete columns.",
    ),
    (
        "Lưu dạng .xlsx rồi gửi lại. Dòng nào không nhận được sẽ được gửi trả kèm lý do.",
        "Save as .xlsx and send it back. What cannot be taken comes back to you with the reason.",
    ),
)

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Column:
    """A column of the sheets."""

    name: str
    vietnamese: str
    english: str
    width: int
    """Characters."""
    text: Callable[[Row], str]
    writable: bool = False
    printed: bool = False
    hidden: bool = False
    language: str = ""
    """Whose text it holds: ``vi``, ``en`` or ``target``; empty for our own words."""


COLUMNS = (
    Column("kind", "Vị trí", "Where", 14, lambda row: row.segment.kind, printed=True),
    Column(
        "source", "Tiếng Việt", "Source", 52, lambda row: row.protected.source, printed=True
    ),
    Column(
        "target", "Bản dịch", "Translation", 52, lambda row: row.target,
        writable=True, printed=True, language="target",
    ),
    Column(
        "decision", "Quyết định", "Decision", 18, lambda row: label(row.decision),
        writable=True, printed=True,
    ),
    Column(
        "comment", "Ghi chú cho người biên tập", "Comment to the editor", 28,
        lambda row: row.comment, writable=True, printed=True,
    ),
    Column("state", "Tình trạng", "State", 16, lambda row: state_label(row.message)),
    Column("findings", "Cần xem", "Findings", 36, lambda row: "\n".join(row.findings)),
    Column("tags", "Dấu", "Tags", 30, lambda row: "\n".join(row.legend)),
    Column("terms", "Thuật ngữ", "Terms", 28, lambda row: "\n".join(row.terms), language="target"),
    Column("previous", "Tiếng Việt trước đây", "Previous source", 40, lambda row: row.previous),
    Column("pivot", "Bản tiếng Anh", "English", 40, lambda row: row.message.pivot or ""),
    Column("notes", "Lưu ý", "Notes", 28, lambda row: "\n".join(row.notes)),
    Column("id", "Mã", "Id", 10, lambda row: row.id, hidden=True),
    Column("version", "Phiên bản", "Version", 10, lambda row: row.version, hidden=True),
)  # fmt: skip
"""In the order of a sheet."""

OF_INTERFACE = {"source": "Tiếng Anh", "previous": "Tiếng Anh trước đây"}
"""Vietnamese names of the columns that hold another language where the interface is translated."""

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def label(decision: Decision) -> str:
    """Return what people choose: ``chấp nhận / accept``, or nothing."""
    return " / ".join(filter(None, decision.value))


def write_workbook(
    sheets: Sequence[Sheet], language: Language, strays: Iterable[tuple[str, ...]] = ()
) -> bytes:
    """
    Return the workbook of a language.

    ``strays`` are rows that came back and belong to no entry, for a sheet of their own.
    """
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = "Hướng dẫn - Read me"
    names = sheet_names([sheet.title for sheet in sheets], [first.title.casefold()])
    for sheet, name in zip(sheets, names, strict=True):
        fill(book.create_sheet(name), sheet, language)
    lost = list(strays)
    if lost:
        fill_strays(book.create_sheet("Dòng lạ - Unknown rows"), lost)
    instruct(first, sheets, names, language)
    return saved(book)


def fill(sheet: Worksheet, content: Sheet, language: Language) -> None:
    """Write the rows of a page."""
    count = len(content.rows)
    fonts = {"target": Font(name=FONTS.get(language.code, FONT), size=11)}
    for index, column in enumerate(COLUMNS, 1):
        name = f"{OWN}:{column.name}:{language.code}"
        name += f":{count}" if column.name == "id" else ""
        put(cell_of(sheet, NAMES, index), name, font=Font(name=FONT, size=8))
        head = head_of(column, content.page)
        white = Font(name=FONT, bold=True, color="FFFFFF")
        put(cell_of(sheet, LABELS, index), head, font=white, fill=HEAD)
        font = fonts.get(column.language, Font(name=FONT, size=11))
        texts = [column.text(row) for row in content.rows]
        for number, text in enumerate(texts, FIRST):
            cell = cell_of(sheet, number, index)
            put(cell, text, font=font, fill=WRITABLE if column.writable else None)
            cell.protection = Protection(locked=not column.writable)
        size = sheet.column_dimensions[get_column_letter(index)]
        size.width = column.width
        size.hidden = column.hidden or not (column.printed or any(texts))
    sheet.row_dimensions[NAMES].hidden = True
    offer_decisions(sheet, count)
    protect(sheet)
    lay_out(sheet, count)


def head_of(column: Column, page: str = "") -> str:
    """Return what people read above a column of a page."""
    vietnamese = OF_INTERFACE.get(column.name) if page == UI else None
    return f"{vietnamese or column.vietnamese}\n{column.english}"


def offer_decisions(sheet: Worksheet, count: int) -> None:
    """Let people choose a decision from a list."""
    choices = ",".join(filter(None, map(label, Decision)))
    offer = DataValidation("list", formula1=f'"{choices}"', allow_blank=True)
    offer.errorTitle = "Quyết định / Decision"
    offer.error = "Hãy chọn trong danh sách. / Choose from the list."
    offer.showErrorMessage = True
    letter = get_column_letter(1 + [column.name for column in COLUMNS].index("decision"))
    offer.add(f"{letter}{FIRST}:{letter}{FIRST + count - 1}")
    sheet.add_data_validation(offer)


def protect(sheet: Worksheet) -> None:
    """Lock all but the cells to write in; no password, and nothing that helps reading."""
    guard = sheet.protection
    guard.sheet = True
    # In this format, False allows.
    guard.formatColumns = guard.formatRows = guard.sort = guard.autoFilter = False


def lay_out(sheet: Worksheet, count: int) -> None:
    """Freeze the heads, offer filters and set up the paper: A4, landscape."""
    last = LABELS + count
    sheet.freeze_panes = f"C{FIRST}"
    sheet.auto_filter.ref = f"A{LABELS}:{get_column_letter(len(COLUMNS))}{last}"
    printed = sum(column.printed for column in COLUMNS)
    sheet.print_area = f"A{LABELS}:{get_column_letter(printed)}{last}"
    sheet.print_title_rows = f"{LABELS}:{LABELS}"
    set_paper(sheet)


def instruct(
    sheet: Worksheet, sheets: Sequence[Sheet], names: Sequence[str], language: Language
) -> None:
    """Write the first sheet: what to do, and what the file holds."""
    plain, bold = Font(name=FONT, size=12), Font(name=FONT, size=14, bold=True)
    title = f"{language.name} ({language.code})"
    put(cell_of(sheet, 1, 1), f"Rà soát bản dịch: {title}", font=bold)
    put(cell_of(sheet, 1, 2), f"Review of translations: {title}", font=bold)
    for row, texts in enumerate(INSTRUCTIONS, 3):
        for column, text in enumerate(texts, 1):
            put(cell_of(sheet, row, column), text, font=plain)
    row = 4 + len(INSTRUCTIONS)
    for content, name in zip(sheets, names, strict=True):
        row += 1
        link = cell_of(sheet, row, 1)
        put(link, content.title, font=Font(name=FONT, size=12, color="0563C1", underline="single"))
        quoted = name.replace("'", "''")
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{quoted}'!A{FIRST}")
        count = len(content.rows)
        put(cell_of(sheet, row, 2), f"{content.page}: {count}", font=plain)
    for letter in "AB":
        sheet.column_dimensions[letter].width = 70
    protect(sheet)
    set_paper(sheet)


def fill_strays(sheet: Worksheet, rows: Iterable[tuple[str, ...]]) -> None:
    """Write rows that belong to no entry: place, text, comment, reason."""
    heads = ("Vị trí / Where", "Bản dịch / Translation", "Ghi chú / Comment", "Lý do / Reason")
    for index, head in enumerate(heads, 1):
        put(cell_of(sheet, 1, index), head, font=Font(name=FONT, bold=True))
        sheet.column_dimensions[get_column_letter(index)].width = 50
    for number, row in enumerate(rows, 2):
        for index, text in enumerate(row, 1):
            put(cell_of(sheet, number, index), text, font=Font(name=FONT))
    set_paper(sheet)
