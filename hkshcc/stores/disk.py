"""The file system, as far as the promises need it: a lock that dies with its holder, an all-or-nothing replace."""

import os
import signal
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from hkshcc.errors import StoreError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]  # the one place that asks

LOCK_WAIT = 10.0  # seconds
_BUSY = "the store {path} is held by another hkshcc for more than {wait:.0f} s; try again, or see who holds {path}.lock"


def read_whole(path: str) -> bytes | None:
    """Return a file's bytes, or None where there is no file. Raises StoreError for what is no file or can't be read."""
    try:
        # Not blocking: a FIFO would wait for a writer for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(f"the store {path} cannot be read ({error.strerror}); see its permissions") from error
    with open(descriptor, "rb") as file:
        kind = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(kind):
            what = "a folder" if stat.S_ISDIR(kind) else "no regular file"
            raise StoreError(f"the store {path} is {what}; name a file with --store")
        try:
            return file.read()
        except OSError as error:
            raise StoreError(f"the store {path} cannot be read ({error.strerror})") from error


@contextmanager
def locked(path: str, wait: float = LOCK_WAIT) -> Iterator[None]:
    """Hold the lock file beside a path, queued by the kernel; a killed holder lets go by dying. Raises StoreError."""
    folder = os.path.dirname(path)
    try:
        os.makedirs(folder, exist_ok=True)
        descriptor = _open_lock(path)
    except OSError as error:
        raise StoreError(f"the store {path} cannot be written ({error.strerror}: {error.filename})") from error
    try:
        if not _acquire(descriptor, wait):
            raise StoreError(_BUSY.format(path=path, wait=wait))
        yield
    finally:
        os.close(descriptor)  # lets go of the lock


def _open_lock(path: str) -> int:
    name = path + ".lock"
    try:
        descriptor = os.open(name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except PermissionError:
        return os.open(name, os.O_RDONLY | os.O_CLOEXEC)  # another user's lock file serves as well
    with suppress(OSError):
        _like(descriptor, os.stat(path))
    return descriptor


def _acquire(descriptor: int, wait: float) -> bool:
    """Wait in the kernel's queue, so that waiters are served in turn; an alarm ends the wait."""

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, wait)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    except TimeoutError:
        return False
    else:
        return True
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def replace(path: str, content: bytes) -> None:
    """Replace a file by new content, whole or not at all, on disk when this returns; the old one stays as ``.bak``.

    Group and mode survive. Raises StoreError, and then the file is as it was.
    """
    temporary = path + ".new"
    try:
        _write(temporary, content, path)
        if os.path.exists(path):
            with suppress(FileNotFoundError):
                os.unlink(path + ".bak")
            os.link(path, path + ".bak")
        os.replace(temporary, path)
        _sync_folder(os.path.dirname(path))
    except OSError as error:
        with suppress(OSError):
            os.unlink(temporary)
        raise StoreError(f"the store {path} cannot be written ({error.strerror}); nothing was recorded") from error


def _write(temporary: str, content: bytes, path: str) -> None:
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
    with open(descriptor, "wb", closefd=True) as file:
        with suppress(FileNotFoundError):
            _like(descriptor, os.stat(path))
        file.write(content)
        file.flush()
        os.fsync(descriptor)


def _like(descriptor: int, model: os.stat_result) -> None:
    """Give a file the group and mode of another. A group that one isn't in stays as it is."""
    mine = os.fstat(descriptor)
    if mine.st_gid != model.st_gid:
        with suppress(PermissionError):
            os.fchown(descriptor, -1, model.st_gid)
    if mine.st_mode != model.st_mode:
        with suppress(PermissionError):
            os.fchmod(descriptor, stat.S_IMODE(model.st_mode))


def _sync_folder(folder: str) -> None:
    """Make a rename last through a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
