"""Undoing: entries are withdrawn by a retraction, and a retraction by another one; nothing is ever deleted."""

from collections.abc import Iterable
from typing import Any

from hkshcc.errors import NotFoundError, RefusedError
from hkshcc.register.drafting import Outcome, Stamp, draft
from hkshcc.register.lookup import find_entry
from hkshcc.register.model import Entry, bodies_named
from hkshcc.register.register import SHIPPED, Register
from hkshcc.register.words import Event

_Key = tuple[str, Any]  # what an entry brings in and others name: a kind of thing, and which one it is
_KEYS = {"body": "code", "area": "slug", "plenary": "number"}


def undo(register: Register, stamp: Stamp, typed: str | None, reason: str | None) -> Outcome:
    """Withdraw an entry, or all entries of the last command recorded here that still count.

    Naming a retraction takes it back, so that what it withdrew counts again. Shipped entries only go when named.
    """
    if typed is None:
        entries = _last_command(register)
    else:
        named = find_entry(register, typed)
        if by := register.withdrawn.get(named.id):
            raise RefusedError(f"entry {named.number} is withdrawn already; `hkshcc undo {by.number}` brings it back")
        entries = [named]
    retraction = draft(register, stamp, Event.RETRACTION, names=[entry.id for entry in entries], reason=reason)
    _check(register, retraction)
    return Outcome([retraction], [])


def _last_command(register: Register) -> list[Entry]:
    """Return the entries that count of the last command that is neither shipped nor a retraction."""
    counting = _counting(register)
    for entry in reversed(counting):
        if entry.command != SHIPPED and entry.event != Event.RETRACTION:
            return [other for other in counting if other.command == entry.command]
    raise NotFoundError("nothing left to undo: no change recorded here counts; an entry that shipped must be named")


def _check(register: Register, retraction: Entry) -> None:
    """Refuse what would leave a counting entry naming a body, area or plenary that is gone, or bring one in twice."""
    after = Register([*register.entries, retraction])
    counting = _counting(after)
    present, remaining = _brought_in(_counting(register)), _brought_in(counting)
    gone = _brought_in(entry for entry in after.entries if entry.id in after.withdrawn)
    for entry in counting:
        again = entry.id in register.withdrawn
        if again and (twin := present.get(_key(entry))):
            raise RefusedError(
                f"entry {entry.number} would count again beside entry {twin.number}, which took its place;"
                f" withdraw that one first: `hkshcc undo {twin.number}`"
            )
        for name in _rests_on(entry):
            missing = gone.get(name) if name not in remaining else None
            if missing and again:
                raise RefusedError(
                    f"entry {entry.number} would count again, but rests on entry {missing.number}, which is withdrawn;"
                    f" bring that one back first: `hkshcc undo {after.withdrawn[missing.id].number}`"
                )
            # What was missing before is no reason to refuse, or an unsound register could never be mended.
            if missing and name in present:
                raise RefusedError(
                    f"entry {entry.number} rests on entry {missing.number}; withdraw that one first:"
                    f" `hkshcc undo {entry.number}`"
                )


def _counting(register: Register) -> list[Entry]:
    return [entry for entry in register.entries if entry.id not in register.withdrawn]


def _brought_in(entries: Iterable[Entry]) -> dict[_Key | None, Entry]:
    """Return the entries that bring in a body, an area or a plenary, by what they bring."""
    return {key: entry for entry in entries if (key := _key(entry))}


def _key(entry: Entry) -> _Key | None:
    """Return the body, area or plenary that an entry brings in; None for any other."""
    field = _KEYS.get(entry.event)
    return (entry.event, (entry.thing or {})[field]) if field else None


def _rests_on(entry: Entry) -> list[_Key]:
    """Return the bodies, the area and the plenary that an entry names."""
    about = entry.thing or {}
    bodies = [("body", code) for code in bodies_named(entry)]
    return bodies + [(key, about[key]) for key in ("area", "plenary") if key in about]
