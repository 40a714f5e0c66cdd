"""The fold: from a measure and its events to where it stands on a day."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from hkshcc.register.dates import days_between
from hkshcc.register.model import Body, Entry, Evidence, Measure, Owner, Target, told_order
from hkshcc.register.vocabulary import ACTING, CLOSED, FULFILLED, RANK, SIDES, Event, Status

_TELLING = frozenset({Event.FINDING, Event.RETURN})  # entries that may say what a side did


class SideStatus(NamedTuple):
    """A side's status, the entry that decides it, and the day (ISO) since which it has been so.

    ``fulfilled_on`` is the day since which the side has been completed, in whatever form.
    """

    status: Status = Status.UNKNOWN
    entry: Entry | None = None
    since: str | None = None
    fulfilled_on: str | None = None
    moved_back: Entry | None = None


class Standing(NamedTuple):
    """Where a measure stands at the end of a day. Days are ISO; ``slip_days`` counts from the original target.

    It has stood so ``since`` the last of the sides that stand there came to it, and is ``fulfilled_on`` the day on
    which the last of the sides that have spoken was: it does not matter which of them spoke first.
    """

    measure: Measure
    status: Status
    hk: SideStatus
    sh: SideStatus
    since: str | None
    fulfilled_on: str | None
    sides_differ: bool
    moved_back: Entry | None
    last_update: Entry | None
    last_evidence: Entry | None
    owners: tuple[Owner, ...]
    target: Target | None
    target_original: Target | None
    slips: tuple[Entry, ...]
    slip_days: int
    timeliness: str
    freshness: str
    lapsed_sides: tuple[str, ...]
    silent: bool
    events: tuple[Entry, ...]  # nil returns among them, on which nothing else here rests

    @property
    def closed(self) -> bool:
        """Nothing more is awaited."""
        return self.status in CLOSED

    @property
    def latest(self) -> Entry | None:
        """The later of the last update and the latest evidence."""
        return _later(self.last_update, self.last_evidence)

    @property
    def lapsed(self) -> bool:
        """It is to continue, and for too long nothing has shown that it does."""
        return self.status == Status.CONTINUING and self.freshness != "current"

    @property
    def next(self) -> str | None:
        """What anybody last said would be done."""
        return self.step.next if self.step else None

    @property
    def step(self) -> Entry | None:
        """The entry in which anybody last said what would be done."""
        return next((entry for entry in reversed(self.events) if entry.next), None)

    @property
    def steps(self) -> Sequence[Entry]:
        """The entries in which the sides last said what they would do by which day, those of closed sides apart."""
        if self.closed:
            return []
        said = {side: entry for entry in self.events if entry.next for side in sides_of(entry)}
        awaited = [entry for side, entry in said.items() if self.side(side).status not in CLOSED]
        return list({entry.number: entry for entry in awaited if entry.next_by}.values())

    def missed_steps(self, as_of: str) -> Sequence[Entry]:
        """Return the steps whose day is past, and on which that side has reported nothing from that day on."""
        return [step for step in self.steps if (step.next_by or "") < as_of and not self._spoke_since(step)]

    def _spoke_since(self, step: Entry) -> bool:
        return any(
            (entry.on or "") >= (step.next_by or "")
            and not entry.nil
            and (entry.by is not None or (entry.status is not None and entry.event == Event.FINDING))
            and set(sides_of(entry)) & set(sides_of(step))
            for entry in self.events
        )

    @property
    def attention(self) -> str | None:
        """What was last said to need attention."""
        return self.flagged.attention if self.flagged else None

    @property
    def flagged(self) -> Entry | None:
        """The entry that last said that it needs attention."""
        return next((entry for entry in reversed(self.events) if entry.attention), None)

    @property
    def evidence(self) -> Sequence[Evidence]:
        """What all the events rest on; a note's is a copy of a piece that another event has."""
        return [evidence for entry in self.telling for evidence in entry.evidence or ()]

    @property
    def heard(self) -> Sequence[Entry]:
        """The events that are updates or bring evidence, in deciding order."""
        return [entry for entry in self.events if not entry.nil and (_is_update(entry) or _brings_evidence(entry))]

    @property
    def telling(self) -> Sequence[Entry]:
        """The events that bring evidence, in deciding order."""
        return [entry for entry in self.events if _brings_evidence(entry)]

    @property
    def one_sided(self) -> str | None:
        """The side that alone has been seen to act: the other has no status, and no entry says what it did."""
        for side, other in (SIDES, SIDES[::-1]):
            if self.side(side).status in ACTING and self.side(other).status == Status.UNKNOWN:
                news = [entry for entry in self.events if not entry.nil and entry.event in _TELLING]
                told = [entry for entry in news if entry.side in (other, "both")]
                return None if any(entry.remark or entry.evidence for entry in told) else side
        return None

    def side(self, side: str) -> SideStatus:
        """Return the status of one side (``hk`` or ``sh``)."""
        return self.hk if side == "hk" else self.sh

    def owners_of(self, side: str, bodies: Mapping[str, Body]) -> list[str]:
        """Return the codes of one side's owners, in the order they were named."""
        return [
            owner["body"] for owner in self.owners if owner["body"] in bodies and bodies[owner["body"]].side == side
        ]

    def step_of(self, body: Body | None, bodies: Mapping[str, Body]) -> Entry | None:
        """Return in which entry a body, else its side, last said what it would do; without a body, anybody."""
        if body is None:
            return self.step
        said = [entry for entry in reversed(self.events) if entry.next]
        own = [entry for entry in said if entry.by == body.code]
        side = [entry for entry in said if entry.by in bodies and bodies[entry.by].side == body.side]
        return next(iter(own or side), None)


def sides_of(entry: Entry) -> tuple[str, ...]:
    """Return the sides that an entry speaks for: its own, else both."""
    return (entry.side,) if entry.side in SIDES else SIDES


def in_order(events: Iterable[Entry]) -> list[Entry]:
    """Return events in the order in which they decide: the later day wins, then what was recorded later."""
    return sorted(events, key=lambda entry: (entry.on or "", told_order(entry)))


class _Folded(NamedTuple):
    """What the updates of a measure come to."""

    hk: SideStatus
    sh: SideStatus
    status: Status
    since: str | None
    fulfilled_on: str | None
    last: Entry | None
    evidence: Entry | None


def standing_of(measure: Measure, events: Sequence[Entry], as_of: str, stale_after: int) -> Standing:
    """Derive where a measure stands at the end of a day.

    ``events`` are the entries on the measure that count and whose day has come, in deciding order. It is stale where
    both its last update and its latest evidence are older than ``stale_after`` days.
    """
    news = [entry for entry in events if not entry.nil]
    folded = _side_statuses(news)
    owners, ever = _owners(measure, news)
    retargets = tuple(entry for entry in news if entry.target is not None)
    promised = [entry.target for entry in retargets]
    # The first date promised is the original, even where the measure was agreed without one.
    original = measure.target or (promised[0] if promised else None)
    target = promised[-1] if promised else measure.target
    known = Status.UNKNOWN not in (folded.hk.status, folded.sh.status)
    return Standing(
        measure=measure,
        status=folded.status,
        hk=folded.hk,
        sh=folded.sh,
        since=folded.since,
        fulfilled_on=folded.fulfilled_on,
        sides_differ=known and folded.hk.status != folded.sh.status,
        moved_back=_later(folded.hk.moved_back, folded.sh.moved_back),
        last_update=folded.last,
        last_evidence=folded.evidence,
        owners=owners,
        target=target,
        target_original=original,
        slips=retargets[0 if measure.target else 1 :],
        slip_days=days_between(original["date"], target["date"]) if original and target else 0,
        timeliness=_timeliness(folded.status, folded.fulfilled_on, original, target, as_of),
        freshness=_freshness(_later(folded.last, folded.evidence), as_of, stale_after),
        lapsed_sides=tuple(
            side
            for side, word in zip(SIDES, (folded.hk, folded.sh), strict=True)
            if word.status == Status.CONTINUING and _freshness(_latest_of(side, news), as_of, stale_after) != "current"
        ),
        silent=ever.isdisjoint([entry.by for entry in news if entry.by]),
        events=tuple(events),
    )


def _side_statuses(events: Iterable[Entry]) -> _Folded:
    """Fold the statuses: each side's own, and the less advanced of the two."""
    hk = sh = SideStatus()
    last = evidence = None
    for entry in events:
        if _is_update(entry):
            last = entry
        if _brings_evidence(entry):
            evidence = entry
        if entry.status is None:
            continue
        before = hk
        if entry.side != "sh":
            hk = _updated(before, entry.status, entry)
        if entry.side != "hk":
            # Mostly an entry speaks for both sides, of which the same was known.
            sh = hk if sh is before and entry.side != "sh" else _updated(sh, entry.status, entry)
    status = less_advanced(hk.status, sh.status)
    since = [side.since for side in (hk, sh) if side.status == status and side.since]
    fulfilled_on = [side.fulfilled_on for side in (hk, sh) if side.fulfilled_on] if status in FULFILLED else []
    return _Folded(hk, sh, status, max(since, default=None), max(fulfilled_on, default=None), last, evidence)


def _is_update(entry: Entry) -> bool:
    """Return whether it is one: any return is, from its owner; a finding is where it supports a status."""
    return entry.by is not None or (entry.status is not None and entry.event == Event.FINDING)


def _brings_evidence(entry: Entry) -> bool:
    """Return whether it rests on evidence; a note's is a copy of what another entry brought."""
    return not entry.nil and bool(entry.evidence) and entry.event != Event.NOTE


def _latest_of(side: str, events: Sequence[Entry]) -> Entry | None:
    """Return the latest update or evidence that speaks for a side."""
    return next(
        (
            entry
            for entry in reversed(events)
            if (_brings_evidence(entry) or _is_update(entry)) and side in sides_of(entry)
        ),
        None,
    )


def _owners(measure: Measure, events: Iterable[Entry]) -> tuple[tuple[Owner, ...], set[str]]:
    """Return the owners, and all who have ever been owners."""
    owners = {owner["body"]: owner for owner in measure.owners}
    ever = set(owners)
    for entry in [entry for entry in events if entry.dropped or entry.added]:
        for code in entry.dropped or ():
            owners.pop(code, None)
        for owner in entry.added or ():
            owners.setdefault(owner["body"], owner)
            ever.add(owner["body"])
    return tuple(owners.values()), ever


def _later(one: Entry | None, other: Entry | None) -> Entry | None:
    return in_order([one, other])[-1] if one and other and one is not other else one or other


def less_advanced(one: Status, other: Status) -> Status:
    """Return the less advanced of two sides' statuses; an unknown side is left out."""
    if one in (Status.UNKNOWN, other):
        return other
    if other == Status.UNKNOWN:
        return one
    return min(one, other, key=RANK.__getitem__)


def _updated(before: SideStatus, reported: str, entry: Entry) -> SideStatus:
    if reported == before.status:
        return SideStatus(before.status, entry, before.since, before.fulfilled_on, before.moved_back)
    status = Status(reported)
    reopened = before.status in CLOSED and status not in CLOSED
    moved_back = reopened or (before.status != Status.UNKNOWN and RANK[status] < RANK[before.status])
    # Completed stays completed since the first day, through modified and back; reopening starts anew.
    fulfilled_on = (before.fulfilled_on or entry.on) if status in FULFILLED else None
    return SideStatus(status, entry, entry.on, fulfilled_on, entry if moved_back else None)


def _timeliness(
    status: Status, fulfilled_on: str | None, original: Target | None, target: Target | None, as_of: str
) -> str:
    if original is None or target is None:
        return "no-target"
    if fulfilled_on is not None and fulfilled_on > original["date"]:
        return "late"
    if status not in CLOSED and as_of > target["date"]:
        return "overdue"
    return "slipped" if target["date"] > original["date"] else "on-time"


def _freshness(latest: Entry | None, as_of: str, stale_after: int) -> str:
    if latest is None or latest.on is None:
        return "none"
    return "stale" if days_between(latest.on, as_of) > stale_after else "current"
