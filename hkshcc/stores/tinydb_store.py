"""The file store: TinyDB over a storage of our own, which loses nothing."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document

from hkshcc.errors import ConflictError, RefusedError
from hkshcc.language import _
from hkshcc.register.chain import START, links
from hkshcc.register.index import Register
from hkshcc.register.model import Entry, encode
from hkshcc.stores import atomic_file, file_format
from hkshcc.stores.file_format import FORMAT, SCHEMA, StoredEntries
from hkshcc.stores.file_reader import FileReader, check_not_lost, entries_of, read_entries, register_of

Tables = dict[str, dict[str, Any]]
_ABOUT = {"format": FORMAT, "schema": SCHEMA}


class StoredDocument(Mapping[str, Any]):
    """A document that stands in the file: its line goes back as it is, its fields are decoded when asked for."""

    def __init__(self, entries: StoredEntries, number: int) -> None:
        self._entries, self._number = entries, number

    @property
    def line(self) -> bytes:
        """Its line in the file."""
        return self._entries.line(self._number)

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401  as a dict does
        """Return a field."""
        return self._fields()[key]

    def __iter__(self) -> Iterator[str]:
        """Yield the fields' names."""
        return iter(self._fields())

    def __len__(self) -> int:
        """Return how many fields there are."""
        return len(self._fields())

    def _fields(self) -> dict[str, Any]:
        entry = self._entries[self._number - 1]
        return {"chain": self._entries.stored_value(self._number), "entry": encode(entry)}


class RegisterStorage(Storage):
    """TinyDB's storage: it reads the file at most once and writes it at most once in a transaction."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._held = False
        self._entries: StoredEntries | None = None
        self._read = False
        self._changed: bytes | None = None

    def load(self) -> StoredEntries | None:
        """Return what the file holds, or will hold; None where there is no file yet. Raises StoreError."""
        if self._changed is not None:
            return StoredEntries(self._changed, self.path)
        if not self._held:
            return read_entries(self.path)
        if not self._read:
            self._entries, self._read = read_entries(self.path), True
        return self._entries

    def read(self) -> Tables | None:
        """Return the tables, or None where there is no file yet."""
        entries = self.load()
        if entries is None:
            return None
        numbers = range(1, len(entries) + 1)
        return {"meta": {"1": _ABOUT}, "entries": {str(number): StoredDocument(entries, number) for number in numbers}}

    def write(self, data: Tables) -> None:
        """Take the tables, which are written when the transaction ends well."""
        rows = data.get("entries", {}).items()
        self._changed = file_format.file_of(_line(number, row) for number, row in rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the lock; write what was changed on a clean exit, nothing on an exception."""
        if self._held:
            yield
            return
        with atomic_file.locked(self.path) as held:
            self._held = True
            try:
                yield
                if self._changed is not None:
                    atomic_file.replace(held, self._changed)
            finally:
                self._held, self._read, self._entries, self._changed = False, False, None, None


def _line(number: str, row: Mapping[str, Any]) -> bytes:
    """Return a document's line: as it stands in the file, or a new one."""
    return row.line if isinstance(row, StoredDocument) else file_format.line_of(int(number), row["chain"], row["entry"])


class FileStore(FileReader):
    """The register in a file."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._storage = RegisterStorage(self.path)
        self._db = TinyDB(storage=lambda: self._storage)

    def read(self, known_on: str | None = None) -> Register:
        """Return the register, or the part of it recorded by a day. Raises StoreError."""
        return register_of(self._storage.load(), known_on)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the store for one read-change-write. Raises StoreError where another holds it too long."""
        with self._storage.transaction():
            yield

    def append(self, entries: Sequence[Entry], *, after: int) -> None:
        """Append the entries, provided that the last number is still ``after``.

        Raises ConflictError where it is not, StoreError where the file cannot be read or written.
        """
        with self.writing():
            stored = self._storage.load()
            held = entries_of(stored)
            if len(held) != after:
                raise ConflictError(
                    _("the register has grown to entry {number} since it was read", number=len(held)),
                    hint=_("run the command again"),
                )
            if stored is None:
                self._insert([*held, *entries], 0, START)
            else:
                self._insert(entries, after, stored.stored_value(after))

    def create(self, entries: Sequence[Entry]) -> None:
        """Create the file. Raises RefusedError over an existing one, StoreError where it cannot be written."""
        with self.writing():
            if os.path.lexists(self.path):
                raise RefusedError(_("there is a store at {path} already; it was not changed", path=self.path))
            check_not_lost(self.path)
            self._insert(entries, 0, START)

    def _insert(self, entries: Sequence[Entry], after: int, chain: str) -> None:
        self._db.table("entries").insert_multiple(
            Document({"chain": value, "entry": encode(entry)}, doc_id=number)
            for number, (entry, value) in enumerate(zip(entries, links(entries, chain), strict=True), start=after + 1)
        )
