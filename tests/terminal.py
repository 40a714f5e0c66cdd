"""A real terminal: commands run in a process of their own whose streams are a pseudo-terminal.

``python -m tests.terminal WORDS`` is the program by the standing clock, for a process or a shell to call.
"""

import errno
import fcntl
import os
import pty
import struct
import sys
import termios
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import NamedTuple

from hkshcc import __main__ as program
from tests.processes import surroundings

NOW = datetime.fromisoformat("2026-11-23T12:00:00+08:00")


class Seen(NamedTuple):
    """What stood on the terminal in the end, and how the command ended."""

    code: int
    text: str


def type_in(
    words: Sequence[str] | str,
    env: Mapping[str, str],
    *,
    columns: int = 80,
    lines: int = 5000,
    keys: str = "",
    folder: str | os.PathLike[str] | None = None,
) -> Seen:
    """Run a command's words, or a line of a shell, on a terminal of its own. ``keys`` are typed ahead."""
    child, terminal = pty.fork()
    if child == 0:  # pragma: no cover  another process
        _be_the_command(words, env, columns, lines, folder)
    try:
        if keys:
            os.write(terminal, keys.encode())
        text = _read_all(terminal)
    finally:
        os.close(terminal)
    _, status = os.waitpid(child, 0)
    return Seen(os.waitstatus_to_exitcode(status), text.replace("\r\n", "\n"))


def _be_the_command(
    words: Sequence[str] | str,
    env: Mapping[str, str],
    columns: int,
    lines: int,
    folder: str | os.PathLike[str] | None,
) -> None:  # pragma: no cover  another process
    code = 70
    try:
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        kept = surroundings()
        os.environ.clear()
        os.environ.update({**kept, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **env})
        if folder is not None:
            os.chdir(folder)
        if isinstance(words, str):
            os.execvp("bash", ["bash", "--norc", "-c", words])  # noqa: S606  the line is the test's own
        sys.stdin, sys.stdout, sys.stderr = (
            open(0, encoding="utf-8", closefd=False),  # noqa: SIM115  they live as long as the process
            open(1, "w", encoding="utf-8", closefd=False),  # noqa: SIM115
            open(2, "w", encoding="utf-8", closefd=False),  # noqa: SIM115
        )
        code = by_the_standing_clock(words)
    finally:
        os._exit(code)


def by_the_standing_clock(words: Sequence[str]) -> int:
    """Run a command so that all it prints is the same each time: the clock stands, and what is random is not."""
    _take_no_chances(words)
    code = program.main(words, now=NOW)
    with suppress(BrokenPipeError):
        sys.stdout.flush()
        sys.stderr.flush()
    return code


def _take_no_chances(words: Sequence[str]) -> None:
    turn = os.environ.get("HKSHCC_TEST_TURN", "")
    os.urandom = lambda size: sha256(f"{turn} {words}".encode()).digest()[:size]


def _read_all(terminal: int) -> str:
    found = b""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError as error:  # Linux says so when nobody holds the other side any more
            if error.errno != errno.EIO:
                raise
            piece = b""
        if not piece:
            return found.decode("utf-8", "replace")
        found += piece


if __name__ == "__main__":
    _take_no_chances(sys.argv[1:])
    program.main = partial(program.main, now=NOW)
    program.run()
