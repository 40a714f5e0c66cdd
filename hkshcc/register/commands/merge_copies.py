"""Merging copies: a register takes in the entries of another copy of it that it lacks."""

from collections.abc import Mapping, Sequence

from hkshcc.errors import RefusedError, UsageError
from hkshcc.language import _, listed, ngettext
from hkshcc.register.chain import readable
from hkshcc.register.commands.common import (
    CommandContext,
    Decision,
    check_conference,
    effective_entries,
    receive,
)
from hkshcc.register.commands.copy_checks import check_days, check_moments, lacking
from hkshcc.register.commands.naming import check_free, named, read_origin
from hkshcc.register.dates import in_words
from hkshcc.register.index import SHIPPED, Register
from hkshcc.register.integrity import problems
from hkshcc.register.model import Entry, names_given
from hkshcc.register.vocabulary import Event, name_label
from hkshcc.register.witness import rebuilt


class UnnamedError(UsageError):
    """The register has no name yet, and needs one to exchange entries with another."""


def merge(
    register: Register, context: CommandContext, copy: Register, file: str, origin: str | None = None
) -> Decision:
    """Take in what a copy holds and the register lacks; what both hold must be the same. ``file`` is for messages.

    What comes in says what it says there; what both gave one name to is settled by the rule of `register.shared`, and
    said. An empty register becomes the copy. ``origin`` names the register where it has no name. Nothing is recorded
    where all that is new is that the copy received something that is here. Raises UnnamedError where a name is
    missing, RefusedError for a copy whose register has none, for another conference's, and where two entries of one id
    differ.
    """
    check_moments(context, copy, file)
    name = read_origin(origin) if origin is not None else None
    if not register.entries:
        entries = _begun(context, copy, name)
        return Decision(entries, _keys_of_others(entries, file) if name not in {None, copy.origin} else [])
    check_conference(register, copy, file)
    if register.origin and name not in {None, register.origin}:
        raise RefusedError(
            _("this register is called {name}", name=register.origin),
            hint=_("leave --origin out; `hkshcc init --origin {name}` gives it another name", name=name),
        )
    new = lacking(register, copy, file)
    if all(_acknowledges(entry, copy) for entry in new):
        unnamed = [_not_named(name)] if name and not register.origin else []
        return Decision([], [*unnamed, *_withdrawn_here(register, copy, file)])
    if not context.clock_is_right:
        check_days(context, copy, {entry.id for entry in new}, file)
    return _received(register, context, copy, file, new, name)


def merge_forks(register: Register, context: CommandContext, copy: Register, file: str) -> Decision:
    """Take in what a fork of this very register holds, as ``merge`` does; neither needs a name.

    Where the fork holds all of the register and went on from there, its entries come as they are. Raises RefusedError
    also where one of the two was altered.
    """
    if register.altered:
        raise RefusedError(_("entries were changed outside hkshcc"), hint=_("`hkshcc check` says which"))
    if copy.altered:
        raise RefusedError(
            _("entries of the branch that is merged were changed outside hkshcc"),
            hint=_("`hkshcc check` on that branch says which"),
        )
    check_conference(register, copy, file)
    if copy.last >= register.last and copy.link_at(register.last) == register.fingerprint:
        return Decision(list(copy.stored[register.last :]), [])
    new = lacking(register, copy, file)
    if not new:
        return Decision([], [])
    decision = _checked(register, receive(register, context, new, copy, copy.origin or ""), file)
    return decision._replace(notes=_settled(register, decision.entries))


def _received(
    register: Register, context: CommandContext, copy: Register, file: str, new: Sequence[Entry], name: str | None
) -> Decision:
    if copy.origin is None:
        raise RefusedError(
            _("{file} does not say whose register it is", file=file),
            hint=_("there, `hkshcc init --origin NAME` names it; then export it again"),
        )
    naming: list[Entry] = []
    here = register
    if register.origin is None:
        if name is None:
            raise UnnamedError(
                _("this register has no name yet, by which others will know its entries"),
                hint=_("add --origin NAME, such as --origin {name}", name="SH" if copy.origin == "HK" else "HK"),
            )
        check_free(register, name, copy)
        naming = [named(register, context, name)]
        here = Register([*register.stored, *naming])
    taken = receive(here, context, new, copy, copy.origin)
    if naming:
        taken[-1] = taken[-1]._replace(id=f"{context.command}-2")
    notes = [*_witnessed(register, copy, file), *_same_name(here, copy, new), *_keys_of_others(new, file)]
    decision = _checked(register, [*naming, *taken], file)
    return decision._replace(
        notes=[*notes, *_settled(register, decision.entries), *_withdrawals(register, decision.entries)]
    )


def _not_named(name: str) -> str:
    return _("nothing came in, so the register was not named; `hkshcc init --origin {name}` names it", name=name)


def _checked(register: Register, entries: list[Entry], file: str) -> Decision:
    """Return a decision, unless a copy that somebody made up would make the register unsound."""
    if wrong := problems(Register([*register.stored, *entries])):
        raise RefusedError(
            _("with {file} the register would break a rule: {problem}", file=file, problem=wrong[0][:300]),
            hint=_("withdraw that entry in the copy, or bring back here what it depends on"),
        )
    return Decision(entries, [])


def _begun(context: CommandContext, copy: Register, name: str | None) -> list[Entry]:
    """Return the entries of a copy with which a register begins: that very register, or one with its own name."""
    entries = list(copy.stored)
    if copy.origin is None and name is None:
        return entries
    if name is None:
        raise UnnamedError(
            _("the copy is of {name}'s register, and this one needs a name", name=copy.origin),
            hint=_(
                "add --origin NAME for a register of your own; --origin {name} if this is that register, restored",
                name=copy.origin,
            ),
        )
    if name == copy.origin:
        return entries
    check_free(Register([]), name, copy)
    return [*entries, named(copy, context, name)]


def _acknowledges(entry: Entry, copy: Register) -> bool:
    """Return whether an entry is only word that exchanges were received: two could answer each other for ever."""
    if entry.event != Event.EXCHANGE:
        return False
    received = set((entry.thing or {})["received"])
    return all(other.event == Event.EXCHANGE for other in copy.stored if other.id in received)


def _witnessed(register: Register, copy: Register, file: str) -> list[str]:
    """Say so where a copy does not go on from what was received of its register before."""
    before = [entry for entry in register.exchanges if (entry.thing or {}).get("origin") == copy.origin]
    if not before:
        return []
    last = before[-1]
    number, value = (last.thing or {})["entries"], str((last.thing or {})["fingerprint"])
    if number <= copy.last and copy.link_at(number) == value:
        return []
    told = rebuilt(register, str(copy.origin), number, value)
    pairs = zip(told.stored, copy.stored, strict=False) if told else ()
    if parted := next((other for one, other in pairs if one.id != other.id), None):
        return [
            _(
                "{file} is not what was received of {origin}'s register on {day} (entries 1-{number}, fingerprint"
                " {value}): from entry {first} on it is another. That register went on from a backup, or was rewritten;"
                " what was received stays here",
                file=file,
                origin=copy.origin,
                number=number,
                value=readable(value),
                day=in_words(last.recorded[:10]),
                first=int(parted.number),
            )
        ]
    return [
        _(
            "{file} does not go on from {origin}'s entries 1-{number} (fingerprint {value}), received on {day}: that"
            " register was restored from a backup, or rewritten; what was received stays here",
            file=file,
            origin=copy.origin,
            number=number,
            value=readable(value),
            day=in_words(last.recorded[:10]),
        )
    ]


def _same_name(register: Register, copy: Register, new: Sequence[Entry]) -> list[str]:
    if register.origin != copy.origin or not any(entry.command != SHIPPED for entry in new):
        return []
    return [
        _(
            "both registers are called {name}, so that entries of the two may be called the same; `hkshcc init --origin"
            " NAME` gives one of them another name",
            name=copy.origin,
        )
    ]


def _keys_of_others(new: Sequence[Entry], file: str) -> list[str]:
    """Say which keys come along: whoever keeps a register decides whose keys count there."""
    keys = [entry.thing for entry in new if entry.event == Event.KEY and entry.thing and not entry.thing.get("revoked")]
    if not keys:
        return []
    named = [f"{key['body']} {key['fingerprint']}" for key in keys]
    return [
        _(
            "{file} brings keys of bodies ({keys}): before you rely on one, compare it with that body by another way",
            file=file,
            keys=listed(named),
        )
    ]


def _settled(register: Register, entries: Sequence[Entry]) -> list[str]:
    """Say what both registers gave one name to, and how that was settled."""
    after = Register([*register.stored, *entries])
    if after.settled is None:
        return []
    before = register.settled
    entered = {entry.id: entry for entry in after.entries}
    notes = []
    for name, called in after.settled.called.items():
        if before is None or before.called.get(name) != called:
            entry = entered[name]
            given = str((after.stored[int(entry.number) - 1].thing or {})[_KEYS[entry.event]])
            notes.append(
                _(
                    "{given} (entry {number}) is called {called} now: another {kind} was recorded under {given} before",
                    kind=name_label(names_given(entry)[0][0]),
                    given=given,
                    number=entry.number,
                    called=called,
                )
            )
    for name, stands in after.settled.aside.items():
        if before is None or name not in before.aside:
            notes += _aside(entered[name], entered[stands])
    if (more := len(notes) - _MOST_TOLD) > 0:
        told = ngettext("{n} more name was settled so", "{n} more names were settled so", more)
        notes = [*notes[:_MOST_TOLD], told]
    return notes


# What things are called by, and how many are told of one by one.
_KEYS: Mapping[str, str] = {
    "agreed": "ref", "instrument": "ref", "body": "code", "round": "name", "area": "slug", "plenary": "number",
}  # fmt: skip
_MOST_TOLD = 20


def _aside(entry: Entry, stands: Entry) -> list[str]:
    if _said(entry) == _said(stands):
        return []
    kind, name = names_given(entry)[0][0], (entry.thing or {})[_KEYS[entry.event]]
    return [
        _(
            "{kind} {name} was entered twice: entry {stands} stands, being the earlier; entry {number} is set aside",
            kind=name_label(kind),
            name=name,
            stands=stands.number,
            number=entry.number,
        )
    ]


def _said(entry: Entry) -> Mapping[str, object]:
    return {key: value for key, value in (entry.thing or {}).items() if value}


def _withdrawn_here(register: Register, copy: Register, file: str) -> list[str]:
    """Say which entries count in a copy that brings nothing new, and do not here."""
    gone = [entry for entry in effective_entries(copy) if entry.id in register.withdrawn]
    if not gone:
        return []
    by = list(dict.fromkeys(str(register.withdrawn[entry.id].number) for entry in gone))
    return [
        ngettext(
            "{n} entry of {file} was withdrawn here, by {entries}; `hkshcc undo NUMBER` brings it back",
            "{n} entries of {file} were withdrawn here, by {entries}; `hkshcc undo NUMBER` brings them back",
            len(gone),
            file=file,
            entries=listed(by),
        )
    ]


def _withdrawals(register: Register, entries: Sequence[Entry]) -> list[str]:
    """Say which entries of this register another one withdrew."""
    after = Register([*register.stored, *entries])
    gone = [entry for entry in effective_entries(register) if entry.id in after.withdrawn]
    if not gone:
        return []
    by = list(dict.fromkeys(str(after.withdrawn[entry.id].number) for entry in gone))
    return [
        ngettext(
            "{n} entry that counted here was withdrawn there, by {entries}; `hkshcc undo NUMBER` brings it back",
            "{n} entries that counted here were withdrawn there, by {entries}; `hkshcc undo NUMBER` brings them back",
            len(gone),
            entries=listed(by),
        )
    ]
