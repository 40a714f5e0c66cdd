"""Entries told in words, and as rows for machines."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from hkshcc.language import N_, _, as_recorded, current, listed, ngettext
from hkshcc.register.basis import Basis
from hkshcc.register.dates import in_words
from hkshcc.register.index import SHIPPED, Register
from hkshcc.register.model import CRITERIA, Entry, Evidence, Signature, by_language, in_declared_order
from hkshcc.register.vocabulary import Event, evidence_label, in_language, label, short_label
from hkshcc.reports.page import HERE, Piece, Span, address, because, is_internal, marked, nth_plenary, put_in

EVENTS = {
    "agreed": N_("agreed"), "finding": N_("finding"), "return": N_("return"), "revision": N_("revision"),
    "note": N_("note"), "acceptance": N_("acceptance"), "criteria": N_("criteria"), "retraction": N_("withdrawal"),
    "plenary": N_("plenary"),
    "area": N_("area"), "body": N_("body"), "instrument": N_("document"), "round": N_("round"),
    "exchange": N_("import"), "origin": N_("name of a register"), "key": N_("key"),
}  # fmt: skip


_CRITERIA = {"done_when": N_("Fulfilled when"), "step_when": N_("A step when"), "not": N_("Does not count")}


class Record(NamedTuple):
    """An entry, the one that withdrew it, and of a withdrawal what it withdrew, in words.

    ``received`` is the import by which it came, where it was recorded in another register.
    """

    entry: Entry
    by: Entry | None = None
    withdrew: str = ""
    received: Entry | None = None


def records_of(entries: Sequence[Entry], register: Register) -> list[Record]:
    """Return entries with what the register knows of them."""
    retracts = any(entry.event == Event.RETRACTION for entry in entries)
    known = {other.id: other for other in register.entries} if retracts else {}
    came = imports_of(register)
    return [
        Record(
            entry,
            register.withdrawn.get(entry.id),
            _withdrew(entry, known) if entry.event == Event.RETRACTION else "",
            came.get(entry.id),
        )
        for entry in entries
    ]


def imports_of(register: Register) -> dict[str, Entry]:
    """Return the imports by which entries came that were recorded in another register, by the entries' ids."""
    return {
        name: exchange
        for exchange in register.exchanges
        if exchange.thing and exchange.thing.get("origin") not in {None, SHIPPED}
        for name in exchange.thing["received"]
    }


def event_row(record: Record) -> dict[str, Any]:
    """Return every field of an entry for machines, which entry withdrew it, and when this register received it."""
    entry, by, _, received = record
    stored = in_declared_order(entry)
    if entry.origin is None:  # what shipped stands somewhere else in each register
        stored.pop("place", None)
    return {
        "number": int(entry.number),
        **{field: stored.get(field) for field in Entry._fields[1:]},
        "withdrawn_by": int(by.number) if by else None,
        "received": received.recorded if received else None,
    }


def event_day(entry: Entry) -> str:
    """Return the day an entry speaks of, as precisely as it was said; for the register's own, the day recorded."""
    return in_words(entry.on or entry.recorded[:10], entry.precision or "day")


def no_news_since(latest: Entry | None) -> str:
    """Return that nothing was heard of a measure since the day of its latest update or evidence; None is for none."""
    if latest is None or latest.on is None:
        return _("no update or evidence")
    return _("no update or evidence since {day}", day=event_day(latest))


def speaker(entry: Entry) -> str:
    """Return who speaks in an entry, or acts in a shipped finding, as a line begins: a body, a side, or nobody."""
    if entry.by:
        return _("{speaker}: ", speaker=entry.by)
    if entry.side == "both" and entry.command == SHIPPED:
        return _("{speaker}: ", speaker=_("both sides"))
    if entry.side == "both":
        return _("{speaker}: ", speaker=_("both sides, recorded by the secretariat"))
    return _("{speaker}: ", speaker=label(entry.side)) if entry.side else ""


def event_text(record: Record, lang: str = "en") -> list[Piece]:
    """Return what an entry says, in a sentence or two."""
    entry = record.entry
    match entry.event:
        case Event.AGREED:
            thing = entry.thing or {}
            agreed = _("agreed at the {plenary}", plenary=nth_plenary(thing.get("plenary") or 0))
            paragraph = _("paragraph {number} of the release", number=thing.get("paragraph"))
            return [_(", ").join([agreed, paragraph]) if thing.get("paragraph") else agreed]
        case Event.REVISION:
            return [revised(entry)]
        case Event.RETRACTION:
            return [record.withdrew]
        case Event.NOTE:
            return [_noted(entry)]
        case Event.ACCEPTANCE:
            return [because(_("accepted by the conference"), entry.reason)]
        case Event.FINDING | Event.RETURN:
            return _reported(entry)
        case Event.CRITERIA:
            said = [_("{what}: {text}", what=name, text=text) for name, text in criteria_parts(entry, lang)]
            return [_("criteria, {agreed}: {what}", agreed=agreement(entry), what=_("; ").join(said))]
    return [_entered(entry, lang)]


def _noted(entry: Entry) -> str:
    if entry.evidence:
        return _("kept a copy of evidence")
    text = as_recorded(entry.remark or "")
    return _("internal note: {text}", text=text) if entry.internal else _("note: {text}", text=text)


def _reported(entry: Entry) -> list[Piece]:
    spans: list[Piece] = [speaker(entry)] if speaker(entry) else []
    if entry.nil:
        return [*spans, _("nil return")]
    if entry.status:
        spans += [Span(short_label(entry.status), entry.status)]
    if text := told(entry):
        spans.append(_(": {text}", text=text) if entry.status else text)
    if is_internal(entry):
        spans.append(Span(_(" [internal]"), "dim"))
    return spans or [_("evidence")]


def told(entry: Entry) -> str:
    """Return what a report or finding says, its status apart; nothing where it only brings evidence."""
    said = [
        as_recorded(entry.remark) if entry.remark else None,
        _("reason: {text}", text=as_recorded(entry.reason)) if entry.reason else None,
        _("next: {text}", text=_step(entry)) if entry.next else None,
        _("needs attention: {text}", text=as_recorded(entry.attention)) if entry.attention else None,
        _("closed without evidence: {text}", text=as_recorded(entry.without_evidence))
        if entry.without_evidence
        else None,
    ]
    return _("; ").join(part for part in said if part)


def agreement(entry: Entry) -> str:
    """Return who agreed to criteria, in words."""
    if entry.agreed_by is None:
        return _("a draft of the register's keeper")
    if entry.agreed_by == "both":
        return _("agreed by both sides")
    return _("agreed by {side}", side=label(entry.agreed_by))


def criteria_parts(entry: Entry, lang: str) -> list[tuple[str, str]]:
    """Return what criteria say, each text with its label."""
    texts = entry.criteria or {}
    return [
        (_(_CRITERIA[name]), as_recorded(in_language(by_language(texts[name]), lang)))
        for name in CRITERIA
        if name in texts
    ]


def with_day(entry: Entry) -> str:
    """Return the next step of an entry, by which day it will be taken if that was said, and whether it is internal."""
    return marked(entry, _step(entry)) if entry.next else ""


def _step(entry: Entry) -> str:
    step = as_recorded(entry.next or "")
    if not entry.next_by:
        return step
    day = in_words(entry.next_by, entry.next_by_precision or "day")
    return _("{text} (by {day})", text=step, day=day)


def revised(entry: Entry) -> str:
    """Return what a revision changes, and why."""
    parts = []
    if entry.target:
        parts.append(_("target moved to {day}", day=in_words(entry.target["date"], entry.target["precision"])))
    if entry.added:
        parts.append(_("owner added: {bodies}", bodies=listed([owner["body"] for owner in entry.added])))
    if entry.dropped:
        parts.append(_("owner removed: {bodies}", bodies=listed(entry.dropped)))
    revised = _("; ").join(parts)
    return _("{what} ({why})", what=revised, why=as_recorded(entry.reason)) if entry.reason else revised


def _withdrew(entry: Entry, known: Mapping[str, Entry]) -> str:
    parts = []
    for other in _named(entry, known):
        if other.event == Event.RETRACTION:
            again = [_entry(third) for third in _named(other, known)]
            parts.append(_("brought back {entries}", entries=listed(again)))
        else:
            parts.append(_("withdrew {entries}", entries=_entry(other)))
    return because(_("; ").join(parts) or _("withdrew entries that are not in this register"), entry.reason)


def _entry(entry: Entry) -> str:
    return _("entry {number} ({what})", number=entry.number, what=brief(entry))


def _named(entry: Entry, known: Mapping[str, Entry]) -> list[Entry]:
    return sorted((known[name] for name in set(entry.names or ()) if name in known), key=lambda other: other.number)


def brief(entry: Entry) -> str:
    """Return an entry in a few words: the measure and what was said of it."""
    if entry.event == Event.REVISION:
        return f"{entry.ref} {revised(entry)}"
    what = short_label(entry.status) if entry.status else _("nil return") if entry.nil else _(EVENTS[entry.event])
    return f"{entry.ref} {what}" if entry.ref else _entered(entry, current())


def _entered(entry: Entry, lang: str) -> str:
    thing = entry.thing or {}
    match entry.event:
        case Event.PLENARY:
            return _("added the {plenary} of {day}", plenary=nth_plenary(thing["number"]), day=in_words(thing["date"]))
        case Event.ROUND:
            if thing.get("closed"):
                return _("closed round {name}", name=thing["name"])
            return _("opened round {name}, returns due {day}", name=thing["name"], day=in_words(thing["due"]))
        case Event.INSTRUMENT:
            return _("added document {ref}: {title}", ref=thing["ref"], title=in_language(thing["title"], lang))
        case Event.EXCHANGE:
            return _received(thing)
        case Event.ORIGIN:
            return _("named the register {name}", name=thing["name"])
        case Event.AREA:
            return _("added area {code}: {name}", code=thing["slug"], name=in_language(thing["name"], lang))
        case Event.KEY:
            return _key_entered(entry, thing)
        case Event.BODY:
            return _("added body {code}: {name}", code=thing["code"], name=in_language(thing["name"], lang))
    return _(EVENTS[entry.event])


def _received(thing: Mapping[str, Any]) -> str:
    """Return how many entries came by an exchange, and from where."""
    number, total, origin = len(thing["received"]), thing["entries"], thing.get("origin")
    if origin == SHIPPED:
        return ngettext(
            "received {n} entry from the register that ships, of {total}",
            "received {n} entries from the register that ships, of {total}",
            number,
            total=total,
        )
    if origin:
        return ngettext(
            "received {n} entry from {origin}'s register of {total}",
            "received {n} entries from {origin}'s register of {total}",
            number,
            origin=origin,
            total=total,
        )
    return ngettext(
        "received {n} entry from a copy of {total}", "received {n} entries from a copy of {total}", number, total=total
    )


def _key_entered(entry: Entry, thing: Mapping[str, Any]) -> str:
    values = {"body": thing["body"], "key": thing["fingerprint"]}
    if thing.get("revoked"):
        return because(_("revoked the key {key} of {body}", **values), entry.reason)
    since = in_words(thing["since"])
    if thing.get("until"):
        until = in_words(thing["until"])
        return _("added a key of {body}, valid from {since} until {until}: {key}", since=since, until=until, **values)
    return _("added a key of {body}, valid from {since}: {key}", since=since, **values)


def signature_text(entry: Entry) -> str:
    """Return by whom an entry is signed, where that was verified as it was recorded; nothing where it is not signed."""
    if not entry.signature:
        return ""
    said = _("signed by {body} ({key})", body=entry.by, key=entry.signature["key"])
    return _("form {signed}", signed=said) if entry.signature.get("sha256") else said


def signatures_of(register: Register, entries: Iterable[Entry]) -> dict[str, str]:
    """Return in words what is known of the signatures of entries, by their ids, those without anything to say left out.

    What this register recorded itself was verified before it was recorded. Of what it received, `check` says whether it
    holds: that needs a program, and the form where one was signed. A key that no longer counts is told.
    """
    entries = list(entries)
    if not register.key_entries and not any(entry.signature for entry in entries):
        return {}
    from hkshcc.register.keys import is_unsigned, keys_of, what_is_wrong  # noqa: PLC0415  few registers have keys

    keys, came, found = keys_of(register), imports_of(register), {}
    for entry in entries:
        if entry.signature is None:
            if is_unsigned(keys, entry):
                found[entry.id] = _("not signed")
        elif wrong := what_is_wrong(keys, entry.signature["key"], entry.by or "", entry.recorded, entry.number):
            found[entry.id] = _("with a signature that does not count: {why}", why=wrong)
        elif entry.id in came or register.is_elsewhere(entry):
            found[entry.id] = _received_signature(entry, entry.signature)
        else:
            found[entry.id] = signature_text(entry)
    return found


def _received_signature(entry: Entry, signature: Signature) -> str:
    if signature.get("sha256"):
        return _(
            "came with a signature of {body}'s key {key} over a form, not verified for this page: see `hkshcc check`",
            body=entry.by,
            key=signature["key"],
        )
    return _(
        "came with a signature of {body}'s key {key}, not verified for this page: see `hkshcc check`",
        body=entry.by,
        key=signature["key"],
    )


def basis_text(basis: Basis) -> str:
    """Return what a measure's closing rests on, as the end of a sentence."""
    match basis.kind, basis.side:
        case "accepted", __:
            return _("accepted by the conference on {day}", day=in_words(basis.accepted_on or "", basis.precision))
        case "official", None:
            return _("shown by an official source")
        case "official", side:
            return _("shown by an official source for {side}", side=label(side or ""))
        case "both-sides", __:
            return _("on both sides' word")
        case "one-side", side:
            return _("on the word of {side} alone", side=label(side or ""))
    return _("neither reported by a side nor shown by an official source")


def source_of(evidence: Evidence, role: str = "") -> list[Piece]:
    """Return a piece of evidence as a line: its kind, who says so, what it is called, when it was read, where."""
    said = [evidence_label(evidence["kind"]), evidence["source"] or ""]
    if title := evidence.get("title"):
        said.append(_("'{title}'", title=title))
    if read_on := evidence.get("read_on"):
        said.append(_("read {day}", day=in_words(read_on)))
    line = _("{what}: {why}", what=_(", ").join(part for part in said if part), why=HERE)
    return put_in(line, address(evidence["locator"], role), role)


def citation(evidence: Evidence, role: str = "") -> list[list[Piece]]:
    """Return a piece of evidence in lines: what `source_of` says, where it is archived, and the copy kept of it."""
    lines = [source_of(evidence, role)]
    if archived := evidence.get("archived"):
        lines.append(put_in(_("archived: {url}", url=HERE), address(archived, role), role))
    if copy := evidence.get("copy"):
        kept = _(
            "copy kept: {name}, {size} bytes, SHA-256 {digest}",
            name=as_recorded(copy["name"]),
            size=copy["bytes"],
            digest=copy["sha256"],
        )
        lines.append([Span(kept, role)])
    return lines
