"""Histories of two and of three registers that exchange entries, until nothing is new."""

from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from traceback import format_exc

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.register.test_histories import Life, live, lives
from tests.soak.trial import Outcome

COUNT = 1000  # with two registers, and as many with three
_AT_ONCE = 50


def trial(_folder: Path, count: int) -> Outcome:
    """Let registers live through histories at random, and say where they do not agree or deny what was printed."""
    failures: list[str] = []
    figures: list[str] = []
    for copies in (2, 3):
        batches = [(number, min(_AT_ONCE, count - number)) for number in range(0, count, _AT_ONCE)]
        with ProcessPoolExecutor() as pool:
            found = list(pool.map(partial(_some, copies), batches))
        wrong = [failure for some, _, _ in found for failure in some]
        turns, exchanges = sum(each for _, each, _ in found), sum(each for _, _, each in found)
        failures += [f"{copies} registers: {failure}" for failure in wrong]
        figures.append(
            f"{count - len(wrong)} of {count} histories of {copies} registers: {turns} steps, {exchanges} exchanges"
        )
    return Outcome("; ".join(figures), failures)


def _some(copies: int, batch: tuple[int, int]) -> tuple[list[str], int, int]:
    first, count = batch
    failures: list[str] = []
    done = [0, 0]

    @seed(first + copies)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(lives(copies))
    def try_one(life: Life) -> None:
        try:
            lived = live(life)
        except Exception:  # noqa: BLE001  a failure as any other
            failures.append(format_exc()[-500:])
            return
        done[0] += len(life.history)
        done[1] += lived.exchanges
        failures.extend(lived.wrong[:1])

    try_one()
    return failures, done[0], done[1]
