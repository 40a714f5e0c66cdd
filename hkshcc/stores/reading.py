"""The file store read, without what only writing needs."""

import os

from hkshcc.errors import StoreError
from hkshcc.register.register import Register
from hkshcc.stores import disk
from hkshcc.stores.content import Content, Lines, content_of
from hkshcc.stores.schema import UnsoundError
from hkshcc.stores.shipped import shipped_entries


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
        return register_of(read_content(self.path), known_on)


def register_of(content: Content | None, known_on: str | None) -> Register:
    """Return the register that a file holds; where there is no file, the one that ships."""
    if content is None:
        return Register(shipped_entries(), known_on=known_on)
    outlines = content.entries.outlines if isinstance(content.entries, Lines) else None
    return Register(
        content.entries, known_on=known_on, chain=content.chain, sound=content.as_written, outlines=outlines
    )


def read_content(path: str) -> Content | None:
    """Read what a file holds; None where there is none. Raises StoreError, which names a way out."""
    data = disk.read_whole(path)
    try:
        return None if data is None else content_of(data)
    except UnsoundError as error:
        raise StoreError(f"the store {path} {error}; it was left as it is{_way_out(path)}") from None


def _way_out(path: str) -> str:
    backup = path + ".bak"
    try:
        data = disk.read_whole(backup)
        held = content_of(data) if data is not None else None
    except (StoreError, UnsoundError):
        held = None
    if held and held.entries and held.sound:
        return f", and its previous version {backup} is sound: copy that over it"
    return "; restore it from a copy, or name another store with --store"
