"""The pieces of evidence on a measure, numbered, each with the copy kept of it; and what its status rests on."""

from collections.abc import Iterable
from typing import NamedTuple

from hkshcc.register.model import Entry, Evidence, told_order
from hkshcc.register.standing import Standing, sides_of
from hkshcc.register.vocabulary import SIDES, Event, Status


class Piece(NamedTuple):
    """A piece of evidence: its number among those on its measure, from 1, and the entry that brought it."""

    number: int
    entry: Entry
    evidence: Evidence


def pieces_of(events: Iterable[Entry]) -> list[Piece]:
    """Return the evidence of a measure's events in the order in which it was recorded.

    The evidence of a note is a piece that was recorded before, with the copy that was kept of it since.
    """
    found: list[Piece] = []
    for entry in sorted(events, key=told_order):
        for evidence in () if entry.nil else entry.evidence or ():
            if entry.event == Event.NOTE:
                found = [_with_copy(piece, evidence) for piece in found]
            else:
                found.append(Piece(len(found) + 1, entry, evidence))
    return found


def _with_copy(piece: Piece, kept: Evidence) -> Piece:
    same = all(piece.evidence.get(key) == kept.get(key) for key in ("kind", "source", "locator"))
    return piece._replace(evidence=kept) if same else piece


def support_of(standing: Standing) -> list[Entry]:
    """Return the entries that a measure's status rests on: those that say it, of the sides that stand there.

    An entry from before a side was moved elsewhere and back says nothing of its status now.
    """
    if standing.status == Status.UNKNOWN:
        return []
    stands = {side: standing.side(side) for side in SIDES}
    since = {side: one.since or "" for side, one in stands.items() if one.status == standing.status}
    return [
        entry
        for entry in standing.events
        if entry.status == standing.status
        and any(side in since and (entry.on or "") >= since[side] for side in sides_of(entry))
    ]


def sources_of(standing: Standing) -> set[str]:
    """Return the sources that a measure's status rests on, in lower case: bodies that reported, whose evidence it is.

    Two pages of one newspaper are one source; evidence without a source is one by itself.
    """
    entries = support_of(standing)
    named = [piece["source"] or piece["locator"] for entry in entries for piece in entry.evidence or ()]
    return {name.casefold() for name in (*named, *(entry.by for entry in entries if entry.by))}


def rests_on_press_alone(standing: Standing) -> bool:
    """Return whether a measure has a status that no owner reported and that only the press shows."""
    entries = support_of(standing)
    kinds = {piece["kind"] for entry in entries for piece in entry.evidence or ()}
    return kinds == {"press"} and not any(entry.by for entry in entries)
