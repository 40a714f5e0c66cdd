"""The store under several processes of the command line, at once and killed."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter

from hkshcc.stores.seed import seed_entries
from hkshcc.stores.tinydb_store import FileStore
from tests.processes import PROGRAM, Process, TimeoutExpired, environment, finished, python, start

SHIPPED = len(seed_entries())
WITHOUT_FCNTL = """
import sys
import filelock, tests.terminal  # before fcntl is hidden: they look for it too
sys.modules["fcntl"] = None
sys.exit(tests.terminal.by_the_standing_clock(sys.argv[1:]))
"""


def command(path: Path, *words: str) -> Process:
    """Start a command line on a store."""
    return start([*PROGRAM, *words], environment(path))


def remarks(path: Path) -> list[str | None]:
    register = FileStore(str(path)).read()
    assert register.broken_at() is None
    return [entry.remark for entry in register.entries[SHIPPED:]]


def test_of_many_processes_that_write_at_once_none_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "register.json"

    def writer(name: int) -> None:
        for number in range(5):
            code, _, err = finished(command(path, "note", "5-FIN-1", f"{name}-{number}"))
            assert code == 0, err

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(writer, name) for name in range(4)]:
            done.result()
    told = remarks(path)
    assert sorted(map(str, told)) == sorted(f"{name}-{number}" for name in range(4) for number in range(5))


def test_a_process_killed_at_any_moment_leaves_a_store_that_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    began = perf_counter()
    assert finished(command(path, "note", "5-FIN-1", "first"))[0] == 0
    usual = perf_counter() - began
    acknowledged = ["first"]
    for number in range(10):
        process = command(path, "note", "5-FIN-1", f"kill {number}")
        try:
            process.wait(timeout=usual * (0.5 + 0.06 * number))
        except TimeoutExpired:
            process.kill()
        code, out, _ = finished(process)
        told = remarks(path)
        assert told[: len(acknowledged)] == acknowledged
        assert told[len(acknowledged) :] in ([], [f"kill {number}"])
        if code == 0 or out:
            assert told[-1] == f"kill {number}"
        acknowledged = [str(remark) for remark in told]
        assert len({file.name for file in tmp_path.iterdir()} - {"register.json.bak", "register.json.lock"}) <= 2
    assert finished(command(path, "note", "5-FIN-1", "last"))[0] == 0
    assert remarks(path) == [*acknowledged, "last"]
    names = {file.name for file in tmp_path.iterdir()}
    assert names == {"register.json", "register.json.bak", "register.json.lock"}


def test_the_command_line_reads_and_writes_where_there_is_no_fcntl(tmp_path: Path) -> None:
    path = tmp_path / "register.json"

    def tried(*words: str) -> str:
        code, out, err = finished(python(WITHOUT_FCNTL, "--store", str(path), *words))
        assert code == 0, err
        return out

    for number in range(2):
        tried("note", "5-FIN-1", f"note {number}")
    out = tried("history", "5-FIN-1")
    assert "note 1" in out
    assert remarks(path) == ["note 0", "note 1"]
