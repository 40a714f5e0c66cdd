"""Public keys and signatures are hostile until they are parsed: what is none is refused in one sentence."""

import re
from base64 import b64encode
from collections.abc import Sequence
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkshcc.errors import UsageError
from hkshcc.register.openssh import (
    LARGEST,
    armoured,
    has_strong_digests,
    public_key_of,
    read_public_key,
    read_signature,
    stored_key,
    stored_signature,
)
from tests.signers import FINGERPRINT, KEY, blob, key_line


def _rsa(bits: int) -> bytes:
    return key_line("ssh-rsa", b"ssh-rsa", b"\1\0\1", b"\0" + ((1 << (bits - 1)) + 1).to_bytes(bits // 8, "big"))


POINT = b"\4" + b"p" * 64
GOOD = {
    "ed25519": key_line("ssh-ed25519", b"ssh-ed25519", b"k" * 32),
    "ecdsa": key_line("ecdsa-sha2-nistp256", b"ecdsa-sha2-nistp256", b"nistp256", POINT),
    "of hardware": key_line("sk-ssh-ed25519@openssh.com", b"sk-ssh-ed25519@openssh.com", b"k" * 32, b"ssh:"),
    "ecdsa of hardware": key_line(
        "sk-ecdsa-sha2-nistp256@openssh.com", b"sk-ecdsa-sha2-nistp256@openssh.com", b"nistp256", POINT, b"ssh:"
    ),
    "rsa of 2048 bits": _rsa(2048),
    "rsa of 16384 bits": _rsa(16384),
    "line ends of Windows": f"{KEY}\r\n".encode(),
}
CERTIFICATE = armoured(b64encode(b"\x30\x82\x01\x00" + b"x" * 256).decode(), "CERTIFICATE")
HOSTILE = {
    "nothing": b"",
    "blanks": b" \n ",
    "a word": b"ssh-ed25519",
    "zeros": b"\0" * 100,
    "not ASCII": f"{KEY} 滬".encode(),
    "two keys": f"{KEY}\n{KEY}\n".encode(),
    "an option before it": f'command="rm -rf" {KEY}'.encode(),
    "a second line that allows all": f"{KEY}\n* {KEY}".encode(),
    "another kind than it says": key_line("ssh-ed25519", b"ssh-rsa", b"k" * 32),
    "a kind that is weak": key_line("ssh-dss", b"ssh-dss", b"p", b"q", b"g", b"y"),
    "a short RSA key": _rsa(1024),
    "a giant RSA key": _rsa(32768),
    "an RSA key without an exponent": key_line("ssh-rsa", b"ssh-rsa", b"", b"\0" + b"\x80" * 256),
    "a certificate of OpenSSH": key_line("ssh-ed25519-cert-v01@openssh.com", b"ssh-ed25519-cert-v01@openssh.com", b"n"),
    "bytes behind it": key_line("ssh-ed25519", b"ssh-ed25519", b"k" * 32, b"more"),
    "a point that is too short": key_line("ssh-ed25519", b"ssh-ed25519", b"k" * 31),
    "a key of hardware for nothing": key_line(
        "sk-ssh-ed25519@openssh.com", b"sk-ssh-ed25519@openssh.com", b"k" * 32, b""
    ),
    "a length beyond its end": b"ssh-ed25519 " + b64encode(b"\xff" * 4),
    "a curve of another size": key_line("ecdsa-sha2-nistp384", b"ecdsa-sha2-nistp384", b"nistp384", POINT),
    "base64 that is none": b"ssh-ed25519 AAAA!AAAA",
    "an unknown curve": key_line("ecdsa-sha2-nistp999", b"ecdsa-sha2-nistp999", b"nistp999", POINT),
    "a signature": b"-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n",
    "a certificate cut short": CERTIFICATE[:200],
    "two certificates": CERTIFICATE * 2,
    "a certificate of another length": armoured(b64encode(b"\x30\x82\x01\x01" + b"x" * 256).decode(), "CERTIFICATE"),
    "too long": f"{KEY} {'x' * LARGEST}".encode(),
    "escape sequences": b"\x1b]0;pwned\x07 AAAA",
}


@pytest.mark.parametrize("name", GOOD)
def test_a_key_of_a_kind_that_is_known_is_read(name: str) -> None:
    key = read_public_key(GOOD[name], "k.pub")
    assert re.fullmatch(r"SHA256:[A-Za-z0-9+/]{43}", key.fingerprint)
    assert stored_key(key.method, key.public) == key
    assert len(key.public.split()) == 2


def test_a_fingerprint_is_the_one_that_ssh_keygen_prints() -> None:
    assert public_key_of(f"{KEY} somebody").fingerprint == FINGERPRINT


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_key_file_is_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(UsageError, match=r"k\.pub is not a public key"):
        read_public_key(HOSTILE[name], "k.pub")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("two keys", "it has more than one line"),
        ("a second line that allows all", "it has more than one line"),
        ("two certificates", "it has more in it than a certificate"),
        ("an option before it", "it has options before the key"),
        ("a kind that is weak", "keys of the kind ssh-dss are not accepted"),
        ("a certificate of OpenSSH", "keys of the kind ssh-ed25519-cert-v01@openssh.com are not accepted"),
        ("a short RSA key", "an RSA key has 2048 to 16384 bits, and this one has 1024"),
        ("a giant RSA key", "an RSA key has 2048 to 16384 bits, and this one has 32768"),
    ],
)
def test_of_a_key_file_that_is_weak_or_has_more_in_it_it_is_said_which(name: str, why: str) -> None:
    with pytest.raises(UsageError, match=re.escape(f"k.pub is not a public key that can be added ({why})")):
        read_public_key(HOSTILE[name], "k.pub")


@pytest.mark.parametrize("name", ["zeros", "nothing", "not ASCII", "escape sequences", "base64 that is none"])
def test_of_a_file_that_is_no_key_no_more_is_said(name: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_public_key(HOSTILE[name], "k.pub")
    assert refused.value.message == "k.pub is not a public key"


def test_of_a_private_key_with_its_certificate_the_certificate_alone_is_asked_for() -> None:
    private = b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
    with pytest.raises(UsageError) as refused:
        read_public_key(CERTIFICATE + private, "ck.pem")
    assert refused.value.hint == "give the certificate alone: `openssl x509 -in FILE -out CERTIFICATE` writes it"
    with pytest.raises(UsageError) as refused:
        read_public_key(private, "k")
    assert refused.value.hint == "name the public one, such as k.pub"


def test_a_private_key_is_refused_with_a_warning() -> None:
    with pytest.raises(UsageError, match="k is a private key, which nobody else may see"):
        read_public_key(b"-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n", "k")


SIGNED = b"SSHSIG\0\0\0\1" + blob(b"the key", b"hkshcc", b"", b"sha512", b"the signature")


def test_a_signature_of_openssh_says_its_key_and_what_it_is_for() -> None:
    data = armoured(b64encode(SIGNED).decode(), "SSH SIGNATURE")
    read = read_signature(data, "x.sig")
    assert (read.method, read.namespace) == ("ssh", "hkshcc")
    assert stored_signature("ssh", read.value) == read


@pytest.mark.parametrize(
    "data",
    [
        b"", b"x" * 200, SIGNED, armoured(b64encode(SIGNED[:-1]).decode(), "SSH SIGNATURE"),
        armoured(b64encode(SIGNED + b"x").decode(), "SSH SIGNATURE"),
        armoured(b64encode(SIGNED.replace(b"\0\0\0\1", b"\0\0\0\2", 1)).decode(), "SSH SIGNATURE"),
        armoured(b64encode(SIGNED).decode(), "SSH SIGNATURE") + b"more",
        armoured(b64encode(SIGNED).decode(), "SSH SIGNATURE") * 2,
        armoured(b64encode(SIGNED).decode(), "CMS"), armoured(b64encode(b"x" * LARGEST).decode(), "SSH SIGNATURE"),
        armoured(b64encode(SIGNED.replace(b"hkshcc", b"\xffkshcc")).decode(), "SSH SIGNATURE"),
        b"\x30\x82\xff\xff" + b"x" * 200,
    ],
)  # fmt: skip
def test_what_is_no_signature_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(UsageError, match=r"x\.sig is not a signature"):
        read_signature(data, "x.sig")


@pytest.mark.parametrize(
    ("file", "data", "program"),
    [
        ("x.p7s", b"MIME-Version: 1.0\n", "openssl cms"),
        ("x.pem", armoured(b64encode(b"x" * LARGEST).decode(), "CMS"), "openssl cms"),
        ("x", armoured(b64encode(b"x" * LARGEST).decode(), "PKCS7"), "openssl cms"),
        ("x", b"\x30\x82\xff\xff" + b"x" * 200, "openssl cms"),
        ("x.sig", b"", "ssh-keygen"),
        ("x.sig", armoured(b64encode(SIGNED[:-1]).decode(), "SSH SIGNATURE"), "ssh-keygen"),
    ],
)  # fmt: skip
def test_of_what_is_no_signature_the_program_is_named_that_writes_one(file: str, data: bytes, program: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_signature(data, file)
    assert str(refused.value.hint).startswith(f"`{program} ")


def test_a_certificates_signature_that_names_no_digest_in_its_place_is_not_a_strong_one() -> None:
    for inner in (b"x" * 256, b"\0" * 256, b"\x30\x82\x00\xfc" + b"\0" * 252):
        data = b64encode(b"\x30\x82\x01\x00" + inner).decode()
        assert not has_strong_digests(stored_signature("cms", data))


@given(
    st.binary(max_size=400)
    | st.lists(st.binary(max_size=40), max_size=6).map(lambda parts: key_line("ssh-rsa", *parts))
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for read in (read_public_key, read_signature):
        with suppress(UsageError):
            assert read(data, "x")


@given(st.sampled_from(sorted(GOOD)), st.data())
def test_a_key_with_a_byte_changed_is_another_key_or_none(name: str, data: st.DataObject) -> None:
    kind, encoded, *_rest = GOOD[name].decode().split()
    place = data.draw(st.integers(0, len(encoded) - 1))
    changed = encoded[:place] + ("A" if encoded[place] != "A" else "B") + encoded[place + 1 :]
    found: Sequence[str] = []
    try:
        found = [public_key_of(f"{kind} {changed}").fingerprint]
    except ValueError:
        return
    assert found != [public_key_of(f"{kind} {encoded}").fingerprint]
