"""The file store: TinyDB over a storage of our own, which loses nothing.

One JSON file with two tables: ``meta`` says what the file is, ``entries`` holds each entry under its number, on a line
of its own, with the hash chain's value after it as ``chain``.
"""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from json import JSONDecodeError, JSONDecoder, JSONEncoder
from typing import Any, NamedTuple

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document

from hkshcc.errors import ConflictError, RefusedError, StoreError
from hkshcc.register.chain import START, links
from hkshcc.register.model import Entry, encode
from hkshcc.register.register import Register
from hkshcc.register.shape import ShapeError, decode
from hkshcc.stores import disk
from hkshcc.stores.shipped import shipped_entries

SCHEMA = 1
LARGEST = 1 << 22  # characters of one entry as JSON; the longest command line has half of that
_FORMAT = "hkshcc register"
_META = {"1": {"format": _FORMAT, "schema": SCHEMA}}

Tables = dict[str, dict[str, Any]]


class _UnsoundError(Exception):
    """The bytes are no register; the message completes «the store PATH …»."""


class _Content(NamedTuple):
    """What a file holds: its entries, the chain's value beside each, and the text in which each stands where."""

    entries: list[Entry]
    chain: list[str]
    text: str
    places: list[slice]

    def tables(self) -> Tables:
        """Return it as TinyDB wants it. Rows stay the text they are: what is in the file is never written anew."""
        rows = {str(number): self.text[place] for number, place in enumerate(self.places, start=1)}
        return {"meta": dict(_META), "entries": rows}


class RegisterFile(Storage):
    """TinyDB's storage: reads the file at most once and writes it at most once in a transaction."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.held = False
        self._content: _Content | None = None
        self._changed: Tables | None = None

    def load(self) -> _Content | None:
        """Return what the file holds, or None where there is no file yet. Raises StoreError."""
        if self._changed is not None:
            return _parse(self._serialised(self._changed))
        if self._content is not None:
            return self._content
        content = self._parsed(disk.read_whole(self.path))
        if self.held:
            self._content = content
        return content

    def read(self) -> Tables | None:
        """Return the tables, or None where there is no file yet."""
        if self._changed is not None:
            return self._changed
        content = self.load()
        return content.tables() if content else None

    def write(self, data: Tables) -> None:
        """Keep the tables until the transaction ends well."""
        self._changed = data

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the lock; write what was changed on a clean exit, nothing on an exception."""
        if self.held:
            yield
            return
        with disk.locked(self.path):
            self.held = True
            try:
                yield
                if self._changed is not None:
                    disk.replace(self.path, self._serialised(self._changed))
            finally:
                self.held, self._content, self._changed = False, None, None

    def _serialised(self, tables: Tables) -> bytes:
        """Return the tables as bytes that can be read again. Raises RefusedError for an entry that could not."""
        begin = f'{{"meta": {_encode(tables["meta"])},\n"entries": {{\n'
        try:
            lines = [f'"{number}": {_text(row)}'.encode() for number, row in tables["entries"].items()]
        except UnicodeEncodeError:
            raise RefusedError("a text that is not valid Unicode cannot be kept; type it again") from None
        return b"%b%b\n}}\n" % (begin.encode(), b",\n".join(lines))

    def _parsed(self, content: bytes | None) -> _Content | None:
        try:
            return None if content is None else _parse(content)
        except _UnsoundError as error:
            raise StoreError(f"the store {self.path} {error}; it was left as it is{self._way_out()}") from None

    def _way_out(self) -> str:
        backup = self.path + ".bak"
        try:
            content = disk.read_whole(backup)
            sound = content is not None and _is_sound(_parse(content))
        except (StoreError, _UnsoundError):
            sound = False
        if sound:
            return f", and its previous version {backup} is sound: copy that over it"
        return "; restore it from a copy, or name another store with --store"


class FileStore:
    """The register in a file. Readers take no lock: they see the file before a change or after it."""

    def __init__(self, path: str) -> None:
        # A link stays a link: what is locked and replaced is the file it leads to.
        self._file = RegisterFile(os.path.realpath(path))
        self._db = TinyDB(storage=lambda: self._file)

    @property
    def exists(self) -> bool:
        """Whether there is a file."""
        return os.path.exists(self._file.path)

    def read(self, known_on: str | None = None) -> Register:
        """Return the register, or the part of it recorded by a day. Raises StoreError."""
        content = self._file.load()
        if content is None:
            return Register(shipped_entries(), known_on=known_on)
        return Register(content.entries, known_on=known_on, chain=content.chain)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the store for one read-change-write."""
        with self._file.transaction():
            yield

    def append(self, entries: Sequence[Entry], *, after: int) -> None:
        """Append the entries, provided that the last number is still ``after``."""
        with self.writing():
            content = self._file.load()
            held = content.entries if content else shipped_entries()
            if len(held) != after:
                raise ConflictError(f"the register has grown to entry {len(held)} since it was read; type it again")
            if content is None:
                self._begin([*held, *entries])
            else:
                self._insert(entries, after, content.chain[-1] if after else START)

    def create(self, entries: Sequence[Entry]) -> None:
        """Create the file. Raises RefusedError over an existing one."""
        with self.writing():
            if os.path.lexists(self._file.path):
                raise RefusedError(f"there is a store at {self._file.path} already; it was left as it is")
            self._begin(entries)

    def _begin(self, entries: Sequence[Entry]) -> None:
        self._db.table("meta").insert(Document(_META["1"], doc_id=1))
        self._insert(entries, 0, START)

    def _insert(self, entries: Sequence[Entry], after: int, chain: str) -> None:
        self._db.table("entries").insert_multiple(
            Document({**encode(entry), "chain": value}, doc_id=number)
            for number, (entry, value) in enumerate(zip(entries, links(entries, chain), strict=True), start=after + 1)
        )


def _text(row: str | dict[str, Any]) -> str:
    """Return a row as JSON: what was read as it stood, a new one once it is sure that it can be read again."""
    if isinstance(row, str):
        return row
    text = _encode(row)
    if len(text) > LARGEST:
        raise RefusedError(f"an entry of more than {LARGEST} characters cannot be kept; shorten it")
    again: dict[str, Any] = _decode(text)[0]
    _chain(0, again)
    _entry(0, again)
    return text


def _is_sound(content: _Content) -> bool:
    return bool(content.entries) and content.chain == list(links(content.entries))


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _UnsoundError("has a key twice in one object")
    return found


def _whole_number(digits: str) -> int:
    if len(digits) > 9:
        raise _UnsoundError(f"holds a number of {len(digits)} digits")
    return int(digits)


def _no_number(text: str) -> None:
    raise _UnsoundError(f"holds {text[:20]}, which is no whole number")


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

    def object(self, what: str) -> tuple[dict[str, Any], slice]:
        """Decode the object that follows, and say where it stands. One larger than an entry may be is refused."""
        if not self.takes("{"):
            raise _UnsoundError(f"is cut short or damaged before {what}")
        start, problem = self._at - 1, ""
        found: dict[str, Any]
        line = self._text.find("\n", start, start + LARGEST)  # where our own entries end
        for end in (max(line, start), start + (1 << 12), start + (1 << 17), start + LARGEST):
            try:
                found, length = _decode(self._text[start:end])
            except RecursionError:
                raise _UnsoundError(f"is nested too deeply in {what}") from None
            except JSONDecodeError as error:
                problem = error.msg
            else:
                self._at = start + length
                return found, slice(start, self._at)
        raise _UnsoundError(f"is cut short or no JSON in {what} ({problem})")

    def _after_blanks(self, at: int) -> int:
        found = _blanks(self._text, at)
        return found.end() if found else at


def _parse(data: bytes) -> _Content:
    """Read a file's bytes. Raises _UnsoundError for whatever is not a register of a schema known here."""
    if not data:
        raise _UnsoundError("is empty (0 bytes)")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _UnsoundError(f"is not UTF-8 (byte {error.start})") from None
    frame = _Frame(text)
    if not frame.takes("{", '"meta"', ":"):
        raise _UnsoundError("is no register of hkshcc")
    _check_meta(frame.object("its meta table")[0])
    if not frame.takes(",", '"entries"', ":", "{"):
        raise _UnsoundError("is cut short or damaged after its meta table")
    content = _Content([], [], text, [])
    escaped = "\\ud" in text or "\\uD" in text  # how some editors write a rare character, or half of one
    number = 1
    while frame.takes_key(number):
        row, place = frame.object(f"entry {number}")
        if escaped:
            _check_characters(number, row)
        content.chain.append(_chain(number, row))
        content.entries.append(_entry(number, row))
        content.places.append(place)
        number += 1
    if not frame.takes("}", "}") or not frame.takes_end():
        raise _UnsoundError(f"is cut short or damaged after entry {number - 1}")
    return content


def _check_meta(meta: dict[str, Any]) -> None:
    about = meta.get("1")
    if not isinstance(about, dict) or about.get("format") != _FORMAT:
        raise _UnsoundError("is no register of hkshcc")
    schema = about.get("schema")
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        raise _UnsoundError("does not say which schema it has")
    if schema > SCHEMA:
        raise _UnsoundError(f"was written by a newer hkshcc (schema {schema}, this one reads {SCHEMA}); upgrade hkshcc")
    if meta != _META:
        raise _UnsoundError("says more in its meta table than a register does")


def _check_characters(number: int, row: dict[str, Any]) -> None:
    try:
        _encode(row).encode()
    except UnicodeEncodeError:
        raise _UnsoundError(f"holds half a character in entry {number} (a surrogate without its other half)") from None


def _chain(number: int, row: dict[str, Any]) -> str:
    value = row.pop("chain", None)
    if not isinstance(value, str):
        raise _UnsoundError(f"lacks the chain's value in entry {number}")
    return value


def _entry(number: int, row: dict[str, Any]) -> Entry:
    try:
        return decode(number, row)
    except ShapeError as error:
        raise _UnsoundError(f"is of the wrong shape: {str(error)[:200]}") from None
