"""The changes: what is different at the end of one day from the end of another, in an official's words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from hkshcc.errors import UsageError
from hkshcc.language import N_, _, listed, ngettext
from hkshcc.register.basis import acceptance_of, basis_of
from hkshcc.register.dates import days_between, in_words, long_form, span
from hkshcc.register.index import Register
from hkshcc.register.lookup import plenary_named
from hkshcc.register.model import Body, Measure
from hkshcc.register.standing import Standing, in_order
from hkshcc.register.typed_dates import read_day
from hkshcc.register.vocabulary import FULFILLED, RANK, STALE_AFTER_DAYS, Status, short_label
from hkshcc.reports.event_text import agreement, basis_text, brief
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

HEADINGS = {
    "newly-agreed": N_("Newly agreed"),
    "newly-completed": N_("Newly completed"),
    "accepted": N_("Accepted by the conference"),
    "moved-forward": N_("Moved forward"),
    "moved-back": N_("Moved back"),
    "lapsed": N_("Lapsed since"),
    "target-moved": N_("Target moved"),
    "first-word": N_("First update"),
    "evidence-added": N_("Evidence added, status as before"),
    "criteria": N_("Criteria written"),
    "nil-return": N_("Nil returns"),
    "owner-changed": N_("Owner changed"),
    "corrected": N_("Corrected"),
    "withdrawn": N_("Withdrawn"),
}


_STATUSES = frozenset[str](Status)
_DRAFT = "draft"  # criteria that nobody agreed to
_MOVES = ("newly-completed", "moved-forward", "moved-back", "first-word")
_ALIKE = {"owner-changed", "criteria"}  # of which many measures have the same at once, told once with their refs


class Details(NamedTuple):
    """What a change's detail says, apart: of nothing else it says anything.

    The number and the day of the entry that decided, how precisely the day was said, and its own words; by how many
    days a target moved (back where less than 0); the sources of new evidence; the owners who came and who left.
    """

    entry: int | None = None
    on: str | None = None
    precision: str | None = None
    text: str | None = None
    days: int | None = None
    sources: Sequence[str] | None = None
    added: Sequence[str] | None = None
    dropped: Sequence[str] | None = None


class Change(NamedTuple):
    """One measure's change: what sort, from what to what, and the detail in words and apart."""

    what: str
    measure: Measure
    before: str | None
    after: str | None
    detail: str
    details: Details = Details()


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
                "detail": _step(change) + change.detail,
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
            [Span(_step(change) + change.detail, "dim")],
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
    return change._replace(what="corrected") if change.what in _MOVES else change


def between(was: Standing, now: Standing, bodies: Mapping[str, Body]) -> list[Change]:
    """Return what is different of a measure."""
    moves = _moves(was, now, bodies)
    changed = [*moves, *_accepted(was, now), *_lapse(was, now), *_target(was, now)]
    return [*changed, *([] if moves else _evidence(was, now)), *_nil_returns(was, now), *_owners(was, now)]


def _lapse(was: Standing, now: Standing) -> list[Change]:
    """Return that a continuing measure was not heard of for too long, if it was at the earlier day."""
    if was.lapsed or not now.lapsed:
        return []
    last = now.latest
    if last is None or last.on is None:
        return [Change("lapsed", now.measure, None, None, _("no update or evidence"))]
    day = in_words(last.on, last.precision or "day")
    details = Details(int(last.number), last.on, last.precision)
    return [Change("lapsed", now.measure, None, last.on, _("no update or evidence since {day}", day=day), details)]


def _accepted(was: Standing, now: Standing) -> list[Change]:
    entry = acceptance_of(now)
    if entry is None or acceptance_of(was) == entry:
        return []
    details = Details(int(entry.number), entry.on, entry.precision, entry.reason)
    detail = because(on_day(entry.on or "", entry.precision or "day"), entry.reason)
    return [Change("accepted", now.measure, None, entry.on, detail, details)]


def _moves(was: Standing, now: Standing, bodies: Mapping[str, Body]) -> list[Change]:
    """Return the change of status, if there is one: exactly one heading for each."""
    if was.status == now.status:
        return []
    if now.status in FULFILLED and was.status not in FULFILLED:
        what = "newly-completed"
    elif now.status == Status.NOT_PURSUED:
        what = "withdrawn"
    elif was.status == Status.UNKNOWN:
        what = "first-word"
    elif now.status == Status.UNKNOWN or RANK[now.status] < RANK[was.status]:
        what = "moved-back"
    else:
        what = "moved-forward"
    return [Change(what, now.measure, str(was.status), str(now.status), *_why(now, bodies))]


def in_a_line(change: Change) -> str:
    """Return what is said of a change, from what to what included."""
    return (_step(change) + change.detail).strip()


def _step(change: Change) -> str:
    """Return a change of status in words; of any other change nothing."""
    if change.before not in _STATUSES or change.after not in _STATUSES:
        return ""
    step = short_label(change.after or "")
    if change.before == Status.UNKNOWN:
        return step
    return _("from {before} to {after}", before=short_label(change.before or ""), after=step)


def _why(now: Standing, bodies: Mapping[str, Body]) -> tuple[str, Details]:
    """Return the day and words of the entry that made the measure stand where it does, and that nothing confirms it."""
    deciding = [word.entry for word in (now.hk, now.sh) if word.entry and word.status == now.status]
    if not deciding:
        return "", Details()
    entry = in_order(deciding)[-1]
    said = entry.reason if now.status == Status.NOT_PURSUED else entry.remark
    if now.since and now.since != entry.on:
        since = _(" since {day}", day=in_words(now.since))
    else:
        since = _(" {on_day}", on_day=on_day(entry.on or "", entry.precision or "day"))
    basis = basis_of(now, bodies)
    if basis and not basis.confirmed:
        since = _(", ").join([since, basis_text(basis)])
    details = Details(int(entry.number), entry.on, entry.precision, said)
    return because(since, said), details


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


def _target(was: Standing, now: Standing) -> list[Change]:
    old, new = was.target, now.target
    if new is None or (old and old["date"] == new["date"]):
        return []
    decided = [entry for entry in now.events if entry.target is not None][-1:]
    details = Details(
        *(int(decided[0].number), decided[0].on, decided[0].precision, decided[0].reason) if decided else ()
    )
    reason = now.slips[-1].reason if now.slips else None
    if old is None:
        detail = because(_("set to {day}", day=in_words(new["date"])), reason)
        return [Change("target-moved", now.measure, None, new["date"], detail, details)]
    details = details._replace(days=days_between(old["date"], new["date"]))
    earlier, later = sorted((old["date"], new["date"]))
    values = {"time": span(earlier, later), "old": in_words(old["date"]), "new": in_words(new["date"])}
    moved = (
        _("{time} later, from {old} to {new}", **values)
        if new["date"] == later
        else _("{time} earlier, from {old} to {new}", **values)
    )
    detail = because(moved, reason)
    return [Change("target-moved", now.measure, old["date"], new["date"], detail, details)]


def _evidence(was: Standing, now: Standing) -> list[Change]:
    known = [(piece["kind"], piece["locator"]) for piece in was.evidence]
    new = [piece for piece in now.evidence if (piece["kind"], piece["locator"]) not in known]
    if not new:
        return []
    sources = list(dict.fromkeys(piece["source"] or piece["kind"] for piece in new))
    counts = (str(len(was.evidence)), str(len(now.evidence)))
    detail = ngettext("{n} piece: {sources}", "{n} pieces: {sources}", len(new), sources=listed(sources))
    return [Change("evidence-added", now.measure, *counts, detail, Details(sources=sources))]


def _nil_returns(was: Standing, now: Standing) -> list[Change]:
    """Return a change for each return that says that there is no news: nothing else is different by it."""
    known = {entry.id for entry in was.events}
    found = []
    for entry in now.events:
        if entry.nil and entry.id not in known:
            day = on_day(entry.on or "", entry.precision or "day")
            detail = _("{body}, {on_day}", body=entry.by, on_day=day)
            found.append(
                Change(
                    "nil-return", now.measure, None, None, detail, Details(int(entry.number), entry.on, entry.precision)
                )
            )
    return found


def _owners(was: Standing, now: Standing) -> list[Change]:
    old = [owner["body"] for owner in was.owners]
    new = [owner["body"] for owner in now.owners]
    added = [code for code in new if code not in old]
    dropped = [code for code in old if code not in new]
    if not added and not dropped:
        return []
    if added and dropped:
        detail = _("{added} in place of {dropped}", added=listed(added), dropped=listed(dropped))
    else:
        detail = _("added {bodies}", bodies=listed(added)) if added else _("removed {bodies}", bodies=listed(dropped))
    return [
        Change(
            "owner-changed", now.measure, "; ".join(old), "; ".join(new), detail, Details(added=added, dropped=dropped)
        )
    ]


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
