"""The paper for a meeting: how far the measures have come, and on each what was recorded since the last one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from hkshcc.language import N_, _, listed
from hkshcc.register.dates import in_words, long_form
from hkshcc.register.index import Register
from hkshcc.register.model import Area, Body, Entry
from hkshcc.register.standing import Standing
from hkshcc.register.vocabulary import CONFERENCE, SIDES, Event, Status, in_language, label, short_label
from hkshcc.reports.chase import Chase
from hkshcc.reports.event_text import Record, event_text, no_news_since, with_day
from hkshcc.reports.listing import due
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
    ReportContext,
    Row,
    Span,
    Table,
    Text,
    View,
    all_languages,
    blank,
    body_name,
    is_internal,
    linked,
    measures_of,
    named,
    nth_plenary,
    statuses_of,
    to,
)
from hkshcc.reports.progress import Progress

_TOLD = frozenset({Event.FINDING, Event.RETURN, Event.REVISION, Event.ACCEPTANCE})
_NONE = Span("–", "dim")
_LAPSED = "lapsed"


class Since(NamedTuple):
    """The day (ISO) after which the progress is told, and the number of the plenary that was held on it, if any."""

    day: str
    plenary: int | None = None

    def in_words(self) -> str:
        """Return what it is called."""
        day = in_words(self.day)
        return _("the {plenary} ({day})", plenary=nth_plenary(self.plenary), day=day) if self.plenary else day


class Unheard(NamedTuple):
    """A body, and the refs of the measures on which it owes a return."""

    body: Body
    refs: Sequence[str]


@dataclass(frozen=True)
class Paper:
    """The measures area by area, with what was recorded since a day, and the bodies not heard from."""

    report: Progress
    since: Since
    bodies: Mapping[str, Body]
    areas: Mapping[str, Area]
    owed: Chase
    unheard: Sequence[Unheard]  # Hong Kong's first; of each side who owes most

    schema: ClassVar[str] = "hkshcc.paper/1"
    rows: ClassVar[str] = "measures"
    fields: ClassVar[Sequence[str]] = (
        "ref", "area", "title", "summary_by_language", "status", "lapsed", "entries", "next", "next_by", "target",
        "status_hk", "status_sh", "owners",
    )  # fmt: skip
    brief: ClassVar[Sequence[str]] = ()

    @property
    def context(self) -> ReportContext:
        """As of when, and based on what."""
        return self.report.context

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each measure; ``entries`` are the numbers of those that tell of it since the day."""
        return [
            {
                "ref": standing.measure.ref,
                "area": standing.measure.area,
                "title": all_languages(standing.measure.title),
                "summary_by_language": all_languages(standing.measure.summary),
                "status": str(standing.status),
                "lapsed": standing.lapsed,
                "entries": [entry.number for entry in self._news(standing)],
                "next": standing.next,
                "next_by": standing.step.next_by if standing.step else None,
                "target": standing.target["date"] if standing.target else None,
                "status_hk": str(standing.hk.status),
                "status_sh": str(standing.sh.status),
                "owners": {side: standing.owners_of(side, self.bodies) for side in SIDES},
            }
            for standing in self.report.standings
        ]

    def data(self) -> dict[str, Any]:
        """Return the paper for machines."""
        return {
            **self.context.data(self.schema),
            "since": self.since.day,
            "total": len(self.report.standings),
            "measures": self.items(),
            "not_heard_from": [
                {"body": body.code, "side": body.side, "refs": list(refs)} for body, refs in self.unheard
            ],
        }

    def footer(self, _lang: str) -> Sequence[str]:
        """Return what it was drawn from."""
        return self.context.lines()

    def page(self, lang: str) -> Page:
        """Return the paper."""
        report = self.report
        blocks: list[Block] = [
            Heading(CONFERENCE[lang], level=1),
            Text([Span(self._title(), "strong")]),
            Text([_("As of {day}", day=long_form(self.context.as_of))]),
            blank(),
        ]
        blocks += [Heading(_("Purpose")), Text([self._purpose()]), Text([_(_READING)]), *self._marks(), blank()]
        if not report.standings:
            return Page([*blocks, Text([_("No measure matches.")], indent=2)], self.footer(lang))
        blocks += [Heading(_("Where the measures stand")), *report.summary(), blank(), self._counts(lang), blank()]
        blocks += [*report.concerning(lang)]
        blocks += [Heading(_("Progress by area"))]
        for group in report.groups:
            own = [standing for standing in report.standings if standing.measure.area == group.key]
            name = in_language(self.areas[group.key].name, lang) if group.key in self.areas else group.key
            blocks += [
                Heading(name, level=3),
                Text([Span(self._in_numbers(own), "dim")]),
                self._area(own, lang),
                blank(),
            ]
        blocks += self._annexes(lang)
        return Page(blocks, self.footer(lang))

    def _title(self) -> str:
        if not self.report.plenaries:
            return _("Paper on progress")
        agreed = [
            _("the {plenary} ({day})", plenary=nth_plenary(plenary.number), day=long_form(plenary.date))
            for plenary in self.report.plenaries
        ]
        return _("Paper on the progress of the measures agreed at {plenaries}", plenaries=listed(agreed))

    def _purpose(self) -> str:
        return _(
            "This paper reports the progress of {measures} as of {day}, and what was recorded on each since {since}.",
            measures=self.report.chosen.counted()
            if self.report.chosen.filtered
            else measures_of(len(self.report.standings)),
            day=long_form(self.context.as_of),
            since=self.since.in_words(),
        )

    def _marks(self) -> list[Block]:
        """Return what the mark means that internal words have, where the paper has any."""
        told = [entry for standing in self.report.standings for entry in (standing.step, *self._news(standing))]
        return [Text([Span(_(_INTERNAL), "strong")])] if any(map(is_internal, filter(None, told))) else []

    def _counts(self, lang: str) -> Table:
        """Return the table of areas and statuses, each number on the tint of its status."""
        parts = [(short_label(status), str(status)) for status in Status if self.report.counts[status]]
        if self.report.lapsed:
            at = [role for _name, role in parts].index(Status.CONTINUING) + 1
            parts.insert(at, (_("of these, lapsed"), _LAPSED))
        columns = [Column(_("Area"), overflow="wrap"), *(Column(name, right=True) for name, _role in parts)]
        rows = []
        for group in self.report.groups:
            numbers = _by_role(group.counts, group.lapsed)
            cells = [_number(numbers[role], role) for _name, role in parts]
            rows.append(Row([in_language(group.names, lang) or group.key, *cells, str(group.total)]))
        numbers = _by_role(self.report.counts, self.report.lapsed)
        total = [numbers[role] for _name, role in parts]
        strong: list[Cell] = [Span(str(number), "strong") for number in [*total, len(self.report.standings)]]
        rows.append(Row([Span(_("Total"), "strong"), *strong]))
        return Table([*columns, Column(_("Total"), right=True)], rows, header=True)

    def _in_numbers(self, own: Sequence[Standing]) -> str:
        return _("{what}: {why}", what=measures_of(len(own)), why=statuses_of(own))

    def _area(self, own: Sequence[Standing], lang: str) -> Table:
        columns = [
            Column(_("Ref")),
            Column(_("What was agreed"), overflow="wrap"),
            Column(
                _("Progress since the last meeting")
                if self.since.plenary
                else _("Progress since {day}", day=in_words(self.since.day)),
                overflow="wrap",
            ),
            Column(_("Next step, by"), overflow="wrap"),
            *(Column(label(side), overflow="wrap") for side in SIDES),
        ]
        return Table(columns, [self._row(standing, lang) for standing in own], header=True)

    def _row(self, standing: Standing, lang: str) -> Row:
        measure = standing.measure
        role = "lapsed" if standing.lapsed else standing.status
        said = short_label(standing.status)
        if standing.lapsed:
            said = _("{what} ({why})", what=said, why=_("lapsed"))
        summary = named(measure.summary, lang)
        agreed = Lines([[named(measure.title, lang, "strong")], [summary] if summary.text else []])
        return Row(
            [
                Lines([[to(measure.ref)], [Span(said, role, block=True)]]),
                agreed,
                Lines(self._progress(standing, lang)),
                Lines(_next(standing)),
                *(Lines(self._side(standing, side, lang)) for side in SIDES),
            ],
            anchor=measure.ref,
        )

    def _news(self, standing: Standing) -> list[Entry]:
        """Return the entries that tell of a measure since the day."""
        return [entry for entry in standing.events if entry.event in _TOLD and (entry.on or "") > self.since.day]

    def _progress(self, standing: Standing, lang: str) -> list[list[Piece]]:
        news = self._news(standing)
        if not news:
            return [[Span(no_news_since(standing.latest), "dim")]]
        return [_told(entry, lang) for entry in news]

    def _side(self, standing: Standing, side: str, lang: str) -> list[list[Piece]]:
        status = standing.side(side).status
        owners = [body_name(self.bodies[code], lang) for code in standing.owners_of(side, self.bodies)]
        return [[Span(short_label(status), status)], [listed(owners) or _("no owner named")]]

    def _annexes(self, lang: str) -> list[Block]:
        blocks: list[Block] = [Heading(_("Annex: not heard from")), Text([self.owed.rule()])]
        columns = [
            Column(_("Body"), overflow="wrap"), Column(_("Side")), Column(_("Returns owed"), right=True),
            Column(_("Measures"), overflow="wrap"),
        ]  # fmt: skip
        rows = [Row([_body(body, lang), label(body.side), str(len(refs)), linked(refs)]) for body, refs in self.unheard]
        blocks.append(
            Table(columns, rows, header=True) if rows else Text([_("No returns are owed.")], indent=2),
        )
        if others := self._others():
            pairs = [KeyValue(body.code, in_language(body.name, lang)) for body in others]
            blocks += [blank(), Heading(_("Annex: other bodies named")), KeyValues(pairs, "ref")]
        return [*blocks, blank()]

    def _others(self) -> list[Body]:
        """Return the bodies that the tables name and the annex before does not."""
        codes = {owner["body"] for standing in self.report.standings for owner in standing.owners}
        codes |= {entry.by for standing in self.report.standings for entry in self._news(standing) if entry.by}
        codes -= {other.body.code for other in self.unheard}
        return [body for code, body in self.bodies.items() if code in codes]


_READING = N_(
    "A status is judged by the wording of the measure. 'Status not established' means that nothing recorded supports a"
    " status; it does not say that nothing has happened."
)


_INTERNAL = N_("Words marked [internal] are not for publication; `report --paper --public` leaves them out.")


def _by_role(counts: Mapping[Status, int], lapsed: int) -> dict[str, int]:
    return {**{str(status): count for status, count in counts.items()}, _LAPSED: lapsed}


def _number(count: int, role: str) -> Cell:
    return Span(str(count), role, block=True) if count else _NONE


def _body(body: Body, lang: str) -> Cell:
    return [Span(body.code, "ref"), "  ", named(body.name, lang)]


def _told(entry: Entry, lang: str) -> list[Piece]:
    """Return what an entry says, with its day and its sources."""
    day = in_words(entry.on or "", entry.precision or "day")
    told: list[Piece] = [Span(_("{speaker}: ", speaker=day), "strong"), *event_text(Record(entry), lang)]
    sources = list(dict.fromkeys(piece["source"] or piece["locator"] for piece in entry.evidence or ()))
    return [*told, Span(_(" ({sources})", sources=listed(sources)), "dim")] if sources else told


def _next(standing: Standing) -> list[list[Piece]]:
    if standing.closed:  # nothing is next, nor late
        return [[_NONE]]
    lines: list[list[Piece]] = [[with_day(standing.step)]] if standing.step else []
    if standing.target:
        lines.append([due(standing)])
    return lines or [[_NONE]]


def last_meeting(register: Register, standings: Sequence[Standing], as_of: str) -> Since:
    """Return the last plenary before a day; where there is none, the day on which the first measure was agreed."""
    held = [plenary for plenary in register.plenaries.values() if plenary.date < as_of]
    if held:
        last = max(held, key=lambda plenary: plenary.date)
        return Since(last.date, last.number)
    return Since(min((register.agreed_on(standing.measure.ref) for standing in standings), default=as_of))


def paper(view: View, report: Progress, owed: Chase, since: str | None = None) -> Paper:
    """Answer how far the measures of a report by area have come, and what was recorded since a day (ISO).

    Without one it is the last plenary's. ``owed`` is what the bodies owe.
    """
    register = view.register
    held = next((plenary.number for plenary in register.plenaries.values() if plenary.date == since), None)
    start = last_meeting(register, report.standings, view.as_of) if since is None else Since(since, held)
    unheard = _unheard(owed, {standing.measure.ref for standing in report.standings})
    return Paper(report, start, register.bodies, register.areas, owed, unheard)


def _unheard(owed: Chase, refs: Collection[str]) -> list[Unheard]:
    """Return who owes a return on these measures."""
    found = []
    for debt in owed.debts:
        own = [each.standing.measure.ref for each in debt.owed if each.standing.measure.ref in refs]
        if debt.body and own:
            found.append(Unheard(debt.body, own))
    return sorted(found, key=lambda unheard: (SIDES.index(unheard.body.side), -len(unheard.refs)))
