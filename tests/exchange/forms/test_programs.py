"""Forms that came back out of other programs than Excel: what was typed is read, whoever saved it."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hkshcc.exchange.forms import xlsx_read
from tests.exchange.forms.bureau import CONTINUING, LINK, REF, change, fill, issue, merge, repacked
from tests.exchange.forms.libreoffice import ANSWER, SAVED
from tests.exchange.forms.programs import PROGRAMS, Grid, Program, saved_by
from tests.exchange.forms.test_bad_workbooks import in_sheet, refused

pytestmark = pytest.mark.needs_office

ANSWERS: dict[str, dict[str, Any]] = {
    REF: {"status": "Completed", "on": 46310, "done": " Two kites & <one>, 沙田\nand a tail", "evidence": LINK},
    CONTINUING: {"next": 1.5},
}


def saved(store: Path, program: Program) -> Path:
    """A form that was filled in and saved by a program."""
    book = openpyxl.load_workbook(fill(issue(store), ANSWERS))
    sheets: dict[str, Grid] = {
        sheet.title: {
            (cell.row, cell.column): cell.value for row in sheet.rows for cell in row if cell.value is not None
        }
        for sheet in book.worksheets
    }
    file = store.parent / "saved.xlsx"
    file.write_bytes(saved_by(program, sheets))
    return file


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_a_form_is_read_whichever_program_saved_it(store: Path, program: Program) -> None:
    ran = merge(store, saved(store, program))
    assert ran.lines[0] == "2 returns to record, 5 unchanged, 0 conflicts, 0 refused", ran.err
    after = f"after: completed, 15 Oct 2026: Two kites & <one>, 沙田 and a tail; evidence: {LINK}"
    assert after in [line.strip() for line in ran.lines]
    assert "; next: 1.5" in ran.out or ": next: 1.5" in ran.out


def test_a_sheet_that_a_program_adds_is_named_with_the_way_out(store: Path) -> None:
    program = PROGRAMS["Numbers"]._replace(first=["This document was exported from Numbers.", "Return", "Table 1"])
    assert refused(store, saved(store, program)).endswith(
        "has a sheet 'Export Summary' that was not on the form we issued; move what it says into 'Return' and delete it"
    )


def test_a_sheet_under_its_own_name_is_not_taken_for_another_of_a_like_name(store: Path) -> None:
    def add(book: Any) -> None:
        book.create_sheet("Return - Table 1", 0)["A1"] = "Other words"

    assert "has a sheet 'Return - Table 1' that was not on the form we issued" in refused(
        store, change(issue(store), add)
    )


def test_a_form_that_libreoffice_saved_is_read_as_it_was_filled_in() -> None:
    book = xlsx_read.read(SAVED.read_bytes(), SAVED.name)
    assert list(book.sheets) == ["How to fill in", "Return", "hkshcc"]
    assert {sheet[1:] for sheet in book.sheets.values()} == {(None, None, None, None)}
    table = book.sheets["Return"].cells
    [row] = [row for (row, column), text in table.items() if column == 1 and text == REF]
    typed = [value for (at, _), value in sorted(table.items()) if at == row][-len(ANSWER) :]
    assert typed == list(ANSWER.values())
    assert (book.sheets["hkshcc"].cells[1, 2], book.first_day) == ("hkshcc.form/1", 1900)


def test_the_day_of_a_cell_that_holds_a_moment_is_read(store: Path) -> None:
    moment = in_sheet(r'<c r="E2"[^>]*(/>|></c>)', '<c r="E2" t="d"><v>2026-10-15T00:00:00</v></c>')
    file = repacked(fill(issue(store), {REF: {"done": "Something"}}), moment)
    assert "after: 15 Oct 2026: Something" in merge(store, file).out


def test_formulas_of_another_vocabulary_than_the_sheets_own_are_in_no_cell(store: Path) -> None:
    foreign = '<x:row xmlns:x="urn:x" r="1" hidden="1"><x:c r="A1"><x:f>1+1</x:f><x:v>2</x:v></x:c></x:row>'
    file = repacked(issue(store), in_sheet("</sheetData>", f"</sheetData><extLst>{foreign}</extLst>"))
    assert merge(store, file).code == 0
