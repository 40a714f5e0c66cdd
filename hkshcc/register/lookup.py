"""From what a person typed to what the register holds: refs, areas, bodies, statuses, entries."""

import re
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import TypeVar

from hkshcc.errors import NotFoundError, RefusedError, UsageError, did_you_mean, nearest, not_found
from hkshcc.language import N_, _, alternatives, current, listed
from hkshcc.register.dates import Day, before, in_words
from hkshcc.register.index import Register, split_ref
from hkshcc.register.model import Area, Body, Entry, Instrument, Measure, Plenary, Round
from hkshcc.register.vocabulary import (
    Event,
    Kind,
    Status,
    every_label,
    in_language,
    kind_label,
    short_label,
    with_label,
)
from hkshcc.text import searchable

Choice = TypeVar("Choice", bound=StrEnum)


def find_measure(register: Register, typed: str, as_of: str) -> Measure:
    """Find a measure agreed by a day (ISO), by its ref in any case, without the plenary's number where it is unique.

    Raises UsageError where several are meant; NotFoundError, with what else may be meant, where none is, or where it
    was withdrawn.
    """
    refs = register.refs(as_of)
    wanted = typed.strip().casefold()
    found = [ref for ref in refs if wanted in {ref.casefold(), ref.casefold().partition("-")[2]}]
    hint = _("type the plenary's number too")
    if not found:
        found = [ref for ref in called_otherwise(register, "measure", typed) if ref in refs]
        hint = _("type one of them")
        if gone := _withdrawn_measure(register, typed):
            raise _withdrawn(gone, register.withdrawn[gone.id], found)
    if len(found) > 1:
        raise UsageError(_("'{typed}' may be {refs}", typed=typed, refs=alternatives(found)), hint=hint)
    measure = register.measure(found[0]) if found else None
    if measure:
        return measure
    raise NotFoundError(_("no measure '{typed}'", typed=typed), hint=_instead_of_measure(register, typed, refs))


def _withdrawn(gone: Entry, by: Entry, others: Sequence[str]) -> NotFoundError:
    """Return the error for a measure that was withdrawn; ``others`` were recorded under its ref too."""
    values = {"ref": gone.ref, "day": in_words(by.recorded[:10]), "name": by.recorder, "number": by.number}
    message = (
        _("{ref} was withdrawn on {day} by {name} (entry {number}: {why})", **values, why=by.reason)
        if by.reason
        else _("{ref} was withdrawn on {day} by {name} (entry {number}, no reason given)", **values)
    )
    hint = _("`hkshcc undo {number}` brings it back", number=by.number)
    if others:
        hint = _(
            "`hkshcc undo {number}` brings it back; also recorded as {ref}: {others}", others=listed(others), **values
        )
    return NotFoundError(message, hint=hint)


def _instead_of_measure(register: Register, typed: str, refs: Iterable[str]) -> str:
    """Return the way out for what is no measure's ref on a day: that it is one later, its parts, or what it is."""
    if later := register.measure(_normal(typed)):
        return _("it was agreed on {day}, after the day asked about", day=register.agreed_on(later.ref))
    wanted = typed.strip().casefold()
    stems = {ref: ref.casefold().rstrip("abcdefghijklmnopqrstuvwxyz") for ref in refs}
    if parts := [ref for ref, stem in stems.items() if wanted in {stem, stem.partition("-")[2]}]:
        return did_you_mean(parts)
    return _instead_of_ref(register, typed, refs)


def called_otherwise(register: Register, kind: str, typed: str) -> list[str]:
    """Return what is called otherwise now that was recorded under a name, which another may have: by an exchange."""
    if register.settled is None:
        return []
    wanted = typed.strip().casefold()
    found: dict[str, None] = {}
    for (of_kind, name), called in register.settled.otherwise.items():
        if of_kind == kind and wanted in {name, name.partition("-")[2] if kind == "measure" else name}:
            found |= dict.fromkeys(called)
    return list(found)


_MOST_OFFERED = 3  # measures whose titles have a word that was typed in place of a ref


def _instead_of_ref(register: Register, typed: str, refs: Iterable[str]) -> str:
    """Return the way out for a word that is no ref: what else it names, or the measures that it is found in."""
    wanted = typed.strip().casefold()
    for area in register.areas.values():
        if wanted in {name.casefold() for name in _called(area)}:
            return _("it is an area; see `hkshcc list {area}`", area=area.slug)
    for body in register.bodies.values():
        if wanted in {called.casefold() for called in (body.code, *body.name.values()) if called}:
            return _("it is a body; see `hkshcc list {body}`", body=body.code)
    if near := nearest(typed, refs):
        return did_you_mean(near)
    titles = {ref: measure.title for ref in refs if (measure := register.measure(ref))}
    wanted = searchable(typed.strip())
    found = [ref for ref, names in titles.items() if any(wanted in searchable(name or "") for name in names.values())]
    if not wanted or not found:
        return _("see `hkshcc list`")
    if len(found) > _MOST_OFFERED:
        from shlex import quote  # noqa: PLC0415  only a mistake is quoted

        return _("`hkshcc list {text}` lists the measures with this text", text=quote(typed.strip()))
    return _("it is in the title of {refs}; see `hkshcc show {named}`", refs=listed(found), named=" ".join(found))


def find_measure_ever(register: Register, typed: str, as_of: str) -> Measure:
    """Find a measure as ``find_measure`` does, or one that was withdrawn: its history stays.

    Raises UsageError where several are meant, NotFoundError where none is.
    """
    try:
        return find_measure(register, typed, as_of)
    except NotFoundError:
        gone = _withdrawn_measure(register, typed)
        measure = register.measure_ever(gone.ref) if gone and gone.ref else None
        if measure is None:
            raise
        return measure


def _withdrawn_measure(register: Register, typed: str) -> Entry | None:
    """Return the withdrawn entry that agreed the measure of a ref, with or without the plenary's number."""
    wanted = typed.strip().casefold()
    for entry in register.entries:
        if entry.event == Event.AGREED and entry.ref and register.measure(entry.ref) is None:
            ref = entry.ref.casefold()
            if wanted in {ref, ref.partition("-")[2]}:
                return entry
    return None


def _normal(typed: str) -> str:
    parts = split_ref(typed.strip())
    return f"{parts[0]}-{parts[1]}-{parts[2]}{parts[3]}" if parts else typed


def find_area(register: Register, typed: str) -> Area:
    """Find an area by slug, code, name in any language, or a unique beginning of one of these.

    Raises NotFoundError where none is meant, or several are.
    """
    wanted = typed.strip().casefold()
    by_name: dict[str, Area] = {}
    for area in register.areas.values():
        for name in _called(area):
            by_name.setdefault(name.casefold(), area)
    for slug in called_otherwise(register, "area", typed):
        by_name.setdefault(wanted, register.areas[slug])
    if wanted in by_name:
        return by_name[wanted]
    begun = {area.slug: area for name, area in by_name.items() if wanted and name.startswith(wanted)}
    if len(begun) == 1:
        return next(iter(begun.values()))
    if begun:
        raise NotFoundError(
            _(
                "'{typed}' may be several areas: {areas}",
                typed=typed,
                areas=listed([_offered(area) for area in begun.values()]),
            ),
            hint=_("type one of them"),
        )
    near = dict.fromkeys(by_name[name.casefold()].slug for name in nearest(typed, by_name))
    every = listed([_offered(area) for area in register.areas.values()]) or _("none")
    hint = (
        did_you_mean([_offered(register.areas[slug]) for slug in near])
        if near
        else _("the areas are {areas}", areas=every)
    )
    raise NotFoundError(_("no area '{typed}'", typed=typed), hint=hint)


def _called(area: Area) -> list[str]:
    return [area.slug, area.code, *(name for name in (*area.name.values(), *area.short.values()) if name)]


def _offered(area: Area) -> str:
    return with_label(area.slug, in_language({**area.name, **area.short}, current()))


def find_round(register: Register, typed: str, as_of: str) -> Round:
    """Find a round opened by a day (ISO), by its name in any case. Raises NotFoundError."""
    known = {entered.name.casefold(): entered for entered in register.rounds(as_of)}
    for name in (typed.strip(), *called_otherwise(register, "round", typed)):
        if found := known.get(name.casefold()):
            return found
    names = [entered.name for entered in known.values()]
    raise not_found(_("no round '{typed}'", typed=typed), typed, names, _("see `hkshcc round list`"))


def find_plenary(register: Register, number: int) -> Plenary:
    """Find a plenary by its number. Raises NotFoundError."""
    if number in register.plenaries:
        return register.plenaries[number]
    raise NotFoundError(_("no plenary {number}", number=number), hint=_("see `hkshcc plenary list`"))


_MEETING = r"(\d{1,3})(?:st|nd|rd|th)?(?:-plenary)?|plenary-(\d{1,3})"


def find_meeting(register: Register, typed: str, today: str) -> Day:
    """Find the day of a plenary (``6``, ``6th``, ``6th-plenary``), or read a date; a period counts as its last day.

    Raises NotFoundError for a plenary that the register does not hold, UsageError for what is neither.
    """
    from hkshcc.register.typed_dates import NotADateError, read_day  # noqa: PLC0415  most commands are given no date

    if found := re.fullmatch(_MEETING, typed.strip().casefold()):
        return Day(find_plenary(register, int(found[1] or found[2])).date, "day")
    try:
        return read_day(typed, today)
    except NotADateError:
        raise UsageError(
            _("'{typed}' is neither a plenary nor a date (--at)", typed=typed),
            hint=_("write 6th-plenary or 2026-10-15"),
        ) from None
    except UsageError as error:
        raise UsageError(_("{what}: {why}", what="--at", why=error)) from None


def find_when(register: Register, typed: str, today: str, end: str | None = None) -> str:
    """Find a day in the past: a date, an age (``90d``, ``6m``), ``5th-plenary``, ``last-round`` or a round's name.

    A round stands for the day it was opened; an age counts back from ``end``, else from today. Raises UsageError for
    what is none of these, NotFoundError for a plenary or a last round that there is not, RefusedError for the future.
    """
    wanted = typed.strip().casefold()
    if found := re.fullmatch(_AGE, wanted):
        return before(end or today, int(found[1]), found[2])
    if plenary := plenary_named(typed):
        day = find_plenary(register, plenary).date
    else:
        rounds = register.rounds(today)
        named = {entered.name.casefold(): entered.opened for entered in rounds}
        if wanted == _LAST_ROUND and not rounds:
            raise NotFoundError(
                _("no round has been opened yet"), hint=_("`hkshcc round open NAME --due DATE` opens one")
            )
        day = rounds[-1].opened if wanted == _LAST_ROUND else named.get(wanted) or _typed_day(typed, today)
    if day > today:
        raise RefusedError(
            _(
                "'{typed}' ({day}) is in the future (today is {today})",
                typed=typed,
                day=in_words(day),
                today=in_words(today),
            )
        )
    return day


def find_since(register: Register, typed: str, today: str, end: str) -> str:
    """Find the day that a comparison begins with, as ``find_when``. Raises UsageError for one after its end."""
    start = find_when(register, typed, today, end)
    if start > end:
        raise UsageError(
            _("--since {start} is after {end}", start=in_words(start), end=in_words(end)),
            hint=_("give an earlier date"),
        )
    return start


def find_until(typed: str, today: str) -> str:
    """Find a day to come: a date, or a time from today (``30d``, ``6m``). Raises UsageError for one that is past."""
    from hkshcc.register.typed_dates import NotADateError, read_day  # noqa: PLC0415  most commands are given no date

    wanted = typed.strip().casefold()
    if found := re.fullmatch(_AGE, wanted):
        return before(today, -int(found[1]), found[2])
    try:
        day = read_day(typed, today, "next").on
    except NotADateError:
        raise UsageError(
            _("'{typed}' is not a date or a time from today", typed=typed), hint=_("write 30d, 6w, 3m or 2027-06-30")
        ) from None
    if day < today:
        raise UsageError(_("{day} is past", day=in_words(day)), hint=_("give a later day, or 30d"))
    return day


_AGE, _PLENARY, _LAST_ROUND = r"(\d{1,4})([dwmy])", r"(\d{1,9})(?:st|nd|rd|th)-plenary|plenary-(\d{1,9})", "last-round"


def plenary_named(typed: str) -> int | None:
    """Return the number of the plenary that a word means to `find_when`, None where it means no plenary."""
    found = re.fullmatch(_PLENARY, typed.strip().casefold())
    return int(found[1] or found[2]) if found else None


def _typed_day(typed: str, today: str) -> str:
    from hkshcc.register.typed_dates import NotADateError, read_day  # noqa: PLC0415  most commands are given no date

    try:
        return read_day(typed, today).on
    except NotADateError:
        raise UsageError(
            _("'{typed}' is not a date, an age, a plenary or a round", typed=typed),
            hint=_("write 2025-12-31, 90d, 5th-plenary, last-round or a round's name"),
        ) from None


def means_a_day(typed: str, today: str) -> bool:
    """Return whether a word means a day to `find_when` without being a round's name."""
    from hkshcc.register.typed_dates import read_day  # noqa: PLC0415  as above

    wanted = typed.strip().casefold()
    if wanted == _LAST_ROUND or re.fullmatch(_AGE, wanted) or re.fullmatch(_PLENARY, wanted):
        return True
    try:
        read_day(typed, today)
    except UsageError:
        return False
    return True


def find_body(register: Register, typed: str) -> Body:
    """Find a body by its code, in any case, or its full name in any language. Raises NotFoundError."""
    wanted = typed.strip().casefold()
    for body in register.bodies.values():
        if wanted in {called.casefold() for called in (body.code, *body.name.values()) if called}:
            return body
    raise not_found(_("no body '{typed}'", typed=typed), typed, register.bodies, _("see `hkshcc bodies`"))


def find_instrument(register: Register, typed: str) -> Instrument:
    """Find an instrument by its ref, in any case. Raises NotFoundError."""
    for name in (typed.strip(), *called_otherwise(register, "instrument", typed)):
        for instrument in register.instruments.values():
            if name.casefold() == instrument.ref.casefold():
                return instrument
    message = _("no document '{typed}'", typed=typed)
    raise not_found(message, typed, register.instruments, _("see `hkshcc instruments`"))


def means_an_instrument(register: Register, typed: str) -> bool:
    """Return whether a ref that was typed is an instrument's."""
    held = {ref.casefold() for ref in register.instruments}
    return any(name.casefold() in held for name in (typed.strip(), *called_otherwise(register, "instrument", typed)))


def find_entry(register: Register, typed: str) -> Entry:
    """Find an entry by its number, its id or its name. Raises NotFoundError, UsageError for the name of several."""
    wanted = typed.strip()
    for entry in register.entries:
        if wanted in {str(int(entry.number)), entry.id}:
            return entry
    called = [entry for entry in register.entries if wanted.upper() == str(entry.number)]
    if len(called) > 1:
        numbers = listed([str(int(entry.number)) for entry in called])
        raise UsageError(
            _("'{typed}' is the name of entries {numbers} here", typed=typed, numbers=numbers),
            hint=_("name one by its number here: a number alone, without a register's name"),
        )
    if called:
        return called[0]
    raise NotFoundError(
        _("no entry '{typed}'", typed=typed),
        hint=_("`hkshcc history` shows entries 1 to {last}", last=register.last),
    )


def read_status(typed: str) -> Status:
    """Read a status by its word, or by its label as it is printed in any language. Raises UsageError."""
    wanted = typed.strip().casefold()
    word = wanted.replace(" ", "-").replace("_", "-")
    if word == "done":  # as the command that closes a measure is called
        return Status.COMPLETED
    if word not in set(Status):
        for status in Status:
            if wanted in {shown.casefold() for shown in every_label(status)}:
                return status
    return _choice(Status, N_("status (--status)"), word, typed, short_label)


def read_kind(typed: str) -> Kind:
    """Read the kind of a measure, in any case. Raises UsageError."""
    return _choice(Kind, N_("kind (--kind)"), typed.strip().casefold(), typed, kind_label)


def _choice(choices: type[Choice], what: str, wanted: str, typed: str, called: Callable[[str], str]) -> Choice:
    for choice in choices:
        if choice == wanted:
            return choice
    raise _no_such_choice(what, typed, choices, called)


def one_of(choices: Iterable[str], what: str, typed: str, called: Callable[[str], str] = str) -> str:
    """Read one of a few fixed words, in any case. Raises UsageError, which says what the word was to be.

    ``what`` is a message that is marked and not yet translated; ``called`` gives a word's label.
    """
    every = list(choices)
    for choice in every:
        if choice.casefold() == typed.strip().casefold():
            return choice
    raise _no_such_choice(what, typed, every, called)


# What people call a status who have not read the list.
_CALLED = {
    "ongoing": Status.CONTINUING, "on-going": Status.CONTINUING, "finished": Status.COMPLETED,
    "started": Status.IN_PROGRESS, "pending": Status.NOT_STARTED, "planned": Status.NOT_STARTED,
    "dropped": Status.NOT_PURSUED, "cancelled": Status.NOT_PURSUED, "changed": Status.MODIFIED,
}  # fmt: skip


def _no_such_choice(what: str, typed: str, choices: Iterable[str], called: Callable[[str], str]) -> UsageError:
    offered = {str(choice): with_label(str(choice), called(str(choice))) for choice in choices}
    meant = _CALLED.get(typed.strip().casefold(), "")
    near = nearest(typed, offered, most=1) or [name for name in [str(meant)] if name in offered]
    values = {"typed": typed, "what": _(what)}
    message = _("'{typed}' is not a valid {what}", **values)
    every = listed(list(offered.values()))
    if near:
        return UsageError(message, hint=_("did you mean {near}? Choose from: {all}", near=offered[near[0]], all=every))
    return UsageError(message, hint=_("choose from: {all}", all=every))
