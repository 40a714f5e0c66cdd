"""Keeping a copy of evidence that was recorded before: a note, whose evidence is that piece with its copy."""

from hkshcc.errors import NotFoundError, RefusedError
from hkshcc.language import _
from hkshcc.register.commands.common import CommandContext, Decision, new_entry
from hkshcc.register.dates import Day
from hkshcc.register.evidence import pieces_of
from hkshcc.register.index import Register
from hkshcc.register.lookup import find_measure
from hkshcc.register.model import Copy, Evidence
from hkshcc.register.vocabulary import Event


def keep_copy(register: Register, context: CommandContext, ref: str, number: int, copy: Copy) -> Decision:
    """Record that a copy of a measure's piece of evidence is kept; ``number`` is the piece's, from 1.

    Raises NotFoundError for a piece that is not there, RefusedError where that very copy is kept of it already.
    """
    measure = find_measure(register, ref, context.today)
    pieces = pieces_of(register.events(measure.ref))
    piece = next((piece for piece in pieces if piece.number == number), None)
    if piece is None:
        raise NotFoundError(
            _("{ref} has no piece of evidence {number}", ref=measure.ref, number=number),
            hint=_("`hkshcc evidence {ref}` shows those there are", ref=measure.ref),
        )
    held = piece.evidence.get("copy")
    if held and held["sha256"] == copy["sha256"]:
        raise RefusedError(
            _("this copy of evidence {number} on {ref} is kept already", ref=measure.ref, number=number),
            hint=_("`hkshcc check` says whether it is still there"),
        )
    evidence = Evidence(**{**piece.evidence, "copy": copy})
    today = Day(context.today, "day")
    entry = new_entry(register, context, Event.NOTE, today, ref=measure.ref, remark=copy["name"], evidence=[evidence])
    return Decision([entry], [])
