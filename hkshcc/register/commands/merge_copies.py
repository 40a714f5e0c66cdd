"""Merging copies: a register takes in the entries of another copy of it that it lacks."""

from collections.abc import Collection, Mapping, Sequence

from hkshcc.errors import RefusedError
from hkshcc.language import N_, _
from hkshcc.register.commands.common import (
    CommandContext,
    Decision,
    check_conference,
    effective_entries,
    new_entry,
    receive,
)
from hkshcc.register.dates import in_words, shifted
from hkshcc.register.index import Register, split_ref
from hkshcc.register.integrity import problems
from hkshcc.register.model import Entry, Name, names_given, names_used
from hkshcc.register.vocabulary import Event

Renamed = Mapping[Name, str]  # what the copy calls a measure or a document -> what it is called here


def merge(register: Register, context: CommandContext, copy: Register, file: str) -> Decision:
    """Take in what a copy holds and the register lacks; what both hold must be the same. ``file`` is for messages.

    An empty register becomes the copy. In any other, entries keep their ids and what they say, and are recorded at the
    moment of the exchange. Names that both gave to different things: a measure or a document of the copy gets the next
    free ref here and keeps its own as its alias; of a plenary, a body, an area or a round that both entered, the one
    here stays and the copy's is withdrawn, with a reason. Raises RefusedError where the two say different things.
    """
    _check_moments(context, copy, file)
    if not register.entries:
        return Decision(list(copy.entries), [])
    check_conference(register, copy, file)
    held = {entry.id: entry for entry in register.entries}
    renamed = _renamed(register, copy, held)
    new: list[Entry] = []
    # What the copy received, and when, is its own affair: two that tell each other of it would never come to an end.
    exchanges = {entry.id for entry in [*register.entries, *copy.entries] if entry.event == Event.EXCHANGE}
    for entry in copy.entries:
        if entry.event == Event.EXCHANGE:
            continue
        translated = _without(_translated(entry, renamed), exchanges)
        own = held.get(entry.id)
        if own is None:
            new.append(translated)
        elif _content(_without(own, exchanges)) != _content(translated):
            raise RefusedError(
                _(
                    "entry {number} of {file} and entry {own} here have the same id but do not say the same",
                    number=entry.number,
                    file=file,
                    own=own.number,
                )
            )
    if not new:
        return Decision([], [])
    _check_days(copy, held, context.today, file)
    taken = receive(register, context, new, copy.fingerprint, copy.last)
    superseded, notes = _superseded(register, copy, taken, file)
    if superseded:
        after = Register([*register.entries, *taken])
        reason = f"the register has its own; these came from {file}"
        retraction = new_entry(after, context, Event.RETRACTION, names=superseded, reason=reason)
        taken.append(retraction._replace(id=f"{context.command}-2"))
    if wrong := problems(Register([*register.entries, *taken])):
        raise RefusedError(
            _("with {file} the register would break a rule: {problem}", file=file, problem=wrong[0][:300]),
            hint=_("withdraw that entry in the copy, or bring back here what it depends on"),
        )
    return Decision(taken, [*_renaming_notes(copy, new, file), *notes])


def _renaming_notes(copy: Register, new: Sequence[Entry], file: str) -> list[str]:
    """Say which of what is new has another name here than in the copy."""
    theirs = {entry.id: _called(entry) for entry in copy.entries if entry.event in _CALLED}
    return [
        _(
            "{theirs} of {file} is {here} here, because {theirs} was already taken",
            theirs=theirs[entry.id],
            file=file,
            here=_called(entry),
        )
        for entry in new
        if entry.id in theirs and names_given(entry) and theirs[entry.id] != _called(entry)
    ]


def _check_moments(context: CommandContext, copy: Register, file: str) -> None:
    """Refuse an entry that was recorded after now, and is not followed by one under a clock that was right."""
    moment = copy.entries[-1].recorded if copy.entries else ""
    if moment[:10] > shifted(context.today, 1) and not context.clock_is_right:
        raise RefusedError(
            _(
                "entry {number} of {file} was recorded on {day}, which is in the future",
                number=copy.last,
                file=file,
                day=in_words(moment[:10]),
            ),
            hint=_("correct it there by a change with --clock-is-right, or add --clock-is-right here"),
        )


def _check_days(copy: Register, held: Collection[str], today: str, file: str) -> None:
    """Refuse what is new and became true on a day that has not come: a clock was wrong when it was recorded."""
    for entry in effective_entries(copy):
        if entry.id not in held and (entry.on or "") > shifted(today, 1):
            raise RefusedError(
                _(
                    "entry {number} of {file} is dated {day}, which is in the future",
                    number=entry.number,
                    file=file,
                    day=in_words(entry.on or ""),
                ),
                hint=_("withdraw it there with `hkshcc undo {number}` and export again", number=entry.number),
            )


def _renamed(register: Register, copy: Register, held: Mapping[str, Entry]) -> dict[Name, str]:
    """Return what the copy's measures and documents are called here, as far as that is another ref."""
    # A ref is never given twice, that of what was withdrawn included.
    taken = {name for entry in register.entries for name in names_given(entry)}
    theirs = {name for entry in copy.entries for name in names_given(entry)}
    renamed: dict[Name, str] = {}
    for entry in copy.entries:
        if entry.event not in _CALLED:
            continue
        for name in names_given(entry):
            own = held.get(entry.id)
            called = _called(own or entry)
            if own is None and name in taken:
                called = _next_free(entry, taken | theirs)
                taken.add((name[0], called.casefold()))
            if called != _called(entry):
                renamed[name] = called
    return renamed


_KINDS = {  # of what may have a twin
    "plenary": N_("plenary"), "area": N_("area"), "area code": N_("area code"), "body": N_("body"),
    "round": N_("round"),
}  # fmt: skip
_CALLED = (Event.AGREED, Event.INSTRUMENT)  # what is called by a ref


def _called(entry: Entry) -> str:
    return str((entry.thing or {})["ref"])


def _next_free(entry: Entry, taken: set[Name]) -> str:
    """Return the next free name of the kind that an entry brings in."""
    kind, _ = names_given(entry)[0]
    called = _called(entry)
    parts = split_ref(called) or (0, "", 0, "")
    stem = f"{parts[0]}-{parts[1]}-"
    used = [split_ref(name) for taken_kind, name in taken if taken_kind == kind and name.startswith(stem.casefold())]
    return f"{stem}{1 + max(found[2] for found in used if found)}"


def _translated(entry: Entry, renamed: Renamed) -> Entry:
    """Return an entry of the copy under the names that are used here."""
    if entry.ref:
        entry = entry._replace(ref=renamed.get(("measure", entry.ref.casefold()), entry.ref))
    if entry.thing is None or entry.event not in _CALLED:
        return entry
    thing = dict(entry.thing)
    kind = "measure" if entry.event == Event.AGREED else "instrument"
    if here := renamed.get((kind, thing["ref"].casefold())):
        thing |= {"ref": here, "alias": thing.get("alias") or thing["ref"]}
    if thing.get("related"):
        thing["related"] = [renamed.get(("measure", ref.casefold()), ref) for ref in thing["related"]]
    return entry._replace(thing=thing)


def _without(entry: Entry, exchanges: Collection[str]) -> Entry:
    """Return a retraction without the exchanges that it names: they are a copy's own affair."""
    if not entry.names:
        return entry
    return entry._replace(names=[name for name in entry.names if name not in exchanges])


def _content(entry: Entry) -> Entry:
    """Return what an entry says, in whichever copy it stands: without its place, its moment and its other name."""
    thing = {key: value for key, value in (entry.thing or {}).items() if key != "alias"} if entry.thing else None
    return entry._replace(number=0, recorded="", clock=None, thing=thing)


def _superseded(register: Register, copy: Register, taken: Sequence[Entry], file: str) -> tuple[list[str], list[str]]:
    """Return the ids of what counts now, and of which the register has its own already; and what to say of it."""
    after = Register([*register.entries, *taken])
    before = {entry.id for entry in effective_entries(register)}
    theirs = {entry.id: entry.number for entry in copy.entries}
    own = {name: entry for entry in effective_entries(after) if entry.id in before for name in names_given(entry)}
    ids: list[str] = []
    notes: list[str] = []
    for entry in effective_entries(after):
        if entry.id in before or entry.event in _CALLED:
            continue
        names = names_given(entry) or [name for name in names_used(entry) if entry.event == Event.ROUND]
        twins = [(name, own[name]) for name in names if name in own]
        if not twins or _closes(entry, twins[0][1]):
            own |= dict.fromkeys(names_given(entry), entry)
            continue
        (kind, name), twin = twins[0]
        if not _same_thing(entry, twin):
            number = theirs.get(entry.id, entry.number)
            raise RefusedError(
                _(
                    "{kind} {name} is one thing in {file} (entry {number}) and another in this register (entry {own})",
                    file=file,
                    number=number,
                    own=twin.number,
                    kind=_(_KINDS[kind]),
                    name=name,
                ),
                hint=_(
                    "withdraw one of the two, here with `hkshcc undo {number} --reason WHY`, and try again",
                    number=twin.number,
                ),
            )
        ids.append(entry.id)
        notes.append(
            _(
                "{kind} {name} stays as it is here (entry {number}); the one from {file} is withdrawn",
                kind=_(_KINDS[kind]),
                name=name,
                number=twin.number,
                file=file,
            )
        )
    return ids, notes


def _closes(entry: Entry, opened: Entry) -> bool:
    """Say whether an entry closes the very round that another opened."""
    one, other = entry.thing or {}, opened.thing or {}
    same = entry.event == Event.ROUND and (one["opened"], one["due"]) == (other["opened"], other["due"])
    return same and bool(one.get("closed"))


def _same_thing(entry: Entry, twin: Entry) -> bool:
    """Say whether two entries bring in one thing, so that what rests on one may rest on the other."""
    one, other = entry.thing or {}, twin.thing or {}
    match entry.event:
        case Event.BODY:
            return bool(one["side"] == other["side"])
        case Event.AREA:
            return bool((one["slug"], one["code"]) == (other["slug"], other["code"]))
    return True
