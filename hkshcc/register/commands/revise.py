"""Revising: a measure's owners and its target change, always with a reason."""

from hkshcc.errors import RefusedError
from hkshcc.language import _, listed
from hkshcc.register.commands.common import (
    CommandContext,
    Decision,
    effective_day,
    entries_since,
    new_entry,
    stated_target,
    still_decides,
)
from hkshcc.register.dates import Day, in_words
from hkshcc.register.index import Register
from hkshcc.register.lookup import find_body, find_measure
from hkshcc.register.model import Entry, Owner, Target
from hkshcc.register.vocabulary import Event, short_label


def assign(
    register: Register,
    context: CommandContext,
    ref: str,
    body: str,
    instead_of: str | None,
    reason: str | None,
    on: Day | None = None,
) -> Decision:
    """Name a body an owner of a measure, where wanted in the place of another; ``on`` None is today.

    Raises NotFoundError for a ref or body that the register does not hold, RefusedError without a reason, for a body
    that is an owner already, and for another that is none.
    """
    measure = find_measure(register, ref, context.today)
    newcomer = find_body(register, body).code
    leaver = find_body(register, instead_of).code if instead_of else None
    when = effective_day(on, context.today, register.agreed_on(measure.ref))
    owners = {owner["body"] for owner in register.standing(measure, when.on).owners}
    if newcomer in owners:
        raise RefusedError(
            _("{body} is already an owner of {ref}; nothing was changed", body=newcomer, ref=measure.ref)
        )
    if leaver and leaver not in owners:
        raise RefusedError(
            _("{body} is not an owner of {ref}", body=leaver, ref=measure.ref),
            hint=_("its owners: {bodies}", bodies=listed(sorted(owners)) or _("none")),
        )
    entry = new_entry(
        register,
        context,
        Event.REVISION,
        when,
        ref=measure.ref,
        reason=_needed(reason, _("changing the owners of {ref} needs a reason", ref=measure.ref)),
        added=[Owner(body=newcomer, basis="inferred")],
        dropped=[leaver] if leaver else None,
    )
    contrary = [
        later
        for later in entries_since(register, entry)
        if newcomer in (later.dropped or ()) or leaver in [owner["body"] for owner in later.added or ()]
    ]
    return _revision(entry, contrary, _("the owners"))


def retarget(
    register: Register, context: CommandContext, ref: str, target: Day, reason: str | None, on: Day | None = None
) -> Decision:
    """Move the target of a measure; the original stays, and ``slip_days`` counts from it. ``on`` None is today.

    Raises NotFoundError for an unknown ref, RefusedError without a reason, for a closed measure, and for a target that
    is before the measure was agreed or is its target already.
    """
    measure = find_measure(register, ref, context.today)
    agreed_on = register.agreed_on(measure.ref)
    when = effective_day(on, context.today, agreed_on)
    standing = register.standing(measure, when.on)
    if standing.closed:
        raise RefusedError(
            _(
                "{ref} is closed ({status}); only an open measure's target can be moved",
                ref=measure.ref,
                status=short_label(standing.status),
            )
        )
    if target.on < agreed_on:
        raise RefusedError(
            _("{day} is before {ref} was agreed", day=in_words(*target), ref=measure.ref), hint=_("give a later target")
        )
    if standing.target and standing.target["date"] == target.on:
        raise _same_target(measure.ref, standing.target, target)
    entry = new_entry(
        register,
        context,
        Event.REVISION,
        when,
        ref=measure.ref,
        reason=_needed(reason, _("moving the target of {ref} needs a reason", ref=measure.ref)),
        target=stated_target(target),
    )
    moves = [later for later in entries_since(register, entry) if later.target]
    outcome = _revision(entry, moves, _("the target"))
    if target.on < context.today and not moves:
        passed = _("{day} has passed: {ref} is now overdue", day=in_words(*target), ref=measure.ref)
        return outcome._replace(notes=[*outcome.notes, passed])
    return outcome


def _same_target(ref: str, before: Target, target: Day) -> RefusedError:
    """Return the error for a target that ends on the day on which the measure's own does."""
    promised = Day(before["date"], before["precision"])
    if promised == target or promised.precision == "day":
        return RefusedError(
            _("the target of {ref} is already {day}; nothing was changed", ref=ref, day=in_words(*promised))
        )
    return RefusedError(
        _(
            "the target of {ref} is {before}, which ends on the same day, {day}; nothing was changed",
            ref=ref,
            before=in_words(*promised),
            day=in_words(target.on),
        )
    )


class NoReasonError(RefusedError):
    """All that is missing is the reason."""


def _needed(reason: str | None, what: str) -> str:
    if not reason or not reason.strip():
        raise NoReasonError(what, hint=_("add --reason"))
    return reason


def _revision(entry: Entry, deciding: list[Entry], what: str) -> Decision:
    """Return a revision, with a word on the later entry that decides where it was back-dated."""
    return Decision([entry], [still_decides(deciding[-1], what)] if deciding else [])
