"""Commands that show the measures over time: timeline, and the pictures for a paper or a page."""

from typing import Annotated

import typer

from hkshcc.cli import options
from hkshcc.cli.filters import filtered_listing
from hkshcc.cli.session import Session
from hkshcc.language import N_
from hkshcc.register import lookup

PICTURES = ("steps", "lanes", "matrix")


@options.with_filters
def timeline(
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
    """Show each measure over time."""
    from hkshcc.reports.timeline import timeline as drawn  # noqa: PLC0415  each command brings its own report

    session: Session = ctx.obj
    view = session.read(as_of, known_on, public=public)
    session.show(drawn(view, filtered_listing(view, filters, sort)), fmt, fields, output)


@options.with_filters
def picture(
    ctx: typer.Context,
    which: Annotated[
        str,
        typer.Argument(
            metavar=N_("PICTURE"),
            help=N_("steps: how many stood where over time; lanes: each over time; matrix: area by status."),
            autocompletion=lambda: list(PICTURES),
        ),
    ],
    filters: options.Given,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    public: options.Public = False,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """Draw a picture of the measures."""
    session: Session = ctx.obj
    named = lookup.one_of(PICTURES, N_("pictures"), which)
    view = session.read(as_of, known_on, public=public)
    chosen = filtered_listing(view, filters)
    if named == "lanes":
        from hkshcc.reports.timeline import timeline as drawn  # noqa: PLC0415  each picture brings its own report

        session.show(drawn(view, chosen), fmt, fields, output)
    elif named == "steps":
        from hkshcc.reports.over_time import steps  # noqa: PLC0415

        session.show(steps(view, chosen, "quarter"), fmt, fields, output)
    else:
        from hkshcc.reports.cross_table import cross_table  # noqa: PLC0415
        from hkshcc.reports.progress import progress  # noqa: PLC0415

        counted = progress(view, chosen, "area", filters["stalled_after"])
        session.show(cross_table(view, counted, "status"), fmt, fields, output)
