"""The answer to a change: what was recorded, before and after, and how to take it back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from hkshcc.language import _, as_recorded, listed, ngettext
from hkshcc.register.basis import Basis, basis_of
from hkshcc.register.commands.common import Decision, undo_needs_reason
from hkshcc.register.dates import FOREVER, in_words
from hkshcc.register.index import Register
from hkshcc.register.model import Entry, Target
from hkshcc.register.standing import Standing, in_order, standing_of
from hkshcc.register.vocabulary import SIDES, STALE_AFTER_DAYS, Event, Status, in_language, label, short_label
from hkshcc.reports.event_text import (
    Record,
    agreement,
    basis_text,
    brief,
    citation,
    criteria_parts,
    event_row,
    event_text,
    records_of,
    revised,
    signature_text,
    with_day,
)
from hkshcc.reports.page import Page, Text, all_languages, measures_of, nth_plenary, plain_text, runs


class Change(NamedTuple):
    """What an entry changes on its measure: how the measure stood before it, and how it stands with it."""

    entry: Entry
    before: Standing
    after: Standing
    bases: tuple[Basis | None, Basis | None]  # of its closing, before and after

    def data(self) -> dict[str, Any]:
        """Return the change for machines. Keys are a promise: additions only."""
        return {
            "ref": self.entry.ref,
            "title": all_languages(self.before.measure.title),
            "status_before": str(self.before.status),
            "status": str(self.after.status),
            "status_hk": str(self.after.hk.status),
            "status_sh": str(self.after.sh.status),
            "basis_before": self.bases[0].kind if self.bases[0] else None,
            "basis": self.bases[1].kind if self.bases[1] else None,
        }

    def line(self, lang: str) -> str:
        """Return the measure by its title, its status before and after, the day and who said so."""
        entry = self.entry
        said = [self._what(), in_words(entry.on or "", entry.precision or "day")]
        if entry.by:
            said.append(_("by {body}", body=entry.by))
        elif entry.side:
            said.append(_("both sides") if entry.side == "both" else label(entry.side))
        if entry.internal and entry.event != Event.NOTE:
            said.append(_("words internal, evidence public") if entry.evidence else _("words internal"))
        title = in_language(self.before.measure.title, lang)
        return _("{ref} {title}: {change}", ref=entry.ref, title=title, change=_(", ").join(said))

    def _what(self) -> str:
        entry = self.entry
        if entry.event == Event.REVISION:
            if not entry.target:
                return revised(entry)
            promised, after = self.before.target, in_words(entry.target["date"], entry.target["precision"])
            moved = (
                _("target {before} → {after}", before=in_words(promised["date"], promised["precision"]), after=after)
                if promised
                else _("target set to {day}", day=after)
            )
            return _("{what} ({why})", what=moved, why=as_recorded(entry.reason)) if entry.reason else moved
        if entry.event == Event.NOTE:
            if entry.evidence:
                return _("copy kept")
            return _("internal note added") if entry.internal else _("note added")
        if entry.event == Event.ACCEPTANCE:
            was, now = self.bases
            if was is None or now in (None, was):
                return _("accepted by the conference")
            return _("{before} → {after}", before=basis_text(was), after=_("accepted by the conference"))
        if entry.event == Event.CRITERIA:
            return _("criteria, {agreed}", agreed=agreement(entry))
        if entry.nil:
            return _("nil return")
        if entry.status is None:
            parts = {_("remark"): entry.remark, _("next step"): entry.next, _("needs attention"): entry.attention}
            return _("added: {what}", what=listed([*(name for name, text in parts.items() if text), *self._evidence()]))
        before = (self.before.side(entry.side) if entry.side in SIDES else self.before).status
        if before == entry.status:
            return _("{status}, as before", status=short_label(before))
        return _("{before} → {after}", before=short_label(before), after=short_label(entry.status))

    def _evidence(self) -> list[str]:
        return [_("evidence")] if self.entry.evidence else []

    def details(self, lang: str) -> list[str]:
        """Return what was taken as evidence, and where the measure as a whole stands if that is not what was said."""
        entry, after = self.entry, self.after
        lines = []
        for evidence in entry.evidence or ():
            first, *more = map(plain_text, citation(evidence))
            lines += [_("Evidence: {source}", source=first), *more]
        if entry.without_evidence:
            lines.append(_("No evidence: {why}", why=entry.without_evidence))
        if entry.event == Event.CRITERIA:
            lines += [_("{what}: {text}", what=name, text=text) for name, text in criteria_parts(entry, lang)]
        if entry.signature:
            signed = signature_text(entry)
            lines.append(signed[:1].upper() + signed[1:])
        if entry.next_by:
            lines.append(_("Next step: {text}", text=with_day(entry)))
        if entry.status and (entry.status != after.status or after.hk.status != after.sh.status):
            lines.append(
                _(
                    "Measure as a whole: {status} (Hong Kong: {hk}; Shanghai: {sh})",
                    status=short_label(after.status),
                    hk=short_label(after.hk.status),
                    sh=short_label(after.sh.status),
                )
            )
        before, now = self.bases
        if now and now != before and entry.event != Event.ACCEPTANCE:
            was = basis_text(before) if before else ""
            basis = _("{before} → {after}", before=was, after=basis_text(now)) if was else basis_text(now)
            lines.append(_("Basis: {basis}", basis=basis))
        return lines


class Withdrawal(NamedTuple):
    """What an undo changes on a measure: which entries count no more, which count again, and what comes of it."""

    withdrawn: Sequence[Entry]
    again: Sequence[Entry]
    change: Change  # of the measure, as machines are told of an update
    reason: str | None

    def line(self, lang: str) -> str:
        """Return the entries, the measure by its title, and what is different now."""
        sentence = _(
            "{entries}: {ref} {title}: {change}",
            entries=listed(self._entries()),
            ref=self.change.before.measure.ref,
            title=in_language(self.change.before.measure.title, lang),
            change=_("; ").join(self._what(lang)),
        )
        return _("{what} ({why})", what=sentence, why=self.reason) if self.reason else sentence

    def _entries(self) -> list[str]:
        gone, back = ([entry.number for entry in entries] for entries in (self.withdrawn, self.again))
        said = []
        if gone:
            said.append(
                ngettext("withdrew entry {entries}", "withdrew entries {entries}", len(gone), entries=runs(gone))
            )
        if back:
            said.append(
                ngettext(
                    "brought back entry {entries}", "brought back entries {entries}", len(back), entries=runs(back)
                )
            )
        return [said[0][:1].upper() + said[0][1:], *said[1:]]

    def _what(self, lang: str) -> list[str]:
        """Return how the measure stood and how it stands; where that is the same, what the entries said."""
        before, after = self.change.before, self.change.after
        changes = []
        if before.status != after.status:
            changes.append(_moved(before.status, after.status))
        else:
            changes += [
                _("{side}: {change}", side=label(side), change=_moved(*statuses))
                for side in SIDES
                if len(set(statuses := (before.side(side).status, after.side(side).status))) > 1
            ]
        if before.target != after.target:
            changes.append(
                _("target {before} → {after}", before=_promised(before.target), after=_promised(after.target))
            )
        owned, owns = ([owner["body"] for owner in one.owners] for one in (before, after))
        if added := [body for body in owns if body not in owned]:
            changes.append(_("owner added: {bodies}", bodies=listed(added)))
        if dropped := [body for body in owned if body not in owns]:
            changes.append(_("owner removed: {bodies}", bodies=listed(dropped)))
        return changes or [plain_text(event_text(Record(entry), lang)) for entry in (*self.withdrawn, *self.again)]


def _moved(before: Status, after: Status) -> str:
    return _("{before} → {after}", before=short_label(before), after=short_label(after))


def _promised(target: Target | None) -> str:
    return in_words(target["date"], target["precision"]) if target else _("none")


@dataclass(frozen=True)
class Receipt:
    """The entries of one command. In a dry run they were not recorded."""

    events: Sequence[Record]
    changes: Sequence[Change]
    notes: Sequence[str]
    back: str  # what to type to take it back
    dry_run: bool
    withdrawals: Sequence[Withdrawal] = ()

    schema: ClassVar[str] = "hkshcc.recorded/1"
    rows: ClassVar[str] = "events"
    fields: ClassVar[Sequence[str]] = (*Entry._fields, "withdrawn_by", "received")
    brief: ClassVar[Sequence[str]] = ()

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each entry, every field of it."""
        return [event_row(record) for record in self.events]

    def data(self) -> dict[str, Any]:
        """Return the entries in full."""
        return {
            "schema": self.schema,
            "recorded": not self.dry_run,
            "notes": list(self.notes),
            "changes": [change.data() for change in [*self.changes, *(gone.change for gone in self.withdrawals)]],
            "events": self.items(),
        }

    def page(self, lang: str) -> Page:
        """Return what was recorded, in a line; below it what else a person should look at."""
        many = max(len(self.changes), len(self.withdrawals)) > 1
        return Page([Text([line]) for line in (self._each(lang) if many else self._one(lang))])

    def _each(self, lang: str) -> list[str]:
        """Return what was recorded on several measures, a line each."""
        lines = [line for change in self.changes for line in (change.line(lang), *change.details(lang))]
        lines += [withdrawal.line(lang) for withdrawal in self.withdrawals]
        if self.dry_run:
            return [_("Would record:"), *lines, _("Nothing was recorded.")]
        where = numbers_of([record.entry for record in self.events])
        return [*lines, _("{what}. Undo: {command}", what=where[:1].upper() + where[1:], command=self.back)]

    def _one(self, lang: str) -> list[str]:
        one = self.changes[0] if self.changes else None
        entries = [record.entry for record in self.events]
        amended = one is not None and entries[0].event == Event.RETRACTION
        sentence = one.line(lang) if one else self._entered(lang)
        details = one.details(lang) if one else []
        if amended:
            sentence = _("Amended: {what}", what=sentence)
            details.insert(0, _("It now says: {text}", text=plain_text(event_text(self.events[-1], lang))))
        if self.dry_run:
            first = _("Would record: {what}. Nothing was recorded.", what=sentence)
        elif entries[0].event == Event.ORIGIN:  # which nothing takes back
            first = _("{what} ({entries}).", what=sentence, entries=numbers_of(entries))
        else:
            first = _(
                "{what} ({entries}). Undo: {command}", what=sentence, entries=numbers_of(entries), command=self.back
            )
        return [first, *details]

    def _entered(self, lang: str) -> str:
        """Return what was recorded that is no change of a measure: a withdrawal, or something of the register's own."""
        entries = [record.entry for record in self.events]
        first = entries[0]
        if self.withdrawals:
            return self.withdrawals[0].line(lang)
        if first.event == Event.RETRACTION:
            said = plain_text(event_text(self.events[0], lang))
            return said[:1].upper() + said[1:]
        # A round that opens ends in a day already.
        opens = first.event == Event.ROUND and not (first.thing or {}).get("closed")
        sentence = _counted(entries) or _added(entries, lang) or _("; ").join(brief(entry) for entry in entries)
        if first.on and not opens:
            sentence = _(", ").join([sentence, in_words(first.on, first.precision or "day")])
        elif first.on and first.on != first.recorded[:10]:
            sentence = _("{what}, as of {day}", what=sentence, day=in_words(first.on))
        if first.event == Event.AGREED and len(entries) == 1 and (target := (first.thing or {}).get("target")):
            day = in_words(target["date"], target["precision"])
            sentence = _(", ").join([sentence, _("target {day}", day=day)])
        # A measure's begins with its ref.
        return sentence if first.ref or self.dry_run else sentence[:1].upper() + sentence[1:]

    def footer(self, _lang: str) -> Sequence[str]:
        """Return nothing: the answer is short."""
        return ()


def numbers_of(entries: Sequence[Entry]) -> str:
    """Return ``entry 256`` or ``entries 256-258``."""
    first, last = entries[0].number, entries[-1].number
    if first == last:
        return _("entry {number}", number=first)
    return _("entries {first}-{last}", first=int(first), last=int(last))


def undo_command(register: Register, entries: Sequence[Entry], undoing: str) -> str:
    """Return what to type to take back what a command added to a register; ``undoing`` is the command's beginning."""
    back = f"{undoing} {entries[0].number}" if len(entries) == 1 else undoing
    return _("{command} --reason WHY", command=back) if undo_needs_reason(register, entries) else back


_MOST_TOLD = 6  # entries of a release that are named one by one
_RELEASE = (Event.AREA, Event.AGREED, Event.INSTRUMENT)  # what the entries of a release are


def _counted(entries: Sequence[Entry]) -> str:
    """Return what a release brought in, by number where it is much; nothing for any other command."""
    if len(entries) <= _MOST_TOLD or any(entry.event not in _RELEASE for entry in entries):
        return ""
    areas, measures, documents = (sum(entry.event == event for entry in entries) for event in _RELEASE)
    counts = [
        ngettext("{n} new area", "{n} new areas", areas) if areas else "",
        measures_of(measures) if measures else "",
        ngettext("{n} document", "{n} documents", documents) if documents else "",
    ]
    added = _("added {what}", what=listed([count for count in counts if count]))
    refs = [entry.ref for entry in entries if entry.ref]
    return _("{what}, {first} to {last}", what=added, first=refs[0], last=refs[-1]) if refs else added


def _added(entries: Sequence[Entry], lang: str) -> str:
    """Return what a measure that was added is called and who agreed it; nothing for any other command."""
    thing = entries[0].thing
    if len(entries) > 1 or entries[0].event != Event.AGREED or thing is None:
        return ""
    title = in_language(thing["title"], lang)
    return _(
        "{ref} '{title}', agreed at the {plenary}", ref=thing["ref"], title=title, plenary=nth_plenary(thing["plenary"])
    )


def receipt(register: Register, outcome: Decision, undoing: str, *, dry_run: bool) -> Receipt:
    """Answer what a command recorded in a register. ``undoing`` is the beginning of the command that takes it back."""
    entries = outcome.entries
    withdrawn = {name for entry in entries for name in entry.names or ()}
    changes = [_change(register, entry, withdrawn) for entry in entries if entry.event in _ON_A_MEASURE]
    back = undo_command(register, entries, undoing)
    withdrawals = [] if changes else _withdrawals(register, entries)
    return Receipt(records_of(entries, register), changes, outcome.notes, back, dry_run, withdrawals)


def _withdrawals(register: Register, entries: Sequence[Entry]) -> list[Withdrawal]:
    """Return what an undo changes, by measure; nothing where it withdraws anything else than entries on measures."""
    if not all(entry.event == Event.RETRACTION for entry in entries):
        return []
    after = Register([*register.stored, *entries])
    moved = [other for other in register.entries if (other.id in register.withdrawn) != (other.id in after.withdrawn)]
    of_measures = [other for other in moved if other.event != Event.RETRACTION]
    if any(other.event not in _ON_A_MEASURE for other in of_measures):
        return []
    found = []
    for ref in dict.fromkeys(other.ref or "" for other in of_measures):
        measure = register.measure(ref)
        if measure is None:
            return []
        own = [other for other in of_measures if other.ref == ref]
        gone, again = ([other for other in own if (other.id in after.withdrawn) == wanted] for wanted in (True, False))
        standings = [one.standing(measure, FOREVER) for one in (register, after)]
        bases = (basis_of(standings[0], register.bodies), basis_of(standings[1], after.bodies))
        change = Change(own[0], standings[0], standings[1], bases)
        found.append(Withdrawal(gone, again, change, entries[0].reason))
    return found


_ON_A_MEASURE = (Event.FINDING, Event.RETURN, Event.NOTE, Event.REVISION, Event.ACCEPTANCE, Event.CRITERIA)


def _change(register: Register, entry: Entry, withdrawn: Collection[str]) -> Change:
    [measure] = [found for found in [register.measure(entry.ref or "")] if found]  # commands write on no other
    before = register.standing(measure, FOREVER)
    events = [event for event in before.events if event.id not in withdrawn]
    after = standing_of(measure, in_order([*events, entry]), FOREVER, STALE_AFTER_DAYS)
    bases = (basis_of(before, register.bodies), basis_of(after, register.bodies))
    return Change(entry, before, after, bases)
