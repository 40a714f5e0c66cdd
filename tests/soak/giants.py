"""Releases of any size: each is read, or refused in a sentence, within seconds of this process."""

import time
from pathlib import Path

from hkshcc.errors import HkshccError
from tests.exchange.releases.giants import GIANTS
from tests.exchange.releases.texts import proposed

COUNT = 0
MOST = 10.0  # seconds


def trial(_folder: Path, _count: int) -> tuple[str, list[object]]:
    """Read every long text at its full size."""
    taken: dict[str, float] = {}
    failures: list[object] = []
    for name, giant in GIANTS.items():
        text = giant.text()
        began = time.process_time()
        try:
            proposed(text, giant.file)
        except HkshccError as error:
            if not str(error).startswith(giant.file):
                failures.append((name, str(error)[:200]))
        taken[name] = time.process_time() - began
        if taken[name] > MOST:
            failures.append((name, f"took {taken[name]:.1f} s"))
    slowest = max(taken, key=taken.__getitem__)
    return f"{len(GIANTS)} texts, the slowest ({slowest}) {taken[slowest]:.1f} s", failures
