"""Naming: a register gets a name, by which its entries are called where those of several registers meet."""

from hkshcc.errors import RefusedError, UsageError
from hkshcc.language import _
from hkshcc.register.commands.common import CommandContext, Decision, new_entry
from hkshcc.register.index import Register
from hkshcc.register.model import Entry, moment_of
from hkshcc.register.shared import own_entries
from hkshcc.register.validation import is_origin
from hkshcc.register.vocabulary import Event


def read_origin(typed: str) -> str:
    """Read a register's name, in any case. Raises UsageError for what cannot be one."""
    name = typed.strip().upper()
    if not is_origin(name):
        raise UsageError(
            _("'{typed}' cannot be a register's name", typed=typed),
            hint=_("use at most 12 letters (A-Z) and digits, a letter first, such as HK or SH"),
        )
    return name


def name_register(register: Register, context: CommandContext, typed: str) -> Decision:
    """Give a register a name; what was recorded in it without one has this name too.

    Raises UsageError for a name that cannot be one, RefusedError for the name that it or another register has already.
    """
    name = read_origin(typed)
    if register.origin == name:
        raise RefusedError(_("this register is called {name} already; nothing was changed", name=name))
    check_free(register, name)
    return Decision([named(register, context, name)], [])


def check_free(register: Register, name: str, copy: Register | None = None) -> None:
    """Raise RefusedError for the name of another register: two entries would be called the same.

    ``copy`` is one that is about to be received.
    """
    own = {entry.id for entry in own_entries(register.stored)}
    others = {entry.origin for entry in register.entries if entry.id not in own}
    others |= {entry.origin for entry in copy.entries} if copy else set()
    if name in others:
        raise RefusedError(
            _("{name} is the name of another register, whose entries are called by it", name=name),
            hint=_("choose a name that no register has whose entries are here or in the copy"),
        )


def named(register: Register, context: CommandContext, name: str) -> Entry:
    """Return the entry that gives a register a name."""
    thing = {"name": name, "before": [entry.id for entry in register.entries]}
    entry = new_entry(register, context, Event.ORIGIN, thing=thing)
    latest = max(map(moment_of, register.entries), default="")
    return entry._replace(
        origin=name, place=int(entry.number), after=latest if latest > entry.recorded else None, means=None
    )
