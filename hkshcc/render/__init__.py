"""What a command prints: any report, in any format.

The renderers are generic: they know pages and rows, not what a report is about.
"""

from collections.abc import Sequence
from typing import NamedTuple

from hkshcc import language
from hkshcc.reports.page import Report
from hkshcc.text import inert

FORMATS = ("table", "json", "csv", "md", "svg")


class RenderOptions(NamedTuple):
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


class Rendered(NamedTuple):
    """What goes out as data, and what is only said beside it."""

    stdout: str
    stderr: str = ""


def render(report: Report, options: RenderOptions) -> Rendered:
    """Draw a report in the language of the options. Raises UsageError for a field that it does not have."""
    with language.using(options.lang):
        return _render(report, options)


def _render(report: Report, options: RenderOptions) -> Rendered:
    if options.format in {"json", "csv"}:
        from hkshcc.render import json_csv  # noqa: PLC0415  a listing on a screen needs neither

        if options.format == "json":
            return Rendered(json_csv.json_text(report, options))
        # A spreadsheet has no place for it among its rows: as of when, and drawn from what, is said beside it.
        return Rendered(json_csv.csv_text(report, options), "\n".join(map(inert, report.footer(options.lang))))
    if options.format == "md":
        from hkshcc.render import markdown  # noqa: PLC0415

        return Rendered(markdown.text(report, options))
    if options.format == "svg":
        from hkshcc.render import svg  # noqa: PLC0415  it loads Rich, as a terminal does

        return Rendered(svg.text(report, options))
    if options.width is not None:
        from hkshcc.render import terminal  # noqa: PLC0415  Rich costs half as much as Typer; a pipe does without

        return Rendered(terminal.text(report, options))
    from hkshcc.render import plain  # noqa: PLC0415

    return plain.text(report, options)
