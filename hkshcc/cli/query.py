"""Commands that read: list, show, report, history, areas, instruments; and the glance, without a command."""

from typing import TYPE_CHECKING, Annotated

import typer

from hkshcc.cli import completion, options
from hkshcc.cli.session import Session, split_refs
from hkshcc.errors import UsageError
from hkshcc.language import N_
from hkshcc.register import lookup
from hkshcc.register.vocabulary import STALE_AFTER_DAYS, STALLED_AFTER_DAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hkshcc.register.model import Measure
    from hkshcc.reports.listing import Listing
    from hkshcc.reports.page import View
    from hkshcc.reports.sheet import Quoted


@options.with_filters
def list_measures(
    ctx: typer.Context,
    filters: options.Given,
    sort: options.Sort = "ref",
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """List measures, a line each."""
    session: Session = ctx.obj
    session.show(filtered_listing(session.read(as_of, known_on), filters, sort), fmt, fields, output)


def filtered_listing(view: "View", given: options.Given, sort: str = "ref") -> "Listing":
    """List the measures that pass the filters given, in an order of `SORTS`. Raises HkshccError for a wrong value."""
    from hkshcc.reports.listing import SORTS, Filters, listing  # noqa: PLC0415  each command brings its own report

    instrument = given["instrument"]
    signed = lookup.find_instrument(view.register, instrument) if instrument else None
    filters = Filters(
        refs=signed.related if signed else (),
        instrument=signed.ref if signed else "",
        areas=[lookup.find_area(view.register, typed).slug for typed in given["area"] or ()],
        statuses=[lookup.read_status(typed) for typed in given["status"] or ()],
        owners=[lookup.find_body(view.register, typed).code for typed in given["owner"] or ()],
        kinds=[lookup.read_kind(typed) for typed in given["kind"] or ()],
        plenaries=[lookup.find_plenary(view.register, number).number for number in given["plenary"] or ()],
        stalled_after=given["stalled_after"] if given["stalled"] else None,
        **{name: given[name] for name in ("overdue", "silent", "sides_differ", "no_evidence", "search")},
    )
    return listing(view, filters, lookup.one_of(SORTS, N_("order (--sort)"), sort), given["stale_after"])


def show(
    ctx: typer.Context,
    refs: options.Refs,
    source: Annotated[
        str | None, typer.Option(metavar="FILE", help="Your copy of the release: show the paragraph, if it is there.")
    ] = None,
    stale_after: options.Stale = STALE_AFTER_DAYS,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """Show all that is known of a measure, or of a document signed, on one sheet."""
    session: Session = ctx.obj
    view = session.read(as_of, known_on)
    named = split_refs(refs)
    if signed := [ref for ref in named if lookup.means_an_instrument(view.register, ref)]:
        if signed != named or source:
            raise UsageError(f"{signed[0]} is a document signed and no measure; show it by itself, without --source")
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


@options.with_filters
def report(
    ctx: typer.Context,
    filters: options.Given,
    group: Annotated[str, typer.Option(metavar="BY", help="Bars by area, owner, side, status or kind.")] = "area",
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """Report how far all measures have come, and what needs attention."""
    from hkshcc.reports.progress import GROUPS, progress  # noqa: PLC0415  each command brings its own report

    session: Session = ctx.obj
    view = session.read(as_of, known_on)
    chosen = filtered_listing(view, filters)
    answer = progress(view, chosen, lookup.one_of(GROUPS, N_("group (--group)"), group), filters["stalled_after"])
    session.show(answer, fmt, fields, output)


def history(
    ctx: typer.Context,
    ref: Annotated[
        str | None,
        typer.Argument(metavar="[REF]", help="A measure; else the whole register.", autocompletion=completion.refs),
    ] = None,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """Tell what was recorded, newest last, what was withdrawn included."""
    from hkshcc.reports.history import history as told  # noqa: PLC0415

    session: Session = ctx.obj
    view = session.read(as_of, known_on)
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
    """List the areas of co-operation, with how many measures each has."""
    from hkshcc.reports.areas_bodies import areas as counted  # noqa: PLC0415

    session: Session = ctx.obj
    session.show(counted(session.read(as_of, known_on)), fmt, fields, output)


def instruments(
    ctx: typer.Context,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """List the documents signed, and how the measures stand that they bear on."""
    from hkshcc.reports.meetings import instruments as signed  # noqa: PLC0415

    session: Session = ctx.obj
    session.show(signed(session.read(as_of, known_on)), fmt, fields, output)


def overview(session: Session) -> None:
    """Show the state of the register in five lines, and what to type next."""
    from hkshcc.reports.listing import Filters, listing  # noqa: PLC0415
    from hkshcc.reports.overview import overview as seen  # noqa: PLC0415
    from hkshcc.reports.progress import progress  # noqa: PLC0415

    view = session.read()
    chosen = listing(view, Filters(), "ref", STALE_AFTER_DAYS)
    session.show(seen(view, progress(view, chosen, "area", STALLED_AFTER_DAYS)))
