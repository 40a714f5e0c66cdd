"""Commands for files that people exchange: import."""

from typing import Annotated

import typer

from hkshcc.cli import console, options
from hkshcc.cli.app import COMMANDS
from hkshcc.cli.files import bytes_of, called
from hkshcc.cli.session import Session
from hkshcc.errors import UsageError

imports = typer.Typer(rich_markup_mode=None, add_completion=False, epilog=f"Example: {COMMANDS['import'].example}")
Plenary = Annotated[
    int | None, typer.Option(metavar="NUMBER", min=1, help="The plenary, where the file doesn't name it.")
]


@imports.callback()
def import_files() -> None:
    """Read releases and the sheets made from them."""


@imports.command("release")
def import_release(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="Plain text or HTML; - is standard input.")],
    plenary: Plenary = None,
    apply: Annotated[bool, typer.Option("--apply", help="Enter it as it is proposed.")] = False,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """Propose areas, measures and documents from a press release; -o proposal.csv writes a sheet to edit."""
    from hkshcc.exchange.fitting import proposal_of  # noqa: PLC0415  only these commands read files
    from hkshcc.exchange.page_text import MOST_BYTES, page_of  # noqa: PLC0415
    from hkshcc.exchange.proposal_sheet import measures_proposed  # noqa: PLC0415
    from hkshcc.exchange.release import read_release  # noqa: PLC0415
    from hkshcc.register import verbs  # noqa: PLC0415

    session: Session = ctx.obj
    if apply and (output or fields):
        raise UsageError("--apply enters a proposal, -o and --fields show one; give one or the other")
    read = read_release(page_of(bytes_of(file, MOST_BYTES), called(file)))
    proposal = proposal_of(read, session.read().register, plenary)
    if not apply:
        session.show(proposal, fmt, fields, output)
        return
    number = proposal.plenary
    if number is None:
        raise UsageError(f"{called(file)} does not say which plenary it is of; give --plenary NUMBER")
    for warning in proposal.warnings:
        console.say(warning)
    titles = [{proposal.lang: document.title} for document in proposal.instruments]
    session.record(
        lambda register, stamp: verbs.enter_measures(
            register, stamp, number, measures_proposed(proposal_of(read, register, plenary)), titles
        ),
        fmt,
    )


@imports.command("measures")
def import_measures(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The edited sheet, as CSV; - is standard input.")],
    plenary: Plenary = None,
    release: Annotated[
        str | None, typer.Option(metavar="FILE", help="The release, to enter the documents signed as well.")
    ] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Enter the measures; else only say what would be.")] = False,
    fmt: options.AnswerFormat = None,
) -> None:
    """Enter the measures of a proposal's sheet that a person edited."""
    from hkshcc.exchange.page_text import MOST_BYTES, page_of  # noqa: PLC0415
    from hkshcc.exchange.proposal_sheet import measures_of, plenary_of, read_sheet  # noqa: PLC0415
    from hkshcc.exchange.release import read_release  # noqa: PLC0415
    from hkshcc.register import verbs  # noqa: PLC0415

    session: Session = ctx.obj
    if file == release == "-":
        raise UsageError("standard input is one file; name the sheet or the release")
    sheet = read_sheet(bytes_of(file, MOST_BYTES), called(file))
    read = read_release(page_of(bytes_of(release, MOST_BYTES), called(release))) if release else None
    titles = [{read.lang: document.title} for document in read.instruments] if read else []
    number = plenary_of(sheet, plenary)
    for note in sheet.notes:
        console.say(note)
    session.record(
        lambda register, stamp: verbs.enter_measures(register, stamp, number, measures_of(sheet, register), titles),
        fmt,
        dry_run=not apply,
    )
