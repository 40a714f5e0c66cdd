"""Histories of two and of three registers that exchange entries, until nothing is new."""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from random import Random
from traceback import format_exc
from typing import NamedTuple

from tests.register.test_histories import life, live
from tests.register.verbs import EVERY
from tests.soak.trial import Outcome

COUNT = 1000  # with two registers, and as many with three
_AT_ONCE = 25  # by one process
_AMPLE = 100  # histories among which every verb should be


class _Found(NamedTuple):
    """What came of some histories: failures, how many there were, what was done in them, and what was looked at."""

    failures: list[str]
    done: Counter[str]
    did: Counter[str]
    checked: Counter[str]


def trial(_folder: Path, count: int) -> Outcome:
    """Let registers live through histories at random, and say where they do not agree or deny what was printed."""
    failures: list[str] = []
    figures: list[str] = []
    for copies in (2, 3):
        batches = [range(first, min(first + _AT_ONCE, count)) for first in range(0, count, _AT_ONCE)]
        with ProcessPoolExecutor() as pool:
            found = list(pool.map(partial(_some, copies), batches))
        wrong = [failure for one in found for failure in one.failures]
        failures += [f"{copies} registers: {failure}" for failure in wrong]
        done, did, checked = Counter[str](), Counter[str](), Counter[str]()
        for one in found:
            done, did, checked = done + one.done, did + one.did, checked + one.checked
        if count >= _AMPLE:
            failures += [
                f"no history of {copies} registers has {verb}" for verb in sorted(set(EVERY.values()) - set(did))
            ]
        rarest = min(did.items(), key=lambda each: each[1], default=("", 0))
        told = ", ".join(f"{number:,} {what}" for what, number in (done + checked).items())
        figures.append(
            f"{done['histories'] - len(wrong):,} of {count:,} histories of {copies} registers: {told}; of the "
            f"{len(did)} sorts of steps that recorded something, the rarest is {rarest[0]}, {rarest[1]:,} times"
        )
    return Outcome("; ".join(figures), failures)


def _some(copies: int, numbers: range) -> _Found:
    found = _Found([], Counter(), Counter(), Counter())
    for number in numbers:
        found.done["histories"] += 1
        try:
            lived = live(life(Random(f"{copies} {number}"), copies))  # noqa: S311  the same in each run
        except Exception:  # noqa: BLE001  a failure as any other
            found.failures.append(f"history {number}: {format_exc()[-500:]}")
            continue
        found.done["steps"] += sum(lived.did.values())
        found.done["exchanges"] += lived.exchanges
        found.did.update(lived.did)
        found.checked.update(lived.checked)
        found.failures.extend(f"history {number}: {wrong}" for wrong in lived.wrong[:1])
    return found
