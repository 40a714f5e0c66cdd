"""The file store read, without what only writing needs."""

import os
from collections.abc import Sequence

from hkshcc.errors import StoreError
from hkshcc.language import _
from hkshcc.register.index import Register
from hkshcc.register.model import Entry
from hkshcc.stores import atomic_file
from hkshcc.stores.file_format import StoredEntries, UnsoundError


class FileReader:
    """The register in a file, for reading. No lock is taken: it is the file before a change or after it."""

    def __init__(self, path: str) -> None:
        # A link stays a link: what is locked and replaced is the file it leads to.
        self.path = os.path.realpath(path)

    @property
    def exists(self) -> bool:
        """Whether there is a file."""
        return os.path.exists(self.path)

    def read(self, known_on: str | None = None) -> Register:
        """Return the register, or the part of it recorded by a day. Raises StoreError."""
        return register_of(read_entries(self.path), known_on)


def register_of(entries: StoredEntries | None, known_on: str | None) -> Register:
    """Return the register that a file holds, or the part recorded by a day; without a file, the one that ships."""
    return Register(entries_of(entries), known_on=known_on, verified=entries)


def entries_of(entries: StoredEntries | None) -> Sequence[Entry]:
    """Return the entries that a file holds; where there is no file, those that ship."""
    if entries is not None:
        return entries
    from hkshcc.stores.seed import seed_entries  # noqa: PLC0415  wanted only until there is a file

    return seed_entries()


def read_entries(path: str) -> StoredEntries | None:
    """Read what a file holds; None where there is none. Raises StoreError, which names a way out."""
    data = atomic_file.read_whole(path)
    if data is None:
        check_not_lost(path)
        return None
    try:
        return _parsed(data, path)
    except UnsoundError as error:
        raise StoreError(
            _("the store {path} cannot be read: {problem}; it was not changed", path=path, problem=error),
            hint=error.hint or _way_out(path),
        ) from None


def check_not_lost(path: str) -> None:
    """Raise StoreError where a store is gone that once was, as its ``.bak`` shows: beginning anew would replace it."""
    backup = path + ".bak"
    if os.path.lexists(backup):
        raise StoreError(
            _("there is no store {path}, but {backup} contains the previous version of one", path=path, backup=backup),
            hint=_("copy that back, or move it away to start anew"),
        )


def _way_out(path: str) -> str:
    backup = path + ".bak"
    try:
        data = atomic_file.read_whole(backup)
        held = _parsed(data, backup) if data is not None else None
    except (StoreError, UnsoundError):
        held = None
    if held and held.broken_at is None:
        return _("its previous version {backup} is sound: copy that over it", backup=backup)
    return _("restore it from a copy, or name another store with --store")


def _parsed(data: bytes, path: str) -> StoredEntries:
    """Read a file's bytes; its path is for messages. Raises UnsoundError for what is not a register of this schema."""
    try:
        entries = StoredEntries(data, path)
        as_written = entries.broken_at is None
    except UnsoundError:
        from hkshcc.stores import normalize  # noqa: PLC0415  few files are laid out by anything else

        if len(data) > normalize.LARGEST:
            raise
        entries, as_written = StoredEntries(normalize.normalized(data), path), False
    if not as_written:  # changed by something else: nothing in it is taken for granted
        entries.decode_all()
    return entries
