"""What is different between two standings of a measure, in an official's words."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hkshcc.language import N_, _, listed, ngettext
from hkshcc.register.basis import acceptance_of, basis_of
from hkshcc.register.dates import days_between, in_words, span
from hkshcc.register.model import Body, Measure
from hkshcc.register.standing import Standing, in_order
from hkshcc.register.vocabulary import FULFILLED, RANK, Status, short_label
from hkshcc.reports.event_text import basis_text, no_news_since
from hkshcc.reports.page import because, marked, on_day

# The sorts of change, in the order of the page.
# The sorts of change, in the order of the page.
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
MOVES = ("newly-completed", "moved-forward", "moved-back", "first-word")


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

    def text(self) -> str:
        """Return what is said of it, of a change of status from what to what; it may begin with a blank."""
        return self._step() + self.detail

    def _step(self) -> str:
        if self.before not in _STATUSES or self.after not in _STATUSES:
            return ""
        step = short_label(self.after or "")
        if self.before == Status.UNKNOWN:
            return step
        return _("from {before} to {after}", before=short_label(self.before or ""), after=step)


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
        return [Change("lapsed", now.measure, None, None, no_news_since(last))]
    details = Details(int(last.number), last.on, last.precision)
    return [Change("lapsed", now.measure, None, last.on, no_news_since(last), details)]


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
    return because(since, marked(entry, said)), details


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
