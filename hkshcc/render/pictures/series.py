"""Layers of counts over time, each with its name at the edge where it ends."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from hkshcc.render.looks import fill_of
from hkshcc.render.pictures.canvas import EDGE, FAINT, GROUND, INK, MARGIN, WIDE, Canvas, TimeAxis, room_of, steps_of
from hkshcc.reports.drawings import Mark, Series

_HIGH = 340  # of the tallest column
_SCALE = 34  # left of the columns, for their scale
_NAME = 240  # of a layer's name, at most
_APART = 17  # from one name to the next, at least


class _Heights:
    """Counts as places: none is at the bottom, ``most`` at the top."""

    def __init__(self, bottom: float, most: int) -> None:
        self.bottom, self.most = bottom, max(1, most)
        self.top = bottom - _HIGH

    def __call__(self, count: int) -> float:
        return self.bottom - _HIGH * count / self.most


def draw_series(canvas: Canvas, series: Series, down: float) -> float:
    """Draw a series below a place; return where it ends."""
    left = MARGIN + _SCALE
    right = WIDE - MARGIN - 34 - max(min(_NAME, room_of(name, 13)) for name in _names(series))
    axis = TimeAxis(series.start, series.ends[-1], left, right)
    totals = [sum(counts) for counts in zip(*(layer.counts for layer in series.layers), strict=True)]
    heights = _Heights(down + (18 if series.marks else 4) + _HIGH, max(totals))
    edges = [left, *(axis.after(end) for end in series.ends)]
    places = _layers(canvas, series, edges, heights)
    for edge in edges[1:-1]:  # a column is counted at its end: nothing is said of a day within it
        canvas.line((edge, heights.top), (edge, heights.bottom), GROUND, 1.5)
    _scale(canvas, heights, left, right)
    _years(canvas, axis, heights.bottom)
    for mark in series.marks:
        _mark(canvas, mark, axis, heights)
    _edge(canvas, series, places, right, heights)
    return heights.bottom + 26


def _names(series: Series) -> list[str]:
    return [f"{layer.counts[-1]} {layer.label}" for layer in series.layers]


def _layers(canvas: Canvas, series: Series, edges: Sequence[float], heights: _Heights) -> list[float]:
    """Draw the layers on one another; return where the middle of each is at the last."""
    ground, places = [0] * len(series.ends), []
    for layer in series.layers:
        upper = [below + count for below, count in zip(ground, layer.counts, strict=True)]
        outline = [*_steps(edges, upper, heights), *reversed(_steps(edges, ground, heights))]
        canvas.path(steps_of(outline), fill=fill_of(layer.role), line=GROUND, thick=0.75)
        places.append((heights(ground[-1]) + heights(upper[-1])) / 2)
        ground = upper
    return places


def _steps(edges: Sequence[float], counts: Sequence[int], heights: _Heights) -> list[tuple[float, float]]:
    periods = zip(pairwise(edges), counts, strict=True)
    return [(across, heights(count)) for (begins, ends), count in periods for across in (begins, ends)]


def _scale(canvas: Canvas, heights: _Heights, left: float, right: float) -> None:
    """Draw a line at every round number that leaves room to the next."""
    step = next(each for each in _rounds() if heights.most / each <= 7)
    for count in range(0, heights.most + 1, step):
        canvas.line((left, heights(count)), (right, heights(count)), GROUND, 0.5)
        canvas.text(left - 8, heights(count) + 4, str(count), size=11, fill=FAINT, at="end")


def _rounds() -> Iterator[int]:
    """Yield round numbers: 1, 2, 5, 10 and so on."""
    power = 1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10


def _years(canvas: Canvas, axis: TimeAxis, bottom: float) -> None:
    for year, begins, ends in axis.years():
        canvas.line((begins, bottom), (begins, bottom + 6), EDGE)
        if ends - begins > 30:
            canvas.text((begins + ends) / 2, bottom + 18, year, fill=FAINT, at="middle")
    canvas.line((axis.left, bottom), (axis.right, bottom), EDGE)


def _mark(canvas: Canvas, mark: Mark, axis: TimeAxis, heights: _Heights) -> None:
    across = axis(mark.on)
    canvas.path(f"M{across:.1f} {heights.top - 4:.1f}V{heights.bottom:.1f}", line=INK, dashes="2 3")
    late = across > (axis.left + axis.right) / 2
    canvas.text(across, heights.top - 8, mark.label, size=11, fill=FAINT, at="end" if late else "start")


def _edge(canvas: Canvas, series: Series, places: Sequence[float], right: float, heights: _Heights) -> None:
    """Name the layers that end at the edge, each beside its end."""
    ending = [
        (layer.role, name, place)
        for layer, name, place in zip(series.layers, _names(series), places, strict=True)
        if layer.counts[-1]
    ]
    apart = _apart([place for _role, _name, place in ending], heights)
    for (role, name, place), beside in zip(ending, apart, strict=True):
        steps = f"M{right + 2:.1f} {place:.1f}L{right + 10:.1f} {place:.1f}L{right + 16:.1f} {beside:.1f}"
        canvas.path(steps, line=EDGE)
        canvas.box(right + 18, beside - 5, 10, 10, fill_of(role), edge=EDGE)
        canvas.text(right + 34, beside + 4.5, canvas.clipped(name, _NAME, 13), size=13)


def _apart(places: Sequence[float], heights: _Heights) -> list[float]:
    """Return places for names, lowest first, near what they name and apart from one another."""
    lowest, found = heights.bottom - 4, list[float]()
    for place in places:
        found.append(min(place, lowest))
        lowest = found[-1] - _APART
    highest = heights.top
    for number in reversed(range(len(found))):
        found[number] = max(found[number], highest)
        highest = found[number] + _APART
    return found
