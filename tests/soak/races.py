"""Eight processes write at once while others read: every change is recorded, no reader fails or sees the past."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from threading import Event
from time import perf_counter

from hkshcc.stores.tinydb_store import FileStore
from tests.soak.trial import REF, Outcome, entries_shown, remarks, run, strays

COUNT = 50  # changes of each process
WRITERS = 8
READERS = 2
PATIENCE = 10.0  # seconds


def trial(folder: Path, count: int) -> Outcome:
    """Write from eight processes at once, ``count`` times each."""
    store = folder / "register.json"
    failures: list[str] = []
    alone = [run(store, "note", REF, f"alone {number}").seconds for number in range(5)]
    over = Event()
    with ThreadPoolExecutor(WRITERS + READERS) as pool:
        readers = [pool.submit(_read, store, over, failures) for _ in range(READERS)]
        writers = [pool.submit(_write, store, name, count, failures) for name in range(WRITERS)]
        wrote = [done.result() for done in writers]
        over.set()
        reads = [seconds for done in readers for seconds in done.result()]
    told = remarks(store)[len(alone) :]
    expected = {f"{name}-{number}" for name in range(WRITERS) for number in range(count)}
    if sorted(told) != sorted(expected):
        failures.append(f"{len(told)} entries, and {len(expected - set(told))} of {len(expected)} changes missing")
    if broken := FileStore(str(store)).read().broken_at():
        failures.append(f"the chain breaks at entry {broken}")
    if strays(store):
        failures.append(f"left behind: {strays(store)}")
    took = [seconds for seconds_of_one, _ in wrote for seconds in seconds_of_one]
    ends = [end for _, end in wrote]
    if max(took) > PATIENCE:
        failures.append(f"a writer took {max(took):.1f} s")
    return Outcome(
        f"{len(expected & set(told))} of {len(expected)} recorded by {WRITERS} processes; a change alone "
        f"{median(alone):.2f} s, among the others {median(took):.2f} s, the longest {max(took):.2f} s; the writers "
        f"ended within {max(ends) - min(ends):.1f} s of each other; {len(reads)} reads meanwhile, the longest "
        f"{max(reads):.2f} s",
        failures,
    )


def _write(store: Path, name: int, count: int, failures: list[str]) -> tuple[list[float], float]:
    """Write so many times; return how long each took, and when the last ended."""
    took = []
    for number in range(count):
        ran = run(store, "note", REF, f"{name}-{number}")
        took.append(ran.seconds)
        if ran.code:
            failures.append(f"writer {name} was refused: {ran.err.strip()}")
    return took, perf_counter()


def _read(store: Path, over: Event, failures: list[str]) -> list[float]:
    """Read until it is over; return how long each took."""
    seen, took = 0, []
    while not over.is_set():
        ran = run(store, "list", "--format", "json")
        took.append(ran.seconds)
        if ran.code:
            failures.append(f"a reader failed: {ran.err.strip()}")
            continue
        shown = entries_shown(ran.out)
        if shown < seen:
            failures.append(f"a reader saw {shown} entries after {seen}")
        seen = shown
    return took
