"""The pieces of evidence on a measure, numbered, each with the copy kept of it."""

from collections.abc import Iterable
from typing import NamedTuple

from hkshcc.register.model import Entry, Evidence
from hkshcc.register.vocabulary import Event


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
    for entry in sorted(events, key=lambda event: event.number):
        for evidence in entry.evidence or ():
            if entry.event == Event.NOTE:
                found = [_with_copy(piece, evidence) for piece in found]
            else:
                found.append(Piece(len(found) + 1, entry, evidence))
    return found


def _with_copy(piece: Piece, kept: Evidence) -> Piece:
    same = all(piece.evidence.get(key) == kept.get(key) for key in ("kind", "source", "locator"))
    return piece._replace(evidence=kept) if same else piece
