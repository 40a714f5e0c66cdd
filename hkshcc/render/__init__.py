"""What a command prints: any report, in any format.

The renderers are generic: they know pages and rows, not what a report is about.
"""

from collections.abc import Sequence
from typing import NamedTuple

from hkshcc.reports.page import Report
from hkshcc.text import inert

FORMATS = ("table", "json", "csv", "md")


class Manner(NamedTuple):
    """How to draw: the format, chosen fields, language, and what the screen or file can show.

    ``width`` is the terminal's in columns; None where there is no terminal, and then nothing is wrapped or cut, and a
    listing is rows for another program unless ``whole_page``.
    """

    format: str = "table"
    fields: Sequence[str] = ()
    lang: str = "en"
    width: int | None = None
    colour: bool = False
    encoding: str = "utf-8"
    whole_page: bool = False


class Drawn(NamedTuple):
    """What goes out as data, and what is only said beside it."""

    data: str
    talk: str = ""


def draw(report: Report, manner: Manner) -> Drawn:
    """Draw a report. Raises UsageError for a field that it does not have."""
    if manner.format in {"json", "csv"}:
        from hkshcc.render import machine  # noqa: PLC0415  a listing on a screen needs neither

        if manner.format == "json":
            return Drawn(machine.json_text(report, manner))
        # A spreadsheet has no place for it among its rows: as of when, and drawn from what, is said beside it.
        return Drawn(machine.csv_text(report, manner), "\n".join(map(inert, report.footer(manner.lang))))
    if manner.format == "md":
        from hkshcc.render import markdown  # noqa: PLC0415

        return Drawn(markdown.text(report, manner))
    if manner.width is not None:
        from hkshcc.render import terminal  # noqa: PLC0415  Rich costs half as much as Typer; a pipe does without

        return Drawn(terminal.text(report, manner))
    from hkshcc.render import plain  # noqa: PLC0415

    return plain.text(report, manner)
