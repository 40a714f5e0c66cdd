"""A lane for each measure: its halves over time, a dot for each piece of evidence, a stroke for its target."""

from collections.abc import Sequence
from itertools import groupby

from hkshcc.render.looks import fill_of
from hkshcc.render.pictures.canvas import (
    EDGE,
    FAINT,
    GROUND,
    INK,
    LINE,
    MARGIN,
    WIDE,
    Canvas,
    TimeAxis,
    room_of,
)
from hkshcc.reports.drawings import Lane, Lanes, Sign

_ROW, _HEAD = 19, 26  # from one lane to the next, and below the name of a group
_HALF = 5  # of a lane's height
_TITLES = 330
_LEAST = 300  # for the lanes themselves
_SPREAD = 3.5  # between the dots of one day


def draw_lanes(canvas: Canvas, lanes: Lanes, down: float) -> float:
    """Draw lanes below a place; return where they end."""
    every = [lane for group in lanes.groups for lane in group.lanes]
    names = min(110, max(room_of(lane.name, 11) for lane in every) + 10)
    labels = min(150, max(room_of(lane.label, 11) for lane in every) + 10)
    left = MARGIN + names + _TITLES
    axis = TimeAxis(lanes.start, lanes.end, left, max(WIDE - MARGIN - labels, left + _LEAST))
    down = _signs(canvas, lanes.signs, down)
    top = down + (16 if lanes.marks else 0)
    high = sum(_HEAD + _ROW * len(group.lanes) for group in lanes.groups)
    _years(canvas, axis, top, top + 18 + high, lanes)
    down = top + 18
    for group in lanes.groups:
        down += _HEAD
        canvas.text(MARGIN, down - 6, canvas.clipped(group.name, names + _TITLES - 8, 12), bold=True)
        for lane in group.lanes:
            canvas.text(MARGIN, down + 11, canvas.clipped(lane.name, names - 6, 11), size=11, fill=FAINT)
            canvas.text(MARGIN + names, down + 11, canvas.clipped(lane.title, _TITLES - 12, 11), size=11)
            _lane(canvas, lane, axis, down + 2)
            canvas.text(axis.right + 8, down + 11, canvas.clipped(lane.label, labels, 11), size=11)
            down += _ROW
    return down + 20


def _signs(canvas: Canvas, signs: Sequence[Sign], down: float) -> float:
    """Say in a line what the signs stand for."""
    across, down = float(MARGIN), down + 12
    for sign in signs:
        if sign.kind == "dot":
            canvas.dot(across + 4, down - 4, 3, INK)
        elif sign.kind == "stroke":
            canvas.line((across + 4, down - 11), (across + 4, down + 3), INK, 2)
        else:
            canvas.box(across, down - 9, 10, _HALF, fill_of("continuing"))
            canvas.box(across, down - 9 + _HALF, 10, _HALF, fill_of("in-progress"))
        canvas.text(across + 15, down, sign.label)
        across += 15 + room_of(sign.label, 12) + 22
    return down + 12


def _years(canvas: Canvas, axis: TimeAxis, top: float, bottom: float, lanes: Lanes) -> None:
    for year, begins, ends in axis.years():
        canvas.line((begins, top + 16), (begins, bottom), LINE)
        if ends - begins > 28:
            canvas.text(begins + 3, top + 12, year, size=11, fill=FAINT)
            canvas.text(begins + 3, bottom + 14, year, size=11, fill=FAINT)
    canvas.line((axis.right, top + 16), (axis.right, bottom), LINE)
    for mark in lanes.marks:
        across = axis(mark.on)
        canvas.path(f"M{across:.1f} {top:.1f}V{bottom:.1f}", line=EDGE, dashes="2 3")
        at = "end" if across > (axis.left + axis.right) / 2 else "start"
        canvas.text(across, top - 4, mark.label, size=11, fill=FAINT, at=at)


def _lane(canvas: Canvas, lane: Lane, axis: TimeAxis, top: float) -> None:
    for stretch in lane.stretches:
        begins, ends = axis(stretch.start), axis.after(stretch.end)
        halves = [(stretch.upper, 0), (stretch.lower, _HALF)]
        if stretch.upper == stretch.lower:
            canvas.box(begins, top, ends - begins, 2 * _HALF, fill_of(stretch.upper))
            continue
        for role, below in halves:
            canvas.box(begins, top + below, ends - begins, _HALF, fill_of(role))
    for day in lane.faint:
        canvas.path(f"M{axis(day):.1f} {top - 2:.1f}v{2 * _HALF + 4}", line=INK, thick=1.5, dashes="2 2")
    for day in lane.strokes:
        canvas.line((axis.after(day), top - 3), (axis.after(day), top + 2 * _HALF + 3), INK, 2)
    for day, many in groupby(lane.dots):
        for number, _dot in enumerate(many):
            canvas.dot(axis(day) + number * _SPREAD, top + _HALF, 3, INK, GROUND)
