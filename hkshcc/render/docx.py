"""Word (docx), for a paper that is tabled: headings with an outline, tables whose header is repeated, shaded cells.

A page is upright but where its tables are too wide for that. Nothing in it acts: no fields but the page's number, no
links but to addresses of the Web, no pictures, no macros.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from hkshcc.language import LANGUAGES, _
from hkshcc.render import Rendered, RenderOptions
from hkshcc.render.docx_layout import ROOM, is_long, is_wide, widths
from hkshcc.render.docx_parts import FOOTER, link_id, packed, run_look
from hkshcc.render.looks import LOOKS
from hkshcc.render.tabular import field_page
from hkshcc.reports.page import (
    Bar,
    Block,
    Cell,
    Figures,
    Heading,
    KeyValues,
    Legend,
    Lines,
    Page,
    Piece,
    Report,
    Row,
    Span,
    Table,
    Text,
    in_sentences,
    pieces,
    plain_text,
)
from hkshcc.reports.tints import HEADER, TINTS
from hkshcc.text import inert, is_harmless, of_xml

# Dark enough to be read on white and on the tints.
_COLOURS = {
    "red": "A3201B", "grey": "4A5560", "purple": "6F3580", "amber": "7A4F00", "blue": "1B5583", "pale": "44606E",
    "olive": "4B5D07", "green": "175F28", "dim": "4A5560",
}  # fmt: skip
_LINK = "1F4E9E"
_LINE = "BFC5CC"
_INDENT = 200  # twentieths of a point that a row stands further in for each level
_MARGIN = 1020  # twentieths of a point: 18 mm
_NO_DAY = "2000-01-01"  # on which a report says that it was made that is of no day, as a proposal
_SHORT, _LONG = 11906, 16838  # of A4


class _Place(NamedTuple):
    """What all that is drawn shares: the page's language, and the addresses that it leads to so far."""

    lang: str
    links: list[str]


def text(report: Report, options: RenderOptions) -> Rendered:
    """Return the report as a Word file, A4, in the language of the options."""
    fields, lang = options.fields, options.lang
    page = field_page(report, fields, lang) if fields else report.page(lang)
    place = _Place(lang, [])
    heading = page.heading()
    title = heading.text if heading else page.title
    body = "".join(_sections(_parts(page), place))
    day = report.data().get("as_of") or _NO_DAY
    foot = _footer(page, place)
    data = packed(body, foot, place.links, lang=lang, title=_said(title or "hkshcc"), day=day)
    return Rendered("", binary=data)


class _Part(NamedTuple):
    """Blocks from one heading to the next, and whether they want the page across."""

    blocks: list[Block]
    across: bool


def _parts(page: Page) -> list[_Part]:
    """Return a page's blocks, parted where a section begins that wants the page another way round."""
    blocks = [block for block in page.blocks if block != Text() and not isinstance(block, Legend)]
    if page.title and not page.heading():
        blocks.insert(0, Heading(page.title, level=1))
    sections: list[list[Block]] = []
    for block in blocks:
        # The page's title stays with what follows it.
        begins = isinstance(block, Heading) and block.level <= 2
        after_title = sections and all(isinstance(before, Heading | Text) for before in sections[-1])
        if not sections or (begins and not after_title):
            sections.append([])
        sections[-1].append(block)
    parts: list[_Part] = []
    for section in sections:
        across = any(isinstance(block, Table) and is_wide(block) for block in section)
        if parts and parts[-1].across == across:
            parts[-1].blocks.extend(section)
        else:
            parts.append(_Part(list(section), across))
    return parts or [_Part([], across=False)]


def _sections(parts: Sequence[_Part], place: _Place) -> Iterator[str]:
    """Yield the body, section by section: what a section is like stands at its end."""
    for number, part in enumerate(parts, start=1):
        for index, block in enumerate(part.blocks):
            after = part.blocks[index + 1] if index + 1 < len(part.blocks) else None
            yield _block(block, after, place, ROOM[part.across])
        high, wide = (_SHORT, _LONG) if part.across else (_LONG, _SHORT)
        orient = ' w:orient="landscape"' if part.across else ""
        section = (
            f'<w:sectPr><w:footerReference w:type="default" r:id="{FOOTER}"/><w:type w:val="nextPage"/>'
            f'<w:pgSz w:w="{wide}" w:h="{high}"{orient}/><w:pgMar w:top="{_MARGIN}" w:right="{_MARGIN}"'
            f' w:bottom="{_MARGIN}" w:left="{_MARGIN}" w:header="510" w:footer="510" w:gutter="0"/></w:sectPr>'
        )
        # That of the last stands alone; that of another in a paragraph, as small as can be.
        small = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
        yield section if number == len(parts) else f"<w:p><w:pPr>{small}{section}</w:pPr></w:p>"


def _block(block: Block, after: Block | None, place: _Place, room: int) -> str:
    match block:
        case Heading():
            spans = [Span(piece.text, lang=piece.lang) for piece in block.spans if isinstance(piece, Span)]
            said = [" ", *spans[1:]] if len(spans) > 1 else spans[1:]
            return _paragraph([spans[0], *said], place, f'<w:pStyle w:val="Heading{block.level}"/>')
        case Text():
            keeps = "<w:keepNext/>" if isinstance(after, Table | Figures) else ""
            return _paragraph(block.spans, place, keeps)
        case Figures() | KeyValues():
            return _table(block.table(), place, room)
        case Table():
            return _table(block, place, room)
    return ""


def _paragraph(spans: Sequence[Piece], place: _Place, properties: str = "", *, white: bool = False) -> str:
    """Return a paragraph; its properties come in the order of the schema."""
    said = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{said}{''.join(_run(piece, place, white=white) for piece in spans)}</w:p>"


def _run(piece: Piece, place: _Place, *, white: bool = False) -> str:
    span = piece if isinstance(piece, Span) else Span(piece)
    if not span.text:
        return ""
    link = span.link if is_harmless(span.link) and "[" not in span.link else ""
    look = "FFFFFF" if white else _LINK if link else _COLOURS.get(LOOKS.get(span.role, ""), "")
    words = LOOKS.get(span.role, "").split()
    fonts, language = run_look(span.lang if span.lang in LANGUAGES else place.lang)
    properties = [
        fonts,
        "<w:b/><w:bCs/>" if white or span.block or "bold" in words else "",
        "<w:strike/>" if "strike" in words else "",
        f'<w:color w:val="{look or _COLOURS["dim"]}"/>' if look or "dim" in words else "",
        '<w:u w:val="single"/>' if link else "",
        _shading(span) if span.block else "",
        language,
    ]
    run = f"<w:r><w:rPr>{''.join(properties)}</w:rPr>{_whole_refs(_said(span.text))}</w:r>"
    if not link:
        return run
    if link not in place.links:
        place.links.append(link)
    return f'<w:hyperlink r:id="{link_id(place.links.index(link))}" w:history="1">{run}</w:hyperlink>'


def _whole_refs(said: str) -> str:
    """Return escaped text for a run, in which no line ends within the ref of a measure."""
    parts = _REF.sub(lambda found: found[0].replace("-", _KEPT), said).split(_KEPT)
    return "<w:noBreakHyphen/>".join(f'<w:t xml:space="preserve">{part}</w:t>' for part in parts)


_REF = re.compile(r"\b\d{1,4}-[A-Z]{2,5}-\d{1,4}[a-z]?\b")
_KEPT = "\x00"  # which no text has any more


def _shading(span: Span) -> str:
    fill = TINTS.get(span.role)
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""


def _table(table: Table, place: _Place, room: int) -> str:
    """Return a table, and an empty line that keeps it apart from the next."""
    if not table.rows:
        return ""
    named = any(column.name for column in table.columns)
    columns = widths(table, room)
    lines = _borders("single" if named else "nil")
    # A list lines up with the text around it, as its cells have no borders.
    inward = "" if named or table.columns[0].right else '<w:tblInd w:w="-80" w:type="dxa"/>'
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in columns)
    head = (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/>{inward}{lines}<w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar>'
        f'<w:tblLook w:val="0020" w:firstRow="{int(named)}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        ' w:noHBand="1" w:noVBand="1"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )
    rows = [_header(table, columns, place)] if named else []
    rows += [_row(row, table, columns, place) for row in table.rows]
    gap = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/></w:pPr></w:p>'
    return f"{head}{''.join(rows)}</w:tbl>{gap}"


def _borders(kind: str) -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    line = f'w:val="{kind}" w:sz="4" w:space="0" w:color="{_LINE}"'
    return f"<w:tblBorders>{''.join(f'<w:{side} {line}/>' for side in sides)}</w:tblBorders>"


def _header(table: Table, columns: Sequence[int], place: _Place) -> str:
    """Return the row that is repeated on each page, and never stands alone at the end of one."""
    cells = []
    for column, wide in zip(table.columns, columns, strict=True):
        properties = f'<w:pStyle w:val="Cell"/><w:keepNext/>{_side(right=column.right)}'
        said = _paragraph([column.name], place, properties, white=True)
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{HEADER}"/>'
        cells.append(f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{shade}</w:tcPr>{said}</w:tc>')
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _row(row: Row, table: Table, columns: Sequence[int], place: _Place) -> str:
    """Return a row, on one page where it fits on one."""
    cells = []
    for number, (cell, column, wide) in enumerate(zip(row.cells, table.columns, columns, strict=True)):
        details = row.details if number == table.main else ()
        level = row.level if number == 0 else 0
        shade = _shading(cell) if isinstance(cell, Span) and cell.block else ""
        said = "".join(_lines(cell, details, place, right=column.right, level=level))
        cells.append(f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{shade}</w:tcPr>{said}</w:tc>')
    whole = "" if is_long(row, table, columns) else "<w:trPr><w:cantSplit/></w:trPr>"
    return f"<w:tr>{whole}{''.join(cells)}</w:tr>"


def _lines(cell: Cell, details: Sequence[Cell], place: _Place, *, right: bool, level: int) -> Iterator[str]:
    """Yield a cell's paragraphs: there is always one."""
    cell = in_sentences(cell)
    found = [line for line in cell.lines if plain_text(line)] if isinstance(cell, Lines) else [_spans(cell)]
    for spans in [*(found or [[]]), *map(_spans, details)]:
        alone = spans[0] if len(spans) == 1 else ""
        # A status that stands on a line of its own is shaded from side to side; that of a cell, with its cell.
        band = _shading(alone) if isinstance(alone, Span) and alone.block and isinstance(cell, Lines) else ""
        indent = f'<w:ind w:left="{level * _INDENT}"/>' if level else ""
        plain = [alone._replace(block=False, role="strong")] if isinstance(alone, Span) and alone.block else spans
        yield _paragraph(plain, place, f'<w:pStyle w:val="Cell"/>{band}{indent}{_side(right=right)}')


def _side(*, right: bool) -> str:
    return '<w:jc w:val="right"/>' if right else ""


def _spans(cell: Cell) -> Sequence[Piece]:
    """Return a cell as one line; a bar is its numbers, each on its tint, with what they count."""
    if not isinstance(cell, Bar):
        return pieces(cell)
    spans: list[Piece] = []
    for part in cell.parts:
        spans += ["  "] * bool(spans) + [Span(f" {part.number} ", part.role, block=True), f" {part.label}"]
    return spans or [Span(str(cell.total), "strong") if cell.total else Span("–", "dim")]


def _footer(page: Page, place: _Place) -> str:
    """Return what stands at the foot of each page: the page's last lines, and which page of how many it is."""
    lines = [_paragraph([line], place, '<w:pStyle w:val="Footer"/>') for line in page.footer]
    said = _("Page {number} of {total}", number="\x00", total="\x01")
    runs = []
    for piece in said.replace("\x00", "\n\x00\n").replace("\x01", "\n\x01\n").split("\n"):
        field = {"\x00": "PAGE", "\x01": "NUMPAGES"}.get(piece)
        run = _run(piece if field is None else "1", place)
        runs.append(f'<w:fldSimple w:instr="{field}">{run}</w:fldSimple>' if field else run)
    number = f'<w:p><w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="right"/></w:pPr>{"".join(runs)}</w:p>'
    return f"{''.join(lines)}{number}"


def _said(said: str) -> str:
    return escape(of_xml(inert(said)), quote=False)
