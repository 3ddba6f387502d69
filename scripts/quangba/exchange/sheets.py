"""Sheets: rows of a workbook that comes back, with all that programs and people did to it."""

from __future__ import annotations

import io
import re
import unicodedata
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from quangba.catalogs.workspace import UI
from quangba.errors import Problem, QuangbaError
from quangba.exchange.arrival import LAST_ROW, check_workbook
from quangba.exchange.cells import OWN
from quangba.exchange.replies import Reply, Returned
from quangba.exchange.rows import Decision
from quangba.exchange.workbook import COLUMNS, head_of
from quangba.mt.archive import printable

# ----------------------------------------------------------------------------
# Constants
# ----------------------------------------------------------------------------

REQUIRED = ("id", "version", "target")
"""Columns without which no row can be taken."""

WRITTEN = ("target", "decision", "comment")
"""Columns in which people write."""

HEADS = 10
"""Rows among which the names of the columns are looked for."""

LABELS = {head_of(column, page) for column in COLUMNS for page in ("", UI)}

COUNT = re.compile(r"[0-9]{1,6}")
"""How many entries went out, as the name of a column says it."""

THREAD = re.compile(r"\[Threaded comment\].*?\n(?:Comment|Bình luận|Nhận xét):\s*", re.DOTALL)
"""What Excel puts before a note that is part of a conversation, for programs that know none."""

CARRIAGE_RETURN = "_x000D_"
"""How Excel writes one in XML."""

DECISIONS = {
    **{word: each for each in Decision for word in (*each.value, " / ".join(each.value)) if word},
    "đã duyệt": Decision.REVIEWED,
    "đã duyệt / reviewed": Decision.REVIEWED,
}
"""What people choose or type."""

# ----------------------------------------------------------------------------
# Classes
# ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Head:
    """The names of a sheet's columns."""

    row: int
    columns: dict[str, int]
    """Number of each column by its name."""
    language: str
    count: int
    """How many entries went out; 0 when that is not known."""
    twice: str = ""
    """A column that stands twice."""


# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def read_workbook(data: bytes, file: str) -> Returned:
    """
    Read a workbook that comes back.

    Raises ``QuangbaError`` when it cannot be used at all; rows that cannot be read are refused.
    """
    linked = check_workbook(data, file)
    book = opened(data, file)
    heads = [(sheet, find_head(sheet)) for sheet in book.worksheets]
    known = [(sheet, head) for sheet, head in heads if head]
    if not known:
        raise QuangbaError("import-sheetless", file)
    returned = Returned(file, known[0][1].language)
    if linked:
        returned.problems.append(Problem.at("import-links", file))
    for sheet, head in heads:
        if head is None and was_ours(sheet):
            returned.problems.append(Problem.at("import-headless", f"{file}, {sheet.title}"))
    for sheet, head in known:
        missing = next((name for name in REQUIRED if name not in head.columns), "")
        code = "import-column-twice" if head.twice else "import-column"
        if missing or head.twice:
            title = next(c.vietnamese for c in COLUMNS if c.name == (missing or head.twice))
            returned.problems.append(Problem.at(code, f"{file}, {sheet.title}", column=title))
        else:
            read_sheet(sheet, head, returned)
    returned.unique()
    return returned


def opened(data: bytes, file: str) -> Workbook:
    """Open a workbook that was looked through."""
    try:
        with warnings.catch_warnings():
            # About styles and lists of choices that are of no interest here.
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(data), keep_links=False)
    except Exception as error:
        # openpyxl says with any exception that a part is missing or not as it should be.
        raise QuangbaError("import-broken", file, what=printable(str(error))) from error


def find_head(sheet: Worksheet) -> Head | None:
    """Return the names of a sheet's columns, wherever they were moved; None for other sheets."""
    for row, cells in enumerate(sheet.iter_rows(max_row=min(HEADS, sheet.max_row)), 1):
        names = {
            cell.column: cell.value.split(":")
            for cell in cells
            if isinstance(cell.value, str) and cell.value.startswith(f"{OWN}:")
        }
        named = [(parts[1], column) for column, parts in names.items() if len(parts) > 2]
        if named:
            texts = [parts for parts in names.values() if len(parts) > 2]
            counts = [parts[3] for parts in texts if len(parts) > 3 and COUNT.fullmatch(parts[3])]
            all_names = [name for name, _ in named]
            twice = (n for n in (*REQUIRED, *WRITTEN) if all_names.count(n) > 1)
            count = int(counts[0]) if counts else 0
            return Head(row, dict(named), texts[0][2], count, next(twice, ""))
    return None


def was_ours(sheet: Worksheet) -> bool:
    """Tell whether a sheet without names of columns still has what people read above them."""
    cells = (cell for row in sheet.iter_rows(max_row=min(HEADS, sheet.max_row)) for cell in row)
    return any(cell.value in LABELS for cell in cells if isinstance(cell.value, str))


def read_sheet(sheet: Worksheet, head: Head, returned: Returned) -> None:
    """Read the rows of a sheet."""
    merged = merged_rows(sheet, head)
    seen = set()
    for number in range(head.row + 1, min(sheet.max_row, LAST_ROW) + 1):
        cells = {name: sheet.cell(number, column) for name, column in head.columns.items()}
        name = text_of(cells["id"])
        if name in LABELS or not any(text_of(cells[n]) for n in ("id", *WRITTEN) if n in cells):
            continue
        seen.add(name)
        read_row(cells, returned, f"{sheet.title}!{cells['target'].coordinate}", number in merged)
    missing = head.count - len(seen - {""})
    if missing > 0:
        place = f"{returned.file}, {sheet.title}"
        returned.problems.append(Problem.at("import-missing", place, count=missing))


def read_row(
    cells: dict[str, Cell | MergedCell], returned: Returned, place: str, merged: bool
) -> None:
    """Read one row, or refuse it."""
    texts = {name: text_of(cell) for name, cell in cells.items()}
    word = " ".join(texts.get("decision", "").casefold().split())
    decision = DECISIONS.get(unicodedata.normalize("NFC", word))
    # A note that is pinned to a cell says the same as one in the column.
    remarks = (THREAD.sub("", cell.comment.text) for cell in cells.values() if cell.comment)
    reply = Reply(
        place,
        texts["id"],
        texts["version"],
        texts["target"],
        decision or Decision.NONE,
        " ".join(filter(None, (texts.get("comment", ""), *remarks))),
        texts.get("source"),
    )
    wrong = next((n for n in WRITTEN if n in cells and is_formula(cells[n])), "")
    if merged:
        returned.refuse(reply, "import-merged")
    elif texts["id"].count(":") < 2:
        returned.refuse(reply, "import-unknown")
    elif wrong:
        returned.refuse(reply, "import-formula", formula=texts[wrong][:40])
    elif texts["target"] and not isinstance(cells["target"].value, str) and reply.touched:
        returned.refuse(reply, "import-number", value=texts["target"][:40])
    elif word and decision is None:
        returned.refuse(reply, "import-decision", word=word[:40])
    else:
        returned.replies.append(reply)


def merged_rows(sheet: Worksheet, head: Head) -> set[int]:
    """Return the rows in which a cell that counts is merged with others."""
    counts = {head.columns[n] for n in ("id", "version", *WRITTEN) if n in head.columns}
    return set(in_merged(sheet, counts))


def in_merged(sheet: Worksheet, columns: set[int]) -> Iterator[int]:
    """Yield the rows of merged ranges that touch some columns."""
    for found in sheet.merged_cells.ranges:
        if any(found.min_col <= column <= found.max_col for column in columns):
            yield from range(found.min_row, found.max_row + 1)


def is_formula(cell: Cell | MergedCell) -> bool:
    """Tell whether a cell holds a formula, or what is left of one that failed."""
    return cell.data_type in ("f", "e")


def text_of(cell: Cell | MergedCell) -> str:
    """Return what stands in a cell as text; numbers and formulas as well as they can be said."""
    value = cell.value
    if value is None:
        return ""
    # A formula over several cells is an object with a text.
    return str(getattr(value, "text", value)).replace(CARRIAGE_RETURN, "")
