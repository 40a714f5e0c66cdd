"""How measures stood from the day they were agreed until the view's day: what pictures over time are drawn from."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from hkshcc.errors import UsageError
from hkshcc.language import ngettext
from hkshcc.register.dates import FOREVER, days_in_month, shifted
from hkshcc.register.index import Register
from hkshcc.register.model import Plenary
from hkshcc.register.standing import Standing, standing_of
from hkshcc.register.vocabulary import SIDES, Status
from hkshcc.reports.drawings import Mark
from hkshcc.reports.listing import Listing
from hkshcc.reports.page import View, nth_plenary

MONTHS = {"quarter": 3, "half": 6, "year": 12}  # of a period


class Phase(NamedTuple):
    """How a measure and each of its sides stood from a day until another (ISO, both included), and what had lapsed."""

    start: str
    end: str
    status: Status
    hk: Status
    sh: Status
    lapsed: bool
    lapsed_sides: tuple[str, ...]

    @property
    def role(self) -> str:
        """The status, of a continuing measure that had lapsed that."""
        return "lapsed" if self.lapsed else str(self.status)

    @property
    def roles(self) -> tuple[str, str]:
        """The same of each side, Hong Kong's first."""
        hk, sh = ("lapsed" if side in self.lapsed_sides else str(getattr(self, side)) for side in SIDES)
        return hk, sh

    def data(self) -> dict[str, object]:
        """Return it for machines."""
        return {
            "from": self.start,
            "until": self.end,
            "status": str(self.status),
            "status_hk": str(self.hk),
            "status_sh": str(self.sh),
            "lapsed": self.lapsed,
        }


class Dot(NamedTuple):
    """A day (ISO) on which evidence became known, how precisely that day is known, and how many pieces it was."""

    on: str
    precision: str
    pieces: int


class Track(NamedTuple):
    """A measure over time: as it stands, the phases before, and its evidence. ``agreed`` is a day (ISO)."""

    standing: Standing
    agreed: str
    phases: Sequence[Phase]
    dots: Sequence[Dot]

    def at(self, day: str) -> Phase | None:
        """Return how it stood at the end of a day; None before it was agreed."""
        return next((phase for phase in self.phases if phase.start <= day <= phase.end), None)


def tracks(view: View, standings: Sequence[Standing], stale_after: int) -> list[Track]:
    """Return how measures stood over time; one has lapsed as for ``standing_of``."""
    return [_track(view.register, standing, view.as_of, stale_after) for standing in standings]


def _track(register: Register, standing: Standing, as_of: str, stale_after: int) -> Track:
    agreed = register.agreed_on(standing.measure.ref)
    told = [Dot(entry.on or "", entry.precision or "day", len(entry.evidence or ())) for entry in standing.telling]
    return Track(standing, agreed, _phases(standing, agreed, as_of, stale_after), told)


def _phases(standing: Standing, agreed: str, as_of: str, stale_after: int) -> list[Phase]:
    """Fold the measure's events on each day on which its standing can change, and put equal days together."""
    told = {entry.on for entry in standing.events if entry.on}
    turns = {agreed, *told, *(day for on in told if (day := _lapsing(on, stale_after)))}
    days = sorted(day for day in turns if agreed <= day <= as_of)
    found: list[Phase] = []
    for day, following in pairwise([*days, ""]):
        events = [entry for entry in standing.events if (entry.on or "") <= day]
        then = standing_of(standing.measure, events, day, stale_after)
        end = shifted(following, -1) if following else as_of
        phase = Phase(day, end, then.status, then.hk.status, then.sh.status, then.lapsed, then.lapsed_sides)
        if found and found[-1][2:] == phase[2:]:
            phase = phase._replace(start=found.pop().start)
        found.append(phase)
    return found


def _lapsing(day: str, stale_after: int) -> str | None:
    """Return the first day on which what was told on a day is stale; None beyond the calendar."""
    try:
        return shifted(day, stale_after + 1) if day < FOREVER else None
    except (UsageError, OverflowError):
        return None


def lapsed_note(stale_after: int) -> str:
    """Return what lapsed means."""
    return ngettext(
        "Lapsed: continuing, but without an update or evidence for more than {n} day.",
        "Lapsed: continuing, but without an update or evidence for more than {n} days.",
        stale_after,
    )


def marks_of(plenaries: Sequence[Plenary]) -> list[Mark]:
    """Return plenaries as days that matter to a picture."""
    return [Mark(plenary.date, nth_plenary(plenary.number)) for plenary in plenaries]


def plenaries_of(view: View, chosen: Listing) -> tuple[list[Plenary], list[Plenary]]:
    """Return the plenaries that agreed the measures listed, and those held since the first of them."""
    held: Mapping[int, Plenary] = view.register.plenaries
    numbers = {standing.measure.plenary for standing in chosen.standings}
    agreeing = [held[number] for number in sorted(numbers & held.keys())]
    first = min((plenary.date for plenary in agreeing), default="")
    later = [plenary for plenary in held.values() if first < plenary.date <= view.as_of] if first else []
    return agreeing, sorted(later, key=lambda plenary: plenary.date)


def ends_of(start: str, last: str, period: str) -> list[str]:
    """Return the days (ISO) on which the periods from one day to another end; the last one ends on the other."""
    months = MONTHS[period]
    year, month = int(start[:4]), (int(start[5:7]) + months - 1) // months * months
    found = []
    while (day := f"{year:04}-{month:02}-{days_in_month(year, month):02}") < last:
        found.append(day)
        year, month = (year, month + months) if month + months <= 12 else (year + 1, month + months - 12)
    return [*found, last]


def parted(start: str, last: str, period: str, most: int) -> tuple[str, list[str]]:
    """Return the shortest period from ``period`` on of which there are at most so many, and the days they end on."""
    longer = list(MONTHS)[list(MONTHS).index(period) :]
    found = [(each, ends_of(start, last, each)) for each in longer]
    return next((part for part in found if len(part[1]) <= most), found[-1])
