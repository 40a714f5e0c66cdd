"""Keys of bodies: added for a time, and revoked."""

from hkshcc.errors import RefusedError
from hkshcc.language import _, listed
from hkshcc.register.commands.common import CommandContext, Decision, effective_day, new_entry
from hkshcc.register.dates import Day, in_words
from hkshcc.register.index import Register
from hkshcc.register.keys import find_key, keys_of
from hkshcc.register.lookup import find_body
from hkshcc.register.model import Key
from hkshcc.register.openssh import PublicKey
from hkshcc.register.vocabulary import Event


def add_key(
    register: Register, context: CommandContext, typed: str, public: PublicKey, since: Day | None, until: Day | None
) -> Decision:
    """Add a key of a body, valid from a day (None is today) until the end of another (None is for good).

    Raises NotFoundError for an unknown body, RefusedError for a key that is another body's, was revoked, is held for
    that time already, or would end before it begins.
    """
    body = find_body(register, typed)
    begins = since.on if since else context.today
    if until and until.on < begins:
        raise RefusedError(
            _(
                "the key would be valid until {until}, before {since}, from which it is valid",
                until=in_words(until.on),
                since=in_words(begins),
            ),
            hint=_("give a later day with --until"),
        )
    key = Key(public.fingerprint, body.code, public.method, public.public, begins, until.on if until else None)
    for held in keys_of(register):
        if held.key.fingerprint != key.fingerprint:
            continue
        if held.key.body != body.code:
            raise RefusedError(
                _("the key {key} is that of {owner} already", key=key.fingerprint, owner=held.key.body),
                hint=_("a body signs with a key of its own"),
            )
        if held.revoked:
            raise RefusedError(
                _("the key {key} was revoked (entry {number})", key=key.fingerprint, number=held.revoked.number),
                hint=_("add a new key"),
            )
        if held.spans(begins) and (held.key.until is None or (key.until and key.until <= held.key.until)):
            raise RefusedError(
                _(
                    "{body} has the key {key} already (entry {number})",
                    body=body.code,
                    key=key.fingerprint,
                    number=held.added.number,
                )
            )
    thing = {name: value for name, value in key._asdict().items() if value is not None}
    return Decision([new_entry(register, context, Event.KEY, thing=thing)], [])


def revoke_key(register: Register, context: CommandContext, typed: str, on: Day | None, reason: str | None) -> Decision:
    """Revoke a key, known by its fingerprint or the beginning of it: what it signs from a day on counts for nothing.

    ``on`` None is now: what was recorded before stays signed. Raises RefusedError for a key that is revoked from that
    day or an earlier one, and for a day in the future, UsageError and NotFoundError for what names no key.
    """
    held = find_key(register, typed)
    when = effective_day(on, context.today)
    if held.revoked and (held.revoked.on or "") <= when.on:
        raise RefusedError(
            _(
                "the key {key} is revoked since {day} (entry {number})",
                key=held.key.fingerprint,
                day=in_words(held.revoked.on or ""),
                number=held.revoked.number,
            )
        )
    thing = {name: value for name, value in held.key._replace(revoked=when.on)._asdict().items() if value is not None}
    entry = new_entry(register, context, Event.KEY, when, thing=thing, reason=reason)
    return Decision([entry], _no_longer_signed(register, held.key.fingerprint, when.on, context.today))


def _no_longer_signed(register: Register, fingerprint: str, since: str, today: str) -> list[str]:
    """Say which entries are no longer taken as signed: those of a past day from which the key is not trusted."""
    numbers = [
        str(entry.number)
        for entry in register.entries
        if entry.signature and entry.signature["key"] == fingerprint and since <= entry.recorded[:10]
    ]
    if since == today or not numbers:
        return []
    return [
        _("no longer signed, because the key is not trusted since then: entries {numbers}", numbers=listed(numbers))
    ]
