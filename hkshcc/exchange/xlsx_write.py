"""Workbooks written: text stays text, whatever it begins with, and the same register gives the same bytes."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from hkshcc.exchange.optional import requires
from hkshcc.language import N_, _
from hkshcc.text import inert

with requires("XlsxWriter", N_("an Excel workbook")):
    from xlsxwriter import Workbook

LONGEST = 32_767  # characters that Excel keeps in a cell
_CUT = N_(" … (cut here: a cell holds no more)")
# No text becomes a formula, a link or a number; a NaN has no place in a register.
_TEXT_STAYS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@contextmanager
def new_workbook(out: io.BytesIO, day: str, title: str) -> Iterator[Any]:
    """Open a workbook on a buffer, made on a day (ISO): the same content gives the same bytes."""
    with Workbook(out, _TEXT_STAYS) as workbook:
        workbook.set_properties({"title": title, "created": datetime.fromisoformat(f"{day}T00:00:00")})
        yield workbook


def write_cell(sheet: Any, row: int, column: int, value: str | int | None, shape: Any = None) -> None:  # noqa: ANN401  XlsxWriter's objects have no types
    """Write a cell as what it is. Text longer than a cell holds says that it was cut."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, shape)
    elif isinstance(value, int):
        sheet.write_number(row, column, value, shape)
    else:
        sheet.write_string(row, column, cut_to_cell(_no_run(value)), shape)


def _no_run(text: str) -> str:
    """Return the text so that XlsxWriter escapes it: what looks like runs of its own it would write as it stands."""
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def cut_to_cell(text: str) -> str:
    """Return the text as a cell may hold it; Excel counts in UTF-16."""
    if len(text.encode("utf-16-le", "surrogatepass")) // 2 <= LONGEST:
        return text
    cut = _(_CUT)
    kept = text.encode("utf-16-le", "surrogatepass")[: 2 * (LONGEST - len(cut))]
    return kept.decode("utf-16-le", "ignore") + cut


def write_table(workbook: Any, name: str, columns: Sequence[str], rows: Sequence[Sequence[str | int | None]]) -> None:  # noqa: ANN401  see above
    """Write a sheet of rows under a frozen, filterable header."""
    sheet = workbook.add_worksheet(name)
    header = workbook.add_format({"bold": True, "bottom": 1})
    plain = workbook.add_format({"quote_prefix": True})
    for column, heading in enumerate(columns):
        write_cell(sheet, 0, column, heading, header)
        longest = max((len(str(row[column] or "")) for row in rows), default=0)
        sheet.set_column(column, column, max(len(heading) + 2, min(48, longest + 2)))
    for index, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            write_cell(sheet, index, column, inert(value) if isinstance(value, str) else value, plain)
    sheet.freeze_panes(1, 1)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
