"""The signature of a file that is written, beside it."""

from collections.abc import Callable
from contextlib import suppress

from hkshcc.cli import console
from hkshcc.cli.output import unwritable, write
from hkshcc.errors import RefusedError, UsageError
from hkshcc.exchange import signatures, signed
from hkshcc.language import _
from hkshcc.register.index import Register
from hkshcc.register.keys import FILE, keys_of, signer_of_file
from hkshcc.register.model import Key


class FileSignature:
    """The signature of a file that is about to be written, made before anything is."""

    def __init__(
        self, file: str | None, data: bytes, key: str, register: Register, today: str, check: Callable[[str], None]
    ) -> None:
        """Sign. ``check`` raises an error for a file that must not be written over.

        Raises UsageError where no file is named, RefusedError where the key is a body's and not valid ``today`` (ISO),
        HkshccError where the program does not sign.
        """
        if file is None:
            raise UsageError(_("--sign signs a file"), hint=_("name one with -o"))
        [presented] = signatures.sign([data], key, FILE, terminal=console.interactive())
        self._file, self._data = file + signatures.ENDINGS[presented.method], signatures.as_file(presented)
        check(self._file)
        self._by: Key | None = None
        known, wrong = keys_of(register), ""
        with suppress(RefusedError):  # nobody has it
            fingerprint = signatures.verify(data, presented, FILE, signed.public_keys(known))
            held, wrong = signer_of_file(known, fingerprint, today)
            self._by = held.key
        if self._by and wrong:
            raise RefusedError(
                _("{file} cannot sign for {body}: {why}", file=key, body=self._by.body, why=wrong),
                hint=_("see `hkshcc bodies key list`"),
            )

    def write(self) -> None:
        """Write the signature beside the file, and say whose it is. Raises HkshccError where it cannot be written."""
        try:
            write(self._file, self._data)
        except OSError as error:
            raise unwritable(self._file, error) from error
        if self._by:
            signer = _("signed by {body} ({key})", body=self._by.body, key=self._by.fingerprint)
            console.message(signer)
        else:
            console.message(_("signed with a key that no body of this register has, so nobody can tell whose it is"))
