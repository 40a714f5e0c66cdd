"""Files that a person names: read or written. ``-`` is standard input or output."""

import errno
import os
import sys

from hkshcc.errors import HkshccError

STDIN = "-"


def bytes_of(name: str, most: int) -> bytes:
    """Read a file, one byte more than ``most`` at the longest. Raises HkshccError, which names the file."""
    try:
        if name == STDIN:
            return sys.stdin.buffer.read(most + 1)
        with open(name, "rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise HkshccError(f"{name} cannot be read ({error.strerror}); name another file") from error


def called(name: str) -> str:
    """Return what messages call a file."""
    return "standard input" if name == STDIN else name


def same(one: str, other: str) -> bool:
    """Say whether two names are of one file: by another path, by a link of either kind."""
    if os.path.realpath(one) == os.path.realpath(other):
        return True
    try:
        return os.path.samefile(one, other)
    except OSError:  # one of them does not exist
        return False


def check_writable(name: str) -> None:
    """Find out what would keep a file from being written, without a change to it. Raises OSError."""
    folder = os.path.dirname(os.path.realpath(name))
    if os.path.isdir(name):
        raise _error(errno.EISDIR, name)
    if not os.path.isdir(folder):
        raise _error(errno.ENOENT, name)
    if not os.access(name if os.path.exists(name) else folder, os.W_OK):
        raise _error(errno.EACCES, name)


def write(name: str, data: bytes) -> None:
    """Write a file. Raises OSError."""
    with open(name, "wb") as file:
        file.write(data)


def _error(number: int, name: str) -> OSError:
    return OSError(number, os.strerror(number), name)
