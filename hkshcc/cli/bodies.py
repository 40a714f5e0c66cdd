"""Commands for bodies: bodies, bodies add, and bodies key (see `cli.keys`)."""

from typing import Annotated

import typer

from hkshcc.cli import options
from hkshcc.cli.commands import COMMANDS
from hkshcc.cli.keys import keys
from hkshcc.cli.parsing import Command, group, lines
from hkshcc.cli.session import Session
from hkshcc.language import N_

bodies = group(COMMANDS["bodies"].about, COMMANDS["bodies"].examples)


@bodies.callback(invoke_without_command=True, help=COMMANDS["bodies"].about)
def list_bodies(
    ctx: typer.Context,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """List the bodies."""
    from hkshcc.reports.areas_bodies import bodies as counted  # noqa: PLC0415

    if ctx.invoked_subcommand is None:
        session: Session = ctx.obj
        session.show(counted(session.read(as_of, known_on)), fmt, fields, output)


@bodies.command(
    "add",
    cls=Command,
    help=N_("Add a body."),
    epilog=lines(
        N_("hkshcc bodies add XYZ --side hk --name Example"),
        N_('hkshcc bodies add SH-XYZ --side sh --name "Another example"'),
        N_('hkshcc bodies add ABC --side hk --name "A third" --format json'),
    ),
)
def add_body(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar=N_("CODE"), help=N_("The code: letters, digits and hyphens."))],
    side: Annotated[str, typer.Option(metavar=N_("SIDE"), help=N_("hk or sh."))],
    name: Annotated[str, typer.Option(metavar=N_("NAME"), help=N_("The name in English."))],
    name_hant: Annotated[
        str | None, typer.Option(metavar=N_("NAME"), help=N_("The name in Traditional Chinese."))
    ] = None,
    name_hans: Annotated[
        str | None, typer.Option(metavar=N_("NAME"), help=N_("The name in Simplified Chinese."))
    ] = None,
    fmt: options.AnswerFormat = None,
) -> None:
    """Add a body to the register."""
    from hkshcc.register.commands import reference_data  # noqa: PLC0415

    session: Session = ctx.obj
    names = {"en": name, "zh-Hant": name_hant, "zh-Hans": name_hans}
    session.record(lambda register, context: reference_data.add_body(register, context, code, side, names), fmt)


bodies.add_typer(keys, name="key")
