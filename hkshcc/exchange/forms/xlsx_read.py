"""Workbooks read: bytes of unknown origin to plain cells, or one sentence that says what is wrong with them.

An XLSX file is XML in a ZIP file. It is read here with the standard library alone, as a stream, and no more of it than
a form needs, so what is checked is what is read. openpyxl, tried on the same files, finds no sheets in a workbook saved
as Strict Open XML, refuses others for their looks (an empty fill, an odd page setup), keeps the last of two cells that
name one place, and takes over 1.7 GB for a file of 9 KB that merges a whole sheet. Every error is a HkshccError that
names the file, and the cell where there is one.
"""

import io
import posixpath
import zlib
from typing import NamedTuple
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from hkshcc.errors import HkshccError
from hkshcc.exchange.forms.cells import AGAIN, Cell, CellError, Cells, Links, Part, Place, Strings, Workbook
from hkshcc.language import N_, _
from hkshcc.text import inert

LARGEST = 8 << 20  # bytes of a file; a return form has some ten thousand
LARGEST_UNPACKED = 8 << 20  # bytes of all that is in it
MOST_PARTS = 500
DEEPEST = 50  # elements within one another
_UNREADABLE = N_("{file} is not a readable .xlsx file")
_DAMAGED = N_("{file} is damaged")
_CHUNK = 1 << 16
_OLE = b"\xd0\xcf\x11\xe0"  # how files of old Excel and those with a password begin


class Worksheet(NamedTuple):
    """The cells of a sheet that hold something, and what a form must not have; the first of each, as ``C7``."""

    cells: dict[Place, Cell]
    formula: str | None
    merged: str | None
    hidden_row: int | None
    hidden_column: str | None


class Book(NamedTuple):
    """A workbook's sheets by name, in their order; ``first_day`` is the year in which its days begin."""

    sheets: dict[str, Worksheet]
    first_day: int


def read(data: bytes, file: str) -> Book:
    """Read a workbook. Raises HkshccError where it is none, or holds what no form holds."""
    if len(data) > LARGEST:
        raise HkshccError(_("{file} is larger than {most} MB; no return form is", file=file, most=LARGEST >> 20))
    if data.startswith(_OLE):
        raise HkshccError(
            _("{file} is an old Excel file or has a password", file=file),
            hint=_("save it as .xlsx without a password"),
        )
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            return _Reader(archive, file).book()
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError):
        # What zipfile says of a damaged file or one packed in a way it does not know.
        raise HkshccError(_(_UNREADABLE, file=file), hint=_(AGAIN)) from None


class _Reader:
    """Reads the parts of one file."""

    def __init__(self, archive: ZipFile, file: str) -> None:
        self._archive = archive
        self._file = file
        self._parts: dict[str, ZipInfo] = {info.filename: info for info in archive.infolist()}
        self._strings: list[str] = []
        self._folder = ""
        self._check_parts(archive.infolist())

    def _check_parts(self, parts: list[ZipInfo]) -> None:
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            raise self._refused(
                N_("{file} unpacks to more than {most} MB or {parts} parts; no form does"),
                most=LARGEST_UNPACKED >> 20,
                parts=MOST_PARTS,
            )
        if len(self._parts) != len(parts):
            raise self._refused(N_("{file} contains a part twice"), AGAIN)
        if any(part.flag_bits & 1 for part in parts):
            raise self._refused(N_("{file} has a password"), N_("save it without one"))
        for name in self._parts:
            folded = name.casefold()
            if folded.endswith(("vbaproject.bin", "vbadata.xml")) or "/macrosheets/" in folded:
                raise self._refused(N_("{file} contains macros"), N_("save it as a plain workbook (.xlsx)"))
            if folded.startswith(("xl/comments", "xl/threadedcomments")):
                raise self._refused(
                    N_("{file} has comments beside its cells"), N_("type what they say into the form and delete them")
                )
            if "/externallinks/" in folded:
                raise self._refused(
                    N_("{file} contains links to other workbooks"), N_("replace them by what they show")
                )

    def _refused(self, message: str, hint: str = "", **values: object) -> HkshccError:
        return HkshccError(_(message, file=self._file, **values), hint=_(hint) if hint else "")

    def book(self) -> Book:
        main = self._main()
        self._folder = posixpath.dirname(main)
        if main not in self._parts:
            raise self._refused(_UNREADABLE, AGAIN)
        found = Workbook()
        self._walk(main, found)
        links = self._links(main)
        strings = Strings()
        for part in (self._path(target) for kind, target in links.values() if kind == "sharedStrings"):
            self._walk(part, strings)
        self._strings = strings.found
        sheets: dict[str, Worksheet] = {}
        for name, link in found.sheets:
            kind, target = links.get(link, ("", ""))
            if name in sheets or kind not in {"worksheet", "chartsheet", "dialogsheet"}:
                raise self._refused(_DAMAGED, AGAIN)
            sheets[name] = self._sheet(self._path(target), name)
        return Book(sheets, 1904 if found.from_1904 else 1900)

    def _main(self) -> str:
        """Return the part that lists the sheets; Excel for the web calls it by another name than Excel."""
        links = self._links("") if "_rels/.rels" in self._parts else {}
        targets = (target for kind, target in links.values() if kind == "officeDocument")
        return self._path(next(targets, "xl/workbook.xml"))

    def _links(self, part: str) -> dict[str, tuple[str, str]]:
        """Return where the links of a part lead, or those of the file as a whole."""
        folder, name = posixpath.split(part)
        links = Links()
        self._walk(posixpath.join(folder, "_rels", f"{name}.rels"), links)
        return links.targets

    def _path(self, target: str) -> str:
        return posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")

    def _sheet(self, part: str, name: str) -> Worksheet:
        cells = Cells(self._strings)
        try:
            self._walk(part, cells)
        except CellError as error:
            raise self._refused(error.message, error.hint, sheet=inert(name)[:40], **error.values) from None
        return Worksheet(cells.cells, cells.formula, cells.merged, cells.hidden_row, cells.hidden_column)

    def _walk(self, part: str, taker: Part) -> None:
        """Let each element of a part be taken; those of another vocabulary than the part's own say nothing here."""
        if self._parts.pop(part, None) is None:  # each is read once: links to one part again and again are a bomb
            raise self._refused(N_("{file} is damaged: a part of it is missing"), AGAIN)
        parser = expat.ParserCreate(namespace_separator=" ")
        texts: list[list[str]] = [[]]
        own: str | None = None

        def opened(name: str, attributes: dict[str, str]) -> None:
            nonlocal own
            if len(texts) > DEEPEST:
                raise self._refused(N_("{file} is damaged: its elements are nested too deeply"), AGAIN)
            texts.append([])
            vocabulary, _, word = name.rpartition(" ")
            own = vocabulary if own is None else own
            if vocabulary == own:
                taker.start(word, attributes)

        def closed(name: str) -> None:
            vocabulary, _, word = name.rpartition(" ")
            text = "".join(texts.pop())
            if vocabulary == own:
                taker.end(word, text)

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
            raise self._refused(N_("{file} is damaged: its XML cannot be read"), AGAIN) from None

    def _no_doctype(self, *_: object) -> None:
        raise self._refused(N_("{file} declares XML entities, which no spreadsheet does"), AGAIN)
