"""Whether the register is sound: the chain unbroken, every name known, every rule kept."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import Any

from hkshcc.language import N_, _
from hkshcc.register.dates import in_words, shifted
from hkshcc.register.index import Register, brought_by, split_ref
from hkshcc.register.model import Entry, Name, bodies_named, encode, moment_of, names_given, says
from hkshcc.register.shared import own_entries
from hkshcc.register.validation import InvalidEntryError, decode, decode_all
from hkshcc.register.vocabulary import FULFILLED, Event, Kind, Status, name_label
from hkshcc.register.witness import unwitnessed


def problems(register: Register, today: str | None = None) -> list[str]:
    """Return what is wrong, a sentence each that names the entry; nothing where all is sound.

    With ``today`` (ISO) also a last entry that was recorded later: under a clock that was wrong.
    """
    if found := _misshapen(register):
        return found
    found += [
        _("entry {number} is not in canonical form (a repeated key?)", number=number) for number in register.irregular()
    ]
    if broken := register.broken_at():
        found.append(
            _("entry {number} or one before it is not what was recorded (the chain breaks here)", number=broken)
        )
    ids: dict[str, int] = {}
    refs: dict[str, int] = {}
    given: dict[Name, int] = {}
    before = ""
    own = {entry.id for entry in own_entries(register.stored)}
    found += _wrong_in_exchanges(register, own)
    aside = register.settled.aside if register.settled else {}
    kinds = {entry.id: kind for entry in register.entries for kind, _name in names_given(entry)[:1]}
    # Of measures that is looked at above; where registers exchange, two of one ref say the same and are one.
    told_apart = {Event.AGREED, Event.INSTRUMENT} if register.settled else {Event.AGREED}
    for entry in register.entries:
        if entry.id in ids:
            found.append(_("entry {number} has the same id as entry {other}", number=entry.number, other=ids[entry.id]))
        if entry.id in own:  # what came by an exchange was recorded elsewhere
            if entry.recorded < before and entry.clock != before:
                found.append(_("entry {number} was recorded before the entry that it follows", number=entry.number))
            elif entry.clock is not None and entry.clock != before:
                found.append(_(_LATER, number=entry.number))
            before = entry.recorded
        if entry.event == Event.AGREED and entry.ref:
            if entry.ref in refs and register.settled is None:
                found.append(
                    _(
                        "entry {number} records measure {ref} a second time, after entry {other}",
                        number=entry.number,
                        ref=entry.ref,
                        other=refs[entry.ref],
                    )
                )
            refs.setdefault(entry.ref, entry.number)
        if entry.id not in register.withdrawn and entry.id not in aside:
            found += [
                _(
                    "entry {number} adds {kind} {name} a second time, after entry {other}",
                    number=entry.number,
                    kind=name_label(kind),
                    name=name,
                    other=given[kind, name],
                )
                for kind, name in names_given(entry)
                if (kind, name) in given and entry.event not in told_apart
            ]
            given.update(dict.fromkeys(names_given(entry), entry.number))
        found += _wrong_in(entry, register, refs, ids, kinds)
        ids.setdefault(entry.id, entry.number)
    if today and before[:10] > shifted(today, 1):
        found.append(
            _(
                "entry {number} was recorded on {day}, which is in the future; a change with --clock-is-right corrects"
                " that",
                number=register.last,
                day=in_words(before[:10]),
            )
        )
    return found


_LATER = N_("entry {number} says that a later moment stands before it than does")


def _misshapen(register: Register) -> list[str]:
    found: list[str] = []
    with suppress(InvalidEntryError):
        decode_all([entry.number for entry in register.stored], [encode(entry) for entry in register.stored])
        return found
    for entry in register.stored:
        try:
            decode(entry.number, encode(entry))
        except InvalidEntryError as error:
            found.append(str(error))
    return found


def _wrong_in_exchanges(register: Register, own: Collection[str]) -> list[str]:
    """Say which entries of this register tell what is not so of where entries come from."""
    found = []
    ids = [entry.id for entry in register.stored]
    latest = ""
    for entry in register.stored:
        is_late, latest = entry.after is not None and entry.after != latest, max(latest, moment_of(entry))
        if entry.id not in own:
            continue
        if is_late:  # what decides within a day goes by it
            found.append(_(_LATER, number=entry.number))
        before = ids[: entry.number - 1]
        thing = entry.thing or {}
        if entry.place not in {None, entry.number}:
            found.append(_("entry {number} says that it is another one of its register", number=entry.number))
        if (brought := brought_by(entry)) and before[-brought:] != list(thing["received"]):
            found.append(_("entry {number} says that other entries came by it than did", number=entry.number))
        if entry.event == Event.ORIGIN and before != list(thing["before"]):
            found.append(_("entry {number} says that other entries stand before it than do", number=entry.number))
    if found or register.settled is None:
        return found
    return [
        _(
            "entry {number} tells another fingerprint of {origin}'s register than that had by its entries: one of the"
            " two was rewritten",
            number=entry.number,
            origin=(entry.thing or {})["origin"],
        )
        for entry in unwitnessed(register)
    ]


def _wrong_in(
    entry: Entry, register: Register, refs: dict[str, int], ids: dict[str, int], kinds: Mapping[str, str]
) -> list[str]:
    found = []
    number, thing = entry.number, entry.thing or {}
    if entry.ref is not None and entry.ref not in refs:
        found.append(_("entry {number} is about {ref}, which no entry before it records", number=number, ref=entry.ref))
    # Withdrawn entries may name a body, an area or a plenary that went with them.
    if entry.id not in register.withdrawn:
        if entry.on is not None and entry.on > entry.recorded[:10]:
            found.append(
                _("entry {number} is dated {day}, after it was recorded", number=number, day=in_words(entry.on))
            )
        missing = [code for code in bodies_named(entry) if code not in register.bodies]
        found += [
            _("entry {number} names the body {code}, which is not in the register", number=number, code=code)
            for code in missing
        ]
        if entry.event == Event.AGREED:
            found += _wrong_in_measure(number, thing, register)
    found += [
        _("entry {number} says that {name} is of an entry that does not bring it in", number=number, name=name)
        for name, brought in (entry.means or {}).items()
        if brought not in ids or kinds.get(brought) != name.partition(" ")[0]
    ]
    found += [
        _("entry {number} withdraws '{name}', which is not an entry before it", number=number, name=name)
        for name in entry.names or ()
        if name not in ids
    ]
    if entry.event == Event.KEY and not _is_key(thing):
        found.append(_("entry {number} has a key that is none, or another than it says", number=number))
    measure = register.measure(entry.ref) if entry.ref else None
    if measure and entry.status == Status.CONTINUING and measure.kind == Kind.DELIVERABLE:
        found.append(
            _("entry {number} gives {ref}, a deliverable, the status 'continuing'", number=number, ref=entry.ref)
        )
    if entry.next_by and not entry.next:
        found.append(_("entry {number} has a day for a next step, but no next step", number=number))
    if entry.nil and (entry.event != Event.RETURN or says(entry)):
        found.append(_("entry {number} is marked as a nil return but is not one", number=number))
    if entry.status in FULFILLED and not entry.evidence and not entry.without_evidence:
        found.append(_("entry {number} closes {ref} without evidence", number=number, ref=entry.ref))
    if entry.status == Status.MODIFIED and not entry.remark:
        found.append(
            _("entry {number} gives {ref} the status 'modified' without a remark", number=number, ref=entry.ref)
        )
    if entry.status == Status.NOT_PURSUED and not entry.reason:
        found.append(_("entry {number} drops {ref} without a reason", number=number, ref=entry.ref))
    return found


def _is_key(thing: Mapping[str, Any]) -> bool:
    from hkshcc.register.openssh import stored_key  # noqa: PLC0415  few registers have keys

    try:
        return bool(stored_key(thing["method"], thing["public"]).fingerprint == thing["fingerprint"])
    except ValueError:
        return False


def _wrong_in_measure(number: int, thing: Mapping[str, Any], register: Register) -> list[str]:
    ref, plenary, slug = thing["ref"], thing["plenary"], thing["area"]
    parts = split_ref(ref)
    area = register.areas.get(slug)
    if area is None:
        return [
            _(
                "entry {number} records {ref} in the area '{slug}', which is not in the register",
                number=number,
                ref=ref,
                slug=slug,
            )
        ]
    if parts is None or parts[:2] != (plenary, area.code):
        return [
            _(
                "entry {number} records {ref}, which is not a ref of plenary {plenary} and area {code}",
                number=number,
                ref=ref,
                plenary=plenary,
                code=area.code,
            )
        ]
    if plenary not in register.plenaries:
        return [
            _(
                "entry {number} records {ref} at plenary {plenary}, which is not in the register",
                number=number,
                ref=ref,
                plenary=plenary,
            )
        ]
    return []
