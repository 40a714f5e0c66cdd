"""What comes from the meetings: plenaries, the instruments signed at them, and the rounds between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from hkshcc.language import _, listed, ngettext, sentence
from hkshcc.register.dates import FOREVER, in_words, long_form, span
from hkshcc.register.model import Instrument, Plenary, Round
from hkshcc.register.standing import Standing
from hkshcc.register.vocabulary import Status, in_language, short_label
from hkshcc.reports.page import (
    Block,
    Cell,
    Column,
    Heading,
    Page,
    ReportContext,
    Span,
    Table,
    Text,
    View,
    all_languages,
    because,
    blank,
    measures_of,
    nth_plenary,
    place_of,
)


def stands(standings: Sequence[Standing]) -> str:
    """Return how a few measures stand, in counts: ``3 not established, 1 completed``."""
    counts = {status: sum(standing.status == status for standing in standings) for status in Status}
    return listed([f"{count} {short_label(status)}" for status, count in counts.items() if count])


@dataclass(frozen=True)
class Plenaries:
    """The plenaries, and how many measures of each the register holds."""

    context: ReportContext
    plenaries: Sequence[Plenary]
    held: dict[int, int]

    schema: ClassVar[str] = "hkshcc.plenaries/1"
    rows: ClassVar[str] = "plenaries"
    fields: ClassVar[Sequence[str]] = (
        "number", "date", "place", "co_chairs", "areas_stated", "items_stated", "measures",
    )  # fmt: skip
    brief: ClassVar[Sequence[str]] = ("number", "date", "place", "measures")

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each."""
        return [
            {
                "number": plenary.number,
                "date": plenary.date,
                "place": plenary.place,
                "co_chairs": list(plenary.co_chairs),
                "areas_stated": plenary.areas_stated,
                "items_stated": plenary.items_stated,
                "measures": self.held.get(plenary.number, 0),
            }
            for plenary in self.plenaries
        ]

    def data(self) -> dict[str, Any]:
        """Return the plenaries for machines; a count that no source states is null."""
        return {**self.context.data(self.schema), "plenaries": self.items()}

    def page(self, lang: str) -> Page:
        """Return the plenaries as a table."""
        columns = [
            Column(_("No."), right=True),
            Column(_("Date")),
            Column(_("Place")),
            Column(_("Co-chairs"), overflow="wrap"),
            Column(_("Areas"), right=True),
            Column(_("Measures here"), right=True),
        ]
        rows: list[list[Cell]] = [
            [
                Span(str(plenary.number), "ref"),
                in_words(plenary.date),
                place_of(plenary),
                _("; ").join(plenary.co_chairs),
                str(plenary.areas_stated or ""),
                str(self.held.get(plenary.number, 0)),
            ]
            for plenary in self.plenaries
        ]
        return Page([Table(columns, rows, header=True)], self.footer(lang))

    def footer(self, _lang: str) -> Sequence[str]:
        """Return how many there are, and of which the register holds no measures."""
        bare = [str(plenary.number) for plenary in self.plenaries if not self.held.get(plenary.number)]
        footer = [ngettext("{n} plenary", "{n} plenaries", len(self.plenaries))]
        if bare:
            footer.append(
                _("No measures of {numbers}: the texts agreed there are not in the register.", numbers=listed(bare))
            )
        return [*footer, *self.context.past_lines()]


def plenaries(view: View) -> Plenaries:
    """Answer which plenaries there are."""
    held: dict[int, int] = {}
    for measure in view.register.measures(view.as_of):
        held[measure.plenary] = held.get(measure.plenary, 0) + 1
    return Plenaries(view.context, sorted(view.register.plenaries.values()), held)


@dataclass(frozen=True)
class PlenaryDetail:
    """One plenary: its areas, how their measures stand, and what was signed."""

    context: ReportContext
    plenary: Plenary
    areas: Sequence[tuple[str, dict[str, str | None], Sequence[Standing]]]
    instruments: Sequence[Instrument]

    schema: ClassVar[str] = "hkshcc.plenary/1"
    rows: ClassVar[str] = "areas"
    fields: ClassVar[Sequence[str]] = ("area", "name", "measures", "counts")
    brief: ClassVar[Sequence[str]] = ()

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each."""
        return [
            {
                "area": slug,
                "name": all_languages(name),
                "measures": len(standings),
                "counts": {str(status): sum(standing.status == status for standing in standings) for status in Status},
            }
            for slug, name, standings in self.areas
        ]

    def data(self) -> dict[str, Any]:
        """Return the plenary for machines."""
        return {
            **self.context.data(self.schema),
            "plenary": {**self.plenary._asdict(), "name": all_languages(self.plenary.name)},
            "areas": self.items(),
            "instruments": [instrument.ref for instrument in self.instruments],
        }

    def page(self, lang: str) -> Page:
        """Return the plenary as a page."""
        plenary = self.plenary
        name = in_language(plenary.name, lang) or nth_plenary(plenary.number)
        blocks: list[Block] = [Heading(name, level=1)]
        held = _(", ").join([long_form(plenary.date), *([place_of(plenary)] if plenary.place else [])])
        if plenary.co_chairs:
            held = sentence(held, _("co-chairs: {names}", names=listed(plenary.co_chairs)))
        blocks.append(Text([held]))
        if plenary.source:
            blocks.append(Text([Span(plenary.source, "dim")]))
        blocks.append(blank())
        if self.areas:
            rows: list[list[Cell]] = [
                [in_language(name, lang), str(len(standings)), stands(standings)] for _, name, standings in self.areas
            ]
            columns = [Column(_("Area")), Column(_("Measures"), right=True), Column(_("Status"), overflow="wrap")]
            blocks += [Table(columns, rows, header=True), blank()]
        else:
            blocks += [Text([_("No measures: the text agreed there is not in the register.")], indent=2), blank()]
        if self.instruments:
            signed: list[list[Cell]] = [
                [Span(instrument.ref, "ref"), in_language(instrument.title, lang)] for instrument in self.instruments
            ]
            blocks += [Heading(_("Signed")), Table([Column(""), Column("", overflow="wrap")], signed), blank()]
        return Page(blocks, self.footer(lang))

    def footer(self, _lang: str) -> Sequence[str]:
        """Return what it was drawn from."""
        return self.context.lines()


def plenary_detail(view: View, plenary: Plenary) -> PlenaryDetail:
    """Answer what one plenary agreed and signed."""
    register = view.register
    held: dict[str, list[Standing]] = {}
    for measure in register.measures(view.as_of):
        if measure.plenary == plenary.number:
            held.setdefault(measure.area, []).append(register.standing(measure, view.as_of))
    areas = [
        (slug, {**register.areas[slug].name, **register.areas[slug].short}, own)
        for slug, own in held.items()
        if slug in register.areas
    ]
    signed = [instrument for instrument in register.instruments.values() if instrument.plenary == plenary.number]
    return PlenaryDetail(view.context, plenary, areas, signed)


def instrument_row(instrument: Instrument, standings: Sequence[Standing]) -> dict[str, Any]:
    """Return an instrument for machines, and how the measures stand that it bears on."""
    return {
        "ref": instrument.ref,
        "plenary": instrument.plenary,
        "title": all_languages(instrument.title),
        "signatories": list(instrument.signatories),
        "annex": instrument.annex,
        "related": list(instrument.related),
        "counts": {str(status): sum(standing.status == status for standing in standings) for status in Status},
    }


@dataclass(frozen=True)
class Instruments:
    """The documents signed, and how the measures stand that they bear on: signed is not implemented."""

    context: ReportContext
    instruments: Sequence[tuple[Instrument, Sequence[Standing]]]

    schema: ClassVar[str] = "hkshcc.instruments/1"
    rows: ClassVar[str] = "instruments"
    fields: ClassVar[Sequence[str]] = ("ref", "plenary", "title", "signatories", "annex", "related", "counts")
    brief: ClassVar[Sequence[str]] = ("ref", "title", "related")

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each."""
        return [instrument_row(instrument, standings) for instrument, standings in self.instruments]

    def data(self) -> dict[str, Any]:
        """Return the instruments for machines."""
        return {**self.context.data(self.schema), "instruments": self.items()}

    def page(self, lang: str) -> Page:
        """Return the instruments with the standing of their measures under each."""
        rows: list[list[Cell]] = []
        for instrument, standings in self.instruments:
            rows.append([Span(instrument.ref, "ref"), Span(in_language(instrument.title, lang), "strong")])
            if instrument.signatories:
                rows.append(["", _("signed by {names}", names=listed(instrument.signatories))])
            rows.append(["", Span(because(measures_of(len(standings)), stands(standings)), "dim")])
        columns = [Column(""), Column("", overflow="wrap")]
        return Page([Table(columns, rows)] if rows else [], self.footer(lang))

    def footer(self, _lang: str) -> Sequence[str]:
        """Return how many there are."""
        number = ngettext("{n} document", "{n} documents", len(self.instruments))
        meaning = _("signing one does not mean that it has been carried out: see its measures")
        return [_("{what} ({why})", what=number, why=meaning), *self.context.past_lines()]


def bearing(view: View, instrument: Instrument) -> list[Standing]:
    """Return the measures that an instrument bears on, as they stand; those withdrawn are left out."""
    measures = [measure for ref in instrument.related if (measure := view.register.measure(ref))]
    return [view.register.standing(measure, view.as_of) for measure in measures]


def instruments(view: View) -> Instruments:
    """Answer which instruments were signed, and how their measures stand."""
    return Instruments(view.context, [(signed, bearing(view, signed)) for signed in view.register.instruments.values()])


@dataclass(frozen=True)
class Rounds:
    """The reporting rounds, and how many measures had a return in each."""

    context: ReportContext
    rounds: Sequence[tuple[Round, int, int]]

    schema: ClassVar[str] = "hkshcc.rounds/1"
    rows: ClassVar[str] = "rounds"
    fields: ClassVar[Sequence[str]] = ("name", "opened", "due", "closed", "reported", "measures")
    brief: ClassVar[Sequence[str]] = ("name", "opened", "due", "closed", "reported", "measures")

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each."""
        return [
            {**entered._asdict(), "reported": reported, "measures": measures}
            for entered, reported, measures in self.rounds
        ]

    def data(self) -> dict[str, Any]:
        """Return the rounds for machines."""
        return {**self.context.data(self.schema), "rounds": self.items()}

    def page(self, lang: str) -> Page:
        """Return the rounds as a table."""
        rows: list[list[Cell]] = [
            [
                Span(entered.name, "ref"),
                in_words(entered.opened),
                in_words(entered.due),
                in_words(entered.closed) if entered.closed else self._open(entered),
                _("{count} of {total}", count=reported, total=measures),
            ]
            for entered, reported, measures in self.rounds
        ]
        columns = [
            Column(_("Round")),
            Column(_("Opened")),
            Column(_("Due")),
            Column(_("Closed")),
            Column(_("Reported on")),
        ]
        return Page([Table(columns, rows, header=True)] if rows else [], self.footer(lang))

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


def rounds(view: View) -> Rounds:
    """Answer which rounds there are, and on how many measures an owner reported in each."""
    register = view.register
    standings = register.standings(register.measures(view.as_of), view.as_of)
    rows = []
    for entered in register.rounds(view.as_of):
        end = entered.closed or FOREVER
        reported = sum(
            any(entry.by and entered.opened <= entry.recorded[:10] <= end for entry in standing.events)
            for standing in standings
        )
        rows.append((entered, reported, len(standings)))
    return Rounds(view.context, rows)
