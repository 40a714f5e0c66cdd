"""Undoing: entries are withdrawn by a retraction, and a retraction by another one; nothing is ever deleted."""

from collections.abc import Collection, Iterable, Sequence

from hkshcc.errors import NotFoundError, RefusedError, UsageError
from hkshcc.language import _, current, ngettext
from hkshcc.register.commands.common import CommandContext, Decision, effective_entries, is_foundation, new_entry
from hkshcc.register.index import SHIPPED, Register
from hkshcc.register.lookup import find_entry, find_measure
from hkshcc.register.model import Entry, Name, names_given, names_used
from hkshcc.register.shared import own_entries
from hkshcc.register.vocabulary import Event, in_language, name_label


class UnconfirmedError(UsageError):
    """What was agreed, shipped or imported would be withdrawn, and nobody said yes. ``what`` is that, in words."""

    def __init__(self, what: str, names: Collection[str]) -> None:
        super().__init__(_("withdrawing {what} must be confirmed", what=what), hint=_("add --yes"))
        self.what = what
        self.names = names


def undo(
    register: Register,
    context: CommandContext,
    typed: str | None,
    reason: str | None,
    confirmed: Collection[str] | None = None,
) -> Decision:
    """Withdraw an entry, the last command on a measure, or the last command recorded here; all its entries that count.

    Naming a retraction takes it back, so that what it withdrew counts again. Shipped entries only go when named by
    their number. ``confirmed`` are the ids of what was agreed, shipped or imported that a person said yes to, None for
    a yes to anything. Raises RefusedError where a rule forbids it or a reason is missing, UnconfirmedError where a yes
    is.
    """
    entries = named_entries(register, typed, context.today)
    _check_kind(register, entries)
    if exchange := next((entry for entry in entries if entry.event == Event.EXCHANGE), None):
        entries = _exchanged(register, exchange)
    reason = reason if reason and reason.strip() else None
    retraction = new_entry(register, context, Event.RETRACTION, names=[entry.id for entry in entries], reason=reason)
    after = Register([*register.stored, retraction])
    _check(register, after)
    going = [entry for entry in effective_entries(register) if entry.id in after.withdrawn and is_foundation(entry)]
    if going and reason is None:
        raise RefusedError(_("withdrawing {what} needs a reason", what=_in_words(going)), hint=_("add --reason"))
    origin = _from_abroad(register, exchange) if exchange else None
    asked = [*going, *([exchange] if exchange and origin else [])]
    if confirmed is not None and not all(entry.id in confirmed for entry in asked):
        what = _imported(origin, entries) if origin else _in_words(going)
        raise UnconfirmedError(what, [entry.id for entry in asked])
    return Decision([retraction], _withdrawn_there(origin, retraction) if origin else [])


def _from_abroad(register: Register, exchange: Entry) -> str | None:
    """Return the name of another register that an exchange received entries from; None for what ships, or a branch."""
    origin = (exchange.thing or {}).get("origin")
    return origin if origin and origin not in {SHIPPED, register.origin} else None


def _imported(origin: str, entries: Sequence[Entry]) -> str:
    """Say how many entries go with an import, and that they go where they came from too."""
    number = sum(entry.event not in _OF_REGISTERS for entry in entries)
    return ngettext(
        "an entry here and in {origin}'s register",
        "{number} entries here and in {origin}'s register",
        number,
        origin=origin,
        number=number,
    )


def _withdrawn_there(origin: str, retraction: Entry) -> list[str]:
    """Say what withdrawing an import does in the register that it came from."""
    return [
        _(
            "what came from {origin}'s register is withdrawn there too, once {origin} receives a copy of this register;"
            " `hkshcc undo {number}` brings it back",
            origin=origin,
            number=retraction.number,
        )
    ]


def named_entries(register: Register, typed: str | None, today: str) -> list[Entry]:
    """Return the entry of a number or id, or the entries of the last command on the measure of a ref, or of all.

    Raises NotFoundError for what names neither an entry nor a measure, RefusedError for an entry that is withdrawn.
    """
    if typed is None:
        return _last_command(register)
    by_number = typed.strip().isdecimal()
    try:
        named = find_entry(register, typed)
    except NotFoundError:
        if by_number:
            raise
        named = None
    # The entry that agreed a shipped measure has the ref as its id.
    if named is None or (named.id == named.ref and not by_number):
        return _last_command(register, find_measure(register, typed, today).ref)
    if by := register.withdrawn.get(named.id):
        raise RefusedError(
            _("entry {number} is withdrawn already", number=named.number),
            hint=_("`hkshcc undo {number}` brings it back", number=by.number),
        )
    return [named]


def _last_command(register: Register, ref: str | None = None) -> list[Entry]:
    """Return the entries that count of the last command that is neither shipped nor a retraction.

    Directly after somebody withdrew an older entry, that withdrawal is the last command: going on from there would
    withdraw something newer, which nobody has spoken of.
    """
    count = effective_entries(register)
    exchanges: dict[str, Entry] = {}
    for entry in register.exchanges:
        if entry.thing and entry.id not in register.withdrawn:
            # One that came by another exchange comes after it.
            exchanges = dict.fromkeys(entry.thing["received"], entry) | exchanges
    own = {entry.id for entry in own_entries(register.entries) if entry.command != SHIPPED}
    recorded = [
        entry
        for entry in count
        if (entry.id in own or entry.id in exchanges) and entry.event not in {Event.RETRACTION, Event.ORIGIN}
    ]
    if ref is not None:
        recorded = [entry for entry in recorded if entry.ref == ref]
    last = recorded[-1] if recorded else None
    if ref is None and register.entries and _stepped_over(register, last):
        last = register.entries[-1]
    if last is not None:
        command = exchanges.get(last.id, last).command if ref is None else last.command
        return [entry for entry in count if entry.command == command and entry.event != Event.ORIGIN]
    if ref is not None:
        raise NotFoundError(
            _("there is no change to {ref} here that counts", ref=ref),
            hint=_("`hkshcc history {ref}` shows the entries that shipped; withdraw one by its number", ref=ref),
        )
    raise NotFoundError(
        _("there is nothing left to undo: no change recorded here counts"),
        hint=_("`hkshcc history` shows the entries that shipped; withdraw one by its number"),
    )


def _exchanged(register: Register, exchange: Entry) -> list[Entry]:
    """Return all that came by an exchange, withdrawn by it or not, and what was recorded with it."""
    received = set((exchange.thing or {})["received"])
    return [
        entry
        for entry in register.entries
        if (entry.id in received and entry.event not in _OF_REGISTERS)
        or (entry.command == exchange.command and entry.event != Event.ORIGIN)
    ]


_OF_REGISTERS = (Event.EXCHANGE, Event.ORIGIN)  # these say what a register was told, or is called: that stays true


def _check_kind(register: Register, entries: Sequence[Entry]) -> None:
    """Refuse to withdraw a register's name, and what another register received."""
    for entry in entries:
        if entry.event == Event.ORIGIN:
            raise RefusedError(
                _("entry {number} names a register and cannot be withdrawn", number=entry.number),
                hint=_("`hkshcc init --origin NAME` gives this register another name"),
            )
        if entry.event == Event.EXCHANGE and entry.id not in {own.id for own in register.exchanges}:
            raise RefusedError(
                _("entry {number} is an import of {origin}'s register", number=entry.number, origin=entry.origin),
                hint=_("it is withdrawn there; here you can withdraw each entry that it brought"),
            )


def _stepped_over(register: Register, last: Entry | None) -> bool:
    """Return whether the last entry is a retraction that passed over the last command, or took what shipped."""
    retraction = register.entries[-1]
    if retraction.event != Event.RETRACTION:
        return False
    names = set(retraction.names or ())
    withdrew = [entry for entry in register.entries if entry.id in names]
    if any(entry.command == SHIPPED for entry in withdrew):
        return True
    return last is not None and all(entry.number < last.number and entry.command != last.command for entry in withdrew)


def _in_words(entries: Sequence[Entry]) -> str:
    first = next((entry for entry in entries if entry.event == Event.AGREED), entries[0])
    about = first.thing or {}
    number, ref = first.number, first.ref
    match first.event:
        case Event.AGREED:
            title = in_language(about["title"], current())
            what = _("{ref} '{title}' (agreed, entry {number})", ref=ref, title=title, number=number)
        case Event.PLENARY | Event.AREA | Event.BODY | Event.INSTRUMENT:
            name = about.get("code") or about.get("ref") or about.get("number")
            what = _("{kind} {name} (entry {number})", kind=name_label(first.event), name=name, number=number)
        case Event.KEY:
            what = (
                _("the revocation of a key of {body} (entry {number})", body=about["body"], number=number)
                if about.get("revoked")
                else _("a key of {body} (entry {number})", body=about["body"], number=number)
            )
        case _:
            what = (
                _("entry {number} on {ref} (shipped)", number=number, ref=ref)
                if ref
                else _("entry {number} (shipped)", number=number)
            )
    return _("{what} and {n} more", what=what, n=len(entries) - 1) if len(entries) > 1 else what


def _check(register: Register, after: Register) -> None:
    """Refuse what would leave a counting entry resting on something that is gone, or bring something in twice."""
    count = effective_entries(after)
    _check_kept(register, after)
    present, remaining = _given(effective_entries(register)), _given(count)
    staying = _given(entry for entry in effective_entries(register) if entry.id not in after.withdrawn)
    gone = _given(entry for entry in after.entries if entry.id in after.withdrawn)
    for entry in count:
        again = entry.id in register.withdrawn
        if (
            again
            and after.settled is None
            and (twin := next((staying[name] for name in names_given(entry) if name in staying), None))
        ):
            raise RefusedError(
                _(
                    "entry {number} would count again beside entry {other}, which took its place",
                    number=entry.number,
                    other=twin.number,
                ),
                hint=_("withdraw that one first: `hkshcc undo {number}`", number=twin.number),
            )
        for name in names_used(entry):
            missing = gone.get(name) if name not in remaining else None
            if missing and again:
                raise RefusedError(
                    _(
                        "entry {number} would count again, but depends on entry {other}, which is withdrawn",
                        number=entry.number,
                        other=missing.number,
                    ),
                    hint=_(
                        "bring that one back first: `hkshcc undo {number}`", number=after.withdrawn[missing.id].number
                    ),
                )
            # What was missing before is no reason to refuse, or an unsound register could never be mended.
            if missing and name in present:
                raise RefusedError(
                    _("entry {number} depends on entry {other}", number=entry.number, other=missing.number),
                    hint=_("withdraw entry {number} first: `hkshcc undo {number}`", number=entry.number),
                )


def _check_kept(register: Register, after: Register) -> None:
    """Refuse to withdraw what another entry rests on: where registers exchange entries it would count all the same."""
    before = register.settled.kept if register.settled else {}
    named = after.entries[-1].names or ()
    kept = after.settled.kept if after.settled else {}
    kept = {name: by for name, by in kept.items() if name in named or name not in before}
    numbers = {entry.id: entry.number for entry in after.entries}
    for name, by in kept.items():
        raise RefusedError(
            _("entry {number} depends on entry {other}", number=numbers[by], other=numbers[name]),
            hint=_("withdraw entry {number} first: `hkshcc undo {number}`", number=numbers[by]),
        )


def _given(entries: Iterable[Entry]) -> dict[Name, Entry]:
    """Return the entries that bring something in which others name, by its name."""
    return {name: entry for entry in entries for name in names_given(entry)}
