"""The file of a store read strictly: every byte of it has its place, or it is refused in words."""

import re
from json import JSONDecodeError, JSONDecoder, JSONEncoder
from typing import Any

from hkshcc.errors import RefusedError
from hkshcc.register.model import Entry
from hkshcc.register.shape import ShapeError, decode
from hkshcc.stores.schema import FORMAT, SCHEMA, UnsoundError

LARGEST = 1 << 22  # characters of one entry as JSON; the longest command line has half of that


def line(number: int, fields: dict[str, Any]) -> bytes:
    """Return an entry's line. Raises RefusedError for one that could not be read again."""
    text = _encode(fields)
    if len(text) > LARGEST:
        raise RefusedError(f"an entry of more than {LARGEST} characters cannot be kept; shorten it")
    again: dict[str, Any] = _decode(text)[0]
    _chain(number, again)
    _entry(number, again)
    try:
        return f'"{number}": {text}'.encode()
    except UnicodeEncodeError:
        raise RefusedError("a text that is not valid Unicode cannot be kept; type it again") from None


def read_strictly(data: bytes) -> tuple[list[Entry], list[str], int]:
    """Return a file's entries, the chain's value beside each, and its schema.

    Raises UnsoundError for whatever is not a register of a schema known here.
    """
    if not data:
        raise UnsoundError("is empty (0 bytes)")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnsoundError(f"is not UTF-8 (byte {error.start})") from None
    frame = _Frame(text)
    if not frame.takes("{", '"meta"', ":"):
        raise UnsoundError("is no register of hkshcc")
    schema = _schema(frame.object("its meta table"))
    if not frame.takes(",", '"entries"', ":", "{"):
        raise UnsoundError("is cut short or damaged after its meta table")
    entries: list[Entry] = []
    chain: list[str] = []
    escaped = "\\ud" in text or "\\uD" in text  # how some editors write a rare character, or half of one
    number = 1
    while frame.takes_key(number):
        fields = frame.object(f"entry {number}")
        if escaped:
            _check_characters(number, fields)
        chain.append(_chain(number, fields))
        entries.append(_entry(number, fields))
        number += 1
    if not frame.takes("}", "}") or not frame.takes_end():
        raise UnsoundError(f"is cut short or damaged after entry {number - 1}")
    return entries, chain, schema


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise UnsoundError("has a key twice in one object")
    return found


def _whole_number(digits: str) -> int:
    if len(digits) > 9:
        raise UnsoundError(f"holds a number of {len(digits)} digits")
    return int(digits)


def _no_number(text: str) -> None:
    raise UnsoundError(f"holds {text[:20]}, which is no whole number")


_decode = JSONDecoder(
    object_pairs_hook=_unique, parse_int=_whole_number, parse_float=_no_number, parse_constant=_no_number
).raw_decode
_encode = JSONEncoder(ensure_ascii=False).encode
_blanks = re.compile(r"[ \t\r\n]*").match


class _Frame:
    """Reads what stands around the entries, however it is indented, and decodes each object in it on its own.

    The whole file in one go would be decoded before anything could be wrong with it, into all the memory there is.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def takes(self, *marks: str) -> bool:
        """Step over marks if all of them follow, each after any white space, and say whether they did."""
        at = self._at
        for mark in marks:
            if not self._text.startswith(mark, at):
                at = self._after_blanks(at)
                if not self._text.startswith(mark, at):
                    return False
            at += len(mark)
        self._at = at
        return True

    def takes_key(self, number: int) -> bool:
        """Step over the number of an entry, and over the comma before it."""
        if number == 1:
            return self.takes('"1"', ":")
        # First as we lay it out, which is quicker than looking for white space.
        return self.takes(f',\n"{number}": ') or self.takes(",", f'"{number}"', ":")

    def takes_end(self) -> bool:
        """Say whether nothing but white space follows."""
        return self._after_blanks(self._at) == len(self._text)

    def object(self, what: str) -> dict[str, Any]:
        """Decode the object that follows. One larger than an entry may be is refused."""
        if not self.takes("{"):
            raise UnsoundError(f"is cut short or damaged before {what}")
        start, problem = self._at - 1, ""
        found: dict[str, Any]
        line = self._text.find("\n", start, start + LARGEST)  # where our own entries end
        for end in (max(line, start), start + (1 << 12), start + (1 << 17), start + LARGEST):
            try:
                found, length = _decode(self._text[start:end])
            except RecursionError:
                raise UnsoundError(f"is nested too deeply in {what}") from None
            except JSONDecodeError as error:
                problem = error.msg
            else:
                self._at = start + length
                return found
        raise UnsoundError(f"is cut short or no JSON in {what} ({problem})")

    def _after_blanks(self, at: int) -> int:
        found = _blanks(self._text, at)
        return found.end() if found else at


def _schema(meta: dict[str, Any]) -> int:
    about = meta.get("1")
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise UnsoundError("is no register of hkshcc")
    schema = about.get("schema")
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        raise UnsoundError("does not say which schema it has")
    if schema > SCHEMA:
        raise UnsoundError(f"was written by a newer hkshcc (schema {schema}, this one reads {SCHEMA}); upgrade hkshcc")
    known = {"format", "schema", "sum"} if schema > 1 else {"format", "schema"}
    if meta.keys() != {"1"} or about.keys() != known or not isinstance(about.get("sum", ""), str):
        raise UnsoundError("says more in its meta table than a register does, or less")
    return schema


def _check_characters(number: int, fields: dict[str, Any]) -> None:
    try:
        _encode(fields).encode()
    except UnicodeEncodeError:
        raise UnsoundError(f"holds half a character in entry {number} (a surrogate without its other half)") from None


def _chain(number: int, fields: dict[str, Any]) -> str:
    value = fields.pop("chain", None)
    if not isinstance(value, str):
        raise UnsoundError(f"lacks the chain's value in entry {number}")
    return value


def _entry(number: int, fields: dict[str, Any]) -> Entry:
    try:
        return decode(number, fields)
    except ShapeError as error:
        raise UnsoundError(f"is of the wrong shape: {str(error)[:200]}") from None
