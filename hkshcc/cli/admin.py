"""Commands for the register itself: init, check, and its bodies, plenaries and rounds."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from hkshcc.cli import console, options
from hkshcc.cli.commands import COMMANDS
from hkshcc.cli.keys import keys
from hkshcc.cli.parsing import Command, Group, lines, see_help, whole_number
from hkshcc.cli.session import CommandResult, Session, from_home
from hkshcc.errors import HkshccError, UsageError
from hkshcc.language import N_, _, listed, ngettext
from hkshcc.register.index import Register
from hkshcc.register.model import Evidence
from hkshcc.reports.page import View
from hkshcc.text import inert

if TYPE_CHECKING:
    from hkshcc.reports.integrity import IntegrityReport


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


def check(
    ctx: typer.Context,
    fingerprint: Annotated[
        str | None,
        typer.Option(
            metavar=N_("HEX"),
            help=N_("Check the fingerprint that a printed report shows: the digits, or the whole line."),
        ),
    ] = None,
    report: Annotated[
        str | None,
        typer.Option(
            metavar=N_("FILE"),
            help=N_("Draw the report in this file again, and show the lines that differ."),
        ),
    ] = None,
    drawn_by: Annotated[
        str | None,
        typer.Option(
            metavar=N_("COMMAND"),
            help=N_("The command that drew it, where the file does not say, as with CSV."),
        ),
    ] = None,
    signed: Annotated[
        str | None,
        typer.Option("--signed", metavar=N_("FILE"), help=N_("Say who signed this file: a report, a copy, a form.")),
    ] = None,
    signature: Annotated[
        str | None,
        typer.Option(metavar=N_("FILE"), help=N_("Its signature (default: FILE.sig or FILE.p7s beside it).")),
    ] = None,
    fmt: options.Format = None,
    output: options.Output = None,
) -> None:
    """Read everything and say what is wrong, or that nothing is."""
    if signed is not None or signature is not None:
        if signed is None or fingerprint is not None or report is not None:
            raise UsageError(
                _("--signature goes with --signed, and --fingerprint and --report with neither"),
                hint=see_help("hkshcc check"),
            )
        _check_signed(ctx.obj, signed, signature, fmt, output)
        return
    if report is not None or drawn_by is not None:
        if report is None or fingerprint is not None:
            raise UsageError(
                _("--drawn-by goes with --report, and --fingerprint with neither"), hint=see_help("hkshcc check")
            )
        _check_report(ctx.obj, report, drawn_by, fmt, output)
        return
    session: Session = ctx.obj
    view = session.read(checking=True, says_which=True)

    def checked() -> "IntegrityReport":
        return _everything(session, view) if fingerprint is None else _compared(view, fingerprint)

    answer = checked()
    session.show(answer, fmt, None, output, again=checked)
    found = answer.problems
    if found and fingerprint is not None:
        raise _no_match(session, view, fingerprint)
    if found:
        raise HkshccError(
            ngettext("{n} problem found in {file}", "{n} problems found in {file}", len(found), file=session.store_url),
            hint=_way_out(session, answer),
        )
    if answer.signatures and answer.signatures.missing:
        raise answer.signatures.missing


def _way_out(session: Session, answer: "IntegrityReport") -> str:
    """Return what to do about problems; a store that is as it was recorded is not mended by a copy of it."""
    if answer.signatures and answer.signatures.alone:
        return _(
            "ask its body about each entry, and withdraw it with `hkshcc undo NUMBER` where its body did not say it"
        )
    return _("compare it with {file}.bak or another copy", file=session.store_url)


def _compared(view: View, fingerprint: str) -> "IntegrityReport":
    """Say of which entries a fingerprint is, of this register, of its public edition, or of another that it knows."""
    from hkshcc.register.fingerprints import (  # noqa: PLC0415
        covered_by,
        covered_by_edition,
        covered_elsewhere,
        verify_fingerprint,
    )
    from hkshcc.reports.integrity import IntegrityReport  # noqa: PLC0415

    found, covers = verify_fingerprint(view.register, fingerprint), covered_by(view.register, fingerprint)
    if covers is None and (elsewhere := covered_elsewhere(view.register, fingerprint)):
        origin, last = elsewhere
        return IntegrityReport(view.context, found, fingerprint, last, origin)
    if covers is None and not found:
        whole = next(covered_by_edition(view.register, fingerprint))
        return IntegrityReport(view.context, found, fingerprint, whole.last, edition=True)
    return IntegrityReport(view.context, found, fingerprint, covers)


def _no_match(session: Session, view: View, fingerprint: str) -> HkshccError:
    """Return why a fingerprint does not match, or cannot be compared."""
    from hkshcc.register.fingerprints import may_be_newer  # noqa: PLC0415

    if newer := may_be_newer(view.register, fingerprint):
        return HkshccError(
            _("the fingerprint cannot be compared here"),
            hint=_(
                "`hkshcc import register` a newer copy of {origins}, then compare again",
                origins=listed([chain.origin for chain in newer]),
            ),
        )
    return HkshccError(
        _("the fingerprint does not match {file}", file=session.store_url),
        hint=_(
            "compare it with the print; if it is typed correctly, it is of another register of which these entries were"
            " not received here, or entries were changed"
        ),
    )


def _everything(session: Session, view: View) -> "IntegrityReport":
    """Verify the register, the copies that it keeps, and the signatures in it."""
    from hkshcc.register.integrity import problems  # noqa: PLC0415
    from hkshcc.reports.integrity import IntegrityReport, SignatureCounts  # noqa: PLC0415

    found = problems(view.register, session.today)
    others: set[str] = set()
    if any(evidence.get("copy") for evidence in _evidence(view.register)):
        from hkshcc.stores.kept_files import elsewhere  # noqa: PLC0415  few registers keep copies
        from hkshcc.stores.kept_files import problems as in_copies  # noqa: PLC0415

        found = [*found, *in_copies(session.store_url, view.register)]
        others = elsewhere(session.store_url, view.register)
    if not any(entry.signature for entry in view.register.entries):
        return IntegrityReport(view.context, found, None, elsewhere=len(others))
    from hkshcc.cli.signing import verify_entries  # noqa: PLC0415  few registers have signatures

    verified = verify_entries(session, view.register)
    why_not = list(verified.why_not.values())
    counted = SignatureCounts(verified.good, verified.unverified, verified.missing, why_not, not found)
    found = [*found, *verified.problems.values()]
    return IntegrityReport(view.context, found, None, signatures=counted, elsewhere=len(others | verified.elsewhere))


def _check_signed(session: Session, file: str, signature: str | None, fmt: str | None, output: str | None) -> None:
    """Say who signed a file. Raises HkshccError where nobody did whom the register knows."""
    from hkshcc.cli.signing import verified_file  # noqa: PLC0415  few files are signed

    session.show(verified_file(session, file, signature), fmt, None, output)


def _check_report(session: Session, report: str, drawn_by: str | None, fmt: str | None, output: str | None) -> None:
    """Draw a report again and say which lines differ. Raises HkshccError where one does."""
    from hkshcc.cli.redraw import compared  # noqa: PLC0415  only --report draws again

    found = compared(session, report, drawn_by, session.read(checking=True, says_which=True).register)
    session.show(found, fmt, None, output)
    if not found.as_drawn:
        raise HkshccError(_("{file} is not as it was drawn", file=found.file))


def _evidence(register: Register) -> Iterator[Evidence]:
    return (evidence for entry in register.entries for evidence in entry.evidence or ())


def group(command: str) -> typer.Typer:
    """Make a command that has commands of its own."""
    task = COMMANDS[command]
    return typer.Typer(
        cls=Group, rich_markup_mode=None, add_completion=False, help=task.about, epilog="\n".join(task.examples)
    )


bodies, plenary, rounds = group("bodies"), group("plenary"), group("round")


@bodies.callback(invoke_without_command=True, help=COMMANDS["bodies"].about)
def list_bodies(
    ctx: typer.Context,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """List the bodies."""
    from hkshcc.reports.areas_bodies import bodies as counted  # noqa: PLC0415

    if ctx.invoked_subcommand is None:
        session: Session = ctx.obj
        session.show(counted(session.read(as_of, known_on)), fmt, fields, output)


@bodies.command(
    "add",
    cls=Command,
    help=N_("Add a body."),
    epilog=lines(
        N_("hkshcc bodies add XYZ --side hk --name Example"),
        N_('hkshcc bodies add SH-XYZ --side sh --name "Another example"'),
        N_('hkshcc bodies add ABC --side hk --name "A third" --format json'),
    ),
)
def add_body(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar=N_("CODE"), help=N_("The code: letters, digits and hyphens."))],
    side: Annotated[str, typer.Option(metavar=N_("SIDE"), help=N_("hk or sh."))],
    name: Annotated[str, typer.Option(metavar=N_("NAME"), help=N_("The name in English."))],
    name_hant: Annotated[
        str | None, typer.Option(metavar=N_("NAME"), help=N_("The name in Traditional Chinese."))
    ] = None,
    name_hans: Annotated[
        str | None, typer.Option(metavar=N_("NAME"), help=N_("The name in Simplified Chinese."))
    ] = None,
    fmt: options.AnswerFormat = None,
) -> None:
    """Add a body to the register."""
    from hkshcc.register.commands import reference_data  # noqa: PLC0415

    session: Session = ctx.obj
    names = {"en": name, "zh-Hant": name_hant, "zh-Hans": name_hans}
    session.record(lambda register, context: reference_data.add_body(register, context, code, side, names), fmt)


bodies.add_typer(keys, name="key")


@plenary.callback(invoke_without_command=True, help=COMMANDS["plenary"].about)
def list_plenaries_alone(
    ctx: typer.Context,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """List the plenaries, as `plenary list` does."""
    if ctx.invoked_subcommand is None:
        list_plenaries(ctx, as_of, known_on, fmt, fields, output)


@plenary.command(
    "list",
    cls=Command,
    help=N_("List the plenaries, with the number of measures of each."),
    epilog=lines("hkshcc plenary list", "hkshcc plenary list --as-of 2022-08-30", "hkshcc plenary list --format csv"),
)
def list_plenaries(
    ctx: typer.Context,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """List the plenaries, and how many measures of each there are."""
    from hkshcc.reports.plenaries import plenaries  # noqa: PLC0415

    session: Session = ctx.obj
    session.show(plenaries(session.read(as_of, known_on)), fmt, fields, output)


@plenary.command(
    "show",
    cls=Command,
    help=N_("Show a plenary: its areas, their progress, and the documents signed."),
    epilog=lines(
        "hkshcc plenary show 5", "hkshcc plenary show 5 --as-of 2022-08-30", "hkshcc plenary show 5 -o plenary.md"
    ),
)
def show_plenary(
    ctx: typer.Context,
    number: Annotated[
        int,
        typer.Argument(
            metavar=N_("NUMBER"), parser=whole_number("NUMBER", 1), help=N_("The plenary's number, such as 5.")
        ),
    ],
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """Show a plenary: its areas, how they stand, what was signed."""
    from hkshcc.register.lookup import find_plenary  # noqa: PLC0415
    from hkshcc.reports.plenaries import plenary_detail  # noqa: PLC0415

    session: Session = ctx.obj
    view = session.read(as_of, known_on)
    session.show(plenary_detail(view, find_plenary(view.register, number)), fmt, fields, output)


@plenary.command(
    "add",
    cls=Command,
    help=N_("Add a plenary; then add its measures with `hkshcc add` or `hkshcc import`."),
    epilog=lines(
        N_("hkshcc plenary add 7 --date 2026-11-20 --place Shanghai"),
        N_('hkshcc plenary add 8 --date "20 Nov 2027" --place "Hong Kong"'),
        N_("hkshcc plenary add 9 --date 2028-11-20 --co-chair Example"),
    ),
)
def add_plenary(
    ctx: typer.Context,
    number: Annotated[
        int,
        typer.Argument(
            metavar=N_("NUMBER"), parser=whole_number("NUMBER", 1), help=N_("The plenary's number, such as 7.")
        ),
    ],
    date: Annotated[str, typer.Option(metavar=N_("DATE"), help=N_("The day on which it was or will be held."))],
    place: Annotated[str | None, typer.Option(metavar=N_("PLACE"), help=N_("The place."))] = None,
    co_chair: Annotated[
        list[str] | None, typer.Option(metavar=N_("NAME"), help=N_("A co-chair's name; may be repeated."))
    ] = None,
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


@rounds.callback(invoke_without_command=True, help=COMMANDS["round"].about)
def list_rounds_alone(
    ctx: typer.Context,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """List the rounds, as `round list` does."""
    if ctx.invoked_subcommand is None:
        list_rounds(ctx, as_of, known_on, fmt, fields, output)


@rounds.command(
    "open",
    cls=Command,
    help=N_("Open a reporting round; `hkshcc chase` then shows who owes returns."),
    epilog=lines(
        "hkshcc round open 2026H2 --due 2026-12-31",
        "hkshcc round open 2027H1 --due 30/6/2027",
        "hkshcc round open 2027H2 --due 2027-12-31 --on 2026-11-01",
    ),
)
def open_round(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("The round's name, such as 2026H2."))],
    due: Annotated[str, typer.Option(metavar=N_("DATE"), help=N_("The day by which returns are due."))],
    on: options.On = None,
    fmt: options.AnswerFormat = None,
) -> None:
    """Open a reporting round: `chase` then says who owes what."""
    from hkshcc.register.commands import reference_data  # noqa: PLC0415

    session: Session = ctx.obj
    due_day = session.day(due, "--due", "next")
    opened = session.day(on, "--on") if on else None
    session.record(lambda register, context: reference_data.open_round(register, context, name, due_day, opened), fmt)


@rounds.command(
    "close",
    cls=Command,
    help=N_("Close a reporting round."),
    epilog=lines(
        "hkshcc round close 2026H2",
        "hkshcc round close 2027H1 --on 2026-11-20",
        "hkshcc round close 2027H2 --format json",
    ),
)
def close_round(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("The round's name."))],
    on: options.On = None,
    fmt: options.AnswerFormat = None,
) -> None:
    """Close a reporting round."""
    from hkshcc.register.commands import reference_data  # noqa: PLC0415

    session: Session = ctx.obj
    closed = session.day(on, "--on") if on else None
    session.record(lambda register, context: reference_data.close_round(register, context, name, closed), fmt)


@rounds.command(
    "list",
    cls=Command,
    help=N_("List the rounds, with the number of measures reported on."),
    epilog=lines("hkshcc round list", "hkshcc round list --as-of 2026-06-30", "hkshcc round list --format csv"),
)
def list_rounds(
    ctx: typer.Context,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """List the rounds, and on how many measures owners reported."""
    from hkshcc.reports.rounds import rounds as counted  # noqa: PLC0415

    session: Session = ctx.obj
    session.show(counted(session.read(as_of, known_on)), fmt, fields, output)
