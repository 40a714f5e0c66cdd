"""Accepting: the conference confirms that a measure is closed."""

from collections.abc import Sequence

from hkshcc.errors import RefusedError, UsageError
from hkshcc.language import _
from hkshcc.register.basis import acceptance_of
from hkshcc.register.commands.common import (
    CommandContext,
    Decision,
    effective_day,
    entries_since,
    new_entry,
    renumber,
    still_decides,
)
from hkshcc.register.dates import FOREVER, Day, in_words
from hkshcc.register.index import Register
from hkshcc.register.lookup import find_measure, find_meeting
from hkshcc.register.model import Measure
from hkshcc.register.vocabulary import Event, short_label


def accept(
    register: Register, context: CommandContext, refs: Sequence[str], at: str, reason: str | None = None
) -> Decision:
    """Record that the conference accepted the closing of one measure or several, at a plenary or on a day.

    ``at`` is a plenary (``6th-plenary``, ``6``) or a date, as typed. Raises RefusedError for a measure that was not
    closed by then or was accepted already.
    """
    if not refs:
        raise UsageError(_("no measure named"), hint=_("give a ref, such as 5-FIN-3c"))
    met = find_meeting(register, at, context.today)
    found = [find_measure(register, ref, context.today) for ref in refs]
    outcome = Decision([], [])
    for measure in {measure.ref: measure for measure in found}.values():
        when = effective_day(met, context.today, register.agreed_on(measure.ref))
        _check(register, measure, when)
        entry = new_entry(
            register,
            context,
            Event.ACCEPTANCE,
            when,
            ref=measure.ref,
            reason=reason if reason and reason.strip() else None,
        )
        outcome.entries.append(entry)
        was = register.standing(measure, when.on).status
        later = [other for other in entries_since(register, entry) if other.status]
        if later and register.standing(measure, FOREVER).status != was:
            outcome.notes.append(
                still_decides(later[-1], _("the status ({status})", status=short_label(str(later[-1].status))))
            )
    return outcome._replace(entries=renumber(register, context, outcome.entries))


def _check(register: Register, measure: Measure, when: Day) -> None:
    """Refuse a measure that was not closed on that day, or that was accepted already, then or later."""
    standing = register.standing(measure, when.on)
    for accepted in (acceptance_of(standing), acceptance_of(register.standing(measure, FOREVER))):
        if accepted:
            raise RefusedError(
                _(
                    "{ref} was already accepted by the conference on {day} (entry {number}); nothing was changed",
                    ref=measure.ref,
                    day=in_words(accepted.on or "", accepted.precision or "day"),
                    number=accepted.number,
                )
            )
    if not standing.closed:
        raise RefusedError(
            _(
                "{ref} was not closed on {day} ({status}); only a closed measure can be accepted",
                ref=measure.ref,
                day=in_words(*when),
                status=short_label(standing.status),
            ),
            hint=_("close it first with `hkshcc done {ref}`, or give a later day with --at", ref=measure.ref),
        )
