"""Start-up is a feature: what each command leaves unloaded, seen in a process of its own."""

import os
import pty
import sys
from functools import cache
from pathlib import Path

import pytest

from tests import nasty
from tests.commands import MACHINE_FORMATS, one_of_each
from tests.processes import environment, start
from tests.running import NOW

_RUN = f"""
import sys
sys.argv[0] = "hkshcc"
from datetime import datetime
from hkshcc.__main__ import main
code = main(sys.argv[2:], now=datetime.fromisoformat({NOW.isoformat()!r}))
with open(sys.argv[1], "w") as file:
    file.write("\\n".join([str(code), *sys.modules]))
"""
# What Typer, Rich and TinyDB bring with them where nobody watches.
NEVER = (
    "click", "pydantic", "asyncio", "email", "http", "importlib.metadata", "importlib.resources", "unittest", "ssl",
    "logging", "xml", "multiprocessing", "concurrent", "pkg_resources", "typer.rich_utils", "typer.testing",
    "markdown_it", "pygments", "rich.markdown", "rich.syntax", "rich.traceback", "rich.progress", "rich.prompt",
    "rich.live",
)  # fmt: skip
COMMANDS = (
    *one_of_each(), *(f"list --format {form}" for form in MACHINE_FORMATS),
    "note 8-KIT-1 x", "done 8-KIT-1 --evidence x", "undo --reason x --yes", "--help", "list --help", "--version", "lst",
)  # fmt: skip
VERBS = ("telling", "revising", "adding", "entering", "keeping", "undoing")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("start-up")
    nasty.write(made / "register.json")
    return made


@cache
def loaded(folder: Path, words: str, store: str = "register.json", *, on_a_terminal: bool = False) -> frozenset[str]:
    """The modules that are loaded when a command has run, those apart that Python itself begins with."""
    kept = folder / "modules"
    env = environment(folder / store if store else None, {"HOME": str(folder), "TERM": "xterm", "HKSHCC_PAGER": "cat"})
    command = [sys.executable, "-c", _RUN, str(kept), *words.split()]
    if on_a_terminal:
        ours, theirs = pty.openpty()
        with start(command, env, stdin=theirs, out=theirs) as process:
            os.close(theirs)
            _drain(ours)
        os.close(ours)
    else:
        process = start(command, env)
        process.communicate()
    assert process.returncode == 0
    code, *modules = kept.read_text(encoding="utf-8").split("\n")
    assert code == ("2" if words == "lst" else "0")
    return frozenset(modules)


def _drain(terminal: int) -> None:
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:
        return


def within(modules: frozenset[str], names: tuple[str, ...]) -> list[str]:
    return [name for name in names if name in modules]


@pytest.mark.parametrize("words", COMMANDS)
def test_no_command_on_a_pipe_loads_rich_or_what_nobody_asked_for(folder: Path, words: str) -> None:
    modules = loaded(folder, words)
    assert within(modules, (*NEVER, "rich", "platformdirs")) == []


@pytest.mark.parametrize("words", ["list", "show 7-KIT-1a", "report"])
def test_a_command_on_a_terminal_loads_of_rich_what_draws_a_table(folder: Path, words: str) -> None:
    modules = loaded(folder, words, on_a_terminal=True)
    assert within(modules, ("rich.console", "rich.table")) == ["rich.console", "rich.table"]
    assert within(modules, (*NEVER, "platformdirs")) == []


@pytest.mark.parametrize("words", ["", "list", "show 5-FIN-3c", "report", "history", "check", "--help", "--version"])
def test_without_a_store_tinydb_stays_unloaded(folder: Path, words: str) -> None:
    assert within(loaded(folder, words, "none.json"), ("tinydb", *NEVER)) == []


@pytest.mark.parametrize("words", ["", "list", "show 7-KIT-1a", "report", "history", "changes --since 2024-01-01"])
def test_reading_a_store_loads_nothing_that_only_writing_or_mending_needs(folder: Path, words: str) -> None:
    unneeded = ("tinydb", "hkshcc.stores.tinydb_store", "hashlib")
    assert within(loaded(folder, words), unneeded) == []


def test_the_platforms_folders_are_looked_up_only_where_no_store_is_named(folder: Path) -> None:
    assert "platformdirs" in loaded(folder, "list", "")
    assert "platformdirs" not in loaded(folder, "list", "none.json")


@pytest.mark.parametrize(
    ("words", "module"),
    [
        ("list", "hkshcc.cli.write"),
        ("list", "hkshcc.cli.keep"),
        ("list", "hkshcc.cli.manual"),
        ("list", "hkshcc.register.drafting"),
        ("list", "hkshcc.register.checking"),
        ("list", "hkshcc.render.machine"),
        ("list", "hkshcc.render.markdown"),
        ("list", "hkshcc.render.terminal"),
        ("list", "hkshcc.reports.sheet"),
        ("list", "hkshcc.reports.progress"),
        ("list", "hkshcc.reports.history"),
        ("list", "csv"),
        ("report", "hkshcc.reports.sheet"),
        ("show 7-KIT-1a", "hkshcc.reports.progress"),
        ("note 8-KIT-1 x", "hkshcc.cli.read"),
        ("note 8-KIT-1 x", "hkshcc.stores.memory"),
        ("--version", "hkshcc.stores.tinydb_store"),
        ("--version", "hkshcc.render.plain"),
    ],
)
def test_a_command_loads_its_own_modules_and_no_others(folder: Path, words: str, module: str) -> None:
    assert module not in loaded(folder, words)


@pytest.mark.parametrize(
    ("words", "verbs"),
    [
        ("note 8-KIT-1 x", ["telling"]),
        ("done 8-KIT-1 --evidence x", ["telling"]),
        ("assign 8-KIT-1 SH-Soup --reason x", ["revising"]),
        ("add --area KIT --title x", ["adding"]),
        ("bodies add XYZ --side hk --name x", ["keeping"]),
        ("undo --reason x --yes", ["undoing"]),
        ("list", []),
        ("--help", []),
    ],
)
def test_a_change_loads_its_own_verb_and_no_other(folder: Path, words: str, verbs: list[str]) -> None:
    modules = loaded(folder, words)
    assert [verb for verb in VERBS if f"hkshcc.register.{verb}" in modules] == verbs


@pytest.mark.parametrize(
    ("words", "module"),
    [
        ("list", "hkshcc.reports.listing"),
        ("list --format csv", "csv"),
        ("list --format md", "hkshcc.render.markdown"),
        ("check", "hkshcc.register.checking"),
    ],
)
def test_what_a_command_needs_is_seen_to_be_loaded(folder: Path, words: str, module: str) -> None:
    """Else the tests above could not fail."""
    assert module in loaded(folder, words)
