"""Counts by two things: in each cell a number, and a square for each that it counts."""

from collections.abc import Sequence

from hkshcc.render.looks import fill_of
from hkshcc.render.pictures.canvas import EDGE, FAINT, LINE, MARGIN, WIDE, Canvas, room_of
from hkshcc.reports.drawings import Count, Grid, GridRow

_ROW = 24
_SQUARE, _GAP = 11, 2
_NUMBER = 24  # of a cell, before its squares


def draw_grid(canvas: Canvas, grid: Grid, down: float) -> float:
    """Draw a grid below a place; return where it ends."""
    names = min(300, max(room_of(row.name, 12) for row in [*grid.rows, grid.totals]) + 16)
    totals = max(48, room_of(grid.total, 12) + 8)
    left = MARGIN + names
    wide = (WIDE - MARGIN - totals - left) / max(1, len(grid.columns))
    across = max(1, int((wide - _NUMBER - 8) // (_SQUARE + _GAP)))
    most = max((sum(count.number for count in cell) for row in grid.rows for cell in row.cells), default=1)
    worth = -(-most // (across * 3))  # how many a square stands for at most: no cell has more than three lines
    heads = [canvas.broken(column.label, wide - 10, 12) for column in grid.columns]
    down += 6 + 15 * max(len(head) for head in heads)
    for number, (column, head) in enumerate(zip(grid.columns, heads, strict=True)):
        place = left + number * wide
        for line, said in enumerate(reversed(head)):
            canvas.text(place, down - 15 * line, said)
        aside = place + room_of(head[-1], 12) + 10
        for part in column.within:
            canvas.box(aside, down - 9, 9, 9, fill_of(part.role))
            canvas.text(aside + 13, down, part.label, fill=FAINT)
        canvas.box(place, down + 6, wide - 10, 4, fill_of(column.role), edge=EDGE if column.role == "unknown" else "")
    canvas.text(WIDE - MARGIN, down, grid.total, at="end")
    down += 16
    for row in grid.rows:
        lines = max([1, *(-(-_squares(cell, worth) // across) for cell in row.cells)])
        canvas.text(MARGIN, down + 15, canvas.clipped(row.name, names - 10, 12))
        for number, cell in enumerate(row.cells):
            _cell(canvas, cell, left + number * wide, down, across, worth)
        canvas.text(WIDE - MARGIN, down + 15, str(row.total), at="end")
        down += max(_ROW, lines * (_SQUARE + _GAP) + 10)
        canvas.line((MARGIN, down), (WIDE - MARGIN, down), LINE)
    _totals(canvas, grid.totals, left, wide, down)
    return down + _ROW


def _squares(cell: Sequence[Count], worth: int) -> int:
    return sum(-(-count.number // worth) for count in cell)


def _cell(canvas: Canvas, cell: Sequence[Count], left: float, top: float, across: int, worth: int) -> None:
    number = sum(count.number for count in cell)
    if not number:
        canvas.text(left, top + 15, "–", fill=FAINT)
        return
    canvas.text(left, top + 15, str(number), bold=True)
    place = 0
    for count in cell:
        for _square in range(-(-count.number // worth)):
            column, line = place % across, place // across
            canvas.box(
                left + _NUMBER + column * (_SQUARE + _GAP), top + 5 + line * (_SQUARE + _GAP), _SQUARE, _SQUARE,
                fill_of(count.role), edge=EDGE if count.role == "unknown" else "",
            )  # fmt: skip
            place += 1


def _totals(canvas: Canvas, row: GridRow, left: float, wide: float, down: float) -> None:
    canvas.text(MARGIN, down + 17, row.name, bold=True)
    for number, cell in enumerate(row.cells):
        canvas.text(left + number * wide, down + 17, str(sum(count.number for count in cell)), bold=True)
    canvas.text(WIDE - MARGIN, down + 17, str(row.total), bold=True, at="end")
