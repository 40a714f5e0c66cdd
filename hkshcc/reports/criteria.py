"""What would count for a measure, who agreed to it, and whether it was written before the verdict."""

from typing import Any, NamedTuple

from hkshcc.language import N_, _
from hkshcc.register.dates import in_words
from hkshcc.register.index import Register
from hkshcc.register.model import CRITERIA, Entry, by_language, told_order
from hkshcc.register.vocabulary import FULFILLED, Status
from hkshcc.reports.event_text import agreement
from hkshcc.reports.page import all_languages

_WRITTEN = {
    "before-completion": N_("before any report of completion"),
    "after-completion": N_("written after completion was reported"),
    "after-withdrawn-completion": N_("written after a report of completion that was withdrawn"),
    "after-continuing": N_("written after it was reported as continuing"),
}


class Criteria(NamedTuple):
    """The entry that says what would count, when it was written, and how many before it there were.

    ``written`` is a key of ``_WRITTEN``: the order of recording says which came first, whatever the days.
    """

    entry: Entry
    written: str
    replaced: int

    def data(self) -> dict[str, Any]:
        """Return the criteria for machines. Keys are a promise: additions only."""
        texts = self.entry.criteria or {}
        return {
            "entry": int(self.entry.number),
            "on": self.entry.on,
            "agreed_by": self.entry.agreed_by,
            "written": self.written,
            "replaced": self.replaced,
            **{name: all_languages(by_language(texts[name])) if name in texts else None for name in CRITERIA},
        }

    def headline(self) -> str:
        """Return of which day they are, who agreed to them, and whether they came before the verdict."""
        day = _("Criteria of {day}", day=in_words(self.entry.on or "", self.entry.precision or "day"))
        said = [day, agreement(self.entry), _(_WRITTEN[self.written])]
        return _(", ").join([*said, _("in place of earlier ones")] if self.replaced else said)


def criteria_of(register: Register, ref: str, as_of: str) -> Criteria | None:
    """Return the criteria of a measure that hold at the end of a day, if there are any."""
    entries = register.criteria(ref, as_of)
    if not entries:
        return None
    entry = entries[-1]
    return Criteria(entry, _written(register, ref, entry), len(entries) - 1)


def _written(register: Register, ref: str, entry: Entry) -> str:
    """Return before or after which verdict an entry was written; that of a measure without an end is `continuing`."""
    earlier = [other for other in register.events_ever(ref) if told_order(other) < told_order(entry)]
    counting = [other for other in earlier if other.id not in register.withdrawn]
    if any(other.status in FULFILLED for other in counting):
        return "after-completion"
    if any(other.status in FULFILLED for other in earlier):
        return "after-withdrawn-completion"
    return "after-continuing" if any(other.status == Status.CONTINUING for other in counting) else "before-completion"
