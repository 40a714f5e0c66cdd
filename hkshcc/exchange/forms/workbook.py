"""Workbooks read: bytes of unknown origin to plain cells, or one sentence that says what is wrong with them.

An XLSX file is XML in a ZIP file. It is read here with the standard library alone, as a stream: ready-made readers
build a table as large as the farthest cell, and do not tell of formulas, hidden rows or merged cells, which a form must
not hold. What is checked is so what is read. Every error is a HkshccError that names the file, and the cell where
there is one.
"""

import io
import posixpath
import re
import zlib
from collections.abc import Callable, Mapping
from math import isfinite, nan
from typing import NamedTuple
from unicodedata import category
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from hkshcc.errors import HkshccError
from hkshcc.text import inert

LARGEST = 8 << 20  # bytes of a file; a return form has some ten thousand
LARGEST_UNPACKED = 8 << 20  # bytes of all that is in it
MOST_PARTS = 500
DEEPEST = 50  # elements within one another
MOST_CELLS = 200_000
LONGEST = 32_767  # characters in a cell, as Excel
LAST_ROW, LAST_COLUMN = 5_000, 60  # nothing of a form lies beyond
_CHUNK = 1 << 16
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # how the format writes a character that XML cannot hold
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_OLE = b"\xd0\xcf\x11\xe0"  # how files of old Excel and those with a password begin

Place = tuple[int, int]  # row and column, both from 1
Cell = str | float


class Sheet(NamedTuple):
    """The cells of a sheet that hold something, and what a form must not have; the first of each, as ``C7``."""

    cells: dict[Place, Cell]
    formula: str | None
    merged: str | None
    hidden_row: int | None
    hidden_column: str | None


class Book(NamedTuple):
    """A workbook's sheets by name, in their order; ``first_day`` is the year in which its days begin."""

    sheets: dict[str, Sheet]
    first_day: int


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


def read(data: bytes, file: str) -> Book:
    """Read a workbook. Raises HkshccError where it is none, or holds what no form holds."""
    if len(data) > LARGEST:
        raise HkshccError(f"{file} is larger than {LARGEST >> 20} MB; no return form is")
    if data.startswith(_OLE):
        raise HkshccError(f"{file} is an old Excel file or has a password; save it as .xlsx without one")
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            return _Reader(archive, file).book()
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError):
        # What zipfile says of a damaged file or one packed in a way it does not know.
        raise HkshccError(f"{file} is no Excel workbook (.xlsx), or is damaged; ask for it again") from None


class _Reader:
    """Reads the parts of one file."""

    def __init__(self, archive: ZipFile, file: str) -> None:
        self._archive = archive
        self._file = file
        self._parts: dict[str, ZipInfo] = {info.filename: info for info in archive.infolist()}
        self._strings: list[str] = []
        self._check_parts(archive.infolist())

    def _check_parts(self, parts: list[ZipInfo]) -> None:
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            raise self._refused(f"unpacks to more than {LARGEST_UNPACKED >> 20} MB or {MOST_PARTS} parts; no form does")
        if len(self._parts) != len(parts):
            raise self._refused("holds a part twice; ask for it again")
        if any(part.flag_bits & 1 for part in parts):
            raise self._refused("has a password; save it without one")
        for name in self._parts:
            folded = name.casefold()
            if folded.endswith(("vbaproject.bin", "vbadata.xml")) or "/macrosheets/" in folded:
                raise self._refused("holds macros; save it as a plain workbook (.xlsx)")
            if folded.startswith(("xl/comments", "xl/threadedcomments")):
                raise self._refused("has comments beside its cells; type what they say into the form and delete them")
            if "/externallinks/" in folded:
                raise self._refused("holds links to other workbooks; replace them by what they show")
        if "xl/workbook.xml" not in self._parts:
            raise self._refused("is no Excel workbook (.xlsx)")

    def _refused(self, problem: str) -> HkshccError:
        return HkshccError(f"{self._file} {problem}")

    def book(self) -> Book:
        found = _Workbook()
        self._walk("xl/workbook.xml", found.start, _nothing)
        links = _Links()
        self._walk("xl/_rels/workbook.xml.rels", links.start, _nothing)
        strings = _Strings()
        for part in (self._path(target) for kind, target in links.targets.values() if kind == "sharedStrings"):
            self._walk(part, strings.start, strings.end)
        self._strings = strings.found
        sheets: dict[str, Sheet] = {}
        for name, link in found.sheets:
            kind, target = links.targets.get(link, ("", ""))
            if name in sheets or kind not in {"worksheet", "chartsheet", "dialogsheet"}:
                raise self._refused("is damaged; ask for it again")
            sheets[name] = self._sheet(self._path(target), name)
        return Book(sheets, 1904 if found.from_1904 else 1900)

    def _path(self, target: str) -> str:
        return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")

    def _sheet(self, part: str, name: str) -> Sheet:
        cells = _Cells(self._strings)
        try:
            self._walk(part, cells.start, cells.end)
        except _CellError as error:
            where = f"on the sheet «{inert(name)[:40]}»"
            raise self._refused(f"has in cell {error.cell} {where} {error}") from None
        return Sheet(cells.cells, cells.formula, cells.merged, cells.hidden_row, cells.hidden_column)

    def _walk(self, part: str, start: "Start", end: "End") -> None:
        """Send each element of a part to ``start``, and to ``end`` with its own text."""
        if self._parts.pop(part, None) is None:  # each is read once: links to one part again and again are a bomb
            raise self._refused("is damaged: a part of it is missing; ask for it again")
        parser = expat.ParserCreate(namespace_separator=" ")
        texts: list[list[str]] = [[]]

        def opened(name: str, attributes: dict[str, str]) -> None:
            if len(texts) > DEEPEST:
                raise self._refused("is damaged: its elements stand too deep in one another; ask for it again")
            texts.append([])
            start(name.rpartition(" ")[2], attributes)

        def closed(name: str) -> None:
            end(name.rpartition(" ")[2], "".join(texts.pop()))

        def said(text: str) -> None:
            texts[-1].append(text)

        parser.StartElementHandler = opened
        parser.EndElementHandler = closed
        parser.CharacterDataHandler = said
        parser.StartDoctypeDeclHandler = self._no_doctype
        parser.buffer_text = True
        try:
            with self._archive.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    parser.Parse(chunk, False)  # noqa: FBT003  expat takes it by place alone
            parser.Parse(b"", True)  # noqa: FBT003
        except expat.ExpatError:
            raise self._refused("is damaged: it is not the XML that it should be; ask for it again") from None

    def _no_doctype(self, *_: object) -> None:
        raise self._refused("declares entities of its own, which no spreadsheet writes; ask for it again")


Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str, str], None]


def _nothing(_name: str, _text: str) -> None:
    """Pass over an element's end."""


class _Workbook:
    """Which sheets there are, and where their links lead."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            link = next((value for key, value in attributes.items() if key.endswith(" id")), "")
            self.sheets.append((attributes.get("name", ""), link))
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in {"1", "true"}


class _Links:
    """Which part each link leads to, and what kind of part that is."""

    def __init__(self) -> None:
        self.targets: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.targets[attributes.get("Id", "")] = (kind, attributes.get("Target", ""))


class _Strings:
    """The texts that cells share. How a word is read aloud (``rPh``) is no part of it."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._aloud = False

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        if name == "si":
            self._pieces = []
        self._aloud = self._aloud or name == "rPh"

    def end(self, name: str, text: str) -> None:
        if name == "t" and not self._aloud:
            self._pieces.append(text)
        elif name == "rPh":
            self._aloud = False
        elif name == "si":
            self.found.append("".join(self._pieces))


class _CellError(ValueError):
    """A cell holds what it must not."""

    def __init__(self, cell: str, problem: str) -> None:
        super().__init__(problem)
        self.cell = cell


class _Cells:
    """The cells of one sheet. A place that is not given follows the one before."""

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
        match name:
            case "row":
                self._row = _number(attributes.get("r"), self._row + 1)
                self._column = 0
                if attributes.get("hidden") in {"1", "true"}:
                    self.hidden_row = self.hidden_row or self._row
            case "c":
                self._row, self._column = self._placed(attributes.get("r"))
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
        match name:
            case "v":
                self._value = text
            case "t" if not self._aloud:
                self._pieces.append(text)
            case "rPh":
                self._aloud = False
            case "c":
                self._keep()

    def _placed(self, typed: str | None) -> Place:
        if typed is None:
            return self._row, self._column + 1
        found = _PLACE.fullmatch(typed)
        if found is None:
            raise _CellError(inert(typed)[:20], "no place on a sheet; ask for the file again")
        column = 0
        for letter in found[1]:
            column = column * 26 + ord(letter) - 64
        return int(found[2]), column

    def _keep(self) -> None:
        value = self._read()
        if value is None or (isinstance(value, str) and not value.strip()):
            return
        if self._row > LAST_ROW or self._column > LAST_COLUMN:
            raise _CellError(self._name, "something far outside a form; move it into the form")
        self.cells[self._row, self._column] = value
        if len(self.cells) > MOST_CELLS:
            raise _CellError(self._name, f"more than the {MOST_CELLS} cells that a form may have")

    @property
    def _name(self) -> str:
        return name_of(self._row, self._column)

    def _read(self) -> Cell | None:
        kind, value = self._type, self._value
        if kind == "inlineStr":
            return self._text("".join(self._pieces))
        if not value:  # a formula that was never worked out has an empty value
            return None
        if kind == "s":
            index = _number(value.strip(), -1)
            if not 0 <= index < len(self._strings):
                raise _CellError(self._name, "a text that is missing; ask for the file again")
            return self._text(self._strings[index])
        if kind == "n":
            return self._number(value)
        if kind == "b":
            return "TRUE" if value.strip() == "1" else "FALSE"
        return self._text(value)

    def _number(self, value: str) -> float:
        try:
            number = float(value)
        except ValueError:
            number = nan
        if not isfinite(number):
            raise _CellError(self._name, "a number that is none; ask for the file again")
        return number

    def _text(self, text: str) -> str:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).replace("\r\n", "\n").replace("\r", "\n")
        if len(text) > LONGEST:
            raise _CellError(self._name, f"more than {LONGEST} characters; shorten it")
        if any(category(character) in {"Cc", "Cs"} and character not in "\n\t" for character in text):
            raise _CellError(self._name, "a character that nobody can type; delete it")
        return text


def _number(typed: str | None, otherwise: int) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 9 else otherwise
