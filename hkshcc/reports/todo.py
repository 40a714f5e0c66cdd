"""What to do next: one list, the most pressing first, each measure once with all its reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from hkshcc.language import N_, _, listed
from hkshcc.register.dates import in_words, long_form, span
from hkshcc.register.model import Round
from hkshcc.register.standing import Standing
from hkshcc.reports.attention import concerns
from hkshcc.reports.chase import chase
from hkshcc.reports.event_text import no_news_since
from hkshcc.reports.filters import is_stalled
from hkshcc.reports.listing import Listing
from hkshcc.reports.page import (
    Block,
    Column,
    Heading,
    Page,
    ReportContext,
    Row,
    Span,
    Table,
    Text,
    View,
    all_languages,
    because,
    blank,
    named,
    to,
)

# The most pressing first. What was completed late, or is due later than it was, leaves nothing to do now.
REASONS = (
    N_("overdue"), N_("step overdue"), N_("due soon"), N_("flagged"), N_("moved back"), N_("sides differ"),
    N_("stalled"), N_("lapsed"), N_("owed"),
)  # fmt: skip
_BAD = {"overdue", "step overdue"}


class Reason(NamedTuple):
    """Why something is to be done, in a word and in detail, and the day (ISO) by which it is or was due, if any."""

    what: str
    detail: str
    day: str = ""


class Task(NamedTuple):
    """A measure on which something is to be done: why, the most pressing reason first, and who owes a return on it."""

    standing: Standing
    reasons: Sequence[Reason]
    owed: Sequence[str]


@dataclass(frozen=True)
class Todo:
    """What is to be done on the measures chosen."""

    context: ReportContext
    chosen: Listing
    round: Round | None
    tasks: Sequence[Task]

    schema: ClassVar[str] = "hkshcc.todo/1"
    rows: ClassVar[str] = "tasks"
    fields: ClassVar[Sequence[str]] = (
        "reason", "ref", "title", "detail", "reasons", "status", "target", "last_on", "evidence_on", "owed",
    )  # fmt: skip
    brief: ClassVar[Sequence[str]] = ("reason", "ref", "title", "detail", "owed")

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each measure; ``reason`` is the most pressing of its reasons."""
        return [
            {
                "reason": reasons[0].what,
                "ref": standing.measure.ref,
                "title": all_languages(standing.measure.title),
                "detail": reasons[0].detail or None,
                "reasons": [reason.what for reason in reasons],
                "status": str(standing.status),
                "target": standing.target["date"] if standing.target else None,
                "last_on": standing.last_update.on if standing.last_update else None,
                "evidence_on": standing.last_evidence.on if standing.last_evidence else None,
                "owed": list(owed),
            }
            for standing, reasons, owed in self.tasks
        ]

    def data(self) -> dict[str, Any]:
        """Return the list for machines."""
        return {
            **self.context.data(self.schema),
            "round": self.round._asdict() if self.round else None,
            "total": len(self.chosen.standings),
            "counts": dict(self._counts()),
            "tasks": self.items(),
        }

    def page(self, lang: str) -> Page:
        """Return the list, with the reasons of each measure below it."""
        blocks: list[Block] = [Heading(_("To do, {day}", day=long_form(self.context.as_of)), level=1)]
        if self.round:
            blocks.append(Text([self._due(self.round)]))
        blocks.append(blank())
        rows = []
        for standing, reasons, owed in self.tasks:
            first, *others = reasons
            measure, role = standing.measure, "bad" if first.what in _BAD else "strong"
            cells = [Span(_(first.what), role), to(measure.ref), named(measure.title, lang)]
            details = [first.detail, *(because(_(other.what), other.detail) for other in others)]
            if owed:
                details.append(_("return owed by {bodies}", bodies=listed(owed)))
            rows.append(Row(cells, [Span(detail, "dim") for detail in details if detail], anchor=measure.ref))
        if rows:
            blocks += [Table([Column(""), Column(""), Column("", overflow="wrap")], rows), blank()]
        return Page(blocks, self.footer(lang))

    def footer(self, _lang: str) -> Sequence[str]:
        """Return how many measures there is something to do on, by their most pressing reasons."""
        number = _("Something to do on {count} of {total} measures", count=len(self.tasks), total=self.chosen.total)
        if filters := self.chosen.filters.in_words(self.chosen.areas):
            number = _("{what} ({why})", what=number, why=filters)
        said = listed([f"{count} {_(what)}" for what, count in self._counts()])
        return [because(number, said), *self.context.past_lines()]

    def _counts(self) -> list[tuple[str, int]]:
        first = [task.reasons[0].what for task in self.tasks]
        return [(what, first.count(what)) for what in REASONS if what in first]

    def _due(self, entered: Round) -> str:
        today = self.context.as_of
        if today == entered.due:
            when = _("today")
        elif today < entered.due:
            when = _("in {time}", time=span(today, entered.due))
        else:
            when = _("{time} ago", time=span(entered.due, today))
        day = in_words(entered.due)
        return _("Returns of round {name} are due {day} ({when})", name=entered.name, day=day, when=when)


def todo(view: View, chosen: Listing, stalled_after: int, entered: Round | None) -> Todo:
    """Answer what is to be done on the measures listed; a return is owed in a round, or at all where there is none."""
    owed: dict[str, list[str]] = {}
    for debt in chase(view, entered, None).debts:
        for each in debt.owed if debt.body else ():
            owed.setdefault(each.standing.measure.ref, []).append(debt.body.code if debt.body else "")
    tasks = [
        Task(standing, reasons, owed.get(standing.measure.ref, []))
        for standing in chosen.standings
        if (reasons := _reasons(standing, view.as_of, stalled_after, owed))
    ]
    tasks.sort(key=_urgency)
    return Todo(view.context, chosen, entered, tasks)


def _reasons(standing: Standing, as_of: str, stalled_after: int, owed: Mapping[str, Sequence[str]]) -> list[Reason]:
    found = [Reason(item.what, item.detail, item.day) for item in concerns(standing, as_of)]
    if is_stalled(standing, as_of, stalled_after):
        found.append(Reason("stalled", no_news_since(standing.latest)))
    if standing.lapsed:
        found.append(Reason("lapsed", no_news_since(standing.latest)))
    if standing.measure.ref in owed:
        found.append(Reason("owed", ""))
    found = [reason for reason in found if reason.what in REASONS]
    found.sort(key=lambda reason: (REASONS.index(reason.what), reason.day))
    # Who owes is said in a line of its own; it is a reason only where there is no other.
    return [reason for reason in found if reason.what != "owed"] or found


def _urgency(task: Task) -> tuple[int, str]:
    """Put tasks in order: by reason, then what was due first or has been silent for longest."""
    what, standing = task.reasons[0].what, task.standing
    if what in {"overdue", "step overdue", "due soon"}:
        return REASONS.index(what), task.reasons[0].day
    if what in {"stalled", "lapsed"} and standing.latest:
        return REASONS.index(what), standing.latest.on or ""
    return REASONS.index(what), ""
