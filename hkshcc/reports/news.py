"""The news: each entry that changed how a measure stands or what is known of it, newest first, as a feed tells it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hkshcc.language import _, listed, ngettext
from hkshcc.register.dates import in_words
from hkshcc.register.index import Register
from hkshcc.register.model import Entry, Measure
from hkshcc.register.standing import in_order, standing_of
from hkshcc.register.vocabulary import STALE_AFTER_DAYS, Event, in_language
from hkshcc.reports.event_text import records_of
from hkshcc.reports.page import View
from hkshcc.reports.standing_diff import HEADINGS, between

MOST = 50  # items of a feed: who follows one wants what is new; the register has the rest


class Item(NamedTuple):
    """An entry that changed something: which kinds of change, of which measure, and what is said of it, line by line.

    ``measure`` is None where the entry withdrew what is gone with its measure.
    """

    entry: Entry
    kinds: Sequence[str]
    measure: Measure | None
    details: Sequence[str]

    def title(self, lang: str) -> str:
        """Return what changed, and on which measure."""
        what = listed([_(HEADINGS[kind]) for kind in self.kinds])
        if self.measure is None:
            return what
        return _("{what}: {why}", what=what, why=f"{self.measure.ref} {in_language(self.measure.title, lang)}")


def number_of(items: Sequence[Item]) -> str:
    """Return how many changes a feed has, of how many."""
    shown = len(items[:MOST])
    return ngettext("The last {n} change of {total}", "The last {n} changes of {total}", shown, total=len(items))


def news(view: View) -> list[Item]:
    """Return what changed by each entry up to the view's day, by the moment it was recorded, newest first.

    What does not count is left out, as are notes and criteria, and entries by which nothing is different.
    """
    register = view.register
    found = [item for measure in register.measures(view.as_of) for item in _of_measure(view, measure)]
    found += _withdrawals(register)
    return sorted(found, key=_order, reverse=True)


def _order(item: Item) -> tuple[str, str, int]:
    """Return a key that puts items in order: of what was recorded at one moment, what became true later comes last."""
    entry = item.entry
    return entry.recorded, entry.on or entry.recorded[:10], entry.number


def _of_measure(view: View, measure: Measure) -> Iterator[Item]:
    """Yield what each entry on a measure changed, in the order in which the register was told."""
    counted = [entry for entry in view.register.events(measure.ref) if (entry.on or "") <= view.as_of]
    told: list[Entry] = []
    before = standing_of(measure, (), view.as_of, STALE_AFTER_DAYS)
    for entry in sorted(counted, key=lambda entry: entry.number):
        told.append(entry)
        now = standing_of(measure, in_order(told), view.as_of, STALE_AFTER_DAYS)
        if entry.event == Event.AGREED:
            yield Item(entry, ["newly-agreed"], measure, [_("agreed {day}", day=in_words(entry.on or ""))])
        elif changes := [change for change in between(before, now, view.register.bodies) if change.what != "lapsed"]:
            details = [change.text().strip() for change in changes]
            yield Item(entry, list(dict.fromkeys(change.what for change in changes)), measure, details)
        before = now


def _withdrawals(register: Register) -> Iterator[Item]:
    """Yield what was withdrawn or brought back, where nothing was recorded in its place by the same command."""
    retractions = [entry for entry in register.entries if entry.event == Event.RETRACTION]
    if not retractions:
        return
    commands = Counter(entry.command for entry in register.entries)
    about = {entry.id: entry.ref for entry in register.entries}
    for entry in retractions:
        about[entry.id] = next((ref for name in entry.names or () if (ref := about.get(name))), None)
    back = {entry.id for entry in retractions}
    alone = [entry for entry in retractions if entry.id not in register.withdrawn and commands[entry.command] == 1]
    for record in records_of(alone, register):
        if ref := about[record.entry.id]:
            kind = "withdrawn" if back.isdisjoint(record.entry.names or ()) else "corrected"
            yield Item(record.entry, [kind], register.measure(ref), [record.withdrew])
