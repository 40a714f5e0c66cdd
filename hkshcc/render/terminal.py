"""A page on a terminal, drawn by Rich. Nothing here parses markup: every text is a plain ``Text``."""

import re
from collections.abc import Sequence
from io import StringIO
from typing import NamedTuple

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.segment import Segment
from rich.style import Style
from rich.table import Table as RichTable
from rich.text import Text as RichText

from hkshcc.render import RenderOptions
from hkshcc.render.tabular import field_page, shown
from hkshcc.reports.page import Block, Cell, Heading, Page, Report, Span, Table, Text, pieces, plain_text
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
_NARROWEST = 12  # columns that a column which gives way keeps; on a narrower screen rows are stacked
_SHORTEST_LINE = 8
# From the first space on alone: at a wide screen a search from each space of a gap would take its square.
_FILLED = re.compile(r"(?<! )(?: |\x1b\[[0-9;]*m)+$", re.MULTILINE)
_SMALLEST_SCREEN = 20  # columns; on a smaller one the terminal wraps as it can


class Run(NamedTuple):
    """A piece of a line that looks the same from end to end; ``colour`` is the name of one of the eight, or empty."""

    text: str
    colour: str
    bold: bool
    dim: bool
    struck: bool


def text(report: Report, options: RenderOptions) -> str:
    """Draw a report at the terminal's width."""
    options = options._replace(width=max(_SMALLEST_SCREEN, options.width or 0))
    out = StringIO()
    console = _console(out, options)
    for part in _parts(page_of(report, options), options):
        console.print(part)
    # Rich fills lines with spaces to the table's width; nobody wants those in a copy.
    return _FILLED.sub(lambda filled: filled[0].replace(" ", ""), out.getvalue())


def page_of(report: Report, options: RenderOptions) -> Page:
    """Return a report's page, or one of the chosen fields."""
    return field_page(report, options.fields, options.lang) if options.fields else report.page(options.lang)


def lines(page: Page, options: RenderOptions) -> list[list[Run]]:
    """Return what a terminal of the options' width shows of a page, line by line, to be drawn by other means."""
    drawn = _console(StringIO(), options).render_lines(Group(*_parts(page, options)), pad=False)
    return [[_run(segment) for segment in line] for line in drawn]


def _run(segment: Segment) -> Run:
    style = segment.style or Style()
    colour = style.color.name if style.color else ""
    return Run(segment.text, colour, bool(style.bold), bool(style.dim), bool(style.strike))


def _console(out: StringIO, options: RenderOptions) -> Console:
    return Console(
        file=out,
        width=options.width,
        force_terminal=True,
        color_system="standard" if options.colour else None,
        no_color=not options.colour,  # decided already; Rich would read the environment again
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )


def _parts(page: Page, options: RenderOptions) -> list[RenderableType]:
    footer = [RichText(shown(line, options.encoding)) for line in page.footer]
    return [*(_block(block, options) for block in page.blocks), *footer]


def _block(block: Block, options: RenderOptions) -> RenderableType:
    match block:
        case Text():
            line = _cell(block.spans, options)
            if not block.hang:
                return Padding(line, (0, 0, 0, block.indent))
            return _hanging(line, block.indent, block.hang, options)
        case Heading():
            return RichText(shown(block.text, options.encoding), style="bold")
    return _table(block, options)


def _hanging(line: RichText, indent: int, hang: int, options: RenderOptions) -> RenderableType:
    """Wrap a line so that all lines but the first stand further in."""
    columns = max(_SHORTEST_LINE, (options.width or 80) - indent)
    console = Console(width=columns)
    first, *rest = line.wrap(console, columns)
    lines = [first]
    if rest:
        end = len(first.plain)
        end += len(line.plain[end:]) - len(line.plain[end:].lstrip())
        columns = max(_SHORTEST_LINE, columns - hang)
        lines += [RichText(" " * hang).append_text(part) for part in line[end:].wrap(console, columns)]
    return Padding(RichText("\n").join(lines), (0, 0, 0, indent))


def _table(table: Table, options: RenderOptions) -> RenderableType:
    room, giving = _room(table, options), sum(bool(column.overflow) for column in table.columns)
    if room < giving * _NARROWEST:
        return _stacked(table, options)
    drawn = RichTable(
        box=None, show_header=table.header, header_style="dim", padding=(0, _GAP, 0, 0), pad_edge=False, show_edge=False
    )
    for column in table.columns:
        drawn.add_column(
            RichText(column.name),
            justify="right" if column.right else "left",
            no_wrap=not column.overflow,
            overflow="fold" if column.overflow == "wrap" else "ellipsis",
        )
    for row in table.rows:
        cells = []
        for column, cell in zip(table.columns, row, strict=True):
            line = _cell(cell, options)
            if column.overflow == "clip" and width(line.plain) > room:
                line = RichText(clip(line.plain, room), style=line.style)
            cells.append(line)
        drawn.add_row(*cells)
    return Padding(drawn, (0, 0, 0, table.indent), expand=False)


def _stacked(table: Table, options: RenderOptions) -> RenderableType:
    """Draw each row as lines of their own, for a screen too narrow for columns; nothing is cut."""
    main = next((index for index, column in enumerate(table.columns) if column.overflow), 0)
    rows: list[Sequence[Cell]] = [*table.rows]
    if table.header:
        rows.insert(0, [Span(column.name, "dim") for column in table.columns])
    lines: list[RenderableType] = []
    for row in rows:
        for indent, part in ((table.indent, row[: main + 1]), (table.indent + _GAP, row[main + 1 :])):
            cells = [line for cell in part if (line := _cell(cell, options)).plain]
            # A row that begins with empty cells goes on from the row above it.
            inner = indent if indent > table.indent or plain_text(row[0]) else table.indent + _GAP
            if cells:
                lines.append(_hanging(RichText(" " * _GAP).join(cells), inner, _GAP, options))
    return Group(*lines)


def _room(table: Table, options: RenderOptions) -> int:
    """Return the columns left for the columns that give way; less than nothing where even the others don't fit."""
    taken = table.indent
    for index, column in enumerate(table.columns):
        if not column.overflow:
            texts = [shown(plain_text(row[index]), options.encoding) for row in table.rows]
            taken += max([width(text) for text in texts] + [width(column.name) if table.header else 0])
    return (options.width or 80) - taken - _GAP * (len(table.columns) - 1)


def _cell(cell: Cell, options: RenderOptions) -> RichText:
    line = RichText()
    for piece in pieces(cell):
        if isinstance(piece, Span):
            line.append(shown(piece.text, options.encoding), style=_STYLES.get(piece.role, ""))
        else:
            line.append(shown(piece, options.encoding))
    return line
