"""Options that several commands share, spelled once."""

from collections.abc import Callable, Mapping
from functools import wraps
from inspect import Parameter, signature
from typing import Annotated, Any

import typer

from hkshcc.cli.parsing import whole_number
from hkshcc.cli.session import Session
from hkshcc.language import N_
from hkshcc.register.vocabulary import STALE_AFTER_DAYS, STALLED_AFTER_DAYS


def read_text(ctx: typer.Context, typed: str | None) -> str | None:
    """Return a text as it was typed; ``-`` stands for what standard input says."""
    if typed != "-" or ctx.resilient_parsing:
        return typed
    session: Session = ctx.obj
    return session.text_from_stdin()


def offering(what: str) -> Callable[[typer.Context, str], list[tuple[str, str]]]:
    """Return what a shell is answered with when Tab is pressed: a function of `completion`, which is loaded then."""

    def offered(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        from hkshcc.cli import completion  # noqa: PLC0415  a command that runs completes nothing

        choices: list[tuple[str, str]] = getattr(completion, what)(ctx, incomplete)
        return choices

    return offered


# The headings of the help that options stand under.
WHICH, WHEN, OUTPUT = N_("Which measures"), N_("As of when"), N_("Output")

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar=N_("DATE"), help=N_("Show the state at the end of that day."), rich_help_panel=WHEN
    ),
]
KnownOn = Annotated[
    str | None,
    typer.Option(
        "--known-on", metavar=N_("DATE"), help=N_("Use only what was recorded by that day."), rich_help_panel=WHEN
    ),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format", metavar=N_("FORMAT"), help=N_("table, json, csv, md, html, svg or docx."), rich_help_panel=OUTPUT
    ),
]
Fields = Annotated[
    str | None,
    typer.Option(
        "--fields", metavar=N_("A,B"), help=N_("Show these fields only, in this order."), rich_help_panel=OUTPUT
    ),
]
Public = Annotated[
    bool,
    typer.Option(
        "--public",
        help=N_("Leave out internal notes and words, and what was said in entries that are withdrawn."),
        rich_help_panel=OUTPUT,
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar=N_("FILE"),
        help=N_("Write to a file; its ending chooses the format."),
        rich_help_panel=OUTPUT,
    ),
]
Stale = Annotated[
    int,
    typer.Option(
        "--stale-after",
        metavar=N_("DAYS"),
        parser=whole_number("--stale-after", 0),
        help=N_("Call a measure without an update or evidence for longer stale; if continuing, lapsed."),
        rich_help_panel=WHICH,
    ),
]
Stalled = Annotated[
    int,
    typer.Option(
        "--stalled-after",
        metavar=N_("DAYS"),
        parser=whole_number("--stalled-after", 0),
        help=N_("Call a measure in progress without an update or evidence for longer stalled."),
        rich_help_panel=WHICH,
    ),
]

Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=N_("[WORD]..."),
        help=N_("An area, an owner, a status, or text to search for: `hkshcc list finance`."),
        autocompletion=offering("words"),
    ),
]
Areas = Annotated[
    list[str] | None,
    typer.Option(
        "--area",
        metavar=N_("AREA"),
        help=N_("Area by slug, code or name, such as finance or FIN; several: finance,legal."),
        autocompletion=offering("areas"),
        rich_help_panel=WHICH,
    ),
]
Owners = Annotated[
    list[str] | None,
    typer.Option(
        "--owner",
        metavar=N_("BODY"),
        help=N_("Owner's code, such as FSTB (see `hkshcc bodies`); several: FSTB,SFC."),
        autocompletion=offering("bodies"),
        rich_help_panel=WHICH,
    ),
]
Statuses = Annotated[
    list[str] | None,
    typer.Option(
        "--status",
        metavar=N_("STATUS"),
        help=N_("unknown, not-started, in-progress, continuing, completed, modified or not-pursued; several: a,b."),
        autocompletion=offering("statuses"),
        rich_help_panel=WHICH,
    ),
]
Kinds = Annotated[
    list[str] | None,
    typer.Option(
        "--kind", metavar=N_("KIND"), help=N_("deliverable, continuing or exploratory."), rich_help_panel=WHICH
    ),
]
Plenaries = Annotated[
    list[int] | None,
    typer.Option(
        "--plenary",
        metavar=N_("NUMBER"),
        parser=whole_number("--plenary", 1),
        help=N_("Measures of that plenary only."),
        rich_help_panel=WHICH,
    ),
]
Instrument = Annotated[
    str | None,
    typer.Option(metavar=N_("REF"), help=N_("Measures under that document, such as 5-DOC-2."), rich_help_panel=WHICH),
]
Overdue = Annotated[
    bool, typer.Option("--overdue", help=N_("Target date passed, not yet closed."), rich_help_panel=WHICH)
]
IsStalled = Annotated[
    bool,
    typer.Option("--stalled", help=N_("In progress, with no recent update or evidence."), rich_help_panel=WHICH),
]
IsLapsed = Annotated[
    bool,
    typer.Option("--lapsed", help=N_("Continuing, with no recent update or evidence."), rich_help_panel=WHICH),
]
DueWithin = Annotated[
    str | None,
    typer.Option(
        "--due-within",
        metavar=N_("TIME"),
        help=N_("Target date or next step due within that time from today, such as 30d, or by a date."),
        rich_help_panel=WHICH,
    ),
]
Silent = Annotated[bool, typer.Option("--silent", help=N_("No owner has reported."), rich_help_panel=WHICH)]
SidesDiffer = Annotated[
    bool, typer.Option("--sides-differ", help=N_("The two sides report different statuses."), rich_help_panel=WHICH)
]
NoEvidence = Annotated[bool, typer.Option("--no-evidence", help=N_("No evidence recorded."), rich_help_panel=WHICH)]
Unconfirmed = Annotated[
    bool,
    typer.Option(
        "--unconfirmed",
        help=N_("Closed, but not by both sides, an official source or the conference."),
        rich_help_panel=WHICH,
    ),
]
SingleSource = Annotated[
    bool, typer.Option("--single-source", help=N_("Status shown by a single source."), rich_help_panel=WHICH)
]
OnPressAlone = Annotated[
    bool, typer.Option("--on-press-alone", help=N_("Status shown by the press alone."), rich_help_panel=WHICH)
]
NoCriteria = Annotated[
    bool, typer.Option("--no-criteria", help=N_("It is not written down what would count."), rich_help_panel=WHICH)
]
Search = Annotated[
    str,
    typer.Option(metavar=N_("TEXT"), help=N_("Text in titles, summaries and remarks."), rich_help_panel=WHICH),
]
Sort = Annotated[
    str,
    typer.Option(metavar=N_("FIELD"), help=N_("Sort by ref, status, target, last or title."), rich_help_panel=OUTPUT),
]
Ref = Annotated[
    str,
    typer.Argument(
        metavar=N_("REF"), help=N_("A measure, such as 5-FIN-3c or fin-3c."), autocompletion=offering("refs")
    ),
]
Refs = Annotated[
    list[str],
    typer.Argument(
        metavar=N_("REF..."), help=N_("Measures, such as 5-FIN-3c or fin-3c."), autocompletion=offering("refs")
    ),
]
On = Annotated[str | None, typer.Option("--on", metavar=N_("DATE"), help=N_("Date it happened (default: today)."))]
Reason = Annotated[
    str | None,
    typer.Option("--reason", metavar=N_("TEXT"), help=N_("The reason; - reads standard input."), callback=read_text),
]
Origin = Annotated[
    str | None,
    typer.Option(
        "--origin", metavar=N_("NAME"), help=N_("The name by which others know this register, such as HK or SH.")
    ),
]
SignFile = Annotated[
    str | None,
    typer.Option(
        "--sign",
        metavar=N_("KEY"),
        help=N_("Sign the file (-o) with this private key: FILE.sig is written beside it."),
        rich_help_panel=OUTPUT,
    ),
]
DryRun = Annotated[
    bool,
    typer.Option("--dry-run", help=N_("Show what would be recorded, and record nothing."), rich_help_panel=OUTPUT),
]
AnswerFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar=N_("FORMAT"),
        help=N_("Format of the answer: table, json, csv or md."),
        rich_help_panel=OUTPUT,
    ),
]

# The options of a group, with their defaults: a command that takes the group is given them as one mapping.
Group = Mapping[str, tuple[Any, Any]]
FILTERS: Group = {
    "words": (Words, None),
    "area": (Areas, None),
    "status": (Statuses, None),
    "owner": (Owners, None),
    "kind": (Kinds, None),
    "plenary": (Plenaries, None),
    "instrument": (Instrument, None),
    "overdue": (Overdue, False),
    "due_within": (DueWithin, None),
    "stalled": (IsStalled, False),
    "lapsed": (IsLapsed, False),
    "silent": (Silent, False),
    "sides_differ": (SidesDiffer, False),
    "no_evidence": (NoEvidence, False),
    "unconfirmed": (Unconfirmed, False),
    "single_source": (SingleSource, False),
    "on_press_alone": (OnPressAlone, False),
    "no_criteria": (NoCriteria, False),
    "search": (Search, ""),
    "stale_after": (Stale, STALE_AFTER_DAYS),
    "stalled_after": (Stalled, STALLED_AFTER_DAYS),
}
Given = Mapping[str, Any]  # what was typed for a group's options, by their names


def with_filters(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that choose measures, which it takes as its parameter ``filters``."""
    return with_group("filters", FILTERS, command)


def with_group(name: str, group: Group, command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a group, which it takes as one parameter of that name."""

    @wraps(command)
    def run(**given: Any) -> None:  # noqa: ANN401  as Typer calls a command
        command(**{name: {option: given.pop(option) for option in group}}, **given)

    own = signature(command)
    options = [
        Parameter(option, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for option, (annotation, default) in group.items()
    ]
    ordered: list[Parameter] = []
    for key, parameter in own.parameters.items():
        ordered += options if key == name else [parameter.replace(kind=Parameter.KEYWORD_ONLY)]
    run.__signature__ = own.replace(parameters=ordered)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in ordered}
    return run
