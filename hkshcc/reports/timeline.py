"""The timeline: a lane for each measure, with its status over time, its evidence and its target."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, ClassVar

from hkshcc.language import N_, _, current, listed
from hkshcc.register.dates import in_words, shifted
from hkshcc.register.model import Area, Plenary
from hkshcc.register.vocabulary import Status, in_language, short_label
from hkshcc.reports.counts import LAPSED, SIGNS, Group, by_status, legend, title_of
from hkshcc.reports.drawings import Lane, LaneGroup, Lanes, Sign, Stretch
from hkshcc.reports.listing import Listing
from hkshcc.reports.page import (
    Block,
    Cell,
    Column,
    Heading,
    Lines,
    Page,
    Picture,
    Piece,
    ReportContext,
    Row,
    Span,
    Strip,
    Table,
    Text,
    View,
    all_languages,
    blank,
    measures_of,
    named,
    statuses_of,
    to,
)
from hkshcc.reports.tracks import Track, lapsed_note, marks_of, parted, plenaries_of, tracks

_COLUMNS = 40  # of a lane on a screen, at most; a longer time has a column for longer periods
_AFTER, _TARGET, _UNPROVEN = "─", "|", "*"


@dataclass(frozen=True)
class Timeline:
    """The measures listed, each over time until the view's day."""

    context: ReportContext
    chosen: Listing
    tracks: Sequence[Track]
    areas: Mapping[str, Area]
    plenaries: Sequence[Plenary]  # those that agreed them
    later: Sequence[Plenary]  # those held after the first of these

    schema: ClassVar[str] = "hkshcc.timeline/1"
    rows: ClassVar[str] = "measures"
    fields: ClassVar[Sequence[str]] = (
        "ref", "title", "area", "agreed_on", "status", "lapsed", "target", "target_original", "phases", "evidence",
    )  # fmt: skip
    brief: ClassVar[Sequence[str]] = ()

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each measure: the phases that it went through, and the days of its evidence."""
        return [_item(track) for track in self.tracks]

    def data(self) -> dict[str, Any]:
        """Return the measures over time for machines."""
        return {
            **self.context.data(self.schema),
            **self.chosen.scope(),
            "stale_after": self.chosen.stale_after,
            "measures": self.items(),
        }

    def page(self, lang: str) -> Page:
        """Return a line for each measure, with a column a quarter, below the picture."""
        blocks: list[Block] = [Heading(title_of(self.plenaries, lang), level=1), *self.chosen.only()]
        if not self.tracks:
            nothing = Text([_("No measure is in the register on that day.")], indent=2)
            return Page([*blocks, blank(), nothing, blank()], self.footer(lang))
        columns, period = self._columns()
        table = Table(self._heads(columns, period), self._rows(columns, period, lang), header=True)
        seen = self._seen()
        blocks += [blank(), self.picture(lang), table, legend([seen])._replace(notes=_signs_mean(period))]
        if seen.lapsed:
            blocks.append(Text([Span(lapsed_note(self.chosen.stale_after), "dim")], indent=2))
        blocks.append(blank())
        return Page(blocks, self.footer(lang))

    def footer(self, _lang: str) -> Sequence[str]:
        """Return what it was drawn from."""
        return self.context.lines()

    def picture(self, lang: str) -> Picture:
        """Return a lane for each measure, by area."""
        targets = [track.standing.target["date"] for track in self.tracks if track.standing.target]
        end = max([self.context.as_of, *(day for day in targets if day <= _later(self.context.as_of))])
        signs = [
            Sign("dot", _("a piece of evidence")),
            *([Sign("stroke", _("target date"))] if targets else []),
            Sign("halves", _("above Hong Kong, below Shanghai")),
        ]
        groups = [
            LaneGroup(self._area(area, lang), [_lane(track, end, lang) for track in members])
            for area, members in self._by_area()
        ]
        start = min(track.agreed for track in self.tracks)
        standings = [track.standing for track in self.tracks]
        return Picture(
            title=_("How each of {measures} stood over time", measures=measures_of(len(self.tracks))),
            source=title_of(self.plenaries, lang),
            description=_("On {day}: {counts}.", day=in_words(self.context.as_of), counts=statuses_of(standings)),
            drawing=Lanes(start, end, groups, signs, marks_of(self.later)),
            notes=[lapsed_note(self.chosen.stale_after)] if self._seen().lapsed else [],
        )

    def _by_area(self) -> list[tuple[str, list[Track]]]:
        """Return the measures by area, in the order in which each is first met."""
        held: dict[str, list[Track]] = {}
        for track in self.tracks:
            held.setdefault(track.standing.measure.area, []).append(track)
        return list(held.items())

    def _area(self, slug: str, lang: str) -> str:
        area = self.areas.get(slug)
        return (in_language({**area.name, **area.short}, lang) if area else "") or slug

    def _columns(self) -> tuple[list[tuple[str, str]], str]:
        """Return the first and last day of each column, and of which period a column is."""
        start = f"{min(track.agreed for track in self.tracks)[:4]}-01-01"
        period, ends = parted(start, self.context.as_of, "quarter", _COLUMNS)
        return list(zip([start, *(shifted(end, 1) for end in ends)], ends, strict=False)), period

    def _heads(self, columns: Sequence[tuple[str, str]], period: str) -> list[Column]:
        years = [end[:4] for _start, end in columns]
        marks = [(years.index(year), _head(year, period)) for year in dict.fromkeys(years)]
        return [Column(_("Ref")), Column(_("Measure"), overflow="clip"), Column(_("Over time"), marks=marks)]

    def _rows(self, columns: Sequence[tuple[str, str]], period: str, lang: str) -> list[Row]:
        rows: list[Row] = []
        for area, members in self._by_area():
            rows.append(Row(["", Span(self._area(area, lang), "strong"), ""]))
            for track in members:
                measure = track.standing.measure
                cells: list[Cell] = [to(measure.ref), named(measure.title, lang), _strip(track, columns, period)]
                rows.append(Row(cells, [Span(said, "dim") for said in _target(track)]))
        return rows

    def _seen(self) -> Group:
        """Return how many phases of each status there are, for the legend."""
        phases = [phase for track in self.tracks for phase in track.phases]
        return Group("", {}, by_status(phase.status for phase in phases), sum(phase.lapsed for phase in phases))


def _signs_mean(period: str) -> list[str]:
    return [
        _(_EACH[period]),
        _(
            "{line} nothing new since, {star} evidence that shows no status, {stroke} target date",
            line=_AFTER,
            star=_UNPROVEN,
            stroke=_TARGET,
        ),
    ]


_EACH = {
    "quarter": N_("A column is a quarter; a sign stands where an update or evidence came."),
    "half": N_("A column is a half-year; a sign stands where an update or evidence came."),
    "year": N_("A column is a year; a sign stands where an update or evidence came."),
}


def _head(year: str, period: str) -> str:
    if period == "year":
        return year[3]
    if period == "half":
        return year[2:]
    return f"'{year[2:]} " if current() == "en" else f"{year[2:]}年"


def _later(as_of: str) -> str:
    """Return the last day on which a target is drawn that is to come."""
    return f"{int(as_of[:4]) + 2:04}{as_of[4:]}"


def _target(track: Track) -> list[str]:
    """Return the line that says by when it was to be done, and by when at first, if any day was."""
    target, first = track.standing.target, track.standing.target_original
    if target is None or first is None:
        return []
    day = in_words(target["date"], target["precision"])
    if first == target:
        return [_("target {day}", day=day)]
    return [_("target {day}, at first {original}", day=day, original=in_words(first["date"], first["precision"]))]


def _strip(track: Track, columns: Sequence[tuple[str, str]], period: str) -> Strip:
    """Return how a measure stood over time: in signs, and the same told by periods of that length."""
    heard = {entry.on or "" for entry in track.standing.heard}
    return Strip(_signs(track, heard, columns), Lines([_stood(track, columns, period), _heard(heard, columns, period)]))


def _stood(track: Track, columns: Sequence[tuple[str, str]], period: str) -> list[Piece]:
    """Return how a measure stood at the end of each period, and since which one but for how it began."""
    stood = [(phase, end) for _start, end in columns if (phase := track.at(end))]
    said: list[Piece] = []
    for _role, same in groupby(stood, key=lambda at: at[0].role):
        phase, end = next(iter(same))
        named = _("lapsed") if phase.lapsed else short_label(phase.status)
        if said:
            named = _("{status} since {day}", status=named, day=in_words(end, period))
        said += [*([_("; ")] if said else []), Span(named, phase.role)]
    return said


def _heard(heard: Collection[str], columns: Sequence[tuple[str, str]], period: str) -> list[Piece]:
    """Return the periods in which an update or evidence came, if any."""
    ends = [end for start, end in columns if any(start <= day <= end for day in heard)]
    if not ends:
        return []
    said = listed([in_words(end, period) for end in ends])
    return [Span(_("update or evidence: {periods}", periods=said), "dim")]


def _signs(track: Track, heard: Collection[str], columns: Sequence[tuple[str, str]]) -> list[Span]:
    """Return what stands for a measure in each column, signs of one role together."""
    signs = [_sign(track, heard, *column) for column in columns]
    return [
        Span("".join(sign for sign, _role in same), role, block=role not in {"", Status.UNKNOWN})
        for role, same in groupby(signs, key=itemgetter(1))
    ]


def _sign(track: Track, heard: Collection[str], start: str, end: str) -> tuple[str, str]:
    """Return the sign of a column and its role: the status at its end, and whether anything came within it."""
    phase = track.at(end)
    if phase is None:
        return " ", ""
    target = track.standing.target
    if any(start <= day <= end for day in heard):
        sign = SIGNS[phase.status] if phase.status != Status.UNKNOWN else _UNPROVEN
    elif target and start <= target["date"] <= end:
        sign = _TARGET
    elif phase.status == Status.UNKNOWN:
        sign = SIGNS[Status.UNKNOWN]
    else:
        sign = LAPSED if phase.lapsed else _AFTER
    return sign, phase.role


def _lane(track: Track, end: str, lang: str) -> Lane:
    measure, standing = track.standing.measure, track.standing
    stretches = [Stretch(phase.start, phase.end, *phase.roles) for phase in track.phases]
    target = standing.target["date"] if standing.target else None
    original = standing.target_original["date"] if standing.target_original else None
    said = _("lapsed") if standing.lapsed else short_label(standing.status)
    if standing.target and target and target > end:
        said = _("{status}; target {day}", status=said, day=in_words(target, standing.target["precision"]))
    return Lane(
        name=measure.ref,
        title=in_language(measure.title, lang),
        stretches=stretches,
        dots=[dot.on for dot in track.dots for _piece in range(dot.pieces)],
        strokes=[target] if target and target <= end else [],
        faint=[original] if original and original != target and original <= end else [],
        label=said,
    )


def _item(track: Track) -> dict[str, Any]:
    standing = track.standing
    measure = standing.measure
    return {
        "ref": measure.ref,
        "title": all_languages(measure.title),
        "area": measure.area,
        "agreed_on": track.agreed,
        "status": str(standing.status),
        "lapsed": standing.lapsed,
        "target": standing.target["date"] if standing.target else None,
        "target_original": standing.target_original["date"] if standing.target_original else None,
        "phases": [phase.data() for phase in track.phases],
        "evidence": [{"on": dot.on, "precision": dot.precision, "pieces": dot.pieces} for dot in track.dots],
    }


def timeline(view: View, chosen: Listing) -> Timeline:
    """Answer how each of the measures listed stood over time."""
    found = tracks(view, chosen.standings, chosen.stale_after)
    agreeing, later = plenaries_of(view, chosen)
    return Timeline(view.context, chosen, found, view.register.areas, agreeing, later)
