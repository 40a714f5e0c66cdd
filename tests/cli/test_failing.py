"""What a person is told when something goes wrong: one sentence on stderr, an exit code, never a traceback."""

import gc
import os
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TextIO

import pytest

from hkshcc import __main__
from hkshcc.cli import app
from hkshcc.cli.commands import COMMANDS, SYNONYMS
from tests import processes
from tests.running import Screen, Stream, run, says, sentence
from tests.terminal import CTRL_C, terminal, type_in


def raising(error: BaseException) -> Callable[..., int]:
    def fail(*_arguments: object, **_named: object) -> int:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (
            RuntimeError("invented \x1b[31m"),
            1,
            r"internal error (RuntimeError: invented \x1b[31m); set HKSHCC_DEBUG=1 to see where",
        ),
        (FileNotFoundError(2, "No such file or directory", "kite"), 1, "kite: No such file or directory"),
        (OSError("the wind fell"), 1, "the wind fell"),
        (KeyboardInterrupt(), 130, "interrupted; nothing was recorded"),
    ],
)
def test_whatever_happens_is_said_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, said: str
) -> None:
    monkeypatch.setattr(app, "run", raising(error))
    ran = run("list")
    assert (ran.code, sentence(ran)) == (code, said)


def test_debugging_shows_where_it_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "run", raising(RuntimeError("invented")))
    with pytest.raises(RuntimeError, match="invented"):
        run("list", env={"HKSHCC_DEBUG": "1"})


def test_ctrl_c_in_the_middle_of_a_command_ends_in_130(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = store.read_bytes()
    monkeypatch.setattr("hkshcc.register.commands.update.add_note", raising(KeyboardInterrupt()))
    ran = run("note", "8-KIT-1", "x", store=store)
    assert (ran.code, sentence(ran)) == (130, "interrupted; nothing was recorded")
    assert store.read_bytes() == before


def test_the_end_of_the_input_in_the_middle_of_a_command_interrupts_it(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hkshcc.register.commands.update.add_note", raising(EOFError()))
    assert run("note", "8-KIT-1", "x", store=store).code == 130


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("caf\udce9", r"'caf\udce9' is not valid UTF-8; type it again"),
        ("a\0b", r"'a\x00b' contains a NUL character; type it again"),
    ],
)
def test_words_that_are_no_text_are_refused(store: Path, word: str, said: str) -> None:
    ran = run("list", "--search", word, store=store)
    assert (ran.code, sentence(ran)) == (2, said)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("lst", "unknown command 'lst'; did you mean list?"),
        ("zzz", "unknown command 'zzz'; see `hkshcc --help`"),
        ("--lang fr list", "'fr' is not a valid language … en, zh-Hant, zh-Hans"),
        ("--color sometimes list", "'sometimes' is not a valid choice for … auto, always, never"),
        ("--shop x list", "unknown option --shop"),
        ("list --ara x", "unknown option --ara; did you mean --area, --format or --search?"),
        ("list --area", "--area needs a value; see `hkshcc list --help`"),
        ("list --store", "--store needs a value; see `hkshcc --help`"),
        ("list --overdue=1", "--overdue takes no value; see `hkshcc list --help`"),
        ("areas extra", "unexpected argument 'extra'; see `hkshcc areas --help`"),
        ("bodies ad", "unknown command 'hkshcc bodies ad'; did you mean hkshcc bodies add?"),
        ("import zzz", "choose from: hkshcc import release, hkshcc import measures, hkshcc import register"),
        (
            "import",
            "'hkshcc import' needs a command; choose from: hkshcc import release, hkshcc import measures,",
        ),
    ],
)
def test_a_usage_error_names_the_words_and_the_way_out(store: Path, words: str, said: str) -> None:
    ran = run(*words.split(), store=store)
    assert ran.code == 2
    assert says(sentence(ran).casefold(), said.casefold())


def test_what_follows_two_hyphens_is_no_option(store: Path) -> None:
    assert run("note", "8-KIT-1", "--", "--store", store=store).code == 0
    assert "note: --store" in run("show", "8-KIT-1", store=store).out


def test_hostile_words_come_back_inert(store: Path) -> None:
    ran = run("show", "\x1b[2J\u202e[red]", store=store)
    assert sentence(ran).startswith(r"no measure '\x1b[2J\u202e[red]'")


@contextmanager
def closed_pipe() -> Iterator[TextIO]:
    """A pipe whose reader is gone."""
    reading, writing = os.pipe()
    os.close(reading)
    stream = open(writing, "w", encoding="utf-8")  # noqa: SIM115  its closing fails, where something is left to write
    yield stream
    with suppress(OSError):
        stream.close()


@contextmanager
def full_disk() -> Iterator[TextIO]:
    """A file on a disk that is full."""
    stream = open("/dev/full", "w", encoding="ascii")  # noqa: SIM115  its closing fails, as it must
    yield stream
    with suppress(OSError):
        stream.close()


@contextmanager
def sound_file() -> Iterator[TextIO]:
    with open(os.devnull, "w", encoding="ascii") as stream:
        yield stream


@pytest.mark.parametrize("words", ["list", "report --format json", "history --color always", "check", "--help"])
def test_a_reader_who_is_gone_is_no_failure(store: Path, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setattr(sys, "stderr", errors := Stream(terminal=False, encoding="utf-8"))
    with closed_pipe() as stdout:
        monkeypatch.setattr(sys, "stdout", stdout)
        code = __main__.main([*words.split(), "--store", str(store)])
    assert (code, errors.written()) == (0, b"")


class _Ended(Exception):  # noqa: N818  the end of a program is no error
    """The program ended with this code."""


def ended_with(code: int) -> None:
    raise _Ended(code)


@contextmanager
def nothing() -> Iterator[None]:
    """A stream that was closed before the program began, as by ``>&-``."""
    yield None


@pytest.mark.parametrize(
    ("open_stdout", "words", "code", "said"),
    [
        (sound_file, "list", 0, "10 of 10 measures\n"),
        (sound_file, "lst", 2, "hkshcc: unknown command 'lst'; did you mean list?\n"),
        (nothing, "list", 0, "10 of 10 measures\n"),
        (closed_pipe, "check", 0, ""),
        (full_disk, "report", 1, "hkshcc: the output cannot be written (No space left on device)\n"),
        (full_disk, "check", 1, "hkshcc: the output cannot be written (No space left on device)\n"),
    ],
)
def test_a_program_ends_with_the_code_of_its_command(
    store: Path,
    monkeypatch: pytest.MonkeyPatch,
    open_stdout: Callable[[], AbstractContextManager[TextIO | None]],
    words: str,
    code: int,
    said: str,
) -> None:
    monkeypatch.setattr(os, "_exit", ended_with)
    monkeypatch.setattr(sys, "argv", ["hkshcc", "--store", str(store), *words.split()])
    monkeypatch.setattr(sys, "stderr", errors := Stream(terminal=False, encoding="utf-8"))
    collects = gc.isenabled()
    try:
        with open_stdout() as stdout:
            monkeypatch.setattr(sys, "stdout", stdout)
            with pytest.raises(_Ended, match=f"^{code}$"):
                __main__.run()
            if stdout is None:
                sys.stdout.close()
    finally:
        if collects:
            gc.enable()
    assert errors.written().decode() == said


def test_a_listener_to_talk_who_is_gone_is_no_failure(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "_exit", ended_with)
    monkeypatch.setattr(sys, "argv", ["hkshcc", "--store", str(store), "list"])
    reading, writing = os.pipe()
    os.close(reading)
    stderr = open(writing, "w", encoding="utf-8")  # noqa: SIM115  its closing fails, as it must
    collects = gc.isenabled()
    try:
        with sound_file() as stdout:
            monkeypatch.setattr(sys, "stdout", stdout)
            monkeypatch.setattr(sys, "stderr", stderr)
            with pytest.raises(_Ended, match=r"^0$"):
                __main__.run()
    finally:
        if collects:
            gc.enable()
        with suppress(BrokenPipeError):
            stderr.close()


def test_a_program_without_stderr_still_answers(store: Path) -> None:
    """In a process of its own, whose standard streams really are closed."""
    ran = processes.shell("exec hkshcc list 2>&-", store.parent / "bin", store=store)
    assert (ran.code, ran.out) == (0, run("list", store=store).out)


LONG = "a-kite-of-whose-name-nobody-knows-the-end-and-which-no-line-could-hold-as-a-whole-for-it-is-so-long"


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_a_message_on_a_terminal_wraps_at_words(store: Path, columns: int) -> None:
    words = ("show", LONG)
    whole = run(*words, store=store).err
    ran = run(*words, store=store, screen=Screen(columns))
    assert ran.code == 3
    assert ran.err.replace("\n", " ").rstrip() == whole.rstrip("\n")
    lines = ran.err.splitlines()
    assert len(lines) > 1 or columns == 200
    assert [line for line in lines if len(line) > columns and LONG not in line] == []


def test_what_is_said_beside_the_data_wraps_on_a_terminal_too(tmp_path: Path) -> None:
    words = ("note", "5-FIN-1", "x")
    piped = run(*words, store=tmp_path / "one.json").err
    shown = run(*words, store=tmp_path / "one.json.two", screen=Screen(40), keys="").err
    assert piped.count("\n") == 1
    assert shown.count("\n") > 1


def test_a_message_wraps_at_the_columns_of_the_terminal_that_it_is_on(store: Path) -> None:
    """On a real terminal, while the data goes down a pipe."""
    line = f"{shlex.join(processes.PROGRAM)} show {LONG} and-more | cat"
    seen = type_in(line, processes.environment(store), columns=50)
    assert max(len(line) for line in seen.text.splitlines() if LONG not in line) <= 50
    assert len(seen.text.splitlines()) > 1


FIRST_MOMENTS = (
    "hkshcc.errors",
    "hkshcc.text",
    "hkshcc.cli.app",
    "typer",
    "hkshcc.cli.query",
    "hkshcc.reports.listing",
)


def test_ctrl_c_at_a_question_is_told_on_a_line_of_its_own(store: Path) -> None:
    before = store.read_bytes()
    with terminal("done", "8-KIT-1", env=processes.environment(store)) as screen:
        screen.wait_for(b"reference): ")
        screen.press(CTRL_C)
        rest = screen.wait_for(b"")
        assert screen.code() == 130
    assert rest == b"^C\r\nhkshcc: interrupted; nothing was recorded\r\n"
    assert store.read_bytes() == before


@pytest.mark.parametrize("module", FIRST_MOMENTS)
def test_ctrl_c_in_the_first_moments_ends_in_130_without_a_traceback(store: Path, module: str) -> None:
    """In a process of its own, in which Ctrl-C is pressed when a module is about to be loaded."""
    program = (
        "import os, signal, sys\n"
        "class Pressing:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {module!r}:\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Pressing())\n"
        "from hkshcc.__main__ import run\n"
        "run()\n"
    )
    ran = processes.finished(processes.python(program, "--store", str(store), "list"))
    assert (ran.code, ran.out) == (130, "")
    assert ran.err in {"", "hkshcc: interrupted; nothing was recorded\n"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("search bond", "list --search bond"),
        ("find stock connect", "list --search 'stock connect'"),
        ("search", "list --search TEXT"),
        ("ls", "list"),
        ("mark 7-KIT-1a done", "done 7-KIT-1a"),
        ("close", "done REF"),
    ],
)
def test_what_other_tools_call_a_command_is_answered_with_its_name_here(typed: str, meant: str) -> None:
    ran = run(*typed.split())
    assert (ran.code, sentence(ran)) == (
        2,
        f"unknown command '{typed.split(maxsplit=1)[0]}'; did you mean `hkshcc {meant}`?",
    )


@pytest.mark.parametrize("words", ["", "list", "bodies add"])
def test_help_as_a_command_is_the_help_of_the_command_after_it(words: str) -> None:
    assert run("help", *words.split()) == run(*words.split(), "--help")


def test_every_synonym_means_a_command_that_there_is() -> None:
    assert {meant.split()[0] for meant in SYNONYMS.values()} <= {*COMMANDS, "--version"}
    assert SYNONYMS.keys().isdisjoint(COMMANDS)
