"""Start-up is a feature: what each command leaves unloaded, seen in a process of its own."""

import os
import pty
import sys
from functools import cache
from pathlib import Path

import pytest

from tests import nasty
from tests.commands import SHIPPED, TEXT_FORMATS, one_of_each
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
    *one_of_each(), *(f"list --format {form}" for form in TEXT_FORMATS if form not in {"table", "svg"}),
    "note 8-KIT-1 x", "done 8-KIT-1 --evidence x", "undo --reason x --yes", "--help", "list --help", "--version", "lst",
)  # fmt: skip
# Of this package's own modules, a hundred in all: those that every command needs (the
# table of commands among them), and its own few.
OWN = 43


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


def test_a_word_file_is_written_without_what_nobody_asked_for(folder: Path) -> None:
    modules = loaded(folder, f"list -o {folder / 'list.docx'}")
    assert within(modules, (*NEVER, "rich", "lxml", "docx", "xlsxwriter")) == []


@pytest.mark.parametrize("words", COMMANDS)
def test_a_command_loads_its_own_part_of_the_house_and_not_the_others(folder: Path, words: str) -> None:
    own = sorted(module for module in loaded(folder, words) if module.startswith("hkshcc."))
    assert len(own) <= OWN, own


def test_a_picture_is_drawn_by_rich_as_a_terminal_is(folder: Path) -> None:
    modules = loaded(folder, "list --format svg")
    assert within(modules, ("rich.console", "rich.table", *NEVER, "platformdirs")) == ["rich.console", "rich.table"]


@pytest.mark.parametrize("words", ["list", "show 7-KIT-1a", "report"])
def test_a_command_on_a_terminal_loads_of_rich_what_draws_a_table(folder: Path, words: str) -> None:
    modules = loaded(folder, words, on_a_terminal=True)
    assert within(modules, ("rich.console", "rich.table")) == ["rich.console", "rich.table"]
    assert within(modules, (*NEVER, "platformdirs")) == []


@pytest.mark.parametrize("words", one_of_each())
def test_reading_a_store_loads_neither_what_writes_one_nor_openssl(folder: Path, words: str) -> None:
    assert within(loaded(folder, words), ("tinydb", "_hashlib")) == []


@pytest.mark.parametrize("words", one_of_each(SHIPPED))
def test_reading_what_ships_loads_neither_of_them(folder: Path, words: str) -> None:
    assert within(loaded(folder, words, "none.json"), ("tinydb", "_hashlib", "rich", *NEVER)) == []


def test_the_platforms_folders_are_looked_up_only_where_no_store_is_named(folder: Path) -> None:
    assert "platformdirs" in loaded(folder, "list", "")
    assert "platformdirs" not in loaded(folder, "list", "none.json")


@pytest.mark.parametrize("words", [*one_of_each(), "note 8-KIT-1 x"])
def test_known_sources_are_looked_up_only_where_evidence_is_recorded(folder: Path, words: str) -> None:
    assert "hkshcc.stores.sources" not in loaded(folder, words)
    assert "hkshcc.stores.sources" in loaded(folder, "done 8-KIT-1 --evidence x")


@pytest.mark.parametrize(
    ("words", "module"), [("note 8-KIT-1 x", "tinydb"), ("list --format csv", "csv"), ("list", "typer")]
)
def test_what_a_command_needs_is_seen_to_be_loaded(folder: Path, words: str, module: str) -> None:
    """Else the tests above could not fail."""
    assert module in loaded(folder, words)
