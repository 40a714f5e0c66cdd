"""All that is known of one instrument or several that were signed at a plenary."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from hkshcc.language import _, listed
from hkshcc.register.dates import in_words, long_form
from hkshcc.register.model import Instrument, Plenary
from hkshcc.register.standing import Standing
from hkshcc.register.vocabulary import in_language, short_label
from hkshcc.reports.instruments import Instruments, bearing, instrument_row
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
    measures_of,
    named,
    names_in,
    nth_plenary,
    place_of,
    recorded_as,
    statuses_of,
    to,
)


class InstrumentDetail(NamedTuple):
    """An instrument, the plenary at which it was signed, and the measures that it bears on."""

    instrument: Instrument
    plenary: Plenary | None
    standings: Sequence[Standing]


@dataclass(frozen=True)
class InstrumentDetails:
    """Instruments with everything about them."""

    context: ReportContext
    details: Sequence[InstrumentDetail]

    schema: ClassVar[str] = "hkshcc.instrument/1"
    rows: ClassVar[str] = "instruments"
    fields: ClassVar[Sequence[str]] = (*Instruments.fields, "signed_on", "place", "measures")
    brief: ClassVar[Sequence[str]] = ()

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each: what `instruments` gives, when it was signed, and how each measure stands."""
        return [
            {
                **instrument_row(detail.instrument, detail.standings),
                "signed_on": detail.plenary.date if detail.plenary else None,
                "place": detail.plenary.place if detail.plenary else None,
                "measures": [
                    {
                        "ref": standing.measure.ref,
                        "title": all_languages(standing.measure.title),
                        "status": str(standing.status),
                        "since": standing.since,
                    }
                    for standing in detail.standings
                ],
            }
            for detail in self.details
        ]

    def data(self) -> dict[str, Any]:
        """Return the instruments for machines."""
        return {**self.context.data(self.schema), "instruments": self.items()}

    def page(self, lang: str) -> Page:
        """Return the instruments one under another."""
        blocks: list[Block] = []
        level = 1 if len(self.details) == 1 else 2
        for detail in self.details:
            blocks += [*([blank()] if blocks else []), *_one(detail, lang, level), blank()]
        return Page(blocks, self.footer(lang), _("Documents"))

    def footer(self, _lang: str) -> Sequence[str]:
        """Return what it was drawn from."""
        return self.context.lines()


def _one(detail: InstrumentDetail, lang: str, level: int) -> list[Block]:
    instrument, plenary, standings = detail
    title = named(instrument.title, lang)
    blocks: list[Block] = [Heading(title.text, level, instrument.ref, title.lang)]
    where = [_("signed at the {plenary}", plenary=nth_plenary(instrument.plenary))]
    if plenary:
        where += [long_form(plenary.date), *([place_of(plenary)] if plenary.place else [])]
    blocks += [Text([line]) for line in (_(", ").join(where), *recorded_as(instrument.alias))]
    if instrument.signatories:
        blocks.append(Text([_("signed by {names}", names=listed(names_in(instrument.signatories, lang)))]))
    if instrument.annex:
        blocks.append(Text([_("annex: {text}", text=in_language(instrument.annex, lang))]))
    blocks.append(blank())
    if not standings:
        return [*blocks, Text([_("No measure of the register comes under it.")], indent=2)]
    rows = [
        Row(
            [
                to(standing.measure.ref),
                named(standing.measure.title, lang),
                Span(short_label(standing.status), standing.status),
                _("since {day}", day=in_words(standing.since)) if standing.since else "",
            ]
        )
        for standing in standings
    ]
    columns = [Column(""), Column("", overflow="wrap"), Column(""), Column("")]
    how = because(_("{measures} under it", measures=measures_of(len(standings))), statuses_of(standings))
    return [*blocks, Heading(how, level + 1), Table(columns, rows)]


def instrument_details(view: View, instruments: Sequence[Instrument]) -> InstrumentDetails:
    """Answer what instruments are, and how the measures stand that they bear on."""
    plenaries = view.register.plenaries
    found = [InstrumentDetail(signed, plenaries.get(signed.plenary), bearing(view, signed)) for signed in instruments]
    return InstrumentDetails(view.context, found)
