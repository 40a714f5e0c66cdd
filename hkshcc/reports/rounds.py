"""The reporting rounds, and on how many measures an owner reported in each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from hkshcc.language import _, listed, ngettext, sentence
from hkshcc.register.dates import FOREVER, in_words, span
from hkshcc.register.model import Round
from hkshcc.reports.page import Cell, Column, Page, ReportContext, Row, Span, Table, View, recorded_as


@dataclass(frozen=True)
class Rounds:
    """The reporting rounds, and how many measures had a return in each."""

    context: ReportContext
    rounds: Sequence[tuple[Round, int, int, int]]  # news on how many, nil returns alone on how many, of how many

    schema: ClassVar[str] = "hkshcc.rounds/1"
    rows: ClassVar[str] = "rounds"
    fields: ClassVar[Sequence[str]] = ("name", "opened", "due", "closed", "reported", "measures", "nil", "alias")
    brief: ClassVar[Sequence[str]] = ("name", "opened", "due", "closed", "reported", "measures")

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each."""
        return [
            {
                "name": entered.name,
                "opened": entered.opened,
                "due": entered.due,
                "closed": entered.closed,
                "reported": reported,
                "measures": measures,
                "nil": nil,
                "alias": entered.alias,
            }
            for entered, reported, nil, measures in self.rounds
        ]

    def data(self) -> dict[str, Any]:
        """Return the rounds for machines."""
        return {**self.context.data(self.schema), "rounds": self.items()}

    def page(self, lang: str) -> Page:
        """Return the rounds as a table."""
        rows = [
            Row(
                [
                    Span(entered.name, "ref"),
                    in_words(entered.opened),
                    in_words(entered.due),
                    in_words(entered.closed) if entered.closed else self._open(entered),
                    _reported(reported, nil, measures),
                ],
                recorded_as(entered.alias),
            )
            for entered, reported, nil, measures in self.rounds
        ]
        columns = [
            Column(_("Round"), overflow="wrap"),
            Column(_("Opened")),
            Column(_("Due")),
            Column(_("Closed")),
            Column(_("Reported on")),
        ]
        return Page([Table(columns, rows, header=True)] if rows else [], self.footer(lang), _("Reporting rounds"))

    def footer(self, _lang: str) -> Sequence[str]:
        """Return how many there are, or how the first is opened."""
        number = ngettext("{n} round", "{n} rounds", len(self.rounds))
        if not self.rounds:
            number = sentence(number, _("`hkshcc round open NAME --due DATE` opens one"))
        return [number, *self.context.past_lines()]

    def _open(self, entered: Round) -> Cell:
        if self.context.as_of > entered.due:
            return Span(_("open, {time} past due", time=span(entered.due, self.context.as_of)), "bad")
        return _("open")


def _reported(reported: int, nil: int, measures: int) -> str:
    said = _("{count} of {total}", count=reported, total=measures)
    return listed([said, ngettext("{n} nil return", "{n} nil returns", nil)]) if nil else said


def latest_open(view: View) -> Round | None:
    """Return the round that was opened last of those that are open; None where none is."""
    still_open = [entered for entered in view.register.rounds(view.as_of) if entered.closed is None]
    return still_open[-1] if still_open else None


def rounds(view: View) -> Rounds:
    """Answer which rounds there are, and on how many measures an owner reported in each."""
    register = view.register
    standings = register.standings(register.measures(view.as_of), view.as_of)
    rows = []
    for entered in register.rounds(view.as_of):
        end = entered.closed or FOREVER
        answers = [
            [bool(entry.nil) for entry in standing.events if entry.by and entered.opened <= entry.recorded[:10] <= end]
            for standing in standings
        ]
        nil = sum(bool(each) and all(each) for each in answers)
        rows.append((entered, sum(map(bool, answers)) - nil, nil, len(standings)))
    return Rounds(view.context, rows)
