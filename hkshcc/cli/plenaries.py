"""Commands for plenaries: plenary list, show, add."""

from typing import Annotated

import typer

from hkshcc.cli import options
from hkshcc.cli.commands import COMMANDS
from hkshcc.cli.parsing import Command, group, lines, whole_number
from hkshcc.cli.session import Session
from hkshcc.language import N_

plenary = group(COMMANDS["plenary"].about, COMMANDS["plenary"].examples)


@plenary.callback(invoke_without_command=True, help=COMMANDS["plenary"].about)
def list_plenaries_alone(
    ctx: typer.Context,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """List the plenaries, as `plenary list` does."""
    if ctx.invoked_subcommand is None:
        list_plenaries(ctx, as_of, known_on, fmt, fields, output)


@plenary.command(
    "list",
    cls=Command,
    help=N_("List the plenaries, with the number of measures of each."),
    epilog=lines("hkshcc plenary list", "hkshcc plenary list --as-of 2022-08-30", "hkshcc plenary list --format csv"),
)
def list_plenaries(
    ctx: typer.Context,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """List the plenaries, and how many measures of each there are."""
    from hkshcc.reports.plenaries import plenaries  # noqa: PLC0415

    session: Session = ctx.obj
    session.show(plenaries(session.read(as_of, known_on)), fmt, fields, output)


@plenary.command(
    "show",
    cls=Command,
    help=N_("Show a plenary: its areas, their progress, and the documents signed."),
    epilog=lines(
        "hkshcc plenary show 5", "hkshcc plenary show 5 --as-of 2022-08-30", "hkshcc plenary show 5 -o plenary.md"
    ),
)
def show_plenary(
    ctx: typer.Context,
    number: Annotated[
        int,
        typer.Argument(
            metavar=N_("NUMBER"), parser=whole_number("NUMBER", 1), help=N_("The plenary's number, such as 5.")
        ),
    ],
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """Show a plenary: its areas, how they stand, what was signed."""
    from hkshcc.register.lookup import find_plenary  # noqa: PLC0415
    from hkshcc.reports.plenaries import plenary_detail  # noqa: PLC0415

    session: Session = ctx.obj
    view = session.read(as_of, known_on)
    session.show(plenary_detail(view, find_plenary(view.register, number)), fmt, fields, output)


@plenary.command(
    "add",
    cls=Command,
    help=N_("Add a plenary; then add its measures with `hkshcc add` or `hkshcc import`."),
    epilog=lines(
        N_("hkshcc plenary add 7 --date 2026-11-20 --place Shanghai"),
        N_('hkshcc plenary add 8 --date "20 Nov 2027" --place "Hong Kong"'),
        N_("hkshcc plenary add 9 --date 2028-11-20 --co-chair Example"),
    ),
)
def add_plenary(
    ctx: typer.Context,
    number: Annotated[
        int,
        typer.Argument(
            metavar=N_("NUMBER"), parser=whole_number("NUMBER", 1), help=N_("The plenary's number, such as 7.")
        ),
    ],
    date: Annotated[str, typer.Option(metavar=N_("DATE"), help=N_("The day on which it was or will be held."))],
    place: Annotated[str | None, typer.Option(metavar=N_("PLACE"), help=N_("The place."))] = None,
    co_chair: Annotated[
        list[str] | None, typer.Option(metavar=N_("NAME"), help=N_("A co-chair's name; may be repeated."))
    ] = None,
    fmt: options.AnswerFormat = None,
) -> None:
    """Enter a plenary; `hkshcc add` then enters its measures."""
    from hkshcc.register.commands import reference_data  # noqa: PLC0415

    session: Session = ctx.obj
    held = session.day(date, "--date", "refused")  # which may have been or be to come
    session.record(
        lambda register, context: reference_data.add_plenary(register, context, number, held, place, co_chair or ()),
        fmt,
    )
