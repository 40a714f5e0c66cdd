"""What every test shares: the same examples for properties each time, and a process that no test changes."""

import csv
import gc
import locale
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("hkshcc", max_examples=60, deadline=None, derandomize=True)
settings.load_profile("hkshcc")


def _process_state() -> dict[str, Any]:
    """What all tests of a process share, whatever the order that they run in."""
    os.umask(umask := os.umask(0))
    environment = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    return {
        "environment": environment,
        "folder": os.getcwd(),
        "umask": umask,
        "user": (os.geteuid(), os.getegid(), os.getgroups()),
        "locale": locale.setlocale(locale.LC_ALL),
        "zone": time.tzname,
        "signals": [signal.getsignal(name) for name in signal.valid_signals()],
        "alarm": signal.getitimer(signal.ITIMER_REAL),
        "collector": gc.isenabled(),
        "longest field of CSV": csv.field_size_limit(),
        "deepest recursion": sys.getrecursionlimit(),
        "most digits": sys.get_int_max_str_digits(),
        "random bytes": os.urandom,
    }


@pytest.fixture(autouse=True)
def _the_world_is_left_as_it_was() -> Iterator[None]:
    before = _process_state()
    yield
    assert _process_state() == before


@pytest.fixture
def tmp_path(tmp_path: Path) -> Path:
    """A folder whose name trips up whoever splits a path, quotes it badly or takes it for a pattern."""
    folder = tmp_path / "滬港 [a+b] it's (1)"
    folder.mkdir()
    return folder
