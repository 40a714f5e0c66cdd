"""The hash chain over the entries in their order: what a printed report can later be checked against.

A link is the SHA-256 of the link before it and of the entry as stored (JSON, keys sorted, no spaces, UTF-8).
"""

from collections.abc import Iterable, Iterator
from json import JSONEncoder

from hkshcc.register.model import Entry, encode

START = "0" * 64
SHOWN = 16  # hexadecimal digits of a fingerprint as people read it

_canonical = JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


def link(previous: str, entry: Entry) -> str:
    """Return the chain's value (64 hexadecimal digits) after the entry."""
    from hashlib import sha256  # noqa: PLC0415  loads OpenSSL, which a listing does without

    return sha256((previous + _canonical(encode(entry))).encode("utf-8", "surrogatepass")).hexdigest()


def links(entries: Iterable[Entry], previous: str = START) -> Iterator[str]:
    """Yield the chain's value after each entry."""
    for entry in entries:
        previous = link(previous, entry)
        yield previous


def readable(value: str) -> str:
    """Return a fingerprint as it is printed: ``3f9a 21c0 77de 0b52``."""
    return " ".join(value[start : start + 4] for start in range(0, SHOWN, 4))
