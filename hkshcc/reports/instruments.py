"""The instruments signed at the plenaries, and how the measures stand that they bear on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from hkshcc.language import _, listed, ngettext
from hkshcc.register.model import Instrument
from hkshcc.register.standing import Standing
from hkshcc.register.vocabulary import in_language
from hkshcc.reports.counts import counts_of
from hkshcc.reports.page import (
    Cell,
    Column,
    Page,
    ReportContext,
    Row,
    Span,
    Table,
    View,
    all_languages,
    because,
    lists_by_language,
    measures_of,
    named,
    names_in,
    recorded_as,
    statuses_of,
    to,
)


def instrument_row(instrument: Instrument, standings: Sequence[Standing]) -> dict[str, Any]:
    """Return an instrument for machines, and how the measures stand that it bears on."""
    return {
        "ref": instrument.ref,
        "plenary": instrument.plenary,
        "title": all_languages(instrument.title),
        "signatories": names_in(instrument.signatories, "en"),
        "signatories_by_language": lists_by_language(instrument.signatories),
        "annex": in_language(instrument.annex, "en") or None,
        "annex_by_language": all_languages(instrument.annex),
        "related": list(instrument.related),
        "counts": counts_of(standings),
        "alias": instrument.alias,
    }


@dataclass(frozen=True)
class Instruments:
    """The documents signed, and how the measures stand that they bear on: signed is not implemented."""

    context: ReportContext
    instruments: Sequence[tuple[Instrument, Sequence[Standing]]]

    schema: ClassVar[str] = "hkshcc.instruments/1"
    rows: ClassVar[str] = "instruments"
    fields: ClassVar[Sequence[str]] = (
        "ref", "plenary", "title", "signatories", "signatories_by_language", "annex", "annex_by_language", "related",
        "counts", "alias",
    )  # fmt: skip
    brief: ClassVar[Sequence[str]] = ("ref", "title", "related")

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each."""
        return [instrument_row(instrument, standings) for instrument, standings in self.instruments]

    def data(self) -> dict[str, Any]:
        """Return the instruments for machines."""
        return {**self.context.data(self.schema), "instruments": self.items()}

    def page(self, lang: str) -> Page:
        """Return the instruments with the standing of their measures under each."""
        rows = []
        for instrument, standings in self.instruments:
            details: list[Cell] = []
            if instrument.signatories:
                details.append(_("signed by {names}", names=listed(names_in(instrument.signatories, lang))))
            details += recorded_as(instrument.alias)
            details.append(Span(because(measures_of(len(standings)), statuses_of(standings)), "dim"))
            cells = [to(instrument.ref), named(instrument.title, lang, "strong")]
            rows.append(Row(cells, details, anchor=instrument.ref))
        columns = [Column(""), Column("", overflow="wrap")]
        return Page([Table(columns, rows)] if rows else [], self.footer(lang), _("Documents"))

    def footer(self, _lang: str) -> Sequence[str]:
        """Return how many there are."""
        return [documents_of(len(self.instruments)), *self.context.past_lines()]


def documents_of(number: int) -> str:
    """Return how many documents there are, and that a signature alone carries none out."""
    documents = ngettext("{n} document", "{n} documents", number)
    meaning = _("signing one does not mean that it has been carried out: see its measures")
    return _("{what} ({why})", what=documents, why=meaning)


def bearing(view: View, instrument: Instrument) -> list[Standing]:
    """Return the measures that an instrument bears on, as they stand; those withdrawn are left out."""
    measures = [measure for ref in instrument.related if (measure := view.register.measure(ref))]
    return [view.register.standing(measure, view.as_of) for measure in measures]


def instruments(view: View) -> Instruments:
    """Answer which instruments were signed, and how their measures stand."""
    return Instruments(view.context, [(signed, bearing(view, signed)) for signed in view.register.instruments.values()])
