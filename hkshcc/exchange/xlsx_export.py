"""The register as a workbook for an analyst: a sheet of measures, a sheet of events."""

import io
from collections.abc import Sequence
from typing import NamedTuple

from hkshcc.exchange.xlsx_write import new_workbook, write_table


class Rows(NamedTuple):
    """A sheet's name, its columns, and its rows as flat cells."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str | int | None]]


def workbook(day: str, title: str, sheets: Sequence[Rows]) -> bytes:
    """Return the sheets as an XLSX file of a day (ISO)."""
    out = io.BytesIO()
    with new_workbook(out, day, title) as book:
        for sheet in sheets:
            write_table(book, sheet.name, sheet.columns, sheet.rows)
    return out.getvalue()
