"""What commands need to sign and to verify: the keys of the register, the programs, and the files beside others."""

import os
from collections.abc import Collection, Mapping, Sequence

from hkshcc.cli import console
from hkshcc.cli.evidence_input import Verb
from hkshcc.cli.files import STDIN, display_name
from hkshcc.cli.session import Session
from hkshcc.errors import ConflictError, HkshccError, RefusedError, UsageError
from hkshcc.exchange import signatures, signed
from hkshcc.exchange.forms.read_form import Form
from hkshcc.language import _, listed, ngettext, sentence
from hkshcc.register.commands.common import CommandContext, Decision, names_of_others
from hkshcc.register.index import Register
from hkshcc.register.keys import ENTRY, FILE, keys_of, may_sign, signed_bytes, signer_of_file, what_is_wrong
from hkshcc.register.model import Entry, Signature
from hkshcc.register.openssh import LARGEST, PresentedSignature, read_signature
from hkshcc.reports.signed_file import SignedFile
from hkshcc.stores.kept_files import MOST_BYTES

_ADD_ONE = "hkshcc bodies key add {body} FILE"


def signing(session: Session, key: str, verb: Verb, context: CommandContext) -> Verb:
    """Return a verb whose reports the body that reports has signed with a private key.

    They are signed here, when nothing is locked: a passphrase may take its time. Raises UsageError where no body
    reports, or several do, RefusedError where the key is none of its own or not valid, HkshccError where the program
    does not sign.
    """
    register = session.reader.read()
    entries, keys = [entry for entry in verb(register, context).entries if entry.by], keys_of(register)
    bodies = list(dict.fromkeys(str(entry.by) for entry in entries))
    if not entries:
        raise UsageError(_("--sign needs --by: a signature is a body's own word"), hint=_("add --by BODY"))
    if len(bodies) > 1:
        raise UsageError(
            _("these are the words of {bodies}, and --sign signs those of one body", bodies=listed(bodies)),
            hint=_("name the entries one by one"),
        )
    [body] = bodies
    if not may_sign(keys, body, entries[0].recorded, entries[0].number):
        another = names_of_others(register, context, entries)  # whose key is not to be added
        raise RefusedError(
            _("{body} has no key that is valid today", body=body),
            hint=another[0] if another else _("add one with `{command}`", command=_ADD_ONE.format(body=body)),
        )
    messages = [signed_bytes(entry) for entry in entries]
    made: dict[bytes, Signature] = {}
    presented = signatures.sign(messages, key, ENTRY, terminal=console.interactive())
    try:
        for entry, message, one in zip(entries, messages, presented, strict=True):
            fingerprint = signed.signed_by(message, one, ENTRY, body, keys, (entry.recorded, entry.number))
            made[message] = signed.as_stored(one, fingerprint)
    except RefusedError as error:
        raise RefusedError(
            _("{file} cannot sign for {body}: {why}", file=key, body=body, why=error.message),
            hint=_("see `hkshcc bodies key list`"),
        ) from None

    def decide(current: Register, again: CommandContext) -> Decision:
        decision = verb(current, again)
        return decision._replace(entries=[_with_signature(entry, made) for entry in decision.entries])

    return decide


def _with_signature(entry: Entry, made: Mapping[bytes, Signature]) -> Entry:
    if entry.by is None:  # what an amendment withdraws is nobody's word
        return entry
    signature = made.get(signed_bytes(entry))
    if signature is None:
        raise ConflictError(_("the register was changed while this was signed"), hint=_("run the command again"))
    return entry._replace(signature=signature)


class FormSignatures:
    """The signatures of returned forms: those that were named, and those that lie beside a form."""

    def __init__(self, session: Session, files: Sequence[str], named: Sequence[str], *, required: bool) -> None:
        """Read them. Raises UsageError where not each form has one of those named, or a file is no signature."""
        if named and len(named) != len(files):
            raise UsageError(
                _("there are {forms} forms, but {signatures} of --signature", forms=len(files), signatures=len(named)),
                hint=_("give one --signature for each form, in their order, or put FORM.sig beside each FORM"),
            )
        self._presented: dict[str, tuple[str, PresentedSignature]] = {}  # by the form's file as it was typed
        found = named or [_beside(file) for file in files]
        for file, signature in zip(files, found, strict=True):
            if signature:
                data = session.input(signature, LARGEST)
                self._presented[display_name(file)] = (signature, read_signature(data, display_name(signature)))
            elif required:
                raise RefusedError(
                    _("{file} is not signed (--require-signature)", file=display_name(file)),
                    hint=_("give its signature with --signature"),
                )
        self._verified: dict[str, str] = {}  # by the form's file, the fingerprint of the key that signed it

    def verified(self, form: Form, data: bytes, register: Register, now: str) -> Signature | None:
        """Return the signature of a form, verified; None where it has none.

        ``now`` is the moment (ISO) at which it is recorded. Raises RefusedError where it is not its body's word.
        """
        if form.file not in self._presented:
            return None
        name, presented = self._presented[form.file]
        told, keys, body = (now, register.number(register.last + 1)), keys_of(register), form.owner
        wrong = ""
        try:
            if form.file not in self._verified:
                self._verified[form.file] = signed.signed_by(data, presented, FILE, body, keys, told)
            else:  # by the program; what is told of its key may be another by now
                wrong = what_is_wrong(keys, self._verified[form.file], body, *told)
        except RefusedError as error:
            wrong = error.message
        if wrong:
            raise RefusedError(
                _(
                    "{signature} is not a signature of {file} by {body}: {why}",
                    signature=name,
                    body=body,
                    file=form.file,
                    why=wrong,
                ),
                hint=_("see `hkshcc bodies key list`, or ask {body} to sign it again", body=body),
            )
        return signed.as_stored(presented, self._verified[form.file], form.sha256)


def _beside(file: str) -> str:
    """Return the signature that lies beside a file; nothing where none does."""
    if file == STDIN:
        return ""
    return next((file + ending for ending in signatures.ENDINGS.values() if os.path.isfile(file + ending)), "")


def verified_file(session: Session, file: str, named: str | None) -> SignedFile:
    """Verify the signature of a file, named or beside it. Raises HkshccError where it has none that holds."""
    data, name = session.input(file, MOST_BYTES), display_name(file)
    if len(data) > MOST_BYTES:
        raise HkshccError(_("{file} is larger than {size} MB", file=name, size=MOST_BYTES >> 20))
    signature = named or _beside(file)
    if not signature:
        raise HkshccError(_("{file} has no signature beside it", file=name), hint=_("give it with --signature"))
    presented = read_signature(session.input(signature, LARGEST), display_name(signature))
    view = session.read()
    known = keys_of(view.register)
    try:
        fingerprint = signatures.verify(data, presented, FILE, signed.public_keys(known))
        held, wrong = signer_of_file(known, fingerprint, session.today)
        if held.state(session.today) == "expired":  # it may have signed earlier
            wrong = ""
    except RefusedError as error:
        wrong = error.message
    if wrong:
        raise HkshccError(
            _("{signature} is not a signature of {file} that counts: {why}", signature=signature, file=name, why=wrong),
            hint=_("see `hkshcc bodies key list`"),
        )
    return SignedFile(view.context, name, held)


class ReceivedSignatures:
    """The signatures of what another copy brings, verified once."""

    def __init__(self, session: Session, file: str, *, refused: bool) -> None:
        """Remember the copy's file, and whether a signature that does not hold is ``refused``."""
        self._session, self._file, self._refused = session, file, refused
        self._of: list[str] = []  # which entries were verified, by their ids
        self._found = signed.Verified()

    def verified(self, after: Register, new: Sequence[Entry]) -> signed.Verified | None:
        """Verify those of new entries in the register as it is with them; None where none is signed.

        Raises RefusedError where one does not hold and that was not allowed.
        """
        names = [entry.id for entry in new if entry.signature]
        if not names:
            return None
        if self._of != names:
            self._of, self._found = names, verify_entries(self._session, after, names)
        wrong = list(self._found.problems.values())
        if self._refused and wrong:
            raise RefusedError(
                ngettext(
                    "{file} has a signature that does not hold ({problem})",
                    "{file} has {n} signatures that do not hold (the first: {problem})",
                    len(wrong),
                    file=self._file,
                    problem=wrong[0],
                ),
                hint=_(
                    "ask for a copy in which that entry is withdrawn; with --allow-bad-signatures it comes in as it is,"
                    " and `hkshcc check` goes on naming it"
                ),
            )
        return self._found

    def notes(self) -> list[str]:
        """Return what a person should be told beside it: which program is missing."""
        missing = self._found.missing
        return [sentence(missing.message, missing.hint)] if missing and missing.hint else []


def verify_entries(session: Session, register: Register, only: Collection[str] | None = None) -> signed.Verified:
    """Verify all signatures of a register or those of some entries, of forms by the copies that are kept of them."""
    from hkshcc.exchange.forms.signed_form import form_says  # noqa: PLC0415  only signed forms are read again
    from hkshcc.stores.kept_files import read  # noqa: PLC0415

    return signed.verify_all(register, lambda sha256: read(session.store_url, sha256), form_says, only)
