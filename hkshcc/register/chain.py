"""The hash chain over the entries in their order: what a printed report can later be checked against.

A link is the SHA-256 of the link before it and of the entry as stored (JSON, keys sorted, no spaces, UTF-8).
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from json import JSONEncoder
from sys import version_info
from typing import Any

from hkshcc.register.model import Entry, encode

START = "0" * 64
SHOWN = 16  # hexadecimal digits of a fingerprint as people read it

_BULK = 4 << 20  # bytes from which OpenSSL, twice as quick, makes up for the 5 ms that loading it takes

_encode = JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


def canonical(fields: Mapping[str, Any]) -> str:
    """Return an entry's fields as the chain hashes them and a store keeps them: JSON, keys sorted, no spaces."""
    return _encode(fields)


def sha256(size: int = 0) -> Any:  # noqa: ANN401  Python's own module has no types
    """Return the constructor of SHA-256 that suits so many bytes.

    For few it is Python's own, as ``random`` takes it: ``hashlib`` would load all of OpenSSL.
    """
    return _own() if size < _BULK else import_module("hashlib").sha256


@cache
def _own() -> Any:  # noqa: ANN401
    try:
        return import_module("_sha2" if version_info >= (3, 12) else "_sha256").sha256
    except ImportError:  # a Python that was built without it
        return import_module("hashlib").sha256


def link(previous: str, entry: Entry) -> str:
    """Return the chain's value (64 hexadecimal digits) after the entry."""
    value: str = sha256()((previous + canonical(encode(entry))).encode("utf-8", "surrogatepass")).hexdigest()
    return value


def links(entries: Iterable[Entry], previous: str = START) -> Iterator[str]:
    """Yield the chain's value after each entry."""
    for entry in entries:
        previous = link(previous, entry)
        yield previous


def readable(value: str) -> str:
    """Return a fingerprint as it is printed: ``3f9a 21c0 77de 0b52``."""
    return " ".join(value[start : start + 4] for start in range(0, SHOWN, 4))
