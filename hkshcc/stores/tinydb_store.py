"""The file store: TinyDB over a storage of our own, which loses nothing."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document

from hkshcc.errors import ConflictError, RefusedError
from hkshcc.register.chain import START, links
from hkshcc.register.model import Entry, encode
from hkshcc.register.register import Register
from hkshcc.stores import disk
from hkshcc.stores.content import Content, content_of, laid_out
from hkshcc.stores.reading import FileReader, read_content, register_of
from hkshcc.stores.schema import FORMAT, SCHEMA
from hkshcc.stores.shipped import shipped_entries
from hkshcc.stores.strict import line

Tables = dict[str, dict[str, Any]]
ABOUT = {"format": FORMAT, "schema": SCHEMA}


class RegisterFile(Storage):
    """TinyDB's storage: reads the file at most once and writes it at most once in a transaction.

    What the file holds already is never decoded to be written anew: TinyDB's table of entries holds those to be added.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.held = False
        self._content: Content | None = None
        self._read = False
        self._changed: Tables | None = None

    def load(self) -> Content | None:
        """Return what the file holds, or None where there is no file yet. Raises StoreError."""
        if self._changed is not None:
            return content_of(b"".join(self._laid_out(self._changed)))
        if not self.held:
            return read_content(self.path)
        if not self._read:
            self._content, self._read = read_content(self.path), True
        return self._content

    def read(self) -> Tables | None:
        """Return the tables, or None where there is no file yet."""
        if self._changed is None and self.load():
            return {"meta": {"1": ABOUT}, "entries": {}}
        return self._changed

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
                    self._replace(self._laid_out(self._changed))
            finally:
                self.held, self._read, self._content, self._changed = False, False, None, None

    def _laid_out(self, tables: Tables) -> list[bytes | memoryview]:
        held = self._content
        new = [line(int(number), fields) for number, fields in tables["entries"].items()]
        return laid_out([held.body() if held else b"", *new], summed=held is None or held.sound)

    def _replace(self, data: Sequence[bytes | memoryview]) -> None:
        if self._content and self._content.schema < SCHEMA:
            disk.keep(self.path, f"{self.path}.schema-{self._content.schema}")
        disk.replace(self.path, data)


class FileStore(FileReader):
    """The register in a file."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._file = RegisterFile(self.path)
        self._db = TinyDB(storage=lambda: self._file)

    def read(self, known_on: str | None = None) -> Register:
        """Return the register, or the part of it recorded by a day. Raises StoreError."""
        return register_of(self._file.load(), known_on)

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
            if os.path.lexists(self.path):
                raise RefusedError(f"there is a store at {self.path} already; it was left as it is")
            self._begin(entries)

    def _begin(self, entries: Sequence[Entry]) -> None:
        self._db.table("meta").insert(Document(ABOUT, doc_id=1))
        self._insert(entries, 0, START)

    def _insert(self, entries: Sequence[Entry], after: int, chain: str) -> None:
        self._db.table("entries").insert_multiple(
            Document({**encode(entry), "chain": value}, doc_id=number)
            for number, (entry, value) in enumerate(zip(entries, links(entries, chain), strict=True), start=after + 1)
        )
