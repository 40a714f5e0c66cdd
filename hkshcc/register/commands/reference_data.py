"""Keeping the register itself: its bodies, plenaries and reporting rounds."""

from collections.abc import Sequence
from typing import Any

from hkshcc.errors import RefusedError, UsageError
from hkshcc.language import N_, _
from hkshcc.register.commands.common import CommandContext, Decision, effective_day, new_entry
from hkshcc.register.dates import FOREVER, Day, in_words
from hkshcc.register.index import Register
from hkshcc.register.lookup import find_round, means_a_day, one_of
from hkshcc.register.model import Names
from hkshcc.register.validation import is_code
from hkshcc.register.vocabulary import NO_OWNER, SIDES, Event, label

MOST_PLENARIES = 999  # a number above is a slip of the hand
# A body's code is the name of its form's and its note's file, which Windows lets be called neither of these.
_RESERVED = frozenset(
    {NO_OWNER, "con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(10)}
)


def add_body(register: Register, context: CommandContext, code: str, side: str, name: Names) -> Decision:
    """Enter a body of a side (``hk`` or ``sh``). Its code of letters, digits and hyphens is what people type.

    Raises UsageError for a code or side that cannot be one and for a missing English name, RefusedError for a code that
    is taken, in whichever case.
    """
    if not is_code(code):
        raise UsageError(
            _("'{code}' cannot be a body's code", code=code), hint=_("use letters (A-Z), digits and hyphens")
        )
    if code.casefold() in _RESERVED:
        raise UsageError(
            _("'{code}' cannot be a body's code: as a file name it has another meaning", code=code),
            hint=_("choose another code"),
        )
    if taken := next((known for known in register.bodies if known.casefold() == code.casefold()), None):
        raise RefusedError(_("there is a body {code} already; nothing was changed", code=taken))
    if not (name.get("en") or "").strip():
        raise UsageError(_("a body needs a name"), hint=_("give --name"))
    thing = {
        "code": code,
        "side": one_of(SIDES, N_("side (--side)"), side, label),
        "name": {language: text for language, text in name.items() if text},
    }
    return Decision([new_entry(register, context, Event.BODY, thing=thing)], [])


def add_plenary(
    register: Register, context: CommandContext, number: int, held: Day, place: str | None, chairs: Sequence[str]
) -> Decision:
    """Enter a plenary (``number`` from 1) that was or will be held on a day.

    Raises UsageError for a number that cannot be one and for a period instead of a day, RefusedError where the register
    has it.
    """
    if not 1 <= number <= MOST_PLENARIES:
        raise UsageError(
            _("{number} cannot be a plenary's number", number=number),
            hint=_("give a number from 1 to {most}", most=MOST_PLENARIES),
        )
    if number in register.plenaries:
        day = in_words(register.plenaries[number].date)
        raise RefusedError(
            _("there is a plenary {number} already, of {day}; nothing was changed", number=number, day=day)
        )
    if held.precision != "day":
        raise UsageError(_("a plenary is held on one day"), hint=_("give --date as 2026-12-31 or 31 Dec 2026"))
    thing: dict[str, Any] = {"number": number, "date": held.on}
    if place:
        thing["place"] = place
    if chairs:
        thing["co_chairs"] = list(chairs)
    return Decision([new_entry(register, context, Event.PLENARY, thing=thing)], [])


def open_round(register: Register, context: CommandContext, name: str, due: Day, on: Day | None = None) -> Decision:
    """Open a reporting round, in which every owner is asked for a return by the day it is due; ``on`` None is today.

    Raises UsageError for a name that may be a date or an age, RefusedError for a name that is taken, a future day of
    opening, or a due day before it.
    """
    when = effective_day(on, context.today)
    if not name.isprintable() or name != name.strip() or not name or means_a_day(name, context.today):
        raise UsageError(
            _("'{name}' cannot be a round's name", name=name),
            hint=_("choose one like 2026H2, which is not a date or an age"),
        )
    rounds = register.rounds(FOREVER)
    if taken := next((known for known in rounds if known.name.casefold() == name.casefold()), None):
        raise RefusedError(
            _("there is a round {name} already, opened {day}", name=taken.name, day=in_words(taken.opened)),
            hint=_("choose another name"),
        )
    if due.on < when.on:
        raise RefusedError(
            _(
                "round {name} would be due on {due}, before it opens on {opened}",
                name=name,
                due=in_words(*due),
                opened=in_words(*when),
            )
        )
    thing = {"name": name, "opened": when.on, "due": due.on}
    return Decision([new_entry(register, context, Event.ROUND, when, thing=thing)], [])


def close_round(register: Register, context: CommandContext, name: str, on: Day | None = None) -> Decision:
    """Close a reporting round; what is owed in it is no longer chased. ``on`` None is today.

    Raises NotFoundError for an unknown name, RefusedError for a round that is closed, and for a day before it opened or
    in the future.
    """
    entered = find_round(register, name, context.today)
    when = effective_day(on, context.today, entered.opened)
    if entered.closed:
        raise RefusedError(
            _(
                "round {name} was closed on {day}; nothing was changed",
                name=entered.name,
                day=in_words(entered.closed),
            )
        )
    closing = entered._replace(closed=when.on)._asdict()
    thing = {field: value for field, value in closing.items() if value is not None}
    return Decision([new_entry(register, context, Event.ROUND, when, thing=thing)], [])
