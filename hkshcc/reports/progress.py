"""The progress report: how far the whole register has come, and what needs attention."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from hkshcc.language import _, listed, ngettext
from hkshcc.register.basis import BASES, ONE_SIDE, UNCONFIRMED, UNOFFICIAL, basis_of
from hkshcc.register.dates import days_between, long_form
from hkshcc.register.model import Body, Plenary
from hkshcc.register.standing import Standing
from hkshcc.register.vocabulary import SIDES, STALE_AFTER_DAYS, Status, in_language, short_label
from hkshcc.reports.attention import ORDER, Attention, concerns
from hkshcc.reports.counts import NUMBERS, Group, bar, by_status, legend, title_of
from hkshcc.reports.filters import is_stalled
from hkshcc.reports.groups import HEADINGS, group_of, members
from hkshcc.reports.listing import Listing
from hkshcc.reports.page import (
    Block,
    Cell,
    Column,
    Figure,
    Figures,
    Heading,
    Page,
    Piece,
    ReportContext,
    Row,
    Span,
    Table,
    Text,
    View,
    all_languages,
    blank,
    measures_of,
    named,
    to,
)
from hkshcc.text import width

NARROW = 71  # columns for a name and its bar on a screen of 80; in longer bars a sign stands for several measures


@dataclass(frozen=True)
class Progress:
    """The whole register in counts, grouped, with what needs attention."""

    context: ReportContext
    standings: Sequence[Standing]
    chosen: Listing
    counts: Mapping[Status, int]  # how many measures have each status, the unknown first
    unknown_with_evidence: int  # how many of unknown status have evidence all the same
    continuing_with_evidence: int  # how many continuing ones have evidence of the last ``stale_after`` days
    lapsed: int  # how many continuing ones have neither an update nor evidence of these days
    bases: Mapping[Status, Mapping[str, int]]  # of the closed ones of each status, how many rest on what
    silent: int  # on how many measures no owner has reported
    stalled: int  # how many are in progress with neither for more than ``stalled_after`` days
    stalled_after: int
    group_by: str
    groups: Sequence[Group]
    attention: Sequence[Attention]
    plenaries: Sequence[Plenary]  # those that agreed the measures
    one_sided: Mapping[str, int]  # on how many measures a side alone has been seen to act, by side
    withdrawn: Sequence[str]  # the refs of measures that were agreed and count no more

    schema: ClassVar[str] = "hkshcc.report/1"
    rows: ClassVar[str] = "groups"
    fields: ClassVar[Sequence[str]] = ("key", "name", *NUMBERS)
    brief: ClassVar[Sequence[str]] = ()

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each group."""
        return [
            {
                "key": group.key,
                "name": all_languages(group.names),
                **group.numbers(),
            }
            for group in self.groups
        ]

    def data(self) -> dict[str, Any]:
        """Return the report for machines."""
        return {
            **self.context.data(self.schema),
            "total": len(self.standings),
            "counts": {str(status): count for status, count in self.counts.items()},
            "bases": {str(status): dict(counts) for status, counts in self.bases.items()},
            "unconfirmed": sum(counts[kind] for counts in self.bases.values() for kind in UNCONFIRMED),
            "silent": self.silent,
            "stalled": self.stalled,
            "stalled_after": self.stalled_after,
            "one_sided": dict(self.one_sided),
            "group": self.group_by,
            "groups": self.items(),
            "attention": [
                {
                    "what": item.what,
                    "ref": item.standing.measure.ref,
                    "title": all_languages(item.standing.measure.title),
                    "status": str(item.standing.status),
                    "target": item.standing.target["date"] if item.standing.target else None,
                    "detail": item.detail,
                    "details": item.details(self.context.as_of),
                }
                for item in self.attention
            ],
            "withdrawn": list(self.withdrawn),
            "unknown_with_evidence": self.unknown_with_evidence,
            "continuing_with_evidence": self.continuing_with_evidence,
            "lapsed": self.lapsed,
            "stale_after": self.chosen.stale_after,
        }

    def page(self, lang: str) -> Page:
        """Return the report as a page."""
        blocks: list[Block] = [
            Heading(self.title(lang), level=1),
            Text([_("Progress as of {day}", day=long_form(self.context.as_of))]),
            *self._chosen(),
            blank(),
        ]
        if not self.standings:
            nothing = (
                _("No measure matches.") if self.chosen.filtered else _("No measure is in the register on that day.")
            )
            blocks += [Text([nothing], indent=2), *self._withdrawn(), blank()]
            return Page(blocks, self.footer(lang))
        blocks += [*self.summary(), blank()]
        blocks += [*self._bars(lang), blank()]
        blocks += self.concerning(lang)
        return Page(blocks, self.footer(lang))

    def footer(self, _lang: str) -> Sequence[str]:
        """Return what it was drawn from."""
        return self.context.lines()

    def title(self, lang: str) -> str:
        """Return the name of the conference, with the plenaries that agreed the measures."""
        return title_of(self.plenaries, lang)

    def summary(self) -> list[Block]:
        """Return how the measures stand in numbers, and what these leave unsaid."""
        return [*self.headline(), Text([self._silence()], indent=2), *self._one_sided(), *self._withdrawn()]

    def _withdrawn(self) -> list[Block]:
        return [Text([line], indent=2, hang=2) for line in self.withdrawn_line()]

    def _chosen(self) -> list[Block]:
        """Return the line that says which measures were chosen, where filters were given."""
        if self.chosen.filtered and not self.standings:
            return [Text([self.chosen.counted()])]
        return [*self.chosen.only()]

    def headline(self) -> list[Block]:
        """Return how many measures there are, and of each status, with what that leaves unsaid."""
        return [Text([Span(measures_of(len(self.standings)), "strong")], indent=2), Figures(self.figures())]

    def figures(self) -> list[Figure]:
        """Return how many measures have each status, with what that leaves unsaid; the unknown always."""
        return [
            Figure(status, count, self._qualified(status, count), self.lapsed if status == Status.CONTINUING else 0)
            for status, count in self.counts.items()
            if count or status == Status.UNKNOWN
        ]

    def _qualified(self, status: Status, count: int) -> str:
        if status == Status.UNKNOWN and count:
            return self._unknown(count)
        if status == Status.IN_PROGRESS and self.stalled:
            why = _(
                "{n} stalled: no update or evidence for more than {days} days", n=self.stalled, days=self.stalled_after
            )
            return _("{what} ({why})", what=short_label(status), why=why)
        if status == Status.CONTINUING and count:
            return self._continuing(count)
        doubts = self._doubts(status)
        return _("{what} ({why})", what=headline_label(status), why=doubts) if doubts else headline_label(status)

    def _unknown(self, count: int) -> str:
        if not self.unknown_with_evidence:
            return _("status not established, none with related evidence")
        if self.unknown_with_evidence == count:
            return _("status not established, all with related evidence")
        none = count - self.unknown_with_evidence
        return _(
            "status not established ({known} with related evidence, {none} with none)",
            known=self.unknown_with_evidence,
            none=none,
        )

    def _continuing(self, count: int) -> str:
        """Return how many of the continuing measures were heard of lately; most had an entry once, years ago."""
        days, heard = self.chosen.stale_after, count - self.lapsed
        if days == STALE_AFTER_DAYS:
            return (
                _("continuing, {n} with evidence in the last year", n=heard)
                if heard == self.continuing_with_evidence
                else _("continuing, {n} with an update or evidence in the last year", n=heard)
            )
        return (
            _("continuing, {n} with evidence in the last {days} days", n=heard, days=days)
            if heard == self.continuing_with_evidence
            else _("continuing, {n} with an update or evidence in the last {days} days", n=heard, days=days)
        )

    def _doubts(self, status: Status) -> str:
        """Return how many of the closed ones of a status nothing confirms, in words; nothing where all are."""
        counts = self.bases.get(status, {})
        said = {
            ONE_SIDE: _("{n} on one side's word alone", n=counts.get(ONE_SIDE, 0)),
            UNOFFICIAL: _("{n} shown by no official source", n=counts.get(UNOFFICIAL, 0)),
        }
        return _(", ").join(text for kind, text in said.items() if counts.get(kind))

    def _silence(self) -> str:
        total, silent = len(self.standings), self.silent
        if silent == total:
            return ngettext(
                "No owner has reported on it: everything here is based on public sources.",
                "No owner has reported on any of them: everything here is based on public sources.",
                total,
            )
        return _("Owners have reported on {reported} of {total} measures.", reported=total - silent, total=total)

    def _one_sided(self) -> list[Block]:
        """Return on how many measures one city alone acted, of those on which any is known to have."""
        number = sum(self.one_sided.values())
        if not number:
            return []
        known = len(self.standings) - self.counts[Status.UNKNOWN]
        if number == known:
            said = ngettext(
                "The only one with a status shows one city's action only ({hk} Hong Kong, {sh} Shanghai).",
                "All {n} with a status show one city's action only ({hk} Hong Kong, {sh} Shanghai).",
                number,
                **self.one_sided,
            )
        else:
            said = ngettext(
                "{n} of the {known} with a status shows one city's action only ({hk} Hong Kong, {sh} Shanghai).",
                "{n} of the {known} with a status show one city's action only ({hk} Hong Kong, {sh} Shanghai).",
                number,
                known=known,
                **self.one_sided,
            )
        return [Text([said], indent=2, hang=2)]

    def withdrawn_line(self) -> Sequence[str]:
        """Return the line that names what was agreed and is withdrawn, if anything is."""
        if not self.withdrawn:
            return ()
        return (
            ngettext(
                "{n} agreed measure withdrawn: {refs}",
                "{n} agreed measures withdrawn: {refs}",
                len(self.withdrawn),
                refs=listed(self.withdrawn),
            ),
        )

    def _bars(self, lang: str) -> list[Block]:
        names = [in_language(group.names, lang) or group.key for group in self.groups]
        room = NARROW - max(map(width, names))
        per_sign = -(-max(group.total for group in self.groups) // max(10, room))
        table = Table(
            [Column(_(HEADINGS[self.group_by])), Column(_("Measures"), right=True), Column(_("Status"))],
            [
                Row([to(group.key, "")._replace(text=name), str(group.total), bar(group, per_sign)])
                for name, group in zip(names, self.groups, strict=True)
            ],
        )
        scale = _("a sign stands for up to {count} measures", count=per_sign) if per_sign > 1 else ""
        lines: list[Block] = [table, legend(self.groups, scale)]
        if self.group_by == "owner":
            lines.append(Text([Span(_("a measure with several owners is counted under each"), "dim")], indent=2))
        return lines

    def concerning(self, lang: str) -> list[Block]:
        """Return what needs attention."""
        if not self.attention:
            return [
                Text([_("Nothing is overdue, late or postponed, and the two sides agree on every measure.")]),
                blank(),
            ]
        blocks: list[Block] = [Heading(_("Needs attention"))]
        rows = []
        for item in self.attention:
            measure = item.standing.measure
            cells: list[Cell] = [Span(_(item.what), "bad"), to(measure.ref), named(measure.title, lang)]
            rows.append(Row(cells, [Span(item.detail, "dim")]))
        blocks += [Table([Column(""), Column(""), Column("", overflow="wrap")], rows), blank()]
        return blocks


def headline_label(status: Status) -> str:
    """Return what a status is called where it stands alone, with a count: in a headline."""
    return _("status not established") if status == Status.UNKNOWN else short_label(status)


def _bases(standings: Iterable[Standing], bodies: Mapping[str, Body]) -> dict[Status, dict[str, int]]:
    counts: dict[Status, dict[str, int]] = {}
    for standing in standings:
        if basis := basis_of(standing, bodies):
            counts.setdefault(standing.status, dict.fromkeys(BASES, 0))[basis.kind] += 1
    return counts


def numbered(count: int, said: str, role: str) -> list[Piece]:
    """Return a count and what it counts, as ``8 in progress``; the number may stand on a block of the role's colour."""
    return [Span(str(count), role, block=True), Span(f" {said}", role)]


def progress(view: View, chosen: Listing, group_by: str, stalled_after: int) -> Progress:
    """Answer how far the measures listed have come, by ``area``, ``owner``, ``side``, ``status`` or ``kind``."""
    register, standings = view.register, chosen.standings
    attention = [item for standing in standings for item in concerns(standing, view.as_of)]
    attention.sort(key=lambda item: ORDER.index(item.what))
    numbers = {standing.measure.plenary for standing in standings}
    return Progress(
        context=chosen.context,
        standings=standings,
        chosen=chosen,
        counts=by_status(standing.status for standing in standings),
        unknown_with_evidence=sum(
            standing.status == Status.UNKNOWN and bool(standing.evidence) for standing in standings
        ),
        continuing_with_evidence=sum(
            _has_new_evidence(standing, view.as_of, chosen.stale_after) for standing in standings
        ),
        lapsed=sum(standing.lapsed for standing in standings),
        bases=_bases(standings, register.bodies),
        silent=sum(standing.silent for standing in standings),
        stalled=sum(is_stalled(standing, view.as_of, stalled_after) for standing in standings),
        stalled_after=stalled_after,
        group_by=group_by,
        groups=[group_of(each) for each in members(register, standings, group_by)],
        attention=attention,
        plenaries=[register.plenaries[number] for number in sorted(numbers & register.plenaries.keys())],
        one_sided={side: sum(standing.one_sided == side for standing in standings) for side in SIDES},
        withdrawn=register.withdrawn_refs(view.as_of),
    )


def _has_new_evidence(standing: Standing, as_of: str, stale_after: int) -> bool:
    """Return whether it is continuing, with evidence of so many days; an update alone is less."""
    last = standing.last_evidence
    return (
        standing.status == Status.CONTINUING and last is not None and days_between(last.on or "", as_of) <= stale_after
    )
