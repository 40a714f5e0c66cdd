"""A stopped process holds the lock: writers are told within ten seconds, readers do not notice."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.soak.trial import REF, Outcome, Ran, remarks, run, sentence_missing, write_next

COUNT = 3  # writers that wait
BUSY = 5  # the exit code
PATIENCE = 10.0  # seconds
READS = 20
_HOLD = """
import sys
from hkshcc.stores.atomic_file import locked
with locked(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


def trial(folder: Path, count: int) -> Outcome:
    """Let ``count`` writers wait for a holder that does not move, and readers read."""
    store = folder / "register.json"
    write_next(store, "first")
    failures: list[str] = []
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(store)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        os.kill(holder.pid, signal.SIGSTOP)
        try:
            with ThreadPoolExecutor(count) as pool:
                waiting = [pool.submit(run, store, "note", REF, f"waits {number}") for number in range(count)]
                reads = [run(store, "list") for _ in range(READS)]
                waited = [done.result() for done in waiting]
        finally:
            os.kill(holder.pid, signal.SIGCONT)
            holder.communicate()
    for ran in waited:
        failures += _wrong_with(ran, store)
    failures += [f"a reader failed: {ran.err}" for ran in reads if ran.code]
    after = run(store, "note", REF, "after")
    if after.code or remarks(store) != ["first", "after"]:
        failures.append(f"afterwards: {after.err.strip() or remarks(store)}")
    return Outcome(
        f"{count} writers told after {min(ran.seconds for ran in waited):.1f} to "
        f"{max(ran.seconds for ran in waited):.1f} s; {len(reads)} reads meanwhile, the longest "
        f"{max(ran.seconds for ran in reads):.2f} s; a write after it {after.seconds:.2f} s",
        failures,
    )


def _wrong_with(ran: Ran, store: Path) -> list[str]:
    found = []
    if ran.code != BUSY:
        found.append(f"a writer ended with {ran.code}")
    if ran.seconds > PATIENCE:
        found.append(f"a writer waited {ran.seconds:.1f} s")
    if wrong := sentence_missing(ran):
        found.append(wrong)
    if str(store) not in ran.err:
        found.append(f"the store is not named: {ran.err}")
    return found
