"""Commands for files that people exchange: export, import."""

from typing import TYPE_CHECKING, Annotated

import typer

from hkshcc.cli import console, options
from hkshcc.cli.commands import COMMANDS
from hkshcc.cli.files import display_name
from hkshcc.cli.output import parse_format
from hkshcc.cli.session import CommandResult, Session
from hkshcc.errors import RefusedError, UsageError
from hkshcc.register.index import Register
from hkshcc.register.vocabulary import CONFERENCE
from hkshcc.reports.page import View

if TYPE_CHECKING:
    from hkshcc.reports.listing import Listing
    from hkshcc.reports.proposal import NamedConference, Proposal

imports = typer.Typer(rich_markup_mode=None, add_completion=False, epilog=f"Example: {COMMANDS['import'].example}")
Plenary = Annotated[
    int | None, typer.Option(metavar="NUMBER", min=1, help="The plenary, where the file doesn't name it.")
]


@imports.callback()
def import_files() -> None:
    """Read releases and the sheets made from them."""


@imports.command("release", epilog="Example: hkshcc import release release.html -o proposal.csv")
def import_release(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="Plain text or HTML; - is standard input.")],
    plenary: Plenary = None,
    apply: Annotated[bool, typer.Option("--apply", help="Enter it as it is proposed.")] = False,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """Propose areas, measures and documents from a press release. With -o proposal.csv they are a sheet to edit."""
    from hkshcc.exchange.releases.fitting import proposal_of  # noqa: PLC0415  only these commands read files
    from hkshcc.exchange.releases.page_text import MOST_BYTES, page_of  # noqa: PLC0415
    from hkshcc.exchange.releases.proposal_sheet import measures_proposed  # noqa: PLC0415
    from hkshcc.exchange.releases.release import read_release  # noqa: PLC0415
    from hkshcc.register.commands.adopt_measures import adopt_measures  # noqa: PLC0415

    session: Session = ctx.obj
    if apply and (output or fields):
        raise UsageError("--apply enters a proposal, -o and --fields show one; give one or the other")
    read = read_release(page_of(session.input(file, MOST_BYTES), display_name(file)))
    proposal = proposal_of(read, session.read().register, plenary)
    if not apply:
        if output not in {None, "-"} or fmt == "csv":  # what is written does not hold them, or is not looked at now
            _say_whose(read.conference, display_name(file))
            _say_doubts(proposal)
        session.show(proposal, fmt, fields, output)
        return
    _say_whose(read.conference, display_name(file), refused=True)
    number = proposal.plenary
    if number is None:
        raise UsageError(f"{display_name(file)} does not say which plenary it is of; give --plenary NUMBER")
    _say_doubts(proposal)
    titles: list[dict[str, str | None]] = [{proposal.lang: document.title} for document in proposal.instruments]
    session.record(
        lambda register, context: adopt_measures(
            register, context, number, measures_proposed(proposal_of(read, register, plenary)), titles
        ),
        fmt,
    )


def _say_whose(conference: "NamedConference | None", file: str, *, refused: bool = False) -> None:
    """Say that a release is another conference's. Raises RefusedError where it was to be entered."""
    if conference is None or conference.ours is not False:
        return
    if refused:
        raise RefusedError(f"{file} is {conference.told}; nothing was entered; name a release of its own")
    console.message(f"{file} is {conference.told}")


def _say_doubts(proposal: "Proposal") -> None:
    """Say on stderr what is doubtful in a proposal."""
    for warning in proposal.warnings:
        console.message(warning.sentence)


@imports.command("measures", epilog="Example: hkshcc import measures proposal.csv --apply")
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
        _say_whose(read.conference, display_name(release), refused=apply)
    number = plenary_of(sheet, plenary)
    for note in sheet.notes:
        console.message(note)
    session.record(
        lambda register, context: adopt_measures(register, context, number, measures_of(sheet, register), titles),
        fmt,
        dry_run=not apply,
    )
    if release is None:
        console.message("a sheet has no documents; --release FILE enters those that the release says were signed")


@imports.command("register", epilog="Example: hkshcc import register copy.json --apply")
def import_register(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="What `export -o FILE.json` wrote; - is standard input.")],
    apply: Annotated[bool, typer.Option("--apply", help="Record it; else only say what is new.")] = False,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """Bring in the entries of another copy that this one lacks."""
    from hkshcc.exchange import copies  # noqa: PLC0415  only this command reads copies
    from hkshcc.exchange.import_result import ImportResult  # noqa: PLC0415
    from hkshcc.register.commands.merge_copies import merge  # noqa: PLC0415
    from hkshcc.reports.event_text import records_of  # noqa: PLC0415
    from hkshcc.reports.receipt import undo_command  # noqa: PLC0415

    session: Session = ctx.obj
    name = display_name(file)
    copy = copies.load(session.input(file, copies.LARGEST), name)

    context = session.command_context()

    def decide(register: Register) -> CommandResult:
        entries, notes = merge(register, context, copy, name)
        view = View(Register([*register.entries, *entries]), session.today, session.today)
        known = copy.last - sum(entry.command != context.command for entry in entries)
        back = (
            undo_command(register, entries, session.undo_command) if register.last and entries else session.undo_command
        )
        return CommandResult(
            entries,
            ImportResult(view.context, name, records_of(entries, view.register), known, apply, not register.last, back),
            notes,
        )

    # Where there is no store yet, it becomes what was copied, whatever ships today.
    session.transact(decide, session.output(fmt, fields, output), dry_run=not apply, shipped=False)


_ENDINGS = {".csv": "csv", ".xlsx": "xlsx", ".json": "json", ".md": "md", ".markdown": "md", ".ics": "ics"}


@options.with_filters
def export(
    ctx: typer.Context,
    filters: options.Given,
    output: options.Output = None,
    fmt: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help="csv, xlsx, json, md or ics; else FILE's ending.")
    ] = None,
    sort: options.Sort = "ref",
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fields: options.Fields = None,
) -> None:
    """Write the register for a spreadsheet, a paper, a calendar; as JSON all of it, to be imported elsewhere."""
    from hkshcc.cli.query import filtered_listing  # noqa: PLC0415  only this command lists here

    session: Session = ctx.obj
    form = parse_format(_ENDINGS, dict.fromkeys(_ENDINGS.values()), fmt, output)
    view = session.read(as_of, known_on)
    answer = filtered_listing(view, filters, sort)
    if form in {"csv", "md"}:
        session.show(answer, form, fields, output)
    elif form == "xlsx":
        session.save(output or "-", _workbook(view, answer, fields, session.lang))
    elif fields:
        raise UsageError(f"--fields chooses columns, which {form} has not")
    elif form == "ics":
        from hkshcc.exchange.calendar import calendar  # noqa: PLC0415  each format brings its own imports

        session.save(output or "-", calendar(view, answer.standings, session.lang))
    else:
        if answer.filters.in_words() or as_of or known_on:
            raise UsageError("json is the whole register, to be imported elsewhere; filters go with csv, xlsx, md, ics")
        from hkshcc.exchange.copies import dump  # noqa: PLC0415

        session.save(output or "-", dump(view.register))


def _workbook(view: View, answer: "Listing", fields: str | None, lang: str) -> bytes:
    """Return the measures shown and the events on them; where nothing was filtered, every event."""
    from hkshcc.exchange.xlsx_export import Rows, workbook  # noqa: PLC0415  each format brings its own imports
    from hkshcc.render.tabular import flat_rows  # noqa: PLC0415
    from hkshcc.reports.history import History, history  # noqa: PLC0415

    events = history(view, None)
    if answer.filters.in_words():
        refs = {standing.measure.ref for standing in answer.standings}
        events = History(answer.context, None, [record for record in events.events if record.entry.ref in refs])
    chosen = [field.strip() for field in (fields or "").split(",") if field.strip()]
    sheets = [
        Rows("Measures", *flat_rows(answer, chosen, lang)),
        Rows("Events", *flat_rows(events, (), lang)),
    ]
    title = f"{CONFERENCE['en']}: {answer.counted()}; {'; '.join(answer.context.lines())}"
    return workbook(answer.context.as_of, title, sheets)
