"""Copies of the register: all its entries as JSON, out and back in byte for byte.

The form is a promise, ``hkshcc.register/1``: an object with ``schema``, ``entries`` (how many), ``fingerprint`` (the
hash chain's value, 64 hexadecimal digits) and ``register``, the entries in their order, each as it is stored with its
number.
"""

import json
from typing import Any

from hkshcc.errors import HkshccError, RefusedError
from hkshcc.register.index import Register
from hkshcc.register.integrity import problems
from hkshcc.register.model import Entry, encode
from hkshcc.register.validation import InvalidEntryError, decode
from hkshcc.text import inert, inert_json

SCHEMA = "hkshcc.register/1"
LARGEST = 16 << 20  # bytes; more would not be read back in a gigabyte of memory
_KEYS = {"schema", "entries", "fingerprint", "register"}


def dump(register: Register) -> bytes:
    """Return the register's copy, UTF-8, an entry on each line. Raises RefusedError for one too large to be read."""
    lines = [json.dumps({"number": entry.number, **encode(entry)}, ensure_ascii=False) for entry in register.entries]
    head = {"schema": SCHEMA, "entries": register.last, "fingerprint": register.fingerprint}
    begin = json.dumps(head, ensure_ascii=False, indent=2)[:-2]
    body = ",\n".join(inert_json(line) for line in lines)
    data = f'{begin},\n  "register": [\n{body}\n]\n}}\n'.encode()
    if len(data) > LARGEST:
        raise RefusedError(f"the copy would be larger than {LARGEST >> 20} MB and could not be read back")
    return data


def load(data: bytes, file: str) -> Register:
    """Read a copy. Raises HkshccError where it is none or damaged, RefusedError where it breaks a rule."""
    content = _object(data, file)
    if content.get("schema") != SCHEMA:
        if "meta" in content and "entries" in content:
            raise HkshccError(f"{file} is a store; `hkshcc --store {file} export -o COPY.json` makes a copy of it")
        raise HkshccError(f"{file} is no copy of a register ({SCHEMA}); `hkshcc export -o FILE.json` makes one")
    rows = content.get("register")
    if content.keys() != _KEYS or not isinstance(rows, list):
        raise HkshccError(f"{file} is no whole copy of a register: it needs {', '.join(sorted(_KEYS))}")
    try:
        entries = [_entry(number, row) for number, row in enumerate(rows, start=1)]
    except InvalidEntryError as error:
        raise HkshccError(f"{file} is damaged: {inert(str(error))[:200]}") from None
    register = Register(entries)
    if content["entries"] != len(entries) or content["fingerprint"] != register.fingerprint:
        raise HkshccError(f"{file} was changed or cut since it was exported: its fingerprint is another")
    if wrong := problems(register):
        raise RefusedError(f"{file} breaks a rule of the register: {inert(wrong[0])[:300]}")
    return register


def _object(data: bytes, file: str) -> dict[str, Any]:
    if len(data) > LARGEST:
        raise HkshccError(f"{file} is larger than {LARGEST >> 20} MB; no copy of a register is")
    try:
        content = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_unique, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise HkshccError(f"{file} is not UTF-8; `hkshcc export -o FILE.json` makes a copy") from None
    except (ValueError, RecursionError):
        raise HkshccError(f"{file} is no JSON, or was cut short; `hkshcc export -o FILE.json` makes a copy") from None
    if not isinstance(content, dict):
        raise HkshccError(f"{file} is no copy of a register ({SCHEMA}); `hkshcc export -o FILE.json` makes one")
    return content


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _entry(number: int, row: object) -> Entry:
    if not isinstance(row, dict) or row.get("number") != number or isinstance(row["number"], bool):
        raise InvalidEntryError(f"entry {number} is missing or out of its order")
    try:
        json.dumps(row, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise InvalidEntryError(f"entry {number} holds half a character") from None
    return decode(number, {field: value for field, value in row.items() if field != "number"})
