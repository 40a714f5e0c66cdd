"""Commands that read: list, show, report, history, areas, instruments; and the glance, without a command."""

from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from hkshcc.cli import completion, console, options
from hkshcc.cli.session import Session, split_refs
from hkshcc.errors import HkshccError, NotFoundError, UsageError
from hkshcc.language import N_, _, in_every_language
from hkshcc.register import lookup
from hkshcc.register.vocabulary import STALE_AFTER_DAYS, STALLED_AFTER_DAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hkshcc.register.index import Register
    from hkshcc.register.model import Measure
    from hkshcc.reports.listing import Listing
    from hkshcc.reports.over_time import Steps
    from hkshcc.reports.page import View
    from hkshcc.reports.progress import Progress
    from hkshcc.reports.sheet import Quoted


Found = TypeVar("Found")


@options.with_filters
def list_measures(
    ctx: typer.Context,
    filters: options.Given,
    sort: options.Sort = "ref",
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """List the measures that pass the filters."""
    session: Session = ctx.obj
    session.show(filtered_listing(session.read(as_of, known_on), filters, sort), fmt, fields, output)


def filtered_listing(view: "View", given: options.Given, sort: str = "ref") -> "Listing":
    """List the measures that pass the filters given, in an order of `SORTS`. Raises HkshccError for a wrong value."""
    from hkshcc.reports.listing import SORTS, Filters, listing  # noqa: PLC0415  each command brings its own report

    register, instrument = view.register, given["instrument"]
    words = _words(register, given["words"] or ())
    flags = {name: given[name] or name in words["flag"] for name in _FLAGS}
    signed = lookup.find_instrument(view.register, instrument) if instrument else None
    filters = Filters(
        refs=signed.related if signed else (),
        instrument=signed.ref if signed else "",
        areas=[*words["area"], *_each(lambda typed: lookup.find_area(register, typed).slug, given["area"])],
        statuses=[*words["status"], *_each(lookup.read_status, given["status"])],
        owners=[*words["owner"], *_each(lambda typed: lookup.find_body(register, typed).code, given["owner"])],
        kinds=_each(lookup.read_kind, given["kind"]),
        plenaries=[lookup.find_plenary(view.register, number).number for number in given["plenary"] or ()],
        due_by=lookup.find_until(given["due_within"], view.as_of) if given["due_within"] else "",
        stalled_after=given["stalled_after"] if flags.pop("stalled") else None,
        search=" ".join(text for text in (*words["text"], given["search"]) if text),
        **flags,
    )
    return listing(view, filters, lookup.one_of(SORTS, N_("order (--sort)"), sort), given["stale_after"])


def _each(find: "Callable[[str], Found]", typed: "Sequence[str] | None") -> "list[Found]":
    """Find every name that was typed. ``finance,legal`` are two; a name may hold a comma itself."""
    found: list[Found] = []
    for text in typed or ():
        try:
            found.append(find(text))
        except HkshccError:
            if "," not in text:
                raise
            found += [find(part) for part in text.split(",") if part.strip()]
    return found


# The options that need no value, and what else a person calls them: as a listing does.
_FLAGS = {
    "overdue": N_("overdue"), "lapsed": N_("lapsed"), "stalled": N_("stalled"), "silent": N_("silent"),
    "sides_differ": N_("sides differ"), "no_evidence": N_("no evidence"),
    "unconfirmed": N_("unconfirmed"), "single_source": N_("status from a single source"),
    "on_press_alone": N_("status on press alone"), "no_criteria": N_("no criteria"),
}  # fmt: skip


def _words(register: "Register", typed: "Sequence[str]") -> dict[str, list[str]]:
    """Read words typed without an option: an area, else an owner, else a status or flag, else text to search for.

    Words that stand side by side are tried together first: ``in progress`` is one status.
    """
    readings: dict[str, Callable[[str], str]] = {
        "area": lambda word: _area(register, word),
        "owner": lambda word: lookup.find_body(register, word).code,
        "status": lookup.read_status,
        "flag": _flag,
    }
    words: dict[str, list[str]] = {**{name: [] for name in readings}, "text": []}
    waiting = list(typed)
    while waiting:
        for many in range(min(len(waiting), _MOST_WORDS), 0, -1):
            word = " ".join(waiting[:many])
            if meant := {name: found for name, read in readings.items() if (found := _found(read, word))}:
                break
        del waiting[:many]
        if not meant:
            words["text"].append(word)
            continue
        first, *others = meant
        words[first].append(meant[first])
        for other in others:
            console.message(
                _(
                    "'{word}' was read as --{first} {found}; it could also be --{other} {value}",
                    word=word,
                    first=first,
                    found=meant[first],
                    other=other,
                    value=meant[other],
                )
            )
    return words


_SHORTEST = 3  # letters of a beginning that is taken for an area's
_MOST_WORDS = 12  # that a name may have which is typed without quotation marks


def _area(register: "Register", typed: str) -> str:
    """Find an area's slug; a beginning must have three letters, as ``in`` begins one. Raises NotFoundError."""
    area = lookup.find_area(register, typed)
    wanted = typed.strip()
    if wanted.isascii() and len(wanted) < _SHORTEST and wanted.casefold() not in {area.slug, area.code.casefold()}:
        raise NotFoundError(_("no area '{typed}'", typed=typed))
    return area.slug


def _flag(typed: str) -> str:
    """Find the filter that a word names, as it is spelled or as it is shown in any language. Raises NotFoundError."""
    wanted = typed.strip().casefold().replace("-", " ")
    for name, shown in _FLAGS.items():
        if wanted in {name.replace("_", " "), *in_every_language(shown).values()}:
            return name
    raise NotFoundError(_("no option '{typed}'", typed=typed))


def _found(find: "Callable[[str], str]", typed: str) -> str | None:
    try:
        return find(typed)
    except HkshccError:
        return None


def show(
    ctx: typer.Context,
    refs: options.Refs,
    source: Annotated[
        str | None,
        typer.Option(
            metavar=N_("FILE"),
            help=N_("Your copy of the release: quote the measure's paragraph from it."),
            rich_help_panel=options.OUTPUT,
        ),
    ] = None,
    stale_after: options.Stale = STALE_AFTER_DAYS,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """Show a sheet for each measure, or for each document signed."""
    session: Session = ctx.obj
    view = session.read(as_of, known_on)
    named = split_refs(refs)
    if signed := [ref for ref in named if lookup.means_an_instrument(view.register, ref)]:
        if signed != named or source:
            raise UsageError(
                _("{ref} is a document, not a measure", ref=signed[0]), hint=_("show documents alone, without --source")
            )
        from hkshcc.reports.instrument_detail import instrument_details  # noqa: PLC0415  each command brings its own report

        instruments = [lookup.find_instrument(view.register, ref) for ref in signed]
        session.show(instrument_details(view, instruments), fmt, fields, output)
        return
    from hkshcc.reports.sheet import sheet  # noqa: PLC0415

    measures = [lookup.find_measure(view.register, ref, view.as_of) for ref in named]
    standings = [view.register.standing(measure, view.as_of, stale_after) for measure in measures]
    answer = sheet(view, standings, _quoted(session, source, measures, view) if source else {})
    session.show(answer, fmt, fields, output)


def _quoted(session: Session, source: str, measures: "Sequence[Measure]", view: "View") -> "dict[str, Quoted]":
    """Look the measures' paragraphs up in a person's own copy of the release."""
    from hkshcc.cli.files import display_name  # noqa: PLC0415  only --source reads a release
    from hkshcc.exchange.releases.page_text import MOST_BYTES, page_of  # noqa: PLC0415
    from hkshcc.exchange.releases.quoting import quoted  # noqa: PLC0415

    page = page_of(session.input(source, MOST_BYTES), display_name(source))
    return quoted(page, display_name(source), measures, view.register.measures(view.as_of))


@options.with_filters
def report(
    ctx: typer.Context,
    filters: options.Given,
    group: Annotated[
        str,
        typer.Option(
            metavar=N_("FIELD"),
            help=N_("One bar for each area, owner, side, status, kind, year or plenary."),
            rich_help_panel=options.OUTPUT,
        ),
    ] = "area",
    by: Annotated[
        str | None,
        typer.Option(
            metavar=N_("FIELD"),
            help=N_("A table with a column for each of these: side, status, owner, kind, year, plenary or area."),
            rich_help_panel=options.OUTPUT,
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar=N_("WHEN"),
            help=N_("Compare with a past day: a date, 5th-plenary, last-round, a round's name, 90d or 6m."),
            rich_help_panel=options.WHEN,
        ),
    ] = None,
    over_time: Annotated[
        bool,
        typer.Option("--over-time", help=N_("One bar for the end of each half-year."), rich_help_panel=options.WHEN),
    ] = False,
    paper: Annotated[
        bool,
        typer.Option(
            "--paper",
            help=N_("The paper for a meeting, by area; what -o FILE.docx writes."),
            rich_help_panel=options.OUTPUT,
        ),
    ] = False,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
    sign: options.SignFile = None,
) -> None:
    """Report progress by group, and what needs attention."""
    from hkshcc.reports.progress import GROUPS, progress  # noqa: PLC0415  each command brings its own report

    session: Session = ctx.obj
    view = session.read(as_of, known_on)
    parts = lookup.one_of(GROUPS, N_("group (--group)"), group)
    columns = lookup.one_of(GROUPS, N_("columns (--by)"), by) if by is not None else None
    if columns is not None and since is not None:
        raise UsageError(_("--since and --by exclude each other"), hint=_("give one of the two"))
    if columns == parts:
        raise UsageError(_("--group and --by are both {field}", field=parts), hint=_("choose two different ones"))
    chosen = filtered_listing(view, filters)
    if over_time:
        others = {"--since": since, "--by": by, "--group": group, "--paper": "given" if paper else None}
        session.show(_over_time(view, chosen, others), fmt, fields, output, sign=sign)
        return

    def reported() -> "Progress":
        return progress(view, chosen, parts, filters["stalled_after"])

    answer = reported()
    if paper and (columns is not None or parts != "area"):
        raise UsageError(_("--paper is by area"), hint=_("leave out --group and --by"))
    by_area = columns is None and parts == "area"
    if paper or (by_area and session.output(fmt, fields, output).options.format == "docx"):
        _show_paper(session, view, answer, since, fmt, fields, output, sign)
    elif since is not None:
        from hkshcc.reports.comparison import Comparison  # noqa: PLC0415  only --since compares

        past = view._replace(as_of=lookup.find_since(view.register, since, session.today, view.as_of))
        earlier = progress(past, filtered_listing(past, filters), parts, filters["stalled_after"])
        session.show(Comparison(earlier, answer), fmt, fields, output, sign=sign)
    elif columns is not None:
        from hkshcc.reports.cross_table import cross_table  # noqa: PLC0415  only --by draws one

        session.show(cross_table(view, answer, columns), fmt, fields, output, sign=sign)
    else:
        session.show(answer, fmt, fields, output, again=reported, sign=sign)


def _over_time(view: "View", chosen: "Listing", others: "Mapping[str, str | None]") -> "Steps":
    """Report how many stood where over time. Raises UsageError beside an option that parts them otherwise."""
    for option, given in others.items():
        if given not in {None, "area"}:
            raise UsageError(
                _("--over-time and {option} exclude each other", option=option), hint=_("give one of the two")
            )
    from hkshcc.reports.over_time import steps  # noqa: PLC0415  only --over-time counts so often

    return steps(view, chosen, "half")


def _show_paper(
    session: Session,
    view: "View",
    answer: "Progress",
    since: str | None,
    fmt: str | None,
    fields: str | None,
    output: str | None,
    sign: str | None,
) -> None:
    """Show the paper for a meeting on the measures of a report."""
    from hkshcc.reports.chase import chase  # noqa: PLC0415  only the paper says who was not heard from
    from hkshcc.reports.paper import paper  # noqa: PLC0415

    still_open = [entered for entered in view.register.rounds(view.as_of) if entered.closed is None]
    owed = chase(view, still_open[-1] if still_open else None, None)
    start = lookup.find_since(view.register, since, session.today, view.as_of) if since is not None else None
    if "--paper" not in session.arguments:  # the file's name said so: what is drawn again has another, or none
        session.arguments = [*session.arguments, "--paper"]
    session.show(paper(view, answer, owed, start), fmt, fields, output, sign=sign)


def history(
    ctx: typer.Context,
    ref: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("[REF]"), help=N_("A measure (default: the whole register)."), autocompletion=completion.refs
        ),
    ] = None,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """Show the entries on a measure, or all."""
    from hkshcc.reports.history import history as told  # noqa: PLC0415

    session: Session = ctx.obj
    view = session.read(as_of, known_on)
    measure = lookup.find_measure_ever(view.register, ref, view.as_of) if ref is not None else None
    session.show(told(view, measure), fmt, fields, output)


def areas(
    ctx: typer.Context,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """List the areas."""
    from hkshcc.reports.areas_bodies import areas as counted  # noqa: PLC0415

    session: Session = ctx.obj
    session.show(counted(session.read(as_of, known_on)), fmt, fields, output)


def instruments(
    ctx: typer.Context,
    by: Annotated[
        str | None,
        typer.Option(metavar=N_("FIELD"), help=N_("Count them by year or plenary."), rich_help_panel=options.OUTPUT),
    ] = None,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """List the documents signed, or count them by year or plenary."""
    session: Session = ctx.obj
    view = session.read(as_of, known_on)
    if by is not None:
        from hkshcc.reports.documents_by import KEYS, documents_by  # noqa: PLC0415  only --by counts

        session.show(documents_by(view, lookup.one_of(KEYS, N_("columns (--by)"), by)), fmt, fields, output)
        return
    from hkshcc.reports.instruments import instruments as signed  # noqa: PLC0415  each command brings its own report

    session.show(signed(view), fmt, fields, output)


def overview(session: Session) -> None:
    """Show the state of the register in five lines, and what to type next."""
    from hkshcc.reports.listing import Filters, listing  # noqa: PLC0415
    from hkshcc.reports.overview import overview as seen  # noqa: PLC0415
    from hkshcc.reports.progress import progress  # noqa: PLC0415

    view = session.read(says_which=True)
    chosen = listing(view, Filters(), "ref", STALE_AFTER_DAYS)
    session.show(seen(view, progress(view, chosen, "area", STALLED_AFTER_DAYS)))
