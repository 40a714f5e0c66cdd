"""A return form that came back, read: from a file's bytes to the form, or one sentence on why it is none."""

import os
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import NamedTuple

from hkshcc.errors import HkshccError, RefusedError
from hkshcc.exchange.forms import layout, xlsx_read
from hkshcc.exchange.forms.cells import Cell, column_name, name_of
from hkshcc.language import LANGUAGES
from hkshcc.register.dates import is_day
from hkshcc.text import folded, inert

_ABOUT = ("schema", "owner", "side", "round", "lang", "day", "entries", "fingerprint")


class Typed(NamedTuple):
    """A row of a form as it came back: its number, the ref in it, every cell by its column's key."""

    row: int
    ref: str
    cells: Mapping[str, str]
    places: Mapping[str, str]  # the cells' names, as C7

    @property
    def says(self) -> bool:
        """Whether a free cell says anything."""
        return any(self.cells[key] for key in layout.FREE)


class Form(NamedTuple):
    """A form that came back: which file it is (as it was typed), whom it asked, what it was drawn from, its rows."""

    file: str
    sha256: str
    owner: str
    round: str | None
    entries: int
    fingerprint: str
    rows: Sequence[Typed]
    printed: Mapping[str, Mapping[str, str]]  # by ref, the locked cells as they were drawn

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return os.path.basename(self.file)

    @property
    def deleted(self) -> list[str]:
        """The refs whose rows were on the form as it was drawn, and are gone."""
        kept = {typed.ref for typed in self.rows}
        return [ref for ref in self.printed if ref not in kept]


def read_form(data: bytes, file: str) -> Form:
    """Read a form that came back. Raises HkshccError where it is none, RefusedError where it was tampered with."""
    book = _by_their_own_names(xlsx_read.read(data, file))
    about, printed = _about(book, file)
    name = layout.SHEETS[about["lang"]][1]
    known = {*layout.SHEETS[about["lang"]], layout.ABOUT}
    if name not in book.sheets:
        raise RefusedError(f"{file} lacks the sheet '{name}' of the form; ask for it again")
    if extra := next((other for other in book.sheets if other not in known), None):
        raise RefusedError(
            f"{file} has a sheet '{inert(extra)[:40]}' that the form had not;"
            f" move what it says into '{name}' and delete it"
        )
    sheet = book.sheets[name]
    _check(sheet, file)
    _check_cover(book.sheets.get(layout.SHEETS[about["lang"]][0]), about["lang"], file)
    rows = _rows(sheet, _columns(sheet, about["lang"], file), book.first_day, file)
    return Form(
        file=file,
        sha256=sha256(data).hexdigest(),
        owner=about["owner"],
        round=about["round"] or None,
        entries=int(about["entries"]),
        fingerprint=about["fingerprint"],
        rows=rows,
        printed=printed,
    )


def _by_their_own_names(book: xlsx_read.Book) -> xlsx_read.Book:
    """Return the book with the form's sheets under the form's names: Numbers adds ``- Table 1`` to each."""
    known = {layout.ABOUT, *(name for names in layout.SHEETS.values() for name in names)}
    sheets: dict[str, xlsx_read.Worksheet] = {}
    for name, sheet in book.sheets.items():
        own = name.rpartition(" - ")[0]
        sheets[own if own in known - book.sheets.keys() - sheets.keys() else name] = sheet
    return book._replace(sheets=sheets)


def _about(book: xlsx_read.Book, file: str) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Read the hidden sheet: what the form is, and its locked cells as they were drawn."""
    cells = book.sheets[layout.ABOUT].cells if layout.ABOUT in book.sheets else {}
    told = {_text(cells.get((row, 1))): _text(cells.get((row, 2))) for row in range(1, len(_ABOUT) + 1)}
    sound = told.keys() == set(_ABOUT) and told["lang"] in LANGUAGES and is_day(told["day"])
    if not sound or not (told["entries"].isascii() and told["entries"].isdigit() and len(told["entries"]) < 10):
        raise HkshccError(f"{file} is no return form of hkshcc; `hkshcc form` draws one")
    if told["schema"] != layout.SCHEMA:
        raise RefusedError(f"{file} is a form of another version ({inert(told['schema'])[:40]}); draw it anew")
    printed = {}
    last = max(row for row, _ in cells)
    for row in range(len(_ABOUT) + 1, last + 1):
        texts = [_text(cells.get((row, column))) for column in range(1, len(layout.LOCKED) + 1)]
        printed[texts[0]] = dict(zip(layout.LOCKED, texts, strict=True))
    return told, printed


def _check(sheet: xlsx_read.Worksheet, file: str) -> None:
    """Refuse what hides words, or makes them other than they look."""
    if sheet.formula:
        raise RefusedError(f"{file} has a formula in cell {sheet.formula}; type the words themselves")
    if sheet.merged:
        raise RefusedError(f"{file} has merged cells ({sheet.merged}); unmerge them, one answer a cell")
    if sheet.hidden_row:
        raise RefusedError(f"{file} has a hidden row {sheet.hidden_row}; show it, so that all it says is seen")
    if sheet.hidden_column:
        raise RefusedError(f"{file} has a hidden column {sheet.hidden_column}; show it, so that all it says is seen")


def _check_cover(cover: xlsx_read.Worksheet | None, lang: str, file: str) -> None:
    """Refuse a cover on which somebody wrote: it is not read, and what it says would be lost."""
    says, words = layout.PHRASES[lang], {" ".join(text.split()) for text in layout.cover_words(lang)}
    told = {says["for"], says["round"], says["drawn"]}
    cells = {place: _text(value) for place, value in cover.cells.items()} if cover else {}
    for (row, column), text in sorted(cells.items()):
        if text not in words and not (column == 2 and cells.get((row, 1)) in told):
            where = f"cell {name_of(row, column)} of '{layout.SHEETS[lang][0]}'"
            raise RefusedError(f"{file} has words in {where}, which is not read; move them into the form")


def _columns(sheet: xlsx_read.Worksheet, lang: str, file: str) -> dict[str, int]:
    """Find each column by its header, wherever it was moved to."""
    keys = dict(zip(layout.HEADERS[lang], layout.COLUMNS, strict=True))
    found: dict[str, int] = {}
    for (row, column), value in sorted(sheet.cells.items()):
        if row != 1:
            break
        heading = _text(value)
        key = keys.get(heading)
        if key is None:
            shown = inert(heading)[:40]
            raise RefusedError(f"{file} has a column '{shown}' ({name_of(1, column)}) that the form had not")
        if key in found:
            places = f"{column_name(found[key])} and {column_name(column)}"
            raise RefusedError(f"{file} has the column '{heading}' twice ({places}); delete one")
        found[key] = column
    missing = next((heading for heading, key in keys.items() if key not in found), None)
    if missing:
        raise RefusedError(f"{file} lacks the column '{missing}' in row 1; ask for the form again")
    return found


def _rows(sheet: xlsx_read.Worksheet, columns: dict[str, int], first_day: int, file: str) -> list[Typed]:
    """Read the rows under the header that hold anything, each ref once."""
    stray = next(((row, column) for row, column in sorted(sheet.cells) if column not in columns.values()), None)
    if stray:
        raise RefusedError(f"{file} has words in cell {name_of(*stray)}, outside the form; move them into it")
    rows: list[Typed] = []
    seen: dict[str, int] = {}
    for row in sorted({row for row, _ in sheet.cells if row > 1}):
        cells = {key: _said(sheet.cells.get((row, column)), key, first_day) for key, column in columns.items()}
        ref = cells["ref"]
        if ref and ref in seen:
            raise RefusedError(f"{file} has {inert(ref)[:40]} twice (rows {seen[ref]} and {row}); leave one")
        seen[ref] = row
        rows.append(Typed(row, ref, cells, {key: name_of(row, column) for key, column in columns.items()}))
    return rows


def _said(value: Cell | None, key: str, first_day: int) -> str:
    if key == "on" and isinstance(value, float) and not 1900 <= value < 2200:
        return _excel_day(value, first_day)
    if key == "evidence" and isinstance(value, str):
        return "\n".join(part for line in value.split("\n") if (part := folded(line)))
    return _text(value)


def _text(value: Cell | None) -> str:
    """Return a cell as text: white space folded, nothing unseen at its ends."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return folded(value)


def _excel_day(value: float, first_day: int) -> str:
    """Return the day that a spreadsheet counts from 1900 or 1904; a number that is none stays what it is."""
    begin = date(1904, 1, 1) if first_day == 1904 else date(1899, 12, 30)
    try:
        return (begin + timedelta(days=int(value))).isoformat()
    except OverflowError:
        return _text(value)
