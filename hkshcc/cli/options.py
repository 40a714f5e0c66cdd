"""Options that several commands share, spelled once."""

from typing import Annotated

import typer

from hkshcc.cli import completion
from hkshcc.cli.session import Session


def read_text(ctx: typer.Context, typed: str | None) -> str | None:
    """Return a text as it was typed; ``-`` stands for what standard input says."""
    if typed != "-" or ctx.resilient_parsing:
        return typed
    session: Session = ctx.obj
    return session.text_from_stdin()


AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="The state at the end of that day.")]
KnownOn = Annotated[str | None, typer.Option("--known-on", metavar="DATE", help="Only what was recorded by that day.")]
Format = Annotated[str | None, typer.Option("--format", metavar="FORMAT", help="table, json, csv or md.")]
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
