"""The progress report: by group, as a table, beside an earlier day, over time, or as the paper for a meeting."""

from typing import TYPE_CHECKING, Annotated

import typer

from hkshcc.cli import options
from hkshcc.cli.filters import filtered_listing
from hkshcc.cli.session import Session
from hkshcc.errors import UsageError
from hkshcc.language import N_, _
from hkshcc.register import lookup

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hkshcc.reports.listing import Listing
    from hkshcc.reports.over_time import Steps
    from hkshcc.reports.page import View
    from hkshcc.reports.progress import Progress


@options.with_filters
def report(
    ctx: typer.Context,
    filters: options.Given,
    group: Annotated[
        str,
        typer.Option(
            metavar=N_("FIELD"),
            help=N_("One bar for each area, owner, side, status, kind, year or plenary."),
            rich_help_panel=options.OUTPUT,
        ),
    ] = "area",
    by: Annotated[
        str | None,
        typer.Option(
            metavar=N_("FIELD"),
            help=N_("A table with a column for each of these: side, status, owner, kind, year, plenary or area."),
            rich_help_panel=options.OUTPUT,
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar=N_("WHEN"),
            help=N_("Compare with a past day: a date, 5th-plenary, last-round, a round's name, 90d or 6m."),
            rich_help_panel=options.WHEN,
        ),
    ] = None,
    over_time: Annotated[
        bool,
        typer.Option("--over-time", help=N_("One bar for the end of each half-year."), rich_help_panel=options.WHEN),
    ] = False,
    paper: Annotated[
        bool,
        typer.Option(
            "--paper",
            help=N_("The paper for a meeting, by area; what -o FILE.docx writes."),
            rich_help_panel=options.OUTPUT,
        ),
    ] = False,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    public: options.Public = False,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
    sign: options.SignFile = None,
) -> None:
    """Report progress by group, and what needs attention."""
    from hkshcc.reports.groups import GROUPS  # noqa: PLC0415  each command brings its own report
    from hkshcc.reports.progress import progress  # noqa: PLC0415  each command brings its own report

    session: Session = ctx.obj
    view = session.read(as_of, known_on, public=public)
    parts = lookup.one_of(GROUPS, N_("group (--group)"), group)
    columns = lookup.one_of(GROUPS, N_("columns (--by)"), by) if by is not None else None
    if columns is not None and since is not None:
        raise UsageError(_("--since and --by exclude each other"), hint=_("give one of the two"))
    if columns == parts:
        raise UsageError(_("--group and --by are both {field}", field=parts), hint=_("choose two different ones"))
    chosen = filtered_listing(view, filters)
    if over_time:
        others = {"--since": since, "--by": by, "--group": group, "--paper": "given" if paper else None}
        session.show(_over_time(view, chosen, others), fmt, fields, output, sign=sign)
        return

    def reported() -> "Progress":
        return progress(view, chosen, parts, filters["stalled_after"])

    answer = reported()
    if paper and (columns is not None or parts != "area"):
        raise UsageError(_("--paper is by area"), hint=_("leave out --group and --by"))
    by_area = columns is None and parts == "area"
    if paper or (by_area and session.output(fmt, fields, output).options.format == "docx"):
        _show_paper(session, view, answer, since, fmt, fields, output, sign)
    elif since is not None:
        from hkshcc.reports.comparison import Comparison  # noqa: PLC0415  only --since compares

        past = view._replace(as_of=lookup.find_since(view.register, since, session.today, view.as_of))
        earlier = progress(past, filtered_listing(past, filters), parts, filters["stalled_after"])
        session.show(Comparison(earlier, answer), fmt, fields, output, sign=sign)
    elif columns is not None:
        from hkshcc.reports.cross_table import cross_table  # noqa: PLC0415  only --by draws one

        session.show(cross_table(view, answer, columns), fmt, fields, output, sign=sign)
    else:
        session.show(answer, fmt, fields, output, again=reported, sign=sign)


def _over_time(view: "View", chosen: "Listing", others: "Mapping[str, str | None]") -> "Steps":
    """Report how many stood where over time. Raises UsageError beside an option that parts them otherwise."""
    for option, given in others.items():
        if given not in {None, "area"}:
            raise UsageError(
                _("--over-time and {option} exclude each other", option=option), hint=_("give one of the two")
            )
    from hkshcc.reports.over_time import steps  # noqa: PLC0415  only --over-time counts so often

    return steps(view, chosen, "half")


def _show_paper(
    session: Session,
    view: "View",
    answer: "Progress",
    since: str | None,
    fmt: str | None,
    fields: str | None,
    output: str | None,
    sign: str | None,
) -> None:
    """Show the paper for a meeting on the measures of a report."""
    from hkshcc.reports.chase import chase  # noqa: PLC0415  only the paper says who was not heard from
    from hkshcc.reports.paper import paper  # noqa: PLC0415
    from hkshcc.reports.rounds import latest_open  # noqa: PLC0415

    owed = chase(view, latest_open(view), None)
    start = lookup.find_since(view.register, since, session.today, view.as_of) if since is not None else None
    if "--paper" not in session.arguments:  # the file's name said so: what is drawn again has another, or none
        session.arguments = [*session.arguments, "--paper"]
    session.show(paper(view, answer, owed, start), fmt, fields, output, sign=sign)
