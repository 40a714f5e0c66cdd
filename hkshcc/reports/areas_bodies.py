"""The catalogues: the areas and the bodies there are, with how many measures each has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from hkshcc.language import _, listed, ngettext, sentence
from hkshcc.register.model import Area, Body
from hkshcc.register.standing import Standing
from hkshcc.register.vocabulary import Status, label
from hkshcc.reports.page import (
    Column,
    Page,
    ReportContext,
    Row,
    Span,
    Table,
    View,
    all_languages,
    measures_of,
    named,
    recorded_as,
    to,
)


@dataclass(frozen=True)
class Areas:
    """The areas, and the measures in each."""

    context: ReportContext
    areas: Sequence[tuple[Area, Sequence[Standing]]]

    schema: ClassVar[str] = "hkshcc.areas/1"
    rows: ClassVar[str] = "areas"
    fields: ClassVar[Sequence[str]] = ("slug", "code", "name", "measures", "nothing_known", "note")
    brief: ClassVar[Sequence[str]] = ("slug", "code", "name", "measures", "nothing_known")

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each."""
        return [
            {
                "slug": area.slug,
                "code": area.code,
                "name": all_languages(area.name),
                "measures": len(standings),
                "nothing_known": _unknown(standings),
                "note": area.note,
            }
            for area, standings in self.areas
        ]

    def data(self) -> dict[str, Any]:
        """Return the areas for machines."""
        return {**self.context.data(self.schema), "areas": self.items()}

    def page(self, lang: str) -> Page:
        """Return the areas as a table."""
        columns = [
            Column(_("Area")),
            Column(_("Code")),
            Column(_("Name"), overflow="wrap"),
            Column(_("Measures"), right=True),
            Column(_("Not established"), right=True),
        ]
        rows = [
            Row(
                [
                    to(area.slug),
                    area.code,
                    named(area.name, lang),
                    str(len(standings)),
                    str(_unknown(standings)),
                ]
            )
            for area, standings in self.areas
        ]
        return Page([Table(columns, rows, header=True)], self.footer(lang), _("Areas"))

    def footer(self, _lang: str) -> Sequence[str]:
        """Return how many there are, and how many measures."""
        measures = sum(len(standings) for _, standings in self.areas)
        return [
            listed([ngettext("{n} area", "{n} areas", len(self.areas)), measures_of(measures)]),
            *self.context.past_lines(),
        ]


def _unknown(standings: Sequence[Standing]) -> int:
    return sum(standing.status == Status.UNKNOWN for standing in standings)


def areas(view: View) -> Areas:
    """Answer which areas there are, and how many measures stand in each."""
    register = view.register
    held: dict[str, list[Standing]] = {slug: [] for slug in register.areas}
    for standing in register.standings(register.measures(view.as_of), view.as_of):
        held.setdefault(standing.measure.area, []).append(standing)
    return Areas(view.context, [(area, held[slug]) for slug, area in register.areas.items()])


@dataclass(frozen=True)
class Bodies:
    """The bodies, and how many measures each owns and has reported on."""

    context: ReportContext
    bodies: Sequence[Body]
    owned: Mapping[str, int]
    reported: Mapping[str, int]

    schema: ClassVar[str] = "hkshcc.bodies/1"
    rows: ClassVar[str] = "bodies"
    fields: ClassVar[Sequence[str]] = ("code", "side", "name", "owns", "reported", "note", "alias")
    brief: ClassVar[Sequence[str]] = ("code", "side", "name", "owns", "reported")

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each."""
        return [
            {
                "code": body.code,
                "side": body.side,
                "name": all_languages(body.name),
                "owns": self.owned.get(body.code, 0),
                "reported": self.reported.get(body.code, 0),
                "note": body.note,
                "alias": body.alias,
            }
            for body in self.bodies
        ]

    def data(self) -> dict[str, Any]:
        """Return the bodies for machines."""
        return {**self.context.data(self.schema), "bodies": self.items()}

    def page(self, lang: str) -> Page:
        """Return the bodies as a table."""
        columns = [
            Column(_("Body")),
            Column(_("Side")),
            Column(_("Name"), overflow="wrap"),
            Column(_("Owns"), right=True),
            Column(_("Reported on"), right=True),
        ]
        rows = [
            Row(
                [
                    Span(body.code, "ref"),
                    label(body.side),
                    named(body.name, lang),
                    str(self.owned.get(body.code, 0)),
                    str(self.reported.get(body.code, 0)),
                ],
                recorded_as(body.alias),
            )
            for body in self.bodies
        ]
        return Page([Table(columns, rows, header=True)], self.footer(lang), _("Bodies"))

    def footer(self, _lang: str) -> Sequence[str]:
        """Return how many there are, and how many have reported."""
        reported = sum(1 for body in self.bodies if self.reported.get(body.code))
        number = ngettext("{n} body", "{n} bodies", len(self.bodies))
        return [sentence(number, _("returns from {count}", count=reported)), *self.context.past_lines()]


def bodies(view: View) -> Bodies:
    """Answer which bodies there are, how many measures each owns, and on how many it has reported."""
    register = view.register
    owned: dict[str, int] = {}
    reported: dict[str, int] = {}
    for standing in register.standings(register.measures(view.as_of), view.as_of):
        for owner in standing.owners:
            owned[owner["body"]] = owned.get(owner["body"], 0) + 1
        for code in {entry.by for entry in standing.events if entry.by and not entry.nil}:
            reported[code] = reported.get(code, 0) + 1
    return Bodies(view.context, list(register.bodies.values()), owned, reported)
