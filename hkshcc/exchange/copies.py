"""Copies of the register: all its entries as JSON, out and back in byte for byte.

The form is a promise, ``hkshcc.register/1``: an object with ``schema``, ``entries`` (how many), ``fingerprint`` (the
hash chain's value, 64 hexadecimal digits) and ``register``, the entries in their order, each as it is stored with its
number.
"""

import json
from typing import Any

from hkshcc.errors import HkshccError, RefusedError
from hkshcc.language import N_, _, listed
from hkshcc.register.index import Register
from hkshcc.register.integrity import problems
from hkshcc.register.model import Entry, encode
from hkshcc.register.validation import InvalidEntryError, decode
from hkshcc.text import inert, inert_json

SCHEMA = "hkshcc.register/1"
LARGEST = 16 << 20  # bytes; more would not be read back in a gigabyte of memory
_NO_COPY = N_("{file} is not a copy of a register ({schema})")
_MAKE_ONE = N_("`hkshcc export -o FILE.json` makes one")
_KEYS = {"schema", "entries", "fingerprint", "register"}


def dump(register: Register) -> bytes:
    """Return the register's copy, UTF-8, an entry on each line. Raises RefusedError for one too large to be read."""
    lines = [json.dumps({"number": entry.number, **encode(entry)}, ensure_ascii=False) for entry in register.stored]
    head = {"schema": SCHEMA, "entries": register.last, "fingerprint": register.fingerprint}
    begin = json.dumps(head, ensure_ascii=False, indent=2)[:-2]
    body = ",\n".join(inert_json(line) for line in lines)
    data = f'{begin},\n  "register": [\n{body}\n]\n}}\n'.encode()
    if len(data) > LARGEST:
        raise RefusedError(_("the copy would be larger than {most} MB and could not be read back", most=LARGEST >> 20))
    return data


def load(data: bytes, file: str) -> Register:
    """Read a copy. Raises HkshccError where it is none or damaged, RefusedError where it breaks a rule."""
    content = _object(data, file)
    if content.get("schema") != SCHEMA:
        if "meta" in content and "entries" in content:
            raise HkshccError(
                _("{file} is a store, not a copy", file=file),
                hint=_("`hkshcc --store {file} export -o COPY.json` makes a copy of it", file=file),
            )
        raise HkshccError(_(_NO_COPY, file=file, schema=SCHEMA), hint=_(_MAKE_ONE))
    rows = content.get("register")
    if content.keys() != _KEYS or not isinstance(rows, list):
        raise HkshccError(
            _("{file} is not a complete copy of a register: it needs {keys}", file=file, keys=listed(sorted(_KEYS)))
        )
    try:
        entries = [_entry(number, row) for number, row in enumerate(rows, start=1)]
    except InvalidEntryError as error:
        raise HkshccError(_("{file} is damaged: {problem}", file=file, problem=inert(str(error))[:200])) from None
    register = Register(entries)
    if content["entries"] != len(entries) or content["fingerprint"] != register.fingerprint:
        raise HkshccError(
            _("{file} was changed or cut short after it was exported: its fingerprint does not match", file=file)
        )
    if wrong := problems(register):
        raise RefusedError(
            _("{file} breaks a rule of the register: {problem}", file=file, problem=inert(wrong[0])[:300])
        )
    return register


def _object(data: bytes, file: str) -> dict[str, Any]:
    if len(data) > LARGEST:
        raise HkshccError(_("{file} is larger than {most} MB; no copy of a register is", file=file, most=LARGEST >> 20))
    try:
        content = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_unique, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise HkshccError(_("{file} is not UTF-8", file=file), hint=_(_MAKE_ONE)) from None
    except (ValueError, RecursionError):
        raise HkshccError(_("{file} is not JSON, or was cut short", file=file), hint=_(_MAKE_ONE)) from None
    if not isinstance(content, dict):
        raise HkshccError(_(_NO_COPY, file=file, schema=SCHEMA), hint=_(_MAKE_ONE))
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
        raise InvalidEntryError(_("entry {number} is missing or out of order", number=number))
    try:
        json.dumps(row, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise InvalidEntryError(_("entry {number} contains an unpaired surrogate", number=number)) from None
    return decode(number, {field: value for field, value in row.items() if field != "number"})
