"""The command by which git merges two stores that went on from one."""

from typing import Annotated

import typer

from hkshcc.cli.files import display_name
from hkshcc.cli.session import Session
from hkshcc.errors import HkshccError
from hkshcc.language import N_, _


def merge_driver(
    ctx: typer.Context,
    base: Annotated[str, typer.Argument(metavar=N_("BASE"), help=N_("The store that both come from (%O)."))],
    ours: Annotated[str, typer.Argument(metavar=N_("OURS"), help=N_("The store here, which is written (%A)."))],
    theirs: Annotated[str, typer.Argument(metavar=N_("THEIRS"), help=N_("The store that is merged into it (%B)."))],
) -> None:
    """Merge two stores that went on from one, as git asks for it."""
    from hkshcc.cli.output import write  # noqa: PLC0415
    from hkshcc.register.commands.merge_copies import merge_forks  # noqa: PLC0415  only git asks for this
    from hkshcc.stores.file_format import with_more  # noqa: PLC0415
    from hkshcc.stores.file_reader import read_entries, register_of  # noqa: PLC0415

    session: Session = ctx.obj
    read = {path: read_entries(path) for path in (base, ours, theirs)}
    for path in (ours, theirs):
        if read[path] is None:
            raise HkshccError(_("there is no store {path}", path=path))
    here = read[ours]
    taken, _notes = merge_forks(
        register_of(here, None), session.command_context(), register_of(read[theirs], None), display_name(theirs)
    )
    if here is not None and taken:
        write(ours, with_more(here, taken))
