"""A page on a terminal, laid out by Rich. Nothing here parses markup: every text is a plain ``Text``.

Rich wraps and lines up; what it is given says in a style's ``meta`` what each piece is, and the piece is painted when
all lines stand. So a bar can be blocks of colour, and an address stays whole that is longer than its line.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from io import StringIO
from itertools import accumulate
from typing import Any, NamedTuple, TypeGuard

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.segment import Segment
from rich.style import Style
from rich.table import Table as RichTable
from rich.text import Text as RichText

from hkshcc.render import RenderOptions
from hkshcc.render.addresses import parted
from hkshcc.render.looks import painted
from hkshcc.render.tabular import heading_of, page_of, shown
from hkshcc.reports.page import (
    Bar,
    Block,
    Cell,
    Figures,
    Heading,
    KeyValues,
    Legend,
    Page,
    Picture,
    Piece,
    Report,
    Span,
    Table,
    Text,
    pieces,
    plain_text,
)
from hkshcc.text import clip, is_harmless, width

_GAP = 2  # columns between two cells
_NARROWEST = 12  # columns that a column which gives way keeps; on a narrower screen rows are stacked
_SHORTEST_LINE = 8
_SMALLEST_SCREEN = 20  # columns; on a smaller one the terminal wraps as it can


class Run(NamedTuple):
    """A piece of a line that looks the same from end to end; ``link`` is where it leads, or empty."""

    text: str
    role: str = ""
    block: bool = False
    link: str = ""


class _Scale(NamedTuple):
    """How many columns of a block stand for how many measures; one of the two is 1."""

    columns: int
    measures: int


_WIDEST = _Scale(3, 1)  # a number of one figure stands within a block for one


def text(report: Report, options: RenderOptions) -> str:
    """Draw a report at the terminal's width; only an address that is longer than that is a longer line."""
    options = options._replace(width=max(_SMALLEST_SCREEN, options.width or 0))
    drawn = lines(page_of(report, options), options)
    return "".join(f"{''.join(_printed(run, options) for run in line)}\n" for line in drawn)


def lines(page: Page, options: RenderOptions) -> list[list[Run]]:
    """Return what a terminal of the options' width shows of a page, line by line."""
    footer = [_line([line], options, options.width) for line in page.footer]
    drawn = Group(*(_block(block, options) for block in page.blocks), *footer)
    return [_laid_out(line, options) for line in _console(options).render_lines(drawn, pad=False)]


def _printed(run: Run, options: RenderOptions) -> str:
    said = painted(run.text, run.role, block=run.block) if options.colour else run.text
    return f"\x1b]8;;{run.link}\x1b\\{said}\x1b]8;;\x1b\\" if run.link else said


def _laid_out(line: Sequence[Segment], options: RenderOptions) -> list[Run]:
    """Return a line without the spaces that fill it, which nobody wants in a copy, and with its address whole."""
    runs: list[Run] = []
    for segment in line:
        meta = _meta(segment.style) if segment.style else {}
        said, address = segment.text, meta.get("address", "")
        if meta.get("alone"):
            said = shown(address, options.encoding)
            before = sum(width(run.text) for run in runs)
            runs = [Run(" " * max(0, min(before, (options.width or 80) - width(said))))]
        link = address if options.links and said == address and is_harmless(address) else ""
        runs.append(Run(said, meta.get("role", ""), bool(meta.get("block")), link))
    while runs:
        last = runs.pop()
        if kept := last.text.rstrip(" "):
            runs.append(last._replace(text=kept))
            break
    return [run for run in runs if run.text]


def _console(options: RenderOptions) -> Console:
    """Return what lays lines out; it prints nothing, and asks the environment for nothing."""
    return Console(
        file=StringIO(),
        width=options.width,
        force_terminal=True,
        color_system=None,
        no_color=True,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )


def _block(block: Block, options: RenderOptions) -> RenderableType:
    match block:
        case Text():
            if block.hang:
                return _hanging(block.spans, block.indent, block.hang, options)
            line = _line(block.spans, options, (options.width or 80) - block.indent)
            return Padding(line, (0, 0, 0, block.indent))
        case Heading():
            hang = len(block.ref) + 2 if block.ref else 0
            return _block(Text(block.spans, hang=hang), options)
        case Figures() | KeyValues():
            return _table(block.table(), options)
        case Picture():
            return Group()  # a table has its numbers
        case Legend():
            return Group(*(_block(line, options) for line in _legend(block, options)))
    return _table(block, options)


def _legend(legend: Legend, options: RenderOptions) -> Sequence[Text]:
    if not options.colour:
        return legend.lines()
    spans: list[Piece] = []
    for sign, role, label in legend.keys:
        spans += ["   "] * bool(spans) + [Span(sign, role, block=True), f" {label}"]
    return [Text(spans, legend.indent), *(Text([Span(note, "dim")], legend.indent) for note in legend.notes)]


def _hanging(spans: Sequence[Piece], indent: int, hang: int, options: RenderOptions) -> RenderableType:
    """Wrap a line so that all lines but the first stand further in."""
    columns = max(_SHORTEST_LINE, (options.width or 80) - indent)
    later = max(_SHORTEST_LINE, columns - hang)
    line = _line(spans, options, later)
    console = Console(width=columns)
    first, *rest = line.wrap(console, columns)
    lines = [first]
    if rest:
        end = len(first.plain)
        end += len(line.plain[end:]) - len(line.plain[end:].lstrip())
        lines += [RichText(" " * hang).append_text(part) for part in line[end:].wrap(console, later)]
    return Padding(RichText("\n").join(lines), (0, 0, 0, indent))


def _table(table: Table, options: RenderOptions) -> RenderableType:
    scale = _scale(table, options) if options.colour else None
    rows = [[_pieces(cell, scale) for cell in row] for row in table.lines()]
    room, giving = _room(table, rows, options), sum(bool(column.overflow) for column in table.columns)
    if room < giving * _NARROWEST or (giving > 1 and _has_longer_address(table, room // giving)):
        return _stacked(table, rows, options)
    drawn = RichTable(
        box=None,
        show_header=table.header,
        header_style=_style("dim"),
        padding=(0, _GAP, 0, 0),
        pad_edge=False,
        show_edge=False,
    )
    for column in table.columns:
        drawn.add_column(
            RichText(heading_of(column)),
            justify="right" if column.right else "left",
            no_wrap=not column.overflow,
            overflow="fold" if column.overflow == "wrap" else "ellipsis",
        )
    below = len(table.columns) > 1  # beside an address that is longer than its column nothing else can stand
    for row in rows:
        cells = []
        for column, cell in zip(table.columns, row, strict=True):
            line = _line(cell, options, room if column.overflow == "wrap" else None, below=below)
            if column.overflow == "clip" and width(line.plain) > room:
                line = RichText(clip(line.plain, room))
            cells.append(line)
        drawn.add_row(*cells)
    return Padding(drawn, (0, 0, 0, table.indent), expand=False)


def _stacked(table: Table, rows: Sequence[Sequence[Sequence[Piece]]], options: RenderOptions) -> RenderableType:
    """Draw each row as lines of their own, for a screen too narrow for columns; nothing is cut."""
    main = next((index for index, column in enumerate(table.columns) if column.overflow), 0)
    header = [[[Span(heading_of(column), "dim")] for column in table.columns]] if table.header else []
    lines: list[RenderableType] = []
    for row in [*header, *rows]:
        for indent, part in ((table.indent, row[: main + 1]), (table.indent + _GAP, row[main + 1 :])):
            cells = [cell for cell in part if plain_text(cell)]
            # A row that begins with empty cells goes on from the row above it.
            inner = indent if indent > table.indent or plain_text(row[0]) else table.indent + _GAP
            if cells:
                joined = [piece for cell in cells for piece in (" " * _GAP, *cell)][1:]
                lines.append(_hanging(joined, inner, _GAP, options))
    return Group(*lines)


def _room(table: Table, rows: Sequence[Sequence[Sequence[Piece]]], options: RenderOptions) -> int:
    """Return the columns left for the columns that give way; less than nothing where even the others don't fit."""
    taken = table.indent
    for index, column in enumerate(table.columns):
        if not column.overflow:
            texts = [shown(plain_text(row[index]), options.encoding) for row in rows]
            taken += max([width(text) for text in texts] + [width(heading_of(column)) if table.header else 0])
    return (options.width or 80) - taken - _GAP * (len(table.columns) - 1)


def _has_longer_address(table: Table, columns: int) -> bool:
    texts = [plain_text(cell) for row in table.lines() for cell in row]
    # One column less: a table shares out the rest of a division as it likes.
    return any(width(part) >= columns for text in texts for part, is_address in parted(text) if is_address)


def _scale(table: Table, options: RenderOptions) -> _Scale:
    """Return the scale by which the longest bar has room beside the other columns."""
    bars = [cell for row in table.rows for cell in row.cells if _is_drawn(cell)]
    if not bars:
        return _WIDEST
    others = [[[] if _is_drawn(cell) else pieces(cell) for cell in row] for row in table.lines()]
    room = max(_NARROWEST, _room(table, others, options))
    most = max(part.number for bar in bars for part in bar.parts)
    scale = _WIDEST
    while scale.measures < most and max(width(plain_text(_blocks(bar, scale))) for bar in bars) > room:
        wide, measures = scale
        scale = _Scale(wide - 1, 1) if wide > 1 else _Scale(1, measures + 1 + measures // 8)
    return scale


def _pieces(cell: Cell, scale: _Scale | None) -> Sequence[Piece]:
    return _blocks(cell, scale) if scale and _is_drawn(cell) else pieces(cell)


def _is_drawn(cell: Cell) -> TypeGuard[Bar]:
    """Return whether a cell is a bar that may be blocks of colour; one that says its sum has room for signs alone."""
    return isinstance(cell, Bar) and cell.total is None


def _blocks(bar: Bar, scale: _Scale) -> Sequence[Piece]:
    """Return a bar as blocks, each with its number; what stands between two keeps 1 and 2 from being 12.

    A number ends its block: what takes the spaces from the ends of lines, as copies of a screen do, leaves it whole.
    """
    found: list[Piece] = []
    for part in bar.parts:
        columns = -(-part.number * scale.columns // scale.measures)
        found += [" "] * bool(found) + [Span(str(part.number).rjust(columns), part.role, block=True)]
    return found


@lru_cache(maxsize=256)
def _style(role: str, *, block: bool = False, address: str = "", alone: bool = False) -> Style:
    """Return a style that only tells what a piece is; it is painted later."""
    return Style(meta={"role": role, "block": block, "address": address, "alone": alone})


@lru_cache(maxsize=256)
def _meta(style: Style) -> Mapping[str, Any]:
    return style.meta  # which unpickles it each time


def _line(spans: Sequence[Piece], options: RenderOptions, room: int | None, *, below: bool = False) -> RichText:
    """Return pieces as one text. An address that does not fit into ``room`` columns has a line of its own.

    It begins with as much of it as fits; the whole takes its place when all lines stand.
    """
    parts = list(_parts(spans, options))
    plain = "".join(said for said, _span, _address in parts)
    ends = accumulate(len(said) for said, _span, _address in parts)
    line, ended = RichText(), False
    for (said, span, address), end in zip(parts, ends, strict=True):
        if address and room is not None and width(_word(plain, end - len(said), end)) > room:
            line.rstrip()
            line.append("\n" * bool(line.plain or below))
            line.append(_start(said, room), _style(span.role, address=address, alone=True))
            ended = True
            continue
        rest = said.lstrip(" ") if ended else said
        line.append("\n" * bool(ended and rest))
        ended = ended and not rest
        # What has no look is left without a style: Rich then keeps it together with what stands beside it.
        style = _style(span.role, block=span.block, address=address) if span.role or address else None
        line.append(rest, style)
    return line


def _parts(spans: Sequence[Piece], options: RenderOptions) -> Iterator[tuple[str, Span, str]]:
    """Yield what is shown, in parts: each with the piece that it is of, and the address that it is, or nothing."""
    for piece in spans:
        span = piece if isinstance(piece, Span) else Span(piece)
        for part, is_address in parted(span.text):
            yield shown(part, options.encoding), span, part if is_address else ""


def _word(text: str, start: int, end: int) -> str:
    """Return what stands between two spaces and has an address in it, that a line would be broken within."""
    after = text.find(" ", end)
    return text[text.rfind(" ", 0, start) + 1 : after if after >= 0 else len(text)]


def _start(said: str, columns: int) -> str:
    taken = list(accumulate(width(sign) for sign in said))
    return said[: max(1, sum(end <= columns for end in taken))]
