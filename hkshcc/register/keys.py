"""Keys of bodies: which there are, which of them may sign when, and what a signature covers."""

from collections.abc import Iterable
from typing import NamedTuple

from hkshcc.errors import NotFoundError, UsageError
from hkshcc.language import _, listed
from hkshcc.register.chain import canonical
from hkshcc.register.dates import in_words
from hkshcc.register.index import Register
from hkshcc.register.model import Entry, Key, encode
from hkshcc.register.vocabulary import Event

FILE, ENTRY = "hkshcc", "hkshcc-entry"  # namespaces: what signs a file never signs an entry
_STATES = ("valid", "expired", "revoked", "future")
_LAST_MOMENT = "T99"  # of a day: after all that was recorded on it
_PREFIX = "SHA256:"
_FEWEST = 6  # characters of a fingerprint that somebody types


class HeldKey(NamedTuple):
    """A body's key with the entry that added it, and the one that revoked it, if one did."""

    key: Key
    added: Entry
    revoked: Entry | None = None

    def state(self, day: str) -> str:
        """Return what it is on a day (ISO): ``valid``, ``revoked``, ``expired`` or ``future``."""
        if self.revoked and (self.revoked.on or "") <= day:
            return "revoked"
        if day < self.key.since:
            return "future"
        return "valid" if self.spans(day) else "expired"

    def spans(self, day: str) -> bool:
        """Return whether a day (ISO) is within the time that the key was added for."""
        return self.key.since <= day and (self.key.until is None or day <= self.key.until)


def keys_of(register: Register) -> list[HeldKey]:
    """Return the keys that count, in the order of their entries. One may be added again, for another time."""
    held: list[HeldKey] = []
    for entry in register.key_entries:
        key = Key(**(entry.thing or {}))
        if key.revoked is None:
            held.append(HeldKey(key, entry))
    for entry in register.key_entries:
        key = Key(**(entry.thing or {}))
        if key.revoked is not None:
            held = [one._replace(revoked=_earlier(one.revoked, entry)) if _same(one.key, key) else one for one in held]
    return held


def _same(one: Key, other: Key) -> bool:
    return one.fingerprint == other.fingerprint


def _earlier(one: Entry | None, other: Entry) -> Entry:
    return min(one or other, other, key=_gone_at)


def _gone_at(revocation: Entry) -> tuple[str, str, int]:
    """Return the moment up to which a revoked key is trusted: of an earlier day, nothing of that day."""
    on = revocation.on or ""
    return _told(revocation.recorded, revocation.number) if on == revocation.recorded[:10] else (on, "", 0)


def _told(recorded: str, number: int) -> tuple[str, str, int]:
    """Return when an entry was told, a property of the entry: in other registers it has another number."""
    return recorded, getattr(number, "origin", ""), getattr(number, "place", int(number))


def what_is_wrong(keys: Iterable[HeldKey], fingerprint: str, body: str, recorded: str, number: int) -> str:
    """Say in words why a key could not sign for a body; nothing where it could.

    ``recorded`` (ISO) and ``number`` are those of the entry that was signed: a signature does not prove when it was
    made, so the key must have been valid when the register was told.
    """
    held = [one for one in keys if one.key.fingerprint == fingerprint]
    own = [one for one in held if one.key.body == body]
    if not held:
        return _("no body has the key {key}", key=fingerprint)
    if not own:
        owners = listed(list(dict.fromkeys(one.key.body for one in held)))
        return _("the key {key} is that of {owner}, not of {body}", key=fingerprint, owner=owners, body=body)
    gone, day = own[0].revoked, recorded[:10]
    if gone and _told(recorded, number) > _gone_at(gone):
        return _(
            "the key {key} of {body} was revoked on {day} (entry {number})",
            key=fingerprint,
            body=body,
            day=in_words(gone.on or ""),
            number=gone.number,
        )
    if any(one.spans(day) for one in own):
        return ""
    begins, ends = min(one.key.since for one in own), max(one.key.until or "" for one in own)
    if day < begins:
        return _("the key {key} of {body} is not valid before {day}", key=fingerprint, body=body, day=in_words(begins))
    return _("the key {key} of {body} was valid until {day}", key=fingerprint, body=body, day=in_words(ends))


def signer_of_file(keys: Iterable[HeldKey], fingerprint: str, day: str) -> tuple[HeldKey, str]:
    """Return the key that signed a file, and say why it could not do so on a day (ISO); nothing where it could.

    Of one that was added for several times, that is the time which counts then.
    """
    held = [one for one in keys if one.key.fingerprint == fingerprint]
    key = min(held, key=lambda one: _STATES.index(one.state(day)))
    return key, what_is_wrong(held, fingerprint, key.key.body, day + _LAST_MOMENT, 0)


def may_sign(keys: Iterable[HeldKey], body: str, recorded: str, number: int) -> bool:
    """Return whether a body had a key with which it could have signed an entry."""
    return any(
        one.key.body == body and not what_is_wrong([one], one.key.fingerprint, body, recorded, number) for one in keys
    )


def is_unsigned(keys: Iterable[HeldKey], entry: Entry) -> bool:
    """Return whether a report is not signed though its body had a key to sign it with."""
    if entry.event != Event.RETURN or entry.by is None or entry.signature:
        return False
    return may_sign(keys, entry.by, entry.recorded, entry.number)


def signed_bytes(entry: Entry) -> bytes:
    """Return what a body signs of an entry: its canonical JSON without the signature.

    Neither its number nor the chain is within it: a copy that receives the entry gives it other ones.
    """
    return canonical(encode(entry._replace(signature=None))).encode("utf-8", "surrogatepass")


def find_key(register: Register, typed: str) -> HeldKey:
    """Find a key by its fingerprint or its beginning. Raises UsageError where that is too short or may be several."""
    wanted = typed.strip()
    wanted = wanted if wanted.startswith(_PREFIX) else f"{_PREFIX}{wanted}"
    if len(wanted) < len(_PREFIX) + _FEWEST:
        raise UsageError(
            _("'{typed}' is too short for a key's fingerprint", typed=typed),
            hint=_("type at least {n} characters of it; see `hkshcc bodies key list`", n=_FEWEST),
        )
    found = {one.key.fingerprint: one for one in keys_of(register) if one.key.fingerprint.startswith(wanted)}
    if len(found) > 1:
        raise UsageError(_("'{typed}' may be any of {keys}", typed=typed, keys=listed(list(found))))
    if not found:
        raise NotFoundError(_("no key '{typed}'", typed=typed), hint=_("see `hkshcc bodies key list`"))
    return next(iter(found.values()))
