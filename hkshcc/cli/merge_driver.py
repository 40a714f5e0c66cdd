"""The command by which git merges two stores that went on from one."""

from typing import Annotated

import typer

from hkshcc.cli import console, files
from hkshcc.cli.output import unwritable
from hkshcc.cli.session import Session
from hkshcc.errors import HkshccError
from hkshcc.language import N_, _
from hkshcc.register.commands.merge_copies import merge_forks
from hkshcc.stores.file_format import StoredEntries, with_more
from hkshcc.stores.file_reader import read_entries, register_of


def merge_driver(
    ctx: typer.Context,
    base: Annotated[  # noqa: ARG001  git names it; entries say themselves what both have
        str, typer.Argument(metavar=N_("BASE"), help=N_("The store that both come from (%O)."))
    ],
    ours: Annotated[str, typer.Argument(metavar=N_("OURS"), help=N_("The store here, which is written (%A)."))],
    theirs: Annotated[str, typer.Argument(metavar=N_("THEIRS"), help=N_("The store that is merged into it (%B)."))],
) -> None:
    """Merge two stores that went on from one, as git asks for it."""
    session: Session = ctx.obj
    here, there = _stored(ours), _stored(theirs)
    taken, notes = merge_forks(
        register_of(here, None), session.command_context(), register_of(there, None), files.display_name(theirs)
    )
    for note in notes:
        console.message(note)
    if taken:
        try:  # git says itself that it merged them, and its names of files are its own
            files.write(ours, with_more(here, taken))
        except OSError as error:
            raise unwritable(ours, error) from error


def _stored(path: str) -> StoredEntries:
    """Read a store. Raises HkshccError where there is none."""
    entries = read_entries(path)
    if entries is None:
        raise HkshccError(_("there is no store {path}", path=path))
    return entries
