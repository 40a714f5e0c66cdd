"""The command export: measures or the whole register, in files that others read."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from hkshcc.cli import console, options
from hkshcc.cli.output import EXPORTS, parse_format
from hkshcc.cli.session import Session
from hkshcc.errors import RefusedError, UsageError
from hkshcc.language import N_, _
from hkshcc.register.index import SHIPPED
from hkshcc.register.vocabulary import CONFERENCE
from hkshcc.reports.page import View

if TYPE_CHECKING:
    from hkshcc.reports.listing import Listing


@options.with_filters
def export(
    ctx: typer.Context,
    filters: options.Given,
    output: options.Output = None,
    fmt: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar=N_("FORMAT"),
            help=N_("csv, xlsx, json, md or ics (default: by the file's ending)."),
            rich_help_panel=options.OUTPUT,
        ),
    ] = None,
    site: Annotated[
        str | None,
        typer.Option(
            "--site",
            metavar=N_("FOLDER"),
            help=N_("Write a folder to publish: pages in three languages, feeds, and the data."),
            rich_help_panel=options.OUTPUT,
        ),
    ] = None,
    public: options.Public = False,
    raw: Annotated[
        bool,
        typer.Option(
            "--raw",
            help=N_("xlsx: fields and codes for analysis, as in csv, with every event; as with --fields."),
            rich_help_panel=options.OUTPUT,
        ),
    ] = False,
    sort: options.Sort = "ref",
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fields: options.Fields = None,
    sign: options.SignFile = None,
) -> None:
    """Write measures, or the whole register, to a file."""
    from hkshcc.cli.filters import filtered_listing  # noqa: PLC0415  only this command lists here

    session: Session = ctx.obj
    if site is not None:
        _refuse_to_sign_a_folder(sign)
        view = session.read(as_of, known_on, public=public)
        if output or fmt or fields or sort != "ref" or filtered_listing(view, filters).filtered:
            raise UsageError(
                _("--site is always the whole register, in files of their own names"),
                hint=_("leave out filters, --sort, --fields, --format and -o"),
            )
        from hkshcc.cli.site import publish  # noqa: PLC0415  most exports write no pages

        publish(view, site)
        session.say_what_is_internal(site)
        return
    form = parse_format(EXPORTS, fmt, output)
    view = session.read(as_of, known_on, public=public)
    answer = filtered_listing(view, filters, sort)
    if raw and form != "xlsx":
        raise UsageError(
            _("--raw is for Excel, and {format} has one form", format=form), hint=_("leave --raw out, or use xlsx")
        )
    if form in {"csv", "md"}:
        session.show(answer, form, fields, output, sign=sign)
    elif form == "xlsx":
        _refuse_a_form(output)
        session.save(output or "-", _workbook(view, answer, session.lang, fields, raw=raw), sign=sign)
        session.say_what_is_internal(output or "-")
    elif fields:
        raise UsageError(
            _("--fields chooses columns, and {format} has none", format=form), hint=_("use csv, xlsx or md")
        )
    elif form == "ics":
        from hkshcc.exchange.calendar import calendar  # noqa: PLC0415  each format brings its own imports

        session.save(output or "-", calendar(view, answer.standings, session.lang), sign=sign)
        session.say_what_is_internal(output or "-")
    else:
        if answer.filtered or as_of or known_on:
            raise UsageError(_("json is always the whole register"), hint=_("to filter, use csv, xlsx, md or ics"))
        from hkshcc.exchange.copies import dump  # noqa: PLC0415

        session.save(output or "-", dump(view.register), sign=sign)
        if view.register.origin is None and any(entry.command != SHIPPED for entry in view.register.stored):
            console.message(
                _(
                    "another register can receive this copy only once this one has a name:"
                    " `hkshcc init --origin NAME`, then export it again"
                )
            )


def _refuse_to_sign_a_folder(sign: str | None) -> None:
    """Raise UsageError for a key to sign with: each file of the folder would want its own signature."""
    if sign is not None:
        raise UsageError(
            _("--sign signs a file, and --site writes a folder"),
            hint=_("leave --sign out, or sign a copy: `hkshcc export -o FILE --sign KEY`"),
        )


def _refuse_a_form(output: str | None) -> None:
    """Raise RefusedError for a file to write that is a return form: it may hold a bureau's answers."""
    if output in {None, "-"} or not os.path.isfile(str(output)):
        return
    from hkshcc.exchange.forms.read_form import is_form  # noqa: PLC0415  only what would be overwritten is read
    from hkshcc.exchange.forms.xlsx_read import LARGEST  # noqa: PLC0415

    with open(str(output), "rb") as file:
        data = file.read(LARGEST + 1)
    if is_form(data):
        raise RefusedError(
            _("{path} exists already and may hold a bureau's answers", path=output),
            hint=_("move it, or name another file with -o"),
        )


def _workbook(view: View, answer: "Listing", lang: str, fields: str | None, *, raw: bool) -> bytes:
    """Return the measures shown and what was recorded of them, for an officer; as fields where these are wanted."""
    if raw or fields:
        return _raw_workbook(view, answer, fields, lang)
    from hkshcc.exchange.officers_sheet import officers_sheet  # noqa: PLC0415  as below

    return officers_sheet(view, answer, lang)


def _raw_workbook(view: View, answer: "Listing", fields: str | None, lang: str) -> bytes:
    """Return the measures shown and the events on them; where nothing was filtered, every event."""
    from hkshcc.exchange.xlsx_export import Rows, workbook  # noqa: PLC0415  each format brings its own imports
    from hkshcc.render.tabular import flat_rows  # noqa: PLC0415
    from hkshcc.reports.history import History, history  # noqa: PLC0415

    events = history(view, None)
    if answer.filtered:
        refs = {standing.measure.ref for standing in answer.standings}
        events = History(answer.context, None, [record for record in events.events if record.entry.ref in refs])
    chosen = [field.strip() for field in (fields or "").split(",") if field.strip()]
    sheets = [
        Rows(_("Measures"), *flat_rows(answer, chosen, lang)),
        Rows(_("Events"), *flat_rows(events, (), lang)),
    ]
    title = _("; ").join([CONFERENCE[lang], answer.counted(), *answer.context.lines()])
    return workbook(answer.context.as_of, title, sheets)
