"""Commands for the register itself: init, check, and its bodies, plenaries and rounds."""

from typing import Annotated

import typer

from hkshcc.cli import console, options
from hkshcc.cli.commands import COMMANDS
from hkshcc.cli.session import CommandResult, Session
from hkshcc.errors import HkshccError, UsageError
from hkshcc.register.index import Register
from hkshcc.text import inert


def init(
    ctx: typer.Context,
    empty: Annotated[bool, typer.Option("--empty", help="Plenaries, areas and bodies alone, no measures.")] = False,
    refresh: Annotated[bool, typer.Option("--refresh", help="Add the shipped entries that the store lacks.")] = False,
) -> None:
    """Create the store from the register that ships."""
    from hkshcc.register.commands.refresh import refresh as verb  # noqa: PLC0415
    from hkshcc.reports.page import count_of  # noqa: PLC0415
    from hkshcc.reports.receipt import numbers_of, undo_command  # noqa: PLC0415
    from hkshcc.stores.seed import reference_entries, seed_entries  # noqa: PLC0415

    session: Session = ctx.obj
    if empty and refresh:
        raise UsageError("--empty and --refresh exclude each other; give one")
    if not refresh:
        entries = reference_entries() if empty else seed_entries()
        session.store.create(entries)
        console.page(inert(f"Created {session.store_url} with {len(entries)} entries.") + "\n", pager=False)
        return
    if not session.store.exists:
        raise HkshccError(f"there is no store at {session.store_url} to refresh; `hkshcc init` creates one")

    context = session.command_context()

    def decide(register: Register) -> CommandResult:
        entries, notes = verb(register, context, Register(seed_entries()))
        if not entries:
            return CommandResult([], "Nothing to add: the store has all that ships.", notes)
        back = undo_command(register, entries, session.undo_command)
        count = count_of(len(entries) - 1, "shipped entry", "shipped entries")
        answer = f"Added {count} to {session.store_url} ({numbers_of(entries)})."
        return CommandResult(entries, f"{answer} To take it back: {back}", notes)

    session.transact(decide, session.output())


def check(
    ctx: typer.Context,
    fingerprint: Annotated[
        str | None,
        typer.Option(metavar="N:HEX", help="Are entries 1 to N those a report with this fingerprint was drawn from?"),
    ] = None,
    fmt: options.Format = None,
    output: options.Output = None,
) -> None:
    """Read everything and say what is wrong, or that nothing is."""
    from hkshcc.register.integrity import problems, verify_fingerprint  # noqa: PLC0415
    from hkshcc.reports.integrity import IntegrityReport  # noqa: PLC0415

    session: Session = ctx.obj
    view = session.read(checking=True)
    found = (
        problems(view.register, session.today)
        if fingerprint is None
        else verify_fingerprint(view.register, fingerprint)
    )
    session.show(IntegrityReport(view.context, found, fingerprint), fmt, None, output)
    if found:
        raise HkshccError(
            f"{len(found)} found wrong in {session.store_url}; compare it with {session.store_url}.bak or a copy"
        )


def _group(command: str, about: str) -> typer.Typer:
    """Make a command that has commands of its own."""
    example = f"Example: {COMMANDS[command].example}"
    return typer.Typer(rich_markup_mode=None, add_completion=False, help=about, epilog=example)


bodies = _group("bodies", "List the bodies of both sides, and how much each owns; or add one.")
plenary = _group("plenary", "List the plenaries, show one, or add one.")
rounds = _group("round", "Open, close and list reporting rounds.")


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
    from hkshcc.reports.areas_bodies import bodies as counted  # noqa: PLC0415

    if ctx.invoked_subcommand is None:
        session: Session = ctx.obj
        session.show(counted(session.read(as_of, known_on)), fmt, fields, output)


@bodies.command("add", epilog="Example: hkshcc bodies add XYZ --side hk --name Example")
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
    from hkshcc.register.commands import reference_data  # noqa: PLC0415

    session: Session = ctx.obj
    names = {"en": name, "zh-Hant": name_hant, "zh-Hans": name_hans}
    session.record(lambda register, context: reference_data.add_body(register, context, code, side, names), fmt)


@plenary.command("list", epilog="Example: hkshcc plenary list")
def list_plenaries(
    ctx: typer.Context,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """List the plenaries, and how many measures of each there are."""
    from hkshcc.reports.meetings import plenaries  # noqa: PLC0415

    session: Session = ctx.obj
    session.show(plenaries(session.read(as_of, known_on)), fmt, fields, output)


@plenary.command("show", epilog="Example: hkshcc plenary show 5")
def show_plenary(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="As 5.")],
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """Show a plenary: its areas, how they stand, what was signed."""
    from hkshcc.register.lookup import find_plenary  # noqa: PLC0415
    from hkshcc.reports.meetings import plenary_detail  # noqa: PLC0415

    session: Session = ctx.obj
    view = session.read(as_of, known_on)
    session.show(plenary_detail(view, find_plenary(view.register, number)), fmt, fields, output)


@plenary.command("add", epilog="Example: hkshcc plenary add 7 --date 2026-11-20 --place Shanghai")
def add_plenary(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="As 7.")],
    date: Annotated[str, typer.Option(metavar="DATE", help="The day it was or will be held.")],
    place: Annotated[str | None, typer.Option(metavar="PLACE", help="Where.")] = None,
    co_chair: Annotated[list[str] | None, typer.Option(metavar="NAME", help="May be repeated.")] = None,
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


@rounds.command("open", epilog="Example: hkshcc round open 2026H2 --due 2026-12-31")
def open_round(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="As 2026H2.")],
    due: Annotated[str, typer.Option(metavar="DATE", help="The day by which returns are due.")],
    on: options.On = None,
    fmt: options.AnswerFormat = None,
) -> None:
    """Open a reporting round: `chase` then says who owes what."""
    from hkshcc.register.commands import reference_data  # noqa: PLC0415

    session: Session = ctx.obj
    due_day = session.day(due, "--due", "next")
    opened = session.day(on, "--on") if on else None
    session.record(lambda register, context: reference_data.open_round(register, context, name, due_day, opened), fmt)


@rounds.command("close", epilog="Example: hkshcc round close 2026H2")
def close_round(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The round's name.")],
    on: options.On = None,
    fmt: options.AnswerFormat = None,
) -> None:
    """Close a reporting round."""
    from hkshcc.register.commands import reference_data  # noqa: PLC0415

    session: Session = ctx.obj
    closed = session.day(on, "--on") if on else None
    session.record(lambda register, context: reference_data.close_round(register, context, name, closed), fmt)


@rounds.command("list", epilog="Example: hkshcc round list")
def list_rounds(
    ctx: typer.Context,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """List the rounds, and on how many measures owners reported."""
    from hkshcc.reports.meetings import rounds as counted  # noqa: PLC0415

    session: Session = ctx.obj
    session.show(counted(session.read(as_of, known_on)), fmt, fields, output)
