"""Files written for -o on a disk that is full, and commands whose answer cannot be given: nothing old is lost.

The full disk is a file system in memory of 8 KB, which only root may mount; for anybody else a limit on the size of a
file stands in for it.
"""

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.soak.trial import REF, Outcome, Ran, grown, remarks, run

COUNT = 0
SMALL = 8  # KB
OLD = b"what was written yesterday"
WRITING = ("export -o e.json", "export -o e.xlsx", "list -o l.csv", "list -o l.json", "history -o h.json")
KEPT = ("register.json", "register.json.bak", "register.json.lock", "another-name.json")
UNANSWERABLE = ("--format nosuch", "--fields nosuch", "-o x.foo", "-o register.json", "-o no/such/x.json")


def trial(folder: Path, _count: int) -> Outcome:
    """Write over old files on a full disk, onto other names of the store, and record with an answer that cannot be."""
    store = folder / "register.json"
    grown(store, 400)
    run(store, "note", REF, "before")
    os.link(store, folder / "another-name.json")
    failures = [*_on_a_full_disk(store, folder / "disk"), *_onto_the_store(store), *_unanswerable(store, folder)]
    return Outcome(
        f"{len(WRITING)} files written over on a full disk, {len(KEPT)} names of the store as -o, "
        f"{len(UNANSWERABLE)} imports whose answer cannot be given: each refused, and all as it was before",
        failures,
    )


def _on_a_full_disk(store: Path, disk: Path) -> list[str]:
    failures = []
    with _full(disk):
        for words in WRITING:
            file = disk / words.split()[-1]
            file.write_bytes(OLD)
            with _limited(disk):
                ran = run(store, *words.replace("-o ", f"-o {disk}/").split())
            if ran.code != 1 or "cannot be written" not in ran.err:
                failures.append(f"{words}: ended with {ran.code}: {ran.err.strip()}")
            if file.read_bytes() != OLD:
                failures.append(f"{words}: the old file is gone")
            if left := sorted(set(os.listdir(disk)) - {file.name}):
                failures.append(f"{words}: left {left} behind")
            file.unlink()
    return failures


@contextmanager
def _full(disk: Path) -> Iterator[None]:
    """Make a small file system; an ordinary user gets a folder."""
    disk.mkdir()
    root = os.geteuid() == 0
    if root:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SMALL}k", "soak", str(disk)], check=True)
    try:
        yield
    finally:
        if root:
            subprocess.run(["umount", str(disk)], check=True)


@contextmanager
def _limited(disk: Path) -> Iterator[None]:
    """Let no file grow, where no file system could be made; commands started within inherit that."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    if not os.path.ismount(disk):
        resource.setrlimit(resource.RLIMIT_FSIZE, (1024, hard))
    try:
        yield
    finally:
        with suppress(ValueError):
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _onto_the_store(store: Path) -> list[str]:
    failures = []
    for name in KEPT:
        before = store.read_bytes()
        ran = run(store, "export", "--format", "json", "-o", str(store.parent / name))
        if ran.code == 0 or store.read_bytes() != before:
            failures.append(
                f"-o {name}: ended with {ran.code}, the store {'lost' if store.read_bytes() != before else 'kept'}"
            )
    return failures


def _unanswerable(store: Path, folder: Path) -> list[str]:
    copy, other = folder / "copy.json", folder / "other" / "register.json"
    run(other, "note", REF, "from elsewhere")
    exported = run(other, "export", "-o", str(copy))
    failures = [f"export: {exported.err}"] if exported.code else []
    for words in UNANSWERABLE:
        given = words.replace("-o ", f"-o {folder}/").split()
        ran: Ran = run(store, "import", "register", str(copy), "--apply", *given)
        if ran.code == 0 or "from elsewhere" in remarks(store):
            failures.append(f"import register --apply {words}: ended with {ran.code}, and recorded")
    return failures
