"""Two users of one group share a store of mode 0660: both keep working after each other's writes."""

import os
import stat
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import hkshcc
from tests.soak.trial import AMPLE, REF, Outcome, SkippedError, remarks

COUNT = 10  # writes of each user
GROUP = 61000


class _Python(NamedTuple):
    """An interpreter that every user may run, and where it finds the project and what that needs."""

    program: str
    path: str


def _pythons() -> Iterator[_Python]:
    yield _Python(sys.executable, "")
    # An environment may rest on a Python in a home folder; the system's own reads the same packages.
    packages = (str(Path(hkshcc.__file__).parents[1]), sysconfig.get_path("purelib"))
    yield _Python("/usr/bin/python3", os.pathsep.join(packages))


class _User(NamedTuple):
    number: int
    umask: int

    def run(self, python: _Python, *arguments: str) -> "subprocess.CompletedProcess[str]":
        environment = {"HOME": "/", "PATH": os.defpath, "HKSHCC_USER": str(self.number), "PYTHONPATH": python.path}
        return subprocess.run(
            [python.program, "-B", *arguments],
            user=self.number,
            group=self.number,  # of their own, as most systems have it
            extra_groups=[GROUP],
            umask=self.umask,
            cwd="/",
            env=environment,
            capture_output=True,
            text=True,
            timeout=AMPLE,
            check=False,
        )

    def can_run(self, python: _Python) -> bool:
        try:
            return self.run(python, "-m", "hkshcc", "--version").returncode == 0
        except OSError:
            return False


class _Share(NamedTuple):
    """A store that two users share."""

    store: Path
    python: _Python

    def hkshcc(self, user: _User, *words: str) -> str | None:
        """Run a command, and return what went wrong."""
        ran = user.run(self.python, "-m", "hkshcc", "--store", str(self.store), *words)
        return f"user {user.number} ({' '.join(words)}): {ran.stderr.strip()}" if ran.returncode else None

    def changed(self) -> str | None:
        """Say how the store's group or mode changed."""
        now = self.store.stat()
        if now.st_gid != GROUP or stat.S_IMODE(now.st_mode) != 0o660:
            return f"the store is of group {now.st_gid} and mode {stat.S_IMODE(now.st_mode):o} now"
        return None


USERS = (_User(61001, 0o077), _User(61002, 0o022))


def trial(folder: Path, count: int) -> Outcome:
    """Write ``count`` times as each of two users, in turn and at once."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        raise SkippedError("only root can be two users; run it as root")
    python = next((python for python in _pythons() if USERS[0].can_run(python)), None)
    if python is None:
        raise SkippedError("other users can run neither this Python nor the system's with these packages")
    failures: list[str] = []
    folder.chmod(0o755)
    for mode in (0o770, 0o2770):
        shared = folder / f"shared-{mode:o}"
        shared.mkdir()
        os.chown(shared, 0, GROUP)
        shared.chmod(mode)
        failures += [f"folder {mode:o}: {failure}" for failure in _use(_Share(shared / "register.json", python), count)]
    return Outcome(
        f"{2 * (4 * count + 2)} writes by 2 users of a group, in turn and at once, in folders of mode 0770 and 2770; "
        "the store's group and mode 0660 kept",
        failures,
    )


def _use(share: _Share, count: int) -> list[str]:
    store = share.store
    failures: list[str | None] = [share.hkshcc(USERS[0], "init")]
    os.chown(store, -1, GROUP)
    store.chmod(0o660)
    for number in range(count):
        # The second goes first: what the first one created must not be in the way.
        for user in reversed(USERS):
            failures.append(share.hkshcc(user, "note", REF, f"{user.number}-{number}"))
            failures.append(share.changed())
    for user, other in (USERS, USERS[::-1]):
        left = Path(f"{store}.new")  # by a killed writer, and the other may not even read it
        left.write_text("half a regis")
        os.chown(left, user.number, user.number)
        left.chmod(0o600)
        failures.append(share.hkshcc(other, "note", REF, f"{other.number} after {user.number} was killed"))
    with ThreadPoolExecutor(2) as pool:
        at_once = [
            pool.submit(share.hkshcc, user, "note", REF, f"{user.number} at once {number}")
            for number in range(count)
            for user in USERS
        ]
        failures += [done.result() for done in at_once]
    failures.append(share.changed())
    failures += [share.hkshcc(user, "check") for user in USERS]
    expected = 4 * count + 2
    if len(set(remarks(store))) != expected:
        failures.append(f"{len(set(remarks(store)))} of {expected} writes are there")
    return [failure for failure in failures if failure]
