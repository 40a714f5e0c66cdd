"""Commands that record what happened on a measure, or correct it: update, done, accept, note, amend."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from hkshcc.cli import completion, console, options, update_options
from hkshcc.cli.session import Session, interactive, split_refs
from hkshcc.errors import UsageError, did_you_mean
from hkshcc.language import N_, _
from hkshcc.register.lookup import read_status
from hkshcc.text import inert

if TYPE_CHECKING:
    from hkshcc.cli.describing import ReadCopy, Verb


def _read_on(session: Session, typed: str | None) -> str | None:
    return session.past_day(typed, "--read-on") if typed is not None else None


def update(
    ctx: typer.Context,
    refs: options.Refs,
    status: update_options.NewStatus = None,
    by: update_options.By = None,
    side: update_options.Side = None,
    on: options.On = None,
    remark: update_options.Remark = None,
    next_step: update_options.Next = None,
    next_by: update_options.NextBy = None,
    attention: update_options.Attention = None,
    evidence: update_options.Evidence = None,
    evidence_kind: update_options.EvidenceKind = None,
    source: update_options.Source = None,
    title: update_options.Title = None,
    read_on: update_options.ReadOn = None,
    archived: update_options.Archived = None,
    copy: update_options.CopyFile = None,
    without_evidence: update_options.WithoutEvidence = None,
    reason: options.Reason = None,
    nil: update_options.Nil = False,
    internal: update_options.Internal = False,
    sign: update_options.Sign = None,
    dry_run: options.DryRun = False,
    fmt: options.AnswerFormat = None,
) -> None:
    """Record an update on each measure."""
    from hkshcc.cli.describing import described, read_copy  # noqa: PLC0415  as evidence alone needs it
    from hkshcc.register.commands.update import StatusUpdate, record_update  # noqa: PLC0415  each command loads its own

    session: Session = ctx.obj
    if status is None:
        _refuse_status_as_ref(refs)
    kept = read_copy(session, copy) if copy is not None else None
    word = StatusUpdate(
        status=status,
        by=by,
        side=side,
        on=session.day_if_given(on, "--on"),
        remark=remark,
        reason=reason,
        next=next_step,
        attention=attention,
        evidence=evidence or (),
        evidence_kind=evidence_kind,
        source=source,
        without_evidence=without_evidence,
        described=described(evidence, evidence_kind, by, session.today),
        title=title,
        read_on=_read_on(session, read_on),
        archived=archived,
        copy=kept.copy if kept else None,
        nil=nil,
        next_by=session.day_if_given(next_by, "--next-by", "next"),
        internal=internal,
    )
    _record(session, partial(record_update, refs=split_refs(refs), update=word), kept, (sign, by), fmt, dry_run=dry_run)


def _record(
    session: Session,
    verb: "Verb",
    kept: "ReadCopy | None",
    signer: tuple[str | None, str | None],
    fmt: str | None,
    *,
    dry_run: bool,
) -> None:
    """Record an update, with the copy that is kept of its evidence, signed where a key was named (and by whom)."""
    from hkshcc.cli.describing import keeping  # noqa: PLC0415

    (key, by), context = signer, session.command_context()
    if key is not None and not dry_run:
        from hkshcc.cli.signing import signing  # noqa: PLC0415  few sign

        verb = signing(session, key, by, verb, context)
    session.record(keeping(session, kept, verb, dry_run=dry_run), fmt, dry_run=dry_run, context=context)


def _refuse_status_as_ref(refs: Sequence[str]) -> None:
    """Raise UsageError for a status typed among the refs, with the command line that was meant."""
    named = split_refs(refs)
    for typed in named:
        try:
            status = read_status(typed)
        except UsageError:
            continue
        others = " ".join(ref for ref in named if ref != typed) or _("REF")
        raise UsageError(
            _("'{typed}' is a status, not a measure", typed=typed),
            hint=did_you_mean([f"`hkshcc update {others} --status {status}`"]),
        )


def done(
    ctx: typer.Context,
    refs: options.Refs,
    evidence: update_options.Evidence = None,
    evidence_kind: update_options.EvidenceKind = None,
    source: update_options.Source = None,
    title: update_options.Title = None,
    read_on: update_options.ReadOn = None,
    archived: update_options.Archived = None,
    copy: update_options.CopyFile = None,
    without_evidence: update_options.WithoutEvidence = None,
    by: update_options.By = None,
    side: update_options.Side = None,
    on: options.On = None,
    remark: update_options.Remark = None,
    internal: update_options.Internal = False,
    sign: update_options.Sign = None,
    dry_run: options.DryRun = False,
    fmt: options.AnswerFormat = None,
) -> None:
    """Record each measure as completed."""
    from hkshcc.cli.describing import described, read_copy  # noqa: PLC0415
    from hkshcc.register.commands.update import StatusUpdate, record_update  # noqa: PLC0415

    session: Session = ctx.obj
    if not evidence and not without_evidence and interactive():
        _show_criteria(session, refs)  # which looks the refs up first
        evidence = [console.ask(_("Evidence (a URL or a document's reference)"))]
    kept = read_copy(session, copy) if copy is not None else None
    word = StatusUpdate(
        status="completed",
        by=by,
        side=side,
        on=session.day_if_given(on, "--on"),
        remark=remark,
        evidence=evidence or (),
        evidence_kind=evidence_kind,
        source=source,
        without_evidence=without_evidence,
        described=described(evidence, evidence_kind, by, session.today),
        title=title,
        read_on=_read_on(session, read_on),
        archived=archived,
        copy=kept.copy if kept else None,
        internal=internal,
    )
    _record(session, partial(record_update, refs=split_refs(refs), update=word), kept, (sign, by), fmt, dry_run=dry_run)


def accept(
    ctx: typer.Context,
    refs: options.Refs,
    at: Annotated[
        str,
        typer.Option(metavar=N_("PLENARY|DATE"), help=N_("The plenary or day at which it was accepted.")),
    ],
    reason: options.Reason = None,
    dry_run: options.DryRun = False,
    fmt: options.AnswerFormat = None,
) -> None:
    """Record that the conference accepted measures as closed."""
    from hkshcc.register.commands import accept  # noqa: PLC0415

    session: Session = ctx.obj
    session.record(
        lambda register, context: accept.accept(register, context, split_refs(refs), at, reason), fmt, dry_run=dry_run
    )


def _show_criteria(session: Session, refs: Sequence[str]) -> None:
    """Say what would count, before somebody is asked what shows it."""
    from hkshcc.register.lookup import find_measure  # noqa: PLC0415
    from hkshcc.reports.criteria import criteria_of  # noqa: PLC0415  only a question wants them
    from hkshcc.reports.event_text import criteria_parts  # noqa: PLC0415

    view = session.read()
    for typed in split_refs(refs):
        ref = find_measure(view.register, typed, view.as_of).ref
        if found := criteria_of(view.register, ref, view.as_of):
            console.message(_("{what}: {text}", what=ref, text=found.headline()), name=False)
            for name, text in criteria_parts(found.entry, session.lang):
                console.message(_("{what}: {text}", what=f"  {name}", text=inert(text)), name=False)


def note(
    ctx: typer.Context,
    ref: options.Ref,
    text: Annotated[
        str,
        typer.Argument(metavar=N_("TEXT"), help=N_("The note; - reads standard input."), callback=options.read_text),
    ],
    on: options.On = None,
    internal: update_options.InternalNote = False,
    dry_run: options.DryRun = False,
    fmt: options.AnswerFormat = None,
) -> None:
    """Record a note."""
    from hkshcc.register.commands import update  # noqa: PLC0415

    session: Session = ctx.obj
    day = session.day_if_given(on, "--on")
    verb = partial(update.add_note, ref=ref, text=text, on=day, internal=internal)
    session.record(verb, fmt, dry_run=dry_run)


def amend(
    ctx: typer.Context,
    entry: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("[ENTRY|REF]"),
            help=N_("An entry's number, or a measure: the last change to it (default: the last change)."),
            autocompletion=completion.refs,
        ),
    ] = None,
    status: update_options.NewStatus = None,
    by: update_options.AmendedBy = None,
    side: update_options.AmendedSide = None,
    on: update_options.AmendedOn = None,
    remark: update_options.Remark = None,
    next_step: update_options.Next = None,
    next_by: update_options.NextBy = None,
    attention: update_options.Attention = None,
    reason: options.Reason = None,
    evidence: update_options.Evidence = None,
    evidence_kind: update_options.EvidenceKind = None,
    source: update_options.Source = None,
    title: update_options.Title = None,
    read_on: update_options.ReadOn = None,
    archived: update_options.Archived = None,
    copy: update_options.CopyFile = None,
    without_evidence: update_options.WithoutEvidence = None,
    internal: update_options.Internal = False,
    dry_run: options.DryRun = False,
    fmt: options.AnswerFormat = None,
) -> None:
    """Record entries anew, corrected."""
    from hkshcc.cli.describing import described, keeping, read_copy  # noqa: PLC0415
    from hkshcc.register.commands import amend  # noqa: PLC0415
    from hkshcc.register.commands.update import StatusUpdate  # noqa: PLC0415

    session: Session = ctx.obj
    kept = read_copy(session, copy) if copy is not None else None
    corrected = StatusUpdate(
        status, by, side, session.day_if_given(on, "--on"), remark, reason, next_step, attention,
        evidence or (), evidence_kind, source, without_evidence,
        described(evidence, evidence_kind, by, session.today), title, _read_on(session, read_on), archived,
        kept.copy if kept else None, next_by=session.day_if_given(next_by, "--next-by", "next"), internal=internal,
    )  # fmt: skip
    verb = partial(amend.amend, typed=entry, corrected=corrected)
    session.record(keeping(session, kept, verb, dry_run=dry_run), fmt, dry_run=dry_run)
