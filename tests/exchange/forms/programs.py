"""Workbooks as other programs save them: the same cells, each program's own way to write them down."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from hkshcc.exchange.forms.cells import name_of
from tests.exchange.forms.bureau import packed

Grid = Mapping[tuple[int, int], str | float]  # cells by row and column, both from 1

OOXML = "http://schemas.openxmlformats.org"
PACKAGE = f"{OOXML}/package/2006"
SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_NAME = re.compile(r"(</?)(?=[A-Za-z]+[\s/>])")  # of an element without a prefix
STYLES = "<fonts><font/></fonts><fills><fill/></fills><borders><border/></borders>"
LOOKS = '<cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="49"/></cellXfs>'
# A list of choices that stands on another sheet, as newer programs keep it: it holds a formula, and is no cell.
CHOICES = (
    '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
    ' uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations'
    ' xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1"><x14:dataValidation type="list">'
    "<x14:formula1><xm:f>hkshcc!$B$1:$B$3</xm:f></x14:formula1><xm:sqref>D2</xm:sqref></x14:dataValidation>"
    "</x14:dataValidations></ext></extLst>"
)


class Program(NamedTuple):
    """The habits of a program that saves workbooks."""

    main: str = f"{OOXML}/spreadsheetml/2006/main"
    links: str = f"{OOXML}/officeDocument/2006/relationships"
    prefix: str = ""  # of the elements' names
    texts: str = "s"  # s: kept once for all cells, inlineStr or str: in each cell
    workbook: str = "xl/workbook.xml"
    target: str = "worksheets/sheet{}.xml"
    every_cell: bool = False  # writes empty cells too, for the sake of their look
    has_styles: bool = True
    named: Callable[[str], str] = str
    row: str = ""  # attributes of each row
    tail: str = ""  # what follows a sheet's cells
    first: Sequence[str] = ()  # texts of a sheet of its own, before the others
    parts: Mapping[str, bytes] = {}  # what it writes besides


PROGRAMS = {
    "Microsoft Excel, as Strict Open XML": Program(
        main="http://purl.oclc.org/ooxml/spreadsheetml/main",
        links="http://purl.oclc.org/ooxml/officeDocument/relationships",
        row=' spans="1:12" x14ac:dyDescent="0.3" xmlns:x14ac="urn:x14ac"',
    ),
    "Excel for the web": Program(workbook="xl/workbook2.xml", target="/xl/worksheets/sheet{}.xml"),
    "WPS Spreadsheets": Program(
        row=' ht="14.4" customHeight="1" spans="1:12"',
        tail=f"<headerFooter/>{CHOICES}",
        parts={
            "docProps/custom.xml": b'<Properties><property name="KSOProductBuildVer"/></Properties>',
            "xl/cellimages.xml": b'<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"/>',
        },
    ),
    "Numbers": Program(
        every_cell=True,
        row=' ht="60" customHeight="1"',
        tail='<pageMargins left="1" right="1" top="1" bottom="1" header="0.25" footer="0.25"/>',
        named="{} - Table 1".format,
    ),
    "Google Sheets": Program(
        has_styles=False,
        tail='<drawing xmlns:r="{links}" r:id="rId1"/>',
        parts={"xl/drawings/drawing1.xml": b"<wsDr/>"},
    ),
    "the Open XML SDK": Program(prefix="x:", texts="inlineStr", target="/xl/worksheets/sheet{}.xml"),
    "a database that exports": Program(texts="str", has_styles=False),
}


def saved_by(program: Program, sheets: Mapping[str, Grid]) -> bytes:
    """Return an XLSX file of some sheets as a program would save it."""
    strings: list[str] = []
    summary: dict[str, Grid] = {"Export Summary": {(1, 1 + n): text for n, text in enumerate(program.first)}}
    named = {program.named(name): cells for name, cells in sheets.items()}
    all_sheets = [*(summary if program.first else {}).items(), *named.items()]
    parts = {
        f"xl/worksheets/sheet{n}.xml": _sheet(program, cells, strings) for n, (_, cells) in enumerate(all_sheets, 1)
    }
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>' for n, (name, _) in enumerate(all_sheets, 1)
    )
    links = [(f"{program.links}/worksheet", program.target.format(n)) for n in range(1, len(all_sheets) + 1)]
    if program.texts == "s":
        links.append((f"{program.links}/sharedStrings", "sharedStrings.xml"))
        parts["xl/sharedStrings.xml"] = _part(program, "sst", "".join(f"<si>{_text(text)}</si>" for text in strings))
    if program.has_styles:
        links.append((f"{program.links}/styles", "styles.xml"))
        parts["xl/styles.xml"] = _part(program, "styleSheet", STYLES + LOOKS)
    parts[program.workbook] = _part(program, "workbook", f"<sheets>{listed}</sheets>")
    folder, _, name = program.workbook.rpartition("/")
    parts[f"{folder}/_rels/{name}.rels"] = _links(links)
    parts["_rels/.rels"] = _links([(f"{program.links}/officeDocument", program.workbook)])
    parts["[Content_Types].xml"] = _types(parts, program)
    return packed(**parts, **program.parts)


def _sheet(program: Program, cells: Grid, strings: list[str]) -> bytes:
    last = max((column for _, column in cells), default=1)
    rows = []
    for row in sorted({row for row, _ in cells}):
        columns = [n for n in range(1, last + 1) if program.every_cell or (row, n) in cells]
        written = "".join(_cell(program, row, n, cells.get((row, n), ""), strings) for n in columns)
        rows.append(f'<row r="{row}"{program.row}>{written}</row>')
    tail = program.tail.replace("{links}", program.links)
    return _part(program, "worksheet", f"<sheetData>{''.join(rows)}</sheetData>{tail}")


def _cell(program: Program, row: int, column: int, value: str | float, strings: list[str]) -> str:
    place = f'r="{name_of(row, column)}"' + (' s="1"' if program.has_styles else "")
    if value == "":
        return f"<c {place}/>"
    if not isinstance(value, str):
        return f"<c {place}><v>{value}</v></c>"
    if program.texts == "inlineStr":
        return f'<c {place} t="inlineStr"><is>{_text(value)}</is></c>'
    if program.texts == "str":
        return f'<c {place} t="str"><v>{escape(value)}</v></c>'
    if value not in strings:
        strings.append(value)
    return f'<c {place} t="s"><v>{strings.index(value)}</v></c>'


def _text(text: str) -> str:
    return f'<t xml:space="preserve">{escape(text)}</t>'


def _part(program: Program, root: str, content: str) -> bytes:
    """Return a part in the program's namespace, with its prefix before the names that have none."""
    space = f"xmlns:{program.prefix[:-1]}" if program.prefix else "xmlns"
    text = f'<{root} xmlns:r="{program.links}">{content}</{root}>'
    if program.prefix:
        text = _NAME.sub(rf"\1{program.prefix}", text)
    begin = text.index(" ")
    return f'<?xml version="1.0" encoding="UTF-8"?>{text[:begin]} {space}="{program.main}"{text[begin:]}'.encode()


def _links(links: Sequence[tuple[str, str]]) -> bytes:
    found = "".join(f'<Relationship Id="rId{n}" Type="{kind}" Target="{to}"/>' for n, (kind, to) in enumerate(links, 1))
    return f'<Relationships xmlns="{PACKAGE}/relationships">{found}</Relationships>'.encode()


def _types(parts: Mapping[str, bytes], program: Program) -> bytes:
    kinds = {program.workbook: "sheet.main", "xl/sharedStrings.xml": "sharedStrings", "xl/styles.xml": "styles"}
    kinds |= {name: "worksheet" for name in parts if name.startswith("xl/worksheets/")}
    found = "".join(
        f'<Override PartName="/{name}" ContentType="{SHEETML}.{kind}+xml"/>'
        for name, kind in kinds.items()
        if name in parts
    )
    other = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    xml = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'<Types xmlns="{PACKAGE}/content-types">{other}{xml}{found}</Types>'.encode()
