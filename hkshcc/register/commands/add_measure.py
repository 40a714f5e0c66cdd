"""Adding: a measure that was typed, which takes the next number of its area."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from hkshcc.errors import NotFoundError, RefusedError, UsageError
from hkshcc.language import _, listed
from hkshcc.register.commands.common import CommandContext, Decision, new_entry, stated_target
from hkshcc.register.dates import Day, in_words
from hkshcc.register.index import Register, split_ref
from hkshcc.register.lookup import find_area, find_body, read_kind
from hkshcc.register.model import Names, Owner, Plenary
from hkshcc.register.vocabulary import Event


class NewMeasure(NamedTuple):
    """A measure to be added, as typed: ``area`` and ``owners`` by any of their names, ``title`` by language.

    ``plenary`` is a number, None for the latest held.
    """

    area: str
    title: Names
    summary: str | None = None
    kind: str = "deliverable"
    plenary: int | None = None
    owners: Sequence[str] = ()
    target: Day | None = None


def add_measure(register: Register, context: CommandContext, new: NewMeasure) -> Decision:
    """Enter a measure; it takes the next paragraph's number in its plenary and area.

    Raises NotFoundError for an area, body or plenary that the register does not hold, UsageError for a missing title or
    another kind, RefusedError for a plenary still to come and a target before it.
    """
    area = find_area(register, new.area)
    if not (new.title.get("en") or "").strip():
        raise UsageError(_("a measure needs a title"), hint=_("give --title"))
    plenary = _plenary(register, new.plenary, context.today)
    ref = f"{plenary.number}-{area.code}-{_next_paragraph(register, plenary.number, area.code)}"
    owners = dict.fromkeys(find_body(register, owner).code for owner in new.owners)
    if new.target and new.target.on < plenary.date:
        raise RefusedError(
            _("the target is before the plenary of {day}", day=in_words(plenary.date)), hint=_("give a later target")
        )
    thing: dict[str, Any] = {
        "ref": ref,
        "plenary": plenary.number,
        "area": area.slug,
        "kind": str(read_kind(new.kind)),
        "title": {language: text for language, text in new.title.items() if text},
    }
    if new.summary:
        thing["summary"] = new.summary
    if owners:
        thing["owners"] = [Owner(body=code, basis="inferred") for code in owners]
    if new.target:
        thing["target"] = stated_target(new.target)
    return Decision([new_entry(register, context, Event.AGREED, Day(plenary.date, "day"), ref=ref, thing=thing)], [])


def _plenary(register: Register, number: int | None, today: str) -> Plenary:
    """Return the plenary of a number, else the latest held.

    Raises RefusedError for one that is still to come, and where the latest is meant but nothing of it is known: what
    was added to it unasked would be taken for its agreement.
    """
    if number is None:
        held = [plenary for plenary in register.plenaries.values() if plenary.date <= today]
        if not held:
            raise NotFoundError(
                _("no plenary has been held yet"), hint=_("add one with `hkshcc plenary add NUMBER --date DATE`")
            )
        latest = max(held)
        if all(measure.plenary != latest.number for measure in register.measures(today)):
            raise RefusedError(
                _(
                    "what plenary {number} ({day}) agreed is not in the register",
                    number=latest.number,
                    day=in_words(latest.date),
                ),
                hint=_("say with --plenary which one agreed this, or import a release with `hkshcc import release`"),
            )
        return latest
    if number not in register.plenaries:
        raise NotFoundError(
            _("no plenary {number}", number=number),
            hint=_("the plenaries are {numbers}", numbers=listed([*map(str, register.plenaries)]) or _("none")),
        )
    plenary = register.plenaries[number]
    if plenary.date > today:
        raise RefusedError(
            _("plenary {number} has not been held yet", number=number),
            hint=_("add its measures on {day} or later", day=in_words(plenary.date)),
        )
    return plenary


def _next_paragraph(register: Register, plenary: int, code: str) -> int:
    parts = [split_ref(ref) for ref in register.refs_ever()]
    return 1 + max((part[2] for part in parts if part and part[:2] == (plenary, code)), default=0)
