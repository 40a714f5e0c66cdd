"""The command that takes back what was recorded."""

from collections.abc import Collection
from typing import Annotated

import typer

from hkshcc.cli import console, options
from hkshcc.cli.session import Session
from hkshcc.errors import HkshccError
from hkshcc.language import N_, _


def undo(
    ctx: typer.Context,
    entry: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("[ENTRY|REF]"),
            help=N_("An entry's number, or a measure: the last change to it (default: the last change)."),
            autocompletion=options.offering("refs"),
        ),
    ] = None,
    reason: options.Reason = None,
    yes: Annotated[
        bool, typer.Option("--yes", help=N_("Do not ask before undoing what was agreed, shipped or imported."))
    ] = False,
    fmt: options.AnswerFormat = None,
) -> None:
    """Withdraw entries."""
    from hkshcc.register.commands import undo  # noqa: PLC0415

    session: Session = ctx.obj

    def withdraw(confirmed: Collection[str] | None) -> None:
        session.record(lambda register, context: undo.undo(register, context, entry, reason, confirmed), fmt)

    try:
        withdraw(None if yes else ())
    except undo.UnconfirmedError as asked:
        # Asked when the store is free again: a person takes longer than others should wait.
        if not console.interactive():
            raise
        if not console.confirm(_("Withdraw {what}? yes or no", what=asked.what)):
            raise HkshccError(_("nothing was withdrawn")) from None
        withdraw(asked.names)
