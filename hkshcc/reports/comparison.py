"""The comparison: the numbers of the progress report at the ends of two days, side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from hkshcc.language import N_, _, in_every_language
from hkshcc.register.dates import in_words, long_form
from hkshcc.register.vocabulary import Status, in_language, short_label
from hkshcc.reports.counts import Group
from hkshcc.reports.groups import HEADINGS
from hkshcc.reports.page import (
    Block,
    Cell,
    Column,
    Heading,
    Page,
    ReportContext,
    Row,
    Span,
    Table,
    Text,
    all_languages,
    blank,
)
from hkshcc.reports.progress import Progress, headline_label

# What is counted besides measures and their statuses; the first three qualify the status above them.
_OF_STATUS = {
    Status.UNKNOWN: ("unknown_with_evidence", N_("with related evidence")),
    Status.IN_PROGRESS: ("stalled", N_("stalled")),
    Status.CONTINUING: ("lapsed", N_("lapsed")),
}
_AT_THE_END = {"overdue": N_("overdue"), "reported": N_("reported on by an owner")}


class Number(NamedTuple):
    """One count of a group at the two days; ``key`` is the group's, ``all`` where it counts every measure."""

    key: str
    names: Mapping[str, str | None]
    what: str
    then: int
    now: int

    @property
    def change(self) -> int:
        """By how much it grew; less than 0 where it fell."""
        return self.now - self.then


@dataclass(frozen=True)
class Comparison:
    """Two progress reports, of an earlier and of a later day, in numbers."""

    earlier: Progress
    later: Progress

    schema: ClassVar[str] = "hkshcc.comparison/1"
    rows: ClassVar[str] = "numbers"
    fields: ClassVar[Sequence[str]] = ("key", "name", "what", "then", "now", "change")
    brief: ClassVar[Sequence[str]] = ()

    @property
    def context(self) -> ReportContext:
        """As of when the later holds, and drawn from what."""
        return self.later.context

    def numbers(self) -> list[Number]:
        """Return every count of all measures, then of each group."""
        found = _numbers("all", in_every_language(N_("all measures")), _all(self.earlier), _all(self.later))
        then = {group.key: group for group in self.earlier.groups}
        now = {group.key: group for group in self.later.groups}
        for key in dict.fromkeys([*now, *then]):
            group = now.get(key) or then[key]
            found += _numbers(key, group.names, _of(then.get(key)), _of(now.get(key)))
        return found

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each count."""
        return [
            {
                "key": number.key,
                "name": all_languages(number.names),
                "what": number.what,
                "then": number.then,
                "now": number.now,
                "change": number.change,
            }
            for number in self.numbers()
        ]

    def data(self) -> dict[str, Any]:
        """Return the comparison for machines."""
        return {
            **self.context.data(self.schema),
            "since": self.earlier.context.as_of,
            "until": self.context.as_of,
            "group": self.later.group_by,
            "stalled_after": self.later.stalled_after,
            "stale_after": self.later.chosen.stale_after,
            "numbers": self.items(),
        }

    def page(self, lang: str) -> Page:
        """Return the numbers of all measures, then those of each group."""
        days = {"since": long_form(self.earlier.context.as_of), "until": long_form(self.context.as_of)}
        blocks: list[Block] = [
            Heading(self.later.title(lang), level=1),
            Text([_("Progress from the end of {since} to the end of {until}", **days)]),
            *self.later.chosen.only(),
            blank(),
        ]
        if not self.later.standings and not self.earlier.standings:
            blocks.append(Text([_("No measure is in the register on that day.")], indent=2))
            return Page(blocks, self.footer(lang))
        numbers = self.numbers()
        whole = [number for number in numbers if number.key == "all"]
        blocks += [self._table("", [_row(number) for number in whole if _worth(number)]), blank()]
        rows: list[Row] = []
        for key in dict.fromkeys(number.key for number in numbers if number.key != "all"):
            own = [number for number in numbers if number.key == key]
            name = in_language(dict(own[0].names), lang) or key
            rows.append(Row([Span(name, "strong"), *_counts(own[0])]))
            rows += [_row(number) for number in own[1:] if number.then or number.now]
        blocks += [self._table(_(HEADINGS[self.later.group_by]), rows), blank()]
        return Page(blocks, self.footer(lang))

    def footer(self, _lang: str) -> Sequence[str]:
        """Return what it was drawn from."""
        return self.context.lines()

    def _table(self, name: str, rows: Sequence[Row]) -> Table:
        columns = [
            Column(name, overflow="wrap"),
            Column(in_words(self.earlier.context.as_of), right=True),
            Column(in_words(self.context.as_of), right=True),
            Column(_("Change"), right=True),
        ]
        return Table(columns, rows, header=True)


def _all(report: Progress) -> dict[str, int]:
    found: dict[str, int] = {"total": len(report.standings)}
    qualities = {
        "unknown_with_evidence": report.unknown_with_evidence,
        "stalled": report.stalled,
        "lapsed": report.lapsed,
    }
    for status, count in report.counts.items():
        found[status] = count
        if status in _OF_STATUS:
            name = _OF_STATUS[status][0]
            found[name] = qualities[name]
    found["overdue"] = sum(standing.timeliness == "overdue" for standing in report.standings)
    found["reported"] = len(report.standings) - report.silent
    return found


def _of(group: Group | None) -> dict[str, int]:
    found: dict[str, int] = {"total": group.total if group else 0}
    for status in Status:
        found[status] = group.counts[status] if group else 0
        if status == Status.CONTINUING:
            found["lapsed"] = group.lapsed if group else 0
    return found


def _numbers(
    key: str, names: Mapping[str, str | None], then: Mapping[str, int], now: Mapping[str, int]
) -> list[Number]:
    return [Number(key, names, what, then[what], now[what]) for what in now]


def _worth(number: Number) -> bool:
    return bool(number.then or number.now) or number.what in {"total", "overdue", "reported", Status.UNKNOWN}


def _row(number: Number) -> Row:
    """Return a count at both days; what qualifies a status belongs to it, and that to all."""
    label, level = _label(number)
    return Row([label, *_counts(number)], level=level)


def _label(number: Number) -> tuple[Span, int]:
    if number.what == "total":
        return Span(_("measures"), "strong"), 0
    for name, said in _OF_STATUS.values():
        if number.what == name:
            return Span(_(said), "lapsed" if name == "lapsed" else "dim"), 2
    if number.what in _AT_THE_END:
        return Span(_(_AT_THE_END[number.what])), 1
    status = Status(number.what)
    return Span(headline_label(status) if number.key == "all" else short_label(status), status), 1


def _counts(number: Number) -> list[Cell]:
    change = f"{number.change:+}" if number.change else "="
    return [str(number.then), str(number.now), Span(change, "" if number.change else "dim")]
