"""Plain text, for pipes and files: whole lines, nothing wrapped or cut."""

from collections.abc import Sequence

from hkshcc.render import Rendered, RenderOptions
from hkshcc.render.tabular import flat_rows, heading_of, page_of, shown
from hkshcc.reports.page import (
    Block,
    Cell,
    Figures,
    Heading,
    KeyValues,
    Legend,
    Picture,
    Piece,
    Report,
    Span,
    Table,
    Text,
    pieces,
    plain_text,
)
from hkshcc.text import pad, width


def text(report: Report, options: RenderOptions) -> Rendered:
    """Draw a page; of a listing its rows alone, tab-separated, the count being talk, unless the page is wanted."""
    if report.brief and not options.whole_page:
        # Rows for another program, which are the same in every language.
        _, rows = flat_rows(report, options.fields or report.brief, "en")
        lines = ("\t".join(_field(value, options) for value in row) for row in rows)
        talk = "\n".join(shown(line, options.encoding) for line in report.footer(options.lang))
        return Rendered("".join(f"{line}\n" for line in lines), talk)
    page = page_of(report, options)
    drawn = [line for block in page.blocks for line in _block(block, options)]
    drawn += [shown(line, options.encoding) for line in page.footer]
    return Rendered("".join(f"{line}\n" for line in drawn))


def _field(value: str | int | None, options: RenderOptions) -> str:
    if value is None:
        return ""
    said = shown(str(value), options.encoding)
    return _painted(said, str(value), options)


def _block(block: Block, options: RenderOptions) -> list[str]:
    match block:
        case Text():
            line = "".join(_piece(piece, options) for piece in block.spans)
            return [(" " * block.indent + line).rstrip()]
        case Heading():
            return ["".join(_piece(piece, options) for piece in block.spans)]
        case Figures() | KeyValues():
            return _table(block.table(), options)
        case Picture():
            return []  # a table has its numbers
        case Legend():
            return [line for text in block.lines() for line in _block(text, options)]
    return _table(block, options)


def _table(table: Table, options: RenderOptions) -> list[str]:
    rows: list[Sequence[Cell]] = [*table.lines()]
    if table.header:
        rows.insert(0, [Span(heading_of(column), "dim") for column in table.columns])
    plain = [[shown(plain_text(cell), options.encoding) for cell in row] for row in rows]
    widths = [max(map(width, texts), default=0) for texts in zip(*plain, strict=True)]
    lines = []
    for row, texts in zip(rows, plain, strict=True):
        cells = []
        for column, columns, cell, said in zip(table.columns, widths, row, texts, strict=True):
            filled = pad(said, columns, right=column.right)
            if options.colour and said:
                painted = "".join(_piece(piece, options) for piece in pieces(cell))
                filled = filled.replace(said, painted, 1)
            cells.append(filled)
        lines.append((" " * table.indent + "  ".join(cells)).rstrip())
    return lines


def _piece(piece: Piece, options: RenderOptions) -> str:
    if isinstance(piece, str):
        return shown(piece, options.encoding)
    return _painted(shown(piece.text, options.encoding), piece.role, options)


def _painted(said: str, role: str, options: RenderOptions) -> str:
    if not options.colour:
        return said
    from hkshcc.render.looks import painted  # noqa: PLC0415  a pipe has no colour but by `--color always`

    return painted(said, role)
