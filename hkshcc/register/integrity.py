"""Whether the register is sound: the chain unbroken, every name known, every rule kept."""

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from unicodedata import normalize

from hkshcc.errors import UsageError
from hkshcc.language import _
from hkshcc.register.chain import START, links, readable
from hkshcc.register.dates import in_words, shifted
from hkshcc.register.index import Register, split_ref
from hkshcc.register.model import Entry, Name, bodies_named, encode, names_given, says
from hkshcc.register.validation import InvalidEntryError, decode, decode_all
from hkshcc.register.vocabulary import FULFILLED, Event, Kind, Status, name_label

_DIGITS = 9  # no register has an entry with a longer number
_FEWEST, _GROUP = 8, 4  # digits of a fingerprint, and of a group of them
# As it is printed, whatever stands around it: in the command that checks it, and at the end of the line before.
_PRINTED = (
    re.compile(r"(?<![0-9a-z])(\d{1,9}) ?: ?([0-9a-f]{8,64})(?![0-9a-z])"),
    re.compile(
        r"(?<![0-9a-z])(\d{1,9})[^0-9]{0,20}[^0-9a-f\s:-][^0-9]{0,40}?"
        r"((?:(?<![0-9a-z])[0-9a-f]{4}\s+){3}[0-9a-f]{4})(?![0-9a-z]|\s+[0-9a-f]{4})"
    ),
)
_DIGITS_AT_THE_END = re.compile(r"[0-9a-f][0-9a-f \-]*$")


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
    for entry in register.entries:
        if entry.id in ids:
            found.append(_("entry {number} has the same id as entry {other}", number=entry.number, other=ids[entry.id]))
        if entry.recorded < before and entry.clock != before:
            found.append(_("entry {number} was recorded before the entry that it follows", number=entry.number))
        before = entry.recorded
        if entry.event == Event.AGREED and entry.ref:
            if entry.ref in refs:
                found.append(
                    _(
                        "entry {number} records measure {ref} a second time, after entry {other}",
                        number=entry.number,
                        ref=entry.ref,
                        other=refs[entry.ref],
                    )
                )
            refs.setdefault(entry.ref, entry.number)
        if entry.id not in register.withdrawn:
            found += [
                _(
                    "entry {number} adds {kind} {name} a second time, after entry {other}",
                    number=entry.number,
                    kind=name_label(kind),
                    name=name,
                    other=given[kind, name],
                )
                for kind, name in names_given(entry)
                if (kind, name) in given and entry.event != Event.AGREED
            ]
            given.update(dict.fromkeys(names_given(entry), entry.number))
        found += _wrong_in(entry, register, refs, ids)
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
        _("entry {number} withdraws '{name}', which is not an entry before it", number=number, name=name)
        for name in entry.names or ()
        if name not in ids
    ]
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


def verify_fingerprint(register: Register, typed: str) -> list[str]:
    """Say what is wrong with a fingerprint of this register, if anything: an empty list where it is one.

    It may be typed as ``N:3f9a…``, alone, or as the lines at the end of a report, in any language and with whatever
    signs and line breaks a document puts around them. Raises UsageError for another form.
    """
    number, digits = _read_fingerprint(typed)
    if covered_by(register, typed) is not None:
        return []
    if number is not None and number > register.last:
        return [
            _(
                "the register ends at entry {last}: entries up to {number} were removed, or it is another register",
                last=register.last,
                number=number,
            )
        ]
    values = [*enumerate(links(register.entries), start=1)]
    others = [place for place, value in values if value.startswith(digits)]
    slips = [(place, value) for place, value in values if _one_digit_apart(value, digits)]
    if number is None:
        found = [_("no entries of this register have the fingerprint {typed}", typed=typed.strip())]
        found += [
            _(
                "it differs in one digit from that of entries 1-{last}, {value}: a slip of the hand?",
                last=place,
                value=readable(value),
            )
            for place, value in slips
        ]
        return found
    found = [
        _(
            "entries 1-{number} are not those of {typed}: their fingerprint is {value}",
            number=number,
            typed=typed.strip(),
            value=readable(register.link_at(number)),
        )
    ]
    if others:
        found.append(_("it is the fingerprint of entries 1-{last}", last=others[0]))
    if number in dict(slips):
        found.append(_("only one digit differs: a slip of the hand?"))
    if broken := register.broken_at():
        found.append(_("the first entry that is not what was recorded is entry {number}", number=broken))
    return found


def covered_by(register: Register, typed: str) -> int | None:
    """Return the last of the entries that a fingerprint was made from, None where it is not this register's.

    Raises UsageError as ``verify_fingerprint`` does.
    """
    number, digits = _read_fingerprint(typed)
    if number is not None:
        return number if number <= register.last and register.link_at(number).startswith(digits) else None
    if register.last and register.fingerprint.startswith(digits):
        return register.last
    return next((at for at, value in enumerate(links(register.entries), start=1) if value.startswith(digits)), None)


def _read_fingerprint(typed: str) -> tuple[int | None, str]:
    """Return the number of the last entry, where it was typed, and the digits. Raises UsageError."""
    text = normalize("NFKC", typed).casefold().replace("...", "").strip(" .。")
    for printed in _PRINTED:
        if (whole := [*printed.finditer(text)]) and int(whole[-1][1]):
            return int(whole[-1][1]), "".join(whole[-1][2].split())
    found = _DIGITS_AT_THE_END.search(text)
    before, groups = (text[: found.start()], found[0].split()) if found else (text, [])
    if not before and len(groups) > 1 and groups[0].isdecimal() and len(groups[0]) != _GROUP:  # 254 3f9a 21c0 …
        before, groups = groups[0], groups[1:]
    digits = "".join(groups).replace("-", "")
    numbers = re.findall(r"\d+", before)
    if not _FEWEST <= len(digits) <= len(START) or (before.strip() and not numbers and ":" in before):
        raise UsageError(
            _(
                "'{typed}' is not a fingerprint; type it as N:3f9a21c077de0b52: the number of the last entry, and at"
                " least 8 digits",
                typed=typed,
            )
        )
    if not numbers:
        return None, digits
    number = int(numbers[-1][:_DIGITS])
    if not number:
        raise UsageError(_("a fingerprint begins with the number of the last entry that it covers, 1 or greater"))
    return number, digits


def _one_digit_apart(value: str, digits: str) -> bool:
    return sum(one != other for one, other in zip(value, digits, strict=False)) == 1
