"""The file system, as far as the promises need it: a lock that dies with its holder, an all-or-nothing replace.

What differs between platforms is asked in one small function each: ``locked`` and the two kinds of lock below it,
``_move``, ``_like`` and ``_sync_folder``.
"""

import errno
import os
import signal
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from time import sleep
from types import FrameType

from hkshcc.errors import StoreError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]  # the one place that asks

LOCK_WAIT = 8.5  # seconds: whoever waits is told within ten, the start of Python and its end included
_BUSY = "the store {path} is held by another hkshcc for more than {wait:g} s; try again, or see who holds {path}.lock"
_BINARY = getattr(os, "O_BINARY", 0)  # Windows would turn line ends into others
# Windows refuses to rename over a file that a reader has open, which is a matter of milliseconds.
_PAUSES = (0.01,) * 100 if os.name == "nt" else ()  # seconds
# What a file system without hard links answers when asked for one.
_NO_LINKS = {errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EINVAL}


def read_whole(path: str) -> bytes | None:
    """Return a file's bytes, or None where there is no file. Raises StoreError for what is no file or can't be read."""
    try:
        # Not blocking: a FIFO would wait for a writer for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _BINARY)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(f"the store {path} cannot be read ({error.strerror}); see its permissions") from error
    try:
        kind = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(kind):
            what = "a folder" if stat.S_ISDIR(kind) else "no regular file"
            raise StoreError(f"the store {path} is {what}; name a file with --store")
        with open(descriptor, "rb", closefd=False) as file:
            return file.read()
    except OSError as error:
        raise StoreError(f"the store {path} cannot be read ({error.strerror})") from error
    finally:
        _close(descriptor)


@contextmanager
def locked(path: str, wait: float = LOCK_WAIT) -> Iterator[None]:
    """Hold the lock file beside a path; a killed holder lets go by dying. Raises StoreError after ``wait`` seconds."""
    lock = _lock_by_filelock if fcntl is None else _lock_by_kernel
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        let_go = lock(path, wait)
    except TimeoutError:
        raise StoreError(_BUSY.format(path=path, wait=wait)) from None
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        raise StoreError(f"the store {path} cannot be written ({error.strerror}{where})") from error
    try:
        yield
    finally:
        let_go()


def _lock_by_kernel(path: str, wait: float) -> Callable[[], None]:
    """Wait in the kernel's queue, so that waiters are served in turn; an alarm ends the wait with a TimeoutError."""

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    descriptor = _open_lock(path)
    before = signal.signal(signal.SIGALRM, give_up)
    try:
        signal.setitimer(signal.ITIMER_REAL, wait)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    except BaseException:
        _close(descriptor)
        raise
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    return partial(_close, descriptor)


def _open_lock(path: str) -> int:
    name = path + ".lock"
    # A link would lend the folder's group and mode to whatever it leads to.
    plain = getattr(os, "O_NOFOLLOW", 0)
    try:
        descriptor = os.open(name, os.O_RDWR | os.O_CREAT | plain, 0o666)
    except PermissionError:
        return os.open(name, os.O_RDONLY | plain)  # another user's lock file serves as well
    with suppress(OSError):
        # Whoever may write in the folder may take the lock, whatever the umask of the one who came first.
        _like(descriptor, os.stat(os.path.dirname(path)), 0o666)
    return descriptor


def _lock_by_filelock(path: str, wait: float) -> Callable[[], None]:
    """Ask again and again where there is no queue; a soft lock would outlive its holder, so none is taken."""
    from filelock import FileLock  # noqa: PLC0415  a dependency on Windows alone

    lock = FileLock(path + ".lock", timeout=wait, fallback_to_soft=False)
    lock.acquire()
    return lock.release


def replace(path: str, content: Iterable[bytes | memoryview]) -> None:
    """Replace a file, whole or not at all, on disk when this returns; the old one stays as ``.bak``.

    ``content`` is its parts in order. Group and mode survive. Raises StoreError, and then the file is as it was.
    """
    temporary = path + ".new"
    try:
        model = os.stat(path) if os.path.exists(path) else None
        if model:
            _close(os.open(path, os.O_WRONLY))  # who may not write into a file may not replace it
        _write(temporary, content, model)
        if model:
            _keep(path, path + ".bak", model)
        _move(temporary, path)
        _settle(path, new=model is None)
    except OSError as error:
        with suppress(OSError):
            os.unlink(temporary)
        raise StoreError(f"the store {path} cannot be written ({error.strerror}); nothing was recorded") from error


def _write(path: str, content: Iterable[bytes | memoryview], model: os.stat_result | None) -> None:
    """Write a new file, on disk when this returns, with the group and mode of another where there is one."""
    # What a killed writer left may be another user's, or a link: it goes, it is not written into.
    with suppress(FileNotFoundError):
        os.unlink(path)
    # Nobody may open it before it has the mode of the file whose content it takes over.
    mode = 0o600 if model else 0o666
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode)
    with open(descriptor, "wb") as file:
        if model:
            _like(descriptor, model)
        file.writelines(content)
        file.flush()
        os.fsync(descriptor)


def keep(path: str, backup: str) -> None:
    """Keep a file as it is under another name too, unless that name is taken. Raises StoreError."""
    try:
        if not os.path.lexists(backup):
            _keep(path, backup, os.stat(path))
    except OSError as error:
        raise StoreError(f"the store {path} cannot be written ({error.strerror}); nothing was recorded") from error


def _keep(path: str, backup: str, model: os.stat_result) -> None:
    """Keep a file as it is under another name: linked, or copied where the file system knows no links."""
    with suppress(FileNotFoundError):
        os.unlink(backup)
    try:
        os.link(path, backup)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _write(backup, [read_whole(path) or b""], model)


def _move(source: str, target: str) -> None:
    """Rename over a file, with some patience on Windows."""
    for pause in _PAUSES:
        with suppress(PermissionError):
            os.replace(source, target)
            return
        sleep(pause)
    os.replace(source, target)


def _settle(path: str, *, new: bool) -> None:
    """Make the rename last through a power cut, or take it back."""
    try:
        _sync_folder(os.path.dirname(path))
    except OSError as error:
        try:
            if new:
                os.unlink(path)
            else:
                os.replace(path + ".bak", path)
        except OSError:
            raise StoreError(
                f"the disk under the store {path} fails ({error.strerror}); see with `hkshcc history` what it holds"
            ) from error
        raise


def _like(descriptor: int, model: os.stat_result, bits: int = 0o7777) -> None:
    """Give a file the group and mode of another, where files have them. A group that one isn't in stays as it is."""
    if not hasattr(os, "fchown"):  # Windows
        return
    mine = os.fstat(descriptor)
    if mine.st_gid != model.st_gid:
        with suppress(PermissionError):
            os.fchown(descriptor, -1, model.st_gid)
    mode = stat.S_IMODE(model.st_mode) & bits
    if stat.S_IMODE(mine.st_mode) != mode:
        with suppress(PermissionError):
            os.fchmod(descriptor, mode)


def _sync_folder(folder: str) -> None:
    """Put a folder's names on disk, where a folder can be opened."""
    if not hasattr(os, "O_DIRECTORY"):  # Windows
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some network drives have nothing to put there
            raise
    finally:
        _close(descriptor)


def _close(descriptor: int) -> None:
    """Close what was read, or is on disk already: a failure to do so changes nothing."""
    with suppress(OSError):
        os.close(descriptor)
