"""The stores remember: every entry of the register, in order, and nothing else."""

import os
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from hkshcc.register.index import Register
from hkshcc.register.model import Entry

COPIES = ".copies"  # ending of the folder beside it, of copies of evidence
BESIDE = (".bak", ".bak.new", ".lock", ".new")  # endings of the files that a store in a file keeps beside it


class Reader(Protocol):
    """What a command that only reads needs of a store."""

    @property
    def exists(self) -> bool:
        """Whether anything has been stored yet; until then ``read`` gives the register that ships."""

    def read(self, known_on: str | None = None) -> Register:
        """Return the register, or the part of it recorded by a day. Raises StoreError."""


class Store(Reader, Protocol):
    """What every store does. It knows entries and their order; what they mean is the register's affair."""

    def writing(self) -> AbstractContextManager[None]:
        """Hold the store for one read-change-write. Raises StoreError where another holds it too long."""

    def append(self, entries: Sequence[Entry], *, after: int) -> None:
        """Append one command's entries, all or none, provided that the last number is still ``after``.

        Creates the store from the register that ships where there is none. Raises ConflictError where the register has
        grown, StoreError where it cannot be written.
        """

    def create(self, entries: Sequence[Entry]) -> None:
        """Create the store with these entries. Raises RefusedError over an existing one."""


def open_reader(url: str) -> Reader:
    """Open a store for reading alone: where nothing is stored yet, the register that ships, and no TinyDB."""
    if url != "memory:" and not (_is_there(url) or _is_there(os.path.realpath(url) + ".bak")):
        from hkshcc.stores.seed import ShippedRegister  # noqa: PLC0415  each brings its own imports

        return ShippedRegister()
    if url != "memory:":
        from hkshcc.stores.file_reader import FileReader  # noqa: PLC0415

        return FileReader(url)
    return open_store(url)


def _is_there(path: str) -> bool:
    """Return whether something is there. What cannot be looked at is not taken for nothing."""
    try:
        os.lstat(path)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True


def open_store(url: str) -> Store:
    """Open the store at a path, or one in memory (``memory:``) that is gone with the process."""
    if url == "memory:":
        from hkshcc.stores.memory import MemoryStore  # noqa: PLC0415

        return MemoryStore()
    from hkshcc.stores.tinydb_store import FileStore  # noqa: PLC0415

    return FileStore(url)
