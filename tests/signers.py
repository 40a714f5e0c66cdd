"""Somebody who signs, with keys of their own: by OpenSSH, or by a certificate, with the programs that people have."""

from base64 import b64encode
from pathlib import Path
from typing import NamedTuple

from tests.processes import environment, finished, start

# Made once by `ssh-keygen -t ed25519`, whose private half is gone, with the fingerprint that `ssh-keygen -l` printed.
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKBywpESo+FxFvl7MIrCfjC16D90+/LCvzqL7Otptz6k"
FINGERPRINT = "SHA256:nv5kqhfZfwJTnnhG9K7jfK8HBbjji+Sl+VOCBbK5Bz0"
METHODS = {"ssh": "ssh-keygen", "cms": "openssl"}  # and the program of each


def blob(*parts: bytes) -> bytes:
    """Return strings as OpenSSH lays them out: each behind its length."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def key_line(kind: str, *parts: bytes) -> bytes:
    """Return a file with a public key of OpenSSH that is made of parts."""
    return f"{kind} {b64encode(blob(*parts)).decode()} somebody".encode()


def invented_key(number: int) -> bytes:
    """Return a file with a public key that nobody has."""
    return key_line("ssh-ed25519", b"ssh-ed25519", bytes([number]) * 32)


class Signer(NamedTuple):
    """A private key, and what is handed out of it; ``method`` is one of METHODS."""

    method: str
    private: Path
    public: Path

    def sign(self, file: Path, namespace: str = "hkshcc") -> Path:
        """Sign a file by hand, as a bureau does, and return the signature beside it."""
        if self.method == "ssh":
            made = file.with_name(f"{file.name}.sig")
            made.unlink(missing_ok=True)
            _run("ssh-keygen", "-q", "-Y", "sign", "-n", namespace, "-f", self.private, file)
            return made
        made = file.with_name(f"{file.name}.p7s")
        _run(
            "openssl", "cms", "-sign", "-binary", "-in", file, "-signer", self.private, "-outform", "PEM", "-out", made
        )  # fmt: skip
        return made


def signer(folder: Path, name: str, method: str = "ssh", passphrase: str = "") -> Signer:
    """Make somebody's keys in a folder."""
    private, public = folder / name, folder / f"{name}.pub"
    if method == "ssh":
        _run("ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-C", f"{name}@invented.example", "-f", private)
        return Signer(method, private, public)
    _run(
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "365",
        "-subj", f"/CN={name}", "-keyout", private, "-out", public,
    )  # fmt: skip
    private.write_bytes(private.read_bytes() + public.read_bytes())  # as `openssl cms -signer` takes both
    return Signer(method, private, public)


def _run(*words: str | Path) -> None:
    ran = finished(start([str(word) for word in words], environment()))
    assert ran.code == 0, ran.err
