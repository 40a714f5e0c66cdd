"""What needs attention: which measures, and why."""

from typing import Any, NamedTuple

from hkshcc.language import N_, _, as_recorded, sentence
from hkshcc.register.dates import days_between, in_words, span
from hkshcc.register.model import Target
from hkshcc.register.standing import Standing
from hkshcc.register.vocabulary import short_label
from hkshcc.reports.page import because, on_day

# In the order of their urgency.
ORDER = (
    N_("overdue"), N_("late"), N_("slipped"), N_("sides differ"), N_("moved back"), N_("flagged"),
)  # fmt: skip


class Attention(NamedTuple):
    """A measure that needs attention, and why in words."""

    what: str
    standing: Standing
    detail: str

    def details(self, as_of: str) -> dict[str, Any]:
        """Return what the detail says, apart; null where it says nothing of it. ``days`` are days overdue or late."""
        standing = self.standing
        target, original = standing.target, standing.target_original
        about_time = self.what in {"overdue", "late", "slipped"} and target is not None and original is not None
        entry = standing.moved_back if self.what == "moved back" else None
        if self.what == "slipped" and standing.slips:
            entry = standing.slips[-1]
        promised = target if self.what == "overdue" else original
        until = {"overdue": as_of, "late": standing.fulfilled_on}.get(self.what)
        return {
            "entry": entry.number if entry else None,
            "on": entry.on if entry else None,
            "precision": entry.precision if entry else None,
            "text": standing.attention if self.what == "flagged" else entry.reason if entry else None,
            "days": days_between(promised["date"], until) if promised and until else None,
            "target_original": original["date"] if about_time and original else None,
            "target_basis": promised["basis"] if about_time and promised else None,
            "fulfilled_on": standing.fulfilled_on if self.what == "late" else None,
            "status_hk": str(standing.hk.status),
            "status_sh": str(standing.sh.status),
        }


def concerns(standing: Standing, as_of: str) -> list[Attention]:
    """Return why a measure needs attention, most pressing first."""
    found = []
    if standing.timeliness in {"overdue", "late"} or (standing.timeliness == "slipped" and not standing.closed):
        found.append(Attention(standing.timeliness, standing, _about_time(standing, as_of)))
    if standing.sides_differ:
        detail = _(
            "Hong Kong: {hk}; Shanghai: {sh}", hk=short_label(standing.hk.status), sh=short_label(standing.sh.status)
        )
        found.append(Attention("sides differ", standing, detail))
    if standing.moved_back and not standing.closed:
        entry = standing.moved_back
        day = on_day(entry.on or "", entry.precision or "day")
        detail = _("to {status} {on_day}", status=short_label(entry.status or ""), on_day=day)
        found.append(Attention("moved back", standing, because(detail, entry.reason)))
    if not standing.closed and (said := standing.attention):
        found.append(Attention("flagged", standing, as_recorded(said)))
    return found


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
