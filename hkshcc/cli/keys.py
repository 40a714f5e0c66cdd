"""Commands for the keys of bodies: bodies key add, revoke, list."""

import os
from typing import Annotated

import typer

from hkshcc.cli import options
from hkshcc.cli.parsing import Command, group, lines
from hkshcc.cli.session import Session
from hkshcc.errors import UsageError
from hkshcc.language import N_, _

keys = group(
    N_("List, add or revoke the keys with which bodies sign."),
    ["hkshcc bodies key list", "hkshcc bodies key add FSTB fstb.pub", "hkshcc bodies key revoke SHA256:nv5kqh"],
)
_KEY = Annotated[
    str,
    typer.Argument(
        metavar=N_("KEY"), help=N_("The key's fingerprint, or its beginning, as `hkshcc bodies key list` shows it.")
    ),
]


@keys.callback()
def key_commands() -> None:
    """Leave all to the commands within."""


@keys.command(
    "add",
    cls=Command,
    help=N_("Add a body's public key. Ask the body for its fingerprint by another way first."),
    epilog=lines(
        "hkshcc bodies key add FSTB fstb.pub",
        "hkshcc bodies key add SH-Finance sh.pub --from 2026-12-01 --until 2028-11-30",
        "hkshcc bodies key add HKMA hkma.pub --until 2027-12-31 --format json",
    ),
)
def add_key(
    ctx: typer.Context,
    body: Annotated[
        str,
        typer.Argument(
            metavar=N_("BODY"), help=N_("The body that signs with it."), autocompletion=options.offering("bodies")
        ),
    ],
    file: Annotated[
        str,
        typer.Argument(
            metavar=N_("FILE"), help=N_("The public key of OpenSSH (id_ed25519.pub), or a certificate as PEM.")
        ),
    ],
    since: Annotated[
        str | None,
        typer.Option("--from", metavar=N_("DATE"), help=N_("The first day on which it is valid (default: today).")),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar=N_("DATE"), help=N_("The last day on which it is valid (default: none).")),
    ] = None,
    fmt: options.AnswerFormat = None,
) -> None:
    """Add a key."""
    from hkshcc.cli.files import display_name  # noqa: PLC0415  each command loads its own
    from hkshcc.exchange.signatures import check_certificate  # noqa: PLC0415
    from hkshcc.register.commands import keys as commands  # noqa: PLC0415
    from hkshcc.register.openssh import LARGEST, read_public_key  # noqa: PLC0415

    session: Session = ctx.obj
    if os.path.exists(file) and not os.path.isfile(file):  # to read a pipe may take for ever
        raise UsageError(
            _("{file} is not a file", file=display_name(file)), hint=_("name a file, or - for standard input")
        )
    public = read_public_key(session.input(file, LARGEST), display_name(file))
    check_certificate(public, display_name(file))
    begins = session.day_if_given(since, "--from", "past")
    ends = session.day_if_given(until, "--until", "next")
    session.record(lambda register, context: commands.add_key(register, context, body, public, begins, ends), fmt)


@keys.command(
    "revoke",
    cls=Command,
    help=N_("Revoke a key: from then on nothing counts as signed with it."),
    epilog=lines(
        "hkshcc bodies key revoke SHA256:nv5kqh",
        N_('hkshcc bodies key revoke SHA256:nv5kqh --on 2026-10-15 --reason "Laptop lost"'),
        "hkshcc bodies key revoke nv5kqh --on 2026-10-01 --format json",
    ),
)
def revoke_key(
    ctx: typer.Context,
    key: _KEY,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar=N_("DATE"), help=N_("The day from which it is not trusted (default: now).")),
    ] = None,
    reason: options.Reason = None,
    fmt: options.AnswerFormat = None,
) -> None:
    """Revoke a key."""
    from hkshcc.register.commands import keys as commands  # noqa: PLC0415

    session: Session = ctx.obj
    day = session.day_if_given(on, "--on")
    session.record(lambda register, context: commands.revoke_key(register, context, key, day, reason), fmt)


@keys.command(
    "list",
    cls=Command,
    help=N_("List the keys of bodies, with the time for which each is valid."),
    epilog="hkshcc bodies key list\nhkshcc bodies key list --as-of 2026-06-30\nhkshcc bodies key list --format json",
)
def list_keys(
    ctx: typer.Context,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """List the keys."""
    from hkshcc.reports.keys import keys as held  # noqa: PLC0415

    session: Session = ctx.obj
    session.show(held(session.read(as_of, known_on)), fmt, fields, output)
