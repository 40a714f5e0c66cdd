"""Runs ``hkshcc`` as a person would: words typed, a screen or a pipe, an own environment, a clock that stands."""

import io
import json
import os
import re
import signal
import sys
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from hkshcc.__main__ import main
from hkshcc.stores.seed import seed_entries
from tests.docx_text import is_docx, text_of
from tests.processes import surroundings

ENTRIES = len(seed_entries())
MEASURES = sum(entry.event == "agreed" for entry in seed_entries())
ALL_SHIPPED = f"{MEASURES} of {MEASURES} measures\n"
NOW = datetime(2026, 11, 23, 12, tzinfo=timezone(timedelta(hours=8)))
TODAY = "2026-11-23"


class Screen(NamedTuple):
    """A terminal of so many columns and lines."""

    columns: int = 80
    lines: int = 1000


class Ran(NamedTuple):
    """What a command left behind; ``out`` of a Word file is its text."""

    code: int
    out: str
    err: str
    raw: bytes

    @property
    def lines(self) -> list[str]:
        """The lines of stdout."""
        return self.out.splitlines()

    @property
    def content(self) -> list[str]:
        """The lines of stdout without the one that names the command which draws them again."""
        return [line for line in self.lines if not re.match(r'Draw again: |  "command": "hkshcc ', line)]


class Stream(io.TextIOWrapper):
    """A standard stream that keeps what is written, and is a terminal where told so."""

    def __init__(self, typed: str = "", *, terminal: bool, encoding: str) -> None:
        self._kept = io.BytesIO(typed.encode(encoding))
        self._terminal = terminal
        super().__init__(self._kept, encoding=encoding, errors="backslashreplace", newline="")

    def isatty(self) -> bool:
        return self._terminal

    def written(self) -> bytes:
        self.flush()
        return self._kept.getvalue()


def run(
    *argv: str,
    store: Path | str | None = None,
    screen: Screen | None = None,
    keys: str | None = None,
    encoding: str = "utf-8",
    now: datetime = NOW,
    env: Mapping[str, str] | None = None,
) -> Ran:
    """Run a command in this process. Without a ``screen`` stdout is a pipe, without ``keys`` nobody can be asked."""
    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ.keys() - surroundings().keys():
            patch.delenv(name)
        patch.setenv("HOME", "/nonexistent/home")
        patch.setenv("HKSHCC_USER", "tester")
        if store is not None:
            patch.setenv("HKSHCC_STORE", str(store))
        if screen is not None:
            patch.setenv("TERM", "xterm-256color")
            patch.setenv("COLUMNS", str(screen.columns))
            patch.setenv("LINES", str(screen.lines))
        for name, value in (env or {}).items():
            patch.setenv(name, value)
        stdin = Stream(keys or "", terminal=keys is not None, encoding="utf-8")
        stdout = Stream(terminal=screen is not None, encoding=encoding)
        stderr = Stream(terminal=screen is not None or keys is not None, encoding=encoding)
        patch.setattr(sys, "stdin", stdin)
        patch.setattr(sys, "stdout", stdout)
        patch.setattr(sys, "stderr", stderr)
        alarm = signal.getsignal(signal.SIGALRM)
        code = _code(argv, now)
        assert signal.getsignal(signal.SIGALRM) == alarm
        raw = stdout.written()
        out = text_of(raw) if is_docx(raw) else raw.decode(encoding, "replace")
        return Ran(code, out, stderr.written().decode(encoding), raw)


def _code(argv: tuple[str, ...], now: datetime) -> int:
    try:
        return main(argv, now=now)
    except SystemExit as ended:  # completion ends so
        return ended.code if isinstance(ended.code, int) else 0


def data(words: str, store: Path | str | None) -> Any:
    """Return what a command prints for programs; fails where it fails."""
    ran = run(*words.split(), "--format", "json", store=store)
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def joined(ran: Ran) -> str:
    """Return stdout with its lines joined, so that wrapping doesn't matter; fails where the command failed."""
    assert ran.code == 0, ran.err
    return " ".join(ran.out.split())


def says(text: str, parts: str) -> bool:
    """Say whether a text has these parts, which `` … `` stands between, in their order."""
    place = 0
    for part in parts.split(" … "):
        place = text.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return True


def sentence(ran: Ran) -> str:
    """Return the one sentence that a failed command says, on stderr alone; fails where it is not one."""
    assert ran.out == ""
    assert ran.err.startswith("hkshcc: ")
    assert ran.err.count("\n") == 1
    assert "Traceback" not in ran.err
    return ran.err.removeprefix("hkshcc: ").rstrip("\n")
