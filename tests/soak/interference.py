"""Something else acts on the store's files while four processes write: nothing that was acknowledged is lost.

The lock file is deleted every few milliseconds, as a program that synchronises folders or a careless person would.
Where the store itself is deleted, nothing is begun anew over its previous version.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Event

from hkshcc.errors import StoreError
from tests.soak.trial import REF, Outcome, remarks, run, sentence_missing

COUNT = 15  # changes of each process
WRITERS = 4
OFTEN = 0.02  # seconds


def trial(folder: Path, count: int) -> Outcome:
    """Write from four processes at once while the lock file is deleted; then delete the store."""
    store = folder / "register.json"
    failures: list[str] = []
    over = Event()
    with ThreadPoolExecutor(WRITERS + 1) as pool:
        deleter = pool.submit(_deleted, Path(f"{store}.lock"), over)
        writers = [pool.submit(_written, store, name, count, failures) for name in range(WRITERS)]
        acknowledged = {text for done in writers for text in done.result()}
        over.set()
        deletions = deleter.result()
    told = remarks(store)
    lost = acknowledged - set(told)
    if lost:
        failures.append(f"{len(lost)} of {len(acknowledged)} acknowledged changes lost: {sorted(lost)[:5]}")
    if run(store, "check").code:
        failures.append("check finds something wrong")
    failures += _gone(store)
    return Outcome(
        f"{WRITERS} processes x {count} changes, the lock file deleted {deletions} times: {len(acknowledged)} "
        f"acknowledged, {len(lost)} lost, {WRITERS * count - len(acknowledged)} refused in words; a store that is gone "
        "beside its previous version is not begun anew",
        failures,
    )


def _deleted(lock: Path, over: Event) -> int:
    """Delete the lock file until it is over; return how often it was there."""
    found = 0
    while not over.wait(OFTEN):
        with suppress(FileNotFoundError):
            lock.unlink()
            found += 1
    return found


def _written(store: Path, name: int, count: int, failures: list[str]) -> list[str]:
    """Write so many times; return what was acknowledged. What was refused must have been so in words."""
    acknowledged = []
    for number in range(count):
        ran = run(store, "note", REF, f"{name}-{number}")
        if ran.code == 0:
            acknowledged.append(f"{name}-{number}")
        elif wrong := sentence_missing(ran):
            failures.append(f"writer {name}: {wrong}")
    return acknowledged


def _gone(store: Path) -> list[str]:
    backup = Path(f"{store}.bak")
    held = backup.read_bytes()
    store.unlink()
    codes = {words: run(store, *words.split()).code for words in ("list", f"note {REF} anew", "init")}
    failures = [f"{words}: exit code {code}" for words, code in codes.items() if code != StoreError.exit_code]
    if store.exists() or backup.read_bytes() != held:
        failures.append("the previous version was touched, or the store begun anew")
    return failures
