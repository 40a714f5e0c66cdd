"""What the trials share: an outcome with its figures, the command line, a register large enough to be caught."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from time import perf_counter
from typing import BinaryIO, NamedTuple

from hkshcc.register.model import Entry
from hkshcc.stores.seed import seed_entries
from hkshcc.stores.tinydb_store import FileStore

REF = "5-FIN-1"
SHIPPED = len(seed_entries())
DAY = "2026-11-22"
AMPLE = 120.0  # seconds: whatever takes longer hangs


class Outcome(NamedTuple):
    """What a trial found: its figures in words, and a sentence for each failure."""

    figures: str
    failures: list[str]


class SkippedError(Exception):
    """The trial cannot be made here; the message says what it lacks."""


class Ran(NamedTuple):
    """What a command left behind. ``seconds`` from its start to its end."""

    code: int
    out: str
    err: str
    seconds: float


def start(
    store: Path, *words: str, before: Sequence[str] = (), env: Mapping[str, str] | None = None
) -> "subprocess.Popen[bytes]":
    """Start ``hkshcc`` on a store, under another program (``before``) where wanted."""
    environment = {**os.environ, "HKSHCC_USER": "soak", "PYTHONDONTWRITEBYTECODE": "1", **(env or {})}
    return subprocess.Popen(
        [*before, sys.executable, "-m", "hkshcc", "--store", str(store), *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )


def run(store: Path, *words: str, before: Sequence[str] = (), env: Mapping[str, str] | None = None) -> Ran:
    """Run ``hkshcc`` on a store to its end."""
    began = perf_counter()
    process = start(store, *words, before=before, env=env)
    out, err = process.communicate(timeout=AMPLE)
    return Ran(process.returncode, out.decode(), err.decode(), perf_counter() - began)


class Peak(NamedTuple):
    """What a command left behind, and how much memory it took at most."""

    ran: Ran
    memory: float  # MB


def measured(store: Path, *words: str) -> Peak:
    """Run ``hkshcc`` and see how much memory it took at most."""
    with TemporaryFile() as out, TemporaryFile() as err:
        began = perf_counter()
        arguments = [sys.executable, "-m", "hkshcc", "--store", str(store), *words]
        actions = [(os.POSIX_SPAWN_DUP2, out.fileno(), 1), (os.POSIX_SPAWN_DUP2, err.fileno(), 2)]
        child = os.posix_spawn(sys.executable, arguments, os.environ, file_actions=actions)
        _, status, used = os.wait4(child, 0)
        seconds = perf_counter() - began
        said = [_whole(file).decode() for file in (out, err)]
    return Peak(Ran(os.waitstatus_to_exitcode(status), said[0], said[1], seconds), used.ru_maxrss / 1024)


def _whole(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read()


def note(number: int, text: str) -> Entry:
    """Make a note that is to be the entry of a number."""
    command = f"soak-{number}"
    recorded = f"{DAY}T12:00:00+08:00"
    return Entry(
        number, f"{command}-1", command, "note", recorded, "soak", ref=REF, on=DAY, precision="day", remark=text
    )


def write_next(store: Path, text: str) -> float:
    """Append a note, as the next command would, and return the seconds that it took."""
    began = perf_counter()
    opened = FileStore(str(store))
    with opened.writing():
        last = opened.read().last
        opened.append([note(last + 1, text)], after=last)
    return perf_counter() - began


def grown(store: Path, notes: int) -> None:
    """Create a store of the register that ships and many notes."""
    entries = seed_entries()
    text = "A remark of some length on how it goes, 進展如何. " * 5
    entries += [note(number, text) for number in range(SHIPPED + 1, SHIPPED + notes + 1)]
    FileStore(str(store)).create(entries)


def remarks(store: Path) -> list[str]:
    """Return the remarks of the entries beyond those that ship. Raises StoreError for what cannot be read."""
    return [entry.remark or "" for entry in FileStore(str(store)).read().entries[SHIPPED:]]


def strays(store: Path) -> set[str]:
    """Return the names of the files beside a store that have no business there."""
    usual = {store.name, f"{store.name}.bak", f"{store.name}.lock"}
    return {path.name for path in store.parent.iterdir()} - usual


def entries_shown(out: str) -> int:
    """Return the number of entries that a listing in JSON was drawn from."""
    return int(json.loads(out)["entries"])


def sentence_missing(ran: Ran) -> str | None:
    """Say what is wrong with the one sentence that a refused command owes, None where nothing is."""
    if "Traceback" in ran.err or "internal error" in ran.err:
        return f"a fault came out: {ran.err[-300:]}"
    if ran.out:
        return f"a refusal on stdout: {ran.out[:100]}"
    if not ran.err.startswith("hkshcc: ") or ran.err.count("\n") != 1 or len(ran.err) > 1000:
        return f"not one sentence: {ran.err[:300]!r}"
    return None
