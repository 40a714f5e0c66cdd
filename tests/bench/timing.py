"""Whole commands, from process start to exit: wall-clock seconds and peak memory, on a pipe or on a terminal."""

import os
import pty
import statistics
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Work(NamedTuple):
    """A command to be timed."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    terminal: bool = False


class Figures(NamedTuple):
    """The median of several runs: seconds, and megabytes at the peak."""

    seconds: float
    megabytes: float


def interleaved(works: Sequence[Work], runs: int) -> dict[str, Figures]:
    """Run all works in turn, so many times, after one round that is not counted."""
    taken: dict[str, list[tuple[float, float]]] = {work.name: [] for work in works}
    for turn in range(runs + 1):
        for work in works:
            figures = _once(work)
            if turn:
                taken[work.name].append(figures)
    return {
        name: Figures(statistics.median(seconds for seconds, _ in runs), max(peak for _, peak in runs))
        for name, runs in taken.items()
    }


def _once(work: Work) -> tuple[float, float]:
    ours, theirs = pty.openpty() if work.terminal else os.pipe()
    start = time.perf_counter()
    child = os.fork()
    if child == 0:
        _become(work, theirs)
    os.close(theirs)
    _drain(ours)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    os.close(ours)
    if os.waitstatus_to_exitcode(status) not in {0, 1}:
        raise RuntimeError(f"{work.name} ended with {status}: {' '.join(work.command)}")
    return seconds, usage.ru_maxrss / 1024


def _become(work: Work, output: int) -> None:
    """Turn the child into the command; it never returns."""
    try:
        if work.terminal:
            os.login_tty(output) if hasattr(os, "login_tty") else os.dup2(output, 0)
        null = os.open(os.devnull, os.O_RDWR)
        if not work.terminal:
            os.dup2(null, 0)
        os.dup2(output, 1)
        os.dup2(null, 2)
        os.execve(work.command[0], list(work.command), dict(work.environment))  # noqa: S606  the bench's own command
    finally:
        os._exit(127)


def _drain(descriptor: int) -> None:
    while True:
        try:
            if not os.read(descriptor, 1 << 16):
                return
        except OSError:  # a terminal whose other end is closed
            return
