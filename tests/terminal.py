"""A real terminal: commands run in a process of their own whose streams are a pseudo-terminal.

``python -m tests.terminal WORDS`` is the program by the standing clock, for a process or a shell to call.
"""

import errno
import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from hkshcc import __main__ as program
from tests.processes import surroundings

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0  # seconds: whatever takes longer hangs
IMPATIENCE = 0.2
CTRL_C = b"\x03"
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


class Terminal(NamedTuple):
    """A terminal with a command that runs on it."""

    process: int
    descriptor: int

    def wait_for(self, text: bytes, *, pressing: bytes = b"") -> bytes:
        """Read until a text is shown, or until the end of the output for an empty one; press keys again meanwhile."""
        found = b""
        began = time.monotonic()
        while not text or text not in found:
            assert time.monotonic() < began + PATIENCE, f"{text!r} never came: {found[-500:]!r}"
            if not select.select([self.descriptor], [], [], IMPATIENCE)[0]:
                self.press(pressing)
                continue
            try:
                piece = os.read(self.descriptor, 65536)
            except OSError:  # Linux says so when nobody holds the other side any more
                piece = b""
            if not piece:
                assert not text, f"{text!r} never came: {found[-500:]!r}"
                break
            found += piece
        return found

    def press(self, keys: bytes) -> None:
        os.write(self.descriptor, keys)

    def modes(self) -> int:
        local: int = termios.tcgetattr(self.descriptor)[3]
        return local & (termios.ECHO | termios.ICANON | termios.ISIG)

    def code(self) -> int:
        _, status = os.waitpid(self.process, 0)
        return os.waitstatus_to_exitcode(status)


@contextmanager
def terminal(*words: str, lines: int = 5, env: Mapping[str, str]) -> Iterator[Terminal]:
    """Run a command on a terminal of its own, by the standing clock."""
    process, descriptor = pty.fork()
    if process == 0:  # pragma: no cover  another process
        try:
            termios.tcsetwinsize(0, (lines, 80))
            os.chdir(ROOT)
            kept = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **env}
            os.execve(sys.executable, [sys.executable, "-m", "tests.terminal", *words], kept)  # noqa: S606
        finally:
            os._exit(70)
    try:
        yield Terminal(process, descriptor)
    finally:
        os.close(descriptor)


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
