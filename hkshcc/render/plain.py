"""Plain text, for pipes and files: whole lines, nothing wrapped or cut."""

from collections.abc import Sequence

from hkshcc.render import Drawn, Manner
from hkshcc.render.flat import field_page, flat_rows, shown
from hkshcc.reports.page import Block, Cell, Heading, Piece, Report, Span, Table, Text, pieces
from hkshcc.text import pad, width

# Select graphic rendition, for `--color always`; a pipe has no colour otherwise.
_CODES = {
    "ref": "1",
    "strong": "1",
    "dim": "2",
    "struck": "9",
    "bad": "31",
    "unknown": "2",
    "not-started": "35",
    "in-progress": "33",
    "continuing": "36",
    "modified": "32",
    "completed": "32",
    "not-pursued": "31",
}


def text(report: Report, manner: Manner) -> Drawn:
    """Draw a page; of a listing its rows alone, tab-separated, the count being talk, unless the page is wanted."""
    if report.brief and not manner.whole_page:
        _, rows = flat_rows(report, manner.fields or report.brief, manner.lang)
        lines = ("\t".join(_field(value, manner) for value in row) for row in rows)
        talk = "\n".join(shown(line, manner.encoding) for line in report.footer(manner.lang))
        return Drawn("".join(f"{line}\n" for line in lines), talk)
    page = field_page(report, manner.fields, manner.lang) if manner.fields else report.page(manner.lang)
    drawn = [line for block in page.blocks for line in _block(block, manner)]
    drawn += [shown(line, manner.encoding) for line in page.footer]
    return Drawn("".join(f"{line}\n" for line in drawn))


def _field(value: str | int | None, manner: Manner) -> str:
    if value is None:
        return ""
    said = shown(str(value), manner.encoding)
    return _painted(said, str(value) if value in _CODES else "", manner)


def _block(block: Block, manner: Manner) -> list[str]:
    match block:
        case Text():
            line = "".join(_piece(piece, manner) for piece in block.spans)
            return [(" " * block.indent + line).rstrip()]
        case Heading():
            return [_painted(shown(block.text, manner.encoding), "strong", manner)]
    return _table(block, manner)


def _table(table: Table, manner: Manner) -> list[str]:
    rows: list[Sequence[Cell]] = [*table.rows]
    if table.header:
        rows.insert(0, [Span(column.name, "dim") for column in table.columns])
    bare = manner._replace(colour=False)
    plain = [["".join(_piece(piece, bare) for piece in pieces(cell)) for cell in row] for row in rows]
    widths = [max((width(row[index]) for row in plain), default=0) for index in range(len(table.columns))]
    lines = []
    for row, texts in zip(rows, plain, strict=True):
        cells = []
        for index, (cell, said) in enumerate(zip(row, texts, strict=True)):
            painted = "".join(_piece(piece, manner) for piece in pieces(cell))
            filled = pad(said, widths[index], right=table.columns[index].right)
            cells.append(filled.replace(said, painted, 1) if said else filled)
        lines.append((" " * table.indent + "  ".join(cells)).rstrip())
    return lines


def _piece(piece: Piece, manner: Manner) -> str:
    if isinstance(piece, str):
        return shown(piece, manner.encoding)
    return _painted(shown(piece.text, manner.encoding), piece.role, manner)


def _painted(said: str, role: str, manner: Manner) -> str:
    code = _CODES.get(role) if manner.colour else None
    return f"\x1b[{code}m{said}\x1b[0m" if code and said else said
