"""The documents signed, counted by year or plenary, and how the measures under them stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from hkshcc.language import _
from hkshcc.register.model import Instrument
from hkshcc.register.standing import Standing
from hkshcc.reports.counts import counts_of
from hkshcc.reports.instruments import bearing, documents_of
from hkshcc.reports.page import Column, Page, ReportContext, Row, Span, Table, View, nth_plenary, statuses_of

KEYS = ("year", "plenary")


class Signed(NamedTuple):
    """The documents of a year or plenary, and the measures that they bear on, each once."""

    key: str
    documents: Sequence[Instrument]
    standings: Sequence[Standing]


@dataclass(frozen=True)
class DocumentsBy:
    """How many documents were signed in each year or at each plenary."""

    context: ReportContext
    by: str
    signed: Sequence[Signed]

    schema: ClassVar[str] = "hkshcc.documents/1"
    rows: ClassVar[str] = "documents"
    fields: ClassVar[Sequence[str]] = ("key", "documents", "refs", "measures", "counts")
    brief: ClassVar[Sequence[str]] = ("key", "documents", "refs", "measures")

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each year or plenary."""
        return [
            {
                "key": key,
                "documents": len(documents),
                "refs": [instrument.ref for instrument in documents],
                "measures": len(standings),
                "counts": counts_of(standings),
            }
            for key, documents, standings in self.signed
        ]

    def data(self) -> dict[str, Any]:
        """Return the counts for machines."""
        return {**self.context.data(self.schema), "by": self.by, "documents": self.items()}

    def page(self, lang: str) -> Page:
        """Return the counts as a table."""
        columns = [
            Column(_("Year") if self.by == "year" else _("Plenary")),
            Column(_("Documents"), right=True),
            Column(_("Measures"), right=True),
            Column(_("Status"), overflow="wrap"),
        ]
        rows = [
            Row(
                [
                    Span(key if self.by == "year" else nth_plenary(int(key)), "ref"),
                    str(len(documents)),
                    str(len(standings)),
                    statuses_of(standings),
                ]
            )
            for key, documents, standings in self.signed
        ]
        return Page([Table(columns, rows, header=True)] if rows else [], self.footer(lang), _("Documents"))

    def footer(self, _lang: str) -> Sequence[str]:
        """Return how many there are in all."""
        number = sum(len(documents) for _key, documents, _standings in self.signed)
        return [documents_of(number), *self.context.past_lines()]


def documents_by(view: View, by: str) -> DocumentsBy:
    """Answer how many documents were signed by a day, by ``year`` or ``plenary``."""
    register = view.register
    held: dict[str, list[Instrument]] = {}
    for instrument in register.instruments.values():
        day = register.plenaries[instrument.plenary].date
        held.setdefault(day[:4] if by == "year" else str(instrument.plenary), []).append(instrument)
    signed = []
    for key in sorted(held, key=int):
        standings = {each.measure.ref: each for document in held[key] for each in bearing(view, document)}
        signed.append(Signed(key, held[key], list(standings.values())))
    return DocumentsBy(view.context, by, signed)
