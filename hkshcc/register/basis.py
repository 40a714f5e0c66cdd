"""The basis of a closing: on whose word, or by which source, a closed measure has its status, and who accepted it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from hkshcc.register.model import Body, Entry, Evidence
from hkshcc.register.standing import Standing, less_advanced, sides_of
from hkshcc.register.vocabulary import CLOSED, SIDES, Event, Status

# From the weakest to the strongest. A closing has the strongest that holds of it.
UNOFFICIAL, ONE_SIDE, BOTH_SIDES, OFFICIAL, ACCEPTED = BASES = (
    "unofficial", "one-side", "both-sides", "official", "accepted",
)  # fmt: skip
UNCONFIRMED = (UNOFFICIAL, ONE_SIDE)
_OFFICIAL_KINDS = frozenset({"official", "record"})


class Basis(NamedTuple):
    """What a closing rests on: a word of ``BASES``; the side, where it is one side's; the day (ISO) of acceptance.

    ``one-side``: the returns of bodies of one side. ``both-sides``: returns of both. ``official``: evidence of the kind
    ``official`` or ``record`` whose source is no owner; its side is the one that the evidence shows, null for both.
    ``accepted``: by the conference. ``unofficial``: none of these, but another source or none at all.
    """

    kind: str
    side: str | None = None
    accepted_on: str | None = None
    precision: str = "day"  # of the day of acceptance

    @property
    def confirmed(self) -> bool:
        """Whether more than one side's word, or a source that is not official, speaks for it."""
        return self.kind not in UNCONFIRMED


class _Run(NamedTuple):
    """What closes a side: the entries since it has been closed at all, and those since it has its present status."""

    closed: Sequence[Entry] = ()
    same: Sequence[Entry] = ()


def acceptance_of(standing: Standing) -> Entry | None:
    """Return the entry by which the conference accepted a measure's closing, while it holds.

    It holds until the status of the measure is another one.
    """
    if not standing.closed:
        return None
    statuses: dict[str, Status] = dict.fromkeys(SIDES, Status.UNKNOWN)
    found: Entry | None = None
    before = Status.UNKNOWN
    for entry in standing.events:
        if entry.event == Event.ACCEPTANCE:
            found = found or (entry if before in CLOSED else None)
        elif entry.status is not None:
            statuses.update(dict.fromkeys(sides_of(entry), Status(entry.status)))
            now = less_advanced(statuses["hk"], statuses["sh"])
            found, before = (found if now == before else None), now
    return found


def basis_of(standing: Standing, bodies: Mapping[str, Body]) -> Basis | None:
    """Return what a measure's closing rests on; None where it is not closed. ``bodies`` are the register's, by code.

    A side that has another status than the measure speaks neither for nor against it.
    """
    if not standing.closed:
        return None
    if accepted := acceptance_of(standing):
        return Basis(ACCEPTED, None, accepted.on, accepted.precision or "day")
    runs = {side: _run(standing.events, side).same for side in SIDES if standing.side(side).status == standing.status}
    shown = [side for side, entries in runs.items() if _is_shown(entries, standing, bodies)]
    if shown:
        return Basis(OFFICIAL, shown[0] if len(shown) == 1 else None)
    speakers = {side for entries in runs.values() for entry in entries if (side := _side_of(entry, bodies))}
    if speakers == set(SIDES):
        return Basis(BOTH_SIDES)
    return Basis(ONE_SIDE, next(iter(speakers))) if speakers else Basis(UNOFFICIAL)


def is_unconfirmed(standing: Standing, bodies: Mapping[str, Body]) -> bool:
    """Return whether a measure is closed, and nothing confirms that it is."""
    basis = basis_of(standing, bodies)
    return basis is not None and not basis.confirmed


def settled(standing: Standing, bodies: Mapping[str, Body]) -> set[str]:
    """Return the sides of which no return is awaited any more, though a round be open.

    A side is settled by its own word that closed it, by a finding that shows it closed on an official source, or by
    the conference's acceptance; never by what the other side says.
    """
    if acceptance_of(standing):
        return set(SIDES)
    found = set()
    for side in SIDES:
        if standing.side(side).status in CLOSED:
            closing = _run(standing.events, side).closed
            spoken = any(_side_of(entry, bodies) == side for entry in closing)
            # What a body of the other side names as a source is that side's word too.
            if spoken or _is_shown([entry for entry in closing if entry.by is None], standing, bodies):
                found.add(side)
    return found


def answered(standing: Standing, bodies: Mapping[str, Body]) -> set[str]:
    """Return the sides that have reported: a status since anybody else last closed the measure, if anybody did."""
    found = set()
    for side in SIDES:
        own = [_side_of(entry, bodies) == side and not entry.nil for entry in standing.events]
        closed = [at for at, entry in enumerate(standing.events) if entry.status in CLOSED and not own[at]]
        since = zip(standing.events[closed[-1] :], own[closed[-1] :], strict=True) if closed else ()
        if any(theirs and entry.status for entry, theirs in since) if closed else any(own):
            found.add(side)
    return found


def _side_of(entry: Entry, bodies: Mapping[str, Body]) -> str | None:
    """Return the side of the body that reports in an entry."""
    return bodies[entry.by].side if entry.by and entry.by in bodies else None


def _run(events: Iterable[Entry], side: str) -> _Run:
    """Return what closes a side, of a measure's events in deciding order; nothing where it is open."""
    run, status = _Run(), None
    for entry in events:
        if entry.status is None or side not in sides_of(entry):
            continue
        if entry.status not in CLOSED:
            run = _Run()
        else:
            run = _Run((*run.closed, entry), (*run.same, entry) if entry.status == status else (entry,))
        status = entry.status
    return run


def _is_shown(entries: Iterable[Entry], standing: Standing, bodies: Mapping[str, Body]) -> bool:
    """Return whether an official source that is no owner is among the evidence of entries."""
    owners = [owner["body"] for owner in standing.owners]
    return any(
        evidence["kind"] in _OFFICIAL_KINDS and not _is_their_own(evidence, owners, entry, bodies)
        for entry in entries
        for evidence in entry.evidence or ()
    )


def _is_their_own(evidence: Evidence, owners: Iterable[str], entry: Entry, bodies: Mapping[str, Body]) -> bool:
    """Return whether evidence is an owner's or the reporting body's: by its code, its name, or a host with its code."""
    if not evidence["source"]:
        return entry.by is not None  # a body that names no source is taken to be it
    source = evidence["source"].strip().casefold()
    for code in {*owners, entry.by or ""} - {""}:
        names = bodies[code].name.values() if code in bodies else ()
        called = {name.casefold() for name in (code, *names) if name}
        if source in called or code.casefold() in source.split("."):
            return True
    return False
