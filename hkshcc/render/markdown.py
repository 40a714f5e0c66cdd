"""Markdown, for a paper or a page: the same words as the page, with what Markdown would act on escaped."""

import re

from hkshcc.render import RenderOptions
from hkshcc.render.tabular import field_page
from hkshcc.reports.page import Block, Heading, Legend, Report, Table, Text, plain_text
from hkshcc.text import inert

_ACTIVE = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_BEGINNING = re.compile(r"^(\d*)([-+=.)])")  # of a list, a rule or a heading


def text(report: Report, options: RenderOptions) -> str:
    """Return the report's page as Markdown."""
    fields = options.fields
    page = field_page(report, fields, options.lang) if fields else report.page(options.lang)
    parts = [part for block in page.blocks if (part := _block(block))]
    return "\n\n".join([*parts, *map(_escaped, page.footer)]) + "\n"


def _block(block: Block) -> str:
    match block:
        case Text():
            return _BEGINNING.sub(r"\1\\\2", _escaped("".join(plain_text(piece) for piece in block.spans).strip()))
        case Heading():
            return f"{'#' * block.level} {_escaped(block.text)}"
        case Legend():
            return "\n\n".join(map(_block, block.lines()))
    return _table(block)


def _table(table: Table) -> str:
    names = [column.name for column in table.columns]
    rules = ["---:" if column.right else "---" for column in table.columns]
    rows = [names, rules, *([_escaped(plain_text(cell)) for cell in row] for row in table.rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _escaped(said: str) -> str:
    return _ACTIVE.sub(r"\\\1", inert(said))
