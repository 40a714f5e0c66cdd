"""What needs attention: which measures, and why."""

from typing import Any, NamedTuple

from hkshcc.language import N_, _, sentence
from hkshcc.register.dates import days_between, in_words, shifted, span
from hkshcc.register.model import Entry, Target
from hkshcc.register.standing import Standing
from hkshcc.register.vocabulary import DUE_SOON_DAYS, short_label
from hkshcc.reports.event_text import speaker, with_day
from hkshcc.reports.page import because, marked, on_day

# In the order of their urgency.
ORDER = (
    N_("overdue"), N_("step overdue"), N_("late"), N_("slipped"), N_("sides differ"), N_("moved back"), N_("flagged"),
    N_("due soon"),
)  # fmt: skip


class Attention(NamedTuple):
    """A measure that needs attention, and why in words."""

    what: str
    standing: Standing
    detail: str
    step: Entry | None = None  # in which the next step was said that is overdue or due soon

    @property
    def day(self) -> str:
        """The day (ISO) by which what is meant was or is due: the next step's, else the target; "" where neither is."""
        if self.step:
            return self.step.next_by or ""
        return self.standing.target["date"] if self.standing.target else ""

    def details(self, as_of: str) -> dict[str, Any]:
        """Return what the detail says, apart; null where it says nothing of it. ``days`` are days overdue or late."""
        standing = self.standing
        target, original = standing.target, standing.target_original
        about_time = self.what in {"overdue", "late", "slipped"} and target is not None and original is not None
        entry = standing.moved_back if self.what == "moved back" else self.step
        if self.what == "slipped" and standing.slips:
            entry = standing.slips[-1]
        promised = target if self.what == "overdue" else original
        until = {"overdue": as_of, "late": standing.fulfilled_on}.get(self.what)
        return {
            "entry": int(entry.number) if entry else None,
            "on": entry.on if entry else None,
            "precision": entry.precision if entry else None,
            "text": self._text(entry),
            "days": self._days(as_of, promised["date"] if promised and until else None, until),
            "target_original": original["date"] if about_time and original else None,
            "target_basis": promised["basis"] if about_time and promised else None,
            "fulfilled_on": standing.fulfilled_on if self.what == "late" else None,
            "status_hk": str(standing.hk.status),
            "status_sh": str(standing.sh.status),
            "next_by": self.step.next_by if self.step else None,
        }

    def _days(self, as_of: str, promised: str | None, until: str | None) -> int | None:
        if self.what == "step overdue" and self.step:
            promised, until = self.step.next_by, as_of
        return days_between(promised, until) if promised and until else None

    def _text(self, entry: Entry | None) -> str | None:
        """Return the words of whoever made the measure need attention."""
        if self.what == "flagged":
            return self.standing.attention
        if entry is None:
            return None
        return entry.next if entry is self.step else entry.reason


def concerns(standing: Standing, as_of: str) -> list[Attention]:
    """Return why a measure needs attention, most pressing first."""
    found = []
    if standing.timeliness in {"overdue", "late"} or (standing.timeliness == "slipped" and not standing.closed):
        found.append(Attention(standing.timeliness, standing, _about_time(standing, as_of)))
    for step in standing.missed_steps(as_of):
        missed = _("{what}; the day passed {time} ago", what=_step(step), time=span(step.next_by or "", as_of))
        found.append(Attention("step overdue", standing, missed, step))
    if standing.sides_differ:
        detail = _(
            "Hong Kong: {hk}; Shanghai: {sh}", hk=short_label(standing.hk.status), sh=short_label(standing.sh.status)
        )
        found.append(Attention("sides differ", standing, detail))
    if standing.moved_back and not standing.closed:
        entry = standing.moved_back
        day = on_day(entry.on or "", entry.precision or "day")
        detail = _("to {status} {on_day}", status=short_label(entry.status or ""), on_day=day)
        found.append(Attention("moved back", standing, because(detail, marked(entry, entry.reason))))
    if not standing.closed and (said := standing.attention):
        found.append(Attention("flagged", standing, marked(standing.flagged, said)))
    return [*found, *_soon(standing, as_of)]


def _soon(standing: Standing, as_of: str) -> list[Attention]:
    """Return what is to be done within the days that count as soon: what was promised, and each side's next step."""
    until, found = shifted(as_of, DUE_SOON_DAYS), []
    target = standing.target
    if target and not standing.closed and as_of <= target["date"] <= until:
        found.append(Attention("due soon", standing, _with_time(_due(target), as_of, target["date"])))
    return found + [
        Attention("due soon", standing, _with_time(_step(step), as_of, step.next_by or ""), step)
        for step in standing.steps
        if as_of <= (step.next_by or "") <= until
    ]


def _with_time(what: str, as_of: str, day: str) -> str:
    return sentence(what, _("today") if day == as_of else _("in {time}", time=span(as_of, day)))


def _step(step: Entry) -> str:
    """Return a next step in the words of whoever said it."""
    return f"{speaker(step)}{with_day(step)}"


def _about_time(standing: Standing, as_of: str) -> str:
    target, original = standing.target, standing.target_original
    assert target is not None  # noqa: S101  none of these can be without a target
    assert original is not None  # noqa: S101
    if standing.timeliness == "overdue":
        ago = _("{time} ago", time=span(target["date"], as_of))
        return sentence(_(", ").join([_due(target), ago]), short_label(standing.status))
    if standing.timeliness == "late":
        return _(", ").join([_due(original), _("completed {day}", day=in_words(standing.fulfilled_on or ""))])
    last = standing.slips[-1] if standing.slips else None
    moved = _("moved from {old} to {new}", old=in_words(original["date"]), new=in_words(target["date"]))
    return because(moved, last.reason if last else None)


def _due(target: Target) -> str:
    day = in_words(target["date"])
    return _("due {day} (implied)", day=day) if target["basis"] == "implied" else _("due {day}", day=day)
