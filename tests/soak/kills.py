"""Writers killed at random moments: the store stays readable, nothing acknowledged is missing, the next write works."""

import random
from pathlib import Path
from statistics import median
from subprocess import TimeoutExpired
from time import perf_counter

from hkshcc.errors import StoreError
from tests.soak.trial import REF, Outcome, grown, remarks, run, start, strays, write_next

COUNT = 1000  # kills
NOTES = 4500  # which make a store of more than 2 MB
AT_ONCE = 2.0  # seconds
EARLIEST, LATEST = 0.3, 1.15  # of the usual time: before, Python is starting


class _Tally:
    """What the kills met with."""

    def __init__(self) -> None:
        self.acknowledged = 0
        self.recorded_unsaid = 0
        self.not_recorded = 0
        self.left = 0
        self.slowest = 0.0
        self.failures: list[str] = []


def trial(folder: Path, count: int) -> Outcome:
    """Kill a writer ``count`` times."""
    store = folder / "register.json"
    grown(store, NOTES)
    size = store.stat().st_size / 1e6
    usual = median(run(store, "note", REF, f"before {number}").seconds for number in range(5))
    moments = random.Random()  # noqa: S311  moments, not secrets
    held = remarks(store)
    tally = _Tally()
    for number in range(count):
        try:
            held = _kill(store, f"kill {number}", usual * moments.uniform(EARLIEST, LATEST), held, tally)
        except StoreError as error:
            tally.failures.append(f"kill {number} left it unreadable: {error}")
            break
    return Outcome(
        f"{count} kills after {usual * EARLIEST:.2f} to {usual * LATEST:.2f} s over {size:.1f} MB: "
        f"{tally.acknowledged} acknowledged, {tally.recorded_unsaid} recorded without a word, "
        f"{tally.not_recorded} not recorded; {tally.left} left a file behind; "
        f"the slowest next write {tally.slowest:.2f} s",
        tally.failures,
    )


def _kill(store: Path, text: str, after: float, held: list[str], tally: _Tally) -> list[str]:
    process = start(store, "note", REF, text)
    began = perf_counter()
    try:
        process.wait(timeout=after)
    except TimeoutExpired:
        process.kill()
    out, err = process.communicate()
    lived = perf_counter() - began
    where = f"'{text}' after {lived:.3f} s"
    told = remarks(store)
    recorded = told == [*held, text]
    if not recorded and told != held:
        tally.failures.append(f"{where}: {len(told)} entries where {len(held)} or one more should be")
    if out and not recorded:
        tally.failures.append(f"{where}: acknowledged, but not there")
    if process.returncode not in {0, -9} or err:
        tally.failures.append(f"{where}: ended with {process.returncode}: {err.decode()[-200:]}")
    tally.acknowledged += bool(out)
    tally.recorded_unsaid += recorded and not out
    tally.not_recorded += not recorded
    left = strays(store)
    tally.left += bool(left)
    if not left <= {f"{store.name}.new"}:
        tally.failures.append(f"{where}: left {left} behind")
    seconds = write_next(store, f"after {text}")
    tally.slowest = max(tally.slowest, seconds)
    if seconds > AT_ONCE:
        tally.failures.append(f"{where}: the next write took {seconds:.1f} s")
    if strays(store):
        tally.failures.append(f"{where}: the next write left {strays(store)}")
    return [*told, f"after {text}"]
