"""Measures counted by status: the counts of a group, its bar, and what its signs stand for."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hkshcc.language import _
from hkshcc.register.dates import long_form
from hkshcc.register.model import Plenary
from hkshcc.register.standing import Standing
from hkshcc.register.vocabulary import CONFERENCE, Status, short_label
from hkshcc.reports.page import Bar, Key, Legend, Part, nth_plenary

# One sign a measure, so that a bar can be counted without colour.
SIGNS = {
    Status.UNKNOWN: "·",
    Status.NOT_STARTED: "o",
    Status.IN_PROGRESS: ">",
    Status.CONTINUING: "≈",
    Status.MODIFIED: "%",
    Status.COMPLETED: "#",
    Status.NOT_PURSUED: "x",
}
# Of the numbers of a group, as programs read them.
NUMBERS = ("total", *(str(status).replace("-", "_") for status in Status), "lapsed")
LAPSED = "~"  # a continuing measure that has lapsed


class Group(NamedTuple):
    """A row of the report: how many measures of each status, and how many of the continuing ones have lapsed."""

    key: str
    names: dict[str, str | None]
    counts: dict[Status, int]
    lapsed: int

    @property
    def total(self) -> int:
        """How many measures the group has."""
        return sum(self.counts.values())

    def numbers(self) -> dict[str, int]:
        """Return the counts for machines."""
        return dict(zip(NUMBERS, (self.total, *self.counts.values(), self.lapsed), strict=True))


def by_status(statuses: Iterable[Status]) -> dict[Status, int]:
    """Return how many there are of each status, in the order of the statuses; 0 where there are none."""
    counts = dict.fromkeys(Status, 0)
    for status in statuses:
        counts[status] += 1
    return counts


def counts_of(standings: Iterable[Standing]) -> dict[str, int]:
    """Return how many measures have each status, by its name, for machines."""
    return {str(status): count for status, count in by_status(standing.status for standing in standings).items()}


def title_of(plenaries: Sequence[Plenary], lang: str) -> str:
    """Return the name of the conference, with plenaries and their days."""
    named = [
        _("{plenary} ({day})", plenary=nth_plenary(plenary.number), day=long_form(plenary.date))
        for plenary in plenaries
    ]
    return _(", ").join([CONFERENCE[lang], *named])


def bar(group: Group, per_sign: int = 1, total: int | None = None) -> Bar:
    """Return a group's measures by status, those that lapsed apart; ``per_sign`` and ``total`` as of a bar."""
    parts: list[Part] = []
    for status, count in group.counts.items():
        lapsed = group.lapsed if status == Status.CONTINUING else 0
        parts += [
            Part(SIGNS[status], status, count - lapsed, short_label(status)),
            Part(LAPSED, "lapsed", lapsed, _("lapsed")),
        ]
    return Bar([part for part in parts if part.number], per_sign, total)


def legend(groups: Sequence[Group], scale: str = "") -> Legend:
    """Return what the signs of these groups' bars stand for."""
    keys: list[Key] = []
    for status in Status:
        if any(group.counts[status] for group in groups):
            keys.append(Key(SIGNS[status], status, short_label(status)))
        if status == Status.CONTINUING and any(group.lapsed for group in groups):
            keys.append(Key(LAPSED, "lapsed", _("lapsed")))
    return Legend(keys, scale)
