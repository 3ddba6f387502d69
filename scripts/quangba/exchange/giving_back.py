"""Giving back: rows that were not taken, as a workbook that can be corrected and sent again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import count
from pathlib import Path

from quangba.catalogs.edits import identifier
from quangba.catalogs.workspace import Workspace
from quangba.errors import QuangbaError
from quangba.exchange.replies import Refusal
from quangba.exchange.rows import TITLES, Collector, Decision, Row, Sheet, sentence, title
from quangba.exchange.workbook import write_workbook
from quangba.files import write_bytes
from quangba.settings import Language

# ----------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------


def give_back(
    workspace: Workspace, language: Language, refusals: Iterable[Refusal], stem: str
) -> Path:
    """
    Write ``reports/import-STEM.xlsx``; return its path.

    The reviewer finds her own text where she wrote it, with the reason beside it. It counts as
    shown, so that a row asks for something only when she corrects it or accepts it once more. A
    report of another import is never written over.
    """
    collector = Collector(workspace, language)
    sheets: dict[str, Sheet] = {}
    pages: dict[str, dict[str, Row]] = {}
    strays = []
    for refusal in refusals:
        page = refusal.reply.page
        if page not in pages:
            pages[page] = rows_by_name(collector, page)
        row = row_of(pages[page], language, refusal)
        if row is None:
            reply = refusal.reply
            strays.append((reply.place, reply.text, reply.comment, sentence(refusal.problem)))
            continue
        if row.page not in sheets:
            sheets[row.page] = Sheet(row.page, title(workspace, row.page))
        sheets[row.page].rows.append(row)
    data = write_workbook(list(sheets.values()), language, strays)
    folder = workspace.settings.root / "reports"
    stem = stem.removeprefix("import-")
    for number in count(1):
        path = folder / f"import-{stem}{f'-{number}' if number > 1 else ''}.xlsx"
        if not path.exists() or path.read_bytes() == data:
            break
    write_bytes(path, data)
    return path


def row_of(rows: dict[str, Row], language: Language, refusal: Refusal) -> Row | None:
    """Return the entry of a row as it is now, with the reviewer's text, or None."""
    reply = refusal.reply
    row = rows.get(reply.name) if reply.language == language.code else None
    return row and replace(
        row,
        answer=reply.text,
        decision=reply.decision if refusal.taken else Decision.NONE,
        comment=reply.comment,
        findings=(sentence(refusal.problem), *row.findings),
    )


def rows_by_name(collector: Collector, page: str) -> dict[str, Row]:
    """Return the entries of a page by their names; nothing when there is no such page."""
    if page not in (*collector.workspace.names, *TITLES):
        return {}
    try:
        collector.workspace.forget(collector.language, page)
        return {identifier(row.message.key): row for row in collector.rows(page)}
    except QuangbaError:
        return {}
