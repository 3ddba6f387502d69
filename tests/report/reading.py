"""Reads the workbook of a report back."""

from __future__ import annotations

import io
from datetime import date, datetime

from openpyxl import load_workbook

from quangba.report.making import Made

Rows = list[list[object]]


def read_rows(made: Made, sheet: str) -> Rows:
    """Return the rows under the headings of a sheet; days in ISO 8601."""
    (data,) = (data for name, data in made.files.items() if name.endswith(".xlsx"))
    found = load_workbook(io.BytesIO(data))[sheet]
    rows = [[plain(cell.value) for cell in row] for row in found.iter_rows()]
    heading = 1 if str(rows[0][0]).startswith(("BẢN MẪU", "SAMPLE")) else 0
    return [row for row in rows[heading + 1 :] if any(v is not None for v in row[1:])]


def plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else value
