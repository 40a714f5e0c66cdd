"""A page on a terminal, drawn by Rich. Nothing here parses markup: every text is a plain ``Text``."""

from io import StringIO

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text as RichText

from hkshcc.render import Manner
from hkshcc.render.flat import field_page, shown
from hkshcc.reports.page import Block, Cell, Heading, Report, Span, Table, Text, pieces, words_of
from hkshcc.text import clip, width

_STYLES = {
    "ref": "bold",
    "strong": "bold",
    "dim": "dim",
    "struck": "strike dim",
    "bad": "red",
    "unknown": "dim",
    "not-started": "magenta",
    "in-progress": "yellow",
    "continuing": "cyan",
    "modified": "green",
    "completed": "green",
    "not-pursued": "red",
}
_GAP = 2  # columns between two cells
_NARROWEST = 16  # columns that a column which gives way keeps


def text(report: Report, manner: Manner) -> str:
    """Draw a report at the terminal's width."""
    page = field_page(report, manner.fields, manner.lang) if manner.fields else report.page(manner.lang)
    out = StringIO()
    console = Console(
        file=out,
        width=manner.width,
        force_terminal=True,
        color_system="standard" if manner.colour else None,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    for block in page.blocks:
        console.print(_block(block, manner))
    for line in page.footer:
        console.print(RichText(shown(line, manner.encoding)))
    # Rich fills lines with spaces to the table's width; nobody wants those in a copy.
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def _block(block: Block, manner: Manner) -> RenderableType:
    match block:
        case Text():
            line = _cell(block.spans, manner)
            if not block.hang:
                return Padding(line, (0, 0, 0, block.indent))
            return _hanging(line, block.indent, block.hang, manner)
        case Heading():
            return RichText(shown(block.text, manner.encoding), style="bold")
    return _table(block, manner)


def _hanging(line: RichText, indent: int, hang: int, manner: Manner) -> RenderableType:
    """Wrap a line so that all lines but the first stand further in."""
    console = Console(width=(manner.width or 80) - indent - hang)
    first, *rest = line.wrap(console, (manner.width or 80) - indent)
    lines = [first]
    if rest:
        remaining = RichText(" ").join(rest)
        lines += [RichText(" " * hang).append_text(part) for part in remaining.wrap(console, console.width)]
    return Padding(RichText("\n").join(lines), (0, 0, 0, indent))


def _table(table: Table, manner: Manner) -> RenderableType:
    drawn = RichTable(
        box=None, show_header=table.header, header_style="dim", padding=(0, _GAP, 0, 0), pad_edge=False, show_edge=False
    )
    room = _room(table, manner)
    for column in table.columns:
        drawn.add_column(
            RichText(column.name),
            justify="right" if column.right else "left",
            no_wrap=not column.gives_way,
            overflow="fold" if column.gives_way == "wraps" else "ellipsis",
        )
    for row in table.rows:
        cells = []
        for column, cell in zip(table.columns, row, strict=True):
            line = _cell(cell, manner)
            if column.gives_way == "clips" and width(line.plain) > room:
                line = RichText(clip(line.plain, room), style=line.style)
            cells.append(line)
        drawn.add_row(*cells)
    return Padding(drawn, (0, 0, 0, table.indent), expand=False)


def _room(table: Table, manner: Manner) -> int:
    """Return the columns left for the column that gives way."""
    taken = table.indent
    for index, column in enumerate(table.columns):
        if not column.gives_way:
            texts = [shown(words_of(row[index]), manner.encoding) for row in table.rows]
            taken += max([width(text) for text in texts] + [width(column.name) if table.header else 0])
    return max(_NARROWEST, (manner.width or 80) - taken - _GAP * (len(table.columns) - 1))


def _cell(cell: Cell, manner: Manner) -> RichText:
    line = RichText()
    for piece in pieces(cell):
        if isinstance(piece, Span):
            line.append(shown(piece.text, manner.encoding), style=_STYLES.get(piece.role, ""))
        else:
            line.append(shown(piece, manner.encoding))
    return line
