"""Drawings as values: what stands where, in words and days of the page's language; a renderer decides how it looks.

A role is that of a `page.Span`: a status, or ``lapsed``. Days are ISO.
"""

from collections.abc import Sequence
from typing import NamedTuple


class Layer(NamedTuple):
    """A layer of a series: its role, what it is called, and how many it holds at the end of each period."""

    role: str
    label: str
    counts: Sequence[int]


class Mark(NamedTuple):
    """A day that matters to all of a picture, and what it was."""

    on: str
    label: str


class Series(NamedTuple):
    """Counts over time, in layers that lie on one another, the lowest first.

    The first period begins on ``start``; each ends on one of ``ends``, and its counts are those at the end of that day.
    """

    start: str
    ends: Sequence[str]
    layers: Sequence[Layer]
    marks: Sequence[Mark] = ()


class Stretch(NamedTuple):
    """A part of a lane from a day until another, both included: the role of its upper and of its lower half."""

    start: str
    end: str
    upper: str
    lower: str


class Lane(NamedTuple):
    """A row over time: its name and title, its stretches, the days of its dots and strokes, and what stands at its end.

    ``faint`` are the days of strokes that hold no longer.
    """

    name: str
    title: str
    stretches: Sequence[Stretch]
    dots: Sequence[str]
    strokes: Sequence[str]
    faint: Sequence[str]
    label: str


class LaneGroup(NamedTuple):
    """Lanes that stand together, under a name."""

    name: str
    lanes: Sequence[Lane]


class Sign(NamedTuple):
    """What a sign of the lanes stands for: ``dot``, ``stroke`` or ``halves``, the two of a lane."""

    kind: str
    label: str


class Lanes(NamedTuple):
    """Rows over time from a day until another; ``signs`` say what their signs stand for."""

    start: str
    end: str
    groups: Sequence[LaneGroup]
    signs: Sequence[Sign]
    marks: Sequence[Mark] = ()


class Count(NamedTuple):
    """How many there are of a role."""

    role: str
    number: int


class GridRow(NamedTuple):
    """A row of a grid: its name, the counts of each of its cells, and how many it has in all."""

    name: str
    cells: Sequence[Sequence[Count]]
    total: int


class GridColumn(NamedTuple):
    """A column of a grid: its role, and what it is called; some of it may be of another role, ``within``."""

    role: str
    label: str
    within: Sequence["GridColumn"] = ()


class Grid(NamedTuple):
    """Counts by two things; each column is of a role. ``totals`` is the last row, ``total`` the last column's name."""

    columns: Sequence[GridColumn]
    rows: Sequence[GridRow]
    totals: GridRow
    total: str
