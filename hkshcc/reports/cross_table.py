"""The cross-table: how many measures each group has in each column, and how they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from hkshcc.language import N_, _, in_every_language
from hkshcc.register.dates import in_words, long_form
from hkshcc.register.vocabulary import Status, in_language, short_label
from hkshcc.reports.counts import Group, bar, legend
from hkshcc.reports.drawings import Count, Grid, GridColumn, GridRow
from hkshcc.reports.groups import HEADINGS, Members, group_of, members
from hkshcc.reports.page import (
    Bar,
    Block,
    Cell,
    Column,
    Heading,
    Page,
    Picture,
    ReportContext,
    Row,
    Span,
    Table,
    Text,
    View,
    all_languages,
    blank,
    statuses_of,
)
from hkshcc.reports.progress import Progress
from hkshcc.reports.tracks import lapsed_note
from hkshcc.text import width

_TITLES = {
    "area": N_("The measures by area and status"),
    "owner": N_("The measures by owner and status"),
    "side": N_("The measures by side and status"),
    "kind": N_("The measures by kind and status"),
    "year": N_("The measures by year and status"),
    "plenary": N_("The measures by plenary and status"),
}
_ROOM = 78  # columns of a table on a screen of 80
_OVERLAPPING = {"owner", "side"}  # groups that may share a measure


class Crossed(NamedTuple):
    """A row: its group, and by the keys of the columns those of its measures that each has."""

    group: Group
    cells: dict[str, Group]


@dataclass(frozen=True)
class CrossTable:
    """Measures parted by two things at once; a total counts each measure once."""

    report: Progress
    by: str
    columns: Sequence[Group]
    table: Sequence[Crossed]

    schema: ClassVar[str] = "hkshcc.cross/1"
    rows: ClassVar[str] = "cells"
    fields: ClassVar[Sequence[str]] = ("row", "row_name", "column", "column_name", *Progress.fields[2:])
    brief: ClassVar[Sequence[str]] = ()

    @property
    def context(self) -> ReportContext:
        """As of when, and based on what."""
        return self.report.context

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each cell, and one for each row's and each column's total, whose other key is ``all``."""
        whole = self._whole()
        lines = [*self.table, Crossed(whole, {column.key: column for column in self.columns})]
        return [
            {
                "row": line.group.key,
                "row_name": all_languages(line.group.names),
                "column": column.key,
                "column_name": all_languages(column.names),
                **(line.group if column.key == "all" else line.cells[column.key]).numbers(),
            }
            for line in lines
            for column in (*self.columns, whole)
        ]

    def data(self) -> dict[str, Any]:
        """Return the table for machines, a row for each cell."""
        return {
            **self.context.data(self.schema),
            "total": len(self.report.standings),
            "group": self.report.group_by,
            "by": self.by,
            "stale_after": self.report.chosen.stale_after,
            "cells": self.items(),
        }

    def page(self, lang: str) -> Page:
        """Return the table, with a sign for each measure in its cells where there is room."""
        report = self.report
        title = _("Progress as of {day}", day=long_form(self.context.as_of))
        blocks: list[Block] = [Heading(report.title(lang), level=1), Text([title]), *report.chosen.only(), blank()]
        if not self.table:
            blocks.append(Text([_("No measure is in the register on that day.")], indent=2))
            return Page(blocks, self.footer(lang))
        drawn = self.by != "status" and self._fits(lang)
        blocks += [*([self.picture(lang)] if self.by == "status" else []), self._table(lang, signs=drawn)]
        if drawn:
            blocks.append(legend([cell for line in self.table for cell in line.cells.values()]))
        elif self.by == "status":
            blocks += [Text([Span(note, "dim")], indent=2) for note in self._lapsing()]
        if {report.group_by, self.by} & _OVERLAPPING:
            shared = _("a measure may be counted in several rows or columns; a total counts it once")
            blocks.append(Text([Span(shared, "dim")], indent=2))
        return Page([*blocks, blank()], self.footer(lang))

    def footer(self, _lang: str) -> Sequence[str]:
        """Return what it was drawn from."""
        return self.context.lines()

    def picture(self, lang: str) -> Picture:
        """Return the table as a grid, where its columns are statuses."""
        report, whole = self.report, self._whole()
        lapsing = [GridColumn("lapsed", _("lapsed"))] if whole.lapsed else []
        columns = [
            GridColumn(column.key, short_label(column.key), lapsing if column.lapsed else ()) for column in self.columns
        ]
        rows = [
            GridRow(_name(line.group, lang), [_counts(cell) for cell in line.cells.values()], line.group.total)
            for line in self.table
        ]
        totals = GridRow(_("Total"), [_counts(column) for column in self.columns], whole.total)
        return Picture(
            title=_(_TITLES[report.group_by]),
            source=report.title(lang),
            description=_(
                "On {day}: {counts}.", day=in_words(self.context.as_of), counts=statuses_of(report.standings)
            ),
            drawing=Grid(columns, rows, totals, _("Total")),
            notes=self._lapsing(),
        )

    def _lapsing(self) -> list[str]:
        return [lapsed_note(self.report.chosen.stale_after)] if self._whole().lapsed else []

    def _whole(self) -> Group:
        return group_of(Members("all", dict(in_every_language(N_("Total"))), self.report.standings))

    def _table(self, lang: str, *, signs: bool) -> Table:
        # Of the continuing ones signs say how many have lapsed.
        signed = [signs or (self.by == "status" and bool(column.lapsed)) for column in self.columns]
        columns = [
            Column(_(HEADINGS[self.report.group_by]), overflow="wrap"),
            *(
                Column(self._head(column, lang), right=not bar)
                for column, bar in zip(self.columns, signed, strict=True)
            ),
            Column(_("Total"), right=True),
        ]
        rows = [
            Row(
                [
                    _name(line.group, lang),
                    *(_cell(cell, signs=bar) for cell, bar in zip(line.cells.values(), signed, strict=True)),
                    str(line.group.total),
                ]
            )
            for line in self.table
        ]
        totals = [
            Bar((), total=column.total) if bar else _strong(column.total)
            for column, bar in zip(self.columns, signed, strict=True)
        ]
        rows.append(Row([Span(_("Total"), "strong"), *totals, _strong(len(self.report.standings))]))
        return Table(columns, rows, header=True)

    def _head(self, column: Group, lang: str) -> str:
        return short_label(column.key) if self.by == "status" else _name(column, lang)

    def _fits(self, lang: str) -> bool:
        """Return whether the cells have room for a sign for each of their measures."""
        widest = [
            max([width(_name(column, lang)), *(3 + line.cells[column.key].total for line in self.table)])
            for column in self.columns
        ]
        names = max(width(_name(line.group, lang)) for line in self.table)
        return 2 + names + sum(each + 2 for each in widest) + 2 + width(_("Total")) <= _ROOM


def _name(group: Group, lang: str) -> str:
    return in_language(group.names, lang) or group.key


def _counts(cell: Group) -> list[Count]:
    """Return how many a cell has, those that lapsed last."""
    lapsed = cell.lapsed if cell.counts[Status.CONTINUING] else 0
    counts = [Count("continuing", cell.total - lapsed)] if lapsed else []
    counts = counts or [Count(str(status), number) for status, number in cell.counts.items() if number]
    return [count for count in [*counts, Count("lapsed", lapsed)] if count.number]


def _strong(number: int) -> Span:
    return Span(str(number), "strong")


def _cell(group: Group, *, signs: bool) -> Cell:
    if signs:
        return bar(group, total=group.total)
    return str(group.total) if group.total else Span("-", "dim")


def cross_table(view: View, report: Progress, by: str) -> CrossTable:
    """Answer how many measures of each group of a report each group of another kind has, and how they stand."""
    register = view.register
    columns = members(register, report.standings, by)
    table = []
    for row in members(register, report.standings, report.group_by):
        held = {each.key: each for each in members(register, row.standings, by, row.side)}
        # A column that none of the row's measures has is empty there.
        empty = [Members(column.key, column.names, ()) for column in columns]
        cells = {column.key: group_of(held.get(column.key, column)) for column in empty}
        table.append(Crossed(group_of(row), cells))
    return CrossTable(report, by, [group_of(column) for column in columns], table)
