"""What needs attention: which measures, and why."""

from typing import Any, NamedTuple

from hkshcc.register.dates import days_between, in_words, span
from hkshcc.register.standing import Standing
from hkshcc.register.vocabulary import short_label
from hkshcc.reports.page import on_day

ORDER = ("overdue", "late", "slipped", "sides differ", "moved back", "flagged")


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
        detail = f"Hong Kong: {short_label(standing.hk.status)}; Shanghai: {short_label(standing.sh.status)}"
        found.append(Attention("sides differ", standing, detail))
    if standing.moved_back and not standing.closed:
        entry = standing.moved_back
        detail = f"to {short_label(entry.status or '')} {on_day(entry.on or '', entry.precision or 'day')}"
        found.append(Attention("moved back", standing, f"{detail}: {entry.reason}" if entry.reason else detail))
    if not standing.closed and (said := standing.attention):
        found.append(Attention("flagged", standing, said))
    return found


def _about_time(standing: Standing, as_of: str) -> str:
    target, original = standing.target, standing.target_original
    assert target is not None  # noqa: S101  none of these can be without a target
    assert original is not None  # noqa: S101
    due = f"due {in_words(target['date'])}" + (" (implied)" if target["basis"] == "implied" else "")
    if standing.timeliness == "overdue":
        return f"{due}, {span(target['date'], as_of)} ago; {short_label(standing.status)}"
    if standing.timeliness == "late":
        promised = f"due {in_words(original['date'])}" + (" (implied)" if original["basis"] == "implied" else "")
        return f"{promised}, completed {in_words(standing.fulfilled_on or '')}"
    last = standing.slips[-1] if standing.slips else None
    reason = f": {last.reason}" if last and last.reason else ""
    return f"moved from {in_words(original['date'])} to {in_words(target['date'])}{reason}"
