"""What a command prints: any report, in any format.

The renderers are generic: they know pages and rows, not what a report is about.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import NamedTuple

from hkshcc import language
from hkshcc.reports.page import Report


class Format(NamedTuple):
    """A format: the endings of its files, with their dot, and the module of this package whose ``text`` draws it.

    ``for_programs`` where its words are the same in every language; ``stamped`` where it has a place that says what it
    was drawn from; ``binary`` where it is no text, but bytes.
    """

    endings: Sequence[str]
    module: str
    for_programs: bool = False
    stamped: bool = True
    binary: bool = False


FORMATS: Mapping[str, Format] = {
    "table": Format(("", ".txt"), "plain"),  # on a terminal by ``terminal`` instead
    "json": Format((".json",), "as_json", for_programs=True),
    "csv": Format((".csv",), "as_csv", for_programs=True, stamped=False),
    "md": Format((".md", ".markdown"), "markdown"),
    "html": Format((".html",), "as_html"),
    "svg": Format((".svg",), "as_svg"),
    "docx": Format((".docx",), "docx", binary=True),
}


def by_ending(formats: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the format of each ending, of formats with their endings."""
    return {ending: name for name, endings in formats.items() for ending in endings}


class RenderOptions(NamedTuple):
    """How to draw: the format, chosen fields, language, and what the screen or file can show.

    ``width`` is the terminal's in columns; None where there is no terminal, and then nothing is wrapped or cut, and a
    listing is rows for another program unless ``whole_page``. ``links``: addresses may be links (OSC 8).
    """

    format: str = "table"
    fields: Sequence[str] = ()
    lang: str = "en"
    width: int | None = None
    colour: bool = False
    links: bool = False
    encoding: str = "utf-8"
    whole_page: bool = False

    @property
    def drawn_in(self) -> str:
        """The language of what is drawn: for programs it is English, whatever the language of its reader."""
        return "en" if FORMATS[self.format].for_programs else self.lang

    def is_kept(self, report: Report) -> bool:
        """Return whether what is drawn may be read on another day, so that it says there how it is drawn again."""
        if self.format == "table":
            return self.width is None and (self.whole_page or not report.brief)
        return FORMATS[self.format].stamped


class Rendered(NamedTuple):
    """What goes out as data, a text or ``binary``, and what is only said beside it."""

    stdout: str
    stderr: str = ""
    binary: bytes | None = None

    @property
    def data(self) -> bytes:
        """What goes out, as a file holds it."""
        return self.stdout.encode() if self.binary is None else self.binary


def render(report: Report, options: RenderOptions) -> Rendered:
    """Draw a report in the language of the options, for programs in English.

    Raises UsageError for a field that it does not have.
    """
    with language.using(options.lang):
        if options.fields:
            from hkshcc.render.tabular import checked  # noqa: PLC0415  few choose fields

            checked(report, options.fields)
        with language.using(options.drawn_in):
            return _render(report, options)


def _render(report: Report, options: RenderOptions) -> Rendered:
    module = FORMATS[options.format].module
    if options.format == "table" and options.width is not None:
        module = "terminal"
    # Each is loaded when it draws: Rich costs half as much as Typer, and only a terminal and a picture need it.
    drawn: Rendered | str = import_module(f"hkshcc.render.{module}").text(report, options)
    return drawn if isinstance(drawn, Rendered) else Rendered(drawn)
