"""Commands that follow the register between two meetings: changes, todo, chase."""

from typing import TYPE_CHECKING, Annotated

import typer

from hkshcc import language
from hkshcc.cli import console, options
from hkshcc.cli.output import parse_output
from hkshcc.cli.session import Session
from hkshcc.errors import UsageError
from hkshcc.language import N_, _, ngettext
from hkshcc.register import lookup
from hkshcc.register.index import Register
from hkshcc.register.vocabulary import STALE_AFTER_DAYS
from hkshcc.reports.page import View

if TYPE_CHECKING:
    from hkshcc.register.model import Body
    from hkshcc.reports.changes import Changes
    from hkshcc.reports.chase import Chase
    from hkshcc.reports.todo import Todo


def changes(
    ctx: typer.Context,
    since: Annotated[
        str,
        typer.Option(
            metavar=N_("WHEN"),
            help=N_("A date, 5th-plenary, last-round, a round's name, or an age such as 90d or 6m."),
            rich_help_panel=options.WHEN,
        ),
    ],
    until: Annotated[
        str | None,
        typer.Option(
            metavar=N_("WHEN"), help=N_("The end, in the same forms (default: today)."), rich_help_panel=options.WHEN
        ),
    ] = None,
    by_recorded: Annotated[
        bool,
        typer.Option(
            "--by-recorded",
            help=N_("Go by the day of recording, not by the day it happened."),
            rich_help_panel=options.WHEN,
        ),
    ] = False,
    stale_after: options.Stale = STALE_AFTER_DAYS,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    public: options.Public = False,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """Show what changed between two days."""
    from hkshcc.reports.changes import changes as told  # noqa: PLC0415  each command brings its own report

    session: Session = ctx.obj
    if until and as_of:
        raise UsageError(_("--until and --as-of mean the same here"), hint=_("give one of the two"))
    now = session.read(as_of, known_on, public=public)
    end = lookup.find_when(now.register, until, session.today) if until else now.as_of
    start = lookup.find_since(now.register, since, session.today, end)
    for typed, day in ((since, start), (until or "", end)):
        session.say_which_year(typed, day)
    if by_recorded:
        earlier, later = _known(now, end, start), _known(now, end, min(end, now.known_on))
    else:
        earlier, later = now._replace(as_of=start), now._replace(as_of=end)

    def changed() -> "Changes":
        return told(earlier, later, since, by_recorded=by_recorded, stale_after=stale_after)

    session.show(changed(), fmt, fields, output, again=changed)


def _known(view: View, as_of: str, known_on: str) -> View:
    """Return what a register knew on a day (ISO)."""
    return view._replace(
        register=Register(list(view.register.stored), known_on=known_on), as_of=as_of, known_on=known_on
    )


@options.with_filters
def todo(
    ctx: typer.Context,
    filters: options.Given,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    public: options.Public = False,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """Show what is to be done, most pressing first."""
    from hkshcc.cli.filters import filtered_listing  # noqa: PLC0415  this command alone has filters
    from hkshcc.reports.rounds import latest_open  # noqa: PLC0415  each command brings its own report
    from hkshcc.reports.todo import todo as pressing  # noqa: PLC0415  each command brings its own report

    session: Session = ctx.obj
    view = session.read(as_of, known_on, public=public)
    chosen = filtered_listing(view, filters)
    entered = latest_open(view)

    def pending() -> "Todo":
        return pressing(view, chosen, filters["stalled_after"], entered)

    session.show(pending(), fmt, fields, output, again=pending)


def chase(
    ctx: typer.Context,
    word: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("[BODY]"), help=N_("The body, as with --owner."), autocompletion=options.offering("bodies")
        ),
    ] = None,
    owner: Annotated[
        str | None,
        typer.Option(metavar=N_("BODY"), help=N_("This body only."), autocompletion=options.offering("bodies")),
    ] = None,
    round_name: Annotated[
        str | None, typer.Option("--round", metavar=N_("NAME"), help=N_("The round (default: the latest open one)."))
    ] = None,
    out: Annotated[
        str | None,
        typer.Option(
            metavar=N_("FOLDER"),
            help=N_("Write a letter to each body into this folder; --format md, html or docx (Word) for these."),
            rich_help_panel=options.OUTPUT,
        ),
    ] = None,
    return_to: Annotated[
        str | None,
        typer.Option(
            metavar=N_("ADDRESS"), help=N_("With --out: where answers are to be sent."), rich_help_panel=options.OUTPUT
        ),
    ] = None,
    with_forms: Annotated[
        bool,
        typer.Option(
            "--with-forms", help=N_("With --out: write each body's return form too."), rich_help_panel=options.OUTPUT
        ),
    ] = False,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    public: options.Public = False,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """Show what each body owes, or write a letter to each."""
    from hkshcc.reports.chase import chase as owed  # noqa: PLC0415  each command brings its own report
    from hkshcc.reports.rounds import latest_open  # noqa: PLC0415

    session: Session = ctx.obj
    held = view = session.read(as_of, known_on, public=public)
    if out is not None:
        from hkshcc.reports.published import as_sent  # noqa: PLC0415  only letters leave the office

        view = as_sent(held)
    entered = lookup.find_round(view.register, round_name, view.as_of) if round_name else latest_open(view)
    if word and owner:
        raise UsageError(_("BODY and --owner mean the same here"), hint=_("give one of the two"))
    named = word or owner
    body = lookup.find_body(view.register, named) if named else None
    answer = owed(view, entered, body)
    if out is None:
        if return_to is not None or with_forms:
            raise UsageError(_("--return-to and --with-forms are for letters"), hint=_("add --out FOLDER"))
        session.show(answer, fmt, fields, output)
        return
    if output is not None:
        raise UsageError(
            _("-o and --out exclude each other"), hint=_("use -o FILE for one file, or --out FOLDER for one file each")
        )
    _write_letters(session, held, answer, out, fmt, (return_to or "", with_forms))


_LETTERS = {None: ".txt", "table": ".txt", "md": ".md", "html": ".html", "docx": ".docx"}  # their endings, by format


def _write_letters(
    session: Session, held: View, answer: "Chase", folder: str, fmt: str | None, sending: "tuple[str, bool]"
) -> None:
    """Write a letter to each body, with its form where forms are wanted, which is drawn from the register held."""
    from hkshcc.cli.folder import File, write_each  # noqa: PLC0415  only --out writes files
    from hkshcc.cli.stamp import Stamped  # noqa: PLC0415  a letter is checked by its last line, and drawn with others
    from hkshcc.reports.letter import Sending, letters  # noqa: PLC0415

    if fmt not in _LETTERS:
        raise UsageError(
            _("a letter is plain text, Markdown, HTML or Word, not {format}", format=fmt),
            hint=_("leave --format out, or use --format md, html or docx"),
        )
    if not answer.debts:
        console.message(_("no returns are owed; nothing was written"))
        return
    ending, (return_to, with_forms) = _LETTERS[fmt], sending
    written = letters(answer, Sending(return_to, ".xlsx" if with_forms else ""))
    files = []
    if with_forms:
        from hkshcc.exchange.forms.form import Order, form  # noqa: PLC0415  only --with-forms draws them
    for letter in written:
        lang = _language_of(letter.debt.body, session)
        drawn = parse_output(fmt, None, f"letter{ending}", lang=lang, color="never", pager=False)
        with language.using(lang):
            files.append(File(letter.name, ending, drawn.render(Stamped(letter, answer.context, "")).data))
        if with_forms and letter.debt.body:
            order = Order(letter.debt.body, held.as_of, lang, answer.round, return_to)
            files.append(File(letter.name, ".xlsx", form(held.register, order)))
    wrote = ngettext(
        "wrote {n} letter to {folder}; nothing was sent",
        "wrote {n} letters to {folder}; nothing was sent",
        len(written),
        folder=folder,
    )
    write_each(folder, files, N_("{path} exists already and may have been edited"), wrote)


def _language_of(body: "Body | None", session: Session) -> str:
    """Return the language of a letter: that of --lang; else simplified Chinese for Shanghai.

    For Hong Kong it is the one that holds, English or traditional Chinese; traditional where it is simplified.
    """
    if session.lang_named or body is None:
        return session.lang
    if body.side == "sh":
        return "zh-Hans"
    return "en" if session.lang == "en" else "zh-Hant"
