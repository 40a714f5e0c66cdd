"""What must hold of another copy before anything of it is taken in, and what of it the register lacks."""

from collections.abc import Collection

from hkshcc.errors import RefusedError
from hkshcc.language import N_, _
from hkshcc.register.commands.common import CommandContext, effective_entries
from hkshcc.register.dates import in_words, shifted
from hkshcc.register.index import SHIPPED, Register
from hkshcc.register.model import Entry, encode

_BEGIN_ANEW = N_(
    "take the same version of hkshcc, begin one of the two anew from a copy of the other (`hkshcc import register"
    " COPY.json --apply` where there is no store), and record there again what it had of its own"
)


def lacking(register: Register, copy: Register, file: str) -> list[Entry]:
    """Return what the copy holds and the register lacks. Raises RefusedError where one id has two meanings."""
    held = {entry.id: entry for entry in register.stored}
    new = []
    for entry in copy.stored:
        own = held.get(entry.id)
        if own is None:
            new.append(entry)
        elif encode(own) != encode(entry) and own.command == entry.command == SHIPPED:
            raise RefusedError(
                _(
                    "{id}, which ships with hkshcc, says something else in {file} than here: the two registers began"
                    " with different versions, or one of them was changed",
                    id=entry.id,
                    file=file,
                ),
                hint=_(_BEGIN_ANEW),
            )
        elif encode(own) != encode(entry):
            raise RefusedError(
                _(
                    "entry {number} of {file} and entry {own} here have the same id but do not say the same",
                    number=_called(entry, copy),
                    file=file,
                    own=_called(own, register),
                ),
                hint=_(
                    "one of the two was changed; where a copy from elsewhere brought it here, go back to a copy of this"
                    " register from before that"
                ),
            )
    return new


def _called(entry: Entry, register: Register) -> str:
    """Return the number of an entry as a register is read."""
    return str(next(seen.number for seen in register.entries if seen.id == entry.id))


def check_moments(context: CommandContext, copy: Register, file: str) -> None:
    """Refuse an entry that was recorded after now, and is not followed by one under a clock that was right."""
    moment = copy.entries[-1].recorded if copy.entries else ""
    if moment[:10] > shifted(context.today, 1) and not context.clock_is_right:
        raise RefusedError(
            _(
                "entry {number} of {file} was recorded on {day}, which is in the future",
                number=copy.last,
                file=file,
                day=in_words(moment[:10]),
            ),
            hint=_("correct it there by a change with --clock-is-right, or add --clock-is-right here"),
        )


def check_days(context: CommandContext, copy: Register, new: Collection[str], file: str) -> None:
    """Refuse what is new and became true on a day that has not come: a clock was wrong when it was recorded."""
    for entry in effective_entries(copy):
        if entry.id in new and (entry.on or "") > shifted(context.today, 1):
            raise RefusedError(
                _(
                    "entry {number} of {file} is dated {day}, which is in the future",
                    number=entry.number,
                    file=file,
                    day=in_words(entry.on or ""),
                ),
                hint=_(
                    "withdraw it there with `hkshcc undo {number}` and export again; with --clock-is-right it comes in,"
                    " and counts from that day on",
                    number=entry.number,
                ),
            )
