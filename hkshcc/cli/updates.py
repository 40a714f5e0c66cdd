"""Commands that record what happened on a measure, or correct it: update, done, accept, note, amend."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from hkshcc.cli import console, options, update_options
from hkshcc.cli.session import Session, split_refs
from hkshcc.errors import UsageError, did_you_mean
from hkshcc.language import N_, _
from hkshcc.register.lookup import read_status
from hkshcc.text import inert

if TYPE_CHECKING:
    from hkshcc.cli.evidence_input import ReadCopy, Verb


class _Proof(NamedTuple):
    """What an update rests on, as fields of a StatusUpdate, and the file of which a copy is kept."""

    fields: Mapping[str, Any]
    kept: "ReadCopy | None"


def _proof(session: Session, given: options.Given, by: str | None) -> _Proof:
    """Read the options that say what an update rests on. ``by`` is the body that reports, if one does.

    Raises HkshccError for a wrong value, or a file that cannot be kept.
    """
    from hkshcc.cli.evidence_input import described, read_copy  # noqa: PLC0415  as evidence alone needs it

    kept = read_copy(session, given["copy"]) if given["copy"] is not None else None
    read = {
        "evidence": given["evidence"] or (),
        "copy": kept.copy if kept else None,
        "read_on": session.past_day(given["read_on"], "--read-on") if given["read_on"] is not None else None,
        # Last, as it may ask: who has answered should not be told then that another option is wrong.
        "described": described(given["evidence"], given["evidence_kind"], by, session.today),
    }
    return _Proof({**given, **read}, kept)


@update_options.with_evidence
def update(
    ctx: typer.Context,
    refs: options.Refs,
    *,
    status: update_options.NewStatus = None,
    by: update_options.By = None,
    side: update_options.Side = None,
    on: options.On = None,
    remark: update_options.Remark = None,
    next_step: update_options.Next = None,
    next_by: update_options.NextBy = None,
    attention: update_options.Attention = None,
    evidence: options.Given,
    reason: options.Reason = None,
    nil: update_options.Nil = False,
    internal: update_options.Internal = False,
    sign: update_options.Sign = None,
    dry_run: options.DryRun = False,
    fmt: options.AnswerFormat = None,
) -> None:
    """Record an update on each measure."""
    from hkshcc.register.commands.update import StatusUpdate, record_update  # noqa: PLC0415  each command loads its own

    session: Session = ctx.obj
    if status is None:
        _refuse_status_as_ref(refs)
    day, step_day = session.day_if_given(on, "--on"), session.day_if_given(next_by, "--next-by", "next")
    proof = _proof(session, evidence, by)
    reported = StatusUpdate(
        status=status,
        by=by,
        side=side,
        on=day,
        remark=remark,
        reason=reason,
        next=next_step,
        attention=attention,
        nil=nil,
        next_by=step_day,
        internal=internal,
        **proof.fields,
    )
    verb = partial(record_update, refs=split_refs(refs), update=reported)
    _record(session, verb, proof.kept, fmt, key=sign, dry_run=dry_run)


def _record(
    session: Session,
    verb: "Verb",
    kept: "ReadCopy | None",
    fmt: str | None,
    *,
    key: str | None,
    dry_run: bool,
) -> None:
    """Record an update, with the copy that is kept of its evidence, signed by the body where a key was named."""
    from hkshcc.cli.evidence_input import keeping  # noqa: PLC0415

    context = session.command_context()
    if key is not None and not dry_run:
        from hkshcc.cli.signing import signing  # noqa: PLC0415  few sign

        verb = signing(session, key, verb, context)
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


@update_options.with_evidence
def done(
    ctx: typer.Context,
    refs: options.Refs,
    *,
    evidence: options.Given,
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
    from hkshcc.register.commands.update import StatusUpdate, record_update  # noqa: PLC0415

    session: Session = ctx.obj
    if not evidence["evidence"] and not evidence["without_evidence"] and console.interactive():
        _show_criteria(session, refs)  # which looks the refs up first
        evidence = {**evidence, "evidence": [console.ask(_("Evidence (a URL or a document's reference)"))]}
    day = session.day_if_given(on, "--on")
    proof = _proof(session, evidence, by)
    reported = StatusUpdate(
        status="completed",
        by=by,
        side=side,
        on=day,
        remark=remark,
        internal=internal,
        **proof.fields,
    )
    verb = partial(record_update, refs=split_refs(refs), update=reported)
    _record(session, verb, proof.kept, fmt, key=sign, dry_run=dry_run)


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


@update_options.with_evidence
def amend(
    ctx: typer.Context,
    entry: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("[ENTRY|REF]"),
            help=N_("An entry's number, or a measure: the last change to it (default: the last change)."),
            autocompletion=options.offering("refs"),
        ),
    ] = None,
    *,
    status: update_options.NewStatus = None,
    by: update_options.AmendedBy = None,
    side: update_options.AmendedSide = None,
    on: update_options.AmendedOn = None,
    remark: update_options.Remark = None,
    next_step: update_options.Next = None,
    next_by: update_options.NextBy = None,
    attention: update_options.Attention = None,
    reason: options.Reason = None,
    evidence: options.Given,
    internal: update_options.Internal = False,
    sign: update_options.Sign = None,
    dry_run: options.DryRun = False,
    fmt: options.AnswerFormat = None,
) -> None:
    """Record entries anew, corrected."""
    from hkshcc.register.commands import amend  # noqa: PLC0415
    from hkshcc.register.commands.update import StatusUpdate  # noqa: PLC0415

    session: Session = ctx.obj
    day, step_day = session.day_if_given(on, "--on"), session.day_if_given(next_by, "--next-by", "next")
    proof = _proof(session, evidence, by)
    corrected = StatusUpdate(
        status=status,
        by=by,
        side=side,
        on=day,
        remark=remark,
        reason=reason,
        next=next_step,
        attention=attention,
        next_by=step_day,
        internal=internal,
        **proof.fields,
    )
    verb = partial(amend.amend, typed=entry, corrected=corrected)
    _record(session, verb, proof.kept, fmt, key=sign, dry_run=dry_run)
