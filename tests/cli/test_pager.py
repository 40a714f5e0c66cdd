"""The pager, as git does it: Ctrl-C is its own, the terminal is left as it was, colour passes."""

import shlex
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.hostile import bare
from tests.running import Screen, run
from tests.terminal import CTRL_C, terminal

# What a full-screen pager does to a terminal; Ctrl-C takes it back to its prompt.
FAKE = """
import os, signal, sys, termios
screen = os.open("/dev/tty", os.O_RDWR)
before, modes = termios.tcgetattr(screen), termios.tcgetattr(screen)
modes[3] &= ~(termios.ECHO | termios.ICANON)
termios.tcsetattr(screen, termios.TCSANOW, modes)
signal.signal(signal.SIGINT, lambda *_: os.write(screen, b"\\a"))
os.write(screen, sys.stdin.buffer.read() + b"READY")
while os.read(screen, 1) != b"q":
    pass
termios.tcsetattr(screen, termios.TCSANOW, before)
"""
REAL = "less -FRX -PsREADY"


def script(folder: Path, text: str, name: str = "a pager") -> str:
    """A pager of our own, as a person would name it in HKSHCC_PAGER."""
    path = folder / name
    path.write_text(text)
    path.chmod(0o755)
    return shlex.quote(str(path))


@pytest.fixture(params=["fake", *(["less"] if shutil.which("less") else [])])
def pager(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return REAL if request.param == "less" else f"{shlex.quote(sys.executable)} {script(tmp_path, FAKE)}"


def test_ctrl_c_in_the_pager_leaves_the_command_and_the_terminal_whole(store: Path, pager: str) -> None:
    with terminal("list", env={"HKSHCC_STORE": str(store), "HKSHCC_PAGER": pager}) as screen:
        before = screen.modes()
        screen.wait_for(b"READY")
        screen.press(CTRL_C)
        screen.wait_for(b"\a")  # which less rings, whether it shows its prompt anew or not
        rest = screen.wait_for(b"", pressing=b"q")  # less forgets what was typed before it shows its prompt anew
        assert screen.modes() == before
        assert screen.code() == 0
    assert b"interrupted" not in rest


@pytest.mark.skipif(not shutil.which("less"), reason="less is not here; what it is told is tested below")
def test_a_pager_that_is_not_told_how_shows_colour_and_no_codes_in_letters(store: Path) -> None:
    with terminal("list", "--color", "always", env={"HKSHCC_STORE": str(store), "PAGER": "less"}) as screen:
        shown = screen.wait_for(b":")
        screen.press(b"q")
        shown += screen.wait_for(b"")
        assert screen.code() == 0
    assert b"ESC[" not in shown
    assert b"\x1b[" in shown


@pytest.mark.parametrize(
    ("given", "passed"),
    [({}, "FRX -c"), ({"LESS": "-i"}, "-i -c"), ({"LV": "-Ou8"}, "FRX -Ou8"), ({"LESS": ""}, " -c")],
)
def test_the_environment_of_the_pager_is_the_persons_own_where_they_set_it(
    store: Path, tmp_path: Path, given: Mapping[str, str], passed: str
) -> None:
    kept = tmp_path / "kept"
    command = script(tmp_path, f'#!/bin/sh\ncat >/dev/null\nprintf %s "$LESS $LV" > {shlex.quote(str(kept))}\n')
    assert run("list", store=store, screen=Screen(80, 5), env={"HKSHCC_PAGER": command, **given}).code == 0
    assert kept.read_text() == passed


def test_a_pager_that_ends_before_it_has_seen_all_ends_quietly(store: Path, tmp_path: Path) -> None:
    run("note", "7-KIT-1a", "a long note " * 20_000, store=store)  # more than a pipe holds
    command = script(tmp_path, "#!/bin/sh\nexit 0\n")
    ran = run("history", store=store, screen=Screen(80, 5), env={"HKSHCC_PAGER": command})
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_a_pager_that_ctrl_c_ended_ends_the_command_as_ctrl_c_does(store: Path, tmp_path: Path) -> None:
    command = script(tmp_path, "#!/bin/sh\nkill -INT $$\n")
    ran = run("list", store=store, screen=Screen(80, 5), env={"HKSHCC_PAGER": command})
    assert (ran.code, ran.out) == (130, "")


@pytest.mark.parametrize("named", ["", "cat", "no-such-pager", '"less', "{nonsense}"])
def test_without_a_pager_that_can_be_run_the_page_is_put_out_whole(store: Path, tmp_path: Path, named: str) -> None:
    pager = named.format(nonsense=script(tmp_path, "\x7fELF no program of any system"))
    ran = run("list", store=store, screen=Screen(80, 5), env={"HKSHCC_PAGER": pager})
    assert ran == run("list", "--no-pager", store=store, screen=Screen(80, 5))


@pytest.mark.parametrize(
    ("name", "version", "passed"),
    [
        ("less", "less 590 (GNU regular expressions)", True),
        ("less", "less 566.1", True),
        ("less", "less 551 (POSIX regular expressions)", False),
        ("less", "lesser 600", False),
        ("less", "", False),
        ("lv", "less 590", False),
    ],
)
def test_links_reach_a_pager_only_where_it_passes_them_on(
    tmp_path: Path, name: str, version: str, *, passed: bool
) -> None:
    kept = tmp_path / "kept"
    answers = f'[ "$1" = --version ] && {{ echo {shlex.quote(version)}; exit; }}'
    command = script(tmp_path, f"#!/bin/sh\n{answers}\ncat >{shlex.quote(str(kept))}\n", name)
    assert run("show", "5-FIN-3c", screen=Screen(80, 5), env={"HKSHCC_PAGER": command}).code == 0
    shown = kept.read_text(encoding="utf-8")
    assert ("\x1b]8;;https://www.globaltimes.cn/page/202305/1290719.shtml\x1b" in shown) == passed
    assert "https://www.globaltimes.cn/page/202305/1290719.shtml\x1b" in shown
    assert "\x1b[1m5-FIN-3c\x1b[0m" in shown


def test_a_line_that_the_terminal_wraps_counts_as_often_as_it_is_wrapped(tmp_path: Path) -> None:
    whole = run("show", "5-TEC-2a", screen=Screen(80)).lines
    assert sum(len(bare(line)) > 80 for line in whole) == 1
    command = script(tmp_path, "#!/bin/sh\ncat >/dev/null\n")
    paged = [
        run("show", "5-TEC-2a", screen=Screen(80, lines), env={"HKSHCC_PAGER": command}).out == ""
        for lines in (len(whole), len(whole) + 1, len(whole) + 2)
    ]
    assert paged == [True, True, False]
