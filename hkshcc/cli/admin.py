"""Commands for the register itself: init, check, bodies."""

from typing import Annotated

import typer

from hkshcc.cli import console, options
from hkshcc.cli.session import Session
from hkshcc.errors import HkshccError


def init(
    ctx: typer.Context,
    empty: Annotated[bool, typer.Option("--empty", help="Plenaries, areas and bodies alone, no measures.")] = False,
    refresh: Annotated[bool, typer.Option("--refresh", help="Add the shipped entries that the store lacks.")] = False,
) -> None:
    """Create the store from the register that ships."""
    from hkshcc.errors import UsageError  # noqa: PLC0415
    from hkshcc.stores.shipped import frame_entries, refreshed, shipped_entries  # noqa: PLC0415

    session: Session = ctx.obj
    if empty and refresh:
        raise UsageError("--empty and --refresh exclude each other; give one")
    if not refresh:
        entries = frame_entries() if empty else shipped_entries()
        session.store.create(entries)
        typer.echo(f"Created {session.store_url} with {len(entries)} entries.")
        return
    if not session.store.exists:
        raise HkshccError(f"there is no store at {session.store_url} to refresh; `hkshcc init` creates one")
    with session.store.writing():
        register = session.store.read()
        new, clashes = refreshed(register)
        if new:
            session.store.append(new, after=register.last)
    for clash in clashes:
        console.say(clash)
    typer.echo(
        f"Added {len(new)} shipped entries to {session.store_url}."
        if new
        else "Nothing to add: the store has all that ships."
    )


def check(
    ctx: typer.Context,
    fingerprint: Annotated[
        str | None,
        typer.Option(metavar="N:HEX", help="Are entries 1 to N those a report with this fingerprint was drawn from?"),
    ] = None,
) -> None:
    """Read everything and say what is wrong, or that nothing is."""
    from hkshcc.register.chain import readable  # noqa: PLC0415
    from hkshcc.register.checking import compared, problems  # noqa: PLC0415

    session: Session = ctx.obj
    register = session.read().register
    found = compared(register, fingerprint) if fingerprint else problems(register)
    for problem in found:
        typer.echo(problem)
    if found:
        raise HkshccError(f"{len(found)} found wrong in {session.store_url}; `hkshcc history` shows the entries")
    if fingerprint:
        typer.echo("Unchanged: these are the entries that fingerprint was made from.")
    else:
        typer.echo(f"Sound: {register.last} entries, fingerprint {readable(register.fingerprint)}.")


bodies = typer.Typer(
    rich_markup_mode=None, add_completion=False, epilog="Example: hkshcc bodies add XYZ --side hk --name Example"
)


@bodies.callback(invoke_without_command=True)
def list_bodies(
    ctx: typer.Context,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """List the bodies of both sides, and how much each owns; or add one."""
    from hkshcc.reports.catalogue import bodies as counted  # noqa: PLC0415

    if ctx.invoked_subcommand is None:
        session: Session = ctx.obj
        session.show(counted(session.read(as_of, known_on)), fmt, fields, output)


@bodies.command("add")
def add_body(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help="Its code: letters, digits, hyphens.")],
    side: Annotated[str, typer.Option(metavar="SIDE", help="hk or sh.")],
    name: Annotated[str, typer.Option(metavar="NAME", help="Its name in English.")],
    name_hant: Annotated[str | None, typer.Option(metavar="NAME", help="In Traditional Chinese.")] = None,
    name_hans: Annotated[str | None, typer.Option(metavar="NAME", help="In Simplified Chinese.")] = None,
    fmt: options.AnswerFormat = None,
) -> None:
    """Add a body to the register."""
    from hkshcc.register import verbs  # noqa: PLC0415

    session: Session = ctx.obj
    names = {"en": name, "zh-Hant": name_hant, "zh-Hans": name_hans}
    session.record(lambda register, stamp: verbs.add_body(register, stamp, code, side, names), fmt)
