"""The file system under the store: the lock, the replace, and every step of them going wrong."""

import errno
import fcntl
import os
import re
import signal
import stat
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NoReturn, Self

import pytest

from hkshcc.errors import StoreError
from hkshcc.stores import atomic_file
from hkshcc.stores.tinydb_store import FileStore
from tests.processes import Process, python
from tests.register.build import REF, TODAY, draft, entries_of, numbered
from tests.stores.conftest import LAST, NOBODY, Shelf, as_somebody

HOLD = """
import sys
from hkshcc.stores.atomic_file import locked
with locked(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""
SHORT = 0.05  # seconds
AMPLE = 5.0


@pytest.fixture(params=["kernel", "filelock"])
def locked(request: pytest.FixtureRequest) -> Callable[..., AbstractContextManager[atomic_file.Held]]:
    """The lock, as the kernel gives it and as it is where there is no fcntl."""
    if request.param == "filelock":
        request.getfixturevalue("without_posix")
    return atomic_file.locked


@pytest.fixture
def holder(shelf: Shelf) -> Iterator[Process]:
    """Another process that holds the shelf's lock until its stdin ends."""
    with python(HOLD, str(shelf.path)) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


Locked = Callable[..., AbstractContextManager[atomic_file.Held]]


def test_a_lock_that_is_held_too_long_is_refused_naming_the_store(
    shelf: Shelf, holder: Process, locked: Locked
) -> None:
    assert holder.poll() is None
    store = re.escape(str(shelf.path))
    with pytest.raises(
        StoreError,
        match=f"^another hkshcc process has held the lock on {store} for .*; try again later .*{store}.lock.$",
    ):
        locked(str(shelf.path), wait=SHORT).__enter__()


def test_readers_do_not_wait_for_a_writer(shelf: Shelf, holder: Process) -> None:
    assert shelf.open().read().last == LAST
    assert holder.poll() is None


def test_a_killed_holder_blocks_nobody(shelf: Shelf, holder: Process, locked: Locked) -> None:
    holder.kill()
    holder.wait()
    with locked(str(shelf.path), wait=AMPLE):
        shelf.path.write_bytes(shelf.path.read_bytes())
    assert shelf.open().read().last == LAST


def test_whoever_waits_goes_on_when_the_holder_is_done(shelf: Shelf, holder: Process) -> None:
    assert holder.stdin is not None
    with python(HOLD, str(shelf.path)) as waiter:
        assert waiter.stdin is not None
        waiter.stdin.close()
        holder.stdin.close()
        assert waiter.wait(AMPLE) == 0


def test_the_lock_is_free_after_a_failure(shelf: Shelf, locked: Locked) -> None:
    with pytest.raises(ZeroDivisionError), locked(str(shelf.path), wait=SHORT):
        raise ZeroDivisionError
    with locked(str(shelf.path), wait=SHORT):
        assert Path(f"{shelf.path}.lock").exists()


def test_the_alarm_clock_is_left_as_it_was_found(shelf: Shelf) -> None:
    before = signal.getsignal(signal.SIGALRM)
    with atomic_file.locked(str(shelf.path)):
        assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
        assert signal.getsignal(signal.SIGALRM) == before
        with pytest.raises(StoreError):
            atomic_file.locked(str(shelf.path), wait=SHORT).__enter__()
        assert signal.getsignal(signal.SIGALRM) == before


def test_a_lock_file_of_another_user_serves_as_well(open_shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open

    def refuse_writing(path: str, flags: int, mode: int = 0o777) -> int:
        if path.endswith(".lock") and flags & os.O_RDWR:
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return opened(path, flags, mode)

    open_shelf.note("First")
    monkeypatch.setattr(os, "open", refuse_writing)
    open_shelf.note("Second")
    assert open_shelf.remarks() == ["First", "Second"]


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EBADF, errno.ENOSYS])
def test_a_file_system_without_locks_is_refused(shelf: Shelf, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(*_arguments: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", no_locks)
    with pytest.raises(
        StoreError, match=f"^the store {re.escape(str(shelf.path))} cannot be written \\({os.strerror(number)}\\)$"
    ):
        shelf.note()
    assert shelf.remarks() == []


def test_a_folder_that_cannot_be_made_is_refused(shelf: Shelf) -> None:
    below = shelf.path / "below" / "register.json"
    with pytest.raises(StoreError, match=f"^the store {re.escape(str(below))} cannot be written"):
        FileStore(str(below)).create(entries_of())


def test_a_lock_file_that_is_a_fifo_is_named_rather_than_waited_for(shelf: Shelf) -> None:
    lock = Path(f"{shelf.path}.lock")
    lock.unlink()
    os.mkfifo(lock)
    with pytest.raises(StoreError, match=f"^the lock file {re.escape(str(lock))} is not a regular file; remove it$"):
        shelf.note()


def test_a_lock_file_that_is_another_user_s_fifo_is_not_waited_for_either(open_shelf: Shelf) -> None:
    lock = Path(f"{open_shelf.path}.lock")
    lock.unlink()
    os.mkfifo(lock)
    lock.chmod(0o444)
    with as_somebody(), pytest.raises(StoreError, match="is not a regular file"):
        open_shelf.note()


def test_a_lock_file_that_is_another_name_of_a_private_file_lends_it_no_mode(shelf: Shelf) -> None:
    private, lock = shelf.folder / "private", Path(f"{shelf.path}.lock")
    private.write_text("mine")
    private.chmod(0o600)
    lock.unlink()
    lock.hardlink_to(private)
    shelf.folder.chmod(0o777)
    shelf.note("Recorded")
    assert stat.S_IMODE(private.stat().st_mode) == 0o600


# What acts on the files in spite of the lock


def test_a_lock_file_that_was_removed_while_this_waited_is_not_taken_for_the_one_that_counts(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, locks = Path(f"{shelf.path}.lock"), []
    real = fcntl.flock

    def after_a_wait(descriptor: int, operation: int) -> None:
        locks.append(os.fstat(descriptor).st_ino)
        if len(locks) == 1:
            lock.rename(shelf.folder / "removed")
        real(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", after_a_wait)
    shelf.note("Recorded")
    assert len(set(locks)) == 2
    assert locks[-1] == lock.stat().st_ino
    assert shelf.remarks() == ["Recorded"]


def _make_anew(lock: Path) -> None:
    lock.rename(lock.with_suffix(".removed"))
    lock.touch()


INTERFERING: dict[str, Callable[[Shelf], object]] = {
    "the lock file removed": lambda shelf: os.unlink(f"{shelf.path}.lock"),
    "the lock file made anew": lambda shelf: _make_anew(Path(f"{shelf.path}.lock")),
    "the store removed": lambda shelf: shelf.path.unlink(),
    "the store written to": lambda shelf: shelf.path.write_bytes(shelf.path.read_bytes() + b" "),
    "another store put in its place": lambda shelf: (shelf.folder / "other").replace(shelf.path),
}


@pytest.mark.parametrize("interfere", INTERFERING.values(), ids=INTERFERING)
def test_a_write_gives_way_to_whatever_changed_the_store_or_its_lock_meanwhile(
    shelf: Shelf, interfere: Callable[[Shelf], object]
) -> None:
    shelf.note("Before")
    (shelf.folder / "other").write_bytes(shelf.path.read_bytes())
    previous = Path(f"{shelf.path}.bak").read_bytes()
    store = shelf.open()

    def command() -> None:
        with store.writing():
            entry = draft("note", ref=REF, on=TODAY, recorded=TODAY, remark="Lost")
            store.append(numbered([entry], after=LAST + 1), after=LAST + 1)
            interfere(shelf)
            left.extend(shelf.path.read_bytes() if shelf.path.exists() else b"")

    left = bytearray()
    with pytest.raises(StoreError, match=r"nothing was recorded"):
        command()
    assert (shelf.path.read_bytes() if shelf.path.exists() else b"") == left
    assert Path(f"{shelf.path}.bak").read_bytes() in (previous, left)
    assert not Path(f"{shelf.path}.new").exists()


def test_what_root_writes_stays_its_owner_s_and_its_group_s(open_shelf: Shelf) -> None:
    if os.geteuid() == 0:
        os.chown(open_shelf.path, NOBODY, NOBODY)
        os.chown(open_shelf.folder, -1, NOBODY)
        open_shelf.folder.chmod(0o2755)  # a new file has the folder's group
    before = open_shelf.path.stat()
    open_shelf.note("By root")
    after = open_shelf.path.stat()
    assert (after.st_uid, after.st_gid) == (before.st_uid, before.st_gid)
    assert open_shelf.remarks() == ["By root"]


# Every step of a write, failing.

Step = Callable[[pytest.MonkeyPatch, int], None]


def _failing(name: str, number: int, when: Callable[..., bool]) -> Callable[..., Any]:
    real = getattr(os, name)
    failed: list[str] = []

    def step(*arguments: Any, **options: Any) -> Any:
        if not failed and when(*arguments):
            failed.append(name)
            raise OSError(number, os.strerror(number), arguments[0])
        return real(*arguments, **options)

    return step


def _fail(name: str, when: Callable[..., bool]) -> Step:
    """Make a call of the operating system fail once, the first time that it is made so."""
    return lambda monkeypatch, number: monkeypatch.setattr(os, name, _failing(name, number, when))


def _syncs_folder(descriptor: int) -> bool:
    return stat.S_ISDIR(os.fstat(descriptor).st_mode)


CREATING: dict[str, Step] = {
    "opening the new file": _fail("open", lambda path, *_: str(path).endswith(".new")),
    "syncing the new file": _fail("fsync", lambda _descriptor: True),
    "renaming it": _fail("replace", lambda _source, target: str(target).endswith(".json")),
    "opening the folder": _fail("open", lambda path, *_: os.path.isdir(path)),
    "syncing the folder": _fail("fsync", _syncs_folder),
}
REPLACING: dict[str, Step] = {
    **CREATING,
    "linking the last version": _fail("link", lambda *_: True),
    "giving it its name": _fail("replace", lambda _source, target: str(target).endswith(".bak")),
}


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO], ids=["ENOSPC", "EIO"])
@pytest.mark.parametrize("step", REPLACING.values(), ids=REPLACING)
def test_a_write_that_fails_leaves_the_store_as_it_was_and_the_next_one_works(
    shelf: Shelf, step: Step, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.note("Before")
    before = shelf.path.read_bytes()
    with monkeypatch.context() as patch:
        step(patch, number)
        with pytest.raises(StoreError) as failure:
            shelf.note("Lost")
    said = str(failure.value)
    assert said.startswith(f"the store {shelf.path} cannot be written ({os.strerror(number)}")
    assert said.endswith("); nothing was recorded")
    assert shelf.path.read_bytes() == before
    assert shelf.files() <= {"register.json", "register.json.bak"}
    shelf.note("After")
    assert shelf.remarks() == ["Before", "After"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO], ids=["ENOSPC", "EIO"])
@pytest.mark.parametrize("step", CREATING.values(), ids=CREATING)
def test_a_creation_that_fails_leaves_no_store_and_the_next_one_works(
    tmp_path: Path, step: Step, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = FileStore(str(tmp_path / "register.json"))
    with monkeypatch.context() as patch:
        step(patch, number)
        with pytest.raises(StoreError, match="nothing was recorded"):
            store.create(entries_of())
    assert {path.name for path in tmp_path.iterdir()} == {"register.json.lock"}
    store.create(entries_of())
    assert store.read().last == LAST


class FullDisk:
    """A file that takes nothing."""

    def __init__(self, descriptor: int, *_mode: str, **_options: object) -> None:
        self._descriptor = descriptor

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        os.close(self._descriptor)

    def write(self, _content: object) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _open_on_a_full_disk(descriptor: int, mode: str, **options: Any) -> Any:
    return FullDisk(descriptor) if mode == "wb" else open(descriptor, mode, **options)


def test_a_disk_that_fills_up_while_writing_leaves_the_store_as_it_was(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, before = shelf.open(), shelf.path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(atomic_file, "open", _open_on_a_full_disk, raising=False)
        with pytest.raises(StoreError, match="No space left on device"):
            shelf.note("Lost")
    assert shelf.path.read_bytes() == before
    assert shelf.files() == {"register.json"}
    assert store.read().last == LAST


def test_a_disk_that_fails_for_good_after_the_rename_is_not_said_to_hold_nothing(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.note("Before")
    real = os.replace

    def read_only_by_now(source: str, target: str) -> None:
        if source.endswith(".bak"):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), source)
        real(source, target)

    with monkeypatch.context() as patch:
        REPLACING["syncing the folder"](patch, errno.EIO)
        patch.setattr(os, "replace", read_only_by_now)
        with pytest.raises(StoreError, match=r"see with `hkshcc history` what was recorded$"):
            shelf.note("Perhaps")
    assert shelf.remarks() == ["Before", "Perhaps"]


def test_a_folder_that_cannot_be_synced_at_all_is_no_failure(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    REPLACING["syncing the folder"](monkeypatch, errno.EINVAL)
    shelf.note("Recorded")
    assert shelf.remarks() == ["Recorded"]


def test_where_a_file_can_have_one_name_alone_the_previous_version_is_a_copy(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = shelf.path.read_bytes()
    REPLACING["linking the last version"](monkeypatch, errno.EPERM)
    shelf.note("Recorded")
    assert shelf.remarks() == ["Recorded"]
    assert Path(f"{shelf.path}.bak").read_bytes() == before


def test_a_reader_that_is_in_the_way_for_a_moment_is_waited_for(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic_file, "_PAUSES", (0.0, 0.0))
    REPLACING["renaming it"](monkeypatch, errno.EACCES)
    shelf.note("Recorded")
    assert shelf.remarks() == ["Recorded"]
    assert shelf.files() == {"register.json", "register.json.bak"}


def test_a_reader_that_stays_in_the_way_is_named(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.replace

    def in_the_way(source: str, target: str) -> None:
        if target.endswith(".json"):
            raise PermissionError(errno.EACCES, "Permission denied", source)
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(atomic_file, "_PAUSES", (0.0, 0.0))
        patch.setattr(os, "replace", in_the_way)
        with pytest.raises(StoreError, match="nothing was recorded"):
            shelf.note("Lost")
    assert shelf.remarks() == []
    assert shelf.files() == {"register.json", "register.json.bak"}
