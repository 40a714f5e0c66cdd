"""Commands that follow the register between two meetings: changes, chase."""

from typing import Annotated

import typer

from hkshcc.cli import completion, options
from hkshcc.cli.output import parse_output
from hkshcc.cli.session import Session
from hkshcc.errors import UsageError
from hkshcc.register import lookup
from hkshcc.reports.page import View


def changes(
    ctx: typer.Context,
    since: Annotated[
        str,
        typer.Option(metavar="WHEN", help="A date, 5th-plenary, last-round, a round's name, or an age as 90d or 6m."),
    ],
    until: Annotated[str | None, typer.Option(metavar="WHEN", help="Likewise; else today.")] = None,
    by_recorded: Annotated[
        bool, typer.Option("--by-recorded", help="What the register was told, not what became true.")
    ] = False,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """Tell what changed since a day: completed, moved, slipped, first heard of, still silent."""
    from hkshcc.reports.changes import changes as told  # noqa: PLC0415  each command brings its own report

    session: Session = ctx.obj
    if until and as_of:
        raise UsageError("--until and --as-of say the same here; give one")
    now = session.read(as_of, known_on)
    end = lookup.find_when(now.register, until, session.today) if until else now.as_of
    start = lookup.find_when(now.register, since, session.today, end)
    if start > end:
        raise UsageError(f"--since ({start}) lies after the day it is compared with ({end}); give an earlier one")
    if by_recorded:
        earlier = View(session.reader.read(start), end, start)
        later = View(session.reader.read(min(end, now.known_on)), end, min(end, now.known_on))
    else:
        earlier, later = now._replace(as_of=start), now._replace(as_of=end)
    session.show(told(earlier, later, since, by_recorded=by_recorded), fmt, fields, output)


def chase(
    ctx: typer.Context,
    owner: Annotated[
        str | None, typer.Option(metavar="BODY", help="Only this body.", autocompletion=completion.bodies)
    ] = None,
    round_name: Annotated[
        str | None, typer.Option("--round", metavar="NAME", help="The round; else the latest that is open.")
    ] = None,
    out: Annotated[
        str | None, typer.Option(metavar="FOLDER", help="Write a note for each body there (--format md for Markdown).")
    ] = None,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """Say what each body owes: the last word, its age, what it said it would do. Sends nothing."""
    from hkshcc.cli.folder import write_each  # noqa: PLC0415  only --out writes files
    from hkshcc.reports.chase import chase as owed  # noqa: PLC0415

    session: Session = ctx.obj
    view = session.read(as_of, known_on)
    rounds = view.register.rounds(view.as_of)
    still_open = [entered for entered in rounds if entered.closed is None]
    latest = still_open[-1] if still_open else None
    entered = lookup.find_round(view.register, round_name, view.as_of) if round_name else latest
    body = lookup.find_body(view.register, owner) if owner else None
    answer = owed(view, entered, body)
    if out is None:
        session.show(answer, fmt, fields, output)
        return
    if fmt not in {None, "table", "md"}:
        raise UsageError(f"a note is plain text or Markdown, not {fmt}; leave --format out or give --format md")
    if output is not None:
        raise UsageError("say where the notes go: -o FILE for all in one, or --out FOLDER for one each")
    ending = ".md" if fmt == "md" else ".txt"
    drawn = parse_output(fmt, fields, f"note{ending}", lang=session.lang, color="never", pager=False)
    notes = [(note.name, drawn.render(note).stdout.encode()) for note in answer.notes()]
    write_each(out, notes, ending, what="note", why_kept="may have been edited")
