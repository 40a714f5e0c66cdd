"""Commands that say what a measure is, and who answers for it by when: add, criteria, assign, retarget."""

from collections.abc import Callable
from typing import Annotated

import typer

from hkshcc.cli import console, options
from hkshcc.cli.parsing import whole_number
from hkshcc.cli.session import Session
from hkshcc.language import N_, _


def criteria(
    ctx: typer.Context,
    ref: options.Ref,
    done_when: Annotated[
        str | None,
        typer.Option(
            metavar=N_("TEXT"),
            help=N_("When the measure is fulfilled; - reads standard input."),
            callback=options.read_text,
        ),
    ] = None,
    step_when: Annotated[str | None, typer.Option(metavar=N_("TEXT"), help=N_("What counts as a step."))] = None,
    does_not: Annotated[str | None, typer.Option("--not", metavar=N_("TEXT"), help=N_("What does not count."))] = None,
    agreed_by: Annotated[
        str | None,
        typer.Option(
            metavar=N_("SIDE"), help=N_("Who agreed to it: hk, sh or both (default: a draft of the keeper's).")
        ),
    ] = None,
    dry_run: options.DryRun = False,
    fmt: options.AnswerFormat = None,
) -> None:
    """Record what would count."""
    from hkshcc.register.commands.criteria import set_criteria  # noqa: PLC0415

    session: Session = ctx.obj
    texts = {"done_when": done_when, "step_when": step_when, "not": does_not}
    session.record(
        lambda register, context: set_criteria(register, context, ref, texts, agreed_by), fmt, dry_run=dry_run
    )


def assign(
    ctx: typer.Context,
    ref: options.Ref,
    body: Annotated[
        str, typer.Argument(metavar=N_("BODY"), help=N_("The new owner."), autocompletion=options.offering("bodies"))
    ],
    instead_of: Annotated[
        str | None,
        typer.Option(
            metavar=N_("BODY"), help=N_("The owner that it replaces."), autocompletion=options.offering("bodies")
        ),
    ] = None,
    reason: options.Reason = None,
    on: options.On = None,
    dry_run: options.DryRun = False,
    fmt: options.AnswerFormat = None,
) -> None:
    """Record a new owner."""
    from hkshcc.register.commands import revise  # noqa: PLC0415

    session: Session = ctx.obj
    day = session.day_if_given(on, "--on")

    def record(why: str | None) -> None:
        session.record(
            lambda register, context: revise.assign(register, context, ref, body, instead_of, why, day),
            fmt,
            dry_run=dry_run,
        )

    _with_reason(record, reason)


def retarget(
    ctx: typer.Context,
    ref: options.Ref,
    date: Annotated[
        str, typer.Argument(metavar=N_("DATE"), help=N_("The new target date; a period counts as its last day."))
    ],
    reason: options.Reason = None,
    on: options.On = None,
    dry_run: options.DryRun = False,
    fmt: options.AnswerFormat = None,
) -> None:
    """Record a new target date."""
    from hkshcc.register.commands import revise  # noqa: PLC0415

    session: Session = ctx.obj
    target, day = session.day(date, "DATE", "next"), session.day_if_given(on, "--on")

    def record(why: str | None) -> None:
        session.record(
            lambda register, context: revise.retarget(register, context, ref, target, why, day), fmt, dry_run=dry_run
        )

    _with_reason(record, reason)


def _with_reason(record: Callable[[str | None], None], reason: str | None) -> None:
    """Record with a reason; where it is all that is missing, and somebody is there, ask for it and try again."""
    from hkshcc.register.commands.revise import NoReasonError  # noqa: PLC0415

    try:
        record(reason)
    except NoReasonError:
        # Asked when the store is free again: a person takes longer than others should wait.
        if not console.interactive():
            raise
        record(console.ask(_("Reason")))


def add(
    ctx: typer.Context,
    area: Annotated[
        str,
        typer.Option(
            metavar=N_("AREA"), help=N_("Area by slug, code or name."), autocompletion=options.offering("areas")
        ),
    ],
    title: Annotated[str, typer.Option(metavar=N_("TEXT"), help=N_("The title in English."))],
    title_hant: Annotated[
        str | None, typer.Option(metavar=N_("TEXT"), help=N_("The title in Traditional Chinese."))
    ] = None,
    title_hans: Annotated[
        str | None, typer.Option(metavar=N_("TEXT"), help=N_("The title in Simplified Chinese."))
    ] = None,
    summary: Annotated[str | None, typer.Option(metavar=N_("TEXT"), help=N_("What was agreed, in a sentence."))] = None,
    kind: Annotated[
        str, typer.Option(metavar=N_("KIND"), help=N_("deliverable, continuing or exploratory."))
    ] = "deliverable",
    plenary: Annotated[
        int | None,
        typer.Option(
            metavar=N_("NUMBER"),
            parser=whole_number("--plenary", 1),
            help=N_("The plenary (default: the latest, if the register has its measures)."),
        ),
    ] = None,
    owner: Annotated[
        list[str] | None,
        typer.Option(
            metavar=N_("BODY"), help=N_("An owner's code; may be repeated."), autocompletion=options.offering("bodies")
        ),
    ] = None,
    target: Annotated[str | None, typer.Option(metavar=N_("DATE"), help=N_("The target date."))] = None,
    dry_run: options.DryRun = False,
    fmt: options.AnswerFormat = None,
) -> None:
    """Record a new measure."""
    from hkshcc.register.commands import add_measure  # noqa: PLC0415

    session: Session = ctx.obj
    new = add_measure.NewMeasure(
        area=area,
        title={"en": title, "zh-Hant": title_hant, "zh-Hans": title_hans},
        summary=summary,
        kind=kind,
        plenary=plenary,
        owners=owner or (),
        target=session.day_if_given(target, "--target", "next"),
    )
    session.record(lambda register, context: add_measure.add_measure(register, context, new), fmt, dry_run=dry_run)
