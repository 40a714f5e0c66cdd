"""Return forms: a workbook for one body, with a row for each measure that it answers for."""

import io
from collections.abc import Sequence
from typing import Any, NamedTuple

from hkshcc.errors import RefusedError
from hkshcc.exchange.forms import layout
from hkshcc.exchange.xlsx_write import cut_to_cell, new_workbook, write_cell
from hkshcc.language import _, using
from hkshcc.register.chain import readable
from hkshcc.register.dates import in_words
from hkshcc.register.index import Register
from hkshcc.register.model import Body, Round
from hkshcc.register.vocabulary import in_language, label
from hkshcc.text import inert, width

_WIDTHS = (10, 36, 16, 13, 30, 26, 19, 13, 38, 30, 28, 13, 24)  # characters, as COLUMNS
_GREY = "#EDEDED"
_LINE, _FEWEST_LINES, _TALLEST = 14.5, 4, 400.0  # points; Excel allows 409


class Order(NamedTuple):
    """Which form is wanted: for whom, drawn on which day (ISO), in which language, for which round."""

    body: Body
    day: str
    lang: str = "en"
    round: Round | None = None


class _Shapes(NamedTuple):
    """How cells look."""

    title: Any
    strong: Any
    plain: Any
    header: Any
    locked: Any
    ref: Any
    free: Any


def form(register: Register, order: Order) -> bytes:
    """Return the form as an XLSX file, in the order's language.

    Raises RefusedError for a body that answers for nothing.
    """
    with using(order.lang):
        return _form(register, order)


def _form(register: Register, order: Order) -> bytes:
    rows = layout.lines(register, order.body, order.day, order.lang)
    if not rows:
        raise RefusedError(
            _("{body} is not responsible for any measure, so there is nothing to ask it", body=order.body.code)
        )
    out = io.BytesIO()
    with new_workbook(out, order.day, _("{title}, {body}", title=_(layout.TITLE), body=order.body.code)) as workbook:
        shapes = _shapes(workbook)
        _cover(workbook.add_worksheet(_(layout.COVER)), register, order, shapes)
        _table(workbook.add_worksheet(_(layout.FORM)), rows, shapes)
        record = layout.record(register, rows, order.day, order.lang)
        _about(workbook.add_worksheet(layout.ABOUT), register, order, rows, record)
        _record(workbook.add_worksheet(_(layout.RECORD)), record, shapes)
    return out.getvalue()


def _shapes(workbook: Any) -> _Shapes:  # noqa: ANN401  XlsxWriter's objects have no types
    # Text format in every cell that is filled in: Excel keeps what was typed and makes no formula or date of it.
    cell = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF", "num_format": "@"}
    grey = {**cell, "bg_color": _GREY, "quote_prefix": True}
    return _Shapes(
        title=workbook.add_format({"bold": True, "font_size": 14}),
        strong=workbook.add_format({"bold": True, "valign": "top"}),
        plain=workbook.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True}),
        header=workbook.add_format({**cell, "bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF"}),
        locked=workbook.add_format(grey),
        ref=workbook.add_format({**grey, "bold": True}),
        free=workbook.add_format({**cell, "locked": False}),
    )


def _cover(sheet: Any, register: Register, order: Order, shapes: _Shapes) -> None:  # noqa: ANN401
    """Write the sheet that says whom the form asks, how to fill it in, and what each status means, on one screen."""
    body = order.body
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 92)
    sheet.hide_gridlines(2)
    write_cell(sheet, 0, 0, _(layout.TITLE), shapes.title)
    name = in_language(body.name, order.lang)
    about = [(layout.ASKED, _("{name} ({code}), {side}", name=name, code=body.code, side=label(body.side)))]
    if order.round:
        day = in_words(order.round.due)
        about.append((layout.ROUND, _("{round}; please return by {day}", round=order.round.name, day=day)))
    source = _(
        "{day}, based on entries 1-{last}; fingerprint {fingerprint}",
        day=in_words(order.day),
        last=register.last,
        fingerprint=readable(register.fingerprint),
    )
    about.append((layout.DRAWN, source))
    row = 2
    for heading, text in about:
        write_cell(sheet, row, 0, _(heading), shapes.strong)
        write_cell(sheet, row, 1, inert(text), shapes.plain)
        row += 1
    for row, advice in enumerate(layout.ADVICE, start=row + 1):  # noqa: B020  goes on below
        write_cell(sheet, row, 0, _(advice))
    row += 2
    write_cell(sheet, row, 0, _(layout.STATUS), shapes.header)
    write_cell(sheet, row, 1, _(layout.MEANING), shapes.header)
    for row, status in enumerate(layout.TYPED, start=row + 1):  # noqa: B020  as above
        write_cell(sheet, row, 0, label(status), shapes.strong)
        write_cell(sheet, row, 1, _(layout.MEANINGS[status]), shapes.plain)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.protect("")


def _table(sheet: Any, rows: list[layout.FormRow], shapes: _Shapes) -> None:  # noqa: ANN401
    """Write the sheet to fill in."""
    for column, (heading, columns) in enumerate(zip(layout.headings(), _WIDTHS, strict=True)):
        sheet.set_column(column, column, columns)
        write_cell(sheet, 0, column, heading, shapes.header)
    first_free = len(layout.LOCKED)
    for row, line in enumerate(rows, start=1):
        sheet.set_row(row, _height(line.locked))
        for column, text in enumerate(line.locked):
            write_cell(sheet, row, column, text, shapes.ref if column == 0 else shapes.locked)
        for column in range(first_free, len(layout.COLUMNS)):
            write_cell(sheet, row, column, None, shapes.free)
        _ask(sheet, row, line)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&R&P / &N")
    # Without a password: the lock keeps hands from slipping, merge finds out what was changed all the same.
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.activate()
    sheet.set_selection(1, first_free, 1, first_free)


def _height(texts: Sequence[str], widths: Sequence[int] = _WIDTHS, fewest: int = _FEWEST_LINES) -> float:
    """Return a row's height in points: room for the longest of its texts and for a few lines of an answer."""
    needed = [
        sum(1 + int(width(part) * 1.15) // columns for part in text.split("\n"))
        for text, columns in zip(texts, widths, strict=False)
    ]
    return min(_TALLEST, _LINE * max(fewest, *needed))


def _ask(sheet: Any, row: int, line: layout.FormRow) -> None:  # noqa: ANN401
    """Offer the statuses that the measure's kind allows; say beside the cell what is wanted in it."""
    titles = layout.headings()
    status, on, evidence, by = (layout.COLUMNS.index(name) for name in ("status", "on", "evidence", "next_by"))
    labels = [label(allowed) for allowed in layout.allowed_statuses(line.standing.measure.kind)]
    choose = _("Choose a status from the list, or leave the cell empty.")
    rule = {"validate": "list", "source": labels, "error_title": titles[status], "error_message": choose}
    sheet.data_validation(row, status, row, status, rule)
    day = _("The day it happened, as 2026-10-15, 15 Oct 2026 or Oct 2026. Empty: the day the form is received.")
    until = _("The day by which the next step will be taken, as 2027-05-31 or May 2027. It may be left empty.")
    for column, said in ((on, day), (evidence, _("A link or a document's reference, one on each line.")), (by, until)):
        hint = {"validate": "any", "input_title": titles[column], "input_message": said}
        sheet.data_validation(row, column, row, column, hint)


def _record(sheet: Any, record: list[list[str]], shapes: _Shapes) -> None:  # noqa: ANN401
    """Write the sheet that shows what is recorded of each measure; nothing is filled in there."""
    widths = (10, 16, 18, 110)
    for column, (heading, columns) in enumerate(zip(layout.RECORD_HEADINGS, widths, strict=True)):
        sheet.set_column(column, column, columns)
        write_cell(sheet, 0, column, _(heading), shapes.header)
    for row, texts in enumerate(record, start=1):
        for column, text in enumerate(texts):
            write_cell(sheet, row, column, text, shapes.ref if column == 0 else shapes.locked)
        sheet.set_row(row, _height(texts, widths, fewest=1))
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _about(
    sheet: Any,  # noqa: ANN401
    register: Register,
    order: Order,
    rows: list[layout.FormRow],
    record: list[list[str]],
) -> None:
    """Write the hidden sheet: what the form is, and its locked cells once more, to tell when one was edited."""
    told = {
        "schema": layout.SCHEMA,
        "owner": order.body.code,
        "side": order.body.side,
        "round": order.round.name if order.round else "",
        "lang": order.lang,
        "day": order.day,
        "entries": str(register.last),
        "fingerprint": register.fingerprint,
        "record": " ".join(layout.mark([cut_to_cell(text) for text in texts]) for texts in record),
    }
    for row, (name, text) in enumerate(told.items()):
        write_cell(sheet, row, 0, name)
        write_cell(sheet, row, 1, cut_to_cell(inert(text)))
    for row, line in enumerate(rows, start=len(told)):
        for column, text in enumerate(line.locked):
            write_cell(sheet, row, column, text)
    sheet.very_hidden()
