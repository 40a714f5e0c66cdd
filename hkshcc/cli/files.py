"""Files that a person names for reading; ``-`` is standard input."""

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
