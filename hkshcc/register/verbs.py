"""The verbs: what may happen to the register, and the entries that record it.

Each takes the register as it stands and returns the entries to append; nothing is changed here. A rule that forbids it
raises RefusedError in one sentence that says what to add.
"""

import re
from collections.abc import Sequence
from string import ascii_lowercase
from typing import Any, NamedTuple

from hkshcc.errors import NotFoundError, RefusedError, UsageError
from hkshcc.register.dates import Day, in_words
from hkshcc.register.lookup import (
    find_area,
    find_body,
    find_entry,
    find_measure,
    find_round,
    means_a_day,
    one_of,
    read_kind,
    read_status,
)
from hkshcc.register.model import Body, Entry, Evidence, Measure, Names, Owner, Target
from hkshcc.register.register import SHIPPED, Register, split_ref
from hkshcc.register.words import CLOSED, EVIDENCE_KINDS, FULFILLED, SIDES, Event, Kind, Status, label, short_label


class Stamp(NamedTuple):
    """What every entry of one command shares: when and by whom it was typed, the command's id, and today."""

    recorded: str
    recorder: str
    command: str
    today: str


class Outcome(NamedTuple):
    """The entries to append, and what the person should be told beside them."""

    entries: list[Entry]
    notes: list[str]


class Word(NamedTuple):
    """What somebody reports on a measure, as typed; only what is given is recorded."""

    status: str | None = None
    by: str | None = None
    side: str | None = None
    on: Day | None = None
    remark: str | None = None
    reason: str | None = None
    next: str | None = None
    attention: str | None = None
    evidence: Sequence[str] = ()
    evidence_kind: str | None = None
    source: str | None = None
    without_evidence: str | None = None


_SAID = ("remark", "reason", "next", "attention", "source", "without_evidence")


def _entry(register: Register, stamp: Stamp, index: int, event: Event, **fields: Any) -> Entry:  # noqa: ANN401  passes an entry's own fields on
    """Make the entry of a command at an index. A clock that went back does not put an entry before an older one."""
    recorded = stamp.recorded
    if register.entries:
        recorded = max(recorded, register.entries[-1].recorded)
    return Entry(
        number=register.last + 1 + index,
        id=f"{stamp.command}-{index + 1}",
        command=stamp.command,
        event=str(event),
        recorded=recorded,
        recorder=stamp.recorder,
        **fields,
    )


def _when(day: Day | None, today: str, earliest: str | None = None) -> Day:
    """Return the day that counts: a period that isn't over counts from today, a future day is refused."""
    if day is None:
        return Day(today, "day")
    if day.on > today:
        if day.precision == "day" or not _under_way(day, today):
            raise RefusedError(f"{in_words(*day)} lies in the future; give the day on which it became true with --on")
        day = day._replace(on=today)
    if earliest is not None and day.on < earliest:
        raise RefusedError(f"{in_words(*day)} is too early; give a day from {in_words(earliest)} on with --on")
    return day


def _under_way(day: Day, today: str) -> bool:
    """Say whether a period, given by its last day, has begun."""
    months = {"month": 1, "quarter": 3, "year": 12}[day.precision]
    first = int(day.on[:4]) * 12 + int(day.on[5:7]) - months
    return int(today[:4]) * 12 + int(today[5:7]) - 1 >= first


def report(register: Register, stamp: Stamp, refs: Sequence[str], word: Word) -> Outcome:
    """Record what an owner reports (``by``) or what the public record shows, on one measure or several."""
    blank: dict[str, Any] = {name: None for name in _SAID if not (getattr(word, name) or "").strip()}
    word = word._replace(**blank)
    body = find_body(register, word.by) if word.by is not None else None
    side = _side(word.side, body)
    status = read_status(word.status) if word.status is not None else None
    if not refs:
        raise UsageError("no measure named; give a ref")
    if not (status or word.remark or word.next or word.attention or word.evidence):
        raise UsageError("nothing to record; give at least one of --status, --remark, --next, --attention, --evidence")
    evidence = _evidence(word, body)
    outcome = Outcome([], [])
    for measure in _distinct(register, refs, stamp.today):
        on = _when(word.on, stamp.today, register.agreed_on(measure.ref))
        if status:
            _check_status(measure, status, word, body, side)
        entry = _entry(
            register,
            stamp,
            len(outcome.entries),
            Event.RETURN if body else Event.FINDING,
            ref=measure.ref,
            on=on.on,
            precision=on.precision,
            by=body.code if body else None,
            side=side,
            status=str(status) if status else None,
            remark=word.remark,
            reason=word.reason,
            next=word.next,
            attention=word.attention,
            evidence=evidence or None,
            without_evidence=word.without_evidence,
        )
        _check_reopening(register, measure, entry)
        outcome.entries.append(entry)
        outcome.notes.extend(_remarks_on(register, measure, entry, body))
    return outcome


def as_one_command(register: Register, stamp: Stamp, entries: Sequence[Entry], *, after: int = 0) -> list[Entry]:
    """Return entries made one by one, numbered as those of one command, of which there are ``after`` already."""
    return [
        entry._replace(number=register.last + 1 + index, id=f"{stamp.command}-{index + 1}")
        for index, entry in enumerate(entries, start=after)
    ]


def _distinct(register: Register, refs: Sequence[str], today: str) -> list[Measure]:
    found = {}
    for ref in refs:
        measure = find_measure(register, ref, today)
        found[measure.ref] = measure
    return list(found.values())


def _side(typed: str | None, body: Body | None) -> str | None:
    if typed is None:
        return body.side if body else None
    return one_of((*SIDES, "both"), "side (--side)", typed)


def _evidence(word: Word, body: Body | None) -> list[Evidence]:
    kind = (
        one_of(EVIDENCE_KINDS, "kind of evidence (--evidence-kind)", word.evidence_kind) if word.evidence_kind else None
    )
    if (kind or word.source) and not word.evidence:
        raise UsageError("--evidence-kind and --source say more about --evidence, which is missing")
    if any(not locator.strip() for locator in word.evidence):
        raise RefusedError("evidence needs a locator; give --evidence a URL or a document's reference")
    own_word = body is not None and kind in {None, "return"}
    source = word.source or (body.code if body and own_word else None)
    return [
        Evidence(kind=kind or ("return" if body else "press"), source=source or _host(locator), locator=locator.strip())
        for locator in word.evidence
    ]


def _host(locator: str) -> str | None:
    scheme, separator, rest = locator.strip().partition("://")
    return rest.partition("/")[0] if separator and scheme.lower() in {"http", "https"} else None


def _check_status(measure: Measure, status: Status, word: Word, body: Body | None, side: str | None) -> None:
    ref = measure.ref
    if status == Status.UNKNOWN:
        raise RefusedError("«unknown» is what the register says where it holds no word; to take one back use `undo`")
    if status == Status.CONTINUING and measure.kind == Kind.DELIVERABLE:
        raise RefusedError(
            f"{ref} is a deliverable, which cannot be «continuing»; use in-progress, or completed with --evidence"
        )
    if status in FULFILLED and not word.evidence and not word.without_evidence:
        raise RefusedError(
            f"closing {ref} needs evidence; add --evidence URL-or-reference, or --without-evidence REASON"
        )
    if status == Status.MODIFIED and not word.remark:
        raise RefusedError(f"«modified» needs a sentence on what differs from the wording of {ref}; add --remark")
    if status == Status.NOT_PURSUED:
        if not word.reason:
            raise RefusedError(f"«not-pursued» needs a reason for dropping {ref}; add --reason")
        if body is None and side not in SIDES:
            raise RefusedError(f"«not-pursued» needs the side that dropped {ref}; add --by BODY or --side hk|sh")


def _check_reopening(register: Register, measure: Measure, entry: Entry) -> None:
    if entry.status is None or Status(entry.status) in CLOSED or entry.reason:
        return
    before = register.standing(measure, entry.on or "")
    for side, word in (("hk", before.hk), ("sh", before.sh)):
        if word.status in CLOSED and (entry.side == side or entry.side not in SIDES):
            raise RefusedError(
                f"{measure.ref} stands at «{label(word.status)}» ({label(side)});"
                f" moving it back to «{label(entry.status)}» needs a reason; add --reason"
            )


def _remarks_on(register: Register, measure: Measure, entry: Entry, body: Body | None) -> list[str]:
    """Say what a person might not expect: a later word still decides, or the body is no owner."""
    notes = []
    standing = register.standing(measure, "9999-12-31")
    if entry.status is not None:
        words = (
            [standing.hk] if entry.side == "hk" else [standing.sh] if entry.side == "sh" else [standing.hk, standing.sh]
        )
        later = [word.entry for word in words if word.entry and (word.entry.on or "") > (entry.on or "")]
        if later:
            notes.append(
                f"{measure.ref}: entry {later[0].number} of {in_words(later[0].on or '', later[0].precision or 'day')}"
                f" still decides ({short_label(later[0].status or '')})"
            )
    notes += _still_decided(register, measure, entry)
    if body and body.code not in {owner["body"] for owner in standing.owners}:
        notes.append(f"{body.code} is not among the owners of {measure.ref}; `hkshcc assign` names it one")
    return notes


def _still_decided(register: Register, measure: Measure, entry: Entry) -> list[str]:
    """Say which later entry still decides on what a back-dated one says beside a status."""
    later = [other for other in register.events(measure.ref) if (other.on or "") > (entry.on or "")]
    added, dropped = [owner["body"] for owner in entry.added or ()], entry.dropped or []
    deciding = {
        "the target": [other for other in later if entry.target and other.target],
        "the next step": [other for other in later if entry.next and other.next],
        "what needs attention": [other for other in later if entry.attention and other.attention],
        "the owners": [
            other
            for other in later
            if any(code in added for code in other.dropped or ())
            or any(owner["body"] in dropped for owner in other.added or ())
        ],
    }
    return [
        f"{measure.ref}: entry {others[-1].number} of {in_words(others[-1].on or '', others[-1].precision or 'day')}"
        f" still decides on {what}"
        for what, others in deciding.items()
        if others
    ]


def note(register: Register, stamp: Stamp, ref: str, text: str, on: Day | None = None) -> Outcome:
    """Record a remark on a measure that says nothing about its status."""
    measure = find_measure(register, ref, stamp.today)
    if not text.strip():
        raise UsageError("the note is empty; type its text after the ref")
    when = _when(on, stamp.today, register.agreed_on(measure.ref))
    fields = {"ref": measure.ref, "on": when.on, "precision": when.precision, "remark": text}
    return Outcome([_entry(register, stamp, 0, Event.NOTE, **fields)], [])


def assign(
    register: Register,
    stamp: Stamp,
    ref: str,
    body: str,
    instead_of: str | None,
    reason: str | None,
    on: Day | None = None,
) -> Outcome:
    """Name a body an owner of a measure, where wanted in the place of another."""
    measure = find_measure(register, ref, stamp.today)
    newcomer = find_body(register, body)
    leaver = find_body(register, instead_of) if instead_of else None
    when = _when(on, stamp.today, register.agreed_on(measure.ref))
    owners = {owner["body"] for owner in register.standing(measure, when.on).owners}
    if newcomer.code in owners:
        raise RefusedError(f"{newcomer.code} is an owner of {measure.ref} already; nothing was changed")
    if leaver and leaver.code not in owners:
        raise RefusedError(f"{leaver.code} is no owner of {measure.ref} ({', '.join(sorted(owners)) or 'it has none'})")
    entry = _entry(
        register,
        stamp,
        0,
        Event.REVISION,
        ref=measure.ref,
        on=when.on,
        precision=when.precision,
        reason=_reason(reason, f"a change of the owners of {measure.ref}"),
        added=[Owner(body=newcomer.code, basis="inferred")],
        dropped=[leaver.code] if leaver else None,
    )
    return Outcome([entry], _still_decided(register, measure, entry))


def retarget(
    register: Register, stamp: Stamp, ref: str, target: Day, reason: str | None, on: Day | None = None
) -> Outcome:
    """Move the target of a measure; the original stays."""
    measure = find_measure(register, ref, stamp.today)
    when = _when(on, stamp.today, register.agreed_on(measure.ref))
    now = register.standing(measure, when.on)
    if now.closed:
        raise RefusedError(
            f"{measure.ref} is closed ({short_label(now.status)}); a target moves while something is awaited"
        )
    if target.on < register.agreed_on(measure.ref):
        raise RefusedError(f"{in_words(*target)} is before {measure.ref} was agreed; give a later target")
    current = register.standing(measure, when.on).target
    if current and current["date"] == target.on:
        raise RefusedError(f"the target of {measure.ref} is {in_words(*target)} already; nothing was changed")
    entry = _entry(
        register,
        stamp,
        0,
        Event.REVISION,
        ref=measure.ref,
        on=when.on,
        precision=when.precision,
        reason=_reason(reason, f"moving the target of {measure.ref}"),
        target=Target(date=target.on, precision=target.precision, basis="stated", note=None),
    )
    return Outcome([entry], _still_decided(register, measure, entry))


def _reason(reason: str | None, what: str) -> str:
    if not reason or not reason.strip():
        raise RefusedError(f"{what} needs a reason; add --reason")
    return reason


class NewMeasure(NamedTuple):
    """A measure to be added, as typed."""

    area: str
    title: Names
    summary: str | None = None
    kind: str = "deliverable"
    plenary: int | None = None
    owners: Sequence[str] = ()
    target: Day | None = None


def add(register: Register, stamp: Stamp, new: NewMeasure) -> Outcome:
    """Enter a measure; it takes the next paragraph's number in its plenary and area, and answers with its ref."""
    area = find_area(register, new.area)
    if not (new.title.get("en") or "").strip():
        raise UsageError("a measure needs a title; give --title")
    held = [number for number, plenary in register.plenaries.items() if plenary.date <= stamp.today]
    if new.plenary is None and not held:
        raise NotFoundError("the register knows no plenary yet")
    number = max(held) if new.plenary is None else new.plenary
    if number not in register.plenaries:
        raise NotFoundError(f"no plenary {number}; the register knows {', '.join(map(str, register.plenaries))}")
    if number not in held:
        raise RefusedError(f"plenary {number} has not been held yet; its measures can be added from its day on")
    ref = f"{number}-{area.code}-{_next_paragraph(register, number, area.code)}"
    codes = dict.fromkeys(find_body(register, owner).code for owner in new.owners)
    owners = [Owner(body=code, basis="inferred") for code in codes]
    target = (
        Target(date=new.target.on, precision=new.target.precision, basis="stated", note=None) if new.target else None
    )
    held_on = register.plenaries[number].date
    if target and target["date"] < held_on:
        raise RefusedError(f"the target lies before the plenary of {in_words(held_on)}; give a later one")
    thing: dict[str, Any] = {
        "ref": ref,
        "plenary": number,
        "area": area.slug,
        "kind": str(read_kind(new.kind)),
        "title": {language: text for language, text in new.title.items() if text},
    }
    if new.summary:
        thing["summary"] = new.summary
    if owners:
        thing["owners"] = owners
    if target:
        thing["target"] = target
    return Outcome([_entry(register, stamp, 0, Event.AGREED, ref=ref, on=held_on, precision="day", thing=thing)], [])


def _next_paragraph(register: Register, plenary: int, code: str) -> int:
    parts = [split_ref(ref) for ref in register.refs_ever()]
    return 1 + max((part[2] for part in parts if part and part[:2] == (plenary, code)), default=0)


def add_body(register: Register, stamp: Stamp, code: str, side: str, name: Names) -> Outcome:
    """Enter a body. Its code is its name on the command line: letters, digits and hyphens."""
    if not code.replace("-", "").isalnum() or not code.isascii():
        raise UsageError(f"«{code}» cannot be a body's code; use letters, digits and hyphens")
    if taken := next((known for known in register.bodies if known.casefold() == code.casefold()), None):
        raise RefusedError(f"there is a body {taken} already; nothing was changed")
    if not (name.get("en") or "").strip():
        raise UsageError("a body needs a name; give --name")
    thing = {
        "code": code,
        "side": one_of(SIDES, "side (--side)", side),
        "name": {key: text for key, text in name.items() if text},
    }
    return Outcome([_entry(register, stamp, 0, Event.BODY, thing=thing)], [])


def open_round(register: Register, stamp: Stamp, name: str, due: Day, on: Day | None = None) -> Outcome:
    """Open a reporting round, in which every owner is asked for a return by the day it is due."""
    when = _when(on, stamp.today)
    if not name.isprintable() or name != name.strip() or not name or means_a_day(name, stamp.today):
        raise UsageError(f"«{name}» cannot be a round's name; one like 2026H2 can, that means no day and no age")
    if taken := next(
        (known for known in register.rounds("9999-12-31") if known.name.casefold() == name.casefold()), None
    ):
        raise RefusedError(
            f"there is a round {taken.name} already, opened {in_words(taken.opened)}; choose another name"
        )
    if due.on < when.on:
        raise RefusedError(f"round {name} would be due ({in_words(*due)}) before it opens ({in_words(*when)})")
    thing = {"name": name, "opened": when.on, "due": due.on}
    return Outcome([_entry(register, stamp, 0, Event.ROUND, on=when.on, precision=when.precision, thing=thing)], [])


def close_round(register: Register, stamp: Stamp, name: str, on: Day | None = None) -> Outcome:
    """Close a reporting round; what is owed in it is no longer chased."""
    entered = find_round(register, name, stamp.today)
    when = _when(on, stamp.today, entered.opened)
    if entered.closed:
        raise RefusedError(f"round {entered.name} was closed on {in_words(entered.closed)}; nothing was changed")
    thing = {"name": entered.name, "opened": entered.opened, "due": entered.due, "closed": when.on}
    return Outcome([_entry(register, stamp, 0, Event.ROUND, on=when.on, precision=when.precision, thing=thing)], [])


def add_plenary(
    register: Register, stamp: Stamp, number: int, held: Day, place: str | None, chairs: Sequence[str]
) -> Outcome:
    """Enter a plenary. Raises RefusedError where the register has it."""
    if number < 1:
        raise UsageError(f"{number} cannot be a plenary's number")
    if number in register.plenaries:
        day = in_words(register.plenaries[number].date)
        raise RefusedError(f"plenary {number} ({day}) is in the register already; nothing was changed")
    if held.precision != "day":
        raise UsageError("a plenary is held on a day; give --date as 2026-12-31 or 31 Dec 2026")
    thing: dict[str, Any] = {"number": number, "date": held.on}
    if place:
        thing["place"] = place
    if chairs:
        thing["co_chairs"] = list(chairs)
    return Outcome([_entry(register, stamp, 0, Event.PLENARY, thing=thing)], [])


def undo(register: Register, stamp: Stamp, typed: str | None, reason: str | None) -> Outcome:
    """Withdraw an entry, or all entries of the last command recorded here that still count.

    Naming a retraction takes it back, so that what it withdrew counts again. Shipped entries only go when named.
    """
    if typed is not None:
        named = find_entry(register, typed)
        if named.id in register.withdrawn:
            by = register.withdrawn[named.id]
            raise RefusedError(f"entry {named.number} is withdrawn already; `hkshcc undo {by.number}` brings it back")
        entries = [named]
    else:
        entries = _last_command(register)
    retraction = _entry(register, stamp, 0, Event.RETRACTION, names=[entry.id for entry in entries], reason=reason)
    _check_undo(register, retraction)
    return Outcome([retraction], [])


def _last_command(register: Register) -> list[Entry]:
    for entry in reversed(register.entries):
        if entry.command == SHIPPED or entry.event == Event.RETRACTION or entry.id in register.withdrawn:
            continue
        return [
            other for other in register.entries if other.command == entry.command and other.id not in register.withdrawn
        ]
    raise NotFoundError("nothing left to undo: no change recorded here counts; an entry that shipped must be named")


def _check_undo(register: Register, retraction: Entry) -> None:
    """Refuse what would leave a counting entry naming a body, area or plenary that is gone, or bring one in twice."""
    after = Register([*register.entries, retraction])
    before = {_brought(entry): entry for entry in register.entries if entry.id not in register.withdrawn}
    gone = {_brought(entry): entry for entry in after.entries if entry.id in after.withdrawn}
    counting = [entry for entry in after.entries if entry.id not in after.withdrawn]
    brought = {_brought(entry) for entry in counting}
    for entry in counting:
        again = entry.id in register.withdrawn
        if again and _brought(entry) and (twin := before.get(_brought(entry))):
            raise RefusedError(
                f"entry {entry.number} would count again beside entry {twin.number}, which took its place;"
                f" withdraw that one first: `hkshcc undo {twin.number}`"
            )
        for name in _rests_on(entry) - brought:
            missing = gone.get(name)
            if missing and again:
                raise RefusedError(
                    f"entry {entry.number} would count again, but rests on entry {missing.number}, which is withdrawn;"
                    f" bring that one back first: `hkshcc undo {after.withdrawn[missing.id].number}`"
                )
            if missing and name in before:
                raise RefusedError(
                    f"entry {entry.number} rests on entry {missing.number}; withdraw that one first:"
                    f" `hkshcc undo {entry.number}`"
                )


_KEYS = {"body": "code", "area": "slug", "plenary": "number"}


def _brought(entry: Entry) -> tuple[str, Any] | None:
    """Return the body, area or plenary that an entry brings in, by its key."""
    key = _KEYS.get(entry.event)
    return (entry.event, (entry.thing or {})[key]) if key else None


def _rests_on(entry: Entry) -> set[tuple[str, Any]]:
    """Return the bodies, the area and the plenary that an entry names."""
    about = entry.thing or {}
    bodies = [owner["body"] for owner in (*about.get("owners", ()), *(entry.added or ()))]
    bodies += [*(entry.dropped or ()), *([entry.by] if entry.by else [])]
    named = {("body", code) for code in bodies}
    return named | {(key, about[key]) for key in ("area", "plenary") if key in about}


class AgreedMeasure(NamedTuple):
    """A measure of a release, as a person left it in the sheet; the area is a new one where the register lacks it."""

    area: str
    code: str
    area_name: Names
    number: int
    part: str
    title: Names
    kind: str
    owners: Sequence[Owner] = ()
    target: Day | None = None
    paragraph: int | None = None
    sha256: str | None = None


def enter_measures(
    register: Register,
    stamp: Stamp,
    plenary: int,
    measures: Sequence[AgreedMeasure],
    instruments: Sequence[Names] = (),
) -> Outcome:
    """Enter what a plenary agreed: new areas, a measure for each, the documents signed; all or nothing."""
    held_on = _held(register, stamp, plenary)
    if not measures and not instruments:
        raise RefusedError("there is nothing to enter: no measure was found")
    things: list[tuple[Event, dict[str, Any]]] = [(Event.AREA, area) for area in _new_areas(register, measures)]
    refs = [f"{plenary}-{measure.code}-{measure.number}{measure.part}" for measure in measures]
    _check_refs(register, refs)
    for ref, measure in zip(refs, measures, strict=True):
        things.append((Event.AGREED, _agreed(register, ref, plenary, held_on, measure)))
    documents, notes = _documents(register, plenary, instruments)
    things += [(Event.INSTRUMENT, document) for document in documents]
    entries = []
    for index, (event, thing) in enumerate(things):
        fields = {"ref": thing["ref"], "on": held_on, "precision": "day"} if event == Event.AGREED else {}
        entries.append(_entry(register, stamp, index, event, thing=thing, **fields))
    if not entries:
        raise RefusedError("there is nothing to enter: the register has these documents already")
    return Outcome(entries, notes)


def _held(register: Register, stamp: Stamp, plenary: int) -> str:
    found = register.plenaries.get(plenary)
    if found is None:
        raise NotFoundError(
            f"no plenary {plenary} in the register; `hkshcc plenary add {plenary} --date DATE` enters it"
        )
    if found.date > stamp.today:
        raise RefusedError(f"plenary {plenary} has not been held yet; its measures can be entered from its day on")
    return found.date


def _new_areas(register: Register, measures: Sequence[AgreedMeasure]) -> list[dict[str, Any]]:
    """Return the areas that the register lacks, each once; refuse slugs and codes that clash."""
    codes = {area.code: area.slug for area in register.areas.values()}
    known = {area.slug: area.code for area in register.areas.values()}
    new: list[dict[str, Any]] = []
    for measure in measures:
        if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", measure.area):
            raise RefusedError(f"«{measure.area}» cannot be an area's slug; use small letters, digits and hyphens")
        if not re.fullmatch(r"[A-Z]{2,6}", measure.code) or measure.code == "DOC":
            raise RefusedError(
                f"«{measure.code}» cannot be the code of area {measure.area}; use three letters, not DOC"
            )
        if known.get(measure.area, measure.code) != measure.code:
            raise RefusedError(f"area {measure.area} has the code {known[measure.area]}, not {measure.code}; use that")
        if codes.get(measure.code, measure.area) != measure.area:
            raise RefusedError(f"{measure.code} is the code of area {codes[measure.code]}; choose another one")
        if measure.area not in known:
            if not any((name or "").strip() for name in measure.area_name.values()):
                raise RefusedError(f"the new area {measure.area} needs a name")
            known[measure.area], codes[measure.code] = measure.code, measure.area
            new.append({"slug": measure.area, "code": measure.code, "name": measure.area_name})
    return new


def _check_refs(register: Register, refs: Sequence[str]) -> None:
    ever = register.refs_ever()
    stems = {ref.rstrip(ascii_lowercase) for ref in ever if ref[-1:].islower()}
    taken = [ref for ref in refs if ref in ever or ref in stems or ref.rstrip(ascii_lowercase) in ever]
    if taken:
        more = f" and {len(taken) - 1} more were" if len(taken) > 1 else " was"
        gone = [entry for entry in register.entries if entry.ref == taken[0] and entry.id in register.withdrawn]
        back = f" and withdrawn; `hkshcc undo {register.withdrawn[gone[0].id].number}` brings it back" if gone else ""
        raise RefusedError(f"{taken[0]}{more} given in the register already{back}; nothing was entered")
    for ref in refs:
        if refs.count(ref) > 1:
            raise RefusedError(f"{ref} stands there {refs.count(ref)} times; give its parts letters: a, b, c")
        if ref[-1:].islower() and ref.rstrip(ascii_lowercase) in refs:
            whole = ref.rstrip(ascii_lowercase)
            raise RefusedError(f"{whole} stands there beside its part {ref}; give each of its parts a letter")


def _agreed(register: Register, ref: str, plenary: int, held_on: str, measure: AgreedMeasure) -> dict[str, Any]:
    title = {language: text for language, text in measure.title.items() if text and text.strip()}
    if not title:
        raise RefusedError(f"{ref} needs a title")
    if measure.target and measure.target.on < held_on:
        raise RefusedError(f"the target of {ref} lies before the plenary of {in_words(held_on)}; give a later one")
    owners = {find_body(register, owner["body"]).code: owner["basis"] for owner in measure.owners}
    thing: dict[str, Any] = {
        "ref": ref,
        "plenary": plenary,
        "area": measure.area,
        "kind": str(read_kind(measure.kind)),
        "title": title,
        "owners": [Owner(body=code, basis=basis) for code, basis in owners.items()],
        "paragraph": measure.paragraph,
        "sha256": measure.sha256,
    }
    if measure.target:
        on, precision = measure.target
        thing["target"] = Target(date=on, precision=precision, basis="stated", note=None)
    return {key: value for key, value in thing.items() if value is not None and value != []}


def _documents(
    register: Register, plenary: int, instruments: Sequence[Names]
) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the documents that the register lacks, numbered on; and which it has."""
    known = {
        (name or "").casefold(): document.ref
        for document in register.instruments.values()
        if document.plenary == plenary
        for name in document.title.values()
    }
    # Numbers of documents that were withdrawn are not given again.
    ever = [entry.thing["ref"] for entry in register.entries if entry.event == Event.INSTRUMENT and entry.thing]
    numbers = [parts[2] for ref in ever if (parts := split_ref(ref)) and parts[0] == plenary]
    following = max(numbers, default=0) + 1
    new: list[dict[str, Any]] = []
    notes = []
    for title in instruments:
        again = next((known[text.casefold()] for text in title.values() if text and text.casefold() in known), None)
        if again:
            notes.append(f"{again} is in the register already and was left out")
            continue
        ref = f"{plenary}-DOC-{following + len(new)}"
        new.append({"ref": ref, "plenary": plenary, "title": title})
        known.update({text.casefold(): ref for text in title.values() if text})
    return new, notes
