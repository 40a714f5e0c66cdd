"""Ctrl-C at random moments of a write: no traceback of ours, and what is said agrees with what was recorded."""

import random
import signal
from pathlib import Path
from statistics import median
from subprocess import TimeoutExpired

from tests.soak.trial import REF, Outcome, remarks, run, start, write_next

COUNT = 300  # interrupts
LATEST = 1.1  # of the usual time
INTERRUPTED = 130
NOTHING = "hkshcc: interrupted; nothing was recorded\n"


def trial(folder: Path, count: int) -> Outcome:
    """Interrupt a writer ``count`` times, from its start to a little after its end."""
    store = folder / "register.json"
    write_next(store, "before")
    usual = median(run(store, "note", REF, f"before {number}").seconds for number in range(5))
    moments = random.Random()  # noqa: S311  moments, not secrets
    ends: dict[str, int] = {}
    failures: list[str] = []
    for number in range(count):
        text = f"interrupt {number}"
        end, wrong = _interrupted(store, text, usual * moments.uniform(0, LATEST))
        ends[end] = ends.get(end, 0) + 1
        failures += [f"{text}: {problem}" for problem in wrong]
    figures = ", ".join(f"{number} {end}" for end, number in sorted(ends.items()))
    return Outcome(f"{count} interrupts within {usual * LATEST:.2f} s: {figures}", failures)


def _interrupted(store: Path, text: str, after: float) -> tuple[str, list[str]]:
    process = start(store, "note", REF, text)
    try:
        process.wait(timeout=after)
    except TimeoutExpired:
        process.send_signal(signal.SIGINT)
    out, err = (said.decode() for said in process.communicate())
    recorded = text in remarks(store)
    if not recorded and "hkshcc/" not in err and ("Traceback" in err or process.returncode == -signal.SIGINT):
        return "before Python ran any of this program", []
    if process.returncode == 0 and out:
        return "acknowledged", [] if recorded else ["acknowledged, but not there"]
    wrong = []
    if process.returncode != INTERRUPTED or "Traceback" in err:
        wrong.append(f"ended with {process.returncode}: {err[-300:]}")
    # In the first moments nothing has been loaded that could say anything.
    if (recorded and "recorded as entry" not in err) or (not recorded and err not in {"", NOTHING}):
        wrong.append(f"{'recorded' if recorded else 'not recorded'}, but it says: {err!r}, {out!r}")
    return "recorded, and said so" if recorded else "not recorded", wrong
