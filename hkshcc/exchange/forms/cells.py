"""What stands in a workbook's parts, taken from their elements one by one: sheets, links, shared texts, cells."""

import re
from collections.abc import Mapping
from math import isfinite, nan
from unicodedata import category

from hkshcc.language import N_
from hkshcc.text import inert

MOST_CELLS = 200_000
LONGEST = 32_767  # characters in a cell, as Excel
LAST_ROW, LAST_COLUMN = 5_000, 60  # nothing of a form lies beyond
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # how the format writes a character that XML cannot hold
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")

AGAIN = N_("ask the sender to resend it")  # the way out where a file is damaged

Place = tuple[int, int]  # row and column, both from 1
Cell = str | float


def name_of(row: int, column: int) -> str:
    """Return a cell's name: ``C7``."""
    return f"{column_name(column)}{row}"


def column_name(column: int) -> str:
    """Return a column's letters: ``C``."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class Part:
    """Takes the elements of a part as they come."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take an element's beginning."""
        raise NotImplementedError

    def end(self, name: str, text: str) -> None:
        """Take an element's end, with the text that stands in it alone."""


class Workbook(Part):
    """Which sheets there are, and where their links lead."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Note a sheet, or the year that days count from."""
        if name == "sheet":
            link = next((value for key, value in attributes.items() if key.endswith(" id")), "")
            self.sheets.append((attributes.get("name", ""), link))
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in {"1", "true"}


class Links(Part):
    """Which part each link leads to, and what kind of part that is."""

    def __init__(self) -> None:
        self.targets: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Note a link."""
        if name == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.targets[attributes.get("Id", "")] = (kind, attributes.get("Target", ""))


class Strings(Part):
    """The texts that cells share. How a word is read aloud (``rPh``) is no part of it."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._aloud = False

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        """Begin a text, or the reading aloud of one."""
        if name == "si":
            self._pieces = []
        self._aloud = self._aloud or name == "rPh"

    def end(self, name: str, text: str) -> None:
        """Take a piece of a text, or the whole."""
        if name == "t" and not self._aloud:
            self._pieces.append(text)
        elif name == "rPh":
            self._aloud = False
        elif name == "si":
            self.found.append("".join(self._pieces))


class CellError(ValueError):
    """A sheet holds what it must not: a message to translate, with ``{file}`` and ``{sheet}``; ``hint``, the way out.

    ``values`` are the message's other values.
    """

    def __init__(self, message: str, hint: str = AGAIN, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.values = values


class Cells(Part):
    """The cells of one sheet, and the first of each thing that a form must not have.

    A place that is not given follows the one before. Rows, and cells in a row, must stand in their order, each once, as
    Excel wants them too: of two that name one place, nobody could say which is meant.
    """

    def __init__(self, strings: list[str]) -> None:
        self.cells: dict[Place, Cell] = {}
        self.formula: str | None = None
        self.merged: str | None = None
        self.hidden_row: int | None = None
        self.hidden_column: str | None = None
        self._strings = strings
        self._row = self._column = 0
        self._type = ""
        self._value: str | None = None
        self._pieces: list[str] = []
        self._aloud = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begin a row or a cell; note what a form must not have."""
        match name:
            case "row":
                self._begin_row(attributes.get("r"))
                if attributes.get("hidden") in {"1", "true"}:
                    self.hidden_row = self.hidden_row or self._row
            case "c":
                self._begin_cell(attributes.get("r"))
                self._type, self._value, self._pieces = attributes.get("t", "n"), None, []
            case "f":
                self.formula = self.formula or name_of(self._row, self._column)
            case "rPh":
                self._aloud = True
            case "mergeCell":
                self.merged = self.merged or inert(attributes.get("ref", ""))[:20]
            case "col" if attributes.get("hidden") in {"1", "true"}:
                first = _number(attributes.get("min"), 1)
                # Spreadsheets hide what lies beyond a table as one great column.
                self.hidden_column = self.hidden_column or (column_name(first) if first <= LAST_COLUMN else None)

    def end(self, name: str, text: str) -> None:
        """Take a piece of a cell, or the whole."""
        match name:
            case "v":
                self._value = text
            case "t" if not self._aloud:
                self._pieces.append(text)
            case "rPh":
                self._aloud = False
            case "c":
                self._keep()

    def _begin_row(self, typed: str | None) -> None:
        row = self._row + 1 if typed is None else _number(typed, -1)
        if row < 0:
            raise CellError(
                N_("{file} has an invalid row number '{row}' on the sheet '{sheet}'"), row=inert(typed or "")[:20]
            )
        if row <= self._row:
            raise CellError(N_("{file} has row {row} twice or out of order on the sheet '{sheet}'"), row=row)
        self._row, self._column = row, 0

    def _begin_cell(self, typed: str | None) -> None:
        row, column = (self._row, self._column + 1) if typed is None else _placed(typed)
        if row != self._row or column <= self._column:
            raise CellError(
                N_("{file} has cell {cell} twice or out of order on the sheet '{sheet}'"), cell=name_of(row, column)
            )
        self._column = column

    def _keep(self) -> None:
        value = self._read()
        if value is None or (isinstance(value, str) and not value.strip()):
            return
        if self._row > LAST_ROW or self._column > LAST_COLUMN:
            raise self._wrong(
                N_("{file} has text in cell {cell} of the sheet '{sheet}', far outside the form"),
                N_("move it into the form"),
            )
        self.cells[self._row, self._column] = value
        if len(self.cells) > MOST_CELLS:
            raise CellError(
                N_("{file} has more than {most} cells on the sheet '{sheet}', more than any form"), most=MOST_CELLS
            )

    def _wrong(self, message: str, hint: str = AGAIN, **values: object) -> CellError:
        return CellError(message, hint, cell=name_of(self._row, self._column), **values)

    def _read(self) -> Cell | None:
        kind, value = self._type, self._value
        if kind == "inlineStr":
            return self._text("".join(self._pieces))
        if not value:  # a formula that was never worked out has an empty value
            return None
        if kind == "s":
            index = _number(value.strip(), -1)
            if not 0 <= index < len(self._strings):
                raise self._wrong(N_("{file} lacks the text of cell {cell} on the sheet '{sheet}'"))
            return self._text(self._strings[index])
        if kind == "n":
            return self._number(value)
        if kind == "e":
            raise self._wrong(
                N_("{file} has the error {error} in cell {cell} of the sheet '{sheet}'"),
                N_("type what it should say, or empty it"),
                error=inert(value)[:20],
            )
        if kind == "d":
            return value.partition("T")[0]  # the day of a moment, as 2026-10-15T00:00:00
        if kind == "b":
            return "TRUE" if value.strip() == "1" else "FALSE"
        return self._text(value)

    def _number(self, value: str) -> float:
        try:
            number = float(value)
        except ValueError:
            number = nan
        if not isfinite(number):
            raise self._wrong(N_("{file} has a number that cannot be read in cell {cell} of the sheet '{sheet}'"))
        return number

    def _text(self, text: str) -> str:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).replace("\r\n", "\n").replace("\r", "\n")
        if len(text) > LONGEST:
            raise self._wrong(
                N_("{file} has more than {most} characters in cell {cell} of the sheet '{sheet}'"),
                N_("shorten the text"),
                most=LONGEST,
            )
        if any(category(character) in {"Cc", "Cs"} and character not in "\n\t" for character in text):
            raise self._wrong(
                N_("{file} has a control character in cell {cell} of the sheet '{sheet}'"), N_("delete it")
            )
        return text


def _placed(typed: str) -> Place:
    found = _PLACE.fullmatch(typed)
    if found is None:
        raise CellError(N_("{file} has an invalid cell name '{place}' on the sheet '{sheet}'"), place=inert(typed)[:20])
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def _number(typed: str | None, otherwise: int) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 9 else otherwise
