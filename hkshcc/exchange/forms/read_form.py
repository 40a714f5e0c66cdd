"""A return form that came back, read: from a file's bytes to the form, or one sentence on why it is not."""

import os
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import NamedTuple

from hkshcc.errors import HkshccError, RefusedError
from hkshcc.exchange.forms import layout, xlsx_read
from hkshcc.exchange.forms.cells import Cell, column_name, name_of
from hkshcc.language import LANGUAGES, _, in_every_language
from hkshcc.register.dates import is_day
from hkshcc.text import folded, inert

_ABOUT = ("schema", "owner", "side", "round", "lang", "day", "entries", "fingerprint")


class Typed(NamedTuple):
    """A row of a form as it came back: its number, the ref in it, every cell by its column's key."""

    row: int
    ref: str
    cells: Mapping[str, str]
    places: Mapping[str, str]  # the cells' names, as C7
    empty: Sequence[str] = ()  # the answers that were left out as empty

    @property
    def says(self) -> bool:
        """Whether a free cell says anything, be it that there is no news."""
        return bool(self.empty) or any(self.cells[key] for key in layout.FREE)


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
    locked: Sequence[str] = layout.LOCKED  # the columns that are not filled in

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
    known = in_every_language(layout.FORM)
    name = next((name for name in book.sheets if name in known.values()), None)
    if name is None:
        raise RefusedError(
            _("{file} has no sheet named '{name}'", file=file, name=known[about["lang"]]),
            hint=_("give the form's sheet that name again, or ask the sender to resend the form"),
        )
    cover = next((name for name in book.sheets if name in in_every_language(layout.COVER).values()), None)
    record = next((other for other in book.sheets if other in in_every_language(layout.RECORD).values()), None)
    if extra := next((other for other in book.sheets if other not in {name, cover, record, layout.ABOUT}), None):
        raise RefusedError(
            _("{file} has a sheet '{extra}' that was not on the form we issued", file=file, extra=inert(extra)[:40]),
            hint=_("move what it says into '{name}' and delete it", name=name),
        )
    sheet = book.sheets[name]
    _check(sheet, file)
    if cover:
        _check_cover(book.sheets[cover], cover, file)
    if record:
        _check_record(book.sheets[record], record, about.get("record", "").split(), file)
    locked = layout.LOCKED_OF[about["schema"]]
    rows = _rows(sheet, _columns(sheet, about["lang"], locked, file), book.first_day, file)
    return Form(
        file=file,
        sha256=sha256(data).hexdigest(),
        owner=about["owner"],
        round=about["round"] or None,
        entries=int(about["entries"]),
        fingerprint=about["fingerprint"],
        rows=rows,
        printed=printed,
        locked=locked,
    )


def is_form(data: bytes) -> bool:
    """Return whether a file's bytes are a form of ours, filled in or not, whatever else is wrong with it."""
    try:
        book = _by_their_own_names(xlsx_read.read(data, ""))
    except HkshccError:
        return False
    return layout.ABOUT in book.sheets


def _by_their_own_names(book: xlsx_read.Book) -> xlsx_read.Book:
    """Return the book with the form's sheets under the form's names: Numbers adds ``- Table 1`` to each."""
    named = (layout.COVER, layout.FORM, layout.RECORD)
    known = {layout.ABOUT, *(text for name in named for text in in_every_language(name).values())}
    sheets: dict[str, xlsx_read.Worksheet] = {}
    for name, sheet in book.sheets.items():
        own = name.rpartition(" - ")[0]
        sheets[own if own in known - book.sheets.keys() - sheets.keys() else name] = sheet
    return book._replace(sheets=sheets)


def _about(book: xlsx_read.Book, file: str) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Read the hidden sheet: what the form is, and its locked cells as they were drawn."""
    cells = book.sheets[layout.ABOUT].cells if layout.ABOUT in book.sheets else {}
    told = {_text(cells.get((row, 1))): _text(cells.get((row, 2))) for row in range(1, len(_ABOUT) + 1)}
    # Forms of before have no sheet of the record.
    head = len(_ABOUT) + (_text(cells.get((len(_ABOUT) + 1, 1))) == "record")
    marks = _text(cells.get((head, 2))) if head > len(_ABOUT) else ""
    sound = told.keys() == set(_ABOUT) and told["lang"] in LANGUAGES and is_day(told["day"])
    if not sound or not (told["entries"].isascii() and told["entries"].isdigit() and len(told["entries"]) < 10):
        raise HkshccError(_("{file} is not a return form of hkshcc", file=file), hint=_("`hkshcc form` draws one"))
    if told["schema"] not in layout.LOCKED_OF:
        raise RefusedError(
            _("{file} is a form of another version ({schema})", file=file, schema=inert(told["schema"])[:40]),
            hint=_("draw a new form with `hkshcc form`"),
        )
    printed = {}
    last = max(row for row, _column in cells)
    locked = layout.LOCKED_OF[told["schema"]]
    for row in range(head + 1, last + 1):
        texts = [_text(cells.get((row, column))) for column in range(1, len(locked) + 1)]
        printed[texts[0]] = dict(zip(locked, texts, strict=True))
    return {**told, "record": marks}, printed


def _check(sheet: xlsx_read.Worksheet, file: str) -> None:
    """Refuse what hides text, or makes it other than it looks."""
    if sheet.formula:
        raise RefusedError(
            _("{file} has a formula in cell {cell}", file=file, cell=sheet.formula),
            hint=_("type the text itself"),
        )
    if sheet.merged:
        raise RefusedError(
            _("{file} has merged cells ({cells})", file=file, cells=sheet.merged),
            hint=_("unmerge them, one answer in each cell"),
        )
    if sheet.hidden_row:
        raise RefusedError(
            _("{file} has a hidden row {row}", file=file, row=sheet.hidden_row),
            hint=_("unhide it, so that everything in it is seen"),
        )
    if sheet.hidden_column:
        raise RefusedError(
            _("{file} has a hidden column {column}", file=file, column=sheet.hidden_column),
            hint=_("unhide it, so that everything in it is seen"),
        )


def _check_cover(cover: xlsx_read.Worksheet, name: str, file: str) -> None:
    """Refuse a cover on which somebody wrote: it is not read, and what it says would be lost."""
    words = {" ".join(text.split()) for text in layout.cover_words()}
    answered = layout.about_words()
    cells = {place: _text(value) for place, value in cover.cells.items()}
    for (row, column), text in sorted(cells.items()):
        if text not in words and not (column == 2 and cells.get((row, 1)) in answered):
            raise RefusedError(
                _(
                    "{file} has text in cell {cell} of '{sheet}', which is not read",
                    file=file,
                    cell=name_of(row, column),
                    sheet=name,
                ),
                hint=_("move it into the form"),
            )


def _check_record(record: xlsx_read.Worksheet, name: str, marks: Sequence[str], file: str) -> None:
    """Refuse a record that somebody edited or wrote into: it is not read, and what it says would be lost."""
    rows: dict[int, list[str]] = {}
    for (row, _column), value in sorted(record.cells.items()):
        rows.setdefault(row, []).append(_text(value))
    drawn = dict(enumerate(marks, start=2))
    edited = [row for row, texts in rows.items() if row > 1 and layout.mark(texts) != drawn.get(row)]
    if edited:
        raise RefusedError(
            _("{file} was changed in row {row} of '{sheet}', which is not read", file=file, row=edited[0], sheet=name),
            hint=_("move what was added into the form"),
        )


def _columns(sheet: xlsx_read.Worksheet, lang: str, locked: Sequence[str], file: str) -> dict[str, int]:
    """Find each column by its header, wherever it was moved to."""
    issued = (*locked, *layout.FREE)
    keys = {heading: key for heading, key in layout.keys_of_headings().items() if key in issued}
    found: dict[str, int] = {}
    for (row, column), value in sorted(sheet.cells.items()):
        if row != 1:
            break
        heading = _text(value)
        key = keys.get(heading)
        if key is None:
            raise RefusedError(
                _(
                    "{file} has a column '{heading}' (cell {cell}) that was not on the form we issued",
                    file=file,
                    heading=inert(heading)[:40],
                    cell=name_of(1, column),
                ),
                hint=_("move what it says into a column of the form and delete it"),
            )
        if key in found:
            raise RefusedError(
                _(
                    "{file} has the column '{heading}' twice ({first} and {second})",
                    file=file,
                    heading=heading,
                    first=column_name(found[key]),
                    second=column_name(column),
                ),
                hint=_("delete one of them"),
            )
        found[key] = column
    if missing := next((key for key in issued if key not in {*found, *layout.ADDED}), None):
        heading = in_every_language(layout.HEADINGS[missing])[lang]
        raise RefusedError(
            _("{file} has no column '{heading}' in row 1", file=file, heading=heading),
            hint=_("give the column its heading again, or ask the sender to resend the form"),
        )
    return found


def _rows(sheet: xlsx_read.Worksheet, columns: dict[str, int], first_day: int, file: str) -> list[Typed]:
    """Read the rows under the header that hold anything, each ref once."""
    stray = next(((row, column) for row, column in sorted(sheet.cells) if column not in columns.values()), None)
    if stray:
        raise RefusedError(
            _("{file} has text in cell {cell}, outside the form", file=file, cell=name_of(*stray)),
            hint=_("move it into the form"),
        )
    rows: list[Typed] = []
    seen: dict[str, int] = {}
    for row in sorted({row for row, _column in sheet.cells if row > 1}):
        cells = {key: _said(sheet.cells.get((row, column)), key, first_day) for key, column in columns.items()}
        cells = {**dict.fromkeys(layout.ADDED, ""), **cells}
        ref = cells["ref"]
        if ref and ref in seen:
            raise RefusedError(
                _(
                    "{file} has {ref} twice (rows {first} and {second})",
                    file=file,
                    ref=inert(ref)[:40],
                    first=seen[ref],
                    second=row,
                ),
                hint=_("delete one of them"),
            )
        seen[ref] = row
        rows.append(Typed(row, ref, cells, {key: name_of(row, column) for key, column in columns.items()}))
    return rows


def _said(value: Cell | None, key: str, first_day: int) -> str:
    if key in {"on", "next_by"} and isinstance(value, float) and not 1900 <= value < 2200:
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
