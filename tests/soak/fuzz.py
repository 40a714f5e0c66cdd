"""Every odd value in every option and argument of every command, and command lines drawn at random."""

from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests import fuzz

COUNT = 15_000


def trial(folder: Path, count: int) -> tuple[str, list[str]]:
    """Try each value in each place, and then ``count`` lines."""
    laboratory = fuzz.Laboratory(folder)
    walked = [line for place in fuzz.PLACES if place.focus for line in fuzz.walked(place)]
    failures = [problem for line in walked for problem in laboratory.tried(line)]

    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(fuzz.lines(), st.sampled_from([None, "", "x\n", "yes\n"]), st.sampled_from([0, 0, 80, 20]))
    def drawn(words: Sequence[str], keys: str | None, columns: int) -> None:
        failures.extend(laboratory.tried(words, keys=keys, columns=columns))

    drawn()
    figures = (
        f"{len(fuzz.PLACES)} options and arguments, {len(fuzz.ODD)} odd values in each: {len(walked)} command lines,"
        f" and {count} at random; {len(failures)} faults"
    )
    return figures, failures
