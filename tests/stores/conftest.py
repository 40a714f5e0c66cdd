"""The stores under test, and a platform that lacks what Windows lacks."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import NamedTuple

import pytest

from hkshcc.stores import Store, atomic_file
from hkshcc.stores.memory import MemoryStore
from hkshcc.stores.tinydb_store import FileStore
from tests.register.build import REF, TODAY, draft, entries_of, numbered

LAST = len(entries_of())  # the number of the last entry on a shelf
NOBODY = 65534


def _lacking(module: ModuleType, *names: str) -> ModuleType:
    lacking = ModuleType(module.__name__)
    vars(lacking).update({name: value for name, value in vars(module).items() if name not in names})
    return lacking


@pytest.fixture
def without_posix(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide from the store what is not there on Windows."""
    monkeypatch.setattr(atomic_file, "fcntl", None)
    monkeypatch.setattr(atomic_file, "signal", _lacking(signal, "SIGALRM", "setitimer", "ITIMER_REAL"))
    absent = ("fchmod", "fchown", "O_CLOEXEC", "O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK")
    monkeypatch.setattr(atomic_file, "os", _lacking(os, *absent))


@pytest.fixture(params=["file", "memory", "file without fcntl"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """Every kind of store, new and empty."""
    if request.param == "memory":
        return MemoryStore()
    if request.param == "file without fcntl":
        request.getfixturevalue("without_posix")
    return FileStore(str(tmp_path / "register.json"))


class Shelf(NamedTuple):
    """A store of the invented register in a folder of its own, and what is to be said of the two."""

    folder: Path
    path: Path

    def open(self) -> FileStore:
        return FileStore(str(self.path))

    def files(self) -> set[str]:
        """The names of the files in the folder, the lock's aside."""
        return {path.name for path in self.folder.iterdir()} - {"register.json.lock"}

    def note(self, remark: str = "A note") -> None:
        """Append an entry, as a command would."""
        store = self.open()
        with store.writing():
            last = store.read().last
            drafted = draft("note", ref=REF, on=TODAY, recorded=TODAY, remark=remark)
            store.append(numbered([drafted], after=last), after=last)

    def remarks(self) -> list[str | None]:
        """The remarks of the entries that were appended."""
        return [entry.remark for entry in self.open().read().entries[LAST:]]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """A store of the invented register."""
    found = Shelf(tmp_path, tmp_path / "register.json")
    found.open().create(entries_of())
    return found


@pytest.fixture
def open_shelf() -> Iterator[Shelf]:
    """A store in a folder that every user can reach."""
    # As root the tests act for another user too, who need not be let into root's own folder for such things.
    with TemporaryDirectory(dir="/tmp" if os.geteuid() == 0 else None) as name:  # noqa: S108  made anew, and private
        folder = Path(name)
        folder.chmod(0o755)
        found = Shelf(folder, folder / "register.json")
        found.open().create(entries_of())
        yield found


@contextmanager
def as_somebody() -> Iterator[None]:
    """Be a user whom permissions bind, for a while: they don't bind root."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
