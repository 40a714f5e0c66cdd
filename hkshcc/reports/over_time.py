"""The steps: how many measures stood where at the end of each quarter, half-year or year since they were agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from hkshcc.language import N_, _, listed
from hkshcc.register.dates import in_words
from hkshcc.register.model import Plenary
from hkshcc.register.vocabulary import Status, short_label
from hkshcc.reports.counts import NUMBERS, Group, bar, by_status, legend, title_of
from hkshcc.reports.drawings import Layer, Series
from hkshcc.reports.listing import Listing
from hkshcc.reports.page import (
    Block,
    Column,
    Heading,
    Page,
    Picture,
    ReportContext,
    Row,
    Span,
    Table,
    Text,
    View,
    blank,
)
from hkshcc.reports.tracks import Track, lapsed_note, marks_of, parted, plenaries_of, tracks

_MOST = 40  # periods; a longer time is parted into longer ones
_SAID = {
    "quarter": N_("How the measures stood at the end of each quarter"),
    "half": N_("How the measures stood at the end of each half-year"),
    "year": N_("How the measures stood at the end of each year"),
}
# From the ground up: what has been achieved is the ground, what is not established lies on top.
LAYERS = (
    Status.COMPLETED, Status.MODIFIED, Status.CONTINUING, "lapsed", Status.IN_PROGRESS, Status.NOT_STARTED,
    Status.NOT_PURSUED, Status.UNKNOWN,
)  # fmt: skip


@dataclass(frozen=True)
class Steps:
    """How the measures listed stood at the end of each period; the last one ends on the view's day."""

    context: ReportContext
    chosen: Listing
    period: str
    start: str  # the day (ISO) on which the first of them was agreed; empty where there is none
    points: Sequence[Group]  # by the day (ISO) that each period ends on
    plenaries: Sequence[Plenary]  # those that agreed them
    later: Sequence[Plenary]  # those held after the first of these

    schema: ClassVar[str] = "hkshcc.steps/1"
    rows: ClassVar[str] = "points"
    fields: ClassVar[Sequence[str]] = ("day", *NUMBERS)
    brief: ClassVar[Sequence[str]] = ()

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each period, by the day that it ends on."""
        return [{"day": point.key, **point.numbers()} for point in self.points]

    def data(self) -> dict[str, Any]:
        """Return the counts for machines."""
        return {
            **self.context.data(self.schema),
            **self.chosen.scope(),
            "period": self.period,
            "stale_after": self.chosen.stale_after,
            "points": self.items(),
        }

    def page(self, lang: str) -> Page:
        """Return a bar for each period, below the picture."""
        blocks: list[Block] = [Heading(title_of(self.plenaries, lang), level=1), Text([_(_SAID[self.period])])]
        blocks += [*self.chosen.only(), blank()]
        if not self.points:
            blocks.append(Text([_("No measure is in the register on that day.")], indent=2))
            return Page([*blocks, blank()], self.footer(lang))
        most = max(point.total for point in self.points)
        per_sign = -(-most // _ROOM)
        table = Table(
            [Column(_("Date")), Column(_("Measures"), right=True), Column("")],
            [Row([in_words(point.key), str(point.total), bar(point, per_sign)]) for point in self.points],
        )
        scale = _("a sign stands for up to {count} measures", count=per_sign) if per_sign > 1 else ""
        notes: list[Block] = [Text([Span(note, "dim")], indent=2) for note in self.notes()]
        blocks += [self.picture(lang), table, legend(self.points, scale), *notes, blank()]
        return Page(blocks, self.footer(lang))

    def footer(self, _lang: str) -> Sequence[str]:
        """Return what it was drawn from."""
        return self.context.lines()

    def notes(self) -> Sequence[str]:
        """Return how the counts are to be read."""
        known = _("What is shown is what is known: a status counts from the day it became true, whenever recorded.")
        return [known, *([lapsed_note(self.chosen.stale_after)] if any(point.lapsed for point in self.points) else [])]

    def picture(self, lang: str) -> Picture:
        """Return the counts as layers, from the completed up to those not established."""
        held = [role for role in LAYERS if any(_number(point, role) for point in self.points)]
        layers = [Layer(role, _label(role), [_number(point, role) for point in self.points]) for role in held]
        last = self.points[-1]
        now = listed([f"{_number(last, role)} {_label(role)}" for role in reversed(held)])
        return Picture(
            title=_(_SAID[self.period]),
            source=title_of(self.plenaries, lang),
            description=_("On {day}: {counts}.", day=in_words(last.key), counts=now),
            drawing=Series(self.start, [point.key for point in self.points], layers, marks_of(self.later)),
            notes=self.notes(),
        )


_ROOM = 58  # columns for a bar of signs on a screen of 80


def _number(point: Group, role: str) -> int:
    if role == "lapsed":
        return point.lapsed
    return point.counts[Status(role)] - (point.lapsed if role == Status.CONTINUING else 0)


def _label(role: str) -> str:
    return _("lapsed") if role == "lapsed" else short_label(role)


def steps(view: View, chosen: Listing, period: str) -> Steps:
    """Answer how the measures listed stood at the end of each period, or of longer ones where these would be many."""
    found = tracks(view, chosen.standings, chosen.stale_after)
    start = min((track.agreed for track in found), default="")
    chosen_period, ends = parted(start, view.as_of, period, _MOST) if start else (period, [])
    points = [_counted(found, day) for day in ends]
    agreeing, later = plenaries_of(view, chosen)
    return Steps(view.context, chosen, chosen_period, start, points, agreeing, later)


def _counted(found: Sequence[Track], day: str) -> Group:
    phases = [phase for track in found if (phase := track.at(day))]
    return Group(day, {"en": day}, by_status(phase.status for phase in phases), sum(phase.lapsed for phase in phases))
