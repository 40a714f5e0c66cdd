"""Commands that write: each is one transaction, and says how to take it back."""

from collections.abc import Collection
from typing import Annotated

import typer

from hkshcc.cli import completion, console, options
from hkshcc.cli.session import Session, interactive, split_refs
from hkshcc.errors import HkshccError
from hkshcc.register.dates import Day


def _day(session: Session, typed: str | None) -> Day | None:
    return session.day(typed, "--on") if typed is not None else None


def update(
    ctx: typer.Context,
    refs: options.Refs,
    status: Annotated[
        str | None,
        typer.Option(metavar="STATUS", help="What the wording allows to say.", autocompletion=completion.statuses),
    ] = None,
    by: options.By = None,
    side: options.Side = None,
    on: options.On = None,
    remark: options.Remark = None,
    next_step: Annotated[
        str | None,
        typer.Option("--next", metavar="TEXT", help="What will be done next.", callback=options.read_text),
    ] = None,
    attention: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="What needs somebody's attention.", callback=options.read_text),
    ] = None,
    evidence: options.Evidence = None,
    evidence_kind: options.EvidenceKind = None,
    source: options.Source = None,
    without_evidence: options.WithoutEvidence = None,
    reason: options.Reason = None,
    dry_run: options.DryRun = False,
    fmt: options.AnswerFormat = None,
) -> None:
    """Record what an owner reports, or the public record shows."""
    from hkshcc.register.commands.update import StatusUpdate, record_update  # noqa: PLC0415  each command loads its own verb

    session: Session = ctx.obj
    word = StatusUpdate(
        status=status,
        by=by,
        side=side,
        on=_day(session, on),
        remark=remark,
        reason=reason,
        next=next_step,
        attention=attention,
        evidence=evidence or (),
        evidence_kind=evidence_kind,
        source=source,
        without_evidence=without_evidence,
    )
    session.record(
        lambda register, context: record_update(register, context, split_refs(refs), word), fmt, dry_run=dry_run
    )


def done(
    ctx: typer.Context,
    refs: options.Refs,
    evidence: options.Evidence = None,
    evidence_kind: options.EvidenceKind = None,
    source: options.Source = None,
    without_evidence: options.WithoutEvidence = None,
    by: options.By = None,
    side: options.Side = None,
    on: options.On = None,
    remark: options.Remark = None,
    dry_run: options.DryRun = False,
    fmt: options.AnswerFormat = None,
) -> None:
    """Mark measures completed, with the evidence for it."""
    from hkshcc.register.commands.update import StatusUpdate, record_update  # noqa: PLC0415

    session: Session = ctx.obj
    if not evidence and not without_evidence and interactive():
        evidence = [console.ask("Evidence (a URL or a document's reference)")]
    word = StatusUpdate(
        status="completed",
        by=by,
        side=side,
        on=_day(session, on),
        remark=remark,
        evidence=evidence or (),
        evidence_kind=evidence_kind,
        source=source,
        without_evidence=without_evidence,
    )
    session.record(
        lambda register, context: record_update(register, context, split_refs(refs), word), fmt, dry_run=dry_run
    )


def note(
    ctx: typer.Context,
    ref: options.Ref,
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help="The note; - is standard input.", callback=options.read_text)
    ],
    on: options.On = None,
    fmt: options.AnswerFormat = None,
) -> None:
    """Note something on a measure that says nothing about its status."""
    from hkshcc.register.commands import update  # noqa: PLC0415

    session: Session = ctx.obj
    session.record(lambda register, context: update.add_note(register, context, ref, text, _day(session, on)), fmt)


def assign(
    ctx: typer.Context,
    ref: options.Ref,
    body: Annotated[str, typer.Argument(metavar="BODY", help="The new owner.", autocompletion=completion.bodies)],
    instead_of: Annotated[
        str | None,
        typer.Option(metavar="BODY", help="The owner who leaves.", autocompletion=completion.bodies),
    ] = None,
    reason: options.Reason = None,
    on: options.On = None,
    fmt: options.AnswerFormat = None,
) -> None:
    """Name a body an owner of a measure, with a reason."""
    from hkshcc.register.commands import revise  # noqa: PLC0415

    session: Session = ctx.obj
    session.record(
        lambda register, context: revise.assign(register, context, ref, body, instead_of, reason, _day(session, on)),
        fmt,
    )


def retarget(
    ctx: typer.Context,
    ref: options.Ref,
    date: Annotated[str, typer.Argument(metavar="DATE", help="The new target; a period counts as its last day.")],
    reason: options.Reason = None,
    on: options.On = None,
    fmt: options.AnswerFormat = None,
) -> None:
    """Move a measure's target, with a reason; the original stays."""
    from hkshcc.register.commands import revise  # noqa: PLC0415

    session: Session = ctx.obj
    target = session.day(date, "DATE", "next")
    session.record(
        lambda register, context: revise.retarget(register, context, ref, target, reason, _day(session, on)),
        fmt,
    )


def add(
    ctx: typer.Context,
    area: Annotated[str, typer.Option(metavar="AREA", help="Slug, code or name.", autocompletion=completion.areas)],
    title: Annotated[str, typer.Option(metavar="TEXT", help="The title in English.")],
    title_hant: Annotated[str | None, typer.Option(metavar="TEXT", help="In Traditional Chinese.")] = None,
    title_hans: Annotated[str | None, typer.Option(metavar="TEXT", help="In Simplified Chinese.")] = None,
    summary: Annotated[str | None, typer.Option(metavar="TEXT", help="What was agreed, in a sentence.")] = None,
    kind: Annotated[str, typer.Option(metavar="KIND", help="deliverable, continuing or exploratory.")] = "deliverable",
    plenary: Annotated[
        int | None, typer.Option(metavar="NUMBER", help="The plenary; else the latest, if its text is here.")
    ] = None,
    owner: options.Owners = None,
    target: Annotated[str | None, typer.Option(metavar="DATE", help="The date promised.")] = None,
    fmt: options.AnswerFormat = None,
) -> None:
    """Enter a new measure; the answer begins with its ref."""
    from hkshcc.register.commands import add_measure  # noqa: PLC0415

    session: Session = ctx.obj
    new = add_measure.NewMeasure(
        area=area,
        title={"en": title, "zh-Hant": title_hant, "zh-Hans": title_hans},
        summary=summary,
        kind=kind,
        plenary=plenary,
        owners=owner or (),
        target=session.day(target, "--target", "next") if target is not None else None,
    )
    session.record(lambda register, context: add_measure.add_measure(register, context, new), fmt)


def undo(
    ctx: typer.Context,
    entry: Annotated[
        str | None,
        typer.Argument(
            metavar="[ENTRY|REF]",
            help="An entry's number, or a measure: the last command on it; else the last command.",
            autocompletion=completion.refs,
        ),
    ] = None,
    reason: options.Reason = None,
    yes: Annotated[bool, typer.Option("--yes", help="Withdraw what was agreed or shipped without a question.")] = False,
    fmt: options.AnswerFormat = None,
) -> None:
    """Withdraw the last command, or an entry; a withdrawal too."""
    from hkshcc.register.commands import undo  # noqa: PLC0415

    session: Session = ctx.obj

    def withdraw(confirmed: Collection[str] | None) -> None:
        session.record(lambda register, context: undo.undo(register, context, entry, reason, confirmed), fmt)

    try:
        withdraw(None if yes else ())
    except undo.UnconfirmedError as asked:
        # Asked when the store is free again: a person takes longer than others should wait.
        if not interactive():
            raise
        if console.ask(f"Withdraw {asked.what}? yes or no").casefold() not in {"yes", "y"}:
            raise HkshccError("nothing was withdrawn") from None
        withdraw(asked.names)
