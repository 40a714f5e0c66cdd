"""The command import: press releases, edited sheets, and copies of the register are read in."""

from typing import TYPE_CHECKING, Annotated

import typer

from hkshcc.cli import console, options
from hkshcc.cli.commands import COMMANDS
from hkshcc.cli.files import display_name
from hkshcc.cli.parsing import Command, group, lines, whole_number
from hkshcc.cli.session import CommandResult, Session
from hkshcc.errors import RefusedError, UsageError
from hkshcc.language import N_, _
from hkshcc.register.index import Register
from hkshcc.reports.page import View

if TYPE_CHECKING:
    from hkshcc.reports.proposal import NamedConference, Proposal

imports = group(COMMANDS["import"].about, COMMANDS["import"].examples)
Plenary = Annotated[
    int | None,
    typer.Option(
        metavar=N_("NUMBER"), parser=whole_number("--plenary", 1), help=N_("The plenary, if the file does not name it.")
    ),
]


@imports.callback(help=COMMANDS["import"].about)
def import_files() -> None:
    """Leave all to the commands within."""


@imports.command(
    "release",
    cls=Command,
    help=N_(
        "Propose areas, measures and documents from a press release; -o proposal.csv writes them as a sheet to edit."
    ),
    epilog=lines(
        "hkshcc import release release.html",
        "hkshcc import release release.html -o proposal.csv",
        "hkshcc import release release.html --apply",
    ),
)
def import_release(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar=N_("FILE"), help=N_("Plain text or HTML; - reads standard input."))],
    plenary: Plenary = None,
    apply: Annotated[bool, typer.Option("--apply", help=N_("Record it as proposed."))] = False,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """Propose what a release says, or record it."""
    from hkshcc.exchange.releases.page_text import MOST_BYTES, page_of  # noqa: PLC0415
    from hkshcc.exchange.releases.proposal_sheet import measures_proposed  # noqa: PLC0415
    from hkshcc.exchange.releases.propose import proposal_of  # noqa: PLC0415  only these commands read files
    from hkshcc.exchange.releases.release import read_release  # noqa: PLC0415
    from hkshcc.register.commands.adopt_measures import adopt_measures  # noqa: PLC0415

    session: Session = ctx.obj
    if apply and (output or fields):
        raise UsageError(_("--apply records a proposal, -o and --fields only show it"), hint=_("give one or the other"))
    page, held = page_of(session.input(file, MOST_BYTES), display_name(file)), session.read().register
    read = read_release(page)
    proposal = proposal_of(read, held, plenary)
    if not apply:
        if output not in {None, "-"} or fmt == "csv":  # what is written does not hold them, or is not looked at now
            _check_conference(read.conference, display_name(file))
            _show_warnings(proposal)
        session.show(proposal, fmt, fields, output, again=lambda: proposal_of(read_release(page), held, plenary))
        return
    _check_conference(read.conference, display_name(file), refused=True)
    number = proposal.plenary
    if number is None:
        raise UsageError(
            _("{file} does not say which plenary it is of", file=display_name(file)), hint=_("give --plenary NUMBER")
        )
    _show_warnings(proposal)
    titles: list[dict[str, str | None]] = [{proposal.lang: document.title} for document in proposal.instruments]
    session.record(
        lambda register, context: adopt_measures(
            register, context, number, measures_proposed(proposal_of(read, register, plenary)), titles
        ),
        fmt,
    )


def _check_conference(conference: "NamedConference | None", file: str, *, refused: bool = False) -> None:
    """Say that a release is another conference's. Raises RefusedError where it was to be entered."""
    if conference is None or conference.ours is not False:
        return
    if refused:
        raise RefusedError(
            _("{file} is {conference}; nothing was recorded", file=file, conference=conference.in_words()),
            hint=_("give a release of this conference"),
        )
    console.message(_("{file} is {conference}", file=file, conference=conference.in_words()))


def _show_warnings(proposal: "Proposal") -> None:
    """Say on stderr what is doubtful in a proposal."""
    for warning in proposal.warnings:
        console.message(warning.sentence)


@imports.command(
    "measures",
    cls=Command,
    help=N_("Add the measures of a proposal's sheet, once it is edited."),
    epilog=lines(
        "hkshcc import measures proposal.csv",
        "hkshcc import measures proposal.csv --apply",
        "hkshcc import measures proposal.csv --release release.html --apply",
    ),
)
def import_measures(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar=N_("FILE"), help=N_("The edited sheet, as CSV; - reads standard input."))
    ],
    plenary: Plenary = None,
    release: Annotated[
        str | None, typer.Option(metavar=N_("FILE"), help=N_("The release, to add the documents signed as well."))
    ] = None,
    apply: Annotated[
        bool, typer.Option("--apply", help=N_("Add the measures; without it, only show what would be added."))
    ] = False,
    fmt: options.AnswerFormat = None,
) -> None:
    """Record an edited sheet."""
    from hkshcc.exchange.releases.page_text import MOST_BYTES, page_of  # noqa: PLC0415
    from hkshcc.exchange.releases.proposal_sheet import measures_of, plenary_of, read_sheet  # noqa: PLC0415
    from hkshcc.exchange.releases.release import read_release  # noqa: PLC0415
    from hkshcc.register.commands.adopt_measures import adopt_measures  # noqa: PLC0415

    session: Session = ctx.obj
    data = session.input(file, MOST_BYTES)
    page = page_of(session.input(release, MOST_BYTES), display_name(release)) if release else None
    sheet, read = read_sheet(data, display_name(file)), read_release(page) if page else None
    titles: list[dict[str, str | None]] = [{read.lang: document.title} for document in read.instruments] if read else []
    if read and release:
        _check_conference(read.conference, display_name(release), refused=apply)
    number = plenary_of(sheet, plenary)
    for note in sheet.notes:
        console.message(note)
    session.record(
        lambda register, context: adopt_measures(register, context, number, measures_of(sheet, register), titles),
        fmt,
        dry_run=not apply,
    )
    if release is None:
        console.message(_("a sheet has no documents; --release FILE adds those that the release says were signed"))


@imports.command(
    "register",
    cls=Command,
    help=N_("Add the entries of another copy of the register that this one lacks."),
    epilog=lines(
        "hkshcc import register copy.json",
        "hkshcc import register copy.json --apply",
        "hkshcc import register copy.json --format json",
    ),
)
def import_register(
    ctx: typer.Context,
    file: Annotated[
        str,
        typer.Argument(
            metavar=N_("FILE"), help=N_("A copy written by `hkshcc export -o FILE.json`; - reads standard input.")
        ),
    ],
    apply: Annotated[bool, typer.Option("--apply", help=N_("Record it; without it, only show what is new."))] = False,
    origin: options.Origin = None,
    allow_bad_signatures: Annotated[
        bool,
        typer.Option("--allow-bad-signatures", help=N_("Record also what has a signature that does not hold.")),
    ] = False,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """Record what another copy has."""
    from hkshcc.exchange import copies  # noqa: PLC0415  only this command reads copies
    from hkshcc.exchange.import_result import ImportResult  # noqa: PLC0415
    from hkshcc.register.commands.merge_copies import UnnamedError, merge  # noqa: PLC0415
    from hkshcc.reports.event_text import records_of  # noqa: PLC0415
    from hkshcc.reports.receipt import undo_command  # noqa: PLC0415

    session: Session = ctx.obj
    name = display_name(file)
    copy = copies.load(session.input(file, copies.LARGEST), name)

    context = session.command_context()
    signed = None
    if any(entry.signature for entry in copy.stored):
        from hkshcc.cli.signing import ReceivedSignatures  # noqa: PLC0415  few are signed

        signed = ReceivedSignatures(session, name, refused=apply and not allow_bad_signatures)

    def decide(register: Register, named: str | None) -> CommandResult:
        entries, notes = merge(register, context, copy, name, named)
        view = View(Register([*register.stored, *entries]), session.today, session.today)
        verified = signed.verified(view.register, entries) if signed else None
        new = sum(entry.command != context.command for entry in entries)
        held = {entry.id for entry in view.register.stored}
        receipts = sum(entry.id not in held for entry in copy.stored)
        back = (
            undo_command(register, entries, session.undo_command) if register.last and entries else session.undo_command
        )
        seen = {entry.id: entry for entry in view.register.entries}
        shown = [seen[entry.id] for entry in entries if named != _UNNAMED or entry.command != context.command]
        records = records_of(shown, view.register)
        begins = not register.last
        return CommandResult(
            entries,
            ImportResult(
                view.context, name, records, new, copy.last - new - receipts, receipts, apply, begins, back, verified
            ),
            [*notes, *signed.notes()] if signed else notes,
        )

    def record(named: str | None) -> None:
        if signed:  # before the store is locked: it may take its time
            decide(session.reader.read() if session.reader.exists else Register([]), named)
        # Where there is no store yet, it becomes what was copied, whatever ships today.
        session.transact(
            lambda register: decide(register, named),
            session.output(fmt, fields, output),
            dry_run=not apply,
            shipped=False,
        )

    try:
        record(origin)
    except UnnamedError:
        # Asked when the store is free again: a person takes longer than others should wait.
        if apply and not console.interactive():
            raise
        record(console.ask(_("The name by which others will know this register, such as HK")) if apply else _UNNAMED)


_UNNAMED = "HERE"  # stands for the name of a register that has none, where nothing is recorded
