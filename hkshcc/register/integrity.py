"""Whether the register is sound: the chain unbroken, every name known, every rule kept."""

import re
from contextlib import suppress

from hkshcc.errors import UsageError
from hkshcc.register.chain import readable
from hkshcc.register.dates import in_words, shifted
from hkshcc.register.index import Register, split_ref
from hkshcc.register.model import Entry, Name, bodies_named, encode, names_given
from hkshcc.register.validation import InvalidEntryError, decode, decode_all
from hkshcc.register.vocabulary import FULFILLED, Event, Kind, Status

_DIGITS = 9  # no register has an entry with a longer number
_FINGERPRINT = re.compile(r"(\d+):([0-9a-f]{8,64})")


def problems(register: Register, today: str | None = None) -> list[str]:
    """Return what is wrong, a sentence each that names the entry; nothing where all is sound.

    With ``today`` (ISO) also a last entry that was recorded later: under a clock that was wrong.
    """
    if found := _misshapen(register):
        return found
    found += [f"entry {number}: is not in canonical form (a key twice?)" for number in register.irregular()]
    if broken := register.broken_at():
        found.append(f"entry {broken}: it or one before it is not what was recorded (the chain breaks here)")
    ids: dict[str, int] = {}
    refs: dict[str, int] = {}
    given: dict[Name, int] = {}
    before = ""
    for entry in register.entries:
        if entry.id in ids:
            found.append(f"entry {entry.number}: has the id of entry {ids[entry.id]}")
        if entry.recorded < before and entry.clock != before:
            found.append(f"entry {entry.number}: recorded before the entry it follows")
        before = entry.recorded
        if entry.event == Event.AGREED and entry.ref:
            if entry.ref in refs:
                found.append(f"entry {entry.number}: agrees {entry.ref} a second time (entry {refs[entry.ref]})")
            refs.setdefault(entry.ref, entry.number)
        if entry.id not in register.withdrawn:
            found += [
                f"entry {entry.number}: brings in {kind} {name} a second time (entry {given[kind, name]})"
                for kind, name in names_given(entry)
                if (kind, name) in given and entry.event != Event.AGREED
            ]
            given.update(dict.fromkeys(names_given(entry), entry.number))
        found += [f"entry {entry.number}: {problem}" for problem in _wrong_in(entry, register, refs, ids)]
        ids.setdefault(entry.id, entry.number)
    if today and before[:10] > shifted(today, 1):
        found.append(
            f"entry {register.last}: recorded on {in_words(before[:10])}, which has not come yet; a change with"
            " --clock-is-right sets that right"
        )
    return found


def _misshapen(register: Register) -> list[str]:
    found: list[str] = []
    with suppress(InvalidEntryError):
        decode_all([entry.number for entry in register.entries], [encode(entry) for entry in register.entries])
        return found
    for entry in register.entries:
        try:
            decode(entry.number, encode(entry))
        except InvalidEntryError as error:
            found.append(str(error))
    return found


def _wrong_in(entry: Entry, register: Register, refs: dict[str, int], ids: dict[str, int]) -> list[str]:
    found = []
    thing = entry.thing or {}
    if entry.ref is not None and entry.ref not in refs:
        found.append(f"speaks of {entry.ref}, which nothing agreed before")
    # Withdrawn entries may name a body, an area or a plenary that went with them.
    if entry.id not in register.withdrawn:
        if entry.on is not None and entry.on > entry.recorded[:10]:
            found.append(f"became true on {entry.on}, after it was recorded")
        missing = [code for code in bodies_named(entry) if code not in register.bodies]
        found += [f"names a body {code} that is not in the register" for code in missing]
        if entry.event == Event.AGREED:
            found += _wrong_in_measure(thing["ref"], thing["plenary"], thing["area"], register)
    found += [f"withdraws {name}, which is no entry before it" for name in entry.names or () if name not in ids]
    measure = register.measure(entry.ref) if entry.ref else None
    if measure and entry.status == Status.CONTINUING and measure.kind == Kind.DELIVERABLE:
        found.append(f"says 'continuing' of {entry.ref}, a deliverable")
    if entry.status in FULFILLED and not entry.evidence and not entry.without_evidence:
        found.append(f"closes {entry.ref} without evidence")
    return found


def _wrong_in_measure(ref: str, plenary: int, slug: str, register: Register) -> list[str]:
    parts = split_ref(ref)
    area = register.areas.get(slug)
    if area is None:
        return [f"agrees {ref} in an area '{slug}' that is not in the register"]
    if parts is None or parts[:2] != (plenary, area.code):
        return [f"agrees {ref}, which is no ref of plenary {plenary} and area {area.code}"]
    return [] if plenary in register.plenaries else [f"agrees {ref} at a plenary that is not in the register"]


def verify_fingerprint(register: Register, typed: str) -> list[str]:
    """Say whether entries 1 to N are still those of a fingerprint ``N:3f9a…``. Raises UsageError for another form."""
    wanted = _FINGERPRINT.fullmatch("".join(typed.split()).replace("-", "").replace("…", "").casefold())
    if wanted is None:
        raise UsageError(
            "a fingerprint is typed as N:3f9a21c077de0b52, N being the last entry's number, at least 8 digits"
        )
    number, digits = int(wanted[1][:_DIGITS]), wanted[2]
    if not number:
        raise UsageError("a fingerprint names the last entry that it covers, 1 or later")
    if number > register.last:
        return [
            f"the register ends at entry {register.last}: entries up to {number} were cut off, or it is another one"
        ]
    value = register.link_at(number)
    if value.startswith(digits):
        return []
    found = [f"entries 1-{number} are not those of {typed.strip()}: their fingerprint is {readable(value)}"]
    if broken := register.broken_at():
        found.append(f"the first entry that is not what was recorded is {broken}")
    return found
