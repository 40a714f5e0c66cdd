"""Refreshing: a register takes in what a newer version of the tool ships and it lacks."""

from hkshcc.errors import RefusedError
from hkshcc.language import _
from hkshcc.register.commands.common import CommandContext, Decision, check_conference, effective_entries, receive
from hkshcc.register.index import SHIPPED, Register
from hkshcc.register.integrity import problems
from hkshcc.register.model import Entry, names_given, names_used
from hkshcc.register.vocabulary import Event, name_label


def refresh(register: Register, context: CommandContext, shipped: Register) -> Decision:
    """Take in the shipped entries that the register lacks; what it has of its own stays, and the notes say so.

    Left out are also entries that rest on one that was left out. Raises RefusedError for a register of something else.
    """
    check_conference(register, shipped, _("the register that ships"))
    known = {entry.id for entry in register.entries}
    own = {name: entry for entry in effective_entries(register) for name in names_given(entry)}
    # A ref is never given twice, that of a measure that was withdrawn included.
    own |= {name: entry for entry in register.entries if entry.event == Event.AGREED for name in names_given(entry)}
    here = set(own)
    new: list[Entry] = []
    notes: list[str] = []
    other: set[str | None] = set()  # refs under which the register holds a measure of its own
    for entry in shipped.entries:
        if entry.id in known:
            here.update(names_given(entry))
            continue
        twin = next((own[name] for name in names_given(entry) if name in own), None)
        needed = [*names_used(entry), *([("measure", entry.ref.casefold())] if entry.ref else [])]
        missing = next((name for name in needed if name not in here and name not in names_given(entry)), None)
        if entry.ref in other:
            continue
        if twin:
            other.update([entry.ref] if entry.ref else [])
            notes.append(
                _(
                    "the shipped {id} was left out: the register has its own, entry {number}",
                    id=entry.id,
                    number=twin.number,
                )
            )
        elif missing:
            notes.append(
                _(
                    "the shipped {id} was left out: the register has no {kind} {name}",
                    id=entry.id,
                    kind=name_label(missing[0]),
                    name=missing[1],
                )
            )
        else:
            here.update(names_given(entry))
            new.append(entry)
    if not new:
        return Decision([], notes)
    taken = receive(register, context, new, shipped, SHIPPED)
    if wrong := problems(Register([*register.stored, *taken])):
        raise RefusedError(
            _("with the shipped entries the register would break a rule: {problem}", problem=wrong[0][:300])
        )
    return Decision(taken, notes)
