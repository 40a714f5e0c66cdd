"""Options that several commands share, spelled once."""

from collections.abc import Callable, Mapping
from functools import wraps
from inspect import Parameter, signature
from typing import Annotated, Any

import typer

from hkshcc.cli import completion
from hkshcc.cli.session import Session
from hkshcc.register.vocabulary import STALE_AFTER_DAYS, STALLED_AFTER_DAYS


def read_text(ctx: typer.Context, typed: str | None) -> str | None:
    """Return a text as it was typed; ``-`` stands for what standard input says."""
    if typed != "-" or ctx.resilient_parsing:
        return typed
    session: Session = ctx.obj
    return session.text_from_stdin()


AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="The state at the end of that day.")]
KnownOn = Annotated[str | None, typer.Option("--known-on", metavar="DATE", help="Only what was recorded by that day.")]
Format = Annotated[str | None, typer.Option("--format", metavar="FORMAT", help="table, json, csv, md or svg.")]
Fields = Annotated[str | None, typer.Option("--fields", metavar="A,B", help="Only these fields, in this order.")]
Output = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file; its ending chooses the format.")
]
Stale = Annotated[
    int, typer.Option("--stale-after", metavar="DAYS", min=0, help="A last word older than this is stale.")
]
Stalled = Annotated[
    int,
    typer.Option("--stalled-after", metavar="DAYS", min=0, help="In progress without a word for longer is stalled."),
]

Areas = Annotated[
    list[str] | None,
    typer.Option(
        "--area", metavar="AREA", help="Slug, code or name; may be repeated.", autocompletion=completion.areas
    ),
]
Owners = Annotated[
    list[str] | None,
    typer.Option("--owner", metavar="BODY", help="An owner's code; may be repeated.", autocompletion=completion.bodies),
]
Statuses = Annotated[
    list[str] | None,
    typer.Option("--status", metavar="STATUS", help="May be repeated.", autocompletion=completion.statuses),
]
Kinds = Annotated[
    list[str] | None, typer.Option("--kind", metavar="KIND", help="deliverable, continuing or exploratory.")
]
Plenaries = Annotated[
    list[int] | None, typer.Option("--plenary", metavar="NUMBER", help="Only measures of that plenary.")
]
Instrument = Annotated[str | None, typer.Option(metavar="REF", help="Measures that it bears on, as 5-DOC-2.")]
Overdue = Annotated[bool, typer.Option("--overdue", help="Target passed, not closed.")]
IsStalled = Annotated[bool, typer.Option("--stalled", help="In progress, and long without a word.")]
Silent = Annotated[bool, typer.Option("--silent", help="No owner has reported.")]
SidesDiffer = Annotated[bool, typer.Option("--sides-differ", help="The two sides say different things.")]
NoEvidence = Annotated[bool, typer.Option("--no-evidence", help="Nothing to rest on.")]
Search = Annotated[str, typer.Option(metavar="TEXT", help="Titles, summaries and remarks that contain it.")]
Sort = Annotated[str, typer.Option(metavar="BY", help="ref, status, target, last or title.")]
Ref = Annotated[str, typer.Argument(metavar="REF", help="As 5-FIN-3c, in any case.", autocompletion=completion.refs)]
Refs = Annotated[
    list[str], typer.Argument(metavar="REF...", help="As 5-FIN-3c, in any case.", autocompletion=completion.refs)
]
On = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="The day it became true; today where it isn't given.")
]
Reason = Annotated[
    str | None, typer.Option("--reason", metavar="TEXT", help="Why; - is standard input.", callback=read_text)
]
By = Annotated[
    str | None,
    typer.Option(
        "--by", metavar="BODY", help="The owner who reports; else it is a finding.", autocompletion=completion.bodies
    ),
]
Side = Annotated[str | None, typer.Option("--side", metavar="SIDE", help="hk, sh or both; else the side of --by.")]
Remark = Annotated[
    str | None,
    typer.Option("--remark", metavar="TEXT", help="What was done; - is standard input.", callback=read_text),
]
Evidence = Annotated[
    list[str] | None, typer.Option("--evidence", metavar="WHERE", help="A URL or reference; may be repeated.")
]
EvidenceKind = Annotated[
    str | None,
    typer.Option(
        "--evidence-kind",
        metavar="KIND",
        help="record, official, institution, professional, press or return.",
        autocompletion=completion.evidence_kinds,
    ),
]
Source = Annotated[str | None, typer.Option("--source", metavar="NAME", help="Who says so.")]
WithoutEvidence = Annotated[
    str | None,
    typer.Option("--without-evidence", metavar="REASON", help="Close it all the same; the reason is shown for ever."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be recorded, record nothing.")]
AnswerFormat = Annotated[
    str | None, typer.Option("--format", metavar="FORMAT", help="The answer's form: table, json, csv or md.")
]

# The options of a group, with their defaults: a command that takes the group is given them as one mapping.
Group = Mapping[str, tuple[Any, Any]]
FILTERS: Group = {
    "area": (Areas, None),
    "status": (Statuses, None),
    "owner": (Owners, None),
    "kind": (Kinds, None),
    "plenary": (Plenaries, None),
    "instrument": (Instrument, None),
    "overdue": (Overdue, False),
    "stalled": (IsStalled, False),
    "silent": (Silent, False),
    "sides_differ": (SidesDiffer, False),
    "no_evidence": (NoEvidence, False),
    "search": (Search, ""),
    "stale_after": (Stale, STALE_AFTER_DAYS),
    "stalled_after": (Stalled, STALLED_AFTER_DAYS),
}
Given = Mapping[str, Any]  # what was typed for a group's options, by their names


def with_filters(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that choose measures, which it takes as its parameter ``filters``."""
    return _with_group("filters", FILTERS, command)


def _with_group(name: str, group: Group, command: Callable[..., None]) -> Callable[..., None]:
    @wraps(command)
    def run(**given: Any) -> None:  # noqa: ANN401  as Typer calls a command
        command(**{name: {option: given.pop(option) for option in group}}, **given)

    own = signature(command)
    parameters = {key: value for key, value in own.parameters.items() if key != name}
    options = {
        option: Parameter(option, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for option, (annotation, default) in group.items()
    }
    first, *rest = (parameter.replace(kind=Parameter.KEYWORD_ONLY) for parameter in parameters.values())
    ordered = [first, *options.values(), *rest]
    run.__signature__ = own.replace(parameters=ordered)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in ordered}
    return run
