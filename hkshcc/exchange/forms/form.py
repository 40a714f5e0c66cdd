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
from hkshcc.register.edition import public_edition
from hkshcc.register.index import Register
from hkshcc.register.model import Body, Round
from hkshcc.register.vocabulary import in_language, label
from hkshcc.text import inert, width

# Characters, as COLUMNS: with the margins below, as wide as a page of A4 in landscape, so that nothing is made smaller.
_WIDTHS = (9, 32, 22, 12, 10, 18, 11, 12, 8.5, 8.5)
_GREY = "#EDEDED"
_MARGINS = {"left": 0.25, "right": 0.25, "top": 0.4, "bottom": 0.6}  # inches
_SIZE = 9  # points, of what is printed in the table
# Points: of a line, and at most, as Excel allows 409; what is left free has room for some lines by hand.
_LINE, _FEWEST_LINES, _TALLEST = 12.0, 7, 400.0
_A_LIKE_RUN = "_x"  # what may begin an escape of the format, which is not told apart in a text of several looks


class Order(NamedTuple):
    """Which form is wanted: for whom, drawn on which day (ISO), in which language, for which round.

    ``return_to`` says to whom and where it is returned; without it, to whoever sent it.
    """

    body: Body
    day: str
    lang: str = "en"
    round: Round | None = None
    return_to: str = ""


class _Shapes(NamedTuple):
    """How cells look."""

    title: Any
    strong: Any
    plain: Any
    header: Any
    locked: Any
    ref: Any
    free: Any
    example: Any
    small: Any
    bold: Any  # these two, of a part of a cell
    normal: Any


def form(register: Register, order: Order) -> bytes:
    """Return the form as an XLSX file, in the order's language: from the register's public edition.

    Raises RefusedError for a body that answers for nothing.
    """
    with using(order.lang):
        return _form(register, order)


def _form(register: Register, order: Order) -> bytes:
    shown, _left_out = public_edition(register)  # who fills it in sees no more than the public does
    rows = layout.lines(shown, order.body, order.day, order.lang)
    if not rows:
        raise RefusedError(
            _("{body} is not responsible for any measure, so there is nothing to ask it", body=order.body.code)
        )
    out = io.BytesIO()
    with new_workbook(out, order.day, _("{title}, {body}", title=_(layout.TITLE), body=order.body.code)) as workbook:
        shapes = _shapes(workbook)
        _cover(workbook.add_worksheet(_(layout.COVER)), register, order, rows, shapes)
        _table(workbook.add_worksheet(_(layout.FORM)), order, rows, shapes)
        record = layout.record(shown, rows, order.day, order.lang)
        _about(workbook.add_worksheet(layout.ABOUT), register, order, rows, record)
        _record(workbook.add_worksheet(_(layout.RECORD)), order, record, shapes)
    return out.getvalue()


def _shapes(workbook: Any) -> _Shapes:  # noqa: ANN401  XlsxWriter's objects have no types
    # Text format in every cell that is filled in: Excel keeps what was typed and makes no formula or date of it.
    cell = {
        "text_wrap": True, "valign": "top", "border": 1, "border_color": "#8C8C8C", "num_format": "@",
        "font_size": _SIZE,
    }  # fmt: skip
    grey = {**cell, "bg_color": _GREY, "quote_prefix": True}
    return _Shapes(
        title=workbook.add_format({"bold": True, "font_size": 14}),
        strong=workbook.add_format({"bold": True, "valign": "top"}),
        plain=workbook.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True}),
        header=workbook.add_format({**cell, "bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF"}),
        locked=workbook.add_format(grey),
        ref=workbook.add_format({**grey, "bold": True}),
        free=workbook.add_format({**cell, "locked": False, "font_size": 10}),
        example=workbook.add_format({**cell, "italic": True, "font_color": "#595959", "bg_color": "#F7F7F7"}),
        small=workbook.add_format({"font_size": 8.5, "font_color": "#595959", "valign": "top", "quote_prefix": True}),
        bold=workbook.add_format({"bold": True, "font_size": _SIZE}),
        normal=workbook.add_format({"font_size": _SIZE}),
    )


_COVER = (26, 13, 12, 24, 16, 14, 9, 16)  # characters, as EXAMPLES


def _cover(
    sheet: Any,  # noqa: ANN401
    register: Register,
    order: Order,
    rows: list[layout.FormRow],
    shapes: _Shapes,
) -> None:
    """Write the sheet that says whom the form asks, how to fill it in and where to return it, on one page."""
    for column, columns in enumerate(_COVER):
        sheet.set_column(column, column, columns)
    sheet.set_default_row(17)
    sheet.hide_gridlines(2)
    write_cell(sheet, 0, 0, _(layout.TITLE), shapes.title)
    row = 2
    for heading, text in _about_it(register, order, rows):
        write_cell(sheet, row, 0, _(heading), shapes.strong)
        _across(sheet, row, text, shapes.plain)
        row += 1
    for row, advice in enumerate(layout.ADVICE, start=row + 1):  # noqa: B020  goes on below
        write_cell(sheet, row, 0, _(advice))
    row += 2
    write_cell(sheet, row, 0, _(layout.STATUS), shapes.header)
    _across(sheet, row, _(layout.MEANING), shapes.header)
    for row, status in enumerate(layout.TYPED, start=row + 1):  # noqa: B020  as above
        write_cell(sheet, row, 0, label(status), shapes.strong)
        _across(sheet, row, _(layout.MEANINGS[status]), shapes.plain)
    row += 2
    write_cell(sheet, row, 0, _(layout.EXAMPLE), shapes.strong)
    for column, (key, text) in enumerate(layout.EXAMPLES.items()):
        write_cell(sheet, row + 1, column, _(layout.HEADINGS[key]), shapes.header)
        write_cell(sheet, row + 2, column, _(text), shapes.example)
    sheet.set_row(row + 2, _height([_(text) for text in layout.EXAMPLES.values()], _COVER, fewest=1))
    write_cell(sheet, row + 4, 0, _(layout.DRAWN), shapes.small)
    write_cell(sheet, row + 4, 1, _drawn(register, order), shapes.small)
    _on_paper(sheet, order)
    sheet.fit_to_pages(1, 1)
    sheet.protect("")


def _about_it(register: Register, order: Order, rows: list[layout.FormRow]) -> list[tuple[str, str]]:
    """Return whom a form asks, by when, where it goes, and where the wording of its measures can be read."""
    body = order.body
    name = in_language(body.name, order.lang)
    asked = _("{name} ({code}), {side}", name=name, code=body.code, side=label(body.side))
    about = [(layout.ASKED, inert(asked))]
    if order.round:
        day = in_words(order.round.due)
        about.append((layout.ROUND, inert(_("{round}; please return by {day}", round=order.round.name, day=day))))
    about.append((layout.RETURN_TO, inert(order.return_to) or _(layout.REPLY)))
    if releases := layout.releases(register, rows):
        about.append((layout.WORDING, releases))
    return about


def _drawn(register: Register, order: Order) -> str:
    return _(
        "{day}, based on entries 1-{last}; fingerprint {fingerprint}",
        day=in_words(order.day),
        last=register.last,
        fingerprint=readable(register.fingerprint),
    )


def _across(sheet: Any, row: int, text: str, shape: Any) -> None:  # noqa: ANN401
    """Write a text that may take all columns of the cover but the first."""
    last = len(_COVER) - 1
    sheet.merge_range(row, 1, row, last, "", shape)
    write_cell(sheet, row, 1, text, shape)
    room = int(sum(_COVER[1:]) * 1.1)
    lines = sum(1 + width(part) // room for part in text.split("\n"))
    if lines > 1:
        sheet.set_row(row, min(_TALLEST, 16.0 * lines))


def _on_paper(sheet: Any, order: Order) -> None:  # noqa: ANN401
    """Let a sheet be printed on A4 in landscape, with whose form it is and where it goes below each page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(**_MARGINS)
    below = [order.body.code]
    if order.round:
        below.append(_("please return by {day}", day=in_words(order.round.due)))
    if order.return_to:
        below.append(_("{what}: {text}", what=_(layout.RETURN_TO), text=order.return_to))
    said = inert(_("; ").join(below))[:_LONGEST_FOOTER].replace("&", "&&")
    sheet.set_footer(f"&L&9{said}&R&9&P / &N", {"scale_with_doc": False})


_LONGEST_FOOTER = 100  # characters: Excel allows 255 in all, and an ampersand takes two


def _table(sheet: Any, order: Order, rows: list[layout.FormRow], shapes: _Shapes) -> None:  # noqa: ANN401
    """Write the sheet to fill in."""
    for column, (heading, columns) in enumerate(zip(layout.headings(), _WIDTHS, strict=True)):
        sheet.set_column(column, column, columns)
        write_cell(sheet, 0, column, heading, shapes.header)
    sheet.set_row(0, _height(layout.headings(), fewest=1))
    first_free = len(layout.LOCKED)
    for row, line in enumerate(rows, start=1):
        sheet.set_row(row, _height(line.locked))
        for column, text in enumerate(line.locked):
            write_cell(sheet, row, column, text, shapes.ref if column == 0 else shapes.locked)
        _write_agreed(sheet, row, line.locked[1], layout.title_of(line, order.lang), shapes)
        for column in range(first_free, len(layout.COLUMNS)):
            write_cell(sheet, row, column, None, shapes.free)
        _ask(sheet, row, line)
    sheet.freeze_panes(1, 2)
    _on_paper(sheet, order)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    # Without a password: the lock keeps hands from slipping, merge finds out what was changed all the same.
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.activate()
    sheet.set_selection(1, first_free, 1, first_free)


def _write_agreed(sheet: Any, row: int, text: str, title: str, shapes: _Shapes) -> None:  # noqa: ANN401
    """Set the title in bold, where a cell can hold both looks."""
    rest = text.removeprefix(title)
    if title and rest and _A_LIKE_RUN not in text and cut_to_cell(text) == text:
        sheet.write_rich_string(row, 1, shapes.bold, title, shapes.normal, rest, shapes.locked)


def _height(texts: Sequence[str], widths: Sequence[float] = _WIDTHS, fewest: int = _FEWEST_LINES) -> float:
    """Return a row's height in points: room for the longest of its texts and for a few lines of an answer."""
    needed = [
        sum(1 + int(width(part) * 1.06 * _SIZE / 11 / columns) for part in text.split("\n"))
        for text, columns in zip(texts, widths, strict=False)
    ]
    return min(_TALLEST, _LINE * (max(fewest, *needed) + 0.4))


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


def _record(sheet: Any, order: Order, record: list[list[str]], shapes: _Shapes) -> None:  # noqa: ANN401
    """Write the sheet that shows what is recorded of each measure; nothing is filled in there."""
    widths = (9.5, 15, 16, 104)
    for column, (heading, columns) in enumerate(zip(layout.RECORD_HEADINGS, widths, strict=True)):
        sheet.set_column(column, column, columns)
        write_cell(sheet, 0, column, _(heading), shapes.header)
    for row, texts in enumerate(record, start=1):
        for column, text in enumerate(texts):
            write_cell(sheet, row, column, text, shapes.ref if column == 0 else shapes.locked)
        sheet.set_row(row, _height(texts, widths, fewest=1))
    sheet.freeze_panes(1, 1)
    _on_paper(sheet, order)
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
