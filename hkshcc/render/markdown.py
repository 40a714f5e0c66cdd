"""Markdown, for a paper or a page: the same words as the page, with what Markdown would act on escaped."""

import re
from collections.abc import Sequence

from hkshcc.language import _
from hkshcc.render import RenderOptions
from hkshcc.render.tabular import page_of
from hkshcc.reports.page import (
    Bar,
    Block,
    Cell,
    Figures,
    Heading,
    KeyValues,
    Legend,
    Picture,
    Report,
    Row,
    Table,
    Text,
    in_sentences,
    plain_text,
)
from hkshcc.text import inert

_ACTIVE = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_BEGINNING = re.compile(r"^(\d+(?=[.)])|(?=[-+=]))")  # of a list, a rule or a heading


def text(report: Report, options: RenderOptions) -> str:
    """Return the report's page as Markdown."""
    page = page_of(report, options)
    title = [Heading(page.title, level=1)] if page.title and not page.heading() else []
    parts = [part for block in (*title, *page.blocks) if (part := _block(block))]
    return "\n\n".join([*parts, *map(_escaped, page.footer)]) + "\n"


def _block(block: Block) -> str:
    match block:
        case Text():
            return _line("".join(plain_text(piece) for piece in block.spans))
        case Heading():
            return f"{'#' * block.level} {_escaped(' '.join(part for part in (block.ref, block.text) if part))}"
        case Figures():
            return "\n".join(f"- {figure.number} {_escaped(figure.text)}" for figure in block.figures)
        case KeyValues():
            return _points(block)
        case Legend() | Picture():
            return ""  # a bar is said in words, and a table has a picture's numbers
    return _table(block)


def _line(said: str) -> str:
    return _begun(_escaped(said.strip()))


def _begun(escaped: str) -> str:
    """Return a line so that it begins nothing but a line."""
    return _BEGINNING.sub(r"\1\\", escaped)


def _table(table: Table) -> str:
    if not any(column.name for column in table.columns):
        return _list(table)
    names = [column.name for column in table.columns]
    rules = ["---:" if column.right else "---" for column in table.columns]
    rows = [names, rules, *(_row(row, table.main) for row in table.rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(row: Row, main: int) -> Sequence[str]:
    """Return a row's cells; its details stand within the cell that they belong to, set off by semicolons."""
    cells = [_cell(cell) for cell in row.cells]
    cells[main] = "; ".join([cells[main], *map(_cell, row.details)])
    return cells


def _list(table: Table) -> str:
    """Return a table whose columns have no names: a point a row, with its details as points below it."""
    points = []
    for cells, details, level, _anchor in table.rows:
        said = " · ".join(said for cell in cells if (said := _cell(cell)))
        points.append(f"{'  ' * level}- {_begun(said)}")
        points += [f"{'  ' * (level + 1)}- {_begun(_cell(detail))}" for detail in details]
    return "\n".join(points)


def _points(block: KeyValues) -> str:
    points = []
    for key, value, details in block.pairs:
        said = _("{what}: {why}", what=key, why=plain_text(value))
        points.append(f"- {_line(said)}")
        points += [f"  - {_begun(_cell(detail))}" for detail in details]
    return "\n".join(points)


def _cell(cell: Cell) -> str:
    if isinstance(cell, Bar):
        return _escaped(cell.in_words())
    return _escaped(plain_text(in_sentences(cell)).strip())


def _escaped(said: str) -> str:
    return _ACTIVE.sub(r"\\\1", inert(said))
