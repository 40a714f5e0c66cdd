"""Whose signature something has: of what is recorded now, and of everything that was recorded, verified again."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from hkshcc.errors import HkshccError, RefusedError
from hkshcc.exchange import signatures
from hkshcc.exchange.signatures import MissingProgramError
from hkshcc.language import _
from hkshcc.register.index import Register
from hkshcc.register.keys import ENTRY, FILE, HeldKey, keys_of, signed_bytes, what_is_wrong
from hkshcc.register.model import Entry, Signature
from hkshcc.register.openssh import PresentedSignature, PublicKey, stored_key, stored_signature


def signed_by(
    data: bytes,
    presented: PresentedSignature,
    namespace: str,
    body: str,
    keys: Sequence[HeldKey],
    told: tuple[str, int],
) -> str:
    """Return the fingerprint of the body's key that made a signature over these bytes.

    ``told`` is the moment (ISO) and the number of the entry that is recorded with it. Raises RefusedError where no key
    that was the body's, and valid then, made it, MissingProgramError where nothing can verify it.
    """
    claimed = presented.key if presented.namespace == namespace else None
    if claimed and (wrong := what_is_wrong(keys, claimed, body, *told)):
        raise RefusedError(wrong)  # and nobody needs a program to know
    fingerprint = signatures.verify(data, presented, namespace, public_keys(keys))
    if wrong := what_is_wrong(keys, fingerprint, body, *told):
        raise RefusedError(wrong)
    return fingerprint


def public_keys(keys: Sequence[HeldKey]) -> list[PublicKey]:
    """Return keys of the register as programs take them, each once."""
    found = []
    for held in keys:
        try:
            found.append(stored_key(held.key.method, held.key.public))
        except ValueError:  # `check` names it
            continue
    return list(dict.fromkeys(found))


def as_stored(presented: PresentedSignature, fingerprint: str, sha256: str | None = None) -> Signature:
    """Return a signature as an entry keeps it."""
    stored = Signature(method=presented.method, key=fingerprint, value=presented.value)
    if sha256:
        stored["sha256"] = sha256
    return stored


@dataclass
class Verified:
    """What came of verifying the signatures of a register; ``missing`` is the program that there was not.

    ``elsewhere`` are the digests of signed forms that only the registers keep in which they were recorded: what came of
    them is not verified either. ``problems``, and ``why_not`` of what is not verified, are by the ids of the entries.
    """

    good: int = 0
    unverified: int = 0
    missing: MissingProgramError | None = None
    elsewhere: set[str] = field(default_factory=set)
    problems: dict[str, str] = field(default_factory=dict)
    why_not: dict[str, str] = field(default_factory=dict)


def verify_all(
    register: Register,
    copy_of: Callable[[str], bytes | None],
    says: Callable[[bytes, Entry], bool],
    only: Collection[str] | None = None,
) -> Verified:
    """Verify the signatures of a register, those of its entries that count, or of some of these by their ids.

    ``copy_of`` returns the copy of a form by its SHA-256, None where there is none; ``says`` whether a form says what
    an entry says.
    """
    found, keys = Verified(), keys_of(register)
    done: dict[tuple[str, str], str | HkshccError] = {}  # a form's signature stands in each entry that came of it
    # What was signed is what is stored; whose it is and what counts, as the register is seen.
    for entry, stored in zip(register.entries, register.stored, strict=True):
        signature = entry.signature
        if signature is None or entry.id in register.withdrawn or (only is not None and entry.id not in only):
            continue
        form, told = signature.get("sha256"), (entry.recorded, entry.number)
        counts = not what_is_wrong(keys, signature["key"], entry.by or "", *told)
        if form and counts and register.is_elsewhere(entry) and copy_of(form) is None:
            found.unverified += 1
            found.elsewhere.add(form)
            found.why_not[entry.id] = _in_words(entry, _("the form that was signed is not kept here"))
            continue
        try:
            _verify(entry, stored, keys, copy_of, says, done)
            found.good += 1
        except MissingProgramError as error:
            found.unverified += 1
            found.missing = error
            found.why_not[entry.id] = _in_words(entry, error.message)
        except HkshccError as error:
            found.problems[entry.id] = _in_words(entry, error.message)
    return found


def _in_words(entry: Entry, problem: str) -> str:
    return _("the signature of entry {number}: {problem}", number=entry.number, problem=problem)


def _verify(
    entry: Entry,
    stored: Entry,
    keys: Sequence[HeldKey],
    copy_of: Callable[[str], bytes | None],
    says: Callable[[bytes, Entry], bool],
    done: dict[tuple[str, str], str | HkshccError],
) -> None:
    """Verify an entry's signature; ``stored`` is it as it is stored. Raises HkshccError where it does not hold."""
    signature = stored.signature
    if signature is None or entry.by is None:
        raise RefusedError(_("no body reports here"))
    try:
        presented = stored_signature(signature["method"], signature["value"])
    except ValueError:
        raise RefusedError(_("it is not a signature")) from None
    digest = signature.get("sha256")
    if wrong := what_is_wrong(keys, signature["key"], entry.by, entry.recorded, entry.number):
        raise RefusedError(wrong)
    if digest is None:
        key = signed_by(signed_bytes(stored), presented, ENTRY, entry.by, keys, (entry.recorded, entry.number))
    else:
        form = copy_of(digest)
        if form is None:
            raise RefusedError(_("the form that was signed is not kept here"))
        key = _once(
            done, (digest, presented.value), lambda: signatures.verify(form, presented, FILE, public_keys(keys))
        )
        if not says(form, stored):
            raise RefusedError(_("the form that was signed does not say this"))
    if key != signature["key"]:
        raise RefusedError(_("it was made by another key, {key}", key=key))


def _once(done: dict[tuple[str, str], str | HkshccError], what: tuple[str, str], verify: Callable[[], str]) -> str:
    if what not in done:
        try:
            done[what] = verify()
        except HkshccError as error:
            done[what] = error
    found = done[what]
    if isinstance(found, HkshccError):
        raise found
    return found
