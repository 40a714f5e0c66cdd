"""One command is one transaction: what is wrong is found before it is recorded, and what was recorded is said."""

import errno
import os
import shlex
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TextIO

import pytest

from hkshcc.__main__ import main
from tests import nasty
from tests.cli.test_failing import closed_pipe, full_disk
from tests.exchange.forms.bureau import REF, fill, issue
from tests.running import NOW, Stream, run, sentence

LAST = len(nasty.entries())
BACK = f"{LAST + 1}; to take it back: hkshcc undo"
NOTHING = "interrupted; nothing was recorded"


def returned(store: Path) -> list[str]:
    """A form that came back with something to record."""
    return ["merge", str(fill(issue(store), {REF: {"done": "It flies"}})), "--apply"]


def copied(store: Path) -> list[str]:
    """A copy of the register that has a note more."""
    copy = store.with_name("copy.json")
    other = store.with_name("other.json")
    other.write_bytes(store.read_bytes())
    run("init", "--origin", "SH", store=other)
    run("note", "7-KIT-1a", "from another copy", store=other)
    run("export", "-o", str(copy), store=other)
    return ["import", "register", str(copy), "--origin", "HK", "--apply"]


def a_note(_store: Path) -> list[str]:
    return ["note", "7-KIT-1a", "windy"]


WRONG_ANSWERS = [
    ("--format", "nosuch", 2),
    ("--fields", "nosuch", 2),
    ("-o", "x.foo", 2),
    ("-o", "", 2),
    ("-o", "{store}", 4),
    ("-o", "{folder}", 1),
    ("-o", "none/x.json", 1),
]


@pytest.mark.parametrize("words", [pytest.param(returned, marks=pytest.mark.needs_office), copied])
@pytest.mark.parametrize(("option", "value", "code"), WRONG_ANSWERS)
def test_what_is_wrong_with_the_answer_is_found_before_anything_is_recorded(
    store: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: Callable[[Path], list[str]],
    option: str,
    value: str,
    code: int,
) -> None:
    monkeypatch.chdir(store.parent)
    command = words(store)
    before = store.read_bytes()
    ran = run(*command, option, value.format(store=store, folder=store.parent), store=store)
    assert (ran.code, ran.out) == (code, "")
    assert sentence(ran)
    assert store.read_bytes() == before
    assert run(*command, store=store).code == 0, "the command is sound without that option"


VERBS: Sequence[Sequence[str]] = (
    ("note", "7-KIT-1a", "windy"),
    ("update", "7-KIT-1a", "--remark", "windy"),
    ("done", "7-KIT-1a", "--evidence", "the gazette"),
    ("retarget", "7-KIT-1a", "2028-01-01", "--reason", "windy"),
    ("assign", "7-KIT-1a", "INB", "--reason", "windy"),
    ("round", "open", "2026H9", "--due", "2026-12-31"),
    ("bodies", "add", "NEW", "--side", "hk", "--name", "Newly invented"),
)  # fmt: skip


@pytest.mark.parametrize("stdout", [closed_pipe, full_disk])
@pytest.mark.parametrize("words", VERBS, ids=lambda words: words[0])
def test_an_answer_that_cannot_be_written_is_said_with_what_was_recorded(
    store: Path,
    monkeypatch: pytest.MonkeyPatch,
    stdout: Callable[[], AbstractContextManager[TextIO]],
    words: Sequence[str],
) -> None:
    monkeypatch.setattr(sys, "stderr", errors := Stream(terminal=False, encoding="utf-8"))
    with stdout() as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        code = main(["--store", str(store), *words], now=NOW)
    reason = os.strerror(errno.EPIPE if stdout is closed_pipe else errno.ENOSPC)
    [said] = [line for line in errors.written().decode().splitlines() if "the answer cannot be written" in line]
    assert code == 1
    assert said.startswith(f"hkshcc: recorded as entry {LAST + 1}, but the answer cannot be written ({reason});")
    undo = f"hkshcc --store {shlex.quote(str(store))} undo {LAST + 1}" + " --reason WHY" * ("add" in words)
    assert said.endswith(f"to take it back: {undo}")


@pytest.mark.needs_office
def test_a_file_that_cannot_be_written_in_the_end_is_said_with_what_was_recorded(store: Path) -> None:
    ran = run(*returned(store), "-o", "/dev/full", store=store)
    assert ran.code == 1
    assert f"hkshcc: recorded as entry {LAST + 1}, but the answer cannot be written (No space left" in ran.err
    assert run("undo", str(LAST + 1), store=store).code == 0


def interrupt(*_arguments: object, **_more: object) -> None:
    signal.raise_signal(signal.SIGINT)  # of this thread: another of the process may not have it blocked


def interrupting(monkeypatch: pytest.MonkeyPatch, name: str, when: str) -> None:
    """Let Ctrl-C be pressed once, just before or after a function of ``os`` did its work on the store."""
    real = getattr(os, name)

    def pressed(*arguments: object, **more: object) -> object:
        of_the_store = any(str(argument).endswith("register.json") for argument in arguments[-1:])
        if of_the_store and when == "before":
            interrupt()
        found = real(*arguments, **more)
        if of_the_store and when == "after":
            interrupt()
        return found

    monkeypatch.setattr(os, name, pressed)


@pytest.mark.parametrize("when", ["before", "after"])
def test_ctrl_c_while_the_store_is_replaced_waits_and_says_what_was_recorded(
    store: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    with monkeypatch.context() as patch:
        interrupting(patch, "replace", when)
        ran = run(*a_note(store), store=store)
    assert (ran.code, ran.out) == (130, "")
    assert ran.err == f"hkshcc: interrupted; recorded as entry {BACK} {LAST + 1}\n"
    assert "windy" in run("show", "7-KIT-1a", store=store).out


def test_ctrl_c_while_the_answer_is_written_says_what_was_recorded(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("hkshcc.cli.console.page", interrupt)
        ran = run(*a_note(store), store=store)
    assert (ran.code, ran.out) == (130, "")
    assert ran.err == f"hkshcc: interrupted; recorded as entry {BACK} {LAST + 1}\n"


def test_ctrl_c_before_the_store_is_replaced_records_nothing(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = store.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr("hkshcc.register.commands.update.add_note", interrupt)
        ran = run(*a_note(store), store=store)
    assert (ran.code, sentence(ran)) == (130, NOTHING)
    assert store.read_bytes() == before


def test_the_created_store_is_said_in_one_sentence_whatever_created_it(store: Path, tmp_path: Path) -> None:
    command = copied(store)
    new = tmp_path / "new.json"
    assert run("note", "5-FIN-1", "x", store=new).err == (
        f"hkshcc: created the store {new} from the register that ships\n"
    )
    new.unlink()
    new.with_name("new.json.bak").unlink(missing_ok=True)
    first, *others = run(*command, store=new).err.splitlines()
    assert first == f"hkshcc: created the store {new}"
    assert not any("created the store" in line for line in others)
