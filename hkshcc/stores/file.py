"""The file store: TinyDB over a storage of our own, which loses nothing.

One JSON file with two tables: ``meta`` says what the file is, ``entries`` holds each entry under its number, on a line
of its own, with the hash chain's value after it as ``chain``.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from json import JSONDecoder, JSONEncoder
from typing import Any

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
_FORMAT = "hkshcc register"

Tables = dict[str, dict[str, Any]]


class _UnsoundError(Exception):
    """The bytes are no register; the message completes «the store PATH …»."""


class RegisterFile(Storage):
    """TinyDB's storage: reads the file at most once and writes it at most once in a transaction."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._tables: Tables | None = None
        self._changed = False
        self.held = False

    def read(self) -> Tables | None:
        """Return the tables, or None where there is no file yet."""
        if self._tables is not None:
            return self._tables
        content = disk.read_whole(self.path)
        tables = None if content is None else self._parsed(content)
        if self.held:
            self._tables = tables
        return tables

    def write(self, data: Tables) -> None:
        """Keep the tables until the transaction ends well."""
        self._tables, self._changed = data, True

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
                if self._changed and self._tables is not None:
                    disk.replace(self.path, _serialised(self._tables))
            finally:
                self.held, self._tables, self._changed = False, None, False

    def _parsed(self, content: bytes) -> Tables:
        try:
            return _parse(content)
        except _UnsoundError as error:
            raise StoreError(f"the store {self.path} {error}; it was left as it is{self._way_out()}") from None

    def _way_out(self) -> str:
        backup = self.path + ".bak"
        try:
            content = disk.read_whole(backup)
            sound = content is not None and bool(_entries(_parse(content)))
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
        tables = self._file.read()
        if tables is None:
            return Register(shipped_entries(), known_on=known_on)
        try:
            entries = _entries(tables)
        except _UnsoundError as error:
            way_out = self._file._way_out()  # noqa: SLF001  the storage is this store's own
            raise StoreError(f"the store {self._file.path} {error}; it was left as it is{way_out}") from None
        chain = [row["chain"] for row in tables["entries"].values()]
        return Register(entries, known_on=known_on, chain=chain)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the store for one read-change-write."""
        with self._file.transaction():
            yield

    def append(self, entries: Sequence[Entry], *, after: int) -> None:
        """Append the entries, provided that the last number is still ``after``."""
        with self.writing():
            if self._file.read() is None:
                self._insert_all(shipped_entries())
            rows = (self._file.read() or {"entries": {}})["entries"]
            if len(rows) != after:
                raise ConflictError(f"the register has grown to entry {len(rows)} since it was read; type it again")
            previous = rows[str(after)]["chain"] if rows else START
            self._insert(entries, previous)

    def create(self, entries: Sequence[Entry]) -> None:
        """Create the file. Raises RefusedError over an existing one."""
        with self.writing():
            if os.path.lexists(self._file.path):
                raise RefusedError(f"there is a store at {self._file.path} already; it was left as it is")
            self._insert_all(entries)

    def _insert_all(self, entries: Sequence[Entry]) -> None:
        self._db.table("meta").insert(Document({"format": _FORMAT, "schema": SCHEMA}, doc_id=1))
        self._insert(entries, START)

    def _insert(self, entries: Sequence[Entry], previous: str) -> None:
        rows = (
            Document({**encode(entry), "chain": value}, doc_id=entry.number)
            for entry, value in zip(entries, links(entries, previous), strict=True)
        )
        self._db.table("entries").insert_multiple(rows)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _UnsoundError("has a key twice in one object")
    return found


def _no_constant(name: str) -> None:
    raise _UnsoundError(f"holds {name}, which is no JSON")


_decoder = JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_constant)
_encode = JSONEncoder(ensure_ascii=False).encode


def _parse(content: bytes) -> Tables:
    """Read the file's bytes as tables. Raises _UnsoundError for whatever is not a register of a schema known here."""
    if not content:
        raise _UnsoundError("is empty (0 bytes)")
    try:
        text = content.decode("utf-8")
        tables = _decoder.decode(text) if text.lstrip().startswith("{") else None
    except UnicodeDecodeError as error:
        raise _UnsoundError(f"is not UTF-8 (byte {error.start})") from None
    except (ValueError, RecursionError) as error:
        raise _UnsoundError(f"is cut short or no JSON ({str(error).partition(':')[0]})") from None
    if not isinstance(tables, dict):
        raise _UnsoundError("is no register of hkshcc")
    meta = tables.get("meta")
    about = meta.get("1") if isinstance(meta, dict) else None
    if not isinstance(about, dict) or about.get("format") != _FORMAT:
        raise _UnsoundError("is no register of hkshcc")
    schema = about.get("schema")
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        raise _UnsoundError("does not say which schema it has")
    if schema > SCHEMA:
        raise _UnsoundError(f"was written by a newer hkshcc (schema {schema}, this one reads {SCHEMA}); upgrade hkshcc")
    entries = tables.setdefault("entries", {})
    if tables.keys() != {"meta", "entries"} or not isinstance(entries, dict):
        raise _UnsoundError("has other tables than a register has")
    return tables


def _entries(tables: Tables) -> list[Entry]:
    entries = []
    for number, (key, row) in enumerate(tables["entries"].items(), start=1):
        if key != str(number):
            raise _UnsoundError(f"has «{key}» where entry {number} should be")
        if not isinstance(row, dict) or not isinstance(row.get("chain"), str):
            raise _UnsoundError(f"lacks the chain's value in entry {number}")
        try:
            entries.append(decode(number, {field: value for field, value in row.items() if field != "chain"}))
        except ShapeError as error:
            raise _UnsoundError(f"is of the wrong shape: {error}") from None
    return entries


def _serialised(tables: Tables) -> bytes:
    lines = ",\n".join(f'"{number}": {_encode(row)}' for number, row in tables["entries"].items())
    return f'{{"meta": {_encode(tables["meta"])},\n"entries": {{\n{lines}\n}}}}\n'.encode()
