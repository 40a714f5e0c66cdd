"""Files that a person names: read, and written whole or not at all. ``-`` is standard input or output."""

import errno
import os
import stat
import sys
from contextlib import suppress

from hkshcc.errors import HkshccError, system_reason
from hkshcc.language import _

STDIN = "-"
# What leads to the process's own streams is written to as it is, though it may be a regular file in the end.
_DEVICES = ("/dev/", "/proc/")
_BINARY = getattr(os, "O_BINARY", 0)  # Windows would turn line ends into others


def read_input(name: str, most: int) -> bytes:
    """Read a file, one byte more than ``most`` at the longest. Raises HkshccError, which names the file."""
    try:
        if name == STDIN:
            return sys.stdin.buffer.read(most + 1)
        with open(name, "rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise HkshccError(
            _("{file} cannot be read ({why})", file=name, why=system_reason(error)), hint=_("name another file")
        ) from error


def display_name(name: str) -> str:
    """Return what messages call a file."""
    return _("standard input") if name == STDIN else name


def same(one: str, other: str) -> bool:
    """Return whether two names are of one file: by another path, by a link of either kind."""
    if os.path.realpath(one) == os.path.realpath(other):
        return True
    try:
        return os.path.samefile(one, other)
    except OSError:  # one of them does not exist
        return False


def check_writable(name: str) -> None:
    """Find out what would keep a file from being written, without a change to it. Raises OSError."""
    if _is_replaced(name):
        temporary, descriptor = _begin(os.path.realpath(name))
        os.close(descriptor)
        os.unlink(temporary)
    elif os.path.isdir(name):
        raise _error(errno.EISDIR, name)
    elif not os.access(name, os.W_OK):  # to open a FIFO would wait for its reader
        raise _error(errno.EACCES, name)


def write(name: str, data: bytes) -> None:
    """Write a file, whole or not at all; its mode survives, and a link stays a link. Raises OSError."""
    if not _is_replaced(name):
        with open(os.open(name, os.O_WRONLY | os.O_APPEND | _BINARY), "wb") as file:
            file.write(data)
        return
    target = os.path.realpath(name)
    temporary, descriptor = _begin(target)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(descriptor)
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _is_replaced(name: str) -> bool:
    """Return whether a file is written beside and renamed: one that is regular, or is not there yet."""
    if os.path.abspath(name).startswith(_DEVICES) or name.endswith(os.sep):
        return False
    try:
        return stat.S_ISREG(os.stat(name).st_mode)
    except FileNotFoundError:
        return True


def _begin(target: str) -> tuple[str, int]:
    """Open a new file beside another, with the group and mode of that one where it is there."""
    model = os.stat(target) if os.path.exists(target) else None
    if model:
        os.close(os.open(target, os.O_WRONLY))  # who may not write into a file may not replace it
    temporary = os.path.join(os.path.dirname(target), f".hkshcc-{os.getpid()}-{os.urandom(4).hex()}")
    # Nobody may open it before it has the mode of the file whose name it takes over.
    mode = 0o600 if model else 0o666
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode)
    if model and hasattr(os, "fchown"):  # Windows has neither
        with suppress(PermissionError):
            os.fchown(descriptor, model.st_uid, model.st_gid)
        with suppress(PermissionError):
            os.fchmod(descriptor, stat.S_IMODE(model.st_mode))
    return temporary, descriptor


def _error(number: int, name: str) -> OSError:
    return OSError(number, os.strerror(number), name)
