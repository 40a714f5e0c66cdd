"""Signed forms with a byte changed, in the form or in the signature: none is taken for its body's word."""

from pathlib import Path
from shutil import which
from statistics import median
from time import perf_counter

from hkshcc.errors import HkshccError
from hkshcc.exchange import signatures
from hkshcc.exchange.forms.form import Order, form
from hkshcc.register.index import Register
from hkshcc.register.keys import FILE
from hkshcc.register.openssh import PublicKey, read_public_key, read_signature
from hkshcc.stores.seed import seed_entries
from tests.signers import METHODS, signer
from tests.soak.trial import Outcome, SkippedError

COUNT = 1000  # places, spread over a form, and over a signature


def trial(folder: Path, count: int) -> Outcome:
    """Change a byte at ``count`` places of a signed form, by both methods, and of a signature of OpenSSH."""
    if missing := [program for program in METHODS.values() if which(program) is None]:
        raise SkippedError(f"there is no {missing[0]}")
    register = Register(seed_entries())
    data = form(register, Order(register.bodies["FSTB"], "2026-11-22", "en", None))
    figures, failures = [], []
    for method in METHODS:
        own = signer(folder, method, method)
        file = folder / f"{method}.xlsx"
        file.write_bytes(data)
        key = read_public_key(own.public.read_bytes(), "")
        signature = own.sign(file).read_bytes()
        # What CMS carries beside the signature, as its certificate, is not looked at.
        for what, whole in (("form", data), ("signature", signature)) if method == "ssh" else (("form", data),):
            places = range(0, len(whole), max(1, len(whole) // count))
            held = [at for at in places if _holds(whole, at, what, (data, signature), key)]
            failures += [f"{method}: byte {at} of the {what} was changed, and the signature held" for at in held]
            figures.append(f"{method}: {len(places) - len(held)} of {len(places)} changes of the {what} refused")
        signing, verifying = _times(own.private, data, signature, key)
        figures.append(f"signed in {signing:.0f} ms, verified in {verifying:.0f} ms")
    return Outcome("; ".join(figures), failures)


def _holds(whole: bytes, at: int, what: str, signed: tuple[bytes, bytes], key: PublicKey) -> bool:
    """Say whether a signature holds though a byte is another one."""
    data, signature = signed
    changed = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
    try:
        if what == "form":
            return bool(signatures.verify(changed, read_signature(signature, ""), FILE, [key]))
        presented = read_signature(changed, "")
        # Where a line of the armour ends says nothing.
        return presented != read_signature(signature, "") and bool(signatures.verify(data, presented, FILE, [key]))
    except HkshccError:
        return False


def _times(private: Path, data: bytes, signature: bytes, key: PublicKey) -> tuple[float, float]:
    """Return how long it takes to sign and to verify, in milliseconds."""
    signing, verifying = [], []
    for _each in range(20):
        began = perf_counter()
        signatures.sign([data], str(private), FILE, terminal=False)
        signing.append((perf_counter() - began) * 1000)
        began = perf_counter()
        signatures.verify(data, read_signature(signature, ""), FILE, [key])
        verifying.append((perf_counter() - began) * 1000)
    return median(signing), median(verifying)
