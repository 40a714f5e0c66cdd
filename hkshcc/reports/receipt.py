"""The answer to a change: what was recorded, in one line, and how to take it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from hkshcc.language import _, listed, ngettext
from hkshcc.register.commands.common import Decision, undo_needs_reason
from hkshcc.register.dates import in_words
from hkshcc.register.index import Register
from hkshcc.register.model import Entry
from hkshcc.register.vocabulary import Event, in_language
from hkshcc.reports.event_text import Record, brief, event_row, event_text, records_of
from hkshcc.reports.page import Page, Text, measures_of, nth_plenary, plain_text


@dataclass(frozen=True)
class Receipt:
    """The entries of one command. In a dry run they were not recorded."""

    events: Sequence[Record]
    notes: Sequence[str]
    back: str  # what to type to take it back
    dry_run: bool

    schema: ClassVar[str] = "hkshcc.recorded/1"
    rows: ClassVar[str] = "events"
    fields: ClassVar[Sequence[str]] = (*Entry._fields, "withdrawn_by")
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
            "events": self.items(),
        }

    def page(self, lang: str) -> Page:
        """Return the line."""
        entries = [record.entry for record in self.events]
        first = entries[0]
        if first.event == Event.RETRACTION:
            said = plain_text(event_text(self.events[0], lang))
            sentence = said[:1].upper() + said[1:]
        else:
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
        if self.dry_run:
            return Page([Text([_("Would record: {what}. Nothing was recorded.", what=sentence)])])
        where = numbers_of(entries)
        if not first.ref:  # which begins with its ref, in any other case
            sentence = sentence[:1].upper() + sentence[1:]
        return Page([Text([_("{what} ({entries}). Undo: {command}", what=sentence, entries=where, command=self.back)])])

    def footer(self, _lang: str) -> Sequence[str]:
        """Return nothing: the answer is one line."""
        return ()


def numbers_of(entries: Sequence[Entry]) -> str:
    """Return ``entry 256`` or ``entries 256-258``."""
    first, last = entries[0].number, entries[-1].number
    if first == last:
        return _("entry {number}", number=first)
    return _("entries {first}-{last}", first=first, last=last)


def undo_command(register: Register, entries: Sequence[Entry], undoing: str) -> str:
    """Return what to type to take back what a command added to a register; ``undoing`` is the command's beginning."""
    back = f"{undoing} {entries[0].number}" if len(entries) == 1 else undoing
    return f"{back} --reason WHY" if undo_needs_reason(register, entries) else back


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
    back = undo_command(register, outcome.entries, undoing)
    return Receipt(records_of(outcome.entries, register), outcome.notes, back, dry_run)
