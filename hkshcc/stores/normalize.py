"""A store's file that an editor, or TinyDB itself, laid out anew, brought back into its own form."""

import json
import re
from typing import Any, NoReturn

from hkshcc.language import _
from hkshcc.register.chain import canonical
from hkshcc.stores.file_format import FORMAT, SCHEMA, UnsoundError, file_of, joined

LARGEST = 64 << 20  # bytes; a file in the store's own form may have any size


def normalized(data: bytes) -> bytes:
    """Return a file that something else laid out, in the form of `file_format`.

    Raises UnsoundError, which says why, for what is no register of this schema.
    """
    if not data:
        raise UnsoundError(_("the file is empty (0 bytes)"))
    try:
        tables = json.loads(
            data.decode(),
            object_pairs_hook=_unique,
            parse_int=_whole_number,
            parse_float=_no_number,
            parse_constant=_no_number,
        )
    except UnicodeDecodeError as error:
        raise UnsoundError(_("the file is not UTF-8 (byte {number})", number=error.start)) from None
    except json.JSONDecodeError as error:
        raise UnsoundError(_("the file is incomplete or not valid JSON (line {number})", number=error.lineno)) from None
    except RecursionError:
        raise UnsoundError(_("the file is nested too deeply")) from None
    if not isinstance(tables, dict) or tables.keys() != {"meta", "entries"}:
        raise UnsoundError(_("the file is not an hkshcc register"))
    _check_about(tables["meta"])
    if not isinstance(tables["entries"], dict):
        raise UnsoundError(_("the file has no table of entries"))
    return file_of(_line_again(number, *row) for number, row in enumerate(tables["entries"].items(), start=1))


def _check_about(meta: object) -> None:
    about = meta.get("1") if isinstance(meta, dict) else None
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise UnsoundError(_("the file is not an hkshcc register"))
    schema = about.get("schema")
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        raise UnsoundError(_("the file does not say which schema it has"))
    if schema < SCHEMA:
        raise UnsoundError(
            _(
                "an earlier version of hkshcc wrote it (schema {schema}; this one reads {own})",
                schema=schema,
                own=SCHEMA,
            ),
            _(
                "export it with that version, `hkshcc export -o COPY.json`, move it and its .bak away, and import the"
                " copy with this one, `hkshcc import register COPY.json --apply`"
            ),
        )
    if schema > SCHEMA:
        raise UnsoundError(
            _("a newer version of hkshcc wrote it (schema {schema}; this one reads {own})", schema=schema, own=SCHEMA),
            _("upgrade hkshcc"),
        )
    if meta != {"1": {"format": FORMAT, "schema": SCHEMA}}:
        raise UnsoundError(_("the meta table of the file has more in it than a register's"))


def _line_again(number: int, key: str, row: object) -> bytes:
    if key != str(number):
        raise UnsoundError(_("entry {number} is missing or out of order", number=number))
    if not isinstance(row, dict) or row.keys() != {"chain", "entry"} or not isinstance(row["entry"], dict):
        raise UnsoundError(_("entry {number} is not an entry with its chain value", number=number))
    if not isinstance(row["chain"], str) or not re.fullmatch("[0-9a-f]{64}", row["chain"]):
        raise UnsoundError(_("entry {number} has no valid chain value", number=number))
    try:
        return joined(number, row["chain"], canonical(row["entry"]).encode())
    except UnicodeEncodeError:
        raise UnsoundError(_("entry {number} contains an unpaired surrogate", number=number)) from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise UnsoundError(_("an object in the file has a key twice"))
    return found


def _whole_number(digits: str) -> int:
    if len(digits) > 9:
        raise UnsoundError(_("the file contains a number of {count} digits", count=len(digits)))
    return int(digits)


def _no_number(text: str) -> NoReturn:
    raise UnsoundError(_("the file contains {text}, which is not a whole number", text=text[:20]))
