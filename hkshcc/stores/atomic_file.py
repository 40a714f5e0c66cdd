"""The file system, as far as the promises need it: a lock that dies with its holder, an all-or-nothing replace.

What differs between platforms is asked in one small function each: ``locked`` and the two kinds of lock below it,
``_move``, ``_copy_ownership`` and ``_sync_folder``.
"""

import errno
import os
import signal
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from time import sleep
from types import FrameType
from typing import NamedTuple

from hkshcc.errors import StoreError, system_reason
from hkshcc.language import _

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]  # the one place that asks

LOCK_WAIT = 8.5  # seconds: whoever waits is told within ten, the start of Python and its end included
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
        raise StoreError(
            _("the store {path} cannot be read ({why})", path=path, why=system_reason(error)),
            hint=_("check its permissions"),
        ) from error
    try:
        kind = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(kind):
            raise StoreError(
                _("the store {path} is a folder", path=path)
                if stat.S_ISDIR(kind)
                else _("the store {path} is not a regular file", path=path),
                hint=_("name a file with --store"),
            )
        with open(descriptor, "rb", closefd=False) as file:
            return file.read()
    except OSError as error:
        raise StoreError(_("the store {path} cannot be read ({why})", path=path, why=system_reason(error))) from error
    finally:
        _close(descriptor)


class Identity(NamedTuple):
    """Which file it is, and what tells that it was written to (nanoseconds, bytes)."""

    device: int
    number: int
    modified: int
    size: int


def _identity(path: str | int) -> Identity | None:
    """Return the identity of a file by its name or descriptor, None where there is none."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    return Identity(found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size)


class Held(NamedTuple):
    """A lock that is held on a path: which file it is, and which the store was when it was taken."""

    path: str
    lock: Identity | None
    store: Identity | None

    def check(self, written: Identity | None) -> None:
        """Raise StoreError where somebody removed the lock file, or changed the store or the new file, all the same."""
        names = (self.path + ".lock", self.path, self.path + ".new")
        if [_identity(name) for name in names] != [self.lock, self.store, written]:
            raise StoreError(
                _(
                    "the store {path} or its lock file was changed by another program; nothing was recorded",
                    path=self.path,
                ),
                hint=_("try again"),
            )


@contextmanager
def locked(path: str, wait: float = LOCK_WAIT) -> Iterator[Held]:
    """Hold the lock file beside a path; a killed holder lets go by dying. Raises StoreError after ``wait`` seconds."""
    lock = _lock_by_filelock if fcntl is None else _lock_by_kernel
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        let_go = lock(path, wait)
        held = Held(path, _identity(path + ".lock"), _identity(path))
    except TimeoutError:
        raise StoreError(
            _("another hkshcc process has held the lock on {path} for {wait} s", path=path, wait=f"{wait:g}"),
            hint=_("try again later (lock file: {file})", file=path + ".lock"),
        ) from None
    except OSError as error:
        raise StoreError(
            _("the store {path} cannot be written ({why})", path=path, why=_reason(error, path))
        ) from error
    try:
        yield held
    finally:
        let_go()


def _reason(error: OSError, path: str) -> str:
    """Return why it failed, and where that is another file than the store."""
    where = error.filename2 or error.filename
    return f"{system_reason(error)}: {where}" if where and where != path else system_reason(error)


def _lock_by_kernel(path: str, wait: float) -> Callable[[], None]:
    """Wait in the kernel's queue, so that waiters are served in turn; an alarm ends the wait with a TimeoutError."""

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, give_up)
    try:
        signal.setitimer(signal.ITIMER_REAL, wait)
        while True:
            descriptor = _open_lock(path)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                found = _identity(descriptor)
                if found == _identity(path + ".lock"):
                    return partial(_close, descriptor)
            except BaseException:
                _close(descriptor)
                raise
            # It was removed while this waited: others take the one that is there now.
            _close(descriptor)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _open_lock(path: str) -> int:
    name = path + ".lock"
    # A link would lend the folder's group and mode to whatever it leads to; a FIFO would wait for its other end.
    flags = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        descriptor = os.open(name, os.O_RDWR | os.O_CREAT | flags, 0o666)
    except PermissionError as refused:
        try:
            descriptor = os.open(name, os.O_RDONLY | flags)  # another user's lock file serves as well
        except FileNotFoundError:
            raise refused from None  # none may be made here
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        _close(descriptor)
        raise StoreError(_("the lock file {file} is not a regular file", file=name), hint=_("remove it"))
    if found.st_nlink == 1:  # another name may be that of a private file
        with suppress(OSError):
            # Whoever may write in the folder may take the lock, whatever the umask of the one who came first.
            _copy_ownership(descriptor, os.stat(os.path.dirname(path)), 0o666)
    return descriptor


def _lock_by_filelock(path: str, wait: float) -> Callable[[], None]:
    """Ask again and again where there is no queue; a soft lock would outlive its holder, so none is taken."""
    from filelock import FileLock  # noqa: PLC0415  a dependency on Windows alone

    lock = FileLock(path + ".lock", timeout=wait, fallback_to_soft=False)
    lock.acquire()
    return lock.release


def replace(held: Held, content: bytes) -> None:
    """Replace the file that is held, whole or not at all, on disk when this returns; the old one stays as ``.bak``.

    Owner, group and mode survive. Raises StoreError, and then the file is as it was.
    """
    path, temporary = held.path, held.path + ".new"
    try:
        model = os.stat(path) if held.store else None
        if model:
            _close(os.open(path, os.O_WRONLY))  # who may not write into a file may not replace it
        written = _write(temporary, content, model)
        if model:
            _back_up(path, model)
        held.check(written)
        _move(temporary, path)
        _fsync_or_roll_back(path, new=model is None)
    except (OSError, StoreError) as error:
        for left in (temporary, path + ".bak.new"):
            with suppress(OSError):
                os.unlink(left)
        if isinstance(error, StoreError):
            raise
        raise StoreError(
            _(
                "the store {path} cannot be written ({why}); nothing was recorded",
                path=path,
                why=_reason(error, path),
            )
        ) from error


def write_new(path: str, content: bytes) -> None:
    """Write a file that is not there yet, whole or not at all, on disk when this returns. Raises OSError."""
    temporary = f"{path}.new"
    try:
        _write(temporary, content, None)
        _move(temporary, path)
        _sync_folder(os.path.dirname(path))
        _sync_folder(os.path.dirname(os.path.dirname(path)))  # which may have the folder since a moment ago alone
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _write(path: str, content: bytes, model: os.stat_result | None) -> Identity | None:
    """Write a new file, on disk when this returns, with owner, group and mode of another where there is one."""
    # What a killed writer left may be another user's, or a link: it goes, it is not written into.
    with suppress(FileNotFoundError):
        os.unlink(path)
    # Nobody may open it before it has the mode of the file whose content it takes over.
    mode = 0o600 if model else 0o666
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode)
    with open(descriptor, "wb") as file:
        if model:
            _copy_ownership(descriptor, model, owner=True)
        file.write(content)
        file.flush()
        os.fsync(descriptor)
        return _identity(descriptor)


def _back_up(path: str, model: os.stat_result) -> None:
    """Keep a file as it is under another name: linked, or copied where the file system knows no links.

    The previous one gives way only when the new one is there.
    """
    backup, temporary = path + ".bak", path + ".bak.new"
    with suppress(FileNotFoundError):
        os.unlink(temporary)
    try:
        os.link(path, temporary)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _write(temporary, read_whole(path) or b"", model)
    _move(temporary, backup)
    with suppress(FileNotFoundError):  # two names of one file stay two names
        os.unlink(temporary)


def _move(source: str, target: str) -> None:
    """Rename over a file, with some patience on Windows."""
    for pause in _PAUSES:
        with suppress(PermissionError):
            os.replace(source, target)
            return
        sleep(pause)
    os.replace(source, target)


def _fsync_or_roll_back(path: str, *, new: bool) -> None:
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
                _("the disk that holds the store {path} is failing ({why})", path=path, why=system_reason(error)),
                hint=_("see with `hkshcc history` what was recorded"),
            ) from error
        raise


def _copy_ownership(descriptor: int, model: os.stat_result, bits: int = 0o7777, *, owner: bool = False) -> None:
    """Give a file the group and mode of another, and the owner where one may; a group that one isn't in stays."""
    if not hasattr(os, "fchown"):  # Windows
        return
    mine = os.fstat(descriptor)
    if owner and mine.st_uid != model.st_uid:
        with suppress(PermissionError):
            os.fchown(descriptor, model.st_uid, -1)
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
