"""The hash chain over the entries in their order: what a printed report can later be checked against.

A link is the SHA-256 of the link before it and of the entry as stored (JSON, keys sorted, no spaces, UTF-8).
"""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from json import JSONEncoder
from sys import version_info
from typing import Any

from hkshcc.register.model import Entry, encode

START = "0" * 64
SHOWN = 16  # hexadecimal digits of a fingerprint as people read it

_canonical = JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


@cache
def _sha256() -> Any:  # noqa: ANN401  Python's own module has no types
    """Import SHA-256 as ``random`` does, from Python's own module: ``hashlib`` would load all of OpenSSL."""
    try:
        return import_module("_sha2" if version_info >= (3, 12) else "_sha256").sha256
    except ImportError:  # a Python that was built without it
        return import_module("hashlib").sha256


def link(previous: str, entry: Entry) -> str:
    """Return the chain's value (64 hexadecimal digits) after the entry."""
    value: str = _sha256()((previous + _canonical(encode(entry))).encode("utf-8", "surrogatepass")).hexdigest()
    return value


def links(entries: Iterable[Entry], previous: str = START) -> Iterator[str]:
    """Yield the chain's value after each entry."""
    for entry in entries:
        previous = link(previous, entry)
        yield previous


def readable(value: str) -> str:
    """Return a fingerprint as it is printed: ``3f9a 21c0 77de 0b52``."""
    return " ".join(value[start : start + 4] for start in range(0, SHOWN, 4))
