"""What OpenSSH and certificates look like: public keys and signatures read, without trust in a byte of them.

Nothing here computes a signature: it says which key a file claims, and `exchange.signatures` lets a program verify it.
"""

import re
from binascii import Error, a2b_base64, b2a_base64
from typing import NamedTuple

from hkshcc.errors import UsageError
from hkshcc.language import _
from hkshcc.register.chain import sha256

LARGEST = 1 << 14  # bytes of a file with a key or a signature; a certificate with its chain is a third of that
SSH, CMS = "ssh", "cms"  # methods
_LEAST_RSA, _MOST_RSA = 2048, 16384  # bits
_CURVES = {"nistp256": 65, "nistp384": 97, "nistp521": 133}  # bytes of a point, uncompressed
_ARMOUR = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----\s+([A-Za-z0-9+/=\s]+)-----END \1-----\s*")
_KIND = r"(?:sk-)?(?:ssh|ecdsa)-[a-z0-9@.-]+"  # what a key of OpenSSH calls itself
_SEQUENCE = 0x30


class PublicKey(NamedTuple):
    """A key that verifies: its method, its fingerprint (``SHA256:`` and 43 characters), and itself as it is stored.

    That is ``ssh-ed25519 AAAA…`` of OpenSSH, and of a certificate its DER as base64.
    """

    method: str
    fingerprint: str
    public: str


class PresentedSignature(NamedTuple):
    """A signature as it was presented: its method, itself as base64, and what it says of itself.

    ``key`` is the fingerprint that it claims, ``namespace`` what it was made for; one of CMS says neither.
    """

    method: str
    value: str
    key: str | None = None
    namespace: str | None = None


# Digests that nobody can find a second text for: SHA-256, SHA-384 and SHA-512, as a signature of CMS names them.
_DIGESTS = {bytes.fromhex(f"6086480165030402{last}") for last in ("01", "02", "03")}


class _Malformed(ValueError):  # noqa: N818  never leaves this module
    """The bytes have another form: what is wrong with a key that could be one, in words, else nothing."""


def read_public_key(data: bytes, file: str) -> PublicKey:
    """Read a file with a public key of OpenSSH or a certificate (PEM). Raises UsageError, which names the file."""
    if b"PRIVATE KEY" in data:
        raise UsageError(
            _("{file} is a private key, which nobody else may see", file=file),
            hint=_("give the certificate alone: `openssl x509 -in FILE -out CERTIFICATE` writes it")
            if b"-----BEGIN CERTIFICATE-----" in data
            else _("name the public one, such as {file}.pub", file=file),
        )
    try:
        return _key_in(data)
    except _Malformed as error:
        why = str(error)
    except UnicodeDecodeError:
        why = ""
    raise UsageError(
        _("{file} is not a public key that can be added ({why})", file=file, why=why)
        if why
        else _("{file} is not a public key", file=file),
        hint=_("give a file of one line, such as `ssh-keygen` writes (id_ed25519.pub), or a certificate (PEM)"),
    )


def public_key_of(text: str) -> PublicKey:
    """Read a public key of OpenSSH, with or without the comment behind it. Raises ValueError where it is none."""
    words = text.strip().split(None, 2)
    if len(text.strip().splitlines()) > 1:
        raise _Malformed(_("it has more than one line"))
    if len(words) < 2:
        raise _Malformed
    if not re.fullmatch(_KIND, words[0]) and re.search(rf"\s{_KIND}\s+AAAA", text):
        raise _Malformed(_("it has options before the key"))
    kind, blob = words[0], _bytes_of(words[1])
    _check_blob(kind, blob)
    return PublicKey(SSH, _fingerprint(blob), f"{kind} {_base64(blob)}")


def stored_key(method: str, public: str) -> PublicKey:
    """Read a key as it is stored. Raises ValueError where it is none."""
    if len(public) > LARGEST or method not in {SSH, CMS}:
        raise _Malformed
    return public_key_of(public) if method == SSH else _certificate(_bytes_of(public))


def read_signature(data: bytes, file: str) -> PresentedSignature:
    """Read a signature: of OpenSSH in its armour, of CMS as PEM or DER. Raises UsageError, which names the file."""
    try:
        return _signature_in(data)
    except _Malformed:
        raise UsageError(
            _("{file} is not a signature", file=file),
            hint=_("`openssl cms -sign -binary -signer KEY -in FILE -outform PEM -out FILE.p7s` writes one, FILE.p7s")
            if file.endswith(".p7s") or data.startswith((b"-----BEGIN CMS", b"-----BEGIN PKCS7", bytes([_SEQUENCE])))
            else _("`ssh-keygen -Y sign -n hkshcc -f KEY FILE` writes one, FILE.sig"),
        ) from None


def stored_signature(method: str, value: str) -> PresentedSignature:
    """Read a signature as it is stored, in base64. Raises ValueError where it is none."""
    blob = _bytes_of(value)
    if len(value) > 2 * LARGEST:
        raise _Malformed
    if method == CMS:
        _check_sequence(blob)
        return PresentedSignature(CMS, value)
    if method != SSH or not blob.startswith(b"SSHSIG\0\0\0\1"):
        raise _Malformed
    key, namespace, _reserved, _hash, _signature = _strings(blob[10:], 5)
    try:
        return PresentedSignature(SSH, value, _fingerprint(key), namespace.decode("ascii"))
    except UnicodeDecodeError:
        raise _Malformed from None


def has_strong_digests(signature: PresentedSignature) -> bool:
    """Return whether a signature of CMS was made with SHA-256 or stronger alone, as far as it says so itself."""
    try:
        _type, content = _elements(_only(_bytes_of(signature.value)))
        signed = _elements(_only(content))
        algorithms = [*_elements(signed[1]), *(_elements(info)[2] for info in _elements(signed[-1]))]
        return len(algorithms) > 1 and all(_elements(algorithm)[0] in _DIGESTS for algorithm in algorithms)
    except (ValueError, IndexError):
        return False


def _only(blob: bytes) -> bytes:
    """Return the one value of DER that bytes are."""
    [value] = _elements(blob)
    return value


def _elements(blob: bytes) -> list[bytes]:
    """Return the values of DER that stand one after another, without their tags. Raises ValueError for another form."""
    found, at = [], 0
    while at < len(blob):
        if at + 2 > len(blob):
            raise _Malformed
        size, begins = blob[at + 1], at + 2
        if size >= 0x80:
            begins += size - 0x80
            size = int.from_bytes(blob[at + 2 : begins], "big")
        at = begins + size
        if at > len(blob):
            raise _Malformed
        found.append(blob[begins:at])
    return found


def _key_in(data: bytes) -> PublicKey:
    if len(data) > LARGEST:
        raise _Malformed
    if data.lstrip().startswith(b"-----BEGIN CERTIFICATE-----"):
        if data.count(b"-----BEGIN ") > 1:
            raise _Malformed(_("it has more in it than a certificate"))
        return _certificate(_unarmoured(data, (b"CERTIFICATE",)))
    return public_key_of(data.decode("ascii"))


def _signature_in(data: bytes) -> PresentedSignature:
    if len(data) > LARGEST:
        raise _Malformed
    if data.lstrip().startswith(b"-----BEGIN SSH SIGNATURE-----"):
        return stored_signature(SSH, _base64(_unarmoured(data, (b"SSH SIGNATURE",))))
    if data.lstrip().startswith(b"-----BEGIN "):
        return stored_signature(CMS, _base64(_unarmoured(data, (b"CMS", b"PKCS7"))))
    return stored_signature(CMS, _base64(data))


def armoured(value: str, what: str) -> bytes:
    """Return base64 between the lines that say what it is, as programs want it."""
    lines = [value[at : at + 64] for at in range(0, len(value), 64)]
    return "\n".join([f"-----BEGIN {what}-----", *lines, f"-----END {what}-----", ""]).encode()


def _certificate(blob: bytes) -> PublicKey:
    _check_sequence(blob)
    return PublicKey(CMS, _fingerprint(blob), _base64(blob))


def _check_sequence(blob: bytes) -> None:
    """Refuse what is not one DER sequence with its length, and nothing behind it."""
    if len(blob) < 128 or blob[0] != _SEQUENCE or not 0x81 <= blob[1] <= 0x83:
        raise _Malformed
    size = blob[1] - 0x80
    if int.from_bytes(blob[2 : 2 + size], "big") != len(blob) - 2 - size:
        raise _Malformed


def _check_blob(kind: str, blob: bytes) -> None:
    """Refuse a key of a kind that is unknown, weak or not what it says. A certificate of OpenSSH is none of ours."""
    if kind == "ssh-rsa":
        name, exponent, modulus = _strings(blob, 3)
        bits = int.from_bytes(modulus, "big").bit_length()
        if not _LEAST_RSA <= bits <= _MOST_RSA:
            raise _Malformed(
                _(
                    "an RSA key has {least} to {most} bits, and this one has {bits}",
                    least=_LEAST_RSA,
                    most=_MOST_RSA,
                    bits=bits,
                )
            )
        sound = 0 < len(exponent) <= 8
    elif kind in {"ssh-ed25519", "sk-ssh-ed25519@openssh.com"}:
        name, point, *more = _strings(blob, 3 if kind.startswith("sk-") else 2)
        sound = len(point) == 32 and all(more)
    elif found := re.fullmatch(r"(?:ecdsa-sha2-(nistp\d+)|sk-ecdsa-sha2-(nistp256)@openssh\.com)", kind):
        name, curve, point, *more = _strings(blob, 4 if kind.startswith("sk-") else 3)
        called = found[1] or found[2]
        sound = curve == called.encode() and len(point) == _CURVES.get(called) and all(more)
    elif re.fullmatch(_KIND, kind):
        raise _Malformed(_("keys of the kind {kind} are not accepted", kind=kind))
    else:
        raise _Malformed
    if not sound or name != kind.encode():
        raise _Malformed


def _strings(blob: bytes, count: int) -> list[bytes]:
    """Take so many strings apart, each behind its length in four bytes. Raises _Malformed for more or less."""
    found, at = [], 0
    for _each in range(count):
        if len(blob) < at + 4:
            raise _Malformed
        end = at + 4 + int.from_bytes(blob[at : at + 4], "big")
        if end > len(blob):
            raise _Malformed
        found.append(blob[at + 4 : end])
        at = end
    if at != len(blob):
        raise _Malformed
    return found


def _unarmoured(data: bytes, whats: tuple[bytes, ...]) -> bytes:
    found = _ARMOUR.fullmatch(data.strip() + b"\n")
    if not found or found[1] not in whats:
        raise _Malformed
    return _bytes_of(b"".join(found[2].split()).decode())


def _bytes_of(text: str) -> bytes:
    try:
        blob = a2b_base64(text.encode("ascii"), strict_mode=True)
    except (Error, UnicodeEncodeError):
        raise _Malformed from None
    if not blob or _base64(blob) != text:  # one way alone to write it
        raise _Malformed
    return blob


def _base64(blob: bytes) -> str:
    return b2a_base64(blob, newline=False).decode()


def _fingerprint(blob: bytes) -> str:
    """Return a key's fingerprint as OpenSSH prints it."""
    return f"SHA256:{_base64(sha256()(blob).digest()).rstrip('=')}"
