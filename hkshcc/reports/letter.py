"""The letters of a chase: to each body, what is asked of it, by when, on which measures, and where to send it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from hkshcc.language import N_, _, ngettext
from hkshcc.register.dates import long_form
from hkshcc.register.model import Body
from hkshcc.register.vocabulary import CONFERENCE, NO_OWNER, in_language, label, short_label
from hkshcc.reports.chase import Chase, Debt, Owed
from hkshcc.reports.event_text import with_day
from hkshcc.reports.listing import due, latest_news
from hkshcc.reports.page import (
    Block,
    Cell,
    Column,
    Heading,
    KeyValue,
    KeyValues,
    Lines,
    Page,
    Piece,
    Row,
    Span,
    Table,
    Text,
    blank,
    named,
    to,
)


class Sending(NamedTuple):
    """Where answers are to be sent, if that was said, and the ending of the forms that go with the letters, if any."""

    return_to: str = ""
    forms: str = ""


NOWHERE = Sending()


@dataclass(frozen=True)
class Letter:
    """What one body is asked, as a page of its own in its language."""

    chase: Chase
    debt: Debt
    sending: Sending = NOWHERE

    schema: ClassVar[str] = "hkshcc.note/1"
    rows: ClassVar[str] = "owed"
    fields: ClassVar[Sequence[str]] = Chase.fields
    brief: ClassVar[Sequence[str]] = ()

    @property
    def name(self) -> str:
        """The body's code, as a file's name wants it."""
        return self.debt.body.code if self.debt.body else NO_OWNER

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each measure on which it asks."""
        return self._own().items()

    def data(self) -> dict[str, Any]:
        """Return the letter for machines."""
        return {**self._own().data(), "schema": self.schema}

    def footer(self, _lang: str) -> Sequence[str]:
        """Return what it was drawn from."""
        return self.chase.context.lines()

    def _own(self) -> Chase:
        return Chase(self.chase.context, self.chase.round, [self.debt])

    def page(self, lang: str) -> Page:
        """Return the letter; of measures that nobody answers for, the list alone, for whoever keeps the register."""
        if self.debt.body is None:
            blocks: list[Block] = [
                Heading(_("Measures without an owner"), level=1),
                Text([_(_NOBODY)]),
                blank(),
                self._list(lang),
            ]
            return Page([*blocks, blank()], self.footer(lang))
        return Page([*self._letter(self.debt.body, lang), blank()], self.footer(lang))

    def _letter(self, body: Body, lang: str) -> list[Block]:
        name = in_language(body.name, lang)
        heads = [
            KeyValue(_("To"), _("{name} ({code}), {side}", name=name, code=body.code, side=label(body.side))),
            KeyValue(_("Date"), long_form(self.chase.context.as_of)),
        ]
        if self.chase.round:
            heads.append(KeyValue(_("Round"), self.chase.round.name))
        return [
            Heading(_("Request for a return: {conference}", conference=CONFERENCE[lang]), level=1),
            KeyValues(heads, indent=0),
            blank(),
            Text([_("Dear colleagues at the {name},", name=name)]),
            blank(),
            Text([self._asked()]),
            *self._deadline(),
            blank(),
            self._list(lang),
            blank(),
            *(Text([said]) for said in self._how()),
            blank(),
            Text([_("Thank you for your help.")]),
        ]

    def _asked(self) -> str:
        return ngettext(
            "Please tell us how far the measure below has come, for which you answer alone or with others.",
            "Please tell us how far the {n} measures below have come, for which you answer alone or with others.",
            len(self.debt.owed),
        )

    def _deadline(self) -> list[Block]:
        """Return by when a return is asked for; without a round there is no day."""
        entered = self.chase.round
        if entered is None:
            return []
        return [Text([Span(_("Please return your answer by {day}.", day=long_form(entered.due)), "strong")])]

    def _how(self) -> list[str]:
        """Return what to say of each measure, on what, and where to send it."""
        said = [_(_WANTED), _(_NIL)]
        if self.sending.forms:
            name = f"{self.name}{self.sending.forms}"
            said.append(_("The form {name} comes with this letter: please fill it in and send it back.", name=name))
        where = self.sending.return_to
        return [
            *said,
            _("Please send your answer to: {where}", where=where)
            if where
            else _("Please send your answer to the office that sent you this letter."),
        ]

    def _list(self, lang: str) -> Table:
        columns = [
            Column(_("Ref")),
            Column(_("What was agreed"), overflow="wrap"),
            Column(_("On record so far"), overflow="wrap"),
            Column(_("Next step, by"), overflow="wrap"),
        ]
        return Table(columns, [self._row(owed, lang) for owed in self.debt.owed], header=True)

    def _row(self, owed: Owed, lang: str) -> Row:
        standing, step = owed
        body, summary = self.debt.body, named(standing.measure.summary, lang)
        status = standing.side(body.side).status if body else standing.status
        lines: list[list[Piece]] = []
        if not standing.closed:  # else nothing is next, nor late, though this side may not have said so yet
            lines += [[with_day(step)]] if step else []
            lines += [[due(standing)]] if standing.target else []
        cells: list[Cell] = [
            to(standing.measure.ref),
            Lines([[named(standing.measure.title, lang, "strong")], [summary] if summary.text else []]),
            [Span(short_label(status), status), latest_news(standing, self.chase.context.as_of)],
            Lines(lines or [[Span("–", "dim")]]),
        ]
        return Row(cells, anchor=standing.measure.ref)


_WANTED = N_(
    "For each measure please say its status, judged by the wording of the measure; what was done, and on which day; a"
    " link or a reference as evidence; the next step, and by which day it will be taken."
)
_NIL = N_("Where there is no news, please say so: that is an answer too.")
_NOBODY = N_("No body answers for these measures. `hkshcc assign` names one.")


def letters(chase: Chase, sending: Sending = NOWHERE) -> list[Letter]:
    """Return a letter for each body that owes a return, and a list of the measures that nobody answers for."""
    return [Letter(chase, debt, sending) for debt in chase.debts]
