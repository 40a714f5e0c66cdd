"""What every test shares: the same examples for properties each time, and a process that no test changes."""

import csv
import gc
import locale
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from _pytest.terminal import TerminalReporter
from hypothesis import settings

from tests import nasty

settings.register_profile("hkshcc", max_examples=60, deadline=None, derandomize=True)
settings.load_profile("hkshcc")
# Whoever starts the suite in the background may have it ignore Ctrl-C, and with it every process that it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)


OFFICE = ("xlsxwriter", "icalendar", "lxml")
WITHOUT_OFFICE = "HKSHCC_TESTS_WITHOUT_OFFICE"  # says that the extra is absent on purpose


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip by name what needs the extra, or a program, that is absent; where everything is to be tried, let it fail."""
    if os.environ.get("CI") != "true":
        _skip_without_programs(items)
    lacking = [name for name in OFFICE if find_spec(name) is None]
    if os.environ.get(WITHOUT_OFFICE) and lacking != list(OFFICE):
        raise pytest.UsageError(f"{WITHOUT_OFFICE} is set, but there are {', '.join({*OFFICE} - {*lacking})}")
    if not lacking or (os.environ.get("CI") == "true" and not os.environ.get(WITHOUT_OFFICE)):
        return
    for item in items:
        if item.get_closest_marker("needs_office"):
            item.add_marker(pytest.mark.skip(reason=f"needs hkshcc[office]: no {', '.join(lacking)}"))


def _skip_without_programs(items: list[pytest.Item]) -> None:
    for item in items:
        for marker in item.iter_markers("needs_program"):
            if shutil.which(marker.args[0]) is None:
                item.add_marker(pytest.mark.skip(reason=f"needs the program {marker.args[0]}"))


def pytest_terminal_summary(terminalreporter: TerminalReporter, config: pytest.Config) -> None:
    """Say how to repeat the order, which the head of the report would say if `-q` didn't leave that out."""
    if (seed := config.getoption("randomly_seed", None)) is not None:
        terminalreporter.write_line(f"in random order: --randomly-seed={seed}")


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
def store(tmp_path: Path) -> Path:
    """The nasty register, as a store."""
    return nasty.write(tmp_path / "register.json")


@pytest.fixture
def tmp_path(tmp_path: Path) -> Path:
    """A folder whose name trips up whoever splits a path, quotes it badly or takes it for a pattern."""
    folder = tmp_path / "滬港 [a+b] it's (1)"
    folder.mkdir()
    return folder
