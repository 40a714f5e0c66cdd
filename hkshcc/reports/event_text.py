"""Entries told in words, and as rows for machines."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hkshcc.register.dates import in_words
from hkshcc.register.index import Register
from hkshcc.register.model import Entry, Evidence, arranged
from hkshcc.register.vocabulary import Event, in_language, short_label
from hkshcc.reports.page import Piece, Span, count_of

_MOST_NAMED = 6  # entries that a withdrawal names one by one


class Record(NamedTuple):
    """An entry, the one that withdrew it, and of a withdrawal what it withdrew, in words."""

    entry: Entry
    by: Entry | None = None
    withdrew: str = ""


def records_of(entries: Sequence[Entry], register: Register) -> list[Record]:
    """Return entries with what the register knows of them."""
    retracts = any(entry.event == Event.RETRACTION for entry in entries)
    known = {other.id: other for other in register.entries} if retracts else {}
    return [
        Record(
            entry,
            register.withdrawn.get(entry.id),
            _withdrew(entry, known) if entry.event == Event.RETRACTION else "",
        )
        for entry in entries
    ]


def event_row(record: Record) -> dict[str, Any]:
    """Return every field of an entry for machines, and which entry withdrew it."""
    entry, by, _ = record
    stored = arranged(entry)
    return {
        "number": entry.number,
        **{field: stored.get(field) for field in Entry._fields[1:]},
        "withdrawn_by": by.number if by else None,
    }


def event_day(entry: Entry) -> str:
    """Return the day an entry speaks of, as precisely as it was said; for the register's own, the day recorded."""
    return in_words(entry.on or entry.recorded[:10], entry.precision or "day")


def speaker(entry: Entry) -> str:
    """Return who speaks in an entry, as a line begins: a body, a side, or nobody."""
    if entry.by:
        return f"{entry.by}: "
    if entry.side == "both":
        return "both sides, by the register's keeper: "
    return {"hk": "Hong Kong: ", "sh": "Shanghai: "}.get(entry.side or "", "")


def event_text(record: Record, lang: str = "en") -> list[Piece]:
    """Return what an entry says, in a sentence or two."""
    entry = record.entry
    match entry.event:
        case Event.AGREED:
            thing = entry.thing or {}
            paragraph = f", paragraph {thing['paragraph']} of the release" if thing.get("paragraph") else ""
            return [f"agreed at plenary {thing.get('plenary')}{paragraph}"]
        case Event.REVISION:
            return [_revised(entry)]
        case Event.RETRACTION:
            return [record.withdrew]
        case Event.NOTE:
            return [f"note: {entry.remark}"]
        case Event.FINDING | Event.RETURN:
            return _reported(entry)
    return [_entered(entry, lang)]


def _reported(entry: Entry) -> list[Piece]:
    spans: list[Piece] = [speaker(entry)] if speaker(entry) else []
    if entry.status:
        spans += [Span(short_label(entry.status), entry.status)]
    said = [
        entry.remark,
        f"reason: {entry.reason}" if entry.reason else None,
        f"next: {entry.next}" if entry.next else None,
        f"attention: {entry.attention}" if entry.attention else None,
        f"closed without evidence: {entry.without_evidence}" if entry.without_evidence else None,
    ]
    text = "; ".join(part for part in said if part)
    if text:
        spans.append(f": {text}" if entry.status else text)
    return spans or ["evidence"]


def _revised(entry: Entry) -> str:
    parts = []
    if entry.target:
        parts.append(f"target moved to {in_words(entry.target['date'], entry.target['precision'])}")
    if entry.added:
        parts.append("owner added: " + ", ".join(owner["body"] for owner in entry.added))
    if entry.dropped:
        parts.append("owner dropped: " + ", ".join(entry.dropped))
    return "; ".join(parts) + (f" ({entry.reason})" if entry.reason else "")


def _withdrew(entry: Entry, known: Mapping[str, Entry]) -> str:
    parts = []
    for other in _named(entry, known):
        if other.event == Event.RETRACTION:
            again = [f"entry {third.number} ({brief(third)})" for third in _named(other, known)]
            parts.append(f"brought back {', '.join(again)}")
        else:
            parts.append(f"withdrew entry {other.number} ({brief(other)})")
    return f"{'; '.join(parts) or 'withdrew nothing known here'}" + (f": {entry.reason}" if entry.reason else "")


def _named(entry: Entry, known: Mapping[str, Entry]) -> list[Entry]:
    return sorted((known[name] for name in set(entry.names or ()) if name in known), key=lambda other: other.number)


def brief(entry: Entry) -> str:
    """Return an entry in a few words: the measure and what was said of it."""
    if entry.event == Event.REVISION:
        return f"{entry.ref} {_revised(entry)}"
    what = short_label(entry.status) if entry.status else entry.event
    return f"{entry.ref} {what}" if entry.ref else _entered(entry, "en")


def _entered(entry: Entry, lang: str) -> str:
    thing = entry.thing or {}
    match entry.event:
        case Event.PLENARY:
            return f"plenary {thing.get('number')} of {in_words(thing['date'])} entered"
        case Event.ROUND:
            if thing.get("closed"):
                return f"round {thing['name']} closed"
            return f"round {thing['name']} opened, returns due {in_words(thing['due'])}"
        case Event.INSTRUMENT:
            return f"instrument {thing.get('ref')} entered: {in_language(thing['title'], lang)}"
        case Event.EXCHANGE:
            received = count_of(len(thing["received"]), "entry", "entries")
            return f"{received} received from a copy of {thing['entries']}"
        case Event.AREA | Event.BODY:
            return f"{entry.event} {thing.get('slug') or thing.get('code')} entered: {in_language(thing['name'], lang)}"
    return str(entry.event)


def source_of(evidence: Evidence) -> str:
    """Return a piece of evidence as a line: its kind, who says so, where."""
    kind = {"return": "the owner's own word", "record": "on record"}.get(evidence["kind"], evidence["kind"])
    source = f", {evidence['source']}" if evidence["source"] else ""
    return f"{kind}{source}: {evidence['locator']}"
