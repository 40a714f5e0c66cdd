"""The plenaries, and one of them: its areas, how their measures stand, what was signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from hkshcc.language import _, listed, ngettext, sentence
from hkshcc.register.dates import in_words, long_form
from hkshcc.register.model import Instrument, Plenary
from hkshcc.register.standing import Standing
from hkshcc.register.vocabulary import in_language
from hkshcc.reports.counts import counts_of
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
    address,
    all_languages,
    blank,
    lists_by_language,
    named,
    names_in,
    nth_plenary,
    place_of,
    statuses_of,
    to,
)


@dataclass(frozen=True)
class Plenaries:
    """The plenaries, and how many measures of each the register holds."""

    context: ReportContext
    plenaries: Sequence[Plenary]
    held: dict[int, int]

    schema: ClassVar[str] = "hkshcc.plenaries/1"
    rows: ClassVar[str] = "plenaries"
    fields: ClassVar[Sequence[str]] = (
        "number", "date", "place", "co_chairs", "co_chairs_by_language", "areas_stated", "items_stated", "measures",
    )  # fmt: skip
    brief: ClassVar[Sequence[str]] = ("number", "date", "place", "measures")

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each."""
        return [
            {
                "number": plenary.number,
                "date": plenary.date,
                "place": plenary.place,
                "co_chairs": names_in(plenary.co_chairs, "en"),
                "co_chairs_by_language": lists_by_language(plenary.co_chairs),
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
        rows = [
            Row(
                [
                    Span(str(plenary.number), "ref"),
                    in_words(plenary.date),
                    place_of(plenary),
                    _("; ").join(names_in(plenary.co_chairs, lang)),
                    str(plenary.areas_stated or ""),
                    str(self.held.get(plenary.number, 0)),
                ]
            )
            for plenary in self.plenaries
        ]
        return Page([Table(columns, rows, header=True)], self.footer(lang), _("Plenaries"))

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
                "counts": counts_of(standings),
            }
            for slug, name, standings in self.areas
        ]

    def data(self) -> dict[str, Any]:
        """Return the plenary for machines."""
        return {
            **self.context.data(self.schema),
            "plenary": {
                **self.plenary._asdict(),
                "name": all_languages(self.plenary.name),
                "co_chairs": names_in(self.plenary.co_chairs, "en"),
                "co_chairs_by_language": lists_by_language(self.plenary.co_chairs),
            },
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
            held = sentence(held, _("co-chairs: {names}", names=listed(names_in(plenary.co_chairs, lang))))
        blocks.append(Text([held]))
        if plenary.source:
            blocks.append(Text([address(plenary.source, "dim")]))
        blocks.append(blank())
        if self.areas:
            rows = [
                Row([to(slug, "")._replace(text=in_language(name, lang)), str(len(standings)), statuses_of(standings)])
                for slug, name, standings in self.areas
            ]
            columns = [Column(_("Area")), Column(_("Measures"), right=True), Column(_("Status"), overflow="wrap")]
            blocks += [Table(columns, rows, header=True), blank()]
        else:
            blocks += [Text([_("No measures: the text agreed there is not in the register.")], indent=2), blank()]
        if self.instruments:
            signed = [Row([to(instrument.ref), named(instrument.title, lang)]) for instrument in self.instruments]
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
