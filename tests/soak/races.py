"""Eight processes write at once while others read: every change is recorded, no reader fails or sees the past."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from threading import Event
from time import perf_counter

from hkshcc.stores.file import FileStore
from tests.soak.trial import REF, SHIPPED, Outcome, entries_shown, remarks, run, strays

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

    def writer(name: int) -> tuple[list[float], float]:
        took = []
        for number in range(count):
            ran = run(store, "note", REF, f"{name}-{number}")
            took.append(ran.seconds)
            if ran.code:
                failures.append(f"writer {name} was refused: {ran.err.strip()}")
        return took, perf_counter()

    def reader() -> list[float]:
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

    with ThreadPoolExecutor(WRITERS + READERS) as pool:
        readers = [pool.submit(reader) for _ in range(READERS)]
        wrote = [done.result() for done in [pool.submit(writer, name) for name in range(WRITERS)]]
        over.set()
        reads = [seconds for done in readers for seconds in done.result()]

    told = remarks(store)[len(alone) :]
    expected = {f"{name}-{number}" for name in range(WRITERS) for number in range(count)}
    if sorted(told) != sorted(expected):
        failures.append(f"{len(expected - set(told))} of {len(expected)} changes are missing")
    if broken := FileStore(str(store)).read().broken_at():
        failures.append(f"the chain breaks at entry {broken}")
    if FileStore(str(store)).read().last != SHIPPED + len(alone) + len(expected):
        failures.append("there are more entries than were written")
    if strays(store):
        failures.append(f"left behind: {strays(store)}")
    longest = max(seconds for took, _ in wrote for seconds in took)
    if longest > PATIENCE:
        failures.append(f"a writer took {longest:.1f} s")
    ends = [end for _, end in wrote]
    return Outcome(
        f"{len(expected & set(told))} of {len(expected)} recorded by {WRITERS} processes; "
        f"a change alone {median(alone):.2f} s, among the others {median(s for took, _ in wrote for s in took):.2f} s, "
        f"the longest {longest:.2f} s; the writers ended within {max(ends) - min(ends):.1f} s of each other; "
        f"{len(reads)} reads meanwhile, the longest {max(reads):.2f} s",
        failures,
    )
