"""The chase: what each body owes, so that it can be asked. It never sends anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from hkshcc.language import _, ngettext, sentence
from hkshcc.register.basis import answered, settled
from hkshcc.register.dates import in_words, span
from hkshcc.register.index import Register
from hkshcc.register.model import Body, Entry, Round, Target
from hkshcc.register.standing import Standing
from hkshcc.register.vocabulary import Status, in_language, label, short_label
from hkshcc.reports.event_text import with_day
from hkshcc.reports.listing import latest_news
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
    View,
    all_languages,
    because,
    blank,
    named,
    to,
)


class Owed(NamedTuple):
    """A measure on which a return is owed, and what was said last of the next step."""

    standing: Standing
    step: Entry | None


class Debt(NamedTuple):
    """What one body owes; nobody's debts have no body."""

    body: Body | None
    owed: Sequence[Owed]


@dataclass(frozen=True)
class Chase:
    """What the bodies owe, in a round or at all; who owes most comes first, nobody's measures last."""

    context: ReportContext
    round: Round | None
    debts: Sequence[Debt]

    schema: ClassVar[str] = "hkshcc.chase/1"
    rows: ClassVar[str] = "owed"
    fields: ClassVar[Sequence[str]] = (
        "body", "side", "name", "ref", "title", "status", "last_on", "next", "target", "target_original", "slips",
        "timeliness", "evidence_on", "next_by",
    )  # fmt: skip
    brief: ClassVar[Sequence[str]] = ()

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each."""
        return [
            {
                "body": debt.body.code if debt.body else None,
                "side": debt.body.side if debt.body else None,
                "name": all_languages(debt.body.name) if debt.body else None,
                "ref": standing.measure.ref,
                "title": all_languages(standing.measure.title),
                "status": str(standing.status),
                "last_on": standing.last_update.on if standing.last_update else None,
                "next": step.next if step else None,
                "target": standing.target["date"] if standing.target else None,
                "target_original": standing.target_original["date"] if standing.target_original else None,
                "slips": len(standing.slips),
                "timeliness": standing.timeliness,
                "evidence_on": standing.last_evidence.on if standing.last_evidence else None,
                "next_by": step.next_by if step else None,
            }
            for debt in self.debts
            for standing, step in debt.owed
        ]

    def data(self) -> dict[str, Any]:
        """Return what is owed for machines, a row for each body and measure."""
        return {
            **self.context.data(self.schema),
            "round": self.round._asdict() if self.round else None,
            "owed": self.items(),
        }

    def page(self, lang: str) -> Page:
        """Return a block for each body."""
        blocks: list[Block] = [*self._heading(), blank()]
        for debt in self.debts:
            blocks += [*self._block(debt, lang), blank()]
        if not self.debts:
            blocks += [Text([_("No returns are owed.")], indent=2), blank()]
        return Page(blocks, self.footer(lang))

    def footer(self, _lang: str) -> Sequence[str]:
        """Return what it was drawn from."""
        return self.context.lines()

    def rule(self) -> str:
        """Return what counts as owed."""
        if self.round is None:
            return _(
                "Owed: a return on each measure on which that side has never reported, or not since somebody else"
                " closed it. Nothing is owed on what an official source shows to be closed or the conference accepted."
            )
        return _(
            "Owed: a return on each measure on which that side has not reported since {day}. Nothing is owed on what it"
            " has closed itself, an official source shows to be closed, or the conference accepted.",
            day=in_words(self.round.opened),
        )

    def _heading(self) -> list[Block]:
        if self.round is None:
            return [Heading(_("Returns owed; no round is open"), level=1), Text([self.rule()])]
        closed = self.round.closed
        state = _("closed {day}", day=in_words(closed)) if closed else self._time_left()
        due = in_words(self.round.due)
        title = _("Returns owed in round {name}, due {day} ({state})", name=self.round.name, day=due, state=state)
        return [Heading(title, level=1), Text([self.rule()])]

    def _time_left(self) -> str:
        assert self.round is not None  # noqa: S101  only a round has time left
        today, due = self.context.as_of, self.round.due
        if today == due:
            return _("today")
        return _("in {time}", time=span(today, due)) if today < due else _("{time} ago", time=span(due, today))

    def _block(self, debt: Debt, lang: str) -> list[Block]:
        if debt.body:
            name = _("{name}, {side}", name=in_language(debt.body.name, lang), side=label(debt.body.side))
        else:
            name = _("no owner")
        rows = [self._measure(owed, debt.body, lang) for owed in debt.owed]
        table = Table([Column(""), Column("", overflow="wrap")], rows)
        heading = because(name, ngettext("{n} return", "{n} returns", len(debt.owed)))
        return [Heading(heading, ref=debt.body.code if debt.body else ""), table]

    def _measure(self, owed: Owed, body: Body | None, lang: str) -> Row:
        standing, step = owed
        details: list[Cell] = [self._last(standing, standing.side(body.side).status if body else standing.status)]
        if step:
            details.append(_("next step reported: {text}", text=with_day(step)))
        if standing.target:
            role = "bad" if standing.timeliness == "overdue" else ""
            details.append(Span(self._target(standing, standing.target), role))
        ref = standing.measure.ref
        return Row([to(ref), named(standing.measure.title, lang)], details, anchor=ref)

    def _last(self, standing: Standing, status: Status) -> Cell:
        """Return a side's status, and the latest news of all on the measure."""
        return [Span(short_label(status), status), latest_news(standing, self.context.as_of)]

    def _target(self, standing: Standing, target: Target) -> str:
        original = standing.target_original or target
        line = _("target {day}", day=in_words(target["date"], target["precision"]))
        if standing.slips:
            promised = in_words(original["date"], original["precision"])
            days = f"{standing.slip_days:+}"
            line = _("{target} ({days} days, moved from {day})", target=line, days=days, day=promised)
        if standing.timeliness == "overdue":
            line = sentence(line, _("overdue by {time}", time=span(target["date"], self.context.as_of)))
        return line


def chase(view: View, entered: Round | None, owner: Body | None) -> Chase:
    """Answer what the bodies owe in a round, or have never reported where there is none.

    A return from any owner of a side serves for that side: in the round; without one at any time, or since somebody
    else closed the measure. What its own word, an official source or the conference's acceptance has settled owes
    nothing; what the other side says settles nothing.
    """
    register = view.register
    owed: dict[str, list[Standing]] = {}
    nobody: list[Standing] = []
    for standing in register.standings(register.measures(view.as_of), view.as_of):
        reported = _reported_in(standing, entered, register) if entered else answered(standing, register.bodies)
        served = reported | settled(standing, register.bodies)
        for code in (other["body"] for other in standing.owners):
            if code in register.bodies and register.bodies[code].side not in served:
                owed.setdefault(code, []).append(standing)
        if not standing.owners and not standing.closed:
            nobody.append(standing)
    order = sorted(owed, key=lambda code: (-len(owed[code]), code))
    asked = [(register.bodies[code], owed[code]) for code in order if owner is None or owner.code == code]
    debts = [_debt(body, standings, register) for body, standings in asked]
    if nobody and owner is None:
        debts.append(_debt(None, nobody, register))
    return Chase(view.context, entered, debts)


def _debt(body: Body | None, standings: Sequence[Standing], register: Register) -> Debt:
    return Debt(body, [Owed(standing, standing.step_of(body, register.bodies)) for standing in standings])


def _reported_in(standing: Standing, entered: Round, register: Register) -> set[str]:
    """Return the sides that have reported in a round, by the day the register was told; a nil return answers it too."""
    returns = [entry for entry in standing.events if entry.by in register.bodies and _within(entry, entered)]
    return {register.bodies[entry.by].side for entry in returns if entry.by}


def _within(entry: Entry, entered: Round) -> bool:
    told = entry.recorded[:10]
    return entered.opened <= told and (entered.closed is None or told <= entered.closed)
