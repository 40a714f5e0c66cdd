"""Stores forged as well as anybody can: an entry is changed, and every hash in the file computed anew."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from hkshcc.register.chain import START, canonical
from tests.register.build import entries_of

_AT = len(entries_of())  # the place of the entry that is forged, or beside which another is


def rows_of(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """Return the chain's values and the entries of a store."""
    return [(row["chain"], row["entry"]) for row in json.loads(path.read_bytes())["entries"].values()]


def forged(
    path: Path,
    change: Callable[[list[dict[str, Any]]], object] = lambda _rows: None,
    edit: Callable[[bytes], bytes] = lambda stored: stored,
) -> bytes:
    """Return a store whose entries were changed, and the bytes of each edited, with a chain that holds."""
    entries = [entry for _, entry in rows_of(path)]
    change(entries)
    value, lines = START, []
    for number, entry in enumerate(entries, start=1):
        stored = edit(canonical(entry).encode())
        value = sha256(value.encode() + stored).hexdigest()
        lines.append(b'"%d": {"chain": "%b", "entry": %b}' % (number, value.encode(), stored))
    head = path.read_bytes().partition(b'"1": {"chain"')[0]
    return head + b",\n".join(lines) + b"\n}}\n"


def _change(rows: list[dict[str, Any]]) -> None:
    rows[_AT]["remark"] = "Nothing"


def _swap(rows: list[dict[str, Any]]) -> None:
    rows[_AT - 1], rows[_AT] = rows[_AT], rows[_AT - 1]


FORGERIES: dict[str, Callable[[list[dict[str, Any]]], object]] = {
    "changed": _change,
    "dropped": lambda rows: rows.pop(_AT - 1),
    "swapped": _swap,
    "inserted": lambda rows: rows.insert(_AT, {**rows[_AT], "id": "slipped-in"}),
}
