"""A store in memory: the file store's twin, for tests and for trying things out."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from hkshcc.errors import ConflictError, RefusedError
from hkshcc.language import _
from hkshcc.register.chain import links
from hkshcc.register.index import Register
from hkshcc.register.model import Entry
from hkshcc.stores.seed import seed_entries


class MemoryStore:
    """Keeps the entries in a list."""

    def __init__(self) -> None:
        self._entries: list[Entry] | None = None

    @property
    def exists(self) -> bool:
        """Whether anything has been stored yet."""
        return self._entries is not None

    def read(self, known_on: str | None = None) -> Register:
        """Return the register, or the part of it recorded by a day."""
        entries = seed_entries() if self._entries is None else list(self._entries)
        return Register(entries, known_on=known_on, chain=list(links(entries)))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keep nothing of what an exception broke off; nobody else can hold it."""
        before = self._entries
        try:
            yield
        except BaseException:
            self._entries = before
            raise

    def append(self, entries: Sequence[Entry], *, after: int) -> None:
        """Append the entries, provided that the last number is still ``after``. Raises ConflictError otherwise."""
        held = seed_entries() if self._entries is None else self._entries
        if len(held) != after:
            raise ConflictError(
                _("the register has grown to entry {number} since it was read", number=len(held)),
                hint=_("run the command again"),
            )
        self._entries = [*held, *entries]

    def create(self, entries: Sequence[Entry]) -> None:
        """Begin with these entries. Raises RefusedError over existing ones."""
        if self._entries is not None:
            raise RefusedError(_("there is a store already; nothing was changed"))
        self._entries = list(entries)
