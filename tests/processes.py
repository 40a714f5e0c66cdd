"""``hkshcc`` in processes of its own, on pipes: by the standing clock, with nothing of the user's environment.

All that the tests start goes through here (the linter bans ``subprocess`` elsewhere); a terminal's is in
``tests.terminal``.
"""

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PROGRAM = (sys.executable, "-m", "tests.terminal")
AMPLE = 60  # seconds
Process = subprocess.Popen[str]
TimeoutExpired = subprocess.TimeoutExpired


class Ran(NamedTuple):
    """What a process left behind."""

    code: int
    out: str
    err: str


def surroundings() -> dict[str, str]:
    """Return what every command keeps of our environment: where programs are, and the day where faketime sets one."""
    faked = {name: value for name, value in os.environ.items() if name == "LD_PRELOAD" or name.startswith("FAKETIME")}
    return {"PATH": os.environ["PATH"], **faked}


def environment(store: Path | str | None = None, env: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return what a process is given: where programs are, how it is to be known, and what the test adds."""
    named = {} if store is None else {"HKSHCC_STORE": str(store)}
    return {
        **surroundings(), "HOME": "/nonexistent/home", "HKSHCC_USER": "tester", "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8", **named, **(env or {}),
    }  # fmt: skip


def start(
    words: Sequence[str], env: Mapping[str, str], *, stdin: int = subprocess.DEVNULL, out: int = subprocess.PIPE
) -> Process:
    """Start any program, with an environment and no more than that. ``out`` is stdout and stderr."""
    return subprocess.Popen(
        words,
        env=env,
        stdin=stdin,
        stdout=out,
        stderr=out,
        encoding=env.get("PYTHONIOENCODING", "utf-8"),
    )


def finished(process: Process) -> Ran:
    """Wait until a process ends by itself."""
    out, err = process.communicate(timeout=AMPLE)
    return Ran(process.returncode, out, err)


def hkshcc(*words: str, store: Path | str | None = None, **env: str) -> Ran:
    """Run a command by the standing clock."""
    return finished(start([*PROGRAM, *words], environment(store, env)))


def python(code: str, *words: str) -> Process:
    """Start a piece of Python, with its stdin held open."""
    return start([sys.executable, "-c", code, *words], environment(), stdin=subprocess.PIPE)


def shell(line: str, commands: Path, *, store: Path | None = None) -> Ran:
    """Run a line in bash, where ``hkshcc`` is the one by the standing clock. Its script is put into ``commands``."""
    path = os.pathsep.join([str(script(commands).parent), os.environ["PATH"]])
    return finished(start(["bash", "--norc", "-c", line], environment(store, {"PATH": path})))


def script(folder: Path) -> Path:
    """Write a program ``hkshcc`` that runs by the standing clock into a folder, to be put on a PATH."""
    made = folder / "hkshcc"
    folder.mkdir(exist_ok=True)
    made.write_text(f'#!/bin/sh\nexec {shlex.join(PROGRAM)} "$@"\n', encoding="utf-8")
    made.chmod(0o755)
    return made
