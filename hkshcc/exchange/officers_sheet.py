"""The officer's sheet: measures and what was recorded of them, as a workbook to read, filter and print at A4."""

import io
from collections.abc import Sequence
from datetime import date
from math import ceil
from typing import Any, NamedTuple

from hkshcc.exchange.xlsx_write import cut_to_cell, new_workbook, write_cell
from hkshcc.language import N_, _, current, listed, using
from hkshcc.register.dates import in_words
from hkshcc.register.model import Entry, Evidence
from hkshcc.register.standing import Standing
from hkshcc.register.vocabulary import CONFERENCE, SIDES, Event, evidence_label, in_language, label, short_label
from hkshcc.reports.event_text import Record, event_text, told, with_day
from hkshcc.reports.listing import Listing
from hkshcc.reports.page import View, body_name, marked, plain_text, recorder_of
from hkshcc.reports.tints import HEADER, TINTS
from hkshcc.text import inert, is_harmless, width, wrapped

_SIZE = 9  # points, of which fitting to the width of a page leaves eight or more
_TALLEST = 400.0  # points of a row; Excel allows 409
_LONGEST_LINE = 110  # characters of a line in a page's head or foot, of which Excel takes 255
_FIRST_YEAR = "1901"  # the calendar of spreadsheets begins in 1900, with a day that never was


class Type(NamedTuple):
    """A font, the points from a line to the next, and how many terminal columns of text a column of 1 has room for."""

    font: str
    line: float
    room: float


_TYPES = {
    "en": Type("Calibri", 11.4, 1.32),
    "zh-Hant": Type("Microsoft JhengHei", 13.2, 1.12),
    "zh-Hans": Type("Microsoft YaHei", 13.2, 1.12),
}
_BOLD = 0.93  # of the room that there is for text that is not bold


class Dated(NamedTuple):
    """A day (ISO), and how precisely it is known."""

    on: str
    precision: str


class Linked(NamedTuple):
    """Where a piece of evidence is to be found: words, or an address of the Web, of which its host is shown."""

    locator: str

    @property
    def text(self) -> str:
        """What is shown."""
        return self.locator.split("/")[2] if is_harmless(self.locator) else self.locator


class Titled(NamedTuple):
    """A title, and what is said under it."""

    title: str
    text: str


class Stands(NamedTuple):
    """A status in words, and which it is."""

    text: str
    role: str


class Lines(NamedTuple):
    """Texts under one another."""

    texts: Sequence[str]


Value = str | Dated | Linked | Titled | Stands | Lines


class Column(NamedTuple):
    """A column: its heading, to be translated, and its width in characters, for English and for Chinese."""

    heading: str
    english: float
    chinese: float

    @property
    def columns(self) -> float:
        """Return its width in the current language."""
        return self.english if current() == "en" else self.chinese


# A sheet is as wide as A4 across at eight points, in LibreOffice too, whose columns are wider. Days do not wrap.
_MEASURES = (
    Column(N_("Ref"), 8.2, 8.5), Column(N_("Area"), 9.5, 9.5), Column(N_("What was agreed"), 33, 25.5),
    Column(N_("Status"), 9.5, 9.5), Column(N_("Since"), 10, 12.8), Column(N_("Latest"), 10, 12.8),
    Column(N_("What was recorded"), 28.5, 22), Column(N_("Next step"), 9, 9), Column(N_("Target"), 10, 12.8),
    Column(N_("Hong Kong"), 9, 12), Column(N_("Shanghai"), 9.5, 12),
)  # fmt: skip
_HISTORY = (
    Column(N_("Ref"), 8.2, 8.5), Column(N_("Measure"), 20, 20), Column(N_("Date"), 10, 12.8), Column(N_("By"), 9.5, 9),
    Column(N_("Status"), 9.5, 9.5), Column(N_("What was recorded"), 53, 49), Column(N_("Evidence"), 21, 21),
    Column(N_("Link"), 18, 18),
)  # fmt: skip


def officers_sheet(view: View, answer: Listing, lang: str) -> bytes:
    """Return the measures listed, and the entries on them that count, as an XLSX file in a language."""
    with using(lang):
        title = _("; ").join([CONFERENCE[lang], answer.counted()])
        foot = answer.context.lines()
        out = io.BytesIO()
        with new_workbook(out, view.as_of, title) as book:
            drawing = _Drawing(book, (CONFERENCE[lang], answer.counted()), foot)
            rows = [_measure(standing, view, lang) for standing in answer.standings]
            drawing.sheet(_("Measures"), _MEASURES, rows)
            rows = [row for standing in answer.standings for row in _history(standing, lang)]
            drawing.sheet(_("History"), _HISTORY, rows)
        return out.getvalue()


def _measure(standing: Standing, view: View, lang: str) -> list[Value]:
    measure = standing.measure
    area = view.register.areas.get(measure.area)
    said = label(standing.status)
    if standing.lapsed:
        said = _("{what} ({why})", what=said, why=_("lapsed"))
    latest = standing.latest
    return [
        measure.ref,
        in_language({**area.name, **area.short}, lang) if area else measure.area,
        Titled(in_language(measure.title, lang), in_language(measure.summary, lang)),
        Stands(said, "lapsed" if standing.lapsed else standing.status),
        Dated(standing.since, _precision_of(standing)) if standing.since else "",
        Dated(latest.on, latest.precision or "day") if latest and latest.on else "",
        _told(latest, lang) if latest else "",
        with_day(standing.step) if standing.step else "",
        Dated(standing.target["date"], standing.target["precision"]) if standing.target else "",
        *(_side(standing, side, view, lang) for side in SIDES),
    ]


def _precision_of(standing: Standing) -> str:
    """Return how precisely the day is known since which a measure stands as it does."""
    since = (entry.precision for entry in standing.events if entry.status and entry.on == standing.since)
    return next(since, None) or "day"


def _side(standing: Standing, side: str, view: View, lang: str) -> Lines:
    bodies = view.register.bodies
    owners = [body_name(bodies[code], lang) for code in standing.owners_of(side, bodies)]
    return Lines([short_label(standing.side(side).status), listed(owners) or _("no owner named")])


def _told(entry: Entry, lang: str) -> str:
    """Return what an entry says, its status and speaker apart."""
    if entry.event not in {Event.FINDING, Event.RETURN}:
        return plain_text(event_text(Record(entry), lang))
    return _("nil return") if entry.nil else marked(entry, told(entry)) or _("evidence")


def _history(standing: Standing, lang: str) -> list[list[Value]]:
    """Return a row for each piece of evidence, and for each entry without any."""
    rows: list[list[Value]] = []
    for entry in standing.events:
        if entry.event == Event.AGREED:
            continue
        before: list[Value] = [
            standing.measure.ref,
            in_language(standing.measure.title, lang),
            Dated(entry.on or entry.recorded[:10], entry.precision or "day"),
            entry.by
            or (label(entry.side) if entry.side in SIDES else _("both sides") if entry.side else recorder_of(entry)),
            Stands(label(entry.status), entry.status) if entry.status else "",
            _told(entry, lang),
        ]
        rows += [[*before, _cited(piece), Linked(piece["locator"])] for piece in entry.evidence or ()] or [
            [*before, "", ""]
        ]
    return rows


def _cited(evidence: Evidence) -> str:
    said = [evidence_label(evidence["kind"]), evidence["source"], evidence.get("title")]
    return _(", ").join(part for part in said if part)


class _Drawing:
    """A workbook that is drawn: its looks, each made once, and what stands at the top and foot of printed pages."""

    def __init__(self, book: Any, head: Sequence[str], foot: Sequence[str]) -> None:  # noqa: ANN401  XlsxWriter's objects have no types
        self._book = book
        self._head = _of_a_page("L", head)
        self._foot = f"{_of_a_page('L', foot)}&R&9&P / &N"
        self._looks: dict[tuple[tuple[str, Any], ...], Any] = {}

    def sheet(self, name: str, columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> None:
        """Write a sheet: its header stays in sight and is repeated on each printed page."""
        sheet = self._book.add_worksheet(name)
        header = self._look(bold=True, bg_color=f"#{HEADER}", font_color="#FFFFFF", valign="vcenter")
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.columns)
            write_cell(sheet, 0, place, _(column.heading), header)
        sheet.set_row(0, _points(2))
        for number, row in enumerate(rows, start=1):
            sheet.set_row(number, _height(row, columns))
            for place, value in enumerate(row):
                self._cell(sheet, number, place, value)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.3, right=0.3, top=0.65, bottom=0.6)  # inches
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_header(self._head, {"scale_with_doc": False})
        sheet.set_footer(self._foot, {"scale_with_doc": False})

    def _cell(self, sheet: Any, row: int, column: int, value: Value) -> None:  # noqa: ANN401  see above
        match value:
            case Dated() if value.on[:4] >= _FIRST_YEAR:
                sheet.write_datetime(
                    row, column, date.fromisoformat(value.on), self._look(num_format=_day(value), align="left")
                )
            case Dated():
                write_cell(sheet, row, column, in_words(*value), self._look())
            case Linked() if is_harmless(value.locator):
                blue = self._look(font_color="#1F4E9E", underline=1)
                sheet.write_url(row, column, value.locator, blue, value.text)
            case Linked():
                write_cell(sheet, row, column, inert(value.text), self._look())
            case Titled():
                self._titled(sheet, row, column, value)
            case Stands():
                write_cell(
                    sheet, row, column, inert(value.text), self._look(bg_color=f"#{TINTS.get(value.role, 'FFFFFF')}")
                )
            case Lines():
                write_cell(sheet, row, column, "\n".join(map(inert, value.texts)), self._look())
            case _:
                bold = {"bold": True} if column == 0 else {}
                write_cell(sheet, row, column, inert(value), self._look(**bold))

    def _titled(self, sheet: Any, row: int, column: int, value: Titled) -> None:  # noqa: ANN401  see above
        title, text = inert(value.title), inert(value.text)
        whole = f"{title}\n{text}"
        # Runs are escaped twice where a text has escapes of workbooks, and are refused where they are too long.
        if title and text and "_x" not in whole and cut_to_cell(whole) == whole:
            look = self._look()
            sheet.write_rich_string(row, column, self._made(bold=True), title, self._made(), f"\n{text}", look)
        else:
            write_cell(sheet, row, column, whole.strip("\n"), self._look())

    def _look(self, **more: object) -> Any:  # noqa: ANN401  see above
        cell = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF", "quote_prefix": True}
        return self._made(**{**cell, **more})

    def _made(self, **wanted: object) -> Any:  # noqa: ANN401  see above
        wanted = {"font_name": _TYPES[current()].font, "font_size": _SIZE, **wanted}
        key = tuple(sorted(wanted.items()))
        if key not in self._looks:
            self._looks[key] = self._book.add_format(wanted)
        return self._looks[key]


def _day(value: Dated) -> str:
    """Return the number format that shows a day as precisely as it is known: it sorts as a day all the same."""
    chinese = current() != "en"
    if value.precision == "day":
        return 'yyyy"年"m"月"d"日"' if chinese else "[$-809]d mmm yyyy"
    return f'"{in_words(*value)}"'


def _of_a_page(where: str, lines: Sequence[str]) -> str:
    """Return lines for the head or foot of a printed page; ``&`` begins a command there."""
    kept = (line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]}…" for line in map(inert, lines))
    said = "\n".join(line.replace("&", "+") for line in kept)
    # A digit after the size would be taken for its next one.
    return f"&{where}&9{' ' if said[:1].isdigit() else ''}{said}"


def _height(row: Sequence[Value], columns: Sequence[Column]) -> float:
    """Return a row's height in points: room for the longest of its texts."""
    room = _TYPES[current()].room
    return _points(max(_lines(value, column.columns * room) for value, column in zip(row, columns, strict=True)))


def _points(lines: int) -> float:
    return min(_TALLEST, lines * _TYPES[current()].line + 3)


def _lines(value: Value, room: float) -> int:
    """Return the lines that a value takes where terminal columns of text have room in each."""
    match value:
        case Dated():
            return 1
        case Titled():
            return _lines(value.title, room * _BOLD) + _lines(value.text, room)
        case Linked() | Stands():
            return _lines(value.text, room)
        case Lines():
            return sum(_lines(text, room) for text in value.texts)
    # A word that is longer than a line is broken anywhere.
    return sum(max(1, ceil(width(line) / room)) for line in wrapped(value, int(room)).split("\n"))
