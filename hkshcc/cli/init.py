"""Command that makes the store, refreshes it from what ships, and names the register: init."""

from typing import Annotated

import typer

from hkshcc.cli import console, options
from hkshcc.cli.session import CommandResult, Session, from_home
from hkshcc.errors import HkshccError, UsageError
from hkshcc.language import N_, _, ngettext
from hkshcc.register.index import Register
from hkshcc.text import inert


def init(
    ctx: typer.Context,
    empty: Annotated[
        bool, typer.Option("--empty", help=N_("Plenaries, areas and bodies only, without measures."))
    ] = False,
    refresh: Annotated[bool, typer.Option("--refresh", help=N_("Add shipped entries that your store lacks."))] = False,
    origin: options.Origin = None,
) -> None:
    """Create the store from the register that ships, or give it a name."""
    from hkshcc.register.commands.refresh import refresh as verb  # noqa: PLC0415
    from hkshcc.reports.receipt import numbers_of, undo_command  # noqa: PLC0415
    from hkshcc.stores.seed import reference_entries, seed_entries  # noqa: PLC0415

    session: Session = ctx.obj
    if empty and refresh:
        raise UsageError(_("--empty and --refresh exclude each other"), hint=_("give one of the two"))
    if refresh and origin is not None:
        raise UsageError(_("--refresh and --origin exclude each other"), hint=_("give one of the two"))
    if origin is not None and session.store.exists and not empty:
        from hkshcc.register.commands.naming import name_register  # noqa: PLC0415  once in a register's life

        session.record(lambda register, context: name_register(register, context, origin))
        return
    if not refresh:
        entries = reference_entries() if empty else seed_entries()
        if origin is not None:
            from hkshcc.register.commands.naming import name_register  # noqa: PLC0415

            entries = [*entries, *name_register(Register(entries), session.command_context(), origin).entries]
        session.store.create(entries)
        created = _("Created {file} with {count} entries.", file=from_home(session.store_url), count=len(entries))
        console.page(inert(created) + "\n", pager=False)
        return
    if not session.store.exists:
        raise HkshccError(
            _("no store at {file} to refresh", file=session.store_url), hint=_("`hkshcc init` creates one")
        )

    context = session.command_context()

    def decide(register: Register) -> CommandResult:
        entries, notes = verb(register, context, Register(seed_entries()))
        if not entries:
            return CommandResult([], _("Nothing to add: the store has every shipped entry."), notes)
        back = undo_command(register, entries, session.undo_command)
        answer = ngettext(
            "Added {n} shipped entry to {file} ({entries}). Undo: {command}",
            "Added {n} shipped entries to {file} ({entries}). Undo: {command}",
            len(entries) - 1,
            file=session.store_url,
            entries=numbers_of(entries),
            command=back,
        )
        return CommandResult(entries, answer, notes)

    session.transact(decide, session.output())
