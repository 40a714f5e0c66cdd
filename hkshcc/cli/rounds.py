"""Commands for reporting rounds: round open, close, list."""

from typing import Annotated

import typer

from hkshcc.cli import options
from hkshcc.cli.commands import COMMANDS
from hkshcc.cli.parsing import Command, group, lines
from hkshcc.cli.session import Session
from hkshcc.language import N_

rounds = group(COMMANDS["round"].about, COMMANDS["round"].examples)


@rounds.callback(invoke_without_command=True, help=COMMANDS["round"].about)
def list_rounds_alone(
    ctx: typer.Context,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """List the rounds, as `round list` does."""
    if ctx.invoked_subcommand is None:
        list_rounds(ctx, as_of, known_on, fmt, fields, output)


@rounds.command(
    "open",
    cls=Command,
    help=N_("Open a reporting round; `hkshcc chase` then shows who owes returns."),
    epilog=lines(
        "hkshcc round open 2026H2 --due 2026-12-31",
        "hkshcc round open 2027H1 --due 30/6/2027",
        "hkshcc round open 2027H2 --due 2027-12-31 --on 2026-11-01",
    ),
)
def open_round(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("The round's name, such as 2026H2."))],
    due: Annotated[str, typer.Option(metavar=N_("DATE"), help=N_("The day by which returns are due."))],
    on: options.On = None,
    fmt: options.AnswerFormat = None,
) -> None:
    """Open a reporting round: `chase` then says who owes what."""
    from hkshcc.register.commands import reference_data  # noqa: PLC0415

    session: Session = ctx.obj
    due_day = session.day(due, "--due", "next")
    opened = session.day(on, "--on") if on else None
    session.record(lambda register, context: reference_data.open_round(register, context, name, due_day, opened), fmt)


@rounds.command(
    "close",
    cls=Command,
    help=N_("Close a reporting round."),
    epilog=lines(
        "hkshcc round close 2026H2",
        "hkshcc round close 2027H1 --on 2026-11-20",
        "hkshcc round close 2027H2 --format json",
    ),
)
def close_round(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("The round's name."))],
    on: options.On = None,
    fmt: options.AnswerFormat = None,
) -> None:
    """Close a reporting round."""
    from hkshcc.register.commands import reference_data  # noqa: PLC0415

    session: Session = ctx.obj
    closed = session.day(on, "--on") if on else None
    session.record(lambda register, context: reference_data.close_round(register, context, name, closed), fmt)


@rounds.command(
    "list",
    cls=Command,
    help=N_("List the rounds, with the number of measures reported on."),
    epilog=lines("hkshcc round list", "hkshcc round list --as-of 2026-06-30", "hkshcc round list --format csv"),
)
def list_rounds(
    ctx: typer.Context,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """List the rounds, and on how many measures owners reported."""
    from hkshcc.reports.rounds import rounds as counted  # noqa: PLC0415

    session: Session = ctx.obj
    session.show(counted(session.read(as_of, known_on)), fmt, fields, output)
