"""Signatures made and verified, by the programs that people have for it: ``ssh-keygen`` of OpenSSH, and ``openssl``.

Nowhere else is a program started (a pager apart). It gets files of a folder that only its user may enter, paths that
begin with a slash, and an environment without anything that could make it ask elsewhere than on the terminal.
"""

import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hkshcc.errors import HkshccError, RefusedError
from hkshcc.language import _
from hkshcc.register.openssh import (
    CMS,
    SSH,
    PresentedSignature,
    PublicKey,
    armoured,
    has_strong_digests,
    read_signature,
)
from hkshcc.text import inert

_SECONDS = 30  # for a program that waits for nobody
_SECONDS_TO_TYPE = 300  # for one that asks for a passphrase
_KEPT = ("PATH", "HOME", "SSH_AUTH_SOCK", "SYSTEMROOT")  # of the environment
_SIGNER = "signer"  # what we call whoever signed; which body it is, the key says
_PACKAGES = {"ssh-keygen": "openssh-client", "openssl": "openssl"}


class MissingProgramError(HkshccError):
    """A program that signs or verifies is not installed. ``program`` is its name."""

    def __init__(self, program: str) -> None:
        super().__init__(
            _("{program} is not installed, and signatures need it", program=program),
            hint=_("install it (on Debian or Ubuntu: apt install {package})", package=_PACKAGES[program]),
        )
        self.program = program


class _Ended(NamedTuple):
    """What a program left behind."""

    code: int
    said: str


def verify(data: bytes, signature: PresentedSignature, namespace: str, keys: Iterable[PublicKey]) -> str:
    """Return the fingerprint of the key, of those given, that made a signature over these bytes.

    Raises RefusedError where none did, MissingProgramError where there is no program to verify it.
    """
    candidates = [key for key in keys if key.method == signature.method and signature.key in {None, key.fingerprint}]
    if signature.method == SSH:
        if signature.namespace != namespace:
            raise RefusedError(
                _(
                    "it was made for '{other}', not for '{wanted}'",
                    other=inert(signature.namespace or ""),
                    wanted=namespace,
                )
            )
        if not candidates:
            raise RefusedError(_("no body has the key {key}", key=signature.key))
        return _verified_by_ssh(data, signature, namespace, candidates[0])
    if not candidates:
        raise RefusedError(_("no body has a certificate"))
    if not has_strong_digests(signature):
        raise RefusedError(_("it was not made with SHA-256 or stronger (openssl cms -md sha256)"))
    return _verified_by_cms(data, signature, candidates)


def _verified_by_ssh(data: bytes, signature: PresentedSignature, namespace: str, key: PublicKey) -> str:
    with TemporaryDirectory(prefix="hkshcc-") as folder:
        signers = _file(folder, "signers", f'{_SIGNER} namespaces="{namespace}" {key.public}\n'.encode())
        armour = _file(folder, "signature", armoured(signature.value, "SSH SIGNATURE"))
        ended = _run(
            "ssh-keygen", ["-Y", "verify", "-f", signers, "-I", _SIGNER, "-n", namespace, "-s", armour], stdin=data
        )
    if ended.code:
        raise RefusedError(_("it does not fit: what was signed, or the signature, was changed"))
    return key.fingerprint


def _verified_by_cms(data: bytes, signature: PresentedSignature, keys: Sequence[PublicKey]) -> str:
    with TemporaryDirectory(prefix="hkshcc-") as folder:
        content, armour = _file(folder, "content", data), _file(folder, "signature", armoured(signature.value, "CMS"))
        for key in keys:
            certificate = _file(folder, "certificate", armoured(key.public, "CERTIFICATE"))
            # Which certificates are a body's, the register says: neither those in the signature nor a list of
            # authorities count.
            ended = _run(
                "openssl",
                [
                    "cms", "-verify", "-binary", "-inform", "PEM", "-in", armour, "-content", content,
                    "-certfile", certificate, "-nointern", "-noverify", "-out", os.devnull,
                ],
            )  # fmt: skip
            if not ended.code:
                return key.fingerprint
    raise RefusedError(_("it fits no body's certificate: what was signed was changed, or somebody else signed"))


def sign(messages: Sequence[bytes], key: str, namespace: str, *, terminal: bool) -> list[PresentedSignature]:
    """Sign each of some messages with a private key's file; one of PEM that has a certificate too signs by CMS.

    With ``terminal`` the program may ask there for the passphrase. Raises HkshccError where it cannot sign, and
    MissingProgramError.
    """
    path = os.path.abspath(key)
    with TemporaryDirectory(prefix="hkshcc-") as folder:
        files = [_file(folder, f"message{number}", message) for number, message in enumerate(messages)]
        if _has_a_certificate(path, key):
            for file in files:
                arguments = [
                    "cms", "-sign", "-binary", "-nocerts", "-in", file, "-signer", path, "-outform", "PEM",
                    "-out", f"{file}.sig",
                ]  # fmt: skip
                _check_signed(_run("openssl", arguments, terminal=terminal), key, "openssl")
        else:
            arguments = ["-q", "-Y", "sign", "-n", namespace, "-f", path, *files]
            _check_signed(_run("ssh-keygen", arguments, terminal=terminal), key, "ssh-keygen")
        return [_signature_in(f"{file}.sig", key) for file in files]


def _has_a_certificate(path: str, key: str) -> bool:
    try:
        with open(path, "rb") as file:
            return b"-----BEGIN CERTIFICATE-----" in file.read(1 << 16)
    except OSError as error:
        raise HkshccError(
            _("the key {file} cannot be read ({why})", file=key, why=error.strerror), hint=_("name another with --sign")
        ) from error


def _check_signed(ended: _Ended, key: str, program: str) -> None:
    if not ended.code:
        return
    lines = ended.said.strip().removeprefix("Enter passphrase: ").splitlines()
    hint = _("name a private key of your own, and type its passphrase on a terminal or give it to ssh-agent")
    if not lines:  # it said why on the terminal
        raise HkshccError(_("{file} did not sign", file=key), hint=hint)
    why = inert(lines[-1])[:200]
    raise HkshccError(_("{file} did not sign ({program}: {why})", file=key, program=program, why=why), hint=hint)


def _signature_in(path: str, key: str) -> PresentedSignature:
    try:
        with open(path, "rb") as file:
            return read_signature(file.read(), path)
    except FileNotFoundError:
        raise HkshccError(_("{file} did not sign", file=key)) from None


def as_file(signature: PresentedSignature) -> bytes:
    """Return a signature as the file beside what it signs."""
    return armoured(signature.value, "SSH SIGNATURE" if signature.method == SSH else "CMS")


ENDINGS = {SSH: ".sig", CMS: ".p7s"}


def check_certificate(key: PublicKey, file: str) -> None:
    """Raise RefusedError for a file that only looks like a certificate; a key of OpenSSH was read to the last byte."""
    if key.method != CMS:
        return
    with TemporaryDirectory(prefix="hkshcc-") as folder:
        certificate = _file(folder, "certificate", armoured(key.public, "CERTIFICATE"))
        if _run("openssl", ["x509", "-noout", "-in", certificate]).code:
            raise RefusedError(_("{file} is not a certificate", file=file), hint=_("give one of X.509, as PEM"))


def _file(folder: str, name: str, data: bytes) -> str:
    """Write a file that nobody else may read, and return its path."""
    path = os.path.join(folder, name)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
    return path


def _run(program: str, arguments: Sequence[str], *, stdin: bytes = b"", terminal: bool = False) -> _Ended:
    """Run a program to its end. Raises MissingProgramError, and HkshccError for one that does not come to it.

    Without a terminal it has none to ask on, and no window: it fails instead.
    """
    path = shutil.which(program)
    if path is None:
        raise MissingProgramError(program)
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    try:
        ended = subprocess.run(  # noqa: S603  only options begin with a dash, and there is no shell
            [path, *arguments],
            input=stdin,
            env={**environment, "LC_ALL": "C", "SSH_ASKPASS_REQUIRE": "never"},
            stdout=subprocess.DEVNULL,
            # What a key of hardware wants of its owner must be seen.
            stderr=None if terminal else subprocess.PIPE,
            start_new_session=not terminal,
            timeout=_SECONDS_TO_TYPE if terminal else _SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise HkshccError(_("{program} did not come to an end, and was stopped", program=program)) from None
    except OSError as error:
        raise HkshccError(_("{program} cannot be started ({why})", program=program, why=error.strerror)) from error
    return _Ended(ended.returncode, (ended.stderr or b"").decode("utf-8", "replace"))
