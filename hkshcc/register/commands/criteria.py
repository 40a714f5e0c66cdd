"""Criteria: what would count for a measure, written down before the verdict."""

from collections.abc import Mapping

from hkshcc.errors import RefusedError, UsageError
from hkshcc.language import N_, _
from hkshcc.register.commands.common import CommandContext, Decision, is_nil, new_entry
from hkshcc.register.dates import FOREVER, Day
from hkshcc.register.index import Register
from hkshcc.register.lookup import find_measure, one_of
from hkshcc.register.model import CRITERIA
from hkshcc.register.vocabulary import SIDES, Event


def set_criteria(
    register: Register, context: CommandContext, ref: str, texts: Mapping[str, str | None], agreed_by: str | None
) -> Decision:
    """Record what would count for a measure. ``texts`` are those typed, by ``CRITERIA``.

    What is not given stays as it was; `none` leaves a part out. Nobody has agreed to a text that is new until it is
    said: ``agreed_by`` is a side or ``both``. Raises RefusedError where nothing would change.
    """
    measure = find_measure(register, ref, context.today)
    before = register.criteria(measure.ref, FOREVER)
    held = dict((before[-1].criteria or {}) if before else {})
    given = {name: text for name in CRITERIA if (text := texts.get(name)) is not None}
    if not given and not agreed_by:
        raise UsageError(_("nothing to record"), hint=_("give --done-when, --step-when, --not or --agreed-by"))
    kept = {**held, **{name: text.strip() for name, text in given.items()}}
    nothing = [name for name, text in kept.items() if not text or (isinstance(text, str) and is_nil(text))]
    criteria = {name: kept[name] for name in CRITERIA if name in kept and name not in nothing}
    if "done_when" not in criteria:
        raise UsageError(
            _("the criteria of {ref} must say when it is fulfilled", ref=measure.ref), hint=_("add --done-when TEXT")
        )
    side = one_of((*SIDES, "both"), N_("side (--agreed-by)"), agreed_by) if agreed_by else None
    if before and criteria == held and side == before[-1].agreed_by:
        raise RefusedError(_("these are the criteria of {ref} already; nothing was changed", ref=measure.ref))
    day = Day(context.today, "day")
    return Decision(
        [new_entry(register, context, Event.CRITERIA, day, ref=measure.ref, criteria=criteria, agreed_by=side)], []
    )
