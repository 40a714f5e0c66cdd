"""A folder to publish whose writer is killed, at random moments and at each rename: it is never half the new one.

Either the folder is the old one or the new one, whole, by its own list of files; or, between the two renames that put
the new one there, it is not there, and both stand beside it, whole.
"""

import json
import random
import shutil
from hashlib import sha256
from pathlib import Path
from statistics import median
from subprocess import TimeoutExpired

from hkshcc.cli.atomic_folder import LIST
from tests.soak.trial import Outcome, run, start

COUNT = 100  # kills
DAYS = ("2026-11-21", "2026-11-22")  # as of which the folder is written in turn
EARLIEST, LATEST = 0.45, 1.1  # of the usual time: before, Python is starting


def trial(folder: Path, count: int) -> Outcome:
    """Kill a writer ``count`` times, and at each rename where strace is there."""
    store, site = folder / "none.json", folder / "out" / "site"
    site.parent.mkdir()
    usual = median(_written(store, site, DAYS[number % 2]) for number in range(3))
    moments = random.Random()  # noqa: S311  moments, not secrets
    old = new = between = left = 0
    failures: list[str] = []
    renames: list[int | None] = [None] * count
    if shutil.which("strace"):
        renames += [1, 2, 3]
    for number, rename in enumerate(renames):
        held, wanted = _day(site) or "", DAYS[number % 2]
        if held == wanted:
            held, wanted = DAYS[number % 2], DAYS[1 - number % 2]
        words = ("export", "--site", str(site), "--as-of", wanted)
        if rename is None:
            after = usual * moments.uniform(EARLIEST, LATEST)
            _killed(store, words, after)
            where = f"killed after {after:.3f} s"
        else:
            inject = (
                "strace",
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-e",
                "trace=rename",
                "-e",
                f"inject=rename:signal=KILL:when={rename}",
            )
            run(store, *words, before=inject, env={"PYTHONDONTWRITEBYTECODE": "1"})
            where = f"killed at rename {rename}"
        beside = {path.name.rpartition("-")[2]: _day(path) for path in site.parent.glob(".hkshcc-*")}
        stands = _day(site) if site.exists() else None
        old, new, left = old + (stands == held), new + (stands == wanted), left + bool(beside)
        if not site.exists():
            between += 1
            if beside != {"old": held, "new": wanted}:
                failures.append(f"{where}: not there, and beside it {beside}")
        elif stands not in {held, wanted}:
            failures.append(f"{where}: neither the old one nor the new one is whole")
        for path in site.parent.glob(".hkshcc-*"):
            shutil.rmtree(path)
        _written(store, site, wanted)
        if _day(site) != wanted:
            failures.append(f"{where}: the next run did not write it")
    return Outcome(
        f"{len(renames)} kills of a writer that takes {usual:.1f} s: the old folder {old} times, the new one {new}, "
        f"{between} times neither, with both beside it; {left} left a folder beside it",
        failures,
    )


def _written(store: Path, site: Path, day: str) -> float:
    ran = run(store, "export", "--site", str(site), "--as-of", day)
    assert ran.code == 0, ran.err
    return ran.seconds


def _killed(store: Path, words: tuple[str, ...], after: float) -> None:
    process = start(store, *words)
    try:
        process.wait(timeout=after)
    except TimeoutExpired:
        process.kill()
    process.communicate()


def _day(folder: Path) -> str | None:
    """Return as of which day a folder is that is whole by its own list; None for one that is not."""
    try:
        listed = json.loads((folder / LIST).read_bytes())
    except (OSError, ValueError):
        return None
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    digests = {name: sha256(path.read_bytes()).hexdigest() for name, path in files.items() if name != LIST}
    return str(listed["as_of"]) if digests == listed["files"] else None
