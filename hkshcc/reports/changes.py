"""The changes: what is different at the end of one day from the end of another, in an official's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from hkshcc.errors import UsageError
from hkshcc.language import _
from hkshcc.register.dates import in_words, long_form
from hkshcc.register.index import Register
from hkshcc.register.lookup import plenary_named
from hkshcc.register.model import Measure
from hkshcc.register.typed_dates import read_day
from hkshcc.register.vocabulary import STALE_AFTER_DAYS
from hkshcc.reports.event_text import agreement, brief
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
    linked,
    measures_of,
    named,
    nth_plenary,
    on_day,
    to,
)
from hkshcc.reports.standing_diff import HEADINGS, MOVES, Change, Details, between

_DRAFT = "draft"  # criteria that nobody agreed to
_ALIKE = {"owner-changed", "criteria"}  # of which many measures have the same at once, told once with their refs


@dataclass(frozen=True)
class Changes:
    """What changed between the ends of two days, and on which measures no owner has spoken by the later."""

    context: ReportContext
    since: str
    named: str
    by_recorded: bool
    changes: Sequence[Change]
    silent: Sequence[Measure]
    total: int

    schema: ClassVar[str] = "hkshcc.changes/1"
    rows: ClassVar[str] = "changes"
    fields: ClassVar[Sequence[str]] = ("change", "ref", "title", "before", "after", "detail", "details")
    brief: ClassVar[Sequence[str]] = ()

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each."""
        return [
            {
                "change": change.what,
                "ref": change.measure.ref,
                "title": all_languages(change.measure.title),
                "before": change.before,
                "after": change.after,
                "detail": change.text(),
                "details": change.details._asdict(),
            }
            for change in self.changes
        ]

    def data(self) -> dict[str, Any]:
        """Return the changes for machines; the silent as refs."""
        return {
            **self.context.data(self.schema),
            "since": self.since,
            "until": self.context.as_of,
            "by_recorded": self.by_recorded,
            "total": self.total,
            "changes": self.items(),
            "still_silent": [measure.ref for measure in self.silent],
        }

    def page(self, lang: str) -> Page:
        """Return the changes under their headings, the silence last."""
        days = {"since": long_form(self.since), "until": long_form(self.context.as_of)}
        period = (
            _("What was recorded from the end of {since} to the end of {until}", **days)
            if self.by_recorded
            else _("What happened from the end of {since} to the end of {until}", **days)
        )
        blocks: list[Block] = [Heading(_("Changes since {when}", when=self._named()), level=1)]
        blocks += [Text([period]), blank()]
        if not self.changes:
            blocks += [Text([_("Nothing changed.")], indent=2), blank()]
        for what, heading in HEADINGS.items():
            own = [change for change in self.changes if change.what == what]
            if own:
                blocks += [
                    Heading(_("{what} ({why})", what=_(heading), why=len(own))),
                    *_told(what, own, lang),
                    blank(),
                ]
        blocks += self._silence()
        return Page(blocks, self.footer(lang))

    def footer(self, _lang: str) -> Sequence[str]:
        """Return what it was drawn from."""
        return self.context.lines()

    def _named(self) -> str:
        """Return the day, and by what name it was asked for if that was none of a day's."""
        day = long_form(self.since)
        if plenary := plenary_named(self.named):
            return _("the {plenary} ({day})", plenary=nth_plenary(plenary), day=day)
        try:
            read_day(self.named, self.since)
        except UsageError:
            return _("{what} ({why})", what=self.named, why=day)
        return day

    def _silence(self) -> list[Block]:
        if not self.total:
            return [Text([_("No measure is in the register on that day.")], indent=2), blank()]
        if not self.silent:
            return [Text([_("Owners have reported on every measure.")]), blank()]
        heading = Heading(
            _("Still silent ({silent} of {measures})", silent=len(self.silent), measures=measures_of(self.total))
        )
        return [heading, Text(linked([measure.ref for measure in self.silent]), indent=2), blank()]


def _told(what: str, own: Sequence[Change], lang: str) -> list[Block]:
    if what in _ALIKE:
        refs: dict[str, list[str]] = {}
        for change in own:
            refs.setdefault(change.detail, []).append(change.measure.ref)
        return [
            line
            for detail, those in refs.items()
            for line in (Text([detail], indent=2), Text(linked(those, "ref"), indent=4))
        ]
    rows = [
        Row(
            [to(change.measure.ref), named(change.measure.title, lang)],
            [Span(change.text(), "dim")],
            anchor=change.measure.ref,
        )
        for change in own
    ]
    return [Table([Column(""), Column("", overflow="wrap")], rows)]


def changes(
    earlier: View, later: View, named: str, *, by_recorded: bool, stale_after: int = STALE_AFTER_DAYS
) -> Changes:
    """Answer what changed between two days of the register; ``stale_after`` days make a continuing measure lapse.

    For what became true both views are of one register; for what was told, each holds what was known by its day, and
    both are as of the later.
    """
    found: list[Change] = []
    silent: list[Measure] = []
    measures = later.register.measures(later.as_of)
    before = {measure.ref: measure for measure in earlier.register.measures(earlier.as_of)}
    for measure in measures:
        now = later.register.standing(measure, later.as_of, stale_after)
        if now.silent:
            silent.append(measure)
        if measure.ref in before:
            was = earlier.register.standing(measure, earlier.as_of, stale_after)
            found += [*between(was, now, later.register.bodies), *_criteria(measure, earlier, later)]
        else:
            on = later.register.agreed_on(measure.ref)
            details = Details(on=on, precision="day")
            found.append(
                Change("newly-agreed", measure, None, str(now.status), _("agreed {day}", day=in_words(on)), details)
            )
    if by_recorded:
        taken_back = _withdrawn(earlier.register, later.register)
        refs = {change.measure.ref for change in taken_back}
        # Where a word was taken back, another standing is correction and no change.
        found = [_corrected(change) if change.measure.ref in refs else change for change in found] + taken_back
    since = earlier.known_on if by_recorded else earlier.as_of
    return Changes(later.context, since, named, by_recorded, found, silent, len(measures))


def _corrected(change: Change) -> Change:
    return change._replace(what="corrected") if change.what in MOVES else change


def _criteria(measure: Measure, earlier: View, later: View) -> list[Change]:
    """Return that what would count for a measure was written, or written anew, and who agreed to it."""
    held = earlier.register.criteria(measure.ref, earlier.as_of)
    written = later.register.criteria(measure.ref, later.as_of)
    if not written or written[-1].id in {entry.id for entry in held}:
        return []
    entry = written[-1]
    on = on_day(entry.on or "", entry.precision or "day")
    details = Details(int(entry.number), entry.on, entry.precision)
    before = (held[-1].agreed_by or _DRAFT) if held else None
    detail = _(", ").join([agreement(entry), on])
    return [Change("criteria", measure, before, entry.agreed_by or _DRAFT, detail, details)]


def _withdrawn(earlier: Register, later: Register) -> list[Change]:
    """Return what was believed at the earlier day and has been withdrawn since: correction, not change."""
    found = []
    for entry in earlier.entries:
        by = later.withdrawn.get(entry.id)
        measure = earlier.measure(entry.ref) if entry.ref else None
        if by is None or measure is None or entry.id in earlier.withdrawn:
            continue
        detail = because(_("entry {number} ({what})", number=entry.number, what=brief(entry)), by.reason)
        details = Details(int(by.number), by.recorded[:10], "day", by.reason)
        found.append(Change("withdrawn", measure, str(int(entry.number)), None, detail, details))
    return found
