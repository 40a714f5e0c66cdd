"""Commands that read: list, show, history, areas, instruments; and the overview, without a command."""

from typing import TYPE_CHECKING, Annotated

import typer

from hkshcc.cli import options
from hkshcc.cli.session import Session, split_refs
from hkshcc.errors import UsageError
from hkshcc.language import N_, _
from hkshcc.register import lookup
from hkshcc.register.vocabulary import STALE_AFTER_DAYS, STALLED_AFTER_DAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hkshcc.register.model import Measure
    from hkshcc.reports.page import View
    from hkshcc.reports.quotation import Quoted


@options.with_filters
def list_measures(
    ctx: typer.Context,
    filters: options.Given,
    sort: options.Sort = "ref",
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    public: options.Public = False,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """List the measures that pass the filters."""
    from hkshcc.cli.filters import filtered_listing  # noqa: PLC0415  only this command lists here

    session: Session = ctx.obj
    session.show(filtered_listing(session.read(as_of, known_on, public=public), filters, sort), fmt, fields, output)


def show(
    ctx: typer.Context,
    refs: options.Refs,
    source: Annotated[
        str | None,
        typer.Option(
            metavar=N_("FILE"),
            help=N_("Your copy of the release: quote the measure's paragraph from it."),
            rich_help_panel=options.OUTPUT,
        ),
    ] = None,
    stale_after: options.Stale = STALE_AFTER_DAYS,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    public: options.Public = False,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """Show a sheet for each measure, or for each document signed."""
    session: Session = ctx.obj
    view = session.read(as_of, known_on, public=public)
    named = split_refs(refs)
    if signed := [ref for ref in named if lookup.means_an_instrument(view.register, ref)]:
        if signed != named or source:
            raise UsageError(
                _("{ref} is a document, not a measure", ref=signed[0]), hint=_("show documents alone, without --source")
            )
        from hkshcc.reports.instrument_detail import instrument_details  # noqa: PLC0415  each command brings its own report

        instruments = [lookup.find_instrument(view.register, ref) for ref in signed]
        session.show(instrument_details(view, instruments), fmt, fields, output)
        return
    from hkshcc.reports.sheet import sheet  # noqa: PLC0415

    measures = [lookup.find_measure(view.register, ref, view.as_of) for ref in named]
    standings = [view.register.standing(measure, view.as_of, stale_after) for measure in measures]
    answer = sheet(view, standings, _quoted(session, source, measures, view) if source else {})
    session.show(answer, fmt, fields, output)


def _quoted(session: Session, source: str, measures: "Sequence[Measure]", view: "View") -> "dict[str, Quoted]":
    """Look the measures' paragraphs up in a person's own copy of the release."""
    from hkshcc.cli.files import display_name  # noqa: PLC0415  only --source reads a release
    from hkshcc.exchange.releases.page_text import MOST_BYTES, page_of  # noqa: PLC0415
    from hkshcc.exchange.releases.quoting import quoted  # noqa: PLC0415

    page = page_of(session.input(source, MOST_BYTES), display_name(source))
    return quoted(page, display_name(source), measures, view.register.measures(view.as_of))


def history(
    ctx: typer.Context,
    ref: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("[REF]"),
            help=N_("A measure (default: the whole register)."),
            autocompletion=options.offering("refs"),
        ),
    ] = None,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    public: options.Public = False,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """Show the entries on a measure, or all."""
    from hkshcc.reports.history import history as told  # noqa: PLC0415

    session: Session = ctx.obj
    view = session.read(as_of, known_on, public=public)
    measure = lookup.find_measure_ever(view.register, ref, view.as_of) if ref is not None else None
    session.show(told(view, measure), fmt, fields, output)


def areas(
    ctx: typer.Context,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """List the areas."""
    from hkshcc.reports.areas_bodies import areas as counted  # noqa: PLC0415

    session: Session = ctx.obj
    session.show(counted(session.read(as_of, known_on)), fmt, fields, output)


def instruments(
    ctx: typer.Context,
    by: Annotated[
        str | None,
        typer.Option(metavar=N_("FIELD"), help=N_("Count them by year or plenary."), rich_help_panel=options.OUTPUT),
    ] = None,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """List the documents signed, or count them by year or plenary."""
    session: Session = ctx.obj
    view = session.read(as_of, known_on)
    if by is not None:
        from hkshcc.reports.documents_by import KEYS, documents_by  # noqa: PLC0415  only --by counts

        session.show(documents_by(view, lookup.one_of(KEYS, N_("columns (--by)"), by)), fmt, fields, output)
        return
    from hkshcc.reports.instruments import instruments as signed  # noqa: PLC0415  each command brings its own report

    session.show(signed(view), fmt, fields, output)


def overview(session: Session) -> None:
    """Show the state of the register in five lines, and what to type next."""
    from hkshcc.reports.filters import Filters  # noqa: PLC0415
    from hkshcc.reports.listing import listing  # noqa: PLC0415
    from hkshcc.reports.overview import overview as seen  # noqa: PLC0415
    from hkshcc.reports.progress import progress  # noqa: PLC0415

    view = session.read(says_which=True)
    chosen = listing(view, Filters(), "ref", STALE_AFTER_DAYS)
    session.show(seen(view, progress(view, chosen, "area", STALLED_AFTER_DAYS)))
