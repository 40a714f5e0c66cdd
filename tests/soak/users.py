"""Two users of one group share a store of mode 0660: both keep working after each other's writes."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tests.soak.trial import AMPLE, REF, Outcome, SkippedError, remarks

COUNT = 10  # writes of each user
GROUP = 61000


class _User(NamedTuple):
    number: int
    umask: int

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, *arguments],
            user=self.number,
            group=self.number,  # of their own, as most systems have it
            extra_groups=[GROUP],
            umask=self.umask,
            cwd="/",
            env={"HOME": "/", "PATH": os.defpath, "HKSHCC_USER": str(self.number), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            timeout=AMPLE,
            check=False,
        )

    def hkshcc(self, store: Path, *words: str) -> str | None:
        """Run a command, and return what went wrong."""
        ran = self.run("-m", "hkshcc", "--store", str(store), *words)
        return f"user {self.number} ({' '.join(words)}): {ran.stderr.strip()}" if ran.returncode else None


USERS = (_User(61001, 0o077), _User(61002, 0o022))


def trial(folder: Path, count: int) -> Outcome:
    """Write ``count`` times as each of two users, in turn and at once."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        raise SkippedError("only root can be two users; run it as root")
    if denied := USERS[0].run("-c", "import hkshcc").stderr.strip():
        raise SkippedError(f"other users cannot run this Python ({denied.splitlines()[-1]})")
    failures: list[str] = []
    for mode in (0o770, 0o2770):
        shared = folder / f"shared-{mode:o}"
        shared.mkdir()
        os.chown(shared, 0, GROUP)
        shared.chmod(mode)
        folder.chmod(0o755)
        failures += [f"folder {mode:o}: {failure}" for failure in _share(shared / "register.json", count)]
    return Outcome(f"{2 * 4 * count} writes by 2 users in folders of mode 0770 and 2770; group and mode kept", failures)


def _share(store: Path, count: int) -> list[str]:
    failures: list[str | None] = [USERS[0].hkshcc(store, "init")]
    os.chown(store, -1, GROUP)
    store.chmod(0o660)
    for number in range(count):
        # The second goes first: what the first one created must not be in the way.
        for user in reversed(USERS):
            failures.append(user.hkshcc(store, "note", REF, f"{user.number}-{number}"))
            failures.append(_changed(store))
    for user in USERS:  # what a killed writer left, which the other may not even read
        left = Path(f"{store}.new")
        left.write_text("half a regis")
        os.chown(left, user.number, user.number)
        left.chmod(0o600)
        other = USERS[1 - USERS.index(user)]
        failures.append(other.hkshcc(store, "note", REF, f"{other.number} after {user.number} was killed"))
    with ThreadPoolExecutor(2) as pool:
        at_once = [
            pool.submit(user.hkshcc, store, "note", REF, f"{user.number} at once {number}")
            for number in range(count)
            for user in USERS
        ]
        failures += [done.result() for done in at_once]
    failures.append(_changed(store))
    failures += [user.hkshcc(store, "check") for user in USERS]
    expected = 4 * count + 2
    if len(set(remarks(store))) != expected:
        failures.append(f"{len(set(remarks(store)))} of {expected} writes are there")
    return [failure for failure in failures if failure]


def _changed(store: Path) -> str | None:
    now = store.stat()
    if now.st_gid != GROUP or stat.S_IMODE(now.st_mode) != 0o660:
        return f"the store is of group {now.st_gid} and mode {stat.S_IMODE(now.st_mode):o} now"
    return None
