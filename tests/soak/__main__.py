"""Run the trials and print what they found: ``python -m tests.soak [NAME …] [--count N]``."""

import argparse
import os
import sys
from contextlib import chdir
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.soak.trial import SkippedError

TRIALS = (
    "races", "kills", "syscalls", "stopped", "users", "interference", "interrupts", "malformed", "workbooks", "hostile",
    "fuzz", "giants", "outputs", "exchange", "pages", "sites", "papers", "signatures",
)  # fmt: skip
SHOWN = 20  # failures of a trial


def main() -> int:
    """Run the trials named, or all, and return 1 where one failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which trials: {', '.join(TRIALS)}; else all")
    parser.add_argument("--count", type=int, metavar="N", help="how often, where a trial is repeated (kills: 1000)")
    given = parser.parse_args()
    if unknown := set(given.names) - set(TRIALS):
        parser.error(f"no trial {', '.join(sorted(unknown))}; choose from: {', '.join(TRIALS)}")
    return max(_run(name, given.count) for name in given.names or TRIALS)


def _run(name: str, count: int | None) -> int:
    module = import_module(f"tests.soak.{name}")
    began = perf_counter()
    # A trial leaves nothing where it was started from, whatever names it gives to files.
    with TemporaryDirectory(prefix="soak-") as folder, chdir(folder):
        try:
            figures, failures = module.trial(Path(folder), count or module.COUNT)
        except SkippedError as skipped:
            wanted = os.environ.get("CI") == "true"
            _say(name, "FAILED" if wanted else "skipped", began, str(skipped))
            return int(wanted)
    _say(name, "FAILED" if failures else "ok", began, figures)
    for failure in failures[:SHOWN]:
        sys.stdout.write(f"    {failure!r}\n")
    if len(failures) > SHOWN:
        sys.stdout.write(f"    and {len(failures) - SHOWN} more\n")
    return int(bool(failures))


def _say(name: str, verdict: str, began: float, figures: str) -> None:
    sys.stdout.write(f"{name:<10} {verdict:<8} {perf_counter() - began:6.0f} s  {figures}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
